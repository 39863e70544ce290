//! What every backend must do, as checks that anybody can run on theirs.
//!
//! Each function checks one fact, or the facts of one kind of thing, and says what was wrong. [`all`] runs them in order on a backend that
//! may create container groups, image caches, data caches and virtual nodes; run it on a simulator, a test account, or a backend of your
//! own. What a backend does not support is not asked for, except to see that it says so. What was made is deleted again.
//!
//! # Example
//! ```
//! use eci_sdk::backend::conformance;
//! use eci_sdk::sim::{Simulator, World};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?.block_on(async {
//! let backend = Simulator::new(World::ideal());
//! conformance::all(&backend, &conformance::example("vsw-bp1xpiowfm5vo8o3c1h01")).await?;
//! # Ok::<(), conformance::Violation>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod actions;
mod groups;
mod kinds;
mod shelves;
mod tags;

use eci_model::api::{Answer, Container, CreateContainerGroup, DeleteContainerGroup, Operation};

use super::{Backend, BackendError, Class, Reached};

pub use actions::{
    denied_actions_answer_unsupported, errors_are_classed_by_their_code, offered_actions_answer_in_their_own_type,
    reads_change_nothing,
};
pub use groups::{
    a_created_group_is_listed_until_it_is_deleted, a_deletion_can_be_repeated_with_its_token, a_dry_run_makes_nothing,
    a_token_makes_one_group, a_token_of_no_list_is_refused, a_token_with_other_parameters_is_refused,
    an_unknown_group_cannot_be_deleted, an_unknown_group_is_no_error_in_a_list, pages_hold_every_group_once,
    statuses_are_paged_as_groups_are, what_does_not_exist_cannot_be_changed,
};
pub use shelves::{data_caches, image_caches, virtual_nodes};
pub use tags::{every_list_refuses_a_token_of_none, tags_are_listed_until_they_are_taken_off};

/// A fact that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fact}: {found}")]
#[non_exhaustive]
pub struct Violation {
    /// The fact.
    pub fact: &'static str,
    /// What was found instead.
    pub found: String,
}

impl Violation {
    fn new(fact: &'static str, found: impl Into<String>) -> Self {
        Self {
            fact,
            found: found.into(),
        }
    }
}

/// Runs every check.
///
/// # Errors
/// The first [`Violation`].
pub async fn all(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    denied_actions_answer_unsupported(backend).await?;
    offered_actions_answer_in_their_own_type(backend).await?;
    errors_are_classed_by_their_code(backend).await?;
    a_token_makes_one_group(backend, example).await?;
    a_token_with_other_parameters_is_refused(backend, example).await?;
    a_created_group_is_listed_until_it_is_deleted(backend, example).await?;
    an_unknown_group_cannot_be_deleted(backend).await?;
    what_does_not_exist_cannot_be_changed(backend).await?;
    an_unknown_group_is_no_error_in_a_list(backend).await?;
    pages_hold_every_group_once(backend, example).await?;
    statuses_are_paged_as_groups_are(backend, example).await?;
    a_token_of_no_list_is_refused(backend).await?;
    every_list_refuses_a_token_of_none(backend).await?;
    a_deletion_can_be_repeated_with_its_token(backend, example).await?;
    a_dry_run_makes_nothing(backend, example).await?;
    reads_change_nothing(backend, example).await?;
    tags_are_listed_until_they_are_taken_off(backend, example).await?;
    image_caches(backend, example).await?;
    data_caches(backend, example).await?;
    virtual_nodes(backend, example).await
}

/// A request for plain tests: one container in one vSwitch.
pub fn example(vswitch: &str) -> CreateContainerGroup {
    CreateContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_name: "conformance".into(),
        vswitch_id: Some(vswitch.into()),
        container: vec![Container {
            name: "main".into(),
            image: "registry-vpc.cn-hangzhou.aliyuncs.com/eci_open/nginx:1.25".into(),
            ..Default::default()
        }],
        ..Default::default()
    }
}

fn with_token(example: &CreateContainerGroup, token: &str) -> CreateContainerGroup {
    CreateContainerGroup {
        client_token: Some(token.into()),
        ..example.clone()
    }
}

async fn create(
    backend: &dyn Backend,
    request: &CreateContainerGroup,
    fact: &'static str,
) -> Result<String, Violation> {
    match backend.call(&Operation::from(request.clone())).await {
        Ok(Answer::CreateContainerGroup(answer)) => answer
            .container_group_id
            .ok_or_else(|| Violation::new(fact, "the answer has no id")),
        Ok(other) => Err(Violation::new(
            fact,
            format!("answered with the answer of {}", other.action()),
        )),
        Err(error) => Err(Violation::new(fact, error.to_string())),
    }
}

/// Deletes a group; gives the error when that fails.
async fn delete(backend: &dyn Backend, id: &str, region: &str) -> Option<BackendError> {
    let request = DeleteContainerGroup {
        region_id: region.into(),
        container_group_id: id.into(),
        client_token: Some(format!("delete-{id}")),
        force: Some(true),
        ..Default::default()
    };
    backend.call(&request.into()).await.err()
}

/// Runs an operation whose effect is the same however often it happens, and runs it again where its answer was lost.
async fn insist(backend: &dyn Backend, operation: &Operation) -> Result<Answer, BackendError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match backend.call(operation).await {
            Err(error)
                if error.reached == Reached::Unknown && matches!(error.class, Class::RetrySame { .. }) && tries < 5 => {
            }
            answer => return answer,
        }
    }
}

fn found(fact: &'static str) -> impl Fn(BackendError) -> Violation {
    move |error| Violation::new(fact, error.to_string())
}
