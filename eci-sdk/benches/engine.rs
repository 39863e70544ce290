//! The engine against the parser: review and plan of a typical pod as shares of the time that reading the same pod takes.
//!
//! Only ratios within one run mean anything; `cargo bench -p eci-sdk --bench engine` prints them.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "printing ratios is what it does"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use eci_sdk::{Cluster, Edition, Planner};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};

/// Rounds, of which the median counts.
const ROUNDS: usize = 41;
/// Calls a round.
const CALLS: u32 = 200;

fn main() {
    let text = include_str!("pod.json");
    let pod: Pod = serde_json::from_str(text).expect("a pod");
    let profile: ConfigMap = serde_json::from_str(include_str!("eci-profile.json")).expect("a ConfigMap");
    let mut cluster = Cluster::new(Edition::Ack).in_region("cn-hangzhou".parse().expect("a region"));
    cluster.observe(&profile);
    let namespace: Namespace = serde_json::from_str(r#"{"metadata": {"name": "shop"}}"#).expect("a Namespace");
    cluster.observe(&namespace);
    let planner = Planner::new(cluster);
    assert!(planner.plan(&pod).is_ok(), "the typical pod is planned");
    // Without label and toleration a pod stays on real nodes, so that only routing is left of the review.
    let mut elsewhere = pod.clone();
    elsewhere.metadata.labels = None;
    if let Some(spec) = &mut elsewhere.spec {
        spec.tolerations = None;
    }

    let judge = planner.without_plans();

    let mut rounds: Vec<[Duration; 4]> = (0..ROUNDS)
        .map(|_| {
            let parse = time(|| drop(black_box(serde_json::from_str::<Pod>(black_box(text)))));
            let review = time(|| drop(black_box(judge.review(black_box(&pod)))));
            let plan = time(|| drop(black_box(planner.plan(black_box(&pod)))));
            let routed = time(|| drop(black_box(judge.review(black_box(&elsewhere)))));
            [parse, review, plan, routed]
        })
        .collect();
    let mut median = |index: usize| {
        rounds.sort_by_key(|round| round[index]);
        rounds[ROUNDS / 2][index].as_nanos()
    };
    let [parse, review, plan, routed] = [0, 1, 2, 3].map(&mut median);
    let share = |part: u128| format!("{}.{:03}", part / parse, part * 1000 / parse % 1000);
    println!("typical pod: {} bytes of JSON; 1 P is its typed parse", text.len());
    println!("review                    {} P, aim 0.15", share(review));
    println!("review and plan           {} P, aim 0.3", share(plan));
    println!("review of a pod elsewhere {} P", share(routed));
}

fn time(mut call: impl FnMut()) -> Duration {
    let began = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    began.elapsed() / CALLS
}
