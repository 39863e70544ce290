//! From a byte of a decoded text back to the byte that spells it.

use super::arena::Kind;
use super::value::Value;

/// The byte in the source that spells a byte of a scalar's text; of the end for bytes beyond it.
///
/// Exact for every character that is not white space around a line break.
pub(super) fn source_of(value: Value<'_>, byte: usize) -> usize {
    let value = value.resolved();
    let node = value.arena.node(value.id);
    let text = value.arena.text(value.text, value.id);
    let byte = super::source::floor(text, byte);
    if let Some(start) = node.verbatim() {
        return value.base + start + byte;
    }
    let written = value.text.get(node.span()).unwrap_or_default();
    let mut walk = Walk::new(node.kind, written, text);
    while walk.decoded < byte && walk.step() {}
    value.base + node.span().start + walk.raw
}

/// Two cursors that move together, over what is written and over what it says.
struct Walk<'t> {
    kind: Kind,
    written: &'t str,
    text: &'t str,
    raw: usize,
    decoded: usize,
}

impl<'t> Walk<'t> {
    fn new(kind: Kind, written: &'t str, text: &'t str) -> Self {
        let mut walk = Self {
            kind,
            written,
            text,
            raw: 0,
            decoded: 0,
        };
        match kind {
            Kind::Single | Kind::Double => walk.raw = 1,
            Kind::Literal | Kind::Folded => {
                if has_header(written) {
                    walk.raw = written.find('\n').unwrap_or(written.len());
                }
                walk.break_of_block();
            }
            _ => {}
        }
        walk
    }

    /// One character of the text, or one break; false at the end.
    fn step(&mut self) -> bool {
        let rest = &self.written[self.raw..];
        let Some(next) = rest.chars().next() else {
            return false;
        };
        if self.kind == Kind::Double && next == '\\' {
            self.escape(rest);
        } else if self.kind == Kind::Single && rest.starts_with("''") {
            self.forward(2);
        } else if starts_break(rest) {
            if matches!(self.kind, Kind::Literal | Kind::Folded) {
                self.break_of_block();
            } else {
                self.break_of_line(rest);
            }
        } else {
            self.forward(next.len_utf8());
        }
        true
    }

    /// So many written bytes spell one character.
    fn forward(&mut self, written: usize) {
        self.raw = (self.raw + written).min(self.written.len());
        self.decoded += self.text[self.decoded..].chars().next().map_or(0, char::len_utf8);
    }

    fn escape(&mut self, rest: &str) {
        let after = rest[1..].chars().next();
        match after {
            Some('\r' | '\n') => {
                // A hidden break: nothing of it is in the text.
                let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
                let blank = rest[line..].len() - rest[line..].trim_start_matches([' ', '\t']).len();
                self.raw += line + blank;
            }
            Some('x') => self.forward(4),
            Some('u') if is_pair(rest) => self.forward(12),
            Some('u') => self.forward(6),
            Some('U') => self.forward(10),
            after => self.forward(1 + after.map_or(0, char::len_utf8)),
        }
    }

    /// A break between lines of a quoted or plain scalar: one is a space, more are one less.
    fn break_of_line(&mut self, rest: &str) {
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let breaks = rest[..blank].matches('\n').count();
        self.raw += blank;
        self.decoded = (self.decoded + breaks.saturating_sub(1).max(1)).min(self.text.len());
    }

    /// A break in a block scalar: the white space of both sides belongs together.
    fn break_of_block(&mut self) {
        let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.raw += blank(&self.written[self.raw..]);
        self.decoded += blank(&self.text[self.decoded..]);
    }
}

/// Whether the first line is the header of a block scalar: the parser's place begins there, or at the first line of the text.
fn has_header(written: &str) -> bool {
    let line = written.lines().next().unwrap_or_default();
    let Some(rest) = line.strip_prefix(['|', '>']) else {
        return false;
    };
    let rest = rest.trim_start_matches(|letter: char| matches!(letter, '+' | '-') || letter.is_ascii_digit());
    rest.trim().is_empty() || rest.trim_start().starts_with('#')
}

fn starts_break(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}

/// Two escapes of JSON that make one character.
fn is_pair(rest: &str) -> bool {
    let unit = |at: usize| {
        let prefix = rest.get(at..at + 2) == Some("\\u");
        prefix.then(|| u32::from_str_radix(rest.get(at + 2..at + 6)?, 16).ok())?
    };
    matches!((unit(0), unit(6)), (Some(0xD800..0xDC00), Some(0xDC00..0xE000)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::full;

    /// What is written at the place of a word of the text.
    fn written<'t>(source: &'t str, word: &str) -> &'t str {
        let arena = full::read(source).expect("YAML");
        let root = Value {
            arena: &arena,
            text: source,
            base: 0,
            id: 0,
        };
        let value = root.get("a").expect("a value");
        let at = value.as_str().and_then(|text| text.find(word)).expect("the word");
        &source[source_of(value, at)..source_of(value, at + word.len())]
    }

    #[test]
    fn words_are_found_where_they_are_spelt() {
        for source in [
            "a: x word y\n",
            "a: 'it''s a word'\n",
            "a: \"\\u00e9 \\\\ \\\"word\\\" \\ud83d\"\n",
            "a: \"\\n\\x41 word\"\n",
            "a: |\n  x\n    y\n\n  word z\nb: 1\n",
            "a: |- # why\n   [\n     x, word\n   ]\n",
            "a: >-\n  x\n  y\n\n  word\n",
            "a: x\n  y\n  word\n",
            "a: \"x \\\n  y\n\n  word\"\n",
            "b: 1\na: |2\n    x\n    word\n",
        ] {
            let source = source.replace("\\ud83d", "");
            assert_eq!(written(&source, "word"), "word", "{source:?}");
        }
    }
}
