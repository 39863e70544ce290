//! Objects that stand twice in an input.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use eci_model::{FieldPath, Finding, Location, Severity};

use super::document::Document;
use super::rules;

/// Which objects an input has shown so far; some hundred bytes for each.
///
/// # Example
/// ```
/// use eci_sdk::manifest::{Reader, Seen, Source};
///
/// let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n";
/// let source = Source::new("shop.yaml", format!("{pod}---\n{pod}spec: {{}}\n")).into();
/// let mut seen = Seen::default();
/// let twice: Vec<_> = Reader::new().read(&source).filter_map(|document| seen.again(&document)).collect();
/// assert_eq!(twice[0].rule().name(), "manifest-duplicate-object");
/// ```
#[derive(Debug, Default)]
pub struct Seen {
    objects: BTreeMap<Box<str>, First>,
}

/// Where an object was seen first.
#[derive(Debug)]
struct First {
    file: Arc<str>,
    line: usize,
    content: u64,
}

impl Seen {
    /// Takes an object in; a finding when it was seen before.
    pub fn again(&mut self, document: &Document) -> Option<Finding> {
        let name = document.root()?.get("metadata")?.get("name")?.as_str()?;
        if !document.is_object() {
            return None;
        }
        let group = document.api_version().split_once('/').map_or("", |(group, _)| group);
        let namespace = document.namespace().unwrap_or_default();
        let key = format!("{group}\n{}\n{namespace}\n{name}", document.kind());
        let source = document.source();
        let range = document.range();
        let mut content = DefaultHasher::new();
        source
            .text()
            .get(range.clone())
            .unwrap_or_default()
            .trim_end()
            .hash(&mut content);
        let content = content.finish();
        let first = match self.objects.entry(key.into()) {
            Entry::Vacant(vacant) => {
                vacant.insert(First {
                    file: source.shared_name(),
                    line: source.position(range.start).line,
                    content,
                });
                return None;
            }
            Entry::Occupied(occupied) => occupied.into_mut(),
        };
        let path = FieldPath::of("metadata").with_field("name");
        let finding = rules::DUPLICATE_OBJECT.at(Location::new(document.reference(), path));
        let finding = finding.note(format!("first written at {}:{}", first.file, first.line));
        let is_loud = *first.file == *source.name() && first.content != content;
        Some(if is_loud {
            finding.build()
        } else {
            finding.severity(Severity::Info).build()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Reader, Source};

    fn again(files: &[(&str, &str)]) -> Vec<(Severity, String)> {
        let mut seen = Seen::default();
        let mut found = Vec::new();
        for &file in files {
            let source = Arc::new(Source::from(file));
            let findings: Vec<Finding> = Reader::new().read(&source).filter_map(|it| seen.again(&it)).collect();
            found.extend(findings.iter().map(|it| (it.severity(), it.notes()[0].to_string())));
        }
        found
    }

    #[test]
    fn group_kind_namespace_and_name_make_an_object() {
        let one = "apiVersion: apps/v1\nkind: A\nmetadata: {name: a, namespace: shop}\n";
        let others = [
            "apiVersion: batch/v1\nkind: A\nmetadata: {name: a, namespace: shop}\n",
            "apiVersion: apps/v1\nkind: B\nmetadata: {name: a, namespace: shop}\n",
            "apiVersion: apps/v1\nkind: A\nmetadata: {name: a}\n",
            "apiVersion: apps/v1\nkind: A\nmetadata: {name: b, namespace: shop}\n",
            "apiVersion: apps/v1\nkind: A\nmetadata: {generateName: a, namespace: shop}\n",
        ];
        for other in others {
            assert_eq!(again(&[("a.yaml", &format!("{one}---\n{other}"))]), []);
        }
        let newer = one.replace("v1", "v2");
        let found = again(&[("a.yaml", &format!("{one}---\n{newer}"))]);
        assert_eq!(found, [(Severity::Warning, "first written at a.yaml:1".to_owned())]);
    }

    #[test]
    fn variants_in_other_files_and_copies_are_no_more_than_worth_knowing() {
        let one = "apiVersion: v1\nkind: A\nmetadata: {name: a}\n";
        assert_eq!(
            again(&[("a.yaml", one), ("b.yaml", &format!("{one}x: 1\n"))])[0].0,
            Severity::Info
        );
        assert_eq!(again(&[("a.yaml", &format!("{one}---\n{one}"))])[0].0, Severity::Info);
    }
}
