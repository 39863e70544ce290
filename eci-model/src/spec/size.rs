//! The words for sizes: `2-4Gi`, `ecs.c6.xlarge`, and lists of them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::quantity::{Cpu, Memory, Quantity};

/// A size of vCPU and memory.
///
/// Written `<vCPU>-<GiB>Gi`; decimals are allowed, of which the fourth and later ones round up, and the platform prints `2.0-4.0Gi` for `2-4Gi` (Create pods by specifying multiple
/// specifications, 2025-03-28).
///
/// # Example
/// ```
/// use eci_model::spec::Size;
///
/// let written_back: Size = "2.0-4.0Gi".parse()?;
/// assert_eq!(written_back, "2-4Gi".parse()?);
/// assert_eq!(written_back.to_string(), "2-4Gi");
/// # Ok::<(), eci_model::spec::SizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Size {
    /// vCPU.
    pub cpu: Cpu,
    /// Memory.
    pub memory: Memory,
}

impl Size {
    /// A size from thousandths of a vCPU and MiB.
    pub const fn new(cpu: Cpu, memory: Memory) -> Self {
        Self { cpu, memory }
    }

    /// Whether the other size fits into this one in both dimensions.
    pub fn holds(&self, other: Self) -> bool {
        self.cpu >= other.cpu && self.memory >= other.memory
    }

    /// The smallest size that holds both.
    #[must_use]
    pub fn larger(self, other: Self) -> Self {
        Self::new(self.cpu.max(other.cpu), self.memory.max(other.memory))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}Gi", self.cpu, Cpu::from_milli(thousandths(self.memory)))
    }
}

/// The fewest thousandths of a GiB that are not less than the memory.
fn thousandths(memory: Memory) -> u64 {
    match memory.bytes().checked_sub(1) {
        Some(below) => u64::try_from((u128::from(below) * 1000) >> 30).map_or(u64::MAX, |below| below + 1),
        None => 0,
    }
}

/// The memory with no more than three decimals of a GiB, rounded up as vCPU are.
fn in_thousandths(memory: Memory) -> Option<Memory> {
    let bytes = (u128::from(thousandths(memory)) << 30).div_ceil(1000);
    u64::try_from(bytes).ok().map(Memory::from_bytes)
}

impl FromStr for Size {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let error = || SizeError::new(text);
        let (cpu, memory) = text.split_once('-').ok_or_else(error)?;
        let gib = memory.strip_suffix("Gi").ok_or_else(error)?;
        let plain = |number: &str| {
            let shape = |b: u8| b.is_ascii_digit() || b == b'.';
            let begins = number.bytes().next().is_some_and(|b| b.is_ascii_digit());
            begins && !number.ends_with('.') && number.bytes().all(shape)
        };
        if !plain(cpu) || !plain(gib) {
            return Err(error());
        }
        // Most sizes are whole numbers.
        if let (Ok(cpu @ 1..), Ok(gib @ 1..)) = (cpu.parse(), gib.parse()) {
            return Ok(Self::new(Cpu::from_vcpu(cpu), Memory::from_gib(gib)));
        }
        let cpu = cpu.parse::<Quantity>().and_then(Quantity::cpu).map_err(|_| error())?;
        let memory = memory
            .parse::<Quantity>()
            .and_then(Quantity::memory)
            .map_err(|_| error())?;
        let memory = in_thousandths(memory).ok_or_else(error)?;
        if cpu.is_zero() || memory.is_zero() {
            return Err(error());
        }
        Ok(Self { cpu, memory })
    }
}

/// An ECS instance type, `ecs.<family>.<size>`.
///
/// Families come and go, so any well-formed name is accepted; whether the family is known is a question for the tables.
///
/// # Example
/// ```
/// use eci_model::spec::EcsType;
///
/// let gpu: EcsType = "ecs.gn6i-c4g1.xlarge".parse()?;
/// assert_eq!(gpu.family(), "gn6i");
/// # Ok::<(), eci_model::spec::SizeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EcsType(Arc<str>);

impl EcsType {
    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The family: the second part without what varies inside a family, such as the ratio of CPU to GPU in `gn6i-c4g1`.
    pub fn family(&self) -> Cow<'_, str> {
        let rest = self.0.strip_prefix("ecs.").unwrap_or_default();
        let end = rest.bytes().position(|byte| byte == b'.').unwrap_or(rest.len());
        let middle = &rest[..end];
        let Some(hyphen) = middle.bytes().position(|byte| byte == b'-') else {
            return Cow::Borrowed(middle);
        };
        let (head, tail) = (&middle[..hyphen], &middle[hyphen + 1..]);
        if !tail.split('-').any(is_variant) {
            return Cow::Borrowed(middle);
        }
        let kept = tail.split('-').filter(|part| !is_variant(part));
        Cow::Owned(std::iter::once(head).chain(kept).collect::<Vec<_>>().join("-"))
    }
}

/// Whether a part of a family's name varies inside the family: `c4g1`, `m8`, `2x`.
fn is_variant(part: &str) -> bool {
    let digits = part.bytes().any(|b| b.is_ascii_digit());
    digits && (part.starts_with(['c', 'm', 'l']) || part.ends_with('x'))
}

impl fmt::Display for EcsType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EcsType {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let part = |part: &str| {
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            !part.is_empty() && part.bytes().all(plain) && !part.starts_with('-') && !part.ends_with('-')
        };
        let mut parts = text.split('.');
        let well_formed =
            parts.next() == Some("ecs") && parts.next().is_some_and(part) && parts.next().is_some_and(part);
        if well_formed && parts.next().is_none() && text.len() <= 64 {
            Ok(Self(text.into()))
        } else {
            Err(SizeError::new(text))
        }
    }
}

/// An item of `eci-use-specs`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SpecItem {
    /// A size.
    Size(Size),
    /// An ECS type.
    Type(EcsType),
}

impl fmt::Display for SpecItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size(size) => size.fmt(f),
            Self::Type(ecs) => ecs.fmt(f),
        }
    }
}

impl FromStr for SpecItem {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        if text.starts_with("ecs.") {
            text.parse().map(Self::Type)
        } else {
            text.parse().map(Self::Size)
        }
    }
}

/// Sizes and ECS types in order of preference.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SpecList(pub Vec<SpecItem>);

impl SpecList {
    /// How many items a list may have (Create pods by specifying multiple specifications, 2025-03-28).
    pub const MAX_ITEMS: usize = 5;

    /// The items.
    pub fn iter(&self) -> std::slice::Iter<'_, SpecItem> {
        self.0.iter()
    }

    /// The sizes among the items.
    pub fn sizes(&self) -> impl Iterator<Item = Size> + '_ {
        self.0.iter().filter_map(|item| match item {
            SpecItem::Size(size) => Some(*size),
            SpecItem::Type(_) => None,
        })
    }

    /// The ECS types among the items.
    pub fn types(&self) -> impl Iterator<Item = &EcsType> + '_ {
        self.0.iter().filter_map(|item| match item {
            SpecItem::Type(ecs) => Some(ecs),
            SpecItem::Size(_) => None,
        })
    }
}

impl fmt::Display for SpecList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{item}")?;
        }
        Ok(())
    }
}

/// How spot capacity is used (Create a preemptible instance, 2024-11-19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SpotStrategy {
    /// At the market price, up to the pay-as-you-go price.
    SpotAsPriceGo,
    /// At the market price, up to a limit.
    SpotWithPriceLimit,
    /// No spot capacity, said explicitly.
    NoSpot,
}

impl SpotStrategy {
    /// The canonical spelling.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SpotAsPriceGo => "SpotAsPriceGo",
            Self::SpotWithPriceLimit => "SpotWithPriceLimit",
            Self::NoSpot => "NoSpot",
        }
    }

    /// Whether spot capacity is used.
    pub const fn is_spot(self) -> bool {
        !matches!(self, Self::NoSpot)
    }
}

impl fmt::Display for SpotStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that is neither a size nor an ECS type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not `<vCPU>-<GiB>Gi` or `ecs.<family>.<size>`")]
pub struct SizeError(Box<str>);

impl SizeError {
    fn new(text: &str) -> Self {
        Self(text.chars().take(64).collect::<String>().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_read_and_print() {
        for (text, printed) in [
            ("2-4Gi", "2-4Gi"),
            ("2.0-4.0Gi", "2-4Gi"),
            ("0.5-1.9Gi", "0.5-1.9Gi"),
            ("0.25-0.5Gi", "0.25-0.5Gi"),
            ("64-512Gi", "64-512Gi"),
            ("0.0011-1.999991Gi", "0.002-2Gi"),
            ("1-0.0000001Gi", "1-0.001Gi"),
        ] {
            let size: Size = text.parse().expect(text);
            assert_eq!(size.to_string(), printed);
            assert_eq!(printed.parse(), Ok(size), "{text}");
        }
    }

    #[test]
    fn what_is_not_asked_for_prints_as_zero() {
        assert_eq!(Size::new(Cpu::from_vcpu(1), Memory::ZERO).to_string(), "1-0Gi");
    }

    #[test]
    fn other_texts_are_no_sizes() {
        for text in [
            "", "4x8", "2-4", "2-4gi", "2-4GiB", "-4Gi", "2-", "2--4Gi", "2 -4Gi", "0-4Gi", "2-0Gi", "2.-4Gi",
            "1e1-4Gi", "2m-4Gi", "+2-4Gi",
        ] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }

    #[test]
    fn types_have_three_parts() {
        assert!("ecs.c6.xlarge".parse::<EcsType>().is_ok());
        for text in [
            "ecs.c6",
            "ecs..xlarge",
            "c6.xlarge",
            "ecs.c6.x.large",
            "ecs.C6.xlarge",
            "ecs.c6.",
            "ecs.-c6.large",
        ] {
            assert!(text.parse::<EcsType>().is_err(), "{text}");
        }
    }

    #[test]
    fn families_leave_out_what_varies_inside_them() {
        for (text, family) in [
            ("ecs.gn6i-c4g1.xlarge", "gn6i"),
            ("ecs.sgn7i-vws-m8.7xlarge", "sgn7i-vws"),
            ("ecs.vgn6i-m4-vws.xlarge", "vgn6i-vws"),
            ("ecs.gn7i-2x.8xlarge", "gn7i"),
            ("ecs.t6-c1m2.large", "t6"),
            ("ecs.c6.xlarge", "c6"),
            ("ecs.gn7i-c8g1.2xlarge", "gn7i"),
        ] {
            assert_eq!(text.parse::<EcsType>().expect(text).family(), family);
        }
    }

    proptest! {
        #[test]
        fn printed_sizes_hold_what_was_asked(milli in 1_u64..100_000, mib in 1_u32..1_000_000) {
            let size = Size::new(Cpu::from_milli(milli), Memory::from_mib(mib));
            let read: Size = size.to_string().parse().expect("printed by us");
            prop_assert!(read.holds(size));
            prop_assert_eq!(read.to_string(), size.to_string());
        }
    }
}
