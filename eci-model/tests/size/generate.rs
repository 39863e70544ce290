//! Writes the tables of sizes and prices from the data, and fails when the files checked in differ.
//!
//! `ECI_REGENERATE=1 cargo test -p eci-model --test size` writes them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use eci_model::billing::Money;

use crate::data::{Data, Grid, Prices, cpu, memory};

#[test]
fn the_tables_checked_in_are_those_of_the_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = Data::read();
    let files = BTreeMap::from([
        ("src/spec/grid/table.rs", grids(&data)),
        ("src/billing/prices/table.rs", prices(&data.prices)),
    ]);
    for (name, text) in files {
        let path = root.join(name);
        if std::env::var_os("ECI_REGENERATE").is_some() {
            fs::write(&path, &text).expect("the crate can be written to");
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == text,
            "{name} is not what the data gives; run with ECI_REGENERATE=1 and look at the difference"
        );
    }
}

#[test]
fn every_grid_and_example_has_a_source() {
    let data = Data::read();
    let known = |id: &String| {
        let source = data.sources.get(id).unwrap_or_else(|| panic!("no source {id}"));
        assert!(!source.title.is_empty() && !source.date.is_empty());
    };
    for grid in &data.grids {
        assert!(!grid.source.is_empty(), "{}", grid.name);
        grid.source.iter().for_each(known);
    }
    for example in &data.roundings {
        assert_eq!(example.source.is_empty(), example.origin == "derived");
        example.source.iter().for_each(known);
    }
}

fn header(what: &str) -> String {
    format!(
        "//! {what}\n//!\n//! Generated from `data/specs.json` by `ECI_REGENERATE=1 cargo test -p eci-model --test size`; do not edit.\n\n"
    )
}

fn grids(data: &Data) -> String {
    let mut text = header("The grids: thousandths of a vCPU, and MiB.");
    text.push_str("use super::rows;\n\n");
    for grid in &data.grids {
        rows(grid, &mut text);
    }
    let regions = &data.finer_regions.regions;
    writeln!(
        text,
        "/// The regions with the regional grid.\npub(super) static FINER_REGIONS: [&str; {}] = [",
        regions.len()
    )
    .expect("a text");
    for region in regions {
        writeln!(text, "    {region:?},").expect("a text");
    }
    text.push_str("];\n");
    text
}

fn rows(grid: &Grid, out: &mut String) {
    let place = &grid.place;
    let name = grid.name.to_uppercase();
    let count = grid.rows.len();
    writeln!(out, "rows! {{\n    /// The sizes of {place}.\n    {name}: {count}").expect("a text");
    for row in &grid.rows {
        let mib: Vec<String> = row
            .gib
            .iter()
            .map(|gib| (memory(gib).bytes() >> 20).to_string())
            .collect();
        writeln!(out, "    {} => {};", cpu(&row.vcpu).milli(), mib.join(" ")).expect("a text");
    }
    out.push_str("}\n\n");
}

fn prices(tables: &[Prices]) -> String {
    let mut text = header("The list prices in billionths, with their date.");
    text.push_str("use super::{Money, UnitPrices};\n");
    for table in tables {
        let Prices {
            currency,
            date,
            vcpu,
            economy_vcpu,
            gib,
            disk_gib,
        } = table;
        let nano = |amount: &str| {
            let amount: Money = amount.parse().expect("a price");
            amount.nano().to_string()
        };
        writeln!(
            text,
            "\npub(super) static {currency}: (&str, UnitPrices) = (\n    {date:?},\n    UnitPrices {{"
        )
        .expect("a text");
        for (field, amount) in [
            ("vcpu", vcpu),
            ("economy_vcpu", economy_vcpu),
            ("gib", gib),
            ("disk_gib", disk_gib),
        ] {
            writeln!(text, "        {field}: Money::from_nano({}),", nano(amount)).expect("a text");
        }
        text.push_str("    },\n);\n");
    }
    text
}
