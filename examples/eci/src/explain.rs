//! `eci explain`, `eci rules`, `eci annotations` and `eci support`.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use anstyle::Style;
use eci_sdk::annotations::{Lookup, Row, registry};
use eci_sdk::manifest::TemplateKind;
use eci_sdk::model::group::support;
use eci_sdk::model::policy::POLICIES;
use eci_sdk::report::v1::{AnnotationRow, Explanation, PolicyRow, RuleRow, SupportRow, VERSION};
use eci_sdk::{Rule, rule};

use crate::args::{Explain, Form, Listing, Rules};
use crate::out::{self, say};
use crate::table::{fit, table, wrap};

/// Explains a rule, an annotation, or the policies.
pub(crate) fn explain(arguments: &Explain) -> Result<ExitCode, Box<dyn Error>> {
    let topic = arguments.topic.as_str();
    let mut explanation = Explanation {
        version: VERSION,
        topic: topic.to_owned(),
        ..Explanation::default()
    };
    let mut text = String::new();
    if let Some(rule) = rule(topic) {
        explanation.rule = Some(rule.into());
        explanation.page = rule.page_text();
        text = rule_text(rule);
    } else if topic == "policies" {
        explanation.policies = POLICIES.iter().map(PolicyRow::from).collect();
        text = policies_text();
    } else if let Some(policy) = POLICIES.iter().find(|policy| policy.name == topic) {
        explanation.policies.push(policy.into());
        text = policy_text(&policy.into());
    } else {
        let rows: Vec<&Row> = match registry().lookup(topic) {
            Lookup::Key(row) => {
                text = fit(&row.facts().to_string());
                vec![row]
            }
            Lookup::Alias(rows) => {
                text = keys_text("another spelling of", &rows);
                rows
            }
            Lookup::Under(rows) => {
                text = keys_text("the beginning of", &rows);
                rows
            }
            Lookup::Near(rows) => {
                text = keys_text("perhaps you mean", &rows);
                rows
            }
            _ => Vec::new(),
        };
        if rows.is_empty() {
            let known = "see `eci rules`, `eci annotations` and `eci explain policies`";
            return Err(format!("`{topic}` is no rule, annotation or policy; {known}").into());
        }
        explanation.annotations = rows.into_iter().map(AnnotationRow::from).collect();
    }
    if arguments.output == Form::Json {
        out::json(&explanation)?;
    } else {
        say!("{}", text.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

fn keys_text(what: &str, rows: &[&Row]) -> String {
    let cells = rows
        .iter()
        .map(|row| ["".to_owned(), row.name().to_owned(), row.facts().headline().to_owned()]);
    format!("{what}:\n{}", table(&cells.collect::<Vec<_>>()))
}

fn policies_text() -> String {
    let texts = POLICIES.iter().map(|policy| policy_text(&policy.into()));
    texts.collect::<Vec<_>>().join("\n")
}

fn policy_text(policy: &PolicyRow) -> String {
    let rows = [
        [policy.name.to_owned(), policy.choices.join(", ")],
        [String::new(), format!("open because: {}", policy.source)],
    ];
    table(&rows)
}

/// The page of a rule as it is read on a terminal: its examples indented, its marks kept.
fn rule_text(rule: &Rule) -> String {
    if rule.page_text().is_empty() {
        return short_text(rule);
    }
    let is_plain = anstream::AutoStream::choice(&std::io::stdout()) == anstream::ColorChoice::Never;
    let bold = if is_plain { Style::new() } else { Style::new().bold() };
    let mut text = String::new();
    let mut paragraph = String::new();
    let mut is_example = false;
    for line in rule.page_text().lines().chain([""]) {
        let is_prose = !is_example
            && !line.is_empty()
            && !line.starts_with("#")
            && !line.starts_with("- ")
            && !line.starts_with("```");
        if is_prose {
            paragraph.push_str(line);
            paragraph.push(' ');
            continue;
        }
        for part in wrap(&std::mem::take(&mut paragraph), 100)
            .iter()
            .filter(|part| !part.is_empty())
        {
            text.push_str(part);
            text.push('\n');
        }
        if line.starts_with("```") {
            is_example = !is_example;
        } else if is_example {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        } else if let Some(title) = line.strip_prefix("# ").or_else(|| line.strip_prefix("## ")) {
            text.push_str(&format!("{bold}{title}{bold:#}\n"));
        } else {
            paragraph.push_str(line);
            if line.is_empty() {
                text.push('\n');
            } else {
                paragraph.push(' ');
            }
        }
    }
    let severity = rule.severity();
    format!("{}\n\n{severity} since {}\n", text.trim_end(), rule.since_version())
}

fn short_text(rule: &Rule) -> String {
    let basis = rule.basis_of();
    let title = format!("{} ({}), {}\n", rule.name(), rule.code(), rule.severity());
    let parts = [
        rule.summary_text().to_owned(),
        rule.why_text().to_owned(),
        format!("instead: {}", rule.remedy_text()),
        format!("basis: {}, {}", basis.name(), basis.source()),
        format!("since: {}", rule.since_version()),
    ];
    let lines = parts
        .iter()
        .filter(|part| !part.is_empty())
        .flat_map(|part| wrap(part, 100));
    title + "\n" + &lines.collect::<Vec<_>>().join("\n")
}

/// Prints every rule, or writes their pages.
pub(crate) fn rules(arguments: &Rules) -> Result<ExitCode, Box<dyn Error>> {
    if let Some(folder) = &arguments.pages {
        write_pages(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let arguments = &arguments.listing;
    let rows = eci_sdk::rules().map(RuleRow::from);
    list(arguments, &rows.collect::<Vec<_>>(), |row| {
        [
            row.code.clone(),
            row.severity.to_owned(),
            row.name.to_owned(),
            row.summary.to_owned(),
        ]
    })
}

fn write_pages(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for rule in eci_sdk::rules() {
        std::fs::write(folder.join(rule.name()).with_extension("md"), rule.page_text())?;
    }
    Ok(())
}

/// Prints every annotation.
pub(crate) fn annotations(arguments: &Listing) -> Result<ExitCode, Box<dyn Error>> {
    let rows = registry().iter().map(AnnotationRow::from);
    list(arguments, &rows.collect::<Vec<_>>(), |row| {
        let headline = row.summary.split_once(". ").map_or(row.summary, |(first, _)| first);
        [row.key.to_owned(), headline.trim_end_matches('.').to_owned()]
    })
}

/// Prints what happens to each field.
pub(crate) fn support(arguments: &Listing) -> Result<ExitCode, Box<dyn Error>> {
    let rows = support::matrix().map(SupportRow::from);
    list(arguments, &rows.collect::<Vec<_>>(), |row| {
        [
            row.context.to_owned(),
            row.path.to_owned(),
            [row.treatment, row.rule.unwrap_or_default()]
                .join(" ")
                .trim_end()
                .to_owned(),
        ]
    })?;
    if arguments.output != Form::Json {
        say!(
            "fields of other versions are told by field-unknown, any other field by manifest-unknown-field\n\npod templates of these kinds are read too:"
        );
        let rows = TemplateKind::ALL.iter().map(|kind| {
            let paths: Vec<&str> = kind.templates().map(|(path, _)| path).collect();
            [format!("{}.{}", kind.kind(), kind.group()), paths.join(" ")]
        });
        say!("{}", table(&rows.collect::<Vec<_>>()).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

/// An array for programs, a table for people.
fn list<T: serde::Serialize, const N: usize>(
    arguments: &Listing,
    rows: &[T],
    cells: impl Fn(&T) -> [String; N],
) -> Result<ExitCode, Box<dyn Error>> {
    if arguments.output == Form::Json {
        out::json(&rows)?;
    } else {
        say!("{}", table(&rows.iter().map(cells).collect::<Vec<_>>()).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}
