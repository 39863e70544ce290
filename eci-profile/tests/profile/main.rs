//! eci-profile against its pages: published examples, every key, every way to ECI, Selectors, ResourcePolicies, and laws.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

mod examples;
mod keys;
mod laws;
mod policies;
mod routing;
mod vnode;

use std::collections::BTreeMap;

use eci_model::policy::Policies;
use eci_model::{Edition, Findings, Severity, Site};
use eci_profile::Profile;
use k8s_openapi::api::core::v1::{ConfigMap, Pod};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

type Labels = BTreeMap<String, String>;

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("an object")
}

fn config_map(data: Value) -> ConfigMap {
    of(json!({"metadata": {"name": "eci-profile", "namespace": "kube-system"}, "data": data}))
}

fn read_in(data: Value, edition: Edition, policies: &Policies) -> (Option<Profile>, Findings) {
    Profile::read(&config_map(data), &Site::new(edition, policies))
}

fn read_data(data: Value) -> (Option<Profile>, Findings) {
    read_in(data, Edition::Ack, &Policies::default())
}

/// A profile of selectors that are fine, but for what is worth knowing.
fn profile(selectors: &Value) -> Profile {
    let (profile, findings) = read_data(json!({"selectors": selectors.to_string()}));
    assert!(findings.worst() <= Some(Severity::Info), "{findings:?}");
    profile.expect("good")
}

fn names(findings: &Findings) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule().name()).collect()
}

fn pod(namespace: &str, labels: Value, annotations: Value) -> Pod {
    of(json!({"metadata": {"name": "p", "namespace": namespace, "labels": labels, "annotations": annotations}}))
}

fn labels(value: Value) -> Labels {
    of(value)
}

fn policies(name: &str, choice: &str) -> Policies {
    let mut policies = Policies::default();
    policies.set(name, choice).expect("a choice");
    policies
}
