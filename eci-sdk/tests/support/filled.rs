//! A pod with every field filled.

use std::collections::BTreeSet;

use eci_sdk::model::group::support::{self, Context, Treatment};
use eci_sdk::{Cluster, Edition, Planner, Review};
use k8s_openapi::api::core::v1::Pod;
use serde_json::Value as Json;

use crate::declared::declared;

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
    let spec = serde_json::to_value(declared().1).expect("a specification");
    let mut expected = BTreeSet::new();
    untreated(&spec, Context::Pod, "PodSpec", "spec", &mut expected);
    assert!(expected.len() > 20, "{expected:#?}");
    assert_eq!(told, expected);
}

/// The fields that are set and have no counterpart, as the rows of the matrix say it: they are followed down to types with such a field.
fn untreated(value: &Json, context: Context, kind: &str, path: &str, out: &mut BTreeSet<String>) {
    if let Json::Array(items) = value {
        for (index, item) in items.iter().enumerate() {
            untreated(item, context, kind, &format!("{path}[{index}]"), out);
        }
    }
    for (field, below) in value.as_object().into_iter().flatten() {
        let mut rows = support::matrix().filter(|row| row.context == context && row.kind == kind);
        let row = rows.find(|row| row.field == field).expect("a row");
        let path = format!("{path}.{field}");
        match (row.treatment, row.mixed) {
            (Treatment::Ignored(rule), _) if rule == support::FIELD_NOT_MAPPED.name() => drop(out.insert(path)),
            (Treatment::Mapped | Treatment::Resolved, Some(mixed)) => {
                untreated(below, context.below(kind, field), mixed, &path, out);
            }
            _ => {}
        }
    }
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
