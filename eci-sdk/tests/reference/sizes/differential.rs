//! Whole pods: the same sizes are tried, at the same price, and the same is said.

use std::collections::BTreeSet;

use eci_sdk::model::settings::ComputeCategory;
use eci_sdk::model::spec::{Sizing, SpecItem};
use eci_sdk::{Cluster, Edition, Plan, Planner, Policies, Severity, rule};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};
use serde_json::{Value, json};

use super::{Answer, Choices, generate, reading, rules};
use crate::dice::{Difference, cases, odd_rule};

/// The rules of this part: all others are judged elsewhere.
const PART: [&str; 21] = [
    "specs-mixed-kinds",
    "spec-family-retired",
    "spec-family-unknown",
    "filter-needs-size",
    "filter-bills-by-type",
    "local-disk-not-used",
    "local-disk-type-missing",
    "gpu-count-missing",
    "gpu-type-missing",
    "gpu-count-over-type",
    "gpu-shared",
    "gpu-driver-without-gpu",
    "gpu-driver-version",
    "resource-ignored",
    "resource-ignored-all",
    "size-default",
    "size-one-sided",
    "size-mixed",
    "size-too-large",
    "spot-too-small",
    "category-economy-large",
];

#[test]
fn whole_pods_are_sized_alike() {
    for name in PART {
        assert!(rule(name).is_some(), "no rule {name}");
    }
    cases("sizes", |dice| {
        let pod = generate::pod(dice);
        let (finer, choices) = (dice.one_in(2), generate::choices(dice));
        let review = planner(finer, choices).review(&typed(&pod));
        let answer = reading::size(&pod, finer, choices);
        let sized = rules::Sized {
            pod: &pod,
            answer: &answer,
            finer,
            choices,
        };
        let expected = sized.fired();
        let found: BTreeSet<&str> = review.findings.iter().map(|finding| finding.rule().name()).collect();
        let found: BTreeSet<&str> = PART.into_iter().filter(|name| found.contains(name)).collect();
        let case = format!("finer grid {finer}, {choices:?}: {pod}");
        if found != expected {
            return Some(Difference {
                kind: odd_rule(&found, &expected),
                case,
                found: format!("{found:?}"),
                expected: format!("{expected:?}"),
            });
        }
        let refused = review
            .findings
            .iter()
            .any(|finding| finding.severity() == Severity::Error);
        let planned = review
            .plan
            .as_ref()
            .map(|plan| (of_the_plan(plan.sizing()), price(plan.price()), sent(plan)));
        let expected = (!refused).then(|| {
            let (price, sent) = (cost(&answer), parameters(&answer));
            (answer, price, sent)
        });
        (planned != expected).then(|| Difference {
            kind: "sizes and prices".to_owned(),
            case,
            found: format!("{planned:?}"),
            expected: format!("{expected:?}"),
        })
    });
}

fn typed(pod: &Value) -> Pod {
    serde_json::from_value(pod.clone()).expect("a pod")
}

fn planner(finer: bool, choices: Choices) -> Planner {
    let region = if finer { "cn-chengdu" } else { "eu-central-1" };
    let mut policies = Policies::default();
    let mut choose = |name: &str, choice: &str| policies.set(name, choice).expect("a policy");
    choose("Rounding", ["VcpuFirst", "LeastPrice", "Nearest"][choices.rounding]);
    choose(
        "SizingInputs",
        if choices.rule_of_2021 {
            "Rule2021"
        } else {
            "LimitElseRequestElseZero"
        },
    );
    choose("InitSizing", if choices.init_counts { "Max" } else { "Ignore" });
    choose(
        "SpotSmall",
        if choices.small_spot_refused {
            "Refuse"
        } else {
            "RoundUp"
        },
    );
    let profile: ConfigMap = serde_json::from_value(json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    }))
    .expect("a ConfigMap");
    let mut cluster = Cluster::new(Edition::AckServerless)
        .in_region(region.parse().expect("a region"))
        .with_policies(policies);
    cluster.observe(&profile);
    Planner::new(cluster)
}

fn of_the_plan(sizing: &Sizing) -> Answer {
    let plain = |item: &SpecItem| match item {
        SpecItem::Size(size) => Ok((size.cpu.milli(), size.memory.bytes() >> 20)),
        other => Err(other.to_string()),
    };
    let tries = sizing.candidates.iter();
    Answer {
        asked: sizing.asked.value().iter().map(plain).collect(),
        tries: tries
            .map(|one| (plain(&one.item), one.category.map(ComputeCategory::name)))
            .collect(),
        mode: sizing
            .mode
            .as_ref()
            .map(|mode| match mode.value().to_string().as_str() {
                "by size" => "size",
                "by ECS type" => "type",
                "spot" => "spot",
                other => panic!("no mode {other}"),
            }),
        extra_gib: sizing.extra_storage.value().0.into(),
    }
}

/// The parameters that name what is tried.
fn sent(plan: &Plan) -> Vec<String> {
    let named = |name: &str| ["Cpu", "InstanceType", "Memory"].contains(&name);
    let all = plan
        .operation()
        .to_parameters()
        .into_iter()
        .filter(|(name, _)| named(name));
    let mut all: Vec<String> = all.map(|(name, value)| format!("{name}={value}")).collect();
    all.sort();
    all
}

/// One size goes out as vCPU and GiB, everything else as one text, in order.
fn parameters(answer: &Answer) -> Vec<String> {
    let decimal = |thousandths: u64| {
        let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let gib = |mib: u64| decimal(mib * 1000 / 1024);
    let mut specs: Vec<&Result<(u64, u64), String>> = Vec::new();
    for (spec, _) in &answer.tries {
        if !specs.contains(&spec) {
            specs.push(spec);
        }
    }
    match specs[..] {
        [] => Vec::new(),
        [Ok((milli, mib))] => vec![format!("Cpu={}", decimal(*milli)), format!("Memory={}", gib(*mib))],
        _ => {
            let texts = specs.iter().map(|spec| match spec {
                Ok((milli, mib)) => format!("{}-{}Gi", decimal(*milli), gib(*mib)),
                Err(ecs) => ecs.clone(),
            });
            vec![format!("InstanceType={}", texts.collect::<Vec<_>>().join(","))]
        }
    }
}

type Price = (eci_sdk::model::billing::Rate, eci_sdk::model::billing::Currency);

fn price(price: Option<Price>) -> Option<u64> {
    let (rate, currency) = price?;
    assert_eq!(currency.name(), "CNY");
    u64::try_from(rate.hour().nano()).ok()
}

/// Billionths of a CNY an hour: 0.000049 a vCPU second (0.000027 economy), 0.00000613 a GiB second, 0.00000059 a GiB second of disk.
fn cost(answer: &Answer) -> Option<u64> {
    let (first, category) = answer.tries.first()?;
    let (milli, mib) = first.clone().ok().filter(|_| answer.mode == Some("size"))?;
    let vcpu = if *category == Some("economy") { 27_000 } else { 49_000 };
    Some(3600 * (milli * vcpu / 1000 + mib * 6130 / 1024 + answer.extra_gib * 590))
}
