//! Entries, items and variants, one after the other.

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Error, Place, Shape};
use crate::manifest::arena::{Entries, Id, Items, Kind};

/// The entries of a mapping.
pub(super) struct Fields<'c, 'd> {
    place: Place<'c, 'd>,
    entries: Option<Entries<'d>>,
    shape: Shape,
    value: Id,
}

impl<'c, 'd> Fields<'c, 'd> {
    pub(super) fn of(place: Place<'c, 'd>, shape: Shape) -> Self {
        Self {
            place,
            entries: Some(place.context.arena.entries(place.node)),
            shape,
            value: place.node,
        }
    }

    pub(super) const fn none(place: Place<'c, 'd>) -> Self {
        Self {
            place,
            entries: None,
            shape: Shape::NONE,
            value: place.node,
        }
    }
}

impl<'d> MapAccess<'d> for Fields<'_, 'd> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'d>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(entries) = &mut self.entries else {
            return Ok(None);
        };
        let context = self.place.context;
        let Some((key, value)) = entries.find(|&(_, value)| !context.is_misfit(value)) else {
            return Ok(None);
        };
        self.value = value;
        seed.deserialize(self.place.at(key, Shape::NONE)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'d>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = seed.deserialize(self.place.at(self.value, self.shape));
        value.map_err(|error| error.or_at(self.place.context.arena.resolve(self.value)))
    }
}

/// The items of a list.
pub(super) struct List<'c, 'd> {
    place: Place<'c, 'd>,
    items: Option<Items<'d>>,
}

impl<'c, 'd> List<'c, 'd> {
    pub(super) fn of(place: Place<'c, 'd>) -> Self {
        Self {
            place,
            items: Some(place.context.arena.items(place.node)),
        }
    }

    pub(super) const fn none(place: Place<'c, 'd>) -> Self {
        Self { place, items: None }
    }
}

impl<'d> SeqAccess<'d> for List<'_, 'd> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(item) = self.items.as_mut().and_then(Iterator::next) else {
            return Ok(None);
        };
        let value = seed.deserialize(self.place.at(item, Shape::NONE)).map(Some);
        value.map_err(|error| error.or_at(self.place.context.arena.resolve(item)))
    }

    fn size_hint(&self) -> Option<usize> {
        self.items
            .as_ref()
            .map(|_| self.place.context.arena.count(self.place.node))
    }
}

/// A variant: a name alone, or a mapping with the name as its only key.
pub(super) struct Enum<'c, 'd> {
    name: Place<'c, 'd>,
    value: Option<Place<'c, 'd>>,
}

impl<'c, 'd> Enum<'c, 'd> {
    pub(super) fn of(place: Place<'c, 'd>) -> Result<Self, Error> {
        if place.kind().is_scalar() {
            return Ok(Self {
                name: place,
                value: None,
            });
        }
        let single = || Error::expected(place.node, "a name, or a mapping with one key");
        if place.kind() != Kind::Map {
            return Err(single());
        }
        let mut entries = place.context.arena.entries(place.node);
        let (key, value) = entries.next().ok_or_else(single)?;
        if entries.next().is_some() {
            return Err(single());
        }
        Ok(Self {
            name: place.at(key, Shape::NONE),
            value: Some(place.at(value, Shape::NONE)),
        })
    }

    fn value(self) -> Result<Place<'c, 'd>, Error> {
        self.value
            .ok_or_else(|| Error::expected(self.name.node, "a mapping with this key"))
    }
}

impl<'d> EnumAccess<'d> for Enum<'_, 'd> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'d>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name = seed.deserialize(self.name)?;
        Ok((name, self))
    }
}

impl<'d> VariantAccess<'d> for Enum<'_, 'd> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.value {
            None => Ok(()),
            Some(value) => Err(Error::expected(value.node, "the name alone")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'d>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.value()?)
    }

    fn tuple_variant<V: Visitor<'d>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        serde::Deserializer::deserialize_tuple(self.value()?, len, visitor)
    }

    fn struct_variant<V: Visitor<'d>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        serde::Deserializer::deserialize_struct(self.value()?, "", fields, visitor)
    }
}
