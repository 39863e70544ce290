//! How findings look where they are printed.

use std::collections::BTreeSet;
use std::io::IsTerminal;

use clap::Args;
use eci_sdk::Rule;
use eci_sdk::report::RulePages;
use eci_sdk::report::human::{Remark, Style, essence};

use crate::args::{Colour, Form, Output};

/// What is told about rules beside their findings.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Told {
    /// Below the first finding of each rule, say what its page says: why, by which policies, and from which source.
    #[arg(long)]
    explain: bool,
    /// Where the pages of rules are published, with {code} or {name} in it: codes become links on terminals that can, and SARIF names
    /// the page of each rule. `eci rules --pages FOLDER` writes the pages.
    #[arg(long, value_name = "URL", env = "ECI_RULE_PAGES", hide_env_values = true)]
    rule_pages: Option<RulePages>,
}

impl Told {
    /// Where the pages of rules are: as asked, or as the program was built.
    pub(crate) fn pages(&self) -> Option<RulePages> {
        let built_in = || option_env!("ECI_RULE_PAGES").and_then(|address| RulePages::new(address).ok());
        self.rule_pages.clone().or_else(built_in)
    }
}

/// How findings look, and which rules were explained already.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) form: Form,
    colours: bool,
    pages: Option<RulePages>,
    explains: bool,
    explained: BTreeSet<&'static str>,
}

impl Look {
    /// As it was asked for.
    pub(crate) fn of(output: &Output) -> Self {
        let is_terminal = std::io::stdout().is_terminal();
        let colours = match output.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
        };
        let knows_links = is_terminal && knows_links(|name| std::env::var(name).ok());
        Self {
            form: output.output,
            colours,
            pages: output.told.pages().filter(|_| knows_links),
            explains: output.told.explain,
            explained: BTreeSet::new(),
        }
    }

    /// For the renderer.
    pub(crate) fn style(&self) -> Style<'_> {
        Style {
            colours: self.colours,
            pages: self.pages.as_ref(),
        }
    }

    /// What is said about a rule below its first finding; nothing below the others.
    pub(crate) fn explanation(&mut self, rule: &'static Rule) -> Vec<Remark<'static>> {
        if self.explains && self.explained.insert(rule.name()) {
            essence(rule)
        } else {
            Vec::new()
        }
    }
}

/// Whether a terminal is known to take hyperlinks (OSC 8), by the variables that terminals set. Others may print them as text, and
/// multiplexers may or may not pass them on, so neither gets any.
fn knows_links(variable: impl Fn(&str) -> Option<String>) -> bool {
    let kind = variable("TERM").unwrap_or_default();
    if kind == "dumb" || kind.starts_with("screen") || kind.starts_with("tmux") {
        return false;
    }
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let is_new_vte = || {
        let version = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
        version.is_some_and(|version| version >= 5000)
    };
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].into_iter().any(is_set)
        || is_new_vte()
        || ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"].contains(&program.as_str())
        || [
            "xterm-kitty",
            "alacritty",
            "foot",
            "xterm-ghostty",
            "contour",
            "wezterm",
        ]
        .contains(&kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_known_by_what_they_set() {
        let knows = |set: &[(&str, &str)]| {
            let value = |name: &str| set.iter().find(|(known, _)| *known == name);
            knows_links(|name| value(name).map(|(_, value)| (*value).to_owned()))
        };
        for known in [
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")][..],
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "vscode")],
            &[("TERM", "xterm-kitty")],
            &[("WT_SESSION", "a")],
        ] {
            assert!(knows(known), "{known:?}");
        }
        for unknown in [
            &[][..],
            &[("TERM", "xterm-256color")],
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "4800")],
            &[("TERM", "dumb"), ("WT_SESSION", "a")],
            &[("TERM", "screen-256color"), ("VTE_VERSION", "7600")],
            &[("TERM", "tmux-256color"), ("TERM_PROGRAM", "vscode")],
        ] {
            assert!(!knows(unknown), "{unknown:?}");
        }
    }
}
