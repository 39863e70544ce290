//! One line a finding.

use std::fmt::Write as _;

use super::v1;

/// A finding as one line: `web.yaml:15:20: error[ECI1020] the pod asks for the network of its node: `true``.
///
/// Control characters are shown as spaces.
pub fn compact(finding: &v1::Finding) -> String {
    let place = match (&finding.place.file, finding.place.line, finding.place.column) {
        (Some(file), Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        _ => finding.place.object.clone(),
    };
    let mut text = format!("{place}: {}[{}] {}", finding.severity, finding.code, finding.title);
    if let Some(found) = &finding.found {
        // Writing to a String cannot fail.
        let _ = write!(text, ": `{found}`");
    }
    // Without a place in a file, the first note says more about where it is.
    if let Some(note) = finding.notes.first().filter(|_| finding.place.file.is_none()) {
        let _ = write!(text, ": {note}");
    }
    if let Some(template) = &finding.place.template {
        let _ = write!(text, " (from {template})");
    }
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn lines() {
        let lines: Vec<String> = samples::findings().iter().map(compact).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
