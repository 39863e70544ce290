//! Given and fixed addresses of a pod.

use std::net::{IpAddr, Ipv4Addr};

use eci_model::{Basis, Code, Findings, Location, Rule, Rules, Severity, VSwitchId};

use crate::address::is_reserved;
use crate::scene::Scene;

/// One address for several pods.
pub const PRIVATE_IP_REPLICAS: &Rule = &Rule::error(Code::eci(3060), "private-ip-replicas")
    .summary("a given private address, and more than one replica")
    .why("one pod gets the address, every other one fails")
    .remedy("one replica, or no given address")
    .basis(Basis::Documented("Specify a private IP address for a pod, 2023-09-13"))
    .page(include_str!("../../rules/private-ip-replicas.md"));

/// An address of another network.
pub const PRIVATE_IP_OUTSIDE: &Rule = &Rule::error(Code::eci(3062), "private-ip-outside")
    .summary("the given private address lies in no vSwitch of the pod")
    .why("it must be an address of the vSwitch that the pod lives in")
    .remedy("give an address inside, or name the vSwitch that has it")
    .basis(Basis::Documented("Specify a private IP address for a pod, 2023-09-13"))
    .page(include_str!("../../rules/private-ip-outside.md"));

/// An address that the platform keeps for itself.
pub const PRIVATE_IP_RESERVED: &Rule = &Rule::error(Code::eci(3064), "private-ip-reserved")
    .summary("the given private address is reserved by its vSwitch")
    .why("the first and the last three addresses of a vSwitch are never given out")
    .remedy("give another address")
    .basis(Basis::Documented("Create a vSwitch, undated"))
    .page(include_str!("../../rules/private-ip-reserved.md"));

/// An IPv6 address where only IPv4 works.
pub const PRIVATE_IP_V6: &Rule = &Rule::error(Code::eci(3066), "private-ip-v6")
    .summary("the given private address is an IPv6 address")
    .remedy("give an IPv4 address; `k8s.aliyun.com/eci-enable-ipv6` adds an IPv6 address that cannot be chosen")
    .basis(Basis::Documented("Specify a private IP address for a pod, 2023-09-13"))
    .page(include_str!("../../rules/private-ip-v6.md"));

/// An update that needs the address twice.
pub const PRIVATE_IP_ROLLING_UPDATE: &Rule = &Rule::warning(Code::eci(3068), "private-ip-rolling-update")
    .summary("a given private address, and updates that start the new pod before the old one is gone")
    .why("the old pod holds the address, so the new one fails and the update does not go on")
    .remedy("set `strategy: {type: Recreate}`")
    .basis(Basis::Inferred(
        "Specify a private IP address for a pod, 2023-09-13: the address must be idle",
    ))
    .page(include_str!("../../rules/private-ip-rolling-update.md"));

/// Addresses that stay with names, for pods whose names do not stay.
pub const FIXED_IP_NAMES: &Rule = &Rule::warning(Code::eci(3070), "fixed-ip-names")
    .summary("a fixed address, and pods that get a new name each time")
    .why("the address stays with cluster, namespace and name of the pod; here no later pod has the name")
    .remedy("use a StatefulSet, whose pods keep their names")
    .basis(Basis::Documented(
        "Configure an Elastic Container Instance pod to use a fixed IP address, undated",
    ))
    .page(include_str!("../../rules/fixed-ip-names.md"));

/// Two addresses a pod.
pub const FIXED_IP_TWO_ADDRESSES: &Rule = &Rule::info(Code::eci(3072), "fixed-ip-two-addresses")
    .summary("each pod with a fixed address takes two of its vSwitch")
    .why("a second address, which the cluster does not see, lives as long as the pod; a replacement waits until the old pod is gone")
    .remedy("plan the range for it")
    .basis(Basis::Documented(
        "Configure an Elastic Container Instance pod to use a fixed IP address, undated",
    ))
    .page(include_str!("../../rules/fixed-ip-two-addresses.md"));

/// A given and a fixed address.
pub const FIXED_AND_PRIVATE_IP: &Rule = &Rule::warning(Code::eci(3074), "fixed-and-private-ip")
    .summary("a given private address and a fixed one")
    .why("no page says what the two do together")
    .remedy("choose one")
    .basis(Basis::Documented(
        "Specify a private IP address for a pod, 2023-09-13, and the page on fixed addresses leave it open",
    ))
    .page(include_str!("../../rules/fixed-and-private-ip.md"));

pub(super) static RULES: Rules = Rules::new(&[
    PRIVATE_IP_REPLICAS,
    PRIVATE_IP_OUTSIDE,
    PRIVATE_IP_RESERVED,
    PRIVATE_IP_V6,
    PRIVATE_IP_ROLLING_UPDATE,
    FIXED_IP_NAMES,
    FIXED_IP_TWO_ADDRESSES,
    FIXED_AND_PRIVATE_IP,
]);

const PRIVATE_IP: &str = "k8s.aliyun.com/eci-private-ip-address";
const FIXED_IP: &str = "k8s.aliyun.com/eci-fixed-ip";

pub(super) fn of_pod(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.pod.settings();
    let fixed = settings.fixed_ip.as_ref().is_some_and(|given| given.value);
    if let Some(given) = &settings.private_ip {
        match given.value {
            IpAddr::V6(address) => {
                out.push(
                    scene
                        .pod
                        .annotation_finding(PRIVATE_IP_V6, PRIVATE_IP)
                        .found(address.to_string()),
                );
            }
            IpAddr::V4(address) => inside(scene, address, out),
        }
        if scene.around.object.surges() == Some(true) && scene.pod.view().replicas() <= 1 {
            out.push(scene.pod.annotation_finding(PRIVATE_IP_ROLLING_UPDATE, PRIVATE_IP));
        }
        if fixed {
            let finding = scene.pod.annotation_finding(FIXED_AND_PRIVATE_IP, PRIVATE_IP);
            out.push(finding.related(scene.pod.annotation_place(FIXED_IP), "asks for a fixed one"));
        }
    }
    if fixed {
        fixed_ip(scene, out);
    }
}

fn inside(scene: &Scene<'_>, address: Ipv4Addr, out: &mut Findings) {
    let Some(inventory) = scene.facts.inventory else { return };
    let candidates = scene.resolution.candidates();
    let profile = scene.facts.profile.map(|profile| profile.vswitches).unwrap_or_default();
    let holds = |list: &[VSwitchId]| match list {
        [] => None,
        list => inventory.holds(list, address),
    };
    let mut lists = candidates.iter().chain(profile);
    let range = lists.find_map(|id| inventory.vswitch(id)?.range.filter(|range| range.contains(&address)));
    let finding = |rule| {
        scene
            .pod
            .annotation_finding(rule, PRIVATE_IP)
            .found(address.to_string())
    };
    if let Some(range) = range.filter(|range| is_reserved(*range, address)) {
        out.push(finding(PRIVATE_IP_RESERVED).note(format!("the range is {range}")));
    }
    let severity = match (holds(candidates), holds(profile)) {
        (Some(false), None) if profile.is_empty() => Severity::Error,
        (None, Some(false)) if candidates.is_empty() => Severity::Error,
        (Some(false), Some(false)) => Severity::Error,
        // The page speaks of eci-profile alone, so a list of another layer leaves it open.
        (Some(false), Some(true)) | (Some(true), Some(false)) => Severity::Warning,
        _ => return,
    };
    let ranges: Vec<String> = candidates
        .iter()
        .filter_map(|id| inventory.vswitch(id)?.range)
        .map(|range| range.to_string())
        .collect();
    let finding = finding(PRIVATE_IP_OUTSIDE).severity(severity);
    let finding = match ranges.is_empty() {
        true => finding,
        false => finding.expected(format!("an address in {}", ranges.join(", "))),
    };
    out.push(match severity {
        Severity::Warning => finding
            .title("the given private address lies in a vSwitch of the pod or of eci-profile, not of both")
            .note("the page asks for a vSwitch of eci-profile; how that goes with other lists is not stated"),
        _ => finding,
    });
}

fn fixed_ip(scene: &Scene<'_>, out: &mut Findings) {
    let view = scene.pod.view();
    if matches!(view.kind(), "Deployment" | "ReplicaSet" | "Job") {
        let finding = scene.pod.annotation_finding(FIXED_IP_NAMES, FIXED_IP);
        out.push(finding.found(view.kind().to_owned()).expected("a StatefulSet"));
    }
    let addresses = u64::from(view.replicas()) * 2;
    let finding = scene.pod.annotation_finding(FIXED_IP_TWO_ADDRESSES, FIXED_IP);
    out.push(finding.found(format!("{addresses} addresses for {} replicas", view.replicas())));
}

/// Where the private address of a pod is given.
pub(crate) fn private_ip(scene: &Scene<'_>) -> Option<Location> {
    let given = scene.pod.settings().private_ip.as_ref();
    given.map(|_| scene.pod.annotation_place(PRIVATE_IP))
}

/// Tells that several replicas share it.
pub(crate) fn private_ip_replicas(given: &Location, replicas: u32, pod: &Location, out: &mut Findings) {
    let finding = PRIVATE_IP_REPLICAS
        .at(given.clone())
        .found(format!("{replicas} replicas"));
    out.push(finding.expected("one replica").related(pod.clone(), "has the replicas"));
}
