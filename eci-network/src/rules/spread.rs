//! Spreading over zones, and pods that keep apart on virtual nodes.

use eci_model::{At, Basis, Code, Edition, Findings, Location, Rule, Rules, ScheduleStrategy, Severity, labels};

use super::affinity::{HOST, Term, constraints, is_zone, node_affinity_on_zones, pod_terms};
use crate::facts::{ScheduledSpread, Version};
use crate::pod_networking::Namespace;
use crate::scene::Scene;
use crate::virtual_node::VirtualNode;

/// Spreading that an annotation switches off.
pub const ZONE_SPREAD_OFF: &Rule = &Rule::warning(Code::eci(3110), "zone-spread-off")
    .summary("spreading over zones has no effect with this annotation")
    .why("with a fixed order of vSwitches, or fail-fast, the pod does not follow the zone that the scheduler chose")
    .remedy("drop the annotation, or the constraint")
    .basis(Basis::Documented(
        "Spread Elastic Container Instance-based pods across zones and configure affinities, undated",
    ))
    .page(include_str!("../../rules/zone-spread-off.md"));

/// A topology that virtual nodes do not have.
pub const SPREAD_TOPOLOGY_KEY: &Rule = &Rule::warning(Code::eci(3112), "spread-topology-key")
    .summary("pods on virtual nodes spread over zones only")
    .why("a virtual node stands for a whole zone, so other topologies say nothing about instances")
    .remedy("use `topology.kubernetes.io/zone`")
    .basis(Basis::Documented(
        "Spread Elastic Container Instance-based pods across zones and configure affinities, undated",
    ))
    .page(include_str!("../../rules/spread-topology-key.md"));

/// More pods than virtual nodes, and one pod a node.
pub const ONE_POD_PER_VIRTUAL_NODE: &Rule = &Rule::warning(Code::eci(3113), "one-pod-per-virtual-node")
    .summary("one pod a node, and more replicas than virtual nodes")
    .why("there is one virtual node for each zone of eci-profile's vSwitches; the pods beyond stay pending")
    .remedy("drop the rule, since every pod has an instance of its own, and spread by zone")
    .basis(Basis::Inferred(
        "What is ACK Serverless, 2025-02-17: virtual nodes are made from the zones of eci-profile",
    ))
    .page(include_str!("../../rules/one-pod-per-virtual-node.md"));

/// What spreading over zones depends on.
pub const SPREAD_NEEDS: &Rule = &Rule::info(Code::eci(3114), "spread-needs")
    .summary("spreading over zones depends on versions that are not known here")
    .why("it works in Pro clusters with Kubernetes 1.22, ack-virtual-node 2.10.0 and kube-scheduler 5.9, or newer ones")
    .remedy("check the versions; a facts document can tell them")
    .basis(Basis::Documented(
        "Spread Elastic Container Instance-based pods across zones and configure affinities, undated",
    ))
    .page(include_str!("../../rules/spread-needs.md"));

pub(super) static RULES: Rules = Rules::new(&[
    ZONE_SPREAD_OFF,
    SPREAD_TOPOLOGY_KEY,
    ONE_POD_PER_VIRTUAL_NODE,
    SPREAD_NEEDS,
]);

/// A rule that keeps pods of one kind on nodes of their own, and how many virtual nodes there are.
#[derive(Clone, Debug)]
pub(crate) struct OnePerNode {
    place: Location,
    nodes: u32,
    only_on_eci: bool,
}

impl OnePerNode {
    /// The first such rule that the pod itself falls under; `None` when the number of virtual nodes is not known.
    pub(crate) fn of(scene: &Scene<'_>) -> Option<Self> {
        if scene.site.edition == Edition::SelfManaged {
            return None;
        }
        let apart = |term: &Term<'_>| term.is_anti() && term.is_required && term.term.topology_key == HOST;
        let term = pod_terms(scene.pod).filter(apart).find(|term| is_own(scene, term))?;
        let nodes = VirtualNode::of(scene.facts.profile?.vswitches, scene.facts.inventory?)?;
        Some(Self {
            place: term.place(scene.pod),
            nodes: u32::try_from(nodes.len()).unwrap_or(u32::MAX),
            only_on_eci: scene.around.only_on_eci,
        })
    }

    /// How many pods find a virtual node.
    pub(crate) const fn nodes(&self) -> u32 {
        self.nodes
    }

    /// Tells that more replicas want one.
    pub(crate) fn tell(&self, replicas: u32, pod: &Location, out: &mut Findings) {
        let severity = match self.only_on_eci {
            true => Severity::Warning,
            false => Severity::Info,
        };
        let finding = ONE_POD_PER_VIRTUAL_NODE.at(self.place.clone()).severity(severity);
        let finding = finding.found(format!("{replicas} replicas for {} virtual nodes", self.nodes));
        out.push(finding.related(pod.clone(), "has the replicas"));
    }
}

/// Whether a term looks for pods like the one that has it.
fn is_own(scene: &Scene<'_>, term: &Term<'_>) -> bool {
    let term = term.term;
    let labels = scene.pod.labels();
    let selected = labels::selects(term.label_selector.as_ref(), labels) == Ok(true);
    let excluded = term
        .mismatch_label_keys
        .iter()
        .flatten()
        .any(|key| labels.get(key).is_some());
    let own = scene.pod.view().namespace();
    let named = term.namespaces.as_deref().unwrap_or_default();
    let of_namespace = match &term.namespace_selector {
        None => named.is_empty() || named.iter().any(|name| name == own),
        Some(selector) => {
            let namespace = Namespace::new(own, scene.around.namespace);
            named.iter().any(|name| name == own) || namespace.is_selected(selector) == Some(true)
        }
    };
    selected && !excluded && of_namespace
}

pub(super) fn of_pod(scene: &Scene<'_>, one_per_node: Option<&OnePerNode>, out: &mut Findings) {
    if off(scene, out) || scene.site.edition == Edition::SelfManaged {
        return;
    }
    let replicas = scene.pod.view().replicas();
    let hosts_told = one_per_node.is_some_and(|it| replicas > it.nodes());
    keys(scene, hosts_told, out);
    needs(scene, out);
}

/// Tells that an annotation switches spreading off; gives whether it did.
fn off(scene: &Scene<'_>, out: &mut Findings) -> bool {
    let settings = scene.pod.settings();
    let ordered = settings.schedule_strategy.as_ref();
    let ordered = ordered.filter(|given| given.value == ScheduleStrategy::VSwitchOrdered);
    let fast = settings.fail_strategy.as_ref().filter(|given| given.value.fails_fast());
    let (key, value) = match (ordered, fast) {
        (Some(given), _) => ("k8s.aliyun.com/eci-schedule-strategy", given.value.to_string()),
        (None, Some(given)) => ("k8s.aliyun.com/eci-fail-strategy", given.value.to_string()),
        (None, None) => return false,
    };
    let Some(constraint) = first_use(scene) else {
        return false;
    };
    let finding = scene.pod.annotation_finding(ZONE_SPREAD_OFF, key).found(value);
    out.push(finding.related(constraint, "would spread"));
    true
}

/// Where spreading, or zones, are first spoken of.
fn first_use(scene: &Scene<'_>) -> Option<Location> {
    let pod = scene.pod;
    let spec = At::ROOT.field("spec");
    if !constraints(pod).is_empty() {
        return Some(pod.place(&spec.field("topologySpreadConstraints")));
    }
    let term = pod_terms(pod).find(|term| is_zone(&term.term.topology_key));
    term.map(|term| term.place(pod)).or_else(|| node_affinity_on_zones(pod))
}

fn keys(scene: &Scene<'_>, hosts_told: bool, out: &mut Findings) {
    let is_other = |key: &str| !(is_zone(key) || hosts_told && key == HOST);
    let spec = At::ROOT.field("spec");
    let list = spec.field("topologySpreadConstraints");
    for (index, constraint) in constraints(scene.pod).iter().enumerate() {
        if is_other(&constraint.topology_key) {
            let severity = match constraint.when_unsatisfiable.as_str() {
                "DoNotSchedule" => Severity::Warning,
                _ => Severity::Info,
            };
            let at = list.index(index);
            let finding = SPREAD_TOPOLOGY_KEY.at(scene.pod.place(&at.field("topologyKey")));
            out.push(finding.severity(severity).found(constraint.topology_key.clone()));
        }
    }
    for term in pod_terms(scene.pod).filter(|term| !term.is_required && is_other(&term.term.topology_key)) {
        let finding = SPREAD_TOPOLOGY_KEY.at(term.place(scene.pod)).severity(Severity::Info);
        out.push(finding.found(term.term.topology_key.clone()));
    }
}

fn needs(scene: &Scene<'_>, out: &mut Findings) {
    let pod = scene.pod;
    let spec = At::ROOT.field("spec");
    let list = spec.field("topologySpreadConstraints");
    let constraint = constraints(pod).iter().position(|it| is_zone(&it.topology_key));
    let place = match constraint {
        Some(index) => {
            let at = list.index(index);
            pod.place(&at.field("topologyKey"))
        }
        None => match pod_terms(pod).find(|term| is_zone(&term.term.topology_key)) {
            Some(term) => term.place(pod),
            None => return,
        },
    };
    let missing = missing(&scene.facts.addons.spread);
    let below: Vec<&str> = missing
        .iter()
        .filter(|(_, known)| *known)
        .map(|(what, _)| *what)
        .collect();
    if !below.is_empty() {
        let finding = SPREAD_NEEDS.at(place).severity(Severity::Warning);
        out.push(finding.title(format!("spreading over zones needs {}", below.join(", "))));
    } else if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|(what, _)| *what).collect();
        out.push(SPREAD_NEEDS.at(place).note(format!("not known: {}", names.join(", "))));
    }
}

/// What is not met, and whether that is known.
fn missing(known: &ScheduledSpread) -> Vec<(&'static str, bool)> {
    let version = |version: Option<Version>, least: Version| version.map(|version| version >= least);
    let needs = [
        ("a Pro cluster", known.pro),
        ("Kubernetes 1.22", version(known.kubernetes, Version(1, 22, 0))),
        (
            "ack-virtual-node 2.10.0",
            version(known.virtual_node, Version(2, 10, 0)),
        ),
        ("kube-scheduler 5.9", version(known.scheduler, Version(5, 9, 0))),
    ];
    let unmet = needs.into_iter().filter(|(_, met)| *met != Some(true));
    unmet.map(|(what, met)| (what, met.is_some())).collect()
}
