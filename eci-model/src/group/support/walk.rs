//! Walks the fields of an object that are set, without building anything but a path.

use serde::ser::{self, Serialize, Serializer};

use super::tree::{self, Id, ROOT};

/// One step of a path to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Field(&'static str),
    Index(usize),
}

/// The paths of all leaves that no row of the matrix covers.
pub(super) fn unmapped(value: &impl Serialize) -> Vec<Vec<Step>> {
    let mut walk = Walk {
        steps: Vec::new(),
        at: Some(ROOT),
        found: Vec::new(),
    };
    // Nothing that is walked can fail: the walk writes nothing.
    let _ = value.serialize(&mut walk);
    walk.found
}

struct Walk {
    steps: Vec<Step>,
    /// The place in the tree; `None` below what no row knows.
    at: Option<Id>,
    found: Vec<Vec<Step>>,
}

/// The walk cannot fail.
#[derive(Debug)]
struct Never;

impl std::fmt::Display for Never {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a walk cannot fail")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

impl Walk {
    fn leaf(&mut self) {
        if !self.steps.is_empty() && !self.at.is_some_and(tree::is_covered) {
            self.found.push(self.steps.clone());
        }
    }

    fn into<T: Serialize + ?Sized>(&mut self, step: Step, value: &T) -> Result<(), Never> {
        let above = self.at;
        self.at = match step {
            Step::Field(name) => above.and_then(|at| tree::field(at, name)),
            Step::Index(_) => above.and_then(tree::item),
        };
        if !self.at.is_some_and(tree::is_done) {
            self.steps.push(step);
            value.serialize(&mut *self)?;
            self.steps.pop();
        }
        self.at = above;
        Ok(())
    }
}

macro_rules! leaves {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, _: $type) -> Result<(), Never> {
            self.leaf();
            Ok(())
        }
    )*};
}

impl<'w> Serializer for &'w mut Walk {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Items<'w>;
    type SerializeTuple = Items<'w>;
    type SerializeTupleStruct = Items<'w>;
    type SerializeTupleVariant = Items<'w>;
    type SerializeMap = Items<'w>;
    type SerializeStruct = Items<'w>;
    type SerializeStructVariant = Items<'w>;

    leaves! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32) serialize_f64(f64)
        serialize_char(char) serialize_str(&str) serialize_bytes(&[u8]) serialize_unit_struct(&'static str)
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.leaf();
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        self.leaf();
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'w>, Never> {
        Ok(Items::new(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'w>, Never> {
        Ok(Items::new(self))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'w>, Never> {
        Ok(Items::new(self))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Items<'w>, Never> {
        Ok(Items::new(self))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'w>, Never> {
        // The keys of a map are the user's, so the map is a leaf.
        self.leaf();
        Ok(Items::new(self))
    }

    fn serialize_struct(self, _: &'static str, fields: usize) -> Result<Items<'w>, Never> {
        if fields == 0 {
            self.leaf();
        }
        Ok(Items::new(self))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Items<'w>, Never> {
        Ok(Items::new(self))
    }
}

/// The items of a list, or the fields of a struct.
struct Items<'w> {
    walk: &'w mut Walk,
    index: usize,
}

impl<'w> Items<'w> {
    const fn new(walk: &'w mut Walk) -> Self {
        Self { walk, index: 0 }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        let index = self.index;
        self.index += 1;
        self.walk.into(Step::Index(index), value)
    }
}

macro_rules! items {
    ($($trait:ident::$method:ident)*) => {$(
        impl ser::$trait for Items<'_> {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.item(value)
            }

            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        }
    )*};
}
items!(SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field SerializeTupleVariant::serialize_field);

macro_rules! fields {
    ($($trait:ident)*) => {$(
        impl ser::$trait for Items<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
                self.walk.into(Step::Field(name), value)
            }

            fn end(self) -> Result<(), Never> {
                Ok(())
            }
        }
    )*};
}
fields!(SerializeStruct SerializeStructVariant);

impl ser::SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Never> {
        Ok(())
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}
