//! Writes the generated part of `eci_model::api` from the description in `data/`, and fails when the files checked in differ.
//!
//! `ECI_REGENERATE=1 cargo test -p eci-model --test generate` writes them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test: a mistake in the tables must stop it"
)]

mod description;
mod names;
mod render;
mod tables;
mod types;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use description::Description;
use types::Types;
use words::Words;

/// Every generated file, by its path in the crate.
fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join("data").join(name)).expect("a file of the crate");
    let description: Description = serde_json::from_str(&read("openapi.json")).expect("the description");
    let words = Words::parse(&read("api-words.tsv"), &read("api-examples.md"));
    let types = Types::of(&description);
    let mut files = render::files(&types, &words);
    files.extend(tables::files(&description));
    words.expect_all_used();
    files
}

#[test]
fn the_files_checked_in_are_the_generated_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let regenerate = std::env::var_os("ECI_REGENERATE").is_some();
    for (name, text) in files() {
        let path = root.join(&name);
        if regenerate {
            fs::write(&path, &text).expect("the crate can be written to");
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == text,
            "{name} is not what the description gives; run with ECI_REGENERATE=1 and look at the difference"
        );
    }
}

#[test]
fn no_generated_file_is_left_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = files();
    let folder = fs::read_dir(root.join("src/api/types")).expect("the folder of the types");
    for entry in folder {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a plain name");
        assert!(
            generated.contains_key(&format!("src/api/types/{name}")),
            "nothing generates {name}"
        );
    }
}
