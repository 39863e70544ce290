//! Pods on virtual time.

use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};

use super::*;
use crate::{Cluster, Edition, Planner};

fn planner() -> Planner {
    let profile: ConfigMap = serde_json::from_str(
        r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
            "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"}}"#,
    )
    .expect("a ConfigMap");
    let region = "cn-hangzhou".parse().expect("a region");
    let mut cluster = Cluster::new(Edition::AckServerless).in_region(region);
    cluster.observe(&profile);
    Planner::new(cluster)
}

fn pods(world: World) -> PodWorld {
    PodWorld::new(world, planner())
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

#[test]
fn a_saved_world_of_pods_tells_the_same_from_then_on() {
    let settings = WorldSettings::default().seed(3);
    for seconds in [0, 2, 20, 120, 4000] {
        let mut before = pods(World::recorded(settings.clone()));
        before.create(&pod("fail-back")).expect("accepted");
        before.advance(before.now() + Duration::from_secs(seconds));
        let mut file = Vec::new();
        before
            .save()
            .and_then(|saved| saved.write_to(&mut file))
            .expect("written");
        let saved = SavedPods::read_from(&*file).expect("readable");
        let mut after = PodWorld::load(settings.clone(), planner(), &saved).expect("the same");
        let end = before.now() + Duration::from_secs(600);
        assert_eq!(after.advance(end), before.advance(end), "saved after {seconds} s");
        assert_eq!(after.delete("u-1"), before.delete("u-1"));
        let end = before.now() + Duration::from_secs(60);
        assert_eq!(after.advance(end), before.advance(end));
        assert_eq!(after.world().fingerprint(), before.world().fingerprint());
    }
}

#[test]
fn pods_of_a_world_that_does_not_record_cannot_be_saved() {
    let error = pods(World::ideal()).save().expect_err("nothing was recorded");
    assert!(matches!(error, SaveError::NotRecorded));
}

#[test]
fn a_planner_that_refuses_a_saved_pod_is_told() {
    let mut before = pods(World::recorded(WorldSettings::ideal()));
    before.create(&pod("fail-back")).expect("accepted");
    let saved = before.save().expect("it records");
    let mut cluster = Cluster::new(Edition::Ack);
    let mut shop = Namespace::default();
    shop.metadata.name = Some("shop".into());
    cluster.observe(&shop);
    let error = PodWorld::load(WorldSettings::ideal(), Planner::new(cluster), &saved).err();
    assert!(matches!(error, Some(SaveError::NoPlan { uid, .. }) if &*uid == "u-1"));
}
