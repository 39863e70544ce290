//! One container group for one pod, whatever happens on the way.

use eci_model::api::{
    Action, ContainerGroup, CreateContainerGroup, CreateContainerGroupAnswer, DescribeContainerGroups, Tag,
};
use eci_model::lifecycle::State;

use super::paged::Pages;
use super::{Backend, BackendError, BackendExt, Class, Reached};

/// How often a create whose fate is unknown is looked into before the caller is told.
const LOOKS: u32 = 3;

/// The tag that says which pod a group belongs to.
const POD: &str = "UID";

/// Creates a group, or finds the one that was created before.
///
/// How long the service remembers a token is not published, so the token alone is not trusted: what is there is looked at first. A list
/// may lag behind, so the list alone is not trusted either: the same token goes out every time.
pub(super) async fn ensure_created<B: Backend + ?Sized>(
    backend: &B,
    request: CreateContainerGroup,
) -> Result<CreateContainerGroupAnswer, BackendError> {
    if request.client_token.as_deref().is_none_or(str::is_empty) {
        let message = "a create without a client token cannot be repeated";
        return Err(BackendError::new("MissingParameter.ClientToken", message).reached(Reached::No));
    }
    let (mut looks, mut doubt) = (0, false);
    loop {
        // Without the list nothing is known of earlier tries, by whomever.
        let found = find(backend, &request).await;
        if let Some(answer) = found.map_err(|error| error.reached(Reached::Unknown))? {
            return Ok(answer);
        }
        let error = match backend.send(request.clone()).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        looks += 1;
        // Somebody made it with another plan of the same pod, and the list did not show it yet.
        let made_otherwise = &*error.code == "IdempotentParameterMismatch";
        let passes = matches!(error.class, Class::RetrySame { .. });
        let open = error.reached == Reached::Unknown && passes;
        // A call that was not let through says nothing of earlier ones, which a list that lags does not show.
        doubt |= passes;
        if !(open || made_otherwise) || looks == LOOKS {
            return Err(if doubt { error.reached(Reached::Unknown) } else { error });
        }
    }
}

/// The group of the pod. The list is read to its end, since a part of it proves nothing. A creation that failed leaves a record behind
/// that is no group of the pod.
async fn find<B: Backend + ?Sized>(
    backend: &B,
    request: &CreateContainerGroup,
) -> Result<Option<CreateContainerGroupAnswer>, BackendError> {
    let of_pod = |tag: &&Tag| tag.key.as_deref() == Some(POD);
    let Some(tag) = request.tag.iter().find(of_pod) else {
        return Ok(None);
    };
    if !backend.supports(Action::DescribeContainerGroups) {
        return Ok(None);
    }
    let list = DescribeContainerGroups {
        region_id: request.region_id.clone(),
        tag: vec![tag.clone()],
        ..Default::default()
    };
    let groups = Pages::new(backend, list).all().await?;
    let is_made = |group: &&ContainerGroup| {
        group.tags.contains(tag) && group.status.as_deref() != Some(State::ScheduleFailed.name())
    };
    Ok(groups.iter().find(is_made).map(|group| CreateContainerGroupAnswer {
        container_group_id: group.container_group_id.clone(),
        ..Default::default()
    }))
}

#[cfg(all(test, feature = "sim"))]
mod tests {
    use std::sync::Arc;

    use super::super::{CallFault, Faulty, RetryPolicy, Retrying, TokioClock, conformance};
    use super::*;
    use crate::sim::{Simulator, World};

    fn request() -> CreateContainerGroup {
        let mut request = conformance::example("vsw-bp1xpiowfm5vo8o3c1h01");
        request.client_token = Some("u-1".into());
        request.tag = vec![Tag {
            key: Some("UID".into()),
            value: Some("u-1".into()),
        }];
        request
    }

    async fn groups(simulator: &Simulator) -> Option<usize> {
        let all = Pages::new(simulator, DescribeContainerGroups::default()).all().await;
        all.ok().map(|groups| groups.len())
    }

    #[tokio::test(start_paused = true)]
    async fn every_third_call_may_be_lost_and_there_is_one_group() {
        for shift in 0..3 {
            let simulator = Simulator::new(World::ideal());
            let lost = move |number: u64, _: &_| (number + shift).is_multiple_of(3).then_some(CallFault::ReplyLost);
            let faulty = Faulty::new(simulator.clone()).with_rule(lost);
            let backend = Retrying::new(faulty, RetryPolicy::default(), Arc::new(TokioClock::new()));
            let first = ensure_created(&backend, request()).await.expect("created");
            let second = ensure_created(&backend, request()).await.expect("found");
            assert_eq!(first.container_group_id, second.container_group_id);
            assert_eq!(groups(&simulator).await, Some(1));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_wrapper_that_retries_a_lost_reply_is_looked_into() {
        let simulator = Simulator::new(World::ideal());
        // The first call is the list, the second the create.
        let lost = |number: u64, _: &_| (number == 2).then_some(CallFault::ReplyLost);
        let backend = Faulty::new(simulator.clone()).with_rule(lost);
        let answer = ensure_created(&backend, request()).await.expect("found");
        assert!(answer.container_group_id.is_some());
        assert_eq!((groups(&simulator).await, backend.calls()), (Some(1), 3));
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_restart_with_another_plan_and_token_the_group_is_found() {
        let simulator = Simulator::new(World::ideal());
        let first = ensure_created(&simulator, request()).await.expect("created");
        let mut other = request();
        other.client_token = Some("forgotten".into());
        other.container_group_name.push_str("-renamed");
        let second = ensure_created(&simulator, other).await.expect("found");
        assert_eq!(first.container_group_id, second.container_group_id);
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_that_cannot_be_read_is_no_empty_list() {
        let simulator = Simulator::new(World::ideal());
        let backend = Faulty::new(simulator.clone()).with_rule(|_, _| Some(CallFault::GatewayPage));
        ensure_created(&backend, request()).await.expect_err("nothing is known");
        assert_eq!(groups(&simulator).await, Some(0));
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_lost_reply_a_list_that_cannot_be_read_leaves_the_group_unknown() {
        let simulator = Simulator::new(World::ideal());
        let fault = |number: u64, _: &_| match number {
            2 => Some(CallFault::ReplyLost),
            3 => Some(CallFault::Refused),
            _ => None,
        };
        let backend = Faulty::new(simulator.clone()).with_rule(fault);
        let error = ensure_created(&backend, request()).await.expect_err("not seen again");
        assert_eq!((error.reached, groups(&simulator).await), (Reached::Unknown, Some(1)));
    }

    #[tokio::test(start_paused = true)]
    async fn only_a_refusal_by_the_service_says_that_there_is_no_group() {
        for (fault, told) in [
            (CallFault::Refused, Reached::Unknown),
            (CallFault::Throttled { after: None }, Reached::Unknown),
        ] {
            let create = move |number: u64, _: &_| (number == 2).then(|| fault.clone());
            let backend = Faulty::new(Simulator::new(World::ideal())).with_rule(create);
            let error = ensure_created(&backend, request()).await.expect_err("refused");
            assert_eq!(error.reached, told);
        }
        let mut bad = request();
        bad.container.clear();
        let error = ensure_created(&Simulator::new(World::ideal()), bad)
            .await
            .expect_err("no container");
        assert_eq!(error.reached, Reached::Yes);
    }

    #[tokio::test(start_paused = true)]
    async fn a_create_without_a_token_is_not_sent() {
        let simulator = Simulator::new(World::ideal());
        let mut without = request();
        without.client_token = None;
        let error = ensure_created(&simulator, without).await.expect_err("refused");
        assert_eq!(error.reached, Reached::No);
    }
}
