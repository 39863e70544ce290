//! The world: a pure state machine on virtual time.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use eci_model::Sensitive;
use eci_model::api::{Action, CreateContainerGroup};
use eci_model::lifecycle::State;

use super::commit::Commit;
use super::data_cache::Data;
use super::eip::Eips;
use super::event::{Event, Happening};
use super::group::{Cause, Group, Told};
use super::image_cache::Images;
use super::journal::{Entry, Journal};
use super::network::Network;
use super::random::{Chance, Concern};
use super::saved::{Input, Record};
use super::settings::{OutOfStock, WorldSettings};
use super::shape::{Shape, Shapes};
use super::shelf::Shelf;
use super::strike::FaultCount;
use super::time::Instant;
use super::timers::Timers;
use super::virtual_node::Node;
use crate::backend::TokenBucket;

/// Position of a group in [`World::groups`]; never reused.
pub(super) type Key = u32;

/// A cloud of its own: pure, deterministic, on virtual time.
///
/// Nothing happens by itself. Operations come in by `apply`, time by [`advance`](Self::advance); what happened comes out as events and
/// stands in the journal. No threads, no clock, no hash order; the seed decides all that chance would.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) now: Instant,
    pub(super) settings: WorldSettings,
    pub(super) chance: Chance,
    pub(super) network: Network,
    pub(super) groups: Vec<Option<Box<Group>>>,
    pub(super) shapes: Shapes,
    /// Room for the values of the operation that is carried out.
    pub(super) values: Sensitive<Vec<u8>>,
    pub(super) by_id: HashMap<Arc<str>, Key>,
    pub(super) tokens: HashMap<Box<str>, TokenUse>,
    /// Groups that ran and ended, by when they did; their records are removed from the front.
    pub(super) finished: BTreeSet<(Instant, Key)>,
    pub(super) image_caches: Shelf<Images>,
    pub(super) data_caches: Shelf<Data>,
    pub(super) virtual_nodes: Shelf<Node>,
    pub(super) commits: Shelf<Commit>,
    /// vCPU of all groups that have not ended, in thousandths.
    pub(super) cpu_held: u64,
    pub(super) buckets: BTreeMap<Action, TokenBucket>,
    pub(super) eips: Eips,
    pub(super) transitions: BTreeSet<(State, State)>,
    pub(super) timers: Timers,
    pub(super) requests: u32,
    /// How the planned faults went so far, in their order.
    pub(super) fault_counts: Vec<FaultCount>,
    pub(super) events: Vec<Event>,
    pub(super) journal: Journal,
    /// The empty text, which most entries of the journal share.
    pub(super) nothing: Arc<str>,
    /// What came in, where it is kept.
    pub(super) record: Option<Box<Record>>,
}

/// What a client token was used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TokenUse {
    pub(super) fingerprint: u64,
    /// The id of what was made; empty when nothing was.
    pub(super) made: Arc<str>,
}

/// Something that will happen to a group unless its epoch has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Timer {
    pub(super) group: Key,
    pub(super) epoch: u32,
    pub(super) due: Due,
}

/// What will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Look for a place.
    Schedule,
    /// An image is there.
    Pulled { image: u16 },
    /// An image that could not be pulled is tried again.
    PullAgain { image: u16 },
    /// An init container has ended.
    InitEnded { container: u16, code: i32, cause: Cause },
    /// An init container that ended badly is tried again.
    InitAgain { container: u16 },
    /// An application container starts.
    Start { container: u16 },
    /// An application container ends.
    Exit {
        container: u16,
        run: u32,
        code: i32,
        cause: Cause,
    },
    /// An application container answers its readiness probe, or does not any more.
    Ready { container: u16, run: u32, ready: bool },
    /// An application container has failed its liveness probe.
    Unhealthy { container: u16, run: u32 },
    /// The hook after a start has failed.
    HookFailed { container: u16, run: u32 },
    /// The temporary storage is full.
    DiskFull,
    /// The group has lived for as long as it may.
    Deadline,
    /// The group may have been pending for too long.
    PendingLimit,
    /// Whether there is still stock for a spot instance.
    SpotCheck,
    /// A spot instance is asked back as planned.
    AskedBack { fault: u16 },
    /// A spot instance is taken back.
    SpotReclaim,
    /// A restart or an update begins to take effect.
    Resume,
    /// The containers of a deleted group have stopped.
    Stopped,
    /// The record of a finished group is looked at for removal.
    Forget,
}

impl World {
    /// A world with realistic times, published limits and the given seed.
    pub fn new(settings: WorldSettings) -> Self {
        Self {
            now: Instant::ZERO,
            chance: Chance::new(settings.seed),
            network: Network::new(&settings.vswitches),
            settings,
            groups: Vec::new(),
            shapes: Shapes::default(),
            values: Sensitive::new(Vec::new()),
            by_id: HashMap::new(),
            tokens: HashMap::new(),
            finished: BTreeSet::new(),
            image_caches: Shelf::default(),
            data_caches: Shelf::default(),
            virtual_nodes: Shelf::default(),
            commits: Shelf::default(),
            cpu_held: 0,
            buckets: BTreeMap::new(),
            eips: Eips::default(),
            transitions: BTreeSet::new(),
            timers: Timers::default(),
            requests: 0,
            fault_counts: Vec::new(),
            events: Vec::new(),
            journal: Journal::default(),
            nothing: "".into(),
            record: None,
        }
    }

    /// A world for plain tests: everything takes no longer than it must, nothing fails unless told to.
    pub fn ideal() -> Self {
        Self::new(WorldSettings::ideal())
    }

    /// The present moment.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// The seed.
    pub const fn seed(&self) -> u64 {
        self.chance.seed()
    }

    /// Everything that happened so far.
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Everything that happened since the journal was taken last; the world goes on with an empty one. A program that runs for long takes
    /// it now and then, since it grows with everything that happens.
    pub fn take_journal(&mut self) -> Journal {
        let journal = std::mem::take(&mut self.journal);
        if let Some(record) = &mut self.record {
            record.taken += journal.entries().len();
        }
        journal
    }

    /// The ids of all groups whose record is there, by id.
    pub fn group_ids(&self) -> impl Iterator<Item = &str> {
        let mut ids: Vec<&str> = self.by_id.keys().map(|id| &**id).collect();
        ids.sort_unstable();
        ids.into_iter()
    }

    /// Every change of state that happened to any group, each once: what a run has reached. The world makes none that
    /// [`State::may_become`] does not allow.
    pub fn transitions(&self) -> impl Iterator<Item = (State, State)> {
        self.transitions.iter().copied()
    }

    /// When something will happen next without further operations.
    pub fn next_event_at(&self) -> Option<Instant> {
        self.timers.next()
    }

    /// Lets time pass, and gives what happened. A moment in the past changes nothing.
    pub fn advance(&mut self, to: Instant) -> Vec<Event> {
        self.time_passes(to);
        while let Some((at, timers)) = self.timers.take(to) {
            self.now = self.now.max(at);
            for timer in &timers {
                self.fire(*timer);
            }
            self.timers.give_back(timers);
        }
        self.now = self.now.max(to);
        std::mem::take(&mut self.events)
    }

    /// Says that something cannot be had as spot capacity any more: new instances find none, and the ones that hold it are taken back
    /// once their protection is over.
    pub fn close_spot(&mut self, closed: OutOfStock) {
        self.came_in(|| Input::CloseSpot(closed.clone()));
        self.settings.out_of_spot.push(closed);
        self.market_changed();
    }

    /// Says that it can be had again.
    pub fn open_spot(&mut self, closed: &OutOfStock) {
        self.came_in(|| Input::OpenSpot(closed.clone()));
        self.settings.out_of_spot.retain(|known| known != closed);
    }

    /// How long a group was billed so far: from the state Pending until it ended (Billing of instances, 2024-11-27).
    pub fn billed(&self, id: &str) -> Option<Duration> {
        let group = self.key(id).and_then(|key| self.group(key))?;
        Some(group.billed(self.now))
    }

    /// Takes a new group in and lets it be scheduled; gives its id.
    pub(super) fn admit(&mut self, request: &CreateContainerGroup, shape: Shape) -> Arc<str> {
        let key = Key::try_from(self.groups.len()).unwrap_or(Key::MAX);
        let id = self.new_id(key);
        self.by_id.insert(id.clone(), key);
        self.cpu_held += shape.blueprint.cpu_milli;
        let group = Group::new(id.clone(), request, shape, self.now);
        self.groups.push(Some(Box::new(group)));
        self.note(key, "Created", self.nothing.clone());
        self.happened(key, Happening::State(State::Scheduling));
        let delay = self.settings.scheduling.draw(self.chance, Concern::Scheduling, key, 0);
        self.set(key, delay, Due::Schedule);
        id
    }

    pub(super) fn key(&self, id: &str) -> Option<Key> {
        self.by_id.get(id).copied()
    }

    pub(super) fn group(&self, key: Key) -> Option<&Group> {
        self.groups.get(usize::try_from(key).ok()?)?.as_deref()
    }

    pub(super) fn group_mut(&mut self, key: Key) -> Option<&mut Group> {
        self.groups.get_mut(usize::try_from(key).ok()?)?.as_deref_mut()
    }

    /// Lets something happen to a group after a while, unless the group's epoch passes before.
    pub(super) fn set(&mut self, key: Key, after: Duration, due: Due) {
        let Some(group) = self.group(key) else { return };
        let epoch = group.epoch;
        let timer = Timer { group: key, epoch, due };
        self.timers.set(self.now + after, timer);
    }

    /// Moves a group to another state, in the journal and as an event.
    pub(super) fn enter(&mut self, key: Key, state: State, reason: &'static str, detail: impl Into<Arc<str>>) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        if group.deleting && state != State::Terminating {
            // Its end has begun already, and nothing else may become of it.
            return;
        }
        let before = group.state;
        debug_assert!(before.may_become(state), "{before} to {state}");
        if !before.may_become(state) {
            return;
        }
        group.state = state;
        group.reason = reason;
        if state == State::Pending && group.billed_from.is_none() {
            group.billed_from = Some(now);
        }
        let mut given_back = 0;
        if group.is_finished() {
            group.ended_at = Some(now);
            group.epoch += 1;
            given_back = group.blueprint.cpu_milli;
        }
        self.cpu_held -= given_back;
        self.transitions.insert((before, state));
        self.observe_pending(key, false);
        self.keep_while_kept(key);
        let word = if reason.is_empty() { state.name() } else { reason };
        self.note(key, word, detail);
        self.happened(key, Happening::State(state));
    }

    /// Takes a group out of the world; its address is free again.
    pub(super) fn remove(&mut self, key: Key) {
        self.release_address(key);
        self.note(key, "Gone", self.nothing.clone());
        self.happened(key, Happening::Gone);
        let slot = usize::try_from(key).ok().and_then(|index| self.groups.get_mut(index));
        if let Some(group) = slot.and_then(Option::take) {
            self.by_id.remove(&group.id);
            if !group.is_finished() {
                self.cpu_held -= group.blueprint.cpu_milli;
            }
            self.finished.remove(&(group.ended_at.unwrap_or_default(), key));
        }
    }

    /// Gives the addresses of a group back, once; where it ran stays known.
    pub(super) fn release_address(&mut self, key: Key) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        let keeps = group.fixed_identity();
        let placement = group.placement.as_mut();
        let Some(placement) = placement.filter(|placement| placement.held) else {
            return;
        };
        placement.held = false;
        let (site, address) = (placement.site.clone(), placement.address);
        match keeps {
            Some((identity, retention)) => self.network.release_fixed(&site.vswitch, &identity, now, retention),
            None => self.network.release(&site.vswitch, address),
        }
        self.eips.release(key);
    }

    pub(super) fn note(&mut self, key: Key, what: &'static str, detail: impl Into<Arc<str>>) {
        let at = self.now;
        let Some(group) = self.group(key) else { return };
        let entry = Entry {
            at,
            group: group.id.clone(),
            name: group.name.clone(),
            what: what.into(),
            detail: detail.into(),
        };
        self.journal.push(entry);
    }

    /// Tells an event in the platform's words, in the record of the group as well.
    pub(super) fn report(&mut self, key: Key, reason: &'static str, message: impl Into<Arc<str>>, warning: bool) {
        let (now, message) = (self.now, message.into());
        let Some(group) = self.group_mut(key) else { return };
        group.tell(Told::new(now, reason, message.clone(), warning));
        self.happened(
            key,
            Happening::Reported {
                reason,
                message,
                warning,
            },
        );
    }

    pub(super) fn happened(&mut self, key: Key, what: Happening) {
        let at = self.now;
        let Some(group) = self.group_mut(key) else { return };
        group.changed_at = at;
        let group = group.id.clone();
        self.events.push(Event { at, group, what });
    }

    fn fire(&mut self, timer: Timer) {
        let Timer { group: key, epoch, due } = timer;
        let Some(group) = self.group(key) else { return };
        // What was asked back is taken back, and what may live for a time ends, whatever became of the containers meanwhile.
        let holds = matches!(
            due,
            Due::AskedBack { .. } | Due::SpotReclaim | Due::SpotCheck | Due::Deadline
        ) && !group.is_finished();
        if group.epoch != epoch && !holds {
            return;
        }
        match due {
            Due::Schedule => self.schedule(key),
            Due::Pulled { image } => self.pulled(key, image),
            Due::PullAgain { image } => self.pull(key, image),
            Due::InitEnded { container, code, cause } => self.init_ended(key, container, code, cause),
            Due::InitAgain { container } => self.run_init(key, container),
            Due::Start { container } => self.start(key, container),
            Due::Exit {
                container,
                run,
                code,
                cause,
            } => self.exit_because(key, container, run, code, cause),
            Due::Ready { container, run, ready } => self.ready(key, container, run, ready),
            Due::Unhealthy { container, run } => self.unhealthy(key, container, run),
            Due::HookFailed { container, run } => self.hook_failed(key, container, run),
            Due::DiskFull => self.disk_full(key),
            Due::Deadline => self.deadline(key),
            Due::PendingLimit => self.pending_limit(key),
            Due::SpotCheck => self.spot_check(key),
            Due::AskedBack { fault } => self.asked_back(key, fault),
            Due::SpotReclaim => self.spot_reclaim(key),
            Due::Resume => self.resume(key),
            Due::Stopped => self.remove(key),
            Due::Forget => self.forget(key),
        }
    }

    /// The id of the next answer: unique in this world, the same for the same seed.
    pub(super) fn request_id(&mut self) -> String {
        self.requests += 1;
        let number = self.chance.number(Concern::Identity, u32::MAX, self.requests);
        format!("{:08X}-0000-5000-8000-{:012X}", number >> 32, u64::from(self.requests))
    }

    /// Twenty characters after the prefix, as the service's ids have.
    fn new_id(&self, key: Key) -> Arc<str> {
        const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
        let mut number = self.chance.number(Concern::Identity, key, 0);
        let mut id = String::from("eci-2ze");
        for _ in 0..12 {
            let digit = usize::try_from(number % 36).unwrap_or(0);
            id.push(char::from(DIGITS[digit]));
            number /= 36;
        }
        id.push_str(&format!("{key:05}"));
        id.into()
    }
}
