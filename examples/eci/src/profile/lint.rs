//! What is wrong with a profile, as a report.

use std::error::Error;
use std::process::ExitCode;

use eci_sdk::manifest::Parsed;
use eci_sdk::profile::{Gate, Profile};
use eci_sdk::report::v1;
use eci_sdk::{Finding, Location, Severity};

use super::Lint;
use crate::args::{self, Form, Output};
use crate::input::Input;
use crate::judge::Found;
use crate::look::Look;
use crate::out::{self, say};
use crate::{print, verbs};

/// Reports what is wrong; fails when something is an error.
pub(super) fn run(arguments: &Lint) -> Result<ExitCode, Box<dyn Error>> {
    let input = read(&arguments.input)?;
    let output = &arguments.output;
    if output.output == Form::Json {
        let rows = found(&input, Severity::Info).map(|found| print::json(&found, input.documents.get(found.document)));
        out::json(&v1::LintReport::new(rows.collect()))?;
    } else {
        print(&input, output, Severity::Info);
        if output.output == Form::Human && !output.quiet {
            say!("{}", summary(&input));
        }
    }
    Ok(verbs::exit(has_errors(&input), input.is_incomplete))
}

/// Reads a profile and takes it in.
pub(super) fn read(arguments: &args::Input) -> Result<Input, Box<dyn Error>> {
    let input = Input::read(arguments)?;
    if input.items.iter().any(|item| is_subject(&item.parsed)) {
        Ok(input)
    } else {
        Err("no ConfigMap `eci-profile` and no Selector in what was given".into())
    }
}

/// Whether something is so wrong that the platform takes nothing of it.
pub(super) fn has_errors(input: &Input) -> bool {
    input
        .findings
        .iter()
        .any(|(_, finding)| finding.severity() == Severity::Error)
}

/// Prints findings from a severity on.
pub(super) fn print(input: &Input, output: &Output, least: Severity) {
    let mut look = Look::of(output);
    let place = |location: &Location| input.line_of(location);
    for found in found(input, least) {
        let document = input.documents.get(found.document);
        print::finding(&found, document, &place, &mut look);
    }
}

fn found(input: &Input, least: Severity) -> impl Iterator<Item = Found> {
    let bad_enough = move |(_, finding): &&(usize, Finding)| finding.severity() >= least;
    input.findings.iter().filter(bad_enough).cloned().map(Found::about)
}

fn summary(input: &Input) -> String {
    let count = |severity| {
        let same = input
            .findings
            .iter()
            .filter(|(_, finding)| finding.severity() == severity);
        same.count()
    };
    let mut text = format!(
        "{} errors, {} warnings, {} infos",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info)
    );
    if let Some(profile) = input.cluster.profile() {
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

fn is_subject(object: &Parsed) -> bool {
    match object {
        Parsed::Selector(_) => true,
        Parsed::ConfigMap(map) => {
            let name = map.metadata.name.as_deref();
            name == Some(Profile::NAME) || name == Some(Profile::ACS_NAME)
        }
        _ => false,
    }
}
