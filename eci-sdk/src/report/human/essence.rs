//! What the page of a rule says, in a few remarks.

use eci_model::Rule;

use super::Remark;

/// What the page of a rule says without its examples: what it is about, why it matters, which policies decide, and its source.
///
/// A rule without a page says what its declaration does.
///
/// # Example
/// ```
/// use eci_model::limits;
/// use eci_sdk::report::human::essence;
///
/// let remarks = essence(limits::HOST_PATH);
/// assert_eq!(remarks.iter().map(|remark| remark.name()).collect::<Vec<_>>(), ["what", "why", "policy", "source"]);
/// ```
pub fn essence(rule: &Rule) -> Vec<Remark<'static>> {
    let page = rule.page_text();
    if page.is_empty() {
        let basis = rule.basis_of();
        let source = format!("{}, {}", basis.name(), basis.source());
        let parts = [("why", rule.why_text().to_owned()), ("source", source)];
        return remarks(parts);
    }
    remarks([
        ("what", section(page, "# ")),
        ("why", section(page, "## Why it matters")),
        ("policy", section(page, "## Policies")),
        ("source", section(page, "## Source")),
    ])
}

fn remarks<const N: usize>(parts: [(&'static str, String); N]) -> Vec<Remark<'static>> {
    let told = parts
        .into_iter()
        .filter(|(_, text)| !text.is_empty() && text != "None.");
    told.map(|(name, text)| Remark::new(name, text).whole()).collect()
}

/// The prose between a title and the next one, in one line, without the marks of Markdown.
fn section(page: &str, title: &str) -> String {
    let lines = page.lines().skip_while(|line| !line.starts_with(title)).skip(1);
    let prose = lines.take_while(|line| !line.starts_with("## ") && !line.starts_with("```"));
    let words: Vec<&str> = prose.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::{Basis, Code};

    #[test]
    fn every_page_tells_what_and_why_and_where_from() {
        for rule in crate::rules() {
            let names: Vec<&str> = essence(rule).iter().map(Remark::name).collect();
            for name in ["what", "why", "source"] {
                assert!(names.contains(&name), "{}: {names:?}", rule.name());
            }
        }
    }

    #[test]
    fn a_rule_without_a_page_tells_what_it_declares() {
        const BAD: &Rule = &Rule::error(Code::own("TEST", 1), "bad")
            .summary("something is bad")
            .why("it hurts")
            .remedy("make it good")
            .basis(Basis::Ours("for tests"));
        let expected = [
            Remark::new("why", "it hurts").whole(),
            Remark::new("source", "ours, for tests").whole(),
        ];
        assert_eq!(essence(BAD), expected);
    }
}
