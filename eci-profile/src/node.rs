//! Whether a pod could be scheduled on a virtual node, and whether it insists on one.

use eci_model::{At, Edition, FieldPath};
use k8s_openapi::api::core::v1::{
    NodeSelectorRequirement, NodeSelectorTerm, PodSpec, PreferredSchedulingTerm, Toleration,
};

/// Labels of virtual nodes that do not depend on zone or region (virtual nodes, samples of 2024 to 2026).
const LABELS: [(&str, &str); 3] = [
    ("type", "virtual-kubelet"),
    ("kubernetes.io/role", "agent"),
    ("kubernetes.io/os", "linux"),
];

/// Labels that virtual nodes have, with values that depend on the node.
const OPEN: [&str; 6] = [
    "topology.kubernetes.io/",
    "failure-domain.beta.kubernetes.io/",
    "kubernetes.io/arch",
    "kubernetes.io/hostname",
    "alpha.service-controller.kubernetes.io/exclude-balancer",
    "service.beta.kubernetes.io/exclude-node",
];

/// Whether the scheduler would accept a virtual node for a pod: it tolerates the taint, and its node selector and required node affinity
/// do not exclude the labels of virtual nodes.
///
/// Labels whose value is not known here, such as the zone, exclude nothing.
pub fn accepts_virtual_node(spec: &PodSpec, edition: Edition) -> bool {
    tolerates(spec, edition) && selects(spec, edition)
}

/// Whether node selector or required node affinity keep a pod off virtual nodes, whatever it tolerates.
pub fn excludes_virtual_node(spec: &PodSpec, edition: Edition) -> bool {
    !selects(spec, edition)
}

/// Label of virtual nodes that tells them from real ones, with its value.
pub(crate) const fn mark(edition: Edition) -> (&'static str, &'static str) {
    match edition {
        Edition::SelfManaged => ("k8s.aliyun.com/vnode", "true"),
        _ => ("type", "virtual-kubelet"),
    }
}

pub(crate) fn tolerates(spec: &PodSpec, edition: Edition) -> bool {
    // Without real nodes nothing keeps pods off.
    edition == Edition::AckServerless || toleration(spec, edition).is_some()
}

/// The position of the toleration that lets the pod on virtual nodes, and whether it names their taint.
pub(crate) fn toleration(spec: &PodSpec, edition: Edition) -> Option<(usize, bool)> {
    let (key, value) = match edition {
        Edition::SelfManaged => ("k8s.aliyun.com/vnode", "true"),
        _ => ("virtual-kubelet.io/provider", "alibabacloud"),
    };
    let holds = |toleration: &Toleration| {
        let effect = toleration.effect.as_deref().unwrap_or_default();
        let exists = toleration.operator.as_deref() == Some("Exists");
        let of_key = toleration.key.as_deref().unwrap_or_default();
        let of_value = exists || toleration.value.as_deref().unwrap_or_default() == value;
        let named = of_key == key && of_value;
        let any = of_key.is_empty() && exists;
        ((effect.is_empty() || effect == "NoSchedule") && (named || any)).then_some(named)
    };
    let tolerations = spec.tolerations.iter().flatten().enumerate();
    let mut found = tolerations.filter_map(|(index, toleration)| Some((index, holds(toleration)?)));
    found.next()
}

/// Whether node selector and required node affinity accept virtual nodes.
pub(crate) fn selects(spec: &PodSpec, edition: Edition) -> bool {
    obstacle(spec, |key| label(key, edition)).is_none()
}

/// What in node selector or required node affinity excludes virtual nodes by the label that tells them from real ones.
pub(crate) fn excluded_by_mark(spec: &PodSpec, edition: Edition) -> Option<Obstacle> {
    let (mark, value) = mark(edition);
    obstacle(spec, |key| (key == mark).then_some(Some(value)))
}

/// What in node selector or required node affinity asks for a label key that virtual nodes do not have.
pub(crate) fn missing_label(spec: &PodSpec, edition: Edition) -> Option<Obstacle> {
    // A label that they have may have any value here, so that only its absence is an obstacle.
    obstacle(spec, |key| label(key, edition).filter(Option::is_none))
}

/// A node selector entry, or a required node affinity, that excludes virtual nodes.
#[derive(Debug)]
pub(crate) struct Obstacle {
    /// Where it stands in the pod.
    pub(crate) path: FieldPath,
    /// The label.
    pub(crate) key: String,
}

fn obstacle<'l>(spec: &PodSpec, label: impl Fn(&str) -> Option<Option<&'l str>>) -> Option<Obstacle> {
    let at_spec = At::ROOT.field("spec");
    for (key, value) in spec.node_selector.iter().flatten() {
        if label(key).is_some_and(|own| own != Some(value.as_str())) {
            let selector = at_spec.field("nodeSelector");
            return Some(Obstacle {
                path: selector.key(key).to_path(),
                key: key.clone(),
            });
        }
    }
    let terms = required(spec);
    if terms.is_empty()
        || terms
            .iter()
            .any(|term| failing(term, &label).is_none() && !is_empty(term))
    {
        return None;
    }
    // Every term excludes them; the first one stands for all.
    let first = terms.first()?;
    let expression = failing(first, &label);
    let index = expression.map_or(0, |(index, _)| index);
    let path = FieldPath::of("spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution")
        .with_field("nodeSelectorTerms")
        .with_index(0);
    Some(Obstacle {
        path: match expression {
            Some(_) => path.with_field("matchExpressions").with_index(index).with_field("key"),
            None => path,
        },
        key: expression
            .map(|(_, requirement)| requirement.key.clone())
            .unwrap_or_default(),
    })
}

/// The first requirement of a term that does not hold.
fn failing<'t, 'l>(
    term: &'t NodeSelectorTerm,
    label: &impl Fn(&str) -> Option<Option<&'l str>>,
) -> Option<(usize, &'t NodeSelectorRequirement)> {
    let requirements = term.match_expressions.iter().flatten().enumerate();
    let mut failing = requirements.filter(|(_, requirement)| !holds(requirement, label(&requirement.key)));
    failing.next()
}

/// A term without requirements selects no node.
fn is_empty(term: &NodeSelectorTerm) -> bool {
    let expressions = term.match_expressions.as_deref().unwrap_or_default();
    expressions.is_empty() && term.match_fields.as_deref().unwrap_or_default().is_empty()
}

fn required(spec: &PodSpec) -> &[NodeSelectorTerm] {
    let affinity = spec
        .affinity
        .as_ref()
        .and_then(|affinity| affinity.node_affinity.as_ref());
    let required = affinity.and_then(|affinity| affinity.required_during_scheduling_ignored_during_execution.as_ref());
    required
        .map(|required| required.node_selector_terms.as_slice())
        .unwrap_or_default()
}

/// How a pod insists on virtual nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Insistence {
    /// By its node selector.
    NodeSelector,
    /// By each term of its required node affinity.
    Affinity,
}

/// Whether node selector or required node affinity accept virtual nodes only.
pub(crate) fn insists(spec: &PodSpec, edition: Edition) -> Option<Insistence> {
    let (mark, value) = mark(edition);
    let mut selector = spec.node_selector.iter().flatten();
    if selector.any(|(key, own)| key == mark && own == value) {
        return Some(Insistence::NodeSelector);
    }
    let only = |requirement: &NodeSelectorRequirement| {
        let values = requirement.values.as_deref().unwrap_or_default();
        let all_virtual = !values.is_empty() && values.iter().all(|own| own == value);
        requirement.key == mark && requirement.operator == "In" && all_virtual
    };
    let insists = |term: &NodeSelectorTerm| term.match_expressions.iter().flatten().any(only);
    let terms = required(spec);
    (!terms.is_empty() && terms.iter().all(insists)).then_some(Insistence::Affinity)
}

/// The position of a preferred node affinity that virtual nodes do not meet, so that real ones are preferred.
pub(crate) fn prefers_real_nodes(spec: &PodSpec, edition: Edition) -> Option<usize> {
    let affinity = spec
        .affinity
        .as_ref()
        .and_then(|affinity| affinity.node_affinity.as_ref());
    let preferred =
        affinity.and_then(|affinity| affinity.preferred_during_scheduling_ignored_during_execution.as_deref());
    let is_for_real = |term: &PreferredSchedulingTerm| {
        let label = |key: &str| label(key, edition);
        failing(&term.preference, &label).is_some()
    };
    preferred.unwrap_or_default().iter().position(is_for_real)
}

/// Whether the pod asks for Arm nodes.
pub(crate) fn asks_for_arm(spec: &PodSpec) -> Option<FieldPath> {
    const ARCH: &str = "kubernetes.io/arch";
    let at_spec = At::ROOT.field("spec");
    let mut selector = spec.node_selector.iter().flatten();
    if selector.any(|(key, value)| key == ARCH && value == "arm64") {
        let selector = at_spec.field("nodeSelector");
        return Some(selector.key(ARCH).to_path());
    }
    let only = |requirement: &NodeSelectorRequirement| {
        let values = requirement.values.as_deref().unwrap_or_default();
        requirement.key == ARCH && requirement.operator == "In" && values == ["arm64"]
    };
    let terms = required(spec);
    let all = !terms.is_empty()
        && terms
            .iter()
            .all(|term| term.match_expressions.iter().flatten().any(only));
    let affinity = at_spec.field("affinity");
    all.then(|| affinity.field("nodeAffinity").to_path())
}

/// What is known of a label of virtual nodes: nothing, that they lack it, or its value.
fn label(key: &str, edition: Edition) -> Option<Option<&'static str>> {
    let (mark, value) = mark(edition);
    if edition == Edition::SelfManaged {
        // VNodes take labels of their own.
        return (key == mark).then_some(Some(value));
    }
    let known = LABELS
        .iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| Some(*value));
    let open = OPEN.iter().any(|prefix| key.starts_with(prefix));
    if open { None } else { Some(known.flatten()) }
}

fn holds(requirement: &NodeSelectorRequirement, label: Option<Option<&str>>) -> bool {
    let Some(own) = label else { return true };
    let listed = own.is_some_and(|own| requirement.values.iter().flatten().any(|value| value == own));
    match requirement.operator.as_str() {
        "In" => listed,
        "NotIn" => !listed,
        "Exists" => own.is_some(),
        "DoesNotExist" => own.is_none(),
        // Comparisons need numbers, which no label of virtual nodes is.
        _ => false,
    }
}

/// Whether a node name is one that virtual nodes have (network pages: `virtual-kubelet-<zone>`, older `virtual-node-eci-<n>`).
pub(crate) fn is_virtual_name(name: &str) -> bool {
    name.starts_with("virtual-kubelet") || name.starts_with("virtual-node-eci")
}
