//! What a region offers, what is used of it, and what it costs.

use std::collections::{BTreeMap, BTreeSet};

use eci_model::Zone;
use eci_model::api::{
    AvailableResource, AvailableZone, Decimal, DescribeAvailableResource, DescribeAvailableResourceAnswer,
    DescribeContainerGroupPrice, DescribeContainerGroupPriceAnswer, DescribeRegions, DescribeRegionsAnswer,
    ListUsageAnswer, Price, PriceDetail, PriceInfo, RegionInfo, SpotPrice, SupportedResource, region_endpoints,
};
use eci_model::billing::{Money, Rate};
use eci_model::settings::ComputeCategory;
use eci_model::spec::{EcsType, Size, SpecItem};

use super::spot::Market;
use super::world::World;
use crate::backend::{BackendError, Class, Reached};

impl World {
    /// The published regions, with the zones of the world's vSwitches.
    pub(super) fn regions(&mut self, request: &DescribeRegions) -> DescribeRegionsAnswer {
        let mut zones: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for zone in self.zones() {
            let region = zone.region().as_str().to_owned();
            zones.entry(region).or_default().push(zone.to_string());
        }
        let wanted = request.region_id.as_deref();
        let known = region_endpoints()
            .iter()
            .filter(|known| wanted.is_none_or(|wanted| wanted == known.region));
        let regions = known.map(|known| {
            let zones = zones.remove(known.region).unwrap_or_default();
            RegionInfo {
                recommend_zones: zones.clone(),
                region_endpoint: Some(known.public.to_owned()),
                region_id: Some(known.region.to_owned()),
                zones,
                ..Default::default()
            }
        });
        let regions = regions.collect();
        DescribeRegionsAnswer {
            regions,
            request_id: self.request_id(),
            ..Default::default()
        }
    }

    /// What is used and what may be, in the words of the page (ListUsage, 2025-10-17).
    pub(super) fn usage(&mut self) -> ListUsageAnswer {
        let milli = |number: u64| Decimal::from_milli(i32::try_from(number).unwrap_or(i32::MAX));
        let mut attributes = BTreeMap::from([("UsedCpu".to_owned(), milli(self.cpu_held))]);
        let (manual, automatic) = self.image_cache_counts();
        let data = self.data_caches.iter().count();
        for (name, count) in [
            ("UsedImageCacheCount", manual),
            ("UsedAutoImageCacheCount", automatic),
            ("UsedDataCacheCount", data),
        ] {
            attributes.insert(name.to_owned(), Decimal::from(u32::try_from(count).unwrap_or(u32::MAX)));
        }
        if let Some(quota) = self.settings.vcpu_quota {
            attributes.insert("MaxCpu".to_owned(), milli(quota.milli()));
        }
        ListUsageAnswer {
            attributes,
            request_id: self.request_id(),
            ..Default::default()
        }
    }

    /// Refuses what would exceed the quota.
    pub(super) fn check_quota(&self, more: u64) -> Result<(), BackendError> {
        match self.settings.vcpu_quota {
            Some(quota) if self.cpu_held + more > quota.milli() => {
                let message = "the vCPU quota of the region is used up";
                Err(BackendError::of_code("QuotaExceeded", 403, message))
            }
            _ => Ok(()),
        }
    }

    /// Whether a type or family can be had, zone by zone. A request that names none is answered with none: the world has no catalogue,
    /// only what it was told to be out of.
    pub(super) fn available(
        &mut self,
        request: &DescribeAvailableResource,
    ) -> Result<DescribeAvailableResourceAnswer, BackendError> {
        let asked = &request.destination_resource;
        if !matches!(&*asked.category, "InstanceTypeFamily" | "InstanceType") {
            let message = format!("`{}` is no category of resources", asked.category);
            return Err(BackendError::of_code(
                "InvalidParameter.DestinationResource",
                400,
                message,
            ));
        }
        let zones = self.zones();
        let zones = zones
            .iter()
            .filter(|zone| request.zone_id.as_deref().is_none_or(|id| id == zone.as_str()));
        let zones = zones.filter(|zone| request.region_id.is_empty() || zone.region().as_str() == request.region_id);
        let available = |zone: &Zone| {
            let supported = asked.value.iter().map(|value| SupportedResource {
                status_category: Some(self.stock_word(zone, value).to_owned()),
                value: Some(value.clone()),
            });
            AvailableZone {
                available_resources: vec![AvailableResource {
                    supported_resources: supported.collect(),
                    type_: Some(asked.category.clone()),
                }],
                region_id: Some(zone.region().to_string()),
                zone_id: Some(zone.to_string()),
            }
        };
        let available_zones = zones.map(available).collect();
        Ok(DescribeAvailableResourceAnswer {
            available_zones,
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    fn stock_word(&self, zone: &Zone, spec: &str) -> &'static str {
        if self.has_stock(Some(zone), spec, Market::Normal) {
            "WithStock"
        } else {
            "WithoutStock"
        }
    }

    /// The price of a second (the page's sample is one, DescribeContainerGroupPrice, 2025-10-17).
    pub(super) fn price(
        &mut self,
        request: &DescribeContainerGroupPrice,
    ) -> Result<DescribeContainerGroupPriceAnswer, BackendError> {
        let details = match &request.instance_type {
            Some(name) => vec![("instance", self.price_of_type(name)?.second())],
            None => self.price_of_size(request)?,
        };
        let total = details.iter().fold(Money::ZERO, |sum, (_, price)| sum + *price);
        let detail = |(resource, price): &(&str, Money)| PriceDetail {
            resource: Some((*resource).to_owned()),
            original_price: decimal(*price),
            trade_price: decimal(*price),
            discount_price: Some(Decimal::ZERO),
            ..Default::default()
        };
        let price = Price {
            currency: Some(self.settings.prices.currency().name().to_owned()),
            detail_infos: details.iter().map(detail).collect(),
            original_price: decimal(total),
            trade_price: decimal(total),
            discount_price: Some(Decimal::ZERO),
        };
        let spot_prices = self.spot_prices(request);
        Ok(DescribeContainerGroupPriceAnswer {
            price_info: Some(PriceInfo {
                price: Some(price),
                spot_prices,
                ..Default::default()
            }),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    fn price_of_type(&self, name: &str) -> Result<Rate, BackendError> {
        let ecs: EcsType = name.parse().map_err(|_| {
            let message = format!("`{name}` is no type");
            BackendError::of_code("InvalidParameter.InstanceType", 400, message)
        })?;
        self.settings.prices.of_type(&ecs).ok_or_else(|| {
            let message = format!("the world was told no price of {name}");
            let error = BackendError::new("Unsupported", message).class(Class::Unsupported);
            error.reached(Reached::No)
        })
    }

    fn price_of_size(&self, request: &DescribeContainerGroupPrice) -> Result<Vec<(&'static str, Money)>, BackendError> {
        let amounts = request
            .cpu
            .and_then(Decimal::vcpu)
            .zip(request.memory.and_then(Decimal::gib));
        let Some((cpu, memory)) = amounts else {
            let message = "neither a type nor vCPU and memory are given";
            return Err(BackendError::of_code("MissingParameter.Cpu", 400, message));
        };
        let economy = request.compute_category.as_deref() == Some("economy");
        let category = economy.then_some(ComputeCategory::Economy);
        let units = self.settings.prices.units();
        let size = |cpu, memory| units.per_hour(Size { cpu, memory }, category).second();
        let mut details = vec![
            ("cpu", size(cpu, eci_model::Memory::from_bytes(0))),
            ("memory", size(eci_model::Cpu::from_milli(0), memory)),
        ];
        let extra = request.ephemeral_storage.and_then(|gib| u64::try_from(gib).ok());
        if let Some(gib) = extra.filter(|gib| *gib > 0) {
            details.push(("ephemeralStorage", units.disk_gib.times(gib)));
        }
        Ok(details)
    }

    fn spot_prices(&self, request: &DescribeContainerGroupPrice) -> Vec<SpotPrice> {
        let spot = request
            .spot_strategy
            .as_deref()
            .is_some_and(|strategy| strategy != "NoSpot");
        let ecs = request
            .instance_type
            .as_deref()
            .and_then(|name| name.parse::<EcsType>().ok());
        let Some(ecs) = ecs.filter(|_| spot) else {
            return Vec::new();
        };
        let origin = self.settings.prices.of_type(&ecs);
        let price = self.settings.prices.of_spot(&SpecItem::Type(ecs.clone()));
        let row = price.map(|price| SpotPrice {
            instance_type: Some(ecs.as_str().to_owned()),
            origin_price: origin.and_then(|rate| decimal(rate.hour())),
            spot_price: decimal(price.hour()),
            zone_id: request.zone_id.clone(),
        });
        row.into_iter().collect()
    }

    fn zones(&self) -> BTreeSet<Zone> {
        self.settings
            .vswitches
            .iter()
            .filter_map(|vswitch| vswitch.zone.clone())
            .collect()
    }
}

fn decimal(money: Money) -> Option<Decimal> {
    money.to_string().parse().ok()
}
