//! How bad a finding is.

use std::fmt;
use std::str::FromStr;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing: a rounding, a price, an undocumented corner that does no harm.
    Info,
    /// It runs differently than written, or fails in part.
    Warning,
    /// ECI refuses the pod, or the pod cannot work.
    Error,
}

impl Severity {
    /// All severities, mildest first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// `info`, `warning` or `error`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Severity {
    type Err = SeverityError;

    fn from_str(text: &str) -> Result<Self, SeverityError> {
        let severity = Self::ALL.into_iter().find(|severity| severity.name() == text);
        severity.ok_or_else(|| SeverityError(text.chars().take(64).collect::<String>().into()))
    }
}

/// A text that names no severity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no severity; severities are `info`, `warning` and `error`")]
pub struct SeverityError(Box<str>);
