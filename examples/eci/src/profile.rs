//! `eci profile test` and `eci profile lint`: a bench for those who write an eci-profile.

mod bench;
mod golden;
mod lint;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use eci_sdk::{Edition, Region};

use crate::args::Form;

/// `eci profile`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  eci profile lint eci-profile.yaml\n  eci profile test eci-profile.yaml --pods deploy/\n  \
                  eci profile test eci-profile.yaml --pods deploy/ --expect expected.json"
)]
pub(crate) struct Profile {
    /// What to do.
    #[command(subcommand)]
    verb: ProfileVerb,
}

#[derive(Debug, Subcommand)]
enum ProfileVerb {
    /// Show for each pod which selectors match, what is injected, and who wins.
    Test(Test),
    /// Report what is wrong with a profile, or with Selectors of a self-managed cluster.
    Lint(Lint),
}

/// A profile, and the cluster it is for.
#[derive(Debug, Args)]
struct Subject {
    /// Files or folders that hold the ConfigMap `eci-profile`, or Selectors of a self-managed cluster.
    #[arg(required = true, value_name = "PROFILE")]
    profile: Vec<PathBuf>,
    /// The edition of the cluster: ack-serverless, ack or self-managed.
    #[arg(long, default_value = "ack")]
    edition: Edition,
    /// The region, such as cn-hangzhou.
    #[arg(long)]
    region: Option<Region>,
    /// A choice about undocumented behaviour; `eci explain policies` lists them.
    #[arg(long = "policy", value_name = "NAME=VALUE")]
    policies: Vec<String>,
    /// The form of the output.
    #[arg(short = 'o', long, value_enum, default_value_t = Form::Human)]
    output: Form,
}

/// `eci profile test`
#[derive(Debug, Args)]
struct Test {
    #[command(flatten)]
    subject: Subject,
    /// Files or folders with pods, workloads and their namespaces.
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pods: Vec<PathBuf>,
    /// Compare with a file that `-o json` wrote earlier; differences fail the run.
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Write that file anew instead.
    #[arg(long, requires = "expect")]
    update: bool,
}

/// `eci profile lint`
#[derive(Debug, Args)]
struct Lint {
    #[command(flatten)]
    subject: Subject,
}

/// Something is wrong, or differs.
const FOUND: u8 = 1;

/// Runs what is asked.
pub(crate) fn profile(arguments: &Profile) -> Result<ExitCode, Box<dyn Error>> {
    let is_clean = match &arguments.verb {
        ProfileVerb::Test(test) => bench::run(test)?,
        ProfileVerb::Lint(lint) => lint::run(lint)?,
    };
    Ok(if is_clean {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FOUND)
    })
}
