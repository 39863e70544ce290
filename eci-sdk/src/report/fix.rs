//! Safe changes: what the fix of a finding means as JSON patch, and as edits of the text that keep comments and layout.
//!
//! [`mend`] applies them, and only where the text read anew says what the patch says: nothing else can change by accident.
//!
//! # Example
//! ```
//! use eci_sdk::manifest::{Reader, Source};
//! use eci_sdk::report::mend;
//! use eci_sdk::{Cluster, Edition, Planner};
//!
//! let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    # small\n    k8s.aliyun.com/eci-use-spec: 2-4Gi # enough\n";
//! let source = Source::new("web.yaml", text).into();
//! let document = Reader::new().read(&source).next().expect("a document");
//! let (objects, _) = document.objects();
//! let planner = Planner::new(Cluster::new(Edition::Ack)).assume_bound(true);
//! let findings = planner.review(objects[0].object()).findings;
//! let fixes: Vec<_> = findings.iter().filter_map(|finding| Some((0, finding.fix()?))).collect();
//! let mended = mend(&source, &fixes).expect("a fix");
//! assert_eq!(mended.text, text.replace("use-spec:", "use-specs:"));
//! ```

mod change;
mod insert;
mod operation;
mod spell;
mod unified;

use std::ops::Range;
use std::sync::Arc;

use eci_model::Fix;
use serde_json::Value as Json;

pub use change::Change;
pub use operation::Operation;
pub use unified::unified;

use crate::manifest::{Document, Reader, Source, Value};

/// A part of a text, and what to write in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// Bytes of the source.
    pub range: Range<usize>,
    /// The new text.
    pub text: String,
}

/// A text with fixes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mended {
    /// The whole text.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
}

/// Applies fixes to a text; each comes with the number of its document, counted from zero as [`Reader::read`] gives them.
///
/// A fix is left out when it touches what another one changes (so ask again with the findings of the new text), when its place is not
/// there, and when the text can only be changed with a loss: an alias, a value that is written on several lines. `None` when nothing
/// was applied. The result says what the text said but for the patches of what was applied; this is looked at, not assumed.
pub fn mend(source: &Arc<Source>, fixes: &[(usize, &Fix)]) -> Option<Mended> {
    let documents: Vec<Document> = Reader::new().read(source).collect();
    let mut changes: Vec<(usize, Change)> = Vec::new();
    for (number, fix) in fixes {
        let change = documents.get(*number).and_then(|document| Change::of(document, fix));
        let Some(change) = change else { continue };
        if !changes
            .iter()
            .any(|(other, taken)| taken.collides(&change, other == number))
        {
            changes.push((*number, change));
        }
    }
    let before: Vec<Json> = documents.iter().map(json).collect();
    if let Some(text) = applied(source, &before, &changes) {
        return (!changes.is_empty()).then_some(Mended {
            text,
            applied: changes.len(),
        });
    }
    // One of them does not keep the rest: those that do alone are found one by one.
    let mut kept: Vec<(usize, Change)> = Vec::new();
    let mut best = None;
    for change in changes {
        kept.push(change);
        match applied(source, &before, &kept) {
            Some(text) => best = Some(text),
            None => {
                kept.pop();
            }
        }
    }
    best.map(|text| Mended {
        text,
        applied: kept.len(),
    })
}

impl Change {
    /// The change, when the text of the document read anew says what its patch says, and nothing else.
    ///
    /// [`Change::of`] does not look. Only the text of the document is read, where that can be read alone.
    pub fn proven(document: &Document, fix: &Fix) -> Option<Self> {
        let change = Self::of(document, fix)?;
        if change
            .edits()
            .iter()
            .any(|edit| edit.text.contains(char::REPLACEMENT_CHARACTER))
        {
            return None;
        }
        let source = document.source();
        if let Some((alone, moved)) = alone(document, &change) {
            return applied(&alone, &[json(document)], &[(0, moved)]).map(|_| change);
        }
        let documents: Vec<Document> = Reader::new().read(source).collect();
        let number = documents.iter().position(|other| other.range() == document.range())?;
        let before: Vec<Json> = documents.iter().map(json).collect();
        applied(source, &before, &[(number, change.clone())]).map(|_| change)
    }
}

/// The text of the document alone, which stands where it stood in its line, and the change there; `None` when it says something else
/// without what is around it.
fn alone(document: &Document, change: &Change) -> Option<(Arc<Source>, Change)> {
    let text = document.source().text();
    let range = document.range();
    let line = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = change
        .edits()
        .iter()
        .map(|edit| edit.range.end)
        .fold(range.end, usize::max);
    let alone = " ".repeat(range.start - line) + text.get(range.start..end)?;
    let source = Arc::new(Source::new(document.source().name(), alone));
    let read: Vec<Document> = Reader::new().read(&source).collect();
    let is_same = matches!(read.as_slice(), [read] if json(read) == json(document));
    let moved = change.moved_back(line)?;
    is_same.then_some((source, moved))
}

/// The text with the changes, when it says what their patches say and nothing else is different.
fn applied(source: &Arc<Source>, before: &[Json], changes: &[(usize, Change)]) -> Option<String> {
    let mut expected = before.to_vec();
    for (number, change) in changes {
        let document = expected.get_mut(*number)?;
        for operation in change.operations() {
            operation.apply(document)?;
        }
    }
    let mut edits: Vec<&Edit> = changes.iter().flat_map(|(_, change)| change.edits()).collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut text = String::with_capacity(source.text().len());
    let mut at = 0;
    for edit in edits {
        text.push_str(source.text().get(at..edit.range.start)?);
        text.push_str(&edit.text);
        at = edit.range.end;
    }
    text.push_str(source.text().get(at..)?);
    let read = Arc::new(Source::new(source.name(), text.as_str()));
    let after: Vec<Json> = Reader::new().read(&read).map(|document| json(&document)).collect();
    (after == expected).then_some(text)
}

fn json(document: &Document) -> Json {
    document.root().map_or(Json::Null, Value::to_json)
}

#[cfg(test)]
mod tests;
