//! Entries that are added to a map of the text.

use eci_model::FieldPath;
use serde_json::{Value as Json, json};

use super::Operation;
use super::change::{Draft, Entry, split};
use super::spell::Quotes;
use crate::manifest::Value;

/// What stands behind a new key.
pub(super) enum Content {
    /// A text, quoted here.
    Text(String),
    /// What was written elsewhere, with its comment.
    Written(String),
    /// A map with one entry.
    Map(String, Box<Self>),
}

impl Draft<'_> {
    /// Adds an entry to a map, which is made when it is missing.
    pub(super) fn add(&mut self, map: &FieldPath, key: &str, content: Content, text: &str) -> Option<()> {
        let mut missing = Vec::new();
        let mut at = map.clone();
        let holder = loop {
            if let Some(value) = self.value(&at) {
                break value;
            }
            let (above, name) = split(&at)?;
            missing.push(name.to_owned());
            at = above;
        };
        if !holder.is_mapping() {
            return None;
        }
        let mut entry = (key.to_owned(), content);
        let mut added: Json = text.into();
        for name in missing {
            added = json!({ &entry.0: added });
            entry = (name, Content::Map(entry.0, Box::new(entry.1)));
        }
        let path = at.clone().with_key(entry.0.as_str()).to_json_pointer();
        self.operations.push(Operation::Add { path, value: added });
        if self.is_flow(holder) {
            self.insert_into_flow(holder, &entry)
        } else {
            self.insert_into_block(&at, holder, &entry)
        }
    }

    fn insert_into_flow(&mut self, holder: Value<'_>, (key, content): &(String, Content)) -> Option<()> {
        let start = holder.span().start + 1;
        let is_empty = holder.entries().next().is_none();
        let is_json = self.text.get(start..)?.trim_start().starts_with('"') || self.text.trim_start().starts_with('{');
        let quotes = if is_json { Quotes::Double } else { Quotes::None };
        let comma = if is_empty { "" } else { ", " };
        let text = format!("{}: {}{comma}", quotes.around(key), in_flow(content, quotes)?);
        self.edit(start..start, text);
        Some(())
    }

    fn insert_into_block(
        &mut self,
        at: &FieldPath,
        holder: Value<'_>,
        (key, content): &(String, Content),
    ) -> Option<()> {
        let entries: Option<Vec<Entry>> = holder
            .entries()
            .map(|(name, _)| self.entry(&at.clone().with_key(name)))
            .collect();
        let entries = entries?;
        let first = entries.iter().min_by_key(|entry| entry.key.start)?;
        let last = entries.iter().max_by_key(|entry| entry.key.start)?;
        let line = self.text[..first.key.start].rfind('\n').map_or(0, |line| line + 1);
        let indent = " ".repeat(self.text.get(line..first.key.start)?.chars().count());
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut written = String::new();
        in_block(&mut written, (key, content), &indent, newline);
        let is_short = self.text.get(last.value.clone()).and_then(Quotes::of).is_some();
        let end = self.line_end(last.value.end);
        let rest = self.text.get(last.value.end..end)?.trim();
        if is_short
            && (rest.is_empty() || rest.starts_with('#'))
            && self.text[last.key.start..last.value.end].lines().count() == 1
        {
            self.edit(end..end, format!("{newline}{indent}{written}"));
        } else {
            self.edit(first.key.start..first.key.start, format!("{written}{newline}{indent}"));
        }
        Some(())
    }
}

/// In braces there is no room for a comment.
fn in_flow(content: &Content, quotes: Quotes) -> Option<String> {
    Some(match content {
        Content::Text(text) => Quotes::Double.around(text),
        Content::Written(written) if written.contains(" #") => return None,
        Content::Written(written) => written.clone(),
        Content::Map(key, content) => format!("{{{}: {}}}", quotes.around(key), in_flow(content, quotes)?),
    })
}

fn in_block(out: &mut String, (key, content): (&str, &Content), indent: &str, newline: &str) {
    out.push_str(&Quotes::None.around(key));
    match content {
        Content::Text(text) => {
            out.push_str(": ");
            out.push_str(&Quotes::Double.around(text));
        }
        Content::Written(written) => {
            out.push_str(": ");
            out.push_str(written);
        }
        Content::Map(key, content) => {
            let deeper = format!("{indent}  ");
            out.push(':');
            out.push_str(newline);
            out.push_str(&deeper);
            in_block(out, (key, content), &deeper, newline);
        }
    }
}
