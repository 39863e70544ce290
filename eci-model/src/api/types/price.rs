//! Prices.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::record::fields;
use crate::api::{Decimal, Extra};

/// Asks for the price of a size.
///
/// The request of [`Action::DescribeContainerGroupPrice`](crate::api::Action::DescribeContainerGroupPrice).
///
/// # Example
/// ```
/// use eci_model::api::{DescribeContainerGroupPrice, Operation};
///
/// let request = DescribeContainerGroupPrice {
///     region_id: "cn-hangzhou".into(),
///     cpu: Some(2.into()),
///     memory: Some(4.into()),
///     ..Default::default()
/// };
/// assert_eq!(Operation::from(request).region_id(), Some("cn-hangzhou"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupPrice {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The category of the computing power.
    pub compute_category: Option<String>,
    /// How many vCPU.
    pub cpu: Option<Decimal>,
    /// How much more temporary storage than the free part, in GiB.
    pub ephemeral_storage: Option<i32>,
    /// The ECS type. CPU and memory do not count beside it.
    pub instance_type: Option<String>,
    /// How much memory, in GiB.
    pub memory: Option<Decimal>,
    /// How long a spot instance is protected, in hours. 0 is not at all. Default 1.
    pub spot_duration: Option<i32>,
    /// The highest price an hour of a spot instance, with at most three decimals. `SpotWithPriceLimit` needs it.
    pub spot_price_limit: Option<Decimal>,
    /// Whether and how a spot instance is bought. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`. Default `NoSpot`.
    pub spot_strategy: Option<String>,
    /// The zone, such as `cn-hangzhou-h`.
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
    /// The prices.
    pub price_info: Option<PriceInfo>,
    /// The id that the service gave the call.
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

/// The prices of a size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceInfo {
    /// The price.
    pub price: Option<Price>,
    /// The rules that led to it.
    pub rules: Vec<PriceRule>,
    /// Spot prices.
    pub spot_prices: Vec<SpotPrice>,
}

fields! {
    PriceInfo {
        price = "Price",
        rules = "Rules".wrapped("Rule"),
        spot_prices = "SpotPrices".wrapped("SpotPrice"),
    }
}

/// The price of a size. The published sample is that of one second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// The currency. `CNY` or `USD`.
    pub currency: Option<String>,
    /// The parts.
    pub detail_infos: Vec<PriceDetail>,
    /// How much is taken off.
    pub discount_price: Option<Decimal>,
    /// The price before what is taken off.
    pub original_price: Option<Decimal>,
    /// The price to pay.
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

/// The price of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceDetail {
    /// How much is taken off.
    pub discount_price: Option<Decimal>,
    /// The price before what is taken off.
    pub original_price: Option<Decimal>,
    /// The part, such as `cpu`.
    pub resource: Option<String>,
    /// The rules that led to the price.
    pub rules: Vec<PriceRule>,
    /// The price to pay.
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

/// A rule that led to a price.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceRule {
    /// What the rule says.
    pub description: Option<String>,
    /// The id of the rule.
    pub rule_id: Option<i64>,
}

fields! {
    PriceRule {
        description = "Description",
        rule_id = "RuleId",
    }
}

/// The spot price of an ECS type in a zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpotPrice {
    /// The ECS type.
    pub instance_type: Option<String>,
    /// The price of a pay-as-you-go instance.
    pub origin_price: Option<Decimal>,
    /// The spot price.
    pub spot_price: Option<Decimal>,
    /// The zone, such as `cn-hangzhou-h`.
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
