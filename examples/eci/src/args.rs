//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use eci_sdk::report::Suppressions;
use eci_sdk::{Edition, Region, Severity};

use crate::baseline::Known;
use crate::config::Config;
use crate::look::Told;
use crate::mending::Mending;
use crate::out::say;
use crate::reports::Reports;
use crate::suppressed::Ignored;
use crate::version::LONG_VERSION;

/// Checks, plans and simulates Kubernetes manifests for Elastic Container Instance.
#[derive(Debug, Parser)]
#[command(
    name = "eci",
    version,
    long_version = LONG_VERSION.as_str(),
    after_help = "Exit codes:\n  \
                  0  nothing of what follows\n  \
                  1  findings at or above --fail-on (check), something refused (plan), something to fix (check --diff), \
                  a difference (verify, profile test), a wrong profile (profile lint)\n  \
                  2  could not run: a named path that cannot be read (the others are judged all the same), bad flags, no Kubernetes object at all\n\n\
                  Examples:\n  \
                  eci check deploy/ --cluster cluster.yaml\n  \
                  helm template ./chart | eci check -\n  \
                  eci plan deploy/shop/web.yaml --why\n  \
                  eci simulate examples/manifests --seed 7 --fault spot-reclaim:report@+70m\n  \
                  eci explain ECI1010"
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Report what is wrong with manifests.
    Check(Check),
    /// Show how workloads would run: size, price, vSwitches, request, and why.
    Plan(Plan),
    /// Run the accepted pods on the embedded simulator, on virtual time.
    #[command(visible_alias = "up")]
    Simulate(Simulate),
    /// Test and lint an eci-profile, or Selectors of a self-managed cluster.
    Profile(crate::profile::Profile),
    /// Explain a rule, an annotation or the policies.
    Explain(Explain),
    /// List every rule, or write their pages into a folder.
    Rules(Rules),
    /// List every annotation.
    Annotations(Listing),
    /// List what happens to each field of a pod.
    Support(Listing),
    /// Show what was understood of the cluster, and what is not known.
    Facts(Facts),
    /// Show the configuration that counts for an input, and where each value comes from.
    Config(crate::config::Show),
    /// Compare running pods with their plans: does the platform do what is planned?
    Verify(Verify),
    /// Show what workloads cost, and how much of it is rounding.
    Cost(Cost),
    /// Print the completions of a shell.
    Completions(Completions),
    /// Print the manual page, or write the pages of all verbs into a folder.
    Man(Man),
}

/// Where manifests come from, and what is known of the cluster.
#[derive(Debug, Default, Args)]
pub(crate) struct Input {
    /// Files or folders of YAML or JSON, or patterns such as 'k8s/**/*.yaml'; `-` is standard input, whose text is kept in memory (`eci check -` with `--cluster`
    /// judges it as it comes, and keeps nothing).
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// More facts of the cluster: any mix of Kubernetes objects and one facts document.
    #[arg(long, value_name = "FILE")]
    pub(crate) cluster: Vec<PathBuf>,
    /// The edition of the cluster: ack-serverless, ack or self-managed.
    #[arg(long)]
    pub(crate) edition: Option<Edition>,
    /// The region, such as cn-hangzhou.
    #[arg(long)]
    pub(crate) region: Option<Region>,
    /// A choice about undocumented behaviour; `eci explain policies` lists them.
    #[arg(long = "policy", value_name = "NAME=VALUE")]
    pub(crate) policies: Vec<String>,
    /// Judge every workload as if it were bound for ECI.
    #[arg(long)]
    pub(crate) assume_eci: bool,
    /// What a team agreed on.
    #[command(flatten)]
    pub(crate) config: Config,
}

/// How to print.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// The form of the output.
    #[arg(short = 'o', long, value_enum, default_value_t = Form::Human)]
    pub(crate) output: Form,
    /// Show informational findings too.
    #[arg(long)]
    pub(crate) info: bool,
    /// Print findings only, no summary.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print at most this many findings and count the others; all are judged and counted in the summary.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) max_findings: Option<usize>,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
    /// What is told about rules.
    #[command(flatten)]
    pub(crate) told: Told,
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people.
    Human,
    /// One line a finding.
    Compact,
    /// For programs.
    Json,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `eci check`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  eci check deploy/ --cluster cluster.yaml\n  helm template ./chart | eci check -\n  eci check deploy/ -o human -o sarif=eci.sarif --fail-on warning\n  eci check deploy/ --diff\n  eci check deploy/ --baseline eci-baseline.json --write-baseline"
)]
pub(crate) struct Check {
    /// What to read.
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to report.
    #[command(flatten)]
    pub(crate) reports: Reports,
    /// What to suppress.
    #[command(flatten)]
    pub(crate) ignored: Ignored,
    /// What was known before.
    #[command(flatten)]
    pub(crate) known: Known,
    /// What to do with safe fixes.
    #[command(flatten)]
    pub(crate) mending: Mending,
    /// The mildest severity that fails the run; `error` when nothing is said.
    #[arg(long, value_name = "info|warning|error")]
    pub(crate) fail_on: Option<Severity>,
}

impl Check {
    /// What is suppressed beside the manifests.
    pub(crate) fn suppressions(&self) -> Suppressions {
        let mut suppressions = self.ignored.suppressions();
        let found = self.input.config.found();
        for suppression in found.into_iter().flat_map(|found| found.configuration.suppressions()) {
            suppressions.add(suppression);
        }
        suppressions
    }

    /// The mildest severity that fails the run.
    pub(crate) fn fails_on(&self) -> Severity {
        self.fail_on.unwrap_or(Severity::Error)
    }
}

/// `eci plan`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  eci plan deploy/shop/web.yaml --why\n  eci plan deploy/ -o json | jq .plans[].request"
)]
pub(crate) struct Plan {
    /// What to read.
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print.
    #[command(flatten)]
    pub(crate) output: Output,
    /// Show every step of every decision.
    #[arg(long)]
    pub(crate) why: bool,
}

/// `eci simulate`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  eci simulate examples/manifests --seed 7 --fault spot-reclaim:report@+70m")]
pub(crate) struct Simulate {
    /// What to read.
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print.
    #[command(flatten)]
    pub(crate) output: Output,
    /// Decides all that chance would: the same seed gives the same run.
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
    /// How long to run, in virtual time.
    #[arg(long = "for", default_value = "1h", value_parser = parse_span, value_name = "TIME")]
    pub(crate) span: std::time::Duration,
    /// Something that goes wrong: NAME:POD@+TIME, such as spot-reclaim:report@+20m.
    #[arg(long = "fault", value_name = "FAULT")]
    pub(crate) faults: Vec<String>,
    /// Write the time line as a page of HTML besides: one file that needs nothing else.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

/// `eci explain`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  eci explain ECI1010\n  eci explain k8s.aliyun.com/eci-use-specs\n  eci explain policies"
)]
pub(crate) struct Explain {
    /// A rule (ECI1010 or host-path), an annotation, a policy, or `policies`.
    pub(crate) topic: String,
    /// The form of the output.
    #[arg(short = 'o', long, value_enum, default_value_t = Form::Human)]
    pub(crate) output: Form,
}

/// `eci rules`
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// How to list them.
    #[command(flatten)]
    pub(crate) listing: Listing,
    /// Write the page of each rule into this folder, as NAME.md, and list nothing. The folder is made when it is missing.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) pages: Option<PathBuf>,
}

/// `eci annotations`, `eci support`
#[derive(Debug, Args)]
pub(crate) struct Listing {
    /// The form of the output.
    #[arg(short = 'o', long, value_enum, default_value_t = Form::Human)]
    pub(crate) output: Form,
}

/// `eci facts`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kubectl get namespaces,configmaps,podnetworkings -A -o yaml | eci facts -")]
pub(crate) struct Facts {
    /// What to read.
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print.
    #[command(flatten)]
    pub(crate) output: Output,
    /// List the rules that stay silent for lack of facts.
    #[arg(long)]
    pub(crate) silent: bool,
}

/// `eci verify`
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  kubectl get pods -A -o json --show-managed-fields | eci verify - --cluster cluster.yaml"
)]
pub(crate) struct Verify {
    /// What to read: pods as an API server holds them.
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print.
    #[command(flatten)]
    pub(crate) output: Output,
    /// Print a report without names, fit to be attached to an issue.
    #[arg(long)]
    pub(crate) report: bool,
}

/// `eci cost`
#[derive(Debug, Args)]
pub(crate) struct Cost {
    /// What to read.
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print.
    #[command(flatten)]
    pub(crate) output: Output,
    /// How long each run of a Job or CronJob takes; without it only the price of an hour is known.
    #[arg(long = "run", value_parser = parse_span, value_name = "TIME")]
    pub(crate) run: Option<std::time::Duration>,
}

/// `eci completions`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  source <(eci completions bash)")]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: Shell,
}

impl Completions {
    /// The script that the shell reads.
    pub(crate) fn script(&self) -> Vec<u8> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "eci", &mut script);
        script
    }
}

/// `eci man`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  eci man | man -l -\n  eci man --folder /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// Write a page for the program and one for each verb into this folder, and print nothing. The folder is made when it is missing.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Man {
    /// Prints the page, or writes them all.
    pub(crate) fn run(&self) -> std::io::Result<()> {
        let program = Cli::command().disable_help_subcommand(true);
        if let Some(folder) = &self.folder {
            std::fs::create_dir_all(folder)?;
            return clap_mangen::generate_to(program, folder);
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(program).render(&mut page)?;
        say!("{}", String::from_utf8_lossy(&page).trim_end());
        Ok(())
    }
}

/// A span of time: `90s`, `70m`, `1h30m`, `2d`.
pub(crate) fn parse_span(text: &str) -> Result<std::time::Duration, String> {
    let expected = || format!("`{text}` is no span of time such as 90s, 70m or 1h30m");
    let mut seconds: u64 = 0;
    let mut number = String::new();
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        let unit = match letter {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return Err(expected()),
        };
        let amount: u64 = number.parse().map_err(|_| expected())?;
        seconds = amount
            .checked_mul(unit)
            .and_then(|more| seconds.checked_add(more))
            .ok_or_else(expected)?;
        number.clear();
    }
    if number.is_empty() && !text.is_empty() {
        Ok(std::time::Duration::from_secs(seconds))
    } else {
        Err(expected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn spans_add_their_parts() {
        for (text, seconds) in [("90s", 90), ("70m", 4200), ("1h30m", 5400), ("2d", 172_800), ("0s", 0)] {
            assert_eq!(parse_span(text).map(|span| span.as_secs()), Ok(seconds));
        }
        for text in ["", "5", "m", "1x", "h1", "99999999999999999999d", "-1s"] {
            assert!(parse_span(text).is_err(), "{text}");
        }
    }
}
