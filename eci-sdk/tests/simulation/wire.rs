//! What lies between a client and the service: calls that are refused, lost, late, doubled or answered from the past.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::future::{Future, pending};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use eci_sdk::backend::{Backend, BackendError, Class, Clock, Reached};
use eci_sdk::model::api::{Action, Answer, Operation};
use eci_sdk::sim::World;

use crate::dice::Dice;
use crate::pods::{Kind, PODS, as_the_virtual_node_sends_it};

/// A world behind a bad wire.
pub(crate) struct Wire(Mutex<Inner>);

struct Inner {
    world: World,
    dice: Dice,
    kinds: [Kind; PODS],
    /// Whether the wire does what it should.
    is_good: bool,
    /// Calls that their sender has given up and that will arrive.
    late: Vec<Operation>,
    /// The answers of lists, for lists that lag.
    before: BTreeMap<String, Answer>,
    seen: BTreeSet<&'static str>,
}

impl Wire {
    pub(crate) fn new(world: World, dice: Dice, kinds: [Kind; PODS]) -> Self {
        Self(Mutex::new(Inner {
            world,
            dice,
            kinds,
            is_good: false,
            late: Vec::new(),
            before: BTreeMap::new(),
            seen: BTreeSet::new(),
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn with_world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.lock().world)
    }

    /// Lets time pass; it never runs back.
    pub(crate) fn pass(&self, span: Duration) {
        self.with_world(|world| {
            let before = world.now();
            let events = world.advance(before + span);
            assert!(events.iter().all(|event| event.at >= before), "time runs back");
            assert!(events.is_sorted_by_key(|event| event.at), "time runs back");
            assert_eq!(world.now(), before + span);
        });
    }

    /// What was given up arrives.
    pub(crate) fn deliver(&self) -> Vec<Operation> {
        let mut inner = self.lock();
        let late = std::mem::take(&mut inner.late);
        for operation in &late {
            let _nobody_waits_for_it = inner.world.apply(operation);
        }
        late
    }

    /// From now on nothing goes wrong.
    pub(crate) fn mend(&self) {
        self.lock().is_good = true;
    }

    pub(crate) fn saw(&self, what: &'static str) {
        self.lock().seen.insert(what);
    }

    pub(crate) fn seen(&self) -> BTreeSet<&'static str> {
        self.lock().seen.clone()
    }
}

/// What becomes of a call; nothing when the caller's program ends before it hears of it.
type Fate = Option<Result<Answer, BackendError>>;

impl Inner {
    fn carry(&mut self, operation: &Operation) -> Fate {
        let operation = &self.as_sent(operation);
        if self.is_good {
            return Some(self.world.apply(operation));
        }
        let write = operation.action() != Action::DescribeContainerGroups;
        let failed = |code: &str, reached| {
            let error = BackendError::new(code, "a bad day").class(Class::RetrySame { after: None });
            Some(Err(error.reached(reached)))
        };
        match self.dice.roll(16) {
            0 => {
                self.seen.insert("a call was refused on its way");
                failed("ConnectionRefused", Reached::No)
            }
            1 => {
                let _lost = self.world.apply(operation);
                self.seen.insert("a reply was lost");
                failed("Timeout", Reached::Unknown)
            }
            2 if write => {
                self.late.push(operation.clone());
                self.seen.insert("a call was given up and came late");
                failed("Timeout", Reached::Unknown)
            }
            3 if write => {
                let _first = self.world.apply(operation);
                self.seen.insert("a call was delivered twice");
                Some(self.world.apply(operation))
            }
            2 | 3 => match self.before.get(&operation.to_string()) {
                Some(past) => {
                    self.seen.insert("a list was answered from the past");
                    Some(Ok(past.clone()))
                }
                None => self.answered(operation),
            },
            4 => {
                self.seen.insert("a gateway answered");
                failed("BadGateway", Reached::Unknown)
            }
            5 if self.dice.roll(2) == 0 => {
                let _unheard = self.world.apply(operation);
                None
            }
            _ => self.answered(operation),
        }
    }

    fn answered(&mut self, operation: &Operation) -> Fate {
        let answer = self.world.apply(operation);
        if let (Ok(answer), Operation::DescribeContainerGroups(_)) = (&answer, operation) {
            self.before.insert(operation.to_string(), answer.clone());
        }
        Some(answer)
    }

    fn as_sent(&self, operation: &Operation) -> Operation {
        let Operation::CreateContainerGroup(request) = operation else {
            return operation.clone();
        };
        let kind = (0..PODS).find(|pod| request.container_group_name.ends_with(&format!("pod-{pod}")));
        let kind = self.kinds[kind.expect("a pod of the test")];
        as_the_virtual_node_sends_it(request, kind).into()
    }
}

#[async_trait]
impl Backend for Wire {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        let fate = self.lock().carry(operation);
        match fate {
            Some(answer) => answer,
            None => pending().await,
        }
    }

    fn supports(&self, action: Action) -> bool {
        self.with_world(|world| world.supports(action))
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("wire")
    }
}

/// The time of the world; waiting lets it pass.
#[derive(Debug)]
pub(crate) struct WorldClock(pub(crate) Arc<Wire>);

#[async_trait]
impl Clock for WorldClock {
    fn now(&self) -> Duration {
        self.0.with_world(|world| Duration::from_millis(world.now().millis()))
    }

    async fn sleep(&self, span: Duration) {
        self.0.pass(span);
    }
}

/// Runs a future to its end, or until the program that runs it crashes. Nothing in the test ever waits.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
