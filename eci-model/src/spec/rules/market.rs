//! Spot and compute categories: their grids and what they leave out.

use super::{Case, key};
use crate::finding::Findings;
use crate::policy::SpotSmall;
use crate::quantity::Cpu;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::settings::ComputeCategory;
use crate::spec::{Grid, Size, SpecItem};

const SPOT_PAGE: &str = "Create a preemptible instance, 2024-11-19";
const CATEGORY_PAGE: &str = "Specify the compute category to create a pod, 2024-08-14";

/// A size that spot does not have.
pub const SPOT_TOO_SMALL: &Rule = &Rule::warning(Code::eci(5070), "spot-too-small")
    .summary("spot capacity does not come in this size, and a larger one is taken")
    .why("spot by size starts at 2 vCPU 2 GiB, has no 2-1, 4-2 and 8-4, and none of the finer steps of some regions")
    .remedy("ask for the size that is taken, or name an ECS type")
    .basis(Basis::Documented(SPOT_PAGE))
    .page(include_str!("../../../rules/spot-too-small.md"));

/// Spot for what should stay.
pub const SPOT_LONG_LIVED: &Rule = &Rule::info(Code::eci(5072), "spot-long-lived")
    .summary("spot capacity for a workload that a single reclaim interrupts")
    .why("spot instances are reclaimed with about three minutes' notice when price or stock change")
    .remedy("set `k8s.aliyun.com/eci-spot-fallback`, run more replicas, or pay as you go")
    .basis(Basis::Ours("follows from Create a preemptible instance, 2024-11-19"))
    .page(include_str!("../../../rules/spot-long-lived.md"));

/// The economy category, and more than it has.
pub const CATEGORY_ECONOMY_LARGE: &Rule = &Rule::error(Code::eci(5074), "category-economy-large")
    .summary("the economy category alone, and more than its 8 vCPU")
    .why("the platform refuses it and adjusts nothing")
    .remedy("add `general` to `k8s.aliyun.com/eci-compute-category`, or ask for at most 8 vCPU")
    .basis(Basis::Documented(CATEGORY_PAGE))
    .page(include_str!("../../../rules/category-economy-large.md"));

/// The general category, and less than it has.
pub const CATEGORY_GENERAL_SMALL: &Rule = &Rule::info(Code::eci(5076), "category-general-small")
    .summary("the general category alone, and less than its 1 vCPU")
    .why("the size is raised to 1 vCPU and paid for")
    .remedy("use the category `economy` for smaller sizes")
    .basis(Basis::Documented(CATEGORY_PAGE))
    .page(include_str!("../../../rules/category-general-small.md"));

/// A category that lacks a size.
pub const CATEGORY_DROPPED: &Rule = &Rule::info(Code::eci(5078), "category-dropped")
    .summary("a category does not have the size and is skipped for it")
    .why("fewer alternatives are left when there is no stock")
    .remedy("nothing; economy has 0.25 to 8 vCPU and general 1 to 64")
    .basis(Basis::Documented(CATEGORY_PAGE))
    .page(include_str!("../../../rules/category-dropped.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    SPOT_TOO_SMALL,
    SPOT_LONG_LIVED,
    CATEGORY_ECONOMY_LARGE,
    CATEGORY_GENERAL_SMALL,
    CATEGORY_DROPPED,
]);

pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    if case.sizing.terms.spot {
        long_lived(case, out);
    }
    for (index, item) in case.sizing.asked.value().iter().enumerate() {
        let SpecItem::Size(asked) = item else { continue };
        if case.sizing.terms.spot {
            spot(case, index, *asked, out);
        } else {
            category(case, index, *asked, out);
        }
    }
}

/// Whether a rule of this family tells both the size that was asked for and the one that is billed.
pub(super) fn tells_rounding(case: &Case<'_>, asked: Size, billed: Size) -> bool {
    let terms = &case.sizing.terms;
    let general = terms.categories.0 == [ComputeCategory::General] && is_below(asked, MIN_GENERAL);
    general || (terms.spot && terms.spot_lacks(asked, case.site.policies.rounding) && asked != billed)
}

fn spot(case: &Case<'_>, index: usize, asked: Size, out: &mut Findings) {
    if !case.sizing.terms.spot_lacks(asked, case.site.policies.rounding) {
        return;
    }
    let Some(taken) = Grid::SPOT.round_up(asked, case.site.policies.rounding) else {
        return;
    };
    let finding = case.at_item(SPOT_TOO_SMALL, index);
    let finding = finding.found(asked.to_string()).expected(taken.to_string());
    out.push(match case.site.policies.spot_small {
        SpotSmall::RoundUp => finding,
        SpotSmall::Refuse => finding.severity(Severity::Error),
    });
}

fn long_lived(case: &Case<'_>, out: &mut Findings) {
    let settings = case.settings();
    let view = case.pod.view();
    let single = match view.kind() {
        "StatefulSet" => true,
        "Deployment" => view.replicas() == 1,
        _ => false,
    };
    let falls_back = settings.spot_fallback.as_ref().is_some_and(|given| given.value);
    if single && !falls_back {
        let finding = case.at_key(SPOT_LONG_LIVED, key::SPOT_STRATEGY);
        out.push(finding.found(format!("{} of replicas: {}", view.kind(), view.replicas())));
    }
}

fn category(case: &Case<'_>, index: usize, asked: Size, out: &mut Findings) {
    let terms = &case.sizing.terms;
    let economy = [ComputeCategory::Economy];
    let general = [ComputeCategory::General];
    match terms.categories.0.as_slice() {
        [] => {}
        only if only == economy => {
            if asked.cpu > MAX_ECONOMY {
                out.push(
                    case.at_item(CATEGORY_ECONOMY_LARGE, index)
                        .found(asked.to_string())
                        .expected("at most 8 vCPU"),
                );
            }
        }
        only if only == general => {
            let billed = terms.grid.round_up(asked, case.site.policies.rounding);
            if let Some(billed) = billed.filter(|_| is_below(asked, MIN_GENERAL)) {
                let finding = case.at_item(CATEGORY_GENERAL_SMALL, index);
                out.push(finding.found(asked.to_string()).expected(billed.to_string()));
            }
        }
        several => {
            let Some(billed) = terms.grid.round_up(asked, case.site.policies.rounding) else {
                return;
            };
            for category in several {
                if !terms.grid.of_category(*category).contains(billed) {
                    let finding = case.at_key(CATEGORY_DROPPED, key::CATEGORY).found(category.to_string());
                    out.push(finding.note(format!("it has no {billed}")));
                }
            }
        }
    }
}

/// Whether vCPU are asked for, and fewer than these.
fn is_below(asked: Size, least: Cpu) -> bool {
    !asked.cpu.is_zero() && asked.cpu < least
}

const MAX_ECONOMY: Cpu = Cpu::from_vcpu(8);
const MIN_GENERAL: Cpu = Cpu::from_vcpu(1);
