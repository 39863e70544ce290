//! Image caches.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::event::Event;
use super::group_parts::{AcrRegistryInfo, AcrRegistryInfoUpdate, ImageRegistryCredential};
use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{CommaList, Extra};

/// `CreateImageCache`.
///
/// The request of [`Action::CreateImageCache`](crate::api::Action::CreateImageCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateImageCache {
    /// `Image`. Required. At most 101 items.
    pub image: Vec<String>,
    /// `ImageCacheName`. Required.
    pub image_cache_name: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `AcrRegistryInfo`. At most 21 items.
    pub acr_registry_info: Vec<AcrRegistryInfo>,
    /// `Annotations`.
    pub annotations: Option<String>,
    /// `AutoMatchImageCache`. Off by default.
    pub auto_match_image_cache: Option<bool>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `EipInstanceId`.
    pub eip_instance_id: Option<String>,
    /// `EliminationStrategy`. Only `LRU`.
    pub elimination_strategy: Option<String>,
    /// `Flash`. Off by default.
    pub flash: Option<bool>,
    /// `FlashCopyCount`.
    pub flash_copy_count: Option<i32>,
    /// `ImageCacheSize`, in GiB. Default 20.
    pub image_cache_size: Option<i32>,
    /// `ImageRegistryCredential`. At most 11 items.
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// `InsecureRegistry`.
    pub insecure_registry: Option<CommaList>,
    /// `OsType`. `Linux` or `Windows`. Default `Linux`. Known to the Go SDK of 2025-06 only.
    pub os_type: Option<String>,
    /// `PlainHttpRegistry`.
    pub plain_http_registry: Option<CommaList>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RetentionDays`, in days.
    pub retention_days: Option<i32>,
    /// `SecurityGroupId`.
    pub security_group_id: Option<String>,
    /// `StandardCopyCount`.
    pub standard_copy_count: Option<i32>,
    /// `Tag`. At most 20 items.
    pub tag: Vec<Tag>,
    /// `VSwitchId`.
    pub vswitch_id: Option<CommaList>,
    /// `ZoneId`.
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
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `ImageCacheId`.
    pub image_cache_id: Option<String>,
    /// `RequestId`.
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

/// `UpdateImageCache`.
///
/// The request of [`Action::UpdateImageCache`](crate::api::Action::UpdateImageCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateImageCache {
    /// `ImageCacheId`. Required.
    pub image_cache_id: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `AcrRegistryInfo`. At most 21 items.
    pub acr_registry_info: Vec<AcrRegistryInfoUpdate>,
    /// `AutoMatchImageCache`. Off by default.
    pub auto_match_image_cache: Option<bool>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `EipInstanceId`.
    pub eip_instance_id: Option<String>,
    /// `EliminationStrategy`. Only `LRU`.
    pub elimination_strategy: Option<String>,
    /// `Flash`. Off by default.
    pub flash: Option<bool>,
    /// `FlashCopyCount`.
    pub flash_copy_count: Option<i32>,
    /// `Image`. At most 101 items.
    pub image: Vec<String>,
    /// `ImageCacheName`.
    pub image_cache_name: Option<String>,
    /// `ImageCacheSize`, in GiB. Default 20.
    pub image_cache_size: Option<i32>,
    /// `ImageRegistryCredential`. At most 11 items.
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RetentionDays`, in days.
    pub retention_days: Option<i32>,
    /// `SecurityGroupId`.
    pub security_group_id: Option<String>,
    /// `StandardCopyCount`.
    pub standard_copy_count: Option<i32>,
    /// `Tag`. At most 20 items.
    pub tag: Vec<Tag>,
    /// `VSwitchId`.
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
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateImageCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// `DeleteImageCache`.
///
/// The request of [`Action::DeleteImageCache`](crate::api::Action::DeleteImageCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteImageCache {
    /// `ImageCacheId`. Required.
    pub image_cache_id: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ClientToken`.
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
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteImageCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// `DescribeImageCaches`.
///
/// The request of [`Action::DescribeImageCaches`](crate::api::Action::DescribeImageCaches).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeImageCaches {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `Image`.
    pub image: Option<String>,
    /// `ImageCacheId`.
    pub image_cache_id: Option<String>,
    /// `ImageCacheName`.
    pub image_cache_name: Option<String>,
    /// `ImageFullMatch`.
    pub image_full_match: Option<bool>,
    /// `ImageMatchCountRequest`.
    pub image_match_count_request: Option<i32>,
    /// `Limit`.
    pub limit: Option<i32>,
    /// `MatchImage`. At most 100 items.
    pub match_image: Vec<String>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `SnapshotId`.
    pub snapshot_id: Option<String>,
    /// `Tag`. At most 21 items.
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
    /// `ImageCaches`.
    pub image_caches: Vec<ImageCache>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// `TotalCount`.
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

/// `ImageCache`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageCache {
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `CreationTime`.
    pub creation_time: Option<String>,
    /// `EliminationStrategy`.
    pub elimination_strategy: Option<String>,
    /// `Events`.
    pub events: Vec<Event>,
    /// `ExpireDateTime`.
    pub expire_date_time: Option<String>,
    /// `FlashSnapshotId`.
    pub flash_snapshot_id: Option<String>,
    /// `ImageCacheId`.
    pub image_cache_id: Option<String>,
    /// `ImageCacheName`.
    pub image_cache_name: Option<String>,
    /// `ImageCacheSize`.
    pub image_cache_size: Option<i32>,
    /// `Images`.
    pub images: Vec<String>,
    /// `LastMatchedTime`.
    pub last_matched_time: Option<String>,
    /// `Progress`.
    pub progress: Option<String>,
    /// `RegionId`.
    pub region_id: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `SnapshotId`.
    pub snapshot_id: Option<String>,
    /// `Status`. `Preparing`, `Creating`, `Ready`, `Failed`, `Updating` or `UpdateFailed`.
    pub status: Option<String>,
    /// `Tags`.
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
