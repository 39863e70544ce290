//! What can be wrong with a configuration.

use std::fmt;
use std::sync::Arc;

use crate::manifest::Position;

/// A part of a configuration that means nothing, and where it stands.
///
/// Prints as `eci.yaml:3:1: there is no key ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigurationError {
    /// The name of the file.
    pub file: Arc<str>,
    /// Where it stands.
    pub position: Position,
    /// What is wrong.
    pub fault: ConfigurationFault,
}

/// What is wrong with a part of a configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigurationFault {
    /// The text is no YAML, or nothing.
    #[error("{0}")]
    Unreadable(String),
    /// The file holds a Kubernetes object, or several documents.
    #[error("this is no configuration: {0}")]
    NoConfiguration(&'static str),
    /// A key that does not exist.
    #[error("there is no key `{key}`{}", instead(*near))]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest one that exists.
        near: Option<&'static str>,
    },
    /// A key that stands twice.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A value of another type.
    #[error("expected {0}")]
    Type(&'static str),
    /// A value that means nothing.
    #[error("{0}")]
    Value(String),
}

fn instead(near: Option<&str>) -> String {
    near.map(|near| format!("; write `{near}`")).unwrap_or_default()
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.position, self.fault)
    }
}

impl std::error::Error for ConfigurationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.fault)
    }
}
