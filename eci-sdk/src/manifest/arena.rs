//! Documents as flat arenas: nodes in reading order, each with its place in the text.

use std::ops::Range;

use super::fault::Fault;
use super::scalar::Scalar;

/// Nesting that no manifest needs; deeper documents are refused before anything recurses into them.
pub(super) const DEPTH_LIMIT: usize = 128;

/// A node by its position in the arena.
pub(super) type Id = u32;

/// A document as nodes in reading order: a collection stands before its content, keys and values alternate under a mapping.
///
/// Texts are slices of the document, or of `buffer` when the document spells them otherwise.
#[derive(Debug, Default)]
pub(super) struct Arena {
    nodes: Vec<Node>,
    buffer: String,
    comments: Vec<Span>,
    duplicates: Vec<(Id, Id)>,
}

impl Arena {
    /// The root; `None` for a document without content.
    pub(super) fn root(&self) -> Option<Id> {
        let root = self.nodes.first()?;
        (!root.is_empty_plain()).then_some(0)
    }

    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node itself, or the one an alias stands for.
    pub(super) fn resolve(&self, id: Id) -> Id {
        let node = self.node(id);
        if node.kind == Kind::Alias { node.text } else { id }
    }

    /// The text of a scalar, after unescaping.
    pub(super) fn text<'a>(&'a self, source: &'a str, id: Id) -> &'a str {
        let node = self.node(id);
        let text = if node.owned { self.buffer.as_str() } else { source };
        let start = node.text as usize;
        text.get(start..start + node.len as usize).unwrap_or_default()
    }

    /// What a scalar says; nothing for collections.
    pub(super) fn scalar<'a>(&'a self, source: &'a str, id: Id) -> Option<Scalar<'a>> {
        match self.node(id).kind {
            Kind::Plain => Some(Scalar::resolve(self.text(source, id))),
            kind if kind.is_scalar() => Some(Scalar::Text(self.text(source, id))),
            _ => None,
        }
    }

    /// Keys with their values, in reading order; values of merge keys stand for the entries they merge in.
    ///
    /// Later entries win, as they do for kubectl.
    pub(super) fn entries(&self, map: Id) -> Entries<'_> {
        let end = self.node(map).next;
        Entries {
            arena: self,
            stack: Vec::new(),
            next: map + 1,
            end,
        }
    }

    /// The items of a sequence.
    pub(super) fn items(&self, sequence: Id) -> Items<'_> {
        Items {
            arena: self,
            next: sequence + 1,
            end: self.node(sequence).next,
        }
    }

    /// How many entries or items a collection has, merge keys counted as one.
    pub(super) fn count(&self, id: Id) -> usize {
        self.node(id).len as usize
    }

    /// The entry of a mapping, the last one when there are several.
    pub(super) fn get(&self, source: &str, map: Id, key: &str) -> Option<(Id, Id)> {
        self.entries(map).filter(|&(id, _)| self.text(source, id) == key).last()
    }

    /// Where comments stand, in reading order.
    pub(super) fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// Pairs of equal keys of one mapping: the first one and each later one.
    pub(super) fn duplicates(&self) -> &[(Id, Id)] {
        &self.duplicates
    }
}

/// Bytes of a document, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    pub(super) const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One node; `start..end` is what the author wrote for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Begin of the text; of an alias the node it stands for.
    text: u32,
    /// Bytes of the text; of a collection the number of its entries or items.
    len: u32,
    /// The node after this one and all it contains.
    pub(super) next: Id,
    pub(super) kind: Kind,
    owned: bool,
}

impl Node {
    pub(super) const fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the text is a slice of the document, and where it begins there.
    pub(super) const fn verbatim(&self) -> Option<usize> {
        if self.owned { None } else { Some(self.text as usize) }
    }

    const fn is_empty_plain(&self) -> bool {
        matches!(self.kind, Kind::Plain) && self.len == 0
    }
}

/// What a node is, and how a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A scalar whose text decides its type.
    Plain,
    /// Text that was written without quotes: a key, or a scalar with a tag.
    Text,
    Single,
    Double,
    Literal,
    Folded,
    /// The key `<<`: its value is merged into the mapping.
    Merge,
    Map,
    Seq,
    Alias,
}

impl Kind {
    pub(super) const fn is_scalar(self) -> bool {
        !matches!(self, Self::Map | Self::Seq | Self::Alias)
    }
}

/// See [`Arena::entries`].
#[derive(Clone, Debug)]
pub(super) struct Entries<'a> {
    arena: &'a Arena,
    /// Mappings left to walk before the current one goes on.
    stack: Vec<(Id, Id)>,
    next: Id,
    end: Id,
}

impl Entries<'_> {
    fn merge(&mut self, value: Id) {
        self.stack.push((self.next, self.end));
        let value = self.arena.resolve(value);
        match self.arena.node(value).kind {
            Kind::Map => self.stack.push((value + 1, self.arena.node(value).next)),
            // The first mapping of the list wins, so it is walked last.
            Kind::Seq => {
                let maps = self.arena.items(value).map(|item| self.arena.resolve(item));
                self.stack.extend(maps.map(|map| (map + 1, self.arena.node(map).next)));
            }
            _ => {}
        }
        (self.next, self.end) = self.stack.pop().unwrap_or_default();
    }
}

impl Iterator for Entries<'_> {
    type Item = (Id, Id);

    fn next(&mut self) -> Option<(Id, Id)> {
        loop {
            while self.next == self.end {
                (self.next, self.end) = self.stack.pop()?;
            }
            let (key, value) = (self.next, self.next + 1);
            self.next = self.arena.node(value).next;
            if self.arena.node(key).kind == Kind::Merge {
                self.merge(value);
            } else {
                return Some((key, value));
            }
        }
    }
}

/// See [`Arena::items`].
#[derive(Clone, Debug)]
pub(super) struct Items<'a> {
    arena: &'a Arena,
    next: Id,
    end: Id,
}

impl Iterator for Items<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next;
        (id != self.end).then(|| self.next = self.arena.node(id).next)?;
        Some(id)
    }
}

/// Fills an arena; the scanners call it in reading order.
#[derive(Debug)]
pub(super) struct Builder<'s> {
    source: &'s str,
    arena: Arena,
    open: Vec<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    id: Id,
    children: u32,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let mut arena = Arena::default();
        // Manifests hold a node for every dozen bytes or so.
        arena.nodes.reserve(source.len() / 12 + 4);
        Self {
            source,
            arena,
            open: Vec::new(),
        }
    }

    pub(super) const fn source(&self) -> &'s str {
        self.source
    }

    /// Whether the next node is a key.
    pub(super) fn expects_key(&self) -> bool {
        self.holds_map(0)
    }

    pub(super) fn comment(&mut self, span: Range<usize>) {
        self.arena.comments.push(Span {
            start: offset(span.start),
            end: offset(span.end),
        });
    }

    /// A scalar whose text is a slice of the document.
    pub(super) fn slice(&mut self, kind: Kind, span: Range<usize>, text: Range<usize>) -> Result<Id, Fault> {
        self.scalar(kind, &span, offset(text.start), text.len(), false)
    }

    /// A scalar whose text is spelt otherwise in the document.
    pub(super) fn owned(&mut self, kind: Kind, span: Range<usize>, text: &str) -> Result<Id, Fault> {
        let start = self.arena.buffer.len();
        self.arena.buffer.push_str(text);
        self.scalar(kind, &span, offset(start), text.len(), true)
    }

    /// Room for a text that is spelt otherwise; [`Builder::spelt`] makes a scalar of what was written there.
    pub(super) fn buffer(&mut self) -> &mut String {
        &mut self.arena.buffer
    }

    /// A scalar whose text stands at the end of the buffer.
    pub(super) fn spelt(&mut self, kind: Kind, span: Range<usize>, from: usize) -> Result<Id, Fault> {
        let len = self.arena.buffer.len() - from;
        self.scalar(kind, &span, offset(from), len, true)
    }

    /// An alias of a node that is complete.
    pub(super) fn alias(&mut self, span: Range<usize>, target: Id) -> Result<(), Fault> {
        if self.expects_key() {
            return self.alias_as_key(span, target);
        }
        self.push(Kind::Alias, &span, target, 0, false)?;
        Ok(())
    }

    pub(super) fn begin(&mut self, kind: Kind, start: usize) -> Result<Id, Fault> {
        if self.expects_key() {
            return Err(Fault::syntax(start..start + 1, "a mapping or list cannot be a key"));
        }
        if self.open.len() == DEPTH_LIMIT {
            return Err(Fault::too_deep(start));
        }
        let id = self.push(kind, &(start..start), 0, 0, false)?;
        self.open.push(Open { id, children: 0 });
        Ok(id)
    }

    /// Closes a collection behind its bracket, or behind its last node when it has none.
    pub(super) fn end(&mut self, bracket: Option<usize>) {
        let Some(Open { id, children }) = self.open.pop() else {
            return;
        };
        let last = self.arena.nodes.last().map_or(0, |node| node.end);
        let next = offset(self.arena.nodes.len());
        let node = &mut self.arena.nodes[id as usize];
        node.next = next;
        node.end = bracket.map_or(last, offset).max(node.start);
        node.len = children;
        if node.kind == Kind::Map {
            node.len = children / 2;
            self.find_duplicates(id);
        }
    }

    pub(super) fn finish(self) -> Arena {
        self.arena
    }

    fn scalar(&mut self, kind: Kind, span: &Range<usize>, text: u32, len: usize, owned: bool) -> Result<Id, Fault> {
        let id = self.push(kind, span, text, offset(len), owned)?;
        if kind == Kind::Plain {
            // The node just pushed counts already.
            if self.holds_map(1) {
                self.plain_key(id, span)?;
            } else if is_endless(self.arena.text(self.source, id)) {
                return Err(Fault::syntax(
                    span.clone(),
                    "a number that is infinite or none, which JSON cannot hold",
                ));
            }
        }
        Ok(id)
    }

    /// Whether a mapping is open, and its children make an even number with this remainder.
    fn holds_map(&self, remainder: u32) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| self.arena.node(open.id).kind == Kind::Map && open.children % 2 == remainder)
    }

    fn push(&mut self, kind: Kind, span: &Range<usize>, text: u32, len: u32, owned: bool) -> Result<Id, Fault> {
        if let Some(open) = self.open.last_mut() {
            open.children += 1;
        } else if !self.arena.nodes.is_empty() {
            return Err(Fault::syntax(span.clone(), "a second value in one document"));
        }
        let id = offset(self.arena.nodes.len());
        self.arena.nodes.push(Node {
            start: offset(span.start),
            end: offset(span.end),
            text,
            len,
            next: id + 1,
            kind,
            owned,
        });
        Ok(id)
    }

    /// Keys are text: `on` is `true`, `0x10` is `16`, and null is none.
    fn plain_key(&mut self, id: Id, span: &Range<usize>) -> Result<(), Fault> {
        let text = self.arena.text(self.source, id);
        if text == "<<" {
            self.arena.nodes[id as usize].kind = Kind::Merge;
            return Ok(());
        }
        let written = match Scalar::resolve(text) {
            Scalar::Text(_) => None,
            scalar => match scalar.to_key() {
                Some(key) => Some(key),
                None => return Err(Fault::syntax(span.clone(), "a key must be text, a number or a boolean")),
            },
        };
        if let Some(key) = written {
            let start = self.arena.buffer.len();
            self.arena.buffer.push_str(&key);
            let node = &mut self.arena.nodes[id as usize];
            (node.text, node.len, node.owned) = (offset(start), offset(key.len()), true);
        }
        self.arena.nodes[id as usize].kind = Kind::Text;
        Ok(())
    }

    fn alias_as_key(&mut self, span: Range<usize>, target: Id) -> Result<(), Fault> {
        let kind = self.arena.node(target).kind;
        if !kind.is_scalar() {
            return Err(Fault::syntax(span, "a mapping or list cannot be a key"));
        }
        let text = self.arena.text(self.source, target).to_owned();
        let kind = if kind == Kind::Plain { Kind::Plain } else { Kind::Text };
        self.owned(kind, span, &text)?;
        Ok(())
    }

    fn find_duplicates(&mut self, map: Id) {
        let arena = &self.arena;
        let node = arena.node(map);
        if node.len > FEW_KEYS {
            return self.find_among_many(map);
        }
        let mut key = map + 1;
        while key != node.next {
            let text = arena.text(self.source, key);
            let mut earlier = map + 1;
            while earlier != key {
                if arena.text(self.source, earlier) == text {
                    return self.find_among_many(map);
                }
                earlier = arena.node(earlier + 1).next;
            }
            key = arena.node(key + 1).next;
        }
    }

    fn find_among_many(&mut self, map: Id) {
        let arena = &self.arena;
        let end = arena.node(map).next;
        let mut keys = Vec::with_capacity(arena.node(map).len as usize);
        let mut key = map + 1;
        while key != end {
            keys.push((arena.text(self.source, key), key));
            key = arena.node(key + 1).next;
        }
        keys.sort_unstable();
        let mut found: Vec<(Id, Id)> = Vec::new();
        let mut first = 0;
        for index in 1..keys.len() {
            if keys[index].0 != keys[first].0 {
                first = index;
            } else if is_repeated(arena, keys[first].1, keys[index].1) {
                found.push((keys[first].1, keys[index].1));
            }
        }
        found.sort_unstable_by_key(|&(_, later)| later);
        self.arena.duplicates.extend(found);
    }
}

/// Mappings with more keys are sorted instead of compared pair by pair.
const FEW_KEYS: u32 = 32;

/// `.inf`, `.nan` and their spellings.
fn is_endless(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    digits.starts_with('.') && matches!(Scalar::resolve(text), Scalar::Float(value) if !value.is_finite())
}

/// Several merge keys of one mapping are legal.
fn is_repeated(arena: &Arena, first: Id, second: Id) -> bool {
    arena.node(first).kind != Kind::Merge || arena.node(second).kind != Kind::Merge
}

/// Documents are limited to sizes that 32 bits hold, so nothing is ever cut here.
pub(super) fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
