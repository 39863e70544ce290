//! Single values: the same is accepted, written and said.

use std::collections::BTreeSet;

use eci_sdk::annotations::{check_entry, registry};
use eci_sdk::model::Site;
use eci_sdk::{Edition, FieldPath, Findings, Location, ObjectRef, Policies};

use serde_json::{Value, json};

use super::{OPEN, Verdict, forms, generate, grammar, judge};
use crate::dice::{Difference, cases};

/// The rules that speak of one value by itself.
const SPEAKING: [&str; 17] = [
    "annotation-bad-value",
    "annotation-out-of-range",
    "annotation-undocumented-form",
    "annotation-too-many-items",
    "annotation-duplicate-item",
    "annotation-value-case",
    "annotation-placeholder",
    "annotation-id-shape",
    "annotation-empty",
    "annotation-spaces",
    "spec-type-malformed",
    "spot-limit-precision",
    "burst-resource-value",
    "custom-tags-many",
    "custom-tag-form",
    "dns-too-many-servers",
    "dns-shape-swapped",
];

#[test]
fn values_are_read_alike() {
    cases("values", |dice| {
        let (key, grammar) = dice.of(grammar::KEYS);
        let text = generate::value(grammar, dice);
        let expected = judge(grammar, &text);
        let found = by_the_crate(key, &text);
        let same = found.rules == expected.rules && is_written_alike(key, &text, &found, &expected);
        (!same).then(|| Difference {
            kind: format!("{grammar:?} {:?} {:?}", found.rules, expected.rules),
            case: format!("{key}: {text:?}"),
            found: format!("{found:?}"),
            expected: format!("{expected:?}"),
        })
    });
}

/// Open forms have no canonical text on any page, and JSON may be spaced in any way; both must be stable.
fn is_written_alike(key: &str, text: &str, found: &Verdict, expected: &Verdict) -> bool {
    match (&found.canonical, &expected.canonical) {
        (Some(found), Some(_)) if expected.rules.contains(OPEN) => {
            by_the_crate(key, found).canonical.as_ref() == Some(found)
        }
        (Some(found), Some(expected)) if text.trim_start().starts_with(['{', '[']) => json(found) == json(expected),
        (Some(found), Some(expected)) if key.starts_with("kubernetes.io/") => {
            forms::bytes(found) == forms::bytes(expected)
        }
        (found, expected) => found == expected,
    }
}

/// JSON without what makes no difference: parts that list nothing, blanks around items, the encryption that is off anyway.
fn json(text: &str) -> Option<Value> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    if let Some(map) = value.as_object_mut() {
        for part in map.values_mut() {
            if let Value::String(list) = part {
                let items: Vec<&str> = list.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
                *list = items.join(",");
            }
        }
        map.retain(|name, part| *part != json!([]) && *part != "" && !(name == "encrypted" && *part == "false"));
    }
    Some(value)
}

fn by_the_crate(key: &str, text: &str) -> Verdict {
    let row = registry().find(key).expect("a known key");
    let place = Location::new(ObjectRef::new("Pod", None, "pod"), FieldPath::ROOT);
    let policies = Policies::default();
    let mut findings = Findings::new();
    check_entry(
        key,
        text,
        &place,
        &Site::new(Edition::Ack, &policies),
        &[],
        &mut findings,
    );
    let rules: BTreeSet<&str> = findings.iter().map(|finding| finding.rule().name()).collect();
    Verdict {
        canonical: row.canonical(text).ok(),
        rules: SPEAKING.into_iter().filter(|name| rules.contains(name)).collect(),
    }
}
