//! Mounts of volumes in containers.

use k8s_openapi::api::core::v1::{Container, VolumeMount};

use super::containers;
use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};

/// Mounts that should reach the host.
pub const MOUNT_PROPAGATION: &Rule = &Rule::warning(Code::eci(1380), "mount-propagation")
    .summary("mounts of a container that should reach others, without privileges")
    .why("Kubernetes allows `Bidirectional` in privileged containers only")
    .remedy("use `HostToContainer` or `None`")
    .basis(Basis::Documented("Kubernetes, mount propagation"))
    .page(include_str!("../../rules/mount-propagation.md"));

/// A mount of nothing.
pub const MOUNT_WITHOUT_VOLUME: &Rule = &Rule::error(Code::eci(1382), "mount-without-volume")
    .summary("mount of a volume that the pod does not have")
    .why("Kubernetes and the API refuse the pod")
    .remedy("add the volume, or name one that the pod has")
    .basis(Basis::Documented("Kubernetes, volumes"))
    .page(include_str!("../../rules/mount-without-volume.md"));

/// More mounts than an old page knows.
pub const MOUNT_COUNT: &Rule = &Rule::info(Code::eci(1384), "mount-count")
    .summary("more mounts than a page of 2021 allows in a container")
    .why("that page says 16, the description of the API more")
    .remedy("mount fewer, for example one projected volume with `subPath`")
    .basis(Basis::Documented("ROS, ALIYUN::ECI::ContainerGroup, 2021"))
    .page(include_str!("../../rules/mount-count.md"));

/// An option of mounts that the API lacks.
pub const MOUNT_OPTION_DROPPED: &Rule = &Rule::warning(Code::eci(1386), "mount-option-dropped")
    .summary("mount that should be read-only below other mounts too")
    .why("the API has no field for it, so mounts below stay writable")
    .remedy("use `readOnly`")
    .basis(Basis::Inferred("the fields of CreateContainerGroup, 2018-08-08"))
    .page(include_str!("../../rules/mount-option-dropped.md"));

pub(super) static RULES: Rules = Rules::new(&[
    MOUNT_PROPAGATION,
    MOUNT_WITHOUT_VOLUME,
    MOUNT_COUNT,
    MOUNT_OPTION_DROPPED,
]);

/// Mounts of a container (ROS, ALIYUN::ECI::ContainerGroup, 2021).
const MOST: usize = 16;

/// Volumes that admission adds begin with this.
const TOKEN: &str = "kube-api-access-";

pub(super) fn check(pod: &EffectivePod<'_>, out: &mut Findings) {
    containers(pod, |container, at, _| {
        let mounts = container.volume_mounts.as_deref().unwrap_or_default();
        let at = at.field("volumeMounts");
        if mounts.len() > MOST {
            let finding = MOUNT_COUNT.at(pod.place(&at)).found(mounts.len().to_string());
            out.push(finding.expected(format!("at most {MOST}")));
        }
        for (index, item) in mounts.iter().enumerate() {
            mount(pod, container, item, &at.index(index), out);
        }
    });
}

fn mount(pod: &EffectivePod<'_>, container: &Container, mount: &VolumeMount, at: &At<'_>, out: &mut Findings) {
    if !has_volume(pod, &mount.name) {
        let finding = MOUNT_WITHOUT_VOLUME.at(pod.place(&at.field("name")));
        out.push(finding.found(mount.name.clone()));
        return;
    }
    let is_privileged = container
        .security_context
        .as_ref()
        .is_some_and(|it| it.privileged == Some(true));
    if mount.mount_propagation.as_deref() == Some("Bidirectional") && !is_privileged {
        let finding = MOUNT_PROPAGATION.at(pod.place(&at.field("mountPropagation")));
        out.push(finding.found("Bidirectional"));
    }
    let recursive = mount.recursive_read_only.as_deref();
    if let Some(value) = recursive.filter(|value| *value != "Disabled") {
        let finding = MOUNT_OPTION_DROPPED.at(pod.place(&at.field("recursiveReadOnly")));
        out.push(finding.found(value.to_owned()));
    }
}

/// Kinds that we do not know may make volumes of their own, as StatefulSets do.
fn has_volume(pod: &EffectivePod<'_>, name: &str) -> bool {
    let view = pod.view();
    let templates = view.claim_templates();
    pod.volumes().iter().any(|volume| volume.name == name)
        || templates
            .iter()
            .any(|claim| claim.metadata.name.as_deref() == Some(name))
        || name.starts_with(TOKEN)
        || view.is_foreign()
}
