//! What a pod says about zones and nodes.

use eci_model::{At, EffectivePod, Location};
use k8s_openapi::api::core::v1::{
    Affinity, NodeSelectorRequirement, NodeSelectorTerm, PodAffinityTerm, PodSpec, TopologySpreadConstraint,
};

/// The label of a node's zone, and the one of old clusters.
const ZONE: [&str; 2] = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];
pub(super) const HOST: &str = "kubernetes.io/hostname";

pub(super) fn is_zone(key: &str) -> bool {
    ZONE.contains(&key)
}

/// One of the four lists of pod affinity, and one of its terms.
#[derive(Clone, Copy)]
pub(super) struct Term<'p> {
    /// `podAffinity` or `podAntiAffinity`.
    pub(super) field: &'static str,
    pub(super) is_required: bool,
    pub(super) index: usize,
    pub(super) term: &'p PodAffinityTerm,
}

impl Term<'_> {
    pub(super) const fn is_anti(&self) -> bool {
        matches!(self.field.as_bytes(), b"podAntiAffinity")
    }

    /// Where its `topologyKey` stands.
    pub(super) fn place(&self, pod: &EffectivePod<'_>) -> Location {
        let spec = At::ROOT.field("spec");
        let affinity = spec.field("affinity");
        let field = affinity.field(self.field);
        if self.is_required {
            let list = field.field("requiredDuringSchedulingIgnoredDuringExecution");
            let term = list.index(self.index);
            return pod.place(&term.field("topologyKey"));
        }
        let list = field.field("preferredDuringSchedulingIgnoredDuringExecution");
        let weighted = list.index(self.index);
        let term = weighted.field("podAffinityTerm");
        pod.place(&term.field("topologyKey"))
    }
}

/// Every term of pod affinity and anti-affinity, required ones first.
pub(super) fn pod_terms<'p>(pod: &EffectivePod<'p>) -> impl Iterator<Item = Term<'p>> + use<'p> {
    let affinity: Option<&Affinity> = pod.spec().and_then(|spec| spec.affinity.as_ref());
    let near = affinity.and_then(|it| it.pod_affinity.as_ref());
    let apart = affinity.and_then(|it| it.pod_anti_affinity.as_ref());
    let required = move |field, terms: Option<&'p Vec<PodAffinityTerm>>| {
        let terms = terms.map(Vec::as_slice).unwrap_or_default().iter().enumerate();
        terms.map(move |(index, term)| Term {
            field,
            is_required: true,
            index,
            term,
        })
    };
    let near_required = near.and_then(|it| it.required_during_scheduling_ignored_during_execution.as_ref());
    let apart_required = apart.and_then(|it| it.required_during_scheduling_ignored_during_execution.as_ref());
    let preferred = [
        (
            "podAffinity",
            near.and_then(|it| it.preferred_during_scheduling_ignored_during_execution.as_ref()),
        ),
        (
            "podAntiAffinity",
            apart.and_then(|it| it.preferred_during_scheduling_ignored_during_execution.as_ref()),
        ),
    ];
    let preferred = preferred.into_iter().flat_map(|(field, terms)| {
        let terms = terms.map(Vec::as_slice).unwrap_or_default().iter().enumerate();
        terms.map(move |(index, weighted)| Term {
            field,
            is_required: false,
            index,
            term: &weighted.pod_affinity_term,
        })
    });
    required("podAffinity", near_required)
        .chain(required("podAntiAffinity", apart_required))
        .chain(preferred)
}

pub(super) fn constraints<'p>(pod: &EffectivePod<'p>) -> &'p [TopologySpreadConstraint] {
    let spec: Option<&PodSpec> = pod.spec();
    spec.and_then(|spec| spec.topology_spread_constraints.as_deref())
        .unwrap_or_default()
}

/// Where the first node affinity on zones stands.
pub(super) fn node_affinity_on_zones(pod: &EffectivePod<'_>) -> Option<Location> {
    let affinity = pod.spec()?.affinity.as_ref()?.node_affinity.as_ref()?;
    let on_zones = |term: &NodeSelectorTerm| term.match_expressions.iter().flatten().any(|it| is_zone(&it.key));
    let spec = At::ROOT.field("spec");
    let at_affinity = spec.field("affinity");
    let at_node = at_affinity.field("nodeAffinity");
    let required = affinity.required_during_scheduling_ignored_during_execution.as_ref();
    let terms = required.map(|it| it.node_selector_terms.as_slice()).unwrap_or_default();
    if terms.iter().any(on_zones) {
        return Some(pod.place(&at_node.field("requiredDuringSchedulingIgnoredDuringExecution")));
    }
    let preferred = affinity.preferred_during_scheduling_ignored_during_execution.as_deref();
    let prefers = preferred.unwrap_or_default().iter().any(|it| on_zones(&it.preference));
    prefers.then(|| pod.place(&at_node.field("preferredDuringSchedulingIgnoredDuringExecution")))
}

/// The zones that node selector and required node affinity allow, and where they say so; `None` when they allow any.
pub(super) fn pinned_zones<'p>(pod: &EffectivePod<'p>) -> Option<(Vec<&'p str>, Location)> {
    let spec = pod.spec()?;
    let at_spec = At::ROOT.field("spec");
    let selector = spec.node_selector.as_ref();
    if let Some((key, zone)) = selector.into_iter().flatten().find(|(key, _)| is_zone(key)) {
        let at_selector = at_spec.field("nodeSelector");
        return Some((vec![zone.as_str()], pod.place(&at_selector.key(key))));
    }
    let affinity = spec.affinity.as_ref()?.node_affinity.as_ref()?;
    let required = affinity.required_during_scheduling_ignored_during_execution.as_ref()?;
    // Terms are alternatives, so the pod is pinned only when each of them is.
    let mut zones = Vec::new();
    for term in &required.node_selector_terms {
        zones.extend(zones_of(term.match_expressions.as_deref().unwrap_or_default())?);
    }
    let at_affinity = at_spec.field("affinity");
    let at_node = at_affinity.field("nodeAffinity");
    let place = pod.place(&at_node.field("requiredDuringSchedulingIgnoredDuringExecution"));
    (!zones.is_empty()).then_some((zones, place))
}

fn zones_of(requirements: &[NodeSelectorRequirement]) -> Option<Vec<&str>> {
    let pins = requirements.iter().find(|it| is_zone(&it.key) && it.operator == "In")?;
    Some(pins.values.iter().flatten().map(String::as_str).collect())
}
