//! Digests of what pods mount: claims, volumes and classes, ConfigMaps and Secrets.

use std::sync::Arc;

use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSpec, Secret};
use k8s_openapi::api::storage::v1::StorageClass;

use super::names::{Names, SharedLabels};
use crate::finding::ObjectRef;
use crate::object::Object;
use crate::quantity::Memory;

/// A PersistentVolumeClaim.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// The class it names; empty when it wants none.
    pub class: Option<Arc<str>>,
    /// The volume it is bound to, or names.
    pub volume: Option<Arc<str>>,
    /// What it asks for.
    pub size: Option<Memory>,
}

impl ClaimDigest {
    pub(super) fn of(claim: &PersistentVolumeClaim, names: &mut Names) -> Self {
        let spec = claim.spec.as_ref();
        let size = spec.and_then(|spec| spec.resources.as_ref()?.requests.as_ref()?.get("storage"));
        Self {
            subject: names.subject(&Object::from(claim)),
            class: spec
                .and_then(|spec| spec.storage_class_name.as_deref())
                .map(|it| names.share(it)),
            volume: spec
                .and_then(|spec| spec.volume_name.as_deref())
                .filter(|name| !name.is_empty())
                .map(|it| names.share(it)),
            size: size.and_then(|size| size.0.parse::<crate::quantity::Quantity>().ok()?.memory().ok()),
        }
    }
}

/// A PersistentVolume.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VolumeDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// The field of its source: `csi`, `flexVolume`, `nfs`, `hostPath`, `local` or `other`.
    pub source: &'static str,
    /// The driver, of `csi` and `flexVolume`.
    pub driver: Option<Arc<str>>,
    /// What the driver knows it by, such as the id of a disk.
    pub handle: Option<Arc<str>>,
    /// The zones it can be used in; anywhere when empty.
    pub zones: Box<[Arc<str>]>,
    /// The claim it is bound to, as namespace and name.
    pub claim: Option<(Arc<str>, Arc<str>)>,
}

impl VolumeDigest {
    pub(super) fn of(volume: &PersistentVolume, names: &mut Names) -> Self {
        let spec = volume.spec.as_ref();
        let csi = spec.and_then(|spec| spec.csi.as_ref());
        let flex = spec.and_then(|spec| spec.flex_volume.as_ref());
        let driver = csi.map(|csi| &csi.driver).or(flex.map(|flex| &flex.driver));
        let flex_disk = flex.and_then(|flex| flex.options.as_ref()?.get("volumeId"));
        let handle = csi.map(|csi| &csi.volume_handle).or(flex_disk);
        let claim = spec.and_then(|spec| spec.claim_ref.as_ref());
        Self {
            subject: names.subject(&Object::from(volume)),
            source: spec.map_or("other", source),
            driver: driver.map(|it| names.share(it)),
            handle: handle.map(|it| names.share(it)),
            zones: spec.map(|spec| zones(spec, names)).unwrap_or_default(),
            claim: claim.and_then(|claim| {
                let (namespace, name) = (claim.namespace.as_deref()?, claim.name.as_deref()?);
                Some((names.share(namespace), names.share(name)))
            }),
        }
    }
}

const fn source(spec: &PersistentVolumeSpec) -> &'static str {
    match spec {
        PersistentVolumeSpec { csi: Some(_), .. } => "csi",
        PersistentVolumeSpec {
            flex_volume: Some(_), ..
        } => "flexVolume",
        PersistentVolumeSpec { nfs: Some(_), .. } => "nfs",
        PersistentVolumeSpec { host_path: Some(_), .. } => "hostPath",
        PersistentVolumeSpec { local: Some(_), .. } => "local",
        _ => "other",
    }
}

/// Zones that the node affinity of a volume names: by any label whose name is `zone`.
fn zones(spec: &PersistentVolumeSpec, names: &mut Names) -> Box<[Arc<str>]> {
    let required = spec
        .node_affinity
        .as_ref()
        .and_then(|affinity| affinity.required.as_ref());
    let terms = required.map(|it| it.node_selector_terms.as_slice()).unwrap_or_default();
    let expressions = terms.iter().flat_map(|term| term.match_expressions.iter().flatten());
    let of_zones = expressions.filter(|it| it.operator == "In" && it.key.rsplit('/').next() == Some("zone"));
    let zones = of_zones.flat_map(|it| it.values.iter().flatten());
    let zones: std::collections::BTreeSet<&str> = zones.map(String::as_str).collect();
    names.share_all(zones)
}

/// A StorageClass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClassDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// Who makes its volumes.
    pub provisioner: Arc<str>,
    /// Whether volumes are made only once a pod was scheduled.
    pub waits: bool,
    /// Whether claims that name no class have this one.
    pub is_default: bool,
    /// Its parameters.
    pub parameters: SharedLabels,
}

impl ClassDigest {
    pub(super) fn of(class: &StorageClass, names: &mut Names) -> Self {
        let annotations = class.metadata.annotations.as_ref();
        let default = annotations.and_then(|it| it.get("storageclass.kubernetes.io/is-default-class"));
        Self {
            subject: names.subject(&Object::from(class)),
            provisioner: names.share(&class.provisioner),
            waits: class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer"),
            is_default: default.is_some_and(|value| value == "true"),
            parameters: names.map(class.parameters.as_ref()),
        }
    }
}

/// The keys of a ConfigMap or a Secret with the bytes of their values; never the values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FilesDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// Key and bytes, by key.
    pub files: Box<[(Arc<str>, u64)]>,
    /// The type of a Secret.
    pub kind: Option<Arc<str>>,
}

impl FilesDigest {
    pub(super) fn of_config_map(map: &ConfigMap, names: &mut Names) -> Self {
        let text = map.data.iter().flatten().map(|(key, value)| (key, value.len()));
        let binary = map
            .binary_data
            .iter()
            .flatten()
            .map(|(key, value)| (key, value.0.len()));
        Self {
            subject: names.subject(&Object::from(map)),
            files: files(text.chain(binary), names),
            kind: None,
        }
    }

    pub(super) fn of_secret(secret: &Secret, names: &mut Names) -> Self {
        let text = secret
            .string_data
            .iter()
            .flatten()
            .map(|(key, value)| (key, value.len()));
        let binary = secret.data.iter().flatten().filter(|(key, _)| {
            // Plain text beats what is encoded, as on the API server.
            secret.string_data.as_ref().is_none_or(|text| !text.contains_key(*key))
        });
        let binary = binary.map(|(key, value)| (key, value.0.len()));
        Self {
            subject: names.subject(&Object::from(secret)),
            files: files(text.chain(binary), names),
            kind: secret.type_.as_deref().map(|it| names.share(it)),
        }
    }

    /// The bytes of a key.
    pub fn bytes(&self, key: &str) -> Option<u64> {
        let found = self.files.binary_search_by(|(own, _)| (**own).cmp(key)).ok()?;
        self.files.get(found).map(|(_, bytes)| *bytes)
    }
}

fn files<'o>(files: impl Iterator<Item = (&'o String, usize)>, names: &mut Names) -> Box<[(Arc<str>, u64)]> {
    let bytes = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
    let mut files: Vec<_> = files.map(|(key, length)| (names.share(key), bytes(length))).collect();
    files.sort();
    files.into()
}
