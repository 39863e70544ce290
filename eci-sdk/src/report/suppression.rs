//! Findings that somebody decided to live with, and what is wrong with those decisions.

mod directive;
mod entry;
mod rules;
#[cfg(test)]
mod tests;
mod written;

use std::ops::Range;
use std::sync::Arc;

use eci_model::policy::SuppressionReason;
use eci_model::{FieldPath, Finding, Location, Rule};

use super::v1;
use crate::manifest::{Document, Source, Value};
use directive::Directive;
use entry::{Entry, Places, Scope};
pub(crate) use rules::RULES;
pub use rules::{UNKNOWN_RULE, UNUSED, WITHOUT_REASON, named_rule};
pub use written::{SuppressedBy, Suppression};

/// The annotation that hides findings of its object: a line `ECI1040, host-path -- reason` each.
pub const IGNORE_ANNOTATION: &str = "eci.sdk/ignore";

/// What may carry the annotation: the object, and where Kubernetes' workloads have the template of their pods.
const TEMPLATES: [&[&str]; 4] = [
    &[],
    &["template"],
    &["spec", "template"],
    &["spec", "jobTemplate", "spec", "template"],
];

/// A finding about a suppression, with the text it stands in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Noted {
    /// The finding.
    pub finding: Finding,
    /// The document that holds the suppression; `None` for one of the command line.
    pub document: Option<Document>,
    /// The bytes of the source to mark.
    pub span: Range<usize>,
}

/// The suppressions of a run: what they hide, and which of them hide nothing.
///
/// # Example
/// ```
/// use eci_sdk::manifest::{Reader, Source};
/// use eci_sdk::report::Suppressions;
/// use eci_sdk::{Cluster, Edition, Planner};
///
/// let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: agent, labels: {alibabacloud.com/eci: \"true\"}}\n\
///             spec:\n  hostNetwork: true # eci: ignore host-network -- moves to nodes in May\n  \
///             containers: [{name: main, image: 'shop/agent:1.4'}]\n";
/// let source = Source::new("agent.yaml", text).into();
/// let document = Reader::new().read(&source).next().expect("a document");
/// let planner = Planner::new(Cluster::new(Edition::Ack));
///
/// let mut suppressions = Suppressions::new();
/// suppressions.read(&document);
/// for object in document.objects().0 {
///     for finding in &planner.review(object.object()).findings {
///         let row = suppressions.hides(finding, Some(&document));
///         let reason = row.and_then(|row| row.reason);
///         assert_eq!(reason.is_some(), finding.rule().name() == "host-network");
///     }
/// }
/// assert!(suppressions.findings(Default::default(), &[]).is_empty());
/// ```
#[derive(Debug, Default)]
pub struct Suppressions {
    entries: Vec<Entry>,
    /// Those that name no rule, or nothing at all.
    faulty: Vec<Noted>,
    /// The text whose comments were read last, since the items of a list share it.
    last: Option<(Arc<Source>, Range<usize>)>,
}

impl Suppressions {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the comments and annotations of a document.
    ///
    /// A comment behind content holds for its line, one on a line of its own for the next line with content, and one above all content for
    /// the whole document.
    pub fn read(&mut self, document: &Document) {
        self.comments(document);
        self.annotations(document);
    }

    /// Takes in a suppression from outside the manifests.
    pub fn add(&mut self, suppression: Suppression) {
        self.entry(suppression, Scope::Files, None, true);
    }

    /// What hides a finding, if anything does, and counts it as used; `document` is the one that the finding stands in. Without it the
    /// documents that hold suppressions are searched for the object of the finding.
    ///
    /// Of several the one nearest to the finding is told.
    pub fn hides(&mut self, finding: &Finding, document: Option<&Document>) -> Option<v1::Suppressed> {
        let mut nearest: Option<&Suppression> = None;
        let meant = self.entries.iter_mut().filter(|entry| entry.rule == finding.rule());
        for entry in meant {
            if entry.reaches(finding, document) {
                entry.is_used = true;
                if nearest.is_none_or(|near| entry.written.by < near.by) {
                    nearest = Some(&entry.written);
                }
            }
        }
        nearest.map(|suppression| v1::Suppressed {
            by: suppression.by.name(),
            reason: suppression.reason.as_deref().map(str::to_owned),
        })
    }

    /// What is wrong with the suppressions, once all findings were asked about; `silent` names the rules that lack facts.
    ///
    /// Rules of this room are suppressed as others are, from outside the manifests; what is hidden is left out.
    pub fn findings(&mut self, reason: SuppressionReason, silent: &[&str]) -> Vec<Noted> {
        let mut noted = std::mem::take(&mut self.faulty);
        if reason == SuppressionReason::Required {
            let reasonless = self
                .entries
                .iter()
                .filter(|entry| entry.is_first && entry.written.reason.is_none());
            noted.extend(reasonless.map(|entry| entry.noted(WITHOUT_REASON)));
        }
        noted.extend(self.unused(silent, |rule| rule != UNUSED));
        noted.retain(|noted| self.hides(&noted.finding, noted.document.as_ref()).is_none());
        // Only now it is known whether there was something for them to hide.
        noted.extend(self.unused(silent, |rule| rule == UNUSED));
        noted
    }

    fn unused(&self, silent: &[&str], is_asked: impl Fn(&Rule) -> bool) -> Vec<Noted> {
        let unused = self.entries.iter().filter(|entry| {
            let is_told = entry.written.is_told_when_unused && !silent.contains(&entry.rule.name());
            !entry.is_used && is_told && is_asked(entry.rule)
        });
        unused.map(|entry| entry.noted(UNUSED)).collect()
    }

    fn comments(&mut self, document: &Document) {
        let text = document.text_range();
        let source = document.source();
        let is_same = |(last, range): &(Arc<Source>, Range<usize>)| Arc::ptr_eq(last, source) && *range == text;
        if self.last.as_ref().is_some_and(is_same) {
            return;
        }
        for (span, comment) in document.comments() {
            let Some((directive, before)) = Directive::of_comment(comment) else {
                continue;
            };
            let place = Location::new(document.reference(), FieldPath::ROOT);
            let base = span.start + before;
            let places = |inner: Range<usize>| (place.clone(), Some(base + inner.start..base + inner.end));
            let written = Written {
                by: SuppressedBy::Comment,
                document,
                scope: Scope::of_comment(document, &span),
                places: &places,
            };
            self.directive(&directive, &written);
        }
        self.last = Some((Arc::clone(source), text));
    }

    fn annotations(&mut self, document: &Document) {
        let Some(root) = document.root() else { return };
        for steps in TEMPLATES {
            let owner = steps.iter().try_fold(root, |value, step| value.get(step));
            let Some(text) = owner.and_then(annotation) else {
                continue;
            };
            let path = steps.iter().fold(FieldPath::ROOT, |path, step| path.with_field(*step));
            let annotations = path.clone().with_field("metadata").with_field("annotations");
            let place = Location::new(document.reference(), annotations.with_key(IGNORE_ANNOTATION));
            let mut from = 0;
            for line in text.split('\n') {
                let places = |inner: Range<usize>| {
                    let byte = |byte: usize| u32::try_from(from + byte).unwrap_or(u32::MAX);
                    (place.clone().within(byte(inner.start)..byte(inner.end)), None)
                };
                let written = Written {
                    by: SuppressedBy::Annotation,
                    document,
                    scope: Scope::Object(document.range(), path.clone()),
                    places: &places,
                };
                if !line.trim().is_empty() || text.trim().is_empty() {
                    self.directive(&Directive::of(line), &written);
                }
                from += line.len() + 1;
            }
        }
    }

    fn directive(&mut self, directive: &Directive<'_>, written: &Written<'_>) {
        for (index, (name, inner)) in directive.rules.iter().enumerate() {
            let (place, span) = (written.places)(inner.clone());
            let suppression = Suppression::new(name, written.by, place)
                .because(directive.reason.unwrap_or_default())
                .written_in(written.document.clone());
            self.entry(suppression, written.scope.clone(), span, index == 0);
        }
        if directive.rules.is_empty() {
            let (place, span) = (written.places)(0..0);
            let finding = UNKNOWN_RULE.at(place).title("suppression that names no rule").build();
            self.faulty
                .push(Noted::new(finding, Some(written.document.clone()), span));
        }
    }

    fn entry(&mut self, written: Suppression, scope: Scope, span: Option<Range<usize>>, is_first: bool) {
        match named_rule(&written.rule, written.place.clone()) {
            Ok(rule) => self.entries.push(Entry {
                rule,
                written,
                scope,
                span,
                is_first,
                is_used: false,
            }),
            Err(finding) => self.faulty.push(Noted::new(finding, written.document, span)),
        }
    }
}

/// What all rules of a directive share.
struct Written<'w> {
    by: SuppressedBy,
    document: &'w Document,
    scope: Scope,
    places: Places<'w>,
}

/// The text of the annotation of an object or a template.
fn annotation(owner: Value<'_>) -> Option<&str> {
    owner
        .get("metadata")?
        .get("annotations")?
        .get(IGNORE_ANNOTATION)?
        .as_str()
}
