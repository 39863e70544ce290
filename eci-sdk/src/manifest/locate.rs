//! From places in objects to places in texts.

use std::ops::Range;

use eci_model::{FieldPath, Segment};

use super::arena::{Arena, Id, Kind};
use super::value::Value;

/// A field's place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The key, for an entry of a mapping.
    pub key: Option<Range<usize>>,
    /// The value; of a field that is not there, the innermost value above it that is.
    pub value: Range<usize>,
    /// Whether the whole path is there.
    pub is_complete: bool,
}

/// How far a path leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'d> {
    pub(super) key: Option<Id>,
    pub(super) value: Value<'d>,
    pub(super) is_complete: bool,
}

impl Found<'_> {
    pub(super) fn place(&self) -> Place {
        Place {
            key: self.key.map(|key| self.value.at(key).span()),
            value: self.value.span(),
            is_complete: self.is_complete,
        }
    }

    /// What a caret should stand under: a scalar, the key of a collection, or the first entry of one without a key.
    pub(super) fn caret(&self) -> Range<usize> {
        let value = self.value.span();
        let is_collection = !self.value.arena.node(self.value.id).kind.is_scalar();
        match self.key {
            Some(key) if is_collection || value.is_empty() || !self.is_complete => self.value.at(key).span(),
            None if is_collection => self.first_of_collection(),
            _ => value,
        }
    }

    fn first_of_collection(&self) -> Range<usize> {
        let span = self.value.span();
        let node = self.value.arena.node(self.value.id);
        if node.next > self.value.id + 1 {
            let first = self.value.at(self.value.id + 1).span();
            return first.start..first.end;
        }
        span
    }
}

/// Follows a path as far as it leads.
pub(super) fn find<'d>(root: Value<'d>, path: &FieldPath) -> Found<'d> {
    let mut found = Found {
        key: None,
        value: root,
        is_complete: true,
    };
    for segment in path.segments() {
        let next = match segment {
            Segment::Field(name) => found.value.entry(name),
            Segment::Key(key) => found.value.entry(key),
            Segment::Index(index) => found.value.item(*index).map(|item| (item.id, item)),
        };
        let Some((key, value)) = next else {
            found.is_complete = false;
            break;
        };
        found.key = (key != value.id).then_some(key);
        found.value = value;
    }
    found
}

/// The path of a node below a root.
pub(super) fn path_of(arena: &Arena, text: &str, root: Id, target: Id) -> FieldPath {
    let mut path = FieldPath::ROOT;
    let mut above = "";
    let mut at = root;
    while at != target {
        let children = Children {
            arena,
            next: at + 1,
            end: arena.node(at).next,
        };
        let inside = |child: Id| child <= target && target < arena.node(child).next;
        let is_map = arena.node(at).kind == Kind::Map;
        let Some((index, child)) = children.enumerate().find(|&(_, child)| inside(child)) else {
            break;
        };
        if is_map {
            // A target that is a key means its entry.
            let key = if index % 2 == 0 { child } else { child - 1 };
            let name = arena.text(text, key);
            path = if is_entry_of_map(above, name) {
                path.with_key(name)
            } else {
                path.with_field(name.to_owned())
            };
            above = name;
        } else {
            path = path.with_index(index);
        }
        at = child;
    }
    path
}

/// Direct children of a collection, keys among them.
struct Children<'a> {
    arena: &'a Arena,
    next: Id,
    end: Id,
}

impl Iterator for Children<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next;
        (id < self.end).then(|| self.next = self.arena.node(id).next)?;
        Some(id)
    }
}

/// Fields of the schema are words; other keys, and those of well-known maps, are entries.
fn is_entry_of_map(above: &str, name: &str) -> bool {
    const MAPS: [&str; 13] = [
        "annotations",
        "binaryData",
        "capacity",
        "data",
        "hard",
        "labels",
        "limits",
        "matchLabels",
        "nodeSelector",
        "parameters",
        "requests",
        "stringData",
        "volumeAttributes",
    ];
    MAPS.contains(&above) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
