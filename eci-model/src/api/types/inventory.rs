//! Regions, quotas, and what is for sale.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use std::collections::BTreeMap;

use crate::api::record::fields;
use crate::api::{Decimal, Extra};

/// Reads the regions with their zones.
///
/// The request of [`Action::DescribeRegions`](crate::api::Action::DescribeRegions).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeRegions {
    /// Only this region.
    pub region_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeRegions + extra {
        region_id = "RegionId",
    }
}

/// The answer to [`DescribeRegions`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeRegionsAnswer {
    /// The regions.
    pub regions: Vec<RegionInfo>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeRegionsAnswer + extra {
        regions = "Regions",
        request_id = "RequestId",
    }
}

/// A region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionInfo {
    /// The recommended zones.
    pub recommend_zones: Vec<String>,
    /// The host that serves the region; examples show the central one.
    pub region_endpoint: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
    /// Zones that cannot be used. Known to the Go SDK of 2025-06 only.
    pub unavailable_zones: Vec<String>,
    /// The zones.
    pub zones: Vec<String>,
}

fields! {
    RegionInfo {
        recommend_zones = "RecommendZones",
        region_endpoint = "RegionEndpoint",
        region_id = "RegionId",
        unavailable_zones = "UnavailableZones",
        zones = "Zones",
    }
}

/// Reads how much of the quotas of a region is used.
///
/// The request of [`Action::ListUsage`](crate::api::Action::ListUsage).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListUsage {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    ListUsage + extra {
        region_id = "RegionId".required(),
    }
}

/// The answer to [`ListUsage`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListUsageAnswer {
    /// The numbers by name, such as `UsedCpu` and `MaxCpu`, `UsedImageCacheCount` and `MaxImageCacheCount`.
    pub attributes: BTreeMap<String, Decimal>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    ListUsageAnswer + extra {
        attributes = "Attributes",
        request_id = "RequestId",
    }
}

/// Reads which ECS types or families a region or zone has for sale.
///
/// The request of [`Action::DescribeAvailableResource`](crate::api::Action::DescribeAvailableResource).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeAvailableResource {
    /// What is asked for. Required.
    pub destination_resource: DestinationResource,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// How a spot instance would be bought.
    pub spot_resource: Option<SpotResource>,
    /// The zone, such as `cn-hangzhou-h`.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeAvailableResource + extra {
        destination_resource = "DestinationResource".required(),
        region_id = "RegionId".required(),
        spot_resource = "SpotResource",
        zone_id = "ZoneId",
    }
}

/// The answer to [`DescribeAvailableResource`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeAvailableResourceAnswer {
    /// The zones.
    pub available_zones: Vec<AvailableZone>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeAvailableResourceAnswer + extra {
        available_zones = "AvailableZones".wrapped("AvailableZone"),
        request_id = "RequestId",
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DestinationResource {
    /// Whether types or families are asked for. Required. `InstanceTypeFamily` or `InstanceType`.
    pub category: String,
    /// How many vCPU.
    pub cores: Option<Decimal>,
    /// How much memory, in GiB.
    pub memory: Option<Decimal>,
    /// The type or family; all if absent.
    pub value: Option<String>,
}

fields! {
    DestinationResource {
        category = "Category".required().values(&["InstanceTypeFamily", "InstanceType"]),
        cores = "Cores",
        memory = "Memory",
        value = "Value",
    }
}

/// How a spot instance would be bought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpotResource {
    /// How long a spot instance is protected, in hours. 0 is not at all. Default 1.
    pub spot_duration: Option<i32>,
    /// The highest price an hour of a spot instance, with at most three decimals. `SpotWithPriceLimit` needs it.
    pub spot_price_limit: Option<Decimal>,
    /// Whether and how a spot instance is bought. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`. Default `NoSpot`.
    pub spot_strategy: Option<String>,
}

fields! {
    SpotResource {
        spot_duration = "SpotDuration",
        spot_price_limit = "SpotPriceLimit",
        spot_strategy = "SpotStrategy".values(&["NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"]),
    }
}

/// What a zone has for sale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AvailableZone {
    /// What is for sale.
    pub available_resources: Vec<AvailableResource>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
    /// The zone, such as `cn-hangzhou-h`.
    pub zone_id: Option<String>,
}

fields! {
    AvailableZone {
        available_resources = "AvailableResources".wrapped("AvailableResource"),
        region_id = "RegionId",
        zone_id = "ZoneId",
    }
}

/// What is for sale of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AvailableResource {
    /// The types or families.
    pub supported_resources: Vec<SupportedResource>,
    /// Whether types or families are listed. `InstanceTypeFamily` or `InstanceType`.
    pub type_: Option<String>,
}

fields! {
    AvailableResource {
        supported_resources = "SupportedResources".wrapped("SupportedResource"),
        type_ = "Type".values(&["InstanceTypeFamily", "InstanceType"]),
    }
}

/// A type or family, and whether it is in stock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportedResource {
    /// Whether it is in stock, and whether it stays for sale. `WithStock`, `ClosedWithStock`, `WithoutStock` or
    /// `ClosedWithoutStock`.
    pub status_category: Option<String>,
    /// The type or family.
    pub value: Option<String>,
}

fields! {
    SupportedResource {
        status_category = "StatusCategory".values(&["WithStock", "ClosedWithStock", "WithoutStock", "ClosedWithoutStock"]),
        value = "Value",
    }
}
