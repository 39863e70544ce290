//! What a team agreed on, in a file beside its manifests: `eci.yaml`.

mod error;
mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use eci_model::{Edition, FieldPath, Finding, Location, ObjectRef, Region, Rule, Severity};

use super::{SuppressedBy, Suppression};
use crate::manifest::{Document, Source};
pub use error::{ConfigurationError, ConfigurationFault};

/// A configuration file: what is known of the cluster, how rules are graded, what is suppressed, what is reported.
///
/// Nothing is read but the text itself: paths are as they are written, and whoever reads the file takes them from its folder. The schema
/// is [`Configuration::SCHEMA`].
///
/// # Example
/// ```
/// use eci_sdk::manifest::Source;
/// use eci_sdk::report::{Configuration, Level};
///
/// let text = "edition: ack\nseverities:\n  image-tag-latest: warning\nignore:\n  host-path: agents move in May\n";
/// let configuration = Configuration::read(&Source::new("eci.yaml", text).into()).expect("a good file");
/// assert_eq!(configuration.edition.map(|edition| (edition.value, edition.line)), Some((eci_sdk::Edition::Ack, 1)));
/// assert_eq!(configuration.severities[0].value.1, Level::Warning);
///
/// let errors = Configuration::read(&Source::new("eci.yaml", "editon: ack\n").into()).expect_err("misspelt");
/// assert_eq!(errors[0].to_string(), "eci.yaml:1:1: there is no key `editon`; write `edition`");
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Configuration {
    /// The name of the file.
    pub name: Arc<str>,
    /// `edition`: of the cluster.
    pub edition: Option<Written<Edition>>,
    /// `region`.
    pub region: Option<Written<Region>>,
    /// `cluster`: files with more facts.
    pub cluster: Vec<Written<String>>,
    /// `policies`: choices about undocumented behaviour, by name.
    pub policies: Vec<Written<(String, String)>>,
    /// `severities`: how findings of a rule are graded.
    pub severities: Vec<Written<(&'static Rule, Level)>>,
    /// `ignore`: rules whose findings are suppressed, with the reason.
    pub ignore: Vec<Written<(String, String)>>,
    /// `skip`: patterns of files that are not read when folders are walked.
    pub skip: Vec<Written<String>>,
    /// `output`: forms of the report, each `FORM` or `FORM=FILE`.
    pub output: Vec<Written<String>>,
    /// `baseline`: the file with what is known.
    pub baseline: Option<Written<String>>,
    /// `failOn`: the mildest severity that fails a run.
    pub fail_on: Option<Written<Severity>>,
    /// `maxFindings`: how many findings are printed.
    pub max_findings: Option<Written<usize>>,
}

/// A value, and the line on which it is written, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Its line.
    pub line: usize,
}

/// How findings of a rule are graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// As an error.
    Error,
    /// As a warning.
    Warning,
    /// As information.
    Info,
    /// Not told, but counted.
    Off,
}

impl Level {
    /// Every level, the gravest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Off];

    /// As it is written: `error`, `warning`, `info` or `off`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Off => "off",
        }
    }

    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// A finding after it was graded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Graded {
    /// The file says nothing about its rule, or the severity that it has.
    Kept(Finding),
    /// It has another severity now.
    Changed(Finding),
    /// Its rule is switched off.
    Off,
}

impl Configuration {
    /// The name of the file, where a program looks for one.
    pub const FILE_NAME: &'static str = "eci.yaml";
    /// The JSON schema of the file, draft 2020-12.
    pub const SCHEMA: &'static str = include_str!("../../schema/eci-yaml.json");

    /// Reads a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(source: &Arc<Source>) -> Result<Self, Vec<ConfigurationError>> {
        read::read(source)
    }

    /// Whether a document can be a configuration: it has none of what every Kubernetes object has.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::manifest::{Reader, Source};
    /// use eci_sdk::report::Configuration;
    ///
    /// let is_in = |text: &str| {
    ///     let source = Source::new("eci.yaml", text).into();
    ///     Reader::new().read(&source).next().is_some_and(|document| Configuration::is_in(&document))
    /// };
    /// assert!(is_in("edition: ack\n"));
    /// assert!(!is_in("apiVersion: v1\nkind: Pod\n"));
    /// ```
    pub fn is_in(document: &Document) -> bool {
        document.api_version().is_empty() && document.kind().is_empty()
    }

    /// The finding as the file grades it.
    pub fn grade(&self, finding: Finding) -> Graded {
        let mut rows = self.severities.iter().rev();
        let row = rows.find(|row| row.value.0 == finding.rule());
        match row.map(|row| row.value.1.severity()) {
            None => Graded::Kept(finding),
            Some(None) => Graded::Off,
            Some(Some(severity)) if severity == finding.severity() => Graded::Kept(finding),
            Some(Some(severity)) => Graded::Changed(finding.with_severity(severity)),
        }
    }

    /// What the file suppresses.
    pub fn suppressions(&self) -> impl Iterator<Item = Suppression> {
        self.ignore.iter().map(|row| {
            let (rule, reason) = &row.value;
            let path = FieldPath::of("ignore").with_key(rule.as_str());
            let place = Location::new(ObjectRef::new("file", None, &self.name), path);
            Suppression::new(rule, SuppressedBy::Configuration, place).because(reason)
        })
    }
}
