//! Whole pods: the same rules fire.

use std::collections::BTreeSet;

use eci_sdk::{Cluster, Edition, Planner, rule};
use k8s_openapi::api::core::v1::Pod;
use serde_json::Value;

use super::{Place, fired, generate};
use crate::dice::{Difference, cases, odd_rule};

/// The rules of this part: all others are judged elsewhere.
const PART: [&str; 46] = [
    "annotation-retired",
    "legacy-and-current",
    "annotation-doubtful",
    "annotation-third-party",
    "annotation-edition",
    "burst-resource-conflict",
    "spot-limit-missing",
    "spot-limit-inert",
    "spot-setting-without-strategy",
    "spot-with-category",
    "spot-with-private-pool",
    "category-with-filter",
    "category-with-arm",
    "filter-with-type",
    "mixed-signs",
    "private-pool-id-missing",
    "private-pool-id-inert",
    "private-pool-needs-type",
    "eip-setting-without-eip",
    "eip-both-modes",
    "ipv6-chain",
    "fixed-ip-retain-inert",
    "bandwidth-in-bytes",
    "dns-both-keys",
    "dns-annotation-policy",
    "hosts-twice",
    "ram-role-and-password-free",
    "image-cache-setting-inert",
    "image-cache-match-both",
    "image-cache-match-count-high",
    "acr-user-without-service",
    "data-cache-setting-without-bucket",
    "data-cache-level-moot",
    "data-cache-nothing-mounted",
    "encrypted-disk-with-manual-cache",
    "core-pattern-without-volume",
    "sidecar-switch-value",
    "sidecar-switch-misspelt",
    "sidecar-only",
    "launch-order-without-probe",
    "log-family-incomplete",
    "log-setting-range",
    "log-path-without-volume",
    "annotation-unknown",
    "annotation-misspelt",
    "annotation-set-by-platform",
];

#[test]
fn annotations_together_are_judged_alike() {
    for name in PART {
        assert!(rule(name).is_some(), "no rule {name}");
    }
    cases("together", |dice| {
        let pod = generate::pod(dice);
        let place = dice.of(&[Place::Ack, Place::Serverless, Place::SelfManaged]);
        let expected = fired(&pod, place);
        let found = by_the_planner(&pod, place);
        (found != expected).then(|| Difference {
            kind: odd_rule(&found, &expected),
            case: format!("{place:?} {pod}"),
            found: format!("{found:?}"),
            expected: format!("{expected:?}"),
        })
    });
}

fn by_the_planner(pod: &Value, place: Place) -> BTreeSet<&'static str> {
    let edition = match place {
        Place::Ack => Edition::Ack,
        Place::Serverless => Edition::AckServerless,
        Place::SelfManaged => Edition::SelfManaged,
    };
    let pod: Pod = serde_json::from_value(pod.clone()).expect("a pod");
    let review = Planner::new(Cluster::new(edition)).assume_bound(true).review(&pod);
    let names = review.findings.iter().map(|finding| finding.rule().name());
    names.filter(|name| PART.contains(name)).collect()
}
