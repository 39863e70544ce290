//! Any sequence of operations on a simulated world, held against a model of the life cycle that knows nothing of the world's own tables.

#![allow(clippy::panic, clippy::expect_used, reason = "a fuzz target fails by panics")]

mod ask;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use eci_sdk::model::api::{
    Answer, CreateContainerGroup, DeleteContainerGroup, ListUsage, Operation, RestartContainerGroup,
};
use eci_sdk::model::lifecycle::State::{
    self, Expired, Failed, Pending, Restarting, Running, ScheduleFailed, Scheduling, Succeeded, Terminating, Updating,
};
use eci_sdk::sim::{Event, Fault, Happening, Instant, Saved, World};

use ask::{request, settings, stock, update};

/// The order of states (Lifecycle of a pod, 2026-09-21): documented first, then inferred.
pub const CHANGES: &[(State, State)] = &[
    (Scheduling, Pending),
    (Scheduling, ScheduleFailed),
    (Pending, Running),
    (Pending, Restarting),
    (Pending, Updating),
    (Pending, Failed),
    (Running, Restarting),
    (Running, Updating),
    (Running, Terminating),
    (Running, Succeeded),
    (Running, Failed),
    (Running, Expired),
    (Restarting, Pending),
    (Updating, Pending),
    // A spot instance is taken back, and a deadline ends a group, whatever its containers do; some of them run before all do.
    (Pending, Expired),
    (Pending, Terminating),
    (Restarting, Failed),
    (Restarting, Expired),
    (Updating, Failed),
    (Updating, Expired),
];

/// From the notice to the end of a spot instance (Create a preemptible instance, 2024-11-19).
const NOTICE: Duration = Duration::from_secs(180);
/// How long a group with a deadline may live.
const DEADLINE: Duration = Duration::from_secs(400);

/// Operations that one input has at most.
const LONGEST: usize = 120;

/// Reads pairs of letters as operations, and runs them in a world: what it is, and a number for it.
///
/// `c` creates a group of a kind, `t` repeats a create with its token, `d` deletes and `D` does so by force, `r` restarts, `u` updates, `s`
/// takes a spot instance back, `x` lets a container exit; `p` lets time pass, `n` as long as nothing happens, `b` until a second before the
/// group's end by deadline or reclaim; `o` and `O` take stock and bring it back, `i` and `I` an image,
/// `z` and `Z` spot capacity. Other letters do nothing.
///
/// Every change of a state, every answer, and what is billed is what the model expects; the world that is loaded from what was saved is
/// the same; and after everything is deleted nothing is left.
pub fn world_operations(input: &[u8]) {
    let _reached = changes_of(input);
}

/// The same, and gives the changes of state that happened.
pub fn changes_of(input: &[u8]) -> BTreeSet<(State, State)> {
    let mut trial = Trial::new();
    for pair in input.chunks_exact(2).take(LONGEST) {
        trial.act(pair[0], pair[1]);
        trial.compare();
    }
    trial.replay();
    trial.end();
    trial.world.transitions().collect()
}

/// What the model knows of a group.
#[derive(Debug)]
struct Known {
    request: CreateContainerGroup,
    state: State,
    created_at: Instant,
    deleting: bool,
    gone: bool,
    noticed_at: Option<Instant>,
    billed_from: Option<Instant>,
    ended_at: Option<Instant>,
}

impl Known {
    fn has_hook(&self) -> bool {
        let mut containers = self.request.container.iter();
        containers.any(|container| !container.lifecycle_pre_stop_handler_exec.is_empty())
    }

    fn is_spot(&self) -> bool {
        self.request.spot_strategy.is_some()
    }

    fn fails_fast(&self) -> bool {
        self.request.extra.contains_key("EciFailStrategy")
    }

    fn billed(&self, now: Instant) -> Duration {
        let from = self.billed_from;
        from.map_or(Duration::ZERO, |from| self.ended_at.unwrap_or(now).since(from))
    }
}

/// A world, and the model of it.
struct Trial {
    world: World,
    known: BTreeMap<String, Known>,
    /// Ids by age.
    ids: Vec<String>,
    /// The one change that an operation asks for by itself.
    asked: Option<State>,
}

impl Trial {
    fn new() -> Self {
        Self {
            world: World::recorded(settings()),
            known: BTreeMap::new(),
            ids: Vec::new(),
            asked: None,
        }
    }

    fn act(&mut self, letter: u8, number: u8) {
        let chosen = self.ids.get(usize::from(number) % self.ids.len().max(1)).cloned();
        match (letter, chosen) {
            (b'c', _) => self.create(number),
            (b't', Some(id)) => self.repeat(&id),
            (b'd' | b'D', Some(id)) => self.delete(&id, letter == b'D'),
            (b'r', Some(id)) => self.change(
                &id,
                Restarting,
                RestartContainerGroup {
                    container_group_id: id.clone(),
                    ..Default::default()
                },
            ),
            (b'u', Some(id)) => self.change(&id, Updating, update(&id)),
            (b's', Some(id)) => self.reclaim(&id),
            (b'x', Some(id)) => {
                let fault = Fault::ContainerExit {
                    group: id.into(),
                    container: "main".into(),
                    code: i32::from(number) - 128,
                };
                let _nothing_runs = self.world.fault(fault);
            }
            (b'p', _) => {
                // From a second to half a day.
                let seconds = 1_u64 << (number % 16);
                let events = self.world.advance(self.world.now() + Duration::from_secs(seconds));
                self.observe(events);
            }
            (b'n', _) => {
                let next = self.world.next_event_at().unwrap_or(self.world.now());
                let events = self.world.advance(next);
                self.observe(events);
            }
            (b'b', Some(id)) => self.wait_for_the_end(&id),
            (b'o' | b'O' | b'i' | b'I', _) => {
                let outcome = self.world.fault(match letter {
                    b'o' => Fault::StockOut(stock()),
                    b'O' => Fault::StockBack(stock()),
                    b'i' => Fault::ImageGone {
                        image: "shop/main".into(),
                    },
                    _ => Fault::ImageBack {
                        image: "shop/main".into(),
                    },
                });
                assert_eq!(outcome, Ok(()), "always possible");
            }
            (b'z', _) => self.world.close_spot(stock()),
            (b'Z', _) => self.world.open_spot(&stock()),
            _ => {}
        }
        // What an operation does at once comes out without time.
        let events = self.world.advance(self.world.now());
        self.observe(events);
        self.asked = None;
    }

    fn create(&mut self, kind: u8) {
        let request = request(kind, self.ids.len());
        if let Ok(Answer::CreateContainerGroup(answer)) = self.world.apply(&request.clone().into()) {
            let id = answer.container_group_id.unwrap_or_default();
            let known = Known {
                request,
                state: Scheduling,
                created_at: self.world.now(),
                deleting: false,
                gone: false,
                noticed_at: None,
                billed_from: None,
                ended_at: None,
            };
            assert!(self.known.insert(id.clone(), known).is_none(), "{id} is given twice");
            self.ids.push(id);
        }
    }

    /// The same request with the same token makes nothing and gives the same id, also when the group is gone.
    fn repeat(&mut self, id: &str) {
        let Some(known) = self.known.get(id) else { return };
        match self.world.apply(&known.request.clone().into()) {
            Ok(Answer::CreateContainerGroup(answer)) => assert_eq!(answer.container_group_id.as_deref(), Some(id)),
            other => panic!("{other:?}"),
        }
    }

    fn delete(&mut self, id: &str, force: bool) {
        let request = DeleteContainerGroup {
            container_group_id: id.to_owned(),
            force: Some(force),
            ..Default::default()
        };
        let answer = self.world.apply(&request.into());
        let Some(known) = self.known.get_mut(id) else { return };
        assert_eq!(answer.is_ok(), !known.gone, "{id}: {answer:?}");
        known.deleting = true;
    }

    /// A restart or an update: in Pending and Running only (RestartContainerGroup, 2025-10-17).
    fn change(&mut self, id: &str, into: State, operation: impl Into<Operation>) {
        let Some(known) = self.known.get(id) else { return };
        let possible = matches!(known.state, Pending | Running) && !known.deleting && !known.gone;
        self.asked = possible.then_some(into);
        let answer = self.world.apply(&operation.into());
        assert_eq!(answer.is_ok(), possible, "{id} in {}: {answer:?}", known.state);
        let events = self.world.advance(self.world.now());
        self.observe(events);
        if let (true, Some(known)) = (possible, self.known.get(id)) {
            assert_eq!(known.state, into, "{id}");
        }
    }

    fn reclaim(&mut self, id: &str) {
        let Some(known) = self.known.get(id) else { return };
        let holds = known.billed_from.is_some() && known.ended_at.is_none() && !known.deleting && !known.gone;
        let outcome = self.world.fault(Fault::SpotReclaim { group: id.into() });
        assert_eq!(outcome.is_ok(), holds && known.is_spot(), "{id}: {outcome:?}");
    }

    fn wait_for_the_end(&mut self, id: &str) {
        let Some(known) = self.known.get(id) else { return };
        let end = match known.noticed_at {
            Some(noticed) => noticed + NOTICE,
            None => known.billed_from.unwrap_or(self.world.now()) + DEADLINE,
        };
        let before = Instant::from_millis(end.millis().saturating_sub(1000));
        let events = self.world.advance(before);
        self.observe(events);
    }

    /// Takes in what happened.
    fn observe(&mut self, events: Vec<Event>) {
        for event in events {
            let Some(known) = self.known.get_mut(&*event.group) else {
                panic!("{event:?} of nothing");
            };
            assert!(!known.gone, "{event:?} after the end");
            match event.what {
                Happening::State(state) => known.enter(state, event.at, self.asked),
                Happening::Reported {
                    reason: "SpotToBeReleased",
                    ..
                } => {
                    assert!(known.is_spot());
                    known.noticed_at = known.noticed_at.or(Some(event.at));
                }
                Happening::Gone => {
                    let kept = known.ended_at.map(|ended| event.at.since(ended));
                    let shortest = Duration::from_secs(3600);
                    assert!(known.deleting || kept.is_some_and(|kept| kept >= shortest), "{event:?}");
                    known.gone = true;
                }
                _ => {}
            }
        }
    }

    /// The world shows what the model knows.
    fn compare(&mut self) {
        let now = self.world.now();
        let mut vcpu = 0;
        for (id, known) in &self.known {
            let shown = self.world.container_group(id);
            assert_eq!(shown.is_none(), known.gone, "{id}");
            let Some(shown) = shown else { continue };
            assert_eq!(shown.status.as_deref(), Some(known.state.name()), "{id}");
            assert_eq!(self.world.billed(id), Some(known.billed(now)), "{id}");
            assert_eq!(shown.intranet_ip.is_some(), known.billed_from.is_some(), "{id}");
            vcpu += if known.ended_at.is_none() { 2 } else { 0 };
        }
        let Ok(Answer::ListUsage(usage)) = self.world.apply(&ListUsage::default().into()) else {
            panic!("it never fails");
        };
        assert_eq!(usage.attributes["UsedCpu"].to_string(), vcpu.to_string());
    }

    /// What is saved and loaded is the same world, with the same history.
    fn replay(&self) {
        let mut file = Vec::new();
        let saved = self.world.save().and_then(|saved| saved.write_to(&mut file));
        assert!(saved.is_ok(), "{saved:?}");
        let again = Saved::read_from(&*file).and_then(|saved| World::load(settings(), &saved));
        match again {
            Ok(again) => {
                assert_eq!(again.fingerprint(), self.world.fingerprint());
                assert_eq!(again.journal().fingerprint(), self.world.journal().fingerprint());
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// After everything is deleted nothing is left.
    fn end(&mut self) {
        for id in self.ids.clone() {
            self.delete(&id, false);
        }
        let events = self.world.advance(self.world.now() + Duration::from_secs(49 * 3600));
        self.observe(events);
        self.compare();
        assert_eq!(self.world.group_ids().count(), 0);
    }
}

impl Known {
    fn enter(&mut self, state: State, at: Instant, asked: Option<State>) {
        if state == Scheduling {
            assert_eq!((self.state, self.created_at), (Scheduling, at));
            return;
        }
        let change = (self.state, state);
        assert!(CHANGES.contains(&change), "{change:?}");
        match state {
            ScheduleFailed => assert!(self.fails_fast()),
            Terminating => assert!(self.deleting && self.has_hook()),
            Restarting | Updating => assert_eq!(asked, Some(state)),
            Expired => {
                // Three minutes after the notice (Create a preemptible instance, 2024-11-19).
                let noticed = self.noticed_at.map(|noticed| at.since(noticed));
                assert!(
                    self.is_spot() && noticed >= Some(Duration::from_secs(180)),
                    "{noticed:?}"
                );
            }
            Pending => self.billed_from = self.billed_from.or(Some(at)),
            _ => {}
        }
        assert!(!self.deleting || state == Terminating, "{change:?} of a deleted group");
        self.state = state;
        if matches!(state, Succeeded | Failed | Expired | ScheduleFailed) {
            self.ended_at = Some(at);
        }
    }
}
