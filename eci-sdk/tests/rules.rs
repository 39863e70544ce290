//! The rules against their catalogue: each exists under its name with its severity, and each has a page with cases.
#![cfg(feature = "report")]

use eci_model::Rule;

/// Code, name and severity of every rule; `data/catalogue.csv` says where it comes from.
const CATALOGUE: &str = include_str!("data/catalogue.csv");

/// The rows of the catalogue: number, name, severity.
fn catalogue() -> impl Iterator<Item = (u16, &'static str, &'static str)> {
    let rows = CATALOGUE.lines().filter(|line| line.starts_with("ECI"));
    rows.filter_map(|row| {
        let mut cells = row.split(',');
        let number = cells.next()?.strip_prefix("ECI")?.parse().ok()?;
        Some((number, cells.next()?, cells.next()?))
    })
}

#[test]
fn every_rule_of_the_catalogue_exists() {
    assert!(catalogue().count() > 300);
    let wrong: Vec<String> = catalogue()
        .filter_map(|(number, name, severity)| {
            let code = format!("ECI{number}");
            let Some(rule) = eci_sdk::rule(&code) else {
                return Some(format!("{code} {name} is missing"));
            };
            let (own, own_severity) = (rule.name(), rule.severity());
            (own != name || own_severity.name() != severity)
                .then(|| format!("{code} {name} {severity} is {own} {own_severity}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_page_with_a_wrong_and_a_right_case() {
    let without = |rule: &&Rule| {
        let page = rule.page_text();
        let heading = format!("# {} ({})\n", rule.name(), rule.code());
        let has = |part: &str| page.contains(part);
        let cases = has("\n```yaml wrong") && has("\n```yaml right");
        let is_page = page.starts_with(&heading) && has("\n## Why it matters\n") && has("\n## Source\n");
        !(is_page && cases)
    };
    let missing: Vec<String> = eci_sdk::rules()
        .filter(without)
        .map(|rule| format!("{} {}", rule.code(), rule.name()))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn names_are_used_once() {
    let mut names: Vec<&str> = eci_sdk::rules().map(Rule::name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
