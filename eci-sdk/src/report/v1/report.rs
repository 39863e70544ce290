//! What each verb of the command line prints as JSON.

use serde::Serialize;

use super::{AnnotationRow, FactsRow, Finding, PlanRow, PolicyRow, RuleRow, Summary};

/// The number of this form; it stands in every report.
pub const VERSION: u32 = 1;

/// `eci check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckReport {
    /// 1.
    pub version: u32,
    /// Everything found, in the order of the input.
    pub findings: Vec<Finding>,
    /// The counts.
    pub summary: Summary,
}

impl CheckReport {
    /// A report.
    pub const fn new(findings: Vec<Finding>, summary: Summary) -> Self {
        Self {
            version: VERSION,
            findings,
            summary,
        }
    }
}

/// `eci plan`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlanReport {
    /// 1.
    pub version: u32,
    /// The plans of what is not refused.
    pub plans: Vec<PlanRow>,
    /// Everything found, in the order of the input.
    pub findings: Vec<Finding>,
    /// The counts.
    pub summary: Summary,
}

impl PlanReport {
    /// A report.
    pub const fn new(plans: Vec<PlanRow>, findings: Vec<Finding>, summary: Summary) -> Self {
        Self {
            version: VERSION,
            plans,
            findings,
            summary,
        }
    }
}

/// `eci facts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FactsReport {
    /// 1.
    pub version: u32,
    /// What was understood.
    #[serde(flatten)]
    pub facts: FactsRow,
    /// What is wrong with the facts.
    pub findings: Vec<Finding>,
}

impl FactsReport {
    /// A report.
    pub const fn new(facts: FactsRow, findings: Vec<Finding>) -> Self {
        Self {
            version: VERSION,
            facts,
            findings,
        }
    }
}

/// `eci explain`: what the topic turned out to be; the other fields are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// 1.
    pub version: u32,
    /// What was asked.
    pub topic: String,
    /// A rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleRow>,
    /// The Markdown page of the rule.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub page: &'static str,
    /// Annotations: one when the topic is its name, more when it is a part of theirs or near to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<AnnotationRow>,
    /// Policies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<PolicyRow>,
}

/// `eci config`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ConfigurationReport {
    /// 1.
    pub version: u32,
    /// The file; nothing when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Every value that counts.
    pub settings: Vec<SettingRow>,
}

impl ConfigurationReport {
    /// A report.
    pub const fn new(file: Option<String>, settings: Vec<SettingRow>) -> Self {
        Self {
            version: VERSION,
            file,
            settings,
        }
    }
}

/// A value of a configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SettingRow {
    /// The key, such as `edition` or `severities.host-path`.
    pub key: String,
    /// The value.
    pub value: String,
    /// `FILE:LINE`, a flag, or `default`.
    pub origin: String,
}

impl SettingRow {
    /// A row.
    pub fn new(key: &str, value: String, origin: String) -> Self {
        Self {
            key: key.to_owned(),
            value,
            origin,
        }
    }
}

/// `eci simulate`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SimulationReport {
    /// 1.
    pub version: u32,
    /// That no cloud was contacted and nothing is billed.
    pub notice: &'static str,
    /// What all chance came from.
    pub seed: u64,
    /// How long it ran, in milliseconds of virtual time.
    pub end: u64,
    /// Differs when anything in the journal does.
    pub journal_fingerprint: String,
    /// Every pod that was made, replacements too.
    pub pods: Vec<SimulatedPod>,
    /// What happened, in order.
    pub journal: Vec<JournalEntry>,
    /// Workloads that the world did not take, with the reason.
    pub not_run: Vec<String>,
    /// What it cost.
    pub cost: SimulatedCost,
    /// Everything found, in the order of the input.
    pub findings: Vec<Finding>,
    /// The counts.
    pub summary: Summary,
}

/// A pod of a simulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SimulatedPod {
    /// Its name.
    pub name: String,
    /// Its UID in the world.
    pub uid: String,
    /// Its container group.
    pub group: String,
    /// Its last phase.
    pub phase: Option<String>,
    /// Why it is in that phase, when the platform says.
    pub reason: Option<String>,
    /// The size or type it was given.
    pub spec: Option<String>,
    /// Its vSwitch.
    pub v_switch: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// What it costs in an hour, a decimal number.
    pub price_per_hour: Option<String>,
}

/// Something that happened in a simulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// When, in milliseconds of virtual time.
    pub at: u64,
    /// The container group.
    pub group: String,
    /// The pod.
    pub pod: String,
    /// What.
    pub what: String,
    /// More about it.
    pub detail: String,
}

/// What a simulation cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SimulatedCost {
    /// All pods with a known price, a decimal number.
    pub total: String,
    /// `CNY` or another one.
    pub currency: &'static str,
    /// How many pods have no known price.
    pub unpriced: usize,
}
