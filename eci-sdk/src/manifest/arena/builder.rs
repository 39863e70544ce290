//! How an arena is filled, and what kubectl refuses in it whatever the notation.

use std::ops::Range;

use super::{Arena, DEPTH_LIMIT, Id, Kind, Node, Span, offset};
use crate::manifest::fault::Fault;
use crate::manifest::scalar::Scalar;

/// Fills an arena; the scanners call it in reading order.
#[derive(Debug)]
pub(in crate::manifest) struct Builder<'s> {
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
    pub(in crate::manifest) fn new(source: &'s str) -> Self {
        let mut arena = Arena::default();
        // Manifests hold a node for every dozen bytes or so.
        arena.nodes.reserve(source.len() / 12 + 4);
        Self {
            source,
            arena,
            open: Vec::new(),
        }
    }

    pub(in crate::manifest) const fn source(&self) -> &'s str {
        self.source
    }

    /// Whether the next node is a key.
    pub(in crate::manifest) fn expects_key(&self) -> bool {
        self.holds_map(0)
    }

    pub(in crate::manifest) fn comment(&mut self, span: Range<usize>) {
        self.arena.comments.push(Span {
            start: offset(span.start),
            end: offset(span.end),
        });
    }

    /// A scalar whose text is a slice of the document.
    pub(in crate::manifest) fn slice(
        &mut self,
        kind: Kind,
        span: Range<usize>,
        text: Range<usize>,
    ) -> Result<Id, Fault> {
        self.scalar(kind, &span, offset(text.start), text.len(), false)
    }

    /// A scalar whose text is spelt otherwise in the document.
    pub(in crate::manifest) fn owned(&mut self, kind: Kind, span: Range<usize>, text: &str) -> Result<Id, Fault> {
        let start = self.arena.buffer.len();
        self.arena.buffer.push_str(text);
        self.scalar(kind, &span, offset(start), text.len(), true)
    }

    /// Room for a text that is spelt otherwise; [`Builder::spelt`] makes a scalar of what was written there.
    pub(in crate::manifest) fn buffer(&mut self) -> &mut String {
        &mut self.arena.buffer
    }

    /// A scalar whose text stands at the end of the buffer.
    pub(in crate::manifest) fn spelt(&mut self, kind: Kind, span: Range<usize>, from: usize) -> Result<Id, Fault> {
        let len = self.arena.buffer.len() - from;
        self.scalar(kind, &span, offset(from), len, true)
    }

    /// An alias of a node that is complete.
    pub(in crate::manifest) fn alias(&mut self, span: Range<usize>, target: Id) -> Result<(), Fault> {
        if self.expects_key() {
            return self.alias_as_key(span, target);
        }
        self.push(Kind::Alias, &span, target, 0, false)?;
        Ok(())
    }

    pub(in crate::manifest) fn begin(&mut self, kind: Kind, start: usize) -> Result<Id, Fault> {
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
    pub(in crate::manifest) fn end(&mut self, bracket: Option<usize>) {
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

    pub(in crate::manifest) fn finish(self) -> Arena {
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
