//! Finding a place: candidates in order, stock, addresses; and what happens when there is none.

use eci_model::lifecycle::State;
use eci_model::{VSwitchId, Zone};

use super::fault_kind::FaultKind;
use super::group::{Group, Placement};
use super::planned_fault::Occasion;
use super::random::Concern;
use super::spot::Market;
use super::world::{Due, Key, World};

impl World {
    /// Tries every size in order of preference, and for each every vSwitch; the first with stock and an address is taken.
    pub(super) fn schedule(&mut self, key: Key) {
        if let Some(fault) = self.befalls(FaultKind::StuckScheduling, key, Occasion::default()) {
            return self.set(key, fault.span(), Due::Schedule);
        }
        let Some(group) = self.group(key) else { return };
        let (mut order, blueprint) = (self.vswitch_order(key, group), group.blueprint.clone());
        let (fixed, now) = (group.blueprint.private_address, self.now);
        let identity = group.fixed_identity().map(|(identity, _)| identity);
        if let Some(identity) = &identity {
            // Ours: no page says where a group with a fixed address is created again, and elsewhere it could not have it.
            order.sort_by_key(|vswitch| !self.network.keeps(vswitch, identity));
        }
        let (spot, falls_back) = (group.blueprint.spot, group.blueprint.falls_back);
        let markets: &[Market] = match (spot, falls_back) {
            (false, _) => &[Market::Normal],
            (true, false) => &[Market::Spot],
            (true, true) => &[Market::Spot, Market::Normal],
        };
        let mut addresses_missing = false;
        for &market in markets {
            for spec in &blueprint.specs {
                for vswitch in &order {
                    self.network.know(vswitch);
                    let Some(site) = self.network.site(vswitch) else {
                        continue;
                    };
                    let occasion = Occasion {
                        zone: site.zone.as_ref(),
                        spec: Some(spec),
                        ..Occasion::default()
                    };
                    if !self.has_stock(site.zone.as_ref(), spec, market)
                        || self.befalls(FaultKind::NoStock, key, occasion).is_some()
                    {
                        continue;
                    }
                    if self.befalls(FaultKind::NoAddress, key, occasion).is_some() {
                        addresses_missing = true;
                        continue;
                    }
                    let Some(address) = self.network.allocate(vswitch, fixed, identity.as_ref(), now) else {
                        addresses_missing = true;
                        continue;
                    };
                    let placement = Placement {
                        site,
                        address,
                        spec: spec.clone(),
                        held: true,
                    };
                    return self.place(key, placement, spot && market == Market::Normal);
                }
            }
        }
        let reason = if addresses_missing {
            "InvalidVSwitchId.IpNotEnough"
        } else {
            "NoStock"
        };
        self.not_placed(key, reason);
    }

    fn place(&mut self, key: Key, placement: Placement, degrades: bool) {
        if !self.bind_eip(key) {
            // Another group has taken the EIP since the request was accepted: this one waits for it.
            if let Some(group) = self.group_mut(key) {
                group.placement = Some(placement);
            }
            self.release_address(key);
            if let Some(group) = self.group_mut(key) {
                group.placement = None;
            }
            return self.not_placed(key, "UnknownError");
        }
        if degrades {
            self.degrade(key);
        }
        let detail = format!("{} {} {}", placement.spec, placement.site.vswitch, placement.address);
        if let Some(group) = self.group_mut(key) {
            group.placement = Some(placement);
        }
        self.enter(key, State::Pending, "", detail);
        if let Some(deadline) = self.group(key).and_then(|group| group.blueprint.deadline) {
            self.set(key, deadline, Due::Deadline);
        }
        self.plan_reclaim(key);
        self.begin_pulls(key);
    }

    fn not_placed(&mut self, key: Key, reason: &'static str) {
        let Some(group) = self.group_mut(key) else { return };
        group.attempts += 1;
        group.reason = reason;
        let (first, fail_fast) = (group.attempts == 1, group.blueprint.fail_fast);
        if first {
            let message = format!("no candidate could be placed: {reason}");
            self.note(key, reason, "");
            self.report(key, reason, message, true);
        }
        if fail_fast {
            self.enter(key, State::ScheduleFailed, "ScheduleFailed", reason);
        } else {
            self.set(key, self.settings.retry, Due::Schedule);
        }
    }

    /// The order in which vSwitches are tried: as listed, or shuffled by the seed.
    fn vswitch_order(&self, key: Key, group: &Group) -> Vec<VSwitchId> {
        let mut order = group.blueprint.vswitches.clone();
        if !group.blueprint.ordered {
            for index in (1..order.len()).rev() {
                let draw = u32::try_from(index).unwrap_or(0) + group.attempts * 16;
                let bound = u64::try_from(index).unwrap_or(0);
                let other = self.chance.between(Concern::Placement, key, draw, 0, bound);
                order.swap(index, usize::try_from(other).unwrap_or(index));
            }
        }
        order
    }

    /// Takes other than spot capacity, which is never taken back.
    fn degrade(&mut self, key: Key) {
        if let Some(group) = self.group_mut(key) {
            group.degraded = true;
        }
        self.report(key, "SpotDegraded", "no spot capacity: a normal instance is used", true);
    }

    pub(super) fn has_stock(&self, zone: Option<&Zone>, spec: &str, market: Market) -> bool {
        let spot = self.settings.out_of_spot.iter().filter(|_| market == Market::Spot);
        let mut closed = self.settings.out_of_stock.iter().chain(spot);
        !closed.any(|closed| closed.covers(zone, spec))
    }
}
