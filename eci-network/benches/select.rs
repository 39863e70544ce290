//! Resolution among PodNetworkings: how its time grows with pods and with objects.
//!
//! Only ratios within one run mean anything; `cargo bench -p eci-network --bench select` prints them.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "printing ratios is what it does"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use eci_model::resource::PodNetworking;
use eci_model::{Edition, EffectivePod, Findings, Object, Overlay, Policies, Settings, Site};
use eci_network::{NetworkFacts, PodNetworkings, resolve};
use k8s_openapi::api::core::v1::Pod;

/// Rounds, of which the median counts.
const ROUNDS: usize = 9;

fn main() {
    let cases = [(1_000, 100), (10_000, 1), (10_000, 10), (10_000, 100), (10_000, 1_000)];
    let clusters = cases.map(|(pods, objects)| (labels(pods), objects_of(objects)));
    let mut rounds: Vec<[Duration; 5]> = (0..ROUNDS)
        .map(|_| clusters.each_ref().map(|(pods, objects)| time(pods, objects)))
        .collect();
    let median = |index: usize, rounds: &mut Vec<[Duration; 5]>| {
        rounds.sort_by_key(|round| round[index]);
        rounds[ROUNDS / 2][index].as_nanos().max(1)
    };
    let times: Vec<u128> = (0..cases.len()).map(|index| median(index, &mut rounds)).collect();
    let unit = times[3];
    println!("1 unit: 10000 pods against 100 PodNetworkings, each selected by a label of its own");
    for ((pods, objects), time) in cases.iter().zip(times) {
        let thousandths = time * 1000 / unit;
        println!(
            "{pods:>6} pods, {objects:>5} objects  {}.{:03}",
            thousandths / 1000,
            thousandths % 1000
        );
    }
}

/// Each pod has a label that one object of a hundred demands, and three that none does.
fn labels(pods: usize) -> Vec<BTreeMap<String, String>> {
    let of = |index: usize| {
        let label = |(key, value): (&str, String)| (key.to_owned(), value);
        let labels = [
            ("app", format!("app-{}", index % 500)),
            ("net", format!("n{}", index % 1_000)),
            ("team", format!("team-{}", index % 30)),
            ("version", format!("{}", index % 7)),
        ];
        labels.map(label).into()
    };
    (0..pods).map(of).collect()
}

fn objects_of(count: usize) -> PodNetworkings {
    let object = |index: usize| {
        let json = serde_json::json!({
            "metadata": {"name": format!("object-{index}")},
            "spec": {"selector": {"podSelector": {"matchLabels": {"net": format!("n{index}")}}},
                     "vSwitchOptions": ["vsw-bp1xpiowfm5vo8o3c1111"], "securityGroupIDs": ["sg-bp15ed6xe1yxeycg7o22"]},
        });
        serde_json::from_value::<PodNetworking>(json).expect("a PodNetworking")
    };
    (0..count).map(object).collect()
}

fn time(pods: &[BTreeMap<String, String>], objects: &PodNetworkings) -> Duration {
    let (pod, settings, policies) = (Pod::default(), Settings::default(), Policies::default());
    let view = Object::from(&pod).pod().expect("a Pod is one");
    let site = Site::new(Edition::AckServerless, &policies);
    let facts = NetworkFacts {
        pod_networkings: Some(objects),
        ..NetworkFacts::default()
    };
    let began = Instant::now();
    for labels in pods {
        let pod = EffectivePod::new(view, Overlay::of(Some(labels)), Overlay::default(), &settings);
        drop(black_box(resolve(
            black_box(&pod),
            None,
            &facts,
            &site,
            &mut Findings::new(),
        )));
    }
    began.elapsed()
}
