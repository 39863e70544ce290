//! Every field of every type has a row, and every row a field.

use std::collections::BTreeSet;

use eci_sdk::model::group::support::{self, Row, Treatment};

use crate::declared::{Declared, Key, declared, minor};

/// The rows of the built version.
pub(crate) fn rows() -> BTreeSet<Key> {
    let rows = support::matrix().filter(|row| row.versions.contain(minor()));
    rows.map(|row| (row.context, row.kind.to_owned(), row.field.to_owned()))
        .collect()
}

#[test]
fn every_field_has_a_row_and_every_row_a_field() {
    let (fields, rows) = (declared().0.fields, rows());
    assert!(fields.len() > 700, "{}", fields.len());
    let without: Vec<_> = fields.difference(&rows).collect();
    assert!(without.is_empty(), "fields without a row: {without:#?}");
    let corpses: Vec<_> = rows.difference(&fields).collect();
    assert!(corpses.is_empty(), "rows without a field: {corpses:#?}");
}

#[test]
fn every_rule_of_a_row_is_one_that_exists() {
    for row in support::matrix() {
        if let Some(rule) = row.treatment.rule() {
            assert!(eci_sdk::rule(rule).is_some(), "{}: {rule}", row.path);
        }
    }
}

#[test]
fn places_lead_to_the_field() {
    for row in support::matrix() {
        let last = row.path.rsplit('.').next().unwrap_or_default();
        assert_eq!(last.trim_end_matches("[]"), row.field, "{}", row.path);
    }
}

/// The type below a field, when a field without counterpart may stand somewhere there.
fn mixed<'d>(declared: &'d Declared, row: &Row) -> Option<&'d str> {
    let key_of = |row: &Row| (row.context, row.kind.to_owned(), row.field.to_owned());
    let first = declared.below.get(&key_of(row)).map(|(_, kind)| kind.as_str());
    let (mut seen, mut open) = (BTreeSet::new(), vec![key_of(row)]);
    while let Some(key) = open.pop() {
        let Some(kind) = declared.below.get(&key).filter(|kind| seen.insert((*kind).clone())) else {
            continue;
        };
        for row in support::matrix().filter(|row| (row.context, row.kind) == (kind.0, &kind.1)) {
            match row.treatment {
                Treatment::Ignored(rule) if rule == support::FIELD_NOT_MAPPED.name() => return first,
                Treatment::Mapped | Treatment::Resolved => open.push(key_of(row)),
                _ => {}
            }
        }
    }
    None
}

#[test]
fn every_field_above_one_without_counterpart_names_its_type() {
    let declared = declared().0;
    let of_version = |row: &&Row| row.versions.contain(minor());
    let treated = |row: &&Row| matches!(row.treatment, Treatment::Mapped | Treatment::Resolved);
    let wrong: Vec<String> = (support::matrix().filter(of_version).filter(treated))
        .filter(|row| mixed(&declared, row) != row.mixed)
        .map(|row| {
            format!(
                "{}\t{}\t{}\t{:?}",
                row.context.name(),
                row.kind,
                row.field,
                mixed(&declared, row)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
