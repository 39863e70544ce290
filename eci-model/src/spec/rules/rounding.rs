//! What rounding does: the size that is billed, what it adds, and what would cost less.

use super::Case;
use crate::billing::{Cost, Mode};
use crate::finding::{FindingBuilder, Findings};
use crate::policy::RoundingAlert;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::spec::{Grid, IGNORE_SWITCH, Size, SpecItem, Waste};

/// Another size is billed than was asked for.
pub const SIZE_ROUNDED: &Rule = &Rule::info(Code::eci(5010), "size-rounded")
    .summary("the size is rounded up, and the larger one is paid for")
    .why("sizes off the grid are rounded up without a word")
    .remedy("ask for a size of the grid, or use all of what is paid for")
    .basis(Basis::Documented("Specify vCPU and memory to create a pod, 2025-01-14"))
    .page(include_str!("../../../rules/size-rounded.md"));

/// The billed size exists in some regions only.
pub const SIZE_REGION_GRID: &Rule = &Rule::info(Code::eci(5026), "size-region-grid")
    .summary("the size exists in twelve regions only")
    .why("elsewhere the same pod gets a larger size at a higher price")
    .remedy("nothing, unless the pod runs in other regions too; then ask for a size of the base grid")
    .basis(Basis::Documented("Specify vCPU and memory to create a pod, 2025-01-14"))
    .page(include_str!("../../../rules/size-region-grid.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[SIZE_ROUNDED, SIZE_REGION_GRID]);

pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    let terms = &case.sizing.terms;
    for (index, item) in case.sizing.asked.value().iter().enumerate() {
        let SpecItem::Size(asked) = item else { continue };
        let Some(billed) = terms.grid.round_up(*asked, case.site.policies.rounding) else {
            continue;
        };
        if !terms.spot && !Grid::BASE.contains(billed) {
            let finding = case.at_item(SIZE_REGION_GRID, index).found(billed.to_string());
            let elsewhere = Grid::BASE.round_up(*asked, case.site.policies.rounding);
            let finding = match elsewhere {
                Some(size) => finding.note(format!("elsewhere {asked} is billed as {size}")),
                None => finding,
            };
            out.push(with_waste(case, finding, index, *asked, billed));
        } else if is_larger(*asked, billed) && !super::market::tells_rounding(case, *asked, billed) {
            let title = format!(
                "the size is rounded up on the {}, and the larger one is paid for",
                terms.grid
            );
            let finding = case.at_item(SIZE_ROUNDED, index).title(title);
            let finding = finding.found(asked.to_string()).expected(billed.to_string());
            let finding = match case.site.region {
                None => finding.note("the region is not known: twelve regions have a finer grid"),
                Some(_) => finding,
            };
            out.push(with_waste(case, finding, index, *asked, billed));
        }
    }
}

/// Whether a resource that was asked for became larger.
fn is_larger(asked: Size, billed: Size) -> bool {
    let cpu = !asked.cpu.is_zero() && billed.cpu > asked.cpu;
    cpu || (!asked.memory.is_zero() && billed.memory > asked.memory)
}

/// What rounding adds, what would cost less, and whether it is too much.
fn with_waste(case: &Case<'_>, finding: FindingBuilder, index: usize, asked: Size, billed: Size) -> FindingBuilder {
    // The sums were made for the first item; those after it are tried only on shortage.
    let first = case
        .sizing
        .candidates
        .first()
        .is_some_and(|first| first.asked == SpecItem::Size(asked));
    if index > 0 || !first || !is_larger(asked, billed) {
        return finding;
    }
    let finding = match &case.sizing.waste {
        Some(waste) => added(case, finding, waste),
        None => finding,
    };
    match &case.sizing.cheaper {
        Some(_) => finding.remedy(remedy(case)),
        None => finding,
    }
}

fn added(case: &Case<'_>, finding: FindingBuilder, waste: &Waste) -> FindingBuilder {
    let size = match (waste.cpu.is_zero(), waste.memory.is_zero()) {
        (false, false) => format!("{} vCPU and {}", waste.cpu, waste.memory),
        (false, true) => format!("{} vCPU", waste.cpu),
        (true, _) => waste.memory.to_string(),
    };
    let currency = case.sizing.cost.as_ref().map(|cost| cost.currency);
    let finding = match waste.per_hour.zip(waste.permille).zip(currency) {
        Some(((money, permille), currency)) => finding.note(format!(
            "rounding adds {size}: {money:.4} {currency} an hour, {} % of the price",
            tenths(permille)
        )),
        None => finding.note(format!("rounding adds {size}")),
    };
    let alert = match case.site.policies.rounding_alert {
        RoundingAlert::Off => return finding,
        RoundingAlert::AboveTenth => 100,
        RoundingAlert::AboveQuarter => 250,
        RoundingAlert::AboveHalf => 500,
    };
    match waste.permille {
        Some(permille) if permille > alert => finding.severity(Severity::Warning),
        _ => finding,
    }
}

/// The nearest request that avoids the waste.
fn remedy(case: &Case<'_>) -> String {
    let Some(cheaper) = &case.sizing.cheaper else {
        return String::new();
    };
    let percent = tenths(cheaper.saves_permille);
    let before = case.sizing.cost.as_ref().and_then(by_size);
    let mut text = match (cheaper.per_hour, before) {
        (Some(after), Some((before, currency))) => format!(
            "ask for {}: {after:.4} instead of {before:.4} {currency} an hour, {percent} % less",
            cheaper.ask
        ),
        _ => format!("ask for {}: {percent} % less by the list prices", cheaper.ask),
    };
    if let Some(name) = &cheaper.leave_out {
        text.push_str(&format!("; or set `{IGNORE_SWITCH}` to `TRUE` on container `{name}`"));
    }
    text
}

fn by_size(cost: &Cost) -> Option<(crate::billing::Rate, crate::billing::Currency)> {
    let rate = cost.instance.filter(|_| cost.mode == Mode::BySize);
    rate.map(|rate| (rate, cost.currency))
}

fn tenths(permille: i64) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}
