//! Every backend and every wrapper of this crate does what the conformance suite asks.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]
#![cfg(feature = "sim")]

use std::sync::Arc;

use eci_sdk::backend::{
    Backend, CallFault, Faulty, RateLimited, RetryPolicy, Retrying, TokioClock, Traced, conformance,
};
use eci_sdk::sim::{Simulator, World};

const VSWITCH: &str = "vsw-bp1xpiowfm5vo8o3c1h01";

async fn conforms(backend: impl Backend) {
    let example = conformance::example(VSWITCH);
    let result = conformance::all(&backend, &example).await;
    assert_eq!(result, Ok(()), "{backend}");
}

#[tokio::test(start_paused = true)]
async fn the_simulator_conforms() {
    conforms(Simulator::new(World::ideal())).await;
}

#[tokio::test(start_paused = true)]
async fn a_shared_backend_conforms() {
    let shared: Arc<dyn Backend> = Arc::new(Simulator::new(World::ideal()));
    conforms(shared).await;
}

#[tokio::test(start_paused = true)]
async fn wrappers_conform() {
    let clock = Arc::new(TokioClock::new());
    let limited = RateLimited::new(Simulator::new(World::ideal()), clock.clone());
    let wrapped = Retrying::new(Traced::new(Faulty::new(limited)), RetryPolicy::default(), clock);
    assert_eq!(
        wrapped.to_string(),
        "retrying(traced(faulty(rate_limited(simulator(seed 0)))))"
    );
    conforms(wrapped).await;
}

#[tokio::test(start_paused = true)]
async fn with_retries_a_backend_with_bad_days_conforms() {
    for fault in [
        CallFault::ReplyLost,
        CallFault::Refused,
        CallFault::Throttled { after: None },
        CallFault::GatewayPage,
        CallFault::Twice,
    ] {
        let every_third = move |number: u64, _: &_| number.is_multiple_of(3).then(|| fault.clone());
        let faulty = Faulty::new(Simulator::new(World::ideal())).with_rule(every_third);
        conforms(Retrying::new(
            faulty,
            RetryPolicy::default(),
            Arc::new(TokioClock::new()),
        ))
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn without_retries_a_lost_reply_is_told() {
    let faulty = Faulty::new(Simulator::new(World::ideal())).with_rule(|_, _| Some(CallFault::ReplyLost));
    let result = conformance::a_token_makes_one_group(&faulty, &conformance::example(VSWITCH)).await;
    assert!(result.is_err_and(|violation| violation.found.contains("the answer was lost")));
}
