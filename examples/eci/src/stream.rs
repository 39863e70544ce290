//! `eci check - --cluster FILE`: a stream is judged as it comes, in constant memory.
//!
//! Nothing of a document stays but the digests that rules about several objects need, and where it stood.

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use eci_sdk::manifest::{Document, Parsed, Position, Reader, Stream};
use eci_sdk::report::{Baseline, Matching, Suppressions, v1};
use eci_sdk::{Cluster, Location, Observed, Planner};

use crate::args::{Check, Output};
use crate::input::{Input, InputError, NO_DOCUMENT};
use crate::judge::{self, Found, Judge};
use crate::look::Look;
use crate::out::say;
use crate::{baseline, print, verbs};

/// Judges standard input on the facts of `--cluster`.
pub(crate) fn check(arguments: &Check, baseline: Option<&Baseline>) -> Result<ExitCode, Box<dyn Error>> {
    let facts = Input::only_facts(&arguments.input)?;
    let planner = Planner::new(facts.cluster.clone()).assume_bound(arguments.input.assume_eci);
    let printed = arguments.reports.printed();
    let printed = printed.filter(|_| !arguments.known.write_baseline);
    let mut run = Run {
        arguments,
        look: printed.as_ref().map(Look::of),
        printed,
        asked: 0,
        suppressions: arguments.suppressions(),
        matching: baseline.map(Baseline::matching),
        judge: Judge::new(&planner.without_plans()),
        facts: &facts.documents,
        cluster: facts.cluster.clone(),
        facts_passed_over: 0,
        begins: BTreeMap::new(),
        rows: Vec::new(),
    };
    for document in &facts.documents {
        run.suppressions.read(document);
    }
    for found in facts.findings.iter().cloned().map(Found::about) {
        let document = facts.documents.get(found.document);
        run.tell(found, document);
    }
    for document in Stream::new(Reader::new(), "-", std::io::stdin().lock()) {
        let document = document.map_err(|source| InputError::Unreadable {
            path: "-".to_owned(),
            source,
        })?;
        run.document(&document);
    }
    run.judge.summary.files = 1;
    if run.judge.summary.objects == 0 {
        return Err(InputError::Nothing(1).into());
    }
    run.finish()
}

struct Run<'a> {
    arguments: &'a Check,
    /// How findings are printed as they come.
    printed: Option<Output>,
    look: Option<Look>,
    /// How many findings were asked for so far.
    asked: usize,
    suppressions: Suppressions,
    /// What was known before and did not come yet.
    matching: Option<Matching>,
    judge: Judge,
    /// The documents of `--cluster`: what pods bring to light may be wrong there.
    facts: &'a [Document],
    /// The facts of `--cluster`.
    cluster: Cluster,
    facts_passed_over: usize,
    /// Where each object begins.
    begins: BTreeMap<String, Position>,
    /// Every finding, when a form wants them all.
    rows: Vec<v1::Finding>,
}

impl Run<'_> {
    fn document(&mut self, document: &Document) {
        self.suppressions.read(document);
        let (objects, findings) = document.objects();
        let mut found: Vec<Found> = findings.into_iter().map(|finding| Found::about((0, finding))).collect();
        let parsed: Vec<&Parsed> = objects.iter().collect();
        found.extend(self.judge.document(0, document, &parsed));
        for object in &objects {
            found.extend(self.judge.object(0, object).1);
            // A clone shares what it knows, and what it learns goes with it.
            let (observed, _) = self.cluster.clone().observe(object.object());
            self.facts_passed_over += usize::from(observed == Observed::Changed);
            let begin = document.source().position(document.range().start);
            let name = object.object().reference().to_string();
            self.begins.entry(name).or_insert(begin);
        }
        for found in found {
            let place = &found.finding.place().object;
            let fact = self.facts.iter().find(|fact| fact.reference() == *place);
            self.tell(found, Some(fact.unwrap_or(document)));
        }
    }

    fn tell(&mut self, mut found: Found, document: Option<&Document>) {
        if let Some(configured) = self.arguments.input.config.found()
            && !judge::grade(&mut found.finding, configured, &mut self.judge.summary)
        {
            judge::count_input(&mut self.judge.summary, &found.finding);
            return;
        }
        let found = &found;
        let suppressed = self.suppressions.hides(&found.finding, document);
        if suppressed.is_some() {
            self.judge.summary.suppressed.add(&found.finding);
            judge::count_input(&mut self.judge.summary, &found.finding);
            if self.arguments.reports.wants_rows() && !self.arguments.known.write_baseline {
                self.rows.push(print::json(found, document).suppressed(suppressed));
            }
            return;
        }
        let row = || print::json(found, document);
        if self.matching.as_mut().is_some_and(|matching| matching.is_known(&row())) {
            self.judge.summary.known += 1;
            judge::count_input(&mut self.judge.summary, &found.finding);
            return;
        }
        judge::count(&mut self.judge.summary, &found.finding);
        if self.keeps_rows() {
            self.rows.push(row());
        }
        let asked = self.printed.as_ref().filter(|output| print::is_asked(found, output));
        if let (Some(output), Some(look)) = (asked, self.look.as_mut()) {
            self.asked += 1;
            if output.max_findings.is_some_and(|most| self.asked > most) {
                return;
            }
            let begins = &self.begins;
            let place = |location: &Location| Some(format!("-:{}", begins.get(&location.object.to_string())?.line));
            print::finding(found, document, &place, look);
        }
    }

    fn keeps_rows(&self) -> bool {
        self.arguments.reports.wants_rows() || self.arguments.known.write_baseline
    }

    fn finish(mut self) -> Result<ExitCode, Box<dyn Error>> {
        let planner = Planner::new(self.cluster.clone());
        let auditor = std::mem::replace(&mut self.judge.auditor, planner.auditor());
        for finding in auditor.finish() {
            let begin = self.begins.get(&finding.place().object.to_string()).copied();
            let mut found = Found::about((NO_DOCUMENT, finding));
            found.begin = begin;
            self.tell(found, None);
        }
        let reason = self.cluster.policies().suppression_reason;
        let noted = self.suppressions.findings(reason, &self.judge.summary.silent_rules);
        for noted in noted {
            let document = noted.document.clone();
            self.tell(Found::noted(0, noted), document.as_ref());
        }
        if let Some(path) = self.arguments.known.to_write() {
            baseline::write(path, &self.rows)?;
            return Ok(verbs::exit(false, false));
        }
        self.judge.summary.fixed = self.matching.as_ref().map_or(0, Matching::fixed);
        let fails = judge::fails(&self.judge.summary, self.arguments.fails_on());
        if let Some(output) = &self.printed {
            let most = output.max_findings.unwrap_or(usize::MAX);
            print::not_printed(self.asked.saturating_sub(most), output);
        }
        if self.printed.as_ref().is_some_and(|output| !output.quiet) {
            if self.facts_passed_over > 0 {
                let objects = print::counted(self.facts_passed_over, "object");
                say!("{objects} of the stream would be facts: with --cluster only those of the file count");
            }
            say!("{}", print::summary(&self.judge.summary));
        }
        if self.arguments.reports.wants_rows() {
            let report = v1::CheckReport::new(self.rows, self.judge.summary);
            self.arguments.reports.write(&report)?;
        }
        Ok(verbs::exit(fails, false))
    }
}
