//! Exact money, and money an hour.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};
use std::str::FromStr;

use crate::api::{Decimal, DecimalError};

/// An amount of money in billionths of the currency's unit; the currency stands beside it.
///
/// Prices are published with up to nine decimals a second, so sums of them are exact. Prints in full, or rounded to the decimals that are
/// asked for.
///
/// # Example
/// ```
/// use eci_model::billing::Money;
///
/// let hour: Money = "0.441072".parse()?;
/// assert_eq!(hour.nano(), 441_072_000);
/// assert_eq!((hour.to_string().as_str(), format!("{hour:.4}").as_str()), ("0.441072", "0.4411"));
/// # Ok::<(), eci_model::api::DecimalError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From billionths.
    pub const fn from_nano(nano: i64) -> Self {
        Self(nano)
    }

    /// Billionths.
    pub const fn nano(self) -> i64 {
        self.0
    }

    /// So many times the amount.
    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        Self::clamp(self.0 as i128 * count as i128)
    }

    /// The amount times a fraction, rounded to the nearest billionth.
    pub(crate) const fn fraction(self, of: u128, whole: u128) -> Self {
        let of = if of > i128::MAX as u128 {
            i128::MAX
        } else {
            of.cast_signed()
        };
        Self::clamp(half_up((self.0 as i128).saturating_mul(of), whole.cast_signed()))
    }

    /// The amount rounded to hundredths, halves away from zero.
    #[must_use]
    pub const fn hundredths(self) -> Self {
        const HUNDREDTH: i128 = 10_000_000;
        Self::clamp(half_up(self.0 as i128, HUNDREDTH) * HUNDREDTH)
    }

    /// How much of another amount this is, in tenths of a percent; zero for a share of nothing or less.
    pub const fn permille_of(self, whole: Self) -> i64 {
        if whole.0 <= 0 {
            return 0;
        }
        Self::clamp(half_up(self.0 as i128 * 1000, whole.0 as i128)).0
    }

    const fn clamp(nano: i128) -> Self {
        if nano > i64::MAX as i128 {
            Self(i64::MAX)
        } else if nano < i64::MIN as i128 {
            Self(i64::MIN)
        } else {
            #[expect(clippy::cast_possible_truncation, reason = "in range, as just seen")]
            Self(nano as i64)
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |shown: u64| if self.0 < 0 && shown > 0 { "-" } else { "" };
        let (mut shown, mut decimals) = (self.0.unsigned_abs(), 9);
        match f.precision() {
            Some(wanted) if wanted < decimals => {
                let unit = 10_u64.pow(u32::try_from(decimals - wanted).unwrap_or(0));
                shown = shown / unit + u64::from(shown % unit * 2 >= unit);
                decimals = wanted;
            }
            Some(_) => {}
            None => {
                while decimals > 0 && shown.is_multiple_of(10) {
                    shown /= 10;
                    decimals -= 1;
                }
            }
        }
        let one = 10_u64.pow(u32::try_from(decimals).unwrap_or(0));
        write!(f, "{}{}", sign(shown), shown / one)?;
        match decimals {
            0 => Ok(()),
            _ => write!(f, ".{:0decimals$}", shown % one),
        }
    }
}

impl From<Decimal> for Money {
    /// Rounded to the nearest billionth.
    fn from(amount: Decimal) -> Self {
        let (digits, scale) = amount.parts();
        let ten = |power: u8| 10_i128.pow(u32::from(power));
        match scale {
            0..=9 => Self::clamp(i128::from(digits) * ten(9 - scale)),
            _ => Self::clamp(half_up(i128::from(digits), ten(scale - 9))),
        }
    }
}

impl FromStr for Money {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        text.parse::<Decimal>().map(Self::from)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::add)
    }
}

/// Money an hour: what an instance costs while it is billed.
///
/// # Example
/// ```
/// use eci_model::billing::Rate;
///
/// let rate = Rate::per_hour("0.441072".parse()?);
/// assert_eq!(rate.second().to_string(), "0.00012252");
/// assert_eq!(format!("{:.2}", rate.month()), "321.98");
/// assert_eq!(rate.seconds(630).to_string(), "0.0771876");
/// # Ok::<(), eci_model::api::DecimalError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rate(Money);

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(Money::ZERO);
    /// The hours that a month has in estimates.
    pub const HOURS_OF_A_MONTH: u64 = 730;

    /// So much an hour.
    pub const fn per_hour(hour: Money) -> Self {
        Self(hour)
    }

    /// The price of an hour.
    pub const fn hour(self) -> Money {
        self.0
    }

    /// The price of a second, rounded to the nearest billionth.
    pub const fn second(self) -> Money {
        self.seconds(1)
    }

    /// The price of a month of 730 hours.
    pub const fn month(self) -> Money {
        self.0.times(Self::HOURS_OF_A_MONTH)
    }

    /// The price of some seconds, rounded to the nearest billionth.
    pub const fn seconds(self, seconds: u64) -> Money {
        self.0.fraction(seconds as u128, 3600)
    }

    /// So many times the rate, for replicas.
    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        Self(self.0.times(count))
    }
}

impl Add for Rate {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Rate {
    fn sum<I: Iterator<Item = Self>>(rates: I) -> Self {
        rates.fold(Self::ZERO, Self::add)
    }
}

impl fmt::Display for Rate {
    /// The price of an hour.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The currency of a price table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Currency {
    /// Renminbi, on the pages of China.
    #[default]
    Cny,
    /// US dollars, on the international pages.
    Usd,
}

impl Currency {
    /// Every currency with published prices.
    pub const ALL: [Self; 2] = [Self::Cny, Self::Usd];

    /// The three letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Usd => "USD",
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        let named = Self::ALL
            .into_iter()
            .find(|currency| currency.name().eq_ignore_ascii_case(text));
        named.ok_or_else(|| CurrencyError(text.chars().take(16).collect::<String>().into()))
    }
}

/// A text that names no currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no currency with published prices; those are `CNY` and `USD`")]
pub struct CurrencyError(Box<str>);

/// A quotient, rounded to the nearest whole, halves away from zero; the divisor is above zero.
const fn half_up(amount: i128, by: i128) -> i128 {
    let doubled = amount.saturating_mul(2);
    let half = if amount < 0 { -by } else { by };
    doubled.saturating_add(half) / (by * 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(text: &str) -> Money {
        text.parse().expect(text)
    }

    #[test]
    fn amounts_print_in_full_or_rounded() {
        for (text, full, cents) in [
            ("0", "0", "0.00"),
            ("0.005", "0.005", "0.01"),
            ("0.004999999", "0.004999999", "0.00"),
            ("-1.005", "-1.005", "-1.01"),
            ("12", "12", "12.00"),
            ("0.000000093", "0.000000093", "0.00"),
        ] {
            let amount = money(text);
            assert_eq!(
                (amount.to_string().as_str(), format!("{amount:.2}").as_str()),
                (full, cents)
            );
        }
        assert_eq!(format!("{:.0}", money("1.5")), "2");
    }

    #[test]
    fn shares_are_tenths_of_a_percent() {
        assert_eq!((money("1.2791") - money("0.8821")).permille_of(money("1.2791")), 310);
        assert_eq!(money("1").permille_of(Money::ZERO), 0);
    }

    #[test]
    fn large_amounts_stay_at_the_end_of_the_scale() {
        let most = Money::from_nano(i64::MAX);
        assert_eq!((most + most, most.times(9)), (most, most));
        assert_eq!(Rate::per_hour(most).month(), most);
    }

    #[test]
    fn currencies_are_read_in_any_case() {
        assert_eq!("usd".parse(), Ok(Currency::Usd));
        let error = "EUR".parse::<Currency>().expect_err("no prices");
        assert_eq!(
            error.to_string(),
            "`EUR` is no currency with published prices; those are `CNY` and `USD`"
        );
    }

    proptest! {
        #[test]
        fn printed_money_reads_back(nano in -1_000_000_000_000_000_i64..1_000_000_000_000_000) {
            let amount = Money::from_nano(nano);
            prop_assert_eq!(money(&amount.to_string()), amount);
        }

        #[test]
        fn seconds_of_an_hour_add_up_to_the_hour(nano in 0_i64..1_000_000_000_000, split in 0_u64..3600) {
            let rate = Rate::per_hour(Money::from_nano(nano));
            let parts = rate.seconds(split) + rate.seconds(3600 - split);
            prop_assert!((parts.nano() - rate.hour().nano()).abs() <= 1);
        }
    }
}
