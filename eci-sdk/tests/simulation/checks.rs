//! What must hold for a client and its cloud, whatever happens.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use eci_sdk::model::api::{ContainerGroup, ListUsage, ListUsageAnswer};
use eci_sdk::model::lifecycle::State;
use eci_sdk::sim::{Entry, Fault, Instant, OutOfStock};

use crate::client::{Client, QUOTA};
use crate::pods::Kind;

impl Client<'_> {
    /// What holds at every moment.
    pub(crate) fn check(&self) {
        let groups = self.groups();
        let mut pods: Vec<usize> = groups.iter().filter(|group| lives(group)).map(pod_of).collect();
        let living = pods.len();
        pods.sort_unstable();
        pods.dedup();
        assert_eq!(pods.len(), living, "two groups of one pod");
        let usage = self.wire.with_world(|world| world.apply(&ListUsage::default().into()));
        let usage = ListUsageAnswer::try_from(usage.expect("within its rate")).expect("its answer");
        let used = usage.attributes["UsedCpu"].to_string();
        assert_eq!(used, (2 * living).to_string(), "the quota adds up");
        if let Some(most) = usage.attributes.get("MaxCpu") {
            assert_eq!(most.to_string(), QUOTA.to_string());
            assert!(2 * living <= QUOTA as usize, "the quota is a limit");
        }
        let billed = |group: &&ContainerGroup| state(group).is_billed();
        let addresses: Vec<_> = groups
            .iter()
            .filter(billed)
            .map(|group| group.intranet_ip.as_deref())
            .collect();
        let different: BTreeSet<&str> = addresses.iter().copied().flatten().collect();
        assert_eq!(different.len(), addresses.len(), "an address is used twice, or none");
        self.check_deleted();
    }

    /// Nothing is made for a pod whose creation was answered and whose deletion was accepted.
    fn check_deleted(&self) {
        self.wire.with_world(|world| {
            for (pod, length) in &self.settled {
                let later = &world.journal().entries()[*length..];
                let name = format!("pod-{pod}");
                let made = |entry: &&Entry| &*entry.what == "Created" && entry.name.ends_with(&name);
                assert_eq!(later.iter().find(made), None, "made after the deletion");
            }
        });
    }

    /// Of the groups of a pod at most one ever cost anything, and it cost what the journal tells: the time from Pending to the end.
    pub(crate) fn check_money(&self) {
        self.wire.with_world(|world| {
            let mut billed: BTreeMap<&str, Billed> = BTreeMap::new();
            for entry in world.journal().entries() {
                let group = billed.entry(&entry.group).or_default();
                group.pod = &entry.name;
                match &*entry.what {
                    "Pending" => group.from = group.from.or(Some(entry.at)),
                    "Succeeded" | "Failed" | "BidFailed" | "PendingTimeout" | "DeadlineExceeded" | "Gone" => {
                        group.until = group.until.or(Some(entry.at));
                    }
                    _ => {}
                }
            }
            let mut paid = BTreeSet::new();
            for (id, Billed { pod, from, until }) in billed {
                let Some(from) = from else { continue };
                assert!(paid.insert(pod), "{pod} is paid for twice");
                if world.container_group(id).is_some() {
                    let span = until.unwrap_or(world.now()).since(from);
                    assert_eq!(world.billed(id), Some(span), "{id}");
                }
            }
        });
    }

    /// The wire is good again and everything is deleted: nothing is left, and every address can be had again.
    pub(crate) fn end(&mut self, addresses: bool) {
        self.wire.mend();
        self.deliver();
        for pod in self.wanted.clone() {
            self.delete(pod);
        }
        self.wire.pass(Duration::from_secs(1800));
        self.deliver();
        self.check_deleted();
        let living: Vec<_> = self.groups().into_iter().filter(lives).collect();
        assert_eq!(living, [], "something is left after deletion");
        self.check_money();
        self.note_recoveries();
        if addresses {
            self.check_addresses();
        }
    }

    /// All four addresses can be used.
    fn check_addresses(&mut self) {
        self.wire.with_world(|world| {
            if self.stock_out {
                world
                    .fault(Fault::StockBack(OutOfStock::of_spec("2-4Gi")))
                    .expect("always possible");
            }
            for pod in 0..4 {
                let mut request = self.plans.of(pod, Kind::Plain, 9).clone().into_request();
                request.client_token = None;
                world.apply(&request.into()).expect("within the quota");
            }
            world.advance(world.now() + Duration::from_secs(60));
            let placed = world.group_ids().filter_map(|id| world.container_group(id));
            let placed = placed.filter(|group| state(group).is_billed() && group.intranet_ip.is_some());
            assert_eq!(placed.count(), 4, "an address has leaked");
        });
    }

    fn note_recoveries(&self) {
        let recovered = self.wire.with_world(|world| {
            let mut waited: BTreeMap<&str, &'static str> = BTreeMap::new();
            let mut recovered = BTreeSet::new();
            for entry in world.journal().entries() {
                let why = match &*entry.what {
                    "NoStock" => "a pod waited for stock and ran",
                    "InvalidVSwitchId.IpNotEnough" => "a pod waited for an address and ran",
                    "ErrImagePull" => "an image failed and came back",
                    "Restarting" => "a restarted pod ran again",
                    "Updating" => "an updated pod ran again",
                    "Running" => {
                        recovered.extend(waited.remove(&*entry.group));
                        continue;
                    }
                    _ => continue,
                };
                waited.insert(&entry.group, why);
            }
            recovered
        });
        recovered.into_iter().for_each(|what| self.wire.saw(what));
    }
}

/// From when to when a group was paid for.
#[derive(Default)]
struct Billed<'j> {
    pod: &'j str,
    from: Option<Instant>,
    until: Option<Instant>,
}

fn lives(group: &ContainerGroup) -> bool {
    !state(group).is_final()
}

pub(crate) fn pod_of(group: &ContainerGroup) -> usize {
    let uid = group.tags.iter().find(|tag| tag.key.as_deref() == Some("UID"));
    let uid = uid.and_then(|tag| tag.value.as_deref());
    let number = uid.and_then(|uid| uid.strip_prefix("uid-")?.parse().ok());
    number.expect("the tag of its pod")
}

pub(crate) fn state(group: &ContainerGroup) -> State {
    let status = group.status.as_deref().expect("a state");
    status.parse().expect("a listed state")
}
