//! Many seeds of bad days: replies get lost, the client forgets everything, groups are deleted and reclaimed, and the account never pays
//! for a pod twice.
#![allow(clippy::expect_used, reason = "tests say what they expect")]
#![cfg(feature = "sim")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use eci_sdk::model::api::{
    Answer, Container, ContainerGroup, ContainerUpdate, CreateContainerGroup, DeleteContainerGroup,
    DescribeContainerGroups, DescribeContainerGroupsAnswer, ListUsage, ListUsageAnswer, Operation,
    RestartContainerGroup, Tag, UpdateContainerGroup,
};
use eci_sdk::model::lifecycle::State;
use eci_sdk::sim::{Behaviour, Fault, OutOfStock, World, WorldSettings};

const SEEDS: u64 = 10_000;
const STEPS: u32 = 18;

/// What the seeds together must have seen.
const REACHED: &[(State, State)] = &[
    (State::Scheduling, State::Pending),
    (State::Scheduling, State::ScheduleFailed),
    (State::Pending, State::Running),
    (State::Pending, State::Restarting),
    (State::Pending, State::Updating),
    (State::Pending, State::Failed),
    (State::Pending, State::Expired),
    (State::Running, State::Restarting),
    (State::Running, State::Updating),
    (State::Running, State::Terminating),
    (State::Running, State::Succeeded),
    (State::Running, State::Failed),
    (State::Running, State::Expired),
    (State::Restarting, State::Pending),
    (State::Restarting, State::Expired),
    (State::Updating, State::Pending),
    (State::Updating, State::Expired),
];

/// What must have happened besides, each at least once.
const SEEN: &[&str] = &[
    "a reply of a create lost and the create repeated",
    "a create repeated after the group was gone",
    "a delete repeated",
    "the client crashed while pods were wanted",
    "a pod waited for stock and ran",
    "a pod waited for an address and ran",
    "an image failed and came back",
];

/// Numbers of the test itself, apart from those of the world.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A client that makes three pods and loses replies, its memory, and pods.
struct Client {
    world: World,
    dice: Dice,
    /// What it believes to know: the group of each pod.
    known: BTreeMap<usize, String>,
    created: BTreeSet<usize>,
    deleted: BTreeSet<usize>,
    kinds: [u64; PODS],
    seen: BTreeSet<&'static str>,
    stock_out: bool,
    image_gone: bool,
}

const PODS: usize = 5;

impl Client {
    fn new(seed: u64) -> Self {
        let range = "10.0.8.0/29".parse().expect("four addresses");
        let vswitch = "vsw-h".parse().expect("an id");
        let mut settings = WorldSettings::default().seed(seed).vswitch(vswitch, None, range);
        settings.scripts.image("shop/bad").behaviour = Some(Behaviour::Exits {
            after: Duration::from_secs(20),
            code: 3,
        });
        let mut dice = Dice(seed);
        let kinds = [(); PODS].map(|()| dice.roll(6));
        Self {
            world: World::new(settings),
            dice,
            known: BTreeMap::new(),
            created: BTreeSet::new(),
            deleted: BTreeSet::new(),
            kinds,
            seen: BTreeSet::new(),
            stock_out: false,
            image_gone: false,
        }
    }

    fn request(&self, pod: usize) -> CreateContainerGroup {
        let kind = self.kinds[pod];
        let image = if kind == 2 { "shop/bad:1" } else { "shop/main:1" };
        let mut container = Container {
            name: "main".into(),
            image: image.into(),
            ..Default::default()
        };
        if kind == 3 {
            container.lifecycle_pre_stop_handler_exec = vec!["/stop".into()];
        }
        let mut request = CreateContainerGroup {
            container_group_name: format!("pod-{pod}"),
            client_token: Some(format!("uid-{pod}")),
            vswitch_id: Some("vsw-h".into()),
            max_pending_minute: Some(10),
            container: vec![container],
            tag: vec![Tag {
                key: Some("uid".into()),
                value: Some(pod.to_string()),
            }],
            ..Default::default()
        };
        match kind {
            0 | 4 => request.spot_strategy = Some("SpotAsPriceGo".into()),
            1 | 2 => request.restart_policy = Some("Never".into()),
            5 => {
                request
                    .extra
                    .insert("EciFailStrategy".into(), "fail-fast".to_owned().into());
            }
            _ => {}
        }
        request
    }

    fn create(&mut self, pod: usize) {
        if self.deleted.contains(&pod) {
            // A late duplicate of a create that was delivered before: it must not bring the pod back.
            if self.created.contains(&pod) {
                let _late = self.world.apply(&self.request(pod).into());
                self.seen.insert("a create repeated after the group was gone");
            }
            return;
        }
        let again = !self.created.insert(pod);
        let answer = self.world.apply(&self.request(pod).into());
        if self.dice.roll(3) == 0 {
            // The reply is lost: it had its effect, and nobody knows.
            return;
        }
        if again && !self.known.contains_key(&pod) {
            self.seen.insert("a reply of a create lost and the create repeated");
        }
        if let Ok(Answer::CreateContainerGroup(answer)) = answer {
            self.known.insert(pod, answer.container_group_id.expect("an id"));
        }
    }

    /// Finds the group of a pod by its tag, as a client must that remembers nothing, and deletes it.
    fn delete(&mut self, pod: usize) {
        if !self.created.contains(&pod) {
            return;
        }
        let found = self.groups().into_iter().find(|group| uid(group) == pod);
        if !self.deleted.insert(pod) {
            self.seen.insert("a delete repeated");
        }
        let Some(id) = found.and_then(|group| group.container_group_id) else {
            return;
        };
        let request = DeleteContainerGroup {
            container_group_id: id,
            force: Some(self.dice.roll(4) == 0),
            ..Default::default()
        };
        self.world.apply(&request.into()).expect("it is listed");
    }

    fn step(&mut self) {
        let pod = usize::try_from(self.dice.roll(5)).expect("small");
        let ids: Vec<String> = self.known.values().cloned().collect();
        match self.dice.roll(13) {
            0..=3 => self.create(pod),
            4 => self.delete(pod),
            5 => {
                if self.created.len() > self.deleted.len() {
                    self.seen.insert("the client crashed while pods were wanted");
                }
                self.known.clear();
            }
            6 => self.restart(&ids),
            7 => {
                for id in &ids {
                    let group = id.as_str().into();
                    let _not_spot = self.world.fault(Fault::SpotReclaim { group });
                }
                if self.dice.roll(4) == 0 {
                    // Just before the end, so that it comes while containers are restarted.
                    self.world.advance(self.world.now() + Duration::from_secs(179));
                    self.restart(&ids);
                }
            }
            8 => {
                let everything = OutOfStock::of_spec("2-4Gi");
                let fault = match self.stock_out {
                    true => Fault::StockBack(everything),
                    false => Fault::StockOut(everything),
                };
                self.stock_out = !self.stock_out;
                self.world.fault(fault).expect("always possible");
            }
            9 => {
                let image = "shop/main".into();
                let fault = match self.image_gone {
                    true => Fault::ImageBack { image },
                    false => Fault::ImageGone { image },
                };
                self.image_gone = !self.image_gone;
                self.world.fault(fault).expect("always possible");
            }
            10 => self.pass(1),
            11 => self.pass(60),
            _ => self.pass(900),
        }
    }

    fn restart(&mut self, ids: &[String]) {
        for id in ids {
            let restart = RestartContainerGroup {
                container_group_id: id.clone(),
                ..Default::default()
            };
            let change = ContainerUpdate {
                name: Some("main".into()),
                image: Some("shop/main:2".into()),
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
            let _refused = self.world.apply(&operation);
        }
    }

    fn pass(&mut self, seconds: u64) {
        let seconds = 1 + self.dice.roll(seconds * 2);
        let before = self.world.now();
        let events = self.world.advance(before + Duration::from_secs(seconds));
        assert!(events.iter().all(|event| event.at >= before), "time runs back");
        assert!(events.is_sorted_by_key(|event| event.at), "time runs back");
    }

    fn groups(&mut self) -> Vec<ContainerGroup> {
        let list = Operation::from(DescribeContainerGroups::default());
        let answer = self.world.apply(&list).expect("reads never fail");
        let answer = DescribeContainerGroupsAnswer::try_from(answer).expect("its answer");
        assert_eq!(answer.next_token, None, "one page holds them");
        answer.container_groups
    }

    fn check(&mut self) {
        let groups = self.groups();
        let mut pods: Vec<usize> = groups.iter().map(uid).collect();
        let made = pods.len();
        pods.sort_unstable();
        pods.dedup();
        assert_eq!(pods.len(), made, "two groups of one pod");
        let lives = |group: &&ContainerGroup| !state(group).is_final();
        let vcpu = 2 * groups.iter().filter(lives).count();
        let usage = self
            .world
            .apply(&ListUsage::default().into())
            .expect("reads never fail");
        let usage = ListUsageAnswer::try_from(usage).expect("its answer").attributes;
        assert_eq!(usage["UsedCpu"].to_string(), vcpu.to_string(), "the quota adds up");
        let alive = |group: &&ContainerGroup| state(group).is_billed();
        let mut addresses: Vec<_> = groups.iter().filter(alive).map(|group| &group.intranet_ip).collect();
        let used = addresses.len();
        addresses.sort_unstable();
        addresses.dedup();
        assert_eq!(addresses.len(), used, "an address used twice");
        assert!(
            addresses.iter().all(|address| address.is_some()),
            "billed without an address"
        );
    }

    /// Time from Pending to the end, as the journal tells it, is what is billed.
    fn check_money(&mut self) {
        for group in self.groups() {
            let id = group.container_group_id.expect("an id");
            let mut billed = Duration::ZERO;
            let mut since = None;
            for entry in self
                .world
                .journal()
                .entries()
                .iter()
                .filter(|entry| *entry.group == *id)
            {
                match &*entry.what {
                    "Pending" => since = since.or(Some(entry.at)),
                    "Succeeded" | "Failed" | "BidFailed" | "PendingTimeout" => {
                        billed = since.take().map_or(billed, |since| entry.at.since(since));
                    }
                    _ => {}
                }
            }
            billed = since.map_or(billed, |since| self.world.now().since(since));
            assert_eq!(self.world.billed(&id), Some(billed), "{id}");
        }
    }

    /// After everything is deleted nothing is left, and every address can be used again.
    fn end(&mut self) {
        for pod in 0..PODS {
            self.delete(pod);
            self.deleted.insert(pod);
            self.create(pod);
        }
        self.pass(900);
        self.pass(900);
        self.world.advance(self.world.now() + Duration::from_secs(60));
        assert_eq!(self.groups(), [], "something is left after deletion");
        self.note_recoveries();
    }

    fn note_recoveries(&mut self) {
        let mut waited: BTreeMap<&str, &'static str> = BTreeMap::new();
        for entry in self.world.journal().entries() {
            match &*entry.what {
                "NoStock" => drop(waited.insert(&entry.group, "a pod waited for stock and ran")),
                "InvalidVSwitchId.IpNotEnough" => {
                    waited.insert(&entry.group, "a pod waited for an address and ran");
                }
                "ErrImagePull" => drop(waited.insert(&entry.group, "an image failed and came back")),
                "Running" => self.seen.extend(waited.remove(&*entry.group)),
                _ => {}
            }
        }
    }
}

fn uid(group: &ContainerGroup) -> usize {
    let value = group.tags.first().and_then(|tag| tag.value.as_deref());
    value.and_then(|value| value.parse().ok()).expect("the tag of its pod")
}

fn state(group: &ContainerGroup) -> State {
    group
        .status
        .as_deref()
        .expect("a state")
        .parse()
        .expect("a listed state")
}

#[test]
fn ten_thousand_seeds_pay_for_each_pod_at_most_once() {
    let mut reached = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for seed in 0..SEEDS {
        let mut client = Client::new(seed);
        for step in 1..=STEPS {
            client.step();
            if step % 6 == 0 {
                client.check();
            }
        }
        client.check_money();
        client.end();
        reached.extend(client.world.transitions());
        seen.append(&mut client.seen);
    }
    for change in &reached {
        assert!(
            change.0.may_become(change.1),
            "{change:?} is no change of the life cycle"
        );
    }
    let missing: Vec<_> = REACHED.iter().filter(|change| !reached.contains(change)).collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
    let missing: Vec<_> = SEEN.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}

#[test]
fn the_same_seed_gives_the_same_journal_on_every_machine() {
    let mut client = Client::new(42);
    for _ in 0..200 {
        client.step();
    }
    assert_eq!(client.world.journal().fingerprint(), "1fd5e0f1b0cd230c");
}
