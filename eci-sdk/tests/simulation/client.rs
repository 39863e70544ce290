//! A client that keeps pods on a bad wire, forgets, and never gives up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use eci_sdk::backend::{Backend, BackendError, BackendExt, Reached, RetryPolicy, Retrying};
use eci_sdk::model::Cpu;
use eci_sdk::model::api::{
    ContainerGroup, ContainerUpdate, DeleteContainerGroup, Operation, RestartContainerGroup, UpdateContainerGroup,
};
use eci_sdk::model::lifecycle::State;
use eci_sdk::sim::{Behaviour, Fault, OutOfStock, World, WorldSettings};

use crate::checks::{pod_of, state};
use crate::dice::Dice;
use crate::pods::{Kind, PODS, Plans};
use crate::wire::{Wire, WorldClock, run};

/// vCPU that the account may have: one pod less than there are.
pub(crate) const QUOTA: u32 = 8;

/// A client with its cloud.
pub(crate) struct Client<'p> {
    pub(crate) wire: Arc<Wire>,
    pub(crate) plans: &'p mut Plans,
    dice: Dice,
    kinds: [Kind; PODS],
    /// What an API server would remember: pods that were asked for, pods that are to go, and pods that are gone.
    pub(crate) wanted: BTreeSet<usize>,
    unwanted: BTreeSet<usize>,
    gone: BTreeSet<usize>,
    /// How many creations of a pod are known to have failed.
    failed: [u32; PODS],
    /// What only the client remembers: the groups of pods, and the pods for which nothing is known for sure.
    known: BTreeMap<usize, String>,
    doubts: BTreeSet<usize>,
    /// How long the journal was when a pod was gone whose creation was answered.
    pub(crate) settled: BTreeMap<usize, usize>,
    pub(crate) stock_out: bool,
    image_gone: bool,
}

impl<'p> Client<'p> {
    pub(crate) fn new(seed: u64, plans: &'p mut Plans) -> Self {
        let range = "10.0.8.0/29".parse().expect("four addresses");
        let vswitch = "vsw-h".parse().expect("an id");
        let mut settings = WorldSettings::default().seed(seed).vswitch(vswitch, None, range);
        // With the quota there are never more groups than addresses.
        settings.vcpu_quota = seed.is_multiple_of(2).then_some(Cpu::from_vcpu(QUOTA));
        let script = settings.scripts.image("registry-vpc.cn-hangzhou.aliyuncs.com/shop/bad");
        script.behaviour = Some(Behaviour::Exits {
            after: Duration::from_secs(20),
            code: 3,
        });
        let mut dice = Dice::new(seed);
        let kinds = [(); PODS].map(|()| Kind::ALL[usize::try_from(dice.roll(8)).expect("small")]);
        Self {
            wire: Arc::new(Wire::new(World::new(settings), Dice::new(!seed), kinds)),
            plans,
            dice,
            kinds,
            wanted: BTreeSet::new(),
            unwanted: BTreeSet::new(),
            gone: BTreeSet::new(),
            failed: [0; PODS],
            known: BTreeMap::new(),
            doubts: BTreeSet::new(),
            settled: BTreeMap::new(),
            stock_out: false,
            image_gone: false,
        }
    }

    pub(crate) fn step(&mut self) {
        let pod = usize::try_from(self.dice.roll(PODS as u64)).expect("small");
        let ids: Vec<String> = self.known.values().cloned().collect();
        match self.dice.roll(14) {
            0..=3 => {
                if !self.unwanted.contains(&pod) {
                    self.wanted.insert(pod);
                    self.create(pod);
                }
            }
            4 if self.wanted.contains(&pod) => self.delete(pod),
            4 => {}
            5 => self.crash(),
            6 => self.change(&ids),
            7 => self.reclaim(&ids),
            8 => {
                let everything = OutOfStock::of_spec("2-4Gi");
                let fault = match self.stock_out {
                    true => Fault::StockBack(everything),
                    false => Fault::StockOut(everything),
                };
                self.stock_out = !self.stock_out;
                self.fault(fault);
            }
            9 => {
                let image = "registry-vpc.cn-hangzhou.aliyuncs.com/shop/main".into();
                let fault = match self.image_gone {
                    true => Fault::ImageBack { image },
                    false => Fault::ImageGone { image },
                };
                self.image_gone = !self.image_gone;
                self.fault(fault);
            }
            10 => self.pass(1),
            11 => self.pass(60),
            12 => self.deliver(),
            _ => self.pass(900),
        }
    }

    /// The create of a pod through everything that can go wrong; gives whether it was answered.
    fn create(&mut self, pod: usize) -> bool {
        let was_known = self.known.contains_key(&pod);
        let ready = self.plans.of(pod, self.kinds[pod], self.failed[pod]).clone();
        let had_doubts = self.doubts.contains(&pod);
        let outcome = if self.dice.roll(2) == 0 {
            let clock = Arc::new(WorldClock(self.wire.clone()));
            let retrying = Retrying::new(self.wire.clone(), RetryPolicy::default(), clock);
            run(retrying.ensure_created(ready))
        } else {
            run(self.wire.ensure_created(ready))
        };
        match outcome {
            None => {
                self.wire.saw("the client crashed in the middle of a create");
                self.crash();
                self.doubts.insert(pod);
                false
            }
            Some(Ok(answer)) => {
                if self.doubts.remove(&pod) && !was_known {
                    self.wire.saw("a create of unknown fate was settled");
                }
                self.known.insert(pod, answer.container_group_id.expect("an id"));
                self.note_failure(pod);
                true
            }
            Some(Err(error)) => {
                if error.reached == Reached::Unknown {
                    self.doubts.insert(pod);
                } else if !had_doubts && self.failed[pod] == 0 {
                    assert_eq!(self.groups_of(pod), 0, "an error says that nothing was made: {error}");
                }
                if &*error.code == "QuotaExceeded" {
                    self.wire.saw("a create was refused for the quota");
                }
                false
            }
        }
    }

    /// A creation that failed for good is tried anew with a token of its own.
    fn note_failure(&mut self, pod: usize) {
        let Some(id) = self.known.get(&pod) else { return };
        let group = self.wire.with_world(|world| world.container_group(id));
        if group.is_some_and(|group| state(&group) == State::ScheduleFailed) {
            self.wire.saw("a creation failed and another one was tried");
            self.known.remove(&pod);
            self.failed[pod] += 1;
        }
    }

    /// Deletes the group of a pod: first the fate of its creation must be known, since a create that comes after the deletion would
    /// bring it back.
    pub(crate) fn delete(&mut self, pod: usize) {
        if !self.unwanted.insert(pod) {
            self.wire.saw("a delete was repeated");
        }
        if self.gone.contains(&pod) {
            return;
        }
        if !self.known.contains_key(&pod) && !self.create(pod) {
            // A create that was refused for good has made nothing.
            if !self.doubts.contains(&pod) {
                self.gone.insert(pod);
            }
            return;
        }
        let Some(id) = self.known.get(&pod).cloned() else {
            return;
        };
        if self.delete_group(id) {
            self.gone.insert(pod);
            let length = self.wire.with_world(|world| world.journal().entries().len());
            self.settled.insert(pod, length);
        }
    }

    /// Whether a deletion is known to be accepted.
    fn delete_group(&mut self, id: String) -> bool {
        let request = DeleteContainerGroup {
            client_token: Some(format!("delete-{id}")),
            container_group_id: id,
            force: (self.dice.roll(4) == 0).then_some(true),
            ..Default::default()
        };
        match run(self.wire.call(&request.into())) {
            Some(Ok(_)) => true,
            Some(Err(error)) => is_not_found(&error),
            None => {
                self.wire.saw("the client crashed in the middle of a delete");
                self.crash();
                false
            }
        }
    }

    /// Everything that only the client knew is lost.
    fn crash(&mut self) {
        if self.wanted.len() > self.gone.len() {
            self.wire.saw("the client crashed while pods were wanted");
        }
        self.known.clear();
        self.doubts.extend(self.wanted.difference(&self.gone));
    }

    /// What was given up arrives, some of it long after its pod is gone.
    pub(crate) fn deliver(&mut self) {
        for operation in self.wire.deliver() {
            if let Operation::CreateContainerGroup(request) = operation
                && self
                    .gone
                    .iter()
                    .any(|pod| request.container_group_name.ends_with(&format!("pod-{pod}")))
            {
                self.wire.saw("a create came after its pod was gone");
            }
        }
    }

    fn reclaim(&mut self, ids: &[String]) {
        for id in ids {
            let group = id.as_str().into();
            let _not_spot = self.wire.with_world(|world| world.fault(Fault::SpotReclaim { group }));
        }
        if self.dice.roll(4) == 0 {
            // Just before the end, so that it comes while containers are restarted.
            self.wire.pass(Duration::from_secs(179));
            self.change(ids);
        }
    }

    /// Restarts or updates groups; some just before the end of their time.
    fn change(&mut self, ids: &[String]) {
        let deadline = self.kinds.iter().position(|kind| *kind == Kind::Deadline);
        if let Some(id) = deadline.and_then(|pod| self.known.get(&pod))
            && self.dice.roll(2) == 0
            && let Some(placed) = self.placed(id)
        {
            let end = placed + Duration::from_millis(599_000);
            let now = self.wire.with_world(|world| world.now());
            self.wire.pass(end.since(now));
        }
        for id in ids {
            let restart = RestartContainerGroup {
                container_group_id: id.clone(),
                ..Default::default()
            };
            let change = ContainerUpdate {
                name: Some("main".into()),
                image: Some("registry-vpc.cn-hangzhou.aliyuncs.com/shop/main:2".into()),
                ..Default::default()
            };
            let update = UpdateContainerGroup {
                container_group_id: id.clone(),
                update_type: Some("IncrementalUpdate".into()),
                container: vec![change],
                ..Default::default()
            };
            let operation = match self.dice.roll(2) {
                0 => Operation::from(restart),
                _ => Operation::from(update),
            };
            if run(self.wire.call(&operation)).is_none() {
                return self.crash();
            }
        }
    }

    fn placed(&self, id: &str) -> Option<eci_sdk::sim::Instant> {
        self.wire.with_world(|world| {
            let mut entries = world.journal().entries().iter();
            let placed = entries.find(|entry| &*entry.group == id && &*entry.what == "Pending");
            placed.map(|entry| entry.at)
        })
    }

    fn fault(&mut self, fault: Fault) {
        self.wire
            .with_world(|world| world.fault(fault))
            .expect("always possible");
    }

    fn pass(&mut self, seconds: u64) {
        let seconds = 1 + self.dice.roll(seconds * 2);
        self.wire.pass(Duration::from_secs(seconds));
    }

    pub(crate) fn groups(&self) -> Vec<ContainerGroup> {
        self.wire.with_world(|world| {
            let groups = world.group_ids().filter_map(|id| world.container_group(id));
            groups.collect()
        })
    }

    /// Groups of a pod that may cost something.
    fn groups_of(&self, pod: usize) -> usize {
        let groups = self.groups();
        let of_pod = |group: &&ContainerGroup| pod_of(group) == pod && !state(group).is_final();
        groups.iter().filter(of_pod).count()
    }
}

fn is_not_found(error: &BackendError) -> bool {
    &*error.code == "InvalidParameter.NotFound"
}
