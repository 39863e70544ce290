//! Texts and label sets that many objects share, kept once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use super::pod::Planned;
use crate::finding::ObjectRef;
use crate::labels::Labelled;
use crate::object::Object;

/// Everything that digests share.
#[derive(Debug, Default)]
pub struct Names {
    texts: BTreeSet<Arc<str>>,
    labels: BTreeSet<SharedLabels>,
    planned: BTreeSet<Arc<Planned>>,
}

impl Names {
    /// A text, shared with every other that says the same.
    pub fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        self.texts.insert(text.clone());
        text
    }

    /// Several of them.
    pub fn share_all<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Box<[Arc<str>]> {
        texts.into_iter().map(|text| self.share(text)).collect()
    }

    /// Labels, or any other map of texts, shared with equal ones.
    pub fn labels<'t>(&mut self, labels: impl IntoIterator<Item = (&'t str, &'t str)>) -> SharedLabels {
        let mut pairs: Vec<(Arc<str>, Arc<str>)> = labels
            .into_iter()
            .map(|(key, value)| (self.share(key), self.share(value)))
            .collect();
        pairs.sort();
        let labels = SharedLabels(pairs.into());
        if let Some(known) = self.labels.get(&labels) {
            return known.clone();
        }
        self.labels.insert(labels.clone());
        labels
    }

    /// A map of an object.
    pub fn map(&mut self, map: Option<&BTreeMap<String, String>>) -> SharedLabels {
        self.labels(
            map.into_iter()
                .flatten()
                .map(|(key, value)| (key.as_str(), value.as_str())),
        )
    }

    pub(super) fn planned(&mut self, planned: Planned) -> Arc<Planned> {
        if let Some(known) = self.planned.get(&planned) {
            return known.clone();
        }
        let planned = Arc::new(planned);
        self.planned.insert(planned.clone());
        planned
    }

    /// Which object it is, with its namespace shared.
    pub(super) fn subject(&mut self, object: &Object<'_>) -> ObjectRef {
        let mut subject = object.reference();
        if let Some(namespace) = &mut subject.namespace {
            *namespace = self.share(namespace);
        }
        subject
    }
}

/// Labels in order of their keys, shared by all objects that carry the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SharedLabels(Arc<[(Arc<str>, Arc<str>)]>);

impl SharedLabels {
    /// Whether these, as the selector of a Service, select something with those labels; nothing is selected by none.
    pub fn select(&self, labels: &impl Labelled) -> bool {
        !self.is_empty() && self.iter().all(|(key, value)| labels.label(key) == Some(value))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.binary_search_by(|(own, _)| (**own).cmp(key)).ok()?;
        self.0.get(found).map(|(_, value)| &**value)
    }
}

impl Deref for SharedLabels {
    type Target = [(Arc<str>, Arc<str>)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Labelled for SharedLabels {
    fn label(&self, key: &str) -> Option<&str> {
        self.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_and_labels_are_one() {
        let mut names = Names::default();
        let (one, other) = (names.share("web"), names.share("web"));
        assert!(Arc::ptr_eq(&one, &other));
        let (one, other) = (
            names.labels([("a", "1"), ("b", "2")]),
            names.labels([("b", "2"), ("a", "1")]),
        );
        assert!(Arc::ptr_eq(&one.0, &other.0));
    }

    #[test]
    fn labels_are_found_and_selected() {
        let mut names = Names::default();
        let labels = names.labels([("tier", "front"), ("app", "web")]);
        assert_eq!((labels.label("app"), labels.label("nope")), (Some("web"), None));
        assert!(names.labels([("app", "web")]).select(&labels));
        assert!(!names.labels([("app", "api")]).select(&labels));
        assert!(!SharedLabels::default().select(&labels));
    }
}
