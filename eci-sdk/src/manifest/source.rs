//! Texts that hold documents: files, or parts of a stream.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text with a name, and where its lines begin.
///
/// Bytes that are not UTF-8 do not lose the rest: they are replaced, and only the documents that hold them are refused.
///
/// # Example
/// ```
/// use eci_sdk::manifest::Source;
///
/// let source = Source::from_bytes("web.yaml", b"\xef\xbb\xbfkind: Pod\n".to_vec());
/// assert_eq!(source.text(), "kind: Pod\n");
/// assert_eq!(source.position(6).to_string(), "1:7");
/// ```
pub struct Source {
    name: Arc<str>,
    text: String,
    encoding: Encoding,
    /// Where bytes were replaced, in the text.
    replaced: Vec<usize>,
    /// Lines of the stream before this text.
    lines_before: usize,
    line_starts: OnceLock<Vec<usize>>,
    #[cfg(feature = "report")]
    secrets: OnceLock<Vec<Range<usize>>>,
}

impl Source {
    /// A text in memory.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        Self::of_text(name.into(), text.into()).without_mark()
    }

    fn of_text(name: Arc<str>, text: String) -> Self {
        Self {
            name,
            text,
            encoding: Encoding::Utf8,
            replaced: Vec::new(),
            lines_before: 0,
            line_starts: OnceLock::new(),
            #[cfg(feature = "report")]
            secrets: OnceLock::new(),
        }
    }

    /// What a file holds: UTF-8, with or without a byte order mark, or UTF-16 with one.
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: Vec<u8>) -> Self {
        let encoding = Encoding::of(&bytes);
        if encoding == Encoding::Utf8 {
            return Self::utf8(name, bytes).without_mark();
        }
        let units = bytes.get(2..).unwrap_or_default().chunks(2);
        let units = units.map(|unit| encoding.unit(unit));
        let characters = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
        Self {
            encoding,
            ..Self::new(name, characters.collect::<String>())
        }
    }

    /// Part of a stream in UTF-8: bytes at its begin are no mark.
    pub(super) fn utf8(name: impl Into<Arc<str>>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::of_text(name.into(), text),
            Err(error) => Self::lossy(name.into(), error.as_bytes()),
        }
    }

    /// The name: a path, or `-` for standard input.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the bytes were written.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Line and column of a byte; of the end for bytes beyond it.
    pub fn position(&self, byte: usize) -> Position {
        let starts = self.line_starts();
        let byte = floor(&self.text, byte);
        let line = starts.partition_point(|&start| start <= byte).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or_default();
        Position {
            line: self.lines_before + line + 1,
            column: self.text[start..byte].chars().count() + 1,
        }
    }

    /// The bytes of a line counted from one, without its line break; empty for lines that are not there.
    pub fn line(&self, number: usize) -> Range<usize> {
        let starts = self.line_starts();
        let index = number.saturating_sub(self.lines_before + 1);
        let Some(&start) = starts.get(index) else {
            return self.text.len()..self.text.len();
        };
        let end = starts.get(index + 1).copied().unwrap_or(self.text.len());
        let written = self.text[start..end].trim_end_matches(['\r', '\n']).len();
        start..start + written
    }

    /// The same as a part of a stream that begins behind so many lines.
    #[must_use]
    pub fn behind(mut self, lines: usize) -> Self {
        self.lines_before = lines;
        self
    }

    /// The parts that hold Secrets, which no excerpt may show.
    #[cfg(feature = "report")]
    pub(crate) fn secrets(&self) -> &[Range<usize>] {
        self.secrets.get_or_init(|| super::hidden::secrets(&self.text))
    }

    /// The first place in a range where bytes were not UTF-8.
    pub(super) fn replaced_in(&self, range: &Range<usize>) -> Option<usize> {
        let index = self.replaced.partition_point(|&at| at < range.start);
        self.replaced.get(index).copied().filter(|at| range.contains(at))
    }

    fn lossy(name: Arc<str>, bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len());
        let mut replaced = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                replaced.push(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Self {
            replaced,
            ..Self::of_text(name, text)
        }
    }

    fn without_mark(mut self) -> Self {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            let mark = BYTE_ORDER_MARK.len_utf8();
            self.text.drain(..mark);
            for at in &mut self.replaced {
                *at = at.saturating_sub(mark);
            }
        }
        self
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| at + 1)).collect()
        })
    }
}

impl fmt::Debug for Source {
    /// Without the text, which may hold Secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name)
            .field("bytes", &self.text.len())
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}

impl From<(&str, &str)> for Source {
    /// Name, then text.
    fn from((name, text): (&str, &str)) -> Self {
        Self::new(name, text)
    }
}

/// How a file's bytes were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, the only one that kubectl reads.
    Utf8,
    /// UTF-16 with a byte order mark, low bytes first.
    Utf16LittleEndian,
    /// UTF-16 with a byte order mark, high bytes first.
    Utf16BigEndian,
}

impl Encoding {
    /// The name people know.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16LittleEndian => "UTF-16 (little endian)",
            Self::Utf16BigEndian => "UTF-16 (big endian)",
        }
    }

    pub(super) const fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xFE, ..] => Self::Utf16LittleEndian,
            [0xFE, 0xFF, ..] => Self::Utf16BigEndian,
            _ => Self::Utf8,
        }
    }

    /// A unit of UTF-16; half a unit at the end is what no character begins with.
    pub(super) fn unit(self, bytes: &[u8]) -> u16 {
        match (self, bytes) {
            (Self::Utf16BigEndian, &[high, low]) => u16::from_be_bytes([high, low]),
            (_, &[low, high]) => u16::from_le_bytes([low, high]),
            _ => 0xDC00,
        }
    }
}

/// Line and column, both counted from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The byte, or the begin of the character it stands in, or the end of the text.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Text for messages: one line, not longer than a person reads, no control characters.
pub(super) fn excerpt(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    let is_plain = |character: char| !character.is_control();
    if text.len() <= LONGEST && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let first = text.lines().next().unwrap_or_default();
    let mut short: String = first
        .chars()
        .filter(|&character| is_plain(character))
        .take(LONGEST)
        .collect();
    if short.len() < text.trim_end().len() {
        short.push_str("...");
    }
    Cow::Owned(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, encode: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(encode)
            .collect()
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.yaml", "é: 1\r\nb: 😀x\n");
        assert_eq!(source.position(2), Position { line: 1, column: 2 });
        assert_eq!(source.position(14), Position { line: 2, column: 5 });
        assert_eq!(source.position(8).to_string(), "2:2");
        assert_eq!(source.position(999).to_string(), "3:1");
    }

    #[test]
    fn a_byte_inside_a_character_is_at_its_begin() {
        let source = Source::new("a.yaml", "😀");
        assert_eq!(source.position(2).to_string(), "1:1");
    }

    #[test]
    fn lines_are_given_without_their_breaks() {
        let source = Source::new("a.yaml", "a: 1\r\nb: 2");
        assert_eq!(&source.text()[source.line(1)], "a: 1");
        assert_eq!(&source.text()[source.line(2)], "b: 2");
        assert_eq!(source.line(3), 10..10);
        assert_eq!(source.line(0), 0..4);
    }

    #[test]
    fn parts_of_streams_count_on() {
        let source = Source::new("-", "b: 2\n").behind(41);
        assert_eq!(source.position(3).to_string(), "42:4");
        assert_eq!(&source.text()[source.line(42)], "b: 2");
    }

    #[test]
    fn utf_16_is_converted_and_told() {
        for (encode, encoding) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], Encoding::Utf16LittleEndian),
            (u16::to_be_bytes, Encoding::Utf16BigEndian),
        ] {
            let source = Source::from_bytes("a.yaml", utf16("kind: Pöd 😀\n", encode));
            assert_eq!((source.text(), source.encoding()), ("kind: Pöd 😀\n", encoding));
        }
        let odd = Source::from_bytes("a.yaml", vec![0xFF, 0xFE, b'a', 0, b'b']);
        assert_eq!(odd.text(), "a\u{fffd}");
    }

    #[test]
    fn bad_bytes_are_found_again() {
        let source = Source::from_bytes("a.yaml", b"\xef\xbb\xbfa: \xff\nb: \xc3\n".to_vec());
        assert_eq!(source.text(), "a: \u{fffd}\nb: \u{fffd}\n");
        assert_eq!(source.replaced_in(&(0..7)), Some(3));
        assert_eq!(source.replaced_in(&(4..20)), Some(10));
        assert_eq!(source.replaced_in(&(11..20)), None);
    }

    #[test]
    fn secrets_are_not_printed() {
        let source = Source::new("a.yaml", "password: hunter2");
        assert!(!format!("{source:?}").contains("hunter2"));
    }

    #[test]
    fn excerpts_are_short_and_plain() {
        assert_eq!(excerpt("plain"), "plain");
        assert_eq!(excerpt("a\u{1b}[31m\nb"), "a[31m...");
        assert_eq!(excerpt(&"x".repeat(100)).len(), 63);
    }
}
