//! Values: form, range, number of items, spelling.

use std::ops::Range;

use eci_model::policy::{ApiBounds, MaskedSamples, OpenForms};
use eci_model::spec::rules::specs::SPEC_TYPE_MALFORMED;
use eci_model::{Basis, Code, Findings, Fix, Location, Rule, Severity, Site};

use crate::key::Row;
use crate::keys;
use crate::rules::{dns, instance, scheduling, spot};
use crate::subject::Subject;
use crate::value::{Fault, Reading, Remark, RemarkKind, ValueError};

/// A value that the grammar of its key does not allow.
pub const BAD_VALUE: &Rule = &Rule::error(Code::eci(2110), "annotation-bad-value")
    .summary("the value does not have the form its key asks for")
    .why("what the platform does with a value it cannot read is not documented; the setting cannot act as written")
    .remedy("write the value in the form of the key")
    .basis(Basis::Inferred(
        "ECI Pod Annotation, 2025-04-24: examples of every key; the patterns are made from them",
    ))
    .page(include_str!("../../rules/annotation-bad-value.md"));

/// A number below or above the range of its key.
pub const OUT_OF_RANGE: &Rule = &Rule::error(Code::eci(2112), "annotation-out-of-range")
    .summary("the number lies outside the range of the key")
    .why("the platform refuses the pod, or takes another number")
    .remedy("choose a number inside the range")
    .basis(Basis::Documented("ECI Pod Annotation, 2025-04-24"))
    .page(include_str!("../../rules/annotation-out-of-range.md"));

/// A value in a form that no page shows.
pub const UNDOCUMENTED_FORM: &Rule = &Rule::warning(Code::eci(2113), "annotation-undocumented-form")
    .summary("no page shows the value in this form")
    .why("whether the platform reads it, and how, is open")
    .remedy("write the documented form")
    .basis(Basis::Documented("the pages of the keys, which leave the form open"))
    .page(include_str!("../../rules/annotation-undocumented-form.md"));

/// A list with more items than its key takes.
pub const TOO_MANY_ITEMS: &Rule = &Rule::error(Code::eci(2114), "annotation-too-many-items")
    .summary("the list holds more items than the key takes")
    .why("the request is refused")
    .remedy("shorten the list")
    .basis(Basis::Documented("ECI Pod Annotation, 2025-04-24; Limits, 2024-10-18"))
    .page(include_str!("../../rules/annotation-too-many-items.md"));

/// An item that stands twice in a list.
pub const DUPLICATE_ITEM: &Rule = &Rule::warning(Code::eci(2116), "annotation-duplicate-item")
    .summary("an item stands twice in the list")
    .why("the second one never decides anything, so another item was probably meant")
    .remedy("remove one of them")
    .basis(Basis::Ours(
        "what the platform does with items that stand twice is not documented",
    ))
    .page(include_str!("../../rules/annotation-duplicate-item.md"));

/// A word in another case than the canonical one.
pub const VALUE_CASE: &Rule = &Rule::info(Code::eci(2118), "annotation-value-case")
    .summary("the word is written in another case than the main pages write it")
    .why("pages spell some words in two ways, and none says that case does not matter")
    .remedy("write the canonical spelling")
    .basis(Basis::Documented(
        "Create a pod across zones, 2025-05-23, against ECI overview for ACK Serverless, 2025-02-17",
    ))
    .page(include_str!("../../rules/annotation-value-case.md"));

/// The masked sample of a page, or a template that nobody filled in.
pub const PLACEHOLDER: &Rule = &Rule::error(Code::eci(2120), "annotation-placeholder")
    .summary("the value is a masked sample or a template, not a real value")
    .why("pages mask ids with asterisks and XX; no resource has such a name")
    .remedy("write the real value")
    .basis(Basis::Documented(
        "samples of the annotation pages, which mask ids in this way",
    ))
    .page(include_str!("../../rules/annotation-placeholder.md"));

/// An id of another length than all those seen.
pub const ID_SHAPE: &Rule = &Rule::warning(Code::eci(2122), "annotation-id-shape")
    .summary("the id has another length than all ids seen")
    .why("a letter was probably lost or added")
    .remedy("compare the id with the console")
    .basis(Basis::Inferred(
        "ids in samples of 2021 to 2026; no page publishes a grammar",
    ))
    .page(include_str!("../../rules/annotation-id-shape.md"));

/// A key without a value.
pub const EMPTY: &Rule = &Rule::warning(Code::eci(2124), "annotation-empty")
    .summary("the key has no value")
    .why("it decides nothing, and hides the value a profile would inject")
    .remedy("remove the key, or give it a value")
    .basis(Basis::Ours(
        "what the platform does with an empty value is not documented",
    ))
    .page(include_str!("../../rules/annotation-empty.md"));

/// A value that is no text.
pub const NOT_STRING: &Rule = &Rule::error(Code::eci(2126), "annotation-not-string")
    .summary("the value is not a text")
    .why("annotations and labels hold texts only; the API server refuses the object")
    .remedy("put the value in quotes")
    .basis(Basis::Documented(
        "Kubernetes API, ObjectMeta: annotations and labels are maps of strings to strings",
    ))
    .page(include_str!("../../rules/annotation-not-string.md"));

/// Spaces around the items of a list.
pub const SPACES: &Rule = &Rule::info(Code::eci(2128), "annotation-spaces")
    .summary("spaces stand around an item of the list")
    .why("they occur in the prose of pages and never in their samples; whether they are trimmed is open")
    .remedy("write no spaces")
    .basis(Basis::Documented(
        "Specify or exclude ECS instance families, 2024-11-13: spaces in prose, none in samples",
    ))
    .page(include_str!("../../rules/annotation-spaces.md"));

/// Reads one value with `read` and tells what is wrong with it; gives back whether it counts.
pub(crate) fn tell(
    subject: &Subject<'_>,
    row: &Row,
    key: &str,
    text: &str,
    site: &Site<'_>,
    out: &mut Findings,
    read: impl FnOnce(&str, &mut Reading) -> Result<(), ValueError>,
) -> bool {
    let facts = row.facts();
    if is_blank(text) {
        let finding = subject.finding(EMPTY, key);
        out.push(subject.without(finding, key));
        return false;
    }
    if facts.max_items == Some(1)
        && let Some(comma) = text.find(',')
    {
        let finding = subject.finding_in(TOO_MANY_ITEMS, key, comma..text.len());
        out.push(finding.found(excerpt(text)).expected("one item"));
        return false;
    }
    let lenient = is_bound_of_api(row) && site.policies.api_bounds == ApiBounds::Warn;
    let mut reading = Reading::of(facts, site.policies, lenient);
    match read(text, &mut reading) {
        Err(error) => {
            refused(subject, row, key, &error, site, out);
            false
        }
        Ok(()) if reading.remarks().is_empty() => true,
        Ok(()) => {
            let written = Written { row, key, text };
            remarked(subject, &written, &reading, site, out);
            !reading.is_refused()
        }
    }
}

/// Whether there is nothing but blanks; the first letter shows mostly that there is more.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// The rule for a fault; some keys have one of their own.
fn rule_of(row: &Row, fault: Fault) -> &'static Rule {
    match (fault, row.name()) {
        (Fault::Placeholder, _) => PLACEHOLDER,
        (Fault::OtherShape, _) => dns::SHAPE_SWAPPED,
        (Fault::Form | Fault::OutOfRange, name) if name == keys::SPOT_PRICE_LIMIT.name() => spot::LIMIT_PRECISION,
        (Fault::Form, name) if name == keys::BURST_RESOURCE.name() => scheduling::BURST_VALUE,
        (Fault::Form, name) if name == keys::CUSTOM_TAGS.name() => instance::TAG_FORM,
        (Fault::TooManyItems, name) if name == keys::CUSTOM_TAGS.name() => instance::TAGS_MANY,
        (Fault::Form, _) => BAD_VALUE,
        (Fault::OutOfRange, _) => OUT_OF_RANGE,
        (Fault::TooManyItems, _) => TOO_MANY_ITEMS,
    }
}

/// An entry that was read.
struct Written<'a> {
    row: &'a Row,
    key: &'a str,
    text: &'a str,
}

fn refused(subject: &Subject<'_>, row: &Row, key: &str, error: &ValueError, site: &Site<'_>, out: &mut Findings) {
    let half_a_type = row.name() == keys::USE_SPECS.name() && error.found.starts_with("ecs.");
    let rule = match error.fault {
        Fault::Form if half_a_type => SPEC_TYPE_MALFORMED,
        fault => rule_of(row, fault),
    };
    let mut finding = subject
        .finding_in(rule, key, error.within.start as usize..error.within.end as usize)
        .title(error.to_string())
        .found(error.found.to_string())
        .expected(error.expected.clone());
    if let Some(example) = row.facts().examples.first() {
        finding = finding.note(format!("an example: `{example}`"));
    }
    if error.fault == Fault::Placeholder && site.policies.masked_samples == MaskedSamples::Fixtures {
        finding = finding.severity(Severity::Info);
    }
    out.push(finding);
}

/// Of an undocumented form, a number out of range and an unusual id, only the first is told: they are one cause.
fn remarked(subject: &Subject<'_>, written: &Written<'_>, reading: &Reading, site: &Site<'_>, out: &mut Findings) {
    const ONE_CAUSE: [RemarkKind; 3] = [RemarkKind::OpenForm, RemarkKind::OutOfRange, RemarkKind::UnusualLength];
    let kept = ONE_CAUSE
        .iter()
        .find(|kind| reading.remarks().iter().any(|remark| remark.kind == **kind));
    let mut spaces = false;
    for remark in reading.remarks() {
        if ONE_CAUSE.contains(&remark.kind) && kept != Some(&remark.kind) {
            continue;
        }
        if remark.kind == RemarkKind::Spaces && std::mem::replace(&mut spaces, true) {
            continue;
        }
        tell_remark(subject, written, remark, site, out);
    }
}

fn tell_remark(subject: &Subject<'_>, written: &Written<'_>, remark: &Remark, site: &Site<'_>, out: &mut Findings) {
    let Written { row, key, text } = *written;
    let (rule, severity) = verdict(row, remark.kind, site);
    let part = remark.within.start as usize..remark.within.end as usize;
    let found = text.get(part.clone()).unwrap_or(text);
    let mut finding = subject
        .finding_in(rule, key, part.clone())
        .severity(severity)
        .found(excerpt(found))
        .expected(remark.expected.clone());
    if matches!(remark.kind, RemarkKind::Case | RemarkKind::Spaces)
        && let Ok(canonical) = row.canonical(text)
    {
        let value = canonical.into();
        finding = subject.mended(finding, key, |place| Some(Fix::Replace { place, value }));
    }
    if remark.kind == RemarkKind::Duplicate {
        finding = subject.mended(finding, key, |place| without_item(row, text, part, place));
    }
    out.push(finding);
}

/// Takes an item and the comma before it out of a list, when a list is left.
fn without_item(row: &Row, text: &str, item: Range<usize>, mut place: Location) -> Option<Fix> {
    let comma = text.get(..item.start)?.rfind(',')?;
    let rest = [text.get(..comma)?, text.get(item.end..)?].concat();
    row.canonical(&rest).ok()?;
    place.within = Some((u32::try_from(comma).ok()?, u32::try_from(item.end).ok()?));
    let value = "".into();
    Some(Fix::Replace { place, value })
}

fn verdict(row: &Row, kind: RemarkKind, site: &Site<'_>) -> (&'static Rule, Severity) {
    let rule = match kind {
        RemarkKind::Case => VALUE_CASE,
        RemarkKind::Spaces => SPACES,
        RemarkKind::Duplicate => DUPLICATE_ITEM,
        RemarkKind::OpenForm => UNDOCUMENTED_FORM,
        RemarkKind::UnusualLength => ID_SHAPE,
        RemarkKind::Ignored => dns::TOO_MANY_SERVERS,
        RemarkKind::OutOfRange => rule_of(row, Fault::OutOfRange),
        RemarkKind::TooManyItems => rule_of(row, Fault::TooManyItems),
    };
    let severity = match kind {
        RemarkKind::OpenForm if site.policies.open_forms == OpenForms::Refuse => Severity::Error,
        RemarkKind::OutOfRange if is_bound_of_api(row) && site.policies.api_bounds == ApiBounds::Warn => {
            Severity::Warning
        }
        _ => rule.severity(),
    };
    (rule, severity)
}

/// Whether the range is known from the metadata of the API only.
pub(crate) fn is_bound_of_api(row: &Row) -> bool {
    [keys::EIP_BANDWIDTH.name(), keys::EXTRA_EPHEMERAL_STORAGE.name()].contains(&row.name())
}

/// Users' words in a message, not more than a line of them.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().take(64).collect()
}
