//! serde over the arena: typed objects without another parse.

mod access;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{self, Unexpected, Visitor};

use super::arena::{Arena, Id, Kind};
use super::scalar::Scalar;
use access::{Enum, Fields, List};

/// Reads a node as a type, strictly; what does not stop the reading is noted in `notes`.
pub(super) fn read<'d, T: de::DeserializeOwned>(context: &Context<'d>, node: Id) -> Result<T, Error> {
    let place = Place {
        context,
        node,
        shape: Shape::NONE,
    };
    T::deserialize(place).map_err(|error| error.or_at(node))
}

/// A document on the way to types.
#[derive(Debug)]
pub(super) struct Context<'d> {
    pub(super) arena: &'d Arena,
    pub(super) source: &'d str,
    /// Nodes that do not fit: entries of mappings are passed over, items of lists count as empty.
    pub(super) misfits: &'d [Id],
    pub(super) notes: RefCell<Notes>,
}

/// What a reading saw besides the values.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Values of fields that the type lacks, with what the type is.
    pub(super) unknown: Vec<(Id, Shape)>,
    /// Plain scalars that are no text where text is wanted.
    pub(super) ambiguous: Vec<Id>,
}

/// A structure that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// The name of its type, nothing for mappings of any keys.
    pub(super) kind: &'static str,
    /// The fields that it has.
    pub(super) fields: &'static [&'static str],
}

impl Shape {
    const NONE: Self = Self { kind: "", fields: &[] };
}

impl<'d> Context<'d> {
    fn text(&self, node: Id) -> &'d str {
        self.arena.text(self.source, node)
    }

    fn is_misfit(&self, node: Id) -> bool {
        !self.misfits.is_empty() && self.misfits.contains(&self.arena.resolve(node))
    }
}

/// Why a node does not fit a type.
#[derive(Clone, Debug)]
pub(super) struct Error {
    pub(super) node: Option<Id>,
    pub(super) expected: Cow<'static, str>,
    /// What a parser of the value says.
    pub(super) detail: Option<String>,
}

impl Error {
    fn expected(node: Id, expected: impl Into<Cow<'static, str>>) -> Self {
        Self {
            node: Some(node),
            expected: expected.into(),
            detail: None,
        }
    }

    fn or_at(mut self, node: Id) -> Self {
        self.node.get_or_insert(node);
        self
    }

    fn or_expected(mut self, expected: Option<&'static str>) -> Self {
        if let Some(expected) = expected {
            self.expected = expected.into();
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)?;
        match &self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            node: None,
            expected: "another value".into(),
            detail: Some(message.to_string()),
        }
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self {
            node: None,
            expected: in_words(expected.to_string()),
            detail: None,
        }
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        let names: Vec<String> = expected.iter().map(|name| format!("`{name}`")).collect();
        Self {
            node: None,
            expected: format!("one of {}", names.join(", ")).into(),
            detail: None,
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            node: None,
            expected: format!("a field `{field}`").into(),
            detail: None,
        }
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::custom(format_args!("unknown field `{field}`"))
    }
}

/// Names of types mean nothing to the people who read the message.
fn in_words(expected: String) -> Cow<'static, str> {
    match expected.as_str() {
        "IntOrString" => "an integer or text".into(),
        "Quantity" => "a quantity, such as `500m` or `2Gi`".into(),
        "a map" => "a mapping".into(),
        "a sequence" => "a list".into(),
        "a string" => "text".into(),
        name if name.starts_with(|first: char| first.is_ascii_uppercase()) => "a mapping".into(),
        _ => expected.into(),
    }
}

/// One node on its way into a visitor.
#[derive(Clone, Copy)]
struct Place<'c, 'd> {
    context: &'c Context<'d>,
    node: Id,
    /// The structure whose value this is.
    shape: Shape,
}

impl<'c, 'd> Place<'c, 'd> {
    const fn at(self, node: Id, shape: Shape) -> Self {
        Self {
            context: self.context,
            node,
            shape,
        }
    }

    fn resolved(self) -> Self {
        self.at(self.context.arena.resolve(self.node), self.shape)
    }

    fn kind(self) -> Kind {
        self.context.arena.node(self.node).kind
    }

    fn text(self) -> &'d str {
        self.context.text(self.node)
    }

    fn scalar(self) -> Option<Scalar<'d>> {
        self.context.arena.scalar(self.context.source, self.node)
    }

    fn is_misfit(self) -> bool {
        self.context.is_misfit(self.node)
    }

    fn integer<T: TryFrom<i128> + Default>(self, expected: &'static str) -> Result<T, Error> {
        let place = self.resolved();
        if place.is_misfit() {
            return Ok(T::default());
        }
        let whole = place.scalar().and_then(|scalar| scalar.as_integer());
        let whole = whole.ok_or_else(|| Error::expected(place.node, "an integer"))?;
        T::try_from(whole).map_err(|_| Error::expected(place.node, expected))
    }

    fn float(self) -> Result<f64, Error> {
        let place = self.resolved();
        #[allow(
            clippy::cast_precision_loss,
            reason = "what a field of this type holds of a long integer"
        )]
        match place.scalar() {
            Some(Scalar::Float(value)) => Ok(value),
            Some(Scalar::Int(value)) => Ok(value as f64),
            Some(Scalar::Uint(value)) => Ok(value as f64),
            _ if place.is_misfit() => Ok(0.0),
            _ => Err(Error::expected(place.node, "a number")),
        }
    }

    /// The text; of a plain scalar that is none, what its author would have quoted.
    fn string(self) -> Result<&'d str, Error> {
        let place = self.resolved();
        match place.scalar() {
            Some(Scalar::Text(text)) => Ok(text),
            Some(scalar) => {
                place.context.notes.borrow_mut().ambiguous.push(place.node);
                Ok(if scalar == Scalar::Null { "" } else { place.text() })
            }
            None if place.is_misfit() => Ok(""),
            None => Err(Error::expected(place.node, "text")),
        }
    }

    fn mapping<V: Visitor<'d>>(self, shape: Shape, visitor: V) -> Result<V::Value, Error> {
        let place = self.resolved();
        match place.kind() {
            Kind::Map => visitor.visit_map(Fields::of(place, shape)),
            _ if place.is_misfit() => visitor.visit_map(Fields::none(place)),
            _ => Err(Error::expected(place.node, "a mapping")),
        }
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $type:ident $expected:literal,)*) => {$(
        fn $method<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.integer::<$type>($expected)?)
        }
    )*};
}

impl<'d> de::Deserializer<'d> for Place<'_, 'd> {
    type Error = Error;

    integers! {
        deserialize_i8 visit_i8 i8 "an integer from -128 to 127",
        deserialize_i16 visit_i16 i16 "an integer of 16 bits",
        deserialize_i32 visit_i32 i32 "an integer of 32 bits",
        deserialize_i64 visit_i64 i64 "an integer of 64 bits",
        deserialize_u8 visit_u8 u8 "an integer from 0 to 255",
        deserialize_u16 visit_u16 u16 "an integer from 0 to 65535",
        deserialize_u32 visit_u32 u32 "an integer of 32 bits that is not negative",
        deserialize_u64 visit_u64 u64 "an integer of 64 bits that is not negative",
        deserialize_i128 visit_i128 i128 "an integer",
    }

    fn deserialize_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        let place = self.resolved();
        if place.is_misfit() {
            return visitor.visit_str("");
        }
        match place.kind() {
            Kind::Map => self.mapping(Shape::NONE, visitor),
            Kind::Seq => visitor.visit_seq(List::of(place)),
            _ => match place.scalar().unwrap_or(Scalar::Null) {
                Scalar::Null => visitor.visit_unit(),
                Scalar::Bool(value) => visitor.visit_bool(value),
                Scalar::Int(value) => visitor.visit_i64(value),
                Scalar::Uint(value) => visitor.visit_u64(value),
                Scalar::Text(text) => visitor.visit_borrowed_str(text),
                scalar @ Scalar::Float(value) => {
                    match scalar.as_integer().and_then(|whole| i64::try_from(whole).ok()) {
                        Some(whole) => visitor.visit_i64(whole),
                        None => visitor.visit_f64(value),
                    }
                }
            },
        }
    }

    fn deserialize_bool<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        let place = self.resolved();
        match place.scalar() {
            Some(Scalar::Bool(value)) => visitor.visit_bool(value),
            _ if place.is_misfit() => visitor.visit_bool(false),
            _ => Err(Error::expected(place.node, "`true` or `false`")),
        }
    }

    fn deserialize_f32<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.float()?)
    }

    fn deserialize_f64<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.float()?)
    }

    fn deserialize_str<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_string<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_char<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_bytes<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_bytes(self.string()?.as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_bytes(self.string()?.as_bytes())
    }

    fn deserialize_identifier<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text())
    }

    fn deserialize_option<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        let place = self.resolved();
        match place.scalar() {
            Some(Scalar::Null) => visitor.visit_none(),
            _ if place.is_misfit() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        let place = self.resolved();
        match place.scalar() {
            Some(Scalar::Null) => visitor.visit_unit(),
            _ if place.is_misfit() => visitor.visit_unit(),
            _ => Err(Error::expected(place.node, "null")),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'d>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'d>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        let expected = match name {
            "Time" | "MicroTime" => Some("a time, such as `2026-01-02T15:04:05Z`"),
            "Quantity" => Some("a quantity, such as `500m` or `2Gi`"),
            _ => None,
        };
        let value = visitor.visit_newtype_struct(self);
        value.map_err(|error| error.or_expected(expected).or_at(self.resolved().node))
    }

    fn deserialize_seq<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        let place = self.resolved();
        match place.kind() {
            Kind::Seq => visitor.visit_seq(List::of(place)),
            _ if place.is_misfit() => visitor.visit_seq(List::none(place)),
            _ => Err(Error::expected(place.node, "a list")),
        }
    }

    fn deserialize_tuple<V: Visitor<'d>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'d>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        self.mapping(Shape::NONE, visitor)
    }

    fn deserialize_struct<V: Visitor<'d>>(
        self,
        kind: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.mapping(Shape { kind, fields }, visitor)
    }

    fn deserialize_enum<V: Visitor<'d>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let place = self.resolved();
        visitor
            .visit_enum(Enum::of(place)?)
            .map_err(|error| error.or_at(place.node))
    }

    /// Called for the values of fields that a type lacks.
    fn deserialize_ignored_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        self.context.notes.borrow_mut().unknown.push((self.node, self.shape));
        visitor.visit_unit()
    }
}
