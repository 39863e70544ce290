//! Any YAML, through the events of a complete parser.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span, Tag};
use k8s_openapi::ByteString;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;

use super::arena::{Arena, Builder, DEPTH_LIMIT, Id, Kind, offset};
use super::fault::Fault;
use super::scalar::Scalar;

/// How many bytes aliases may stand for, per byte of the document.
const EXPANSION_PER_BYTE: u64 = 10;

/// Reads one document.
pub(super) fn read(source: &str) -> Result<Arena, Fault> {
    if let Some(at) = tab_before_content(source) {
        return Err(Fault::syntax(at..at + 1, TAB));
    }
    let mut load = Load {
        builder: Builder::new(source),
        anchors: BTreeMap::new(),
        open: Vec::new(),
        total: Weight::default(),
        ended: false,
    };
    for event in Parser::new_from_str_with_options(source, options()) {
        let (event, span) = event.map_err(|error| syntax(source, &error))?;
        if let Event::DocumentStart(..) = event
            && load.ended
        {
            let at = position(&span, source).start;
            return Err(Fault::syntax(
                at..at + 1,
                "text after the end of the document, which kubectl never reads",
            ));
        }
        load.event(event, &span)?;
    }
    let arena = load.builder.finish();
    check_merges(&arena)?;
    Ok(arena)
}

const TAB: &str = "a tab in the indentation";

/// The tab before the first token of a text: the parser takes it, kubectl does not.
fn tab_before_content(source: &str) -> Option<usize> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if !matches!(
            line.as_bytes().get(indentation),
            None | Some(b'\r' | b'\n' | b'#' | b'%')
        ) {
            return line[..indentation].find('\t').map(|tab| at + tab);
        }
        at += line.len();
    }
    None
}

fn options() -> Options {
    let mut options = Options::default();
    // As the C library and its descendants read.
    options.block_scalar_eof_without_line_feed = true;
    options.bom_inside_document_as_content = true;
    options.max_buffered_comment_events = usize::MAX;
    // The arena says where it is too deep; one level more lets it.
    options.flow_nesting_limit = DEPTH_LIMIT + 1;
    options.block_nesting_limit = DEPTH_LIMIT + 1;
    options
}

struct Load<'s> {
    builder: Builder<'s>,
    anchors: BTreeMap<usize, Anchor>,
    open: Vec<Opened>,
    total: Weight,
    ended: bool,
}

/// A node that aliases may name; without a weight it is not complete.
#[derive(Clone, Copy)]
struct Anchor {
    id: Id,
    weight: Option<Weight>,
}

#[derive(Clone, Copy)]
struct Opened {
    anchor: usize,
    weight: Weight,
}

/// What a node grows to when its aliases are followed.
#[derive(Clone, Copy, Default)]
struct Weight {
    bytes: u64,
    depth: usize,
}

impl Load<'_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Fault> {
        let at = position(span, self.builder.source());
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag.as_deref(), at),
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::MappingStart(_, anchor, _) => self.begin(Kind::Map, anchor, at.start),
            Event::SequenceStart(_, anchor, _) => self.begin(Kind::Seq, anchor, at.start),
            Event::MappingEnd | Event::SequenceEnd => {
                self.end(&at);
                Ok(())
            }
            Event::Comment(..) => {
                self.builder.comment(at);
                Ok(())
            }
            Event::DocumentEnd => {
                self.ended = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, kind: Kind, anchor: usize, start: usize) -> Result<(), Fault> {
        let id = self.builder.begin(kind, start)?;
        self.anchors.insert(anchor, Anchor { id, weight: None });
        self.open.push(Opened {
            anchor,
            weight: Weight::default(),
        });
        Ok(())
    }

    fn end(&mut self, bracket: &Range<usize>) {
        self.builder.end((!bracket.is_empty()).then_some(bracket.end));
        if let Some(opened) = self.open.pop() {
            let weight = Weight {
                bytes: opened.weight.bytes.saturating_add(1),
                depth: opened.weight.depth + 1,
            };
            if let Some(anchor) = self.anchors.get_mut(&opened.anchor) {
                anchor.weight = Some(weight);
            }
            self.weigh(weight);
        }
    }

    fn alias(&mut self, anchor: usize, at: Range<usize>) -> Result<(), Fault> {
        let Some(&Anchor { id, weight }) = self.anchors.get(&anchor) else {
            return Err(Fault::syntax(at, "an alias of nothing"));
        };
        let Some(weight) = weight else {
            return Err(Fault::syntax(at, "an alias inside the value it names"));
        };
        self.weigh(weight);
        if self.total.bytes > EXPANSION_PER_BYTE * self.builder.source().len() as u64 {
            return Err(Fault::alias_bomb(at));
        }
        if self.open.len() + weight.depth > DEPTH_LIMIT {
            return Err(Fault::too_deep(at.start));
        }
        self.builder.alias(at, id)
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        at: Range<usize>,
    ) -> Result<(), Fault> {
        let kind = match style {
            ScalarStyle::Plain => Kind::Plain,
            ScalarStyle::SingleQuoted => Kind::Single,
            ScalarStyle::DoubleQuoted => Kind::Double,
            ScalarStyle::Literal => Kind::Literal,
            ScalarStyle::Folded => Kind::Folded,
        };
        if kind == Kind::Double {
            refuse_escapes(self.builder.source(), &at)?;
        }
        // An empty node is reported as `~`, at a place where nothing stands.
        let text = if kind == Kind::Plain && at.is_empty() {
            Cow::Borrowed("")
        } else {
            text
        };
        let (kind, text) = match tag {
            Some(tag) => tagged(kind, text, tag, &at)?,
            None => (kind, text),
        };
        let weight = Weight {
            bytes: text.len() as u64 + 1,
            depth: 0,
        };
        self.weigh(weight);
        let id = self.place(kind, &at, &text)?;
        let weight = Some(weight);
        self.anchors.insert(anchor, Anchor { id, weight });
        Ok(())
    }

    /// As a slice of the document where it is spelt that way.
    fn place(&mut self, kind: Kind, at: &Range<usize>, text: &str) -> Result<Id, Fault> {
        let source = self.builder.source();
        let quotes = usize::from(matches!(kind, Kind::Single | Kind::Double));
        let inner = at.start + quotes..at.end.saturating_sub(quotes);
        if source.get(inner.clone()) == Some(text) {
            self.builder.slice(kind, at.clone(), inner)
        } else {
            let written = source.get(at.clone()).unwrap_or_default().trim_end().len();
            self.builder.owned(kind, at.start..at.start + written, text)
        }
    }

    fn weigh(&mut self, weight: Weight) {
        self.total.bytes = self.total.bytes.saturating_add(weight.bytes);
        if let Some(open) = self.open.last_mut() {
            open.weight.bytes = open.weight.bytes.saturating_add(weight.bytes);
            open.weight.depth = open.weight.depth.max(weight.depth);
        }
    }
}

/// The value of `<<` is a mapping, or a list of mappings.
fn check_merges(arena: &Arena) -> Result<(), Fault> {
    let is_map = |id: Id| arena.node(arena.resolve(id)).kind == Kind::Map;
    let keys = (0..arena.len())
        .map(offset)
        .filter(|&id| arena.node(id).kind == Kind::Merge);
    for value in keys.map(|key| key + 1) {
        let node = arena.node(value);
        let fits = is_map(value) || node.kind == Kind::Seq && arena.items(value).all(is_map);
        if !fits {
            return Err(Fault::syntax(
                node.span(),
                "a merge key needs a mapping, or a list of mappings",
            ));
        }
    }
    Ok(())
}

/// A scalar with a tag: its type no longer depends on its style.
fn tagged<'t>(kind: Kind, text: Cow<'t, str>, tag: &Tag, at: &Range<usize>) -> Result<(Kind, Cow<'t, str>), Fault> {
    let as_text = if kind == Kind::Plain { Kind::Text } else { kind };
    let Some(name) = tag.suffix_in_namespace("tag:yaml.org,2002:") else {
        return Ok((as_text, text));
    };
    let scalar = Scalar::resolve(&text);
    let fits = match &*name {
        "int" => matches!(scalar, Scalar::Int(_) | Scalar::Uint(_)),
        "float" => matches!(scalar, Scalar::Int(_) | Scalar::Float(_)),
        "bool" => matches!(scalar, Scalar::Bool(_)),
        "null" => scalar == Scalar::Null,
        "binary" => return binary(&text, at).map(|text| (as_text, text.into())),
        _ => return Ok((as_text, text)),
    };
    if fits {
        Ok((Kind::Plain, text))
    } else {
        Err(Fault::syntax(
            at.clone(),
            format!("the value does not fit its tag `!!{name}`"),
        ))
    }
}

fn binary(text: &str, at: &Range<usize>) -> Result<String, Fault> {
    let joined: String = text.split(['\r', '\n']).collect();
    let decoded = ByteString::deserialize(IntoDeserializer::<ValueError>::into_deserializer(joined));
    let bytes = decoded.map_err(|_| Fault::syntax(at.clone(), "the value of `!!binary` is not base64"))?;
    Ok(String::from_utf8_lossy(&bytes.0).into_owned())
}

/// Escapes of later versions of YAML that kubectl refuses.
fn refuse_escapes(source: &str, at: &Range<usize>) -> Result<(), Fault> {
    let mut rest = source.get(at.clone()).unwrap_or_default();
    let mut place = at.start;
    while let Some(backslash) = rest.find('\\') {
        let code = rest.get(backslash + 2..backslash + 6).unwrap_or_default();
        let refused = match rest.as_bytes().get(backslash + 1) {
            Some(b'/') => true,
            Some(b'u') => matches!(u32::from_str_radix(code, 16), Ok(0xD800..=0xDFFF)),
            _ => false,
        };
        if refused {
            let start = place + backslash;
            return Err(Fault::syntax(start..start + 2, "an escape that kubectl does not know"));
        }
        // The byte after the backslash may begin a longer character.
        let width = rest[backslash + 1..].chars().next().map_or(0, char::len_utf8);
        place += backslash + 1 + width;
        rest = &rest[backslash + 1 + width..];
    }
    Ok(())
}

fn position(span: &Span, source: &str) -> Range<usize> {
    let range = span.byte_range().unwrap_or_default();
    let end = range.end.min(source.len());
    range.start.min(end)..end
}

fn syntax(source: &str, error: &ScanError) -> Fault {
    let at = error.marker().byte_offset().unwrap_or_default().min(source.len());
    let what = match error.kind() {
        ErrorKind::RecursionLimitExceeded => return Fault::too_deep(at),
        ErrorKind::UnknownAnchor => "an alias without an anchor before it".into(),
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation => TAB.into(),
        ErrorKind::UnclosedQuotedScalar => "a quote that is not closed".into(),
        kind => message(&kind.to_string()),
    };
    Fault::syntax(at..at, what)
}

/// In the manner of the other messages: lower case, one line, no full stop.
fn message(text: &str) -> Cow<'static, str> {
    let line = text.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut characters = line.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    Cow::Owned(first.into_iter().chain(characters).collect())
}
