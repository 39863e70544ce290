//! ResourcePolicies: their errors, what of them lands on ECI, and what conflicts with them.

use std::sync::Arc;

use eci_model::policy::{Policies, UnitMaps};
use eci_model::{Edition, Findings, Object, resource};
use eci_profile::{Landing, ResourcePolicies, ResourcePolicy, RouteFacts, route};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

use crate::{labels, names, of};

fn read(name: &str, spec: Value) -> (Option<ResourcePolicy>, Findings) {
    let object: resource::ResourcePolicy = of(json!({"metadata": {"name": name, "namespace": "shop"}, "spec": spec}));
    ResourcePolicy::read(&object)
}

fn units(resources: &[&str]) -> Value {
    let units: Vec<Value> = resources.iter().map(|resource| json!({"resource": resource})).collect();
    json!({"selector": {"app": "web"}, "strategy": "prefer", "units": units})
}

macro_rules! lands {
    ($($fact:ident: $resources:expr => $landing:ident $routing:literal;)*) => {$(
        #[test]
        fn $fact() {
            let resources: &[&str] = &$resources;
            let (policy, findings) = read("web", units(resources));
            assert!(findings.is_empty());
            assert_eq!(policy.map(|policy| policy.landing()), Some(Landing::$landing));
            assert_eq!(routed(&[("web", units(resources))], json!({"app": "web"}), json!({})).0, $routing);
        }
    )*};
}

lands! {
    real_nodes_first: ["ecs", "eci"] => AfterRealNodes "ECI on shortage, ResourcePolicy `web`";
    eci_alone: ["eci"] => EciOnly "ECI, ResourcePolicy `web`";
    eci_first: ["eci", "ecs"] => EciFirst "ECI first, ResourcePolicy `web`";
    another_product: ["ecs", "acs"] => Elsewhere "real nodes, no label, selector or node setting sends it to ECI";
    added_nodes_first: ["ecs", "elastic", "eci"] => AfterRealNodes "ECI on shortage, ResourcePolicy `web`";
    nothing: [] => Elsewhere "real nodes, no label, selector or node setting sends it to ECI";
}

fn routed(specs: &[(&str, Value)], pod_labels: Value, annotations: Value) -> (String, Vec<&'static str>) {
    routed_with(specs, pod_labels, annotations, json!({}))
}

fn routed_with(
    specs: &[(&str, Value)],
    pod_labels: Value,
    annotations: Value,
    mut spec: Value,
) -> (String, Vec<&'static str>) {
    spec["containers"] = json!([]);
    let policies = Policies::default();
    let read = |(name, spec): &(&str, Value)| Arc::new(read(name, spec.clone()).0.expect("good"));
    let set: ResourcePolicies = specs.iter().map(read).collect();
    let metadata = json!({"name": "p", "namespace": "shop", "labels": pod_labels, "annotations": annotations});
    let pod: Pod = of(json!({"metadata": metadata, "spec": spec}));
    let namespace = labels(json!({}));
    let mut facts = RouteFacts::new(Edition::Ack, &policies);
    (facts.namespace, facts.resource_policies) = (Some(&namespace), Some(&set));
    let object = Object::from(&pod);
    let view = object.pod().expect("a pod");
    let route = route(&view, &facts);
    let mut findings = Findings::new();
    route.check(&object, &view, &facts, &mut findings);
    (route.routing().to_string(), names(&findings))
}

/// What a pod of the policy `web` gets: annotations, labels, and who gives the first annotation.
fn given(policies: &Policies, pod_labels: Value, annotations: Value) -> Vec<(String, String, String)> {
    let unit = json!({"resource": "eci",
        "podAnnotations": {"k8s.aliyun.com/eci-use-specs": "2-4Gi"}, "podLabels": {"unit": "eci"}});
    let spec = json!({"selector": {"app": "web"}, "strategy": "prefer", "units": [
        {"resource": "ecs", "max": 3, "podLabels": {"unit": "ecs"}}, unit, {"resource": "eci", "podLabels": {"unit": "more"}}]});
    let set: ResourcePolicies = [Arc::new(read("web", spec).0.expect("good"))].into_iter().collect();
    let metadata = json!({"name": "p", "namespace": "shop", "labels": pod_labels, "annotations": annotations});
    let pod: Pod = of(json!({"metadata": metadata}));
    let mut facts = RouteFacts::new(Edition::Ack, policies);
    let namespace = labels(json!({}));
    (facts.namespace, facts.resource_policies) = (Some(&namespace), Some(&set));
    let view = Object::from(&pod).pod().expect("a pod");
    let outcomes = route(&view, &facts).outcomes(&view, &facts);
    let row = |it: eci_profile::Outcome| (it.key, it.value, it.by.to_string());
    outcomes.into_iter().map(row).collect()
}

fn rows(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let own = |(key, value, by): &(&str, &str, &str)| ((*key).to_owned(), (*value).to_owned(), (*by).to_owned());
    rows.iter().map(own).collect()
}

#[test]
fn the_first_unit_of_eci_writes_onto_pods() {
    let policies = Policies::default();
    let by = "ResourcePolicy `web`";
    let size = "k8s.aliyun.com/eci-use-specs";
    assert_eq!(
        given(&policies, json!({"app": "web"}), json!({})),
        rows(&[(size, "2-4Gi", by), ("unit", "eci", by)])
    );
    assert_eq!(
        given(&policies, json!({"app": "web", "unit": "mine"}), json!({size: "4-8Gi"})),
        rows(&[(size, "4-8Gi", "the pod itself"), ("unit", "mine", "the pod itself")])
    );
}

#[test]
fn units_write_nothing_onto_pods_that_something_else_sends() {
    let labels = json!({"app": "web", "alibabacloud.com/eci": "true"});
    assert_eq!(given(&Policies::default(), labels, json!({})), rows(&[]));
}

#[test]
fn maps_of_units_may_be_unseen() {
    let mut policies = Policies::default();
    policies.unit_maps = UnitMaps::Unseen;
    assert_eq!(given(&policies, json!({"app": "web"}), json!({})), rows(&[]));
}

macro_rules! wrong {
    ($($fact:ident: $key:literal = $value:tt => $($path:literal)?;)*) => {$(
        #[test]
        fn $fact() {
            let mut spec = units(&["ecs", "eci"]);
            spec[$key] = json!($value);
            let (policy, findings) = read("web", spec);
            let places: Vec<String> = findings.iter().map(|finding| finding.place().path.to_string()).collect();
            let expected: Vec<&str> = vec![$($path)?];
            assert_eq!(places, expected);
            assert_eq!(policy.is_some(), expected.is_empty());
            assert!(names(&findings).iter().all(|name| *name == "resource-policy-invalid"));
        }
    )*};
}

wrong! {
    another_strategy: "strategy" = "balance" => "spec.strategy";
    an_unknown_unit: "units" = [{"resource": "ecs"}, {"resource": "gpu"}] => "spec.units[1].resource";
    a_label_selector: "selector" = {"matchLabels": {"app": "web"}} => "spec.selector";
    a_timeout_that_nothing_uses: "whenTryNextUnits" = {"policy": "ExceedMax", "timeout": "15m"} => "spec.whenTryNextUnits.timeout";
    a_timeout_without_a_policy: "whenTryNextUnits" = {"timeout": "15m"} => "spec.whenTryNextUnits.timeout";
    a_timeout: "whenTryNextUnits" = {"policy": "TimeoutOrExceedMax", "timeout": "15m"} => ;
    an_unknown_next_policy: "whenTryNextUnits" = {"policy": "Never"} => "spec.whenTryNextUnits.policy";
    an_unknown_preemption: "preemptPolicy" = "Always" => "spec.preemptPolicy";
    a_preemption: "preemptPolicy" = "BeforeNextUnit" => ;
    an_empty_selector: "selector" = {} => ;
}

#[test]
fn an_empty_selector_takes_every_pod_of_its_namespace() {
    let mut spec = units(&["eci"]);
    spec["selector"] = json!({});
    assert_eq!(
        routed(&[("all", spec)], json!({"x": "y"}), json!({})).0,
        "ECI, ResourcePolicy `all`"
    );
}

#[test]
fn a_pod_that_it_does_not_select_is_untouched() {
    let (routing, told) = routed(&[("web", units(&["eci"]))], json!({"app": "api"}), json!({}));
    assert_eq!(
        (routing.as_str(), told),
        ("real nodes, no label, selector or node setting sends it to ECI", vec![])
    );
}

#[test]
fn two_that_differ_leave_it_open() {
    let policies = [("a", units(&["eci"])), ("b", units(&["ecs", "eci"]))];
    assert_eq!(
        routed(&policies, json!({"app": "web"}), json!({})).0,
        "cannot tell, which of the ResourcePolicies a, b acts not known"
    );
}

#[test]
fn two_that_differ_leave_nothing_open_for_a_pod_that_keeps_off() {
    let policies = [("a", units(&["eci"])), ("b", units(&["ecs"]))];
    let pod = json!({"nodeSelector": {"type": "large"}});
    assert_eq!(
        routed_with(&policies, json!({"app": "web"}), json!({}), pod).0,
        "real nodes, no label, selector or node setting sends it to ECI"
    );
}

#[test]
fn a_label_is_surer() {
    let (routing, _) = routed(
        &[("web", units(&["ecs", "eci"]))],
        json!({"app": "web", "alibabacloud.com/eci": "true"}),
        json!({}),
    );
    assert_eq!(routing, "ECI, pod label alibabacloud.com/eci");
}

#[test]
fn other_mechanisms_conflict() {
    let policy = [("web", units(&["ecs", "eci"]))];
    for annotations in [
        json!({"controller.kubernetes.io/pod-deletion-cost": "1"}),
        json!({"alibabacloud.com/burst-resource": "eci"}),
    ] {
        let (_, told) = routed(&policy, json!({"app": "web"}), annotations);
        assert_eq!(told, ["route-at-run-time", "resource-policy-conflict"]);
    }
}

#[test]
fn a_pod_needs_the_labels_it_is_counted_by() {
    let mut spec = units(&["ecs", "eci"]);
    spec["matchLabelKeys"] = json!(["release"]);
    let policy = [("web", spec)];
    let (_, told) = routed(&policy, json!({"app": "web"}), json!({}));
    assert_eq!(told, ["route-at-run-time", "resource-policy-match-label-missing"]);
    let (_, told) = routed(&policy, json!({"app": "web", "release": "blue"}), json!({}));
    assert_eq!(told, ["route-at-run-time"]);
}
