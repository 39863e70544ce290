//! Images and storage from the outside: every rule where it fires and where it stays silent.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test: a mistake in the tables must stop it"
)]

mod case;
mod images;
mod objects;
mod several;
mod volumes;

use std::collections::BTreeSet;

#[test]
fn every_rule_stands_in_both_tables() {
    let lists = eci_model::image::RULES.iter().chain(eci_model::storage::RULES);
    let rules: BTreeSet<&str> = lists.flat_map(|list| list.as_slice()).map(|rule| rule.name()).collect();
    let tables = [
        ("fires", [images::FIRE, volumes::FIRE, objects::FIRE, several::FIRE]),
        (
            "stays silent",
            [images::SILENT, volumes::SILENT, objects::SILENT, several::SILENT],
        ),
    ];
    for (what, tables) in tables {
        let covered: BTreeSet<&str> = tables.into_iter().flatten().copied().collect();
        let missing: Vec<_> = rules.difference(&covered).collect();
        assert!(missing.is_empty(), "nowhere {what}: {missing:?}");
    }
}
