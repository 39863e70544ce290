//! `eci explain`, `eci rules`, `eci annotations` and `eci support`.

use std::error::Error;
use std::process::ExitCode;

use eci_sdk::annotations::{Row, keys, known, registry};
use eci_sdk::model::group::support::{self, Treatment};
use eci_sdk::model::policy::POLICIES;
use eci_sdk::report::v1::RuleRow;
use eci_sdk::{Rule, rule};
use serde_json::json;

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
    let key = if topic.contains('/') {
        topic.to_owned()
    } else {
        format!("k8s.aliyun.com/{topic}")
    };
    let Some(listed) = known(&key).or_else(|| known(topic)) else {
        return Err(
            format!("`{topic}` is no rule, annotation or `policies`; see `eci rules` and `eci annotations`").into(),
        );
    };
    anstream::println!("{}  ({})", listed.key, listed.category);
    if let Some(row) = keys::find(listed.key) {
        anstream::println!("  {}", row.summary());
        let editions: Vec<&str> = row.editions().iter().map(eci_sdk::Edition::name).collect();
        anstream::println!("  editions: {}", editions.join(", "));
    }
    anstream::println!("  value: {}", listed.shape);
    anstream::println!("  source: {} {}", listed.page, listed.date);
    Ok(ExitCode::SUCCESS)
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
        let row = |listed: &eci_sdk::annotations::Listed| {
            json!({"key": listed.key, "category": listed.category.name(), "value": listed.shape,
                   "summary": keys::find(listed.key).map(Row::summary), "page": listed.page, "date": listed.date})
        };
        let rows: Vec<serde_json::Value> = registry().iter().map(row).collect();
        anstream::println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(ExitCode::SUCCESS);
    }
    for listed in registry() {
        let summary = keys::find(listed.key).map_or("", Row::summary);
        anstream::println!("{:<52} {:<22} {summary}", listed.key, listed.category.name());
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what happens to each field.
pub(crate) fn support(form: Form) -> Result<ExitCode, Box<dyn Error>> {
    let rule = |treatment: Treatment| match treatment {
        Treatment::Rule(name) => Some(name),
        _ => None,
    };
    if form == Form::Json {
        let rows: Vec<serde_json::Value> = support::matrix()
            .map(|row| json!({"path": row.path, "treatment": row.treatment.name(), "rule": rule(row.treatment)}))
            .collect();
        anstream::println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(ExitCode::SUCCESS);
    }
    for row in support::matrix() {
        anstream::println!(
            "{:<64} {:<10} {}",
            row.path,
            row.treatment.name(),
            rule(row.treatment).unwrap_or_default()
        );
    }
    anstream::println!("any other field: told by field-not-mapped");
    Ok(ExitCode::SUCCESS)
}
