//! What may stand in a field: scalars, options, lists, maps.

use std::collections::BTreeMap;

use super::{List, Map, Record, Scalar, Shape, Shaped, Slot, Value, View};
use crate::api::decimal::Decimal;
use crate::api::list::{CommaList, JsonList};
use crate::secret::{MaybeSecret, Sensitive};

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
    MaybeSecret: text => match text.as_plain() { Some(plain) => View::Text(plain), None => View::Secret(text.as_sensitive()) },
        text => Some(text.into()), "text";
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

impl<T: Record> Shaped for T {
    const SHAPE: Shape = Shape::Record;
}

impl<T: Record> Value for T {
    fn shape(&self) -> Shape {
        Self::SHAPE
    }

    fn view(&self) -> View<'_> {
        View::Record(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Record(self)
    }
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

impl<T: Value + Shaped + Default> Value for Vec<T> {
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

impl<T: Value + Shaped + Default> List for Vec<T> {
    fn item(&self) -> Shape {
        T::SHAPE
    }

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
