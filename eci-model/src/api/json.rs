//! Answers as JSON, and back.

use serde_json::{Map, Value as Json};

use super::record::{Field, Record, Shape, Slot, Value, View};

/// An answer that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// It is no JSON.
    #[error("the answer is not JSON")]
    Json(#[from] serde_json::Error),
    /// A member has another form than the description says.
    #[error("`{pointer}` in the answer is not {expected}")]
    Member {
        /// The member, as a JSON pointer.
        pointer: Box<str>,
        /// What was expected.
        expected: &'static str,
    },
}

impl AnswerError {
    fn member(pointer: &str, expected: &'static str) -> Self {
        Self::Member {
            pointer: pointer.into(),
            expected,
        }
    }
}

/// Writes a record as JSON. This opens secrets. Lists are written even if they are empty, as the service does.
pub(super) fn write(record: &dyn Record) -> Json {
    let mut json = Json::Object(object(record));
    for (pointer, text) in record.extra().into_iter().flatten() {
        let member = serde_json::from_str(text.expose_secret());
        let member = member.unwrap_or_else(|_| Json::String(text.expose_secret().clone()));
        put(&mut json, pointer, member);
    }
    json
}

fn object(record: &dyn Record) -> Map<String, Json> {
    let mut members = Map::new();
    record.each(&mut |field, view| {
        let Some(value) = value(view) else { return };
        let value = match field.wrapped {
            Some(inner) => Json::Object(Map::from_iter([(inner.to_owned(), value)])),
            None => value,
        };
        members.insert(field.name.to_owned(), value);
    });
    members
}

fn value(view: View<'_>) -> Option<Json> {
    Some(match view {
        View::Absent => return None,
        View::Text(text) => Json::from(text),
        View::Secret(secret) => Json::from(secret.expose_secret().as_str()),
        View::Bool(value) => Json::from(value),
        View::Integer(number) => Json::from(number),
        View::Decimal(number) => serde_json::to_value(number).unwrap_or_default(),
        View::Packed(text) => Json::from(text),
        View::List(items) => items.into_iter().filter_map(value).collect(),
        View::Map(entries) => {
            let members = entries
                .into_iter()
                .filter_map(|(key, view)| Some((key.to_owned(), value(view)?)));
            Json::Object(members.collect())
        }
        View::Record(record) => Json::Object(object(record)),
    })
}

/// Puts a member where the pointer says; objects on the way are made, places beyond the end of a list are left out.
fn put(json: &mut Json, pointer: &str, member: Json) {
    let mut at = json;
    for token in pointer.trim_start_matches('/').split('/').map(unescape) {
        let next = match at {
            Json::Object(members) => Some(members.entry(token).or_insert_with(|| Json::Object(Map::new()))),
            Json::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return,
        }
    }
    *at = member;
}

/// Reads JSON into a record. `null` is absent, numbers and booleans may stand between quotes, unknown members are kept apart.
pub(super) fn read(record: &mut dyn Record, json: Json) -> Result<(), AnswerError> {
    let mut unknown = Vec::new();
    read_record(record, "", json, &mut unknown)?;
    if let Some(extra) = record.extra_mut() {
        extra.extend(
            unknown
                .into_iter()
                .map(|(pointer, json)| (pointer, json.to_string().into())),
        );
    }
    Ok(())
}

type Unknown = Vec<(String, Json)>;

fn read_record(record: &mut dyn Record, at: &str, json: Json, unknown: &mut Unknown) -> Result<(), AnswerError> {
    let Json::Object(members) = json else {
        return Err(AnswerError::member(at, "an object"));
    };
    for (name, member) in members {
        let pointer = below(at, &name);
        match record.find(&name) {
            _ if member.is_null() => {}
            Some((field, value)) => read_member(field, value, &pointer, member, unknown)?,
            None => unknown.push((pointer, member)),
        }
    }
    Ok(())
}

fn read_member(
    field: &Field,
    value: &mut dyn Value,
    at: &str,
    mut json: Json,
    unknown: &mut Unknown,
) -> Result<(), AnswerError> {
    let Some(inner) = field.wrapped else {
        return read_value(value, at, json, unknown);
    };
    match json.get_mut(inner).map(Json::take) {
        Some(Json::Null) | None if json.is_object() => Ok(()),
        Some(list) => read_value(value, &below(at, inner), list, unknown),
        None => read_value(value, &below(at, inner), json, unknown),
    }
}

fn read_value(value: &mut dyn Value, at: &str, json: Json, unknown: &mut Unknown) -> Result<(), AnswerError> {
    let (fits, expected) = match value.shape() {
        Shape::Scalar => (true, "one value"),
        Shape::List => (json.is_array(), "a list"),
        Shape::Map | Shape::Record => (json.is_object(), "an object"),
    };
    if !fits {
        return Err(AnswerError::member(at, expected));
    }
    match (value.slot(), json) {
        (Slot::Scalar(scalar), json) => {
            let read = scalar.read(&text(json));
            read.map_err(|expected| AnswerError::member(at, expected))
        }
        (Slot::Record(record), json) => read_record(record, at, json, unknown),
        (Slot::List(list), Json::Array(items)) => {
            let items = items.into_iter().filter(|item| !item.is_null());
            for (index, item) in items.enumerate() {
                read_value(list.push(), &below(at, &index.to_string()), item, unknown)?;
            }
            Ok(())
        }
        (Slot::Map(map), Json::Object(members)) => {
            for (key, member) in members {
                if map.insert(&key, &text(member.clone())).is_err() {
                    unknown.push((below(at, &key), member));
                }
            }
            Ok(())
        }
        _ => Err(AnswerError::member(at, expected)),
    }
}

/// A value as text: what stands between the quotes, or its JSON.
fn text(json: Json) -> String {
    match json {
        Json::String(text) => text,
        other => other.to_string(),
    }
}

fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
