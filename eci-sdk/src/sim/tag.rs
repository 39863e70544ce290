//! Tags on what the world holds.

use eci_model::api::{ListTagResources, ListTagResourcesAnswer, Tag, TagResources, TaggedResource, UntagResources};

use super::list::{page_size, place};
use super::world::World;
use crate::backend::BackendError;

/// Tags that one resource can have (API schema, 2024-06-24).
const MOST: usize = 20;
/// Tags on one page. Assumed: no page says it.
const PAGE: usize = 50;

impl World {
    /// Puts tags on resources; a key that is there gets the new value. Either all are tagged or none.
    pub(super) fn tag(&mut self, request: &TagResources) -> Result<(), BackendError> {
        for id in &request.resource_id {
            let tags = self.tags_of(&request.resource_type, id)?;
            let new = request
                .tag
                .iter()
                .filter(|tag| tags.iter().all(|known| known.key != tag.key));
            if tags.len() + new.count() > MOST {
                let message = format!("{id} would have more than {MOST} tags");
                return Err(BackendError::of_code("QuotaExceeded", 403, message));
            }
        }
        for id in &request.resource_id {
            let tags = self.tags_of(&request.resource_type, id)?;
            for tag in &request.tag {
                match tags.iter_mut().find(|known| known.key == tag.key) {
                    Some(known) => known.value.clone_from(&tag.value),
                    None => tags.push(tag.clone()),
                }
            }
        }
        Ok(())
    }

    /// Takes tags off resources: the named keys, or all when it says so and names none.
    pub(super) fn untag(&mut self, request: &UntagResources) -> Result<(), BackendError> {
        for id in &request.resource_id {
            self.tags_of(&request.resource_type, id)?;
        }
        let all = request.tag_key.is_empty() && request.all == Some(true);
        for id in &request.resource_id {
            let tags = self.tags_of(&request.resource_type, id)?;
            tags.retain(|tag| !all && !tag.key.as_ref().is_some_and(|key| request.tag_key.contains(key)));
        }
        Ok(())
    }

    /// Tags of the named resources, or of all of the type that have the given ones.
    pub(super) fn list_tags(&mut self, request: &ListTagResources) -> Result<ListTagResourcesAnswer, BackendError> {
        let from = place(request.next_token.as_deref())?;
        let limit = request.limit.as_deref().and_then(|limit| limit.parse().ok());
        let size = page_size(limit, PAGE, PAGE);
        let mut rows = Vec::new();
        for (id, tags) in self.tagged(&request.resource_type)? {
            let named = request.resource_id.is_empty() || request.resource_id.iter().any(|wanted| **wanted == *id);
            if !named || !request.tag.iter().all(|tag| tags.contains(tag)) {
                continue;
            }
            rows.extend(tags.iter().map(|tag| TaggedResource {
                resource_id: Some(id.to_owned()),
                resource_type: Some(request.resource_type.clone()),
                tag_key: tag.key.clone(),
                tag_value: tag.value.clone(),
            }));
        }
        let next_token = (rows.len() > from + size).then(|| (from + size).to_string());
        Ok(ListTagResourcesAnswer {
            tag_resources: rows.into_iter().skip(from).take(size).collect(),
            next_token,
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    fn tags_of(&mut self, kind: &str, id: &str) -> Result<&mut Vec<Tag>, BackendError> {
        let tags = match kind {
            "ContainerGroup" => {
                let key = self.key(id);
                let group = key.and_then(|key| self.group_mut(key));
                group.map(|group| &mut group.tags)
            }
            "ImageCache" => self.image_caches.find_mut(id).map(|kept| &mut kept.tags),
            "DataCache" => self.data_caches.find_mut(id).map(|kept| &mut kept.tags),
            "VirtualNode" => self.virtual_nodes.find_mut(id).map(|kept| &mut kept.tags),
            _ => return Err(no_type(kind)),
        };
        tags.ok_or_else(|| {
            let message = format!("there is no {kind} {id}");
            BackendError::of_code("InvalidParameter.NotFound", 404, message)
        })
    }

    fn tagged(&self, kind: &str) -> Result<Vec<(&str, &[Tag])>, BackendError> {
        match kind {
            "ContainerGroup" => {
                let held = self.groups.iter().flatten();
                Ok(held.map(|group| (&*group.id, &*group.tags)).collect())
            }
            "ImageCache" => Ok(self.image_caches.iter().map(|kept| (&*kept.id, &*kept.tags)).collect()),
            "DataCache" => Ok(self.data_caches.iter().map(|kept| (&*kept.id, &*kept.tags)).collect()),
            "VirtualNode" => Ok(self.virtual_nodes.iter().map(|kept| (&*kept.id, &*kept.tags)).collect()),
            _ => Err(no_type(kind)),
        }
    }
}

fn no_type(kind: &str) -> BackendError {
    let message = format!("`{kind}` is no type of resource that has tags");
    BackendError::of_code("InvalidParameter.ResourceType", 400, message)
}
