//! The security groups of a pod.

use std::collections::BTreeSet;

use eci_model::{At, Basis, Code, Findings, Object, Origin, PodView, Rule, Rules, SecurityGroupId};

use super::Resolved;
use crate::facts::ProfileNetwork;
use crate::layer::Source;
use crate::pod_networking::Selected;
use crate::scene::{Listed, Scene};

/// No layer names a security group.
pub const SECURITY_GROUP_NONE: &Rule = &Rule::error(Code::eci(3030), "security-group-none")
    .summary("no security group for the pod")
    .why("neither an annotation nor a PodNetworking nor eci-profile names one, and every pod has at least one")
    .remedy("set `securityGroupId` in eci-profile")
    .basis(Basis::Documented("Assign security groups to a pod, undated"))
    .page(include_str!("../../rules/security-group-none.md"));

/// More security groups than a pod can have, from a layer without a rule of its own.
pub const SECURITY_GROUP_TOO_MANY: &Rule = &Rule::error(Code::eci(3032), "security-group-too-many")
    .summary("more than 5 security groups")
    .remedy("shorten the list")
    .basis(Basis::Documented("Assign security groups to a pod, undated"))
    .page(include_str!("../../rules/security-group-too-many.md"));

/// Only the first security group of a PodNetworking counts in ACK Serverless.
pub const SECURITY_GROUP_FIRST_ONLY: &Rule = &Rule::warning(Code::eci(3036), "security-group-first-only")
    .summary("only the first security group of the PodNetworking takes effect")
    .why("ACK Serverless gives the pod one group; what the others allow or forbid is missing")
    .remedy("list the one that matters first, or use the annotation")
    .basis(Basis::Documented(
        "Configure separate vSwitches and security groups for a pod, 2026-02-28",
    ))
    .page(include_str!("../../rules/security-group-first-only.md"));

/// Basic and advanced groups together.
pub const SECURITY_GROUP_MIXED_KIND: &Rule = &Rule::error(Code::eci(3034), "security-group-mixed-kind")
    .summary("basic and advanced security groups together")
    .why("an instance takes groups of one kind only")
    .remedy("choose groups of one kind")
    .basis(Basis::Documented("Assign security groups to a pod, undated"))
    .page(include_str!("../../rules/security-group-mixed-kind.md"));

/// Other groups for a pod that lives already.
pub const SECURITY_GROUP_CHANGE: &Rule = &Rule::info(Code::eci(3038), "security-group-change")
    .summary("the security groups of a living pod would change, and cannot")
    .why("groups are given to an instance when it is created")
    .remedy("create the pod again")
    .basis(Basis::Documented("Assign security groups to a pod, undated"))
    .page(include_str!("../../rules/security-group-change.md"));

pub(super) static RULES: Rules = Rules::new(&[
    SECURITY_GROUP_NONE,
    SECURITY_GROUP_TOO_MANY,
    SECURITY_GROUP_MIXED_KIND,
    SECURITY_GROUP_FIRST_ONLY,
    SECURITY_GROUP_CHANGE,
]);

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

pub(super) fn of_pod(scene: &Scene<'_>, out: &mut Findings) {
    let Some(inventory) = scene.facts.inventory else { return };
    let kind = |id: &SecurityGroupId| inventory.security_group(id).and_then(|group| group.kind);
    let mut groups = scene.resolution.groups().iter().filter_map(|id| Some((id, kind(id)?)));
    let Some((first, of_first)) = groups.next() else { return };
    if let Some((other, of_other)) = groups.find(|(_, kind)| *kind != of_first) {
        let finding = SECURITY_GROUP_MIXED_KIND.at(scene.item(Listed::Groups, Some(other.as_str())));
        let finding = finding.title(format!("`{other}` is {of_other}, and `{first}` is {of_first}"));
        out.push(finding.related(scene.pod.place(&At::ROOT), "gets both"));
    }
}

/// Tells that a living pod would get other security groups than it has.
///
/// `stored` are the groups that the pod of the API server resolves to, `wanted` those that `pod` would.
///
/// # Example
/// ```
/// use eci_model::{Findings, Object};
/// use eci_network::security_groups_changed;
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod = Pod::default();
/// let view = Object::from(&pod).pod().expect("a Pod is one");
/// let (mut findings, stored, wanted) = (Findings::new(), ["sg-1".parse()?], ["sg-2".parse()?]);
/// security_groups_changed(&view, &stored, &wanted, &mut findings);
/// assert_eq!(findings.len(), 1);
/// # Ok::<(), eci_model::IdError>(())
/// ```
pub fn security_groups_changed(
    pod: &PodView<'_>,
    stored: &[SecurityGroupId],
    wanted: &[SecurityGroupId],
    out: &mut Findings,
) {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (stored.iter().collect(), wanted.iter().collect());
    if before == after {
        return;
    }
    let key = "k8s.aliyun.com/eci-security-group";
    let own = pod.meta().and_then(|meta| meta.annotations.as_ref());
    let metadata = At::ROOT.field("metadata");
    let annotations = metadata.field("annotations");
    let place = match own.filter(|own| own.contains_key(key)) {
        Some(_) => pod.place(&annotations.key(key)),
        None => pod.place(&metadata),
    };
    let list = |ids: &[SecurityGroupId]| eci_model::List(ids.to_vec()).to_string();
    let finding = SECURITY_GROUP_CHANGE.at(place).found(list(wanted));
    out.push(finding.expected(format!("`{}`, as it has", list(stored))));
}

fn none(resolved: &Resolved<'_>, out: &mut Findings) {
    if resolved.facts.profile.is_none() || resolved.groups_open {
        return;
    }
    let finding = SECURITY_GROUP_NONE.at(resolved.pod.place(&At::ROOT.field("spec")));
    out.push(match resolved.deciding_layer {
        Some(layer @ (Source::Annotation | Source::PodNetworking)) => {
            finding.note(super::whole_layer(layer, "names vSwitches only"))
        }
        _ => finding.related(ProfileNetwork::place("securityGroupId"), "eci-profile names none"),
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
