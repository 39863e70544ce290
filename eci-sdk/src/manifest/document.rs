//! Documents of a text: what they are, what they say as types, and where it stands.

use std::ops::Range;
use std::sync::Arc;

use eci_model::{FieldPath, Finding, Findings, Location, ObjectRef, Severity};
use serde::de::DeserializeOwned;

use super::arena::{Arena, Id};
use super::fault::{Fault, FaultKind};
use super::kind::TemplateKind;
use super::locate::Place;
use super::parsed::{self, OwnedTemplate, Parsed};
use super::source::{Source, excerpt};
use super::split::Split;
use super::typed::{self, Typed};
use super::value::Value;
use super::{embedded, full, json, kind, locate, rules};

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
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader;

impl Reader {
    /// A reader with the usual limits.
    pub const fn new() -> Self {
        Self
    }

    /// The documents of a text, items of `List` kinds one by one. A document that cannot be read is one as well, with a finding.
    pub fn read<'r>(&'r self, source: &'r Arc<Source>) -> impl Iterator<Item = Document> + 'r {
        let text = source.text();
        let is_json = text.trim_start().starts_with(['{', '[']);
        let chunks: Vec<Range<usize>> = if is_json {
            std::iter::once(0..text.len()).collect()
        } else {
            Split::new(text).map(|chunk| chunk.content).collect()
        };
        chunks
            .into_iter()
            .flat_map(move |chunk| document(source, chunk, is_json))
    }
}

/// One object of a text, or what could not be read.
#[derive(Clone, Debug)]
pub struct Document {
    source: Arc<Source>,
    arena: Arc<Arena>,
    base: usize,
    end: usize,
    root: Option<Id>,
    fault: Option<Fault>,
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

    /// The kind, as written; empty when there is none.
    pub fn kind(&self) -> &str {
        self.text_of(&["kind"])
    }

    /// The API version, as written; empty when there is none.
    pub fn api_version(&self) -> &str {
        self.text_of(&["apiVersion"])
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

    /// The typed objects in it, and what does not fit: one for known kinds, one a template for kinds that hold pod templates.
    pub fn objects(&self) -> (Vec<Parsed>, Findings) {
        let mut findings = Findings::new();
        if let Some(fault) = &self.fault {
            findings.add(self.unreadable(fault));
        }
        if let Some(at) = self.source.replaced_in(&(self.base..self.end)) {
            findings.add(self.not_utf8(at));
            return (Vec::new(), findings);
        }
        let Some(root) = self.root().filter(|_| self.is_object()) else {
            return (Vec::new(), findings);
        };
        self.duplicates(&mut findings);
        if self.api_version() == parsed::AUTOSCALING_V1 {
            let typed = parsed::read_autoscaler(&self.arena, self.text(), root.id);
            return (self.tell(typed, &mut findings).into_iter().collect(), findings);
        }
        if parsed::api_version(self.kind()) == Some(self.api_version())
            && let Some(typed) = parsed::read(self.kind(), &self.arena, self.text(), root.id)
        {
            return (self.tell(typed, &mut findings).into_iter().collect(), findings);
        }
        let objects = match TemplateKind::find(self.api_version(), self.kind()) {
            Some(kind) => self.templates(kind, root, &mut findings),
            None => {
                self.other_kind(root, &mut findings);
                Vec::new()
            }
        };
        (objects, findings)
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

    /// Key and value of a field in the source; `None` when the document could not be read.
    pub fn place(&self, path: &FieldPath) -> Option<Place> {
        self.root().map(|root| locate::find(root, path).place())
    }

    /// The bytes of the source that a caret should stand under for a place; of the document's begin when the path leads nowhere.
    pub fn span(&self, path: &FieldPath, within: Option<(u32, u32)>) -> Range<usize> {
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

    fn templates(&self, kind: &TemplateKind, root: Value<'_>, findings: &mut Findings) -> Vec<Parsed> {
        let metadata = root
            .get("metadata")
            .and_then(|node| typed::read(&self.arena, self.text(), node.id).value);
        let owner: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta = metadata.unwrap_or_default();
        let mut objects = Vec::new();
        for template in kind::templates(root, kind) {
            let mut typed = typed::read(&self.arena, self.text(), template.value.id);
            typed.notes.unknown.retain(|(node, _)| {
                let path = locate::path_of(&self.arena, self.text(), template.value.id, *node).to_string();
                !path.rsplit('.').next().is_some_and(|field| kind.allows(field))
            });
            if let Some(read) = self.tell(typed, findings) {
                objects.push(Parsed::Template(Box::new(OwnedTemplate {
                    owner_kind: self.kind().to_owned(),
                    owner: owner.clone(),
                    template: read,
                    path: template.path,
                    replicas: template.replicas,
                })));
            }
        }
        objects
    }

    /// Says what is worth knowing of an object whose kind has no type here.
    fn other_kind(&self, root: Value<'_>, findings: &mut Findings) {
        let place = |field: &'static str| Location::new(self.reference(), FieldPath::of(field));
        if let Some(successor) = kind::successor(self.api_version(), self.kind()) {
            let finding = rules::API_VERSION_RETIRED
                .at(place("apiVersion"))
                .found(self.api_version().to_owned());
            findings.push(finding.expected(format!("`{successor}`")));
        } else if let Some(path) = kind::look_alike(root) {
            let finding = rules::KIND_NOT_CHECKED
                .at(place("kind"))
                .severity(Severity::Warning)
                .found(self.kind().to_owned());
            findings.push(finding.note(format!("it holds something like a pod template at {path}")));
        }
    }

    fn tell<T>(&self, typed: Typed<T>, findings: &mut Findings) -> Option<T> {
        for misfit in &typed.misfits {
            if let Some(node) = misfit.node {
                let finding = eci_annotations::not_string(self.location(node), &self.written(node));
                findings.push(finding.unwrap_or_else(|| {
                    let finding = rules::WRONG_TYPE.at(self.location(node)).found(self.written(node));
                    finding.title(misfit.to_string())
                }));
            }
        }
        for (node, known) in &typed.notes.unknown {
            let field = locate::path_of(&self.arena, self.text(), self.root.unwrap_or(0), *node);
            if ["apiVersion", "kind"].contains(&field.to_string().as_str()) {
                // Types of custom resources keep these two to themselves.
                continue;
            }
            let name = field.segments().last().map(|segment| match segment {
                eci_model::Segment::Field(name) => name.to_string(),
                eci_model::Segment::Key(key) => key.to_string(),
                eci_model::Segment::Index(index) => index.to_string(),
            });
            let name = name.unwrap_or_default();
            let near = known
                .iter()
                .min_by_key(|known| strsim::damerau_levenshtein(known, &name));
            let near = near.filter(|known| strsim::damerau_levenshtein(known, &name) <= 3);
            let finding = rules::UNKNOWN_FIELD
                .at(Location::new(self.reference(), field))
                .found(name);
            findings.push(match near {
                Some(near) => finding.expected(format!("`{near}`")),
                None => finding,
            });
        }
        for node in &typed.notes.ambiguous {
            let finding = eci_annotations::not_string(self.location(*node), &self.written(*node));
            findings.push(finding.unwrap_or_else(|| {
                let finding = rules::AMBIGUOUS_SCALAR.at(self.location(*node));
                finding.found(self.written(*node))
            }));
        }
        typed.value
    }

    fn duplicates(&self, findings: &mut Findings) {
        for (first, second) in self.arena.duplicates() {
            let finding = rules::DUPLICATE_KEY
                .at(self.location(*second))
                .found(self.written(*second));
            findings.push(finding.related(self.location(*first), "first written here"));
        }
    }

    fn unreadable(&self, fault: &Fault) -> Finding {
        let place = Location::new(ObjectRef::new("document", None, self.source.name()), FieldPath::ROOT);
        let rule = match fault.kind {
            FaultKind::TooDeep => rules::TOO_DEEP,
            FaultKind::AliasBomb => rules::ALIAS_BOMB,
            FaultKind::Syntax(_) if self.text().contains("{{") => rules::TEMPLATE,
            FaultKind::Syntax(_) => rules::SYNTAX,
        };
        let finding = rule.at(place);
        match &fault.kind {
            FaultKind::Syntax(what) if rule == rules::SYNTAX => finding.title(what.to_string()).build(),
            _ => finding.build(),
        }
    }

    fn not_utf8(&self, at: usize) -> Finding {
        let place = Location::new(ObjectRef::new("document", None, self.source.name()), FieldPath::ROOT);
        let position = self.source.position(at);
        rules::ENCODING
            .at(place)
            .note(format!("the first byte that is none stands at {position}"))
            .build()
    }

    fn location(&self, node: Id) -> Location {
        let path = locate::path_of(&self.arena, self.text(), self.root.unwrap_or(0), node);
        Location::new(self.reference(), path)
    }

    fn written(&self, node: Id) -> String {
        let span = self.arena.node(node).span();
        excerpt(self.text().get(span).unwrap_or_default()).into_owned()
    }

    fn text(&self) -> &str {
        self.source.text().get(self.base..self.end).unwrap_or_default()
    }

    fn text_of(&self, path: &[&str]) -> &str {
        let value = self
            .root()
            .and_then(|root| path.iter().try_fold(root, |value, name| value.get(name)));
        value.and_then(Value::as_str).unwrap_or_default()
    }
}

/// The objects of one chunk of a text; none for an empty one.
fn document(source: &Arc<Source>, chunk: Range<usize>, is_json: bool) -> Vec<Document> {
    let text = source.text().get(chunk.clone()).unwrap_or_default();
    let read = if is_json {
        json::read(text).map(|(arena, _)| arena)
    } else {
        full::read(text)
    };
    let of = |arena: Arc<Arena>, root, fault| Document {
        source: Arc::clone(source),
        arena,
        base: chunk.start,
        end: chunk.end,
        root,
        fault,
    };
    let arena = match read {
        Ok(arena) => Arc::new(arena),
        Err(fault) => return vec![of(Arc::default(), None, Some(fault))],
    };
    let Some(root) = arena.root() else {
        return Vec::new();
    };
    let top = of(Arc::clone(&arena), Some(root), None);
    let is_list = top.kind() == "List"
        || (top.kind().ends_with("List") && top.root().is_some_and(|root| root.get("items").is_some()));
    if !is_list {
        return vec![top];
    }
    let items = top.root().and_then(|root| root.get("items"));
    let items: Vec<Id> = items.into_iter().flat_map(Value::items).map(|item| item.id).collect();
    items
        .into_iter()
        .map(|item| of(Arc::clone(&arena), Some(item), None))
        .collect()
}
