//! Kinds of workloads and containers that ECI does not run, or runs differently.

use k8s_openapi::api::core::v1::{NodeSelectorTerm, PodSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;

use crate::finding::{Findings, Location};
use crate::object::Object;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// A DaemonSet whose pods would land on virtual nodes.
pub const DAEMON_SET: &Rule = &Rule::error(Code::eci(1110), "daemon-set")
    .summary("the DaemonSet would run on virtual nodes")
    .why("a virtual node is no machine, and ECI runs no pods of DaemonSets")
    .remedy("run it as a sidecar, or keep it off with required nodeAffinity `type NotIn [virtual-kubelet]`")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/daemon-set.md"));

/// A static pod.
pub const STATIC_POD: &Rule = &Rule::error(Code::eci(1115), "static-pod")
    .summary("static pod")
    .why("static pods belong to a machine, and a virtual node is none")
    .remedy("use a sidecar")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/static-pod.md"));

/// Ephemeral containers.
pub const EPHEMERAL_CONTAINER: &Rule = &Rule::warning(Code::eci(1120), "ephemeral-container")
    .summary("ephemeral container")
    .why("the API has none; the pod itself keeps running")
    .remedy("use `kubectl exec`, or put the tools into the image")
    .basis(Basis::Inferred("neither a page nor the API mentions them"))
    .page(include_str!("../../rules/ephemeral-container.md"));

/// An init container that keeps running.
pub const NATIVE_SIDECAR: &Rule = &Rule::warning(Code::eci(1125), "native-sidecar")
    .summary("init container with `restartPolicy: Always`")
    .why("the API has no such containers; it is started as an ordinary one")
    .remedy("make it an ordinary container with `ECI_CONTAINER_TYPE=sidecar` and a higher launch priority")
    .basis(Basis::Inferred("neither a page nor the API mentions them"))
    .page(include_str!("../../rules/native-sidecar.md"));

/// A runtime class that virtual nodes do not have.
pub const RUNTIME_CLASS: &Rule = &Rule::warning(Code::eci(1130), "runtime-class")
    .summary("runtime class that virtual nodes are not known to have")
    .why("the scheduler places the pod by the class, and nothing of it reaches the instance")
    .remedy("drop it for pods on ECI")
    .basis(Basis::Inferred("the API has no field for it"))
    .page(include_str!("../../rules/runtime-class.md"));

/// A pod that waits before it is scheduled.
pub const SCHEDULING_GATE_KEPT: &Rule = &Rule::info(Code::eci(1135), "scheduling-gate-kept")
    .summary("pod that waits for a scheduling gate")
    .why("nothing is created, and nothing costs money, until all gates are removed")
    .remedy("nothing; whoever set the gate removes it")
    .basis(Basis::Documented("Kubernetes, pod scheduling readiness"))
    .page(include_str!("../../rules/scheduling-gate-kept.md"));

/// A controller that no page lists.
pub const CONTROLLER_NOT_LISTED: &Rule = &Rule::info(Code::eci(1140), "controller-not-listed")
    .summary("controller that no page lists")
    .why("pages list Deployment, ReplicaSet, StatefulSet, Job and CronJob")
    .remedy("nothing; it works if the controller makes ordinary pods")
    .basis(Basis::Documented("ACK connects to ECI, 2025-02-11"))
    .page(include_str!("../../rules/controller-not-listed.md"));

/// A pod for Windows.
pub const WINDOWS_POD: &Rule = &Rule::error(Code::eci(1145), "windows-pod")
    .summary("pod for Windows")
    .why("virtual nodes are Linux nodes; Windows is by invitation")
    .remedy("use Linux, or keep the pod on real nodes")
    .basis(Basis::Documented("Virtual nodes overview, 2025-08-17"))
    .page(include_str!("../../rules/windows-pod.md"));

/// A user namespace of its own.
pub const USER_NAMESPACE: &Rule = &Rule::warning(Code::eci(1150), "user-namespace")
    .summary("pod that asks for users of its own")
    .why("the API has no field for it, so users are the same inside and outside of containers")
    .remedy("drop it; every pod is a virtual machine of its own")
    .basis(Basis::Inferred("the fields of CreateContainerGroup, 2018-08-08"))
    .page(include_str!("../../rules/user-namespace.md"));

pub(super) static RULES: Rules = Rules::new(&[
    DAEMON_SET,
    STATIC_POD,
    EPHEMERAL_CONTAINER,
    NATIVE_SIDECAR,
    RUNTIME_CLASS,
    SCHEDULING_GATE_KEPT,
    CONTROLLER_NOT_LISTED,
    WINDOWS_POD,
    USER_NAMESPACE,
]);

/// Controllers that pages list (ACK connects to ECI, 2025-02-11), and pods without one.
const LISTED: [&str; 7] = [
    "Pod",
    "Deployment",
    "ReplicaSet",
    "StatefulSet",
    "Job",
    "CronJob",
    "PodTemplate",
];

/// Whether an object is a DaemonSet, or the pod of one; ECI runs none of their pods.
pub fn is_of_daemon_set(object: &Object<'_>) -> bool {
    let owners = object.meta().owner_references.as_deref().unwrap_or_default();
    let is_owner = |owner: &OwnerReference| owner.kind == "DaemonSet" && owner.controller == Some(true);
    matches!(object, Object::DaemonSet(_)) || owners.iter().any(is_owner)
}

/// Judges a DaemonSet, or the pod of one: a finding when its pods would land on virtual nodes.
///
/// `lands` says whether they would: routed there, or by toleration and node selection, or because there are no other nodes; it is asked
/// for DaemonSets only. Gives whether it belongs to a DaemonSet that would, so that nothing else needs to be said.
pub fn daemon_set(object: &Object<'_>, lands: impl FnOnce() -> bool, out: &mut Findings) -> bool {
    let refused = is_of_daemon_set(object) && lands();
    if refused {
        out.push(DAEMON_SET.at(object.place(&At::ROOT.field("kind"))));
    }
    refused
}

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    if !static_pod(pod, out) {
        controller(pod, out);
    }
    ephemeral_containers(pod, site, out);
    native_sidecars(pod, site, out);
    if let Some(spec) = pod.spec() {
        fields(pod, spec, site, out);
        windows(pod, spec, site, out);
    }
}

fn ephemeral_containers(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let containers = pod.spec().and_then(|spec| spec.ephemeral_containers.as_deref());
    let Some(first) = containers.and_then(<[_]>::first) else {
        return;
    };
    let severity = match site.policies.ephemeral_containers {
        policy::EphemeralContainers::Refuse => Severity::Error,
        policy::EphemeralContainers::Warn => Severity::Warning,
    };
    let spec = At::ROOT.field("spec");
    let finding = EPHEMERAL_CONTAINER.at(pod.place(&spec.field("ephemeralContainers")));
    out.push(finding.severity(severity).found(first.name.clone()));
}

fn native_sidecars(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let init = spec.field("initContainers");
    for (index, container) in pod.init_containers().iter().enumerate() {
        if container.restart_policy.as_deref() == Some("Always") {
            let severity = match site.policies.native_sidecar {
                policy::NativeSidecar::Refuse => Severity::Error,
                policy::NativeSidecar::RunAsOrdinary => Severity::Warning,
            };
            let at = init.index(index);
            let finding = NATIVE_SIDECAR.at(pod.place(&at.field("restartPolicy")));
            out.push(finding.severity(severity).found(container.name.clone()));
        }
    }
}

fn fields(pod: &EffectivePod<'_>, spec: &PodSpec, site: &Site<'_>, out: &mut Findings) {
    let at = At::ROOT.field("spec");
    let class = spec.runtime_class_name.as_deref();
    if let Some(class) = class.filter(|class| !site.runtime_classes.iter().any(|known| &**known == *class)) {
        let finding = RUNTIME_CLASS.at(pod.place(&at.field("runtimeClassName")));
        out.push(finding.found(class.to_owned()));
    }
    if let Some(first) = spec.scheduling_gates.iter().flatten().next() {
        let finding = SCHEDULING_GATE_KEPT.at(pod.place(&at.field("schedulingGates")));
        out.push(finding.found(first.name.clone()));
    }
    if spec.host_users == Some(false) {
        out.push(USER_NAMESPACE.at(pod.place(&at.field("hostUsers"))).found("false"));
    }
}

/// The kind of the object that makes the pods; for pods themselves, that of their controller.
fn controller(pod: &EffectivePod<'_>, out: &mut Findings) {
    let view = pod.view();
    let owners = view.owner().owner_references.as_deref().unwrap_or_default();
    let owner = owners.iter().find(|owner| owner.controller == Some(true));
    let kind = match owner {
        Some(owner) if !view.is_template() => owner.kind.as_str(),
        _ => view.kind(),
    };
    // A DaemonSet has a rule of its own.
    if !LISTED.contains(&kind) && kind != "DaemonSet" {
        let finding = CONTROLLER_NOT_LISTED.at(view.owner_place(&At::ROOT.field("kind")));
        out.push(finding.found(kind.to_owned()));
    }
}

fn windows(pod: &EffectivePod<'_>, spec: &PodSpec, site: &Site<'_>, out: &mut Findings) {
    let Some(place) = windows_place(pod, spec) else { return };
    let severity = match site.policies.windows {
        policy::Windows::Refuse => Severity::Error,
        policy::Windows::Invited => Severity::Info,
    };
    out.push(WINDOWS_POD.at(place).severity(severity).found("windows"));
}

/// Where the pod asks for Windows: by its own field, by a node selector or by a required affinity.
fn windows_place(pod: &EffectivePod<'_>, spec: &PodSpec) -> Option<Location> {
    const KEYS: [&str; 2] = ["kubernetes.io/os", "beta.kubernetes.io/os"];
    let at = At::ROOT.field("spec");
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        let os = at.field("os");
        return Some(pod.place(&os.field("name")));
    }
    let selector = spec.node_selector.as_ref();
    let is_windows = |key: &&&str| {
        selector
            .and_then(|it| it.get(**key))
            .is_some_and(|value| value == "windows")
    };
    if let Some(key) = KEYS.iter().find(is_windows) {
        let selector = at.field("nodeSelector");
        return Some(pod.place(&selector.key(key)));
    }
    let affinity = spec.affinity.as_ref()?.node_affinity.as_ref()?;
    let required = affinity.required_during_scheduling_ignored_during_execution.as_ref()?;
    let wants_windows = |term: &NodeSelectorTerm| {
        let mut expressions = term.match_expressions.iter().flatten();
        expressions.any(|it| {
            let values = it.values.as_deref().unwrap_or_default();
            KEYS.contains(&it.key.as_str()) && it.operator == "In" && values == ["windows"]
        })
    };
    let terms = &required.node_selector_terms;
    if terms.is_empty() || !terms.iter().all(wants_windows) {
        return None;
    }
    let affinity = at.field("affinity");
    let node = affinity.field("nodeAffinity");
    Some(pod.place(&node.field("requiredDuringSchedulingIgnoredDuringExecution")))
}

/// Whether the pod is one of a machine's own, which is told.
fn static_pod(pod: &EffectivePod<'_>, out: &mut Findings) -> bool {
    const MIRROR: &str = "kubernetes.io/config.mirror";
    const SOURCE: &str = "kubernetes.io/config.source";
    let key = if pod.annotations().own(MIRROR).is_some() {
        MIRROR
    } else if pod.annotations().own(SOURCE).is_some_and(|source| source != "api") {
        SOURCE
    } else {
        return false;
    };
    out.push(STATIC_POD.at(pod.annotation_place(key)));
    true
}
