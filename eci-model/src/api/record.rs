//! How a type of the API is read and written: one view of all types for the encoders, decoders and checks, each written once.
//!
//! A *record* is a struct of the API. [`fields!`] gives it a table of its wire names and limits, and the means to visit the values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::decimal::Decimal;
use super::list::{CommaList, JsonList};
use crate::secret::Sensitive;

/// Parameters or members that the description of the API does not know.
pub type Extra = BTreeMap<String, Sensitive<String>>;

/// A row of the table of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The name on the wire.
    pub(crate) name: &'static str,
    /// The caller must give it.
    pub(crate) required: bool,
    /// Smallest and largest number.
    pub(crate) range: (i64, i64),
    /// The values of the documentation, none if it lists none.
    pub(crate) values: &'static [&'static str],
    /// Fewest and most characters.
    pub(crate) length: (usize, usize),
    /// The longest list.
    pub(crate) items: usize,
    /// Answers put the list into an object with this one member.
    pub(crate) wrapped: Option<&'static str>,
}

impl Field {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            required: false,
            range: (i64::MIN, i64::MAX),
            values: &[],
            length: (0, usize::MAX),
            items: usize::MAX,
            wrapped: None,
        }
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn range(mut self, least: i64, most: i64) -> Self {
        self.range = (least, most);
        self
    }

    pub(crate) const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    pub(crate) const fn length(mut self, least: usize, most: usize) -> Self {
        self.length = (least, most);
        self
    }

    pub(crate) const fn items(mut self, most: usize) -> Self {
        self.items = most;
        self
    }

    pub(crate) const fn wrapped(mut self, member: &'static str) -> Self {
        self.wrapped = Some(member);
        self
    }
}

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

    /// The value of a text field, for the few that every operation may have.
    fn text(&self, name: &str) -> Option<&str> {
        let mut found = None;
        self.each(&mut |field, view| {
            if let (true, View::Text(text)) = (field.name == name, view) {
                found = Some(text);
            }
        });
        found
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

macro_rules! scalars {
    ($($type:ty: $self:ident => $view:expr, $text:ident => $read:expr, $expected:literal;)*) => {$(
        impl Shaped for $type {
            const SHAPE: Shape = Shape::Scalar;
        }

        impl Scalar for $type {
            fn read(&mut self, $text: &str) -> Result<(), &'static str> {
                *self = $read.ok_or($expected)?;
                Ok(())
            }
        }

        impl Value for $type {
            fn shape(&self) -> Shape {
                Self::SHAPE
            }

            fn view(&self) -> View<'_> {
                let $self = self;
                $view
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Scalar(self)
            }
        }
    )*};
}

scalars! {
    String: text => View::Text(text), text => Some(text.to_owned()), "text";
    Sensitive<String>: secret => View::Secret(secret), text => Some(text.into()), "text";
    bool: value => View::Bool(*value), text => read_bool(text), "`true` or `false`";
    i32: number => View::Integer((*number).into()), text => text.trim().parse().ok(), "a whole number of 32 bits";
    i64: number => View::Integer(*number), text => text.trim().parse().ok(), "a whole number";
    Decimal: number => View::Decimal(*number), text => text.trim().parse().ok(), "a decimal number";
    JsonList: list => View::Packed(list.to_string().into()), text => text.parse().ok(), "a JSON array of texts";
    CommaList: list => View::Packed(list.as_str().into()), text => Some(text.into()), "values between commas";
}

/// Python writes `True`, Go writes `true`.
fn read_bool(text: &str) -> Option<bool> {
    let text = text.trim();
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    is("true").then_some(true).or_else(|| is("false").then_some(false))
}

impl<T: Value + Shaped + Default> Value for Option<T> {
    fn shape(&self) -> Shape {
        T::SHAPE
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, T::view)
    }

    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_default().slot()
    }
}

impl<T: Value + Default> Value for Vec<T> {
    fn shape(&self) -> Shape {
        Shape::List
    }

    fn view(&self) -> View<'_> {
        View::List(self.iter().map(T::view).collect())
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Value + Default> List for Vec<T> {
    fn push(&mut self) -> &mut dyn Value {
        let at = self.len();
        self.push(T::default());
        &mut self[at]
    }
}

impl<T: Value + Scalar + Default> Value for BTreeMap<String, T> {
    fn shape(&self) -> Shape {
        Shape::Map
    }

    fn view(&self) -> View<'_> {
        let entries = self.iter().map(|(key, value)| (key.as_str(), value.view()));
        View::Map(entries.collect())
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

impl<T: Scalar + Default> Map for BTreeMap<String, T> {
    fn insert(&mut self, key: &str, text: &str) -> Result<(), &'static str> {
        let mut value = T::default();
        value.read(text)?;
        self.insert(key.to_owned(), value);
        Ok(())
    }
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

/// Ties a struct to its wire names: `fields! { Type { field = "Wire".required().items(20), } }`. Types with an `extra` map say
/// `Type + extra`.
macro_rules! fields {
    ($type:ident $(+ $extra:ident)? {
        $($field:ident = $wire:literal $(.$limit:ident($($value:expr),*))*,)*
    }) => {
        impl $crate::api::record::Record for $type {
            fn each<'a>(
                &'a self,
                visit: &mut dyn FnMut(&'static $crate::api::record::Field, $crate::api::record::View<'a>),
            ) {
                use $crate::api::record::{Field, Value};
                $({
                    const FIELD: Field = Field::new($wire)$(.$limit($($value),*))*;
                    visit(&FIELD, Value::view(&self.$field));
                })*
                let _ = visit;
            }

            fn find(
                &mut self,
                name: &str,
            ) -> Option<(&'static $crate::api::record::Field, &mut dyn $crate::api::record::Value)> {
                use $crate::api::record::Field;
                match name {
                    $($wire => {
                        const FIELD: Field = Field::new($wire)$(.$limit($($value),*))*;
                        Some((&FIELD, &mut self.$field))
                    })*
                    _ => None,
                }
            }

            $(
                fn extra(&self) -> Option<&$crate::api::Extra> {
                    Some(&self.$extra)
                }

                fn extra_mut(&mut self) -> Option<&mut $crate::api::Extra> {
                    Some(&mut self.$extra)
                }
            )?
        }

        impl $crate::api::record::Shaped for $type {
            const SHAPE: $crate::api::record::Shape = $crate::api::record::Shape::Record;
        }

        impl $crate::api::record::Value for $type {
            fn shape(&self) -> $crate::api::record::Shape {
                $crate::api::record::Shape::Record
            }

            fn view(&self) -> $crate::api::record::View<'_> {
                $crate::api::record::View::Record(self)
            }

            fn slot(&mut self) -> $crate::api::record::Slot<'_> {
                $crate::api::record::Slot::Record(self)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::api::record::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use fields;
