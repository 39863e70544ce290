//! Where the documents of a text begin and end.

use std::ops::Range;

/// Cuts a text at lines that begin with `---`, as kubectl does; exact in YAML, where no content can hold such a line.
#[derive(Clone, Debug)]
pub(super) struct Split<'s> {
    text: &'s str,
    next: Option<usize>,
}

/// A document's text, without the separator before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) content: Range<usize>,
    /// What stands behind the `---` before it and is no comment: kubectl refuses that.
    pub(super) behind_separator: Option<Range<usize>>,
}

impl<'s> Split<'s> {
    pub(super) const fn new(text: &'s str) -> Self {
        Self { text, next: Some(0) }
    }
}

impl Iterator for Split<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let start = self.next?;
        let mut chunk = Chunk {
            content: start..self.text.len(),
            behind_separator: None,
        };
        if is_separator(&self.text[start..]) {
            let line = start..line_end(self.text, start);
            chunk.behind_separator = behind(self.text, &line);
            chunk.content.start = line.end;
        }
        self.next = None;
        let mut from = chunk.content.start;
        while let Some(at) = find_separator(self.text, from) {
            if has_only_directives(&self.text[chunk.content.start..at]) {
                from = line_end(self.text, at);
                continue;
            }
            chunk.content.end = at;
            self.next = Some(at);
            break;
        }
        Some(chunk)
    }
}

pub(super) fn is_separator(line: &str) -> bool {
    line.starts_with("---")
}

fn find_separator(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    if is_separator(rest) {
        return Some(from);
    }
    memchr::memmem::find(rest.as_bytes(), b"\n---").map(|at| from + at + 1)
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

/// Directives belong to the document behind the next separator.
pub(super) fn has_only_directives(text: &str) -> bool {
    let mut found = false;
    for line in text.lines().map(str::trim_end) {
        match line.as_bytes().first() {
            Some(b'%') => found = true,
            Some(b'#') | None => {}
            Some(_) => return false,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        Split::new(text).map(|chunk| &text[chunk.content]).collect()
    }

    #[test]
    fn separators_stand_at_the_begin_of_lines() {
        assert_eq!(
            contents("a\n---\nb --- c\n --- \n---\n"),
            ["a\n", "b --- c\n --- \n", ""]
        );
        assert_eq!(contents("--- # one\r\na\r\n---\r\nb"), ["a\r\n", "b"]);
        assert_eq!(contents(""), [""]);
        assert_eq!(contents("---"), [""]);
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
        let found: Vec<_> = Split::new(text).map(|chunk| chunk.behind_separator).collect();
        assert_eq!(found, [Some(4..8), Some(18..19)]);
    }
}
