//! Version 1 of the JSON form: small owned types, made from the types of the engine, which do not serialise themselves.
//!
//! Fields are added within a version, never removed or changed in meaning.

mod verification;

use eci_model::{Decision, Rule, Severity};
use serde::Serialize;

pub use verification::{AspectRow, Difference, EvidenceRow, Verification};

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// The code of the rule, `ECI1010`.
    pub code: String,
    /// The name of the rule, `host-path`.
    pub name: &'static str,
    /// `info`, `warning` or `error`.
    pub severity: &'static str,
    /// What is wrong, in one line.
    pub title: String,
    /// The place that must change.
    pub place: Place,
    /// The value found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// More about this case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What to do instead.
    pub remedy: String,
    /// Other places that explain it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Whether it holds only if the pod runs on ECI, which the input does not decide.
    pub if_on_eci: bool,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Related {
    /// The place.
    pub place: Place,
    /// What it says.
    pub message: String,
}

/// A place in an object, and in a file when the object was read from one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Place {
    /// The kind of the object.
    pub kind: String,
    /// Its namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Its name.
    pub object: String,
    /// The field, as people write it.
    pub path: String,
    /// The field, as a JSON pointer.
    pub pointer: String,
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in the line, in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl From<&eci_model::Location> for Place {
    fn from(location: &eci_model::Location) -> Self {
        Self {
            kind: location.object.kind.to_string(),
            namespace: location.object.namespace.as_deref().map(Into::into),
            object: location.object.name.to_string(),
            path: location.path.to_string(),
            pointer: location.path.to_json_pointer(),
            ..Self::default()
        }
    }
}

impl From<&eci_model::Finding> for Finding {
    fn from(finding: &eci_model::Finding) -> Self {
        let related = finding.related().iter().map(|(place, why)| Related {
            place: place.into(),
            message: why.to_string(),
        });
        Self {
            code: finding.rule().code().to_string(),
            name: finding.rule().name(),
            severity: finding.severity().name(),
            title: finding.title().to_owned(),
            place: finding.place().into(),
            found: finding.found().map(Into::into),
            expected: finding.expected().map(Into::into),
            notes: finding.notes().iter().map(ToString::to_string).collect(),
            remedy: finding.remedy().to_owned(),
            related: related.collect(),
            if_on_eci: finding.is_conditional(),
        }
    }
}

/// A rule, as `eci rules` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// A decision of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DecisionRow {
    /// What was decided.
    pub name: &'static str,
    /// The value.
    pub value: String,
    /// The reasons, first to last.
    pub trail: Vec<Step>,
    /// What lost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beaten: Vec<Loser>,
}

/// A reason of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Step {
    /// Who.
    pub by: String,
    /// What was done.
    pub what: String,
}

/// A candidate that lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Loser {
    /// The value.
    pub value: String,
    /// Who gave it.
    pub by: String,
    /// Why it lost.
    pub why: String,
}

impl From<Decision<'_>> for DecisionRow {
    fn from(decision: Decision<'_>) -> Self {
        let step = |reason: &eci_model::Reason| Step {
            by: reason.origin.to_string(),
            what: reason.what.to_string(),
        };
        let loser = |beaten: &eci_model::Beaten| Loser {
            value: beaten.value.to_string(),
            by: beaten.origin.to_string(),
            why: beaten.why.to_string(),
        };
        Self {
            name: decision.name,
            value: decision.value.to_string(),
            trail: decision.trail.iter().map(step).collect(),
            beaten: decision.beaten.iter().map(loser).collect(),
        }
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Infos.
    pub info: usize,
    /// Those of all severities that hold only if the pod runs on ECI.
    pub if_on_eci: usize,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, finding: &eci_model::Finding) {
        match finding.severity() {
            Severity::Error => self.error += 1,
            Severity::Warning => self.warning += 1,
            _ => self.info += 1,
        }
        self.if_on_eci += usize::from(finding.is_conditional());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::{Basis, Code, Decided, FieldPath, Location, ObjectRef, Origin};

    const BAD: &Rule = &Rule::warning(Code::own("TEST", 1), "bad")
        .summary("something is bad")
        .remedy("make it good")
        .basis(Basis::Ours("for tests"));

    #[test]
    fn findings_serialise_with_their_place() {
        let place = Location::new(
            ObjectRef::new("Pod", Some("shop"), "web"),
            FieldPath::of("spec.hostPID"),
        );
        let finding = BAD.at(place).found("true").build().conditional();
        let json = serde_json::to_value(Finding::from(&finding)).expect("plain data");
        assert_eq!(
            json,
            serde_json::json!({
                "code": "TEST0001", "name": "bad", "severity": "warning", "title": "something is bad",
                "place": {"kind": "Pod", "namespace": "shop", "object": "web", "path": "spec.hostPID", "pointer": "/spec/hostPID"},
                "found": "true", "remedy": "make it good", "ifOnEci": true,
            })
        );
    }

    #[test]
    fn decisions_serialise_with_what_they_beat() {
        let decided = Decided::by(Origin::Caller, 5).beat("4", Origin::Caller, "smaller");
        let json = serde_json::to_value(DecisionRow::from(decided.named("number"))).expect("plain data");
        assert_eq!(
            json,
            serde_json::json!({
                "name": "number", "value": "5", "trail": [{"by": "caller", "what": "asked"}],
                "beaten": [{"value": "4", "by": "caller", "why": "smaller"}],
            })
        );
    }
}
