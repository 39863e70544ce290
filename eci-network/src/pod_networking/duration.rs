//! Durations as Go writes and reads them.

/// A Go duration in nanoseconds: `5m0s`, `2h45m`, `-1.5h`.
///
/// # Example
/// ```
/// use eci_network::GoDuration;
///
/// let five_minutes: GoDuration = "5m0s".parse()?;
/// assert_eq!(five_minutes.nanos(), 300_000_000_000);
/// assert!("5 minutes".parse::<GoDuration>().is_err());
/// # Ok::<(), eci_network::GoDurationError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoDuration(i64);

/// A text that is no [`GoDuration`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no duration such as `5m0s`")]
pub struct GoDurationError(Box<str>);

impl GoDuration {
    /// A number of minutes.
    pub const fn from_minutes(minutes: i32) -> Self {
        Self(minutes as i64 * 60_000_000_000)
    }

    /// Nanoseconds, below zero for a negative duration.
    pub const fn nanos(self) -> i64 {
        self.0
    }
}

impl std::str::FromStr for GoDuration {
    type Err = GoDurationError;

    /// A sign or none, then numbers with a unit each: `ns`, `us`, `ms`, `s`, `m`, `h`; a bare `0` needs none.
    fn from_str(text: &str) -> Result<Self, GoDurationError> {
        read(text)
            .map(Self)
            .ok_or_else(|| GoDurationError(text.chars().take(64).collect::<String>().into()))
    }
}

fn read(text: &str) -> Option<i64> {
    let (is_negative, mut rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i128 = 0;
    loop {
        let (nanos, after) = part(rest)?;
        total = total
            .checked_add(nanos)
            .filter(|total| *total <= i128::from(i64::MAX) + 1)?;
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    i64::try_from(if is_negative { -total } else { total }).ok()
}

/// A number with its unit, in nanoseconds, and what follows.
fn part(text: &str) -> Option<(i128, &str)> {
    let (whole, rest) = digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let end = rest
        .find(|c: char| c == '.' || c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(end);
    let unit: i128 = match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    let number = |digits: &str| match digits {
        "" => Some(0),
        digits => digits
            .parse::<i128>()
            .ok()
            .filter(|number| *number <= i128::from(i64::MAX) + 1),
    };
    // Digits far behind the point are less than a nanosecond.
    let fraction = &fraction[..fraction.len().min(15)];
    let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let nanos = number(whole)?
        .checked_mul(unit)?
        .checked_add(number(fraction)? * unit / scale)?;
    Some((nanos, rest))
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_read_as_go_reads_them() {
        const SECOND: i64 = 1_000_000_000;
        for (text, nanos) in [
            ("0", 0),
            ("-0", 0),
            ("5m0s", 300 * SECOND),
            ("2h45m", 9_900 * SECOND),
            ("1.5h", 5_400 * SECOND),
            (".5s", SECOND / 2),
            ("1.s", SECOND),
            ("+5s", 5 * SECOND),
            ("-1m30s", -90 * SECOND),
            ("10ms", SECOND / 100),
            ("52763797000ns", 52_763_797_000),
            ("1us1µs1μs", 3_000),
            ("9223372036854775807ns", i64::MAX),
            ("-9223372036854775808ns", i64::MIN),
        ] {
            assert_eq!(read(text), Some(nanos), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "3",
            "-",
            "+",
            "s",
            ".",
            "-.",
            ".s",
            "+.s",
            "1d",
            " 5m",
            "5m ",
            "5 m",
            "1e3s",
            "5M",
            "9223372036854775808ns",
            "9223372036854775.808us",
            "3000000h",
            "-9223372036854775809ns",
            "5m5",
            "--5s",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[-+0-9.µnumsh]{0,40}") {
            let _ = read(&text);
        }

        #[test]
        fn parts_add_up(hours in 0_i64..1000, minutes in 0_i64..1000, seconds in 0_i64..1000) {
            let nanos = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000_000;
            prop_assert_eq!(read(&format!("{hours}h{minutes}m{seconds}s")), Some(nanos));
            prop_assert_eq!(read(&format!("-{hours}h{minutes}m{seconds}s")), Some(-nanos));
        }
    }
}
