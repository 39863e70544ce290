//! What each fuzz target does with its input. The same functions run under the fuzzing engine and, over the stored corpora, in
//! `cargo test` on stable Rust.

use std::collections::BTreeMap;

use eci_sdk::Quantity;

/// A fuzz target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target. The folder of its corpus and its file under `fuzz_targets` have the same name.
pub static TARGETS: &[Target] = &[("quantity", quantity)];

/// Reads a Kubernetes quantity; what can be printed reads back as the same.
pub fn quantity(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(read) = text.parse::<Quantity>() else { return };
    if let Ok(cpu) = read.cpu() {
        assert_eq!(cpu.to_string().parse::<Quantity>().and_then(Quantity::cpu), Ok(cpu));
    }
    if let Ok(memory) = read.memory() {
        assert_eq!(
            memory.to_string().parse::<Quantity>().and_then(Quantity::memory),
            Ok(memory)
        );
    }
}

/// A map out of a text with a line an entry, `key=value`: a readable form for corpora.
pub fn map(input: &[u8]) -> Option<BTreeMap<String, String>> {
    let text = std::str::from_utf8(input).ok()?;
    let entry = |line: &str| {
        line.split_once('=')
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
    };
    Some(text.lines().filter_map(entry).collect())
}
