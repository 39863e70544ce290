//! How fast the world of a simulator goes, and whether the time below it goes at all.

use std::fmt;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

/// How many times faster than tokio's time a world goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(NonZeroU32);

/// A world cannot stand still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("speed 0: a world cannot stand still; expected 1 or more")]
pub struct SpeedError;

impl Speed {
    /// As fast as tokio's time.
    pub const REAL: Self = Self(NonZeroU32::MIN);

    /// So many times as fast.
    ///
    /// # Errors
    /// [`SpeedError`] for zero.
    pub fn times(factor: u32) -> Result<Self, SpeedError> {
        NonZeroU32::new(factor).map(Self).ok_or(SpeedError)
    }

    pub(super) const fn scale(self, span: Duration) -> Duration {
        span.saturating_mul(self.0.get())
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self::REAL
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x", self.0)
    }
}

/// Tokio's time is paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the time of the runtime is paused: a socket needs one whose time passes, so leave out `start_paused`")]
pub struct PausedTime;

/// Refuses a runtime whose time is paused. Whatever serves a socket calls this first: under paused time every wait of the client would
/// let hours pass in the world at once, and time-outs would fire before any byte came in.
///
/// Tokio does not tell whether its time is paused. A running one is that of the system, so it has moved once the system's has; a paused
/// one moves only while a task waits, which this function does not.
///
/// # Errors
/// [`PausedTime`].
///
/// # Example
/// ```
/// use eci_sdk::sim::{PausedTime, require_running_time};
///
/// let paused = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
/// assert_eq!(paused.block_on(async { require_running_time() }), Err(PausedTime));
/// let running = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
/// assert_eq!(running.block_on(async { require_running_time() }), Ok(()));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn require_running_time() -> Result<(), PausedTime> {
    let before = tokio::time::Instant::now();
    let system = Instant::now();
    while Instant::now() <= system {
        std::hint::spin_loop();
    }
    if tokio::time::Instant::now() > before {
        Ok(())
    } else {
        Err(PausedTime)
    }
}
