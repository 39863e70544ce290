//! The published examples of eci-profile: four pods, what routes them, and what they get.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

use std::collections::BTreeMap;

use eci_model::{Edition, Findings, Object, Overlay};
use eci_profile::{Profile, Routing, accepts_virtual_node, route};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};
use proptest::prelude::*;
use serde_json::{Value, json};

fn config_map(data: Value) -> ConfigMap {
    serde_json::from_value(json!({"metadata": {"name": "eci-profile", "namespace": "kube-system"}, "data": data}))
        .expect("a ConfigMap")
}

fn read(selectors: &Value) -> Profile {
    let (profile, findings) = Profile::read(&config_map(json!({"selectors": selectors.to_string()})));
    assert!(findings.is_empty(), "{findings:?}");
    profile.expect("good")
}

fn rejected(data: Value) -> Vec<&'static str> {
    let (_, findings) = Profile::read(&config_map(data));
    findings.iter().map(|finding| finding.rule().name()).collect()
}

fn pods() -> [(&'static str, Pod); 4] {
    let pod = |namespace: &str, labels: Value, annotations: Value| {
        serde_json::from_value(
            json!({"metadata": {"name": "p", "namespace": namespace, "labels": labels, "annotations": annotations}}),
        )
        .expect("a pod")
    };
    let specs = json!({"k8s.aliyun.com/eci-use-specs": "4-8Gi"});
    [
        ("P1", pod("batch", json!({"app": "etl"}), json!({}))),
        ("P2", pod("web", json!({"app": "api", "tier": "burst"}), specs)),
        ("P3", pod("batch", json!({"app": "etl", "tier": "burst"}), json!({}))),
        ("P4", pod("default", json!({"app": "cron"}), json!({}))),
    ]
}

fn namespace(name: &str) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::from([("kubernetes.io/metadata.name".to_owned(), name.to_owned())]);
    match name {
        "batch" => drop(labels.insert("team".into(), "data".into())),
        "web" => drop(labels.insert("team".into(), "web".into())),
        _ => {}
    }
    labels
}

/// The pods bound for ECI, and the value an annotation has on each of them.
fn outcome(selectors: &Value, key: &str) -> Vec<(&'static str, Option<String>)> {
    let profile = read(selectors);
    let mut bound = Vec::new();
    for (name, pod) in pods() {
        let view = Object::from(&pod).pod().expect("a pod");
        let labels = namespace(view.namespace());
        if let Routing::Eci { .. } = route(&view, Some(&labels), Some(&profile), Edition::Ack) {
            let (mut annotations, mut injected) = (Vec::new(), Vec::new());
            profile.injections(&view, Some(&labels), &mut annotations, &mut injected);
            let map = Overlay::with(pod.metadata.annotations.as_ref(), &annotations);
            bound.push((name, map.get(key).map(ToOwned::to_owned)));
        }
    }
    bound
}

#[test]
fn a_pod_label_routes() {
    let selectors = json!([{"name": "burst", "objectSelector": {"matchLabels": {"tier": "burst"}}}]);
    assert_eq!(
        outcome(&selectors, "k8s.aliyun.com/eci-use-specs"),
        [("P2", Some("4-8Gi".into())), ("P3", None)]
    );
}

#[test]
fn namespace_and_pod_must_both_match() {
    let selectors = json!([{"name": "data-etl", "namespaceSelector": {"matchLabels": {"team": "data"}},
        "objectSelector": {"matchLabels": {"app": "etl"}}, "effect": {"annotations": {"k8s.aliyun.com/eci-auto-imc": "true"}}}]);
    let on = Some("true".to_owned());
    assert_eq!(
        outcome(&selectors, "k8s.aliyun.com/eci-auto-imc"),
        [("P1", on.clone()), ("P3", on)]
    );
}

#[test]
fn the_pods_own_value_wins() {
    let selectors = json!([{"name": "spot-burst", "objectSelector": {"matchLabels": {"tier": "burst"}},
        "effect": {"annotations": {"k8s.aliyun.com/eci-use-specs": "2-4Gi"}}}]);
    assert_eq!(
        outcome(&selectors, "k8s.aliyun.com/eci-use-specs"),
        [("P2", Some("4-8Gi".into())), ("P3", Some("2-4Gi".into()))]
    );
}

#[test]
fn the_earlier_of_two_selectors_wins() {
    let first = json!({"name": "first", "namespaceSelector": {"matchLabels": {"team": "data"}}, "effect": {"annotations": {"k": "50Gi"}}});
    let second = json!({"name": "second", "objectSelector": {"matchLabels": {"app": "etl"}}, "effect": {"annotations": {"k": "100Gi"}}});
    assert_eq!(
        outcome(&json!([first, second]), "k"),
        [("P1", Some("50Gi".into())), ("P3", Some("50Gi".into()))]
    );
    assert_eq!(
        outcome(&json!([second, first]), "k"),
        [("P1", Some("100Gi".into())), ("P3", Some("100Gi".into()))]
    );
}

#[test]
fn expressions_match_as_in_kubernetes() {
    let selectors = json!([{"name": "web-zones",
        "namespaceSelector": {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": ["web", "batch"]}]},
        "objectSelector": {"matchExpressions": [{"key": "tier", "operator": "Exists"}]},
        "effect": {"annotations": {"k8s.aliyun.com/eci-vswitch": "vsw-a,vsw-b"}}}]);
    let both = Some("vsw-a,vsw-b".to_owned());
    assert_eq!(
        outcome(&selectors, "k8s.aliyun.com/eci-vswitch"),
        [("P2", both.clone()), ("P3", both)]
    );
}

#[test]
fn a_selector_without_filters_routes_nothing() {
    let selectors = json!([{"name": "every-eci-pod", "effect": {"annotations": {"k": "v"}}}]);
    assert!(outcome(&selectors, "k").is_empty());
}

#[test]
fn what_is_refused() {
    for (data, rules) in [
        (
            json!({"selectors": "[{\"name\": \"a\"} # spot\n]"}),
            vec!["profile-selectors-syntax"],
        ),
        (
            json!({"selectors": "[{\"name\": \"a\"},]"}),
            vec!["profile-selectors-syntax"],
        ),
        (
            json!({"selectors": "{\"name\": \"a\"}"}),
            vec!["profile-selectors-shape"],
        ),
        (
            json!({"selectors": "[{\"objectSelector\": {}}]"}),
            vec!["profile-selector-name"],
        ),
        (
            json!({"selectors": "[{\"name\": \"\"}]"}),
            vec!["profile-selector-name"],
        ),
        (
            json!({"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchExpressions\": [{\"key\": \"k\", \"operator\": \"In\"}]}}]"}),
            vec!["profile-selectors-shape"],
        ),
        (
            json!({"selectors": "[{\"name\": \"a\", \"effect\": {\"annotations\": {\"k\": true}}}]"}),
            vec!["profile-selectors-shape"],
        ),
        (
            json!({"selectors": "[{\"name\": \"a\"}, {\"name\": \"a\"}]"}),
            vec!["profile-selector-duplicate-name"],
        ),
        (
            json!({"enableLogController": "true"}),
            vec!["profile-log-group-missing"],
        ),
        (json!({"securityGroupId": "sg-1,sg-2"}), vec!["profile-security-group"]),
        (
            json!({"vSwitchIds": (1..=11).map(|n| format!("vsw-{n}")).collect::<Vec<_>>().join(",")}),
            vec!["profile-vswitches"],
        ),
        (json!({"vSwitchIds": ""}), vec!["profile-vswitches"]),
        (json!({"selectors": ""}), vec![]),
    ] {
        assert_eq!(rejected(data.clone()), rules, "{data}");
    }
}

#[test]
fn the_comment_in_the_json_is_marked() {
    let text = "[{\"name\": \"a\", # spot pods\n}]";
    let (profile, findings): (_, Findings) = Profile::read(&config_map(json!({"selectors": text})));
    assert!(profile.is_none());
    let (start, end) = findings
        .iter()
        .next()
        .and_then(|finding| finding.place().within)
        .expect("marked");
    let marked = &text[usize::try_from(start).expect("small")..usize::try_from(end).expect("small")];
    assert_eq!(marked, "#");
}

fn routing(pod: Value, namespace: Option<Value>, edition: Edition) -> String {
    let pod: Pod = serde_json::from_value(pod).expect("a pod");
    let labels: Option<BTreeMap<String, String>> =
        namespace.map(|labels| serde_json::from_value(labels).expect("labels"));
    let view = Object::from(&pod).pod().expect("a pod");
    route(&view, labels.as_ref(), None, edition).to_string()
}

#[test]
fn every_way_to_eci() {
    let empty = || Some(json!({}));
    let toleration = json!([{"key": "virtual-kubelet.io/provider", "operator": "Equal", "value": "alibabacloud"}]);
    let cases = [
        (
            json!({"metadata": {"labels": {"alibabacloud.com/eci": "true"}}}),
            empty(),
            "ECI, pod label alibabacloud.com/eci",
        ),
        (
            json!({"metadata": {"labels": {"eci": "true"}}}),
            empty(),
            "ECI, pod label eci",
        ),
        (
            json!({"metadata": {"labels": {"alibabacloud.com/eci": "false"}}}),
            empty(),
            "real nodes, no label, selector or node setting sends it to ECI",
        ),
        (
            json!({}),
            Some(json!({"alibabacloud.com/eci": "true"})),
            "ECI, namespace `default`",
        ),
        (
            json!({}),
            Some(json!({"virtual-node-affinity-injection": "enabled"})),
            "ECI, namespace `default`",
        ),
        (
            json!({"spec": {"containers": [], "nodeName": "virtual-kubelet-cn-hangzhou-h"}}),
            empty(),
            "ECI, pod field nodeName",
        ),
        (
            json!({"spec": {"containers": [], "nodeSelector": {"type": "virtual-kubelet"}, "tolerations": toleration}}),
            empty(),
            "ECI, pod field nodeSelector",
        ),
        (
            json!({"spec": {"containers": [], "tolerations": toleration}}),
            empty(),
            "ECI on shortage, pod field tolerations",
        ),
        (json!({}), None, "cannot tell, labels of namespace default not known"),
    ];
    for (pod, namespace, expected) in cases {
        assert_eq!(routing(pod.clone(), namespace, Edition::Ack), expected, "{pod}");
    }
    assert_eq!(
        routing(json!({}), None, Edition::AckServerless),
        "ECI, edition ack-serverless"
    );
}

#[test]
fn what_keeps_a_pod_off_virtual_nodes() {
    let accepts = |spec: Value, edition| accepts_virtual_node(&serde_json::from_value(spec).expect("a spec"), edition);
    let all = json!([{"operator": "Exists"}]);
    let kept_off = json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
        {"matchExpressions": [{"key": "type", "operator": "NotIn", "values": ["virtual-kubelet"]}]}]}}});
    assert!(accepts(json!({"containers": [], "tolerations": all}), Edition::Ack));
    assert!(!accepts(json!({"containers": []}), Edition::Ack));
    assert!(!accepts(
        json!({"containers": [], "tolerations": all, "affinity": kept_off}),
        Edition::Ack
    ));
    assert!(!accepts(
        json!({"containers": [], "tolerations": all, "nodeSelector": {"disk": "ssd"}}),
        Edition::Ack
    ));
    assert!(accepts(
        json!({"containers": [], "tolerations": all, "nodeSelector": {"topology.kubernetes.io/zone": "cn-hangzhou-h"}}),
        Edition::Ack
    ));
    assert!(!accepts(
        json!({"containers": [], "tolerations": [{"key": "virtual-kubelet.io/provider", "operator": "Exists", "effect": "NoExecute"}]}),
        Edition::Ack
    ));
    assert!(accepts(
        json!({"containers": [], "tolerations": [{"key": "k8s.aliyun.com/vnode", "value": "true"}]}),
        Edition::SelfManaged
    ));
    assert!(accepts(json!({"containers": []}), Edition::AckServerless));
}

proptest! {
    #[test]
    fn no_text_panics(text in "(\\PC|[\\[\\]{}\":,#\n]){0,60}", vswitches in "\\PC{0,30}") {
        let _ = Profile::read(&config_map(json!({"selectors": text, "vSwitchIds": vswitches})));
    }

    #[test]
    fn a_later_selector_never_changes_what_an_earlier_one_decided(value in "[a-c]", other in "[a-c]", label in "[xy]") {
        let first = json!({"name": "first", "objectSelector": {"matchLabels": {"tier": "burst"}}, "effect": {"annotations": {"k": value}}});
        let second = json!({"name": "second", "objectSelector": {"matchLabels": {"tier": label}}, "effect": {"annotations": {"k": other}}});
        let alone = outcome(&json!([first]), "k");
        let both = outcome(&json!([first, second]), "k");
        for pod in alone {
            prop_assert!(both.contains(&pod));
        }
    }
}
