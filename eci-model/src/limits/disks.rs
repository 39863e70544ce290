//! How many disks a pod mounts.

use crate::digest::{ClaimUse, Digests, PodDigest};
use crate::finding::{FindingBuilder, Findings, Location};
use crate::path::At;
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::storage::{Driver, StockClass};

/// More disks than an instance can have.
pub const TOO_MANY_DISKS: &Rule = &Rule::error(Code::eci(1318), "too-many-disks")
    .summary("more disks than an instance can have")
    .why("an instance takes six disks beside its own")
    .remedy("use fewer, larger disks, or NAS")
    .basis(Basis::Documented(
        "Limits, 2024-10-18; error code DiskNumber.LimitExceed",
    ))
    .page(include_str!("../../rules/too-many-disks.md"));

pub(super) static RULES: Rules = Rules::new(&[TOO_MANY_DISKS]);

/// Disks of an instance (Volume overview, 2023-12-26).
const MOST: usize = 6;

/// The annotation that turns a volume into a disk.
pub(super) const DISK_VOLUME: &str = "k8s.aliyun.com/eci-set-diskvolume";

/// Disks that the pod names itself.
pub(super) fn check(pod: &EffectivePod<'_>, out: &mut Findings) {
    let flex = pod.volumes().iter().filter_map(|volume| volume.flex_volume.as_ref());
    let flex = flex
        .filter(|flex| Driver::of_flex(&flex.driver) == Driver::Disk)
        .count();
    let count = flex + named(pod.annotations().get(DISK_VOLUME));
    if count > MOST {
        let spec = At::ROOT.field("spec");
        out.push(finding(pod.place(&spec.field("volumes")), count));
    }
}

/// How many volumes the annotation turns into disks.
pub(crate) fn named(annotation: Option<&str>) -> usize {
    let items = annotation.unwrap_or_default().split(',');
    items.filter(|item| !item.trim().is_empty()).count()
}

/// Disks that the pod names itself, and those behind its claims, as far as the input says what stands behind them.
pub(super) fn together(digests: &Digests, out: &mut Findings) {
    for pod in digests.pods().iter().filter(|pod| pod.may_run_on_eci()) {
        let own = usize::from(pod.disks);
        let claims = pod.claims.iter().filter(|claim| is_disk(digests, pod, claim)).count();
        if claims > 0 && own <= MOST && own + claims > MOST {
            let spec = At::ROOT.field("spec");
            pod.tell(finding(pod.place(&spec.field("volumes")), own + claims), out);
        }
    }
}

fn finding(place: Location, count: usize) -> FindingBuilder {
    let finding = TOO_MANY_DISKS.at(place).found(count.to_string());
    finding.expected(format!("at most {MOST}"))
}

fn is_disk(digests: &Digests, pod: &PodDigest, claim: &ClaimUse) -> bool {
    let (volume, class) = digests.storage_of(pod.namespace(), claim);
    if let Some(volume) = volume {
        return volume.driver.as_deref().is_some_and(is_of_disks);
    }
    match class {
        Some(class) => is_of_disks(&class.provisioner),
        None => digests
            .class_name_of(pod.namespace(), claim)
            .is_some_and(|name| StockClass::named(name).is_some()),
    }
}

fn is_of_disks(driver: &str) -> bool {
    Driver::of_provisioner(driver) == Driver::Disk
}
