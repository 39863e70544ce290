//! Workflow commands of GitHub Actions, which stand as annotations beside the changed lines.

use super::v1;

/// Findings as workflow commands, a line each: `::error file=web.yaml,line=15,col=20,title=ECI1020 host-network::...`.
pub fn github(findings: &[v1::Finding]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &v1::Finding) -> String {
    let kind = match finding.severity {
        "error" => "error",
        "warning" => "warning",
        _ => "notice",
    };
    let place = &finding.place;
    let mut properties: Vec<(&str, String)> = Vec::new();
    if let Some(file) = &place.file {
        properties.push(("file", file.clone()));
        let numbers = [("line", place.line), ("col", place.column)];
        // An end column counts within one line only.
        let ends = match (place.line == place.end_line, place.end_line) {
            (true, _) => [("endLine", place.end_line), ("endColumn", place.end_column)],
            (false, end) => [("endLine", end), ("endColumn", None)],
        };
        let numbers = numbers.into_iter().chain(ends);
        properties.extend(numbers.filter_map(|(name, number)| Some((name, number?.to_string()))));
    }
    properties.push(("title", format!("{} {}", finding.code, finding.name)));
    let properties: Vec<String> = properties
        .into_iter()
        .map(|(name, value)| format!("{name}={}", property(&value)))
        .collect();
    format!("::{kind} {}::{}\n", properties.join(","), data(&message(finding)))
}

/// What a finding says, with what to do instead.
fn message(finding: &v1::Finding) -> String {
    let mut text = finding.title.clone();
    if let Some(found) = &finding.found {
        text.push_str(&format!(": `{found}`"));
    }
    text.push_str(&format!("\ninstead: {}", finding.remedy));
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn nothing_of_a_value_ends_a_command() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
        for line in github(&samples::findings()).lines() {
            assert!(line.starts_with("::error ") || line.starts_with("::warning ") || line.starts_with("::notice "));
            assert_eq!(line.matches("::").count(), 2, "{line}");
        }
    }

    #[test]
    fn commands() {
        insta::assert_snapshot!(github(&samples::findings()));
    }
}
