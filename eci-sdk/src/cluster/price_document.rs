//! Prices in a facts document.

use std::collections::BTreeMap;

use eci_model::FieldPath;
use eci_model::api::DecimalError;
use eci_model::billing::{CurrencyError, Money, Prices, UnitPrices};
use eci_model::spec::{EcsType, SizeError, SpecItem};
use serde::Deserialize;

/// Prices in a [`FactsDocument`](super::FactsDocument), as text, so that no digit is lost.
///
/// # Example
/// ```
/// use eci_sdk::PricesDocument;
///
/// let document: PricesDocument = serde_json::from_str(
///     r#"{"currency": "CNY", "source": "contract", "perSecond": {"vcpu": "0.00004"}, "perHour": {"ecs.c6.large": "0.39"}}"#,
/// )?;
/// let prices = document.read()?;
/// assert_eq!(prices.units().vcpu.to_string(), "0.00004");
/// assert_eq!(prices.of_type(&"ecs.c6.large".parse()?).map(|rate| rate.to_string()).as_deref(), Some("0.39"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PricesDocument {
    /// `CNY` (when missing) or `USD`.
    pub currency: Option<String>,
    /// Since when they hold, `2026-10-01`.
    pub date: Option<String>,
    /// Where they come from.
    pub source: Option<String>,
    /// Prices of a second; the list price where one is missing.
    pub per_second: UnitPricesDocument,
    /// Prices of an hour of ECS types.
    pub per_hour: BTreeMap<String, String>,
    /// Present prices of an hour of spot capacity, by size (`2-4Gi`) or ECS type.
    pub spot_per_hour: BTreeMap<String, String>,
}

/// Prices of a second in a [`PricesDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UnitPricesDocument {
    /// One vCPU.
    pub vcpu: Option<String>,
    /// One vCPU of the economy category.
    pub economy_vcpu: Option<String>,
    /// One GiB of memory.
    pub gib: Option<String>,
    /// One GiB of temporary storage beyond the free amount.
    pub disk_gib: Option<String>,
}

/// A price that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
    /// The currency.
    #[error(transparent)]
    Currency(#[from] CurrencyError),
    /// An amount.
    #[error(transparent)]
    Amount(#[from] DecimalError),
    /// A size or an ECS type.
    #[error(transparent)]
    Size(#[from] SizeError),
}

impl PricesDocument {
    /// Reads every price.
    ///
    /// # Errors
    /// [`PriceError`] for the first text that means nothing.
    pub fn read(&self) -> Result<Prices, PriceError> {
        self.read_at().map_err(|(_, wrong)| wrong)
    }

    /// The same with the field of an error.
    pub(super) fn read_at(&self) -> Result<Prices, (FieldPath, PriceError)> {
        let currency = self.currency.as_deref().unwrap_or("CNY");
        let currency = currency
            .parse()
            .map_err(|wrong: CurrencyError| (at("currency"), wrong.into()))?;
        let list = Prices::list(currency);
        let unit = |field: &'static str, written: &Option<String>, list: Money| match written {
            None => Ok(list),
            Some(text) => amount(text).map_err(|wrong| (at("perSecond").with_field(field), wrong)),
        };
        let (written, units) = (&self.per_second, list.units());
        let units = UnitPrices {
            vcpu: unit("vcpu", &written.vcpu, units.vcpu)?,
            economy_vcpu: unit("economyVcpu", &written.economy_vcpu, units.economy_vcpu)?,
            gib: unit("gib", &written.gib, units.gib)?,
            disk_gib: unit("diskGib", &written.disk_gib, units.disk_gib)?,
        };
        let date = self.date.clone().unwrap_or_else(|| list.date().to_owned());
        let source = self.source.clone().unwrap_or_else(|| "facts document".to_owned());
        let mut prices = Prices::new(currency, units, date, source);
        for (name, text) in &self.per_hour {
            let wrong = |wrong: PriceError| (at("perHour").with_key(name.as_str()), wrong);
            let ecs: EcsType = name.parse().map_err(|it: SizeError| wrong(it.into()))?;
            prices = prices.with_type(ecs, amount(text).map_err(wrong)?);
        }
        for (name, text) in &self.spot_per_hour {
            let wrong = |wrong: PriceError| (at("spotPerHour").with_key(name.as_str()), wrong);
            let item: SpecItem = name.parse().map_err(|it: SizeError| wrong(it.into()))?;
            prices = prices.with_spot(item, amount(text).map_err(wrong)?);
        }
        Ok(prices)
    }
}

fn amount(text: &str) -> Result<Money, PriceError> {
    Ok(text.parse()?)
}

fn at(field: &'static str) -> FieldPath {
    FieldPath::of("prices").with_field(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::billing::Currency;

    fn read(json: serde_json::Value) -> Result<Prices, (FieldPath, PriceError)> {
        let document: PricesDocument = serde_json::from_value(json).expect("the shape is right");
        document.read_at()
    }

    #[test]
    fn what_is_missing_is_the_list_price() {
        let prices = read(serde_json::json!({"currency": "USD", "perSecond": {"gib": "0.000001"}})).expect("right");
        assert_eq!(prices.currency(), Currency::Usd);
        assert_eq!(prices.units().gib.to_string(), "0.000001");
        assert_eq!(prices.units().vcpu, Prices::list(Currency::Usd).units().vcpu);
        assert_eq!(prices.source(), "facts document");
    }

    #[test]
    fn spot_prices_are_by_size_or_type() {
        let prices = read(serde_json::json!({"spotPerHour": {"2-4Gi": "0.1", "ecs.c6.large": "0.2"}})).expect("right");
        let rate = |item: &str| {
            prices
                .of_spot(&item.parse().expect("an item"))
                .map(|rate| rate.to_string())
        };
        assert_eq!(
            (rate("2-4Gi").as_deref(), rate("ecs.c6.large").as_deref()),
            (Some("0.1"), Some("0.2"))
        );
    }

    #[test]
    fn what_means_nothing_is_told_where_it_stands() {
        for (json, path) in [
            (serde_json::json!({"currency": "EUR"}), "prices.currency"),
            (
                serde_json::json!({"perSecond": {"vcpu": "much"}}),
                "prices.perSecond.vcpu",
            ),
            (serde_json::json!({"perHour": {"c6": "1"}}), r#"prices.perHour["c6"]"#),
            (
                serde_json::json!({"perHour": {"ecs.c6.large": "1,5"}}),
                r#"prices.perHour["ecs.c6.large"]"#,
            ),
            (
                serde_json::json!({"spotPerHour": {"2x4": "1"}}),
                r#"prices.spotPerHour["2x4"]"#,
            ),
        ] {
            let (found, _) = read(json).expect_err(path);
            assert_eq!(found.to_string(), path);
        }
    }
}
