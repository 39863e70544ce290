//! Whether a pod could be scheduled on a virtual node.

use eci_model::Edition;
use k8s_openapi::api::core::v1::{NodeSelectorRequirement, PodSpec, Toleration};

/// Labels of virtual nodes that do not depend on zone or region (virtual nodes, samples of 2024 to 2026).
const LABELS: [(&str, &str); 3] = [
    ("type", "virtual-kubelet"),
    ("kubernetes.io/role", "agent"),
    ("kubernetes.io/os", "linux"),
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

fn tolerates(spec: &PodSpec, edition: Edition) -> bool {
    let (key, value) = match edition {
        // There are no other nodes, so nothing keeps pods off.
        Edition::AckServerless => return true,
        Edition::SelfManaged => ("k8s.aliyun.com/vnode", "true"),
        _ => ("virtual-kubelet.io/provider", "alibabacloud"),
    };
    let holds = |toleration: &Toleration| {
        let effect = toleration.effect.as_deref().unwrap_or_default();
        let exists = toleration.operator.as_deref() == Some("Exists");
        let of_key = toleration.key.as_deref().unwrap_or_default();
        let of_value = exists || toleration.value.as_deref().unwrap_or_default() == value;
        (effect.is_empty() || effect == "NoSchedule") && (of_key == key && of_value || of_key.is_empty() && exists)
    };
    spec.tolerations.iter().flatten().any(holds)
}

fn selects(spec: &PodSpec, edition: Edition) -> bool {
    let label = |key: &str| label(key, edition);
    let plain = spec
        .node_selector
        .iter()
        .flatten()
        .all(|(key, value)| label(key).is_none_or(|own| own == Some(value.as_str())));
    let affinity = spec
        .affinity
        .as_ref()
        .and_then(|affinity| affinity.node_affinity.as_ref());
    let required = affinity.and_then(|affinity| affinity.required_during_scheduling_ignored_during_execution.as_ref());
    let terms = required
        .map(|required| required.node_selector_terms.as_slice())
        .unwrap_or_default();
    let term_holds = |term: &k8s_openapi::api::core::v1::NodeSelectorTerm| {
        term.match_expressions
            .iter()
            .flatten()
            .all(|requirement| holds(requirement, label(&requirement.key)))
    };
    plain && (terms.is_empty() || terms.iter().any(term_holds))
}

/// What is known of a label of virtual nodes: nothing, that they lack it, or its value.
fn label(key: &str, edition: Edition) -> Option<Option<&'static str>> {
    if edition == Edition::SelfManaged {
        // VNodes take labels of their own.
        return (key == "k8s.aliyun.com/vnode").then_some(Some("true"));
    }
    let known = LABELS
        .iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| Some(*value));
    let of_cluster = [
        "topology.kubernetes.io/",
        "failure-domain.beta.kubernetes.io/",
        "kubernetes.io/arch",
        "kubernetes.io/hostname",
    ];
    let open = of_cluster.iter().any(|prefix| key.starts_with(prefix));
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
