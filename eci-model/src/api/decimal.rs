//! Exact decimal numbers: what the API writes as floating point.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::quantity::{Cpu, Memory};

/// A decimal number as the API carries amounts and prices: vCPU, GiB, CNY.
///
/// The API types these as floating point; reading them as decimals keeps `0.1` what it is. Eighteen digits, at most eighteen of
/// them after the point. Equal numbers are equal however they were written: `2`, `2.0` and `2e0`.
///
/// # Example
/// ```
/// use eci_model::api::Decimal;
/// use eci_model::Cpu;
///
/// let price: Decimal = "0.025".parse()?;
/// assert_eq!(price, "2.5e-2".parse()?);
/// assert_eq!(Decimal::from(Cpu::from_milli(500)).to_string(), "0.5");
/// # Ok::<(), eci_model::api::DecimalError>(())
/// ```
///
/// # Example: not a number
/// ```
/// use eci_model::api::Decimal;
///
/// let error = "2Gi".parse::<Decimal>().unwrap_err();
/// assert_eq!(error.to_string(), "`2Gi` is not a decimal number of at most 18 digits");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    /// Never ends in a zero while `scale` is above zero.
    digits: i64,
    /// How many of the digits follow the point.
    scale: u8,
}

/// A text that is no [`Decimal`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a decimal number of at most 18 digits")]
#[non_exhaustive]
pub struct DecimalError {
    found: Box<str>,
}

const MAX_DIGITS: i32 = 18;
const MAX_VALUE: i64 = 999_999_999_999_999_999;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { digits: 0, scale: 0 };

    /// Whole thousandths, rounded down: 2500 of `2.5`. Numbers too large for it saturate.
    pub fn milli(self) -> i64 {
        let milli = match self.scale {
            0..=3 => i128::from(self.digits) * power_of_ten(3 - self.scale),
            more => i128::from(self.digits).div_euclid(power_of_ten(more - 3)),
        };
        i64::try_from(milli).unwrap_or(if self.digits < 0 { i64::MIN } else { i64::MAX })
    }

    /// So many thousandths.
    pub const fn from_milli(milli: i32) -> Self {
        Self::normal(milli as i64, 3)
    }

    /// Memory in GiB, rounded up to a billionth.
    ///
    /// # Example
    /// ```
    /// use eci_model::Memory;
    /// use eci_model::api::Decimal;
    ///
    /// let asked = Memory::from_mib(1536);
    /// assert_eq!(Decimal::from_gib(asked).to_string(), "1.5");
    /// assert_eq!(Decimal::from_gib(asked).gib(), Some(asked));
    /// ```
    pub fn from_gib(memory: Memory) -> Self {
        let billionths = (u128::from(memory.bytes()) * 1_000_000_000).div_ceil(1 << 30);
        Self::normal(i64::try_from(billionths).unwrap_or(MAX_VALUE).min(MAX_VALUE), 9)
    }

    /// The number as GiB of memory, rounded down to a byte. `None` for negative and for impossible amounts.
    pub fn gib(self) -> Option<Memory> {
        let bytes = (i128::from(self.digits) << 30) / power_of_ten(self.scale);
        u64::try_from(bytes).ok().map(Memory::from_bytes)
    }

    /// The number as vCPU, rounded down to a thousandth. `None` for negative amounts.
    pub fn vcpu(self) -> Option<Cpu> {
        u64::try_from(self.milli()).ok().map(Cpu::from_milli)
    }

    /// The number as digits and how many of them follow the point: `0.025` is 25 and 3.
    pub const fn parts(self) -> (i64, u8) {
        (self.digits, self.scale)
    }

    const fn normal(mut digits: i64, mut scale: u8) -> Self {
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        Self { digits, scale }
    }

    fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        let dropped = i32::try_from(digits.trim_start_matches('0').len() - significant.len()).ok()?;
        if significant.is_empty() {
            return Some(Self::ZERO);
        }
        let scale = i32::try_from(fraction.len())
            .ok()?
            .checked_sub(exponent)?
            .checked_sub(dropped)?;
        let length = i32::try_from(significant.len()).ok()?;
        if length > MAX_DIGITS || scale > MAX_DIGITS || length.checked_sub(scale)? > MAX_DIGITS {
            return None;
        }
        let mut value: i64 = significant.parse().ok()?;
        for _ in scale..0 {
            value = value.checked_mul(10)?;
        }
        let value = if number.starts_with('-') { -value } else { value };
        Some(Self::normal(value, u8::try_from(scale.max(0)).ok()?))
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        Self::parse(text).ok_or_else(|| DecimalError {
            found: text.chars().take(64).collect::<String>().into(),
        })
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self::normal(number.into(), 0)
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Self {
        Self::normal(number.into(), 0)
    }
}

impl From<Cpu> for Decimal {
    /// As vCPU. Amounts beyond what any machine has saturate.
    fn from(cpu: Cpu) -> Self {
        Self::normal(i64::try_from(cpu.milli()).unwrap_or(i64::MAX).min(MAX_VALUE), 3)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scaled = |number: &Self, scale: u8| i128::from(number.digits) * power_of_ten(scale - number.scale);
        let scale = self.scale.max(other.scale);
        scaled(self, scale).cmp(&scaled(other, scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs();
        if self.scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let width = usize::from(self.scale) + 1;
        let text = format!("{digits:0width$}");
        let (whole, fraction) = text.split_at(text.len() - usize::from(self.scale));
        write!(f, "{sign}{whole}.{fraction}")
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Decimal {
    /// As a JSON number, where the format has numbers and the value is written without loss; exact for fifteen digits.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_string();
        let number: serde_json::Number = text.parse().map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}

fn power_of_ten(exponent: u8) -> i128 {
    10_i128.pow(exponent.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_in_every_form_the_wire_has() {
        for (text, printed) in [
            ("0", "0"),
            ("-0.0", "0"),
            ("2", "2"),
            ("2.0", "2"),
            ("0.025", "0.025"),
            (".5", "0.5"),
            ("5.", "5"),
            ("5e-05", "0.00005"),
            ("1E3", "1000"),
            ("+1.50", "1.5"),
            ("-12.5", "-12.5"),
            ("000123.4500", "123.45"),
            ("999999999999999999", "999999999999999999"),
            ("0.000000000000000001", "0.000000000000000001"),
        ] {
            let number: Decimal = text.parse().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(number.to_string(), printed, "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            ".",
            "-",
            "e5",
            "1e",
            "1e999999999999",
            "1e-99",
            "2Gi",
            " 2",
            "1,5",
            "NaN",
            "0x10",
            "--1",
            "1.2.3",
            "9999999999999999999",
            "1e18",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn thousandths_round_down_and_saturate() {
        for (text, milli) in [
            ("2.5", 2500),
            ("0.0009", 0),
            ("-0.0001", -1),
            ("999999999999999999", i64::MAX),
        ] {
            assert_eq!(text.parse::<Decimal>().expect("a number").milli(), milli, "{text}");
        }
    }

    #[test]
    fn json_carries_it_as_a_number() {
        let price: Decimal = "0.00005".parse().expect("a number");
        let json = serde_json::to_string(&price).expect("a number");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).expect("JSON"),
            serde_json::json!(5e-5)
        );
    }

    proptest! {
        #[test]
        fn printing_and_reading_agree(digits in -999_999_999_999_999_999_i64..=999_999_999_999_999_999, scale in 0_u8..=18) {
            let number = Decimal::normal(digits, scale);
            prop_assert_eq!(number.to_string().parse::<Decimal>(), Ok(number));
        }

        #[test]
        fn memory_survives_the_way_through_gib(bytes in 0_u64..(1 << 50)) {
            let memory = Memory::from_bytes(bytes);
            let back = Decimal::from_gib(memory).gib().expect("an amount");
            prop_assert!(back.bytes() - bytes <= 1, "{bytes} came back as {}", back.bytes());
        }

        #[test]
        fn order_is_that_of_the_numbers(a in -99_999_i32..99_999, b in -99_999_i32..99_999) {
            prop_assert_eq!(Decimal::from_milli(a).cmp(&Decimal::from_milli(b)), a.cmp(&b));
        }
    }
}
