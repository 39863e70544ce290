//! The layers: who decides on vSwitches and security groups, and what is said about it.

use eci_model::{Edition, Severity};
use eci_network::Match;
use serde_json::json;

use crate::case::{Case, ids, networking};

const PROFILE_VSWITCHES: &str = "vsw-p1,vsw-p2 by eci-profile vSwitchIds";
const PROFILE_GROUP: &str = "sg-p by eci-profile securityGroupId";
const OBJECT_VSWITCHES: &str = "vsw-a1,vsw-a2 by PodNetworking `a`";
const ANNOTATED: &str = "vsw-x by pod annotation eci-vswitch";

/// A case of the table, the decided vSwitches and groups, and what is told.
macro_rules! resolves {
    ($($fact:ident: $case:expr => $vswitches:expr, $groups:expr, $told:expr;)*) => {$(
        #[test]
        fn $fact() {
            let case: Case = $case;
            let told: &[&str] = &$told;
            assert_eq!(case.decided(), ($vswitches.to_owned(), $groups.to_owned()));
            assert_eq!(case.told(), told);
        }
    )*};
}

fn second_match(case: Case) -> Case {
    case.object(networking("c", ("net", "a"), &["vsw-c"], &["sg-c"]))
}

// The published order, case by case.
resolves! {
    case_1_without_anything_the_profile_decides:
        Case::pod(&[]) => PROFILE_VSWITCHES, PROFILE_GROUP, [];
    case_2_a_matching_object_beats_the_profile_and_its_first_group_counts:
        Case::pod(&[("net", "a")]) => OBJECT_VSWITCHES, "sg-a1 by PodNetworking `a`", ["warning security-group-first-only"];
    case_2_outside_serverless_all_groups_of_the_object_count:
        Case::pod(&[("net", "a")]).on(Edition::Ack) => OBJECT_VSWITCHES, "sg-a1,sg-a2 by PodNetworking `a`", [];
    case_3_an_annotation_beats_the_object_for_its_own_field_only:
        Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]) => ANNOTATED, "sg-a1 by PodNetworking `a`",
        ["warning security-group-first-only"];
    case_4_groups_of_an_annotation_leave_the_vswitches_alone:
        Case::pod(&[]).groups(&["sg-1", "sg-2"]) => PROFILE_VSWITCHES, "sg-1,sg-2 by pod annotation eci-security-group", [];
    case_5_an_object_that_is_not_ready_is_passed_over_and_told:
        Case::pod(&[("tier", "b")]) => PROFILE_VSWITCHES, PROFILE_GROUP, ["warning pod-networking-not-ready"];
    case_6_two_matching_objects_are_ambiguous_and_nothing_is_chosen:
        second_match(Case::pod(&[("net", "a")])) => "undecided", "undecided", ["error pod-networking-ambiguous"];
}

// Ambiguity.
resolves! {
    a_field_that_an_annotation_decides_is_not_ambiguous:
        second_match(Case::pod(&[("net", "a")])).vswitches(&["vsw-x"]) => ANNOTATED, "undecided",
        ["error pod-networking-ambiguous"];
    annotations_for_both_fields_make_ambiguity_moot:
        second_match(Case::pod(&[("net", "a")])).vswitches(&["vsw-x"]).groups(&["sg-x"]) =>
        ANNOTATED, "sg-x by pod annotation eci-security-group", ["warning pod-networking-ambiguous"];
    a_whole_annotation_layer_makes_ambiguity_moot:
        second_match(Case::pod(&[("net", "a")])).vswitches(&["vsw-x"]).policy("MergeGranularity", "WholeLayer") =>
        ANNOTATED, "undecided", ["error security-group-none", "warning pod-networking-ambiguous"];
    ambiguity_can_be_a_warning_and_nothing_is_chosen:
        second_match(Case::pod(&[("net", "a")])).policy("Ambiguity", "Warn") => "undecided", "undecided",
        ["warning pod-networking-ambiguous"];
    ambiguity_can_be_settled_by_name:
        second_match(Case::pod(&[("net", "a")])).policy("Ambiguity", "FirstByName") => OBJECT_VSWITCHES,
        "sg-a1 by PodNetworking `a`", ["warning pod-networking-ambiguous"];
    a_field_none_of_the_objects_names_is_not_ambiguous:
        Case::pod(&[("net", "c")]).object(networking("c", ("net", "c"), &[], &["sg-c"]))
            .object(networking("d", ("net", "c"), &[], &["sg-d"])) => PROFILE_VSWITCHES, "undecided",
        ["error pod-networking-ambiguous"];
}

// Policies of order and granularity.
resolves! {
    with_whole_layers_the_annotation_decides_both_fields:
        Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]).policy("MergeGranularity", "WholeLayer") => ANNOTATED, "undecided",
        ["error security-group-none"];
    with_whole_layers_a_complete_object_decides_both_fields:
        Case::pod(&[("net", "a")]).policy("MergeGranularity", "WholeLayer").on(Edition::Ack) => OBJECT_VSWITCHES,
        "sg-a1,sg-a2 by PodNetworking `a`", [];
    objects_can_stand_above_annotations:
        Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]).on(Edition::Ack)
            .policy("NetworkOrder", "PodNetworkingAnnotationProfile") => OBJECT_VSWITCHES, "sg-a1,sg-a2 by PodNetworking `a`", [];
    objects_can_stand_below_the_profile:
        Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]).policy("NetworkOrder", "AnnotationProfilePodNetworking") =>
        ANNOTATED, PROFILE_GROUP, [];
    objects_may_not_act_on_ack:
        Case::pod(&[("net", "a")]).on(Edition::Ack).policy("PodNetworkingOnAck", "ServerlessOnly") => PROFILE_VSWITCHES,
        PROFILE_GROUP, [];
    objects_do_not_act_in_self_managed_clusters:
        Case::pod(&[("net", "a")]).on(Edition::SelfManaged) => PROFILE_VSWITCHES, PROFILE_GROUP, [];
}

// What a layer leaves open goes to the next one.
resolves! {
    an_object_without_groups_leaves_them_to_the_profile:
        Case::pod(&[("net", "c")]).object(networking("c", ("net", "c"), &["vsw-c"], &[])) =>
        "vsw-c by PodNetworking `c`", PROFILE_GROUP, [];
    the_environment_of_an_old_controller_comes_last:
        Case { profile: None, environment: (ids(&["vsw-e"]), ids(&["sg-e"])), ..Case::pod(&[]) } =>
        "vsw-e by controller environment ECI_VSWITCH", "sg-e by controller environment ECI_SECURITY_GROUP", [];
    the_profile_beats_the_environment:
        Case { environment: (ids(&["vsw-e"]), ids(&["sg-e"])), ..Case::pod(&[]) } => PROFILE_VSWITCHES, PROFILE_GROUP, [];
    without_any_profile_nothing_is_said_about_what_it_lacks:
        Case { profile: None, ..Case::pod(&[]) } => "undecided", "undecided", [];
    a_profile_without_network_settings_lacks_both:
        Case { profile: Some((Vec::new(), None)), ..Case::pod(&[]) } => "undecided", "undecided",
        ["error vswitch-none", "error security-group-none"];
}

// Selection by namespace, and what fixed addresses do.
resolves! {
    both_selectors_must_match:
        Case::pod(&[("net", "a")]).object(by_namespace("n", json!({"matchLabels": {"team": "shop"}}))).namespace(&[("team", "data")])
            .on(Edition::Ack) => OBJECT_VSWITCHES, "sg-a1,sg-a2 by PodNetworking `a`", [];
    labels_of_the_namespace_select:
        Case::pod(&[("net", "n")]).object(by_namespace("n", json!({"matchLabels": {"team": "shop"}}))).namespace(&[("team", "shop")]) =>
        "vsw-n by PodNetworking `n`", "sg-n by PodNetworking `n`", [];
    labels_that_are_not_known_select_nothing:
        Case::pod(&[("net", "n")]).object(by_namespace("n", json!({"matchLabels": {"team": "shop"}}))) => PROFILE_VSWITCHES,
        PROFILE_GROUP, [];
    not_even_by_being_absent:
        Case::pod(&[("net", "n")]).object(by_namespace("n", json!({"matchExpressions": [{"key": "x", "operator": "DoesNotExist"}]}))) =>
        PROFILE_VSWITCHES, PROFILE_GROUP, [];
    the_name_of_a_namespace_is_always_its_label:
        Case::pod(&[("net", "n")]).object(by_namespace("n", json!({"matchLabels": {"kubernetes.io/metadata.name": "default"}}))) =>
        "vsw-n by PodNetworking `n`", "sg-n by PodNetworking `n`", [];
    an_empty_selector_matches_every_namespace:
        Case::pod(&[("net", "n")]).object(by_namespace("n", json!({}))) => "vsw-n by PodNetworking `n`", "sg-n by PodNetworking `n`", [];
    an_object_without_selectors_matches_nothing:
        Case::pod(&[]).object(json!({"metadata": {"name": "n"}, "spec": {"selector": {}, "vSwitchOptions": ["vsw-n"]}})) =>
        PROFILE_VSWITCHES, PROFILE_GROUP, [];
    an_object_with_fixed_addresses_applies_to_every_pod:
        Case::pod(&[("net", "f")]).object(fixed()) => "vsw-f by PodNetworking `f`", "sg-f by PodNetworking `f`",
        ["warning pod-networking-fixed-on-eci"];
    fixed_addresses_do_not_matter_where_annotations_decide:
        Case::pod(&[("net", "f")]).object(fixed()).vswitches(&["vsw-x"]).groups(&["sg-x"]) => ANNOTATED,
        "sg-x by pod annotation eci-security-group", [];
}

fn by_namespace(name: &str, selector: serde_json::Value) -> serde_json::Value {
    json!({
        "metadata": {"name": name},
        "spec": {"selector": {"podSelector": {"matchLabels": {"net": name}}, "namespaceSelector": selector},
                 "vSwitchOptions": [format!("vsw-{name}")], "securityGroupIDs": [format!("sg-{name}")]},
    })
}

fn fixed() -> serde_json::Value {
    let mut object = networking("f", ("net", "f"), &["vsw-f"], &["sg-f"]);
    object["spec"]["allocationType"] = json!({"type": "Fixed"});
    object
}

// Limits that only the layers without rules of their own are held to.
resolves! {
    case_7_eleven_vswitches_of_an_annotation_are_told_by_its_own_rule:
        Case::pod(&[]).vswitches(&ELEVEN) => format!("{} by pod annotation eci-vswitch", ELEVEN.join(",")), PROFILE_GROUP, [];
    case_8_six_groups_of_an_annotation_are_told_by_its_own_rule:
        Case::pod(&[]).groups(&SIX) => PROFILE_VSWITCHES, format!("{} by pod annotation eci-security-group", SIX.join(",")), [];
    eleven_vswitches_of_an_object_are_too_many:
        Case::pod(&[("net", "c")]).object(networking("c", ("net", "c"), &ELEVEN, &["sg-c"])) =>
        format!("{} by PodNetworking `c`", ELEVEN.join(",")), "sg-c by PodNetworking `c`", ["error vswitch-too-many"];
    ten_are_not:
        Case::pod(&[("net", "c")]).object(networking("c", ("net", "c"), &ELEVEN[..10], &["sg-c"])) =>
        format!("{} by PodNetworking `c`", ELEVEN[..10].join(",")), "sg-c by PodNetworking `c`", [];
    the_environment_is_held_to_both_limits:
        Case { profile: None, environment: (ids(&ELEVEN), ids(&SIX)), ..Case::pod(&[]) } =>
        format!("{} by controller environment ECI_VSWITCH", ELEVEN.join(",")),
        format!("{} by controller environment ECI_SECURITY_GROUP", SIX.join(",")),
        ["error vswitch-too-many", "error security-group-too-many"];
}

const ELEVEN: [&str; 11] = [
    "vsw-1", "vsw-2", "vsw-3", "vsw-4", "vsw-5", "vsw-6", "vsw-7", "vsw-8", "vsw-9", "vsw-10", "vsw-11",
];
const SIX: [&str; 6] = ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"];

#[test]
fn every_decision_names_what_it_beat() {
    let mut case = Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]);
    case.environment.0 = ids(&["vsw-e"]);
    let (resolution, _) = case.resolve();
    let decided = resolution.vswitches.expect("the annotation decides");
    let beaten: Vec<String> = decided
        .beaten()
        .iter()
        .map(|loser| format!("{} of {}", loser.value, loser.origin))
        .collect();
    assert_eq!(
        beaten,
        [
            "vsw-a1,vsw-a2 of PodNetworking `a`",
            "vsw-p1,vsw-p2 of eci-profile vSwitchIds",
            "vsw-e of controller environment ECI_VSWITCH",
        ]
    );
}

#[test]
fn what_was_passed_over_says_why() {
    let (resolution, _) = Case::pod(&[("tier", "b")]).resolve();
    let decided = resolution.vswitches.expect("the profile decides");
    assert_eq!(decided.beaten()[0].why, "the object is not Ready");

    let by_team = by_namespace("n", json!({"matchLabels": {"team": "shop"}}));
    let (resolution, _) = Case::pod(&[("net", "n")]).object(by_team).resolve();
    let decided = resolution.vswitches.expect("the profile decides");
    assert_eq!(decided.beaten()[0].why, "labels of the namespace are not known");
}

#[test]
fn only_the_first_group_is_a_step_of_its_own() {
    let (resolution, _) = Case::pod(&[("net", "a")]).resolve();
    let groups = resolution.security_groups.expect("the object decides");
    let trail: Vec<&str> = groups.trail().iter().map(|reason| &*reason.what).collect();
    assert_eq!(trail, ["asked", "only the first takes effect"]);
}

#[test]
fn a_choice_by_policy_is_a_step_of_its_own() {
    let case = second_match(Case::pod(&[("net", "a")])).policy("Ambiguity", "FirstByName");
    let (resolution, _) = case.resolve();
    let vswitches = resolution.vswitches.expect("the first by name decides");
    assert_eq!(
        vswitches.trail()[1].to_string(),
        "chosen as the first by name by policy Ambiguity=FirstByName"
    );
    assert_eq!(vswitches.beaten().len(), 2, "the profile and the other object");
}

#[test]
fn the_match_itself_is_told() {
    let (resolution, _) = Case::pod(&[("net", "a")]).resolve();
    assert_eq!(resolution.pod_networking, Match::One("a".into()));
    let (resolution, _) = second_match(Case::pod(&[("net", "a")])).resolve();
    assert_eq!(
        resolution.pod_networking,
        Match::Ambiguous(vec!["a".into(), "c".into()])
    );
    let (resolution, _) = Case::pod(&[]).resolve();
    assert_eq!(resolution.pod_networking, Match::None);
    let (resolution, _) = Case::pod(&[]).on(Edition::SelfManaged).resolve();
    assert_eq!(resolution.pod_networking, Match::Off);
}

#[test]
fn findings_stand_where_something_must_change() {
    let (_, findings) = Case::pod(&[("tier", "b")]).resolve();
    let finding = findings.iter().next().expect("the object is not Ready");
    assert_eq!(finding.place().to_string(), "PodNetworking b: status");
    assert_eq!(finding.notes(), ["vsw-b1 not found"]);

    let (_, findings) = Case::pod(&[("net", "a")]).resolve();
    let finding = findings.iter().next().expect("two groups");
    assert_eq!(finding.place().to_string(), "PodNetworking a: spec.securityGroupIDs");
    assert_eq!(
        (finding.found(), finding.severity()),
        (Some("sg-a2"), Severity::Warning)
    );
}
