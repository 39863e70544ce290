//! What can be wrong with the way a pod takes to ECI.

use eci_model::{Basis, Code, Rule};

/// Routed by an old label.
pub const ROUTE_LABEL_DISCOURAGED: &Rule = &Rule::info(Code::eci(4110), "route-label-discouraged")
    .summary("an old label routes to ECI")
    .why("it still works, and pages discourage it")
    .remedy("use the label `alibabacloud.com/eci: \"true\"`")
    .basis(Basis::Documented(
        "Schedule pods to an x86-based virtual node, 2025-05-23",
    ))
    .page(include_str!("../../rules/route-label-discouraged.md"));

/// Bound by the name of a virtual node.
pub const ROUTE_NODE_NAME: &Rule = &Rule::warning(Code::eci(4112), "route-node-name")
    .summary("`nodeName` names a virtual node")
    .why("the scheduler is passed by: no other zone is tried, and disks that wait for their first consumer do not work")
    .remedy("use the label `alibabacloud.com/eci: \"true\"`, or a selector of eci-profile")
    .basis(Basis::Documented(
        "Schedule pods to an x86-based virtual node, 2025-05-23",
    ))
    .page(include_str!("../../rules/route-node-name.md"));

/// Bound by node selector and toleration, by hand.
pub const ROUTE_MANUAL: &Rule = &Rule::info(Code::eci(4114), "route-manual")
    .summary("node selector and toleration send the pod to virtual nodes")
    .why("it works, and a label or a selector does the same without changes to the pod")
    .remedy("use the label `alibabacloud.com/eci: \"true\"`, or a selector of eci-profile")
    .basis(Basis::Documented(
        "Schedule pods to an x86-based virtual node, 2025-05-23",
    ))
    .page(include_str!("../../rules/route-manual.md"));

/// A routing label with another value.
pub const ROUTE_LABEL_VALUE: &Rule = &Rule::warning(Code::eci(4116), "route-label-value")
    .summary("a routing label with a value that routes nothing")
    .why("only the documented value is known to act")
    .remedy("write the documented value, or drop the label")
    .basis(Basis::Inferred(
        "the page shows one value only: Schedule pods to an x86-based virtual node, 2025-05-23",
    ))
    .page(include_str!("../../rules/route-label-value.md"));

/// A routing label on the workload instead of its pods.
pub const ROUTE_LABEL_MISPLACED: &Rule = &Rule::warning(Code::eci(4117), "route-label-misplaced")
    .summary("the routing label stands on the workload, not on its pods")
    .why("labels of the workload are not those of its pods, so nothing is routed")
    .remedy("put it under `spec.template.metadata.labels`")
    .basis(Basis::Documented(
        "Schedule pods to an x86-based virtual node, 2025-05-23",
    ))
    .page(include_str!("../../rules/route-label-misplaced.md"));

/// Sent to ECI and kept off it at once.
pub const ROUTE_CONTRADICTION: &Rule = &Rule::error(Code::eci(4118), "route-contradiction")
    .summary("the pod is sent to ECI and kept off virtual nodes at once")
    .why("no node satisfies both")
    .remedy("drop the label or selector that routes it, or what keeps it off")
    .basis(Basis::Ours("both cannot hold"))
    .page(include_str!("../../rules/route-contradiction.md"));

/// An Arm pod that cannot meet an Arm node.
pub const ROUTE_ARM_MISSING: &Rule = &Rule::error(Code::eci(4120), "route-arm-missing")
    .summary("Arm type and Arm node do not come together")
    .why("routing alone gives x86; Arm needs the node selector, an Arm type, and the Arm virtual node")
    .remedy("ask for both `kubernetes.io/arch: arm64` and an Arm type, and switch `enableLinuxArm64Node` on")
    .basis(Basis::Documented(
        "Specify Arm types, 2024-11-15; Schedule pods to an ARM-based virtual node, undated",
    ))
    .page(include_str!("../../rules/route-arm-missing.md"));

/// ECI only on shortage, as the scheduler decides.
pub const ROUTE_AT_RUN_TIME: &Rule = &Rule::info(Code::eci(4122), "route-at-run-time")
    .summary("whether the pod runs on ECI is decided at run time")
    .why("the rules of ECI are told as they hold when it does")
    .remedy("nothing, or a label when it must run on ECI")
    .basis(Basis::Documented(
        "Allocate resources between ECS and ECI, 2026-06-18; Customize elastic resource priority scheduling, undated",
    ))
    .page(include_str!("../../rules/route-at-run-time.md"));

/// A preference that guarantees nothing.
pub const ROUTE_PREFERRED_AFFINITY: &Rule = &Rule::info(Code::eci(4124), "route-preferred-affinity")
    .summary("preferring real nodes does not keep ECI for shortage only")
    .why("the scheduler weighs a preference against others and may pick a virtual node at any time")
    .remedy("use a ResourcePolicy for an order that holds")
    .basis(Basis::Documented("Allocate resources between ECS and ECI, 2026-06-18"))
    .page(include_str!("../../rules/route-preferred-affinity.md"));

/// The DNS cache of nodes is injected into a pod on ECI.
pub const ROUTE_DNS_CACHE_INJECTION: &Rule = &Rule::warning(Code::eci(4126), "route-dns-cache-injection")
    .summary("the DNS cache of a node may be injected into a pod that runs on none")
    .why("the injection skips pods and namespaces with the label of ECI only, and this pod is routed by a selector")
    .remedy("add the label `alibabacloud.com/eci: \"true\"`")
    .basis(Basis::Inferred(
        "NodeLocal DNSCache in ACK, undated: labelled pods and namespaces are skipped",
    ))
    .page(include_str!("../../rules/route-dns-cache-injection.md"));

/// A toleration and nothing else.
pub const ROUTE_TOLERATION_ONLY: &Rule = &Rule::info(Code::eci(4128), "route-toleration-only")
    .summary("the pod tolerates virtual nodes, and nothing else sends it there")
    .why("it may land on either kind of node")
    .remedy("leave it when both are meant, else route it or drop the toleration")
    .basis(Basis::Inferred(
        "taint of virtual nodes: Allocate resources between ECS and ECI, 2026-06-18",
    ))
    .page(include_str!("../../rules/route-toleration-only.md"));

/// A way to ECI that this cluster does not have.
pub const ROUTE_NEEDS_VERSION: &Rule = &Rule::warning(Code::eci(4129), "route-needs-version")
    .summary("the cluster is too old for this way to ECI")
    .remedy("upgrade, or use the label `alibabacloud.com/eci: \"true\"`")
    .basis(Basis::Documented("Allocate resources between ECS and ECI, 2026-06-18; Customize elastic resource priority scheduling, undated; release notes of ack-virtual-node, 2021-07-15"))
    .page(include_str!("../../rules/route-needs-version.md"));

/// A node label that virtual nodes lack.
pub const ROUTE_NODE_LABEL_MISSING: &Rule = &Rule::warning(Code::eci(4132), "route-node-label-missing")
    .summary("the pod asks for a node label that virtual nodes do not have")
    .why("virtual nodes take no labels of users, so the pod stays pending")
    .remedy("drop it for pods on ECI")
    .basis(Basis::Documented("ACK Edge: virtual nodes, 2025-08-17"))
    .page(include_str!("../../rules/route-node-label-missing.md"));
