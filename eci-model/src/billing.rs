//! What a pod costs: money, list prices, and what is billed for which time.

mod cost;
mod money;
mod prices;

pub use cost::{Cost, Mode};
pub use money::{Currency, CurrencyError, Money, Rate};
pub use prices::{Prices, UnitPrices};
