//! Container groups: tokens, lists, deletions.

use eci_model::api::{
    Action, CreateContainerGroup, DescribeContainerGroupStatus, DescribeContainerGroups, JsonList, Operation,
    RestartContainerGroup, UpdateContainerGroup,
};

use super::{Violation, create, delete, found, with_token};
use crate::backend::{Backend, BackendExt, Class, Pages};

/// An id that no group has.
pub(super) const NOBODY: &str = "eci-00000000000000000000";

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
    let answer = backend.send(list).await.map_err(found(FACT))?;
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
    match delete(backend, NOBODY, "cn-hangzhou").await {
        Some(_) => Ok(()),
        None => Err(Violation::new(
            "an unknown group cannot be deleted",
            "the deletion was accepted",
        )),
    }
}

/// A list of ids that do not exist is empty, and no error: that is how a caller learns that a group is gone.
///
/// # Errors
/// A [`Violation`].
pub async fn an_unknown_group_is_no_error_in_a_list(backend: &dyn Backend) -> Result<(), Violation> {
    const FACT: &str = "an unknown group is no error in a list";
    let list = DescribeContainerGroups {
        region_id: "cn-hangzhou".into(),
        container_group_ids: Some(JsonList::from_iter([NOBODY])),
        ..Default::default()
    };
    match Pages::new(backend, list).all().await {
        Ok(groups) if groups.is_empty() => Ok(()),
        Ok(groups) => Err(Violation::new(FACT, format!("{} groups were listed", groups.len()))),
        Err(error) => Err(Violation::new(FACT, error.to_string())),
    }
}

/// Pages of one group each hold every group once, and the list ends.
///
/// # Errors
/// A [`Violation`].
pub async fn pages_hold_every_group_once(
    backend: &dyn Backend,
    example: &CreateContainerGroup,
) -> Result<(), Violation> {
    const FACT: &str = "pages hold every group once";
    let mut made = Vec::new();
    for number in 0..3 {
        let request = with_token(example, &format!("conformance-page-{number}"));
        made.push(create(backend, &request, FACT).await?);
    }
    let list = DescribeContainerGroups {
        region_id: example.region_id.clone(),
        limit: Some(1),
        container_group_ids: Some(made.iter().collect()),
        ..Default::default()
    };
    let mut pages = Pages::new(backend, list);
    let mut listed = Vec::new();
    let outcome = loop {
        match pages.next_page().await {
            Ok(Some(page)) if page.len() > 1 => break Err(format!("a page of one has {} groups", page.len())),
            Ok(Some(page)) => listed.extend(page.into_iter().filter_map(|group| group.container_group_id)),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error.to_string()),
        }
        if listed.len() > made.len() {
            break Err("the list does not end".to_owned());
        }
    };
    for id in &made {
        delete(backend, id, &example.region_id).await;
    }
    outcome.map_err(|found| Violation::new(FACT, found))?;
    listed.sort_unstable();
    made.sort_unstable();
    if listed == made {
        Ok(())
    } else {
        Err(Violation::new(FACT, format!("{listed:?} of {made:?}")))
    }
}

/// A token that no page gave is refused: an empty page would look like the end.
///
/// # Errors
/// A [`Violation`].
pub async fn a_token_of_no_list_is_refused(backend: &dyn Backend) -> Result<(), Violation> {
    let list = DescribeContainerGroups {
        region_id: "cn-hangzhou".into(),
        next_token: Some("conformance: no such token".into()),
        ..Default::default()
    };
    match backend.send(list).await {
        Err(_) => Ok(()),
        Ok(_) => Err(Violation::new("a token of no list is refused", "it was answered")),
    }
}

/// A deletion whose reply was lost can be sent again with its token.
///
/// # Errors
/// A [`Violation`].
pub async fn a_deletion_can_be_repeated_with_its_token(
    backend: &dyn Backend,
    example: &CreateContainerGroup,
) -> Result<(), Violation> {
    let request = with_token(example, "conformance-delete");
    let id = create(backend, &request, "a group can be created").await?;
    for fact in ["a group can be deleted", "a deletion can be repeated with its token"] {
        if let Some(error) = delete(backend, &id, &request.region_id).await {
            return Err(Violation::new(fact, error.to_string()));
        }
    }
    Ok(())
}

/// A passed dry run is answered with an error of the class [`Class::NotAFailure`], and makes nothing.
///
/// # Errors
/// A [`Violation`].
pub async fn a_dry_run_makes_nothing(backend: &dyn Backend, example: &CreateContainerGroup) -> Result<(), Violation> {
    const FACT: &str = "a dry run makes nothing";
    let mut request = with_token(example, "conformance-dry");
    request.container_group_name = "conformance-dry".into();
    request.dry_run = Some(true);
    match backend.call(&Operation::from(request.clone())).await {
        Err(error) if error.class == Class::NotAFailure => {}
        Err(error) => return Err(Violation::new(FACT, error.to_string())),
        Ok(_) => return Err(Violation::new(FACT, "it was answered as a creation")),
    }
    let list = DescribeContainerGroups {
        region_id: request.region_id,
        container_group_name: Some(request.container_group_name),
        ..Default::default()
    };
    let groups = Pages::new(backend, list).all().await;
    match groups.map_err(found(FACT))?.len() {
        0 => Ok(()),
        count => Err(Violation::new(FACT, format!("{count} groups were made"))),
    }
}

/// Restarting or updating what does not exist is an error.
///
/// # Errors
/// A [`Violation`].
pub async fn what_does_not_exist_cannot_be_changed(backend: &dyn Backend) -> Result<(), Violation> {
    let restart = RestartContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_id: NOBODY.into(),
        ..Default::default()
    };
    let update = UpdateContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_id: NOBODY.into(),
        restart_policy: Some("Never".into()),
        ..Default::default()
    };
    for operation in [Operation::from(restart), Operation::from(update)] {
        if backend.supports(operation.action()) && backend.call(&operation).await.is_ok() {
            let found = format!("{} was accepted", operation.action());
            return Err(Violation::new("what does not exist cannot be changed", found));
        }
    }
    Ok(())
}

/// Statuses come in pages too, each group once.
///
/// # Errors
/// A [`Violation`].
pub async fn statuses_are_paged_as_groups_are(
    backend: &dyn Backend,
    example: &CreateContainerGroup,
) -> Result<(), Violation> {
    const FACT: &str = "statuses are paged as groups are";
    if !backend.supports(Action::DescribeContainerGroupStatus) {
        return Ok(());
    }
    let mut made = Vec::new();
    for number in 0..3 {
        let request = with_token(example, &format!("conformance-status-{number}"));
        made.push(create(backend, &request, FACT).await?);
    }
    let list = DescribeContainerGroupStatus {
        region_id: example.region_id.clone(),
        limit: Some(1),
        container_group_ids: Some(made.iter().collect()),
        ..Default::default()
    };
    let listed = Pages::new(backend, list).all().await;
    for id in &made {
        delete(backend, id, &example.region_id).await;
    }
    let listed = listed.map_err(found(FACT))?;
    let mut listed: Vec<String> = listed
        .into_iter()
        .filter_map(|status| status.container_group_id)
        .collect();
    listed.sort_unstable();
    made.sort_unstable();
    match listed == made {
        true => Ok(()),
        false => Err(Violation::new(FACT, format!("{listed:?} of {made:?}"))),
    }
}
