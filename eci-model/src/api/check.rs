//! Requests against the ranges, lengths and values of the description.

use std::fmt;

use super::flatten::join;
use super::record::{Field, Record, View};

/// A parameter outside what the description allows.
///
/// The numbers of the description are not the product's limits: where the product's pages state a smaller one, the description's
/// list lengths mostly follow them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The parameter, `Container.1.Port.2.Port`.
    pub parameter: String,
    /// What it holds; the length only, if it is secret.
    pub found: String,
    /// What the description allows.
    pub expected: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "parameter `{}` is {}, expected {}",
            self.parameter, self.found, self.expected
        )
    }
}

/// Everything that is wrong with a record.
pub(super) fn check(record: &dyn Record) -> Vec<Violation> {
    let mut violations = Vec::new();
    check_record(record, "", &mut violations);
    violations
}

fn check_record(record: &dyn Record, prefix: &str, out: &mut Vec<Violation>) {
    record.each(&mut |field, view| {
        let name = join(prefix, field.name);
        if field.required && is_empty(&view) {
            push(out, &name, "missing".to_owned(), "a value".to_owned());
            return;
        }
        check_value(field, view, &name, out);
    });
}

fn is_empty(view: &View<'_>) -> bool {
    match view {
        View::Absent => true,
        View::Text(text) => text.is_empty(),
        View::Packed(text) => text.is_empty(),
        View::Secret(secret) => secret.is_empty(),
        View::List(items) => items.is_empty(),
        _ => false,
    }
}

fn check_value(field: &Field, view: View<'_>, name: &str, out: &mut Vec<Violation>) {
    match view {
        View::Text(text) => {
            check_length(field, text.chars().count(), name, out);
            if !field.values.is_empty() && !field.values.contains(&text) {
                push(
                    out,
                    name,
                    format!("`{text}`"),
                    format!("one of {}", field.values.join(", ")),
                );
            }
        }
        View::Secret(secret) => check_length(field, secret.expose_secret().chars().count(), name, out),
        View::Integer(number) => check_range(field, number.saturating_mul(1000), &number, name, out),
        View::Decimal(number) => check_range(field, number.milli(), &number, name, out),
        View::List(items) => {
            if items.len() > field.items {
                push(
                    out,
                    name,
                    format!("{} items", items.len()),
                    format!("at most {}", field.items),
                );
            }
            for (at, item) in items.into_iter().enumerate() {
                check_value(field, item, &format!("{name}.{}", at + 1), out);
            }
        }
        View::Record(record) => check_record(record, name, out),
        View::Absent | View::Bool(_) | View::Packed(_) | View::Map(_) => {}
    }
}

fn check_length(field: &Field, characters: usize, name: &str, out: &mut Vec<Violation>) {
    let (least, most) = field.length;
    if characters < least || characters > most {
        push(
            out,
            name,
            format!("a text of {characters} characters"),
            format!("{least} to {most}"),
        );
    }
}

fn check_range(field: &Field, milli: i64, shown: &dyn fmt::Display, name: &str, out: &mut Vec<Violation>) {
    let (least, most) = field.range;
    if milli >= least.saturating_mul(1000) && milli <= most.saturating_mul(1000) {
        return;
    }
    let expected = match (least, most) {
        (least, i64::MAX) => format!("at least {least}"),
        (i64::MIN, most) => format!("at most {most}"),
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    push(out, name, format!("`{shown}`"), expected);
}

fn push(out: &mut Vec<Violation>, parameter: &str, found: String, expected: String) {
    out.push(Violation {
        parameter: parameter.to_owned(),
        found,
        expected,
    });
}
