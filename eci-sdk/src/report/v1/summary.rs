//! What a run read, found and knew.

use std::collections::BTreeMap;

use eci_model::Edition;
use serde::Serialize;

use super::Counts;
use crate::cluster::{Cluster, FactsSummary};

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Summary {
    /// Kubernetes objects in the input, facts not counted.
    pub objects: usize,
    /// Files that were read.
    pub files: usize,
    /// Objects whose pods are bound for ECI, at least on shortage.
    pub bound: usize,
    /// Objects whose pods stay on real nodes.
    pub not_bound: usize,
    /// Objects of which the input does not tell; judged as if they ran on ECI.
    pub cannot_tell: usize,
    /// Pod templates read in objects of other kinds than those of Kubernetes, by kind.
    pub templates: BTreeMap<String, usize>,
    /// Objects of kinds that are not checked, by kind.
    pub not_checked: BTreeMap<String, usize>,
    /// Texts that were skipped.
    pub skipped: Skipped,
    /// Findings by severity.
    pub findings: Counts,
    /// Findings by the name of their rule.
    pub by_rule: BTreeMap<String, usize>,
    /// Findings by the namespace of their object; those of objects without one are not counted here.
    pub by_namespace: BTreeMap<String, usize>,
    /// Findings that are suppressed, by severity; they count nowhere else.
    pub suppressed: Counts,
    /// Findings whose rule the configuration switches off, by severity; they count nowhere else.
    pub switched_off: Counts,
    /// Findings to which the configuration gives another severity.
    pub regraded: usize,
    /// Findings of the baseline that are there still; they count nowhere else.
    pub known: usize,
    /// Findings of the baseline that are gone.
    pub fixed: usize,
    /// The names of the rules that stayed silent for lack of facts.
    pub silent_rules: Vec<&'static str>,
    /// How old the knowledge is.
    pub knowledge: Knowledge,
}

/// Texts that were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Skipped {
    /// Templates that were not rendered.
    pub templates: usize,
    /// Documents that are no Kubernetes objects.
    pub not_kubernetes: usize,
    /// Files of other types, met while walking folders.
    pub other_files: usize,
    /// Files that a kustomization names as patches, met while walking folders.
    pub patches: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Files that the configuration skips, met while walking folders.
    pub by_configuration: usize,
}

/// How old the knowledge is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Knowledge {
    /// The version of the rules.
    pub rules: &'static str,
    /// The month up to which the platform's pages were read.
    pub pages_to: &'static str,
    /// The date of the list prices.
    pub prices_of: String,
    /// Their currency.
    pub currency: &'static str,
}

impl Knowledge {
    /// The month up to which the platform's pages were read.
    pub const PAGES_TO: &'static str = "2026-10";

    /// The knowledge with the prices of a cluster.
    pub fn of(cluster: &Cluster) -> Self {
        Self {
            rules: env!("CARGO_PKG_VERSION"),
            pages_to: Self::PAGES_TO,
            prices_of: cluster.prices().date().to_owned(),
            currency: cluster.prices().currency().name(),
        }
    }
}

impl Default for Knowledge {
    fn default() -> Self {
        Self::of(&Cluster::new(Edition::Ack))
    }
}

/// What was understood of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FactsRow {
    /// What is known, a phrase each.
    pub known: Vec<String>,
    /// What is not known.
    pub unknown: Vec<&'static str>,
    /// The rules that stay silent, by what they lack.
    pub silent: Vec<SilentRow>,
}

/// Rules that stay silent for lack of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SilentRow {
    /// The fact.
    pub lacks: &'static str,
    /// The names of the rules.
    pub rules: Vec<&'static str>,
}

impl From<&FactsSummary> for FactsRow {
    fn from(summary: &FactsSummary) -> Self {
        let silent = summary.silent.iter().map(|(lacks, rules)| SilentRow {
            lacks,
            rules: rules.clone(),
        });
        Self {
            known: summary.known.clone(),
            unknown: summary.unknown.clone(),
            silent: silent.collect(),
        }
    }
}
