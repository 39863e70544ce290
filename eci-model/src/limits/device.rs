//! Devices and resources that no page mentions.

use std::collections::BTreeSet;

use super::containers;
use crate::finding::Findings;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// A device, or a resource of a device plug-in.
pub const RAW_DEVICE: &Rule = &Rule::warning(Code::eci(1080), "raw-device")
    .summary("device that ECI does not know")
    .why("no page mentions block devices in pods or resources of device plug-ins, and the API has no field for them")
    .remedy("choose an ECS type that has the device, or drop it")
    .basis(Basis::Inferred("neither a page nor the API mentions them"))
    .page(include_str!("../../rules/raw-device.md"));

pub(super) static RULES: Rules = Rules::new(&[RAW_DEVICE]);

/// Resources that have a meaning on ECI, or that sizing judges.
fn is_known(resource: &str) -> bool {
    matches!(resource, "cpu" | "memory" | "ephemeral-storage" | "nvidia.com/gpu") || resource.starts_with("hugepages-")
}

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let severity = match site.policies.unknown_resource {
        policy::UnknownResource::Warn => Severity::Warning,
        policy::UnknownResource::Refuse => Severity::Error,
    };
    containers(pod, |container, at, _| {
        if container
            .volume_devices
            .as_ref()
            .is_some_and(|devices| !devices.is_empty())
        {
            let finding = RAW_DEVICE.at(pod.place(&at.field("volumeDevices")));
            out.push(finding.severity(severity));
        }
        let Some(resources) = &container.resources else { return };
        let at = at.field("resources");
        let mut told = BTreeSet::new();
        for (field, list) in [("limits", &resources.limits), ("requests", &resources.requests)] {
            for name in list.iter().flatten().map(|(name, _)| name) {
                if !is_known(name) && told.insert(name) {
                    let list = at.field(field);
                    let finding = RAW_DEVICE.at(pod.place(&list.key(name)));
                    out.push(finding.severity(severity).found(name.clone()));
                }
            }
        }
    });
}
