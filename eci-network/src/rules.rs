//! What can be wrong with the network of a pod.

use eci_model::{Basis, Code, Rule, Rules};

/// No layer names a vSwitch.
pub const VSWITCH_NONE: &Rule = &Rule::error(Code::eci(3010), "vswitch-none")
    .summary("no vSwitch for the pod")
    .why("neither an annotation nor a PodNetworking nor eci-profile names one, and the virtual node always sends one")
    .remedy("set `vSwitchIds` in eci-profile")
    .basis(Basis::Ours(
        "the raw API would fall back to a default network, the virtual node does not",
    ));

/// No layer names a security group.
pub const SECURITY_GROUP_NONE: &Rule = &Rule::error(Code::eci(3030), "security-group-none")
    .summary("no security group for the pod")
    .why("neither an annotation nor a PodNetworking nor eci-profile names one")
    .remedy("set `securityGroupId` in eci-profile")
    .basis(Basis::Documented("Assign security groups to a pod, undated"));

/// Only the first security group of a PodNetworking counts in ACK Serverless.
pub const SECURITY_GROUP_FIRST_ONLY: &Rule = &Rule::warning(Code::eci(3036), "security-group-first-only")
    .summary("only the first security group of the PodNetworking takes effect")
    .remedy("list the one that matters first, or use the annotation")
    .basis(Basis::Documented(
        "Configure separate vSwitches and security groups for a pod, 2026-02-28",
    ));

/// Several PodNetworkings select the pod.
pub const POD_NETWORKING_AMBIGUOUS: &Rule = &Rule::error(Code::eci(3040), "pod-networking-ambiguous")
    .summary("several PodNetworkings select the pod")
    .why("the platform takes an arbitrary one of them")
    .remedy("make their selectors disjoint")
    .basis(Basis::Documented(
        "Configure a separate vSwitch for each pod, 2026-03-26",
    ));

/// The PodNetworking that selects the pod is not Ready.
pub const POD_NETWORKING_NOT_READY: &Rule = &Rule::warning(Code::eci(3042), "pod-networking-not-ready")
    .summary("the PodNetworking that selects the pod is not Ready, and the next layer is used")
    .remedy("see its `status.message`")
    .basis(Basis::Documented("source of Terway, 2026-07-23"));

/// The rules of this crate.
pub static RULES: Rules = Rules::new(&[
    VSWITCH_NONE,
    SECURITY_GROUP_NONE,
    SECURITY_GROUP_FIRST_ONLY,
    POD_NETWORKING_AMBIGUOUS,
    POD_NETWORKING_NOT_READY,
]);
