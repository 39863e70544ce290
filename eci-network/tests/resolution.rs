//! The resolution cases of the three layers: annotation, PodNetworking, eci-profile.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

use std::collections::BTreeMap;

use eci_model::policy::{Ambiguity, MergeGranularity, NetworkOrder};
use eci_model::resource::PodNetworking;
use eci_model::{
    Edition, EffectivePod, Findings, Given, List, Object, Origin, Overlay, Policies, SecurityGroupId, Settings,
    Severity, Site, VSwitchId,
};
use eci_network::{NetworkFacts, Resolution, resolve};
use k8s_openapi::api::core::v1::Pod;

/// A pod of the table, in the setting of all cases.
struct Case {
    labels: BTreeMap<String, String>,
    settings: Settings,
    policies: Policies,
    edition: Edition,
    more: Vec<PodNetworking>,
}

fn networking(name: &str, label: (&str, &str), vswitches: &[&str], groups: &[&str], status: &str) -> PodNetworking {
    serde_json::from_value(serde_json::json!({
        "metadata": {"name": name},
        "spec": {"selector": {"podSelector": {"matchLabels": {label.0: label.1}}},
                 "vSwitchOptions": vswitches, "securityGroupIDs": groups},
        "status": {"status": status, "message": "vsw-b1 not found"},
    }))
    .expect("a PodNetworking")
}

impl Case {
    fn pod(labels: &[(&str, &str)]) -> Self {
        Self {
            labels: labels
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            settings: Settings::default(),
            policies: Policies::default(),
            edition: Edition::AckServerless,
            more: Vec::new(),
        }
    }

    fn vswitches(mut self, ids: &[&str]) -> Self {
        let ids: Vec<VSwitchId> = ids.iter().map(|id| id.parse().expect("an id")).collect();
        self.settings.vswitches = Some(Given::new(
            List(ids),
            Origin::PodAnnotation {
                key: "eci-vswitch".into(),
            },
        ));
        self
    }

    fn groups(mut self, ids: &[&str]) -> Self {
        let ids: Vec<SecurityGroupId> = ids.iter().map(|id| id.parse().expect("an id")).collect();
        self.settings.security_groups = Some(Given::new(
            List(ids),
            Origin::PodAnnotation {
                key: "eci-security-group".into(),
            },
        ));
        self
    }

    fn resolve(&self) -> (Resolution, Findings) {
        let pod = Pod::default();
        let view = Object::from(&pod).pod().expect("a pod");
        let effective = EffectivePod::new(
            view,
            Overlay::of(Some(&self.labels)),
            Overlay::default(),
            &self.settings,
        );
        let a = networking("a", ("net", "a"), &["vsw-a1", "vsw-a2"], &["sg-a1", "sg-a2"], "Ready");
        let b = networking("b", ("tier", "b"), &["vsw-b1"], &["sg-b"], "Fail");
        let vswitches = ["vsw-p1", "vsw-p2"].map(|id| id.parse().expect("an id"));
        let group = "sg-p".parse().expect("an id");
        let facts = NetworkFacts {
            pod_networkings: [&a, &b].into_iter().chain(&self.more).collect(),
            vswitches: &vswitches,
            security_group: Some(&group),
            has_profile: true,
        };
        let mut findings = Findings::new();
        let resolution = resolve(
            &effective,
            None,
            &facts,
            &Site::new(self.edition, &self.policies),
            &mut findings,
        );
        (resolution, findings)
    }

    /// `vsw-a1,vsw-a2 by PodNetworking`.
    fn decided(&self) -> (String, String) {
        let (resolution, _) = self.resolve();
        let show = |value: String, origin: &Origin| format!("{value} by {origin}");
        let vswitches = resolution.vswitches.map(|it| show(it.value().to_string(), it.origin()));
        let groups = resolution
            .security_groups
            .map(|it| show(it.value().to_string(), it.origin()));
        (vswitches.unwrap_or_default(), groups.unwrap_or_default())
    }

    fn codes(&self) -> Vec<String> {
        let (_, findings) = self.resolve();
        findings
            .iter()
            .map(|finding| format!("{} {}", finding.severity(), finding.rule().name()))
            .collect()
    }
}

const PROFILE_VSWITCHES: &str = "vsw-p1,vsw-p2 by eci-profile vSwitchIds";
const PROFILE_GROUP: &str = "sg-p by eci-profile securityGroupId";

#[test]
fn without_anything_the_profile_decides() {
    assert_eq!(
        Case::pod(&[]).decided(),
        (PROFILE_VSWITCHES.into(), PROFILE_GROUP.into())
    );
    assert!(Case::pod(&[]).codes().is_empty());
}

#[test]
fn a_matching_object_beats_the_profile() {
    let case = Case::pod(&[("net", "a")]);
    assert_eq!(
        case.decided(),
        (
            "vsw-a1,vsw-a2 by PodNetworking `a`".into(),
            "sg-a1 by PodNetworking `a`".into()
        )
    );
    assert_eq!(case.codes(), ["warning security-group-first-only"]);
    let (resolution, _) = case.resolve();
    let beaten = resolution.vswitches.expect("decided").beaten()[0].value.to_string();
    assert_eq!(beaten, "vsw-p1,vsw-p2");
}

#[test]
fn outside_serverless_all_groups_of_the_object_count() {
    let mut case = Case::pod(&[("net", "a")]);
    case.edition = Edition::Ack;
    assert_eq!(case.decided().1, "sg-a1,sg-a2 by PodNetworking `a`");
    assert!(case.codes().is_empty());
}

#[test]
fn an_annotation_beats_the_object_for_its_own_field_only() {
    let case = Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]);
    assert_eq!(
        case.decided(),
        (
            "vsw-x by pod annotation eci-vswitch".into(),
            "sg-a1 by PodNetworking `a`".into()
        )
    );
}

#[test]
fn with_whole_layers_the_annotation_decides_both_fields() {
    let mut case = Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]);
    case.policies.merge_granularity = MergeGranularity::WholeLayer;
    assert_eq!(
        case.decided(),
        ("vsw-x by pod annotation eci-vswitch".into(), String::new())
    );
    assert_eq!(case.codes(), ["error security-group-none"]);
}

#[test]
fn groups_of_an_annotation_leave_the_vswitches_alone() {
    let case = Case::pod(&[]).groups(&["sg-1", "sg-2"]);
    assert_eq!(
        case.decided(),
        (
            PROFILE_VSWITCHES.into(),
            "sg-1,sg-2 by pod annotation eci-security-group".into()
        )
    );
}

#[test]
fn an_object_that_is_not_ready_is_passed_over_and_told() {
    let case = Case::pod(&[("tier", "b")]);
    assert_eq!(case.decided(), (PROFILE_VSWITCHES.into(), PROFILE_GROUP.into()));
    assert_eq!(case.codes(), ["warning pod-networking-not-ready"]);
}

#[test]
fn two_matching_objects_are_ambiguous_and_nothing_is_chosen() {
    let mut case = Case::pod(&[("net", "a")]);
    case.more
        .push(networking("c", ("net", "a"), &["vsw-c"], &["sg-c"], "Ready"));
    assert_eq!(case.decided(), (String::new(), String::new()));
    assert_eq!(case.codes(), ["error pod-networking-ambiguous"]);
    case.policies.ambiguity = Ambiguity::FirstByName;
    assert_eq!(case.decided().0, "vsw-a1,vsw-a2 by PodNetworking `a`");
}

#[test]
fn annotations_for_both_fields_make_ambiguity_moot() {
    let mut case = Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]).groups(&["sg-x"]);
    case.more
        .push(networking("c", ("net", "a"), &["vsw-c"], &["sg-c"], "Ready"));
    assert_eq!(case.decided().0, "vsw-x by pod annotation eci-vswitch");
    let (_, findings) = case.resolve();
    assert_eq!(findings.worst(), Some(Severity::Warning));
}

#[test]
fn the_order_is_a_policy() {
    let mut case = Case::pod(&[("net", "a")]).vswitches(&["vsw-x"]);
    case.policies.network_order = NetworkOrder::PodNetworkingAnnotationProfile;
    assert_eq!(case.decided().0, "vsw-a1,vsw-a2 by PodNetworking `a`");
    case.policies.network_order = NetworkOrder::AnnotationProfilePodNetworking;
    assert_eq!(case.decided().1, PROFILE_GROUP);
}

#[test]
fn objects_of_self_managed_clusters_do_not_count() {
    let mut case = Case::pod(&[("net", "a")]);
    case.edition = Edition::SelfManaged;
    assert_eq!(case.decided().0, PROFILE_VSWITCHES);
}
