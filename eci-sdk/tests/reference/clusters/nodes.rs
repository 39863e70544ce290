//! What the scheduler makes of a virtual node: its taint, node selectors, required affinity, and ResourcePolicies.

use serde_json::Value;

use super::{Texts, list, texts};

/// What virtual nodes are known to have or to lack; of other labels nothing is known (network pages, section on virtual nodes).
fn known(key: &str) -> Option<Option<&'static str>> {
    match key {
        "type" => Some(Some("virtual-kubelet")),
        "kubernetes.io/role" => Some(Some("agent")),
        "kubernetes.io/os" => Some(Some("linux")),
        key if key.starts_with("topology.kubernetes.io/") || key == "kubernetes.io/arch" => None,
        // They take no labels of anyone.
        _ => Some(None),
    }
}

/// Whether the pod tolerates `virtual-kubelet.io/provider=alibabacloud:NoSchedule`.
pub(super) fn tolerates(spec: &Value) -> bool {
    list(&spec["tolerations"]).any(|toleration| {
        let effect = toleration["effect"].as_str().unwrap_or_default();
        let of_effect = effect.is_empty() || effect == "NoSchedule";
        let exists = toleration["operator"] == "Exists";
        let of_value = exists || toleration["value"] == "alibabacloud";
        match toleration["key"].as_str() {
            None | Some("") => of_effect && exists,
            Some(key) => of_effect && of_value && key == "virtual-kubelet.io/provider",
        }
    })
}

fn terms(spec: &Value) -> Vec<&Value> {
    let required = &spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
    list(&required["nodeSelectorTerms"]).collect()
}

/// Whether node selector and required affinity leave a virtual node.
pub(super) fn selects(spec: &Value) -> bool {
    leaves(spec, known)
}

/// Whether they exclude virtual nodes by the label that tells them from real ones.
pub(super) fn excludes_by_type(spec: &Value) -> bool {
    !leaves(spec, |key| known(key).filter(|_| key == "type"))
}

/// Whether some node with these labels is left: every entry of the selector, and all of one term.
fn leaves(spec: &Value, known: impl Fn(&str) -> Option<Option<&'static str>>) -> bool {
    let by_selector = texts(&spec["nodeSelector"])
        .iter()
        .all(|(key, value)| known(key).is_none_or(|own| own == Some(value)));
    let holds = |expression: &Value| {
        let Some(own) = known(expression["key"].as_str().expect("a key")) else {
            return true;
        };
        let listed = own.is_some_and(|own| list(&expression["values"]).any(|value| value == own));
        match expression["operator"].as_str().expect("an operator") {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => own.is_some(),
            "DoesNotExist" => own.is_none(),
            other => panic!("no operator {other}"),
        }
    };
    let by_term = |term: &&Value| {
        let expressions: Vec<&Value> = list(&term["matchExpressions"]).collect();
        !expressions.is_empty() && expressions.into_iter().all(holds)
    };
    let terms = terms(spec);
    by_selector && (terms.is_empty() || terms.iter().any(by_term))
}

/// Whether they leave virtual nodes only.
pub(super) fn insists(spec: &Value) -> bool {
    let only = |expression: &Value| {
        let mut values = list(&expression["values"]);
        let is_in = expression["key"] == "type" && expression["operator"] == "In";
        is_in && list(&expression["values"]).count() > 0 && values.all(|value| value == "virtual-kubelet")
    };
    let terms = terms(spec);
    let by_terms = !terms.is_empty() && terms.iter().all(|term| list(&term["matchExpressions"]).any(only));
    spec["nodeSelector"]["type"] == "virtual-kubelet" || by_terms
}

/// Where the units of the ResourcePolicies that select a pod send it: `eci`, `shortage`, `unknown` when they differ; nothing without one.
/// With it the labels and annotations that the first unit of ECI writes onto pods.
pub(super) fn units(policies: &[Value], labels: &Texts) -> Option<(&'static str, Texts, Texts)> {
    let selecting = policies.iter().filter(|policy| {
        let wanted = texts(&policy["spec"]["selector"]);
        wanted.iter().all(|(key, value)| labels.get(key) == Some(value))
    });
    let landings: Vec<(&str, &Value)> = selecting
        .map(|policy| {
            let units: Vec<&str> = list(&policy["spec"]["units"])
                .map(|unit| unit["resource"].as_str().expect("a resource"))
                .collect();
            let landing = match units.iter().filter(|unit| **unit == "eci").count() {
                0 => "elsewhere",
                all if all == units.len() => "eci",
                _ if units[0] == "eci" => "first",
                _ => "after",
            };
            (landing, policy)
        })
        .collect();
    let (landing, policy) = *landings.first()?;
    if landings.iter().any(|(other, _)| *other != landing) {
        return Some(("unknown", Texts::new(), Texts::new()));
    }
    let runs = match landing {
        "elsewhere" => return None,
        "eci" => "eci",
        _ => "shortage",
    };
    let mut units = list(&policy["spec"]["units"]).filter(|unit| unit["resource"] == "eci" && landings.len() == 1);
    let unit = units.next().cloned().unwrap_or_default();
    Some((runs, texts(&unit["podLabels"]), texts(&unit["podAnnotations"])))
}
