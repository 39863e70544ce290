//! What narrows the ECS types behind a size: families, generations, the GPU driver.

use std::fmt;
use std::str::FromStr;

/// A list whose items are wanted or, with a minus, excluded.
///
/// Mixing both in one list is described nowhere (Specify or exclude ECS instance families, 2024-11-13).
///
/// # Example
/// ```
/// use eci_model::settings::{Generation, Signed};
///
/// let signed = Signed::excluding([Generation(5), Generation(4)]);
/// assert_eq!(signed.to_string(), "-5,-4");
/// assert!(!signed.is_mixed() && signed.wanted().next().is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed<T>(pub Vec<SignedItem<T>>);

/// An item of a [`Signed`] list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignedItem<T> {
    /// Whether a minus stands before it.
    pub excluded: bool,
    /// The item.
    pub item: T,
}

impl<T> Signed<T> {
    /// Items that may be used, in order of preference.
    pub fn wanting(items: impl IntoIterator<Item = T>) -> Self {
        Self(
            items
                .into_iter()
                .map(|item| SignedItem { excluded: false, item })
                .collect(),
        )
    }

    /// Items that may not be used.
    pub fn excluding(items: impl IntoIterator<Item = T>) -> Self {
        Self(
            items
                .into_iter()
                .map(|item| SignedItem { excluded: true, item })
                .collect(),
        )
    }

    /// The items without a minus.
    pub fn wanted(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter(|item| !item.excluded).map(|item| &item.item)
    }

    /// The items with a minus.
    pub fn excluded(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter(|item| item.excluded).map(|item| &item.item)
    }

    /// Whether the list holds both sorts.
    pub fn is_mixed(&self) -> bool {
        self.wanted().next().is_some() && self.excluded().next().is_some()
    }
}

impl<T: fmt::Display> fmt::Display for Signed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, SignedItem { excluded, item }) in self.0.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let minus = if *excluded { "-" } else { "" };
            write!(f, "{comma}{minus}{item}")?;
        }
        Ok(())
    }
}

/// An ECS instance family, `ecs.c6`.
///
/// Families come and go, so any well-formed name is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceFamily(Box<str>);

impl InstanceFamily {
    /// The whole name, `ecs.c6`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without `ecs.`, as in the family of an ECS type.
    pub fn short(&self) -> &str {
        self.0.strip_prefix("ecs.").unwrap_or(&self.0)
    }
}

impl FromStr for InstanceFamily {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        let plain = |name: &str| {
            let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            let ends = |b: Option<&u8>| b.is_some_and(|b| *b != b'-');
            name.bytes().all(allowed) && ends(name.as_bytes().first()) && ends(name.as_bytes().last())
        };
        let well_formed = text.len() <= 64 && text.strip_prefix("ecs.").is_some_and(plain);
        well_formed
            .then(|| Self(text.into()))
            .ok_or_else(|| FilterError::new(text, "`ecs.<family>`"))
    }
}

impl fmt::Display for InstanceFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The generation of ECS families, `6` of `ecs.c6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u8);

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A GPU driver, `tesla=535`.
///
/// Since 2025-03-17 the major version is enough; full versions stand in older samples (Specify a GPU type to create a pod, 2025-03-21).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GpuDriver {
    kind: Box<str>,
    version: Box<str>,
}

impl GpuDriver {
    /// What kind of driver: `tesla`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The version: `535`, `470.82.01`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The first part of the version, when it is a number.
    pub fn major(&self) -> Option<u16> {
        self.version.split('.').next().and_then(|major| major.parse().ok())
    }
}

impl FromStr for GpuDriver {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        let word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase());
        let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let version = |text: &str| text.split('.').all(number);
        match text.split_once('=') {
            Some((kind, digits)) if text.len() <= 64 && word(kind) && version(digits) => Ok(Self {
                kind: kind.into(),
                version: digits.into(),
            }),
            _ => Err(FilterError::new(text, "`<kind>=<version>`, such as `tesla=535`")),
        }
    }
}

impl fmt::Display for GpuDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.kind, self.version)
    }
}

/// A text that is no family and no driver.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not {expected}")]
#[non_exhaustive]
pub struct FilterError {
    found: Box<str>,
    expected: &'static str,
}

impl FilterError {
    fn new(found: &str, expected: &'static str) -> Self {
        Self {
            found: found.chars().take(64).collect::<String>().into(),
            expected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_read_and_print() {
        let family: InstanceFamily = "ecs.sgn7i-vws".parse().expect("a family");
        assert_eq!((family.as_str(), family.short()), ("ecs.sgn7i-vws", "sgn7i-vws"));
        for text in [
            "c6",
            "ecs.",
            "ecs.c6.large",
            "ecs.C6",
            "ecs.-c6",
            "ecs.c6-",
            "-ecs.c6",
            " ecs.c6",
        ] {
            assert!(text.parse::<InstanceFamily>().is_err(), "{text}");
        }
    }

    #[test]
    fn drivers_read_and_print() {
        let driver: GpuDriver = "tesla=470.82.01".parse().expect("a driver");
        assert_eq!(
            (driver.kind(), driver.version(), driver.major()),
            ("tesla", "470.82.01", Some(470))
        );
        for text in [
            "tesla",
            "tesla=",
            "=535",
            "tesla=535.",
            "Tesla=535",
            "tesla=v535",
            "tesla = 535",
        ] {
            assert!(text.parse::<GpuDriver>().is_err(), "{text}");
        }
    }

    #[test]
    fn mixed_lists_are_told_apart() {
        let mut signed = Signed::wanting([Generation(6)]);
        assert!(!signed.is_mixed());
        signed.0.extend(Signed::excluding([Generation(4)]).0);
        assert!(signed.is_mixed());
        assert_eq!(signed.to_string(), "6,-4");
        assert_eq!(signed.excluded().collect::<Vec<_>>(), [&Generation(4)]);
    }
}
