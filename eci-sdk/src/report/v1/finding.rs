//! Findings and their places.

use std::ops::Range;

use eci_model::Severity;
use serde::Serialize;

use super::Fix;
use crate::manifest::Document;

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// A safe change that mends it, where there is one and the file can be changed without a loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Other places that explain it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Whether it holds only if the pod runs on ECI, which the input does not decide.
    pub if_on_eci: bool,
    /// What hides it; it does not fail a run then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppressed>,
}

/// What hides a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Suppressed {
    /// `comment`, `annotation`, `configuration` or `commandLine`.
    pub by: &'static str,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// The template that the text was rendered from, where a comment names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The line in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in the line, in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The line where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    /// The column behind its last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
}

impl From<&eci_model::ObjectRef> for Place {
    fn from(object: &eci_model::ObjectRef) -> Self {
        Self {
            kind: object.kind.to_string(),
            namespace: object.namespace.as_deref().map(Into::into),
            object: object.name.to_string(),
            ..Self::default()
        }
    }
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
            fix: None,
            related: related.collect(),
            if_on_eci: finding.is_conditional(),
            suppressed: None,
        }
    }
}

impl Place {
    /// The same in the text of a document.
    #[must_use]
    pub fn within(self, document: &Document, location: &eci_model::Location) -> Self {
        self.marked(document, &document.span(&location.path, location.within))
    }

    /// The same with these bytes of a document's source.
    #[must_use]
    pub fn marked(mut self, document: &Document, span: &Range<usize>) -> Self {
        let source = document.source();
        let (start, end) = (source.position(span.start), source.position(span.end));
        self.file = Some(source.name().to_owned());
        self.template = document.template().map(ToOwned::to_owned);
        self.line = Some(start.line);
        self.column = Some(start.column);
        self.end_line = Some(end.line);
        self.end_column = Some(end.column);
        self
    }
}

impl Finding {
    /// A finding with its place in the text of a document, and its fix there.
    pub fn within(finding: &eci_model::Finding, document: &Document) -> Self {
        let mut row = Self::from(finding);
        let fix = finding.fix().filter(|_| document.is_about(&finding.place().object));
        row.fix = fix.and_then(|fix| Fix::within(fix, document));
        row.place = row.place.within(document, finding.place());
        row
    }

    /// The same finding, hidden.
    #[must_use]
    pub fn suppressed(mut self, suppressed: Option<Suppressed>) -> Self {
        self.suppressed = suppressed;
        self
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    use eci_model::{Basis, Code, FieldPath, Location, ObjectRef, Rule};

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
}
