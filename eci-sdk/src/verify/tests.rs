use eci_model::Edition;
use k8s_openapi::api::core::v1::ConfigMap;
use serde_json::{Value, json};

use super::*;
use crate::cluster::{Cluster, FactsDocument};

fn planner() -> Planner {
    let profile: ConfigMap = serde_json::from_value(json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01,vsw-bp1xpiowfm5vo8o3c1i01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    }))
    .expect("a ConfigMap");
    let facts: FactsDocument = serde_json::from_value(json!({"vswitches": [
        {"id": "vsw-bp1xpiowfm5vo8o3c1h01", "zone": "cn-hangzhou-h", "cidr": "10.0.8.0/24"},
        {"id": "vsw-bp1xpiowfm5vo8o3c1i01", "zone": "cn-hangzhou-i", "cidr": "10.0.9.0/24"}]}))
    .expect("facts");
    let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse().expect("a region"));
    cluster.observe(&profile);
    cluster.learn(&facts).expect("facts");
    Planner::new(cluster)
}

/// A running pod that asks for a size, with what was written on it.
fn pod(limits: [&str; 2], written: Value) -> Pod {
    let mut annotations = written;
    annotations["k8s.aliyun.com/eci-instance-id"] = json!("eci-2ze1y0la40qgva09abcd");
    serde_json::from_value(json!({
        "metadata": {"name": "web", "namespace": "shop", "uid": "u-1", "annotations": annotations},
        "spec": {"nodeName": "virtual-kubelet-cn-hangzhou-h", "containers": [
            {"name": "web", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
             "resources": {"limits": {"cpu": limits[0], "memory": limits[1]}}}]},
    }))
    .expect("a pod")
}

fn compared(live: &Pod, aspect: Aspect) -> Option<Compared> {
    planner().verify(live).into_iter().find(|row| row.aspect == aspect)
}

fn outcome(live: &Pod, aspect: Aspect) -> Option<Outcome> {
    compared(live, aspect).map(|row| row.outcome)
}

/// Managed fields: who made the containers, and which annotations it wrote.
fn with_creator(mut live: Pod, annotations: &[&str]) -> Pod {
    let fields: serde_json::Map<String, Value> =
        annotations.iter().map(|key| (format!("f:{key}"), json!({}))).collect();
    live.metadata.managed_fields = serde_json::from_value(json!([
        {"manager": "virtual-kubelet", "operation": "Update", "fieldsType": "FieldsV1",
         "fieldsV1": {"f:metadata": {"f:annotations": {"f:k8s.aliyun.com/eci-vswitch": {}}}}},
        {"manager": "kube-controller-manager", "operation": "Update", "fieldsType": "FieldsV1",
         "fieldsV1": {"f:metadata": {"f:annotations": fields}, "f:spec": {"f:containers": {}}}},
    ]))
    .expect("managed fields");
    live
}

#[test]
fn pods_without_an_instance_are_not_compared() {
    let live = Pod::default();
    assert!(planner().verify(&live).is_empty());
}

#[test]
fn the_decimal_form_that_is_written_back_agrees() {
    let live = pod(["2", "4Gi"], json!({"k8s.aliyun.com/eci-instance-spec": "2.0-4.0Gi"}));
    assert_eq!(outcome(&live, Aspect::Size), Some(Outcome::Agrees));
    assert_eq!(outcome(&live, Aspect::Runs), Some(Outcome::Agrees));
}

#[test]
fn a_later_candidate_agrees_since_the_first_may_have_had_no_stock() {
    let live = pod(
        ["2", "4Gi"],
        json!({"k8s.aliyun.com/eci-use-specs": "2-4Gi,4-8Gi", "k8s.aliyun.com/eci-instance-spec": "4.0-8.0Gi"}),
    );
    assert_eq!(outcome(&live, Aspect::Size), Some(Outcome::Agrees));
}

#[test]
fn a_size_served_by_a_type_cannot_be_told() {
    let live = pod(
        ["2", "4Gi"],
        json!({"k8s.aliyun.com/eci-instance-family": "ecs.c6", "k8s.aliyun.com/eci-instance-spec": "ecs.c6.large"}),
    );
    assert_eq!(outcome(&live, Aspect::Size), Some(Outcome::CannotTell));
}

#[test]
fn the_policies_that_would_agree_are_named() {
    let live = pod(
        ["10", "60Gi"],
        json!({"k8s.aliyun.com/eci-instance-spec": "16.0-64.0Gi"}),
    );
    let size = compared(&live, Aspect::Size).expect("compared");
    let choices: Vec<String> = size.would_agree.iter().map(ToString::to_string).collect();
    assert_eq!(
        (size.outcome, choices.as_slice()),
        (
            Outcome::Differs,
            ["Rounding=LeastPrice".to_owned(), "Rounding=Nearest".to_owned()].as_slice()
        )
    );
}

#[test]
fn the_written_vswitch_is_one_of_the_planned() {
    let live = pod(
        ["2", "4Gi"],
        json!({"k8s.aliyun.com/eci-vswitch": "vsw-bp1xpiowfm5vo8o3c1i01"}),
    );
    assert_eq!(outcome(&live, Aspect::VSwitch), Some(Outcome::Agrees));
}

#[test]
fn another_vswitch_may_be_the_users_own() {
    let live = pod(
        ["2", "4Gi"],
        json!({"k8s.aliyun.com/eci-vswitch": "vsw-bp1xpiowfm5vo8o3c1x09"}),
    );
    assert_eq!(outcome(&live, Aspect::VSwitch), Some(Outcome::CannotTell));
    let written = with_creator(live.clone(), &[]);
    assert_eq!(outcome(&written, Aspect::VSwitch), Some(Outcome::Differs));
    let own = with_creator(live, &["k8s.aliyun.com/eci-vswitch"]);
    assert_eq!(outcome(&own, Aspect::VSwitch), Some(Outcome::Agrees));
}

#[test]
fn groups_agree_in_any_order() {
    let group = |text: &str| pod(["2", "4Gi"], json!({"k8s.aliyun.com/eci-security-group": text}));
    assert_eq!(
        outcome(&group("sg-bp15ed6xe1yxeycg7o22"), Aspect::SecurityGroups),
        Some(Outcome::Agrees)
    );
    let other = with_creator(group("sg-bp15ed6xe1yxeycg7o99"), &[]);
    assert_eq!(outcome(&other, Aspect::SecurityGroups), Some(Outcome::Differs));
}

#[test]
fn the_zone_is_that_of_the_vswitch() {
    let in_zone = |zone: &str| {
        pod(
            ["2", "4Gi"],
            json!({"k8s.aliyun.com/eci-vswitch": "vsw-bp1xpiowfm5vo8o3c1i01", "k8s.aliyun.com/eci-instance-zone": zone}),
        )
    };
    assert_eq!(outcome(&in_zone("cn-hangzhou-i"), Aspect::Zone), Some(Outcome::Agrees));
    assert_eq!(outcome(&in_zone("cn-hangzhou-h"), Aspect::Zone), Some(Outcome::Differs));
}

#[test]
fn a_matched_cache_settles_the_automatic_matching() {
    let live = pod(
        ["2", "4Gi"],
        json!({"k8s.aliyun.com/eci-matched-image-cache": "imc-2zedy3v37800iimuabcd"}),
    );
    assert_eq!(outcome(&live, Aspect::ImageCache), Some(Outcome::Agrees));
    let off = pod(
        ["2", "4Gi"],
        json!({"k8s.aliyun.com/eci-auto-imc": "false", "k8s.aliyun.com/eci-matched-image-cache": "imc-2zedy3v37800iimuabcd"}),
    );
    assert_eq!(outcome(&off, Aspect::ImageCache), Some(Outcome::Differs));
}

#[test]
fn an_asked_eip_must_be_there() {
    let live = pod(["2", "4Gi"], json!({"k8s.aliyun.com/eci-with-eip": "true"}));
    assert_eq!(outcome(&live, Aspect::Eip), Some(Outcome::Differs));
    let there = pod(
        ["2", "4Gi"],
        json!({"k8s.aliyun.com/eci-with-eip": "true", "k8s.aliyun.com/allocated-eipInstanceId": "eip-bp1q5n8cq4p7f6dzuabcd"}),
    );
    assert_eq!(outcome(&there, Aspect::Eip), Some(Outcome::Agrees));
    assert_eq!(outcome(&pod(["2", "4Gi"], json!({})), Aspect::Eip), None);
}

#[test]
fn a_running_pod_that_would_be_refused_differs() {
    let mut live = pod(["2", "4Gi"], json!({}));
    if let Some(spec) = &mut live.spec {
        spec.host_pid = Some(true);
    }
    let runs = compared(&live, Aspect::Runs).expect("compared");
    assert_eq!(
        (runs.planned.as_str(), runs.outcome),
        ("refused, host-pid", Outcome::Differs)
    );
}

#[test]
fn a_policy_is_evidence_only_if_it_agrees_with_every_pod() {
    let rounded = pod(
        ["10", "60Gi"],
        json!({"k8s.aliyun.com/eci-instance-spec": "16.0-64.0Gi"}),
    );
    let plain = pod(["2", "4Gi"], json!({"k8s.aliyun.com/eci-instance-spec": "2.0-4.0Gi"}));
    let vcpu_first = pod(
        ["20", "120Gi"],
        json!({"k8s.aliyun.com/eci-instance-spec": "24.0-192.0Gi"}),
    );
    let settled = Verification::of(&planner(), &[&rounded, &plain]);
    assert_eq!((settled.pods(), settled.differing().len()), (2, 1));
    let evidence = |verification: &Verification| -> Vec<String> {
        let rows = verification.evidence().iter();
        rows.map(|it| format!("{} {} {}", it.aspect, it.choice, it.agrees))
            .collect()
    };
    assert_eq!(
        evidence(&settled),
        ["size Rounding=LeastPrice 2", "size Rounding=Nearest 2"]
    );
    let contradicted = Verification::of(&planner(), &[&rounded, &plain, &vcpu_first]);
    assert!(contradicted.evidence().is_empty());
    assert_eq!(contradicted.tallies()[&Aspect::Size].differs, 1);
}
