//! What is said about the annotations of a pod.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

use std::collections::BTreeMap;

use eci_annotations::{Key, Known, check, check_together, read};
use eci_model::policy::Policies;
use eci_model::{
    Edition, EffectivePod, FieldPath, Findings, Injected, Location, Object, ObjectRef, Origin, Overlay, Settings, Site,
};
use k8s_openapi::api::core::v1::Pod;
use proptest::prelude::*;

fn judged(own: &[(&str, &str)], injected: &[Injected<'_>]) -> (Settings, Findings) {
    let own = own
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    judged_map(&own, injected)
}

fn judged_map(own: &BTreeMap<String, String>, injected: &[Injected<'_>]) -> (Settings, Findings) {
    let pod = Pod::default();
    let view = Object::from(&pod).pod().expect("a pod");
    let annotations = Overlay::with(Some(own), injected);
    let policies = Policies::default();
    let site = Site::new(Edition::Ack, &policies);
    let mut findings = Findings::new();
    let settings = read(&view, annotations, &site, &mut findings);
    check(&view, annotations, Overlay::default(), &site, &[], &mut findings);
    let pod = EffectivePod::new(view, Overlay::default(), annotations, &settings);
    check_together(&pod, &site, &Known::default(), &mut findings);
    (settings, findings)
}

fn names(own: &[(&str, &str)]) -> Vec<&'static str> {
    let (_, findings) = judged(own, &[]);
    findings.iter().map(|finding| finding.rule().name()).collect()
}

macro_rules! finds {
    ($($fact:ident: $key:literal = $value:literal => $rules:expr;)*) => {$(
        #[test]
        fn $fact() {
            let expected: &[&str] = &$rules;
            assert_eq!(names(&[($key, $value)]), expected);
        }
    )*};
}

finds! {
    a_good_value_is_silent: "k8s.aliyun.com/eci-use-specs" = "2-4Gi,ecs.c6.xlarge" => [];
    half_a_type: "k8s.aliyun.com/eci-use-specs" = "2-4Gi,ecs.c6" => ["spec-type-malformed"];
    a_bad_item: "k8s.aliyun.com/eci-use-specs" = "2-4Gi,4x8" => ["annotation-bad-value"];
    six_sizes: "k8s.aliyun.com/eci-use-specs" = "1-2Gi,2-4Gi,4-8Gi,8-16Gi,16-32Gi,32-64Gi" => ["annotation-too-many-items"];
    a_masked_id: "k8s.aliyun.com/eci-vswitch" = "vsw-bp1****" => ["annotation-placeholder"];
    an_empty_value: "k8s.aliyun.com/eci-vswitch" = " " => ["annotation-empty"];
    a_missing_plural: "k8s.aliyun.com/eci-use-spec" = "2-4Gi" => ["annotation-misspelt"];
    another_case: "k8s.aliyun.com/ECI-use-specs" = "2-4Gi" => ["annotation-misspelt"];
    a_hyphen_too_many: "k8s.aliyun.com/eci-eip-instance-id" = "eip-1" => ["annotation-misspelt"];
    an_unknown_key: "k8s.aliyun.com/eci-quantum-mode" = "on" => ["annotation-unknown"];
    keys_of_others_are_theirs: "example.com/eci-use-spec" = "2-4Gi" => [];
    listed_keys_without_a_type_are_known: "k8s.aliyun.com/eci-ntp-server" = "100.100.5.1" => [];
    names_of_node_labels_are_nobodys: "type" = "x" => [];
    keys_elsewhere_under_the_prefix_are_told: "k8s.aliyun.com/quantum-mode" = "on" => ["annotation-unknown"];
}

#[test]
fn failing_over_is_failing_back() {
    let legacy = ("k8s.aliyun.com/pod-fail-on-create-err", "false");
    for (strategy, rule) in [
        ("fail-over", "annotation-retired"),
        ("fail-back", "annotation-retired"),
        ("fail-fast", "legacy-and-current"),
    ] {
        let found = names(&[legacy, ("k8s.aliyun.com/eci-fail-strategy", strategy)]);
        assert_eq!(found, [rule], "{strategy}");
    }
}

#[test]
fn a_successor_without_effect_contradicts_nothing() {
    let own = [
        ("k8s.aliyun.com/pod-fail-on-create-err", "true"),
        ("k8s.aliyun.com/eci-fail-strategy", "fail-back"),
    ];
    let own = own.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let pod = Pod::default();
    let view = Object::from(&pod).pod().expect("a pod");
    let policies = Policies::default();
    let site = Site::new(Edition::SelfManaged, &policies);
    let mut findings = Findings::new();
    check(
        &view,
        Overlay::of(Some(&own)),
        Overlay::default(),
        &site,
        &[],
        &mut findings,
    );
    let names: Vec<&str> = findings.iter().map(|finding| finding.rule().name()).collect();
    assert_eq!(names, ["annotation-edition", "annotation-retired"]);
}

#[test]
fn the_wrong_item_is_marked() {
    let (_, findings) = judged(&[("k8s.aliyun.com/eci-use-specs", "2-4Gi,4x8")], &[]);
    let finding = findings.iter().next().expect("one");
    assert_eq!(finding.place().within, Some((6, 9)));
    assert_eq!(
        finding.title(),
        "`4x8` is not `<vCPU>-<GiB>Gi` or `ecs.<family>.<size>`"
    );
}

#[test]
fn a_bad_injected_value_is_found_where_it_is_written() {
    let profile = Location::new(
        ObjectRef::new("ConfigMap", Some("kube-system"), "eci-profile"),
        FieldPath::of("data.selectors"),
    );
    let injected = [Injected {
        key: "k8s.aliyun.com/eci-use-specs",
        value: "4x8",
        origin: Origin::ProfileEffect {
            selector: "batch".into(),
        },
        place: Some(&profile),
    }];
    let (_, findings) = judged(&[], &injected);
    let finding = findings.iter().next().expect("one");
    assert_eq!(finding.place(), &profile);
    assert_eq!(finding.related()[0].1, "injected by eci-profile selector `batch`");
}

#[test]
fn values_keep_who_gave_them() {
    let (settings, _) = judged(&[("k8s.aliyun.com/eci-vswitch", "vsw-1, vsw-2")], &[]);
    let vswitches = settings.vswitches.expect("read");
    assert_eq!(vswitches.value.to_string(), "vsw-1,vsw-2");
    assert_eq!(
        vswitches.origin.to_string(),
        "pod annotation k8s.aliyun.com/eci-vswitch"
    );
}

#[test]
fn declared_keys_are_known() {
    const OWN: Key<bool> = Key::pod("k8s.aliyun.com/eci-our-own").summary("ours");
    let own = BTreeMap::from([(OWN.name().to_owned(), "true".to_owned())]);
    let pod = Pod::default();
    let view = Object::from(&pod).pod().expect("a pod");
    let policies = Policies::default();
    let site = Site::new(Edition::Ack, &policies);
    let mut findings = Findings::new();
    check(
        &view,
        Overlay::of(Some(&own)),
        Overlay::default(),
        &site,
        &[OWN.row()],
        &mut findings,
    );
    assert!(findings.is_empty());
}

proptest! {
    #[test]
    fn no_map_panics(own in prop::collection::btree_map("k8s\\.aliyun\\.com/(eci|imc)-[a-z-]{0,12}|\\PC{0,20}", "\\PC{0,30}", 0..8)) {
        let _ = judged_map(&own, &[]);
    }
}

fn told_of_priorities(first: &str, second: &str) -> Vec<&'static str> {
    let variable = |value: &str| serde_json::json!([{"name": "ECI_CONTAINER_LAUNCH_PRIORITY", "value": value}]);
    let pod: Pod = serde_json::from_value(serde_json::json!({"spec": {"containers": [
        {"name": "db", "env": variable(first)}, {"name": "web", "env": variable(second)},
    ]}}))
    .expect("a pod");
    let view = Object::from(&pod).pod().expect("a pod");
    let policies = Policies::default();
    let site = Site::new(Edition::Ack, &policies);
    let settings = Settings::default();
    let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
    let mut findings = Findings::new();
    check_together(&pod, &site, &Known::default(), &mut findings);
    findings.iter().map(|finding| finding.rule().name()).collect()
}

#[test]
fn a_priority_that_is_wrong_is_told_once() {
    assert_eq!(told_of_priorities("100", "0"), ["launch-order-without-probe"]);
    assert_eq!(told_of_priorities("2000", "0"), ["sidecar-switch-value"]);
    assert_eq!(told_of_priorities("first", "-5"), ["sidecar-switch-value"]);
    assert_eq!(told_of_priorities("5", "5"), [""; 0]);
}
