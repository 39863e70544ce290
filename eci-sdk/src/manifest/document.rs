//! Documents of a text: what they are, what they say as types, and where it stands.

use std::ops::Range;
use std::sync::Arc;

use eci_model::{FieldPath, Finding, Findings, ObjectRef};
use serde::de::DeserializeOwned;

use super::arena::{Arena, Id};
use super::fault::Fault;
use super::locate::Place;
use super::source::{Source, floor};
use super::value::Value;
use super::{embedded, locate, typed};

/// One object of a text, or what could not be read.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) source: Arc<Source>,
    pub(super) arena: Arc<Arena>,
    /// The bytes of the source that the arena counts from, to the end of the document's text.
    pub(super) base: usize,
    pub(super) end: usize,
    pub(super) root: Option<Id>,
    pub(super) fault: Option<Fault>,
    /// Whether nothing of the source stands before it.
    pub(super) is_first: bool,
    /// What items of a typed list leave out.
    pub(super) inherited: Option<Arc<Inherited>>,
}

/// Kind and API version of the items of a list such as `PodList`, which do not repeat them.
#[derive(Debug)]
pub(super) struct Inherited {
    pub(super) kind: String,
    pub(super) api_version: String,
}

impl Document {
    /// The text it stands in.
    pub const fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The value at the top; `None` when the document could not be read or is empty.
    pub fn root(&self) -> Option<Value<'_>> {
        let id = self.root?;
        Some(Value {
            arena: &self.arena,
            text: self.text(),
            base: self.base,
            id,
        })
    }

    /// The kind, as written here or in the list that it is an item of; empty when there is none.
    pub fn kind(&self) -> &str {
        match (self.text_of(&["kind"]), &self.inherited) {
            ("", Some(list)) => &list.kind,
            (kind, _) => kind,
        }
    }

    /// Whether it is a Secret, or a list of them, so that nothing of its values may be shown.
    pub fn is_secret(&self) -> bool {
        ["Secret", "SecretList"].contains(&self.kind())
    }

    /// The API version, as written here or in the list that it is an item of; empty when there is none.
    pub fn api_version(&self) -> &str {
        match (self.text_of(&["apiVersion"]), &self.inherited) {
            ("", Some(list)) => &list.api_version,
            (api_version, _) => api_version,
        }
    }

    /// The name in the metadata, or the start of a generated one.
    pub fn name(&self) -> &str {
        let name = self.text_of(&["metadata", "name"]);
        if name.is_empty() {
            self.text_of(&["metadata", "generateName"])
        } else {
            name
        }
    }

    /// The namespace in the metadata.
    pub fn namespace(&self) -> Option<&str> {
        Some(self.text_of(&["metadata", "namespace"])).filter(|namespace| !namespace.is_empty())
    }

    /// Whether it names a kind and an API version, as every Kubernetes object does.
    pub fn is_object(&self) -> bool {
        !self.kind().is_empty() && !self.api_version().is_empty()
    }

    /// Which object it is.
    pub fn reference(&self) -> ObjectRef {
        ObjectRef::new(self.kind().to_owned(), self.namespace(), self.name())
    }

    /// Whether it is that object: kind and name are the same, and the namespace, which is `default` where none is written.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::ObjectRef;
    /// use eci_sdk::manifest::{Reader, Source};
    ///
    /// let source = Source::new("-", "{apiVersion: v1, kind: Pod, metadata: {name: web}}").into();
    /// let document = Reader::new().read(&source).next().expect("a document");
    /// assert!(document.is_about(&ObjectRef::new("Pod", Some("default"), "web")));
    /// assert!(!document.is_about(&ObjectRef::new("Pod", Some("shop"), "web")));
    /// ```
    pub fn is_about(&self, object: &ObjectRef) -> bool {
        let namespace = object.namespace.as_deref();
        let is_there = match self.namespace() {
            None => namespace.is_none_or(|namespace| namespace == "default"),
            written => written == namespace,
        };
        is_there && self.kind() == object.kind && self.name() == &*object.name
    }

    /// The document as a type of the caller's own, such as a configuration.
    ///
    /// # Errors
    /// The first finding about it.
    pub fn read_as<T: DeserializeOwned>(&self) -> Result<T, Finding> {
        let Some(root) = self.root() else {
            let nothing = Fault::syntax(0..0, "nothing to read");
            return Err(self.unreadable(self.fault.as_ref().unwrap_or(&nothing)));
        };
        let mut findings = Findings::new();
        let value = self.tell(typed::read::<T>(&self.arena, self.text(), root.id), &mut findings);
        match (value, findings.into_iter().next()) {
            (Some(value), None) => Ok(value),
            (_, Some(finding)) => Err(finding),
            (None, None) => Err(self.unreadable(&Fault::syntax(0..0, "nothing to read"))),
        }
    }

    /// Comments in the text of the document, with the bytes they take in the source.
    pub fn comments(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        let comments = self.arena.comments().iter().map(|span| span.range());
        comments.filter_map(|span| {
            let text = self.text().get(span.clone())?;
            Some((self.base + span.start..self.base + span.end, text))
        })
    }

    /// The template that it was rendered from, where a comment before it says so, as `helm template` writes them:
    /// `# Source: web/templates/deployment.yaml`.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::manifest::{Reader, Source};
    ///
    /// let source = Source::new("-", "---\n# Source: web/templates/service.yaml\nkind: Service\n").into();
    /// let document = Reader::new().read(&source).next().expect("a document");
    /// assert_eq!(document.template(), Some("web/templates/service.yaml"));
    /// ```
    pub fn template(&self) -> Option<&str> {
        let begin = self.root()?.span().start;
        let before = self.comments().take_while(|(span, _)| span.start < begin);
        let mut named =
            before.filter_map(|(_, text)| text.trim_start_matches('#').trim_start().strip_prefix("Source:"));
        named.next().map(str::trim).filter(|name| !name.is_empty())
    }

    /// Key and value of a field in the source; `None` when the document could not be read.
    pub fn place(&self, path: &FieldPath) -> Option<Place> {
        self.root().map(|root| locate::find(root, path).place())
    }

    /// The bytes of the source that belong to the document.
    pub fn range(&self) -> Range<usize> {
        self.root().map_or(self.base..self.end, Value::span)
    }

    /// The bytes of the source that a caret should stand under for a place; of the document's begin when the path leads nowhere.
    ///
    /// Always inside the text, and on the borders of characters.
    pub fn span(&self, path: &FieldPath, within: Option<(u32, u32)>) -> Range<usize> {
        let text = self.source.text();
        let span = self.wanted_span(path, within);
        let start = floor(text, span.start);
        let end = floor(text, span.end);
        let behind = text[end..].chars().next().map_or(0, char::len_utf8);
        let is_cut = end < span.end.min(text.len());
        start..end.max(start) + if is_cut { behind } else { 0 }
    }

    fn wanted_span(&self, path: &FieldPath, within: Option<(u32, u32)>) -> Range<usize> {
        let Some(root) = self.root() else {
            let at = self
                .fault
                .as_ref()
                .map_or(self.base, |fault| self.base + fault.span.start);
            return at..at + 1;
        };
        let found = locate::find(root, path);
        match within.filter(|_| found.is_complete) {
            Some((start, end)) => {
                let byte = |byte: u32| usize::try_from(byte).unwrap_or(usize::MAX);
                embedded::source_of(found.value, byte(start))..embedded::source_of(found.value, byte(end))
            }
            None => found.caret(),
        }
    }

    /// The bytes of the source that the document shares with the other items of its list, if it is an item of one.
    #[cfg(feature = "report")]
    pub(crate) const fn text_range(&self) -> Range<usize> {
        self.base..self.end
    }

    pub(super) fn text(&self) -> &str {
        self.source.text().get(self.base..self.end).unwrap_or_default()
    }

    fn text_of(&self, path: &[&str]) -> &str {
        let value = self
            .root()
            .and_then(|root| path.iter().try_fold(root, |value, name| value.get(name)));
        value.and_then(Value::as_str).unwrap_or_default()
    }
}
