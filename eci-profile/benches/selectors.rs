//! One pod against a thousand selectors, as a share of the time that reading the same pod takes: at most 1.
//!
//! The printed ratio is of one run; `cargo bench -p eci-profile` shows it and the two times.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "printing ratios is what it does"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use eci_model::policy::Policies;
use eci_model::{Edition, Object, Site};
use eci_profile::{Profile, RouteFacts, route};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};
use serde_json::json;

/// The typical pod of the engine's benchmark.
const POD: &str = include_str!("../../eci-sdk/benches/pod.json");
const SELECTORS: usize = 1000;
const ROUNDS: usize = 41;
const CALLS: u32 = 200;

fn main() {
    let bench = Bench::new();
    assert_eq!(bench.matched(), 2, "one selector by label and one by expression match");
    let mut ratios: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let parse = time(|| drop(black_box(serde_json::from_str::<Pod>(black_box(POD)))));
            let routed = time(|| {
                black_box(bench.matched());
            });
            routed.as_nanos() * 1000 / parse.as_nanos().max(1)
        })
        .collect();
    ratios.sort_unstable();
    let median = ratios[ROUNDS / 2];
    println!(
        "one pod against {SELECTORS} selectors: {}.{:03} P, where 1 P is its typed parse",
        median / 1000,
        median % 1000
    );
    assert!(median <= 1000, "more than the parse");
    divan::main();
}

#[divan::bench]
fn parse() -> Pod {
    serde_json::from_str(black_box(POD)).expect("a pod")
}

#[divan::bench]
fn route_against_a_thousand_selectors(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    bencher.bench_local(|| bench.matched());
}

struct Bench {
    profile: Profile,
    pod: Pod,
    namespace: BTreeMap<String, String>,
    policies: Policies,
}

impl Bench {
    fn new() -> Self {
        let selector = |number: usize| match number % 4 {
            0 => {
                json!({"name": format!("s{number}"), "objectSelector": {"matchLabels": {"app": format!("app-{number}")}},
                        "effect": {"annotations": {"k8s.aliyun.com/eci-ntp-server": "100.100.5.1"}}})
            }
            1 => {
                json!({"name": format!("s{number}"), "namespaceSelector": {"matchLabels": {"team": format!("team-{number}")}},
                        "objectSelector": {"matchLabels": {"app": "web"}}})
            }
            2 => {
                json!({"name": format!("s{number}"), "objectSelector": {"matchLabels": {"app": "web", "shard": format!("{number}")}}})
            }
            _ => json!({"name": format!("s{number}"), "objectSelector": {"matchExpressions": [
                        {"key": "app", "operator": "In", "values": [format!("app-{number}")]}]}}),
        };
        let mut selectors: Vec<serde_json::Value> = (0..SELECTORS).map(selector).collect();
        selectors[500] = json!({"name": "by-label", "objectSelector": {"matchLabels": {"tier": "burst"}}});
        selectors[700] = json!({"name": "by-expression", "objectSelector": {"matchExpressions": [{"key": "tier", "operator": "Exists"}]}});
        let mut config_map = ConfigMap::default();
        config_map.metadata.name = Some(Profile::NAME.to_owned());
        config_map.metadata.namespace = Some(Profile::NAMESPACE.to_owned());
        config_map.data = Some(BTreeMap::from([(
            "selectors".to_owned(),
            serde_json::Value::from(selectors).to_string(),
        )]));
        let policies = Policies::default();
        let (profile, findings) = Profile::read(&config_map, &Site::new(Edition::Ack, &policies));
        assert!(!findings.has_errors());
        Self {
            profile: profile.expect("a profile"),
            pod: serde_json::from_str(POD).expect("a pod"),
            namespace: BTreeMap::from([("team".to_owned(), "team-7".to_owned())]),
            policies,
        }
    }

    /// How many selectors match the pod.
    fn matched(&self) -> usize {
        let mut facts = RouteFacts::new(Edition::Ack, &self.policies);
        (facts.profile, facts.namespace) = (Some(&self.profile), Some(&self.namespace));
        let view = Object::from(&self.pod).pod().expect("a pod");
        route(&view, &facts).matched().len()
    }
}

fn time(mut call: impl FnMut()) -> Duration {
    let began = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    began.elapsed() / CALLS
}
