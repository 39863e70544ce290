//! A spot pod is reclaimed and replaced.

use std::error::Error;
use std::time::Duration;

use controller_test::{Store, phase, wanted};
use eci_sdk::sim::{PodWorld, World, WorldSettings};
use eci_sdk::{Cluster, Edition, Planner};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};

/// Lets the controller act until it wants nothing more, then lets time pass.
fn pass(world: &mut PodWorld, store: &mut Store, template: &Pod, span: Duration) -> Result<(), Box<dyn Error>> {
    let end = world.now() + span;
    loop {
        while let Some(pod) = wanted(store, template) {
            store.put(pod.clone());
            store.take(world.create(&pod)?);
        }
        let Some(next) = world.next_change_at().filter(|next| *next <= end) else {
            break;
        };
        store.take(world.advance(next));
    }
    store.take(world.advance(end));
    Ok(())
}

#[test]
fn a_reclaimed_spot_pod_is_replaced() -> Result<(), Box<dyn Error>> {
    let profile: ConfigMap = serde_json::from_value(serde_json::json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    }))?;
    let template: Pod = serde_json::from_value(serde_json::json!({
        "metadata": {"namespace": "shop", "annotations": {"k8s.aliyun.com/eci-spot-strategy": "SpotAsPriceGo"}},
        "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/report:1.4"}]},
    }))?;
    let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse()?);
    cluster.observe(&profile);
    let mut world = PodWorld::new(World::new(WorldSettings::default()), Planner::new(cluster));
    let mut store = Store::default();

    pass(&mut world, &mut store, &template, Duration::from_secs(3600))?;
    assert_eq!(store.pods().map(phase).collect::<Vec<_>>(), ["Running"]);
    let annotated = store.pods().filter_map(|pod| pod.metadata.annotations.as_ref());
    assert!(
        annotated
            .into_iter()
            .all(|all| all.contains_key("k8s.aliyun.com/eci-instance-id"))
    );

    world.reclaim_spot("uid-0")?;
    pass(&mut world, &mut store, &template, Duration::from_secs(600))?;
    assert_eq!(store.pods().map(phase).collect::<Vec<_>>(), ["Failed", "Running"]);
    let reasons = store.pods().filter_map(|pod| pod.status.as_ref()?.reason.as_deref());
    assert_eq!(reasons.collect::<Vec<_>>(), ["BidFailed"]);
    assert!(store.events.iter().any(|reason| reason == "SpotToBeReleased"));

    store.take(world.delete("uid-1"));
    store.take(world.advance(world.now() + Duration::from_secs(60)));
    assert_eq!(store.pods().map(phase).collect::<Vec<_>>(), ["Failed"]);
    Ok(())
}
