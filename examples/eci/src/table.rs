//! Tables of text that fit a terminal.

use std::fmt::Write as _;

/// No line is longer.
const WIDTH: usize = 100;
/// The last column is never narrower.
const NARROWEST: usize = 30;
/// Other columns are no wider; what does not fit has a line of its own.
const WIDEST: usize = 52;

/// Rows as lines; the last column is wrapped, below itself when there is room, else indented.
pub(crate) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            let letters = cell.chars().count();
            if letters <= WIDEST {
                *width = (*width).max(letters);
            }
        }
    }
    let before: usize = widths.iter().take(N.saturating_sub(1)).map(|width| width + 2).sum();
    let last = WIDTH.saturating_sub(before).max(NARROWEST);
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths).take(N.saturating_sub(1)) {
            // Writing to a String cannot fail.
            let _ = write!(line, "{cell:<width$}  ");
        }
        if line.chars().count() > before && !row.last().is_none_or(String::is_empty) {
            let _ = writeln!(text, "{}", line.trim_end());
            line = " ".repeat(before);
        }
        let lines = wrap(row.last().map_or("", String::as_str), last);
        for (number, part) in lines.iter().enumerate() {
            let indent = if number == 0 { String::new() } else { " ".repeat(before) };
            let _ = writeln!(
                text,
                "{}",
                format!("{}{indent}{part}", std::mem::take(&mut line)).trim_end()
            );
        }
    }
    text
}

/// Text in lines of at most so many characters, broken between words; a longer word has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > width {
            lines.push(String::new());
            length = 0;
        }
        if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += letters;
        }
    }
    lines
}

/// A list that is wrapped, its further lines below its first item: `label        first, second`.
pub(crate) fn labelled(label: &str, text: &str) -> String {
    const LABEL: usize = 12;
    let lines = wrap(text, WIDTH - LABEL);
    let below = format!("\n{}", " ".repeat(LABEL));
    format!("{label:<LABEL$}{}", lines.join(&below))
}

/// Lines that are too long, broken below the text behind their label: `  label   text`.
pub(crate) fn fit(text: &str) -> String {
    let mut fitted = String::new();
    for line in text.lines() {
        if line.chars().count() <= WIDTH {
            fitted.push_str(line);
            fitted.push('\n');
            continue;
        }
        let start = line.len() - line.trim_start().len();
        let label = line[start..].find("  ").filter(|length| *length < NARROWEST);
        let value = label.map_or(start, |length| {
            let rest = &line[start + length..];
            start + length + rest.len() - rest.trim_start().len()
        });
        let (head, below) = (&line[..value], " ".repeat(line[..value].chars().count()));
        for (number, part) in wrap(&line[value..], WIDTH - below.len()).iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = writeln!(fitted, "{}{part}", if number == 0 { head } else { &below });
        }
    }
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_is_wrapped_below_itself() {
        let long = "word ".repeat(30);
        let printed = table(&[["a".to_owned(), long], ["longer".to_owned(), "x".to_owned()]]);
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("a       word word"), "{}", lines[0]);
        assert!(lines[1].starts_with("        word"), "{}", lines[1]);
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
    }

    #[test]
    fn long_cells_have_a_line_of_their_own() {
        let long = "k".repeat(60);
        let printed = table(&[["short".to_owned(), "one".to_owned()], [long.clone(), "two".to_owned()]]);
        assert_eq!(printed, format!("short  one\n{long}\n       two\n"));
    }

    #[test]
    fn long_lines_are_broken_below_their_text() {
        let long = format!("  label   {}\nshort", "word ".repeat(30).trim_end());
        let fitted = fit(&long);
        let lines: Vec<&str> = fitted.lines().collect();
        assert_eq!((lines.len(), lines[2]), (3, "short"));
        assert!(lines[1].starts_with("          word"), "{fitted}");
    }

    #[test]
    fn words_that_are_too_long_have_a_line_of_their_own() {
        assert_eq!(wrap("a bbbbbb c", 3), ["a", "bbbbbb", "c"]);
        assert_eq!(wrap("", 3), [""]);
    }
}
