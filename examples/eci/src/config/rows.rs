//! The effective configuration, a row a value.

use std::fmt::Display;

use eci_sdk::report::v1::{ConfigurationReport, SettingRow};
use eci_sdk::report::{Configuration, Written};
use eci_sdk::{Edition, Severity};

use super::Found;
use crate::args::Input;

/// What counts, with its origin: a flag, a line of the file, or the default.
pub(super) fn rows(input: &Input, found: Option<&Found>) -> ConfigurationReport {
    let mut rows = Rows {
        found,
        rows: Vec::new(),
    };
    let nothing = Configuration::default();
    let file = found.map_or(&nothing, |found| &found.configuration);
    rows.one("edition", input.edition.as_ref(), file.edition.as_ref(), &Edition::Ack);
    rows.one("region", input.region.as_ref(), file.region.as_ref(), &"not known");
    if input.cluster.is_empty() {
        rows.all("cluster", &file.cluster);
    }
    for path in &input.cluster {
        rows.add("cluster", path.display(), "--cluster".to_owned());
    }
    for row in &file.policies {
        let (name, choice) = &row.value;
        let beaten = |given: &String| given.split_once('=').is_some_and(|(given, _)| given == name);
        if !input.policies.iter().any(beaten) {
            rows.written(&format!("policies.{name}"), choice, row.line);
        }
    }
    for choice in &input.policies {
        let (name, value) = choice.split_once('=').unwrap_or((choice, ""));
        rows.add(&format!("policies.{name}"), value, "--policy".to_owned());
    }
    for row in &file.severities {
        rows.written(
            &format!("severities.{}", row.value.0.name()),
            row.value.1.name(),
            row.line,
        );
    }
    for row in &file.ignore {
        rows.written(&format!("ignore.{}", row.value.0), &row.value.1, row.line);
    }
    rows.all("skip", &file.skip);
    rows.all("output", &file.output);
    rows.one("failOn", None, file.fail_on.as_ref(), &Severity::Error);
    rows.one("maxFindings", None, file.max_findings.as_ref(), &"all");
    rows.one("baseline", None, file.baseline.as_ref(), &"none");
    ConfigurationReport::new(found.map(|found| found.path.display().to_string()), rows.rows)
}

struct Rows<'f> {
    found: Option<&'f Found>,
    rows: Vec<SettingRow>,
}

impl Rows<'_> {
    fn add(&mut self, key: &str, value: impl Display, origin: String) {
        self.rows.push(SettingRow::new(key, value.to_string(), origin));
    }

    fn written(&mut self, key: &str, value: impl Display, line: usize) {
        let origin = self.found.map_or_else(String::new, |found| found.origin(line));
        self.add(key, value, origin);
    }

    fn all(&mut self, key: &str, list: &[Written<String>]) {
        for row in list {
            self.written(key, &row.value, row.line);
        }
    }

    fn one<T: Display>(&mut self, key: &str, flag: Option<&T>, file: Option<&Written<T>>, default: &dyn Display) {
        match (flag, file) {
            (Some(value), _) => self.add(key, value, format!("--{key}")),
            (None, Some(row)) => self.written(key, &row.value, row.line),
            (None, None) => self.add(key, default, "default".to_owned()),
        }
    }
}
