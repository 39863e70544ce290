//! Judges what was read, object by object, and counts.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use eci_sdk::manifest::{Document, Parsed, Position, Seen};
use eci_sdk::report::v1::{Counts, Knowledge, Summary, Suppressed};
use eci_sdk::report::{Baseline, Graded, Noted, Suppressions};
use eci_sdk::{Auditor, Cluster, Finding, ObjectRef, Planner, Review, Routing, Severity};

use crate::config::Found as Configured;
use crate::input::{Input, NO_DOCUMENT};
use crate::print;

/// A finding and what is needed to print it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The document it is about, or [`NO_DOCUMENT`].
    pub(crate) document: usize,
    /// The finding.
    pub(crate) finding: Finding,
    /// What sends the pod to ECI, for a finding that rests on that.
    pub(crate) why_eci: Option<String>,
    /// Whether another object than that of the document brought it to light.
    is_from_elsewhere: bool,
    /// Of how many more objects the same was found at this place.
    pub(crate) also: usize,
    /// The bytes that it marks, when those are no value of its document.
    pub(crate) marked: Option<Range<usize>>,
    /// Where its object begins in a stream that has gone on since.
    pub(crate) begin: Option<Position>,
    /// What suppresses it.
    pub(crate) suppressed: Option<Suppressed>,
}

/// What was found and planned.
#[derive(Debug)]
pub(crate) struct Judged {
    /// Every finding, in the order of the input.
    pub(crate) findings: Vec<Found>,
    /// The reviews of objects that hold a pod, with the item each is of.
    pub(crate) reviews: Vec<(usize, Review)>,
    /// Those that are suppressed.
    pub(crate) suppressed: Vec<Found>,
    /// The counts.
    pub(crate) summary: Summary,
}

impl Judged {
    /// Judges every object that is no mere fact, on what is known of the cluster.
    pub(crate) fn of(input: &Input, planner: &Planner) -> Self {
        let mut judge = Judge::new(planner);
        let mut findings: Vec<Found> = input.findings.iter().cloned().map(Found::about).collect();
        let mut reviews = Vec::new();
        let mut objects: BTreeMap<usize, Vec<&Parsed>> = BTreeMap::new();
        let mut places: BTreeMap<ObjectRef, usize> = BTreeMap::new();
        for (number, item) in input.items.iter().enumerate() {
            let reference = item.parsed.object().reference();
            places.entry(key(&reference)).or_insert(item.document);
            if item.is_fact {
                continue;
            }
            objects.entry(item.document).or_default().push(&item.parsed);
            let (review, found) = judge.object(item.document, &item.parsed);
            findings.extend(found);
            if review.routing.is_some() {
                reviews.push((number, review));
            }
        }
        for (number, document) in input.documents.iter().enumerate().skip(input.fact_documents) {
            let objects = objects.remove(&number).unwrap_or_default();
            findings.extend(judge.document(number, document, &objects));
        }
        let Judge {
            auditor, mut summary, ..
        } = judge;
        for finding in auditor.finish() {
            let document = places
                .get(&key(&finding.place().object))
                .copied()
                .unwrap_or(NO_DOCUMENT);
            findings.push(Found::about((document, finding)));
        }
        for found in &mut findings {
            bring_home(found, &places);
        }
        findings.sort_by_key(|found| found.document);
        findings.dedup_by(|a, b| a.document == b.document && a.finding == b.finding);
        let findings = once_each(findings);
        for found in &findings {
            count(&mut summary, &found.finding);
        }
        summary.files = input.files;
        summary.skipped.other_files = input.other_files;
        summary.skipped.patches = input.patches;
        summary.skipped.by_configuration = input.left_out;
        Self {
            findings,
            reviews,
            suppressed: Vec::new(),
            summary,
        }
    }

    /// Leaves out what a baseline knows, and counts it.
    pub(crate) fn leave_out(&mut self, input: &Input, baseline: &Baseline) {
        let mut matching = baseline.matching();
        let summary = &mut self.summary;
        self.findings.retain(|found| {
            let is_known = matching.is_known(&print::json(found, input.documents.get(found.document)));
            summary.known += usize::from(is_known);
            !is_known
        });
        summary.fixed = matching.fixed();
        self.count_anew();
    }

    /// Grades findings as a configuration wants them, then sets aside what is suppressed, and tells what is wrong with suppressions.
    pub(crate) fn settle(
        &mut self,
        input: &Input,
        mut suppressions: Suppressions,
        configured: Option<&Arc<Configured>>,
    ) {
        if let Some(configured) = configured {
            let summary = &mut self.summary;
            self.findings
                .retain_mut(|found| grade(&mut found.finding, configured, summary));
        }
        for document in &input.documents {
            suppressions.read(document);
        }
        for mut found in std::mem::take(&mut self.findings) {
            match suppressions.hides(&found.finding, input.documents.get(found.document)) {
                Some(by) => {
                    self.summary.suppressed.add(&found.finding);
                    found.suppressed = Some(by);
                    self.suppressed.push(found);
                }
                None => self.findings.push(found),
            }
        }
        let reason = input.cluster.policies().suppression_reason;
        for noted in suppressions.findings(reason, &self.summary.silent_rules) {
            let mut documents = input.documents.iter();
            let document = documents.position(|document| noted.stands_in(document));
            let mut found = Found::noted(document.unwrap_or(NO_DOCUMENT), noted);
            if configured.is_none_or(|configured| grade(&mut found.finding, configured, &mut self.summary)) {
                self.findings.push(found);
            }
        }
        self.findings.sort_by_key(|found| found.document);
        self.count_anew();
    }

    fn count_anew(&mut self) {
        self.summary.findings = Counts::default();
        self.summary.by_rule.clear();
        self.summary.by_namespace.clear();
        for found in &self.findings {
            count_finding(&mut self.summary, &found.finding);
        }
    }
}

impl Found {
    pub(crate) fn about((document, finding): (usize, Finding)) -> Self {
        Self {
            document,
            finding,
            why_eci: None,
            is_from_elsewhere: false,
            also: 0,
            marked: None,
            begin: None,
            suppressed: None,
        }
    }

    /// A finding about a suppression.
    pub(crate) fn noted(document: usize, noted: Noted) -> Self {
        let marked = noted.document.is_some().then_some(noted.span);
        Self {
            marked,
            ..Self::about((document, noted.finding))
        }
    }
}

/// Judges one object after the other.
#[derive(Debug)]
pub(crate) struct Judge {
    pub(crate) auditor: Auditor,
    pub(crate) summary: Summary,
    seen: Seen,
}

impl Judge {
    pub(crate) fn new(planner: &Planner) -> Self {
        Self {
            auditor: planner.auditor(),
            summary: begun(planner.cluster()),
            seen: Seen::default(),
        }
    }

    /// Judges an object.
    pub(crate) fn object(&mut self, document: usize, parsed: &Parsed) -> (Review, Vec<Found>) {
        let review = self.auditor.push(parsed.object());
        match &review.routing {
            Some(Routing::NotEci { .. }) => self.summary.not_bound += 1,
            Some(Routing::Unknown { .. }) => self.summary.cannot_tell += 1,
            Some(_) => self.summary.bound += 1,
            None => {}
        }
        let why = match &review.routing {
            Some(Routing::Eci { why, .. } | Routing::OnShortage { why, .. }) => Some(why.to_string()),
            _ => None,
        };
        let found = review.findings.iter().map(|finding| Found {
            document,
            finding: finding.clone(),
            why_eci: why.clone().filter(|_| rests_on_routing(finding)),
            is_from_elsewhere: key(&finding.place().object) != key(&review.subject),
            also: 0,
            marked: None,
            begin: None,
            suppressed: None,
        });
        let found = found.collect();
        (review, found)
    }

    /// Counts a document, and says whether its object was there before.
    pub(crate) fn document(&mut self, number: usize, document: &Document, objects: &[&Parsed]) -> Option<Found> {
        self.summary.objects += usize::from(document.is_object());
        for kind in Input::template_kinds(objects) {
            *self.summary.templates.entry(kind).or_default() += 1;
        }
        let again = self.seen.again(document)?;
        Some(Found::about((number, again)))
    }
}

/// Counts a finding, and what it says about the input.
pub(crate) fn count(summary: &mut Summary, finding: &Finding) {
    count_finding(summary, finding);
    count_input(summary, finding);
}

fn count_finding(summary: &mut Summary, finding: &Finding) {
    summary.findings.add(finding);
    *summary.by_rule.entry(finding.rule().name().to_owned()).or_default() += 1;
    if let Some(namespace) = &finding.place().object.namespace {
        *summary.by_namespace.entry(namespace.to_string()).or_default() += 1;
    }
}

/// Counts what a finding says about the input, whether or not it was known before.
pub(crate) fn count_input(summary: &mut Summary, finding: &Finding) {
    match finding.rule().name() {
        "manifest-template" => summary.skipped.templates += 1,
        "manifest-not-kubernetes" => summary.skipped.not_kubernetes += 1,
        "manifest-unreadable" => summary.skipped.unreadable += 1,
        "manifest-kind-not-checked" => {
            let kind = finding.found().unwrap_or_default().to_owned();
            *summary.not_checked.entry(kind).or_default() += 1;
        }
        _ => {}
    }
}

/// Gives a finding the severity that a configuration wants, counts that, and says whether it is told at all.
pub(crate) fn grade(finding: &mut Finding, configured: &Configured, summary: &mut Summary) -> bool {
    match configured.configuration.grade(finding.clone()) {
        Graded::Off => {
            summary.switched_off.add(finding);
            return false;
        }
        Graded::Changed(changed) => {
            summary.regraded += 1;
            *finding = changed;
        }
        _ => {}
    }
    true
}

/// Whether any finding is as bad as that.
pub(crate) fn fails(summary: &Summary, fail_on: Severity) -> bool {
    let counts = &summary.findings;
    match fail_on {
        Severity::Error => counts.error > 0,
        Severity::Warning => counts.error + counts.warning > 0,
        _ => counts.error + counts.warning + counts.info > 0,
    }
}

fn begun(cluster: &Cluster) -> Summary {
    let mut summary = Summary::default();
    let mut silent: Vec<&'static str> = cluster
        .summary()
        .silent
        .into_iter()
        .flat_map(|(_, rules)| rules)
        .collect();
    silent.sort_unstable();
    silent.dedup();
    summary.silent_rules = silent;
    summary.knowledge = Knowledge::of(cluster);
    summary
}

/// Rules about limits, network, size and storage hold for pods on ECI only.
fn rests_on_routing(finding: &Finding) -> bool {
    matches!(finding.rule().code().number() / 1000, 1 | 3 | 5 | 6)
}

/// A finding on an object that another one brought to light, such as a profile, belongs to the document of its own object.
fn bring_home(found: &mut Found, places: &BTreeMap<ObjectRef, usize>) {
    let home = places.get(&key(&found.finding.place().object));
    if let (true, Some(&home)) = (found.is_from_elsewhere, home) {
        found.document = home;
        found.why_eci = None;
    }
}

/// What many objects bring to light at one place is said once, and for how many more.
fn once_each(findings: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::with_capacity(findings.len());
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for found in findings {
        if !found.is_from_elsewhere {
            kept.push(found);
            continue;
        }
        let finding = &found.finding;
        let place = finding.place();
        let key = format!(
            "{} {} {place} {:?} {:?}",
            found.document,
            finding.rule().code(),
            place.within,
            finding.found()
        );
        match first.get(&key).and_then(|at| kept.get_mut(*at)) {
            Some(known) if known.finding.title() == finding.title() => known.also += 1,
            _ => {
                first.insert(key, kept.len());
                kept.push(found);
            }
        }
    }
    kept
}

/// An object without its UID, which findings may carry and lookups lack.
fn key(reference: &ObjectRef) -> ObjectRef {
    ObjectRef::new(reference.kind.clone(), reference.namespace.as_deref(), &reference.name)
}
