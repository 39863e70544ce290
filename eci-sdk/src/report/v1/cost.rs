//! What workloads cost.

use serde::Serialize;

use super::VERSION;

/// `eci cost`: amounts of money are decimal texts in the currency of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CostReport {
    /// 1.
    pub version: u32,
    /// The currency.
    pub currency: &'static str,
    /// The date of the prices.
    pub prices: String,
    /// Workloads that are refused and not counted.
    pub refused: usize,
    /// The others, by namespace and name.
    pub workloads: Vec<CostRow>,
}

impl CostReport {
    /// A report.
    pub fn new(currency: &'static str, prices: &str, refused: usize, workloads: Vec<CostRow>) -> Self {
        Self {
            version: VERSION,
            currency,
            prices: prices.to_owned(),
            refused,
            workloads,
        }
    }
}

/// What a workload costs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CostRow {
    /// The namespace; empty where none is written.
    pub namespace: String,
    /// Kind and name, `Deployment web`.
    pub workload: String,
    /// The size or ECS type that is billed.
    pub size: String,
    /// Pods at a time.
    pub replicas: u32,
    /// How often a Job or CronJob starts in a month; nothing for what always runs.
    pub runs_per_month: Option<u32>,
    /// One pod for an hour; nothing when no price is known.
    pub per_hour: Option<String>,
    /// All pods for a month of 730 hours; nothing when the price, or the length of the runs, is not known.
    pub per_month: Option<String>,
    /// How much of the month is rounding.
    pub rounding_per_month: Option<String>,
}
