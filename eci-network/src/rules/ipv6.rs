//! IPv6 of vSwitches and gateways.

use eci_model::settings::EipChargeType;
use eci_model::{Basis, Code, Findings, Rule, Rules, Severity};

use crate::facts::{Inventory, Ipv6Gateway, KnownVpc};
use crate::scene::Scene;

/// An IPv6 address from a vSwitch that has none.
pub const IPV6_VSWITCH: &Rule = &Rule::warning(Code::eci(3100), "ipv6-vswitch")
    .summary("an IPv6 address, and a vSwitch without IPv6")
    .why("VPC and vSwitch need IPv6 ranges; which of several vSwitches the pod gets is not known before")
    .remedy("enable IPv6 on every vSwitch of the list")
    .basis(Basis::Inferred(
        "Assign an IPv6 address to an ECI-based pod, 2024-02-19: VPC and vSwitch need IPv6 ranges",
    ))
    .page(include_str!("../../rules/ipv6-vswitch.md"));

/// More, or less, bandwidth than an IPv6 gateway gives.
pub const IPV6_BANDWIDTH_RANGE: &Rule = &Rule::error(Code::eci(3102), "ipv6-bandwidth-range")
    .summary("the IPv6 bandwidth is out of range")
    .remedy("give 1 to 2000 Mbit/s; paid by traffic, at most what the edition of the gateway allows")
    .basis(Basis::Documented("Assign an IPv6 address, 2026-06-22"))
    .page(include_str!("../../rules/ipv6-bandwidth-range.md"));

pub(super) static RULES: Rules = Rules::new(&[IPV6_VSWITCH, IPV6_BANDWIDTH_RANGE]);

/// The highest bandwidth that any gateway gives, in Mbit/s.
const MOST: u32 = 2000;
/// The highest bandwidth that is paid by traffic, whatever the edition.
const MOST_BY_TRAFFIC: u32 = 1000;

pub(super) fn of_pod(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.pod.settings();
    if !settings.ipv6.as_ref().is_some_and(|given| given.value) {
        return;
    }
    if let Some(inventory) = scene.facts.inventory {
        vswitches(scene, inventory, out);
    }
    if settings.ipv6_public.as_ref().is_some_and(|given| given.value)
        && let Some(given) = &settings.ipv6_bandwidth
    {
        bandwidth(scene, given.value.0, out);
    }
}

fn vswitches(scene: &Scene<'_>, inventory: &Inventory, out: &mut Findings) {
    let candidates = scene.resolution.candidates();
    let lacks = |id: &&eci_model::VSwitchId| inventory.has_ipv6(id) == Some(false);
    let lacking: Vec<&str> = candidates
        .iter()
        .filter(lacks)
        .map(eci_model::VSwitchId::as_str)
        .collect();
    if lacking.is_empty() {
        return;
    }
    let severity = match lacking.len() == candidates.len() {
        true => Severity::Error,
        false => Severity::Warning,
    };
    let finding = scene
        .pod
        .annotation_finding(IPV6_VSWITCH, "k8s.aliyun.com/eci-enable-ipv6");
    out.push(
        finding
            .severity(severity)
            .note(format!("without IPv6: {}", lacking.join(", "))),
    );
}

fn bandwidth(scene: &Scene<'_>, mbit: u32, out: &mut Findings) {
    let finding = || {
        let finding = scene
            .pod
            .annotation_finding(IPV6_BANDWIDTH_RANGE, "k8s.aliyun.com/eci-ipv6-bandwidth");
        finding.found(format!("{mbit} Mbit/s"))
    };
    if mbit == 0 || mbit > MOST {
        out.push(finding().expected(format!("1 to {MOST} Mbit/s")));
        return;
    }
    let vpc = gateway(scene);
    let charge = vpc.and_then(|vpc| vpc.ipv6_charge);
    let edition = vpc.and_then(|vpc| vpc.ipv6_gateway).map(Ipv6Gateway::most_mbit);
    let most = match (charge, edition) {
        (Some(EipChargeType::PayByBandwidth), _) | (None, None) => return,
        (_, Some(most)) => most,
        (Some(_), None) => MOST_BY_TRAFFIC,
    };
    if mbit > most {
        let finding = finding()
            .severity(Severity::Warning)
            .expected(format!("1 to {most} Mbit/s"));
        let finding = finding.title("the IPv6 bandwidth is more than the gateway gives when paid by traffic");
        out.push(match charge {
            Some(_) => finding,
            None => finding.note("how the traffic is paid is not known; by bandwidth, 2000 Mbit/s are the limit"),
        });
    }
}

/// The VPC of the pod, or the only one that is known.
fn gateway<'s>(scene: &Scene<'s>) -> Option<&'s KnownVpc> {
    let inventory = scene.facts.inventory?;
    let mut of_pod = scene
        .resolution
        .candidates()
        .iter()
        .filter_map(|id| inventory.vswitch(id)?.vpc.as_ref());
    match of_pod.next() {
        Some(vpc) => inventory.vpc(vpc),
        None => inventory.vpcs().next().filter(|_| inventory.vpcs().len() == 1),
    }
}
