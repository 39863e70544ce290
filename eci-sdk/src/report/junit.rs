//! JUnit XML, which most CI systems show as tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::v1;

/// Findings as a JUnit report: a suite a file, a case a finding; errors and warnings are failures, infos pass.
///
/// A report without findings has one case that passes, since some systems take an empty one for a mistake.
pub fn junit(findings: &[v1::Finding]) -> String {
    let mut suites: BTreeMap<&str, Vec<&v1::Finding>> = BTreeMap::new();
    for finding in findings {
        let file = finding.place.file.as_deref().unwrap_or("cluster");
        suites.entry(file).or_default().push(finding);
    }
    let failures = |findings: &[&v1::Finding]| findings.iter().filter(|finding| fails(finding)).count();
    let all: Vec<&v1::Finding> = findings.iter().collect();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        xml,
        "<testsuites name=\"eci\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
        all.len().max(1),
        failures(&all)
    );
    if findings.is_empty() {
        xml.push_str("  <testsuite name=\"eci\" tests=\"1\" failures=\"0\" errors=\"0\">\n");
        xml.push_str("    <testcase classname=\"eci\" name=\"nothing was found\"/>\n  </testsuite>\n");
    }
    for (file, findings) in suites {
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
            escaped(file),
            findings.len(),
            failures(&findings)
        );
        for finding in findings {
            case(finding, &mut xml);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn fails(finding: &v1::Finding) -> bool {
    finding.severity != "info"
}

fn case(finding: &v1::Finding, xml: &mut String) {
    let place = &finding.place;
    let object = match &place.namespace {
        Some(namespace) => format!("{} {namespace}/{}", place.kind, place.object),
        None => format!("{} {}", place.kind, place.object),
    };
    let name = match place.line {
        Some(line) => format!("{} {} line {line}", finding.code, finding.name),
        None => format!("{} {}", finding.code, finding.name),
    };
    let _ = writeln!(
        xml,
        "    <testcase classname=\"{}\" name=\"{}\">",
        escaped(&object),
        escaped(&name)
    );
    let (title, text) = (escaped(&finding.title), escaped(&text(finding)));
    let _ = if fails(finding) {
        writeln!(
            xml,
            "      <failure type=\"{}\" message=\"{title}\">{text}</failure>",
            finding.severity
        )
    } else {
        writeln!(xml, "      <system-out>{text}</system-out>")
    };
    xml.push_str("    </testcase>\n");
}

fn text(finding: &v1::Finding) -> String {
    let mut lines = vec![super::compact(finding)];
    if !finding.place.path.is_empty() {
        lines.push(format!("field: {}", finding.place.path));
    }
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.push(format!("instead: {}", finding.remedy));
    lines.join("\n")
}

/// Text as XML takes it; characters that XML does not know are replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push(char::REPLACEMENT_CHARACTER);
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(
            escaped("<a href=\"x\">&\u{1b}[31m"),
            "&lt;a href=&quot;x&quot;&gt;&amp;\u{fffd}[31m"
        );
    }

    #[test]
    fn counts_are_those_of_the_cases() {
        let xml = junit(&samples::findings());
        let count = |text: &str| xml.matches(text).count();
        assert_eq!((count("<testcase "), count("<failure ")), (3, 2));
        assert!(
            xml.contains("<testsuites name=\"eci\" tests=\"3\" failures=\"2\" errors=\"0\">"),
            "{xml}"
        );
    }

    #[test]
    fn reports() {
        insta::assert_snapshot!(junit(&samples::findings()));
        insta::assert_snapshot!("nothing", junit(&[]));
    }
}
