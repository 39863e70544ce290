//! What will happen, by time.

use std::collections::BTreeMap;

use super::time::Instant;
use super::world::Timer;

/// Emptied lists that are kept for the next moments.
const SPARE: usize = 64;

/// Timers by the moment they go off; of one moment the one first that was set first.
///
/// Moments are whole milliseconds, so that many timers share one as a world grows, and finding the next one costs what it costs in a
/// small world.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers {
    moments: BTreeMap<Instant, Vec<Timer>>,
    spare: Vec<Vec<Timer>>,
}

impl Timers {
    /// Sets a timer.
    pub(super) fn set(&mut self, at: Instant, timer: Timer) {
        let spare = &mut self.spare;
        let moment = self
            .moments
            .entry(at)
            .or_insert_with(|| spare.pop().unwrap_or_default());
        moment.push(timer);
    }

    /// When the next one goes off.
    pub(super) fn next(&self) -> Option<Instant> {
        self.moments.first_key_value().map(|(at, _)| *at)
    }

    /// Those of the next moment, unless it is later than `to`. What is set for the same moment from now on comes after them.
    pub(super) fn take(&mut self, to: Instant) -> Option<(Instant, Vec<Timer>)> {
        let first = self.moments.first_entry()?;
        (*first.key() <= to).then(|| first.remove_entry())
    }

    /// Takes a list back that was gone through.
    pub(super) fn give_back(&mut self, mut timers: Vec<Timer>) {
        if self.spare.len() < SPARE {
            timers.clear();
            self.spare.push(timers);
        }
    }

    /// All of them, in the order in which they go off.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Instant, &Timer)> {
        let moments = self.moments.iter();
        moments.flat_map(|(at, timers)| timers.iter().map(|timer| (*at, timer)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::world::Due;
    use super::*;

    fn timer(group: u32) -> Timer {
        Timer {
            group,
            epoch: 0,
            due: Due::Schedule,
        }
    }

    #[test]
    fn timers_go_off_by_time_and_then_in_the_order_they_were_set() {
        let mut timers = Timers::default();
        for (at, group) in [(5, 0), (3, 1), (5, 2), (4, 3), (3, 4)] {
            timers.set(Instant::from_millis(at), timer(group));
        }
        let all: Vec<u32> = timers.iter().map(|(_, timer)| timer.group).collect();
        assert_eq!(all, [1, 4, 3, 0, 2]);
        let mut taken = Vec::new();
        while let Some((at, moment)) = timers.take(Instant::from_millis(4)) {
            taken.extend(moment.iter().map(|timer| (at.millis(), timer.group)));
            timers.give_back(moment);
        }
        assert_eq!(taken, [(3, 1), (3, 4), (4, 3)]);
        assert_eq!(timers.next(), Some(Instant::from_millis(5)));
    }
}
