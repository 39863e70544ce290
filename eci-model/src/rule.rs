//! Rules: what can be wrong, how bad it is, and what to do instead.

mod list;
mod severity;

use std::fmt;

use crate::finding::{FindingBuilder, Location};

pub use list::{Rules, find};
pub use severity::{Severity, SeverityError};

/// The number of a rule: `ECI1010`, or `ACME0001` for rules of users.
///
/// A code that was released is never used for anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    prefix: &'static str,
    number: u16,
}

impl Code {
    /// A code of this suite.
    pub const fn eci(number: u16) -> Self {
        Self { prefix: "ECI", number }
    }

    /// A code of a user's own rules, with a prefix of their own.
    pub const fn own(prefix: &'static str, number: u16) -> Self {
        Self { prefix, number }
    }

    /// The letters before the number.
    pub const fn prefix(self) -> &'static str {
        self.prefix
    }

    /// The number after the letters.
    pub const fn number(self) -> u16 {
        self.number
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:04}", self.prefix, self.number)
    }
}

/// Why a rule is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// A page of the platform or of Kubernetes says so; the text names page and date.
    Documented(&'static str),
    /// It follows from pages, the API schema or public code; the text says from which.
    Inferred(&'static str),
    /// A decision of this project; the text gives the reason.
    Ours(&'static str),
}

impl Basis {
    /// `documented`, `inferred` or `ours`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documented(_) => "documented",
            Self::Inferred(_) => "inferred",
            Self::Ours(_) => "ours",
        }
    }

    /// The page, or the reason.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Documented(text) | Self::Inferred(text) | Self::Ours(text) => text,
        }
    }
}

/// Where a rule stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// New: its verdict may still change between minor versions.
    Preview,
    /// Its verdict changes only with a line in the changelog.
    Stable,
    /// No longer fires; the named rule does.
    DeprecatedBy(Code),
}

/// One thing that can be wrong with an object.
///
/// Rules are constants beside the check that fires them. Fields are private and set by `const` steps, so that other crates can declare
/// rules of their own and this one can learn new properties.
///
/// # Example
/// ```
/// use eci_model::{Basis, Code, Rule, Rules};
///
/// /// Pods of this company carry the team that pays for them.
/// pub const NO_TEAM: &Rule = &Rule::error(Code::own("ACME", 1), "no-team")
///     .summary("pod without a `team` label")
///     .why("the bill is split by this label")
///     .remedy("add the label `team`")
///     .basis(Basis::Ours("cost allocation"));
///
/// pub static RULES: Rules = Rules::new(&[NO_TEAM]);
/// assert_eq!(RULES.find("no-team"), RULES.find("ACME0001"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    code: Code,
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    why: &'static str,
    remedy: &'static str,
    basis: Basis,
    since: &'static str,
    status: Status,
    page: &'static str,
}

impl Rule {
    /// A rule that means: refused, or cannot work.
    pub const fn error(code: Code, name: &'static str) -> Self {
        Self::new(code, name, Severity::Error)
    }

    /// A rule that means: runs differently than written.
    pub const fn warning(code: Code, name: &'static str) -> Self {
        Self::new(code, name, Severity::Warning)
    }

    /// A rule that means: worth knowing.
    pub const fn info(code: Code, name: &'static str) -> Self {
        Self::new(code, name, Severity::Info)
    }

    /// A rule of the given severity.
    pub const fn new(code: Code, name: &'static str, severity: Severity) -> Self {
        Self {
            code,
            name,
            severity,
            summary: "",
            why: "",
            remedy: "",
            basis: Basis::Ours(""),
            since: "0.1.0",
            status: Status::Stable,
            page: "",
        }
    }

    /// One line that says what is wrong.
    #[must_use]
    pub const fn summary(mut self, text: &'static str) -> Self {
        self.summary = text;
        self
    }

    /// Why it matters.
    #[must_use]
    pub const fn why(mut self, text: &'static str) -> Self {
        self.why = text;
        self
    }

    /// What to do instead.
    #[must_use]
    pub const fn remedy(mut self, text: &'static str) -> Self {
        self.remedy = text;
        self
    }

    /// Why the rule is believed.
    #[must_use]
    pub const fn basis(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }

    /// The first version that has the rule.
    #[must_use]
    pub const fn since(mut self, version: &'static str) -> Self {
        self.since = version;
        self
    }

    /// Where the rule stands in its life.
    #[must_use]
    pub const fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// The Markdown page of the rule: what, why, wrong, right, policies, source.
    #[must_use]
    pub const fn page(mut self, markdown: &'static str) -> Self {
        self.page = markdown;
        self
    }

    /// Begins a finding of this rule at a place.
    #[cold]
    pub fn at(&'static self, place: Location) -> FindingBuilder {
        FindingBuilder::new(self, place)
    }

    /// The code, `ECI1010`.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The name, `host-path`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How much a finding matters unless a policy or the case says otherwise.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// See [`Rule::summary`].
    pub const fn summary_text(&self) -> &'static str {
        self.summary
    }

    /// See [`Rule::why`].
    pub const fn why_text(&self) -> &'static str {
        self.why
    }

    /// See [`Rule::remedy`].
    pub const fn remedy_text(&self) -> &'static str {
        self.remedy
    }

    /// See [`Rule::basis`].
    pub const fn basis_of(&self) -> Basis {
        self.basis
    }

    /// See [`Rule::since`].
    pub const fn since_version(&self) -> &'static str {
        self.since
    }

    /// See [`Rule::status`].
    pub const fn status_of(&self) -> Status {
        self.status
    }

    /// See [`Rule::page`]; empty when the rule has none.
    pub const fn page_text(&self) -> &'static str {
        self.page
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &Rule = &Rule::error(Code::eci(9001), "first")
        .summary("something")
        .remedy("do otherwise")
        .basis(Basis::Ours("for tests"));
    const SECOND: &Rule = &Rule::info(Code::eci(9002), "second")
        .summary("something else")
        .remedy("nothing")
        .basis(Basis::Documented("a page, 2026-01-01"))
        .since("0.2.0")
        .status(Status::DeprecatedBy(Code::eci(9001)));

    static RULES: Rules = Rules::new(&[FIRST, SECOND]);

    #[test]
    fn rules_are_found_by_code_and_name() {
        assert_eq!(RULES.find("ECI9002"), Some(SECOND));
        assert_eq!(RULES.find("eci9002"), Some(SECOND));
        assert_eq!(RULES.find("first"), Some(FIRST));
        assert_eq!(RULES.find("third"), None);
    }

    #[test]
    fn short_numbers_print_with_zeros() {
        assert_eq!(Code::own("ACME", 7).to_string(), "ACME0007");
    }

    #[test]
    fn worse_is_greater() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Info);
        for severity in Severity::ALL {
            assert_eq!(severity.name().parse(), Ok(severity));
        }
    }

    #[test]
    #[should_panic(expected = "codes of rules do not ascend")]
    fn unsorted_lists_are_refused() {
        let _ = Rules::new(&[SECOND, FIRST]);
    }

    #[test]
    #[should_panic(expected = "a rule has no remedy")]
    fn rules_without_remedy_are_refused() {
        const BARE: &Rule = &Rule::error(Code::eci(9003), "bare").summary("something");
        let _ = Rules::new(&[BARE]);
    }
}
