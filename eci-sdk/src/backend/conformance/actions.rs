//! All actions alike: what is offered, what is not, and what errors say.

use eci_model::api::errors::error_code;
use eci_model::api::{Action, CreateContainerGroup, DescribeContainerGroups, Idempotency, Operation};

use super::{Violation, create, delete, found, with_token};
use crate::backend::{Backend, Class, Pages};

/// What `supports` denies is answered with [`Class::Unsupported`].
///
/// # Errors
/// A [`Violation`].
pub async fn denied_actions_answer_unsupported(backend: &dyn Backend) -> Result<(), Violation> {
    const FACT: &str = "an action that is not supported is answered with Unsupported";
    for action in Action::ALL.iter().filter(|action| !backend.supports(**action)) {
        match backend.call(&Operation::empty(*action)).await {
            Err(error) if error.class == Class::Unsupported => {}
            Err(error) => return Err(Violation::new(FACT, format!("{action}: {error}"))),
            Ok(_) => return Err(Violation::new(FACT, format!("{action} was answered"))),
        }
    }
    Ok(())
}

/// What `supports` promises is not answered with [`Class::Unsupported`] when it is asked for nothing, and answers are of the action that was
/// called. Nothing is made: a write without any value is refused.
///
/// # Errors
/// A [`Violation`].
pub async fn offered_actions_answer_in_their_own_type(backend: &dyn Backend) -> Result<(), Violation> {
    const FACT: &str = "an action that is supported answers in its own type";
    for action in Action::ALL.iter().filter(|action| backend.supports(**action)) {
        match backend.call(&Operation::empty(*action)).await {
            Ok(answer) if answer.action() == *action => {}
            Ok(answer) => {
                let found = format!("{action} was answered as {}", answer.action());
                return Err(Violation::new(FACT, found));
            }
            Err(error) if error.class == Class::Unsupported => {
                return Err(Violation::new(FACT, format!("{action}: {error}")));
            }
            Err(_) => {}
        }
    }
    Ok(())
}

/// Reads change nothing: the groups are the same after every read that is offered.
///
/// # Errors
/// A [`Violation`].
pub async fn reads_change_nothing(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    const FACT: &str = "reads change nothing";
    let request = with_token(example, "conformance-reads");
    let id = create(backend, &request, FACT).await?;
    let list = DescribeContainerGroups {
        region_id: request.region_id.clone(),
        ..Default::default()
    };
    let before = Pages::new(backend, list.clone()).all().await;
    let is_read = |action: &&Action| action.idempotency() == Idempotency::Read && backend.supports(**action);
    for action in Action::ALL.iter().filter(is_read) {
        // Whatever it answers to a request for nothing.
        let _ = backend.call(&Operation::empty(*action)).await;
    }
    let after = Pages::new(backend, list).all().await;
    delete(backend, &id, &request.region_id).await;
    let ids = |groups: Vec<eci_model::api::ContainerGroup>| {
        let mut ids: Vec<_> = groups
            .into_iter()
            .filter_map(|group| group.container_group_id)
            .collect();
        ids.sort_unstable();
        ids
    };
    let (before, after) = (ids(before.map_err(found(FACT))?), ids(after.map_err(found(FACT))?));
    match before == after {
        true => Ok(()),
        false => Err(Violation::new(FACT, format!("{after:?} after {before:?}"))),
    }
}

/// The class of an error is the one of its published code.
///
/// # Errors
/// A [`Violation`].
pub async fn errors_are_classed_by_their_code(backend: &dyn Backend) -> Result<(), Violation> {
    const FACT: &str = "errors are classed by their code";
    let nothing = Operation::empty(Action::CreateContainerGroup);
    let Err(error) = backend.call(&nothing).await else {
        return Err(Violation::new(FACT, "a request for nothing was accepted"));
    };
    if error.code.is_empty() {
        return Err(Violation::new(FACT, "an error has no code"));
    }
    match error_code(&error.code) {
        Some(known) if Class::from(known.retry) != error.class => {
            Err(Violation::new(FACT, format!("{} is {:?}", error.code, error.class)))
        }
        _ => Ok(()),
    }
}
