//! Every field of every type has a row, and every row a field.

use std::collections::BTreeSet;

use eci_sdk::model::group::support;

use crate::declared::{Key, declared, minor};

/// The rows of the built version.
pub(crate) fn rows() -> BTreeSet<Key> {
    let rows = support::matrix().filter(|row| row.versions.contain(minor()));
    rows.map(|row| (row.context, row.kind.to_owned(), row.field.to_owned()))
        .collect()
}

#[test]
fn every_field_has_a_row_and_every_row_a_field() {
    let (fields, rows) = (declared().0, rows());
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
