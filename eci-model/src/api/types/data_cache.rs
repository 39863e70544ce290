//! Data caches.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use std::collections::BTreeMap;

use super::event::Event;
use super::tag::Tag;
use crate::api::Extra;
use crate::api::record::fields;
use crate::secret::Sensitive;

/// `CreateDataCache`.
///
/// The request of [`Action::CreateDataCache`](crate::api::Action::CreateDataCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateDataCache {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `Bucket`. Default `default`.
    pub bucket: Option<String>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `DataSource`.
    pub data_source: Option<DataSource>,
    /// `EipCreateParam`.
    pub eip_create_param: Option<EipCreateParam>,
    /// `EipInstanceId`.
    pub eip_instance_id: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `Path`.
    pub path: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RetentionDays`, in days.
    pub retention_days: Option<i32>,
    /// `SecurityGroupId`.
    pub security_group_id: Option<String>,
    /// `Size`, in GiB. Default 20.
    pub size: Option<i32>,
    /// `Tag`. At most 21 items.
    pub tag: Vec<Tag>,
    /// `VSwitchId`.
    pub vswitch_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    CreateDataCache + extra {
        region_id = "RegionId".required(),
        bucket = "Bucket",
        client_token = "ClientToken",
        data_source = "DataSource",
        eip_create_param = "EipCreateParam",
        eip_instance_id = "EipInstanceId",
        name = "Name",
        path = "Path",
        resource_group_id = "ResourceGroupId",
        retention_days = "RetentionDays",
        security_group_id = "SecurityGroupId",
        size = "Size",
        tag = "Tag".items(21),
        vswitch_id = "VSwitchId",
    }
}

/// The answer to [`CreateDataCache`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateDataCacheAnswer {
    /// `DataCacheId`.
    pub data_cache_id: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    CreateDataCacheAnswer + extra {
        data_cache_id = "DataCacheId",
        request_id = "RequestId",
    }
}

/// `UpdateDataCache`.
///
/// The request of [`Action::UpdateDataCache`](crate::api::Action::UpdateDataCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateDataCache {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `Bucket`. Default `default`.
    pub bucket: Option<String>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `DataCacheId`.
    pub data_cache_id: Option<String>,
    /// `DataSource`.
    pub data_source: Option<DataSource>,
    /// `EipCreateParam`.
    pub eip_create_param: Option<EipCreateParam>,
    /// `EipInstanceId`.
    pub eip_instance_id: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RetentionDays`, in days.
    pub retention_days: Option<i32>,
    /// `SecurityGroupId`.
    pub security_group_id: Option<String>,
    /// `Size`, in GiB. Default 20.
    pub size: Option<i32>,
    /// `Tag`. At most 21 items.
    pub tag: Vec<Tag>,
    /// `VSwitchId`.
    pub vswitch_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    UpdateDataCache + extra {
        region_id = "RegionId".required(),
        bucket = "Bucket",
        client_token = "ClientToken",
        data_cache_id = "DataCacheId",
        data_source = "DataSource",
        eip_create_param = "EipCreateParam",
        eip_instance_id = "EipInstanceId",
        name = "Name",
        resource_group_id = "ResourceGroupId",
        retention_days = "RetentionDays",
        security_group_id = "SecurityGroupId",
        size = "Size",
        tag = "Tag".items(21),
        vswitch_id = "VSwitchId",
    }
}

/// The answer to [`UpdateDataCache`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateDataCacheAnswer {
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateDataCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// `CopyDataCache`.
///
/// The request of [`Action::CopyDataCache`](crate::api::Action::CopyDataCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyDataCache {
    /// `DataCacheId`. Required.
    pub data_cache_id: String,
    /// `DestinationRegionId`. Required.
    pub destination_region_id: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `Bucket`.
    pub bucket: Option<String>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `Path`.
    pub path: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RetentionDays`.
    pub retention_days: Option<i32>,
    /// `Tag`. At most 21 items.
    pub tag: Vec<Tag>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    CopyDataCache + extra {
        data_cache_id = "DataCacheId".required(),
        destination_region_id = "DestinationRegionId".required(),
        region_id = "RegionId".required(),
        bucket = "Bucket",
        client_token = "ClientToken",
        name = "Name",
        path = "Path",
        resource_group_id = "ResourceGroupId",
        retention_days = "RetentionDays",
        tag = "Tag".items(21),
    }
}

/// The answer to [`CopyDataCache`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyDataCacheAnswer {
    /// `DataCacheId`.
    pub data_cache_id: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    CopyDataCacheAnswer + extra {
        data_cache_id = "DataCacheId",
        request_id = "RequestId",
    }
}

/// `DeleteDataCache`.
///
/// The request of [`Action::DeleteDataCache`](crate::api::Action::DeleteDataCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteDataCache {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `Bucket`.
    pub bucket: Option<String>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `DataCacheId`.
    pub data_cache_id: Option<String>,
    /// `Path`.
    pub path: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DeleteDataCache + extra {
        region_id = "RegionId".required(),
        bucket = "Bucket",
        client_token = "ClientToken",
        data_cache_id = "DataCacheId",
        path = "Path",
    }
}

/// The answer to [`DeleteDataCache`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteDataCacheAnswer {
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteDataCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// `DescribeDataCaches`.
///
/// The request of [`Action::DescribeDataCaches`](crate::api::Action::DescribeDataCaches).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeDataCaches {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `Bucket`. Default `default`.
    pub bucket: Option<String>,
    /// `DataCacheId`. At most 100 items.
    pub data_cache_id: Vec<String>,
    /// `Limit`. Default 20. From 1 to 20.
    pub limit: Option<i32>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `Path`.
    pub path: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `Tag`. At most 21 items.
    pub tag: Vec<Tag>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeDataCaches + extra {
        region_id = "RegionId".required(),
        bucket = "Bucket",
        data_cache_id = "DataCacheId".items(100),
        limit = "Limit".range(1, 20),
        next_token = "NextToken",
        path = "Path",
        resource_group_id = "ResourceGroupId",
        tag = "Tag".items(21),
    }
}

/// The answer to [`DescribeDataCaches`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeDataCachesAnswer {
    /// `DataCaches`.
    pub data_caches: Vec<DataCache>,
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
    DescribeDataCachesAnswer + extra {
        data_caches = "DataCaches",
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// `DataSource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSource {
    /// `Options`.
    pub options: BTreeMap<String, Sensitive<String>>,
    /// `Type`. `URL`, `NAS`, `OSS` or `SNAPSHOT`.
    pub type_: Option<String>,
}

fields! {
    DataSource {
        options = "Options",
        type_ = "Type".values(&["URL", "NAS", "OSS", "SNAPSHOT"]),
    }
}

/// `EipCreateParam`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EipCreateParam {
    /// `Bandwidth`, in Mbit/s. Default 5.
    pub bandwidth: Option<i32>,
    /// `CommonBandwidthPackage`.
    pub common_bandwidth_package: Option<String>,
    /// `ISP`. `BGP` or `BGP_PRO`. Default `BGP`.
    pub isp: Option<String>,
    /// `InternetChargeType`. `PayByBandwidth` or `PayByTraffic`.
    pub internet_charge_type: Option<String>,
    /// `PublicIpAddressPoolId`.
    pub public_ip_address_pool_id: Option<String>,
}

fields! {
    EipCreateParam {
        bandwidth = "Bandwidth",
        common_bandwidth_package = "CommonBandwidthPackage",
        isp = "ISP".values(&["BGP", "BGP_PRO"]),
        internet_charge_type = "InternetChargeType".values(&["PayByBandwidth", "PayByTraffic"]),
        public_ip_address_pool_id = "PublicIpAddressPoolId",
    }
}

/// `DataCache`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataCache {
    /// `Bucket`.
    pub bucket: Option<String>,
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `CreationTime`.
    pub creation_time: Option<String>,
    /// `DataCacheId`.
    pub data_cache_id: Option<String>,
    /// `DataSource`.
    pub data_source: Option<DataSourceInfo>,
    /// `Events`.
    pub events: Vec<Event>,
    /// `ExpireDateTime`.
    pub expire_date_time: Option<String>,
    /// `FlashSnapshotId`.
    pub flash_snapshot_id: Option<String>,
    /// `LastMatchedTime`.
    pub last_matched_time: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `Path`.
    pub path: Option<String>,
    /// `Progress`.
    pub progress: Option<String>,
    /// `RegionId`.
    pub region_id: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `Size`.
    pub size: Option<i32>,
    /// `SnapshotId`.
    pub snapshot_id: Option<String>,
    /// `Status`. `Loading`, `Creating`, `Available`, `Failed`, `Updating` or `UpdateFailed`.
    pub status: Option<String>,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

fields! {
    DataCache {
        bucket = "Bucket",
        container_group_id = "ContainerGroupId",
        creation_time = "CreationTime",
        data_cache_id = "DataCacheId",
        data_source = "DataSource",
        events = "Events",
        expire_date_time = "ExpireDateTime",
        flash_snapshot_id = "FlashSnapshotId",
        last_matched_time = "LastMatchedTime",
        name = "Name",
        path = "Path",
        progress = "Progress",
        region_id = "RegionId",
        resource_group_id = "ResourceGroupId",
        size = "Size",
        snapshot_id = "SnapshotId",
        status = "Status".values(&["Loading", "Creating", "Available", "Failed", "Updating", "UpdateFailed"]),
        tags = "Tags",
    }
}

/// `DataSourceInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSourceInfo {
    /// `Options`.
    pub options: Option<Sensitive<String>>,
    /// `Type`.
    pub type_: Option<String>,
}

fields! {
    DataSourceInfo {
        options = "Options",
        type_ = "Type",
    }
}
