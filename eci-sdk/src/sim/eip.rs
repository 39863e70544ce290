//! Public addresses: who has which.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::fault_kind::FaultKind;
use super::group::EipWish;
use super::planned_fault::Occasion;
use super::random::Concern;
use super::world::{Key, World};
use crate::backend::BackendError;

/// The public addresses of the world.
#[derive(Clone, Debug, Default)]
pub(super) struct Eips {
    /// The address of each EIP of the account that a group has asked for.
    known: BTreeMap<Box<str>, Ipv4Addr>,
    /// What each group has.
    of: BTreeMap<Key, Eip>,
    /// How many addresses were given out.
    given: u32,
}

/// A public address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Eip {
    pub(super) id: Box<str>,
    pub(super) address: Ipv4Addr,
}

impl Eips {
    pub(super) fn of(&self, key: Key) -> Option<&Eip> {
        self.of.get(&key)
    }

    /// Frees what a group has; the compute and the EIPs of a group go at its end (Lifecycle of a pod, 2026-09-21).
    pub(super) fn release(&mut self, key: Key) {
        self.of.remove(&key);
    }

    fn is_bound(&self, id: &str) -> bool {
        self.of.values().any(|eip| &*eip.id == id)
    }

    /// From the range for benchmarks, which nobody on the internet has, one after the other: a world that gives out more than its 131,070
    /// addresses begins anew. Ours.
    fn next(&mut self) -> Ipv4Addr {
        let first = u32::from(Ipv4Addr::new(198, 18, 0, 1));
        self.given += 1;
        Ipv4Addr::from(first + (self.given - 1) % 0x1_fffe)
    }
}

impl World {
    /// The id of the public address that a group has.
    pub(super) fn eip(&self, id: &str) -> Option<String> {
        let eip = self.key(id).and_then(|key| self.eips.of(key))?;
        Some(eip.id.to_string())
    }

    /// Refuses the EIP of another group: one EIP goes to one group.
    pub(super) fn check_eip(&self, wish: Option<&EipWish>) -> Result<(), BackendError> {
        match wish {
            Some(EipWish::Of(id)) if self.eips.is_bound(id) => {
                let message = format!("{id} is bound to another container group");
                Err(BackendError::of_code("IncorrectStatus", 400, message))
            }
            _ => Ok(()),
        }
    }

    /// Gives a placed group its public address; `false` when another one has got it meanwhile.
    pub(super) fn bind_eip(&mut self, key: Key) -> bool {
        let Some(wish) = self.group(key).and_then(|group| group.blueprint.eip.clone()) else {
            return true;
        };
        if self.befalls(FaultKind::EipFailure, key, Occasion::default()).is_some() {
            return false;
        }
        let eip = match wish {
            EipWish::Of(id) if self.eips.is_bound(&id) => return false,
            EipWish::Of(id) => {
                let known = self.eips.known.get(&id).copied();
                let address = known.unwrap_or_else(|| self.eips.next());
                self.eips.known.insert(id.clone(), address);
                Eip { id, address }
            }
            EipWish::Own => {
                let number = self.chance.number(Concern::Identity, key, 1);
                let id = format!("eip-2ze{number:016x}").into();
                let address = self.eips.next();
                Eip { id, address }
            }
        };
        self.eips.of.insert(key, eip);
        true
    }
}
