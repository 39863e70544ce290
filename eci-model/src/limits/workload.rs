//! Kinds of workloads and containers that ECI does not run, or runs differently.

use crate::finding::Findings;
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
    .basis(Basis::Documented("Limits, 2024-10-18"));

/// A static pod.
pub const STATIC_POD: &Rule = &Rule::error(Code::eci(1115), "static-pod")
    .summary("static pod")
    .why("static pods belong to a machine, and a virtual node is none")
    .remedy("use a sidecar")
    .basis(Basis::Documented("Limits, 2024-10-18"));

/// Ephemeral containers.
pub const EPHEMERAL_CONTAINER: &Rule = &Rule::warning(Code::eci(1120), "ephemeral-container")
    .summary("ephemeral container")
    .why("the API has none; the pod itself keeps running")
    .remedy("use `kubectl exec`, or put the tools into the image")
    .basis(Basis::Inferred("neither a page nor the API mentions them"));

/// An init container that keeps running.
pub const NATIVE_SIDECAR: &Rule = &Rule::warning(Code::eci(1125), "native-sidecar")
    .summary("init container with `restartPolicy: Always`")
    .why("the API has no such containers; it is started as an ordinary one")
    .remedy("make it an ordinary container with `ECI_CONTAINER_TYPE=sidecar` and a higher launch priority")
    .basis(Basis::Inferred("neither a page nor the API mentions them"));

pub(super) static RULES: Rules = Rules::new(&[DAEMON_SET, STATIC_POD, EPHEMERAL_CONTAINER, NATIVE_SIDECAR]);

/// Judges a DaemonSet, or the pod of one: a finding when its pods would land on virtual nodes.
///
/// `on_virtual_nodes` says whether they would: by toleration and node selection, or because there are no other nodes. Gives whether it
/// belongs to a DaemonSet that would, so that nothing else needs to be said.
pub fn daemon_set(object: &Object<'_>, on_virtual_nodes: bool, out: &mut Findings) -> bool {
    let owned = |owner: &k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference| {
        owner.kind == "DaemonSet" && owner.controller == Some(true)
    };
    let owners = object.meta().owner_references.as_deref().unwrap_or_default();
    let is_daemon = matches!(object, Object::DaemonSet(_)) || owners.iter().any(owned);
    let refused = is_daemon && on_virtual_nodes;
    if refused {
        out.push(DAEMON_SET.at(object.place(&At::ROOT.field("kind"))));
    }
    refused
}

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    static_pod(pod, out);
    let spec = At::ROOT.field("spec");
    let ephemeral = pod
        .spec()
        .and_then(|spec| spec.ephemeral_containers.as_deref())
        .unwrap_or_default();
    if let Some(first) = ephemeral.first() {
        let severity = match site.policies.ephemeral_containers {
            policy::EphemeralContainers::Refuse => Severity::Error,
            policy::EphemeralContainers::Warn => Severity::Warning,
        };
        let finding = EPHEMERAL_CONTAINER.at(pod.place(&spec.field("ephemeralContainers")));
        out.push(finding.severity(severity).found(first.name.clone()));
    }
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

fn static_pod(pod: &EffectivePod<'_>, out: &mut Findings) {
    const MIRROR: &str = "kubernetes.io/config.mirror";
    const SOURCE: &str = "kubernetes.io/config.source";
    let key = if pod.annotations().own(MIRROR).is_some() {
        MIRROR
    } else if pod.annotations().own(SOURCE).is_some_and(|source| source != "api") {
        SOURCE
    } else {
        return;
    };
    out.push(STATIC_POD.at(pod.annotation_place(key)));
}
