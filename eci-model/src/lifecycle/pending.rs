//! How long an instance may be pending (Maximum pending duration, 2024-07-01).

use k8s_openapi::jiff::{SignedDuration, Timestamp};

use super::State;

/// The clock of an instance that must not be pending for too long.
///
/// It counts the state Pending alone, and stands still while an init container runs. Time comes in as an argument; calling too early or
/// twice is harmless.
///
/// # Example
/// ```
/// use eci_model::lifecycle::{PendingClock, State};
/// use k8s_openapi::jiff::Timestamp;
///
/// let start: Timestamp = "2026-01-01T00:00:00Z".parse()?;
/// let mut clock = PendingClock::new(10);
/// clock.observe(State::Pending, false, start);
/// assert_eq!(clock.expires_at(), Some("2026-01-01T00:10:00Z".parse()?));
/// clock.observe(State::Pending, true, "2026-01-01T00:04:00Z".parse()?);
/// assert_eq!(clock.expires_at(), None);
/// # Ok::<(), k8s_openapi::jiff::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PendingClock {
    left: SignedDuration,
    since: Option<Timestamp>,
}

impl PendingClock {
    /// Minutes when nothing is said.
    pub const DEFAULT_MINUTES: u32 = 240;

    /// A clock that allows so many minutes.
    pub const fn new(minutes: u32) -> Self {
        Self {
            left: SignedDuration::from_mins(minutes as i64),
            since: None,
        }
    }

    /// Notes the state of the instance at a moment, and whether one of its init containers runs.
    pub fn observe(&mut self, state: State, init_runs: bool, now: Timestamp) {
        if let Some(since) = self.since.take() {
            let passed = now.duration_since(since).max(SignedDuration::ZERO);
            self.left = self.left.saturating_sub(passed);
        }
        self.since = (state == State::Pending && !init_runs).then_some(now);
    }

    /// When the time is up if nothing changes; `None` while the clock stands still.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.since?.checked_add(self.left.max(SignedDuration::ZERO)).ok()
    }

    /// Whether the time is up.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at().is_some_and(|at| at <= now)
    }
}

/// Whether a record of an ended instance is still there (Lifecycle of a pod, 2026-09-21).
///
/// Of those that ran, all for an hour and then the newest hundred of a region; `newer` is how many ended later. Of those that could not be
/// scheduled, for a day.
pub fn is_kept(state: State, ended: Timestamp, now: Timestamp, newer: usize) -> bool {
    let age = now.duration_since(ended);
    match state {
        State::ScheduleFailed => age < SignedDuration::from_hours(24),
        _ if state.is_final() => age < SignedDuration::from_hours(1) || newer < 100,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    #[test]
    fn only_pending_without_a_running_init_container_counts() {
        let mut clock = PendingClock::new(PendingClock::DEFAULT_MINUTES);
        clock.observe(State::Scheduling, false, at(0));
        assert_eq!(clock.expires_at(), None);
        clock.observe(State::Pending, false, at(100));
        clock.observe(State::Pending, true, at(200));
        assert!(!clock.is_expired(at(10_000)));
        clock.observe(State::Pending, false, at(1000));
        assert_eq!(clock.expires_at(), Some(at(1140)));
        assert!(!clock.is_expired(at(1139)) && clock.is_expired(at(1140)));
        clock.observe(State::Running, false, at(1100));
        assert_eq!(clock.expires_at(), None);
    }

    #[test]
    fn looking_twice_or_back_in_time_is_harmless() {
        let mut clock = PendingClock::new(10);
        for minute in [0, 0, 5, 3, 3] {
            clock.observe(State::Pending, false, at(minute));
        }
        assert_eq!(clock.expires_at(), Some(at(8)));
    }

    #[test]
    fn records_are_kept_by_age_and_number() {
        for (state, age, newer, kept) in [
            (State::Succeeded, 59, 500, true),
            (State::Succeeded, 61, 99, true),
            (State::Failed, 61, 100, false),
            (State::Expired, 61, 100, false),
            (State::ScheduleFailed, 24 * 60 - 1, 500, true),
            (State::ScheduleFailed, 24 * 60, 0, false),
            (State::Running, 10_000, 500, true),
        ] {
            assert_eq!(is_kept(state, at(0), at(age), newer), kept, "{state} {age} {newer}");
        }
    }
}
