//! One fix in one document: its patch, and its edits.

use std::ops::Range;

use super::insert::Content;
use super::spell::{Quotes, is_verbatim};
use super::{Edit, Operation};
use crate::manifest::{Document, Value};
use eci_model::{FieldPath, Fix, Location, Segment};
use serde_json::Value as Json;

/// What a fix changes in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    operations: Vec<Operation>,
    edits: Vec<Edit>,
}

impl Change {
    /// The change; `None` when the place is not in the document, or its text cannot be changed without a loss.
    pub fn of(document: &Document, fix: &Fix) -> Option<Self> {
        let mut draft = Draft::new(document)?;
        match fix {
            Fix::Replace { place, value } => draft.replace(place, value)?,
            Fix::Remove { place } => draft.remove(&place.path)?,
            Fix::Add { place, key, value } => {
                let entry = Content::Text(value.clone().into_owned());
                draft.add(&place.path, key, entry, &value[..])?;
            }
            Fix::Rename { place, key } => draft.rename(&place.path, key, None)?,
            Fix::Exchange { place, key, value } => draft.rename(&place.path, key, Some(value))?,
            Fix::Move { place, to } => draft.relocate(&place.path, to)?,
            _ => return None,
        }
        Some(Self {
            operations: draft.operations,
            edits: draft.edits,
        })
    }

    /// As JSON patch (RFC 6902) of the document.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// As edits of the text that the document stands in.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The same in a text that begins so many bytes later; `None` when it changes something before that.
    pub(super) fn moved_back(&self, bytes: usize) -> Option<Self> {
        let edits = self.edits.iter().map(|edit| {
            let range = edit.range.start.checked_sub(bytes)?..edit.range.end.checked_sub(bytes)?;
            let text = edit.text.clone();
            Some(Edit { range, text })
        });
        Some(Self {
            operations: self.operations.clone(),
            edits: edits.collect::<Option<_>>()?,
        })
    }

    /// Whether the two cannot be applied together.
    pub(super) fn collides(&self, other: &Self, same_document: bool) -> bool {
        let touches = |a: &Edit, b: &Edit| a.range.start <= b.range.end && b.range.start <= a.range.end;
        let in_text = self.edits.iter().any(|a| other.edits.iter().any(|b| touches(a, b)));
        in_text || same_document && self.adds_to(other)
    }

    /// Whether both make the same map, or write the same entry.
    fn adds_to(&self, other: &Self) -> bool {
        let written = |change: &Self| -> Vec<String> {
            let paths = change.operations.iter().filter_map(|operation| match operation {
                Operation::Add { path, .. } | Operation::Move { path, .. } => Some(path.clone()),
                _ => None,
            });
            paths.collect()
        };
        let others = written(other);
        written(self).iter().any(|path| others.contains(path))
    }
}

pub(super) struct Draft<'d> {
    document: &'d Document,
    pub(super) text: &'d str,
    root: Value<'d>,
    pub(super) operations: Vec<Operation>,
    edits: Vec<Edit>,
}

/// An entry of a mapping in the text.
pub(super) struct Entry {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

impl<'d> Draft<'d> {
    fn new(document: &'d Document) -> Option<Self> {
        Some(Self {
            document,
            text: document.source().text(),
            root: document.root()?,
            operations: Vec::new(),
            edits: Vec::new(),
        })
    }

    fn replace(&mut self, place: &Location, value: &str) -> Option<()> {
        let found = self.document.place(&place.path).filter(|found| found.is_complete)?;
        let old = self.value(&place.path)?;
        let path = place.path.to_json_pointer();
        let Some((start, end)) = place.within else {
            if matches!(old.to_json(), Json::Null | Json::Array(_) | Json::Object(_)) {
                return None;
            }
            let quotes = Quotes::of(self.text.get(found.value.clone())?)?;
            self.edit(found.value, quotes.around(value));
            let value = value.into();
            self.operations.push(Operation::Replace { path, value });
            return Some(());
        };
        let old = old.as_str()?;
        let part = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
        if !is_verbatim(value) {
            return None;
        }
        let mut new = old.to_owned();
        old.get(part.clone())?;
        new.replace_range(part, value);
        self.edit(self.document.span(&place.path, place.within), value.to_owned());
        let value = new.into();
        self.operations.push(Operation::Replace { path, value });
        Some(())
    }

    fn rename(&mut self, path: &FieldPath, key: &str, value: Option<&str>) -> Option<()> {
        let (map, _) = split(path)?;
        let old = self.value(path)?;
        if let Some(there) = self.value(&map)?.get(key) {
            let meant = value.or_else(|| old.as_str());
            return (meant.is_some() && there.as_str() == meant).then(|| self.remove(path))?;
        }
        let entry = self.entry(path)?;
        let quotes = Quotes::of(self.text.get(entry.key.clone())?)?;
        self.edit(entry.key, quotes.around(key));
        let from = path.to_json_pointer();
        let path = map.with_key(key).to_json_pointer();
        match value {
            None => self.operations.push(Operation::Move { from, path }),
            Some(value) => {
                let quotes = Quotes::of(self.text.get(entry.value.clone())?)?;
                self.edit(entry.value, quotes.around(value));
                self.operations.push(Operation::Remove { path: from });
                let value = value.into();
                self.operations.push(Operation::Add { path, value });
            }
        }
        Some(())
    }

    /// Takes an entry away, and the map with it when nothing else is in there.
    fn remove(&mut self, path: &FieldPath) -> Option<()> {
        let (map, name) = split(path)?;
        let value = self.value(&map)?;
        value.get(name)?;
        if value.entries().count() > 1 {
            let entry = self.entry(path)?;
            self.cut(&map, value, &entry)?;
            let path = path.to_json_pointer();
            self.operations.push(Operation::Remove { path });
            return Some(());
        }
        let above = split(&map).and_then(|(above, _)| self.value(&above));
        if above.is_some_and(|above| above.entries().count() > 1) {
            return self.remove(&map);
        }
        let entry = self.entry(&map)?;
        let between = self.text.get(entry.key.end..entry.value.start)?;
        if self.is_flow(value) {
            self.edit(entry.value, "{}".to_owned());
        } else if between.trim() == ":" {
            let end = self.behind(&entry.value);
            self.edit(entry.key.end..end, ": {}".to_owned());
        } else {
            return None;
        }
        let path = path.to_json_pointer();
        self.operations.push(Operation::Remove { path });
        Some(())
    }

    /// Cuts an entry with the comment behind it, or with its comma.
    fn cut(&mut self, map: &FieldPath, value: Value<'d>, entry: &Entry) -> Option<()> {
        if !self.is_flow(value) {
            let line = self.line(&entry.key, &entry.value)?;
            self.edit(line, String::new());
            return Some(());
        }
        let siblings: Option<Vec<Entry>> = value
            .entries()
            .map(|(name, _)| self.entry(&map.clone().with_key(name)))
            .collect();
        let siblings = siblings?;
        let next = siblings.iter().map(|other| other.key.start);
        let range = match next.filter(|start| *start > entry.key.start).min() {
            Some(next) => entry.key.start..next,
            None => {
                let before = siblings.iter().map(|other| other.value.end);
                before.filter(|end| *end <= entry.key.start).max()?..entry.value.end
            }
        };
        self.edit(range, String::new());
        Some(())
    }

    fn relocate(&mut self, path: &FieldPath, to: &FieldPath) -> Option<()> {
        let (_, name) = split(path)?;
        let value = self.value(path)?;
        let there = self.value(to).and_then(|map| map.get(name));
        if let Some(there) = there {
            return (there.to_json() == value.to_json()).then(|| self.remove(path))?;
        }
        let entry = self.entry(path)?;
        Quotes::of(self.text.get(entry.value.clone())?)?;
        let rest = self.text.get(entry.value.end..)?;
        let comment = rest.lines().next().unwrap_or_default().trim();
        let comment = if comment.starts_with('#') {
            format!(" {comment}")
        } else {
            String::new()
        };
        let written = self.text.get(entry.value.clone())?.to_owned() + &comment;
        let moved = value.to_json();
        self.remove(path)?;
        // What is removed, alone or with its map, is added elsewhere.
        let text = moved.as_str()?.to_owned();
        self.add(to, name, Content::Written(written), &text)
    }

    pub(super) fn edit(&mut self, range: Range<usize>, text: String) {
        self.edits.push(Edit { range, text });
    }

    pub(super) fn value(&self, path: &FieldPath) -> Option<Value<'d>> {
        path.segments()
            .iter()
            .try_fold(self.root, |value, segment| match segment {
                Segment::Field(name) => value.get(name),
                Segment::Key(key) => value.get(key),
                Segment::Index(index) => value.item(*index),
            })
    }

    pub(super) fn entry(&self, path: &FieldPath) -> Option<Entry> {
        let found = self.document.place(path).filter(|found| found.is_complete)?;
        Some(Entry {
            key: found.key?,
            value: found.value,
        })
    }

    pub(super) fn is_flow(&self, map: Value<'_>) -> bool {
        self.text[map.span().start..].starts_with('{')
    }

    /// The lines of an entry that nothing else stands on.
    fn line(&self, key: &Range<usize>, value: &Range<usize>) -> Option<Range<usize>> {
        let start = self.text[..key.start].rfind('\n').map_or(0, |line| line + 1);
        let end = self.behind(value).max(key.end);
        let line_end = self.line_end(end);
        let before = self.text.get(start..key.start)?;
        let rest = self.text.get(end..line_end)?.trim();
        let rest = rest.strip_prefix(':').unwrap_or(rest).trim();
        if !before.trim_matches(' ').is_empty() || !(rest.is_empty() || rest.starts_with('#')) {
            return None;
        }
        let newline = self.text[line_end..].find('\n').map_or(0, |at| at + 1);
        Some(start..line_end + newline)
    }

    /// The end of a value without the line breaks that belong to it.
    fn behind(&self, value: &Range<usize>) -> usize {
        self.text
            .get(value.clone())
            .map_or(value.end, |written| value.start + written.trim_end().len())
    }

    /// Where the line of a byte ends, before its break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let end = rest.find('\n').unwrap_or(rest.len());
        let end = if rest[..end].ends_with('\r') { end - 1 } else { end };
        at + end
    }
}

/// The map of an entry, and its key.
pub(super) fn split(path: &FieldPath) -> Option<(FieldPath, &str)> {
    let (last, above) = path.segments().split_last()?;
    let name = match last {
        Segment::Field(name) => name.as_ref(),
        Segment::Key(key) => key,
        Segment::Index(_) => return None,
    };
    let above = above.iter().fold(FieldPath::ROOT, |path, segment| match segment {
        Segment::Field(name) => path.with_field(name.clone()),
        Segment::Key(key) => path.with_key(key.clone()),
        Segment::Index(index) => path.with_index(*index),
    });
    Some((above, name))
}
