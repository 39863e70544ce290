//! Annotations against the parser: reading and judging twelve of them, as a share of the time that reading a typical pod takes.
//!
//! Only ratios within one run mean anything; `cargo bench -p eci-annotations --bench twelve` prints them.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "printing ratios is what it does"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use eci_annotations::{Known, check, check_together, read};
use eci_model::policy::Policies;
use eci_model::{Edition, EffectivePod, Findings, Object, Overlay, Site};
use k8s_openapi::api::core::v1::Pod;

/// Rounds, of which the quickest counts: it is the one that other programs disturbed least.
const ROUNDS: usize = 101;
/// Calls a round.
const CALLS: u32 = 100;

const TWELVE: [(&str, &str); 12] = [
    ("k8s.aliyun.com/eci-use-specs", "2-4Gi,4-8Gi"),
    ("k8s.aliyun.com/eci-vswitch", "vsw-bp1xpiowfm5vo8o3cabcd"),
    ("k8s.aliyun.com/eci-security-group", "sg-bp1dktddjsg5nktvabcd"),
    ("k8s.aliyun.com/eci-spot-strategy", "SpotAsPriceGo"),
    ("k8s.aliyun.com/eci-spot-duration", "0"),
    ("k8s.aliyun.com/eci-instance-family", "ecs.c6,ecs.g6"),
    ("k8s.aliyun.com/eci-with-eip", "true"),
    ("k8s.aliyun.com/eip-bandwidth", "10"),
    ("k8s.aliyun.com/eci-max-pending-minute", "30"),
    ("k8s.aliyun.com/eci-extra-ephemeral-storage", "50Gi"),
    ("k8s.aliyun.com/eci-auto-imc", "true"),
    ("k8s.aliyun.com/eci-custom-tags", "env:test,name:alice"),
];

fn main() {
    let text = include_str!("../../eci-sdk/benches/pod.json");
    let pod: Pod = serde_json::from_str(text).expect("a pod");
    let view = Object::from(&pod).pod().expect("a pod");
    let map: BTreeMap<String, String> = TWELVE
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let bytes: usize = map.iter().map(|(key, value)| key.len() + value.len()).sum();
    let policies = Policies::default();
    let site = Site::new(Edition::Ack, &policies);
    let judge = || {
        let overlay = Overlay::of(Some(black_box(&map)));
        let mut findings = Findings::new();
        let settings = read(&view, overlay, &site, &mut findings);
        check(&view, overlay, Overlay::default(), &site, &[], &mut findings);
        let effective = EffectivePod::new(view, Overlay::default(), overlay, &settings);
        check_together(&effective, &site, &Known::default(), &mut findings);
        black_box(&settings);
        findings
    };
    assert!(judge().is_empty(), "twelve good annotations");

    let mut quickest = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        let parse = time(|| drop(black_box(serde_json::from_str::<Pod>(black_box(text)))));
        let judged = time(|| drop(black_box(judge())));
        quickest = [quickest[0].min(parse), quickest[1].min(judged)];
    }
    let [parse, judged] = quickest.map(|quickest| quickest.as_nanos());
    println!(
        "typical pod: {} bytes of JSON; 1 P is its typed parse, {parse} ns",
        text.len()
    );
    println!(
        "twelve annotations of {bytes} bytes: {judged} ns, {}.{:03} P",
        judged / parse,
        judged * 1000 / parse % 1000
    );
}

fn time(mut call: impl FnMut()) -> Duration {
    let began = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    began.elapsed() / CALLS
}
