//! `eci explain`, `eci rules`, `eci annotations` and `eci support`.

use std::error::Error;
use std::process::ExitCode;

use eci_sdk::annotations::{Lookup, Row, registry};
use eci_sdk::model::group::support;
use eci_sdk::model::policy::POLICIES;
use eci_sdk::report::v1::{RuleRow, SupportRow};
use eci_sdk::{Rule, rule};

use crate::args::Form;

/// Explains a rule, an annotation, or the policies.
pub(crate) fn explain(topic: &str) -> Result<ExitCode, Box<dyn Error>> {
    if let Some(rule) = rule(topic) {
        anstream::println!("{}", rule_text(rule));
        return Ok(ExitCode::SUCCESS);
    }
    if topic == "policies" {
        for policy in POLICIES {
            anstream::println!(
                "{:<22} {}\n{:<22} open because: {}",
                policy.name,
                policy.choices.join(", "),
                "",
                policy.source
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    match registry().lookup(topic) {
        Lookup::Key(row) => anstream::println!("{}", row.facts()),
        Lookup::Alias(rows) => print_keys("another spelling of", &rows),
        Lookup::Under(rows) => print_keys("the beginning of", &rows),
        Lookup::Near(rows) => print_keys("perhaps you mean", &rows),
        _ => {
            let known = "see `eci rules` and `eci annotations`";
            return Err(format!("`{topic}` is no rule, annotation or `policies`; {known}").into());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_keys(what: &str, rows: &[&Row]) {
    anstream::println!("{what}:");
    for row in rows {
        anstream::println!("  {:<52} {}", row.name(), row.facts().headline());
    }
}

fn rule_text(rule: &Rule) -> String {
    if !rule.page_text().is_empty() {
        return rule.page_text().trim_end().to_owned();
    }
    let basis = rule.basis_of();
    format!(
        "{} {} ({})\n\n{}\n{}\n\ninstead: {}\nbasis: {}, {}\nsince: {}",
        rule.code(),
        rule.name(),
        rule.severity(),
        rule.summary_text(),
        rule.why_text(),
        rule.remedy_text(),
        basis.name(),
        basis.source(),
        rule.since_version()
    )
}

/// Lists every rule.
pub(crate) fn rules_list() -> Vec<RuleRow> {
    eci_sdk::rules().map(Into::into).collect()
}

/// Prints every rule.
pub(crate) fn rules(form: Form) -> Result<ExitCode, Box<dyn Error>> {
    if form == Form::Json {
        anstream::println!("{}", serde_json::to_string_pretty(&rules_list())?);
        return Ok(ExitCode::SUCCESS);
    }
    for row in rules_list() {
        anstream::println!("{:<8} {:<8} {:<28} {}", row.code, row.severity, row.name, row.summary);
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints every annotation.
pub(crate) fn annotations(form: Form) -> Result<ExitCode, Box<dyn Error>> {
    if form == Form::Json {
        anstream::println!("{}", serde_json::to_string_pretty(registry())?);
        return Ok(ExitCode::SUCCESS);
    }
    for row in registry().iter() {
        let facts = row.facts();
        anstream::println!("{:<52} {:<15} {}", facts.name, facts.category.name(), facts.headline());
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what happens to each field.
pub(crate) fn support(form: Form) -> Result<ExitCode, Box<dyn Error>> {
    let rows: Vec<SupportRow> = support::matrix().map(SupportRow::from).collect();
    if form == Form::Json {
        anstream::println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(ExitCode::SUCCESS);
    }
    for row in rows {
        let rule = row.rule.unwrap_or_default();
        anstream::println!("{:<9} {:<72} {:<10} {rule}", row.context, row.path, row.treatment);
    }
    anstream::println!("any other field: told by field-unknown");
    Ok(ExitCode::SUCCESS)
}
