//! Prices.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::record::fields;
use crate::api::{Decimal, Extra};

/// `DescribeContainerGroupPrice`.
///
/// The request of [`Action::DescribeContainerGroupPrice`](crate::api::Action::DescribeContainerGroupPrice).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupPrice {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ComputeCategory`.
    pub compute_category: Option<String>,
    /// `Cpu`.
    pub cpu: Option<Decimal>,
    /// `EphemeralStorage`.
    pub ephemeral_storage: Option<i32>,
    /// `InstanceType`.
    pub instance_type: Option<String>,
    /// `Memory`.
    pub memory: Option<Decimal>,
    /// `SpotDuration`, in hours. Default 1.
    pub spot_duration: Option<i32>,
    /// `SpotPriceLimit`.
    pub spot_price_limit: Option<Decimal>,
    /// `SpotStrategy`. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`. Default `NoSpot`.
    pub spot_strategy: Option<String>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupPrice + extra {
        region_id = "RegionId".required(),
        compute_category = "ComputeCategory",
        cpu = "Cpu",
        ephemeral_storage = "EphemeralStorage",
        instance_type = "InstanceType",
        memory = "Memory",
        spot_duration = "SpotDuration",
        spot_price_limit = "SpotPriceLimit",
        spot_strategy = "SpotStrategy".values(&["NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"]),
        zone_id = "ZoneId",
    }
}

/// The answer to [`DescribeContainerGroupPrice`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupPriceAnswer {
    /// `PriceInfo`.
    pub price_info: Option<PriceInfo>,
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupPriceAnswer + extra {
        price_info = "PriceInfo",
        request_id = "RequestId",
    }
}

/// `PriceInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceInfo {
    /// `Price`.
    pub price: Option<Price>,
    /// `Rules`.
    pub rules: Vec<PriceRule>,
    /// `SpotPrices`.
    pub spot_prices: Vec<SpotPrice>,
}

fields! {
    PriceInfo {
        price = "Price",
        rules = "Rules".wrapped("Rule"),
        spot_prices = "SpotPrices".wrapped("SpotPrice"),
    }
}

/// `Price`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// `Currency`. `CNY` or `USD`.
    pub currency: Option<String>,
    /// `DetailInfos`.
    pub detail_infos: Vec<PriceDetail>,
    /// `DiscountPrice`.
    pub discount_price: Option<Decimal>,
    /// `OriginalPrice`.
    pub original_price: Option<Decimal>,
    /// `TradePrice`.
    pub trade_price: Option<Decimal>,
}

fields! {
    Price {
        currency = "Currency".values(&["CNY", "USD"]),
        detail_infos = "DetailInfos".wrapped("DetailInfo"),
        discount_price = "DiscountPrice",
        original_price = "OriginalPrice",
        trade_price = "TradePrice",
    }
}

/// `PriceDetail`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceDetail {
    /// `DiscountPrice`.
    pub discount_price: Option<Decimal>,
    /// `OriginalPrice`.
    pub original_price: Option<Decimal>,
    /// `Resource`.
    pub resource: Option<String>,
    /// `Rules`.
    pub rules: Vec<PriceRule>,
    /// `TradePrice`.
    pub trade_price: Option<Decimal>,
}

fields! {
    PriceDetail {
        discount_price = "DiscountPrice",
        original_price = "OriginalPrice",
        resource = "Resource",
        rules = "Rules".wrapped("Rule"),
        trade_price = "TradePrice",
    }
}

/// `PriceRule`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceRule {
    /// `Description`.
    pub description: Option<String>,
    /// `RuleId`.
    pub rule_id: Option<i64>,
}

fields! {
    PriceRule {
        description = "Description",
        rule_id = "RuleId",
    }
}

/// `SpotPrice`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpotPrice {
    /// `InstanceType`.
    pub instance_type: Option<String>,
    /// `OriginPrice`.
    pub origin_price: Option<Decimal>,
    /// `SpotPrice`.
    pub spot_price: Option<Decimal>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
}

fields! {
    SpotPrice {
        instance_type = "InstanceType",
        origin_price = "OriginPrice",
        spot_price = "SpotPrice",
        zone_id = "ZoneId",
    }
}
