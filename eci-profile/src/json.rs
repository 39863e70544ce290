//! The JSON inside a text value of a ConfigMap, with the place of everything in it.
//!
//! Comments and trailing commas are faults, but reading goes on behind them: who has to mend one wants to know the others as well.

use std::ops::Range;

/// Arrays and objects inside one another, at most.
const DEPTH: usize = 64;

/// A value, and the bytes that spell it.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

#[derive(Debug)]
pub(crate) enum Value {
    Null,
    Bool,
    Number,
    Text(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) node: Node,
}

impl Value {
    /// What it is, as people say it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Text(_) => "a text",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

impl Node {
    /// The bytes between the quotes of a text, or all bytes of another value.
    pub(crate) fn inner(&self) -> Range<usize> {
        match self.value {
            Value::Text(_) => self.span.start + 1..self.span.end - 1,
            _ => self.span.clone(),
        }
    }
}

/// Something that strict JSON does not allow.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) span: Range<usize>,
    pub(crate) kind: FaultKind,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    Comment,
    TrailingComma,
    Other(String),
}

/// Reads a text; `None` when something is so wrong that the rest makes no sense, which is then the last of the faults.
pub(crate) fn read(text: &str) -> (Option<Node>, Vec<Fault>) {
    let mut scan = Scan {
        text,
        at: 0,
        depth: 0,
        faults: Vec::new(),
    };
    let node = scan.document();
    (node, scan.faults)
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    faults: Vec<Fault>,
}

impl Scan<'_> {
    fn document(&mut self) -> Option<Node> {
        self.blank();
        let node = self.value()?;
        self.blank();
        if self.at < self.text.len() {
            return self.unexpected("the end of the text");
        }
        Some(node)
    }

    fn value(&mut self) -> Option<Node> {
        let start = self.at;
        let value = match self.peek() {
            Some('{') => self.nested(Self::object)?,
            Some('[') => self.nested(Self::array)?,
            Some('"') => Value::Text(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            _ => self.word()?,
        };
        Some(Node {
            span: start..self.at,
            value,
        })
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.depth == DEPTH {
            return self.fault(
                self.at..self.at + 1,
                "more than 64 arrays and objects inside one another",
            );
        }
        self.depth += 1;
        self.at += 1;
        self.blank();
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Option<Value> {
        let mut members = Vec::new();
        while self.peek() != Some('}') {
            let start = self.at;
            if self.peek() != Some('"') {
                return self.unexpected("a key in double quotes");
            }
            let key = self.string()?;
            let key_span = start..self.at;
            self.blank();
            if self.peek() != Some(':') {
                return self.unexpected("`:`");
            }
            self.at += 1;
            self.blank();
            let node = self.value()?;
            members.push(Member { key, key_span, node });
            self.separator('}')?;
        }
        self.at += 1;
        Some(Value::Object(members))
    }

    fn array(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        while self.peek() != Some(']') {
            items.push(self.value()?);
            self.separator(']')?;
        }
        self.at += 1;
        Some(Value::Array(items))
    }

    /// What stands between two items, or before the end.
    fn separator(&mut self, end: char) -> Option<()> {
        self.blank();
        let comma = self.at;
        match self.peek() {
            Some(',') => self.at += 1,
            Some(found) if found == end => return Some(()),
            _ => return self.unexpected(if end == ']' { "`,` or `]`" } else { "`,` or `}`" }),
        }
        self.blank();
        if self.peek() == Some(end) {
            self.faults.push(Fault {
                span: comma..comma + 1,
                kind: FaultKind::TrailingComma,
            });
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(0..=0x1f) => {
                    return self.fault(end..end + 1, "a line break or control character inside a text");
                }
                Some(_) => end += 1,
                None => return self.fault(start..start + 1, "a text that is not closed"),
            }
        }
        self.at = end + 1;
        // The escapes are those of serde_json, which reads one text at a time here.
        match serde_json::from_str(&self.text[start..self.at]) {
            Ok(text) => Some(text),
            Err(_) => self.fault(start..self.at, "an escape that JSON does not know"),
        }
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        let rest = &self.text[start..];
        let belongs = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '+' | '.');
        self.at += rest.find(|letter| !belongs(letter)).unwrap_or(rest.len());
        match serde_json::from_str::<serde_json::Number>(&self.text[start..self.at]) {
            Ok(_) => Some(Value::Number),
            Err(_) => self.fault(start..self.at, "a number that JSON does not know"),
        }
    }

    fn word(&mut self) -> Option<Value> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|letter: char| !letter.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let value = match &rest[..length] {
            "null" => Value::Null,
            "true" | "false" => Value::Bool,
            _ => return self.unexpected("a value"),
        };
        self.at += length;
        Some(value)
    }

    /// Skips white space, and comments as faults.
    fn blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start_matches([' ', '\n', '\r', '\t']);
            self.at += rest.len() - trimmed.len();
            let length = if trimmed.starts_with('#') || trimmed.starts_with("//") {
                trimmed.find(['\n', '\r']).unwrap_or(trimmed.len())
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else {
                return;
            };
            let comment = trimmed[..length].trim_end();
            self.faults.push(Fault {
                span: self.at..self.at + comment.len(),
                kind: FaultKind::Comment,
            });
            self.at += length;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn unexpected<T>(&mut self, wanted: &str) -> Option<T> {
        match self.peek() {
            None => self.fault(self.at..self.at, format!("the text ends where {wanted} is expected")),
            Some(found) => {
                let span = self.at..self.at + found.len_utf8();
                self.fault(span, format!("`{}` where {wanted} is expected", found.escape_debug()))
            }
        }
    }

    fn fault<T>(&mut self, span: Range<usize>, what: impl Into<String>) -> Option<T> {
        let span = span.start..span.end.min(self.text.len()).max(span.start);
        self.faults.push(Fault {
            span,
            kind: FaultKind::Other(what.into()),
        });
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(&str, String)> {
        let (_, faults) = read(text);
        let kind = |fault: &Fault| match &fault.kind {
            FaultKind::Comment => "comment".to_owned(),
            FaultKind::TrailingComma => "trailing comma".to_owned(),
            FaultKind::Other(what) => what.clone(),
        };
        faults
            .iter()
            .map(|fault| (&text[fault.span.clone()], kind(fault)))
            .collect()
    }

    macro_rules! wrong {
        ($($fact:ident: $text:expr => $($marked:literal $what:literal),+;)*) => {$(
            #[test]
            fn $fact() {
                let expected = vec![$(($marked, $what.to_owned())),+];
                assert_eq!(faults($text), expected);
            }
        )*};
    }

    wrong! {
        hash_comments: "[1, # one\n2]" => "# one" "comment";
        slash_comments: "[1 // one\r\n, 2]" => "// one" "comment";
        block_comments: "[/* a\nb */1]" => "/* a\nb */" "comment";
        a_comment_at_the_end: "[] # done" => "# done" "comment";
        trailing_commas: "[{\"a\": 1,},]" => "," "trailing comma", "," "trailing comma";
        all_of_them: "[1, # one\n]" => "# one" "comment", "," "trailing comma";
        a_missing_colon: "{\"a\" 1}" => "1" "`1` where `:` is expected";
        a_missing_comma: "[1 2]" => "2" "`2` where `,` or `]` is expected";
        a_bare_key: "{a: 1}" => "a" "`a` where a key in double quotes is expected";
        a_cut_text: "[1" => "" "the text ends where `,` or `]` is expected";
        an_open_string: "[\"a]" => "\"" "a text that is not closed";
        a_broken_string: "[\"a\nb\"]" => "\n" "a line break or control character inside a text";
        an_unknown_escape: r#"["\x"]"# => r#""\x""# "an escape that JSON does not know";
        a_leading_zero: "[01]" => "01" "a number that JSON does not know";
        an_unknown_word: "[yes]" => "y" "`y` where a value is expected";
        two_values: "[] []" => "[" "`[` where the end of the text is expected";
    }

    #[test]
    fn good_json_has_no_faults_and_knows_its_places() {
        let text = r#" [{"k": "v\u00e9", "n": -1.5e3}, null, true] "#;
        let (node, faults) = read(text);
        assert!(faults.is_empty());
        let Some(Node {
            value: Value::Array(items),
            ..
        }) = node
        else {
            panic!("an array")
        };
        let Value::Object(members) = &items[0].value else {
            panic!("an object")
        };
        assert_eq!(&text[members[0].key_span.clone()], "\"k\"");
        assert_eq!(&text[members[0].node.inner()], "v\\u00e9");
        assert!(matches!(&members[0].node.value, Value::Text(text) if text == "vé"));
    }

    #[test]
    fn deep_nesting_stops_early() {
        let text = "[".repeat(50_000);
        assert_eq!(faults(&text)[0].1, "more than 64 arrays and objects inside one another");
    }
}
