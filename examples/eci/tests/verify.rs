//! `eci verify` and `eci cost` as a user types them.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use snapbox::cmd::{Command, cargo_bin};
use snapbox::{assert_data_eq, file};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn eci(arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let command = Command::new(cargo_bin!("eci")).current_dir(root()).args(arguments);
    let output = command.stdin(input).output().expect("it starts");
    (output.status.code(), String::from_utf8(output.stdout).expect("text"))
}

/// Running pods as an API server lists them.
fn running(pods: &[(&str, [&str; 2], &str)]) -> String {
    let pod = |(name, [cpu, memory], spec): &(&str, [&str; 2], &str)| -> Value {
        json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": name, "namespace": "shop", "uid": format!("uid-{name}"), "annotations": {
                "k8s.aliyun.com/eci-instance-id": "eci-2ze1y0la40qgva09abcd",
                "k8s.aliyun.com/eci-instance-spec": spec,
                "k8s.aliyun.com/eci-vswitch": "vsw-bp1xpiowfm5vo8o3c1h01",
            }},
            "spec": {"nodeName": "virtual-kubelet-cn-hangzhou-h", "containers": [
                {"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
                 "resources": {"limits": {"cpu": cpu, "memory": memory}}}]},
        })
    };
    json!({"apiVersion": "v1", "kind": "List", "items": pods.iter().map(pod).collect::<Vec<_>>()}).to_string()
}

const VERIFY: [&str; 4] = ["verify", "-", "--cluster", "examples/manifests/cluster"];

#[test]
fn pods_as_planned_are_counted() {
    let (code, text) = eci(&VERIFY, &running(&[("web", ["2", "4Gi"], "2.0-4.0Gi")]));
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(
        text,
        "1 running ECI pods · runs 1 of 1 · size 1 of 1 · vSwitch 1 of 1\n"
    );
}

#[test]
fn what_differs_is_shown_with_the_policy_that_explains_it() {
    let input = running(&[
        ("web", ["2", "4Gi"], "2.0-4.0Gi"),
        ("big-0", ["10", "60Gi"], "16.0-64.0Gi"),
        ("small", ["8", "65Gi"], "12.0-96.0Gi"),
    ]);
    let (code, text) = eci(&VERIFY, &input);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("Pod shop/big-0: size planned 12-96Gi, observed 16-64Gi"),
        "{text}"
    );
    assert!(
        text.contains("policy Rounding=LeastPrice agrees with all 3 about size"),
        "{text}"
    );
}

#[test]
fn the_report_names_nobody() {
    let arguments = [VERIFY.as_slice(), &["--report"]].concat();
    let (code, text) = eci(&arguments, &running(&[("big-0", ["10", "60Gi"], "16.0-64.0Gi")]));
    assert_eq!(code, Some(1));
    for name in ["shop", "big", "vsw-bp", "uid", "registry"] {
        assert!(!text.contains(name), "{name} in {text}");
    }
    let report: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["differing"][0]["planned"], "12-96Gi");
}

#[test]
fn cost_is_a_table_by_namespace_and_workload() {
    let (code, text) = eci(&["cost", "examples/manifests", "--run", "10m"], "");
    assert_eq!(code, Some(0), "{text}");
    assert_data_eq!(text, file!["golden/cost.txt"].raw());
}

#[test]
fn cost_is_data_too() {
    let arguments = [
        "cost",
        "examples/manifests/shop/api.yaml",
        "--cluster",
        "examples/manifests/cluster",
        "-o",
        "json",
    ];
    let (code, text) = eci(&arguments, "");
    assert_eq!(code, Some(0), "{text}");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let row = &report["workloads"][0];
    assert_eq!(
        (row["size"].as_str(), row["replicas"].as_u64()),
        (Some("4-6Gi"), Some(2))
    );
    assert_eq!(report["refused"], 0);
}
