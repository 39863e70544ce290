//! What is known without any input: rules, annotations, fields, policies.

use eci_annotations::Row;
use eci_model::group::support;
use eci_model::policy::PolicyDoc;
use eci_model::{Edition, Rule};
use serde::Serialize;

/// A rule, as `eci rules` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RuleRow {
    /// The code.
    pub code: String,
    /// The name.
    pub name: &'static str,
    /// Its usual severity.
    pub severity: &'static str,
    /// What is wrong.
    pub summary: &'static str,
    /// What to do instead.
    pub remedy: &'static str,
    /// `documented`, `inferred` or `ours`.
    pub basis: &'static str,
    /// The page, or the reason.
    pub source: &'static str,
    /// The first version that has it.
    pub since: &'static str,
}

impl From<&Rule> for RuleRow {
    fn from(rule: &Rule) -> Self {
        Self {
            code: rule.code().to_string(),
            name: rule.name(),
            severity: rule.severity().name(),
            summary: rule.summary_text(),
            remedy: rule.remedy_text(),
            basis: rule.basis_of().name(),
            source: rule.basis_of().source(),
            since: rule.since_version(),
        }
    }
}

/// An annotation, as `eci annotations` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AnnotationRow {
    /// The key; `{key}` stands for a name that users choose.
    pub key: &'static str,
    /// What it is about.
    pub category: &'static str,
    /// Where it is read: `pod`, `service` and others.
    pub read_on: Vec<&'static str>,
    /// In which editions; nothing where no page tells them apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub editions: Option<Vec<&'static str>>,
    /// Who writes it.
    pub set_by: &'static str,
    /// The shape of its values, in a word.
    pub shape: &'static str,
    /// Which values are allowed, in words.
    pub allowed: String,
    /// What holds when it is not set; empty when that is not documented.
    pub default: &'static str,
    /// Older and variant spellings.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub aliases: &'static [&'static str],
    /// Values that pages show.
    pub examples: &'static [&'static str],
    /// What it means.
    pub summary: &'static str,
    /// The title of the page that describes it.
    pub page: &'static str,
    /// When that page was updated.
    pub updated: &'static str,
    /// How well it is documented.
    pub confidence: &'static str,
}

impl From<&Row> for AnnotationRow {
    fn from(row: &Row) -> Self {
        let facts = row.facts();
        let editions = facts
            .editions
            .map(|editions| editions.iter().map(Edition::name).collect());
        Self {
            key: facts.name,
            category: facts.category.name(),
            read_on: facts.targets.iter().map(|target| target.name()).collect(),
            editions,
            set_by: facts.set_by.name(),
            shape: facts.shape,
            allowed: facts.allowed.to_string(),
            default: facts.default,
            aliases: facts.aliases,
            examples: facts.examples,
            summary: facts.summary.trim(),
            page: facts.source.title,
            updated: facts.source.updated,
            confidence: facts.confidence.name(),
        }
    }
}

/// A field of a pod, as `eci support` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SupportRow {
    /// Where it stands: `pod`, `app`, `init`, `probe`, `hook` or `ephemeral`.
    pub context: &'static str,
    /// The type of Kubernetes that has the field.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The field.
    pub field: &'static str,
    /// A place of the field, from the pod's specification on.
    pub path: &'static str,
    /// What happens to it.
    pub treatment: &'static str,
    /// The rule that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// A value, as JSON text, for which that can be seen.
    pub sample: &'static str,
}

impl From<&support::Row> for SupportRow {
    fn from(row: &support::Row) -> Self {
        Self {
            context: row.context.name(),
            kind: row.kind,
            field: row.field,
            path: row.path,
            treatment: row.treatment.name(),
            rule: row.treatment.rule(),
            sample: row.sample,
        }
    }
}

/// A point that no page settles, as `eci explain policies` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PolicyRow {
    /// The name, for `--policy NAME=VALUE`.
    pub name: &'static str,
    /// The choices, the default first.
    pub choices: &'static [&'static str],
    /// What leaves the point open.
    pub source: &'static str,
}

impl From<&PolicyDoc> for PolicyRow {
    fn from(policy: &PolicyDoc) -> Self {
        Self {
            name: policy.name,
            choices: policy.choices,
            source: policy.source,
        }
    }
}
