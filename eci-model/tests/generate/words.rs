//! What the fields mean, in our own words: `data/api-words.tsv` and `data/api-examples.md`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Phrases by `Type`, `Type.Wire` or `*.Wire`, and examples by type.
pub(crate) struct Words {
    phrases: BTreeMap<String, String>,
    examples: BTreeMap<String, String>,
    used: RefCell<BTreeSet<String>>,
}

impl Words {
    pub(crate) fn parse(text: &str, examples: &str) -> Self {
        let mut phrases = BTreeMap::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (key, phrase) = line.split_once('\t').unwrap_or_else(|| panic!("no tab in `{line}`"));
            let before = phrases.insert(key.to_owned(), phrase.to_owned());
            assert!(before.is_none(), "{key} has two phrases");
        }
        let sections = examples.split("\n## ").skip(1);
        let examples = sections.filter_map(|section| section.split_once('\n'));
        Self {
            phrases,
            examples: examples
                .map(|(name, code)| (name.to_owned(), code.trim_end().to_owned()))
                .collect(),
            used: RefCell::default(),
        }
    }

    pub(crate) fn of_type(&self, name: &str) -> String {
        self.find(&[name]).unwrap_or_else(|| panic!("no phrase for {name}"))
    }

    pub(crate) fn example(&self, name: &str) -> Option<&str> {
        let code = self.examples.get(name)?;
        self.used.borrow_mut().insert(format!("## {name}"));
        Some(code)
    }

    pub(crate) fn of_field(&self, type_: &str, wire: &str) -> String {
        let keys = [format!("{type_}.{wire}"), format!("*.{wire}")];
        let keys = [keys[0].as_str(), keys[1].as_str()];
        self.find(&keys)
            .unwrap_or_else(|| panic!("no phrase for {type_}.{wire}"))
    }

    /// A phrase or an example that nothing uses is left over.
    pub(crate) fn expect_all_used(&self) {
        let used = self.used.borrow();
        let examples = self.examples.keys().map(|name| format!("## {name}"));
        let all = self.phrases.keys().cloned().chain(examples);
        let left: Vec<_> = all.filter(|key| !used.contains(key)).collect();
        assert!(left.is_empty(), "nothing uses {left:?}");
    }

    fn find(&self, keys: &[&str]) -> Option<String> {
        let key = keys.iter().find(|key| self.phrases.contains_key(**key))?;
        self.used.borrow_mut().insert((*key).to_owned());
        self.phrases.get(*key).cloned()
    }
}
