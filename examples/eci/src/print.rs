//! Findings and the summary on the terminal.

use std::fmt::Write as _;

use eci_sdk::manifest::Document;
use eci_sdk::report::human::{Excerpt, Remark, render};
use eci_sdk::report::{compact, v1};
use eci_sdk::{Location, Severity};

use crate::args::{Form, Output};
use crate::input::Input;
use crate::judge::{Found, Judged};
use crate::look::Look;
use crate::out::say;
use crate::table::labelled;

/// Rules named in the summary; the others are counted.
const MOST_RULES: usize = 12;
/// Namespaces named in the summary.
const MOST_NAMESPACES: usize = 8;
/// Kinds named in the summary.
const MOST_KINDS: usize = 8;

/// Prints the findings that are asked for.
pub(crate) fn findings(input: &Input, judged: &Judged, output: &Output) {
    let mut look = Look::of(output);
    let place = |location: &Location| input.line_of(location);
    let asked = || judged.findings.iter().filter(|found| is_asked(found, output));
    let most = output.max_findings.unwrap_or(usize::MAX);
    for found in asked().take(most) {
        finding(found, input.documents.get(found.document), &place, &mut look);
    }
    not_printed(asked().count().saturating_sub(most), output);
}

/// Tells how many findings `--max-findings` kept back.
pub(crate) fn not_printed(count: usize, output: &Output) {
    if count > 0 && !output.quiet {
        say!("{} not printed (--max-findings)", counted(count, "finding"));
    }
}

/// Whether a finding of that severity is printed.
pub(crate) fn is_asked(found: &Found, output: &Output) -> bool {
    output.info || found.finding.severity() > Severity::Info
}

/// Prints a finding; `place` says where another object stands.
pub(crate) fn finding(
    found: &Found,
    document: Option<&Document>,
    place: &dyn Fn(&Location) -> Option<String>,
    look: &mut Look,
) {
    match look.form {
        Form::Compact => say!("{}", compact(&json(found, document))),
        _ => say!("{}\n", human(found, document, place, look)),
    }
}

fn human(
    found: &Found,
    document: Option<&Document>,
    place: &dyn Fn(&Location) -> Option<String>,
    look: &mut Look,
) -> String {
    let finding = &found.finding;
    let mut remarks = Vec::new();
    if finding.is_conditional() {
        remarks.push(Remark::note(
            "only if the pod runs on ECI, which the input does not tell",
        ));
    }
    if let Some(template) = document.and_then(Document::template) {
        remarks.push(Remark::note(format!("rendered from {template}")));
    }
    for (location, why) in finding.related() {
        let at = place(location).map_or_else(String::new, |at| format!(" ({at})"));
        remarks.push(Remark::note(format!("{why}: {location}{at}")));
    }
    if found.also > 0 {
        remarks.push(Remark::note(format!("the same for {}", counted_more(found.also))));
    }
    if let Some(why) = &found.why_eci {
        remarks.push(Remark::new("why eci", why.clone()));
    }
    let mut excerpt = document.map(|document| Excerpt::of(document, finding));
    if let (Some(excerpt), Some(marked)) = (&mut excerpt, &found.marked) {
        excerpt.span = marked.clone();
    }
    if excerpt.is_none()
        && let Some(at) = place(finding.place())
    {
        remarks.push(Remark::note(format!("the object begins at {at}")));
    }
    remarks.extend(look.explanation(finding.rule()));
    render(finding, excerpt.as_ref(), &remarks, look.style())
}

/// A finding as JSON, with its place in the file.
pub(crate) fn json(found: &Found, document: Option<&Document>) -> v1::Finding {
    let mut row = match document {
        Some(document) => v1::Finding::within(&found.finding, document),
        None => v1::Finding::from(&found.finding),
    };
    if let (Some(document), Some(marked)) = (document, &found.marked) {
        row.place = row.place.marked(document, marked);
    }
    if let (None, Some(begin)) = (document, found.begin) {
        row.place.file = Some("-".to_owned());
        row.place.line = Some(begin.line);
        row.place.column = Some(begin.column);
    }
    if found.also > 0 {
        row.notes.push(format!("the same for {}", counted_more(found.also)));
    }
    row.suppressed(found.suppressed.clone())
}

fn counted_more(also: usize) -> String {
    let plural = if also == 1 { "" } else { "s" };
    format!("{also} more object{plural}")
}

/// All findings as JSON, those that are suppressed behind the others.
pub(crate) fn all_json(input: &Input, judged: &Judged) -> Vec<v1::Finding> {
    let mut rows = told_json(input, judged);
    let suppressed = judged.suppressed.iter();
    rows.extend(suppressed.map(|found| json(found, input.documents.get(found.document))));
    rows
}

/// The findings that are not suppressed.
pub(crate) fn told_json(input: &Input, judged: &Judged) -> Vec<v1::Finding> {
    let rows = judged.findings.iter();
    rows.map(|found| json(found, input.documents.get(found.document)))
        .collect()
}

/// The counts below the findings.
pub(crate) fn summary(summary: &v1::Summary) -> String {
    let mut lines = vec![read(summary)];
    let skipped = skipped(summary);
    if !skipped.is_empty() {
        lines.push(labelled("skipped", &skipped.join(", ")));
    }
    if !summary.by_rule.is_empty() {
        lines.push(labelled("rules", &by_rule(summary)));
    }
    if summary.by_namespace.len() > 1 {
        let most = most(&summary.by_namespace, MOST_NAMESPACES);
        lines.push(labelled("namespaces", &most.join(" · ")));
    }
    let counts = summary.findings;
    let mut text = format!(
        "{}, {}, {} (--info)",
        counted(counts.error, "error"),
        counted(counts.warning, "warning"),
        counted(counts.info, "info")
    );
    if counts.if_on_eci > 0 {
        let _ = write!(text, " · if on ECI: {}", counts.if_on_eci);
    }
    let suppressed = summary.suppressed;
    let all = suppressed.error + suppressed.warning + suppressed.info;
    if all > 0 {
        let _ = write!(
            text,
            " · suppressed: {all}, {} of them",
            counted(suppressed.error, "error")
        );
    }
    let off = summary.switched_off;
    let all = off.error + off.warning + off.info;
    if all > 0 {
        let _ = write!(text, " · switched off: {all}, {} of them", counted(off.error, "error"));
    }
    if summary.regraded > 0 {
        let _ = write!(text, " · other severity: {}", summary.regraded);
    }
    if summary.known + summary.fixed > 0 {
        let _ = write!(text, " · baseline: {} known, {} fixed", summary.known, summary.fixed);
    }
    if !summary.silent_rules.is_empty() {
        let silent = counted(summary.silent_rules.len(), "rule");
        let _ = write!(text, " · {silent} silent for lack of facts");
    }
    lines.push(text);
    let knowledge = &summary.knowledge;
    lines.push(format!(
        "rules {}, pages to {}, list prices {} {}",
        knowledge.rules, knowledge.pages_to, knowledge.currency, knowledge.prices_of
    ));
    lines.join("\n")
}

fn read(summary: &v1::Summary) -> String {
    let mut text = format!(
        "{} in {}: {} bound for ECI, {} not, {} cannot tell",
        counted(summary.objects, "object"),
        counted(summary.files, "file"),
        summary.bound,
        summary.not_bound,
        summary.cannot_tell
    );
    if summary.cannot_tell > 0 {
        text.push_str(" (judged as \"if on ECI\")");
    }
    if !summary.templates.is_empty() {
        let all: usize = summary.templates.values().sum();
        let kinds = kinds(&summary.templates);
        let _ = write!(
            text,
            "\n{}",
            labelled("templates", &format!("{all} of other kinds read ({kinds})"))
        );
    }
    text
}

fn skipped(summary: &v1::Summary) -> Vec<String> {
    let skipped = summary.skipped;
    let mut parts = Vec::new();
    let mut part = |count: usize, what: &str| {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    };
    part(skipped.templates, "not rendered");
    part(skipped.not_kubernetes, "no Kubernetes objects");
    part(skipped.patches, "patches of kustomizations");
    part(skipped.other_files, "files of other types");
    part(skipped.by_configuration, "by the configuration");
    part(skipped.unreadable, "not readable");
    let not_checked: usize = summary.not_checked.values().sum();
    if not_checked > 0 {
        parts.push(format!(
            "{not_checked} of kinds that are not checked ({})",
            kinds(&summary.not_checked)
        ));
    }
    parts
}

fn kinds(kinds: &std::collections::BTreeMap<String, usize>) -> String {
    most(kinds, MOST_KINDS).join(", ")
}

/// The most frequent ones with their counts, and how many others there are.
fn most(counts: &std::collections::BTreeMap<String, usize>, shown: usize) -> Vec<String> {
    let mut most: Vec<(&String, &usize)> = counts.iter().collect();
    most.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let others = most.len().saturating_sub(shown);
    let mut parts: Vec<String> = most
        .iter()
        .take(shown)
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    if others > 0 {
        parts.push(format!("{others} more"));
    }
    parts
}

/// Errors and warnings before infos, the most frequent first.
fn by_rule(summary: &v1::Summary) -> String {
    let mut rules: Vec<(&str, usize)> = summary
        .by_rule
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    let mildness = |name: &str| std::cmp::Reverse(eci_sdk::rule(name).map(eci_sdk::Rule::severity));
    rules.sort_by_key(|(name, count)| (mildness(name), std::cmp::Reverse(*count), *name));
    let others = rules.len().saturating_sub(MOST_RULES);
    let mut parts: Vec<String> = rules
        .iter()
        .take(MOST_RULES)
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    if others > 0 {
        parts.push(format!("{others} more"));
    }
    parts.join(" · ")
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
