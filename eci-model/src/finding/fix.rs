//! Changes that put a finding right.

use super::{Location, Text};
use crate::path::FieldPath;

/// A change that mends a finding without a decision by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fix {
    /// Write another value, or another part of the value when the location says so.
    Replace {
        /// What to replace.
        place: Location,
        /// The new text.
        value: Text,
    },
    /// Take the field away.
    Remove {
        /// What to remove.
        place: Location,
    },
    /// Add an entry to a map.
    Add {
        /// The map.
        place: Location,
        /// The key of the new entry.
        key: Text,
        /// The text of the new entry.
        value: Text,
    },
    /// Give a map entry another key and keep its value.
    Rename {
        /// The entry.
        place: Location,
        /// The new key.
        key: Text,
    },
    /// Put another entry in the place of one: the key that replaced its key, and the value that means the same there.
    Exchange {
        /// The entry.
        place: Location,
        /// The new key.
        key: Text,
        /// The new text.
        value: Text,
    },
    /// Take an entry away and add it to a map of the same object.
    Move {
        /// The entry.
        place: Location,
        /// The map that should hold it; made when missing.
        to: FieldPath,
    },
}
