//! The three ways to run ECI pods on Kubernetes.

use std::fmt;
use std::str::FromStr;

/// Which kind of cluster the pods belong to.
///
/// Annotations, rules and routing differ between editions; the differences are data on those tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Edition {
    /// ACK Serverless: no real nodes, every pod runs on ECI.
    AckServerless,
    /// ACK managed or dedicated clusters with virtual nodes beside real ones.
    Ack,
    /// Clusters that users run themselves, with VNodes.
    SelfManaged,
}

impl Edition {
    /// All editions.
    pub const ALL: [Self; 3] = [Self::AckServerless, Self::Ack, Self::SelfManaged];

    /// The name used by the command line and in rule pages: `ack-serverless`, `ack`, `self-managed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AckServerless => "ack-serverless",
            Self::Ack => "ack",
            Self::SelfManaged => "self-managed",
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Edition {
    type Err = EditionError;

    fn from_str(text: &str) -> Result<Self, EditionError> {
        let edition = Self::ALL.into_iter().find(|edition| edition.name() == text);
        edition.ok_or_else(|| EditionError(text.chars().take(64).collect::<String>().into()))
    }
}

/// A text that names no edition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no edition; editions are `ack-serverless`, `ack` and `self-managed`")]
pub struct EditionError(Box<str>);

/// A set of editions, for tables.
///
/// # Example
/// ```
/// use eci_model::{Edition, Editions};
///
/// assert!(Editions::ACK_BOTH.contains(Edition::AckServerless));
/// assert!(!Editions::ACK_BOTH.contains(Edition::SelfManaged));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editions(u8);

impl Editions {
    /// Every edition.
    pub const ALL: Self = Self(0b111);
    /// ACK and ACK Serverless, not self-managed clusters.
    pub const ACK_BOTH: Self = Self(0b011);
    /// Self-managed clusters only.
    pub const SELF_MANAGED: Self = Self(0b100);

    /// Whether the edition is in the set.
    pub const fn contains(self, edition: Edition) -> bool {
        self.0 & (1 << edition as u8) != 0
    }

    /// The members, in the order of [`Edition::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Edition> {
        Edition::ALL.into_iter().filter(move |edition| self.contains(*edition))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for edition in Edition::ALL {
            assert_eq!(edition.name().parse(), Ok(edition));
        }
        assert!("ACK".parse::<Edition>().is_err());
    }

    #[test]
    fn sets_hold_their_members() {
        assert_eq!(Editions::ALL.iter().count(), 3);
        assert_eq!(
            Editions::SELF_MANAGED.iter().collect::<Vec<_>>(),
            [Edition::SelfManaged]
        );
    }
}
