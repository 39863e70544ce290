//! Which PodNetworking applies to a pod, and what it does on ECI.

use eci_model::policy::Ambiguity;
use eci_model::{At, Basis, Code, Edition, Findings, Object, Origin, Rule, Rules, Severity};

use super::Resolved;
use crate::pod_networking::{Audience, Namespace, Networking, Selected};
use crate::scene::Scene;

/// Several PodNetworkings select the pod.
pub const AMBIGUOUS: &Rule = &Rule::error(Code::eci(3040), "pod-networking-ambiguous")
    .summary("several PodNetworkings select the pod")
    .why("the platform takes an arbitrary one of them")
    .remedy("make their selectors disjoint")
    .basis(Basis::Documented(
        "Configure a static IP address, a separate vSwitch, and a separate security group for each pod, 2026-03-26",
    ))
    .page(include_str!("../../rules/pod-networking-ambiguous.md"));

/// The PodNetworking that selects the pod is not Ready.
pub const NOT_READY: &Rule = &Rule::warning(Code::eci(3042), "pod-networking-not-ready")
    .summary("the PodNetworking that selects the pod is not Ready, and the next layer is used")
    .why("an object is passed over until its controller has found every vSwitch it lists")
    .remedy("see its `status.message`")
    .basis(Basis::Documented("source of Terway, 2026-07-23"))
    .page(include_str!("../../rules/pod-networking-not-ready.md"));

/// A PodNetworking with fixed addresses decides for a pod on ECI.
pub const FIXED_ON_ECI: &Rule = &Rule::warning(Code::eci(3044), "pod-networking-fixed-on-eci")
    .summary("the PodNetworking asks for fixed addresses, which it cannot give on ECI")
    .why("the object applies to every pod it selects, with ordinary addresses, and its release settings do nothing")
    .remedy("use the annotation `k8s.aliyun.com/eci-fixed-ip`; release settings do nothing here")
    .basis(Basis::Documented(
        "Configure separate vSwitches and security groups for a pod, 2026-02-28",
    ))
    .page(include_str!("../../rules/pod-networking-fixed-on-eci.md"));

/// Terway's webhook may change a pod that goes to ECI.
pub const TERWAY_MAY_INJECT: &Rule = &Rule::warning(Code::eci(3052), "terway-may-inject")
    .summary("Terway's webhook may give the pod a zone and a network interface that ECI does not need")
    .why("with trunking it acts before the scheduler, so it cannot know that the pod will land on a virtual node")
    .remedy("label the pod `k8s.aliyun.com/ignore-by-terway: \"true\"`")
    .basis(Basis::Inferred("source of Terway, 2026-07-23"))
    .page(include_str!("../../rules/terway-may-inject.md"));

pub(super) static RULES: Rules = Rules::new(&[AMBIGUOUS, NOT_READY, FIXED_ON_ECI, TERWAY_MAY_INJECT]);

pub(super) fn of_layers(resolved: &Resolved<'_>, out: &mut Findings) {
    match resolved.selected {
        Selected::None { waiting, .. } => {
            for object in waiting {
                not_ready(resolved, object, out);
            }
        }
        Selected::One(object) => fixed(resolved, object, out),
        Selected::Ambiguous(objects) => ambiguous(resolved, objects, out),
    }
}

fn ambiguous(resolved: &Resolved<'_>, objects: &[&Networking], out: &mut Findings) {
    // Where higher layers decide both fields, the choice does not matter yet.
    let matters = resolved.vswitches_open || resolved.groups_open;
    let severity = match resolved.site.policies.ambiguity {
        Ambiguity::Error if matters => Severity::Error,
        _ => Severity::Warning,
    };
    let metadata = At::ROOT.field("metadata");
    let names: Vec<&str> = objects.iter().map(|object| &**object.name()).collect();
    let finding = AMBIGUOUS.at(resolved.pod.place(&metadata.field("labels")));
    let finding = finding.severity(severity).found(names.join(", "));
    out.push(objects.iter().fold(finding, |finding, object| {
        finding.related(Object::from(object.object()).place(&At::ROOT), "selects the pod")
    }));
}

fn not_ready(resolved: &Resolved<'_>, object: &Networking, out: &mut Findings) {
    let status = object.object().status.as_ref();
    let message = status.and_then(|status| status.message.as_deref()).unwrap_or_default();
    let place = Object::from(object.object()).place(&At::ROOT.field("status"));
    let written = status.map(|status| status.status.as_str()).unwrap_or_default();
    let finding = NOT_READY.at(place).expected("`Ready`");
    let finding = if written.is_empty() {
        finding
    } else {
        finding.found(written.to_owned())
    };
    let finding = if message.is_empty() {
        finding
    } else {
        finding.note(message.to_owned())
    };
    out.push(finding.related(resolved.pod.place(&At::ROOT), "selected by the PodNetworking"));
}

fn fixed(resolved: &Resolved<'_>, object: &Networking, out: &mut Findings) {
    let resolution = resolved.resolution;
    let of_object = |origin: &Origin| matches!(origin, Origin::PodNetworking { .. });
    let decides = resolution.vswitches.as_ref().is_some_and(|it| of_object(it.origin()))
        || resolution
            .security_groups
            .as_ref()
            .is_some_and(|it| of_object(it.origin()));
    if !decides || !object.object().is_fixed() {
        return;
    }
    let spec = At::ROOT.field("spec");
    let allocation = spec.field("allocationType");
    let finding = FIXED_ON_ECI.at(Object::from(object.object()).place(&allocation.field("type")));
    let finding = finding.found("Fixed").expected("`Elastic`");
    out.push(finding.related(resolved.pod.place(&At::ROOT), "selected by the PodNetworking"));
}

/// Tells that Terway, which looks at pods before anything is scheduled, would take this one for a pod of a real node.
pub(super) fn of_pod(scene: &Scene<'_>, out: &mut Findings) {
    let trunking = scene.facts.addons.terway_trunking == Some(true);
    let by_scheduler = !scene.is_labelled() && scene.node_name().is_none();
    if scene.site.edition != Edition::Ack || !trunking || !by_scheduler {
        return;
    }
    let pod = scene.pod;
    let is_ignored = pod.labels().get("k8s.aliyun.com/ignore-by-terway") == Some("true");
    let namespace = scene.around.namespace;
    let opted_out = namespace
        .and_then(|labels| labels.get("k8s.aliyun.com/pod-eni"))
        .is_some_and(|value| value == "false");
    let Some(objects) = scene.facts.pod_networkings.filter(|_| !is_ignored && !opted_out) else {
        return;
    };
    let audience = Audience::NodePods {
        stable_name: matches!(pod.view().kind(), "Pod" | "StatefulSet"),
    };
    let namespace = Namespace::new(pod.view().namespace(), namespace);
    let matching = match objects.select(pod.labels(), namespace, audience) {
        Selected::One(object) => object,
        Selected::Ambiguous(objects) => match objects.first() {
            Some(first) => *first,
            None => return,
        },
        Selected::None { .. } => return,
    };
    let metadata = At::ROOT.field("metadata");
    let finding = TERWAY_MAY_INJECT.at(pod.place(&metadata.field("labels")));
    out.push(finding.related(Object::from(matching.object()).place(&At::ROOT), "selects the pod"));
}
