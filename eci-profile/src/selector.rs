//! Selectors of eci-profile: which pods they match, and what they add.

use std::collections::BTreeMap;
use std::sync::Arc;

use eci_model::labels::{self, InvalidSelector};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde::Deserialize;

/// A selector: a match routes a pod to ECI, and its effect adds annotations and labels.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Selector {
    /// Its name.
    pub name: Arc<str>,
    /// By labels of the namespace.
    pub namespace_selector: Option<LabelSelector>,
    /// By labels of the pod.
    pub object_selector: Option<LabelSelector>,
    /// What it adds.
    pub effect: Effect,
}

/// What a selector adds; it never replaces what a pod has itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Effect {
    /// Annotations.
    pub annotations: BTreeMap<String, String>,
    /// Labels.
    pub labels: BTreeMap<String, String>,
}

/// What a selector says of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Yes,
    No,
    /// The labels of the namespace would decide, and are not known.
    Open,
}

impl Selector {
    /// Whether it has neither filter; such a selector reaches every pod on ECI and routes none.
    pub const fn is_catch_all(&self) -> bool {
        self.namespace_selector.is_none() && self.object_selector.is_none()
    }

    pub(crate) fn matches(
        &self,
        pod: Option<&BTreeMap<String, String>>,
        namespace: Option<&BTreeMap<String, String>>,
    ) -> Match {
        // A selector that Kubernetes would refuse matches nothing; reading the profile has told it.
        let holds = |result: Result<bool, InvalidSelector>| result == Ok(true);
        if !self
            .object_selector
            .as_ref()
            .is_none_or(|selector| holds(labels::selects(Some(selector), &pod)))
        {
            return Match::No;
        }
        match (&self.namespace_selector, namespace) {
            (None, _) => Match::Yes,
            (Some(selector), Some(labels)) => {
                if holds(labels::selects(Some(selector), labels)) {
                    Match::Yes
                } else {
                    Match::No
                }
            }
            (Some(_), None) => Match::Open,
        }
    }
}

/// The shape in the ConfigMap.
#[derive(Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) namespace_selector: Option<LabelSelector>,
    pub(crate) object_selector: Option<LabelSelector>,
    pub(crate) effect: Effect,
}
