//! Many seeds of bad days: replies get lost, calls come late, the client crashes in the middle of its calls and forgets everything,
//! groups are deleted and reclaimed, and the account never pays for a pod twice. What the seeds together must reach is listed, so that a
//! run that never gets to the hard part fails.
//!
//! Ten thousand seeds, or as many as `ECI_CASES` says.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]
#![cfg(feature = "sim")]

mod checks;
mod client;
mod dice;
mod pods;
mod wire;

use std::collections::BTreeSet;

use eci_sdk::model::lifecycle::State;

use client::Client;
use pods::Plans;

const STEPS: u32 = 18;

/// The changes of state that the seeds together make: these and no others.
const REACHED: &[(State, State)] = &[
    (State::Scheduling, State::Pending),
    (State::Scheduling, State::ScheduleFailed),
    (State::Pending, State::Running),
    (State::Pending, State::Restarting),
    (State::Pending, State::Updating),
    (State::Pending, State::Terminating),
    (State::Pending, State::Failed),
    (State::Pending, State::Expired),
    (State::Running, State::Restarting),
    (State::Running, State::Updating),
    (State::Running, State::Terminating),
    (State::Running, State::Succeeded),
    (State::Running, State::Failed),
    (State::Running, State::Expired),
    (State::Restarting, State::Pending),
    (State::Restarting, State::Failed),
    (State::Restarting, State::Expired),
    (State::Updating, State::Pending),
    (State::Updating, State::Failed),
    (State::Updating, State::Expired),
];

/// What must have happened besides, each at least once.
const SEEN: &[&str] = &[
    "a call was refused on its way",
    "a reply was lost",
    "a call was given up and came late",
    "a call was delivered twice",
    "a list was answered from the past",
    "a gateway answered",
    "the client crashed in the middle of a create",
    "the client crashed in the middle of a delete",
    "the client crashed while pods were wanted",
    "a create of unknown fate was settled",
    "a create came after its pod was gone",
    "a create was refused for the quota",
    "a creation failed and another one was tried",
    "a delete was repeated",
    "a pod waited for stock and ran",
    "a pod waited for an address and ran",
    "an image failed and came back",
    "a restarted pod ran again",
    "an updated pod ran again",
];

/// What seeds have reached.
#[derive(Default)]
struct Reached {
    changes: BTreeSet<(State, State)>,
    seen: BTreeSet<&'static str>,
}

/// Tells the seed that failed.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}", self.0);
        }
    }
}

fn run(seeds: impl Iterator<Item = u64>) -> Reached {
    let mut plans = Plans::new();
    let mut reached = Reached::default();
    for seed in seeds {
        let seed = Seed(seed);
        let mut client = Client::new(seed.0, &mut plans);
        for step in 1..=STEPS {
            client.step();
            if step % 6 == 0 {
                client.check();
            }
        }
        client.check_money();
        client.end(seed.0.is_multiple_of(8));
        client
            .wire
            .with_world(|world| reached.changes.extend(world.transitions()));
        reached.seen.append(&mut client.wire.seen());
    }
    reached
}

#[test]
fn ten_thousand_seeds_pay_for_each_pod_at_most_once() {
    let seeds = std::env::var("ECI_CASES").ok().and_then(|cases| cases.parse().ok());
    let seeds = seeds.unwrap_or(10_000_u64);
    let workers = std::thread::available_parallelism().map_or(1, |count| count.get().min(8));
    let Reached { changes: reached, seen } = std::thread::scope(|scope| {
        let worker = |number: usize| scope.spawn(move || run((0..seeds).skip(number).step_by(workers)));
        let workers: Vec<_> = (0..workers).map(worker).collect();
        workers.into_iter().fold(Reached::default(), |mut all, worker| {
            let mut part = worker.join().expect("its seed is told above");
            all.changes.append(&mut part.changes);
            all.seen.append(&mut part.seen);
            all
        })
    });
    let expected: BTreeSet<_> = REACHED.iter().copied().collect();
    let names = |changes: &BTreeSet<(State, State)>, but: &BTreeSet<(State, State)>| {
        let others = changes.difference(but).map(|(from, to)| format!("{from} to {to}"));
        others.collect::<Vec<_>>()
    };
    assert_eq!(names(&expected, &reached), [""; 0], "never reached");
    assert_eq!(names(&reached, &expected), [""; 0], "reached and not listed");
    let missing: Vec<_> = SEEN.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
    let unlisted: Vec<_> = seen.iter().filter(|name| !SEEN.contains(name)).collect();
    assert!(unlisted.is_empty(), "seen and not listed: {unlisted:?}");
}

#[test]
fn the_same_seed_gives_the_same_journal_on_every_machine() {
    let mut plans = Plans::new();
    let mut client = Client::new(42, &mut plans);
    for _ in 0..200 {
        client.step();
    }
    let journal = client.wire.with_world(|world| world.journal().fingerprint());
    assert_eq!(journal, "64b275df13b7c8ff");
}
