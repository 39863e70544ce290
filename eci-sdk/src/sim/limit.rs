//! How long a group may be pending, and how long its record is kept.

use std::time::Duration;

use eci_model::lifecycle::{State, is_kept};

use super::world::{Due, Key, World};

/// When records of failed creations are looked at, and others; [`is_kept`] decides.
const DAY: Duration = Duration::from_secs(24 * 3600);
const HOUR: Duration = Duration::from_secs(3600);

impl World {
    /// Lets the clock of the pending limit see the group, and looks again when its time would be up.
    pub(super) fn observe_pending(&mut self, key: Key, init_runs: bool) {
        let moment = self.exact_moment_of(self.now());
        let Some(group) = self.group_mut(key) else { return };
        let state = group.state;
        group.clock.observe(state, init_runs, moment);
        if let Some(at) = group.clock.expires_at() {
            let left = Duration::try_from(at.duration_since(moment)).unwrap_or_default();
            self.set(key, left, Due::PendingLimit);
        }
    }

    /// Ends a group that was pending for longer than it may.
    pub(super) fn pending_limit(&mut self, key: Key) {
        let moment = self.exact_moment_of(self.now());
        let is_expired = self.group(key).is_some_and(|group| group.clock.is_expired(moment));
        if !is_expired {
            return;
        }
        self.stop_containers(key, 137);
        self.release_address(key);
        self.enter(key, State::Failed, "PendingTimeout", self.nothing.clone());
        let message = "the group was pending for longer than it may be";
        self.report(key, "PendingTimeout", message, true);
    }

    /// Lets the record of a group that has ended go when its time comes.
    pub(super) fn keep_while_kept(&mut self, key: Key) {
        let Some(group) = self.group(key).filter(|group| group.is_finished()) else {
            return;
        };
        if group.state == State::ScheduleFailed {
            return self.set(key, DAY, Due::Forget);
        }
        self.finished.insert((self.now(), key));
        self.set(key, HOUR, Due::Forget);
        self.forget_old();
    }

    /// Looks whether records are still among those that are kept.
    pub(super) fn forget(&mut self, key: Key) {
        match self.group(key).map(|group| group.state) {
            Some(State::ScheduleFailed) => self.remove(key),
            _ => self.forget_old(),
        }
    }

    /// The oldest record is the one with the most newer ones, so looking stops at the first that is kept.
    fn forget_old(&mut self) {
        let now = self.exact_moment_of(self.now());
        while let Some(&(ended, key)) = self.finished.first() {
            let newer = self.finished.len() - 1;
            let ended = self.exact_moment_of(ended);
            match self.group(key) {
                Some(group) if is_kept(group.state, ended, now, newer) => return,
                Some(_) => self.remove(key),
                None => drop(self.finished.pop_first()),
            }
        }
    }
}
