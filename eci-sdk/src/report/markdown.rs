//! A summary in Markdown, for the description of a change.

use std::fmt::Write as _;

use super::v1;

/// A summary of a check in Markdown: the counts, then a table of at most so many findings, the worst first.
pub fn markdown(report: &v1::CheckReport, most: usize) -> String {
    let summary = &report.summary;
    let counts = summary.findings;
    let mut text = String::from("### eci check\n\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{} errors, {} warnings, {} infos in {} objects of {} files.",
        counts.error, counts.warning, counts.info, summary.objects, summary.files
    );
    let _ = writeln!(
        text,
        "{} bound for ECI, {} not, {} cannot tell.",
        summary.bound, summary.not_bound, summary.cannot_tell
    );
    let mut rows: Vec<&v1::Finding> = report.findings.iter().collect();
    rows.sort_by_key(|row| rank(row));
    if !rows.is_empty() {
        text.push_str("\n| | rule | where | what | instead |\n|---|---|---|---|---|\n");
    }
    for row in rows.iter().take(most) {
        let found = row.found.as_deref().map(|found| format!(": {}", code(found)));
        let _ = writeln!(
            text,
            "| {} | {} {} | {} | {}{} | {} |",
            row.severity,
            row.code,
            cell(row.name),
            place(&row.place),
            cell(&row.title),
            found.unwrap_or_default(),
            cell(&row.remedy)
        );
    }
    if rows.len() > most {
        let _ = writeln!(text, "\n{} more are not shown.", rows.len() - most);
    }
    text
}

fn rank(row: &v1::Finding) -> u8 {
    match row.severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

fn place(place: &v1::Place) -> String {
    let object = code(&format!("{} {}", place.kind, place.object));
    match (&place.file, place.line) {
        (Some(file), Some(line)) => format!("{} {object}", code(&format!("{file}:{line}"))),
        _ => object,
    }
}

/// Text of a cell: nothing in it makes a table, a link or HTML; what stands between backticks stays code.
fn cell(text: &str) -> String {
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let mut cell = String::with_capacity(text.len());
    let mut in_code = false;
    for letter in text.chars() {
        match letter {
            '`' => {
                in_code = is_paired && !in_code;
                cell.push(letter);
            }
            // A bar ends a cell even in code.
            '|' => cell.push_str("\\|"),
            '<' | '>' | '[' | ']' | '*' | '_' | '\\' if !in_code => {
                cell.push('\\');
                cell.push(letter);
            }
            letter if letter.is_control() => cell.push(' '),
            letter => cell.push(letter),
        }
    }
    cell
}

/// Code in a cell, between more backticks than stand in it.
fn code(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let longest = plain.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    // Bars end a cell even in code.
    format!("{fence}{space}{}{space}{fence}", plain.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn values_make_no_table_and_no_html() {
        assert_eq!(cell("a | <b> [c](d)"), r"a \| \<b\> \[c\](d)");
        assert_eq!(cell("`a | <b>` is <b>"), r"`a \| <b>` is \<b\>");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("a|b\n"), r"`a\|b `");
    }

    #[test]
    fn summaries() {
        let report = v1::CheckReport::new(samples::findings(), v1::Summary::default());
        insta::assert_snapshot!(markdown(&report, 50));
        assert!(markdown(&report, 1).contains("2 more are not shown."));
    }
}
