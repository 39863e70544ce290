//! `eci profile test` and `eci profile lint`: a bench for those who write an eci-profile.

mod bench;
mod golden;
mod lint;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::args::{self, Output};

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

/// `eci profile test`
#[derive(Debug, Args)]
struct Test {
    /// The profile, or Selectors of a self-managed cluster.
    #[command(flatten)]
    input: args::Input,
    /// How to print.
    #[command(flatten)]
    output: Output,
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
    /// The profile, or Selectors of a self-managed cluster.
    #[command(flatten)]
    input: args::Input,
    /// How to print.
    #[command(flatten)]
    output: Output,
}

impl Profile {
    /// What it reads.
    pub(crate) const fn input_mut(&mut self) -> &mut args::Input {
        match &mut self.verb {
            ProfileVerb::Test(test) => &mut test.input,
            ProfileVerb::Lint(lint) => &mut lint.input,
        }
    }
}

/// Runs what is asked.
pub(crate) fn profile(arguments: &Profile) -> Result<ExitCode, Box<dyn Error>> {
    match &arguments.verb {
        ProfileVerb::Test(test) => bench::run(test),
        ProfileVerb::Lint(lint) => lint::run(lint),
    }
}
