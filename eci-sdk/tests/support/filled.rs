//! A pod with every field filled.

use std::collections::BTreeSet;

use eci_sdk::model::group::support::{self, Treatment};
use eci_sdk::{Cluster, Edition, Planner, Review};
use k8s_openapi::api::core::v1::Pod;

use crate::declared::{declared, minor};

fn review() -> Review {
    let mut pod = Pod::default();
    pod.metadata.name = Some("web".to_owned());
    pod.spec = Some(declared().1);
    Planner::new(Cluster::new(Edition::Ack)).assume_bound(true).review(&pod)
}

#[test]
fn nothing_of_a_filled_pod_is_dropped_in_silence() {
    let review = review();
    let told: BTreeSet<String> = (review.findings.iter())
        .filter(|finding| finding.rule() == support::FIELD_NOT_MAPPED)
        .map(|finding| finding.place().path.to_string())
        .collect();
    let expected: BTreeSet<String> = support::matrix()
        .filter(|row| row.treatment == Treatment::Ignored(support::FIELD_NOT_MAPPED.name()))
        .filter(|row| row.versions.contain(minor()) && is_top(row.path))
        .map(|row| format!("spec.{}", row.path.trim_end_matches("[]").replace("[]", "[0]")))
        .collect();
    let silent: Vec<&String> = expected.difference(&told).collect();
    assert!(silent.is_empty(), "{silent:#?}");
    let unknown: Vec<String> = (review.findings.iter())
        .filter(|finding| finding.rule() == support::FIELD_UNKNOWN)
        .map(ToString::to_string)
        .collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// Whether no field above it is told, or refused, in its place.
fn is_top(path: &str) -> bool {
    !support::matrix().any(|row| {
        path.strip_prefix(row.path).is_some_and(|rest| rest.starts_with('.'))
            && !matches!(row.treatment, Treatment::Mapped | Treatment::Resolved)
    })
}

#[test]
fn every_rule_about_a_field_speaks_of_a_filled_pod() {
    let review = review();
    for name in [
        "host-network",
        "host-pid",
        "host-ipc",
        "host-path",
        "privileged",
        "ephemeral-container",
        "startup-probe",
        "probe-kind",
    ] {
        assert!(
            review.findings.iter().any(|finding| finding.rule().name() == name),
            "{name}"
        );
    }
    assert!(review.plan.is_none());
}
