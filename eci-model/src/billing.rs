//! What a size costs.

use std::fmt;
use std::ops::{Add, Mul};

use crate::spec::Size;

/// An amount of money in billionths of a currency's unit, exact.
///
/// Prints with four decimals at least and as many more as it has.
///
/// # Example
/// ```
/// use eci_model::billing::Money;
///
/// assert_eq!(Money::from_nano(441_072_000).to_string(), "0.441072");
/// assert_eq!(Money::from_nano(500_000_000).to_string(), "0.5000");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

impl Money {
    /// From billionths of the unit.
    pub const fn from_nano(nano: i128) -> Self {
        Self(nano)
    }

    /// Billionths of the unit.
    pub const fn nano(self) -> i128 {
        self.0
    }

    /// Rounded half up to a number of decimals, as text.
    pub fn rounded(self, decimals: u32) -> String {
        let unit = 10_i128.pow(9_u32.saturating_sub(decimals));
        let rounded = (self.0 + unit / 2).div_euclid(unit);
        let scale = 10_i128.pow(decimals.min(9));
        let width = usize::try_from(decimals.min(9)).unwrap_or(0);
        if width == 0 {
            return rounded.to_string();
        }
        format!("{}.{:0width$}", rounded / scale, rounded % scale)
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Mul<u64> for Money {
    type Output = Self;

    fn mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(i128::from(times)))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (
            self.0.unsigned_abs() / 1_000_000_000,
            self.0.unsigned_abs() % 1_000_000_000,
        );
        let digits = format!("{fraction:09}");
        let shown = digits.trim_end_matches('0').len().max(4);
        write!(f, "{sign}{whole}.{}", digits.get(..shown).unwrap_or(&digits))
    }
}

/// Unit prices of a currency, with the date they were published.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prices {
    /// The currency, `CNY`.
    pub currency: &'static str,
    /// When and where they were published.
    pub source: &'static str,
    /// One vCPU for a second.
    pub vcpu_second: Money,
    /// One GiB of memory for a second.
    pub gib_second: Money,
    /// One GiB of temporary storage beyond the free one, for a second.
    pub extra_disk_gib_second: Money,
}

impl Prices {
    /// The list prices in CNY (Billing of instances, 2024-11-27; extra disk: Billing of temporary storage, 2023-04-27).
    pub const CNY: Self = Self {
        currency: "CNY",
        source: "Billing of instances, 2024-11-27",
        vcpu_second: Money::from_nano(49_000),
        gib_second: Money::from_nano(6130),
        extra_disk_gib_second: Money::from_nano(590),
    };

    /// The list prices in USD (Billing of instances, English edition, undated copy).
    pub const USD: Self = Self {
        currency: "USD",
        source: "Billing of instances, English edition, undated copy",
        vcpu_second: Money::from_nano(7700),
        gib_second: Money::from_nano(960),
        extra_disk_gib_second: Money::from_nano(93),
    };

    /// What a size costs for a second.
    ///
    /// # Example
    /// ```
    /// use eci_model::billing::Prices;
    ///
    /// let second = Prices::CNY.second("2-4Gi".parse()?);
    /// assert_eq!(second.to_string(), "0.00012252");
    /// # Ok::<(), eci_model::spec::SizeError>(())
    /// ```
    pub fn second(&self, size: Size) -> Money {
        let cpu = self.vcpu_second.0 * i128::from(size.cpu.milli()) / 1000;
        let memory = self.gib_second.0 * i128::from(size.memory.bytes() >> 20) / 1024;
        Money(cpu + memory)
    }

    /// What a size costs for an hour.
    pub fn hour(&self, size: Size) -> Money {
        self.second(size) * 3600
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(text: &str) -> Size {
        text.parse().expect("a size")
    }

    #[test]
    fn the_published_examples() {
        assert_eq!(Prices::CNY.hour(size("2-4Gi")).to_string(), "0.441072");
        assert_eq!(Prices::USD.hour(size("2-4Gi")).to_string(), "0.069264");
        assert_eq!((Prices::CNY.extra_disk_gib_second * 20 * 3600).to_string(), "0.04248");
        assert_eq!((Prices::USD.extra_disk_gib_second * 20 * 3600).to_string(), "0.006696");
    }

    #[test]
    fn money_rounds_half_up() {
        assert_eq!(Money::from_nano(837_950_000).rounded(4), "0.8380");
        assert_eq!(Money::from_nano(1_500_000_000).rounded(0), "2");
        assert_eq!(Money::from_nano(2_310_000_000).rounded(2), "2.31");
    }
}
