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
