//! Pods with every input of sizing.

use serde_json::{Map, Value, json};

use super::Choices;
use crate::dice::Dice;

pub(super) fn choices(dice: &mut Dice) -> Choices {
    Choices {
        rounding: if dice.one_in(2) { 0 } else { dice.below(3) },
        rule_of_2021: dice.one_in(8),
        init_counts: !dice.one_in(5),
        small_spot_refused: dice.one_in(5),
    }
}

pub(super) fn pod(dice: &mut Dice) -> Value {
    let large = dice.one_in(8);
    let gpu = dice.one_in(6);
    let containers: Vec<Value> = (0..=dice.below(3))
        .map(|index| container(index, large, gpu, dice))
        .collect();
    let mut spec = json!({ "containers": containers });
    if dice.one_in(3) {
        spec["initContainers"] = json!([container(7, large, false, dice)]);
    }
    if dice.one_in(12) {
        spec["resources"] = resources(large, dice);
    }
    if dice.one_in(12) {
        spec["nodeSelector"] = json!({"kubernetes.io/arch": "amd64"});
    }
    if dice.one_in(6) {
        let medium = dice.of(&["LocalRaid0", "Memory", ""]);
        spec["volumes"] = json!([{"name": "scratch", "emptyDir": {"medium": medium}}]);
    }
    json!({
        "metadata": {"name": "web", "uid": "u", "labels": {"alibabacloud.com/eci": "true"}, "annotations": annotations(gpu, dice)},
        "spec": spec,
    })
}

fn annotations(gpu: bool, dice: &mut Dice) -> Value {
    let mut all = Map::new();
    let mut set = |key: &str, value: String| all.insert(format!("k8s.aliyun.com/{key}"), value.into());
    if dice.one_in(3) || (gpu && !dice.one_in(3)) {
        let count = 1 + dice.below(3);
        set("eci-use-specs", dice.list(count, |dice| item(gpu, dice)));
    }
    if dice.one_in(8) {
        set("eci-spot-strategy", "SpotAsPriceGo".into());
    }
    if dice.one_in(10) {
        set("eci-instance-family", "ecs.c6,ecs.g6".into());
    }
    if dice.one_in(6) {
        set(
            "eci-compute-category",
            dice.of(&["economy", "general", "general,economy"]).into(),
        );
    }
    if dice.one_in(6) {
        set("eci-extra-ephemeral-storage", format!("{}Gi", dice.below(60)));
    }
    if dice.one_in(8) {
        set(
            "eci-gpu-driver-version",
            dice.of(&["tesla=535", "tesla=525", "tesla=470"]).into(),
        );
    }
    all.into()
}

fn item(gpu: bool, dice: &mut Dice) -> String {
    if gpu && !dice.one_in(8) {
        return dice.of(&["ecs.gn6i-c4g1.xlarge", "ecs.gn6i-c8g1.2xlarge"]).to_owned();
    }
    if dice.one_in(4) {
        let types = [
            "ecs.c6.large",
            "ecs.g6.2xlarge",
            "ecs.g8y.large",
            "ecs.i2.xlarge",
            "ecs.zz9.large",
            "ecs.t5.large",
        ];
        return dice.of(&types).to_owned();
    }
    let vcpu = dice.of(&["0.25", "0.5", "1", "2", "3", "4", "6", "8", "10", "50", "64", "70"]);
    let gib = dice.of(&[
        "0.5", "1", "2", "3", "4", "8", "9.5", "13", "16", "32", "60", "250", "512", "600",
    ]);
    format!("{vcpu}-{gib}Gi")
}

fn container(index: usize, large: bool, gpu: bool, dice: &mut Dice) -> Value {
    let mut container = json!({"name": format!("c{index}"), "image": "reg.example.com/shop/web:1.4"});
    if !dice.one_in(4) {
        container["resources"] = resources(large, dice);
    }
    if gpu && dice.one_in(2) {
        container["resources"]["limits"]["nvidia.com/gpu"] = dice.of(&["1", "1", "2", "0"]).into();
    }
    if dice.one_in(7) {
        container["env"] = json!([{"name": "__ECI_RESOURCE_IGNORE__", "value": "TRUE"}]);
    }
    container
}

fn resources(large: bool, dice: &mut Dice) -> Value {
    let mut kinds = Map::new();
    let (cpu, memory): (&[&str], &[&str]) = if large {
        (
            &["4", "6500m", "11", "18", "33", "50"],
            &["8Gi", "13Gi", "50Gi", "97Gi", "200Gi"],
        )
    } else {
        (
            &["100m", "250m", "500m", "0.75", "1", "1.5", "2", "3100m"],
            &["64Mi", "512Mi", "1Gi", "1.5Gi", "2Gi", "3Gi", "6Gi"],
        )
    };
    // Requests are never above limits, as Kubernetes asks: both are written, or one of them.
    let which = dice.below(4);
    for kind in ["limits", "requests"] {
        if (which == 0 && kind == "limits") || (which == 1 && kind == "requests") {
            continue;
        }
        let mut amounts = Map::new();
        if !dice.one_in(4) {
            amounts.insert("cpu".into(), dice.of(cpu).into());
        }
        if !dice.one_in(4) {
            amounts.insert("memory".into(), dice.of(memory).into());
        }
        if dice.one_in(8) {
            amounts.insert("ephemeral-storage".into(), format!("{}Gi", dice.below(50)).into());
        }
        kinds.insert(kind.into(), amounts.into());
    }
    kinds.into()
}
