//! The annotations of a pod, read on demand.

use eci_model::{Origin, Overlay};

use crate::key::Key;
use crate::value::{Value, ValueError};

/// The annotations of a pod: its own, and what eci-profile adds; nothing is copied.
#[derive(Clone, Copy, Debug)]
pub struct Annotations<'a>(Overlay<'a>);

impl<'a> Annotations<'a> {
    /// A view of a map.
    pub const fn new(map: Overlay<'a>) -> Self {
        Self(map)
    }

    /// The typed value of a key; `None` when the key is absent or blank.
    ///
    /// # Errors
    /// [`ValueError`] when the text is no value of the key.
    pub fn get<T: Value>(&self, key: Key<T>) -> Result<Option<T>, ValueError> {
        self.text(key).map(T::parse).transpose()
    }

    /// Whether the key is present with a value that is not blank.
    pub fn contains<T>(&self, key: Key<T>) -> bool {
        self.text(key).is_some()
    }

    /// Who gives the key its value.
    pub fn origin<T>(&self, key: Key<T>) -> Option<Origin> {
        self.0
            .origin(key.name(), || Origin::PodAnnotation { key: key.name().into() })
    }

    fn text<T>(&self, key: Key<T>) -> Option<&'a str> {
        self.0.get(key.name()).filter(|text| !text.trim().is_empty())
    }
}
