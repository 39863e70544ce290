//! The vSwitches of the world and the addresses in them.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use eci_model::{VSwitchId, Zone};
use eci_network::AddressPool;
use ipnet::Ipv4Net;

use super::settings::VSwitch;

/// vSwitches by id, each with its zone and free addresses.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    vswitches: BTreeMap<VSwitchId, (Option<Zone>, AddressPool)>,
}

impl Network {
    pub(super) fn new(vswitches: &[VSwitch]) -> Self {
        let known = |vswitch: &VSwitch| {
            (
                vswitch.id.clone(),
                (
                    vswitch.zone.clone(),
                    AddressPool::new(vswitch.range).with_others(vswitch.others),
                ),
            )
        };
        Self {
            vswitches: vswitches.iter().map(known).collect(),
        }
    }

    pub(super) fn zone(&self, id: &VSwitchId) -> Option<&Zone> {
        self.vswitches.get(id)?.0.as_ref()
    }

    /// Makes a range for a vSwitch that nothing is known of: `172.16.N.0/24` by order of first use. Ours.
    pub(super) fn know(&mut self, id: &VSwitchId) {
        if self.vswitches.contains_key(id) {
            return;
        }
        let number = u8::try_from(self.vswitches.len()).unwrap_or(u8::MAX);
        if let Ok(range) = Ipv4Net::new(Ipv4Addr::new(172, 16, number, 0), 24) {
            self.vswitches.insert(id.clone(), (None, AddressPool::new(range)));
        }
    }

    /// A free address, or the given one when it is free.
    pub(super) fn allocate(&mut self, id: &VSwitchId, wanted: Option<Ipv4Addr>) -> Option<Ipv4Addr> {
        self.know(id);
        let (_, pool) = self.vswitches.get_mut(id)?;
        match wanted {
            Some(address) => pool.allocate_specified(address).ok(),
            None => pool.allocate(),
        }
    }

    /// Whether an address could be given out.
    pub(super) fn is_free(&self, id: &VSwitchId, address: Ipv4Addr) -> bool {
        self.vswitches.get(id).is_none_or(|(_, pool)| pool.is_free(address))
    }

    pub(super) fn release(&mut self, id: &VSwitchId, address: Ipv4Addr) {
        if let Some((_, pool)) = self.vswitches.get_mut(id) {
            pool.release(address);
        }
    }
}
