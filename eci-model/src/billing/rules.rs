//! What to say about money: prices nobody knows, quotas, pulls and virtual nodes that are paid for.

use k8s_openapi::api::core::v1::Container;

use super::{Cost, Prices};
use crate::decision::Decided;
use crate::finding::{FindingBuilder, Findings, Location};
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy::PendingAlert;
use crate::quantity::{Cpu, Memory};
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;
use crate::spec::{Size, Sizing};
use crate::template::PodView;

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

/// The vCPU that pods are billed for, against the quota of a region.
///
/// # Example
/// ```
/// use eci_model::billing::VcpuQuota;
/// use eci_model::{Cpu, Findings};
///
/// let mut findings = Findings::new();
/// VcpuQuota::new(Cpu::from_vcpu(1000)).finish(&mut findings);
/// assert!(findings.is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct VcpuQuota {
    quota: Cpu,
    needed: Cpu,
    /// With as many replicas as autoscalers may ask for.
    at_most: Cpu,
    /// The workload that needs most, and how much.
    largest: Option<(Location, Cpu)>,
}

impl VcpuQuota {
    /// Nothing yet, against this quota.
    pub const fn new(quota: Cpu) -> Self {
        Self {
            quota,
            needed: Cpu::ZERO,
            at_most: Cpu::ZERO,
            largest: None,
        }
    }

    /// Adds the pods of a workload: its replicas, and the most that an autoscaler may make of them.
    ///
    /// ECS types count by their name; those whose name says nothing do not count.
    pub fn add(&mut self, pod: &PodView<'_>, sizing: &Sizing, max_replicas: Option<u32>) {
        let billed = sizing.billed.as_ref().map(Decided::value);
        let vcpu = billed.and_then(|billed| match billed.ecs_type() {
            Some(ecs) => ecs.vcpu(),
            None => billed.size().map(|size| size.cpu),
        });
        let vcpu = vcpu.unwrap_or_default();
        let times = |count: u32| Cpu::from_milli(vcpu.milli().saturating_mul(u64::from(count)));
        let replicas = pod.replicas();
        let most = times(max_replicas.unwrap_or(replicas).max(replicas));
        self.needed = self.needed + times(replicas);
        self.at_most = self.at_most + most;
        if self.largest.as_ref().is_none_or(|(_, largest)| most > *largest) {
            self.largest = Some((pod.place(&At::ROOT), most));
        }
    }

    /// Tells whether the quota holds: an error when replicas exceed it, a warning when only autoscalers may.
    pub fn finish(self, out: &mut Findings) {
        let Some((place, largest)) = self.largest.filter(|_| self.at_most > self.quota) else {
            return;
        };
        let (needed, severity) = if self.needed > self.quota {
            (self.needed, Severity::Error)
        } else {
            (self.at_most, Severity::Warning)
        };
        let finding = QUOTA_VCPU.at(place).severity(severity).found(format!("{needed} vCPU"));
        let finding = finding.expected(format!("at most {} vCPU", self.quota));
        out.push(finding.note(format!("this workload needs most, up to {largest} vCPU")));
    }
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
