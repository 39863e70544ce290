//! The forms of `eci check`: one on standard output, others in files.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use eci_sdk::report::{self, Sarif, v1};

use crate::args::{Colour, Form, Output};
use crate::files::plain;
use crate::look::Told;
use crate::out::say;

/// Findings in a summary in Markdown.
const MOST_IN_MARKDOWN: usize = 50;

/// How to report.
#[derive(Debug, Args)]
pub(crate) struct Reports {
    /// The form of the output: human, compact, json, sarif, junit, github or markdown. More than once for several: those with =FILE go
    /// into a file, one goes to standard output.
    #[arg(short = 'o', long = "output", value_name = "FORM[=FILE]")]
    targets: Vec<Target>,
    /// Show informational findings too.
    #[arg(long)]
    info: bool,
    /// Print findings only, no summary.
    #[arg(long, short)]
    quiet: bool,
    /// Print at most this many findings on standard output, as human or compact, and count the others; all are judged and counted in the summary.
    #[arg(long, value_name = "NUMBER")]
    max_findings: Option<usize>,
    /// When to use colours.
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
    /// What is told about rules.
    #[command(flatten)]
    told: Told,
}

/// A form, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target {
    form: ReportForm,
    /// Standard output when there is none.
    file: Option<PathBuf>,
}

/// A form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportForm {
    Human,
    Compact,
    Json,
    Sarif,
    Junit,
    Github,
    Markdown,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (form, file) = match text.split_once('=') {
            Some((form, file)) => (form, Some(file)),
            None => (text, None),
        };
        let form = ReportForm::from_str(form, true)
            .map_err(|_| "expected human, compact, json, sarif, junit, github or markdown".to_owned())?;
        match file {
            Some("") => Err("a file is expected behind `=`".to_owned()),
            Some(_) if form == ReportForm::Human => {
                Err("`human` goes to standard output; what a shell redirects has no colours".to_owned())
            }
            file => Ok(Self {
                form,
                file: file.map(PathBuf::from),
            }),
        }
    }
}

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReportError {
    /// Two forms want standard output.
    #[error("several forms go to standard output: give all but one a file, as in `-o sarif=FILE`")]
    Standard,
    /// A file cannot be written.
    #[error("{path}: {source}")]
    Unwritable {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A report cannot be serialised.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl Reports {
    /// Whether nothing was said about forms.
    pub(crate) fn is_unset(&self) -> bool {
        self.targets.is_empty()
    }

    /// One more form, as it is written behind `-o`.
    pub(crate) fn add(&mut self, target: &str) -> Result<(), String> {
        self.targets.push(target.parse()?);
        Ok(())
    }

    /// How many findings are printed, when nothing was said about that.
    pub(crate) fn limit(&mut self, most: Option<usize>) {
        self.max_findings = self.max_findings.or(most);
    }

    /// Looks whether the forms go together, before anything is read.
    pub(crate) fn check(&self) -> Result<(), ReportError> {
        let standard = self.targets.iter().filter(|target| target.file.is_none()).count();
        if standard > 1 {
            Err(ReportError::Standard)
        } else {
            Ok(())
        }
    }

    /// How findings are printed while they are found; nothing when they are not.
    pub(crate) fn printed(&self) -> Option<Output> {
        let standard = self.targets.iter().find(|target| target.file.is_none());
        let output = match standard.map(|target| target.form) {
            Some(ReportForm::Human) => Form::Human,
            Some(ReportForm::Compact) => Form::Compact,
            None if self.targets.is_empty() => Form::Human,
            _ => return None,
        };
        Some(Output {
            output,
            info: self.info,
            quiet: self.quiet,
            max_findings: self.max_findings,
            color: self.color,
            told: self.told.clone(),
        })
    }

    /// Whether a form is wanted that is made of all findings.
    pub(crate) fn wants_rows(&self) -> bool {
        self.whole().next().is_some()
    }

    fn whole(&self) -> impl Iterator<Item = &Target> {
        let is_printed =
            |target: &&Target| target.file.is_none() && matches!(target.form, ReportForm::Human | ReportForm::Compact);
        self.targets.iter().filter(move |target| !is_printed(target))
    }

    /// Writes the forms that are made of all findings.
    pub(crate) fn write(&self, report: &v1::CheckReport) -> Result<(), ReportError> {
        for target in self.whole() {
            let text = self.text(target.form, report)?;
            match &target.file {
                None => say!("{}", text.trim_end()),
                Some(file) => std::fs::write(file, text).map_err(|source| ReportError::Unwritable {
                    path: file.display().to_string(),
                    source,
                })?,
            }
        }
        Ok(())
    }

    fn text(&self, form: ReportForm, report: &v1::CheckReport) -> Result<String, ReportError> {
        let lines = |findings: &[v1::Finding]| findings.iter().map(|row| report::compact(row) + "\n").collect();
        Ok(match form {
            ReportForm::Human | ReportForm::Compact => lines(&self.asked(report).findings),
            ReportForm::Json => serde_json::to_string_pretty(report)? + "\n",
            ReportForm::Sarif => {
                let log = Sarif::of(&of_repository(report).findings);
                let log = match self.told.pages() {
                    Some(pages) => log.with_pages(&pages),
                    None => log,
                };
                serde_json::to_string_pretty(&log)? + "\n"
            }
            ReportForm::Junit => report::junit(&of_repository(&self.asked(report)).findings),
            ReportForm::Github => report::github(&of_repository(&self.asked(report)).findings),
            ReportForm::Markdown => report::markdown(&of_repository(&self.asked(report)), MOST_IN_MARKDOWN),
        })
    }

    /// The report with the findings that are printed.
    fn asked(&self, report: &v1::CheckReport) -> v1::CheckReport {
        let mut asked = report.clone();
        asked
            .findings
            .retain(|finding| finding.suppressed.is_none() && (self.info || finding.severity != "info"));
        asked
    }
}

/// The report with files as the repository around the working directory names them, which is how forges know them.
fn of_repository(report: &v1::CheckReport) -> v1::CheckReport {
    let mut report = report.clone();
    let Ok(here) = std::env::current_dir() else {
        return report;
    };
    let Some(root) = here.ancestors().find(|folder| folder.join(".git").exists()) else {
        return report;
    };
    for finding in &mut report.findings {
        let related = finding.related.iter_mut().map(|related| &mut related.place);
        for place in std::iter::once(&mut finding.place).chain(related) {
            if let Some(file) = place.file.as_mut().filter(|file| *file != "-") {
                *file = relative(file, &here, root);
            }
        }
    }
    report
}

/// A path as it stands below a folder; as it is when it lies outside.
fn relative(file: &str, here: &Path, root: &Path) -> String {
    let whole = plain(&here.join(file));
    let below = whole.strip_prefix(root).ok();
    below.map_or_else(|| file.to_owned(), |below| below.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_with_their_file() {
        let target: Target = "sarif=out/eci.sarif".parse().expect("a form");
        assert_eq!(
            (target.form, target.file),
            (ReportForm::Sarif, Some("out/eci.sarif".into()))
        );
        for wrong in ["xml", "sarif=", "human=out.txt", "=a"] {
            assert!(wrong.parse::<Target>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        let (here, root) = (Path::new("/src/shop/deploy"), Path::new("/src/shop"));
        for (file, expected) in [
            ("web.yaml", "deploy/web.yaml"),
            ("./web.yaml", "deploy/web.yaml"),
            ("../base/web.yaml", "base/web.yaml"),
            ("/src/shop/a.yaml", "a.yaml"),
            ("/elsewhere/a.yaml", "/elsewhere/a.yaml"),
        ] {
            assert_eq!(relative(file, here, root), expected);
        }
    }
}
