//! Every key with values that it takes, as it prints them, and near misses that it refuses.
#![allow(clippy::expect_used, clippy::panic, reason = "tests say what they expect")]

use std::collections::BTreeMap;

use eci_annotations::{Row, registry};
use eci_model::policy::Policies;

/// What the table says of a key.
#[derive(Default)]
struct Entry {
    printed: Vec<(String, String)>,
    refused: Vec<String>,
}

fn table() -> BTreeMap<String, Entry> {
    let mut table: BTreeMap<String, Entry> = BTreeMap::new();
    let mut key = String::new();
    let plain = |text: &str| text.trim().replace("\\s", " ").replace("\\t", "\t");
    for line in include_str!("data/values.txt").lines() {
        let entry = table.entry(key.clone()).or_default();
        match line.split_at_checked(1) {
            None | Some(("#", _)) => {}
            Some(("!", text)) => entry.refused.push(plain(text)),
            Some(("=", text)) => {
                let (text, printed) = text.split_once(" => ").unwrap_or((text, text));
                entry.printed.push((plain(text), plain(printed)));
            }
            Some(_) => {
                line.clone_into(&mut key);
                assert!(
                    table.insert(key.clone(), Entry::default()).is_none(),
                    "{key} stands twice"
                );
            }
        }
    }
    table.remove("");
    table
}

fn canonical(row: &Row, text: &str) -> Result<String, String> {
    let told = |error: eci_annotations::ValueError| format!("{}: {text:?}: {error}", row.name());
    row.check(text, &Policies::default()).map_err(told)?;
    row.canonical(text).map_err(told)
}

#[test]
fn every_key_has_an_entry_and_every_entry_a_key() {
    let table = table();
    let mut keys: Vec<&str> = registry().iter().map(Row::name).collect();
    keys.sort_unstable();
    assert_eq!(table.keys().map(String::as_str).collect::<Vec<_>>(), keys);
}

#[test]
fn every_example_is_read_and_prints_stably() {
    for row in registry().iter() {
        for example in row.facts().examples {
            let printed = canonical(row, example).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(canonical(row, &printed).as_ref(), Ok(&printed), "{}", row.name());
        }
    }
}

#[test]
fn values_print_as_the_table_says() {
    for (key, entry) in table() {
        let row = registry().find(&key).expect("listed");
        for (text, printed) in entry.printed {
            assert_eq!(canonical(row, &text).as_ref(), Ok(&printed), "{key}: {text}");
            assert_eq!(canonical(row, &printed).as_ref(), Ok(&printed), "{key}: {printed}");
        }
    }
}

#[test]
fn near_misses_are_refused_at_their_place() {
    for (key, entry) in table() {
        let row = registry().find(&key).expect("listed");
        for text in entry.refused {
            let Err(error) = row.check(&text, &Policies::default()) else {
                panic!("{key} takes {text:?}");
            };
            let within = error.within.start as usize..error.within.end as usize;
            let found: String = text.get(within).expect("a part of the text").chars().take(64).collect();
            assert_eq!(found, *error.found, "{key}: {text}");
        }
    }
}

/// Only texts that no page gives a form are taken whatever they are.
#[test]
fn keys_with_a_form_have_near_misses() {
    for (key, entry) in table() {
        let row = registry().find(&key).expect("listed");
        let takes_anything = row
            .check("\u{1}no value of anything\u{1}", &Policies::default())
            .is_ok();
        assert!(takes_anything || entry.refused.len() > 2, "{key}");
    }
}
