//! JSON inside values, with the place of every part, so that a finding can point at the wrong one.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::value::{Fault, Reading, Value, ValueError, text};

/// JSON whose shape another product decides.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JsonText(Box<str>);

impl JsonText {
    /// The text as written, without blanks around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Value for JsonText {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        Json::parse(text).map(|_| Self(text.trim().into()))
    }
}

/// A JSON value and where it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Json<'t> {
    text: &'t str,
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind<'t>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind<'t> {
    Null,
    Bool,
    Number,
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Vec<Member<'t>>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member<'t> {
    pub(crate) name: Cow<'t, str>,
    pub(crate) name_range: Range<usize>,
    pub(crate) value: Json<'t>,
}

impl<'t> Json<'t> {
    /// Reads a whole text.
    pub(crate) fn parse(text: &'t str) -> Result<Self, ValueError> {
        let is_json = text.starts_with(['{', '[']) && !text.starts_with("{{");
        if !is_json && text::is_template(text) {
            return Err(ValueError::new(text, "JSON"));
        }
        let mut parser = Parser { text, at: 0, depth: 0 };
        let value = parser.value()?;
        parser.blanks();
        match parser.at == text.len() {
            true => Ok(value),
            false => Err(parser.error(parser.at..text.len(), "the end of the JSON")),
        }
    }

    /// An error about this part.
    pub(crate) fn error(&self, expected: impl Into<Cow<'static, str>>) -> ValueError {
        ValueError::within(self.text, self.range.clone(), expected)
    }

    /// An error about a part of a text, given in bytes of the text; about all of it where escapes hide the part.
    pub(crate) fn error_in(&self, part: Range<usize>, expected: impl Into<Cow<'static, str>>) -> ValueError {
        ValueError::within(self.text, self.part(part), expected)
    }

    /// Where a part of a text stands in the JSON.
    pub(crate) fn part(&self, part: Range<usize>) -> Range<usize> {
        match &self.kind {
            Kind::Text(Cow::Borrowed(_)) => self.range.start + 1 + part.start..self.range.start + 1 + part.end,
            _ => self.range.clone(),
        }
    }

    /// A text that was filled in.
    pub(crate) fn string(&self, expected: &'static str) -> Result<&str, ValueError> {
        match &self.kind {
            Kind::Text(text) if text::is_unfilled(text) => {
                Err(self.error("a real value").with_fault(Fault::Placeholder))
            }
            Kind::Text(text) => Ok(text),
            _ => Err(self.error(expected)),
        }
    }

    pub(crate) fn list(&self, expected: &'static str) -> Result<&[Self], ValueError> {
        match &self.kind {
            Kind::List(items) => Ok(items),
            _ => Err(self.error(expected)),
        }
    }

    /// The members of an object that has no other names than these, each at most once.
    pub(crate) fn members<const N: usize>(
        &self,
        names: [&'static str; N],
        expected: &'static str,
    ) -> Result<[Option<&Self>; N], ValueError> {
        let Kind::Object(members) = &self.kind else {
            return Err(self.error(expected));
        };
        let mut found = [None; N];
        for member in members {
            let wrong = |expected: String| ValueError::within(self.text, member.name_range.clone(), expected);
            let Some(index) = names.iter().position(|name| *name == member.name) else {
                return Err(wrong(format!("one of the names {}", names.join(", "))));
            };
            if found[index].replace(&member.value).is_some() {
                return Err(wrong("a name that stands once".into()));
            }
        }
        Ok(found)
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

/// No value of a pod nests deeper; the stack is never at risk.
const MAX_DEPTH: usize = 32;

impl<'t> Parser<'t> {
    fn value(&mut self) -> Result<Json<'t>, ValueError> {
        self.blanks();
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Kind::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'a'..=b'z') => self.word()?,
            _ => return Err(self.unexpected("a JSON value")),
        };
        Ok(Json {
            text: self.text,
            range: start..self.at,
            kind,
        })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Kind<'t>, ValueError>) -> Result<Kind<'t>, ValueError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.unexpected("JSON that is nested less deeply"));
        }
        self.at += 1;
        let kind = read(self);
        self.depth -= 1;
        kind
    }

    fn object(&mut self) -> Result<Kind<'t>, ValueError> {
        let mut members = Vec::new();
        if self.eat(b'}') {
            return Ok(Kind::Object(members));
        }
        loop {
            self.blanks();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a name in double quotes"));
            }
            let name = self.string()?;
            let name_range = start..self.at;
            if !self.eat(b':') {
                return Err(self.unexpected("`:` after a name"));
            }
            let value = self.value()?;
            members.push(Member {
                name,
                name_range,
                value,
            });
            match (self.eat(b','), self.eat(b'}')) {
                (true, false) => {}
                (false, true) => return Ok(Kind::Object(members)),
                (true, true) => return Err(self.error(self.at - 1..self.at, "a name after the comma")),
                (false, false) => return Err(self.unexpected("`,` or `}`")),
            }
        }
    }

    fn list(&mut self) -> Result<Kind<'t>, ValueError> {
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value()?);
            match (self.eat(b','), self.eat(b']')) {
                (true, false) => {}
                (false, true) => return Ok(Kind::List(items)),
                (true, true) => return Err(self.error(self.at - 1..self.at, "an item after the comma")),
                (false, false) => return Err(self.unexpected("`,` or `]`")),
            }
        }
    }

    /// A text in double quotes; borrowed unless something in it is escaped.
    fn string(&mut self) -> Result<Cow<'t, str>, ValueError> {
        let start = self.at;
        let mut escaped = false;
        for (offset, byte) in self.text.as_bytes()[start + 1..].iter().enumerate() {
            let end = start + 1 + offset;
            match (escaped, byte) {
                (false, b'"') => {
                    self.at = end + 1;
                    return self.unescaped(start..end + 1);
                }
                (_, 0..0x20) => return Err(self.error(end..end + 1, "a text without control characters")),
                (false, b'\\') => escaped = true,
                _ => escaped = false,
            }
        }
        Err(self.error(start..self.text.len(), "a text that ends with a double quote"))
    }

    fn unescaped(&self, quoted: Range<usize>) -> Result<Cow<'t, str>, ValueError> {
        let inner = &self.text[quoted.start + 1..quoted.end - 1];
        if !inner.contains('\\') {
            return Ok(Cow::Borrowed(inner));
        }
        let text = serde_json::from_str(&self.text[quoted.clone()]).map(Cow::Owned);
        text.map_err(|_| self.error(quoted, "a text whose escapes JSON knows"))
    }

    fn number(&mut self) -> Result<Kind<'t>, ValueError> {
        let range = self.run(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        match serde_json::from_str::<serde_json::Number>(&self.text[range.clone()]) {
            Ok(_) => Ok(Kind::Number),
            Err(_) => Err(self.error(range, "a JSON number")),
        }
    }

    fn word(&mut self) -> Result<Kind<'t>, ValueError> {
        let range = self.run(|b| b.is_ascii_alphanumeric());
        match &self.text[range.clone()] {
            "null" => Ok(Kind::Null),
            "true" | "false" => Ok(Kind::Bool),
            _ => Err(self.error(range, "a JSON value; texts stand in double quotes")),
        }
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
        start..self.at
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        self.run(|b| b" \t\r\n".contains(&b));
    }

    /// Steps over blanks and a byte, if that comes next.
    fn eat(&mut self, byte: u8) -> bool {
        self.blanks();
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn unexpected(&self, expected: &'static str) -> ValueError {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        self.error(self.at..self.at + length, expected)
    }

    fn error(&self, range: Range<usize>, expected: &'static str) -> ValueError {
        ValueError::within(self.text, range, expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    macro_rules! broken {
        ($($fact:ident: $text:literal => $range:expr, $expected:literal;)*) => {$(
            #[test]
            fn $fact() {
                let error = Json::parse($text).expect_err("broken");
                assert_eq!((error.within, error.expected.as_ref()), ($range, $expected));
            }
        )*};
    }

    broken! {
        nothing: "" => 0..0, "a JSON value";
        a_stray_brace: r#"{"a":"b"}}"# => 9..10, "the end of the JSON";
        a_comma_at_the_end_of_a_list: "[1,]" => 3..4, "an item after the comma";
        a_comma_at_the_end_of_an_object: r#"{"a":1,}"# => 7..8, "a name after the comma";
        a_bare_name: "{a:1}" => 1..2, "a name in double quotes";
        a_bare_text: "[yes]" => 1..4, "a JSON value; texts stand in double quotes";
        a_missing_colon: r#"{"a" 1}"# => 5..6, "`:` after a name";
        an_open_text: r#"["abc]"# => 1..6, "a text that ends with a double quote";
        an_open_list: "[1" => 2..2, "`,` or `]`";
        an_unknown_escape: r#"["\q"]"# => 1..5, "a text whose escapes JSON knows";
        a_line_break_in_a_text: "[\"a\nb\"]" => 3..4, "a text without control characters";
        a_number_with_a_leading_zero: "[01]" => 1..3, "a JSON number";
    }

    #[test]
    fn templates_where_json_should_stand_are_placeholders() {
        for text in ["<hosts>", "${HOSTS}", "{{ .Values.hosts }}"] {
            assert_eq!(Json::parse(text).expect_err(text).fault, Fault::Placeholder, "{text}");
        }
        assert!(Json::parse(r#"{"a":"<b>"}"#).is_ok());
    }

    #[test]
    fn parts_know_their_place() {
        let text = r#" {"host": "a\u0062", "ip": [1, true, null]} "#;
        let json = Json::parse(text).expect("JSON");
        let [host, ip] = json.members(["host", "ip"], "an object").expect("both");
        let host = host.expect("there");
        assert_eq!(host.string("a text"), Ok("ab"));
        assert_eq!(&text[host.range.clone()], r#""a\u0062""#);
        let items = ip.expect("there").list("a list").expect("a list");
        assert_eq!(
            items.iter().map(|item| &text[item.range.clone()]).collect::<Vec<_>>(),
            ["1", "true", "null"]
        );
    }

    #[test]
    fn unknown_and_double_names_are_pointed_at() {
        let json = Json::parse(r#"{"a": 1, "b": 2}"#).expect("JSON");
        let error = json.members(["a"], "an object").expect_err("b is unknown");
        assert_eq!(
            (error.within.clone(), error.to_string().as_str()),
            (9..12, "`\"b\"` is not one of the names a")
        );
        let json = Json::parse(r#"{"a": 1, "a": 2}"#).expect("JSON");
        assert_eq!(json.members(["a"], "an object").expect_err("twice").within, 9..12);
    }

    #[test]
    fn deep_nesting_is_refused_early() {
        let error = Json::parse(&"[".repeat(100_000)).expect_err("too deep");
        assert_eq!(error.expected, "JSON that is nested less deeply");
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_about_what_json_is(text in r#"[\[\]{}":,a0-9\\ntrue .eE+-]{0,24}"#) {
            let ours = Json::parse(&text).is_ok();
            let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            prop_assert_eq!(ours, theirs, "{}", text);
        }
    }
}
