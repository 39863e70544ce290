//! Findings that somebody decided to live with: in comments, in annotations, or with `--ignore`.

use std::str::FromStr;

use clap::Args;
use eci_sdk::report::{SuppressedBy, Suppression, Suppressions};
use eci_sdk::{FieldPath, Location, ObjectRef};

/// What to suppress.
#[derive(Debug, Args)]
pub(crate) struct Ignored {
    /// Suppress a rule, by code or name, with a reason: `--ignore "ECI1040=runs on nodes too"`. In manifests a comment does so,
    /// `# eci: ignore ECI1040 -- reason`, and so does the annotation `eci.sdk/ignore`.
    #[arg(long = "ignore", value_name = "RULE[=REASON]")]
    rules: Vec<Ignore>,
}

/// A rule, and why.
#[derive(Clone, Debug)]
struct Ignore {
    rule: String,
    reason: String,
}

impl FromStr for Ignore {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (rule, reason) = text.split_once('=').unwrap_or((text, ""));
        if rule.trim().is_empty() {
            return Err("a rule is expected, by code or name".to_owned());
        }
        Ok(Self {
            rule: rule.trim().to_owned(),
            reason: reason.to_owned(),
        })
    }
}

impl Ignored {
    /// What the command line suppresses.
    pub(crate) fn suppressions(&self) -> Suppressions {
        let mut suppressions = Suppressions::new();
        for ignore in &self.rules {
            let place = Location::new(ObjectRef::new("flag", None, "--ignore"), FieldPath::ROOT);
            suppressions.add(Suppression::new(&ignore.rule, SuppressedBy::CommandLine, place).because(&ignore.reason));
        }
        suppressions
    }
}
