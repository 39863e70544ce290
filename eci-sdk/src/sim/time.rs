//! Virtual time.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::time::Duration;

/// A moment of virtual time: milliseconds since the world began.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_sdk::sim::Instant;
///
/// let later = Instant::ZERO + Duration::from_secs(4_330);
/// assert_eq!(later.to_string(), "1h12m10s");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The moment the world began.
    pub const ZERO: Self = Self(0);

    /// A moment by its milliseconds since the world began.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the world began.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// The time since an earlier moment; zero for a later one.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(millis))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, span: Duration) {
        *self = *self + span;
    }
}

impl Sub for Instant {
    type Output = Duration;

    /// As [`Instant::since`].
    fn sub(self, earlier: Self) -> Duration {
        self.since(earlier)
    }
}

impl fmt::Display for Instant {
    /// `0s`, `41s`, `3m05s`, `1h12m10s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match (hours, minutes) {
            (0, 0) => write!(f, "{seconds}s"),
            (0, minutes) => write!(f, "{minutes}m{seconds:02}s"),
            (hours, minutes) => write!(f, "{hours}h{minutes:02}m{seconds:02}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_never_negative() {
        let later = Instant::from_millis(5_000);
        assert_eq!(later - Instant::ZERO, Duration::from_secs(5));
        assert_eq!(Instant::ZERO - later, Duration::ZERO);
    }

    #[test]
    fn moments_read_as_people_say_them() {
        for (millis, text) in [(0, "0s"), (41_999, "41s"), (185_000, "3m05s"), (3_600_000, "1h00m00s")] {
            assert_eq!(Instant::from_millis(millis).to_string(), text);
        }
    }
}
