//! The table of all keys: found by name, by beginning, and by nearest spelling.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use eci_model::TableHasher;
use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::facts::{Facts, Target};
use crate::key::Row;
use crate::keys;
use crate::spelling::Index;

/// Every key the platform is known to read or write.
///
/// # Example
/// ```
/// let registry = eci_annotations::registry();
/// let row = registry.find("k8s.aliyun.com/eci-vswitch").expect("it is listed");
/// assert_eq!(row.facts().max_items, Some(10));
/// assert_eq!(registry.nearest("k8s.aliyun.com/eci-vswitchs")[0].name(), "k8s.aliyun.com/eci-vswitch");
///
/// let table = serde_json::to_value(registry)?;
/// assert_eq!(table.as_array().map(Vec::len), Some(160));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn registry() -> &'static Registry {
    &REGISTRY
}

/// A table of keys; made by [`registry`].
#[derive(Debug)]
pub struct Registry {
    /// Only looked into, never walked, so that its order cannot show.
    by_name: HashMap<&'static str, &'static Row, BuildHasherDefault<TableHasher>>,
    /// Keys with a part that users choose, by what stands before it.
    patterns: Vec<(&'static str, &'static Row)>,
    spellings: Index,
}

/// What a text may mean; made by [`Registry::lookup`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Lookup {
    /// A key, with or without the prefix of the platform.
    Key(&'static Row),
    /// An older or variant spelling of these.
    Alias(Vec<&'static Row>),
    /// The beginning of these.
    Under(Vec<&'static Row>),
    /// A misspelling of one of these.
    Near(Vec<&'static Row>),
    /// Nothing that is known.
    Nothing,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let rows = || keys::ALL.iter().flat_map(|rows| rows.iter());
    Registry {
        by_name: rows().map(|row| (row.name(), row)).collect(),
        patterns: rows()
            .filter_map(|row| Some((row.name().split_once("{key}")?.0, row)))
            .collect(),
        spellings: Index::new(rows()),
    }
});

impl Registry {
    /// All rows, by category.
    pub fn iter(&self) -> impl Iterator<Item = &'static Row> + use<> {
        keys::ALL.iter().flat_map(|rows| rows.iter())
    }

    /// The row of a key, or of the pattern a name is an instance of: `aliyun_logs_web_ttl`.
    pub fn find(&self, name: &str) -> Option<&'static Row> {
        let is_instance = |(begin, row): &&(&str, &Row)| name.starts_with(begin) && row.facts().matches(name);
        let pattern = || self.patterns.iter().find(is_instance).map(|(_, row)| *row);
        self.exactly(name).or_else(pattern)
    }

    /// The row of a key that is no pattern.
    pub(crate) fn exactly(&self, name: &str) -> Option<&'static Row> {
        self.by_name.get(name).copied()
    }

    /// The rows that name a text among their other spellings.
    ///
    /// # Example
    /// ```
    /// let rows = eci_annotations::registry().with_alias("k8s.aliyun.com/eci-image-cache");
    /// assert_eq!(rows[0].name(), "k8s.aliyun.com/eci-auto-imc");
    /// ```
    pub fn with_alias(&self, name: &str) -> Vec<&'static Row> {
        let named = |row: &&Row| {
            row.facts()
                .aliases
                .iter()
                .any(|alias| alias.split(' ').next() == Some(name))
        };
        self.iter().filter(named).collect()
    }

    /// The rows whose key begins with a text, with or without the prefix of the platform.
    ///
    /// # Example
    /// ```
    /// let spot = eci_annotations::registry().under("eci-spot-");
    /// assert_eq!(spot.len(), 5);
    /// ```
    pub fn under(&self, beginning: &str) -> Vec<&'static Row> {
        let bare = |name: &'static str| name.split_once('/').map_or(name, |(_, name)| name);
        let begins = |row: &&Row| row.name().starts_with(beginning) || bare(row.name()).starts_with(beginning);
        self.iter().filter(begins).collect()
    }

    /// What somebody may mean by a text: a key, an older spelling, the beginning of keys, or a misspelling.
    ///
    /// # Example
    /// ```
    /// use eci_annotations::{Lookup, registry};
    ///
    /// let Lookup::Key(row) = registry().lookup("eci-use-specs") else { panic!("a key without its prefix") };
    /// assert_eq!(row.name(), "k8s.aliyun.com/eci-use-specs");
    /// assert!(matches!(registry().lookup("eci-spot"), Lookup::Under(rows) if rows.len() == 5));
    /// assert!(matches!(registry().lookup("eci-vswicth"), Lookup::Near(rows) if rows.len() == 1));
    /// assert!(matches!(registry().lookup("anything"), Lookup::Nothing));
    /// ```
    pub fn lookup(&self, text: &str) -> Lookup {
        let prefixed = format!("k8s.aliyun.com/{text}");
        if let Some(row) = self.find(text).or_else(|| self.find(&prefixed)) {
            return Lookup::Key(row);
        }
        let rows = self.with_alias(text);
        if !rows.is_empty() {
            return Lookup::Alias(rows);
        }
        let rows = if text.len() < 3 { Vec::new() } else { self.under(text) };
        if !rows.is_empty() {
            return Lookup::Under(rows);
        }
        let mut rows = self.nearest(text);
        if rows.is_empty() {
            rows = self.nearest(&prefixed);
        }
        if rows.is_empty() {
            Lookup::Nothing
        } else {
            Lookup::Near(rows)
        }
    }

    /// The keys nearest to a name that is none, all of those at the smallest distance; nothing when none is near.
    pub fn nearest(&self, name: &str) -> Vec<&'static Row> {
        self.spellings.nearest(name, &[], |_| true)
    }

    /// The same among rows of annotations and keys that a program declares itself.
    pub(crate) fn nearest_annotation<'r>(&self, name: &str, own: &'r [Row]) -> Vec<&'r Row> {
        let is_annotation = |facts: &Facts| facts.is_for(Target::Pod) || facts.is_for(Target::ImageCache);
        self.spellings.nearest(name, own, is_annotation)
    }
}

impl Serialize for Registry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.by_name.len()))?;
        for row in self.iter() {
            rows.serialize_element(row)?;
        }
        rows.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_found_by_their_instances() {
        let name = |text: &str| registry().find(text).map(Row::name);
        assert_eq!(name("aliyun_logs_web"), Some("aliyun_logs_{key}"));
        assert_eq!(name("aliyun_logs_web_ttl"), Some("aliyun_logs_{key}_ttl"));
        assert_eq!(name("aliyun_logs_web_other"), None);
    }

    #[test]
    fn no_key_stands_twice() {
        assert_eq!(registry().iter().count(), registry().by_name.len());
    }

    #[test]
    fn successors_are_listed_keys() {
        use crate::facts::Standing;
        for row in registry().iter() {
            if let Standing::Retired(successor) = row.facts().standing {
                assert!(registry().find(successor).is_some(), "{}", row.name());
            }
        }
    }
}
