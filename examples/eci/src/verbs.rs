//! `eci check`, `eci plan` and `eci facts`.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use eci_sdk::Planner;
use eci_sdk::report::v1;

use crate::args::{Check, Facts, Form, Plan};
use crate::input::Input;
use crate::judge::{self, Found, Judged};
use crate::look::Look;
use crate::out::{self, say};
use crate::table::labelled;
use crate::{COULD_NOT_RUN, baseline, mending, planned, print, stream};

/// Findings at or above the asked severity.
pub(crate) const FOUND: u8 = 1;

/// Reports what is wrong.
pub(crate) fn check(arguments: &Check) -> Result<ExitCode, Box<dyn Error>> {
    arguments.reports.check()?;
    let baseline = arguments.known.read()?;
    if arguments.input.paths == [Path::new("-")] && !arguments.input.cluster.is_empty() && !arguments.mending.diff {
        return stream::check(arguments, baseline.as_ref());
    }
    let mut input = Input::read(&arguments.input)?;
    if let Some(differs) = mending::mended(arguments, &mut input)? {
        return Ok(exit(differs, input.is_incomplete));
    }
    let planner = Planner::new(input.cluster.clone()).assume_bound(arguments.input.assume_eci);
    let mut judged = Judged::of(&input, &planner.without_plans());
    judged.settle(&input, arguments.suppressions(), arguments.input.config.found());
    if let Some(path) = arguments.known.to_write() {
        baseline::write(path, &print::told_json(&input, &judged))?;
        return Ok(exit(false, input.is_incomplete));
    }
    if let Some(baseline) = &baseline {
        judged.leave_out(&input, baseline);
    }
    if let Some(output) = arguments.reports.printed() {
        print::findings(&input, &judged, &output);
        if !output.quiet {
            say!("{}", print::summary(&judged.summary));
        }
    }
    if arguments.reports.wants_rows() {
        let findings = print::all_json(&input, &judged);
        arguments
            .reports
            .write(&v1::CheckReport::new(findings, judged.summary.clone()))?;
    }
    Ok(exit(
        judge::fails(&judged.summary, arguments.fails_on()),
        input.is_incomplete,
    ))
}

/// Shows how workloads would run.
pub(crate) fn plan(arguments: &Plan) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let planner = Planner::new(input.cluster.clone()).assume_bound(arguments.input.assume_eci);
    let judged = Judged::of(&input, &planner);
    let planned = || {
        let plans = judged.reviews.iter();
        plans.filter_map(|(item, review)| Some((*item, review.plan.as_ref()?)))
    };
    let refused = judged.reviews.iter().filter(|(_, review)| review.findings.has_errors());
    let refused = refused.count();
    if arguments.output.output == Form::Json {
        let row = |(item, plan): (usize, &eci_sdk::Plan)| {
            let mut row = v1::PlanRow::new(plan, input.replicas(item));
            if let Some(document) = input.document_of(item) {
                let place = eci_sdk::Location::new(plan.subject().clone(), eci_sdk::FieldPath::ROOT);
                row.subject = row.subject.within(document, &place);
            }
            row
        };
        let plans = planned().map(row).collect();
        let findings = print::all_json(&input, &judged);
        out::json(&v1::PlanReport::new(plans, findings, judged.summary.clone()))?;
    } else {
        print::findings(&input, &judged, &arguments.output);
        for (item, plan) in planned() {
            say!("{}", planned::plan(plan, input.replicas(item), arguments.why));
        }
        if !arguments.output.quiet {
            let hint = if arguments.why {
                ""
            } else {
                " · --why shows every step, -o json the whole"
            };
            let workloads = print::counted(planned().count(), "workload");
            say!("{workloads} planned, {refused} refused{hint}");
        }
    }
    Ok(exit(refused > 0, input.is_incomplete))
}

/// Shows what was understood of the cluster.
pub(crate) fn facts(arguments: &Facts) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let facts = input.cluster.summary();
    let found: Vec<Found> = input.findings.iter().cloned().map(Found::about).collect();
    if arguments.output.output == Form::Json {
        let findings = found
            .iter()
            .map(|found| print::json(found, input.documents.get(found.document)));
        out::json(&v1::FactsReport::new((&facts).into(), findings.collect()))?;
        return Ok(exit(false, input.is_incomplete));
    }
    let mut look = Look::of(&arguments.output);
    for found in found.iter().filter(|found| print::is_asked(found, &arguments.output)) {
        let document = input.documents.get(found.document);
        print::finding(found, document, &|_| None, &mut look);
    }
    say!("{}", labelled("known", &facts.known.join(" · ")));
    if !facts.unknown.is_empty() {
        say!("{}", labelled("not known", &facts.unknown.join(", ")));
    }
    let silent: usize = facts.silent.iter().map(|(_, rules)| rules.len()).sum();
    if arguments.silent {
        for (fact, rules) in &facts.silent {
            say!(
                "{}",
                labelled("silent", &format!("{}: {fact} not known", rules.join(", ")))
            );
        }
    } else if silent > 0 && !arguments.output.quiet {
        let rules = print::counted(silent, "rule");
        say!("{rules} silent for lack of what is not known (--silent lists them)");
    }
    Ok(exit(false, input.is_incomplete))
}

/// The exit code; what could not be read weighs more than what was found.
pub(crate) fn exit(found: bool, is_incomplete: bool) -> ExitCode {
    match (is_incomplete, found) {
        (true, _) => ExitCode::from(COULD_NOT_RUN),
        (false, true) => ExitCode::from(FOUND),
        (false, false) => ExitCode::SUCCESS,
    }
}
