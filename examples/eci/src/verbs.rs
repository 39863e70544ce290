//! `eci check`, `eci plan` and `eci facts`.

use std::error::Error;
use std::process::ExitCode;

use eci_sdk::Planner;
use eci_sdk::report::v1;
use serde_json::json;

use crate::args::{Check, Facts, Form, Plan};
use crate::input::Input;
use crate::judge::Judged;
use crate::print;

/// Findings at or above the asked severity.
const FOUND: u8 = 1;

/// Reports what is wrong.
pub(crate) fn check(arguments: &Check) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let planner = Planner::new(input.cluster.clone()).assume_bound(arguments.input.assume_eci);
    let judged = Judged::of(&input, &planner);
    if arguments.output.output == Form::Json {
        let findings: Vec<v1::Finding> = judged
            .findings
            .iter()
            .map(|(document, finding)| print::json(&input, *document, finding))
            .collect();
        let report = json!({"version": 1, "findings": findings, "summary": summary(&input, &judged)});
        anstream::println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print::findings(&input, &judged, &arguments.output);
        if !arguments.output.quiet {
            anstream::println!("{}", print::summary(&input, &judged));
        }
    }
    let fails = judged
        .findings
        .iter()
        .any(|(_, finding)| finding.severity() >= arguments.fail_on);
    Ok(if fails {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

/// Shows how workloads would run.
pub(crate) fn plan(arguments: &Plan) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let planner = Planner::new(input.cluster.clone()).assume_bound(arguments.input.assume_eci);
    let judged = Judged::of(&input, &planner);
    let planned = || {
        judged
            .reviews
            .iter()
            .filter_map(|(item, review)| Some((*item, review.plan.as_ref()?)))
    };
    let refused = judged
        .reviews
        .iter()
        .filter(|(_, review)| review.findings.has_errors())
        .count();
    if arguments.output.output == Form::Json {
        let row = |(item, plan): (usize, &eci_sdk::Plan)| {
            let decisions: Vec<v1::DecisionRow> = plan.decisions().map(Into::into).collect();
            let needs: Vec<String> = plan.needs().iter().map(ToString::to_string).collect();
            let price = plan
                .price()
                .map(|(rate, currency)| json!({"perHour": rate.hour().to_string(), "currency": currency.name()}));
            let replicas = input
                .items
                .get(item)
                .and_then(|item| item.parsed.object().pod())
                .map_or(1, |pod| pod.replicas());
            json!({"subject": plan.subject().to_string(), "routing": plan.routing().to_string(), "replicas": replicas,
                   "decisions": decisions, "price": price, "needs": needs, "request": plan.operation()})
        };
        let plans: Vec<serde_json::Value> = planned().map(row).collect();
        let findings: Vec<v1::Finding> = judged
            .findings
            .iter()
            .map(|(document, finding)| print::json(&input, *document, finding))
            .collect();
        let report = json!({"version": 1, "plans": plans, "findings": findings, "summary": summary(&input, &judged)});
        anstream::println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print::findings(&input, &judged, &arguments.output);
        for (item, plan) in planned() {
            let replicas = input
                .items
                .get(item)
                .and_then(|item| item.parsed.object().pod())
                .map_or(1, |pod| pod.replicas());
            anstream::println!("{}", print::plan(plan, replicas, arguments.why));
        }
        if !arguments.output.quiet {
            let hint = if arguments.why {
                ""
            } else {
                " · --why shows every step, -o json the whole"
            };
            anstream::println!("{} workloads planned, {refused} refused{hint}", planned().count());
        }
    }
    Ok(if refused > 0 {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

/// Shows what was understood of the cluster.
pub(crate) fn facts(arguments: &Facts) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let facts = input.cluster.summary();
    if arguments.output.output == Form::Json {
        anstream::println!(
            "{}",
            serde_json::to_string_pretty(&json!({"version": 1, "known": facts.known, "unknown": facts.unknown}))?
        );
        return Ok(ExitCode::SUCCESS);
    }
    anstream::println!("{}", facts.known.join(" · "));
    if !facts.unknown.is_empty() {
        anstream::println!("not known: {}", facts.unknown.join(", "));
    }
    for (document, finding) in &input.findings {
        anstream::println!("{}", serde_json::to_string(&print::json(&input, *document, finding))?);
    }
    if arguments.silent {
        for (fact, rules) in facts.silent {
            anstream::println!("{fact}: {}", rules.join(", "));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The counts, for programs.
pub(crate) fn summary(input: &Input, judged: &Judged) -> serde_json::Value {
    json!({
        "objects": input.items.len(), "files": input.files,
        "bound": judged.bound, "notBound": judged.not_bound, "cannotTell": judged.unknown,
        "otherTemplates": input.other_templates, "findings": judged.counts,
        "rules": env!("CARGO_PKG_VERSION"), "prices": input.cluster.prices().date(),
    })
}
