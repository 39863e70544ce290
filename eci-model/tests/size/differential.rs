//! Generated pods: the crate and the literal reading of the pages come to the same.
//!
//! Ten thousand of them, or as many as `ECI_CASES` says.

use eci_model::settings::ComputeCategory;
use eci_model::spec::{Size, SpecItem};
use eci_model::{Decided, Edition, Region};
use serde_json::{Map, Value, json};

use crate::pods::{Case, Owner};
use crate::reference::{self, Answer, Choices, Pair};

#[test]
fn the_crate_and_the_literal_reading_agree() {
    let cases = std::env::var("ECI_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(10_000);
    let mut dice = Dice(0x5eed);
    for number in 0..cases {
        let (pod, finer, choices) = generate(&mut dice);
        let expected = reference::size(&pod, finer, choices);
        let found = by_the_crate(&pod, finer, choices);
        assert_eq!(
            found, expected,
            "case {number}, finer grid {finer}, {choices:?}: {pod:#}"
        );
    }
}

fn by_the_crate(pod: &Value, finer: bool, choices: Choices) -> Answer {
    let region: Region = if finer { "cn-chengdu" } else { "eu-central-1" }
        .parse()
        .expect("a region");
    let annotations = pod["metadata"]["annotations"].as_object().cloned().unwrap_or_default();
    let mut case = Case {
        spec: pod["spec"].clone(),
        annotations: annotations
            .into_iter()
            .map(|(key, value)| (key, value.as_str().expect("a text").to_owned()))
            .collect(),
        policies: eci_model::Policies::default(),
        region: Some(region),
        edition: Edition::Ack,
        prices: None,
        owner: Owner::Pod,
    };
    let choice = |yes: bool, name, choice, case: Case| if yes { case.policy(name, choice) } else { case };
    case = case.policy("Rounding", ["VcpuFirst", "LeastPrice", "Nearest"][choices.rounding]);
    case = choice(choices.rule_of_2021, "SizingInputs", "Rule2021", case);
    case = choice(!choices.init_counts, "InitSizing", "Ignore", case);
    case = choice(choices.small_spot_refused, "SpotSmall", "Refuse", case);
    let (sizing, _) = case.size();

    let pair = |size: Size| -> Pair { (size.cpu.milli(), size.memory.bytes() >> 20) };
    let plain = |item: &SpecItem| match item {
        SpecItem::Size(size) => Ok(pair(*size)),
        other => Err(other.to_string()),
    };
    assert_eq!(sizing.billed.as_ref().map(Decided::value), sizing.candidates.first());
    Answer {
        asked: sizing.asked.value().iter().map(plain).collect(),
        tries: sizing
            .candidates
            .iter()
            .map(|candidate| (plain(&candidate.item), candidate.category.map(ComputeCategory::name)))
            .collect(),
        mode: sizing.mode.map(|mode| match mode.value().to_string().as_str() {
            "by size" => "size",
            "by ECS type" => "type",
            "spot" => "spot",
            other => panic!("no mode {other}"),
        }),
        extra_gib: sizing.extra_storage.value().0.into(),
    }
}

fn generate(dice: &mut Dice) -> (Value, bool, Choices) {
    let choices = Choices {
        rounding: dice.below(3),
        rule_of_2021: dice.one_in(6),
        init_counts: !dice.one_in(4),
        small_spot_refused: dice.one_in(4),
    };
    let large = dice.one_in(8);
    let containers: Vec<Value> = (0..=dice.below(3)).map(|_| container(dice, large)).collect();
    let mut spec = json!({ "containers": containers });
    if dice.one_in(3) {
        let init: Vec<Value> = (0..=dice.below(2))
            .map(|_| {
                let mut container = container(dice, large);
                if dice.one_in(3) {
                    container["restartPolicy"] = "Always".into();
                }
                container
            })
            .collect();
        spec["initContainers"] = init.into();
    }
    if dice.one_in(10) {
        spec["resources"] = resources(dice, large);
    }
    if dice.one_in(12) {
        spec["nodeSelector"] = json!({"kubernetes.io/arch": dice.of(&["arm64", "amd64"])});
    }
    (
        json!({"metadata": {"annotations": annotations(dice)}, "spec": spec}),
        dice.one_in(2),
        choices,
    )
}

fn annotations(dice: &mut Dice) -> Value {
    let mut all = Map::new();
    let mut set = |key: &str, value: String| all.insert(format!("k8s.aliyun.com/{key}"), value.into());
    if dice.one_in(4) {
        let items: Vec<String> = (0..=dice.below(4)).map(|_| item(dice)).collect();
        set("eci-use-specs", items.join(","));
    }
    if dice.one_in(5) {
        set("eci-spot-strategy", "SpotAsPriceGo".into());
    }
    if dice.one_in(8) {
        set("eci-instance-family", "ecs.c6,ecs.g6".into());
    }
    if dice.one_in(3) {
        set(
            "eci-compute-category",
            dice.of(&["economy", "general", "general,economy", "economy,general"])
                .into(),
        );
    }
    if dice.one_in(6) {
        set("eci-extra-ephemeral-storage", format!("{}Gi", dice.below(60)));
    }
    all.into()
}

fn item(dice: &mut Dice) -> String {
    if dice.one_in(4) {
        return dice
            .of(&["ecs.c6.large", "ecs.gn6i-c4g1.xlarge", "ecs.g8y.large"])
            .into();
    }
    let vcpu = dice.of(&[
        "0.25", "0.5", "0.7", "1", "2", "3", "4", "4.5", "6", "7", "8", "10", "16", "20", "50", "64", "70",
    ]);
    let gib = dice.of(&[
        "0.5", "1", "2", "3", "4", "7", "8", "9.5", "13", "16", "20", "32", "60", "100", "250", "512", "600",
    ]);
    format!("{vcpu}-{gib}Gi")
}

fn container(dice: &mut Dice, large: bool) -> Value {
    let mut container = json!({"name": "main"});
    if !dice.one_in(5) {
        container["resources"] = resources(dice, large);
    }
    if dice.one_in(7) {
        let value = dice.of(&["TRUE", "TRUE", "true", ""]);
        container["env"] =
            json!([{"name": "OTHER", "value": "TRUE"}, {"name": "__ECI_RESOURCE_IGNORE__", "value": value}]);
    }
    container
}

fn resources(dice: &mut Dice, large: bool) -> Value {
    let mut kinds = Map::new();
    for kind in ["limits", "requests"] {
        let mut amounts = Map::new();
        if dice.one_in(2) {
            let small = ["0", "100m", "250m", "500m", "0.75", "1", "1.5", "2", "3100m"];
            let cpu = if large {
                dice.of(&["4", "6500m", "11", "18", "33", "50"])
            } else {
                dice.of(&small)
            };
            amounts.insert("cpu".into(), cpu.into());
        }
        if dice.one_in(2) {
            let small = ["0", "64Mi", "512Mi", "0.5Gi", "1Gi", "1.5Gi", "2Gi", "3Gi", "6Gi"];
            let memory = if large {
                dice.of(&["8Gi", "13Gi", "50Gi", "97Gi", "200Gi"])
            } else {
                dice.of(&small)
            };
            amounts.insert("memory".into(), memory.into());
        }
        if dice.one_in(8) {
            amounts.insert("ephemeral-storage".into(), format!("{}Gi", dice.below(50)).into());
        }
        kinds.insert(kind.into(), amounts.into());
    }
    kinds.into()
}

/// A small generator of its own, so that a case is the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("small");
        usize::try_from(self.next() % end).expect("small")
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}
