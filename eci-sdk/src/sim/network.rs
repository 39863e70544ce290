//! The vSwitches of the world and the addresses in them.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use eci_model::VSwitchId;
use eci_network::{AddressPool, FixedIdentity};
use ipnet::Ipv4Net;

use super::group::Site;
use super::settings::VSwitch;
use super::time::Instant;

/// vSwitches by id, each with its zone and free addresses.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    vswitches: BTreeMap<VSwitchId, (Arc<Site>, AddressPool)>,
}

impl Network {
    pub(super) fn new(vswitches: &[VSwitch]) -> Self {
        let known = |vswitch: &VSwitch| {
            (
                vswitch.id.clone(),
                (
                    Arc::new(Site {
                        vswitch: vswitch.id.clone(),
                        zone: vswitch.zone.clone(),
                    }),
                    AddressPool::new(vswitch.range).with_others(vswitch.others),
                ),
            )
        };
        Self {
            vswitches: vswitches.iter().map(known).collect(),
        }
    }

    pub(super) fn site(&self, id: &VSwitchId) -> Option<Arc<Site>> {
        self.vswitches.get(id).map(|(site, _)| site.clone())
    }

    /// Makes a range for a vSwitch that nothing is known of: `172.16.N.0/24` by order of first use. Ours.
    pub(super) fn know(&mut self, id: &VSwitchId) {
        if self.vswitches.contains_key(id) {
            return;
        }
        let number = u8::try_from(self.vswitches.len()).unwrap_or(u8::MAX);
        if let Ok(range) = Ipv4Net::new(Ipv4Addr::new(172, 16, number, 0), 24) {
            let site = Site {
                vswitch: id.clone(),
                zone: None,
            };
            self.vswitches
                .insert(id.clone(), (Arc::new(site), AddressPool::new(range)));
        }
    }

    /// A free address, the given one when it is free, or the one that is kept for a name.
    pub(super) fn allocate(
        &mut self,
        id: &VSwitchId,
        wanted: Option<Ipv4Addr>,
        identity: Option<&FixedIdentity>,
        now: Instant,
    ) -> Option<Ipv4Addr> {
        self.know(id);
        let (_, pool) = self.vswitches.get_mut(id)?;
        let now = now.since(Instant::ZERO);
        pool.expire_fixed(now);
        if let Some(identity) = identity {
            return pool.allocate_fixed(identity, now).ok().map(|lease| lease.fixed);
        }
        match wanted {
            Some(address) => pool.allocate_specified(address).ok(),
            None => pool.allocate(),
        }
    }

    /// Whether an address could be given out.
    pub(super) fn is_free(&self, id: &VSwitchId, address: Ipv4Addr) -> bool {
        self.vswitches.get(id).is_none_or(|(_, pool)| pool.is_free(address))
    }

    /// Whether a vSwitch holds or keeps the address of a name.
    pub(super) fn keeps(&self, id: &VSwitchId, name: &FixedIdentity) -> bool {
        let pool = self.vswitches.get(id).map(|(_, pool)| pool);
        pool.is_some_and(|pool| pool.fixed_address(name).is_some())
    }

    /// Gives the address of a group alone back; the one of its name is kept for a while.
    pub(super) fn release_fixed(&mut self, id: &VSwitchId, name: &FixedIdentity, now: Instant, retention: Duration) {
        if let Some((_, pool)) = self.vswitches.get_mut(id) {
            pool.release_fixed(name, now.since(Instant::ZERO), retention);
        }
    }

    pub(super) fn release(&mut self, id: &VSwitchId, address: Ipv4Addr) {
        if let Some((_, pool)) = self.vswitches.get_mut(id) {
            pool.release(address);
        }
    }
}
