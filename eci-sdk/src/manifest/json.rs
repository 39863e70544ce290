//! JSON, in one pass into the same arena.

use std::ops::Range;

use memchr::memchr2;

use super::arena::{Arena, Builder, Kind};
use super::fault::Fault;

/// Reads one value from the begin of the text, and says where it ends; what follows is not looked at.
pub(super) fn read(source: &str) -> Result<(Arena, usize), Fault> {
    let mut scan = Scan {
        text: source,
        bytes: source.as_bytes(),
        at: 0,
        builder: Builder::new(source),
    };
    scan.blank();
    scan.value()?;
    Ok((scan.builder.finish(), scan.at))
}

/// The scanner; its recursion is bounded by the depth that the builder accepts.
struct Scan<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    builder: Builder<'s>,
}

impl Scan<'_> {
    fn value(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn object(&mut self) -> Result<(), Fault> {
        self.builder.begin(Kind::Map, self.at)?;
        self.at += 1;
        self.blank();
        if self.peek() == Some(b'}') {
            return self.close();
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            self.string()?;
            self.blank();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("`:`"));
            }
            self.at += 1;
            self.blank();
            self.value()?;
            self.blank();
            match self.peek() {
                Some(b'}') => return self.close(),
                Some(b',') => self.at += 1,
                _ => return Err(self.unexpected("`,` or `}`")),
            }
            self.blank();
        }
    }

    fn array(&mut self) -> Result<(), Fault> {
        self.builder.begin(Kind::Seq, self.at)?;
        self.at += 1;
        self.blank();
        if self.peek() == Some(b']') {
            return self.close();
        }
        loop {
            self.value()?;
            self.blank();
            match self.peek() {
                Some(b']') => return self.close(),
                Some(b',') => self.at += 1,
                _ => return Err(self.unexpected("`,` or `]`")),
            }
            self.blank();
        }
    }

    #[allow(clippy::unnecessary_wraps, reason = "the last step of functions that can fail")]
    fn close(&mut self) -> Result<(), Fault> {
        self.at += 1;
        self.builder.end(Some(self.at));
        Ok(())
    }

    fn string(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let inner = start + 1;
        let Some(length) = memchr2(b'"', b'\\', &self.bytes[inner..]) else {
            return Err(self.unclosed(start));
        };
        self.at = inner + length;
        self.refuse_control(inner..self.at)?;
        if self.bytes[self.at] == b'"' {
            self.at += 1;
            self.builder.slice(Kind::Double, start..self.at, inner..self.at - 1)?;
            return Ok(());
        }
        self.escaped(start)
    }

    /// A string with escapes; the scan stands on the first of them.
    fn escaped(&mut self, start: usize) -> Result<(), Fault> {
        let from = self.builder.buffer().len();
        let mut plain = start + 1;
        loop {
            let piece = &self.text[plain..self.at];
            self.builder.buffer().push_str(piece);
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                self.builder.spelt(Kind::Double, start..self.at, from)?;
                return Ok(());
            }
            let character = self.escape()?;
            self.builder.buffer().push(character);
            plain = self.at;
            let Some(length) = memchr2(b'"', b'\\', &self.bytes[plain..]) else {
                return Err(self.unclosed(start));
            };
            self.at = plain + length;
            self.refuse_control(plain..self.at)?;
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        self.at += 2;
        Ok(match self.bytes.get(start + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => {
                let Some(first) = self.unit() else {
                    return Err(Fault::syntax(start..start + 2, "`\\u` needs four hexadecimal digits"));
                };
                self.character(first)
            }
            _ => return Err(Fault::syntax(start..start + 1, "an escape that JSON does not know")),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let value = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.at += 4;
        value.then(|| u32::from_str_radix(digits, 16).ok())?
    }

    /// Joins a surrogate pair; half a pair becomes the replacement character, as Go reads it.
    fn character(&mut self, first: u32) -> char {
        if (0xD800..0xDC00).contains(&first) && self.bytes[self.at..].starts_with(b"\\u") {
            let back = self.at;
            self.at += 2;
            if let Some(second @ 0xDC00..=0xDFFF) = self.unit() {
                let joined = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
            self.at = back;
        }
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut valid = whole == 1 || whole > 1 && !zero;
        if self.peek() == Some(b'.') {
            self.at += 1;
            valid &= self.digits() > 0;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            valid &= self.digits() > 0;
        }
        if !valid {
            return Err(Fault::syntax(start..self.at, "a number that JSON does not know"));
        }
        self.builder.slice(Kind::Plain, start..self.at, start..self.at)?;
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let rest = &self.bytes[self.at..];
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        let span = self.at..self.at + word.len();
        self.at = span.end;
        self.builder.slice(Kind::Plain, span.clone(), span)?;
        Ok(())
    }

    fn blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn refuse_control(&self, range: Range<usize>) -> Result<(), Fault> {
        let control = self.bytes[range.clone()].iter().position(|&byte| byte < b' ');
        match control {
            Some(at) => {
                let at = range.start + at;
                Err(Fault::syntax(
                    at..at + 1,
                    "a line break or control character inside a string",
                ))
            }
            None => Ok(()),
        }
    }

    fn unclosed(&self, start: usize) -> Fault {
        let line = memchr2(b'\n', b'\r', &self.bytes[start..]).unwrap_or(self.bytes.len() - start);
        Fault::syntax(start..start + line, "a string that is not closed")
    }

    fn unexpected(&self, wanted: &str) -> Fault {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        match found {
            None => Fault::syntax(self.at..self.at, format!("the text ends where {wanted} is expected")),
            Some(found) => {
                let span = self.at..self.at + found.len_utf8();
                Fault::syntax(span, format!("`{}` where {wanted} is expected", found.escape_debug()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::fault::FaultKind;

    fn fault(text: &str) -> (Range<usize>, String) {
        let fault = read(text).expect_err("bad JSON");
        match fault.kind {
            FaultKind::Syntax(what) => (fault.span, what.into_owned()),
            other => panic!("{other:?}"),
        }
    }

    fn string(text: &str) -> String {
        let (arena, end) = read(text).expect("JSON");
        assert_eq!(end, text.len());
        arena.text(text, 0).to_owned()
    }

    #[test]
    fn nodes_know_their_places() {
        let text = r#" {"a": [1, "x"], "b": null} rest"#;
        let (arena, end) = read(text).expect("JSON");
        assert_eq!(&text[end..], " rest");
        let spans: Vec<&str> = (0..7).map(|id| &text[arena.node(id).span()]).collect();
        assert_eq!(
            spans,
            [
                r#"{"a": [1, "x"], "b": null}"#,
                r#""a""#,
                r#"[1, "x"]"#,
                "1",
                r#""x""#,
                r#""b""#,
                "null"
            ]
        );
    }

    #[test]
    fn escapes_are_joined_and_halves_replaced() {
        assert_eq!(string(r#""a\u00e9\n\/\\""#), "aé\n/\\");
        assert_eq!(string(r#""\ud83d\ude00""#), "😀");
        assert_eq!(string(r#""\ud83dx\ude00""#), "\u{fffd}x\u{fffd}");
        assert_eq!(string(r#""\ud83d\u0041""#), "\u{fffd}A");
    }

    #[test]
    fn mistakes_are_named_where_they_stand() {
        assert_eq!(fault("{\"a\" 1}"), (5..6, "`1` where `:` is expected".to_owned()));
        assert_eq!(
            fault("{\"a\": 1"),
            (7..7, "the text ends where `,` or `}` is expected".to_owned())
        );
        assert_eq!(fault("[1,]"), (3..4, "`]` where a value is expected".to_owned()));
        assert_eq!(fault("[01]").1, "a number that JSON does not know");
        assert_eq!(
            fault("\"a\nb\""),
            (2..3, "a line break or control character inside a string".to_owned())
        );
        assert_eq!(fault(r#""\x""#), (1..2, "an escape that JSON does not know".to_owned()));
        assert_eq!(fault(r#""abc"#), (0..4, "a string that is not closed".to_owned()));
        assert_eq!(fault("{é: 1}").0, 1..3);
    }

    #[test]
    fn deep_nesting_stops_early() {
        let text = "[".repeat(50_000);
        let fault = read(&text).expect_err("too deep");
        assert_eq!(fault.kind, FaultKind::TooDeep);
    }
}
