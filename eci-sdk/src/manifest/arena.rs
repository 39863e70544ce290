//! Documents as flat arenas: nodes in reading order, each with its place in the text.

mod builder;

use std::ops::Range;

use super::scalar::Scalar;
pub(super) use builder::Builder;

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

/// Documents are limited to sizes that 32 bits hold, so nothing is ever cut here.
pub(super) fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
