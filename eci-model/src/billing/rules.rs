//! What to say about money: prices nobody knows, quotas, pulls and virtual nodes that are paid for.

use k8s_openapi::api::core::v1::Container;

use super::{Cost, Prices};
use crate::digest::{Digests, PodDigest};
use crate::finding::{FindingBuilder, Findings, Location};
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy::PendingAlert;
use crate::quantity::{Cpu, Memory};
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;
use crate::spec::Size;

/// A price was asked for, and the table lacks it.
pub const PRICE_UNKNOWN: &Rule = &Rule::info(Code::eci(5090), "price-unknown")
    .summary("the price is not known")
    .why("ECS types and spot capacity have prices by region and time, and none are built in")
    .remedy("give a price table that has them")
    .basis(Basis::Documented("Billing of instances, 2024-11-27"))
    .page(include_str!("../../rules/price-unknown.md"));

/// The quota of vCPU in a region is too small for the input.
pub const QUOTA_VCPU: &Rule = &Rule::error(Code::eci(5092), "quota-vcpu")
    .summary("the pods need more vCPU than the quota of the region has")
    .why("instances above the quota are not created")
    .remedy("have the quota raised, or run fewer or smaller pods")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/quota-vcpu.md"));

/// A long pull is paid for.
pub const PENDING_BILLED: &Rule = &Rule::info(Code::eci(5094), "pending-billed")
    .summary("a large image is pulled while the instance is paid for")
    .why("billing begins with the state Pending, before images are pulled")
    .remedy("make an image cache, or set a smaller `k8s.aliyun.com/eci-max-pending-minute`")
    .basis(Basis::Documented(
        "Billing of instances, 2024-11-27; Lifecycle of a pod, 2026-09-21",
    ))
    .page(include_str!("../../rules/pending-billed.md"));

/// Virtual nodes of one's own are paid for.
pub const VNODE_BILLED: &Rule = &Rule::info(Code::eci(5096), "vnode-billed")
    .summary("each virtual node of a self-managed cluster is paid for as 2 vCPU 8 GiB, with or without pods")
    .why("prices of pods leave it out")
    .remedy("count it in")
    .basis(Basis::Documented("Billing of VNodes, 2025-08-04"))
    .page(include_str!("../../rules/vnode-billed.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[PRICE_UNKNOWN, QUOTA_VCPU, PENDING_BILLED, VNODE_BILLED]);

/// What each virtual node of a self-managed cluster is billed as.
pub const VNODE: Size = Size::new(Cpu::from_vcpu(2), Memory::from_gib(8));

/// Finishes a finding of [`PRICE_UNKNOWN`] when the cost lacks the instance.
pub(crate) fn price_unknown(cost: Option<&Cost>, at: impl FnOnce(&'static Rule) -> FindingBuilder, out: &mut Findings) {
    if let Some(cost) = cost.filter(|cost| cost.instance.is_none()) {
        out.push(at(PRICE_UNKNOWN).note(format!("it is paid {}", cost.mode)));
    }
}

/// Tells whether the pods of the input are billed for more vCPU than the quota of the region has.
///
/// An error when their replicas exceed it, a warning when only autoscalers may. ECS types count by their name; those whose name says nothing
/// do not count, and neither do pods that are refused. Without a quota nothing is said.
///
/// # Example
/// ```
/// use eci_model::digest::Digests;
/// use eci_model::{Cpu, Findings, billing};
///
/// let mut findings = Findings::new();
/// billing::together(&Digests::default(), Some(Cpu::from_vcpu(1000)), &mut findings);
/// assert!(findings.is_empty());
/// ```
pub fn together(digests: &Digests, quota: Option<Cpu>, out: &mut Findings) {
    let Some(quota) = quota else { return };
    let (mut needed, mut at_most) = (Cpu::ZERO, Cpu::ZERO);
    let mut largest: Option<(&PodDigest, Cpu)> = None;
    for pod in digests.pods().iter().filter(|pod| pod.is_counted) {
        let Some(vcpu) = pod.planned.as_ref().and_then(|planned| planned.cpu) else {
            continue;
        };
        let times = |count: u32| Cpu::from_milli(vcpu.milli().saturating_mul(u64::from(count)));
        let most = times(pod.replicas());
        needed = needed + times(pod.asked_replicas);
        at_most = at_most + most;
        if largest.is_none_or(|(_, largest)| most > largest) {
            largest = Some((pod, most));
        }
    }
    let Some((pod, largest)) = largest.filter(|_| at_most > quota) else {
        return;
    };
    let (found, severity) = if needed > quota {
        (needed, Severity::Error)
    } else {
        (at_most, Severity::Warning)
    };
    let finding = QUOTA_VCPU.at(pod.place(&At::ROOT)).severity(severity);
    let finding = finding
        .found(format!("{found} vCPU"))
        .expected(format!("at most {quota} vCPU"));
    pod.tell(
        finding.note(format!("this workload needs most, up to {largest} vCPU")),
        out,
    );
}

/// Tells images that are pulled while the instance is paid for, when the policies ask for it.
///
/// `size` gives the bytes of an image whose size is known and that no cache covers.
pub fn pending_billed(pod: &EffectivePod<'_>, site: &Site<'_>, size: &dyn Fn(&str) -> Option<u64>, out: &mut Findings) {
    let least = match site.policies.pending_alert {
        PendingAlert::Off => return,
        PendingAlert::AboveOneGib => Memory::from_gib(1),
    };
    let spec = At::ROOT.field("spec");
    for (field, containers) in [
        ("initContainers", pod.init_containers()),
        ("containers", pod.containers()),
    ] {
        let list = spec.field(field);
        for (index, container) in containers.iter().enumerate() {
            let Some(bytes) = image(container).and_then(size).map(Memory::from_bytes) else {
                continue;
            };
            if bytes > least {
                let at = list.index(index);
                let finding = PENDING_BILLED.at(pod.place(&at.field("image")));
                out.push(
                    finding
                        .found(bytes.to_string())
                        .expected(format!("at most {least}, or an image cache")),
                );
            }
        }
    }
}

fn image(container: &Container) -> Option<&str> {
    container.image.as_deref()
}

/// Tells, once a report, what each virtual node of a self-managed cluster costs; `place` is any object of the cluster.
pub fn vnode_billed(place: Location, prices: &Prices, out: &mut Findings) {
    let hour = prices.units().per_hour(VNODE, None);
    let finding = VNODE_BILLED.at(place);
    out.push(finding.note(format!("{:.4} {} an hour for each", hour, prices.currency())));
}
