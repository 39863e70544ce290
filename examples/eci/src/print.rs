//! Findings and plans on the terminal.

use std::fmt::Write as _;

use eci_sdk::report::human::{Excerpt, render};
use eci_sdk::report::v1;
use eci_sdk::{Finding, Plan, Severity};

use crate::args::{Colour, Form, Output};
use crate::input::Input;
use crate::judge::Judged;

/// Whether to use colours on standard output.
pub(crate) fn styled(output: &Output) -> bool {
    match output.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    }
}

/// Prints the findings that are asked for.
pub(crate) fn findings(input: &Input, judged: &Judged, output: &Output) {
    let least = if output.info { Severity::Info } else { Severity::Warning };
    let styled = styled(output);
    for (document, finding) in judged
        .findings
        .iter()
        .filter(|(_, finding)| finding.severity() >= least)
    {
        match output.output {
            Form::Compact => anstream::println!("{}", compact(input, *document, finding)),
            _ => anstream::println!("{}\n", human(input, *document, finding, styled)),
        }
    }
}

fn human(input: &Input, document: usize, finding: &Finding, styled: bool) -> String {
    let mut remarks = Vec::new();
    if finding.is_conditional() {
        remarks.push("only if the pod runs on ECI, which the input does not tell".to_owned());
    }
    for (place, why) in finding.related() {
        remarks.push(format!("{why}: {place}"));
    }
    let found = input.documents.get(document);
    let excerpt = found.map(|document| Excerpt {
        file: document.source().name(),
        text: document.source().text(),
        span: document.span(&finding.place().path, finding.place().within),
    });
    render(finding, excerpt.as_ref(), &remarks, styled)
}

fn compact(input: &Input, document: usize, finding: &Finding) -> String {
    let place = place(input, document, finding);
    let (file, line, column) = (
        place.file.unwrap_or_default(),
        place.line.unwrap_or(1),
        place.column.unwrap_or(1),
    );
    let mut text = format!(
        "{file}:{line}:{column}: {}[{}] ",
        finding.severity(),
        finding.rule().code()
    );
    // Writing to a String cannot fail.
    let _ = write!(text, "{}", finding.title());
    if let Some(found) = finding.found() {
        let _ = write!(text, ": `{found}`");
    }
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// A finding as JSON, with its place in the file.
pub(crate) fn json(input: &Input, document: usize, finding: &Finding) -> v1::Finding {
    let mut row = v1::Finding::from(finding);
    row.place = place(input, document, finding);
    row
}

fn place(input: &Input, document: usize, finding: &Finding) -> v1::Place {
    let mut place = v1::Place::from(finding.place());
    if let Some(document) = input.documents.get(document) {
        let span = document.span(&finding.place().path, finding.place().within);
        let position = document.source().position(span.start);
        place.file = Some(document.source().name().to_owned());
        place.line = Some(position.line);
        place.column = Some(position.column);
    }
    place
}

/// The counts below the findings.
pub(crate) fn summary(input: &Input, judged: &Judged) -> String {
    let workloads = judged.bound + judged.not_bound + judged.unknown;
    let mut text = format!(
        "{} objects in {} files: {workloads} workloads, {} bound for ECI, {} not, {} cannot tell",
        input.items.len(),
        input.files,
        judged.bound,
        judged.not_bound,
        judged.unknown
    );
    if !input.other_templates.is_empty() {
        let kinds: Vec<&str> = input.other_templates.iter().map(String::as_str).collect();
        let _ = write!(text, "; other kinds with a pod template: {}", kinds.join(", "));
    }
    let counts = judged.counts;
    let _ = write!(
        text,
        "\n{} errors, {} warnings, {} infos (--info)",
        counts.error, counts.warning, counts.info
    );
    if counts.if_on_eci > 0 {
        let _ = write!(text, " · if on ECI: {}", counts.if_on_eci);
    }
    let _ = write!(
        text,
        "\nrules {}, pages to 2026-10, list prices {}",
        env!("CARGO_PKG_VERSION"),
        input.cluster.prices().date()
    );
    text
}

/// A plan for people.
pub(crate) fn plan(plan: &Plan, replicas: u32, why: bool) -> String {
    let mut text = String::new();
    let subject = plan.subject();
    let copies = if replicas == 1 {
        String::new()
    } else {
        format!(", {replicas} replicas")
    };
    let _ = writeln!(text, "{subject}{copies} -> {}", plan.routing());
    for decision in plan.decisions() {
        let origin = decision
            .trail
            .first()
            .map(|reason| reason.origin.to_string())
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "  {:<16} {:<36} {origin}",
            decision.name,
            decision.value.to_string()
        );
        if why {
            for reason in decision.trail {
                let _ = writeln!(text, "  {:<16}   {reason}", "");
            }
        }
        for beaten in decision.beaten {
            let _ = writeln!(
                text,
                "  {:<16}   beat {} of {}: {}",
                "", beaten.value, beaten.origin, beaten.why
            );
        }
    }
    match plan.price() {
        Some((rate, currency)) => {
            let month = rate.times(u64::from(replicas)).month();
            let _ = writeln!(
                text,
                "  {:<16} {:.4} {currency}/h each, {month:.0} {currency} a month in all",
                "price",
                rate.hour()
            );
        }
        None => {
            let _ = writeln!(
                text,
                "  {:<16} not known: billed by ECS type or at the spot price",
                "price"
            );
        }
    }
    let needs = plan.needs();
    if !needs.is_empty() {
        let names: Vec<String> = needs.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "  {:<16} {}", "needs", names.join(", "));
    }
    text
}
