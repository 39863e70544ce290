//! Documents without types: what stands where.

use std::fmt;
use std::ops::Range;

use super::arena::{Arena, Id, Kind};
use super::scalar::Scalar;

/// A value of a document, without a type: enough to look something up, or to copy it as JSON.
///
/// # Example
/// ```
/// use eci_sdk::manifest::{Reader, Source};
///
/// let text = "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: nginx\n";
/// let source = Source::new("web.yaml", text).into();
/// let document = Reader::new().read(&source).next().expect("a document");
/// let image = document.root().and_then(|root| root.get("spec")?.get("containers")?.item(0)?.get("image"));
/// assert_eq!(image.and_then(|image| image.as_str()), Some("nginx"));
/// assert_eq!(image.map(|image| &text[image.span()]), Some("nginx"));
/// ```
#[derive(Clone, Copy)]
pub struct Value<'d> {
    pub(super) arena: &'d Arena,
    /// The text that the arena counts from.
    pub(super) text: &'d str,
    /// Where that text begins in its source.
    pub(super) base: usize,
    pub(super) id: Id,
}

impl<'d> Value<'d> {
    /// The value of a key; `None` for other keys, and for what is no mapping.
    ///
    /// Of a repeated key it is the last value, as kubectl reads it.
    pub fn get(self, key: &str) -> Option<Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// An item of a list, counted from zero.
    pub fn item(self, index: usize) -> Option<Self> {
        self.items().nth(index)
    }

    /// Keys and values of a mapping, in the order of the text; nothing for what is no mapping.
    pub fn entries(self) -> impl Iterator<Item = (&'d str, Self)> {
        let map = self.resolved();
        let is_map = map.kind() == Kind::Map;
        let entries = is_map.then(|| self.arena.entries(map.id)).into_iter().flatten();
        entries.map(move |(key, value)| (self.arena.text(self.text, key), self.at(value)))
    }

    /// The same, each key with the byte of the source where it begins.
    #[cfg(feature = "report")]
    pub(crate) fn placed_entries(self) -> impl Iterator<Item = (&'d str, usize, Self)> {
        let map = self.resolved();
        let is_map = map.kind() == Kind::Map;
        let entries = is_map.then(|| self.arena.entries(map.id)).into_iter().flatten();
        entries.map(move |(key, value)| {
            let text = self.arena.text(self.text, key);
            (text, self.at(key).span().start, self.at(value))
        })
    }

    /// Items of a list; nothing for what is no list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let list = self.resolved();
        let is_list = list.kind() == Kind::Seq;
        let items = is_list.then(|| self.arena.items(list.id)).into_iter().flatten();
        items.map(move |item| self.at(item))
    }

    /// The scalar as kubectl reads it; `None` for mappings and lists.
    pub fn scalar(self) -> Option<Scalar<'d>> {
        self.arena.scalar(self.text, self.arena.resolve(self.id))
    }

    /// The text; `None` for what kubectl reads as another type.
    pub fn as_str(self) -> Option<&'d str> {
        match self.scalar()? {
            Scalar::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a mapping.
    pub fn is_mapping(self) -> bool {
        self.resolved().kind() == Kind::Map
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.resolved().kind() == Kind::Seq
    }

    /// The bytes in the source.
    pub fn span(self) -> Range<usize> {
        let span = self.arena.node(self.id).span();
        self.base + span.start..self.base + span.end
    }

    /// A copy as JSON.
    pub fn to_json(self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self.scalar() {
            Some(Scalar::Null) => Json::Null,
            Some(Scalar::Bool(value)) => value.into(),
            Some(Scalar::Int(value)) => value.into(),
            Some(Scalar::Uint(value)) => value.into(),
            Some(scalar @ Scalar::Float(value)) => match scalar.as_integer().map(i64::try_from) {
                Some(Ok(whole)) => whole.into(),
                _ => value.into(),
            },
            Some(Scalar::Text(text)) => text.into(),
            None if self.is_mapping() => Json::Object(
                self.entries()
                    .map(|(key, value)| (key.to_owned(), value.to_json()))
                    .collect(),
            ),
            None => self.items().map(Self::to_json).collect(),
        }
    }

    /// The key's node and the value.
    pub(super) fn entry(self, key: &str) -> Option<(Id, Self)> {
        let map = self.resolved();
        if map.kind() != Kind::Map {
            return None;
        }
        let (key, value) = self.arena.get(self.text, map.id, key)?;
        Some((key, self.at(value)))
    }

    pub(super) const fn at(self, id: Id) -> Self {
        Self { id, ..self }
    }

    pub(super) fn resolved(self) -> Self {
        self.at(self.arena.resolve(self.id))
    }

    pub(super) fn kind(self) -> Kind {
        self.arena.node(self.id).kind
    }
}

impl fmt::Debug for Value<'_> {
    /// Only the place: the text may hold Secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Value")
            .field("span", &self.span())
            .finish_non_exhaustive()
    }
}
