//! Regions, quotas, and what is for sale.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use std::collections::BTreeMap;

use crate::api::record::fields;
use crate::api::{Decimal, Extra};

/// `DescribeRegions`.
///
/// The request of [`Action::DescribeRegions`](crate::api::Action::DescribeRegions).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeRegions {
    /// `RegionId`.
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
    /// `Regions`.
    pub regions: Vec<RegionInfo>,
    /// `RequestId`.
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

/// `RegionInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionInfo {
    /// `RecommendZones`.
    pub recommend_zones: Vec<String>,
    /// `RegionEndpoint`.
    pub region_endpoint: Option<String>,
    /// `RegionId`.
    pub region_id: Option<String>,
    /// `UnavailableZones`. Known to the Go SDK of 2025-06 only.
    pub unavailable_zones: Vec<String>,
    /// `Zones`.
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

/// `ListUsage`.
///
/// The request of [`Action::ListUsage`](crate::api::Action::ListUsage).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListUsage {
    /// `RegionId`. Required.
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
    /// `Attributes`.
    pub attributes: BTreeMap<String, Decimal>,
    /// `RequestId`.
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

/// `DescribeAvailableResource`.
///
/// The request of [`Action::DescribeAvailableResource`](crate::api::Action::DescribeAvailableResource).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeAvailableResource {
    /// `DestinationResource`. Required.
    pub destination_resource: DestinationResource,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `SpotResource`.
    pub spot_resource: Option<SpotResource>,
    /// `ZoneId`.
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
    /// `AvailableZones`.
    pub available_zones: Vec<AvailableZone>,
    /// `RequestId`.
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

/// `DestinationResource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DestinationResource {
    /// `Category`. Required. `InstanceTypeFamily` or `InstanceType`.
    pub category: String,
    /// `Cores`.
    pub cores: Option<Decimal>,
    /// `Memory`.
    pub memory: Option<Decimal>,
    /// `Value`.
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

/// `SpotResource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpotResource {
    /// `SpotDuration`. Default 1.
    pub spot_duration: Option<i32>,
    /// `SpotPriceLimit`.
    pub spot_price_limit: Option<Decimal>,
    /// `SpotStrategy`. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`. Default `NoSpot`.
    pub spot_strategy: Option<String>,
}

fields! {
    SpotResource {
        spot_duration = "SpotDuration",
        spot_price_limit = "SpotPriceLimit",
        spot_strategy = "SpotStrategy".values(&["NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"]),
    }
}

/// `AvailableZone`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AvailableZone {
    /// `AvailableResources`.
    pub available_resources: Vec<AvailableResource>,
    /// `RegionId`.
    pub region_id: Option<String>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
}

fields! {
    AvailableZone {
        available_resources = "AvailableResources".wrapped("AvailableResource"),
        region_id = "RegionId",
        zone_id = "ZoneId",
    }
}

/// `AvailableResource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AvailableResource {
    /// `SupportedResources`.
    pub supported_resources: Vec<SupportedResource>,
    /// `Type`. `InstanceTypeFamily` or `InstanceType`.
    pub type_: Option<String>,
}

fields! {
    AvailableResource {
        supported_resources = "SupportedResources".wrapped("SupportedResource"),
        type_ = "Type".values(&["InstanceTypeFamily", "InstanceType"]),
    }
}

/// `SupportedResource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportedResource {
    /// `StatusCategory`. `WithStock`, `ClosedWithStock`, `WithoutStock` or `ClosedWithoutStock`.
    pub status_category: Option<String>,
    /// `Value`.
    pub value: Option<String>,
}

fields! {
    SupportedResource {
        status_category = "StatusCategory".values(&["WithStock", "ClosedWithStock", "WithoutStock", "ClosedWithoutStock"]),
        value = "Value",
    }
}
