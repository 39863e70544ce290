//! What the platform wrote on a running pod.

use std::collections::BTreeMap;

use eci_annotations::{Annotations, Key, Value, keys};
use eci_model::settings::ComputeCategory;
use eci_model::spec::SpecItem;
use eci_model::{List, SecurityGroupId, VSwitchId, Zone};
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ManagedFieldsEntry;
use serde_json::Value as Json;

use super::Outcome;

/// What the platform wrote; a value that cannot be read counts as not written.
pub(super) struct Observed {
    pub(super) spec: Option<SpecItem>,
    pub(super) category: Option<ComputeCategory>,
    pub(super) vswitch: Option<List<VSwitchId>>,
    pub(super) security_groups: Option<List<SecurityGroupId>>,
    pub(super) zone: Option<Zone>,
    pub(super) image_cache: Option<String>,
    pub(super) eip: Option<String>,
    /// Whether the pod was created with `eci-vswitch`; `None` when nothing tells.
    pub(super) owns_vswitch: Option<bool>,
    /// The same of `eci-security-group`.
    pub(super) owns_security_groups: Option<bool>,
}

impl Observed {
    /// `None` for a pod that has no instance.
    pub(super) fn of(live: &Pod) -> Option<Self> {
        let map = live.metadata.annotations.as_ref()?;
        let annotations = Annotations::of(map);
        if !annotations.contains(keys::platform::INSTANCE_ID) && !annotations.contains(keys::platform::INSTANCE_SPEC) {
            return None;
        }
        let managers = live.metadata.managed_fields.as_deref().unwrap_or_default();
        Some(Self {
            spec: read(annotations, keys::platform::INSTANCE_SPEC),
            category: read(annotations, keys::platform::INSTANCE_COMPUTE_CATEGORY),
            vswitch: read(annotations, keys::VSWITCH),
            security_groups: read(annotations, keys::SECURITY_GROUP),
            zone: read(annotations, keys::platform::INSTANCE_ZONE),
            image_cache: text(map, keys::platform::MATCHED_IMAGE_CACHE.name()),
            eip: text(map, keys::platform::ALLOCATED_EIP_INSTANCE_ID.name()),
            owns_vswitch: is_created_with(managers, keys::VSWITCH.name()),
            owns_security_groups: is_created_with(managers, keys::SECURITY_GROUP.name()),
        })
    }

    /// An own value explains itself; a value that no layer explains may be an own one.
    #[expect(clippy::unused_self, reason = "reads as a question to what was observed")]
    pub(super) const fn if_explained(&self, explained: bool, own: Option<bool>) -> Outcome {
        match (explained, own) {
            (true, _) => Outcome::Agrees,
            (false, Some(_)) => Outcome::Differs,
            (false, None) => Outcome::CannotTell,
        }
    }
}

fn read<T: Value>(annotations: Annotations<'_>, key: Key<T>) -> Option<T> {
    annotations.get(key).ok().flatten()
}

fn text(map: &BTreeMap<String, String>, key: &str) -> Option<String> {
    map.get(key).filter(|value| !value.trim().is_empty()).cloned()
}

/// Whether who made the containers also wrote an annotation; `None` when the fields of no manager hold the containers.
fn is_created_with(managers: &[ManagedFieldsEntry], key: &str) -> Option<bool> {
    let creator = managers.iter().find(|entry| has(entry, &["f:spec", "f:containers"]))?;
    Some(has(creator, &["f:metadata", "f:annotations", &format!("f:{key}")]))
}

fn has(entry: &ManagedFieldsEntry, path: &[&str]) -> bool {
    let root: Option<&Json> = entry.fields_v1.as_ref().map(|fields| &fields.0);
    path.iter()
        .try_fold(root, |at, step| at.map(|at| at.get(step)))
        .flatten()
        .is_some()
}
