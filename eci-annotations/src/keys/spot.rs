//! Spot capacity and private pools.

use eci_model::settings::{PoolCriteria, SpotHours, SpotRelease};
use eci_model::spec::SpotStrategy;
use eci_model::{Editions, PrivatePoolId};

use crate::facts::{Category, Confidence};
use crate::value::PriceLimit;

keys! {
    /// Turns the pod into a preemptible instance.
    ///
    /// Absent means pay-as-you-go. With CPU-memory sizing only 2 vCPU and up on the base grid is accepted (rounded up);
    /// region-limited sizes are not allowed.
    SPOT_STRATEGY: SpotStrategy => spot_strategy = pod("k8s.aliyun.com/eci-spot-strategy")
        .category(Category::Instance).editions(Editions::ALL).shape("enum")
        .words(&["SpotWithPriceLimit", "SpotAsPriceGo"]).default("pay-as-you-go (API value NoSpot)")
        .requires(&["k8s.aliyun.com/eci-spot-price-limit when SpotWithPriceLimit"])
        .conflicts(&["k8s.aliyun.com/eci-compute-category", "private pools / elasticity assurance"]).api("SpotStrategy")
        .examples(&["SpotAsPriceGo", "SpotWithPriceLimit"])
        .source("Create preemptible instances (创建抢占式实例)", "2024-11-19").confidence(Confidence::BothLanguages);

    /// Highest hourly price, at most three digits after the point.
    ///
    /// Currency is not stated. Only effective with SpotWithPriceLimit, where it is mandatory.
    SPOT_PRICE_LIMIT: PriceLimit => spot_price_limit = pod("k8s.aliyun.com/eci-spot-price-limit")
        .category(Category::Instance).editions(Editions::ALL).shape("decimal")
        .allowed(r#"pattern: ^[0-9]+(\.[0-9]{1,3})?$"#).min(0).unit("price per hour")
        .requires(&["k8s.aliyun.com/eci-spot-strategy=SpotWithPriceLimit"]).precedence("Ignored with SpotAsPriceGo.")
        .api("SpotPriceLimit").examples(&["0.5", "0.25", "0.250"])
        .source("Create preemptible instances (创建抢占式实例)", "2024-11-19").confidence(Confidence::BothLanguages);

    /// Protection period in hours.
    ///
    /// Default 1; 0 switches protection off. No other value is documented.
    SPOT_DURATION: SpotHours => spot_duration = pod("k8s.aliyun.com/eci-spot-duration")
        .category(Category::Instance).editions(Editions::ALL).shape("integer")
        .allowed("integer; documented values 0 and 1").min(0).unit("hour").default("1")
        .requires(&["k8s.aliyun.com/eci-spot-strategy"]).api("SpotDuration").examples(&["0"])
        .source("Create preemptible instances (创建抢占式实例)", "2024-11-19").confidence(Confidence::BothLanguages)
        .policies(&["OpenForms"]);

    /// When no spot stock exists, fall back to pay-as-you-go automatically; the fall back is reported as SpotDegraded.
    SPOT_FALLBACK: bool => spot_fallback = pod("k8s.aliyun.com/eci-spot-fallback")
        .category(Category::Instance).editions(Editions::ALL).shape("boolean").words(&["true", "false"])
        .default("false").requires(&["k8s.aliyun.com/eci-spot-strategy"]).examples(&["true"])
        .source("Create preemptible instances (创建抢占式实例)", "2024-11-19").confidence(Confidence::BothLanguages);

    /// On the pre-release notice (about three minutes ahead) let the virtual node call the Kubernetes Eviction API for
    /// the pod.
    ///
    /// Needs a recent virtual node release. Missing from the main annotation table.
    SPOT_RELEASE_STRATEGY: SpotRelease => spot_release = pod("k8s.aliyun.com/eci-spot-release-strategy")
        .category(Category::Instance).shape("enum").words(&["api-evict"])
        .requires(&["k8s.aliyun.com/eci-spot-strategy"]).examples(&["api-evict"])
        .source("Create preemptible instances (EN spot page)", "2026-04-01").confidence(Confidence::EnglishOnly)
        .disputed("only the English spot page (2026-04-01) has the key; the annotation tables lack it");

    /// Use capacity from an elasticity assurance.
    ///
    /// Open matches open pools and tops up from the public pool, and cannot match pools that carry tags. Target uses
    /// one pool and fails when it is short. Tables write Open/Target while both YAML samples on the same page write
    /// open/target.
    PRIVATE_POOL_MATCH_CRITERIA: PoolCriteria => pool_criteria = pod("k8s.aliyun.com/eci-privatepool-matchcriteria")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("enum").words(&["Open", "Target"])
        .requires(&[
            "ECS type in k8s.aliyun.com/eci-use-specs equal to the assured type",
            "a vSwitch in the assured zone",
            "k8s.aliyun.com/eci-privatepool-id when Target",
        ])
        .conflicts(&["k8s.aliyun.com/eci-spot-strategy"]).aliases(&["value spellings open, target"])
        .examples(&["Open", "open", "target"])
        .source("Use the private pool of an elasticity assurance (使用弹性保障的私有资源池创建Pod)", "2025-06-30")
        .confidence(Confidence::BothLanguages)
        .disputed("the tables write `Open` and `Target`, both samples of the same page (2025-06-30) `open` and `target`")
        .policies(&["CaseRule"]);

    /// Elasticity assurance (private pool) ID.
    ///
    /// Mandatory with Target, ignored with Open.
    PRIVATE_POOL_ID: PrivatePoolId => private_pool = pod("k8s.aliyun.com/eci-privatepool-id")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("id").allowed("pattern: ^eap-").max_items(1)
        .requires(&["k8s.aliyun.com/eci-privatepool-matchcriteria=Target"])
        .precedence("Ignored when match criteria is Open.").examples(&["eap-2ze1g68k2melxkklabcd"])
        .source("Use the private pool of an elasticity assurance (使用弹性保障的私有资源池创建Pod)", "2025-06-30")
        .confidence(Confidence::BothLanguages);
}
