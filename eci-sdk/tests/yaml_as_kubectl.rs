//! What kubectl reads for small documents, recorded with the library that it reads YAML with (sigs.k8s.io/yaml 1.6, strict, 2026-11).
#![cfg(feature = "manifest")]
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::sync::Arc;

use eci_sdk::manifest::{Document, Reader, Source};
use serde_json::Value;

/// What the reader makes of a text: a value, or why there is none.
fn read(text: &str) -> Result<Value, String> {
    let source = Arc::new(Source::new("input.yaml", text));
    let documents: Vec<Document> = Reader::new().read(&source).collect();
    let Some(document) = documents.first() else {
        return Ok(Value::Null);
    };
    let (_, findings) = document.objects();
    let errors = findings
        .iter()
        .filter(|finding| finding.severity() == eci_sdk::Severity::Error);
    if let Some(error) = errors.map(ToString::to_string).next() {
        return Err(error);
    }
    document
        .root()
        .map(eci_sdk::manifest::Value::to_json)
        .ok_or_else(|| "nothing".to_owned())
}

/// JSON has one kind of number.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        _ => a == b,
    }
}

#[test]
fn every_recorded_answer_is_ours() {
    let table: Vec<Value> = serde_json::from_str(include_str!("data/yaml-as-kubectl.json")).expect("a table");
    assert_eq!(table.len(), 92);
    let mut wrong = Vec::new();
    for row in &table {
        let text = row["yaml"].as_str().expect("a text");
        let is_same = match (read(text), row.get("json")) {
            (Ok(ours), Some(theirs)) => same(&ours, theirs),
            (Err(_), None) => true,
            _ => false,
        };
        if !is_same {
            wrong.push(format!("{row}\n    ours: {:?}", read(text)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        table.len(),
        wrong.join("\n")
    );
}
