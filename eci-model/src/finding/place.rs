//! Where something was found: objects, and places in them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::Text;
use crate::path::FieldPath;

/// Which object is meant: kind, namespace, name and, for living objects, the UID.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ObjectRef {
    /// The kind, `Deployment`.
    pub kind: Text,
    /// The namespace; `None` for cluster-scoped objects and where none is written.
    pub namespace: Option<Arc<str>>,
    /// The name, or the start of a generated one.
    pub name: Arc<str>,
    /// The UID, when the object was read from an API server.
    pub uid: Option<Arc<str>>,
}

impl ObjectRef {
    /// A reference without a UID.
    pub fn new(kind: impl Into<Text>, namespace: Option<&str>, name: &str) -> Self {
        Self {
            kind: kind.into(),
            namespace: namespace.map(Into::into),
            name: name.into(),
            uid: None,
        }
    }

    /// The same with a UID.
    #[must_use]
    pub fn with_uid(mut self, uid: Option<&str>) -> Self {
        self.uid = uid.map(Into::into);
        self
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        f.write_str(&self.name)
    }
}

/// Object, field, and part of a text value: enough for a caret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Location {
    /// The object that must change.
    pub object: ObjectRef,
    /// The field.
    pub path: FieldPath,
    /// Bytes of the field's text, from and to.
    pub within: Option<(u32, u32)>,
}

impl Location {
    /// A whole field.
    pub const fn new(object: ObjectRef, path: FieldPath) -> Self {
        Self {
            object,
            path,
            within: None,
        }
    }

    /// A part of the field's text, in bytes.
    #[must_use]
    pub const fn within(mut self, bytes: Range<u32>) -> Self {
        self.within = Some((bytes.start, bytes.end));
        self
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.object)?;
        if !self.path.segments().is_empty() {
            write!(f, ": {}", self.path)?;
        }
        Ok(())
    }
}
