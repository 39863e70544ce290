//! The list of vSwitches and the strategy among them.

use eci_model::{
    At, Basis, Code, Findings, Location, Object, Origin, Rule, Rules, ScheduleStrategy, VSwitchId, VpcId, Zone,
};

use super::Resolved;
use crate::facts::Inventory;
use crate::layer::Source;
use crate::scene::{Listed, Scene};
use crate::strategy::is_late;

/// No layer names a vSwitch.
pub const VSWITCH_NONE: &Rule = &Rule::error(Code::eci(3010), "vswitch-none")
    .summary("no vSwitch for the pod")
    .why("neither an annotation nor a PodNetworking nor eci-profile names one, and the virtual node always sends one")
    .remedy("set `vSwitchIds` in eci-profile")
    .basis(Basis::Ours(
        "the raw API would fall back to a default network, the virtual node does not",
    ))
    .page(include_str!("../../rules/vswitch-none.md"));

/// More vSwitches than a pod can have, from a layer without a rule of its own.
pub const VSWITCH_TOO_MANY: &Rule = &Rule::error(Code::eci(3012), "vswitch-too-many")
    .summary("more than 10 vSwitches")
    .remedy("shorten the list")
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ))
    .page(include_str!("../../rules/vswitch-too-many.md"));

/// vSwitches, or vSwitch and security group, of different VPCs.
pub const VSWITCH_OTHER_VPC: &Rule = &Rule::error(Code::eci(3014), "vswitch-other-vpc")
    .summary("vSwitches and security groups lie in different VPCs")
    .why("an instance has one network interface in one VPC")
    .remedy("choose all of them in one VPC")
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ))
    .page(include_str!("../../rules/vswitch-other-vpc.md"));

/// A vSwitch that the given facts lack.
pub const VSWITCH_UNKNOWN: &Rule = &Rule::warning(Code::eci(3016), "vswitch-unknown")
    .summary("the facts know no such vSwitch")
    .why("an id that does not exist keeps the pod pending")
    .remedy("check the id, or add the vSwitch to the facts")
    .basis(Basis::Ours("the facts given are taken as complete"))
    .page(include_str!("../../rules/vswitch-unknown.md"));

/// Several replicas and one zone.
pub const VSWITCH_ONE_ZONE: &Rule = &Rule::info(Code::eci(3018), "vswitch-one-zone")
    .summary("several replicas, and all vSwitches lie in one zone")
    .why("a zone that runs out of stock, or fails, takes all of them")
    .remedy("add a vSwitch of another zone")
    .basis(Basis::Inferred(
        "Configure multiple zones to create a pod, 2024-03-07, which tells why zones matter",
    ))
    .page(include_str!("../../rules/vswitch-one-zone.md"));

/// Only zones that the platform tries last.
pub const VSWITCH_LATE_ZONES: &Rule = &Rule::info(Code::eci(3019), "vswitch-late-zones")
    .summary("every vSwitch lies in a zone that the platform tries last")
    .why("these zones are old and have slower storage; with newer zones in the list they would be taken last")
    .remedy("add a vSwitch of a newer zone")
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ))
    .page(include_str!("../../rules/vswitch-late-zones.md"));

/// A strategy and nothing to choose from.
pub const STRATEGY_WITHOUT_CHOICE: &Rule = &Rule::info(Code::eci(3020), "strategy-without-choice")
    .summary("a strategy, and only one vSwitch to choose")
    .remedy("drop the strategy, or name more vSwitches")
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ))
    .page(include_str!("../../rules/strategy-without-choice.md"));

/// A strategy for a list of a lower layer.
pub const STRATEGY_ON_LOWER_LAYER: &Rule = &Rule::info(Code::eci(3022), "strategy-on-lower-layer")
    .summary("a strategy for vSwitches that the pod does not name itself")
    .why("the page shows the strategy beside `eci-vswitch`; whether it acts on other lists is not stated")
    .remedy("name the vSwitches on the pod too")
    .basis(Basis::Inferred(
        "Configure multiple zones to create a pod, 2024-03-07, which shows both annotations together",
    ))
    .page(include_str!("../../rules/strategy-on-lower-layer.md"));

pub(super) static RULES: Rules = Rules::new(&[
    VSWITCH_NONE,
    VSWITCH_TOO_MANY,
    VSWITCH_OTHER_VPC,
    VSWITCH_UNKNOWN,
    VSWITCH_ONE_ZONE,
    VSWITCH_LATE_ZONES,
    STRATEGY_WITHOUT_CHOICE,
    STRATEGY_ON_LOWER_LAYER,
]);

/// How many vSwitches a pod can have at most.
const MOST: usize = 10;

pub(super) fn of_layers(resolved: &Resolved<'_>, out: &mut Findings) {
    match &resolved.resolution.vswitches {
        None => none(resolved, out),
        Some(decided) if decided.value().len() > MOST => too_many(resolved, decided.origin(), out),
        Some(_) => {}
    }
}

pub(super) fn of_pod(scene: &Scene<'_>, out: &mut Findings) {
    if let Some(inventory) = scene.facts.inventory {
        other_vpc(scene, inventory, out);
        unknown(scene, inventory, out);
        late_zones(scene, inventory, out);
    }
    strategy(scene, out);
}

fn none(resolved: &Resolved<'_>, out: &mut Findings) {
    if resolved.facts.profile.is_none() || resolved.vswitches_open {
        return;
    }
    let finding = VSWITCH_NONE.at(resolved.pod.place(&At::ROOT.field("spec")));
    out.push(match resolved.deciding_layer {
        Some(layer @ (Source::Annotation | Source::PodNetworking)) => {
            finding.note(super::whole_layer(layer, "names security groups only"))
        }
        _ => finding.related(
            crate::facts::ProfileNetwork::place("vSwitchIds"),
            "eci-profile names none",
        ),
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

fn other_vpc(scene: &Scene<'_>, inventory: &Inventory, out: &mut Findings) {
    let vpc_of = |id: &VSwitchId| inventory.vswitch(id).and_then(|vswitch| vswitch.vpc.as_ref());
    let mut vswitches = scene
        .resolution
        .candidates()
        .iter()
        .filter_map(|id| Some((id, vpc_of(id)?)));
    let Some((first, home)) = vswitches.next() else { return };
    let mut tell = |listed, id: &str, vpc: &VpcId| {
        let finding = VSWITCH_OTHER_VPC.at(scene.item(listed, Some(id)));
        let finding = finding.title(format!("`{id}` lies in {vpc}, and `{first}` in {home}"));
        out.push(finding.related(scene.pod.place(&At::ROOT), "gets both"));
    };
    if let Some((id, vpc)) = vswitches.find(|(_, vpc)| *vpc != home) {
        tell(Listed::VSwitches, id.as_str(), vpc);
    }
    let groups = scene.resolution.groups().iter();
    let mut groups = groups.filter_map(|id| Some((id, inventory.security_group(id)?.vpc.as_ref()?)));
    if let Some((id, vpc)) = groups.find(|(_, vpc)| *vpc != home) {
        tell(Listed::Groups, id.as_str(), vpc);
    }
}

fn unknown(scene: &Scene<'_>, inventory: &Inventory, out: &mut Findings) {
    if inventory.vswitches().len() == 0 {
        return;
    }
    for id in scene
        .resolution
        .candidates()
        .iter()
        .filter(|id| inventory.vswitch(id).is_none())
    {
        let finding = VSWITCH_UNKNOWN.at(scene.item(Listed::VSwitches, Some(id.as_str())));
        let finding = finding.found(id.as_str().to_owned());
        out.push(finding.related(scene.pod.place(&At::ROOT), "may live there"));
    }
}

fn late_zones(scene: &Scene<'_>, inventory: &Inventory, out: &mut Findings) {
    if *scene.resolution.strategy.value() != ScheduleStrategy::VSwitchRandom {
        return;
    }
    let Some(zones) = inventory.zones(scene.resolution.candidates()) else {
        return;
    };
    if zones.iter().all(|zone| is_late(zone)) {
        let names: Vec<&str> = zones.iter().map(|zone| zone.as_str()).collect();
        out.push(
            VSWITCH_LATE_ZONES
                .at(scene.list(Listed::VSwitches))
                .found(names.join(", ")),
        );
    }
}

fn strategy(scene: &Scene<'_>, out: &mut Findings) {
    let (Some(given), Some(vswitches)) = (&scene.pod.settings().schedule_strategy, &scene.resolution.vswitches) else {
        return;
    };
    let finding = |rule| {
        let finding = scene
            .pod
            .annotation_finding(rule, "k8s.aliyun.com/eci-schedule-strategy");
        finding.found(given.value.to_string())
    };
    let annotated = vswitches.origin().is_annotation();
    if vswitches.value().len() < 2 {
        out.push(finding(STRATEGY_WITHOUT_CHOICE));
    } else if !annotated {
        out.push(finding(STRATEGY_ON_LOWER_LAYER).note(format!("the list comes from {}", vswitches.origin())));
    }
}

/// The zone that all vSwitches of a pod lie in, and where they are listed.
#[derive(Clone, Debug)]
pub(crate) struct OneZone {
    zone: Zone,
    list: Location,
}

impl OneZone {
    pub(crate) fn of(scene: &Scene<'_>) -> Option<Self> {
        let zones = scene.facts.inventory?.zones(scene.resolution.candidates())?;
        let zone = zones.first().filter(|_| zones.len() == 1)?;
        Some(Self {
            zone: (*zone).clone(),
            list: scene.list(Listed::VSwitches),
        })
    }

    /// Tells that several replicas live in it.
    pub(crate) fn tell(&self, replicas: u32, pod: &Location, out: &mut Findings) {
        let finding = VSWITCH_ONE_ZONE.at(self.list.clone()).found(self.zone.to_string());
        out.push(finding.related(pod.clone(), format!("has {replicas} replicas")));
    }
}
