//! What kubectl makes of a plain scalar: the words and numbers of YAML 1.1, as its library resolves them.

/// A scalar after resolution.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Scalar<'d> {
    /// `null`, `~`, or nothing.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites, in three spellings.
    Bool(bool),
    /// A whole number that fits 64 signed bits: `80`, `0644` (octal), `0x1F`, `1_000`.
    Int(i64),
    /// A whole number that fits only 64 unsigned bits.
    Uint(u64),
    /// Any other number; never infinite and not a number only when written so.
    Float(f64),
    /// Text, quoted or not.
    Text(&'d str),
}

impl<'d> Scalar<'d> {
    /// Resolves a plain scalar.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::manifest::Scalar;
    ///
    /// assert_eq!(Scalar::resolve("on"), Scalar::Bool(true));
    /// assert_eq!(Scalar::resolve("0644"), Scalar::Int(420));
    /// assert_eq!(Scalar::resolve("1.25.3"), Scalar::Text("1.25.3"));
    /// ```
    pub fn resolve(text: &'d str) -> Self {
        let Some(&first) = text.as_bytes().first() else {
            return Self::Null;
        };
        match first {
            b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
            b'.' => special_float(text).or_else(|| float(text)).unwrap_or(Self::Text(text)),
            b'+' | b'-' => special_float(text).or_else(|| number(text)).unwrap_or(Self::Text(text)),
            b'0'..=b'9' => number(text).unwrap_or(Self::Text(text)),
            _ => Self::Text(text),
        }
    }

    /// The integer, also of a float without a fraction: kubectl hands `1e3` on as `1000`.
    pub(super) fn as_integer(&self) -> Option<i128> {
        match *self {
            Self::Int(value) => Some(value.into()),
            Self::Uint(value) => Some(value.into()),
            Self::Float(value) if value.fract() == 0.0 && value.abs() < SHORTEST_EXPONENT =>
            {
                #[allow(clippy::cast_possible_truncation, reason = "whole, and far below the limit of i128")]
                Some(value as i128)
            }
            _ => None,
        }
    }

    /// The text of a mapping key, when a scalar can be one.
    pub(super) fn to_key(self) -> Option<String> {
        match self {
            Self::Null | Self::Uint(_) => None,
            Self::Bool(value) => Some(value.to_string()),
            Self::Int(value) => Some(value.to_string()),
            Self::Float(value) => Some(float_key(value)),
            Self::Text(text) => Some(text.to_owned()),
        }
    }
}

/// From here on, JSON of Go writes numbers with an exponent, and an integer field refuses them.
const SHORTEST_EXPONENT: f64 = 1e21;

fn word(text: &str) -> Scalar<'_> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        _ => Scalar::Text(text),
    }
}

fn special_float(text: &str) -> Option<Scalar<'_>> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(Scalar::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(Scalar::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Scalar::Float(f64::NEG_INFINITY)),
        _ => None,
    }
}

/// A number that begins with a digit or a sign; underscores count nowhere.
fn number(text: &str) -> Option<Scalar<'_>> {
    let without;
    let plain = if text.contains('_') {
        without = text.replace('_', "");
        without.as_str()
    } else {
        text
    };
    if let Some(value) = signed(plain) {
        return Some(Scalar::Int(value));
    }
    if let Some(value) = unsigned(plain) {
        return Some(Scalar::Uint(value));
    }
    if is_style_of_float(plain)
        && let Some(value) = finite(plain)
    {
        return Some(Scalar::Float(value));
    }
    None
}

fn float(text: &str) -> Option<Scalar<'_>> {
    finite(text).map(Scalar::Float)
}

/// Too large is no number, too small is zero.
fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

fn signed(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let value = unsigned(digits)?;
    if negative {
        0i64.checked_sub_unsigned(value)
    } else {
        i64::try_from(value).ok()
    }
}

/// Digits with an optional base prefix; a leading zero alone means octal.
fn unsigned(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', b'b' | b'B', ..] => (&text[2..], 2),
        [b'0', b'o' | b'O', ..] => (&text[2..], 8),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    // The standard parser would take a sign here.
    let starts_right = digits.as_bytes().first()?.is_ascii_alphanumeric();
    starts_right.then(|| u64::from_str_radix(digits, radix).ok())?
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_style_of_float(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if whole == 0 && fraction == 0 {
            return false;
        }
        at += 1 + fraction;
    } else if whole == 0 {
        return false;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at);
        if exponent == 0 {
            return false;
        }
        at += exponent;
    }
    at == bytes.len()
}

/// A float as a mapping key: the shortest digits of 32 bits, with an exponent below 1e-4 and from 1e6 on.
fn float_key(value: f64) -> String {
    if value.is_nan() {
        return ".nan".to_owned();
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "kubectl's library rounds keys to 32 bits"
    )]
    let short = value as f32;
    if short.is_infinite() {
        return if short > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{short:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) {
        return short.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! resolves {
        ($($fact:ident: $text:literal => $scalar:expr;)*) => {$(
            #[test]
            fn $fact() {
                assert_eq!(Scalar::resolve($text), $scalar);
            }
        )*};
    }

    resolves! {
        mixed_case_is_text: "yEs" => Scalar::Text("yEs");
        upper_prefixes_count: "0X1f" => Scalar::Int(31);
        signs_stand_before_prefixes: "-0b101" => Scalar::Int(-5);
        two_signs_are_text: "+-5" => Scalar::Text("+-5");
        a_sign_after_a_prefix_is_text: "0x-5" => Scalar::Text("0x-5");
        the_smallest_integer: "-9223372036854775808" => Scalar::Int(i64::MIN);
        below_the_smallest_is_a_float: "-9223372036854775809" => Scalar::Float(-9_223_372_036_854_775_809.0);
        a_leading_underscore_is_text: "_1" => Scalar::Text("_1");
        a_trailing_underscore_counts_not: "1_" => Scalar::Int(1);
        versions_are_text: "1.2.3" => Scalar::Text("1.2.3");
        an_exponent_needs_digits: "1e" => Scalar::Text("1e");
        a_lonely_point_is_text: "." => Scalar::Text(".");
        a_lonely_sign_is_text: "-" => Scalar::Text("-");
        points_with_underscores_are_text: ".5_0" => Scalar::Text(".5_0");
        too_small_is_zero: "1e-400" => Scalar::Float(0.0);
        hexadecimal_floats_are_text: "0x1p-2" => Scalar::Text("0x1p-2");
        sums_are_text: "1+1" => Scalar::Text("1+1");
        signed_points_are_numbers: "+.5" => Scalar::Float(0.5);
    }

    #[test]
    fn keys_are_written_as_kubectl_writes_them() {
        let key = |text| Scalar::resolve(text).to_key();
        assert_eq!(key("on").as_deref(), Some("true"));
        assert_eq!(key("0x10").as_deref(), Some("16"));
        assert_eq!(key("1.50").as_deref(), Some("1.5"));
        assert_eq!(key("1e-7").as_deref(), Some("1e-07"));
        assert_eq!(key("100000.0").as_deref(), Some("100000"));
        assert_eq!(key("1234567.5").as_deref(), Some("1.2345675e+06"));
        assert_eq!(key("~"), None);
    }

    #[test]
    fn whole_floats_are_integers_until_go_writes_exponents() {
        assert_eq!(Scalar::resolve("1e3").as_integer(), Some(1000));
        assert_eq!(Scalar::resolve("1e21").as_integer(), None);
        assert_eq!(Scalar::resolve("0.5").as_integer(), None);
    }
}
