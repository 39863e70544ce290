//! What is known of a cluster as far as routing needs it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use eci_model::{Edition, Policies};

use crate::profile::Profile;
use crate::resource_policy::ResourcePolicies;
use crate::vnode_selector::VNodeSelectors;

/// What is known of a cluster, and of the namespace of a pod; what is missing stays unknown.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RouteFacts<'f> {
    /// The edition.
    pub edition: Edition,
    /// The choices about undocumented behaviour.
    pub policies: &'f Policies,
    /// The labels of the pod's namespace, when its object is known.
    pub namespace: Option<&'f BTreeMap<String, String>>,
    /// eci-profile.
    pub profile: Option<&'f Profile>,
    /// The Selectors of a self-managed cluster.
    pub vnode_selectors: Option<&'f VNodeSelectors>,
    /// The ResourcePolicies.
    pub resource_policies: Option<&'f ResourcePolicies>,
    /// Versions of what runs the cluster.
    pub versions: Versions,
    /// Whether NodeLocal DNSCache is injected into pods.
    pub node_local_dns: Option<bool>,
}

impl<'f> RouteFacts<'f> {
    /// Nothing but the edition and the choices.
    pub const fn new(edition: Edition, policies: &'f Policies) -> Self {
        Self {
            edition,
            policies,
            namespace: None,
            profile: None,
            vnode_selectors: None,
            resource_policies: None,
            versions: Versions::UNKNOWN,
            node_local_dns: None,
        }
    }
}

/// Versions of what runs the cluster, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Versions {
    /// Kubernetes.
    pub kubernetes: Option<Version>,
    /// ack-virtual-node.
    pub virtual_node: Option<Version>,
    /// The part of kube-scheduler's version that counts ACK's releases: 5.9 of `v1.22.15-ack-5.9`.
    pub scheduler: Option<Version>,
    /// Whether it is an ACK managed Pro cluster.
    pub managed_pro: Option<bool>,
}

impl Versions {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        kubernetes: None,
        virtual_node: None,
        scheduler: None,
        managed_pro: None,
    };
}

/// A version of up to four numbers, compared number by number.
///
/// # Example
/// ```
/// use eci_profile::Version;
///
/// let version: Version = "v2.0.0.90-3a1b".parse()?;
/// assert!(version < "2.10.0".parse()?);
/// assert_eq!(version.to_string(), "2.0.0.90");
/// # Ok::<(), eci_profile::VersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version([u16; 4], u8);

impl Version {
    /// A version of two numbers.
    pub const fn of(major: u16, minor: u16) -> Self {
        Self([major, minor, 0, 0], 2)
    }

    /// The same with a third and a fourth number; `u16::MAX` stands for one that is not known and counts as the newest.
    #[must_use]
    pub const fn patch(self, third: u16, fourth: u16) -> Self {
        Self([self.0[0], self.0[1], third, fourth], 4)
    }

    /// The numbers, missing ones as 0.
    pub const fn numbers(self) -> [u16; 4] {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = usize::from(self.1);
        for (index, number) in self.0.iter().take(shown).enumerate() {
            if *number == u16::MAX {
                break;
            }
            let point = if index > 0 { "." } else { "" };
            write!(f, "{point}{number}")?;
        }
        Ok(())
    }
}

/// A text that is no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version such as `1.30` or `v2.10.0`")]
pub struct VersionError(Box<str>);

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let error = || VersionError(text.chars().take(64).collect::<String>().into());
        let bare = text.trim().trim_start_matches('v');
        let end = bare
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(bare.len());
        let numbers: Vec<u16> = bare[..end]
            .trim_end_matches('.')
            .split('.')
            .map(|number| number.parse().map_err(|_| error()))
            .collect::<Result<_, _>>()?;
        let count = u8::try_from(numbers.len()).ok().filter(|count| (2..=4).contains(count));
        let mut version = [0; 4];
        for (place, number) in version.iter_mut().zip(&numbers) {
            *place = *number;
        }
        Ok(Self(version, count.ok_or_else(error)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_their_numbers() {
        let version = |text: &str| text.parse::<Version>().expect("a version");
        assert!(version("1.9") < version("1.22.1"));
        assert!(version("v2.0.0.90-3a1b") >= Version::of(2, 0).patch(0, 90));
        assert_eq!(version("v1.22.15-aliyun.1").to_string(), "1.22.15");
        for text in ["", "2", "v", "x.1", "1..2", "1.2.3.4.5", "70000.1"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
