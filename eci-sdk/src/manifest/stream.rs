//! Documents of a stream, in constant memory.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::document::Document;
use super::reader::Reader;
use super::source::{Encoding, Source};
use super::split::{Cut, Cutter, Form, Piece, is_separator, without_comma};

/// The documents of a stream, each with a [`Source`] of its own: only the document at hand is in memory.
///
/// Lines and columns count from the begin of the stream. A stream in UTF-16 is read as a whole, up to the reader's limit.
///
/// # Example
/// ```
/// use eci_sdk::manifest::{Reader, Stream};
///
/// let input = "kind: Pod\n---\nkind: Service\n".as_bytes();
/// let mut documents = Stream::new(Reader::new(), "-", input);
/// assert_eq!(documents.next().transpose()?.map(|document| document.kind().to_owned()).as_deref(), Some("Pod"));
/// let service = documents.next().transpose()?.expect("another one");
/// assert_eq!(service.source().position(service.range().start).line, 3);
/// assert!(documents.next().is_none());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Stream<R> {
    reader: Reader,
    name: Arc<str>,
    input: R,
    cutter: Cutter,
    piece: Pending,
    /// Lines read so far.
    lines: usize,
    ready: VecDeque<Document>,
    is_begun: bool,
    is_ended: bool,
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The piece at hand.
#[derive(Debug)]
struct Pending {
    text: Vec<u8>,
    /// Lines of the stream before it.
    line: usize,
    form: Form,
    is_too_large: bool,
}

impl<R: BufRead> Stream<R> {
    /// Reads a stream; the name stands in every finding's place.
    pub fn new(reader: Reader, name: impl Into<Arc<str>>, input: R) -> Self {
        Self {
            reader,
            name: name.into(),
            input,
            cutter: Cutter::default(),
            piece: Pending {
                text: Vec::new(),
                line: 0,
                form: Form::Document,
                is_too_large: false,
            },
            lines: 0,
            ready: VecDeque::new(),
            is_begun: false,
            is_ended: false,
        }
    }

    /// Reads on until a document is ready or the stream ends.
    fn fill(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_begun, true) && self.is_utf_16()? {
            return self.whole();
        }
        let mut line = Vec::new();
        while self.ready.is_empty() && !self.is_ended {
            line.clear();
            let is_cut = self.line(&mut line)?;
            if line.is_empty() {
                self.is_ended = true;
                self.finish(usize::MAX);
                break;
            }
            let mark = if self.lines == 0 && line.starts_with(BYTE_ORDER_MARK) {
                BYTE_ORDER_MARK.len()
            } else {
                0
            };
            self.take(&line[mark..]);
            if is_cut {
                self.piece.is_too_large = true;
                self.cutter.lose();
            }
            self.lines += 1;
        }
        Ok(())
    }

    fn take(&mut self, line: &[u8]) {
        match self.cutter.line(line) {
            Cut::Take => self.keep(line),
            Cut::Begin => {
                self.finish(usize::MAX);
                self.keep(line);
            }
            Cut::BeginItems => {
                self.piece.text.clear();
                self.piece.form = Form::Item;
                self.keep(line);
            }
            Cut::End => {
                self.keep(line);
                let comma = line.len() - without_comma(line);
                self.finish(self.piece.text.len().saturating_sub(comma));
            }
            Cut::Between => {
                self.finish(usize::MAX);
                self.piece.form = Form::Document;
                if is_separator(line) {
                    self.behind(line);
                }
            }
        }
    }

    fn keep(&mut self, line: &[u8]) {
        if self.piece.text.is_empty() && !self.piece.is_too_large {
            self.piece.line = self.lines;
        }
        self.piece.is_too_large |= self.piece.text.len() + line.len() > self.reader.limit();
        if self.piece.is_too_large {
            self.piece.text.clear();
        } else {
            self.piece.text.extend_from_slice(line);
        }
    }

    /// Reads the piece at hand, up to a byte, and begins another one.
    fn finish(&mut self, end: usize) {
        let is_too_large = std::mem::take(&mut self.piece.is_too_large);
        let mut text = std::mem::take(&mut self.piece.text);
        text.truncate(end);
        if is_too_large {
            // Any text above the limit will do.
            let source = self.source(b"--".to_vec());
            let piece = Piece {
                content: 0..2,
                form: Form::Document,
            };
            self.ready.extend(self.reader.with_limit(0).piece(&source, &piece));
        } else if !text.is_empty() {
            let source = self.source(text);
            let piece = Piece {
                content: 0..source.text().len(),
                form: self.piece.form,
            };
            self.ready.extend(self.reader.piece(&source, &piece));
        }
    }

    /// What stands behind a separator on its line.
    fn behind(&mut self, line: &[u8]) {
        let rest = line[3..].trim_ascii();
        if rest.is_empty() || rest.starts_with(b"#") {
            return;
        }
        self.piece.line = self.lines;
        let source = self.source(line.to_vec());
        let start = 3 + (line.len() - 3 - line[3..].trim_ascii_start().len());
        let piece = Piece {
            content: start..start + rest.len(),
            form: Form::BehindSeparator,
        };
        self.ready.extend(self.reader.piece(&source, &piece));
    }

    fn source(&self, text: Vec<u8>) -> Arc<Source> {
        Arc::new(Source::utf8(Arc::clone(&self.name), text).behind(self.piece.line))
    }

    /// One line, or as much of it as a document may have; says whether something was left out.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        let limit = self.reader.limit().saturating_add(1);
        let mut is_cut = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            let length = memchr::memchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
            let room = limit.saturating_sub(line.len());
            is_cut |= length > room;
            line.extend_from_slice(&buffer[..length.min(room)]);
            let is_whole = length == 0 || buffer[length - 1] == b'\n';
            self.input.consume(length);
            if is_whole {
                return Ok(is_cut);
            }
        }
    }

    fn is_utf_16(&mut self) -> io::Result<bool> {
        Ok(Encoding::of(self.input.fill_buf()?) != Encoding::Utf8)
    }

    fn whole(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        let limit = u64::try_from(self.reader.limit()).unwrap_or(u64::MAX);
        self.input
            .by_ref()
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)?;
        self.is_ended = true;
        let source = Arc::new(Source::from_bytes(Arc::clone(&self.name), bytes));
        let documents: Vec<Document> = self.reader.read(&source).collect();
        self.ready.extend(documents);
        Ok(())
    }
}

impl<R: BufRead> Iterator for Stream<R> {
    type Item = io::Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty()
            && let Err(error) = self.fill()
        {
            self.is_ended = true;
            return Some(Err(error));
        }
        self.ready.pop_front().map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::FieldPath;
    use proptest::prelude::*;

    /// What documents say, where they stand, and what is wrong with them.
    fn told(documents: impl Iterator<Item = Document>) -> Vec<(String, usize, Vec<&'static str>)> {
        let told = documents.map(|document| {
            let at = document.source().position(document.span(&FieldPath::ROOT, None).start);
            let names = document
                .objects()
                .1
                .iter()
                .map(|finding| finding.rule().name())
                .collect();
            (document.reference().to_string(), at.line, names)
        });
        told.collect()
    }

    fn streamed(text: &[u8]) -> Vec<(String, usize, Vec<&'static str>)> {
        let input = io::BufReader::with_capacity(7, text);
        told(Stream::new(Reader::new(), "-", input).map(|document| document.expect("memory can be read")))
    }

    fn whole(text: &[u8]) -> Vec<(String, usize, Vec<&'static str>)> {
        let source = Arc::new(Source::from_bytes("-", text.to_vec()));
        told(Reader::new().read(&source))
    }

    #[test]
    fn a_stream_gives_what_the_whole_text_gives() {
        for text in [
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n--- x\n# c\nkind: [\n---\n{\"kind\": \"B\"}\n{\"kind\": 1}",
            "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Node\nkind: List\n---\nkind: C\n",
            "{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n        {\n            \"kind\": \"A\"\n        },\n        {\n        }\n    ]\n}\n{}\n",
            "\u{feff}kind: A\r\n---\r\nkind: B",
        ] {
            assert_eq!(streamed(text.as_bytes()), whole(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn utf_16_is_read_as_well() {
        let text: Vec<u8> = "\u{feff}kind: A\n---\nkind: B\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(streamed(&text).len(), 2);
        assert_eq!(streamed(&text), whole(&text));
    }

    #[test]
    fn what_is_too_large_is_told_and_passed_over() {
        let text = format!(
            "kind: A\n---\nkind: B\ntext: {}\nmore: 1\n---\nkind: C\n",
            "x".repeat(1000)
        );
        let stream = Stream::new(Reader::new().with_limit(100), "-", text.as_bytes());
        let told = told(stream.map(|document| document.expect("memory can be read")));
        let names: Vec<_> = told.iter().map(|(_, line, names)| (*line, names.as_slice())).collect();
        let expected: [(usize, &[&str]); 3] = [
            (1, &["manifest-not-kubernetes"]),
            (3, &["manifest-too-large"]),
            (7, &["manifest-not-kubernetes"]),
        ];
        assert_eq!(names, expected);
    }

    proptest! {
        #[test]
        fn any_stream_gives_what_the_whole_text_gives(
            lines in prop::collection::vec("(---| *- |\\{|\\}|\"|kind: A|apiVersion: v1|items:|a: \\[|&a |\\PC{0,6})(\r?\n| )", 0..24),
        ) {
            let text = lines.concat();
            prop_assert_eq!(streamed(text.as_bytes()), whole(text.as_bytes()));
        }
    }
}
