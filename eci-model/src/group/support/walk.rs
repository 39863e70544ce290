//! Walks the fields of an object that are set, without building anything but a path.

use serde::ser::{self, Serialize, Serializer};

use super::row::{Fields, KindIndex, Look};

/// One step of a path to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Field(&'static str),
    Index(usize),
}

/// A field that is set and does nothing.
#[derive(Debug)]
pub(super) struct Told {
    /// Whether the matrix has a row for it.
    pub(super) is_known: bool,
    pub(super) path: Vec<Step>,
}

/// The fields of a specification that are set and that nothing treats.
pub(super) fn untreated(spec: &impl Serialize) -> Vec<Told> {
    let Some(awaited) = KindIndex::pod_spec() else {
        return Vec::new();
    };
    let mut walk = Walk {
        steps: Vec::new(),
        awaited,
        telling: None,
        found: Vec::new(),
    };
    // Nothing that is walked can fail: the walk writes nothing.
    let _ = spec.serialize(&mut walk);
    walk.found
}

struct Walk {
    steps: Vec<Step>,
    /// The type of what stands below.
    awaited: KindIndex,
    /// While below a field that nothing treats. A value below it decides whether it is told, since a value that says nothing needs no
    /// counterpart.
    telling: Option<Telling>,
    found: Vec<Told>,
}

/// A field that nothing treats, while its values are walked.
#[derive(Clone, Copy)]
struct Telling {
    /// How long its path is.
    length: usize,
    is_known: bool,
    is_told: bool,
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
    fn leaf(&mut self, says_something: bool) {
        if let Some(telling) = self
            .telling
            .as_mut()
            .filter(|telling| says_something && !telling.is_told)
        {
            telling.is_told = true;
            let path = self.steps[..telling.length].to_vec();
            let is_known = telling.is_known;
            self.found.push(Told { is_known, path });
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, step: Step, value: &T) -> Result<(), Never> {
        self.steps.push(step);
        value.serialize(&mut *self)?;
        self.steps.pop();
        Ok(())
    }

    /// A field of a type whose fields are known.
    fn field<T: Serialize + ?Sized>(
        &mut self,
        fields: &mut Fields,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        if self.telling.is_some() {
            return self.item(Step::Field(name), value);
        }
        match fields.find(name) {
            Some(Look::Pass) => {}
            Some(Look::Into(kind)) => {
                let above = std::mem::replace(&mut self.awaited, kind);
                self.item(Step::Field(name), value)?;
                self.awaited = above;
            }
            Some(Look::Tell) => self.tell(name, true, value)?,
            None => self.tell(name, false, value)?,
        }
        Ok(())
    }

    fn tell<T: Serialize + ?Sized>(&mut self, name: &'static str, is_known: bool, value: &T) -> Result<(), Never> {
        self.telling = Some(Telling {
            length: self.steps.len() + 1,
            is_known,
            is_told: false,
        });
        self.item(Step::Field(name), value)?;
        self.telling = None;
        Ok(())
    }
}

macro_rules! leaves {
    ($($method:ident($type:ty): $value:ident => $says:expr;)*) => {$(
        fn $method(self, $value: $type) -> Result<(), Never> {
            self.leaf($says);
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
        serialize_bool(bool): value => value;
        serialize_i8(i8): _value => true;
        serialize_i16(i16): _value => true;
        serialize_i32(i32): _value => true;
        serialize_i64(i64): _value => true;
        serialize_u8(u8): _value => true;
        serialize_u16(u16): _value => true;
        serialize_u32(u32): _value => true;
        serialize_u64(u64): _value => true;
        serialize_f32(f32): _value => true;
        serialize_f64(f64): _value => true;
        serialize_char(char): _value => true;
        serialize_str(&str): value => !value.is_empty();
        serialize_bytes(&[u8]): value => !value.is_empty();
        serialize_unit_struct(&'static str): _value => false;
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        self.leaf(true);
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
        Ok(Items::of_list(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'w>, Never> {
        Ok(Items::of_list(self))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'w>, Never> {
        Ok(Items::of_list(self))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Items<'w>, Never> {
        Ok(Items::of_list(self))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'w>, Never> {
        // The keys of a map are the user's, so its entries are leaves.
        Ok(Items::of_list(self))
    }

    fn serialize_struct(self, kind: &'static str, _: usize) -> Result<Items<'w>, Never> {
        let fields = Fields::of(self.awaited, kind);
        Ok(Items {
            walk: self,
            index: 0,
            fields,
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        kind: &'static str,
        fields: usize,
    ) -> Result<Items<'w>, Never> {
        self.serialize_struct(kind, fields)
    }
}

/// The items of a list, or the fields of a struct.
struct Items<'w> {
    walk: &'w mut Walk,
    index: usize,
    fields: Fields,
}

impl<'w> Items<'w> {
    const fn of_list(walk: &'w mut Walk) -> Self {
        Self {
            walk,
            index: 0,
            fields: Fields::NONE,
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        let index = self.index;
        self.index += 1;
        self.walk.item(Step::Index(index), value)
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
                self.walk.field(&mut self.fields, name, value)
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
        self.walk.leaf(true);
        Ok(())
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}
