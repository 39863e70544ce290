//! A running pod as it was when it was created.

use std::collections::BTreeSet;

use eci_annotations::SetBy;
use eci_annotations::keys;
use k8s_openapi::api::core::v1::Pod;

use super::observed::Observed;

/// The pod without what was written on it since: the keys of the platform, and settable keys that the creator did not write.
pub(super) fn as_created(live: &Pod, observed: &Observed) -> Pod {
    let mut pod = live.clone();
    pod.status = None;
    let written: BTreeSet<&str> = eci_annotations::registry()
        .iter()
        .filter(|row| row.facts().set_by == SetBy::Platform)
        .map(|row| row.facts().name)
        .collect();
    if let Some(annotations) = &mut pod.metadata.annotations {
        let own = |own: Option<bool>| own == Some(true);
        annotations.retain(|key, _| {
            let key = key.as_str();
            !written.contains(key)
                && (key != keys::VSWITCH.name() || own(observed.owns_vswitch))
                && (key != keys::SECURITY_GROUP.name() || own(observed.owns_security_groups))
        });
    }
    pod
}
