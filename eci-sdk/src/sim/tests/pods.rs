//! Pods on virtual time.

use k8s_openapi::api::core::v1::{ConfigMap, Pod};

use super::*;
use crate::{Cluster, Edition, Planner};

fn pods(world: World) -> PodWorld {
    let profile: ConfigMap = serde_json::from_str(
        r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
            "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"}}"#,
    )
    .expect("a ConfigMap");
    let region = "cn-hangzhou".parse().expect("a region");
    let mut cluster = Cluster::new(Edition::AckServerless).in_region(region);
    cluster.observe(&profile);
    PodWorld::new(world, Planner::new(cluster))
}

fn pod(strategy: &str) -> Pod {
    let text = format!(
        r#"{{"metadata": {{"name": "web", "namespace": "shop", "uid": "u-1",
              "annotations": {{"k8s.aliyun.com/eci-fail-strategy": "{strategy}"}}}},
            "spec": {{"containers": [{{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}}]}}}}"#
    );
    serde_json::from_str(&text).expect("a pod")
}

#[test]
fn only_a_pod_that_asks_to_fail_fast_fails_when_there_is_no_stock() {
    for (strategy, state) in [
        ("fail-fast", "ScheduleFailed"),
        ("fail-back", "Scheduling"),
        ("fail-over", "Scheduling"),
    ] {
        let mut world = World::ideal();
        world
            .fault(Fault::StockOut(OutOfStock::of_spec("2-4Gi")))
            .expect("always possible");
        let mut pods = pods(world);
        pods.create(&pod(strategy)).expect("accepted");
        pods.advance(pods.now() + Duration::from_secs(120));
        let id = pods.group("u-1").expect("it has a group").to_owned();
        assert_eq!(status(pods.world(), &id), state, "{strategy}");
    }
}

#[test]
fn what_a_profile_injects_is_written_and_counts() {
    let profile: ConfigMap = serde_json::from_str(
        r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
            "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22",
                "selectors": "[{\"name\": \"fast\", \"objectSelector\": {\"matchLabels\": {\"tier\": \"batch\"}}, \"effect\": {\"annotations\": {\"k8s.aliyun.com/eci-fail-strategy\": \"fail-fast\", \"k8s.aliyun.com/eci-with-eip\": \"true\"}}}]"}}"#,
    )
    .expect("a ConfigMap");
    let region = "cn-hangzhou".parse().expect("a region");
    let mut cluster = Cluster::new(Edition::AckServerless).in_region(region);
    cluster.observe(&profile);
    let mut pods = PodWorld::new(World::ideal(), Planner::new(cluster));
    let plain = r#"{"metadata": {"name": "web", "namespace": "shop", "uid": "u-1", "labels": {"tier": "batch"}},
        "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}"#;
    let pod: Pod = serde_json::from_str(plain).expect("a pod");
    let annotated = |changes: &[PodChange], key: &str| {
        let written = changes.iter().filter_map(|change| match change {
            PodChange::Annotated { annotations, .. } => annotations.get(key).cloned(),
            _ => None,
        });
        written.collect::<Vec<_>>()
    };
    let changes = pods.create(&pod).expect("accepted");
    assert_eq!(annotated(&changes, "k8s.aliyun.com/eci-fail-strategy"), ["fail-fast"]);
    let changes = pods.advance(pods.now() + Duration::from_secs(60));
    assert_eq!(
        annotated(&changes, "k8s.aliyun.com/allocated-eipAddress"),
        ["198.18.0.1"]
    );
    assert_eq!(annotated(&changes, "k8s.aliyun.com/allocated-eipInstanceId").len(), 1);
}
