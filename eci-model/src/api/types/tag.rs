//! Tags.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;

/// A tag: up to twenty on an object, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// The key, not empty. It starts neither with `acs:` nor with `aliyun` and holds no `http://` or `https://`.
    pub key: Option<String>,
    /// The value, which may be empty. It does not start with `acs:` and holds no `http://` or `https://`.
    pub value: Option<String>,
}

fields! {
    Tag {
        key = "Key",
        value = "Value",
    }
}

/// Attaches tags.
///
/// The request of [`Action::TagResources`](crate::api::Action::TagResources).
///
/// # Example
/// ```
/// use eci_model::api::{Operation, Tag, TagResources};
///
/// let request = TagResources {
///     region_id: "cn-hangzhou".into(),
///     resource_type: "Pod".into(),
///     resource_id: vec!["eci-1".into()],
///     tag: vec![Tag {
///         key: Some("team".into()),
///         value: Some("shop".into()),
///     }],
///     ..Default::default()
/// };
/// let violations = Operation::from(request).check();
/// assert_eq!(violations[0].parameter, "ResourceType");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagResources {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The ids of the objects. Required. At most 100 items (metadata).
    pub resource_id: Vec<String>,
    /// The kind of the objects. Required. `ContainerGroup`, `ImageCache`, `DataCache` or `VirtualNode`.
    pub resource_type: String,
    /// Tags. Required. At most 20 items.
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
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    TagResourcesAnswer + extra {
        request_id = "RequestId",
    }
}

/// Detaches tags.
///
/// The request of [`Action::UntagResources`](crate::api::Action::UntagResources).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UntagResources {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The ids of the objects. Required. At most 100 items (metadata).
    pub resource_id: Vec<String>,
    /// The kind of the objects. Required. `ContainerGroup`, `ImageCache`, `DataCache` or `VirtualNode`.
    pub resource_type: String,
    /// Whether every tag goes, where no key is given. Off by default.
    pub all: Option<bool>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The keys to detach. At most 20 items.
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
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UntagResourcesAnswer + extra {
        request_id = "RequestId",
    }
}

/// Reads tags, page by page.
///
/// The request of [`Action::ListTagResources`](crate::api::Action::ListTagResources).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListTagResources {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The kind of the objects. Required. `ContainerGroup`, `ImageCache`, `DataCache` or `VirtualNode`.
    pub resource_type: String,
    /// How many tags a page has, a number as text.
    pub limit: Option<String>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The ids of the objects. At most 100 items (metadata).
    pub resource_id: Vec<String>,
    /// Tags. At most 100 items (metadata).
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
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// The tags.
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

/// A tag and the object it is on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaggedResource {
    /// The id of the object.
    pub resource_id: Option<String>,
    /// The kind of the object.
    pub resource_type: Option<String>,
    /// The key.
    pub tag_key: Option<String>,
    /// The value.
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
