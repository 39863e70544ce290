//! A rule that is suppressed somewhere, and what that reaches.

use std::ops::Range;
use std::sync::Arc;

use eci_model::{FieldPath, Finding, Location, ObjectRef, Rule};

use super::Noted;
use super::written::Suppression;
use crate::manifest::Document;

/// A rule that is suppressed somewhere.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) rule: &'static Rule,
    pub(super) written: Suppression,
    pub(super) scope: Scope,
    /// The bytes of the rule's name in the document; `None` when the place says it.
    pub(super) span: Option<Range<usize>>,
    /// Whether it is the first rule of its directive, which tells what holds for all.
    pub(super) is_first: bool,
    pub(super) is_used: bool,
}

/// What an entry reaches.
#[derive(Clone, Debug)]
pub(super) enum Scope {
    /// Findings that begin on a line of the document's source.
    Line(usize),
    /// Findings in these bytes of the source.
    Text(Range<usize>),
    /// Findings in the object of these bytes, at a field or below.
    Object(Range<usize>, FieldPath),
    /// What the files of the suppression say.
    Files,
}

impl Scope {
    /// What a comment reaches: its line, the next line with content, or the whole document when it stands above all content.
    pub(super) fn of_comment(document: &Document, comment: &Range<usize>) -> Self {
        let source = document.source();
        let text = document.text_range();
        let between = |from: usize, to: usize| source.text().get(from..to).unwrap_or_default();
        let line_start = between(text.start, comment.start)
            .rfind('\n')
            .map_or(text.start, |at| text.start + at + 1);
        let is_content = |line: &str| {
            let line = line.trim();
            !(line.is_empty() || line.starts_with('#') || line.starts_with('%') || line == "---")
        };
        if is_content(between(line_start, comment.start)) {
            return Self::Line(source.position(comment.start).line);
        }
        if !between(text.start, line_start).lines().any(is_content) {
            return Self::Text(text);
        }
        let mut line = source.position(comment.start).line;
        for below in between(comment.start, text.end).lines() {
            if is_content(below) {
                break;
            }
            line += 1;
        }
        Self::Line(line)
    }
}

impl Entry {
    /// Whether it hides a finding of its rule that stands in a document.
    pub(super) fn reaches(&self, finding: &Finding, document: Option<&Document>) -> bool {
        if matches!(self.scope, Scope::Files) {
            return match (&self.written.files, document) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(files), Some(document)) => files(document.source().name()),
            };
        }
        let Some(own) = &self.written.document else {
            return false;
        };
        // Of findings about several objects a stream has the document no more, but that of the suppression was kept.
        let is_of_own = || is_same(&own.reference(), &finding.place().object);
        let Some(document) = document.or_else(|| is_of_own().then_some(own)) else {
            return false;
        };
        if !Arc::ptr_eq(document.source(), own.source()) {
            return false;
        }
        let place = finding.place();
        let begin = || document.span(&place.path, place.within).start;
        match &self.scope {
            Scope::Line(line) => document.source().position(begin()).line == *line,
            Scope::Text(range) => range.contains(&begin()),
            Scope::Object(range, path) => {
                document.range() == *range && place.path.segments().starts_with(path.segments())
            }
            Scope::Files => false,
        }
    }

    /// What a rule says about this suppression.
    pub(super) fn noted(&self, rule: &'static Rule) -> Noted {
        let place = self.written.place.clone();
        let finding = rule.at(place).found(self.written.rule.to_string()).build();
        Noted::new(finding, self.written.document.clone(), self.span.clone())
    }
}

/// Whether both are the same object; a document need not write the namespace that findings name.
fn is_same(written: &ObjectRef, found: &ObjectRef) -> bool {
    let namespace = |object: &ObjectRef| object.namespace.clone().unwrap_or_else(|| "default".into());
    written.kind == found.kind && written.name == found.name && namespace(written) == namespace(found)
}

impl Noted {
    /// Whether the suppression stands in this document.
    pub fn stands_in(&self, document: &Document) -> bool {
        let own = self.document.as_ref();
        own.is_some_and(|own| Arc::ptr_eq(own.source(), document.source()) && own.range() == document.range())
    }

    pub(super) fn new(finding: Finding, document: Option<Document>, span: Option<Range<usize>>) -> Self {
        let place = finding.place();
        let of_field = |document: &Document| document.span(&place.path, place.within);
        let span = span.or_else(|| document.as_ref().map(of_field)).unwrap_or_default();
        Self {
            finding,
            document,
            span,
        }
    }
}

/// Where each rule of a directive stands: its place, and its bytes in the source when no field says them.
pub(super) type Places<'p> = &'p dyn Fn(Range<usize>) -> (Location, Option<Range<usize>>);
