//! Lists of rules, checked by the compiler.

use super::Rule;

/// A list of rules, checked when the program is compiled.
///
/// Rules that stand twice, out of order, or without a text do not compile:
/// ```compile_fail
/// use eci_model::{Code, Rule, Rules};
///
/// static RULES: Rules = Rules::new(&[&Rule::error(Code::own("ACME", 1), "silent")]);
/// # RULES.find("silent");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rules(&'static [&'static Rule]);

impl Rules {
    /// A list of rules of one prefix, by ascending code.
    ///
    /// # Panics
    /// While compiling, when codes do not ascend, a name stands twice, or summary, remedy or basis is missing.
    #[allow(
        clippy::panic,
        reason = "evaluated by the compiler for each list; nothing is left of it at run time"
    )]
    pub const fn new(rules: &'static [&'static Rule]) -> Self {
        let mut index = 0;
        while index < rules.len() {
            let rule = rules[index];
            assert!(!rule.name.is_empty(), "a rule has no name");
            assert!(!rule.summary.is_empty(), "a rule has no summary");
            assert!(!rule.remedy.is_empty(), "a rule has no remedy");
            assert!(!rule.basis.source().is_empty(), "a rule has no basis");
            if index > 0 {
                assert!(
                    rules[index - 1].code.number < rule.code.number,
                    "codes of rules do not ascend"
                );
            }
            let mut other = 0;
            while other < index {
                assert!(!same(rules[other].name, rule.name), "a rule's name stands twice");
                other += 1;
            }
            index += 1;
        }
        Self(rules)
    }

    /// The rules, by ascending code.
    pub const fn as_slice(&self) -> &'static [&'static Rule] {
        self.0
    }

    /// The rule of a code (`ECI1010`) or name (`host-path`).
    pub fn find(&self, code_or_name: &str) -> Option<&'static Rule> {
        find(self.0.iter().copied(), code_or_name)
    }
}

/// The rule of a code (`ECI1010`, also in lower case) or name (`host-path`) among several.
pub fn find(rules: impl IntoIterator<Item = &'static Rule>, code_or_name: &str) -> Option<&'static Rule> {
    let mut rules = rules.into_iter();
    rules.find(|rule| rule.name == code_or_name || rule.code.to_string().eq_ignore_ascii_case(code_or_name))
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}
