//! Keys that a program declares itself, judged as the listed ones are.

use eci_model::{Basis, Code, Findings, Rule, Site};

use crate::key::Row;
use crate::registry::registry;
use crate::rules::{identity, place, value};
use crate::subject::Subject;

/// A declared key without one that it requires.
pub const NEEDS_ANOTHER: &Rule = &Rule::warning(Code::eci(2132), "annotation-needs-another")
    .summary("the key needs another one that is not set")
    .why("the program that declares the key says that it does nothing alone")
    .remedy("set the other key too, or remove this one")
    .basis(Basis::Ours("the declaration of the key: what it requires"))
    .page(include_str!("../../rules/annotation-needs-another.md"));

/// A declared key beside one that it excludes.
pub const EXCLUDES_ANOTHER: &Rule = &Rule::warning(Code::eci(2134), "annotation-excludes-another")
    .summary("the key and another one exclude each other")
    .why("the program that declares the key says that the two do not go together")
    .remedy("keep one of them")
    .basis(Basis::Ours("the declaration of the key: what it conflicts with"))
    .page(include_str!("../../rules/annotation-excludes-another.md"));

/// Judges an annotation of a pod whose key the program declares: its place, its standing, its value, and what it needs and excludes.
pub(crate) fn judge(
    subject: &Subject<'_>,
    row: &Row,
    (key, text): (&str, &str),
    site: &Site<'_>,
    own: &[Row],
    out: &mut Findings,
) {
    if place::on_pod(subject, row, key, site, out) {
        return;
    }
    identity::listed(subject, row, key, text, site, out);
    let facts = row.facts();
    if facts.is_written_by_platform() || !facts.works_in(site.edition) {
        return;
    }
    let counts = value::tell(subject, row, key, text, site, out, |text, reading| {
        row.judge(text, reading)
    });
    if counts {
        needs(subject, row, key, own, out);
        excludes(subject, row, key, own, out);
    }
}

fn needs(subject: &Subject<'_>, row: &Row, key: &str, own: &[Row], out: &mut Findings) {
    for text in row.facts().requires {
        if let Some(other) = Other::of(text, own)
            && !other.is_met(subject, own)
        {
            out.push(subject.finding(NEEDS_ANOTHER, key).expected(format!("`{text}`")));
        }
    }
}

fn excludes(subject: &Subject<'_>, row: &Row, key: &str, own: &[Row], out: &mut Findings) {
    for text in row.facts().conflicts {
        let Some(other) = Other::of(text, own).filter(|other| other.is_met(subject, own)) else {
            continue;
        };
        // Two keys that name each other are one cause.
        let names_us = |row: &Row| {
            row.facts()
                .conflicts
                .iter()
                .any(|text| text.split('=').next() == Some(key))
        };
        if other.key < key && row_of(other.key, own).is_some_and(names_us) {
            continue;
        }
        let place = subject.place(other.key);
        out.push(subject.finding(EXCLUDES_ANOTHER, key).related(place, "the other key"));
    }
}

/// A key in a declaration, `acme.example/mode` or `acme.example/mode=fast`; prose is for people.
struct Other<'d> {
    key: &'d str,
    value: Option<&'d str>,
}

impl<'d> Other<'d> {
    fn of(text: &'d str, own: &[Row]) -> Option<Self> {
        let (key, value) = text
            .split_once('=')
            .map_or((text, None), |(key, value)| (key, Some(value)));
        row_of(key, own).map(|_| Self { key, value })
    }

    fn is_met(&self, subject: &Subject<'_>, own: &[Row]) -> bool {
        let Some(text) = subject.entries.get(self.key).filter(|text| !text.trim().is_empty()) else {
            return false;
        };
        let canonical = |text: &str| row_of(self.key, own).and_then(|row| row.canonical(text).ok());
        self.value
            .is_none_or(|value| text == value || canonical(text).is_some_and(|text| text == value))
    }
}

fn row_of<'r>(key: &str, own: &'r [Row]) -> Option<&'r Row> {
    own.iter()
        .find(|row| row.name() == key)
        .or_else(|| registry().exactly(key))
}
