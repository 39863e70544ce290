//! Findings: a rule that fired at a place, with what was found and what to do.

mod fix;
mod list;
mod place;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::rule::{Rule, Severity};

pub use fix::Fix;
pub use list::Findings;
pub use place::{Location, ObjectRef};

/// Text that is a constant most of the time.
pub type Text = Cow<'static, str>;

/// A rule that fired.
///
/// Cheap to clone. Made by [`Rule::at`](crate::Rule::at).
#[derive(Clone, Debug)]
pub struct Finding(Arc<Inner>);

impl Finding {
    /// The rule.
    pub fn rule(&self) -> &'static Rule {
        self.0.rule
    }

    /// How much it matters: the rule's severity unless a policy or the case changed it.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// The place that must change.
    pub fn place(&self) -> &Location {
        &self.0.place
    }

    /// What is wrong, in one line: the rule's summary, or a more exact one.
    pub fn title(&self) -> &str {
        self.0.title.as_deref().unwrap_or(self.0.rule.summary_text())
    }

    /// The value that was found, as the user wrote it.
    pub fn found(&self) -> Option<&str> {
        self.0.found.as_deref()
    }

    /// What was expected instead.
    pub fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// More about this case, such as numbers behind the verdict.
    pub fn notes(&self) -> &[Text] {
        &self.0.notes
    }

    /// What to do: the rule's remedy, or a more exact one.
    pub fn remedy(&self) -> &str {
        self.0.remedy.as_deref().unwrap_or(self.0.rule.remedy_text())
    }

    /// Other places that explain the finding, with what they say.
    pub fn related(&self) -> &[(Location, Text)] {
        &self.0.related
    }

    /// A safe change that mends it.
    pub fn fix(&self) -> Option<&Fix> {
        self.0.fix.as_ref()
    }

    /// Whether it holds only if the pod runs on ECI, which the input does not decide.
    pub fn is_conditional(&self) -> bool {
        self.0.conditional
    }

    /// The same finding, holding only if the pod runs on ECI.
    #[must_use]
    pub fn conditional(mut self) -> Self {
        Arc::make_mut(&mut self.0).conditional = true;
        self
    }

    /// The same finding with another severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        Arc::make_mut(&mut self.0).severity = severity;
        self
    }
}

impl PartialEq for Finding {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Finding {}

impl fmt::Display for Finding {
    /// One line: `error[ECI1010] Pod shop/web: spec.volumes[0].hostPath: title, found, expected`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = self.rule();
        write!(
            f,
            "{}[{}] {}: {}",
            self.severity(),
            rule.code(),
            self.place(),
            self.title()
        )?;
        if let Some(found) = self.found() {
            write!(f, ": found `{found}`")?;
        }
        if let Some(expected) = self.expected() {
            write!(f, ", expected {expected}")?;
        }
        Ok(())
    }
}

/// A finding under construction.
///
/// # Example
/// ```
/// use eci_model::{Basis, Code, FieldPath, Findings, Location, ObjectRef, Rule};
///
/// const NO_TEAM: &Rule = &Rule::error(Code::own("ACME", 1), "no-team")
///     .summary("pod without a `team` label")
///     .remedy("add the label `team`")
///     .basis(Basis::Ours("cost allocation"));
///
/// let mut findings = Findings::default();
/// let pod = ObjectRef::new("Pod", Some("shop"), "web");
/// findings.push(NO_TEAM.at(Location::new(pod, FieldPath::of("metadata.labels"))).expected("one of `shop`, `data`"));
/// assert_eq!(
///     findings.iter().next().map(ToString::to_string).as_deref(),
///     Some("error[ACME0001] Pod shop/web: metadata.labels: pod without a `team` label, expected one of `shop`, `data`"),
/// );
/// ```
#[derive(Clone, Debug)]
#[must_use = "a finding counts only once it is pushed into `Findings`"]
pub struct FindingBuilder(Arc<Inner>);

impl FindingBuilder {
    pub(crate) fn new(rule: &'static Rule, place: Location) -> Self {
        Self(Arc::new(Inner {
            rule,
            severity: rule.severity(),
            place,
            title: None,
            found: None,
            expected: None,
            notes: Vec::new(),
            remedy: None,
            related: Vec::new(),
            fix: None,
            conditional: false,
        }))
    }

    /// What is being built; no other finding shares it unless the builder was cloned.
    ///
    /// Out of line, since what is said about findings would otherwise fill the code of every check that finds nothing.
    #[cold]
    #[inline(never)]
    fn inner(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }

    /// A more exact line than the rule's summary.
    pub fn title(mut self, text: impl Into<Text>) -> Self {
        self.inner().title = Some(text.into());
        self
    }

    /// The value that was found.
    pub fn found(mut self, value: impl Into<Text>) -> Self {
        self.inner().found = Some(value.into());
        self
    }

    /// What was expected instead.
    pub fn expected(mut self, what: impl Into<Text>) -> Self {
        self.inner().expected = Some(what.into());
        self
    }

    /// More about this case.
    pub fn note(mut self, text: impl Into<Text>) -> Self {
        self.inner().notes.push(text.into());
        self
    }

    /// A more exact remedy than the rule's.
    pub fn remedy(mut self, text: impl Into<Text>) -> Self {
        self.inner().remedy = Some(text.into());
        self
    }

    /// Another place that explains the finding.
    pub fn related(mut self, place: Location, why: impl Into<Text>) -> Self {
        self.inner().related.push((place, why.into()));
        self
    }

    /// A safe change that mends it.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.inner().fix = Some(fix);
        self
    }

    /// Another severity than the rule's, by a policy or an exception of the rule.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.inner().severity = severity;
        self
    }

    /// Only the part of the value that is wrong, in bytes of the value.
    pub fn within(mut self, bytes: Range<usize>) -> Self {
        let clamp = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        self.inner().place.within = Some((clamp(bytes.start), clamp(bytes.end)));
        self
    }

    /// The finding.
    pub fn build(self) -> Finding {
        Finding(self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    rule: &'static Rule,
    severity: Severity,
    place: Location,
    title: Option<Text>,
    found: Option<Text>,
    expected: Option<Text>,
    notes: Vec<Text>,
    remedy: Option<Text>,
    related: Vec<(Location, Text)>,
    fix: Option<Fix>,
    conditional: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::FieldPath;
    use crate::rule::{Basis, Code};

    const BAD: &Rule = &Rule::warning(Code::own("TEST", 1), "bad")
        .summary("something is bad")
        .remedy("make it good")
        .basis(Basis::Ours("for tests"));

    fn place() -> Location {
        Location::new(
            ObjectRef::new("Pod", Some("shop"), "web"),
            FieldPath::of("spec.hostPID"),
        )
    }

    #[test]
    fn a_finding_says_what_its_rule_says() {
        let finding = BAD.at(place()).build();
        assert_eq!(finding.title(), "something is bad");
        assert_eq!(finding.remedy(), "make it good");
        assert_eq!(finding.severity(), Severity::Warning);
    }

    #[test]
    fn a_case_can_say_it_more_exactly() {
        let builder = BAD
            .at(place())
            .title("very bad")
            .remedy("run")
            .severity(Severity::Error);
        let finding = builder.found("true").within(1..3).build();
        assert_eq!((finding.title(), finding.remedy()), ("very bad", "run"));
        assert_eq!(finding.place().within, Some((1, 3)));
        assert_eq!(
            finding.to_string(),
            "error[TEST0001] Pod shop/web: spec.hostPID: very bad: found `true`"
        );
    }

    #[test]
    fn the_worst_severity_decides() {
        let mut findings = Findings::new();
        assert_eq!(findings.worst(), None);
        findings.push(BAD.at(place()).severity(Severity::Info));
        assert!(!findings.has_errors());
        findings.push(BAD.at(place()).severity(Severity::Error));
        assert!(findings.has_errors() && findings.contains(BAD));
    }

    #[test]
    fn conditional_findings_keep_everything_else() {
        let finding = BAD.at(place()).found("x").build();
        let conditional = finding.clone().conditional();
        assert!(conditional.is_conditional() && !finding.is_conditional());
        assert_eq!(conditional.found(), Some("x"));
    }
}
