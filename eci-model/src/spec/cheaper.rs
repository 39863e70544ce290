//! The request that would waste less.

use super::ask::{Needs, is_ignored};
use super::{Asked, Candidate, Grid, Size, SpecItem, Terms};
use crate::billing::{Currency, Money, Prices, Rate, UnitPrices};
use crate::pod::EffectivePod;
use crate::settings::ComputeCategory;
use crate::site::Site;

/// Another request, most often a smaller one, and what it saves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cheaper {
    /// What to ask for instead; it is billed as it is.
    pub ask: Size,
    /// What it costs an hour, by the price table that was given.
    pub per_hour: Option<Rate>,
    /// What it saves an hour.
    pub saves: Option<Money>,
    /// What it saves as a share of the price, in tenths of a percent; by the list prices in renminbi when no table is given.
    pub saves_permille: i64,
    /// The container to leave out of the sum with [`IGNORE_SWITCH`](super::IGNORE_SWITCH), when that alone is enough.
    pub leave_out: Option<Box<str>>,
}

impl Cheaper {
    /// The size of the grid with the smallest cut that avoids the waste, when the candidate is larger than what was asked.
    ///
    /// The cut is the larger of those in vCPU and in memory, as a share of what was asked. It avoids the waste when what it saves, as a share
    /// of the price, is more than the cut by half of what rounding adds and by at least a hundredth; a larger size that costs less needs only
    /// the hundredth. A decision of this project.
    pub(super) fn than(
        billed: &Candidate,
        containers: &Asked,
        pod: &EffectivePod<'_>,
        terms: &Terms,
        site: &Site<'_>,
        prices: Option<&Prices>,
    ) -> Option<Self> {
        let (SpecItem::Size(asked), Some(size)) = (&billed.asked, billed.size()) else {
            return None;
        };
        if !billed.is_rounded() {
            return None;
        }
        let units = prices.map_or(UnitPrices::of(Currency::Cny), Prices::units);
        let grid = billed
            .category
            .map_or(terms.grid, |category| terms.grid.of_category(category));
        let ask = best(*asked, size, grid, |size| weight(size, units, billed.category))?;
        let before = units.per_hour(size, billed.category);
        let after = units.per_hour(ask, billed.category);
        let saves = before.hour() - after.hour();
        let by_size = !terms.spot && !terms.filtered && !terms.arm && prices.is_some();
        Some(Self {
            ask,
            per_hour: by_size.then_some(after),
            saves: by_size.then_some(saves),
            saves_permille: saves.permille_of(before.hour()),
            leave_out: enough_to_leave_out(pod, containers, ask, site),
        })
    }
}

fn best(asked: Size, billed: Size, grid: Grid, price: impl Fn(Size) -> u128) -> Option<Size> {
    let before = price(billed);
    // No division for each size: of many, few are worth a look.
    let saves = |after: u128, share: u128| after < before && (before - after) * MILLION >= before * share;
    let added = before.saturating_sub(price(asked)) * MILLION / before.max(1);
    let enough = HUNDREDTH.max(added / 2);
    let avoiding = grid.up_to_memory(asked).filter_map(|size| {
        let after = price(size);
        if !saves(after, HUNDREDTH) {
            return None;
        }
        let cut = cut(asked, size);
        (cut == 0 || saves(after, cut + enough)).then_some((cut, after, size))
    });
    avoiding.min().map(|(.., size)| size)
}

const MILLION: u128 = 1_000_000;
/// In millionths.
const HUNDREDTH: u128 = 10_000;

/// The price of a size, in a unit of its own that needs no division.
fn weight(size: Size, units: &UnitPrices, category: Option<ComputeCategory>) -> u128 {
    let nano = |money: Money| u128::from(money.nano().unsigned_abs());
    let cpu = u128::from(size.cpu.milli()) * nano(units.vcpu_of(category));
    let memory = u128::from(size.memory.bytes() >> 20) * nano(units.gib);
    cpu * 1024 + memory * 1000
}

/// The larger of the cuts in vCPU and memory, in millionths of what was asked, which no grid exceeds.
fn cut(asked: Size, size: Size) -> u128 {
    let share = |less: u64, of: u64| less.saturating_mul(1_000_000).div_ceil(of.max(1));
    let cpu = share((asked.cpu - size.cpu).milli(), asked.cpu.milli());
    let memory = share((asked.memory - size.memory).bytes() >> 10, asked.memory.bytes() >> 10);
    u128::from(cpu.max(memory))
}

/// The smallest container without which the sum is not above the size.
fn enough_to_leave_out(pod: &EffectivePod<'_>, asked: &Asked, ask: Size, site: &Site<'_>) -> Option<Box<str>> {
    let summed = pod.settings().use_specs.is_none() && !asked.pod.is_some() && !asked.init_decides();
    if !summed || pod.containers().len() < 2 {
        return None;
    }
    let left = |need: Size| Size::new(asked.size.cpu - need.cpu, asked.size.memory - need.memory);
    let enough = |need: Size| left(need) != Size::default() && ask.holds(left(need));
    let counting = pod.containers().iter().filter(|container| !is_ignored(container));
    let needs = counting.map(|container| (Needs::of(container).counted(site.policies.sizing_inputs), container));
    let smallest = needs.filter(|(need, _)| enough(*need)).min_by_key(|(need, _)| *need);
    smallest.map(|(_, container)| container.name.as_str().into())
}
