//! Routing, injection and the network a second time: who decides, on a whole cluster.

mod differential;
mod generate;
mod network;
mod nodes;
mod routes;
mod vnodes;

use std::collections::BTreeMap;

use serde_json::Value;

/// Labels or annotations.
pub(super) type Texts = BTreeMap<String, String>;

/// A cluster and a pod in it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) serverless: bool,
    pub(super) policies: Vec<(&'static str, &'static str)>,
    /// Labels of the pod's namespace.
    pub(super) namespace: Texts,
    /// The data of eci-profile.
    pub(super) profile: Option<Value>,
    pub(super) selectors: Value,
    pub(super) networkings: Vec<Value>,
    /// ResourcePolicies of the pod's namespace.
    pub(super) policies_of_units: Vec<Value>,
    pub(super) pod: Value,
}

impl Case {
    pub(super) fn chose(&self, choice: &str) -> bool {
        self.policies.iter().any(|(_, chosen)| *chosen == choice)
    }
}

/// The texts of a map in JSON.
pub(super) fn texts(value: &Value) -> Texts {
    let entries = value.as_object().into_iter().flatten();
    entries
        .map(|(key, text)| (key.clone(), text.as_str().expect("a text").to_owned()))
        .collect()
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A label selector as Kubernetes reads it: everything must hold, an empty one matches all.
pub(super) fn matches(selector: &Value, labels: &Texts) -> bool {
    let equal = texts(&selector["matchLabels"])
        .iter()
        .all(|(key, value)| labels.get(key) == Some(value));
    equal
        && list(&selector["matchExpressions"]).all(|expression| {
            let found = labels.get(expression["key"].as_str().expect("a key"));
            let among = found.is_some_and(|found| list(&expression["values"]).any(|value| value == found.as_str()));
            match expression["operator"].as_str().expect("an operator") {
                "In" => among,
                "NotIn" => !among,
                "Exists" => found.is_some(),
                "DoesNotExist" => found.is_none(),
                other => panic!("no operator {other}"),
            }
        })
}
