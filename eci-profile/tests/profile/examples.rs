//! The six published examples: four pods, what routes them, and what they get.

use eci_model::policy::Policies;
use eci_model::{Edition, Object};
use eci_profile::{RouteFacts, Routing, route};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

use crate::{Labels, labels, names, pod, profile, read_data};

fn pods() -> [(&'static str, Pod); 4] {
    let specs = json!({"k8s.aliyun.com/eci-use-specs": "4-8Gi"});
    [
        ("P1", pod("batch", json!({"app": "etl"}), json!({}))),
        ("P2", pod("web", json!({"app": "api", "tier": "burst"}), specs)),
        ("P3", pod("batch", json!({"app": "etl", "tier": "burst"}), json!({}))),
        ("P4", pod("default", json!({"app": "cron"}), json!({}))),
    ]
}

pub(crate) fn namespace(name: &str) -> Labels {
    let team = match name {
        "batch" => json!({"team": "data", "kubernetes.io/metadata.name": name}),
        "web" => json!({"team": "web", "kubernetes.io/metadata.name": name}),
        _ => json!({"kubernetes.io/metadata.name": name}),
    };
    labels(team)
}

/// The pods on ECI, with the values that a key of annotations or labels has on them.
pub(crate) fn outcome(selectors: &Value, edition: Edition, key: &str) -> Vec<(&'static str, Option<String>)> {
    let profile = profile(selectors);
    let policies = Policies::default();
    let mut bound = Vec::new();
    for (name, pod) in pods() {
        let view = Object::from(&pod).pod().expect("a pod");
        let labels = namespace(view.namespace());
        let mut facts = RouteFacts::new(edition, &policies);
        (facts.namespace, facts.profile) = (Some(&labels), Some(&profile));
        let route = route(&view, &facts);
        if let Routing::Eci { .. } = route.routing() {
            let injection = route.injection(&facts);
            let annotations = injection.annotations_of(pod.metadata.annotations.as_ref());
            let labels = injection.labels_of(pod.metadata.labels.as_ref());
            let value = annotations.get(key).or_else(|| labels.get(key));
            bound.push((name, value.map(ToOwned::to_owned)));
        }
    }
    bound
}

/// A row says which pods run on ECI under the selectors, and what a key is worth on each.
macro_rules! examples {
    ($($fact:ident: $edition:ident $selectors:expr, $key:literal => $($pod:literal $value:expr),*;)*) => {$(
        #[test]
        fn $fact() {
            let expected: Vec<(&str, Option<String>)> = vec![$(($pod, { let value: Option<&str> = $value; value.map(Into::into) })),*];
            assert_eq!(outcome(&$selectors, Edition::$edition, $key), expected);
        }
    )*};
}

fn by_pod_label() -> Value {
    json!([{"name": "burst", "objectSelector": {"matchLabels": {"tier": "burst"}}}])
}

fn by_both() -> Value {
    json!([{"name": "data-etl", "namespaceSelector": {"matchLabels": {"team": "data"}},
        "objectSelector": {"matchLabels": {"app": "etl"}}, "effect": {"annotations": {"k8s.aliyun.com/eci-auto-imc": "true"}}}])
}

fn own_value() -> Value {
    json!([{"name": "spot-burst", "objectSelector": {"matchLabels": {"tier": "burst"}},
        "effect": {"annotations": {"k8s.aliyun.com/eci-use-specs": "2-4Gi", "k8s.aliyun.com/eci-spot-strategy": "SpotAsPriceGo"},
                   "labels": {"placed-by": "eci-profile"}}}])
}

fn two(swapped: bool) -> Value {
    let first = json!({"name": "first", "namespaceSelector": {"matchLabels": {"team": "data"}},
        "effect": {"annotations": {"k8s.aliyun.com/eci-extra-ephemeral-storage": "50Gi"}}});
    let second = json!({"name": "second", "objectSelector": {"matchLabels": {"app": "etl"}},
        "effect": {"annotations": {"k8s.aliyun.com/eci-extra-ephemeral-storage": "100Gi",
                                   "k8s.aliyun.com/eci-core-pattern": "/pod/data/dump/core"}}});
    if swapped {
        json!([second, first])
    } else {
        json!([first, second])
    }
}

fn by_expressions() -> Value {
    json!([{"name": "web-zones",
        "namespaceSelector": {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": ["web", "batch"]}]},
        "objectSelector": {"matchExpressions": [{"key": "tier", "operator": "Exists"}]},
        "effect": {"annotations": {"k8s.aliyun.com/eci-vswitch": "vsw-a,vsw-b", "k8s.aliyun.com/eci-schedule-strategy": "VSwitchOrdered"}}}])
}

fn every() -> Value {
    json!([{"name": "every-eci-pod", "effect": {"annotations": {"k8s.aliyun.com/eci-ntp-server": "100.100.5.1"}}}])
}

examples! {
    example_1_a_pod_label_routes: Ack by_pod_label(), "k8s.aliyun.com/eci-use-specs" => "P2" Some("4-8Gi"), "P3" None;
    example_1_everything_runs_on_eci_in_ack_serverless: AckServerless by_pod_label(), "placed-by" => "P1" None, "P2" None, "P3" None, "P4" None;
    example_2_namespace_and_pod_must_both_match: Ack by_both(), "k8s.aliyun.com/eci-auto-imc" => "P1" Some("true"), "P3" Some("true");
    example_3_the_pods_own_value_wins: Ack own_value(), "k8s.aliyun.com/eci-use-specs" => "P2" Some("4-8Gi"), "P3" Some("2-4Gi");
    example_3_other_values_are_added: Ack own_value(), "k8s.aliyun.com/eci-spot-strategy" => "P2" Some("SpotAsPriceGo"), "P3" Some("SpotAsPriceGo");
    example_3_labels_are_added: Ack own_value(), "placed-by" => "P2" Some("eci-profile"), "P3" Some("eci-profile");
    example_4_the_earlier_selector_wins: Ack two(false), "k8s.aliyun.com/eci-extra-ephemeral-storage" => "P1" Some("50Gi"), "P3" Some("50Gi");
    example_4_swapped_the_other_one_wins: Ack two(true), "k8s.aliyun.com/eci-extra-ephemeral-storage" => "P1" Some("100Gi"), "P3" Some("100Gi");
    example_4_the_later_one_adds_the_rest: Ack two(false), "k8s.aliyun.com/eci-core-pattern" => "P1" Some("/pod/data/dump/core"), "P3" Some("/pod/data/dump/core");
    example_5_expressions_match_as_in_kubernetes: Ack by_expressions(), "k8s.aliyun.com/eci-vswitch" => "P2" Some("vsw-a,vsw-b"), "P3" Some("vsw-a,vsw-b");
    example_5_the_strategy_comes_with_it: Ack by_expressions(), "k8s.aliyun.com/eci-schedule-strategy" => "P2" Some("VSwitchOrdered"), "P3" Some("VSwitchOrdered");
    example_6_a_selector_without_filters_routes_nothing: Ack every(), "k8s.aliyun.com/eci-ntp-server" => ;
    example_6_its_effect_reaches_every_pod_on_eci: AckServerless every(), "k8s.aliyun.com/eci-ntp-server" =>
        "P1" Some("100.100.5.1"), "P2" Some("100.100.5.1"), "P3" Some("100.100.5.1"), "P4" Some("100.100.5.1");
}

#[test]
fn the_whole_config_map_of_the_page_is_good() {
    let (profile, findings) = read_data(json!({
        "vpcId": "vpc-example", "vSwitchIds": "vsw-one,vsw-two", "securityGroupId": "sg-example", "resourceGroupId": "",
        "enableClusterIp": "true", "enablePrivateZone": "false", "enableLogController": "true", "slsMachineGroup": "team-logs",
        "selectors": "[{\"name\": \"burst\", \"objectSelector\": {\"matchLabels\": {\"tier\": \"burst\"}}}]\n"}));
    assert_eq!(names(&findings), [""; 0]);
    let profile = profile.expect("good");
    assert_eq!(profile.vswitches().len(), 2);
    assert_eq!(profile.log_group(), Some("team-logs"));
}

#[test]
fn an_origin_names_the_selector_and_a_beaten_one_is_kept() {
    let profile = profile(&two(false));
    let policies = Policies::default();
    let pod = &pods()[0].1;
    let labels = namespace("batch");
    let mut facts = RouteFacts::new(Edition::Ack, &policies);
    (facts.namespace, facts.profile) = (Some(&labels), Some(&profile));
    let view = Object::from(pod).pod().expect("a pod");
    let route = route(&view, &facts);
    let injection = route.injection(&facts);
    let overlay = injection.annotations_of(None);
    let winner = overlay
        .injection("k8s.aliyun.com/eci-extra-ephemeral-storage")
        .expect("injected");
    assert_eq!(winner.origin.to_string(), "eci-profile selector `first`");
    let beaten: Vec<(&str, String)> = overlay
        .beaten()
        .map(|entry| (entry.value, entry.origin.to_string()))
        .collect();
    assert_eq!(beaten, [("100Gi", "eci-profile selector `second`".to_owned())]);
}
