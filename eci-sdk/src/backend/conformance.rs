//! What every backend must do, as checks that anybody can run on theirs.
//!
//! Each function checks one fact and says what was wrong. [`all`] runs them in order on a backend that may create container groups; run
//! it on a simulator, a test account, or a backend of your own.

use eci_model::api::{
    Action, Answer, Container, CreateContainerGroup, DeleteContainerGroup, DescribeContainerGroups, JsonList, Operation,
};

use super::{Backend, BackendExt, Class};

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
    a_token_makes_one_group(backend, example).await?;
    a_token_with_other_parameters_is_refused(backend, example).await?;
    a_created_group_is_listed_until_it_is_deleted(backend, example).await?;
    an_unknown_group_cannot_be_deleted(backend).await
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

/// The same request with the same token twice makes one group.
///
/// # Errors
/// A [`Violation`].
pub async fn a_token_makes_one_group(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    const FACT: &str = "a token makes one group";
    let request = with_token(example, "conformance-one");
    let first = create(backend, &request, FACT).await?;
    let second = create(backend, &request, FACT).await?;
    delete(backend, &first, &request.region_id).await;
    if first == second {
        Ok(())
    } else {
        Err(Violation::new(FACT, format!("{first} and {second}")))
    }
}

/// A token that was used cannot be used for another request.
///
/// # Errors
/// A [`Violation`].
pub async fn a_token_with_other_parameters_is_refused(
    backend: &dyn Backend,
    example: &CreateContainerGroup,
) -> Result<(), Violation> {
    const FACT: &str = "a token with other parameters is refused";
    let request = with_token(example, "conformance-other");
    let first = create(backend, &request, FACT).await?;
    let mut other = request.clone();
    other.container_group_name.push_str("-other");
    let answer = backend.call(&Operation::from(other)).await;
    delete(backend, &first, &request.region_id).await;
    match answer {
        Err(error) if error.class == Class::Never => Ok(()),
        Err(error) => Err(Violation::new(FACT, error.to_string())),
        Ok(_) => Err(Violation::new(FACT, "it was accepted")),
    }
}

/// A group is in the list from its creation on, and a deletion is accepted.
///
/// # Errors
/// A [`Violation`].
pub async fn a_created_group_is_listed_until_it_is_deleted(
    backend: &dyn Backend,
    example: &CreateContainerGroup,
) -> Result<(), Violation> {
    const FACT: &str = "a created group is listed";
    let request = with_token(example, "conformance-listed");
    let id = create(backend, &request, FACT).await?;
    let list = DescribeContainerGroups {
        region_id: request.region_id.clone(),
        container_group_ids: Some(JsonList::from_iter([id.as_str()])),
        ..Default::default()
    };
    let answer = backend
        .send(list)
        .await
        .map_err(|error| Violation::new(FACT, error.to_string()))?;
    let listed = answer
        .container_groups
        .iter()
        .any(|group| group.container_group_id.as_deref() == Some(&id));
    let deletion = delete(backend, &id, &request.region_id).await;
    match deletion {
        Some(error) => Err(Violation::new("a group can be deleted", error.to_string())),
        None if listed => Ok(()),
        None => Err(Violation::new(FACT, format!("{id} is not in the list"))),
    }
}

/// Deleting what does not exist is an error, so that a wrong id cannot pass for success.
///
/// # Errors
/// A [`Violation`].
pub async fn an_unknown_group_cannot_be_deleted(backend: &dyn Backend) -> Result<(), Violation> {
    match delete(backend, "eci-00000000000000000000", "cn-hangzhou").await {
        Some(_) => Ok(()),
        None => Err(Violation::new(
            "an unknown group cannot be deleted",
            "the deletion was accepted",
        )),
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
async fn delete(backend: &dyn Backend, id: &str, region: &str) -> Option<super::BackendError> {
    let request = DeleteContainerGroup {
        region_id: region.into(),
        container_group_id: id.into(),
        client_token: Some(format!("delete-{id}")),
        force: Some(true),
        ..Default::default()
    };
    backend.call(&request.into()).await.err()
}
