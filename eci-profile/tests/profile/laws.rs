//! Laws of matching and precedence.

use std::collections::BTreeMap;

use eci_model::policy::Policies;
use eci_model::{Edition, Object, Site, resource};
use eci_profile::{Profile, RouteFacts, Routing, VNodeSelector, VNodeSelectors, route};
use k8s_openapi::api::core::v1::Pod;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{Labels, labels, of, profile};

type Outcome = (String, BTreeMap<String, String>);

/// Where a pod runs, and its annotations there.
fn outcome(pod: &Pod, namespace: &Labels, profile: &Profile, policies: &Policies) -> Outcome {
    let mut facts = RouteFacts::new(Edition::Ack, policies);
    (facts.namespace, facts.profile) = (Some(namespace), Some(profile));
    let view = Object::from(pod).pod().expect("a pod");
    let route = route(&view, &facts);
    let injection = route.injection(&facts);
    let annotations = injection.annotations_of(pod.metadata.annotations.as_ref());
    let map = annotations
        .iter()
        .map(|entry| (entry.key.to_owned(), entry.value.to_owned()));
    (route.routing().to_string(), map.collect())
}

fn a_map(keys: &'static str, values: &'static str) -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map(keys, values, 0..3)
}

fn a_filter() -> impl Strategy<Value = Value> {
    let expression = (
        "[a-c]",
        prop::sample::select(vec!["In", "NotIn", "Exists", "DoesNotExist"]),
        "[xy]",
    );
    let expression = expression.prop_map(|(key, operator, value)| match operator {
        "In" | "NotIn" => json!({"key": key, "operator": operator, "values": [value]}),
        _ => json!({"key": key, "operator": operator}),
    });
    let labels = a_map("[a-c]", "[xy]").prop_map(|labels| json!({"matchLabels": labels}));
    let expressions = prop::collection::vec(expression, 1..3).prop_map(|list| json!({"matchExpressions": list}));
    prop_oneof![Just(Value::Null), labels, expressions]
}

fn a_selector() -> impl Strategy<Value = Value> {
    (a_filter(), a_filter(), a_map("[p-s]", "[1-9]")).prop_map(|(object, namespace, annotations)| {
        json!({"objectSelector": object, "namespaceSelector": namespace, "effect": {"annotations": annotations}})
    })
}

fn named(selectors: &[Value]) -> Value {
    let named = selectors.iter().enumerate().map(|(index, selector)| {
        let mut selector = selector.clone();
        selector["name"] = format!("s{index}").into();
        selector
    });
    named.collect()
}

fn a_pod() -> impl Strategy<Value = Pod> {
    (a_map("[a-c]", "[xy]"), a_map("[p-s]", "[a-c]")).prop_map(|(labels, annotations)| {
        of(json!({"metadata": {"name": "p", "labels": labels, "annotations": annotations}}))
    })
}

/// A second reading of matching and merging, straight from the pages and without an index.
fn literal(pod: &Pod, namespace: &Labels, selectors: &[Value]) -> (bool, BTreeMap<String, String>) {
    let own = pod.metadata.labels.clone().unwrap_or_default();
    let holds = |filter: &Value, labels: &Labels| {
        let by_labels = filter["matchLabels"].as_object().is_none_or(|wanted| {
            wanted
                .iter()
                .all(|(key, value)| labels.get(key).map(String::as_str) == value.as_str())
        });
        let by_expressions = filter["matchExpressions"].as_array().is_none_or(|expressions| {
            expressions.iter().all(|expression| {
                let found = labels.get(expression["key"].as_str().unwrap_or_default());
                let listed = found.is_some_and(|found| expression["values"][0].as_str() == Some(found));
                match expression["operator"].as_str().unwrap_or_default() {
                    "In" => listed,
                    "NotIn" => !listed,
                    "Exists" => found.is_some(),
                    _ => found.is_none(),
                }
            })
        });
        by_labels && by_expressions
    };
    let mut annotations = pod.metadata.annotations.clone().unwrap_or_default();
    let mut routed = false;
    for selector in selectors {
        let (object, of_namespace) = (&selector["objectSelector"], &selector["namespaceSelector"]);
        if holds(object, &own) && holds(of_namespace, namespace) {
            routed |= !object.is_null() || !of_namespace.is_null();
            for (key, value) in selector["effect"]["annotations"].as_object().into_iter().flatten() {
                annotations
                    .entry(key.clone())
                    .or_insert_with(|| value.as_str().unwrap_or_default().to_owned());
            }
        }
    }
    (routed, annotations)
}

proptest! {
    #[test]
    fn the_index_finds_what_the_literal_reading_finds(
        pod in a_pod(), namespace in a_map("[a-c]", "[xy]"), selectors in prop::collection::vec(a_selector(), 0..8),
    ) {
        let (routing, annotations) = outcome(&pod, &namespace, &profile(&named(&selectors)), &Policies::default());
        let expected = literal(&pod, &namespace, &selectors);
        prop_assert_eq!((routing.starts_with("ECI"), annotations), expected);
    }

    #[test]
    fn a_later_selector_never_changes_what_earlier_ones_decided(
        pod in a_pod(), namespace in a_map("[a-c]", "[xy]"), selectors in prop::collection::vec(a_selector(), 1..6),
        chained in any::<bool>(),
    ) {
        let mut policies = Policies::default();
        if chained {
            policies.set("Matching", "Chained").expect("a choice");
        }
        let before = outcome(&pod, &namespace, &profile(&named(&selectors[1..])), &policies);
        let mut more = selectors[1..].to_vec();
        more.push(selectors[0].clone());
        let after = outcome(&pod, &namespace, &profile(&named(&more)), &policies);
        if before.0.starts_with("ECI") {
            prop_assert_eq!(&before.0, &after.0);
        }
        for (key, value) in &before.1 {
            prop_assert_eq!(after.1.get(key), Some(value));
        }
    }

    #[test]
    fn the_order_of_unrelated_selectors_is_irrelevant(
        pod in a_pod(), namespace in a_map("[a-c]", "[xy]"), first in a_selector(), second in a_selector(),
    ) {
        // Two that set no key alike are unrelated.
        let mut second = second;
        let annotations: BTreeMap<String, String> = of(second["effect"]["annotations"].clone());
        let renamed: BTreeMap<String, String> = annotations.into_iter().map(|(key, value)| (format!("{key}2"), value)).collect();
        second["effect"]["annotations"] = json!(renamed);
        let policies = Policies::default();
        let one = outcome(&pod, &namespace, &profile(&named(&[first.clone(), second.clone()])), &policies);
        let other = outcome(&pod, &namespace, &profile(&named(&[second, first])), &policies);
        prop_assert_eq!(one.0.starts_with("ECI"), other.0.starts_with("ECI"));
        prop_assert_eq!(one.1, other.1);
    }

    #[test]
    fn the_pods_own_value_always_wins_in_the_config_map(pod in a_pod(), selectors in prop::collection::vec(a_selector(), 0..6)) {
        let (_, annotations) = outcome(&pod, &Labels::new(), &profile(&named(&selectors)), &Policies::default());
        for (key, value) in pod.metadata.annotations.iter().flatten() {
            prop_assert_eq!(annotations.get(key), Some(value));
        }
    }

    #[test]
    fn the_pods_own_value_never_wins_against_a_selector_resource(pod in a_pod(), effect in a_map("[p-s]", "[1-9]")) {
        let object: resource::Selector = of(json!({"metadata": {"name": "s"}, "spec": {"objectLabels": {},
            "policy": {"virtualNodeOnly": {}}, "effect": {"annotations": effect}}}));
        let policies = Policies::default();
        let (selector, _) = VNodeSelector::read(&object, &Site::new(Edition::SelfManaged, &policies));
        let selectors: VNodeSelectors = selector.map(std::sync::Arc::new).into_iter().collect();
        let mut facts = RouteFacts::new(Edition::SelfManaged, &policies);
        facts.vnode_selectors = Some(&selectors);
        let view = Object::from(&pod).pod().expect("a pod");
        let route = route(&view, &facts);
        let injection = route.injection(&facts);
        let annotations = injection.annotations_of(pod.metadata.annotations.as_ref());
        for (key, value) in &effect {
            prop_assert_eq!(annotations.get(key), Some(value.as_str()));
        }
        let is_eci = matches!(route.routing(), Routing::Eci { .. });
        prop_assert!(is_eci);
    }
}

#[test]
fn a_label_that_an_earlier_selector_adds_matches_under_chained_only() {
    let selectors = json!([
        {"name": "first", "objectSelector": {"matchLabels": {"app": "etl"}}, "effect": {"labels": {"tier": "burst"}}},
        {"name": "second", "objectSelector": {"matchLabels": {"tier": "burst"}}, "effect": {"annotations": {"k": "v"}}}]);
    let pod: Pod = of(json!({"metadata": {"name": "p", "labels": {"app": "etl"}}}));
    let profile = profile(&selectors);
    let annotations =
        |choice: &str| outcome(&pod, &labels(json!({})), &profile, &crate::policies("Matching", choice)).1;
    assert!(annotations("OriginalLabels").is_empty());
    assert_eq!(annotations("Chained").get("k").map(String::as_str), Some("v"));
}
