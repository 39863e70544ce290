//! From texts to documents.

use std::ops::Range;
use std::sync::Arc;

use super::arena::{Arena, Id};
use super::document::{Document, Inherited};
use super::fault::Fault;
use super::source::Source;
use super::split::{Form, Piece, Split};
use super::value::Value;
use super::{full, json};

/// Reads the documents of texts.
///
/// # Example
/// ```
/// use eci_sdk::manifest::{Reader, Source};
///
/// let source = Source::new("shop.yaml", "kind: Pod\napiVersion: v1\nmetadata: {name: web}\n---\nkind: Service\n").into();
/// let kinds: Vec<String> = Reader::new().read(&source).map(|document| document.kind().to_owned()).collect();
/// assert_eq!(kinds, ["Pod", "Service"]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    limit: usize,
}

impl Reader {
    /// Bytes that a document may have unless [`with_limit`](Self::with_limit) says otherwise: 16 MiB.
    pub const LIMIT: usize = 16 * 1024 * 1024;

    /// A reader with the usual limits.
    pub const fn new() -> Self {
        Self { limit: Self::LIMIT }
    }

    /// The same, refusing documents of more bytes than this. Items of a list that kubectl printed count one by one.
    #[must_use]
    pub const fn with_limit(self, bytes: usize) -> Self {
        Self { limit: bytes }
    }

    pub(super) const fn limit(self) -> usize {
        self.limit
    }

    /// The documents of a text, items of `List` kinds one by one. A document that cannot be read is one as well, with a finding.
    ///
    /// YAML documents are separated as kubectl separates them; JSON values may also follow one another without a separator.
    pub fn read<'r>(self, source: &'r Arc<Source>) -> impl Iterator<Item = Document> + 'r {
        Split::new(source.text()).flat_map(move |piece| self.piece(source, &piece))
    }

    /// The documents of a piece; none for an empty one.
    pub(super) fn piece(self, source: &Arc<Source>, piece: &Piece) -> Vec<Document> {
        let place = Place {
            source,
            range: piece.content.clone(),
        };
        let text = place.text();
        if text.len() > self.limit {
            return vec![place.faulty(Fault::too_large())];
        }
        match piece.form {
            Form::BehindSeparator => {
                let why = "text behind a separator on its line, which kubectl does not take";
                vec![place.faulty(Fault::syntax(0..text.len(), why))]
            }
            Form::Item if text.starts_with('-') => match full::read(text) {
                Ok(arena) => place.item(Arc::new(arena)),
                Err(fault) => vec![place.faulty(fault)],
            },
            _ if text.trim_start().starts_with(['{', '[']) => values(&place),
            _ => place.read(full::read(text)),
        }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

/// A part of a text.
struct Place<'r> {
    source: &'r Arc<Source>,
    range: Range<usize>,
}

impl<'r> Place<'r> {
    fn text(&self) -> &'r str {
        self.source.text().get(self.range.clone()).unwrap_or_default()
    }

    fn part(&self, range: Range<usize>) -> Self {
        Self {
            source: self.source,
            range: self.range.start + range.start..self.range.start + range.end,
        }
    }

    fn document(&self, arena: Arc<Arena>, root: Option<Id>) -> Document {
        let before = self.source.text().get(..self.range.start).unwrap_or_default();
        Document {
            source: Arc::clone(self.source),
            arena,
            base: self.range.start,
            end: self.range.end,
            root,
            fault: None,
            is_first: before.trim().is_empty(),
            inherited: None,
        }
    }

    fn faulty(&self, fault: Fault) -> Document {
        Document {
            fault: Some(fault),
            ..self.document(Arc::default(), None)
        }
    }

    fn read(&self, read: Result<Arena, Fault>) -> Vec<Document> {
        let arena = match read {
            Ok(arena) => Arc::new(arena),
            Err(fault) => return vec![self.faulty(fault)],
        };
        let Some(root) = arena.root() else {
            return Vec::new();
        };
        let mut documents = Vec::new();
        unfold(self.document(arena, Some(root)), &mut documents);
        documents
    }

    /// The one item of a text that begins with `- `.
    fn item(&self, arena: Arc<Arena>) -> Vec<Document> {
        let Some(item) = arena.root().and_then(|root| arena.items(root).next()) else {
            return Vec::new();
        };
        let mut documents = Vec::new();
        unfold(self.document(arena, Some(item)), &mut documents);
        documents
    }
}

/// JSON values in a row; a mapping or list of YAML in one line when that is what it is.
fn values(place: &Place<'_>) -> Vec<Document> {
    let text = place.text();
    let mut documents = Vec::new();
    let mut at = 0;
    while !text[at..].trim_start().is_empty() {
        let rest = place.part(at..text.len());
        let (arena, length) = match json::read(rest.text()) {
            Ok(read) => read,
            Err(fault) if at == 0 => return as_yaml(place, fault),
            Err(fault) => {
                documents.push(rest.faulty(fault));
                return documents;
            }
        };
        documents.extend(place.part(at..at + length).read(Ok(arena)));
        at += length;
    }
    documents
}

/// What begins like JSON and is none may be YAML; the error is that of the language that it looks like.
fn as_yaml(place: &Place<'_>, json: Fault) -> Vec<Document> {
    let text = place.text();
    let looks_like_json = place.source.name().ends_with(".json")
        || text
            .trim_start()
            .get(1..)
            .is_some_and(|rest| rest.trim_start().starts_with(['"', '{']));
    match full::read(text) {
        Err(_) if looks_like_json => vec![place.faulty(json)],
        read => place.read(read),
    }
}

/// Takes the items of lists out, also of lists in lists; recursion is bounded by the depth that the arena accepts.
fn unfold(top: Document, documents: &mut Vec<Document>) {
    let items = top
        .root()
        .and_then(|root| root.get("items"))
        .filter(|items| items.is_list());
    let is_list = top.kind() == "List" || top.kind().ends_with("List") && items.is_some();
    if !is_list {
        documents.push(top);
        return;
    }
    let items: Vec<Id> = items.into_iter().flat_map(Value::items).map(|item| item.id).collect();
    let kind = top.kind().strip_suffix("List").filter(|kind| !kind.is_empty());
    let inherited = kind.map(|kind| {
        Arc::new(Inherited {
            kind: kind.to_owned(),
            api_version: top.api_version().to_owned(),
        })
    });
    for (number, item) in items.into_iter().enumerate() {
        let item = Document {
            root: Some(item),
            is_first: top.is_first && number == 0,
            inherited: inherited.clone(),
            ..top.clone()
        };
        unfold(item, documents);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let source = Arc::new(Source::new("input.yaml", text));
        let documents = Reader::new().read(&source);
        documents
            .map(|document| format!("{} {}", document.api_version(), document.kind()))
            .collect()
    }

    #[test]
    fn json_values_may_follow_one_another() {
        let text = "{\"kind\": \"A\"} {\"kind\": \"B\"}\n{\"kind\": \"C\"}\n---\nkind: D\n";
        assert_eq!(kinds(text), [" A", " B", " C", " D"]);
    }

    #[test]
    fn a_bad_value_does_not_hide_those_before_it() {
        let source = Arc::new(Source::new("a.json", "{\"kind\": \"A\"} {\"kind\" \"B\"}"));
        let documents: Vec<Document> = Reader::new().read(&source).collect();
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].kind(), "A");
        assert_eq!(documents[1].span(&eci_model::FieldPath::ROOT, None), 22..23);
    }

    #[test]
    fn flow_mappings_are_yaml() {
        assert_eq!(kinds("{kind: A, apiVersion: v1}\n"), ["v1 A"]);
        assert_eq!(kinds("{\"kind\": A,\n apiVersion: v1}\n"), ["v1 A"]);
    }

    #[test]
    fn lists_are_their_items() {
        assert_eq!(
            kinds("kind: List\nitems: [{kind: A}, {kind: List, items: [{kind: B}]}]\n"),
            [" A", " B"]
        );
        assert_eq!(
            kinds("apiVersion: v1\nkind: PodList\nitems: [{}, {}]\n"),
            ["v1 Pod", "v1 Pod"]
        );
        assert_eq!(kinds("kind: List\nitems: []\n"), [""; 0]);
        assert_eq!(kinds("kind: WishList\nspec: {}\n"), [" WishList"]);
        let printed = "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: A\n- apiVersion: v1\n  kind: B\nkind: List\n";
        assert_eq!(kinds(printed), ["v1 A", "v1 B"]);
    }

    #[test]
    fn documents_beyond_the_limit_are_refused_and_the_others_read() {
        let source = Arc::new(Source::new("a.yaml", "kind: A\nname: too-long\n---\nkind: B\n"));
        let reader = Reader::new().with_limit(10);
        let documents: Vec<Document> = reader.read(&source).collect();
        let (_, findings) = documents[0].objects();
        assert_eq!(
            findings.iter().map(|finding| finding.rule().name()).collect::<Vec<_>>(),
            ["manifest-too-large"]
        );
        assert_eq!(documents[1].kind(), "B");
    }
}
