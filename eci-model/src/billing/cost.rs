//! How an instance is paid, and what it costs.

use std::fmt;

use super::{Currency, Prices, Rate};
use crate::decision::{Decided, Origin};
use crate::settings::ExtraStorage;
use crate::spec::{Candidate, SpecItem, Terms};

/// How an instance is paid (Billing of instances, 2024-11-27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// By vCPU and memory.
    BySize,
    /// By the price of the ECS type.
    ByType,
    /// By the market price of the ECS type, also when a size was asked for.
    Spot,
}

impl Mode {
    /// How a candidate is paid under the terms of its pod, and why.
    pub fn decide(candidate: &Candidate, terms: &Terms) -> Decided<Self> {
        let page = |page| Origin::Platform { page };
        let billing = "Billing of instances, 2024-11-27";
        if terms.spot {
            let spot = page("Create a preemptible instance, 2024-11-19");
            return Decided::because(spot, "spot is paid at the market price of the ECS type", Self::Spot);
        }
        let why = match candidate.ecs_type() {
            Some(_) => "an ECS type was asked for",
            None if terms.filtered => "families or generations narrow the ECS types of the size",
            None if terms.arm => "Arm is always paid by ECS type",
            None => return Decided::because(page(billing), "a size was asked for", Self::BySize),
        };
        Decided::because(page(billing), why, Self::ByType)
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BySize => "by size",
            Self::ByType => "by ECS type",
            Self::Spot => "spot",
        })
    }
}

/// What an instance costs while it is billed: from its state Pending until it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cost {
    /// How it is paid.
    pub mode: Mode,
    /// The currency.
    pub currency: Currency,
    /// vCPU and memory, or the ECS type; `None` where the table does not know it.
    pub instance: Option<Rate>,
    /// Temporary storage beyond the free amount.
    pub storage: Rate,
}

impl Cost {
    /// What a candidate costs.
    pub fn of(candidate: &Candidate, mode: Mode, storage: ExtraStorage, prices: &Prices) -> Self {
        let instance = match (mode, &candidate.item) {
            (Mode::BySize, SpecItem::Size(size)) => Some(prices.units().per_hour(*size, candidate.category)),
            (Mode::BySize | Mode::ByType, SpecItem::Type(ecs)) => prices.of_type(ecs),
            (Mode::ByType, SpecItem::Size(_)) => None,
            (Mode::Spot, item) => prices.of_spot(item),
        };
        Self {
            mode,
            currency: prices.currency(),
            instance,
            storage: prices.units().disk_per_hour(storage.0),
        }
    }

    /// Everything together; `None` where a part is unknown.
    pub fn total(&self) -> Option<Rate> {
        self.instance.map(|instance| instance + self.storage)
    }
}
