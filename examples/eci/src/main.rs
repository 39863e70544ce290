//! `eci`: checks, plans and simulates Kubernetes manifests for Elastic Container Instance.

mod args;
mod baseline;
mod config;
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

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Verb};

/// Nothing could be done.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let outcome = run(Cli::parse().verb);
    let outcome = match out::failure() {
        Some(failure) => Err(failure.into()),
        None => outcome,
    };
    outcome.unwrap_or_else(|error| {
        anstream::eprintln!("error: {error}");
        ExitCode::from(COULD_NOT_RUN)
    })
}

fn run(mut verb: Verb) -> Result<ExitCode, Box<dyn Error>> {
    match &mut verb {
        Verb::Check(arguments) => config::settle_check(arguments)?,
        Verb::Plan(arguments) => config::settle(&mut arguments.input)?,
        Verb::Simulate(arguments) => config::settle(&mut arguments.input)?,
        Verb::Facts(arguments) => config::settle(&mut arguments.input)?,
        Verb::Verify(arguments) => config::settle(&mut arguments.input)?,
        Verb::Cost(arguments) => config::settle(&mut arguments.input)?,
        Verb::Profile(arguments) => config::settle(arguments.input_mut())?,
        _ => {}
    }
    match verb {
        Verb::Check(arguments) => verbs::check(&arguments),
        Verb::Config(mut arguments) => config::show(&mut arguments),
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
    }
}
