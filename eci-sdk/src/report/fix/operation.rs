//! JSON patch, as far as fixes need it.

use serde::Serialize;
use serde_json::Value as Json;

/// An operation of a JSON patch (RFC 6902); paths are JSON pointers.
///
/// # Example
/// ```
/// use eci_sdk::report::Operation;
///
/// let operation = Operation::Remove { path: "/metadata/annotations/a~1b".to_owned() };
/// assert_eq!(serde_json::to_string(&operation)?, r#"{"op":"remove","path":"/metadata/annotations/a~1b"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(
    test,
    schemars(description = "An operation of a JSON patch (RFC 6902); paths are JSON pointers.")
)]
#[serde(tag = "op", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Operation {
    /// Adds an entry.
    Add {
        /// Where.
        path: String,
        /// What.
        value: Json,
    },
    /// Takes an entry away.
    Remove {
        /// Which.
        path: String,
    },
    /// Gives an entry another value.
    Replace {
        /// Which.
        path: String,
        /// The new value.
        value: Json,
    },
    /// Takes an entry away and adds its value elsewhere.
    Move {
        /// Which.
        from: String,
        /// Where to.
        path: String,
    },
}

impl Operation {
    /// Applies it to a document; `None` when a place is not there, the document may then be changed in part.
    pub(super) fn apply(&self, document: &mut Json) -> Option<()> {
        match self {
            Self::Add { path, value } => add(document, path, value.clone()),
            Self::Remove { path } => remove(document, path).map(drop),
            Self::Replace { path, value } => {
                *document.pointer_mut(path)? = value.clone();
                Some(())
            }
            Self::Move { from, path } => {
                let value = remove(document, from)?;
                add(document, path, value)
            }
        }
    }
}

fn add(document: &mut Json, path: &str, value: Json) -> Option<()> {
    let (above, name) = path.rsplit_once('/')?;
    document
        .pointer_mut(above)?
        .as_object_mut()?
        .insert(unescaped(name), value);
    Some(())
}

fn remove(document: &mut Json, path: &str) -> Option<Json> {
    let (above, name) = path.rsplit_once('/')?;
    document.pointer_mut(above)?.as_object_mut()?.remove(&unescaped(name))
}

fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}
