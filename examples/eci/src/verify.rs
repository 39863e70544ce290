//! `eci verify`: running pods against their plans.

use std::error::Error;
use std::fmt::Write as _;
use std::process::ExitCode;

use eci_sdk::Planner;
use eci_sdk::manifest::Parsed;
use eci_sdk::report::v1;
use eci_sdk::verify::Verification;

use crate::args::{Form, Verify};
use crate::input::Input;
use crate::out::say;
use crate::verbs;

/// Compares every running pod with its plan.
pub(crate) fn verify(arguments: &Verify) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let planner = Planner::new(input.cluster.clone());
    let pods: Vec<_> = input
        .items
        .iter()
        .filter_map(|item| match &item.parsed {
            Parsed::Pod(pod) => Some(&**pod),
            _ => None,
        })
        .collect();
    let verification = Verification::of(&planner, &pods);
    if arguments.report || arguments.output.output == Form::Json {
        say!(
            "{}",
            serde_json::to_string_pretty(&v1::Verification::from(&verification))?
        );
    } else {
        say!("{}", text(&verification).trim_end());
    }
    Ok(verbs::exit(!verification.differing().is_empty(), input.is_incomplete))
}

fn text(verification: &Verification) -> String {
    let mut text = format!("{} running ECI pods", verification.pods());
    for (aspect, tally) in verification.tallies() {
        let known = tally.agrees + tally.differs;
        let _ = write!(text, " · {aspect} {} of {known}", tally.agrees);
        if tally.cannot_tell > 0 {
            let _ = write!(text, " ({} cannot be told)", tally.cannot_tell);
        }
    }
    text.push('\n');
    for (subject, rows) in verification.differing() {
        for row in rows {
            let _ = writeln!(
                text,
                "{subject}: {} planned {}, observed {}",
                row.aspect, row.planned, row.observed
            );
        }
    }
    for evidence in verification.evidence() {
        let _ = writeln!(
            text,
            "policy {} agrees with all {} about {}",
            evidence.choice, evidence.agrees, evidence.aspect
        );
    }
    if !verification.differing().is_empty() {
        text.push_str("eci verify --report prints this without names, for an issue\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_about_nothing() {
        let planner = Planner::new(eci_sdk::Cluster::new(eci_sdk::Edition::Ack));
        assert_eq!(text(&Verification::of(&planner, &[])), "0 running ECI pods\n");
    }
}
