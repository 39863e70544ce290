//! `eci`: checks, plans and simulates Kubernetes manifests for Elastic Container Instance.

mod args;
mod baseline;
mod controller;
mod cost;
mod explain;
mod files;
mod input;
mod judge;
mod kustomization;
mod look;
mod mending;
mod out;
mod planned;
mod print;
mod profile;
mod reports;
mod simulate;
mod stream;
mod suppressed;
mod table;
mod timeline;
mod verbs;
mod verify;
mod version;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Verb};

/// Nothing could be done.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Cli::parse().verb {
        Verb::Check(arguments) => verbs::check(&arguments),
        Verb::Plan(arguments) => verbs::plan(&arguments),
        Verb::Simulate(arguments) => simulate::simulate(&arguments),
        Verb::Facts(arguments) => verbs::facts(&arguments),
        Verb::Verify(arguments) => verify::verify(&arguments),
        Verb::Cost(arguments) => cost::cost(&arguments),
        Verb::Profile(arguments) => profile::profile(&arguments),
        Verb::Explain(arguments) => explain::explain(&arguments),
        Verb::Rules(arguments) => explain::rules(&arguments),
        Verb::Annotations(arguments) => explain::annotations(&arguments),
        Verb::Support(arguments) => explain::support(&arguments),
        Verb::Completions(arguments) => {
            out::say!("{}", String::from_utf8_lossy(&arguments.script()).trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Verb::Man(arguments) => arguments.run().map(|()| ExitCode::SUCCESS).map_err(Into::into),
    };
    let outcome = match out::failure() {
        Some(failure) => Err(failure.into()),
        None => outcome,
    };
    outcome.unwrap_or_else(|error| {
        anstream::eprintln!("error: {error}");
        ExitCode::from(COULD_NOT_RUN)
    })
}
