//! Tags, and what all lists have in common.

use eci_model::api::{
    Action, CreateContainerGroup, DescribeCommitContainerTask, DescribeContainerGroupStatus, DescribeContainerGroups,
    DescribeDataCaches, DescribeImageCaches, DescribeVirtualNodes, ListTagResources, Operation, Tag, TagResources,
    UntagResources,
};

use super::{Violation, create, delete, found, insist, with_token};
use crate::backend::{Backend, PagedRequest, Pages};

const GROUP: &str = "ContainerGroup";

/// Every list that comes in pages refuses a token that none of its pages gave: an empty page would look like the end.
///
/// # Errors
/// A [`Violation`].
pub async fn every_list_refuses_a_token_of_none(backend: &dyn Backend) -> Result<(), Violation> {
    refuses(backend, DescribeCommitContainerTask::default()).await?;
    refuses(backend, DescribeContainerGroups::default()).await?;
    refuses(backend, DescribeContainerGroupStatus::default()).await?;
    refuses(backend, DescribeDataCaches::default()).await?;
    refuses(backend, DescribeImageCaches::default()).await?;
    refuses(backend, DescribeVirtualNodes::default()).await?;
    let of_groups = ListTagResources {
        resource_type: GROUP.to_owned(),
        ..Default::default()
    };
    refuses(backend, of_groups).await
}

async fn refuses<R: PagedRequest>(backend: &dyn Backend, mut list: R) -> Result<(), Violation> {
    const FACT: &str = "every list refuses a token of none";
    if !backend.supports(R::ACTION) {
        return Ok(());
    }
    list.set_token("conformance: no such token".to_owned());
    match insist(backend, &list.into()).await {
        Err(_) => Ok(()),
        Ok(_) => Err(Violation::new(FACT, format!("{} answered", R::ACTION))),
    }
}

/// A tag is listed with its resource, once however often it was put on, until it is taken off.
///
/// # Errors
/// A [`Violation`].
pub async fn tags_are_listed_until_they_are_taken_off(
    backend: &dyn Backend,
    example: &CreateContainerGroup,
) -> Result<(), Violation> {
    const FACT: &str = "tags are listed until they are taken off";
    let needed = [Action::TagResources, Action::UntagResources, Action::ListTagResources];
    if !needed.into_iter().all(|action| backend.supports(action)) {
        return Ok(());
    }
    let request = with_token(example, "conformance-tags");
    let id = create(backend, &request, FACT).await?;
    let outcome = tagged(backend, &request.region_id, &id).await;
    delete(backend, &id, &request.region_id).await;
    match outcome.map_err(found(FACT))? {
        [1, 0] => Ok(()),
        [on, off] => Err(Violation::new(
            FACT,
            format!("listed {on} times, and {off} times after it was taken off"),
        )),
    }
}

/// How often a tag is listed that was put on twice, and how often once it was taken off.
async fn tagged(backend: &dyn Backend, region: &str, id: &str) -> Result<[usize; 2], crate::backend::BackendError> {
    let key = "conformance";
    let tag = TagResources {
        region_id: region.to_owned(),
        resource_type: GROUP.to_owned(),
        resource_id: vec![id.to_owned()],
        tag: vec![Tag {
            key: Some(key.to_owned()),
            value: Some("yes".to_owned()),
        }],
        ..Default::default()
    };
    let untag = UntagResources {
        region_id: region.to_owned(),
        resource_type: GROUP.to_owned(),
        resource_id: vec![id.to_owned()],
        tag_key: vec![key.to_owned()],
        ..Default::default()
    };
    let list = ListTagResources {
        region_id: region.to_owned(),
        resource_type: GROUP.to_owned(),
        resource_id: vec![id.to_owned()],
        ..Default::default()
    };
    let tag = Operation::from(tag);
    insist(backend, &tag).await?;
    insist(backend, &tag).await?;
    let mut counts = [0; 2];
    for count in &mut counts {
        let all = Pages::new(backend, list.clone()).all().await?;
        *count = all.iter().filter(|row| row.tag_key.as_deref() == Some(key)).count();
        insist(backend, &untag.clone().into()).await?;
    }
    Ok(counts)
}
