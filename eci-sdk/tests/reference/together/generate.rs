//! Pods with many annotations and switches, each value good by itself.

use serde_json::{Map, Value, json};

use crate::dice::Dice;

const VALUES: &[(&str, &[&str])] = &[
    (
        "k8s.aliyun.com/eci-use-specs",
        &[
            "2-4Gi",
            "2-4Gi,ecs.c6.large",
            "ecs.c6.large",
            "ecs.g8y.large,ecs.c8y.large",
        ],
    ),
    ("k8s.aliyun.com/eci-vswitch", &["vsw-bp1xpiowfm5vo8o3c1h01"]),
    (
        "k8s.aliyun.com/eci-schedule-strategy",
        &["VSwitchOrdered", "VSwitchRandom"],
    ),
    (
        "k8s.aliyun.com/eci-instance-family",
        &["ecs.c6,ecs.g6", "-ecs.c6,-ecs.c5", "-ecs.c6,ecs.g6"],
    ),
    ("k8s.aliyun.com/eci-instance-generation", &["6,5", "-5", "6,-5"]),
    (
        "k8s.aliyun.com/eci-compute-category",
        &["economy", "general", "economy,general"],
    ),
    (
        "k8s.aliyun.com/eci-spot-strategy",
        &["SpotWithPriceLimit", "SpotAsPriceGo"],
    ),
    ("k8s.aliyun.com/eci-spot-price-limit", &["0.5"]),
    ("k8s.aliyun.com/eci-spot-duration", &["0", "1"]),
    ("k8s.aliyun.com/eci-spot-fallback", &["true"]),
    ("k8s.aliyun.com/eci-spot-release-strategy", &["api-evict"]),
    ("k8s.aliyun.com/eci-privatepool-matchcriteria", &["Open", "Target"]),
    ("k8s.aliyun.com/eci-privatepool-id", &["eap-2ze1g68k2melxkklabcd"]),
    (
        "k8s.aliyun.com/eci-fail-strategy",
        &["fail-back", "fail-over", "fail-fast"],
    ),
    ("k8s.aliyun.com/eci-reschedule-enable", &["true", "false"]),
    ("k8s.aliyun.com/pod-fail-on-create-err", &["true", "false"]),
    ("k8s.aliyun.com/eci-max-pending-minute", &["30"]),
    (
        "k8s.aliyun.com/eci-custom-hosts",
        &[r#"[{"host":"db","ip":"10.0.0.9"},{"host":"web","ip":"10.0.0.8"}]"#],
    ),
    ("k8s.aliyun.com/eci-custom-tags", &["env:test"]),
    ("k8s.aliyun.com/eci-ram-role-name", &["AliyunECIContainerGroupRole"]),
    ("k8s.aliyun.com/eci-cpu-option-core", &["2"]),
    ("k8s.aliyun.com/eci-resource-group-id", &["rg-aek2z3elfs41234"]),
    ("k8s.aliyun.com/eci-instance-type", &["ecs.c6.large"]),
    ("k8s.aliyun.com/eci-docker-build-enable", &["true"]),
    ("k8s.aliyun.com/eci-auto-imc", &["true", "false"]),
    ("k8s.aliyun.com/eci-image-cache", &["true", "false"]),
    ("k8s.aliyun.com/eci-imc-id", &["imc-2zebxkiifuyzzlhlabcd"]),
    (
        "k8s.aliyun.com/eci-image-snapshot-id",
        &["imc-2zebxkiifuyzzlhlabcd", "imc-2zebxkiifuyzzlhlabcf"],
    ),
    ("k8s.aliyun.com/imc-perfect-match", &["true", "false"]),
    ("k8s.aliyun.com/imc-match-count-request", &["1", "2", "4"]),
    (
        "k8s.aliyun.com/acr-service-arns",
        &["acs:ram::1609982529000000:role/assume"],
    ),
    (
        "k8s.aliyun.com/acr-user-arns",
        &["acs:ram::1298452580000000:role/role-acr"],
    ),
    ("k8s.aliyun.com/eci-data-cache-bucket", &["default"]),
    ("k8s.aliyun.com/eci-data-cache-pl", &["PL1"]),
    ("k8s.aliyun.com/eci-data-cache-provisionedIops", &["0", "15000"]),
    ("k8s.aliyun.com/eci-data-cache-burstingEnabled", &["true", "false"]),
    ("k8s.aliyun.com/eci-eip-instanceid", &["eip-bp1q5n8cq4p7f6dzuabcd"]),
    ("k8s.aliyun.com/eci-with-eip", &["true", "false"]),
    ("k8s.aliyun.com/eip-bandwidth", &["5"]),
    ("k8s.aliyun.com/eip-isp", &["BGP"]),
    ("k8s.aliyun.com/eip-internet-charge-type", &["PayByTraffic"]),
    (
        "k8s.aliyun.com/eip-common-bandwidth-package-id",
        &["cbwp-2zeukbj916scmj51mabcd"],
    ),
    ("k8s.aliyun.com/eci-enable-ipv6", &["true", "false"]),
    ("k8s.aliyun.com/eci-ipv6-count", &["1"]),
    ("k8s.aliyun.com/eci-ipv6-bandwidth-enable", &["true", "false"]),
    ("k8s.aliyun.com/eci-ipv6-bandwidth", &["100M"]),
    ("k8s.aliyun.com/eci-fixed-ip", &["true", "false"]),
    ("k8s.aliyun.com/eci-fixed-ip-retain-hour", &["24"]),
    ("kubernetes.io/ingress-bandwidth", &["40M"]),
    (
        "k8s.aliyun.com/eci-custom-dnsconfig",
        &[r#"{"nameservers":"10.0.0.1"}"#],
    ),
    ("k8s.aliyun.com/eci-dns-config", &[r#"{"nameservers":["10.0.0.1"]}"#]),
    (
        "k8s.aliyun.com/eci-ephemeral-storage-options",
        &[r#"{"encrypted":"true"}"#, r#"{"encrypted":"false"}"#],
    ),
    (
        "k8s.aliyun.com/eci-core-pattern",
        &["/data/dump/core", "pod/dump/core", "core.%p"],
    ),
    ("alibabacloud.com/burst-resource", &["eci", "eci_only"]),
];

pub(super) fn pod(dice: &mut Dice) -> Value {
    let often = dice.of(&[4, 8, 20]);
    let mut annotations = Map::new();
    for (key, values) in VALUES {
        if dice.one_in(often) {
            annotations.insert((*key).to_owned(), dice.of(values).into());
        }
    }
    let containers: Vec<Value> = (0..=dice.below(2)).map(|index| container(index, dice)).collect();
    let mut spec = json!({
        "containers": containers,
        "volumes": [{"name": "scratch", "emptyDir": {}}, {"name": "config", "configMap": {"name": "c"}}],
    });
    if dice.one_in(4) {
        spec["initContainers"] = json!([container(7, dice)]);
    }
    if dice.one_in(3) {
        spec["dnsPolicy"] = dice.of(&["Default", "ClusterFirst", "None"]).into();
        if spec["dnsPolicy"] == "None" {
            spec["dnsConfig"] = json!({"nameservers": ["10.0.0.10"]});
        }
    }
    if dice.one_in(3) {
        spec["hostAliases"] = json!([{"ip": dice.of(&["10.0.0.9", "10.0.0.7"]), "hostnames": ["cache", "db"]}]);
    }
    if dice.one_in(8) {
        spec["nodeSelector"] = json!({"kubernetes.io/arch": dice.of(&["arm64", "amd64"])});
    }
    if dice.one_in(4) {
        let volumes = spec["volumes"].as_array_mut().expect("a list");
        volumes.push(json!({"name": "cache", "hostPath": {"path": "/models"}}));
    }
    let mut labels = json!({"app": "web", "alibabacloud.com/eci": "true"});
    if dice.one_in(10) {
        labels["alibabacloud.com/fluid-sidecar-target"] = "eci".into();
    }
    json!({"metadata": {"name": "web", "labels": labels, "annotations": annotations}, "spec": spec})
}

fn container(index: usize, dice: &mut Dice) -> Value {
    let mut env = Vec::new();
    let switches: &[(&str, &[&str])] = &[
        ("__ECI_RESOURCE_IGNORE__", &["TRUE", "true"]),
        ("ECI_CONTAINER_TYPE", &["sidecar", "sidecar", "normal", "Sidecar"]),
        ("ECI_CONTAINER_IGNORE_EXIT_CODE", &["true", "false", "yes"]),
        ("ECI_CONTAINER_IGNORE_READY", &["true", "1"]),
        ("ECI_CONTAINER_LAUNCH_PRIORITY", &["10", "-5", "1000", "1001", "high"]),
        ("ECI_CONTAINER_EXIT_PRIORITY", &["10", "-1000"]),
        ("ECI_CONTAINER_IGNORE_RESOURCE", &["true"]),
        ("ECI_CONTAINER_TYP", &["sidecar"]),
        ("eci_container_ignore_ready", &["true"]),
        ("PLAIN", &["x"]),
        ("aliyun_logs_web", &["stdout", "/log/web/*.log", "/data/*.log"]),
        ("aliyun_logs_web_shard", &["2", "11", "0", "two"]),
        ("aliyun_logs_web_ttl", &["30", "3651"]),
        ("aliyun_logs_access-log", &["stdout-only"]),
        ("aliyun_logs_access-log_project", &["p"]),
        ("aliyun_logs_Upper", &["stdout"]),
    ];
    for (name, values) in switches {
        if dice.one_in(10) {
            env.push(json!({"name": name, "value": dice.of(values)}));
        }
    }
    let mut container = json!({
        "name": format!("c{index}"),
        "image": dice.of(&["reg.example.com/shop/web:1.4", "reg.example.com/shop/proxy:2.0"]),
        "env": env,
    });
    if dice.one_in(2) {
        let path = dice.of(&["/data", "/data/dump", "/log", "/pod/", "/log/web"]);
        container["volumeMounts"] = json!([{"name": dice.of(&["scratch", "config"]), "mountPath": path}]);
    }
    if index != 7 && dice.one_in(2) {
        container["readinessProbe"] = json!({"tcpSocket": {"port": 80}});
    }
    container
}
