//! The example manifests keep what their comments promise: refused ones have exactly those findings, the others none.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rules that fire with a warning or an error, by file.
fn found() -> BTreeMap<String, BTreeSet<String>> {
    let command = Command::new(cargo_bin!("eci")).current_dir(root());
    let output = command
        .args(["check", "examples/manifests", "-o", "json"])
        .output()
        .expect("it starts");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for finding in report["findings"].as_array().expect("a list") {
        if finding["severity"] != "info" {
            let file = finding["place"]["file"].as_str().expect("read from a file");
            let rule = finding["name"].as_str().expect("a rule");
            found.entry(file.to_owned()).or_default().insert(rule.to_owned());
        }
    }
    found
}

/// `# Promises: host-path and host-network on ...`
fn promised(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let files = std::fs::read_dir(root().join(folder)).expect("a folder");
    let of_file = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let name = path.file_name()?.to_str()?.to_owned();
        let text = std::fs::read_to_string(&path).expect("text");
        let promise = text.lines().next()?.strip_prefix("# Promises: ")?.to_owned();
        let rules = promise
            .split(" on the ")
            .next()?
            .split(" and ")
            .map(str::to_owned)
            .collect();
        Some((format!("{folder}/{name}"), rules))
    };
    files.filter_map(of_file).collect()
}

#[test]
fn comments_promise_what_is_found_and_nothing_else_is() {
    let promised = promised("examples/manifests/refused");
    assert_eq!(promised.len(), 3);
    assert_eq!(found(), promised);
}
