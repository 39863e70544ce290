//! From the text of a configuration to its values.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;

use eci_model::policy::Policies;
use eci_model::{FieldPath, Finding, Location, ObjectRef, Severity};

use super::{Configuration, ConfigurationError, ConfigurationFault as Fault, Level, Written};
use crate::manifest::rules::DUPLICATE_KEY;
use crate::manifest::{Document, Reader, Scalar, Source, Value};
use crate::report::named_rule;

/// The keys of the file.
pub(super) const KEYS: [&str; 11] = [
    "baseline",
    "cluster",
    "edition",
    "failOn",
    "ignore",
    "maxFindings",
    "output",
    "policies",
    "region",
    "severities",
    "skip",
];

pub(super) fn read(source: &Arc<Source>) -> Result<Configuration, Vec<ConfigurationError>> {
    let mut read = Read {
        source,
        errors: Vec::new(),
    };
    let mut configuration = Configuration {
        name: source.name().into(),
        ..Configuration::default()
    };
    let documents: Vec<_> = Reader::new().read(source).collect();
    for document in &documents {
        let (_, findings) = document.objects();
        // Keys that stand twice are told with the others.
        let is_broken = |finding: &&Finding| finding.severity() == Severity::Error && finding.rule() != DUPLICATE_KEY;
        if let Some(broken) = findings.iter().find(is_broken) {
            let at = document.span(&broken.place().path, broken.place().within).start;
            read.fail(at, Fault::Unreadable(broken.title().to_owned()));
        } else if !Configuration::is_in(document) {
            read.fail(
                document.range().start,
                Fault::NoConfiguration("it is a Kubernetes object"),
            );
        }
    }
    if let Some(second) = documents.get(1).filter(|_| read.errors.is_empty()) {
        read.fail(second.range().start, Fault::NoConfiguration("it has a second document"));
    }
    if let Some(root) = documents
        .first()
        .and_then(Document::root)
        .filter(|_| read.errors.is_empty())
    {
        // A file of comments only configures nothing.
        if root.scalar() != Some(Scalar::Null) {
            read.keys(root, &mut configuration);
        }
    }
    let mut errors = read.errors;
    errors.sort_by_key(|error| (error.position.line, error.position.column));
    match errors.is_empty() {
        true => Ok(configuration),
        false => Err(errors),
    }
}

struct Read<'s> {
    source: &'s Source,
    errors: Vec<ConfigurationError>,
}

impl Read<'_> {
    fn fail(&mut self, at: usize, fault: Fault) {
        self.errors.push(ConfigurationError {
            file: self.source.name().into(),
            position: self.source.position(at),
            fault,
        });
    }

    fn line(&self, value: Value<'_>) -> usize {
        self.source.position(value.span().start).line
    }

    fn keys(&mut self, root: Value<'_>, to: &mut Configuration) {
        for (key, at, value) in self.entries(root) {
            match key {
                "edition" => to.edition = self.parsed(value),
                "region" => to.region = self.parsed(value),
                "cluster" => to.cluster = self.texts(value),
                "policies" => to.policies = self.policies(value),
                "severities" => to.severities = self.severities(value),
                "ignore" => to.ignore = self.ignored(value),
                "skip" => to.skip = self.texts(value),
                "output" => to.output = self.texts(value),
                "baseline" => to.baseline = self.text(value),
                "failOn" => to.fail_on = self.parsed(value),
                "maxFindings" => to.max_findings = self.count(value),
                _ => {
                    let near = KEYS
                        .into_iter()
                        .min_by_key(|known| strsim::damerau_levenshtein(known, key));
                    let near = near.filter(|known| strsim::damerau_levenshtein(known, key) <= 3);
                    let key = key.to_owned();
                    self.fail(at, Fault::UnknownKey { key, near });
                }
            }
        }
    }

    /// The entries of a mapping, with the byte at which each key stands; a key that stands twice is told and counts once.
    fn entries<'v>(&mut self, map: Value<'v>) -> Vec<(&'v str, usize, Value<'v>)> {
        if !map.is_mapping() {
            self.fail(map.span().start, Fault::Type("a mapping"));
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for (key, at, value) in map.placed_entries() {
            if seen.insert(key) {
                entries.push((key, at, value));
            } else {
                self.fail(at, Fault::Twice(key.to_owned()));
            }
        }
        entries
    }

    fn text(&mut self, value: Value<'_>) -> Option<Written<String>> {
        let line = self.line(value);
        let Some(text) = value.as_str().filter(|text| !text.trim().is_empty()) else {
            self.fail(value.span().start, Fault::Type("a text"));
            return None;
        };
        let value = text.to_owned();
        Some(Written { value, line })
    }

    /// A list of texts, or a single one.
    fn texts(&mut self, value: Value<'_>) -> Vec<Written<String>> {
        if !value.is_list() {
            return self.text(value).into_iter().collect();
        }
        value.items().filter_map(|item| self.text(item)).collect()
    }

    fn parsed<T: FromStr<Err: std::fmt::Display>>(&mut self, value: Value<'_>) -> Option<Written<T>> {
        let text = self.text(value)?;
        match text.value.parse() {
            Ok(parsed) => Some(Written {
                value: parsed,
                line: text.line,
            }),
            Err(error) => {
                self.fail(value.span().start, Fault::Value(error.to_string()));
                None
            }
        }
    }

    fn count(&mut self, value: Value<'_>) -> Option<Written<usize>> {
        let line = self.line(value);
        let number = match value.scalar() {
            Some(Scalar::Int(number)) => usize::try_from(number).ok(),
            _ => None,
        };
        if number.is_none() {
            self.fail(value.span().start, Fault::Type("a whole number that is not negative"));
        }
        Some(Written { value: number?, line })
    }

    fn policies(&mut self, value: Value<'_>) -> Vec<Written<(String, String)>> {
        let mut policies = Vec::new();
        for (name, at, choice) in self.entries(value) {
            let Some(choice) = self.text(choice) else { continue };
            match Policies::default().set(name, &choice.value) {
                Ok(()) => policies.push(Written {
                    value: (name.to_owned(), choice.value),
                    line: choice.line,
                }),
                Err(error) => self.fail(at, Fault::Value(error.to_string())),
            }
        }
        policies
    }

    fn severities(&mut self, value: Value<'_>) -> Vec<Written<(&'static eci_model::Rule, Level)>> {
        let mut severities = Vec::new();
        for (name, at, written) in self.entries(value) {
            let line = self.line(written);
            let level = written
                .as_str()
                .and_then(|text| Level::ALL.into_iter().find(|level| level.name() == text));
            // Without quotes, `off` is a switch in YAML.
            let level = level.or((written.scalar() == Some(Scalar::Bool(false))).then_some(Level::Off));
            if level.is_none() {
                self.fail(written.span().start, Fault::Type("error, warning, info or off"));
            }
            if let (Some(rule), Some(level)) = (self.rule(name, at), level) {
                let value = (rule, level);
                severities.push(Written { value, line });
            }
        }
        severities
    }

    fn ignored(&mut self, value: Value<'_>) -> Vec<Written<(String, String)>> {
        let mut ignored = Vec::new();
        for (name, at, reason) in self.entries(value) {
            let rule = self.rule(name, at);
            if let (Some(_), Some(reason)) = (rule, self.text(reason)) {
                ignored.push(Written {
                    value: (name.to_owned(), reason.value),
                    line: reason.line,
                });
            }
        }
        ignored
    }

    fn rule(&mut self, name: &str, at: usize) -> Option<&'static eci_model::Rule> {
        let place = Location::new(ObjectRef::new("file", None, self.source.name()), FieldPath::ROOT);
        match named_rule(name, place) {
            Ok(rule) => Some(rule),
            Err(finding) => {
                let fault = format!("{}: `{name}`; {}", finding.title(), finding.remedy());
                self.fail(at, Fault::Value(fault));
                None
            }
        }
    }
}
