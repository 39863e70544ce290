//! The values of annotations a second time: what is accepted, what is said about it, and how it is written.

mod differential;
mod forms;
mod generate;
mod grammar;
mod json;

use std::collections::BTreeSet;

pub(crate) use grammar::Grammar;

/// What is to be said about a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The canonical text; none when the value is refused.
    pub(crate) canonical: Option<String>,
    /// The names of the rules that fire.
    pub(crate) rules: BTreeSet<&'static str>,
}

/// A value that was understood, and remarks.
pub(super) struct Read {
    canonical: String,
    rules: BTreeSet<&'static str>,
}

/// A value that is refused, by a rule.
pub(super) type Refused = &'static str;

const BAD: Refused = "annotation-bad-value";
const OPEN: &str = "annotation-undocumented-form";
const RANGE: &str = "annotation-out-of-range";
const SHAPE: &str = "annotation-id-shape";
const PLACEHOLDER: Refused = "annotation-placeholder";
const CASE: &str = "annotation-value-case";
const SPACES: &str = "annotation-spaces";
const MANY: &str = "annotation-too-many-items";
const TWICE: &str = "annotation-duplicate-item";

impl Read {
    fn plain(canonical: impl Into<String>) -> Self {
        Self {
            canonical: canonical.into(),
            rules: BTreeSet::new(),
        }
    }

    fn with(mut self, rule: &'static str, yes: bool) -> Self {
        if yes {
            self.rules.insert(rule);
        }
        self
    }
}

/// Judges a value of a key.
pub(crate) fn judge(grammar: Grammar, text: &str) -> Verdict {
    if text.trim().is_empty() {
        return refused("annotation-empty");
    }
    match grammar::read(grammar, text) {
        Err(rule) => refused(rule),
        Ok(mut read) => {
            // Of these the first that fires is told, in the order of the catalogue.
            let mut told = false;
            for rule in [OPEN, RANGE, SHAPE] {
                told |= told && read.rules.remove(rule) || read.rules.contains(rule);
            }
            Verdict {
                canonical: Some(read.canonical),
                rules: read.rules,
            }
        }
    }
}

fn refused(rule: Refused) -> Verdict {
    Verdict {
        canonical: None,
        rules: BTreeSet::from([rule]),
    }
}
