//! What is wrong with a profile, as a report.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eci_sdk::manifest::{Document, Parsed, Reader, Source};
use eci_sdk::profile::Gate;
use eci_sdk::report::human::{Excerpt, render};
use eci_sdk::report::v1;
use eci_sdk::{Cluster, Finding, Policies, Severity};
use serde_json::json;

use super::{Lint, Subject};
use crate::args::Form;

/// A profile that was read, with everything that was found.
pub(super) struct Linted {
    pub(super) cluster: Cluster,
    documents: Vec<Document>,
    findings: Vec<(usize, Finding)>,
}

/// Reports what is wrong; true when nothing is an error.
pub(super) fn run(arguments: &Lint) -> Result<bool, Box<dyn Error>> {
    let linted = Linted::read(&arguments.subject)?;
    let form = arguments.subject.output;
    linted.print(form, Severity::Info)?;
    if form == Form::Human {
        anstream::println!("{}", linted.summary());
    }
    Ok(!linted.has_errors())
}

impl Linted {
    /// Reads a profile and takes it in.
    pub(super) fn read(subject: &Subject) -> Result<Self, Box<dyn Error>> {
        let mut policies = Policies::default();
        for choice in &subject.policies {
            let (name, value) = choice
                .split_once('=')
                .ok_or_else(|| format!("--policy {choice}: expected NAME=VALUE"))?;
            policies
                .set(name, value)
                .map_err(|error| format!("--policy {choice}: {error}"))?;
        }
        let mut cluster = Cluster::new(subject.edition).with_policies(policies);
        if let Some(region) = &subject.region {
            cluster = cluster.in_region(region.clone());
        }
        let mut linted = Self {
            cluster,
            documents: Vec::new(),
            findings: Vec::new(),
        };
        let mut subjects = 0;
        for path in &subject.profile {
            for document in documents(path)? {
                let number = linted.documents.len();
                let (objects, findings) = document.objects();
                let found = findings.into_iter().map(|finding| (number, finding));
                linted.findings.extend(found);
                for object in objects {
                    subjects += usize::from(is_subject(&object));
                    let (_, found) = linted.cluster.observe(object.object());
                    linted
                        .findings
                        .extend(found.into_iter().map(|finding| (number, finding)));
                }
                linted.documents.push(document);
            }
        }
        if subjects == 0 {
            return Err("no ConfigMap `eci-profile` and no Selector in what was given".into());
        }
        Ok(linted)
    }

    /// Whether something is so wrong that the platform takes nothing of it.
    pub(super) fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|(_, finding)| finding.severity() == Severity::Error)
    }

    /// Prints findings from a severity on.
    pub(super) fn print(&self, form: Form, least: Severity) -> Result<(), Box<dyn Error>> {
        let findings = || self.findings.iter().filter(|(_, finding)| finding.severity() >= least);
        if form == Form::Json {
            let rows: Vec<v1::Finding> = findings().map(|(number, finding)| self.row(*number, finding)).collect();
            let report = json!({"version": 1, "findings": rows});
            anstream::println!("{}", serde_json::to_string_pretty(&report)?);
            return Ok(());
        }
        let styled = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
        for (number, finding) in findings() {
            let excerpt = self
                .documents
                .get(*number)
                .map(|document| Excerpt::of(document, finding));
            if form == Form::Human {
                anstream::println!("{}\n", render(finding, excerpt.as_ref(), &[], styled));
            } else {
                let row = self.row(*number, finding);
                let (line, column) = (row.place.line.unwrap_or(1), row.place.column.unwrap_or(1));
                let file = row.place.file.unwrap_or_default();
                anstream::println!("{file}:{line}:{column}: {finding}");
            }
        }
        Ok(())
    }

    fn row(&self, number: usize, finding: &Finding) -> v1::Finding {
        let mut row = v1::Finding::from(finding);
        if let Some(document) = self.documents.get(number) {
            let span = document.span(&finding.place().path, finding.place().within);
            let position = document.source().position(span.start);
            row.place.file = Some(document.source().name().to_owned());
            row.place.line = Some(position.line);
            row.place.column = Some(position.column);
        }
        row
    }

    fn summary(&self) -> String {
        let count = |severity| {
            self.findings
                .iter()
                .filter(|(_, finding)| finding.severity() == severity)
                .count()
        };
        let mut text = format!(
            "{} errors, {} warnings, {} infos",
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Info)
        );
        if let Some(profile) = self.cluster.profile() {
            text.push_str(&format!(
                "\n{} vSwitches, {} security group, {} selectors",
                profile.vswitches().len(),
                usize::from(profile.security_group().is_some()),
                profile.selectors().len()
            ));
            for gate in profile.gates().iter().filter(|gate| gate.on) {
                for implied in Gate::implies(&gate.name) {
                    text.push_str(&format!("\n{} is on: {implied}", gate.name));
                }
            }
        }
        text
    }
}

fn is_subject(object: &Parsed) -> bool {
    match object {
        Parsed::Selector(_) => true,
        Parsed::ConfigMap(map) => {
            let name = map.metadata.name.as_deref();
            name == Some(eci_sdk::profile::Profile::NAME) || name == Some(eci_sdk::profile::Profile::ACS_NAME)
        }
        _ => false,
    }
}

/// The documents of a file, of the YAML and JSON files below a folder, or of standard input.
pub(super) fn documents(path: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut found = Vec::new();
    for file in files(path)? {
        let unreadable = |error: std::io::Error| format!("{}: {error}", file.display());
        let bytes = if file == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map_err(unreadable)?;
            bytes
        } else {
            std::fs::read(&file).map_err(unreadable)?
        };
        let source = Arc::new(Source::from_bytes(file.display().to_string(), bytes));
        found.extend(Reader::new().read(&source));
    }
    Ok(found)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if path == Path::new("-") {
        return Ok(vec![path.to_owned()]);
    }
    let is_folder = std::fs::metadata(path)
        .map_err(|error| format!("{}: {error}", path.display()))?
        .is_dir();
    if !is_folder {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let walk = ignore::WalkBuilder::new(path)
        .standard_filters(false)
        .hidden(true)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        let entry = entry?.into_path();
        let extension = entry.extension().and_then(|extension| extension.to_str());
        if entry.is_file() && extension.is_some_and(|extension| ["yaml", "yml", "json"].contains(&extension)) {
            files.push(entry);
        }
    }
    Ok(files)
}
