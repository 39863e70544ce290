//! How often a plan asks for memory, in a program of its own since it counts with the allocator.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::hint::black_box;

use allocation_counter::measure;
use eci_sdk::{Cluster, Edition, Planner};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};

/// Allocations of a plan beside those that the request needs itself.
const MOST: u64 = 60;

fn planner() -> Planner {
    let profile: ConfigMap = serde_json::from_str(include_str!("../benches/eci-profile.json")).expect("a ConfigMap");
    let mut cluster = Cluster::new(Edition::Ack).in_region("cn-hangzhou".parse().expect("a region"));
    cluster.observe(&profile);
    let namespace: Namespace = serde_json::from_str(r#"{"metadata": {"name": "shop"}}"#).expect("a Namespace");
    cluster.observe(&namespace);
    Planner::new(cluster)
}

fn typical() -> Pod {
    serde_json::from_str(include_str!("../benches/pod.json")).expect("a pod")
}

/// What a plan allocates, and what a copy of its request does: texts and lists, also those that wait for what must be looked up.
fn counted(pod: &Pod) -> (u64, u64) {
    let planner = planner();
    let plan = planner.plan(pod).expect("a plan");
    let made = measure(|| drop(black_box(planner.plan(black_box(pod)))));
    let copied = measure(|| drop(black_box(plan.draft().clone())));
    (made.count_total, copied.count_total)
}

/// Bytes that a pod may take which the simulator holds, with its part of the journal.
#[cfg(feature = "sim")]
const HELD: i64 = 2048;

#[cfg(feature = "sim")]
#[test]
fn a_pod_that_the_simulator_holds_takes_little() {
    use eci_sdk::model::api::{Container, CreateContainerGroup, Operation};
    use eci_sdk::sim::{Rates, World, WorldSettings};

    const PODS: i64 = 3_000;
    let run = || {
        let range = "10.0.0.0/16".parse().expect("a range");
        let vswitch = "vsw-h".parse().expect("an id");
        let mut settings = WorldSettings::default().vswitch(vswitch, None, range);
        settings.rates = Rates::Unlimited;
        let mut world = World::new(settings);
        for number in 0..PODS {
            let container = Container {
                name: "main".into(),
                image: "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4".into(),
                ..Default::default()
            };
            let request = CreateContainerGroup {
                region_id: "cn-hangzhou".into(),
                container_group_name: format!("web-{number}"),
                client_token: Some(format!("uid-{number}")),
                vswitch_id: Some("vsw-h".into()),
                container: vec![container],
                ..Default::default()
            };
            world.apply(&Operation::from(request)).expect("accepted");
        }
        drop(world.advance(world.now() + std::time::Duration::from_secs(120)));
        world
    };
    let held = measure(|| std::mem::forget(black_box(run()))).bytes_current / PODS;
    assert!(held <= HELD, "{held} bytes a pod");
}

#[test]
fn a_plan_allocates_little_beside_its_request() {
    let (plan, request) = counted(&typical());
    assert!(
        plan <= request + MOST,
        "{plan} allocations, {request} of them for the request"
    );
}

#[test]
fn more_containers_cost_what_their_part_of_the_request_costs() {
    let mut pod = typical();
    let spec = pod.spec.as_mut().expect("a specification");
    let first = spec.containers[0].clone();
    for number in spec.containers.len()..20 {
        let mut container = first.clone();
        container.name = format!("more-{number}");
        // Ports of a pod are taken once.
        container.ports = None;
        (
            container.liveness_probe,
            container.readiness_probe,
            container.startup_probe,
        ) = (None, None, None);
        spec.containers.push(container);
    }
    let (plan, request) = counted(&pod);
    assert!(
        plan <= request + MOST + 20,
        "{plan} allocations, {request} of them for the request"
    );
}
