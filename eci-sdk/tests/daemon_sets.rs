//! Which DaemonSets would land on virtual nodes.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

use eci_model::limits;
use eci_sdk::{Cluster, Edition, Planner};
use k8s_openapi::api::apps::v1::DaemonSet;
use k8s_openapi::api::core::v1::{Namespace, Pod};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("an object")
}

/// Whether the rule fires for a DaemonSet in a namespace with labels, and whether anything else is said.
fn lands(edition: Edition, namespace: Value, labels: Value, spec: Value) -> bool {
    let mut cluster = Cluster::new(edition);
    let namespace: Namespace = read(json!({"metadata": {"name": "ops", "labels": namespace}}));
    cluster.observe(&namespace);
    let mut spec = spec;
    spec["containers"] = json!([{"name": "agent", "image": "agent:1.0"}]);
    spec["hostPID"] = json!(true);
    let template = json!({"metadata": {"labels": labels}, "spec": spec});
    let set: DaemonSet = read(
        json!({"metadata": {"name": "agent", "namespace": "ops"}, "spec": {"selector": {}, "template": template}}),
    );
    let review = Planner::new(cluster).review(&set);
    let fires = review.findings.contains(limits::DAEMON_SET);
    // Where it fires, nothing else is said about its pods; where it does not, they are not on ECI.
    assert!(!review.findings.contains(limits::HOST_PID), "{:?}", review.findings);
    fires
}

macro_rules! daemon_sets {
    ($($fact:ident: $edition:ident $namespace:tt $labels:tt $spec:tt => $lands:literal;)*) => {$(
        #[test]
        fn $fact() {
            let (namespace, labels, spec) = (json!($namespace), json!($labels), json!($spec));
            assert_eq!(lands(Edition::$edition, namespace, labels, spec), $lands);
        }
    )*};
}

daemon_sets! {
    without_a_toleration_it_stays_off: Ack {} {} {} => false;
    one_that_tolerates_everything_lands: Ack {} {} {"tolerations": [{"operator": "Exists"}]} => true;
    one_that_tolerates_the_taint_lands: Ack {} {} {"tolerations": [{"key": "virtual-kubelet.io/provider", "operator": "Equal", "value": "alibabacloud", "effect": "NoSchedule"}]}
        => true;
    another_value_is_another_taint: Ack {} {} {"tolerations": [{"key": "virtual-kubelet.io/provider", "value": "other"}]} => false;
    required_affinity_keeps_it_off: Ack {} {} {"tolerations": [{"operator": "Exists"}], "affinity": {"nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
            {"matchExpressions": [{"key": "type", "operator": "NotIn", "values": ["virtual-kubelet"]}]}]}}}} => false;
    a_node_selector_keeps_it_off: Ack {} {} {"tolerations": [{"operator": "Exists"}], "nodeSelector": {"disktype": "ssd"}} => false;
    a_label_routes_it: Ack {} {"alibabacloud.com/eci": "true"} {} => true;
    a_namespace_routes_it: Ack {"alibabacloud.com/eci": "true"} {} {} => true;
    a_selector_beats_the_label: Ack {} {"alibabacloud.com/eci": "true"} {"nodeSelector": {"disktype": "ssd"}} => false;
    without_real_nodes_it_lands: AckServerless {} {} {} => true;
    one_of_ones_own_cluster_lands: SelfManaged {} {} {"tolerations": [{"key": "k8s.aliyun.com/vnode", "operator": "Equal", "value": "true"}]} => true;
}

#[test]
fn pods_of_daemon_sets_are_judged_alike() {
    let pod = |spec: Value| -> Pod {
        read(
            json!({"metadata": {"name": "agent-x", "namespace": "ops", "uid": "u", "ownerReferences": [
            {"apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "uid": "d", "controller": true}]}, "spec": spec}),
        )
    };
    let planner = Planner::new(Cluster::new(Edition::Ack));
    let fires = |spec: Value| planner.review(&pod(spec)).findings.contains(limits::DAEMON_SET);
    assert!(fires(
        json!({"containers": [], "tolerations": [{"operator": "Exists"}]})
    ));
    assert!(!fires(json!({"containers": []})));
}

#[test]
fn known_runtime_classes_come_from_the_facts() {
    let pod: Pod = read(
        json!({"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
        "spec": {"containers": [], "runtimeClassName": "eci"}}),
    );
    let says = |cluster: Cluster| {
        Planner::new(cluster)
            .review(&pod)
            .findings
            .contains(limits::RUNTIME_CLASS)
    };
    assert!(says(Cluster::new(Edition::Ack)));
    assert!(!says(Cluster::new(Edition::Ack).with_runtime_classes(["eci"])));
    let facts = read(json!({"runtimeClasses": ["eci"]}));
    let mut cluster = Cluster::new(Edition::Ack);
    cluster.learn(&facts).expect("facts");
    assert!(!says(cluster));
}
