//! Spot capacity: protected for a while, then taken back when there is no stock of it any more (Create a preemptible instance,
//! 2024-11-19).

use std::time::Duration;

use eci_model::lifecycle::State;

use super::world::{Due, Key, World};

/// How often stock is looked at once the protection is over.
const CHECK: Duration = Duration::from_secs(300);
/// The word of the notice.
const NOTICE: &str = "SpotToBeReleased";

impl World {
    /// Lets every spot instance whose capacity is gone be looked at when its next check is due. Checks that would find nothing are
    /// never made, so that a quiet world has nothing to do.
    pub(super) fn market_changed(&mut self) {
        let held = self.groups.iter().flatten().filter_map(|group| self.key(&group.id));
        let at_risk: Vec<Key> = held.filter(|key| self.lacks_spot(*key)).collect();
        for key in at_risk {
            let Some(group) = self.group(key) else { continue };
            let placed = group.billed_from.unwrap_or(self.now);
            let first = placed + group.blueprint.protection;
            let late = self.now.since(first).as_millis().div_ceil(CHECK.as_millis());
            let rounds = u32::try_from(late).unwrap_or(u32::MAX);
            let check = first + CHECK.saturating_mul(rounds);
            self.set(key, check.since(self.now), Due::SpotCheck);
        }
    }

    /// Gives the notice where the capacity is still gone.
    pub(super) fn spot_check(&mut self, key: Key) {
        if self.lacks_spot(key) {
            self.spot_notice(key);
        }
    }

    /// Tells that an instance will be taken back, and takes it back when the time is over.
    pub(super) fn spot_notice(&mut self, key: Key) {
        self.note(key, NOTICE, self.nothing.clone());
        let message = "the spot instance will be taken back in about 3 minutes";
        self.report(key, NOTICE, message, true);
        self.set(key, self.settings.spot_notice, Due::SpotReclaim);
    }

    /// Takes a spot instance back.
    pub(super) fn spot_reclaim(&mut self, key: Key) {
        if self.group(key).is_none_or(|group| group.deleting) {
            return;
        }
        self.stop_containers(key, 137);
        self.release_address(key);
        self.enter(key, State::Expired, "BidFailed", self.nothing.clone());
    }

    /// Whether a group holds spot capacity of which there is none any more, and was not told so yet.
    fn lacks_spot(&self, key: Key) -> bool {
        let Some(group) = self.group(key) else { return false };
        let holds = group.blueprint.spot && !group.degraded && group.state.is_billed() && !group.deleting;
        let told = group.told.iter().any(|told| told.reason == NOTICE);
        let place = group.placement.as_ref();
        holds
            && !told
            && place.is_some_and(|place| !self.has_stock(place.site.zone.as_ref(), &place.spec, Market::Spot))
    }
}

/// How capacity is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Market {
    Normal,
    Spot,
}
