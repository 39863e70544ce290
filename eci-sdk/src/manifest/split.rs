//! Where the documents of a text begin and end.

use std::ops::Range;

/// What a line is for the pieces of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// It belongs to the current piece, or begins one when there is none.
    Take,
    /// The current piece ends before it, and it begins the next one.
    Begin,
    /// It is an item of a list that kubectl printed; what was taken so far is the head of that list, and no piece.
    BeginItems,
    /// The current piece ends with it.
    End,
    /// The current piece ends before it, and it belongs to none.
    Between,
}

/// Cuts a text, line by line: at lines that begin with `---`, as kubectl does; exact in YAML, where no content can hold such a line.
///
/// JSON values end where their brackets close. The items of a `List` as kubectl prints it, in YAML or in JSON, are pieces of their own:
/// the dump of a cluster is one document without end, and its items are what is wanted. The layout decides: it cannot stand in a text
/// with another meaning.
#[derive(Clone, Debug, Default)]
pub(super) struct Cutter {
    state: State,
    has_directive: bool,
    brackets: Brackets,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Nothing but comments so far.
    #[default]
    Start,
    Yaml,
    Json,
    /// So many lines are those of a list's head.
    YamlHead(usize),
    JsonHead(usize),
    YamlItems,
    JsonItems,
    AfterItems,
}

const YAML_HEAD: [&[u8]; 2] = [b"apiVersion: v1", b"items:"];
const JSON_HEAD: [&[u8]; 3] = [b"{", b"    \"apiVersion\": \"v1\",", b"    \"items\": ["];

impl Cutter {
    pub(super) fn line(&mut self, line: &[u8]) -> Cut {
        if is_separator(line) && !(self.state == State::Start && self.has_directive) {
            *self = Self::default();
            return Cut::Between;
        }
        let body = line.trim_ascii_end();
        match self.state {
            State::Start => self.start(line, body),
            State::Yaml => Cut::Take,
            State::Json => self.bracket(line),
            State::YamlHead(lines) => {
                let is_head = YAML_HEAD.get(lines) == Some(&body);
                let is_item = lines == YAML_HEAD.len() && line.starts_with(b"- ");
                self.state = match (is_head, is_item) {
                    (true, _) => State::YamlHead(lines + 1),
                    (_, true) => State::YamlItems,
                    _ => State::Yaml,
                };
                if is_item { Cut::BeginItems } else { Cut::Take }
            }
            State::JsonHead(lines) => {
                if lines == JSON_HEAD.len() && body == b"        {" {
                    self.state = State::JsonItems;
                    return Cut::BeginItems;
                }
                let is_head = JSON_HEAD.get(lines) == Some(&body);
                self.state = if is_head {
                    State::JsonHead(lines + 1)
                } else {
                    State::Json
                };
                self.bracket(line)
            }
            State::YamlItems => match line.first() {
                Some(b'-') => Cut::Begin,
                Some(b' ' | b'\r' | b'\n' | b'#') | None => Cut::Take,
                Some(_) => {
                    self.state = State::AfterItems;
                    Cut::Between
                }
            },
            State::JsonItems => match body {
                b"        }" | b"        }," => Cut::End,
                b"    ]" | b"    ]," => {
                    self.state = State::AfterItems;
                    Cut::Between
                }
                _ => Cut::Take,
            },
            State::AfterItems => {
                if body == b"}" {
                    *self = Self::default();
                }
                Cut::Between
            }
        }
    }

    /// Forgets what it knows, since a part of the text was not seen; goes on at the next separator.
    pub(super) fn lose(&mut self) {
        self.state = State::Yaml;
    }

    fn start(&mut self, line: &[u8], body: &[u8]) -> Cut {
        let text = body.trim_ascii_start();
        self.state = match text {
            [] | [b'#', ..] => State::Start,
            [b'%', ..] => {
                self.has_directive = true;
                State::Start
            }
            [b'{'] if body == b"{" => State::JsonHead(1),
            [b'{', rest @ ..] if matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')) => State::Json,
            [b'[', rest @ ..] if matches!(rest.trim_ascii_start().first(), None | Some(b'{' | b'"' | b']')) => {
                State::Json
            }
            _ if body == YAML_HEAD[0] => State::YamlHead(1),
            _ => State::Yaml,
        };
        match self.state {
            State::Json | State::JsonHead(_) => self.bracket(line),
            _ => Cut::Take,
        }
    }

    fn bracket(&mut self, line: &[u8]) -> Cut {
        if self.brackets.close(line) {
            *self = Self::default();
            Cut::End
        } else {
            Cut::Take
        }
    }
}

/// Open brackets of a JSON text.
#[derive(Clone, Debug, Default)]
struct Brackets {
    open: usize,
    in_string: bool,
    is_escaped: bool,
}

impl Brackets {
    /// Whether all brackets are closed at the end of a line.
    fn close(&mut self, line: &[u8]) -> bool {
        for &byte in line {
            if self.is_escaped {
                self.is_escaped = false;
            } else if self.in_string {
                self.is_escaped = byte == b'\\';
                self.in_string = byte != b'"';
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.open += 1,
                    b'}' | b']' => self.open = self.open.saturating_sub(1),
                    _ => {}
                }
            }
        }
        self.open == 0 && !self.in_string
    }
}

/// The pieces of a text in memory.
#[derive(Clone, Debug)]
pub(super) struct Split<'s> {
    text: &'s str,
    at: usize,
    cutter: Cutter,
    /// Begin of the current piece.
    start: Option<usize>,
    form: Form,
    /// What stands behind the separator just read.
    behind: Option<Range<usize>>,
}

/// A document's text, without the separator before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) content: Range<usize>,
    pub(super) form: Form,
}

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A document, or JSON values in a row.
    Document,
    /// One item of a list.
    Item,
    /// What stands behind a separator on its line and is no comment: kubectl does not take it.
    BehindSeparator,
}

impl<'s> Split<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self {
            text,
            at: 0,
            cutter: Cutter::default(),
            start: None,
            form: Form::Document,
            behind: None,
        }
    }

    fn piece(&mut self, end: usize) -> Option<Piece> {
        let content = self.start.take()?..end;
        let form = self.form;
        Some(Piece { content, form })
    }
}

impl Iterator for Split<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(content) = self.behind.take() {
            let form = Form::BehindSeparator;
            return Some(Piece { content, form });
        }
        while self.at < self.text.len() {
            let line = self.at..line_end(self.text, self.at);
            self.at = line.end;
            let bytes = &self.text.as_bytes()[line.clone()];
            let whole = match self.cutter.line(bytes) {
                Cut::Take => {
                    self.start.get_or_insert(line.start);
                    None
                }
                Cut::Begin => {
                    let whole = self.piece(line.start);
                    self.start = Some(line.start);
                    whole
                }
                Cut::BeginItems => {
                    (self.start, self.form) = (Some(line.start), Form::Item);
                    None
                }
                Cut::End => {
                    self.start.get_or_insert(line.start);
                    self.piece(line.start + without_comma(bytes))
                }
                Cut::Between => {
                    let whole = self.piece(line.start);
                    self.form = Form::Document;
                    if is_separator(bytes) {
                        self.behind = behind(self.text, &line);
                    }
                    whole
                }
            };
            if whole.is_some() {
                return whole;
            }
            if let Some(content) = self.behind.take() {
                let form = Form::BehindSeparator;
                return Some(Piece { content, form });
            }
        }
        self.piece(self.text.len())
    }
}

pub(super) fn is_separator(line: &[u8]) -> bool {
    line.starts_with(b"---")
}

/// The bytes of an item's last line without the comma behind it.
pub(super) fn without_comma(line: &[u8]) -> usize {
    let body = line.trim_ascii_end();
    body.strip_suffix(b",").unwrap_or(body).len()
}

/// The begin of the line after the one that holds this byte.
fn line_end(text: &str, from: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |length| from + length + 1)
}

fn behind(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let rest = &text[line.start + 3..line.end];
    let trimmed = rest.trim();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return None;
    }
    let start = line.start + 3 + (rest.len() - rest.trim_start().len());
    Some(start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        Split::new(text).map(|piece| &text[piece.content]).collect()
    }

    #[test]
    fn separators_stand_at_the_begin_of_lines() {
        assert_eq!(contents("a\n---\nb --- c\n --- \n---\n"), ["a\n", "b --- c\n --- \n"]);
        assert_eq!(contents("--- # one\r\na\r\n---\r\nb"), ["a\r\n", "b"]);
        assert!(contents("").is_empty());
        assert!(contents("---").is_empty());
    }

    #[test]
    fn directives_stay_with_their_document() {
        assert_eq!(
            contents("%YAML 1.1\n# c\n---\na\n---\nb"),
            ["%YAML 1.1\n# c\n---\na\n", "b"]
        );
        assert_eq!(contents("a: %\n---\nb"), ["a: %\n", "b"]);
    }

    #[test]
    fn what_stands_behind_a_separator_is_told() {
        let text = "--- a: 1 \nb: 2\n----\n";
        let found: Vec<_> = Split::new(text)
            .map(|piece| (piece.form, &text[piece.content]))
            .collect();
        let expected = [
            (Form::BehindSeparator, "a: 1"),
            (Form::Document, "b: 2\n"),
            (Form::BehindSeparator, "-"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn json_values_end_where_their_brackets_close() {
        let text = "{\"a\": \"}\\\"\"}\n{\n  \"b\": [1]\n}\n\n[{}]\n---\na: 1\n";
        let expected = ["{\"a\": \"}\\\"\"}", "{\n  \"b\": [1]\n}", "\n[{}]", "a: 1\n"];
        assert_eq!(contents(text), expected);
    }

    #[test]
    fn flow_mappings_of_yaml_are_no_json() {
        assert_eq!(contents("{a: '}'}\nb\n"), ["{a: '}'}\nb\n"]);
        assert_eq!(contents("{{ if }}\na: 1\n"), ["{{ if }}\na: 1\n"]);
    }

    #[test]
    fn lists_of_kubectl_are_cut_into_items() {
        let yaml = "apiVersion: v1\nitems:\n- a: |\n    - x\n\n  b: 1\n- a: 2\nkind: List\nmetadata:\n  resourceVersion: \"\"\n---\nc: 1\n";
        let found: Vec<_> = Split::new(yaml)
            .map(|piece| (piece.form, &yaml[piece.content]))
            .collect();
        let expected = [
            (Form::Item, "- a: |\n    - x\n\n  b: 1\n"),
            (Form::Item, "- a: 2\n"),
            (Form::Document, "c: 1\n"),
        ];
        assert_eq!(found, expected);
        let json = "{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n        {\n            \"a\": {}\n        },\n        {\n            \"b\": 1\n        }\n    ],\n    \"kind\": \"List\"\n}\n{\"c\": 1}\n";
        let expected = [
            "        {\n            \"a\": {}\n        }",
            "        {\n            \"b\": 1\n        }",
            "{\"c\": 1}",
        ];
        assert_eq!(contents(json), expected);
    }

    #[test]
    fn other_layouts_of_lists_stay_whole() {
        for text in [
            "apiVersion: v1\nitems:\n  - a: 1\nkind: List\n",
            "apiVersion: v1\nitems: []\nkind: List\n",
            "apiVersion: v1\nkind: List\nitems:\n- a: 1\n",
        ] {
            assert_eq!(contents(text), [text]);
        }
    }
}
