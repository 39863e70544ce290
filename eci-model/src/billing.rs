//! What a pod costs: money, list prices, and what is billed for which time.

mod bill;
mod cost;
mod money;
mod prices;
pub mod rules;
mod schedule;

pub use bill::{Bill, Usage};
pub use cost::{Cost, Mode};
pub use money::{Currency, CurrencyError, Money, Rate};
pub use prices::{Prices, UnitPrices};
pub use rules::{VNODE, pending_billed, together, vnode_billed};
pub use schedule::{Schedule, ScheduleError};

use crate::rule::Rules;

/// Every rule about money, a list a family.
pub static RULES: &[&Rules] = &[&rules::RULES];
