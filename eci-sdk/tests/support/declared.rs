//! What the built version of Kubernetes declares: the fields of each type, out of the types' own readers.
//!
//! A reader of serde is handed a source that has a value for everything it asks for. What it asks for are the names of all fields, so one
//! reading gives every field of every type, and a pod with all of them filled.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use eci_sdk::model::group::support::Context;
use k8s_openapi::api::core::v1::PodSpec;
use serde::de::value::StrDeserializer;
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

/// Context, type and field.
pub(crate) type Key = (Context, String, String);

/// What a version declares.
#[derive(Default)]
pub(crate) struct Declared {
    /// Every field of every type in every context.
    pub(crate) fields: BTreeSet<Key>,
    /// The type of what a field holds, and the context in which it stands there; nothing for fields that hold no type of Kubernetes.
    pub(crate) below: BTreeMap<Key, (Context, String)>,
}

/// Every field of every type in every context, and a specification with all of them.
pub(crate) fn declared() -> (Declared, PodSpec) {
    let found = RefCell::new(Declared::default());
    let source = Source {
        found: &found,
        field: None,
        context: Context::Pod,
        above: &[],
        is_time: false,
    };
    let spec = PodSpec::deserialize(source).expect("a source has everything");
    (found.into_inner(), spec)
}

/// The built version of Kubernetes, 1.`minor`.
#[allow(
    unused_assignments,
    unused_mut,
    reason = "each version replaces what the one before wrote"
)]
pub(crate) fn minor() -> u32 {
    let mut minor = 33;
    k8s_openapi::k8s_if_ge_1_34! {
        minor = 34;
    }
    k8s_openapi::k8s_if_ge_1_35! {
        minor = 35;
    }
    k8s_openapi::k8s_if_ge_1_36! {
        minor = 36;
    }
    k8s_openapi::k8s_if_ge_1_37! {
        minor = 37;
    }
    minor
}

/// A source that has a value for everything.
#[derive(Clone, Copy)]
struct Source<'s> {
    found: &'s RefCell<Declared>,
    /// The field whose value is being read.
    field: Option<(Context, &'static str, &'static str)>,
    context: Context,
    /// The types that are being read, so that one that holds itself ends.
    above: &'s [&'static str],
    is_time: bool,
}

#[derive(Debug)]
struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

macro_rules! scalars {
    ($($method:ident => $visit:ident($value:expr);)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            visitor.$visit($value)
        }
    )*};
}

impl<'de> Deserializer<'de> for Source<'_> {
    type Error = Wrong;

    scalars! {
        deserialize_any => visit_i64(8);
        deserialize_bool => visit_bool(true);
        deserialize_i8 => visit_i8(8);
        deserialize_i16 => visit_i16(8);
        deserialize_i32 => visit_i32(8);
        deserialize_i64 => visit_i64(8);
        deserialize_u8 => visit_u8(8);
        deserialize_u16 => visit_u16(8);
        deserialize_u32 => visit_u32(8);
        deserialize_u64 => visit_u64(8);
        deserialize_f32 => visit_f32(8.0);
        deserialize_f64 => visit_f64(8.0);
        deserialize_char => visit_char('8');
        deserialize_bytes => visit_bytes(b"8");
        deserialize_byte_buf => visit_bytes(b"8");
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_str(if self.is_time { "2026-01-01T00:00:00Z" } else { "8888" })
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        let is_time = name.ends_with("Time");
        visitor.visit_newtype_struct(Self { is_time, ..self })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_seq(One { source: self, left: 1 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_seq(One {
            source: self,
            left: length,
        })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_map(Entries {
            source: self,
            kind: None,
            fields: &["key"],
            at: 0,
            above: self.above.to_vec(),
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let mut found = self.found.borrow_mut();
        if let Some((context, kind, field)) = self.field {
            let below = (self.context, name.to_owned());
            found.below.insert((context, kind.to_owned(), field.to_owned()), below);
        }
        found.fields.extend(
            fields
                .iter()
                .map(|field| (self.context, name.to_owned(), (*field).to_owned())),
        );
        drop(found);
        let mut above = self.above.to_vec();
        let fields = if above.contains(&name) { &[] } else { fields };
        above.push(name);
        visitor.visit_map(Entries {
            source: self,
            kind: Some(name),
            fields,
            at: 0,
            above,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Wrong> {
        Err(Wrong(format!("no type of Kubernetes is an enum: {name}")))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }
}

struct One<'s> {
    source: Source<'s>,
    left: usize,
}

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = Wrong;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(self.source).map(Some)
    }
}

struct Entries<'s> {
    source: Source<'s>,
    kind: Option<&'static str>,
    fields: &'static [&'static str],
    at: usize,
    above: Vec<&'static str>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Wrong;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some(field) = self.fields.get(self.at) else {
            return Ok(None);
        };
        let key: StrDeserializer<'_, Wrong> = (*field).into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let field = self.fields[self.at];
        self.at += 1;
        let context = self
            .kind
            .map_or(self.source.context, |kind| self.source.context.below(kind, field));
        seed.deserialize(Source {
            context,
            field: self.kind.map(|kind| (self.source.context, kind, field)),
            above: &self.above,
            is_time: false,
            ..self.source
        })
    }
}
