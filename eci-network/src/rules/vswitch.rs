//! The list of vSwitches and the strategy among them.

use eci_model::{At, Basis, Code, Findings, Object, Origin, Rule, Rules};

use super::Resolved;
use crate::layer::Source;

/// No layer names a vSwitch.
pub const VSWITCH_NONE: &Rule = &Rule::error(Code::eci(3010), "vswitch-none")
    .summary("no vSwitch for the pod")
    .why("neither an annotation nor a PodNetworking nor eci-profile names one, and the virtual node always sends one")
    .remedy("set `vSwitchIds` in eci-profile")
    .basis(Basis::Ours(
        "the raw API would fall back to a default network, the virtual node does not",
    ));

/// More vSwitches than a pod can have, from a layer without a rule of its own.
pub const VSWITCH_TOO_MANY: &Rule = &Rule::error(Code::eci(3012), "vswitch-too-many")
    .summary("more than 10 vSwitches")
    .remedy("shorten the list")
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ));

pub(super) static RULES: Rules = Rules::new(&[VSWITCH_NONE, VSWITCH_TOO_MANY]);

/// How many vSwitches a pod can have at most.
const MOST: usize = 10;

pub(super) fn of_layers(resolved: &Resolved<'_>, out: &mut Findings) {
    match &resolved.resolution.vswitches {
        None => none(resolved, out),
        Some(decided) if decided.value().len() > MOST => too_many(resolved, decided.origin(), out),
        Some(_) => {}
    }
}

fn none(resolved: &Resolved<'_>, out: &mut Findings) {
    let Some(profile) = resolved.facts.profile else { return };
    if resolved.vswitches_open || profile.bad_vswitches {
        return;
    }
    let finding = VSWITCH_NONE.at(resolved.pod.place(&At::ROOT.field("spec")));
    out.push(match (resolved.deciding_layer, profile.place) {
        (Some(layer @ (Source::Annotation | Source::PodNetworking)), _) => {
            finding.note(super::whole_layer(layer, "names security groups only"))
        }
        (_, Some(place)) => finding.related(place.clone(), "eci-profile names none"),
        _ => finding,
    });
}

fn too_many(resolved: &Resolved<'_>, origin: &Origin, out: &mut Findings) {
    let count = resolved.resolution.candidates().len();
    let place = match origin {
        Origin::PodNetworking { name } => {
            let Some(object) = resolved.facts.pod_networkings.and_then(|objects| objects.get(name)) else {
                return;
            };
            let spec = At::ROOT.field("spec");
            Object::from(object.object()).place(&spec.field("vSwitchOptions"))
        }
        Origin::ControllerEnvironment { .. } => resolved.pod.place(&At::ROOT.field("spec")),
        // Annotations and eci-profile have rules of their own.
        _ => return,
    };
    let finding = VSWITCH_TOO_MANY.at(place).found(format!("{count} vSwitches"));
    let finding = finding.expected(format!("at most {MOST}"));
    out.push(finding.related(
        resolved.pod.place(&At::ROOT),
        format!("gets its vSwitches from {origin}"),
    ));
}
