//! The security groups of a pod.

use eci_model::{At, Basis, Code, Findings, Object, Origin, Rule, Rules};

use super::Resolved;
use crate::layer::Source;
use crate::pod_networking::Selected;

/// No layer names a security group.
pub const SECURITY_GROUP_NONE: &Rule = &Rule::error(Code::eci(3030), "security-group-none")
    .summary("no security group for the pod")
    .why("neither an annotation nor a PodNetworking nor eci-profile names one, and every pod has at least one")
    .remedy("set `securityGroupId` in eci-profile")
    .basis(Basis::Documented("Assign security groups to a pod, undated"));

/// More security groups than a pod can have, from a layer without a rule of its own.
pub const SECURITY_GROUP_TOO_MANY: &Rule = &Rule::error(Code::eci(3032), "security-group-too-many")
    .summary("more than 5 security groups")
    .remedy("shorten the list")
    .basis(Basis::Documented("Assign security groups to a pod, undated"));

/// Only the first security group of a PodNetworking counts in ACK Serverless.
pub const SECURITY_GROUP_FIRST_ONLY: &Rule = &Rule::warning(Code::eci(3036), "security-group-first-only")
    .summary("only the first security group of the PodNetworking takes effect")
    .why("ACK Serverless gives the pod one group; what the others allow or forbid is missing")
    .remedy("list the one that matters first, or use the annotation")
    .basis(Basis::Documented(
        "Configure separate vSwitches and security groups for a pod, 2026-02-28",
    ));

pub(super) static RULES: Rules = Rules::new(&[SECURITY_GROUP_NONE, SECURITY_GROUP_TOO_MANY, SECURITY_GROUP_FIRST_ONLY]);

/// How many security groups a pod can have at most.
const MOST: usize = 5;

pub(super) fn of_layers(resolved: &Resolved<'_>, out: &mut Findings) {
    match &resolved.resolution.security_groups {
        None => none(resolved, out),
        Some(decided) => match decided.origin() {
            Origin::ControllerEnvironment { variable } if decided.value().len() > MOST => {
                let finding = SECURITY_GROUP_TOO_MANY.at(resolved.pod.place(&At::ROOT.field("spec")));
                let finding = finding.found(format!("{} security groups", decided.value().len()));
                out.push(
                    finding
                        .expected(format!("at most {MOST}"))
                        .note(format!("from {variable}")),
                );
            }
            // An ambiguous match is told instead.
            Origin::PodNetworking { .. } => first_only(resolved, out),
            _ => {}
        },
    }
}

fn none(resolved: &Resolved<'_>, out: &mut Findings) {
    let Some(profile) = resolved.facts.profile else { return };
    if resolved.groups_open || profile.bad_security_group {
        return;
    }
    let finding = SECURITY_GROUP_NONE.at(resolved.pod.place(&At::ROOT.field("spec")));
    out.push(match (resolved.deciding_layer, profile.place) {
        (Some(layer @ (Source::Annotation | Source::PodNetworking)), _) => {
            finding.note(super::whole_layer(layer, "names vSwitches only"))
        }
        (_, Some(place)) => finding.related(place.clone(), "eci-profile names none"),
        _ => finding,
    });
}

fn first_only(resolved: &Resolved<'_>, out: &mut Findings) {
    let Selected::One(object) = resolved.selected else {
        return;
    };
    let listed = object.security_groups();
    if resolved.resolution.groups().len() == listed.len() {
        return;
    }
    let spec = At::ROOT.field("spec");
    let place = Object::from(object.object()).place(&spec.field("securityGroupIDs"));
    let others: Vec<&str> = listed.iter().skip(1).map(AsRef::as_ref).collect();
    let finding = SECURITY_GROUP_FIRST_ONLY.at(place).found(others.join(", "));
    out.push(finding.related(resolved.pod.place(&At::ROOT), "selected by the PodNetworking"));
}
