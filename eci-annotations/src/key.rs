//! A key with the type of its value.

use std::fmt;
use std::marker::PhantomData;

use eci_model::{Basis, Editions};

use crate::value::{Value, ValueError};

/// An annotation key that knows the type of its value and documents itself.
///
/// # Example
/// ```
/// use eci_annotations::Key;
///
/// /// Whether the pod may be moved at night.
/// pub const MOVABLE: Key<bool> = Key::pod("acme.example/movable").summary("may be moved at night");
/// assert_eq!(MOVABLE.name(), "acme.example/movable");
/// ```
pub struct Key<T> {
    name: &'static str,
    summary: &'static str,
    editions: Editions,
    basis: Basis,
    value: PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    /// A key on pods.
    pub const fn pod(name: &'static str) -> Self {
        Self {
            name,
            summary: "",
            editions: Editions::ALL,
            basis: Basis::Ours(""),
            value: PhantomData,
        }
    }

    /// What it means, in one line.
    #[must_use]
    pub const fn summary(mut self, text: &'static str) -> Self {
        self.summary = text;
        self
    }

    /// Where it has an effect.
    #[must_use]
    pub const fn editions(mut self, editions: Editions) -> Self {
        self.editions = editions;
        self
    }

    /// Where it is documented.
    #[must_use]
    pub const fn basis(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }

    /// The key as it is written.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T: Value> Key<T> {
    /// The key without its type, for registries.
    pub const fn row(self) -> Row {
        Row {
            name: self.name,
            summary: self.summary,
            editions: self.editions,
            basis: self.basis,
            canonical: |text| T::parse(text).map(|value| value.to_string()),
        }
    }
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<T> {}

impl<T> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Key").field(&self.name).finish()
    }
}

/// A key without its type: what registries, checks and explanations hold.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    name: &'static str,
    summary: &'static str,
    editions: Editions,
    basis: Basis,
    canonical: fn(&str) -> Result<String, ValueError>,
}

impl Row {
    /// The key as it is written.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it means.
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// Where it has an effect.
    pub const fn editions(&self) -> Editions {
        self.editions
    }

    /// Where it is documented.
    pub const fn basis(&self) -> Basis {
        self.basis
    }

    /// The value as it is printed.
    ///
    /// # Errors
    /// [`ValueError`] when the text is no value of this key.
    pub fn canonical(&self, text: &str) -> Result<String, ValueError> {
        (self.canonical)(text)
    }
}
