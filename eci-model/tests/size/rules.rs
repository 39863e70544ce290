//! Every rule about sizes: where it fires and where it stays silent.

use std::collections::BTreeSet;

use eci_model::{Edition, Severity};
use serde_json::{Value, json};

use crate::pods::{Case, Owner};

/// One container without resources.
fn bare() -> Value {
    json!([{"name": "web"}])
}

/// Containers with limits, or with requests.
fn limits(cpu: &str, memory: &str) -> Value {
    json!({"limits": {"cpu": cpu, "memory": memory}})
}

fn requests(cpu: &str, memory: &str) -> Value {
    json!({"requests": {"cpu": cpu, "memory": memory}})
}

fn gpus(count: &str) -> Value {
    json!([{"name": "train", "resources": {"limits": {"nvidia.com/gpu": count}}}])
}

fn ignored(resources: &Value) -> Value {
    json!({"name": "log", "resources": resources, "env": [{"name": "__ECI_RESOURCE_IGNORE__", "value": "TRUE"}]})
}

fn local_raid() -> Value {
    json!([{"name": "scratch", "emptyDir": {"medium": "LocalRaid0"}}])
}

fn specs(list: &str) -> Case {
    Case::of(&bare()).note("eci-use-specs", list)
}

macro_rules! fires {
    ($($fact:ident: $rule:literal, $case:expr;)*) => {
        $(#[test]
        fn $fact() {
            let fired = $case.rules();
            assert!(fired.contains(&$rule), "only {fired:?}");
        })*

        /// The rules that fire somewhere in the table.
        static FIRE: &[&str] = &[$($rule),*];
    };
}

macro_rules! silent {
    ($($fact:ident: $rule:literal, $case:expr;)*) => {
        $(#[test]
        fn $fact() {
            let fired = $case.rules();
            assert!(!fired.contains(&$rule), "{fired:?}");
        })*

        /// The rules that stay silent somewhere in the table.
        static SILENT: &[&str] = &[$($rule),*];
    };
}

fires! {
    nothing_asked: "size-default", Case::of(&bare());
    off_the_grid: "size-rounded", Case::limits("7", "13Gi").anywhere();
    an_item_off_the_grid: "size-rounded", specs("2-4Gi,7-13Gi").anywhere();
    a_size_of_some_regions: "size-region-grid", Case::limits("7", "13Gi");
    limits_beat_requests: "size-requests-ignored",
        Case::of(&json!([{"name": "a", "resources": {"limits": {"cpu": "2", "memory": "4Gi"}, "requests": {"cpu": "1", "memory": "2Gi"}}}]));
    specs_below_requests: "size-use-specs-small",
        Case::of(&json!([{"name": "a", "resources": requests("1", "3Gi")}, {"name": "b", "resources": requests("1", "3Gi")}]))
            .note("eci-use-specs", "2-4Gi,4-8Gi");
    cpu_alone: "size-one-sided", Case::of(&json!([{"name": "a", "resources": {"limits": {"cpu": "1"}}}]));
    memory_alone: "size-one-sided", Case::of(&json!([{"name": "a", "resources": {"requests": {"memory": "3Gi"}}}]));
    limits_here_and_requests_there: "size-mixed",
        Case::of(&json!([{"name": "a", "resources": limits("1", "2Gi")}, {"name": "b", "resources": requests("1", "2Gi")}]));
    more_than_the_largest: "size-too-large", Case::limits("65", "10Gi");
    more_than_the_category: "size-too-large", Case::limits("1", "65Gi").note("eci-compute-category", "economy");
    an_init_container_decides: "size-init-larger",
        Case::limits("1", "2Gi").with("initContainers", json!([{"name": "load", "resources": limits("1", "4Gi")}]));
    a_container_above_the_pod: "size-container-over-pod",
        Case::limits("4", "4Gi").with("resources", limits("2", "4Gi"));
    a_container_above_every_item: "size-container-over-pod", Case::limits("4", "4Gi").note("eci-use-specs", "1-2Gi,2-4Gi");
    a_container_left_out: "resource-ignored",
        Case::of(&json!([{"name": "a", "resources": limits("2", "4Gi")}, ignored(&limits("1", "1Gi"))]));
    all_left_out: "resource-ignored-all", Case::of(&json!([ignored(&limits("1", "1Gi"))]));
    no_quantity: "amount-unreadable", Case::limits("two", "4Gi");
    negative: "amount-unreadable", Case::limits("1", "-4Gi");
    no_quantity_of_the_pod: "amount-unreadable", Case::limits("1", "4Gi").with("resources", limits("1,5", "4Gi"));

    gpu_beside_size: "specs-mixed-kinds", specs("ecs.gn6i-c4g1.xlarge,4-8Gi");
    arm_beside_x86: "specs-mixed-kinds", specs("ecs.g8y.large,ecs.g7.large");
    gpu_beside_local_disk: "specs-mixed-kinds", specs("ecs.gn6i-c4g1.xlarge,ecs.i2.xlarge");
    doubles: "specs-duplicate-after-rounding", specs("2-3Gi,2-4Gi");
    misspelt_family: "spec-family-unknown", specs("ecs.c66.large");
    new_family_on_vnodes: "spec-family-unknown", specs("ecs.g9i.large").edition(Edition::SelfManaged);
    misspelt_filter: "spec-family-unknown", Case::limits("2", "4Gi").note("eci-instance-family", "-ecs.c66");
    retired_type: "spec-family-retired", specs("ecs.t6-c1m2.large");
    retired_filter: "spec-family-retired", Case::limits("2", "4Gi").note("eci-instance-family", "ecs.t5");
    a_filter_alone: "filter-needs-size", Case::of(&bare()).note("eci-instance-family", "ecs.c6");
    a_filter_of_generations_alone: "filter-needs-size", Case::of(&bare()).note("eci-instance-generation", "-5");
    a_filter_on_a_size: "filter-bills-by-type", Case::limits("2", "4Gi").note("eci-instance-family", "ecs.c6");
    a_filter_on_some_items: "filter-bills-by-type", specs("ecs.c6.large,2-4Gi").note("eci-instance-generation", "6");
    only_gpus_wanted: "filter-never-reached", Case::limits("2", "4Gi").note("eci-instance-family", "ecs.gn6i,ecs.i2");
    cores_of_a_size: "cpu-option-without-type", Case::limits("2", "4Gi").note("eci-cpu-option-core", "2");
    threads_of_a_size: "cpu-option-without-type", specs("2-4Gi").note("eci-cpu-option-ht", "1");

    a_gpu_type_alone: "gpu-count-missing", specs("ecs.gn6i-c4g1.xlarge");
    no_gpus_wanted: "gpu-count-missing", Case::of(&gpus("0")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge");
    gpus_without_a_type: "gpu-type-missing", Case::of(&gpus("1"));
    gpus_of_a_size: "gpu-type-missing", Case::of(&gpus("1")).note("eci-use-specs", "4-8Gi");
    two_containers_one_gpu: "gpu-shared",
        Case::of(&json!([{"name": "a", "resources": {"limits": {"nvidia.com/gpu": "1"}}}, {"name": "b", "resources": {"limits": {"nvidia.com/gpu": "1"}}}]))
            .note("eci-use-specs", "ecs.gn6i-c4g1.xlarge");
    more_gpus_than_there_are: "gpu-count-over-type", Case::of(&gpus("2")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge");
    more_gpus_than_one_type: "gpu-count-over-type",
        Case::of(&gpus("2")).note("eci-use-specs", "ecs.gn7i-c32g1.16xlarge,ecs.gn6i-c4g1.xlarge");
    replaced_driver: "gpu-driver-version",
        Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge").note("eci-gpu-driver-version", "tesla=525.85.12");
    driver_of_another_family: "gpu-driver-version",
        Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn8is-2x.8xlarge").note("eci-gpu-driver-version", "tesla=470");
    tesla_for_slices: "gpu-driver-version",
        Case::of(&gpus("1")).note("eci-use-specs", "ecs.vgn7i-vws-m4.xlarge").note("eci-gpu-driver-version", "tesla=535");
    a_driver_without_gpus: "gpu-driver-without-gpu", Case::limits("2", "4Gi").note("eci-gpu-driver-version", "tesla=535");
    disks_nobody_uses: "local-disk-not-used", specs("ecs.i2.xlarge");
    no_disks: "local-disk-type-missing", Case::limits("2", "4Gi").with("volumes", local_raid());

    small_spot: "spot-too-small", Case::limits("1", "2Gi").note("eci-spot-strategy", "SpotAsPriceGo");
    spot_without_much_memory: "spot-too-small", Case::limits("8", "4Gi").note("eci-spot-strategy", "SpotAsPriceGo");
    spot_in_fine_steps: "spot-too-small", Case::limits("7", "13Gi").note("eci-spot-strategy", "SpotAsPriceGo");
    a_set_on_spot: "spot-long-lived",
        Case::limits("2", "4Gi").note("eci-spot-strategy", "SpotAsPriceGo").owner(Owner::StatefulSet(3));
    a_single_replica_on_spot: "spot-long-lived",
        Case::limits("2", "4Gi").note("eci-spot-strategy", "SpotAsPriceGo").owner(Owner::Deployment(1));
    economy_above_eight: "category-economy-large", Case::limits("9", "9Gi").note("eci-compute-category", "economy");
    general_below_one: "category-general-small", Case::limits("500m", "1Gi").note("eci-compute-category", "general");
    a_category_without_the_size: "category-dropped", specs("4-8Gi,16-32Gi").note("eci-compute-category", "general,economy");

    a_type_has_no_list_price: "price-unknown", specs("ecs.c6.large");
    spot_has_no_list_price: "price-unknown", Case::limits("2", "4Gi").note("eci-spot-strategy", "SpotAsPriceGo");
}

silent! {
    something_asked: "size-default", Case::limits("2", "4Gi");
    specs_ask: "size-default", specs("2-4Gi");
    the_pod_asks: "size-default", Case::of(&bare()).with("resources", limits("2", "4Gi"));
    on_the_grid: "size-rounded", Case::limits("2", "4Gi");
    the_default_is_on_the_grid: "size-rounded", Case::of(&bare());
    one_side_on_the_grid: "size-rounded", Case::of(&json!([{"name": "a", "resources": {"limits": {"cpu": "1"}}}]));
    region_grid_says_both: "size-rounded", Case::limits("7", "13Gi");
    small_spot_says_both: "size-rounded", Case::limits("1", "2Gi").note("eci-spot-strategy", "SpotAsPriceGo");
    general_says_both: "size-rounded", Case::limits("500m", "1Gi").note("eci-compute-category", "general");
    a_base_size_in_hangzhou: "size-region-grid", Case::limits("4", "8Gi");
    unknown_region: "size-region-grid", Case::limits("7", "13Gi").anywhere();
    requests_as_limits: "size-requests-ignored",
        Case::of(&json!([{"name": "a", "resources": {"limits": {"cpu": "2", "memory": "4Gi"}, "requests": {"cpu": "2", "memory": "4Gi"}}}]));
    requests_made_of_limits: "size-requests-ignored",
        Case::of(&json!([{"name": "a", "resources": limits("1", "2Gi")},
            {"name": "b", "resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "1"}}}]));
    requests_beside_specs: "size-requests-ignored",
        Case::of(&json!([{"name": "a", "resources": {"limits": {"cpu": "2"}, "requests": {"cpu": "1"}}}])).note("eci-use-specs", "2-4Gi");
    specs_hold_the_sum: "size-use-specs-small", Case::limits("2", "4Gi").note("eci-use-specs", "2-4Gi");
    rounded_specs_hold_the_sum: "size-use-specs-small", Case::limits("2", "4Gi").note("eci-use-specs", "2-3Gi");
    types_have_no_known_size: "size-use-specs-small", Case::limits("2", "4Gi").note("eci-use-specs", "ecs.c6.large");
    both_sides: "size-one-sided", Case::limits("1", "2Gi");
    one_side_beside_specs: "size-one-sided",
        Case::of(&json!([{"name": "a", "resources": {"limits": {"cpu": "1"}}}])).note("eci-use-specs", "2-4Gi");
    sides_of_two_containers: "size-one-sided",
        Case::of(&json!([{"name": "a", "resources": {"limits": {"cpu": "1"}}}, {"name": "b", "resources": {"limits": {"memory": "2Gi"}}}]));
    limits_everywhere: "size-mixed",
        Case::of(&json!([{"name": "a", "resources": limits("1", "2Gi")}, {"name": "b", "resources": limits("1", "2Gi")}]));
    the_other_is_left_out: "size-mixed",
        Case::of(&json!([{"name": "a", "resources": limits("1", "2Gi")}, ignored(&requests("1", "2Gi"))]));
    the_largest: "size-too-large", Case::limits("64", "512Gi");
    economy_says_it: "size-too-large", Case::limits("9", "9Gi").note("eci-compute-category", "economy");
    a_small_init_container: "size-init-larger",
        Case::limits("1", "2Gi").with("initContainers", json!([{"name": "load", "resources": limits("1", "2Gi")}]));
    init_containers_do_not_count: "size-init-larger",
        Case::limits("1", "2Gi").with("initContainers", json!([{"name": "load", "resources": limits("4", "8Gi")}])).policy("InitSizing", "Ignore");
    a_sidecar_counts_with_the_others: "size-init-larger",
        Case::limits("1", "2Gi").with("initContainers", json!([{"name": "proxy", "restartPolicy": "Always", "resources": limits("4", "8Gi")}]));
    a_container_fits_an_item: "size-container-over-pod", Case::limits("2", "4Gi").note("eci-use-specs", "1-2Gi,2-4Gi");
    a_type_may_be_larger: "size-container-over-pod", Case::limits("4", "4Gi").note("eci-use-specs", "1-2Gi,ecs.c6.xlarge");
    a_container_fits_the_pod: "size-container-over-pod", Case::limits("2", "4Gi").with("resources", limits("2", "4Gi"));
    another_value_leaves_nothing_out: "resource-ignored",
        Case::of(&json!([{"name": "a", "resources": limits("2", "4Gi"), "env": [{"name": "__ECI_RESOURCE_IGNORE__", "value": "true"}]}]));
    left_out_without_resources: "resource-ignored",
        Case::of(&json!([{"name": "a", "resources": limits("2", "4Gi")}, ignored(&json!({}))]));
    one_is_left: "resource-ignored-all",
        Case::of(&json!([{"name": "a", "resources": limits("2", "4Gi")}, ignored(&limits("1", "1Gi"))]));
    specs_are_left: "resource-ignored-all", Case::of(&json!([ignored(&limits("1", "1Gi"))])).note("eci-use-specs", "2-4Gi");
    quantities: "amount-unreadable", Case::limits("500m", "1e9");

    sizes_and_ordinary_types: "specs-mixed-kinds", specs("2-4Gi,ecs.c6.large");
    one_kind: "specs-mixed-kinds", specs("ecs.gn6i-c4g1.xlarge,ecs.gn5-c4g1.xlarge");
    two_kinds_in_one: "specs-mixed-kinds", specs("ecs.gn5-c4g1.xlarge,ecs.i2.xlarge");
    unknown_families_are_of_any_kind: "specs-mixed-kinds", specs("ecs.z9.xlarge,ecs.gn6i-c4g1.xlarge");
    different_sizes: "specs-duplicate-after-rounding", specs("2-4Gi,4-8Gi");
    the_same_item_twice: "specs-duplicate-after-rounding", specs("2-4Gi,2.0-4.0Gi");
    known_families: "spec-family-unknown", specs("ecs.c6.large,ecs.sgn7i-vws-m8.4xlarge");
    retired_is_told_instead: "spec-family-unknown", specs("ecs.t6-c1m2.large");
    families_that_stay: "spec-family-retired", specs("ecs.c6.large");
    a_filter_and_a_sum: "filter-needs-size", Case::limits("2", "4Gi").note("eci-instance-family", "ecs.c6");
    a_filter_beside_types: "filter-needs-size", specs("ecs.c6.large").note("eci-instance-family", "ecs.c6");
    a_filter_on_types_alone: "filter-bills-by-type", specs("ecs.c6.large").note("eci-instance-family", "ecs.c6");
    no_filter: "filter-bills-by-type", Case::limits("2", "4Gi");
    one_family_is_reached: "filter-never-reached", Case::limits("2", "4Gi").note("eci-instance-family", "ecs.gn6i,ecs.c6");
    gpus_are_excluded: "filter-never-reached", Case::limits("2", "4Gi").note("eci-instance-family", "-ecs.gn6i");
    cores_of_a_type: "cpu-option-without-type", specs("ecs.c6.large").note("eci-cpu-option-core", "1");

    gpus_are_asked_for: "gpu-count-missing", Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge");
    no_gpu_type: "gpu-count-missing", specs("ecs.c6.large");
    a_gpu_type_is_named: "gpu-type-missing", Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge");
    an_unknown_type_may_have_gpus: "gpu-type-missing", Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn99.xlarge");
    a_gpu_for_each: "gpu-shared", Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge");
    too_many_says_more: "gpu-shared", Case::of(&gpus("2")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge");
    as_many_as_there_are: "gpu-count-over-type", Case::of(&gpus("2")).note("eci-use-specs", "ecs.gn7i-c32g1.16xlarge");
    nobody_knows_how_many: "gpu-count-over-type", Case::of(&gpus("8")).note("eci-use-specs", "ecs.gn8is.2xlarge");
    a_driver_that_is_offered: "gpu-driver-version",
        Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge").note("eci-gpu-driver-version", "tesla=550");
    without_says_more: "gpu-driver-version", Case::limits("2", "4Gi").note("eci-gpu-driver-version", "tesla=525");
    a_driver_for_a_gpu: "gpu-driver-without-gpu",
        Case::of(&gpus("1")).note("eci-use-specs", "ecs.gn6i-c4g1.xlarge").note("eci-gpu-driver-version", "tesla=535");
    disks_in_use: "local-disk-not-used", specs("ecs.i2.xlarge").with("volumes", local_raid());
    a_type_with_disks: "local-disk-type-missing", specs("ecs.gn5-c4g1.xlarge").with("volumes", local_raid());
    memory_is_no_disk: "local-disk-type-missing",
        Case::limits("2", "4Gi").with("volumes", json!([{"name": "m", "emptyDir": {"medium": "Memory"}}]));

    large_spot: "spot-too-small", Case::limits("2", "4Gi").note("eci-spot-strategy", "SpotAsPriceGo");
    off_the_grid_as_without_spot: "spot-too-small", Case::limits("3", "7Gi").note("eci-spot-strategy", "SpotAsPriceGo");
    spot_by_type: "spot-too-small", specs("ecs.c6.large").note("eci-spot-strategy", "SpotAsPriceGo");
    several_replicas_on_spot: "spot-long-lived",
        Case::limits("2", "4Gi").note("eci-spot-strategy", "SpotAsPriceGo").owner(Owner::Deployment(2));
    spot_with_fallback: "spot-long-lived",
        Case::limits("2", "4Gi").note("eci-spot-strategy", "SpotAsPriceGo").note("eci-spot-fallback", "true").owner(Owner::Deployment(1));
    economy_up_to_eight: "category-economy-large", Case::limits("8", "9Gi").note("eci-compute-category", "economy");
    both_categories: "category-economy-large", Case::limits("9", "9Gi").note("eci-compute-category", "economy,general");
    general_from_one: "category-general-small", Case::limits("1", "2Gi").note("eci-compute-category", "general");
    both_have_the_size: "category-dropped", specs("4-8Gi").note("eci-compute-category", "general,economy");
    a_size_has_a_price: "price-unknown", Case::limits("2", "4Gi");
}

#[test]
fn the_tables_cover_every_rule_of_sizes() {
    let rules: BTreeSet<&str> = eci_model::spec::RULES
        .iter()
        .flat_map(|list| list.as_slice())
        .map(|rule| rule.name())
        .chain(["price-unknown"])
        // The crate that reads annotations tells it.
        .filter(|name| *name != "spec-type-malformed")
        .collect();
    for (what, covered) in [("fires", FIRE), ("stays silent", SILENT)] {
        let covered = covered.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(covered, rules, "nowhere {what}");
    }
}

#[test]
fn severities_follow_policies_and_what_is_known() {
    let severity = |case: Case, rule: &str| {
        let (_, findings) = case.size();
        let finding = findings.iter().find(|finding| finding.rule().name() == rule);
        finding.expect("it fires").severity()
    };
    let small_spot = || Case::limits("1", "2Gi").note("eci-spot-strategy", "SpotAsPriceGo");
    assert_eq!(severity(small_spot(), "spot-too-small"), Severity::Warning);
    assert_eq!(
        severity(small_spot().policy("SpotSmall", "Refuse"), "spot-too-small"),
        Severity::Error
    );

    let two_types = Case::of(&gpus("2")).note("eci-use-specs", "ecs.gn7i-c32g1.16xlarge,ecs.gn6i-c4g1.xlarge");
    assert_eq!(severity(two_types, "gpu-count-over-type"), Severity::Warning);
    let unknown = specs("ecs.z9.xlarge").with("volumes", local_raid());
    assert_eq!(severity(unknown, "local-disk-type-missing"), Severity::Warning);

    let wasteful = || Case::limits("4250m", "8704Mi").anywhere();
    assert_eq!(severity(wasteful(), "size-rounded"), Severity::Info);
    assert_eq!(
        severity(wasteful().policy("RoundingAlert", "AboveQuarter"), "size-rounded"),
        Severity::Warning
    );
    assert_eq!(
        severity(wasteful().policy("RoundingAlert", "AboveHalf"), "size-rounded"),
        Severity::Info
    );
}

#[test]
fn an_unreadable_list_says_nothing_more() {
    assert!(specs("2-4Gi,ecs.c6").rules().is_empty());
    assert!(specs("4x8").rules().is_empty());
}

#[test]
fn refused_spot_has_no_size() {
    let case = Case::limits("1", "2Gi")
        .note("eci-spot-strategy", "SpotAsPriceGo")
        .policy("SpotSmall", "Refuse");
    assert!(case.size().0.billed.is_none());
}
