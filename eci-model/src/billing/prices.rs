//! Price tables: list prices with their date, and what a user puts in their place.

mod table;

use std::collections::BTreeMap;

use super::{Currency, Money, Rate};
use crate::finding::Text;
use crate::settings::ComputeCategory;
use crate::spec::{EcsType, Size, SpecItem};

/// Prices of vCPU, memory and disk, each for a second.
///
/// # Example
/// ```
/// use eci_model::billing::{Currency, UnitPrices};
///
/// let prices = UnitPrices::of(Currency::Cny);
/// assert_eq!(prices.per_hour("2-4Gi".parse()?, None).to_string(), "0.441072");
/// # Ok::<(), eci_model::spec::SizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitPrices {
    /// One vCPU.
    pub vcpu: Money,
    /// One vCPU of the economy category.
    pub economy_vcpu: Money,
    /// One GiB of memory.
    pub gib: Money,
    /// One GiB of temporary storage beyond the free amount.
    pub disk_gib: Money,
}

impl UnitPrices {
    /// The list prices in a currency; the pages name no region (Billing of instances, 2024-11-27; Billing of temporary storage, 2023-04-27).
    pub const fn of(currency: Currency) -> &'static Self {
        match currency {
            Currency::Cny => &table::CNY.1,
            Currency::Usd => &table::USD.1,
        }
    }

    /// The price of a size; exact for every size of a grid, else to the nearest billionth a second.
    pub const fn per_hour(&self, size: Size, category: Option<ComputeCategory>) -> Rate {
        let cpu = self
            .vcpu_of(category)
            .times(3600)
            .fraction(size.cpu.milli() as u128, 1000);
        let memory = self.gib.times(3600).fraction(size.memory.bytes() as u128, 1 << 30);
        Rate::per_hour(Money::from_nano(cpu.nano().saturating_add(memory.nano())))
    }

    /// The price of one vCPU in a category, or in none.
    pub const fn vcpu_of(&self, category: Option<ComputeCategory>) -> Money {
        match category {
            Some(ComputeCategory::Economy) => self.economy_vcpu,
            Some(ComputeCategory::General) | None => self.vcpu,
        }
    }

    /// The price of temporary storage beyond the free amount.
    pub const fn disk_per_hour(&self, gib: u32) -> Rate {
        Rate::per_hour(self.disk_gib.times(3600).times(gib as u64))
    }
}

/// A price table: unit prices in a currency, where they come from, and the prices of ECS types and spot capacity that the user knows.
///
/// No prices of ECS types are built in: they differ by region and change. What the table lacks is unknown, never guessed.
///
/// # Example
/// ```
/// use eci_model::billing::{Currency, Prices};
/// use eci_model::spec::EcsType;
///
/// let ecs: EcsType = "ecs.c5.large".parse()?;
/// let prices = Prices::list(Currency::Cny);
/// assert_eq!(prices.of_type(&ecs), None);
/// let prices = prices.with_type(ecs.clone(), "0.62".parse()?);
/// assert_eq!(prices.of_type(&ecs).map(|rate| rate.to_string()).as_deref(), Some("0.62"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    currency: Currency,
    units: UnitPrices,
    date: Text,
    source: Text,
    types: BTreeMap<EcsType, Rate>,
    spot: BTreeMap<SpecItem, Rate>,
}

impl Prices {
    /// The published list prices.
    pub fn list(currency: Currency) -> Self {
        let date = match currency {
            Currency::Cny => table::CNY.0,
            Currency::Usd => table::USD.0,
        };
        Self::new(currency, *UnitPrices::of(currency), date, "list prices")
    }

    /// Prices of one's own, with their date and where they come from.
    pub fn new(currency: Currency, units: UnitPrices, date: impl Into<Text>, source: impl Into<Text>) -> Self {
        Self {
            currency,
            units,
            date: date.into(),
            source: source.into(),
            types: BTreeMap::new(),
            spot: BTreeMap::new(),
        }
    }

    /// The same with the price of an hour of an ECS type.
    #[must_use]
    pub fn with_type(mut self, ecs: EcsType, hour: Money) -> Self {
        self.types.insert(ecs, Rate::per_hour(hour));
        self
    }

    /// The same with what an hour of spot capacity costs at present, for an ECS type or for a size.
    #[must_use]
    pub fn with_spot(mut self, item: SpecItem, hour: Money) -> Self {
        self.spot.insert(item, Rate::per_hour(hour));
        self
    }

    /// The currency.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The prices of vCPU, memory and disk.
    pub const fn units(&self) -> &UnitPrices {
        &self.units
    }

    /// Since when they hold, as the page says.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// Where they come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The price of an ECS type, if known.
    pub fn of_type(&self, ecs: &EcsType) -> Option<Rate> {
        self.types.get(ecs).copied()
    }

    /// The present price of spot capacity, if known.
    pub fn of_spot(&self, item: &SpecItem) -> Option<Rate> {
        self.spot.get(item).copied()
    }
}

impl Default for Prices {
    /// The list prices in renminbi.
    fn default() -> Self {
        Self::list(Currency::Cny)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(currency: Currency, size: &str) -> String {
        let size = size.parse().expect("a size");
        UnitPrices::of(currency).per_hour(size, None).to_string()
    }

    #[test]
    fn the_published_hours_come_out() {
        assert_eq!(hour(Currency::Cny, "2-4Gi"), "0.441072");
        assert_eq!(hour(Currency::Usd, "2-4Gi"), "0.069264");
        assert_eq!(hour(Currency::Cny, "4-8Gi"), "0.882144");
        assert_eq!(hour(Currency::Cny, "6-10Gi"), "1.27908");
    }

    #[test]
    fn extra_disk_costs_what_the_page_says() {
        let disk = |currency| UnitPrices::of(currency).disk_per_hour(20).to_string();
        assert_eq!(
            (disk(Currency::Cny).as_str(), disk(Currency::Usd).as_str()),
            ("0.04248", "0.006696")
        );
    }

    #[test]
    fn economy_vcpu_cost_less_and_memory_the_same() {
        let size = "2-4Gi".parse().expect("a size");
        let economy = UnitPrices::of(Currency::Cny).per_hour(size, Some(ComputeCategory::Economy));
        assert_eq!(economy.to_string(), "0.282672");
    }

    #[test]
    fn spot_is_known_only_when_given() {
        let item: SpecItem = "2-4Gi".parse().expect("a size");
        let prices = Prices::default();
        assert_eq!(prices.of_spot(&item), None);
        let prices = prices.with_spot(item.clone(), "0.05".parse().expect("an amount"));
        assert_eq!(
            prices.of_spot(&item).map(|rate| rate.to_string()).as_deref(),
            Some("0.05")
        );
        assert_eq!((prices.date(), prices.source()), ("2024-11-27", "list prices"));
    }
}
