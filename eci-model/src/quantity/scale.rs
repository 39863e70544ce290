//! Units and exponents of quantities.

use super::QuantityError;

/// A power of two and a power of ten by which the number is multiplied.
pub(super) struct Scale {
    binary: u32,
    decimal: i32,
}

impl Scale {
    pub(super) fn parse(suffix: &str) -> Option<Self> {
        let decimal = |decimal| Some(Self { binary: 0, decimal });
        let binary = |binary| Some(Self { binary, decimal: 0 });
        match suffix {
            "" => decimal(0),
            "n" => decimal(-9),
            "u" => decimal(-6),
            "m" => decimal(-3),
            "k" => decimal(3),
            "M" => decimal(6),
            "G" => decimal(9),
            "T" => decimal(12),
            "P" => decimal(15),
            "E" => decimal(18),
            "Ki" => binary(10),
            "Mi" => binary(20),
            "Gi" => binary(30),
            "Ti" => binary(40),
            "Pi" => binary(50),
            "Ei" => binary(60),
            _ => {
                let exponent = suffix.strip_prefix(['e', 'E'])?;
                decimal(exponent.parse::<i32>().ok()?.clamp(-99, 99))
            }
        }
    }

    /// Billionths, rounded up.
    pub(super) fn apply(&self, number: &str) -> Result<i128, QuantityError> {
        let point = number.bytes().position(|byte| byte == b'.');
        let (whole, fraction) = point.map_or((number, ""), |point| (&number[..point], &number[point + 1..]));
        if (whole.is_empty() && fraction.is_empty()) || fraction.bytes().any(|byte| byte == b'.') {
            return Err(QuantityError::NoNumber);
        }
        let mantissa = mantissa(whole, fraction).ok_or(QuantityError::TooLarge)?;
        if mantissa == 0 {
            return Ok(0);
        }
        let places = i32::try_from(fraction.len()).map_err(|_| QuantityError::TooLarge)?;
        let exponent = self.decimal + 9 - places;
        let mantissa = mantissa.checked_mul(1 << self.binary).ok_or(QuantityError::TooLarge)?;
        let Some(power) = power_of_ten(exponent.unsigned_abs()) else {
            return if exponent > 0 {
                Err(QuantityError::TooLarge)
            } else {
                Ok(1)
            };
        };
        if exponent >= 0 {
            mantissa.checked_mul(power).ok_or(QuantityError::TooLarge)
        } else {
            Ok(mantissa / power + i128::from(mantissa % power != 0))
        }
    }
}

/// Billionths of what nearly every quantity is: some digits and one of the common units.
pub(super) fn plain(text: &[u8]) -> Option<i128> {
    const NANO: i128 = 1_000_000_000;
    // So many digits stay exact in every unit below.
    const MOST: usize = 15;
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, suffix) = text.split_at(end);
    if digits.is_empty() || digits.len() > MOST {
        return None;
    }
    let unit = match suffix {
        b"" => NANO,
        b"m" => NANO / 1000,
        b"Ki" => NANO << 10,
        b"Mi" => NANO << 20,
        b"Gi" => NANO << 30,
        _ => return None,
    };
    let number = digits
        .iter()
        .fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0'));
    Some(i128::from(number) * unit)
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    match 10_u64.checked_pow(exponent) {
        Some(power) => Some(power.into()),
        None => 10_i128.checked_pow(exponent),
    }
}

/// The digits of a number as one, without its point; nothing when that is too large.
fn mantissa(whole: &str, fraction: &str) -> Option<i128> {
    let digits = whole.bytes().chain(fraction.bytes()).map(|digit| digit - b'0');
    // So few digits fit half the width, which is much faster.
    if whole.len() + fraction.len() < 19 {
        return Some(
            digits
                .fold(0_u64, |number, digit| number * 10 + u64::from(digit))
                .into(),
        );
    }
    let mut mantissa: i128 = 0;
    for digit in digits {
        mantissa = mantissa.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(mantissa)
}
