//! Image caches.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::event::Event;
use super::group_parts::{AcrRegistryInfo, AcrRegistryInfoUpdate, ImageRegistryCredential};
use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{CommaList, Extra};

/// Builds an image cache: a snapshot that holds pulled images.
///
/// The request of [`Action::CreateImageCache`](crate::api::Action::CreateImageCache).
///
/// # Example
/// ```
/// use eci_model::api::{CreateImageCache, ImageRegistryCredential, Operation};
///
/// let request = CreateImageCache {
///     region_id: "cn-hangzhou".into(),
///     image_cache_name: "web".into(),
///     image: vec!["registry.example.com/web:1".into()],
///     image_registry_credential: vec![ImageRegistryCredential {
///         server: Some("registry.example.com".into()),
///         user_name: Some("robot".into()),
///         password: Some("hunter2".into()),
///     }],
///     ..Default::default()
/// };
/// assert!(!Operation::from(request).to_string().contains("hunter2"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateImageCache {
    /// The images. Required. At most 101 items (metadata).
    pub image: Vec<String>,
    /// The name of the image cache. Required.
    pub image_cache_name: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Instances of the container registry that need no password. At most 21 items (metadata).
    pub acr_registry_info: Vec<AcrRegistryInfo>,
    /// Annotations, a JSON object as text.
    pub annotations: Option<String>,
    /// Whether a cache that fits is used to build this one. Off by default.
    pub auto_match_image_cache: Option<bool>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The id of an EIP to use.
    pub eip_instance_id: Option<String>,
    /// Which caches go when the quota is used up; none if empty. Only `LRU`.
    pub elimination_strategy: Option<String>,
    /// Whether a local snapshot serves the cache until the regular one is ready. Off by default.
    pub flash: Option<bool>,
    /// How many copies of the flash snapshot.
    pub flash_copy_count: Option<i32>,
    /// The size of the image cache, in GiB. Default 20.
    pub image_cache_size: Option<i32>,
    /// How to log in to registries. At most 11 items (metadata).
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// Registries whose certificates are not checked.
    pub insecure_registry: Option<CommaList>,
    /// The operating system of the images. `Linux` or `Windows`. Default `Linux`. Known to the Go SDK of 2025-06 only.
    pub os_type: Option<String>,
    /// Registries that are asked over HTTP.
    pub plain_http_registry: Option<CommaList>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// How long the cache is kept, for ever if absent, in days.
    pub retention_days: Option<i32>,
    /// The security group.
    pub security_group_id: Option<String>,
    /// How many copies of the plain snapshot.
    pub standard_copy_count: Option<i32>,
    /// Tags. At most 20 items.
    pub tag: Vec<Tag>,
    /// At most 10 vSwitches for the group that builds the cache.
    pub vswitch_id: Option<CommaList>,
    /// The zone, such as `cn-hangzhou-h`.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    CreateImageCache + extra {
        image = "Image".required().items(101),
        image_cache_name = "ImageCacheName".required(),
        region_id = "RegionId".required(),
        acr_registry_info = "AcrRegistryInfo".items(21),
        annotations = "Annotations",
        auto_match_image_cache = "AutoMatchImageCache",
        client_token = "ClientToken",
        eip_instance_id = "EipInstanceId",
        elimination_strategy = "EliminationStrategy".values(&["LRU"]),
        flash = "Flash",
        flash_copy_count = "FlashCopyCount",
        image_cache_size = "ImageCacheSize",
        image_registry_credential = "ImageRegistryCredential".items(11),
        insecure_registry = "InsecureRegistry",
        os_type = "OsType".values(&["Linux", "Windows"]),
        plain_http_registry = "PlainHttpRegistry",
        resource_group_id = "ResourceGroupId",
        retention_days = "RetentionDays",
        security_group_id = "SecurityGroupId",
        standard_copy_count = "StandardCopyCount",
        tag = "Tag".items(20),
        vswitch_id = "VSwitchId",
        zone_id = "ZoneId",
    }
}

/// The answer to [`CreateImageCache`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateImageCacheAnswer {
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// The id of the image cache.
    pub image_cache_id: Option<String>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    CreateImageCacheAnswer + extra {
        container_group_id = "ContainerGroupId",
        image_cache_id = "ImageCacheId",
        request_id = "RequestId",
    }
}

/// Changes an image cache that is Ready or UpdateFailed.
///
/// The request of [`Action::UpdateImageCache`](crate::api::Action::UpdateImageCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateImageCache {
    /// The id of the image cache. Required.
    pub image_cache_id: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Instances of the container registry that need no password. At most 21 items (metadata).
    pub acr_registry_info: Vec<AcrRegistryInfoUpdate>,
    /// Whether a cache that fits is used to build this one. Off by default.
    pub auto_match_image_cache: Option<bool>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The id of an EIP to use.
    pub eip_instance_id: Option<String>,
    /// Which caches go when the quota is used up; none if empty. Only `LRU`.
    pub elimination_strategy: Option<String>,
    /// Whether a local snapshot serves the cache until the regular one is ready. Off by default.
    pub flash: Option<bool>,
    /// How many copies of the flash snapshot.
    pub flash_copy_count: Option<i32>,
    /// The images. At most 101 items (metadata).
    pub image: Vec<String>,
    /// The name of the image cache.
    pub image_cache_name: Option<String>,
    /// The size of the image cache, in GiB. Default 20.
    pub image_cache_size: Option<i32>,
    /// How to log in to registries. At most 11 items (metadata).
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// How long the cache is kept, for ever if absent, in days.
    pub retention_days: Option<i32>,
    /// The security group.
    pub security_group_id: Option<String>,
    /// How many copies of the plain snapshot.
    pub standard_copy_count: Option<i32>,
    /// Tags. At most 20 items.
    pub tag: Vec<Tag>,
    /// The vSwitch.
    pub vswitch_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    UpdateImageCache + extra {
        image_cache_id = "ImageCacheId".required(),
        region_id = "RegionId".required(),
        acr_registry_info = "AcrRegistryInfo".items(21),
        auto_match_image_cache = "AutoMatchImageCache",
        client_token = "ClientToken",
        eip_instance_id = "EipInstanceId",
        elimination_strategy = "EliminationStrategy".values(&["LRU"]),
        flash = "Flash",
        flash_copy_count = "FlashCopyCount",
        image = "Image".items(101),
        image_cache_name = "ImageCacheName",
        image_cache_size = "ImageCacheSize",
        image_registry_credential = "ImageRegistryCredential".items(11),
        resource_group_id = "ResourceGroupId",
        retention_days = "RetentionDays",
        security_group_id = "SecurityGroupId",
        standard_copy_count = "StandardCopyCount",
        tag = "Tag".items(20),
        vswitch_id = "VSwitchId",
    }
}

/// The answer to [`UpdateImageCache`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateImageCacheAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateImageCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// Deletes an image cache.
///
/// The request of [`Action::DeleteImageCache`](crate::api::Action::DeleteImageCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteImageCache {
    /// The id of the image cache. Required.
    pub image_cache_id: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DeleteImageCache + extra {
        image_cache_id = "ImageCacheId".required(),
        region_id = "RegionId".required(),
        client_token = "ClientToken",
    }
}

/// The answer to [`DeleteImageCache`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteImageCacheAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteImageCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// Reads image caches, or finds those that fit a set of images best.
///
/// The request of [`Action::DescribeImageCaches`](crate::api::Action::DescribeImageCaches).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeImageCaches {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Only caches that hold this image.
    pub image: Option<String>,
    /// The id of the image cache.
    pub image_cache_id: Option<String>,
    /// The name of the image cache.
    pub image_cache_name: Option<String>,
    /// Whether a cache must hold every image to match.
    pub image_full_match: Option<bool>,
    /// How many matching caches to answer.
    pub image_match_count_request: Option<i32>,
    /// How many items a page has.
    pub limit: Option<i32>,
    /// The images to match. At most 100 items.
    pub match_image: Vec<String>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The id of the snapshot.
    pub snapshot_id: Option<String>,
    /// Tags. At most 21 items (metadata).
    pub tag: Vec<Tag>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeImageCaches + extra {
        region_id = "RegionId".required(),
        image = "Image",
        image_cache_id = "ImageCacheId",
        image_cache_name = "ImageCacheName",
        image_full_match = "ImageFullMatch",
        image_match_count_request = "ImageMatchCountRequest",
        limit = "Limit",
        match_image = "MatchImage".items(100),
        next_token = "NextToken",
        resource_group_id = "ResourceGroupId",
        snapshot_id = "SnapshotId",
        tag = "Tag".items(21),
    }
}

/// The answer to [`DescribeImageCaches`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeImageCachesAnswer {
    /// The image caches.
    pub image_caches: Vec<ImageCache>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// How many there are in all.
    pub total_count: Option<i32>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeImageCachesAnswer + extra {
        image_caches = "ImageCaches",
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// An image cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageCache {
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// When it was created.
    pub creation_time: Option<String>,
    /// Which caches go when the quota is used up; none if empty.
    pub elimination_strategy: Option<String>,
    /// The latest events.
    pub events: Vec<Event>,
    /// When the cache expires.
    pub expire_date_time: Option<String>,
    /// The id of the flash snapshot.
    pub flash_snapshot_id: Option<String>,
    /// The id of the image cache.
    pub image_cache_id: Option<String>,
    /// The name of the image cache.
    pub image_cache_name: Option<String>,
    /// The size of the image cache in GiB.
    pub image_cache_size: Option<i32>,
    /// The images.
    pub images: Vec<String>,
    /// When the cache was used last.
    pub last_matched_time: Option<String>,
    /// How far the building is.
    pub progress: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The id of the snapshot.
    pub snapshot_id: Option<String>,
    /// The status. `Preparing`, `Creating`, `Ready`, `Failed`, `Updating` or `UpdateFailed`.
    pub status: Option<String>,
    /// Tags.
    pub tags: Vec<Tag>,
}

fields! {
    ImageCache {
        container_group_id = "ContainerGroupId",
        creation_time = "CreationTime",
        elimination_strategy = "EliminationStrategy",
        events = "Events",
        expire_date_time = "ExpireDateTime",
        flash_snapshot_id = "FlashSnapshotId",
        image_cache_id = "ImageCacheId",
        image_cache_name = "ImageCacheName",
        image_cache_size = "ImageCacheSize",
        images = "Images",
        last_matched_time = "LastMatchedTime",
        progress = "Progress",
        region_id = "RegionId",
        resource_group_id = "ResourceGroupId",
        snapshot_id = "SnapshotId",
        status = "Status".values(&["Preparing", "Creating", "Ready", "Failed", "Updating", "UpdateFailed"]),
        tags = "Tags",
    }
}
