//! What the types promise to programs that embed them.
#![cfg(feature = "sim")]

use std::future::Future;
use std::sync::Arc;

use eci_sdk::backend::{Backend, BackendExt};
use eci_sdk::sim::{PodWorld, Simulator, World};
use eci_sdk::{Binding, Cluster, Completion, Edition, Finding, Identity, Plan, Planner, Ready, Review};
use k8s_openapi::api::core::v1::Pod;

fn is_shareable<T: Send + Sync + 'static>() {}

#[test]
fn types_can_be_shared_between_threads() {
    is_shareable::<(
        Planner,
        Review,
        Plan,
        Binding,
        Ready,
        Finding,
        Cluster,
        Arc<dyn Backend>,
        PodWorld,
        World,
    )>();
}

/// A reconciler as a controller author would write it.
async fn reconcile(planner: Planner, backend: Arc<dyn Backend>, pod: Arc<Pod>) -> Option<String> {
    let plan = planner.plan(&pod).ok()?;
    let mut binding = plan.bind(Identity::of(&pod)?);
    for need in binding.needs() {
        binding.absent(&need);
    }
    match binding.complete() {
        Completion::Ready(ready) => backend.ensure_created(ready).await.ok()?.container_group_id,
        _ => None,
    }
}

fn spawnable<F: Future<Output = Option<String>> + Send + 'static>(future: F) -> F {
    future
}

#[tokio::test(start_paused = true)]
async fn a_reconciler_can_be_spawned_and_creates_a_pod_once() -> Result<(), Box<dyn std::error::Error>> {
    let profile = serde_json::from_value::<k8s_openapi::api::core::v1::ConfigMap>(serde_json::json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    }))?;
    let pod: Pod = serde_json::from_value(serde_json::json!({
        "metadata": {"name": "web", "namespace": "shop", "uid": "u-1"},
        "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]},
    }))?;
    let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse()?);
    cluster.observe(&profile);
    let planner = Planner::new(cluster);
    let backend: Arc<dyn Backend> = Arc::new(Simulator::new(World::ideal()));
    let pod = Arc::new(pod);
    let first = tokio::spawn(spawnable(reconcile(planner.clone(), backend.clone(), pod.clone()))).await?;
    let second = tokio::spawn(spawnable(reconcile(planner, backend, pod))).await?;
    assert!(first.is_some());
    assert_eq!(first, second);
    Ok(())
}
