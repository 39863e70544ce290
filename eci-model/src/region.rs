//! Regions and zones of the platform, as names.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A region such as `cn-hangzhou`.
///
/// # Example
/// ```
/// use eci_model::{Region, Zone};
///
/// let zone: Zone = "cn-hangzhou-h".parse()?;
/// assert_eq!(zone.region(), "cn-hangzhou".parse::<Region>()?);
/// # Ok::<(), eci_model::PlaceError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(Arc<str>);

/// A zone such as `cn-hangzhou-h`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(Arc<str>);

impl Region {
    /// The region as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Zone {
    /// The zone as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The region the zone belongs to: `cn-hangzhou-h` and `ap-southeast-1a` lie in `cn-hangzhou` and `ap-southeast-1`.
    pub fn region(&self) -> Region {
        let head = self.0.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let end = if head.ends_with('-') {
            head.len() - 1
        } else {
            head.len()
        };
        Region(self.0[..end].into())
    }
}

/// A text that names no region or zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no {expected}")]
#[non_exhaustive]
pub struct PlaceError {
    found: Box<str>,
    expected: &'static str,
}

impl FromStr for Region {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let parts = text.split('-').count();
        let well_formed = parts >= 2 && is_plain(text);
        let region = well_formed.then(|| Self(text.into()));
        region.ok_or_else(|| PlaceError::new(text, "region such as `cn-hangzhou`"))
    }
}

impl FromStr for Zone {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let tail = text.rsplit('-').next().unwrap_or_default();
        let letter = tail.trim_start_matches(|c: char| c.is_ascii_digit());
        let well_formed = is_plain(text) && text.split('-').count() >= 3 && letter.len() == 1;
        let zone = (well_formed && letter.bytes().all(|b| b.is_ascii_lowercase())).then(|| Self(text.into()));
        zone.ok_or_else(|| PlaceError::new(text, "zone such as `cn-hangzhou-h`"))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PlaceError {
    fn new(found: &str, expected: &'static str) -> Self {
        Self {
            found: found.chars().take(64).collect::<String>().into(),
            expected,
        }
    }
}

fn is_plain(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 64 && text.split('-').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_name_their_region() {
        for (zone, region) in [
            ("cn-hangzhou-h", "cn-hangzhou"),
            ("ap-southeast-1a", "ap-southeast-1"),
            ("cn-shanghai-finance-1a", "cn-shanghai-finance-1"),
            ("us-west-1b", "us-west-1"),
        ] {
            let zone: Zone = zone.parse().expect("a zone");
            assert_eq!(zone.region().as_str(), region);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "hangzhou",
            "CN-hangzhou",
            "cn_hangzhou",
            "cn--hangzhou",
            "cn-hangzhou ",
        ] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
        for text in ["cn-hangzhou", "h", "cn-hangzhou-", "cn-hangzhou-hh", "cn-hangzhou-1"] {
            assert!(text.parse::<Zone>().is_err(), "{text}");
        }
    }
}
