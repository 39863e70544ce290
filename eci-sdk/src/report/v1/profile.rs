//! What a profile does to pods, and what is wrong with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, VERSION};

/// `eci profile lint`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LintReport {
    /// 1.
    pub version: u32,
    /// Everything found, in the order of the input.
    pub findings: Vec<Finding>,
}

impl LintReport {
    /// A report.
    pub const fn new(findings: Vec<Finding>) -> Self {
        Self {
            version: VERSION,
            findings,
        }
    }
}

/// `eci profile test`: what comes out for every pod, as a file that a team can keep beside its profile.
///
/// Sorted, and without words that a new version of the program may say differently. A file with a field that is not known is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfileReport {
    /// 1.
    pub version: u32,
    /// The pods by kind, namespace and name.
    pub pods: BTreeMap<String, ProfiledPod>,
    /// Selectors that match no pod, in their order.
    pub unmatched: Vec<String>,
}

/// What comes out for a pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfiledPod {
    /// `eci`, `on-shortage`, `eci-first`, `either`, `real-nodes` or `unknown`.
    pub runs: String,
    /// Selectors that match, in their order.
    pub matched: Vec<String>,
    /// Annotations that selectors name, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, ProfiledValue>,
    /// Labels that selectors name, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, ProfiledValue>,
}

/// The value of a key, and who gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfiledValue {
    /// The value.
    pub value: String,
    /// The name of a selector, or `pod`.
    pub by: String,
    /// What it beats: each value and its giver.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beats: Vec<(String, String)>,
}
