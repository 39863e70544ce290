//! Settings that are amounts with a unit.

use std::fmt;

/// Bytes per second.
///
/// The bandwidth annotations count bytes, unlike Kubernetes' own plugin, which counts bits (Limit the bandwidth of a pod, 2024-01-10).
/// Whether `K` means 1000 or 1024 is not stated; the page's `40M` for 320 Mbit/s fits 1000.
///
/// # Example
/// ```
/// use eci_model::settings::ByteRate;
///
/// let limit = ByteRate::from_bytes(40_000_000);
/// assert_eq!(limit.to_string(), "40M");
/// assert_eq!(limit.bits(), 320_000_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteRate(u64);

impl ByteRate {
    /// From bytes per second.
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    /// Bytes per second.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// Bits per second, as the API takes it.
    pub const fn bits(self) -> u64 {
        self.0.saturating_mul(8)
    }
}

impl fmt::Display for ByteRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 4] = [
            (1_000_000_000_000, "T"),
            (1_000_000_000, "G"),
            (1_000_000, "M"),
            (1_000, "K"),
        ];
        let exact = UNITS
            .iter()
            .find(|(unit, _)| self.0 >= *unit && self.0.is_multiple_of(*unit));
        match exact {
            Some((unit, name)) => write!(f, "{}{name}", self.0 / unit),
            None => write!(f, "{}", self.0),
        }
    }
}

/// Megabits per second, printed as `100M`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Megabits(pub u32);

impl fmt::Display for Megabits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}M", self.0)
    }
}

/// Temporary storage in GiB beyond the free amount, printed as `50Gi`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ExtraStorage(pub u32);

impl fmt::Display for ExtraStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Gi", self.0)
    }
}

/// Hours for which spot capacity is protected; 0 and 1 are documented (Create preemptible instances, 2024-11-19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpotHours(pub u32);

impl Default for SpotHours {
    /// One hour, as when nothing is said.
    fn default() -> Self {
        Self(1)
    }
}

impl fmt::Display for SpotHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_rates_print_the_largest_exact_unit() {
        for (bytes, printed) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1K"),
            (1_500, "1500"),
            (2_000_000, "2M"),
            (3_000_000_000_000, "3T"),
        ] {
            assert_eq!(ByteRate::from_bytes(bytes).to_string(), printed);
        }
    }

    #[test]
    fn bits_do_not_overflow() {
        assert_eq!(ByteRate::from_bytes(u64::MAX).bits(), u64::MAX);
    }

    #[test]
    fn units_are_printed() {
        assert_eq!(Megabits(100).to_string(), "100M");
        assert_eq!(ExtraStorage(1024).to_string(), "1024Gi");
        assert_eq!(SpotHours::default().to_string(), "1");
    }
}
