//! Pods that are pinned to a zone.

use eci_model::{At, Basis, Code, Findings, Rule, Rules};

use super::affinity::pinned_zones;
use crate::scene::{Listed, Scene};
use crate::virtual_node::VirtualNode;

/// A zone that none of the vSwitches lies in.
pub const ZONE_PIN_AND_VSWITCH: &Rule = &Rule::warning(Code::eci(3116), "zone-pin-and-vswitch")
    .summary("the pod is pinned to a zone that none of its vSwitches lies in")
    .why("no page says which of the two wins: the zone of the node, or the list of vSwitches")
    .remedy("name a vSwitch of that zone")
    .basis(Basis::Inferred(
        "Spread Elastic Container Instance-based pods across zones, undated, leaves it open",
    ))
    .page(include_str!("../../rules/zone-pin-and-vswitch.md"));

pub(super) static RULES: Rules = Rules::new(&[ZONE_PIN_AND_VSWITCH]);

pub(super) fn of_pod(scene: &Scene<'_>, out: &mut Findings) {
    let Some(zones) = scene
        .facts
        .inventory
        .and_then(|it| it.zones(scene.resolution.candidates()))
    else {
        return;
    };
    let node = scene.node_name().and_then(VirtualNode::zone_of);
    let spec = At::ROOT.field("spec");
    let pinned = match &node {
        Some(zone) => Some((vec![zone.as_str()], scene.pod.place(&spec.field("nodeName")))),
        None => pinned_zones(scene.pod),
    };
    let Some((wanted, place)) = pinned else { return };
    if zones.iter().any(|zone| wanted.contains(&zone.as_str())) {
        return;
    }
    let had: Vec<&str> = zones.iter().map(|zone| zone.as_str()).collect();
    let finding = ZONE_PIN_AND_VSWITCH.at(place).found(wanted.join(", "));
    let finding = finding.expected(format!("one of {}", had.join(", ")));
    out.push(finding.related(scene.list(Listed::VSwitches), "lists the vSwitches"));
}
