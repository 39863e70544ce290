//! Requests as flat parameters: `Container.1.EnvironmentVar.2.Key`, and back.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::record::{List, Map, Record, Shape, Slot, Value, View};

/// Parameters of the protocol itself, which no operation owns. Some of them are secrets.
const PROTOCOL: &[&str] = &[
    "AccessKeyId",
    "Action",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// A parameter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParameterError {
    /// A required parameter was not sent.
    #[error("parameter `{name}` is missing")]
    Missing {
        /// Its name.
        name: Box<str>,
    },
    /// The value has another type.
    #[error("parameter `{name}` is {found}, expected {expected}")]
    Value {
        /// Its name.
        name: Box<str>,
        /// What was sent, as far as it can be told.
        found: Box<str>,
        /// What could be sent.
        expected: &'static str,
    },
    /// The parameter was sent twice, with different values.
    #[error("parameter `{name}` is given twice, with different values")]
    Twice {
        /// Its name.
        name: Box<str>,
    },
}

impl ParameterError {
    /// The parameter meant.
    pub fn name(&self) -> &str {
        match self {
            Self::Missing { name } | Self::Value { name, .. } | Self::Twice { name } => name,
        }
    }

    fn value(name: &str, found: &str, expected: &'static str) -> Self {
        let is_word =
            !found.is_empty() && found.len() <= 64 && found.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
        let found = match is_word {
            true => format!("`{found}`"),
            false => format!("a text of {} bytes", found.len()),
        };
        Self::Value {
            name: name.into(),
            found: found.into(),
            expected,
        }
    }
}

/// Writes a record as parameters. This opens secrets.
pub(super) fn flatten(record: &dyn Record) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    flatten_record(record, &mut String::new(), &mut parameters);
    let extra = record.extra().into_iter().flatten();
    parameters.extend(extra.map(|(name, value)| (name.clone(), value.expose_secret().clone())));
    parameters
}

/// The name is the one of the record, and the same again afterwards: most fields are absent, and need none of their own.
fn flatten_record(record: &dyn Record, name: &mut String, out: &mut Vec<(String, String)>) {
    let length = name.len();
    record.each(&mut |field, view| {
        if matches!(view, View::Absent) {
            return;
        }
        if length > 0 {
            name.push('.');
        }
        name.push_str(field.name);
        flatten_view(view, name, out);
        name.truncate(length);
    });
}

fn flatten_view(view: View<'_>, name: &mut String, out: &mut Vec<(String, String)>) {
    let length = name.len();
    match view {
        View::Absent => {}
        View::Text(text) => out.push((name.clone(), text.to_owned())),
        View::Secret(secret) => out.push((name.clone(), secret.expose_secret().clone())),
        View::Bool(value) => out.push((name.clone(), value.to_string())),
        View::Integer(number) => out.push((name.clone(), number.to_string())),
        View::Decimal(number) => out.push((name.clone(), number.to_string())),
        View::Packed(text) => out.push((name.clone(), text.into_owned())),
        View::Record(record) => flatten_record(record, name, out),
        View::List(items) => {
            for (at, item) in items.into_iter().enumerate() {
                // Writing to a String cannot fail.
                let _ = write!(name, ".{}", at + 1);
                flatten_view(item, name, out);
                name.truncate(length);
            }
        }
        View::Map(entries) => {
            for (key, value) in entries {
                let _ = write!(name, ".#{}#{key}", key.len());
                flatten_view(value, name, out);
                name.truncate(length);
            }
        }
    }
}

/// Writes the values of a record one after the other, but for some fields: equal for equal records, different for different ones. This
/// opens secrets.
pub(super) fn encode(record: &dyn Record, skip: &[&str], out: &mut Vec<u8>) {
    encode_record(record, skip, out);
    for (name, value) in record.extra().into_iter().flatten() {
        encode_text(name, out);
        encode_text(value.expose_secret(), out);
    }
}

fn encode_record(record: &dyn Record, skip: &[&str], out: &mut Vec<u8>) {
    // Fields come in the order of their declaration, so that numbers do for names; zero stands for the end.
    let mut number: u16 = 0;
    record.each(&mut |field, view| {
        number += 1;
        if !matches!(view, View::Absent) && !skip.contains(&field.name) {
            out.extend(number.to_le_bytes());
            encode_view(view, out);
        }
    });
    out.extend([0, 0]);
}

fn encode_view(view: View<'_>, out: &mut Vec<u8>) {
    let length = |length: usize| u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes();
    match view {
        View::Absent => out.push(0),
        View::Text(text) => {
            out.push(1);
            encode_text(text, out);
        }
        View::Secret(secret) => {
            out.push(2);
            encode_text(secret.expose_secret(), out);
        }
        View::Bool(value) => out.extend([3, u8::from(value)]),
        View::Integer(number) => {
            out.push(4);
            out.extend(number.to_le_bytes());
        }
        View::Decimal(number) => {
            out.push(5);
            encode_text(&number.to_string(), out);
        }
        View::Packed(text) => {
            out.push(6);
            encode_text(&text, out);
        }
        View::Record(record) => {
            out.push(7);
            encode_record(record, &[], out);
        }
        View::List(items) => {
            out.push(8);
            out.extend(length(items.len()));
            for item in items {
                encode_view(item, out);
            }
        }
        View::Map(entries) => {
            out.push(9);
            out.extend(length(entries.len()));
            for (key, value) in entries {
                encode_text(key, out);
                encode_view(value, out);
            }
        }
    }
}

fn encode_text(text: &str, out: &mut Vec<u8>) {
    out.extend(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
    out.extend(text.as_bytes());
}

/// The name of a parameter below a place.
pub(super) fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        return name.to_owned();
    }
    format!("{prefix}.{name}")
}

/// Reads parameters into a record: in any order, with gaps in the numbers, and with what is unknown kept apart.
pub(super) fn unflatten(record: &mut dyn Record, parameters: &[(String, String)]) -> Result<(), ParameterError> {
    let mut by_name = BTreeMap::new();
    for (name, value) in parameters {
        if PROTOCOL.contains(&name.as_str()) {
            continue;
        }
        if by_name
            .insert(name.as_str(), value.as_str())
            .is_some_and(|before| before != value)
        {
            return Err(ParameterError::Twice {
                name: name.as_str().into(),
            });
        }
    }
    let mut unknown = Vec::new();
    let whole = by_name.into_iter().map(|(name, value)| (Some(name), value));
    read_record(record, "", whole.collect(), &mut unknown)?;
    if let Some(extra) = record.extra_mut() {
        extra.extend(unknown.into_iter().map(|(name, value)| (name, value.into())));
    }
    Ok(())
}

/// What is left of a name below some place, and its value. The place itself has nothing left.
type Parameters<'p> = Vec<(Option<&'p str>, &'p str)>;
type Unknown<'p> = Vec<(String, &'p str)>;

fn read_record<'p>(
    record: &mut dyn Record,
    prefix: &str,
    parameters: Parameters<'p>,
    unknown: &mut Unknown<'p>,
) -> Result<(), ParameterError> {
    let mut missing: Vec<&'static str> = Vec::new();
    record.each(&mut |field, _| missing.extend(field.required.then_some(field.name)));
    for (head, below) in group(parameters, Some) {
        let name = join(prefix, head);
        let Some((field, value)) = record.find(head) else {
            keep(&name, below, unknown);
            continue;
        };
        let (below, misfits) = fitting(value.shape(), below);
        keep(&name, misfits, unknown);
        if !below.is_empty() {
            missing.retain(|missing| *missing != field.name);
            read_value(value, &name, below, unknown)?;
        }
    }
    match missing.first() {
        Some(first) => Err(ParameterError::Missing {
            name: join(prefix, first).into(),
        }),
        None => Ok(()),
    }
}

/// The parameters whose names have the form of the shape, and the others: a scalar has nothing below it, other shapes are nothing themselves.
fn fitting(shape: Shape, below: Parameters<'_>) -> (Parameters<'_>, Parameters<'_>) {
    below
        .into_iter()
        .partition(|(rest, _)| rest.is_none() == (shape == Shape::Scalar))
}

fn read_value<'p>(
    value: &mut dyn Value,
    name: &str,
    below: Parameters<'p>,
    unknown: &mut Unknown<'p>,
) -> Result<(), ParameterError> {
    match value.slot() {
        Slot::Record(record) => read_record(record, name, below, unknown),
        Slot::Scalar(scalar) => {
            let text = below.first().map_or("", |(_, text)| text);
            let read = scalar.read(text);
            read.map_err(|expected| ParameterError::value(name, text, expected))
        }
        Slot::Map(map) => read_map(map, name, below),
        Slot::List(list) => read_list(list, name, below, unknown),
    }
}

fn read_map(map: &mut dyn Map, name: &str, below: Parameters<'_>) -> Result<(), ParameterError> {
    let mut seen = BTreeMap::new();
    for (rest, text) in below {
        let key = map_key(rest.unwrap_or_default());
        if seen.insert(key, text).is_some_and(|before| before != text) {
            return Err(ParameterError::Twice {
                name: join(name, key).into(),
            });
        }
        let inserted = map.insert(key, text);
        inserted.map_err(|expected| ParameterError::value(&join(name, key), text, expected))?;
    }
    Ok(())
}

fn read_list<'p>(
    list: &mut dyn List,
    name: &str,
    below: Parameters<'p>,
    unknown: &mut Unknown<'p>,
) -> Result<(), ParameterError> {
    let is_item = |(rest, _): &(Option<&str>, &str)| rest.and_then(|rest| index(head(rest))).is_some();
    let (items, others): (Vec<_>, Vec<_>) = below.into_iter().partition(is_item);
    keep(name, others, unknown);
    let mut count = 0;
    for (number, below) in group(items, index) {
        let (below, misfits) = fitting(list.item(), below);
        keep(&join(name, &number.to_string()), misfits, unknown);
        if !below.is_empty() {
            count += 1;
            read_value(list.push(), &format!("{name}.{count}"), below, unknown)?;
        }
    }
    Ok(())
}

/// Sorts parameters by the first part of what is left of their names.
fn group<'p, K: Ord>(parameters: Parameters<'p>, key: impl Fn(&'p str) -> Option<K>) -> BTreeMap<K, Parameters<'p>> {
    let mut groups: BTreeMap<K, Parameters<'p>> = BTreeMap::new();
    for (rest, value) in parameters {
        // A name that ends with a dot has an empty part below, which is not the place itself.
        let (first, below) = match rest.unwrap_or_default().split_once('.') {
            Some((first, below)) => (first, Some(below)),
            None => (rest.unwrap_or_default(), None),
        };
        if let Some(key) = key(first) {
            groups.entry(key).or_default().push((below, value));
        }
    }
    groups
}

fn head(rest: &str) -> &str {
    rest.split('.').next().unwrap_or_default()
}

/// A place in a list, counted from one. The number is only an order: gaps close.
fn index(text: &str) -> Option<u32> {
    let counts = text.starts_with(|first: char| matches!(first, '1'..='9'));
    counts.then(|| text.parse().ok())?
}

/// The key of a map without the length that the documentation puts before it: `#6#repoId` and `repoId` are the same.
fn map_key(rest: &str) -> &str {
    let prefixed = rest.strip_prefix('#').and_then(|rest| rest.split_once('#'));
    match prefixed {
        Some((length, key)) if length.parse() == Ok(key.len()) => key,
        _ => rest,
    }
}

fn keep<'p>(name: &str, below: Parameters<'p>, unknown: &mut Unknown<'p>) {
    let full = below.into_iter().map(|(rest, value)| match rest {
        None => (name.to_owned(), value),
        Some(rest) => (format!("{name}.{rest}"), value),
    });
    unknown.extend(full);
}

#[cfg(test)]
mod tests {
    use crate::api::{Container, CreateContainerGroup, Operation, Probe, Tag};

    fn values(change: impl FnOnce(&mut CreateContainerGroup)) -> Vec<u8> {
        let mut request = CreateContainerGroup {
            container_group_name: "web".into(),
            container: vec![Container::default()],
            ..Default::default()
        };
        change(&mut request);
        let mut bytes = Vec::new();
        Operation::from(request).write_values(&["Tag"], &mut bytes);
        bytes
    }

    #[test]
    fn different_requests_have_different_values() {
        let tag = Tag {
            key: Some("a".into()),
            value: None,
        };
        let all = [
            values(|_| {}),
            values(|request| request.container_group_name = "web2".into()),
            values(|request| request.container[0].name = "web".into()),
            values(|request| request.container.push(Container::default())),
            // The wire form of these two is the same as of the first one.
            values(|request| request.container[0].liveness_probe = Some(Probe::default())),
            values(|request| request.container[0].readiness_probe = Some(Probe::default())),
            values(|request| request.dry_run = Some(false)),
            values(|request| drop(request.extra.insert("A".into(), "b".to_owned().into()))),
            values(|request| drop(request.extra.insert("Ab".into(), String::new().into()))),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{at}");
        }
        assert_eq!(values(|request| request.tag.push(tag)), all[0], "tags are left out");
    }
}
