//! Data caches.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use std::collections::BTreeMap;

use super::event::Event;
use super::tag::Tag;
use crate::api::Extra;
use crate::api::record::fields;
use crate::secret::Sensitive;

/// Builds a data cache from an address, a file system, a bucket or a snapshot.
///
/// The request of [`Action::CreateDataCache`](crate::api::Action::CreateDataCache).
///
/// # Example
/// ```
/// use eci_model::api::{CreateDataCache, DataSource, Operation};
///
/// let request = CreateDataCache {
///     region_id: "cn-hangzhou".into(),
///     path: Some("/model/qwen".into()),
///     data_source: Some(DataSource {
///         type_: Some("URL".into()),
///         options: [("repoId".to_owned(), "org/model".into())].into(),
///     }),
///     ..Default::default()
/// };
/// let parameters = Operation::from(request).to_parameters();
/// assert!(parameters.contains(&("DataSource.Options.#6#repoId".into(), "org/model".into())));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateDataCache {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The bucket, a name space for data caches. `eci-system` is reserved. Default `default`.
    pub bucket: Option<String>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// Where the data come from.
    pub data_source: Option<DataSource>,
    /// The EIP to make for loading the data.
    pub eip_create_param: Option<EipCreateParam>,
    /// The id of an EIP to use.
    pub eip_instance_id: Option<String>,
    /// The name of the data cache.
    pub name: Option<String>,
    /// The path of the data cache in its bucket.
    pub path: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// How long the cache is kept, for ever if absent, in days.
    pub retention_days: Option<i32>,
    /// The security group.
    pub security_group_id: Option<String>,
    /// The size of the data cache, in GiB. Default 20.
    pub size: Option<i32>,
    /// Tags. At most 21 items (metadata).
    pub tag: Vec<Tag>,
    /// The vSwitch.
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
    /// The id of the data cache.
    pub data_cache_id: Option<String>,
    /// The id that the service gave the call.
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

/// Changes a data cache.
///
/// The request of [`Action::UpdateDataCache`](crate::api::Action::UpdateDataCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateDataCache {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The bucket, a name space for data caches. `eci-system` is reserved. Default `default`.
    pub bucket: Option<String>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The id of the data cache.
    pub data_cache_id: Option<String>,
    /// Where the data come from.
    pub data_source: Option<DataSource>,
    /// The EIP to make for loading the data.
    pub eip_create_param: Option<EipCreateParam>,
    /// The id of an EIP to use.
    pub eip_instance_id: Option<String>,
    /// The name of the data cache.
    pub name: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// How long the cache is kept, for ever if absent, in days.
    pub retention_days: Option<i32>,
    /// The security group.
    pub security_group_id: Option<String>,
    /// The size of the data cache, in GiB. Default 20.
    pub size: Option<i32>,
    /// Tags. At most 21 items (metadata).
    pub tag: Vec<Tag>,
    /// The vSwitch.
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
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateDataCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// Copies a data cache to another region.
///
/// The request of [`Action::CopyDataCache`](crate::api::Action::CopyDataCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyDataCache {
    /// The id of the data cache. Required.
    pub data_cache_id: String,
    /// The region of the copy. Required.
    pub destination_region_id: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The bucket, a name space for data caches. `eci-system` is reserved.
    pub bucket: Option<String>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The name of the copy.
    pub name: Option<String>,
    /// The path of the data cache in its bucket.
    pub path: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// How long the copy is kept in days, for ever if absent.
    pub retention_days: Option<i32>,
    /// Tags. At most 21 items (metadata).
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
    /// The id of the copy.
    pub data_cache_id: Option<String>,
    /// The id that the service gave the call.
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

/// Deletes a data cache, named by its id or by bucket and path.
///
/// The request of [`Action::DeleteDataCache`](crate::api::Action::DeleteDataCache).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteDataCache {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The bucket, a name space for data caches. `eci-system` is reserved.
    pub bucket: Option<String>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The id of the data cache.
    pub data_cache_id: Option<String>,
    /// The path of the data cache in its bucket.
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
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteDataCacheAnswer + extra {
        request_id = "RequestId",
    }
}

/// Reads data caches.
///
/// The request of [`Action::DescribeDataCaches`](crate::api::Action::DescribeDataCaches).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeDataCaches {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The bucket, a name space for data caches. `eci-system` is reserved. Default `default`.
    pub bucket: Option<String>,
    /// The ids of data caches. At most 100 items (metadata).
    pub data_cache_id: Vec<String>,
    /// How many items a page has. Default 20. From 1 to 20.
    pub limit: Option<i32>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The path of the data cache in its bucket.
    pub path: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Tags. At most 21 items (metadata).
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
    /// The data caches.
    pub data_caches: Vec<DataCache>,
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
    DescribeDataCachesAnswer + extra {
        data_caches = "DataCaches",
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// Where the data of a cache come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSource {
    /// What the kind of source needs, by name. The wire puts the length before each name.
    pub options: BTreeMap<String, Sensitive<String>>,
    /// The kind. `URL`, `NAS`, `OSS` or `SNAPSHOT`.
    pub type_: Option<String>,
}

fields! {
    DataSource {
        options = "Options",
        type_ = "Type".values(&["URL", "NAS", "OSS", "SNAPSHOT"]),
    }
}

/// The EIP that is made for loading the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EipCreateParam {
    /// The bandwidth, in Mbit/s. Default 5.
    pub bandwidth: Option<i32>,
    /// The bandwidth plan that the EIP joins.
    pub common_bandwidth_package: Option<String>,
    /// The lines of the EIP. `BGP` or `BGP_PRO`. Default `BGP`.
    pub isp: Option<String>,
    /// What is paid for. `PayByBandwidth` or `PayByTraffic`.
    pub internet_charge_type: Option<String>,
    /// The address pool that the EIP comes from.
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

/// A data cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataCache {
    /// The bucket, a name space for data caches. `eci-system` is reserved.
    pub bucket: Option<String>,
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// When it was created.
    pub creation_time: Option<String>,
    /// The id of the data cache.
    pub data_cache_id: Option<String>,
    /// Where the data come from.
    pub data_source: Option<DataSourceInfo>,
    /// The latest events.
    pub events: Vec<Event>,
    /// When the cache expires.
    pub expire_date_time: Option<String>,
    /// The id of the flash snapshot.
    pub flash_snapshot_id: Option<String>,
    /// When the cache was used last.
    pub last_matched_time: Option<String>,
    /// The name of the data cache.
    pub name: Option<String>,
    /// The path of the data cache in its bucket.
    pub path: Option<String>,
    /// How far the building is.
    pub progress: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The size of the data cache in GiB.
    pub size: Option<i32>,
    /// The id of the snapshot.
    pub snapshot_id: Option<String>,
    /// The status. `Loading`, `Creating`, `Available`, `Failed`, `Updating` or `UpdateFailed`.
    pub status: Option<String>,
    /// Tags.
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

/// Where the data of a cache come from, as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSourceInfo {
    /// What the kind of source needs, a JSON object as text.
    pub options: Option<Sensitive<String>>,
    /// The kind.
    pub type_: Option<String>,
}

fields! {
    DataSourceInfo {
        options = "Options",
        type_ = "Type",
    }
}
