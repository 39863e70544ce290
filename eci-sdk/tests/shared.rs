//! What several callers share: clones of a simulator, wrappers around it, and the pod that they all want to create.
#![allow(clippy::expect_used, clippy::panic, reason = "tests say what they expect")]
#![cfg(feature = "sim")]

use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use eci_sdk::backend::{Backend, BackendError, BackendExt, CallFault, Clock, Faulty, RateLimited, conformance};
use eci_sdk::model::api::{Action, Answer, CreateContainerGroup, Operation};
use eci_sdk::sim::{Simulator, World};
use eci_sdk::{Cluster, Completion, Edition, Identity, Planner, Ready, Store};
use k8s_openapi::api::core::v1::Pod;

const THREADS: usize = 8;

/// Runs a future that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn create(token: usize) -> Operation {
    CreateContainerGroup {
        client_token: Some(format!("token-{token}")),
        ..conformance::example("vsw-bp1xpiowfm5vo8o3c1h01")
    }
    .into()
}

fn id(answer: Result<Answer, BackendError>) -> String {
    match answer {
        Ok(Answer::CreateContainerGroup(answer)) => answer.container_group_id.expect("an id"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn clones_of_a_simulator_make_one_group_for_one_token_and_time_never_runs_back() {
    const TOKENS: usize = 40;
    let simulator = Simulator::new(World::ideal());
    let made = thread::scope(|scope| {
        let caller = |number: usize| {
            let simulator = simulator.clone();
            scope.spawn(move || {
                let mut before = simulator.with_world(|world| world.now());
                let mut made = Vec::new();
                for step in 0..TOKENS {
                    // Every caller begins elsewhere, so that each token is first used by another one.
                    let token = (step + number * 5) % TOKENS;
                    made.push((token, id(now(simulator.call(&create(token))))));
                    let after = simulator.with_world(|world| world.now());
                    assert!(before <= after, "time runs back");
                    before = after;
                }
                made
            })
        };
        let callers: Vec<_> = (0..THREADS).map(caller).collect();
        let made = callers.into_iter().flat_map(|caller| caller.join().expect("it ends"));
        made.collect::<BTreeSet<(usize, String)>>()
    });
    assert_eq!(made.len(), TOKENS, "one id for each token: {made:?}");
    assert_eq!(simulator.with_world(|world| world.group_ids().count()), TOKENS);
}

/// Time that passes only while somebody waits.
#[derive(Debug, Default)]
struct Patience(Mutex<Duration>);

#[async_trait]
impl Clock for Patience {
    fn now(&self) -> Duration {
        *self.0.lock().expect("nobody panics")
    }

    async fn sleep(&self, span: Duration) {
        *self.0.lock().expect("nobody panics") += span;
    }
}

#[test]
fn callers_together_keep_the_published_rate_and_every_call_is_counted() {
    const CALLS: u64 = 60;
    let clock = Arc::new(Patience::default());
    let limited = RateLimited::new(Simulator::new(World::ideal()), clock.clone());
    let backend = Arc::new(Faulty::new(limited));
    let (passed, tokens) = (AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..CALLS {
                    let token = usize::try_from(tokens.fetch_add(1, Ordering::SeqCst)).expect("small");
                    id(now(backend.call(&create(token))));
                    // 100 at once and 20 a second (Limits, undated); the time may have gone on since the call was let through.
                    let count = passed.fetch_add(1, Ordering::SeqCst) + 1;
                    let allowed = 100 + clock.now().as_millis() * 20 / 1000 + 1;
                    assert!(u128::from(count) <= allowed, "{count} calls, {allowed} allowed");
                }
            });
        }
    });
    let all = CALLS * u64::try_from(THREADS).expect("few");
    assert_eq!((backend.calls(), passed.into_inner()), (all, all));
}

/// Lets somebody else go first at every call.
#[derive(Debug)]
struct Yielding(Arc<Faulty<Simulator>>);

#[async_trait]
impl Backend for Yielding {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        let yielded = AtomicBool::new(false);
        std::future::poll_fn(|_| match yielded.swap(true, Ordering::SeqCst) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
        self.0.call(operation).await
    }

    fn supports(&self, action: Action) -> bool {
        self.0.supports(action)
    }
}

impl fmt::Display for Yielding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "yielding({})", self.0)
    }
}

fn ready() -> Ready {
    let pod: Pod = serde_json::from_value(serde_json::json!({
        "metadata": {"name": "web", "namespace": "shop", "uid": "u-1"},
        "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]},
    }))
    .expect("a pod");
    let cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse().expect("a region"));
    let plan = Planner::new(cluster).plan(&pod).expect("planned");
    match Store::provisioning().complete("shop", plan.bind(Identity::of(&pod).expect("it has a uid"))) {
        Completion::Ready(ready) => ready,
        other => panic!("{other:?}"),
    }
}

/// Runs three creations of one pod in the order that the choices say, the first caller that has not ended where they say nothing. Gives how
/// many could have gone on at each step.
fn interleaved(ready: &Ready, choices: &[usize], lost: Option<u64>) -> Vec<usize> {
    let simulator = Simulator::new(World::ideal());
    let rule = move |number: u64, _: &_| (Some(number) == lost).then_some(CallFault::ReplyLost);
    let backend = Yielding(Arc::new(Faulty::new(simulator.clone()).with_rule(rule)));
    type Creation<'c> = Pin<Box<dyn Future<Output = Option<String>> + 'c>>;
    let creation = |_| -> Creation<'_> {
        // An answer that was lost leaves the caller in doubt, and nothing more than that.
        Box::pin(async { backend.ensure_created(ready.clone()).await.ok()?.container_group_id })
    };
    let mut running: Vec<Creation<'_>> = (0..3).map(creation).collect();
    let (mut widths, mut made) = (Vec::new(), BTreeSet::new());
    while !running.is_empty() {
        let choice = choices.get(widths.len()).copied().unwrap_or(0);
        widths.push(running.len());
        let step = running[choice].as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(id) = step {
            drop(running.remove(choice));
            made.extend(id);
        }
        let groups = simulator.with_world(|world| world.group_ids().count());
        assert!(groups <= 1, "{groups} groups of one pod after {choices:?}");
    }
    assert_eq!(
        made.len(),
        1,
        "every caller learns of the same group: {made:?} after {choices:?}"
    );
    widths
}

#[test]
fn callers_that_create_one_pod_in_any_order_make_one_group() {
    let ready = ready();
    for lost in [None, Some(1), Some(3), Some(4), Some(5), Some(6)] {
        let (mut choices, mut orders) = (Vec::new(), 0_u32);
        loop {
            let widths = interleaved(&ready, &choices, lost);
            orders += 1;
            // The next order: the last step that could have gone to a later caller does.
            choices.resize(widths.len(), 0);
            while choices
                .last()
                .is_some_and(|choice| choice + 1 >= widths[choices.len() - 1])
            {
                choices.pop();
            }
            match choices.last_mut() {
                Some(choice) => *choice += 1,
                None => break,
            }
        }
        assert!(orders > 100, "{orders} orders with the reply of {lost:?} lost");
    }
}
