//! Which capacity is used: categories, filters of families and generations, private pools.

use eci_model::settings::{CpuArch, PoolCriteria};
use eci_model::spec::{EcsType, Family, SpecItem};
use eci_model::{Basis, Code, Findings, Rule};

use crate::keys;
use crate::together::{Scene, value};

/// A category and a filter of families or generations.
pub const CATEGORY_WITH_FILTER: &Rule = &Rule::error(Code::eci(2230), "category-with-filter")
    .summary("a compute category and a filter of families or generations exclude each other")
    .why("a category chooses the capacity itself")
    .remedy("drop one of them")
    .basis(Basis::Documented(
        "Specify a compute category to create a pod, 2024-08-14",
    ))
    .page(include_str!("../../rules/category-with-filter.md"));

/// A category and Arm.
pub const CATEGORY_WITH_ARM: &Rule = &Rule::error(Code::eci(2232), "category-with-arm")
    .summary("a compute category and Arm exclude each other")
    .why("the request fails with `FeatureBasedConstraintConflict`")
    .remedy("drop the category")
    .basis(Basis::Documented(
        "Specify a compute category to create a pod, 2024-08-14",
    ))
    .page(include_str!("../../rules/category-with-arm.md"));

/// A filter beside nothing but ECS types.
pub const FILTER_WITH_TYPE: &Rule = &Rule::warning(Code::eci(2234), "filter-with-type")
    .summary("the filter does nothing, since every size asked for is an ECS type")
    .why("categories, families and generations narrow sizes of vCPU and memory only")
    .remedy("drop the filter, or name a size")
    .basis(Basis::Documented(
        "Specify or exclude ECS instance families, 2024-11-13",
    ))
    .page(include_str!("../../rules/filter-with-type.md"));

/// A filter that wants some items and excludes others.
pub const MIXED_SIGNS: &Rule = &Rule::warning(Code::eci(2236), "mixed-signs")
    .summary("the list holds wanted and excluded items together")
    .why("no page describes what such a list means")
    .remedy("use one sign for all items")
    .basis(Basis::Documented(
        "Specify or exclude ECS instance families, 2024-11-13, which leaves it open",
    ))
    .page(include_str!("../../rules/mixed-signs.md"));

/// A private pool that must be used, and none named.
pub const POOL_ID_MISSING: &Rule = &Rule::error(Code::eci(2240), "private-pool-id-missing")
    .summary("the private pool to use is not named")
    .why("with `Target` the id of the pool is mandatory")
    .remedy("set `k8s.aliyun.com/eci-privatepool-id`, or use `Open`")
    .basis(Basis::Documented(
        "Use the private pool of an elasticity assurance, 2025-06-30",
    ))
    .page(include_str!("../../rules/private-pool-id-missing.md"));

/// A private pool that is named in vain.
pub const POOL_ID_INERT: &Rule = &Rule::warning(Code::eci(2242), "private-pool-id-inert")
    .summary("the private pool is named in vain")
    .why("the id counts with the match criteria `Target` only")
    .remedy("set `k8s.aliyun.com/eci-privatepool-matchcriteria` to `Target`, or remove the id")
    .basis(Basis::Documented(
        "Use the private pool of an elasticity assurance, 2025-06-30",
    ))
    .page(include_str!("../../rules/private-pool-id-inert.md"));

/// A private pool without the type it was bought for.
pub const POOL_NEEDS_TYPE: &Rule = &Rule::error(Code::eci(2244), "private-pool-needs-type")
    .summary("a private pool needs an ECS type, and none is named")
    .why("an elasticity assurance is bought for one ECS type and serves that only")
    .remedy("name the assured type in `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented(
        "Use the private pool of an elasticity assurance, 2025-06-30",
    ))
    .page(include_str!("../../rules/private-pool-needs-type.md"));

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    category(scene, out);
    filters(scene, out);
    private_pool(scene, out);
}

fn category(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let Some(categories) = &settings.compute_categories else {
        return;
    };
    let finding = |rule| {
        let finding = scene.finding(rule, &keys::COMPUTE_CATEGORY, &categories.origin);
        finding.found(categories.value.to_string())
    };
    let filters = [
        settings
            .instance_families
            .as_ref()
            .map(|_| keys::INSTANCE_FAMILY.name()),
        settings
            .instance_generations
            .as_ref()
            .map(|_| keys::INSTANCE_GENERATION.name()),
    ];
    let filters: Vec<&str> = filters.into_iter().flatten().collect();
    if let Some(filter) = filters.first() {
        let place = scene.subject.place(filter);
        out.push(finding(CATEGORY_WITH_FILTER).related(place, "the filter"));
    }
    if let Some(why) = arm(scene) {
        out.push(finding(CATEGORY_WITH_ARM).note(why));
    }
}

/// What makes the pod one of Arm.
fn arm(scene: &Scene<'_>) -> Option<String> {
    let specs = scene.settings().use_specs.as_ref();
    let is_arm = |ecs: &&EcsType| Family::of_type(ecs).is_some_and(|family| family.arch() == CpuArch::Arm64);
    if let Some(ecs) = specs.and_then(|specs| specs.value.types().find(is_arm)) {
        return Some(format!("`{ecs}` is an Arm type"));
    }
    let selector = scene.pod.spec().and_then(|spec| spec.node_selector.as_ref());
    let arch = selector.and_then(|selector| selector.get(keys::label::ARCH.name()));
    let selects = arch.is_some_and(|arch| arch == CpuArch::Arm64.name());
    selects.then(|| "the node selector asks for arm64".to_owned())
}

fn filters(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    if let Some(families) = settings
        .instance_families
        .as_ref()
        .filter(|given| given.value.is_mixed())
    {
        let finding = scene.finding(MIXED_SIGNS, &keys::INSTANCE_FAMILY, &families.origin);
        out.push(finding.found(families.value.to_string()));
    }
    if let Some(generations) = settings
        .instance_generations
        .as_ref()
        .filter(|given| given.value.is_mixed())
    {
        let finding = scene.finding(MIXED_SIGNS, &keys::INSTANCE_GENERATION, &generations.origin);
        out.push(finding.found(generations.value.to_string()));
    }
    let Some(specs) = &settings.use_specs else { return };
    if specs.value.0.is_empty() || specs.value.iter().any(|item| matches!(item, SpecItem::Size(_))) {
        return;
    }
    let inert = [
        settings
            .compute_categories
            .as_ref()
            .map(|_| keys::COMPUTE_CATEGORY.name()),
        settings
            .instance_families
            .as_ref()
            .map(|_| keys::INSTANCE_FAMILY.name()),
        settings
            .instance_generations
            .as_ref()
            .map(|_| keys::INSTANCE_GENERATION.name()),
    ];
    let names: Vec<&str> = inert.into_iter().flatten().collect();
    if let Some(first) = names.first() {
        let sizes = scene.subject.place(keys::USE_SPECS.name());
        let finding = scene.subject.finding(FILTER_WITH_TYPE, first).found(names.join(", "));
        let finding = scene.subject.without(finding, first);
        out.push(finding.related(sizes, "names ECS types only"));
    }
}

fn private_pool(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let (criteria, pool) = (&settings.pool_criteria, &settings.private_pool);
    match (value(criteria.as_ref()), criteria, pool) {
        (Some(PoolCriteria::Target), Some(given), None) if !scene.has(&keys::PRIVATE_POOL_ID) => {
            out.push(scene.finding(POOL_ID_MISSING, &keys::PRIVATE_POOL_MATCH_CRITERIA, &given.origin));
        }
        (Some(PoolCriteria::Open), _, Some(pool)) => {
            let finding = scene.inert(POOL_ID_INERT, &keys::PRIVATE_POOL_ID, &pool.origin);
            out.push(finding.found(pool.value.to_string()).note("`Open` takes any open pool"));
        }
        (None, _, Some(pool)) if !scene.has(&keys::PRIVATE_POOL_MATCH_CRITERIA) => {
            let finding = scene.finding(POOL_ID_INERT, &keys::PRIVATE_POOL_ID, &pool.origin);
            out.push(finding.found(pool.value.to_string()).note("no match criteria are set"));
        }
        _ => {}
    }
    let names_type = match &settings.use_specs {
        Some(specs) => specs.value.types().next().is_some(),
        // An unreadable list may name one; it was told already.
        None => scene.has(&keys::USE_SPECS),
    };
    if names_type {
        return;
    }
    let finding = match (criteria, pool) {
        (Some(given), _) => scene.finding(POOL_NEEDS_TYPE, &keys::PRIVATE_POOL_MATCH_CRITERIA, &given.origin),
        (None, Some(given)) => scene.finding(POOL_NEEDS_TYPE, &keys::PRIVATE_POOL_ID, &given.origin),
        (None, None) => return,
    };
    out.push(finding);
}
