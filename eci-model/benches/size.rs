//! Sizing against the parser: what sizing a typical pod costs, as a share of the time that reading the same pod takes.
//!
//! Only ratios within one run mean anything; `cargo bench -p eci-model --bench size` prints them.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "printing ratios is what it does"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use eci_model::billing::Prices;
use eci_model::{Edition, EffectivePod, Findings, Object, Overlay, Policies, Region, Settings, Site, spec};
use k8s_openapi::api::core::v1::Pod;

/// Rounds, of which the median counts.
const ROUNDS: usize = 41;
/// Calls a round.
const CALLS: u32 = 500;

/// On the grid, and off it with everything there is to say about that.
const PODS: [(&str, &str); 2] = [
    ("a size of the grid", r#"{"cpu": "1500m", "memory": "3Gi"}"#),
    ("a size off the grid", r#"{"cpu": "3750m", "memory": "7680Mi"}"#),
];

fn main() {
    for (what, limits) in PODS {
        let text = typical(limits);
        let pod: Pod = serde_json::from_str(&text).expect("a pod");
        let (settings, policies, prices) = (Settings::default(), Policies::default(), Prices::default());
        let region: Region = "cn-hangzhou".parse().expect("a region");
        let view = Object::from(&pod).pod().expect("a Pod is one");
        let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
        let site = Site::new(Edition::Ack, &policies).in_region(Some(&region));

        let mut rounds: Vec<[Duration; 2]> = (0..ROUNDS)
            .map(|_| {
                let parse = time(|| drop(black_box(serde_json::from_str::<Pod>(black_box(&text)))));
                let size = time(|| {
                    let mut findings = Findings::new();
                    drop(black_box(spec::size(
                        black_box(&pod),
                        &site,
                        Some(&prices),
                        &mut findings,
                    )));
                });
                [parse, size]
            })
            .collect();
        let mut median = |index: usize| {
            rounds.sort_by_key(|round| round[index]);
            rounds[ROUNDS / 2][index].as_nanos()
        };
        let (parse, size) = (median(0), median(1));
        let thousandths = size * 1000 / parse;
        println!(
            "{what:<20} {}.{:03} P of {} bytes",
            thousandths / 1000,
            thousandths % 1000,
            text.len()
        );
    }
}

/// A web server with a proxy, probes, variables and volumes; the proxy asks for 0.5 vCPU 1 GiB.
fn typical(limits: &str) -> String {
    let probe = r#"{"httpGet": {"path": "/healthz", "port": "http"}, "periodSeconds": 5, "failureThreshold": 3}"#;
    format!(
        r#"{{"apiVersion": "v1", "kind": "Pod",
        "metadata": {{"name": "web-7d9c5b8f6-x2x4q", "namespace": "shop", "labels": {{"app": "web", "alibabacloud.com/eci": "true"}}}},
        "spec": {{"serviceAccountName": "web", "restartPolicy": "Always", "terminationGracePeriodSeconds": 30,
            "securityContext": {{"runAsUser": 1000, "runAsNonRoot": true}},
            "containers": [
                {{"name": "web", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4", "ports": [{{"name": "http", "containerPort": 8080}}],
                    "env": [{{"name": "MODE", "value": "production"}}, {{"name": "POD", "valueFrom": {{"fieldRef": {{"fieldPath": "metadata.name"}}}}}}],
                    "envFrom": [{{"configMapRef": {{"name": "web"}}}}], "resources": {{"limits": {limits}, "requests": {limits}}},
                    "livenessProbe": {probe}, "readinessProbe": {probe},
                    "volumeMounts": [{{"name": "config", "mountPath": "/etc/web"}}, {{"name": "scratch", "mountPath": "/tmp"}}]}},
                {{"name": "proxy", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/proxy:2.0", "ports": [{{"containerPort": 15001}}],
                    "resources": {{"limits": {{"cpu": "500m", "memory": "1Gi"}}}}, "volumeMounts": [{{"name": "certs", "mountPath": "/certs", "readOnly": true}}]}}],
            "volumes": [{{"name": "config", "configMap": {{"name": "web"}}}}, {{"name": "scratch", "emptyDir": {{}}}},
                {{"name": "certs", "secret": {{"secretName": "proxy"}}}}]}}}}"#
    )
}

fn time(mut call: impl FnMut()) -> Duration {
    let began = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    began.elapsed() / CALLS
}
