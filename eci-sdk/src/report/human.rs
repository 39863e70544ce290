//! A finding for people: where it stands, the line it is in, what to do instead.

mod essence;

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use eci_model::{Finding, Severity};

use super::RulePages;
use crate::manifest::{Document, hidden};
pub use essence::essence;

/// Lines around the marked one that are shown.
const CONTEXT: usize = 2;
/// Bytes of the text around a mark that are shown at most; longer lines are cut.
const WINDOW: usize = 4096;

/// Where the name of the rule ends, when the title leaves it room.
const TITLE_WIDTH: usize = 96;

/// Remarks are broken into lines of so many characters.
const REMARK_WIDTH: usize = 82;

/// A marked part of a text, as the finding's place in the input.
#[derive(Clone, Debug)]
pub struct Excerpt<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// Its whole text.
    pub text: &'a str,
    /// The number of its first line.
    pub first_line: usize,
    /// The bytes to mark.
    pub span: Range<usize>,
    /// Bytes that must not be shown, since they hold Secrets.
    pub hidden: &'a [Range<usize>],
    /// Bytes that may be shown all the same: the document that the finding is about, when it is no Secret itself.
    pub shown: Range<usize>,
}

impl<'a> Excerpt<'a> {
    /// The place of a finding in a document.
    pub fn of(document: &'a Document, finding: &Finding) -> Self {
        let source = document.source();
        Self {
            file: source.name(),
            text: source.text(),
            first_line: source.position(0).line,
            span: document.span(&finding.place().path, finding.place().within),
            hidden: source.secrets(),
            shown: if document.is_secret() || document.root().is_none() {
                0..0
            } else {
                document.range()
            },
        }
    }
}

/// A line below the excerpt: `= note: ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark<'a> {
    name: &'static str,
    text: Cow<'a, str>,
    is_whole: bool,
}

impl<'a> Remark<'a> {
    /// A remark with a name of its own.
    pub fn new(name: &'static str, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            name,
            text: text.into(),
            is_whole: false,
        }
    }

    /// The same with all of its text, which is ours and not the input's.
    fn whole(mut self) -> Self {
        self.is_whole = true;
        self
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// A note.
    pub fn note(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new("note", text)
    }
}

/// What the place where findings are printed can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style<'a> {
    /// Whether there are colours, as on a terminal.
    pub colours: bool,
    /// Where codes of rules lead, on a terminal that knows hyperlinks; they are written only beside colours.
    pub pages: Option<&'a RulePages>,
}

impl Style<'_> {
    /// Nothing but text.
    pub const PLAIN: Self = Self {
        colours: false,
        pages: None,
    };
}

/// Prints a finding with the lines it stands in, or with its object and field where there is no text.
///
/// Control characters of the input never reach the output.
///
/// # Example
/// ```
/// use eci_model::{FieldPath, Location, ObjectRef, limits};
/// use eci_sdk::report::human::{Excerpt, Style, render};
///
/// let place = Location::new(ObjectRef::new("Pod", Some("shop"), "web"), FieldPath::of("spec.hostNetwork"));
/// let finding = limits::HOST_NETWORK.at(place).found("true").build();
/// let text = "kind: Pod\nspec:\n  hostNetwork: true\n";
/// let excerpt = Excerpt { file: "web.yaml", text, first_line: 1, span: 18..35, hidden: &[], shown: 0..0 };
/// let printed = render(&finding, Some(&excerpt), &[], Style::PLAIN);
/// assert!(printed.contains("--> web.yaml:3:3"));
/// assert!(printed.ends_with("= more: eci explain ECI1020"));
/// ```
pub fn render(finding: &Finding, excerpt: Option<&Excerpt<'_>>, remarks: &[Remark<'_>], style: Style<'_>) -> String {
    let renderer = if style.colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let code = finding.rule().code().to_string();
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        _ => Level::INFO,
    };
    let mut title = level.primary_title(title(finding)).id(code.clone());
    if let Some(pages) = style.pages.filter(|_| style.colours) {
        title = title.id_url(pages.of(finding.rule()));
    }
    let mut group = Group::with_title(title);
    let label = label(finding);
    match excerpt {
        Some(excerpt) => group = group.element(snippet(excerpt, label)),
        None => {
            let place = clean(&finding.place().to_string());
            group = group.element(Level::NOTE.with_name("in").message(place));
            if let Some(label) = label {
                group = group.element(Level::NOTE.message(label));
            }
        }
    }
    for note in finding.notes() {
        group = group.element(Level::NOTE.message(lines(note)));
    }
    for remark in remarks {
        let text = if remark.is_whole {
            broken(&remark.text)
        } else {
            lines(&remark.text)
        };
        group = group.element(Level::NOTE.with_name(remark.name).message(text));
    }
    group = group.element(Level::HELP.with_name("instead").message(lines(finding.remedy())));
    group = group.element(Level::NOTE.with_name("more").message(format!("eci explain {code}")));
    renderer.render(&[group])
}

/// What is wrong, and the name of the rule at the end of the line.
fn title(finding: &Finding) -> String {
    let title = clean(finding.title());
    let name = finding.rule().name();
    let before = format!("{}[{}]: ", finding.severity(), finding.rule().code()).len() + title.chars().count();
    let room = TITLE_WIDTH.saturating_sub(before);
    let width = room.max(name.len() + 2);
    format!("{title}{name:>width$}")
}

/// What stands under the caret: the value found, and what was expected.
fn label(finding: &Finding) -> Option<String> {
    match (finding.found(), finding.expected()) {
        (Some(found), Some(expected)) => Some(format!("`{}`, expected {}", clean(found), clean(expected))),
        (Some(found), None) => Some(format!("`{}`", clean(found))),
        (None, Some(expected)) => Some(format!("expected {}", clean(expected))),
        (None, None) => None,
    }
}

fn snippet<'a>(excerpt: &Excerpt<'a>, label: Option<String>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let span = clamp(excerpt.text, &excerpt.span);
    let window = window(excerpt.text, &span);
    let line = excerpt.first_line + excerpt.text[..window.start].matches('\n').count();
    let mark = span.start - window.start..span.end - window.start;
    let text = hidden::mask(
        &excerpt.text[window.clone()],
        window.start,
        excerpt.hidden,
        &excerpt.shown,
    );
    Snippet::source(text)
        .path(excerpt.file)
        .line_start(line)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(mark).label(label))
}

/// A span inside the text that cuts no character.
fn clamp(text: &str, span: &Range<usize>) -> Range<usize> {
    let floor = |byte: usize| {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let start = floor(span.start.min(span.end));
    start..floor(span.end).max(start)
}

/// The part of the text that is shown: some lines before and after, not too much of a long one.
fn window(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start;
    for _ in 0..=CONTEXT {
        start = text[..start].rfind('\n').unwrap_or(0);
        if start == 0 {
            break;
        }
    }
    if start > 0 {
        start += 1;
    }
    let mut end = span.end;
    for _ in 0..=CONTEXT {
        end = text[end..].find('\n').map_or(text.len(), |line| end + line + 1);
        if end == text.len() {
            break;
        }
    }
    let narrow = span.start.saturating_sub(WINDOW)..span.end.saturating_add(WINDOW);
    let narrow = clamp(text, &narrow);
    start.max(narrow.start)..end.min(narrow.end)
}

/// Clean text in lines that fit below an excerpt.
fn lines(text: &str) -> String {
    broken(&clean(text))
}

/// Text in lines that fit below an excerpt; words are not broken.
fn broken(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut length = 0;
    for word in text.split(' ') {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > REMARK_WIDTH {
            lines.push('\n');
            length = 0;
        } else if length > 0 {
            lines.push(' ');
            length += 1;
        }
        lines.push_str(word);
        length += letters;
    }
    lines
}

/// Text of the input without control characters, and not without end.
fn clean(text: &str) -> String {
    const LIMIT: usize = 400;
    let visible = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
    let mut clean: String = text.chars().take(LIMIT).map(visible).collect();
    if text.chars().nth(LIMIT).is_some() {
        clean.push('…');
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::{Basis, Code, FieldPath, Location, ObjectRef, Rule};
    use proptest::prelude::*;

    const BAD: &Rule = &Rule::error(Code::own("TEST", 1), "bad")
        .summary("something is bad")
        .remedy("make it good")
        .basis(Basis::Ours("for tests"));

    fn finding() -> Finding {
        let place = Location::new(
            ObjectRef::new("Pod", Some("shop"), "web"),
            FieldPath::of("spec.hostPID"),
        );
        BAD.at(place).found("tr\u{1b}[31mue").build()
    }

    #[test]
    fn the_marked_line_and_its_neighbours_are_shown() {
        let text = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\n";
        let span = text.find("4").map(|at| at..at + 1).expect("there");
        let excerpt = Excerpt {
            file: "x.yaml",
            text,
            first_line: 1,
            span,
            hidden: &[],
            shown: 0..0,
        };
        insta::assert_snapshot!(render(
            &finding(),
            Some(&excerpt),
            &[Remark::new("why eci", "label")],
            Style::PLAIN
        ));
    }

    #[test]
    fn without_a_text_the_place_is_named() {
        insta::assert_snapshot!(render(&finding(), None, &[], Style::PLAIN));
    }

    #[test]
    fn the_code_leads_to_the_page_where_links_are_known() {
        let pages = RulePages::new("https://docs.example.com/{name}").expect("an address");
        let printed = |colours, pages| render(&finding(), None, &[], Style { colours, pages });
        let link = "\u{1b}]8;;https://docs.example.com/bad\u{1b}\\TEST0001\u{1b}]8;;\u{1b}\\";
        assert!(printed(true, Some(&pages)).contains(link));
        assert!(!printed(true, None).contains("\u{1b}]8"));
        assert!(!printed(false, Some(&pages)).contains('\u{1b}'));
    }

    proptest! {
        #[test]
        fn no_text_and_no_span_panics(text in "(\\PC|[\n\r\t\u{1b}]){0,200}", start in 0_usize..300, end in 0_usize..300) {
            let excerpt = Excerpt { file: "x.yaml", text: &text, first_line: 1, span: start..end, hidden: &[], shown: 0..0 };
            let printed = render(&finding(), Some(&excerpt), &[], Style::PLAIN);
            prop_assert!(!printed.contains(char::from(27)), "an escape code");
        }
    }
}
