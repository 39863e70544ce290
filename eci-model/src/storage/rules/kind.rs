//! Kinds of volumes that ECI does not mount.

use k8s_openapi::api::core::v1::{Volume, VolumeProjection};
use k8s_openapi::k8s_if_ge_1_34;

use super::{Scene, key};
use crate::finding::Findings;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::storage::{Driver, Source};

const PAGE: &str = "Overview of volumes, 2023-12-26";

/// A source that is never mounted.
pub const VOLUME_KIND: &Rule = &Rule::error(Code::eci(6110), "volume-kind")
    .summary("a kind of volume that ECI does not mount")
    .why("an instance mounts disks, NAS, OSS, and files out of the cluster, and nothing else")
    .remedy("use a disk, NAS or OSS volume; for files a ConfigMap, a Secret or an image")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/volume-kind.md"));

/// A CSI driver that is not there.
pub const CSI_DRIVER_UNKNOWN: &Rule = &Rule::error(Code::eci(6112), "csi-driver-unknown")
    .summary("a driver of volumes that ECI does not have")
    .why("claims are mounted by the drivers of disks, NAS, OSS and CPFS; of the pod's own CSI volumes only log files are")
    .remedy("use a claim on a disk, NAS or OSS")
    .basis(Basis::Documented("Use cloud storage, 2023-09-06"))
    .page(include_str!("../../../rules/csi-driver-unknown.md"));

/// A FlexVolume driver that is not there.
pub const FLEX_DRIVER_UNKNOWN: &Rule = &Rule::error(Code::eci(6113), "flex-driver-unknown")
    .summary("a FlexVolume driver that ECI does not have")
    .why("only the drivers of disks, NAS and OSS are there, without anything to install")
    .remedy("use `alicloud/disk`, `alicloud/nas` or `alicloud/oss`")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/flex-driver-unknown.md"));

/// A volume that the platform's own virtual nodes mount, and no request can carry.
pub const VOLUME_WITHOUT_API_FIELD: &Rule = &Rule::warning(Code::eci(6115), "volume-without-api-field")
    .summary("a volume that the API has no field for")
    .why("only the platform's own virtual nodes mount it; a program that creates instances through the API cannot ask for it")
    .remedy("leave the pod to the platform's virtual node, or use a disk, NAS or OSS volume; for logs the log annotations")
    .basis(Basis::Inferred(
        "Overview of volumes, 2023-12-26, against the API of 2018-08-08",
    ))
    .page(include_str!("../../../rules/volume-without-api-field.md"));

/// An annotation of former times.
pub const DISK_VOLUME_ANNOTATION: &Rule = &Rule::warning(Code::eci(6136), "disk-volume-annotation")
    .summary("a disk by an annotation of former times")
    .why("pages have not shown the annotation since 2021")
    .remedy("mount the disk as a FlexVolume `alicloud/disk`, or by a claim")
    .basis(Basis::Documented(
        "annotations of 2021; Mount a disk volume, 2024-10-10",
    ))
    .page(include_str!("../../../rules/disk-volume-annotation.md"));

/// Parts of a projected volume that are never there.
pub const PROJECTED_SOURCE: &Rule = &Rule::error(Code::eci(6140), "projected-source")
    .summary("a part of a projected volume that ECI does not have")
    .why("nobody on the virtual node issues certificates or bundles of them")
    .remedy("put the certificates into a ConfigMap or Secret")
    .basis(Basis::Inferred(
        "files of a group come with its request (CreateContainerGroup, 2018-08-08)",
    ))
    .page(include_str!("../../../rules/projected-source.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    VOLUME_KIND,
    CSI_DRIVER_UNKNOWN,
    FLEX_DRIVER_UNKNOWN,
    VOLUME_WITHOUT_API_FIELD,
    DISK_VOLUME_ANNOTATION,
    PROJECTED_SOURCE,
]);

pub(super) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let list = spec.field("volumes");
    for (index, volume) in scene.pod.volumes().iter().enumerate() {
        let at = list.index(index);
        source(scene, volume, &at, out);
        projected(scene, volume, &at, out);
    }
    if scene.pod.annotations().is_set(key::SET_DISK) {
        let value = scene.pod.annotations().get(key::SET_DISK).unwrap_or_default();
        out.push(
            scene
                .pod
                .annotation_finding(DISK_VOLUME_ANNOTATION, key::SET_DISK)
                .found(value.to_owned()),
        );
    }
}

fn source(scene: &Scene<'_>, volume: &Volume, at: &At<'_>, out: &mut Findings) {
    match Source::of(volume) {
        Source::Other(field) => out.push(VOLUME_KIND.at(scene.pod.place(&at.field(field))).found(field)),
        Source::Csi(Driver::StandardLogs) => {
            let csi = at.field("csi");
            let finding = VOLUME_WITHOUT_API_FIELD.at(scene.pod.place(&csi.field("driver")));
            out.push(finding.found(Driver::StandardLogs.name()));
        }
        Source::Csi(driver) => {
            let csi = at.field("csi");
            let finding = CSI_DRIVER_UNKNOWN
                .at(scene.pod.place(&csi.field("driver")))
                .found(driver.name().to_owned());
            let expected = format!("`{}`, or a claim", Driver::StandardLogs.name());
            out.push(
                finding
                    .title("a CSI volume of the pod's own that ECI does not mount")
                    .expected(expected),
            );
        }
        Source::Flex(Driver::Other(driver)) => {
            let flex = at.field("flexVolume");
            out.push(
                FLEX_DRIVER_UNKNOWN
                    .at(scene.pod.place(&flex.field("driver")))
                    .found(driver.to_owned()),
            );
        }
        _ => {}
    }
}

fn projected(scene: &Scene<'_>, volume: &Volume, at: &At<'_>, out: &mut Findings) {
    let Some(projected) = &volume.projected else { return };
    let projected_at = at.field("projected");
    let list = projected_at.field("sources");
    for (index, source) in projected.sources.iter().flatten().enumerate() {
        if let Some(field) = refused(source) {
            let source_at = list.index(index);
            out.push(
                PROJECTED_SOURCE
                    .at(scene.pod.place(&source_at.field(field)))
                    .found(field),
            );
        }
    }
}

fn refused(source: &VolumeProjection) -> Option<&'static str> {
    if source.cluster_trust_bundle.is_some() {
        return Some("clusterTrustBundle");
    }
    k8s_if_ge_1_34! {
        if source.pod_certificate.is_some() {
            return Some("podCertificate");
        }
    }
    None
}
