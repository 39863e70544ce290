//! The registry against the checked-in lists: no key and no rule is lost, and none is there that is not listed.
#![allow(clippy::expect_used, clippy::panic, reason = "tests say what they expect")]

use std::collections::BTreeMap;
use std::path::Path;

use eci_annotations::{RULES, Row, registry};
use eci_model::policy::POLICIES;
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::PrettyFormatter;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn by_key(table: &Value) -> BTreeMap<&str, &Value> {
    let rows = table.as_array().expect("a table");
    let table: BTreeMap<&str, &Value> = rows
        .iter()
        .map(|row| (row["key"].as_str().expect("a key"), row))
        .collect();
    assert_eq!(table.len(), rows.len(), "a key stands twice");
    table
}

#[test]
fn the_registry_is_the_data_file() {
    let listed: Value = serde_json::from_str(&file("data/annotations.json")).expect("JSON");
    let declared = serde_json::to_value(registry()).expect("serialises");
    if std::env::var_os("SNAPSHOTS").is_some_and(|what| what == "overwrite") {
        overwrite(&listed, &declared);
        return;
    }
    let (listed, declared) = (by_key(&listed), by_key(&declared));
    assert_eq!(listed.keys().collect::<Vec<_>>(), declared.keys().collect::<Vec<_>>());
    for (key, row) in listed {
        assert_eq!(declared[key], row, "{key}");
    }
}

/// Writes the declared table to the file, in the order it has there; the difference is for a reader to judge.
fn overwrite(listed: &Value, declared: &Value) {
    let rows = by_key(declared);
    let known = by_key(listed);
    let keys = listed
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row["key"].as_str());
    let added = rows.keys().copied().filter(|key| !known.contains_key(key));
    let table: Vec<&Row> = keys.chain(added).filter_map(|key| registry().find(key)).collect();
    let mut text = Vec::new();
    let mut printer = serde_json::Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b" "));
    table.serialize(&mut printer).expect("serialises");
    text.push(b'\n');
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/annotations.json");
    std::fs::write(path, text).expect("a writable file");
}

#[test]
fn the_table_has_160_keys() {
    assert_eq!(registry().iter().count(), 160);
}

#[test]
fn policies_of_keys_exist_and_every_open_question_has_a_key() {
    let mut named: Vec<&str> = registry()
        .iter()
        .flat_map(|row| row.facts().policies)
        .copied()
        .collect();
    for name in &named {
        assert!(POLICIES.iter().any(|policy| policy.name == *name), "{name}");
    }
    named.sort_unstable();
    named.dedup();
    let open = [
        "ApiBounds",
        "AutoImageCache",
        "BareBandwidth",
        "BurstResource",
        "CaseRule",
        "CpuOptions",
        "DnsKeys",
        "EipModes",
        "FixedAndPrivateIp",
        "HostSources",
        "ImageCacheOverlap",
        "ListLength",
        "NetworkOrder",
        "OpenForms",
        "RateUnits",
        "ResourceGroupKey",
    ];
    assert_eq!(named, open);
}

#[test]
fn every_listed_rule_is_declared_and_the_other_way_round() {
    let list = file("tests/data/rules.txt");
    let listed: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    let rules = RULES.as_slice().iter();
    let declared: Vec<String> = rules
        .map(|rule| format!("{} {} {}", rule.code(), rule.name(), rule.severity()))
        .collect();
    assert_eq!(declared, listed);
}

#[test]
fn every_rule_has_a_page_with_a_wrong_and_a_right_case() {
    for rule in RULES.as_slice() {
        let page = rule.page_text();
        let title = format!("# {} ({})", rule.name(), rule.code());
        assert_eq!(page.lines().next(), Some(title.as_str()));
        for part in [
            "## Why it matters",
            "## Wrong",
            "## Right",
            "## Policies",
            "## Source",
            "```yaml right",
        ] {
            assert!(page.contains(part), "{}: {part}", rule.name());
        }
        assert!(page.contains(&format!("# ^^^ {}", rule.name())), "{}", rule.name());
    }
}
