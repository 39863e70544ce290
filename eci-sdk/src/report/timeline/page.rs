//! The page: bars, a table that says the same in words, and the journal.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Phase, Row, moment, of_all, rows};
use crate::report::v1;

const STYLE: &str = include_str!("page.css");

/// Entries of the journal that stand on the page; the JSON form has all.
const ENTRIES: usize = 5_000;
/// Spans between two marks of the axis, in milliseconds.
const STEPS: [u64; 22] = [
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    14_400_000,
    21_600_000,
    43_200_000,
    86_400_000,
    172_800_000,
    604_800_000,
    2_592_000_000,
    31_536_000_000,
];

/// A simulation as one page of HTML: a bar for each pod with its replacements, faults marked, and all of it again as tables, for readers
/// that hear. The page has no script, loads nothing, forbids itself to, and follows the reader's choice of light or dark.
///
/// # Example
/// ```
/// use eci_sdk::report::{timeline, v1};
///
/// let report = v1::SimulationReport { seed: 7, ..Default::default() };
/// let page = timeline::html(&report);
/// assert!(page.starts_with("<!doctype html>") && page.contains("seed 7"));
/// assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
/// ```
pub fn html(report: &v1::SimulationReport) -> String {
    let rows = rows(report);
    let mut page = String::new();
    head(&mut page, report);
    picture(&mut page, report, &rows);
    pods(&mut page, &rows);
    journal(&mut page, report);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Writes as `format!` does; writing to a String cannot fail.
macro_rules! put {
    ($page:expr, $($argument:tt)*) => {{
        let _ = writeln!($page, $($argument)*);
    }};
}

fn head(page: &mut String, report: &v1::SimulationReport) {
    put!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
    );
    // Whatever stands in the page, nothing is run and nothing is loaded.
    put!(
        page,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    );
    put!(
        page,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    );
    put!(page, "<title>eci simulate, seed {}</title>", report.seed);
    put!(page, "<style>\n{STYLE}</style>\n</head>\n<body>\n<main>");
    put!(
        page,
        "<h1>Simulation</h1>\n<p class=\"notice\">{}</p>",
        text(report.notice)
    );
    put!(page, "<dl class=\"facts\">");
    let unpriced = match report.cost.unpriced {
        0 => String::new(),
        count => format!(", {count} of unknown price"),
    };
    for (name, value) in [
        ("virtual time", moment(report.end)),
        ("pods", report.pods.len().to_string()),
        (
            "cost",
            format!("{} {}{unpriced}", report.cost.total, report.cost.currency),
        ),
        ("seed", report.seed.to_string()),
        ("journal", report.journal_fingerprint.clone()),
    ] {
        put!(page, "<div><dt>{name}</dt><dd>{}</dd></div>", text(&value));
    }
    put!(page, "</dl>");
    if !report.not_run.is_empty() {
        put!(page, "<h2>Not run</h2>\n<ul>");
        for refused in &report.not_run {
            put!(page, "<li>{}</li>", text(refused));
        }
        put!(page, "</ul>");
    }
}

fn picture(page: &mut String, report: &v1::SimulationReport, rows: &[Row<'_>]) {
    put!(page, "<h2>Time line</h2>\n<ul class=\"legend\">");
    for phase in Phase::SHOWN {
        put!(page, "<li><i class=\"bar {}\"></i>{}</li>", phase.class(), phase.name());
    }
    put!(page, "<li><i class=\"mark\"></i>something went wrong</li>\n</ul>");
    // The tables say the same in words.
    put!(
        page,
        "<div class=\"picture\" aria-hidden=\"true\">\n<div class=\"row axis\"><span></span><div class=\"lane\">"
    );
    let step = step(report.end);
    for number in 0..=report.end / step {
        let at = number * step;
        put!(page, "<b style=\"left:{}\">{}</b>", share(at, report.end), moment(at));
    }
    put!(page, "</div></div>");
    for row in rows {
        put!(
            page,
            "<div class=\"row\"><span>{}</span><div class=\"lane\">",
            text(row.name)
        );
        for span in &row.spans {
            let title = format!(
                "{} from {} to {}",
                span.phase.name(),
                moment(span.from),
                moment(span.until)
            );
            put!(
                page,
                "<i class=\"bar {}\" style=\"left:{};width:{}\" title=\"{title}\"></i>",
                span.phase.class(),
                share(span.from, report.end),
                share(span.until - span.from, report.end),
            );
        }
        for trouble in &row.troubles {
            put!(
                page,
                "<i class=\"mark\" style=\"left:{}\" title=\"{} at {} {}\"></i>",
                share(trouble.at, report.end),
                text(trouble.what),
                moment(trouble.at),
                text(trouble.detail),
            );
        }
        put!(page, "</div></div>");
    }
    // Once over all rows, since there may be many of both.
    put!(page, "<div class=\"row over\"><span></span><div class=\"lane\">");
    for entry in of_all(report) {
        put!(
            page,
            "<i class=\"all\" style=\"left:{}\" title=\"{} at {} {}\"></i>",
            share(entry.at, report.end),
            text(&entry.what),
            moment(entry.at),
            text(&entry.detail),
        );
    }
    put!(page, "</div></div>\n</div>");
}

fn pods(page: &mut String, rows: &[Row<'_>]) {
    put!(
        page,
        "<h2>Pods</h2>\n<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">pod</th>"
    );
    for name in ["at last", "size", "place", "price an hour", "life", "went wrong"] {
        put!(page, "<th scope=\"col\">{name}</th>");
    }
    put!(page, "</tr></thead>\n<tbody>");
    for row in rows {
        let Some(pod) = row.pods.last() else { continue };
        let replaced = match row.pods.len() {
            0 | 1 => String::new(),
            2 => " (replaced once)".to_owned(),
            made => format!(" (replaced {} times)", made - 1),
        };
        let words = |parts: [Option<&str>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let life: Vec<String> = row
            .spans
            .iter()
            .map(|span| {
                format!(
                    "{} from {} to {}",
                    span.phase.name(),
                    moment(span.from),
                    moment(span.until)
                )
            })
            .collect();
        let wrong: Vec<String> = row
            .troubles
            .iter()
            .map(|trouble| format!("{} at {} {}", trouble.what, moment(trouble.at), trouble.detail))
            .collect();
        put!(page, "<tr><th scope=\"row\">{}{replaced}</th>", text(row.name));
        for cell in [
            words([pod.phase.as_deref(), pod.reason.as_deref()]),
            words([pod.spec.as_deref(), None]),
            words([pod.v_switch.as_deref(), pod.address.as_deref()]),
            words([pod.price_per_hour.as_deref(), None]),
            life.join("; "),
            wrong.join("; "),
        ] {
            put!(page, "<td>{}</td>", text(cell.trim()));
        }
        put!(page, "</tr>");
    }
    put!(page, "</tbody>\n</table></div>");
}

fn journal(page: &mut String, report: &v1::SimulationReport) {
    put!(
        page,
        "<details>\n<summary>Journal, {} entries</summary>\n<div class=\"wide\"><table>\n<thead><tr>",
        report.journal.len()
    );
    for name in ["when", "pod", "what", "more"] {
        put!(page, "<th scope=\"col\">{name}</th>");
    }
    put!(page, "</tr></thead>\n<tbody>");
    for entry in report.journal.iter().take(ENTRIES) {
        put!(
            page,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            moment(entry.at),
            text(&entry.pod),
            text(&entry.what),
            text(&entry.detail)
        );
    }
    put!(page, "</tbody>\n</table></div>");
    if let Some(more) = report.journal.len().checked_sub(ENTRIES).filter(|more| *more > 0) {
        put!(page, "<p>{more} more stand in the JSON form.</p>");
    }
    put!(page, "</details>");
}

/// The span between two marks of the axis: as fine as leaves room for the times.
fn step(end: u64) -> u64 {
    let fits = |step: &u64| end / step <= 8;
    STEPS.into_iter().find(fits).unwrap_or(end.max(1))
}

/// A part of the whole as a length of the style sheet, to a hundredth of a percent.
fn share(part: u64, whole: u64) -> String {
    let hundredths = u128::from(part.min(whole)) * 10_000 / u128::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Text in the page, in an element or in an attribute between double quotes: nothing in it makes a tag, ends an attribute, or turns the
/// direction of what follows.
fn text(raw: &str) -> Cow<'_, str> {
    let is_plain = |letter: char| !matches!(letter, '&' | '<' | '>' | '"' | '\'') && !is_hidden(letter);
    if raw.chars().all(is_plain) {
        return Cow::Borrowed(raw);
    }
    let mut safe = String::with_capacity(raw.len() + 16);
    for letter in raw.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            hidden if is_hidden(hidden) => safe.push('\u{fffd}'),
            plain => safe.push(plain),
        }
    }
    Cow::Owned(safe)
}

/// Control characters, and those that change the order of letters.
fn is_hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            text(r#"<script>alert("x")</script> & '"#),
            "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;"
        );
        assert_eq!(text("a\u{202e}b\u{7}c\n"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert!(matches!(text("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn parts_are_lengths_within_the_lane() {
        for (part, whole, length) in [
            (0, 60, "0.00%"),
            (1, 3, "33.33%"),
            (60, 60, "100.00%"),
            (90, 60, "100.00%"),
            (0, 0, "0.00%"),
            (u64::MAX, u64::MAX, "100.00%"),
        ] {
            assert_eq!(share(part, whole), length);
        }
    }

    #[test]
    fn the_axis_has_room_for_its_times() {
        for end in [0, 1, 999, 60_000, 3_600_000, 86_400_000 * 400, u64::MAX] {
            assert!(end / step(end) <= 8, "{end}");
        }
        assert_eq!(step(3_600_000), 600_000);
    }
}
