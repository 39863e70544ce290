//! A short fingerprint of a state, the same on every machine.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::group::Group;
use super::world::World;

/// 64-bit FNV-1a over text: no keys, no order of a hash table, no width of a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fnv(u64);

impl Fnv {
    pub(super) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// The fingerprint of a value as it is printed for programmers.
    pub(super) fn of(value: &impl fmt::Debug) -> Self {
        let mut hash = Self::new();
        hash.add(value);
        hash
    }

    fn add(&mut self, value: &impl fmt::Debug) {
        // Writing to a hash cannot fail.
        let _ = writeln!(self, "{value:?}");
    }
}

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}

impl fmt::Display for Fnv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl World {
    /// A short fingerprint of the whole state, its journal apart: 64-bit FNV-1a as 16 hex digits. Two worlds of one version of this
    /// crate with the same fingerprint go on alike, on whatever machine; another version may print another one.
    ///
    /// Parameters of requests that the world does not act on count by their names and lengths, so it tells nothing of secrets.
    ///
    /// # Example
    /// ```
    /// use std::time::Duration;
    /// use eci_sdk::sim::World;
    ///
    /// let (one, mut other) = (World::ideal(), World::ideal());
    /// assert_eq!(one.fingerprint(), other.fingerprint());
    /// other.advance(other.now() + Duration::from_secs(1));
    /// assert_ne!(one.fingerprint(), other.fingerprint());
    /// ```
    pub fn fingerprint(&self) -> String {
        let Self {
            now,
            settings,
            chance,
            network,
            groups,
            shapes: _,
            values: _,
            by_id,
            tokens,
            finished,
            image_caches,
            data_caches,
            virtual_nodes,
            commits,
            cpu_held,
            buckets,
            eips,
            transitions,
            timers,
            requests,
            fault_counts,
            events: _,
            journal: _,
            nothing: _,
            record: _,
        } = self;
        let mut hash = Fnv::of(&(now, settings, chance, network));
        for group in groups {
            match group {
                Some(group) => add_group(&mut hash, group),
                None => hash.add(&()),
            }
        }
        hash.add(&by_id.iter().collect::<BTreeMap<_, _>>());
        for (token, used) in tokens.iter().collect::<BTreeMap<_, _>>() {
            hash.add(&(token, &used.made));
        }
        let timers: Vec<_> = timers.iter().collect();
        hash.add(&(finished, image_caches, data_caches, virtual_nodes, commits));
        hash.add(&(cpu_held, buckets, eips, transitions, timers, requests));
        hash.add(fault_counts);
        hash.to_string()
    }
}

fn add_group(hash: &mut Fnv, group: &Group) {
    let Group {
        id,
        name,
        tags,
        blueprint,
        request,
        state,
        reason,
        created_at,
        changed_at,
        placement,
        billed_from,
        ended_at,
        init,
        containers,
        attempts,
        pulled,
        cached_images,
        cached,
        kept,
        failed_pulls,
        clock,
        told,
        told_before,
        degraded,
        deleting,
        epoch,
    } = group;
    for (name, value) in eci_model::api::Operation::from((**request).clone()).to_parameters() {
        hash.add(&(name, value.len()));
    }
    hash.add(&(id, name, blueprint, tags, state, reason, created_at, changed_at));
    hash.add(&(placement, billed_from, ended_at, init, containers, attempts, pulled));
    hash.add(&(cached_images, cached, kept, failed_pulls, clock, told, told_before));
    hash.add(&(degraded, deleting, epoch));
}
