//! Writes the tables of sizes and prices from the data, and fails when the files checked in differ.
//!
//! `ECI_REGENERATE=1 cargo test -p eci-model --test size` writes them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use eci_model::billing::Money;

use crate::data::{Data, Family, Grid, Prices, cpu, memory};

#[test]
fn the_tables_checked_in_are_those_of_the_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = Data::read();
    let files = BTreeMap::from([
        ("src/spec/grid/table.rs", grids(&data)),
        ("src/spec/family/table.rs", families(&data)),
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
fn every_row_has_a_source() {
    let data = Data::read();
    let known = |id: &String| {
        let source = data.sources.get(id).unwrap_or_else(|| panic!("no source {id}"));
        assert!(!source.title.is_empty() && !source.date.is_empty());
    };
    for grid in &data.grids {
        assert!(!grid.source.is_empty(), "{}", grid.name);
        grid.source.iter().for_each(known);
    }
    for family in &data.families.rows {
        assert!(!family.source.is_empty(), "{}", family.family);
        family.source.iter().for_each(known);
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

fn families(data: &Data) -> String {
    let mut text = header("The families: name, architecture, kind, generation, local disk, on VNodes.");
    text.push_str("use super::families;\n\nfamilies! {\n");
    for family in &data.families.rows {
        let Family {
            family: name,
            arch,
            kind,
            generation,
            local_disk,
            vnode,
            ..
        } = family;
        let (arch, kind) = (camel(arch), camel(kind).replace("Vgpu", "VGpu"));
        writeln!(text, "    {name:?} {arch} {kind} {generation} {local_disk} {vnode};").expect("a text");
    }
    text.push_str("}\n\n");
    for (doc, name, date) in [
        ("The date of the list.", "DATE", &data.families.date),
        (
            "The date of the list for VNodes.",
            "VNODE_DATE",
            &data.families.vnode_date,
        ),
    ] {
        writeln!(text, "/// {doc}\npub(super) static {name}: &str = {date:?};").expect("a text");
    }
    let retired = data
        .retired_families
        .iter()
        .map(|row| format!("({:?}, {:?})", row.family, row.date));
    let gpus = data
        .gpus_other_than_named
        .iter()
        .map(|row| format!("({:?}, {})", row.ecs, row.gpus));
    for (doc, name, kind, rows) in [
        (
            "Families that were taken off the list, and when.",
            "RETIRED",
            "&str",
            retired.collect::<Vec<_>>(),
        ),
        (
            "Types that have other numbers of GPUs than their name says.",
            "GPUS_OTHER_THAN_NAMED",
            "u64",
            gpus.collect(),
        ),
    ] {
        let rows = rows.join(", ");
        writeln!(
            text,
            "/// {doc}\npub(super) static {name}: &[(&str, {kind})] = &[{rows}];"
        )
        .expect("a text");
    }
    text
}

fn camel(text: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    text.split('-').map(word).collect()
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
