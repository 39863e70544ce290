//! What a sizing says about itself: reasons, waste, savings, prices.

use eci_model::billing::{self, Currency, Mode, Money, Prices};
use eci_model::digest::{Digests, Planned, PodFacts, Route};
use eci_model::spec::{IGNORE_SWITCH, Sizing, SpecItem};
use eci_model::{Cpu, Findings, Location, Object, ObjectRef, Policies, Severity};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use serde_json::json;

use crate::pods::Case;

fn sized(case: &Case) -> Sizing {
    case.size().0
}

fn remedy(case: &Case, rule: &str) -> String {
    let (_, findings) = case.size();
    let finding = findings.iter().find(|finding| finding.rule().name() == rule);
    finding.expect("it fires").remedy().to_owned()
}

fn notes(case: &Case, rule: &str) -> Vec<String> {
    let (_, findings) = case.size();
    let finding = findings.iter().find(|finding| finding.rule().name() == rule);
    finding
        .expect("it fires")
        .notes()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn the_cheaper_request_is_named_with_its_price() {
    let case = Case::limits("4250m", "8704Mi");
    assert_eq!(
        remedy(&case, "size-region-grid"),
        "ask for 4-8Gi: 0.8821 instead of 1.2791 CNY an hour, 31.0 % less"
    );
    assert_eq!(
        remedy(&case.clone().anywhere(), "size-rounded"),
        "ask for 4-8Gi: 0.8821 instead of 1.7643 CNY an hour, 50.0 % less"
    );
}

#[test]
fn without_a_table_the_list_prices_give_the_share() {
    let mut case = Case::limits("4250m", "8704Mi");
    case.prices = None;
    assert_eq!(
        remedy(&case, "size-region-grid"),
        "ask for 4-8Gi: 31.0 % less by the list prices"
    );
    assert_eq!(notes(&case, "size-region-grid")[1], "rounding adds 1.75 vCPU and 1.5Gi");
}

#[test]
fn a_small_container_is_named_when_leaving_it_out_is_enough() {
    let containers = json!([
        {"name": "web", "resources": {"limits": {"cpu": "2", "memory": "4Gi"}}},
        {"name": "proxy", "resources": {"limits": {"cpu": "250m", "memory": "512Mi"}}},
    ]);
    let case = Case::of(&containers);
    let cheaper = sized(&case).cheaper.expect("rounding wastes");
    assert_eq!(
        (cheaper.ask.to_string().as_str(), cheaper.leave_out.as_deref()),
        ("2-4Gi", Some("proxy"))
    );
    assert!(
        remedy(&case, "size-region-grid")
            .ends_with("; or set `__ECI_RESOURCE_IGNORE__` to `TRUE` on container `proxy`")
    );

    let mut left_out = containers;
    left_out[1]["env"] = json!([{"name": IGNORE_SWITCH, "value": "TRUE"}]);
    let sizing = sized(&Case::of(&left_out));
    assert_eq!(sizing.billed.expect("it fits").value().to_string(), "2-4Gi");
    assert_eq!((sizing.waste, sizing.cheaper), (None, None));
}

#[test]
fn leaving_a_container_out_is_no_advice_when_it_does_not_count() {
    let containers = json!([
        {"name": "web", "resources": {"limits": {"cpu": "2", "memory": "4Gi"}}},
        {"name": "proxy", "resources": {"limits": {"cpu": "250m", "memory": "512Mi"}}},
    ]);
    let leave_out = |case: &Case| sized(case).cheaper.expect("rounding wastes").leave_out;
    let of_pod = Case::of(&containers).with("resources", json!({"limits": {"cpu": "2250m", "memory": "4608Mi"}}));
    assert_eq!(leave_out(&of_pod), None);
    assert_eq!(
        leave_out(&Case::of(&containers).note("eci-use-specs", "2.25-4.5Gi")),
        None
    );
}

#[test]
fn a_larger_and_cheaper_size_costs_nothing_to_ask_for() {
    let cheaper = sized(&Case::limits("40", "250Gi"))
        .cheaper
        .expect("64-256 is cheaper than 52-384");
    assert_eq!(
        (cheaper.ask.to_string().as_str(), cheaper.saves_permille),
        ("64-256Gi", 40)
    );
}

#[test]
fn what_saves_hardly_more_than_it_gives_up_is_not_worth_a_change() {
    let cheaper = |cpu, memory| {
        let sizing = sized(&Case::limits(cpu, memory));
        sizing.cheaper.map(|cheaper| cheaper.ask.to_string())
    };
    assert_eq!(cheaper("63", "500Gi"), None);
    assert_eq!(cheaper("7", "13Gi").as_deref(), Some("6-12Gi"));
    // 16-64 holds it and costs a ten-thousandth less than 12-96.
    assert_eq!(cheaper("12", "60Gi").as_deref(), Some("8-40Gi"));
}

#[test]
fn one_resource_may_be_cut_alone() {
    let ask = |cpu, memory| {
        sized(&Case::limits(cpu, memory).anywhere())
            .cheaper
            .map(|cheaper| cheaper.ask.to_string())
    };
    assert_eq!(ask("9", "13Gi").as_deref(), Some("8-16Gi"));
    assert_eq!(ask("2", "4Gi"), None);
    assert_eq!(ask("100m", "100Mi"), None);
}

#[test]
fn waste_is_what_nobody_asked_for() {
    let waste = sized(&Case::limits("4250m", "8704Mi")).waste.expect("it is rounded");
    assert_eq!(
        (waste.cpu.to_string().as_str(), waste.memory.to_string().as_str()),
        ("1.75", "1.5Gi")
    );
    assert_eq!(
        waste.per_hour.map(|money| format!("{money:.4}")).as_deref(),
        Some("0.3418")
    );
    assert_eq!(waste.permille, Some(267));

    let one_sided = Case::of(&json!([{"name": "web", "resources": {"limits": {"cpu": "1"}}}]));
    assert_eq!(sized(&one_sided).waste, None);
    let spot = sized(&Case::limits("1", "2Gi").note("eci-spot-strategy", "SpotAsPriceGo"));
    let waste = spot.waste.expect("it is rounded");
    assert_eq!((waste.cpu.to_string().as_str(), waste.per_hour), ("1", None));
}

#[test]
fn every_decision_says_who_made_it() {
    let case = Case::of(
        &json!([{"name": "web", "resources": {"limits": {"cpu": "3", "memory": "6Gi"}, "requests": {"cpu": "1", "memory": "6Gi"}}}]),
    );
    let billed = sized(&case).billed.expect("it fits");
    assert_eq!(
        billed.origin().to_string(),
        "pod field spec.containers[].resources.limits"
    );
    let trail: Vec<String> = billed.trail().iter().skip(1).map(ToString::to_string).collect();
    assert_eq!(trail, ["rounded up on the regional grid by policy Rounding=VcpuFirst"]);
    assert_eq!(billed.beaten()[0].value, "1-6Gi");

    let specs = sized(&case.note("eci-use-specs", "4-8Gi"));
    assert_eq!(specs.asked.beaten()[0].value, "3-6Gi");
    assert_eq!(
        specs.asked.beaten()[0].why,
        "`eci-use-specs` beats what containers ask for"
    );

    let bare = sized(&Case::of(&json!([{"name": "web"}])));
    assert_eq!(
        bare.asked.trail()[0].to_string(),
        "the default of pods that ask for nothing by platform (Specify vCPU and memory to create a pod, 2025-01-14)"
    );
    let init = Case::limits("1", "2Gi").with(
        "initContainers",
        json!([{"name": "load", "resources": {"limits": {"cpu": "2", "memory": "4Gi"}}}]),
    );
    assert_eq!(
        sized(&init).asked.trail()[1].what,
        "raised to what an init container needs"
    );
}

#[test]
fn the_mode_of_billing_has_a_reason() {
    let mode = |case: &Case| {
        let mode = sized(case).mode.expect("it has a size");
        (*mode.value(), mode.trail()[0].what.to_string())
    };
    let size = Case::limits("2", "4Gi");
    let why = |why: &str| why.to_owned();
    assert_eq!(mode(&size), (Mode::BySize, why("a size was asked for")));
    assert_eq!(
        mode(&size.clone().note("eci-use-specs", "ecs.c6.large,2-4Gi")),
        (Mode::ByType, why("an ECS type was asked for"))
    );
    assert_eq!(
        mode(&size.clone().note("eci-instance-generation", "6")),
        (
            Mode::ByType,
            why("families or generations narrow the ECS types of the size")
        )
    );
    assert_eq!(
        mode(
            &size
                .clone()
                .with("nodeSelector", json!({"kubernetes.io/arch": "arm64"}))
        ),
        (Mode::ByType, why("Arm is always paid by ECS type"))
    );
    assert_eq!(
        mode(&size.note("eci-spot-strategy", "SpotAsPriceGo")),
        (Mode::Spot, why("spot is paid at the market price of the ECS type"))
    );
}

#[test]
fn storage_beyond_the_free_amount_has_an_origin() {
    let case = |annotation: Option<&str>, request: Option<&str>| {
        let mut case = Case::limits("2", "4Gi");
        if let Some(request) = request {
            case.spec["containers"][0]["resources"]["requests"] = json!({"ephemeral-storage": request});
        }
        annotation.map_or(case.clone(), |annotation| {
            case.note("eci-extra-ephemeral-storage", annotation)
        })
    };
    let extra = |annotation, request| {
        let storage = sized(&case(annotation, request)).extra_storage;
        (
            storage.value().to_string(),
            storage.origin().to_string(),
            storage.beaten().len(),
        )
    };
    let of = |value: &str, origin: &str, beaten| (value.to_owned(), origin.to_owned(), beaten);
    const FIELD: &str = "pod field spec.containers[].resources.requests.ephemeral-storage";
    assert_eq!(extra(Some("20Gi"), None), of("20Gi", "caller", 0));
    assert_eq!(extra(None, Some("50Gi")), of("20Gi", FIELD, 0));
    assert_eq!(extra(None, Some("30721Mi")), of("1Gi", FIELD, 0));
    assert_eq!(extra(Some("10Gi"), Some("50Gi")), of("20Gi", FIELD, 1));
    assert_eq!(extra(Some("20Gi"), Some("50Gi")), of("20Gi", "caller", 1));
    assert_eq!(extra(None, Some("30Gi")).0, "0Gi");
}

#[test]
fn costs_know_what_the_table_knows() {
    let total = |case: &Case| {
        let cost = sized(case).cost.expect("a table was given");
        cost.total().map(|rate| rate.to_string())
    };
    let size = Case::limits("2", "4Gi");
    assert_eq!(total(&size).as_deref(), Some("0.441072"));
    let economy = size.clone().note("eci-compute-category", "economy");
    assert_eq!(total(&economy).as_deref(), Some("0.282672"));
    let disk = size.clone().note("eci-extra-ephemeral-storage", "20Gi");
    assert_eq!(total(&disk).as_deref(), Some("0.483552"));
    let mut usd = size.clone();
    usd.prices = Some(Prices::list(Currency::Usd));
    assert_eq!(total(&usd).as_deref(), Some("0.069264"));

    let spot = size.clone().note("eci-spot-strategy", "SpotAsPriceGo");
    assert_eq!(total(&spot), None);
    let item: SpecItem = "2-4Gi".parse().expect("a size");
    let hour: Money = "0.05".parse().expect("an amount");
    let known = Case {
        prices: Some(Prices::default().with_spot(item, hour)),
        ..spot
    };
    assert_eq!(total(&known).as_deref(), Some("0.05"));
    let typed = size.note("eci-use-specs", "ecs.c5.large");
    let ecs = "ecs.c5.large".parse().expect("a type");
    let known = Case {
        prices: Some(Prices::default().with_type(ecs, "0.62".parse().expect("an amount"))),
        ..typed
    };
    assert_eq!(total(&known).as_deref(), Some("0.62"));
}

fn against_quota(replicas: u32, max_replicas: Option<u32>, quota: u32) -> Option<(Severity, String)> {
    let deployment: Deployment = serde_json::from_value(json!({
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"replicas": replicas, "selector": {}, "template": {"spec": {"containers": []}}}
    }))
    .expect("a Deployment");
    let autoscaler = max_replicas.map(|most| -> HorizontalPodAutoscaler {
        let target = json!({"kind": "Deployment", "name": "web"});
        serde_json::from_value(json!({"metadata": {"name": "web", "namespace": "shop"},
            "spec": {"maxReplicas": most, "scaleTargetRef": target}}))
        .expect("an autoscaler")
    });
    let billed = sized(&Case::limits("2", "4Gi")).billed.expect("a size");
    let mut digests = Digests::default();
    if let Some(autoscaler) = &autoscaler {
        digests.push(&Object::from(autoscaler));
    }
    let planned = Planned {
        cpu: billed.value().size().map(|size| size.cpu),
        ..Planned::default()
    };
    let facts = PodFacts {
        route: Route::Bound,
        planned: Some(planned),
        ..PodFacts::default()
    };
    digests.push_pod(&Object::from(&deployment), facts);
    digests.settle();
    let mut findings = Findings::new();
    billing::together(&digests, Some(Cpu::from_vcpu(quota)), &mut findings);
    findings
        .iter()
        .next()
        .map(|finding| (finding.severity(), finding.found().unwrap_or_default().to_owned()))
}

#[test]
fn quotas_count_replicas_and_what_autoscalers_may_ask_for() {
    assert_eq!(against_quota(50, None, 100), None);
    assert_eq!(
        against_quota(51, None, 100),
        Some((Severity::Error, "102 vCPU".to_owned()))
    );
    assert_eq!(
        against_quota(50, Some(60), 100),
        Some((Severity::Warning, "120 vCPU".to_owned()))
    );
    assert_eq!(
        against_quota(60, Some(10), 100),
        Some((Severity::Error, "120 vCPU".to_owned()))
    );
}

#[test]
fn virtual_nodes_of_ones_own_cost_two_vcpu_and_eight_gib() {
    let mut findings = Findings::new();
    let place = Location::new(ObjectRef::new("Pod", Some("shop"), "web"), eci_model::FieldPath::ROOT);
    billing::vnode_billed(place, &Prices::default(), &mut findings);
    assert_eq!(
        findings.iter().next().expect("told").notes(),
        ["0.5293 CNY an hour for each"]
    );
}

#[test]
fn large_images_are_told_when_asked_for() {
    use eci_model::{Edition, EffectivePod, Overlay, Settings, Site};
    let pod: k8s_openapi::api::core::v1::Pod = serde_json::from_value(json!({
        "metadata": {"name": "web"},
        "spec": {"containers": [{"name": "web", "image": "large"}, {"name": "log", "image": "small"}, {"name": "x", "image": "unknown"}]}
    }))
    .expect("a pod");
    let told = |choice: &str| {
        let mut policies = Policies::default();
        policies.set("PendingAlert", choice).expect("a policy");
        let settings = Settings::default();
        let view = Object::from(&pod).pod().expect("a Pod is one");
        let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
        let size = |image: &str| match image {
            "large" => Some((1 << 30) + 1),
            "small" => Some(1 << 30),
            _ => None,
        };
        let mut findings = Findings::new();
        billing::pending_billed(&pod, &Site::new(Edition::Ack, &policies), &size, &mut findings);
        findings
            .iter()
            .map(|finding| finding.place().path.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(told("AboveOneGib"), ["spec.containers[0].image"]);
    assert!(told("Off").is_empty());
}
