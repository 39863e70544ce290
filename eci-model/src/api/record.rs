//! How a type of the API is read and written: one view of all types for the encoders, decoders and checks, each written once.
//!
//! A *record* is a struct of the API. The macro `fields!` gives it a table of its wire names and limits, and the means to visit the values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::decimal::Decimal;
use crate::secret::Sensitive;

mod field;
mod value;

pub(crate) use field::{Field, fields};

/// Parameters or members that the description of the API does not know.
pub type Extra = BTreeMap<String, Sensitive<String>>;

/// A struct of the API.
pub(crate) trait Record {
    /// Visits every field, in the order of the declaration.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'static Field, View<'a>));

    /// The field of a wire name, to be written.
    fn find(&mut self, name: &str) -> Option<(&'static Field, &mut dyn Value)>;

    /// What the table does not know; only requests and answers keep it, not the records inside them.
    fn extra(&self) -> Option<&Extra> {
        None
    }

    /// The same, to be written.
    fn extra_mut(&mut self) -> Option<&mut Extra> {
        None
    }

    /// The value of the field of a wire name.
    fn view(&self, name: &str) -> Option<View<'_>>;

    /// The value of a text field, for the few that every operation may have.
    fn text(&self, name: &str) -> Option<&str> {
        match self.view(name) {
            Some(View::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// A value as the encoders see it.
pub(crate) enum View<'a> {
    Absent,
    Text(&'a str),
    Secret(&'a Sensitive<String>),
    Bool(bool),
    Integer(i64),
    Decimal(Decimal),
    /// A list that travels as one text.
    Packed(Cow<'a, str>),
    List(Vec<View<'a>>),
    Map(Vec<(&'a str, View<'a>)>),
    Record(&'a dyn Record),
}

/// A value as the decoders see it: what may be put into it.
pub(crate) enum Slot<'a> {
    Scalar(&'a mut dyn Scalar),
    List(&'a mut dyn List),
    Map(&'a mut dyn Map),
    Record(&'a mut dyn Record),
}

/// What a value is, before there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Scalar,
    List,
    Map,
    Record,
}

/// A field of a record, or an item of a list.
pub(crate) trait Value {
    fn shape(&self) -> Shape;
    fn view(&self) -> View<'_>;
    /// Makes an absent value present.
    fn slot(&mut self) -> Slot<'_>;
}

/// A value written as one text.
pub(crate) trait Scalar {
    /// Reads the text, or says what was expected.
    fn read(&mut self, text: &str) -> Result<(), &'static str>;
}

/// Items in order.
pub(crate) trait List {
    /// The shape of an item.
    fn item(&self) -> Shape;
    fn push(&mut self) -> &mut dyn Value;
}

/// Names and scalars.
pub(crate) trait Map {
    fn insert(&mut self, key: &str, text: &str) -> Result<(), &'static str>;
}

/// The shape of a type whose value may be absent.
pub(crate) trait Shaped {
    const SHAPE: Shape;
}

impl Serialize for View<'_> {
    /// With wire names, without what is absent, and with secrets hidden.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Secret(secret) => secret.serialize(serializer),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Decimal(number) => number.serialize(serializer),
            Self::Packed(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => serializer.collect_map(entries.iter().map(|(key, view)| (key, view))),
            Self::Record(record) => serialize(*record, serializer),
        }
    }
}

/// Serializes a record for people: what [`View`] says, and the extra members.
pub(crate) fn serialize<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut result = Ok(());
    record.each(&mut |field, view| {
        let present = !matches!(&view, View::Absent) && !matches!(&view, View::List(items) if items.is_empty());
        if present && result.is_ok() {
            result = map.serialize_entry(field.name, &view);
        }
    });
    result?;
    for (name, value) in record.extra().into_iter().flatten() {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
