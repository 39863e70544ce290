//! Tags.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;

/// `Tag`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// `Key`.
    pub key: Option<String>,
    /// `Value`.
    pub value: Option<String>,
}

fields! {
    Tag {
        key = "Key",
        value = "Value",
    }
}

/// `TagResources`.
///
/// The request of [`Action::TagResources`](crate::api::Action::TagResources).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagResources {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ResourceId`. Required. At most 100 items.
    pub resource_id: Vec<String>,
    /// `ResourceType`. Required. `ContainerGroup`, `ImageCache`, `DataCache` or `VirtualNode`.
    pub resource_type: String,
    /// `Tag`. Required. At most 20 items.
    pub tag: Vec<Tag>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    TagResources + extra {
        region_id = "RegionId".required(),
        resource_id = "ResourceId".required().items(100),
        resource_type = "ResourceType".required().values(&["ContainerGroup", "ImageCache", "DataCache", "VirtualNode"]),
        tag = "Tag".required().items(20),
    }
}

/// The answer to [`TagResources`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagResourcesAnswer {
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    TagResourcesAnswer + extra {
        request_id = "RequestId",
    }
}

/// `UntagResources`.
///
/// The request of [`Action::UntagResources`](crate::api::Action::UntagResources).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UntagResources {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ResourceId`. Required. At most 100 items.
    pub resource_id: Vec<String>,
    /// `ResourceType`. Required. `ContainerGroup`, `ImageCache`, `DataCache` or `VirtualNode`.
    pub resource_type: String,
    /// `All`. Off by default.
    pub all: Option<bool>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `TagKey`. At most 20 items.
    pub tag_key: Vec<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    UntagResources + extra {
        region_id = "RegionId".required(),
        resource_id = "ResourceId".required().items(100),
        resource_type = "ResourceType".required().values(&["ContainerGroup", "ImageCache", "DataCache", "VirtualNode"]),
        all = "All",
        client_token = "ClientToken",
        tag_key = "TagKey".items(20),
    }
}

/// The answer to [`UntagResources`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UntagResourcesAnswer {
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UntagResourcesAnswer + extra {
        request_id = "RequestId",
    }
}

/// `ListTagResources`.
///
/// The request of [`Action::ListTagResources`](crate::api::Action::ListTagResources).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListTagResources {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ResourceType`. Required. `ContainerGroup`, `ImageCache`, `DataCache` or `VirtualNode`.
    pub resource_type: String,
    /// `Limit`.
    pub limit: Option<String>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `ResourceId`. At most 100 items.
    pub resource_id: Vec<String>,
    /// `Tag`. At most 100 items.
    pub tag: Vec<Tag>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    ListTagResources + extra {
        region_id = "RegionId".required(),
        resource_type = "ResourceType".required().values(&["ContainerGroup", "ImageCache", "DataCache", "VirtualNode"]),
        limit = "Limit",
        next_token = "NextToken",
        resource_id = "ResourceId".items(100),
        tag = "Tag".items(100),
    }
}

/// The answer to [`ListTagResources`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListTagResourcesAnswer {
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// `TagResources`.
    pub tag_resources: Vec<TaggedResource>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    ListTagResourcesAnswer + extra {
        next_token = "NextToken",
        request_id = "RequestId",
        tag_resources = "TagResources",
    }
}

/// `TaggedResource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaggedResource {
    /// `ResourceId`.
    pub resource_id: Option<String>,
    /// `ResourceType`.
    pub resource_type: Option<String>,
    /// `TagKey`.
    pub tag_key: Option<String>,
    /// `TagValue`.
    pub tag_value: Option<String>,
}

fields! {
    TaggedResource {
        resource_id = "ResourceId",
        resource_type = "ResourceType",
        tag_key = "TagKey",
        tag_value = "TagValue",
    }
}
