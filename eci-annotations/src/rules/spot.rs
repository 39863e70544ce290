//! Spot capacity: its limit, its settings, and what it excludes.

use eci_model::spec::SpotStrategy;
use eci_model::{Basis, Code, Findings, Origin, Rule};

use crate::keys;
use crate::together::Scene;

/// A strategy with a limit, and no limit.
pub const LIMIT_MISSING: &Rule = &Rule::error(Code::eci(2210), "spot-limit-missing")
    .summary("the spot strategy asks for a price limit, and none is set")
    .why("with `SpotWithPriceLimit` the limit is mandatory; the pod is refused")
    .remedy("set `k8s.aliyun.com/eci-spot-price-limit` to the highest price of an hour, or use `SpotAsPriceGo`")
    .basis(Basis::Documented("Create preemptible instances, 2024-11-19"))
    .page(include_str!("../../rules/spot-limit-missing.md"));

/// A limit that the strategy does not look at.
pub const LIMIT_INERT: &Rule = &Rule::warning(Code::eci(2212), "spot-limit-inert")
    .summary("the price limit does nothing with this spot strategy")
    .why("`SpotAsPriceGo` follows the market price up to the pay-as-you-go price and ignores the limit")
    .remedy("remove the limit, or use `SpotWithPriceLimit`")
    .basis(Basis::Documented("Create preemptible instances, 2024-11-19"))
    .page(include_str!("../../rules/spot-limit-inert.md"));

/// Settings of spot capacity on a pod that does not use it.
pub const WITHOUT_STRATEGY: &Rule = &Rule::warning(Code::eci(2214), "spot-setting-without-strategy")
    .summary("a spot setting without a spot strategy")
    .why("without a strategy the pod is billed pay-as-you-go, and the setting does nothing")
    .remedy("set `k8s.aliyun.com/eci-spot-strategy`, or remove the setting")
    .basis(Basis::Documented("Create preemptible instances, 2024-11-19"))
    .page(include_str!("../../rules/spot-setting-without-strategy.md"));

/// Spot capacity and a compute category.
pub const WITH_CATEGORY: &Rule = &Rule::error(Code::eci(2216), "spot-with-category")
    .summary("spot capacity and a compute category exclude each other")
    .why("the request fails with `FeatureBasedConstraintConflict`; pages disagree whether for `economy` only or for both categories")
    .remedy("drop one of them")
    .basis(Basis::Documented("Specify a compute category to create a pod, 2024-08-14"))
    .page(include_str!("../../rules/spot-with-category.md"));

/// Spot capacity and a private pool.
pub const WITH_PRIVATE_POOL: &Rule = &Rule::error(Code::eci(2218), "spot-with-private-pool")
    .summary("spot capacity and a private pool exclude each other")
    .why("a private pool is capacity that was paid for, which cannot be reclaimed by price")
    .remedy("drop one of them")
    .basis(Basis::Documented(
        "Use the private pool of an elasticity assurance, 2025-06-30",
    ))
    .page(include_str!("../../rules/spot-with-private-pool.md"));

/// A price limit that is no price.
pub const LIMIT_PRECISION: &Rule = &Rule::error(Code::eci(2220), "spot-limit-precision")
    .summary("the price limit is not a price above zero with at most three decimals")
    .why("the API takes three decimals and refuses other prices")
    .remedy("write a price of an hour such as `0.250`")
    .basis(Basis::Documented(
        "Create preemptible instances, 2024-11-19; CreateContainerGroup, SpotPriceLimit",
    ))
    .page(include_str!("../../rules/spot-limit-precision.md"));

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    match &scene.settings().spot_strategy {
        None => without_strategy(scene, out),
        Some(strategy) => {
            limit(scene, strategy.value, &strategy.origin, out);
            if strategy.value.is_spot() {
                excluded(scene, &strategy.origin, out);
            }
        }
    }
}

fn limit(scene: &Scene<'_>, strategy: SpotStrategy, origin: &Origin, out: &mut Findings) {
    match (strategy, &scene.settings().spot_price_limit) {
        (SpotStrategy::SpotWithPriceLimit, None) if !scene.has(&keys::SPOT_PRICE_LIMIT) => {
            out.push(scene.finding(LIMIT_MISSING, &keys::SPOT_STRATEGY, origin));
        }
        (SpotStrategy::SpotAsPriceGo, Some(limit)) => {
            let finding = scene.inert(LIMIT_INERT, &keys::SPOT_PRICE_LIMIT, &limit.origin);
            out.push(finding.found(limit.value.to_string()));
        }
        _ => {}
    }
}

fn without_strategy(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let given = [
        settings
            .spot_price_limit
            .as_ref()
            .map(|_| keys::SPOT_PRICE_LIMIT.name()),
        settings.spot_duration.as_ref().map(|_| keys::SPOT_DURATION.name()),
        settings.spot_fallback.as_ref().map(|_| keys::SPOT_FALLBACK.name()),
        settings
            .spot_release
            .as_ref()
            .map(|_| keys::SPOT_RELEASE_STRATEGY.name()),
    ];
    let names: Vec<&str> = given.into_iter().flatten().collect();
    if let Some(first) = names.first()
        && !scene.has(&keys::SPOT_STRATEGY)
    {
        out.push(scene.subject.finding(WITHOUT_STRATEGY, first).found(names.join(", ")));
    }
}

fn excluded(scene: &Scene<'_>, origin: &Origin, out: &mut Findings) {
    let settings = scene.settings();
    if let Some(categories) = &settings.compute_categories {
        let finding = scene.finding(WITH_CATEGORY, &keys::COMPUTE_CATEGORY, &categories.origin);
        let strategy = scene
            .finding(WITH_CATEGORY, &keys::SPOT_STRATEGY, origin)
            .build()
            .place()
            .clone();
        out.push(
            finding
                .found(categories.value.to_string())
                .related(strategy, "the spot strategy"),
        );
    }
    let criteria = settings.pool_criteria.as_ref();
    let pool = settings.private_pool.as_ref();
    let first = criteria
        .map(|given| scene.finding(WITH_PRIVATE_POOL, &keys::PRIVATE_POOL_MATCH_CRITERIA, &given.origin))
        .or_else(|| pool.map(|given| scene.finding(WITH_PRIVATE_POOL, &keys::PRIVATE_POOL_ID, &given.origin)));
    if let Some(finding) = first {
        out.push(finding);
    }
}
