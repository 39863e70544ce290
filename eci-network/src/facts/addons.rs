//! What is known of the cluster's network add-ons and their versions.

use std::fmt;
use std::str::FromStr;

/// What is known of the cluster's network add-ons; `None` where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Addons {
    /// Whether Terway's trunking is on, so that its webhook changes pods.
    pub terway_trunking: Option<bool>,
    /// Whether CoreDNS is installed.
    pub core_dns: Option<bool>,
    /// Whether NodeLocal DNSCache is injected into pods.
    pub node_local_dns: Option<bool>,
    /// What spreading over zones depends on.
    pub spread: ScheduledSpread,
}

impl Addons {
    /// The same with what is known of `earlier` where this says nothing.
    #[must_use]
    pub fn or(self, earlier: Self) -> Self {
        let (spread, before) = (self.spread, earlier.spread);
        Self {
            terway_trunking: self.terway_trunking.or(earlier.terway_trunking),
            core_dns: self.core_dns.or(earlier.core_dns),
            node_local_dns: self.node_local_dns.or(earlier.node_local_dns),
            spread: ScheduledSpread {
                pro: spread.pro.or(before.pro),
                kubernetes: spread.kubernetes.or(before.kubernetes),
                virtual_node: spread.virtual_node.or(before.virtual_node),
                scheduler: spread.scheduler.or(before.scheduler),
            },
        }
    }
}

/// The editions of the IPv6 gateway, which bound the bandwidth of an address paid by traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ipv6Gateway {
    /// Up to 200 Mbit/s.
    Free,
    /// Up to 500 Mbit/s.
    Enterprise,
    /// Up to 1000 Mbit/s.
    Enhanced,
}

impl Ipv6Gateway {
    /// Every edition.
    pub const ALL: [Self; 3] = [Self::Free, Self::Enterprise, Self::Enhanced];

    /// `free`, `enterprise` or `enhanced`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Enterprise => "enterprise",
            Self::Enhanced => "enhanced",
        }
    }

    /// The highest bandwidth paid by traffic in Mbit/s (API model, 2025-06-05).
    pub const fn most_mbit(self) -> u32 {
        match self {
            Self::Free => 200,
            Self::Enterprise => 500,
            Self::Enhanced => 1000,
        }
    }
}

impl fmt::Display for Ipv6Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What spreading pods over zones depends on (Spread Elastic Container Instance-based pods across zones, undated).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScheduledSpread {
    /// Whether the cluster is of a Pro edition.
    pub pro: Option<bool>,
    /// The version of Kubernetes.
    pub kubernetes: Option<Version>,
    /// The version of ack-virtual-node.
    pub virtual_node: Option<Version>,
    /// The version of ACK's kube-scheduler, `5.9`.
    pub scheduler: Option<Version>,
}

/// Major, minor and patch of a version.
///
/// # Example
/// ```
/// use eci_network::Version;
///
/// let version: Version = "v2.10.1-aliyun.1".parse()?;
/// assert_eq!(version, Version(2, 10, 1));
/// # Ok::<(), eci_network::VersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16, pub u16, pub u16);

impl FromStr for Version {
    type Err = VersionError;

    /// Two or three numbers with points, `v` before and a suffix behind them allowed.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let plain = text.trim().trim_start_matches('v');
        let end = plain
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(plain.len());
        let mut numbers = plain[..end].split('.').map(str::parse::<u16>);
        let version = (|| {
            let (major, minor) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
            let patch = numbers.next().unwrap_or(Ok(0)).ok()?;
            Some(Self(major, minor, patch))
        })();
        version.ok_or_else(|| VersionError(text.chars().take(64).collect::<String>().into()))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// A text that is no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version such as `2.10.0`")]
pub struct VersionError(Box<str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_read_with_prefix_and_suffix() {
        for (text, version) in [
            ("1.22", Version(1, 22, 0)),
            ("v1.31.4-aliyun.1", Version(1, 31, 4)),
            ("2.10.0", Version(2, 10, 0)),
        ] {
            assert_eq!(text.parse(), Ok(version), "{text}");
        }
        for text in ["", "1", "x.y", "1.x", "1.70000"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
