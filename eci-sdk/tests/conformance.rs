//! Every backend and every wrapper of this crate does what the conformance suite asks.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]
#![cfg(feature = "sim")]

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use eci_sdk::backend::{
    Backend, BackendError, CallFault, Faulty, RateLimited, RetryPolicy, Retrying, TokioClock, Traced, conformance,
};
use eci_sdk::model::api::{Action, Answer, Operation};
use eci_sdk::sim::{Simulator, World, WorldSettings};

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
        for shift in 0..3 {
            let fault = fault.clone();
            let every_third = move |number: u64, _: &_| (number + shift).is_multiple_of(3).then(|| fault.clone());
            let faulty = Faulty::new(Simulator::new(World::ideal())).with_rule(every_third);
            let clock = Arc::new(TokioClock::new());
            conforms(Retrying::new(faulty, RetryPolicy::default(), clock)).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn with_retries_the_published_rates_are_kept() {
    let simulator = Simulator::new(World::new(WorldSettings::default()));
    let clock = Arc::new(TokioClock::new());
    conforms(Retrying::new(simulator, RetryPolicy::default(), clock)).await;
}

/// What a backend may do wrong.
#[derive(Clone, Copy, Debug)]
enum Defect {
    DeniesWhatItAnswers,
    OffersWhatItHasNot,
    AnswersOfAnotherAction,
    ForgetsTokens,
    ComparesNoTokens,
    ListsNothing,
    ListsHalf,
    IgnoresLimits,
    EndsEarly,
    TakesAnyPageToken,
    DeletesNobody,
    ChangesNobody,
    MakesOnDryRuns,
    DeletesOnReads,
    ForgetsTags,
    ClassesNothing,
}

/// A simulator with a defect.
#[derive(Debug)]
struct Wrong(Simulator, Defect);

impl Wrong {
    /// What the simulator is asked instead.
    fn bent(&self, operation: &Operation) -> Operation {
        let mut operation = operation.clone();
        match (self.1, &mut operation) {
            (Defect::ForgetsTokens, operation) => drop(operation.set_client_token("")),
            (Defect::IgnoresLimits, Operation::DescribeContainerGroups(list)) => list.limit = None,
            (Defect::IgnoresLimits, Operation::DescribeImageCaches(list)) => list.limit = None,
            (Defect::TakesAnyPageToken, Operation::DescribeContainerGroups(list)) => list.next_token = None,
            (Defect::MakesOnDryRuns, Operation::CreateContainerGroup(create)) => create.dry_run = None,
            (Defect::ComparesNoTokens, Operation::CreateContainerGroup(create)) => {
                create.container_group_name = "conformance".to_owned();
            }
            _ => {}
        }
        operation
    }

    fn is_of_nobody(operation: &Operation) -> bool {
        let parameters = operation.to_parameters();
        parameters
            .iter()
            .any(|(name, value)| name == "ContainerGroupId" && value.starts_with("eci-0000"))
    }
}

#[async_trait]
impl Backend for Wrong {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        let action = operation.action();
        match (self.1, action) {
            (Defect::DeletesNobody, Action::DeleteContainerGroup)
            | (Defect::ChangesNobody, Action::UpdateContainerGroup)
                if Self::is_of_nobody(operation) =>
            {
                return Ok(Answer::empty(action));
            }
            (Defect::AnswersOfAnotherAction, Action::DescribeRegions) => return Ok(Answer::empty(Action::ListUsage)),
            (Defect::ForgetsTags, Action::TagResources) => return Ok(Answer::empty(action)),
            (Defect::DeletesOnReads, Action::DescribeRegions) => self.0.with_world(|world| {
                let ids: Vec<String> = world.group_ids().map(ToOwned::to_owned).collect();
                for container_group_id in ids {
                    let delete = eci_sdk::model::api::DeleteContainerGroup {
                        container_group_id,
                        ..Default::default()
                    };
                    world.apply(&delete.into()).expect("it is there");
                }
            }),
            _ => {}
        }
        let answer = self.0.call(&self.bent(operation)).await;
        match (self.1, answer) {
            (Defect::ListsNothing, Ok(Answer::DescribeContainerGroups(mut list))) => {
                list.container_groups.clear();
                Ok(list.into())
            }
            (Defect::ListsHalf, Ok(Answer::DescribeDataCaches(mut list))) if list.next_token.is_none() => {
                list.data_caches.clear();
                Ok(list.into())
            }
            (Defect::EndsEarly, Ok(Answer::DescribeContainerGroupStatus(mut list))) => {
                list.next_token = None;
                Ok(list.into())
            }
            (Defect::ClassesNothing, Err(error))
                if &*error.code == "MissingParameter.Container" || action == Action::CreateContainerGroup =>
            {
                Err(BackendError::new("Throttling", error.message))
            }
            (_, answer) => answer,
        }
    }

    fn supports(&self, action: Action) -> bool {
        match (self.1, action) {
            (Defect::DeniesWhatItAnswers, Action::DescribeRegions) => false,
            (Defect::OffersWhatItHasNot, Action::CreateInstanceOpsTask) => true,
            _ => self.0.supports(action),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.1)
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_backend_does_wrong_is_found() {
    let table = [
        (
            Defect::DeniesWhatItAnswers,
            "an action that is not supported is answered with Unsupported",
        ),
        (
            Defect::OffersWhatItHasNot,
            "an action that is supported answers in its own type",
        ),
        (
            Defect::AnswersOfAnotherAction,
            "an action that is supported answers in its own type",
        ),
        (Defect::ClassesNothing, "errors are classed by their code"),
        (Defect::ForgetsTokens, "a token makes one group"),
        (Defect::ComparesNoTokens, "a token with other parameters is refused"),
        (Defect::ListsNothing, "a created group is listed"),
        (Defect::DeletesNobody, "an unknown group cannot be deleted"),
        (Defect::ChangesNobody, "what does not exist cannot be changed"),
        (Defect::IgnoresLimits, "pages hold every group once"),
        (Defect::EndsEarly, "statuses are paged as groups are"),
        (Defect::TakesAnyPageToken, "pages hold every group once"),
        (Defect::MakesOnDryRuns, "a dry run makes nothing"),
        (Defect::DeletesOnReads, "reads change nothing"),
        (Defect::ForgetsTags, "tags are listed until they are taken off"),
        (Defect::ListsHalf, "pages hold every thing once"),
    ];
    for (defect, fact) in table {
        let backend = Wrong(Simulator::new(World::ideal()), defect);
        let outcome = conformance::all(&backend, &conformance::example(VSWITCH)).await;
        assert_eq!(outcome.map_err(|violation| violation.fact), Err(fact), "{defect:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_retries_a_lost_reply_is_told() {
    let faulty = Faulty::new(Simulator::new(World::ideal())).with_rule(|_, _| Some(CallFault::ReplyLost));
    let result = conformance::a_token_makes_one_group(&faulty, &conformance::example(VSWITCH)).await;
    assert!(result.is_err_and(|violation| violation.found.contains("the answer was lost")));
}
