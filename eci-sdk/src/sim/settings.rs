//! How a world is set up.

use std::fmt;
use std::time::Duration;

use ipnet::Ipv4Net;
use k8s_openapi::jiff::Timestamp;

use eci_model::billing::Prices;
use eci_model::{Cpu, VSwitchId, Zone};

use super::planned_fault::PlannedFault;
use super::random::{Chance, Concern};
use super::script::Scripts;
use crate::cluster::Cluster;

/// How a world is set up: seed, times, vSwitches, images.
///
/// Defaults follow the published figures where there are any and are ours elsewhere; `PARITY.md` says which.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorldSettings {
    /// Decides all that chance would.
    pub seed: u64,
    /// The date at the beginning of the world.
    pub epoch: Timestamp,
    /// vSwitches with their ranges; one that a request names and that is not here gets a range of its own.
    pub vswitches: Vec<VSwitch>,
    /// From creation to a place.
    pub scheduling: Range,
    /// Before scheduling is tried again where nothing had stock.
    pub retry: Duration,
    /// How fast images are pulled and data is loaded, in bytes a second. 386 MB took 50 seconds (Image cache overview, 2024-11-26).
    pub pull_bytes_per_second: u64,
    /// How long the snapshot of a cache takes once its content is there.
    pub snapshot: Duration,
    /// From the creation of a virtual node until it is ready.
    pub node_start: Duration,
    /// How long an image takes that a cache holds and that is pulled always; others take no time.
    pub cached_pull: Duration,
    /// From the pulled image to the running container.
    pub start: Range,
    /// How long containers take to stop.
    pub stop: Duration,
    /// From a request to restart until the containers start again.
    pub restart: Duration,
    /// From the notice to the end of a spot instance.
    pub spot_notice: Duration,
    /// What is known of images.
    pub scripts: Scripts,
    /// How many vCPU all groups that have not ended may have together; no limit when none is given. It varies by account (Limits,
    /// 2024-10-18).
    pub vcpu_quota: Option<Cpu>,
    /// How often operations may be called.
    pub rates: Rates,
    /// What things cost.
    pub prices: Prices,
    /// What cannot be had at present.
    pub out_of_stock: Vec<OutOfStock>,
    /// What cannot be had as spot capacity at present, besides.
    pub out_of_spot: Vec<OutOfStock>,
    /// What is planned to go wrong; of several that fit an event the first that takes it happens.
    pub faults: Vec<PlannedFault>,
}

impl Default for WorldSettings {
    fn default() -> Self {
        Self {
            seed: 0,
            epoch: Timestamp::constant(1_767_225_600, 0),
            vswitches: Vec::new(),
            scheduling: Range::seconds(3, 8),
            retry: Duration::from_secs(30),
            pull_bytes_per_second: 8_000_000,
            snapshot: Duration::from_secs(60),
            node_start: Duration::from_secs(30),
            cached_pull: Duration::from_millis(1500),
            start: Range::millis(400, 1500),
            stop: Duration::from_secs(2),
            restart: Duration::from_secs(3),
            spot_notice: Duration::from_secs(180),
            scripts: Scripts::default(),
            vcpu_quota: None,
            rates: Rates::Published,
            prices: Prices::default(),
            out_of_stock: Vec::new(),
            out_of_spot: Vec::new(),
            faults: Vec::new(),
        }
    }
}

impl WorldSettings {
    /// Everything takes no longer than it must.
    pub fn ideal() -> Self {
        Self {
            scheduling: Range::millis(1, 1),
            pull_bytes_per_second: u64::MAX,
            snapshot: Duration::from_millis(1),
            node_start: Duration::from_millis(1),
            cached_pull: Duration::from_millis(1),
            start: Range::millis(1, 1),
            stop: Duration::from_millis(1),
            restart: Duration::from_millis(1),
            rates: Rates::Unlimited,
            ..Self::default()
        }
    }

    /// The same with another seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The same with one more vSwitch.
    #[must_use]
    pub fn vswitch(mut self, id: VSwitchId, zone: Option<Zone>, range: Ipv4Net) -> Self {
        self.vswitches.push(VSwitch {
            id,
            zone,
            range,
            others: 0,
        });
        self
    }

    /// The same with the vSwitches of a cluster's facts: ranges, zones, and how many addresses others use or keep.
    #[must_use]
    pub fn observed(mut self, cluster: &Cluster) -> Self {
        let known = cluster.vswitches().filter_map(|vswitch| {
            Some(VSwitch {
                id: vswitch.id.clone(),
                zone: vswitch.zone.clone(),
                range: vswitch.range?,
                others: vswitch.used.saturating_add(vswitch.reserved),
            })
        });
        self.vswitches.extend(known);
        self
    }

    /// How long so many MiB take to come in.
    pub(super) fn transfer(&self, mib: u64) -> Duration {
        let bytes = mib.saturating_mul(1 << 20);
        Duration::from_millis(bytes.saturating_mul(1000) / self.pull_bytes_per_second.max(1))
    }

    pub(super) fn pull_time(&self, image: &str) -> Duration {
        self.transfer(self.scripts.of(image).size_mib.into())
    }
}

/// How often operations may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rates {
    /// As published: 100 creates at once and 20 a second, others by the minute (Limits, undated). What is too much is refused with
    /// `Throttling`.
    Published,
    /// As often as anybody likes.
    Unlimited,
}

/// A size or type that cannot be had, in one zone or everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutOfStock {
    /// The zone; everywhere when none is given.
    pub zone: Option<Zone>,
    /// The size (`2-4Gi`), type (`ecs.c6.large`) or family (`ecs.gn7i`); everything when none is given.
    pub spec: Option<Box<str>>,
}

impl OutOfStock {
    /// Nothing can be had in a zone.
    pub const fn in_zone(zone: Zone) -> Self {
        Self {
            zone: Some(zone),
            spec: None,
        }
    }

    /// A size, type or family cannot be had anywhere.
    pub fn of_spec(spec: &str) -> Self {
        Self {
            zone: None,
            spec: Some(spec.into()),
        }
    }

    pub(super) fn covers(&self, zone: Option<&Zone>, spec: &str) -> bool {
        let zone_meant = self.zone.as_ref().is_none_or(|closed| zone == Some(closed));
        let starts = |closed: &str| {
            spec.strip_prefix(closed)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
        };
        zone_meant && self.spec.as_deref().is_none_or(starts)
    }
}

impl fmt::Display for OutOfStock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.spec.as_deref().unwrap_or("everything"))?;
        match &self.zone {
            Some(zone) => write!(f, " in {zone}"),
            None => Ok(()),
        }
    }
}

/// A vSwitch of the world.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VSwitch {
    /// Its id.
    pub id: VSwitchId,
    /// Its zone, when known.
    pub zone: Option<Zone>,
    /// Its addresses.
    pub range: Ipv4Net,
    /// How many of them others use or keep; which ones is not known.
    pub others: u32,
}

/// A span of time between two bounds, both included; the seed decides where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    low: u64,
    high: u64,
}

impl Range {
    /// Between two numbers of seconds.
    pub const fn seconds(low: u64, high: u64) -> Self {
        Self::millis(low * 1000, high * 1000)
    }

    /// Between two numbers of milliseconds.
    pub const fn millis(low: u64, high: u64) -> Self {
        Self { low, high }
    }

    pub(super) fn draw(self, chance: Chance, concern: Concern, entity: u32, draw: u32) -> Duration {
        Duration::from_millis(chance.between(concern, entity, draw, self.low, self.high))
    }
}
