//! `eci-use-specs` and the filters beside it: kinds, families, types, doubles.

use super::{Case, key};
use crate::finding::Findings;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::settings::InstanceFamily;
use crate::spec::{Family, Size, SpecItem, SpecKind};

const SPECS_PAGE: &str = "Create pods by specifying multiple specifications, 2025-03-28";
const FILTER_PAGE: &str = "Specify or exclude ECS instance families to create a pod, 2024-11-13";

/// GPU, local-disk or Arm types beside other kinds.
pub const SPECS_MIXED_KINDS: &Rule = &Rule::error(Code::eci(5030), "specs-mixed-kinds")
    .summary("GPU, local-disk or Arm types stand beside items of another kind")
    .why("such types may be listed only among their own kind")
    .remedy("list items of one kind")
    .basis(Basis::Documented(SPECS_PAGE))
    .page(include_str!("../../../rules/specs-mixed-kinds.md"));

/// Two items that come to the same size.
pub const SPECS_DUPLICATE_AFTER_ROUNDING: &Rule = &Rule::warning(Code::eci(5032), "specs-duplicate-after-rounding")
    .summary("two items are rounded to the same size")
    .why("the second is no alternative when the first has no stock")
    .remedy("drop one of them, or name another size")
    .basis(Basis::Ours("follows from the rounding of each item"))
    .page(include_str!("../../../rules/specs-duplicate-after-rounding.md"));

/// A family that is on no list.
pub const SPEC_FAMILY_UNKNOWN: &Rule = &Rule::warning(Code::eci(5034), "spec-family-unknown")
    .summary("ECS family that the published lists do not have")
    .why("it may be misspelt, or newer than the list that is built in")
    .remedy("check the spelling against the list of supported families")
    .basis(Basis::Documented(
        "Specify x86 types to create a pod, 2025-12-19, and the pages on GPU, Arm and local-disk types",
    ))
    .page(include_str!("../../../rules/spec-family-unknown.md"));

/// A family that is gone.
pub const SPEC_FAMILY_RETIRED: &Rule = &Rule::error(Code::eci(5036), "spec-family-retired")
    .summary("ECS family that ECI no longer offers")
    .why("no instance of it can be created")
    .remedy("name another family, such as `c6`, `c7` or `u1`")
    .basis(Basis::Documented("Feature release record, 2024-10-18"))
    .page(include_str!("../../../rules/spec-family-retired.md"));

/// An item that begins like an ECS type and is none; told by the crate that reads annotations.
pub const SPEC_TYPE_MALFORMED: &Rule = &Rule::error(Code::eci(5038), "spec-type-malformed")
    .summary("item that begins with `ecs.` and is no ECS type")
    .why("the list cannot be read")
    .remedy("write `ecs.<family>.<size>`, such as `ecs.c6.large`")
    .basis(Basis::Documented(SPECS_PAGE))
    .page(include_str!("../../../rules/spec-type-malformed.md"));

/// A filter without a size to filter for.
pub const FILTER_NEEDS_SIZE: &Rule = &Rule::warning(Code::eci(5040), "filter-needs-size")
    .summary("families or generations are filtered and no size is asked for")
    .why("filters choose among the ECS types behind a size")
    .remedy("give requests or limits to the containers, or a size in `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented(FILTER_PAGE))
    .page(include_str!("../../../rules/filter-needs-size.md"));

/// A filter turns billing from size to type.
pub const FILTER_BILLS_BY_TYPE: &Rule = &Rule::info(Code::eci(5042), "filter-bills-by-type")
    .summary("with a filter of families or generations the ECS type is paid for, not the size")
    .why("the type may have more memory than was asked for, and its price is another one")
    .remedy("know the price of the types that the filter leaves, or drop the filter")
    .basis(Basis::Documented(FILTER_PAGE))
    .page(include_str!("../../../rules/filter-bills-by-type.md"));

/// A filter that can find nothing.
pub const FILTER_NEVER_REACHED: &Rule = &Rule::error(Code::eci(5044), "filter-never-reached")
    .summary("every wanted family has GPUs or local disks, which filters never reach")
    .why("no ECS type is left, and no instance can be created")
    .remedy("name the ECS type in `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented(FILTER_PAGE))
    .page(include_str!("../../../rules/filter-never-reached.md"));

/// CPU options without a type.
pub const CPU_OPTION_WITHOUT_TYPE: &Rule = &Rule::warning(Code::eci(5082), "cpu-option-without-type")
    .summary("CPU options are set and no ECS type is named")
    .why("cores and threads can be set for some ECS types only")
    .remedy("name an ECS type that supports them in `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented(
        "CreateContainerGroup, CpuOptionsCore and CpuOptionsThreadsPerCore, 2026-04",
    ))
    .page(include_str!("../../../rules/cpu-option-without-type.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    SPECS_MIXED_KINDS,
    SPECS_DUPLICATE_AFTER_ROUNDING,
    SPEC_FAMILY_UNKNOWN,
    SPEC_FAMILY_RETIRED,
    SPEC_TYPE_MALFORMED,
    FILTER_NEEDS_SIZE,
    FILTER_BILLS_BY_TYPE,
    FILTER_NEVER_REACHED,
    CPU_OPTION_WITHOUT_TYPE,
]);

pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    mixed_kinds(case, out);
    duplicates(case, out);
    for (index, ecs) in case.types() {
        family(case, &ecs.family(), key::USE_SPECS, index, out);
    }
    filters(case, out);
    cpu_options(case, out);
}

fn mixed_kinds(case: &Case<'_>, out: &mut Findings) {
    let Some(specs) = case.specs().filter(|specs| specs.0.len() > 1) else {
        return;
    };
    let mut common = SpecKind::ALL.map(Some);
    for (index, item) in specs.iter().enumerate() {
        let is_of = |kind: SpecKind| match item {
            SpecItem::Size(_) => Some(kind == SpecKind::Ordinary),
            SpecItem::Type(ecs) => Family::of_type(ecs).map(|family| family.is_of(kind)),
        };
        // An unknown family is of any kind.
        let left = common.map(|kind| kind.filter(|kind| is_of(*kind).unwrap_or(true)));
        if left == [None; 4] {
            let before: Vec<&str> = common.iter().flatten().map(|kind| kind.name()).collect();
            let finding = case.at_item_of(SPECS_MIXED_KINDS, key::USE_SPECS, index);
            out.push(
                finding
                    .found(item.to_string())
                    .expected(format!("{}, like the items before it", before.join(" or "))),
            );
            return;
        }
        common = left;
    }
}

fn duplicates(case: &Case<'_>, out: &mut Findings) {
    let Some(specs) = case.specs() else { return };
    let billed = |size: &Size| case.sizing.terms.grid.round_up(*size, case.site.policies.rounding);
    for (index, item) in specs.iter().enumerate() {
        let SpecItem::Size(size) = item else { continue };
        let Some(rounded) = billed(size) else { continue };
        let earlier = specs.iter().take(index).find(|earlier| match earlier {
            SpecItem::Size(earlier) => earlier != size && billed(earlier) == Some(rounded),
            SpecItem::Type(_) => false,
        });
        if let Some(earlier) = earlier {
            let finding = case.at_item_of(SPECS_DUPLICATE_AFTER_ROUNDING, key::USE_SPECS, index);
            let finding = finding.found(size.to_string());
            out.push(finding.note(format!("`{earlier}` is billed as {rounded} too")));
        }
    }
}

fn family(case: &Case<'_>, name: &str, key: &str, index: usize, out: &mut Findings) {
    if let Some(date) = Family::retired(name) {
        let finding = case.at_item_of(SPEC_FAMILY_RETIRED, key, index).found(name.to_owned());
        out.push(finding.note(format!("taken off the list on {date}")));
    } else if !Family::named(name).is_some_and(|family| family.is_listed(case.site.edition)) {
        let date = Family::list_date(case.site.edition);
        let finding = case.at_item_of(SPEC_FAMILY_UNKNOWN, key, index).found(name.to_owned());
        out.push(finding.expected(format!("a family of the list of {date}")));
    }
}

fn filters(case: &Case<'_>, out: &mut Findings) {
    let settings = case.settings();
    let filter = match (&settings.instance_families, &settings.instance_generations) {
        (Some(_), _) => key::FAMILY,
        (None, Some(_)) => key::GENERATION,
        (None, None) => return,
    };
    if let Some(given) = &settings.instance_families {
        for (index, signed) in given.value.0.iter().enumerate() {
            family(case, signed.item.short(), key::FAMILY, index, out);
        }
        let mut wanted = given.value.wanted().peekable();
        if wanted.peek().is_some() && wanted.all(is_unreachable) {
            let finding = case.at_key(FILTER_NEVER_REACHED, key::FAMILY);
            out.push(finding.found(given.value.to_string()));
            return;
        }
    }
    match case.specs().map(|specs| specs.sizes().next().is_some()) {
        None if case.sizing.containers.is_nothing() => out.push(case.at_key(FILTER_NEEDS_SIZE, filter)),
        None | Some(true) => out.push(case.at_key(FILTER_BILLS_BY_TYPE, filter)),
        // A filter beside ECS types alone is a matter of the annotations.
        Some(false) => {}
    }
}

/// Whether filters never choose the family.
fn is_unreachable(family: &InstanceFamily) -> bool {
    Family::of_filter(family).is_some_and(|family| family.is_gpu() || family.has_local_disk())
}

fn cpu_options(case: &Case<'_>, out: &mut Findings) {
    let settings = case.settings();
    if case.types().next().is_some() {
        return;
    }
    for (key, set) in [
        (key::CPU_CORES, settings.cpu_cores.is_some()),
        (key::CPU_THREADS, settings.cpu_threads.is_some()),
    ] {
        if set {
            out.push(case.at_key(CPU_OPTION_WITHOUT_TYPE, key));
            return;
        }
    }
}
