//! What selectors say together, and with the edition.

use std::collections::BTreeSet;
use std::ops::Range;

use eci_model::{Edition, FindingBuilder, Findings, Location, Rule, Site, VSwitchId, Zone};

use super::{Profile, Switch};
use crate::rules::{
    PROFILE_ARM_ZONE, PROFILE_EFFECT_SHADOWED, PROFILE_SELECTOR_CATCH_ALL, PROFILE_SELECTOR_DEAD,
    PROFILE_SELECTOR_NO_OP,
};
use crate::selector::{Entry, Selector};

pub(super) fn check(selectors: &[Selector], place: &Location, site: &Site<'_>, out: &mut Findings) {
    for (index, selector) in selectors.iter().enumerate() {
        if site.edition == Edition::AckServerless && selector.effect.is_empty() {
            out.push(at(PROFILE_SELECTOR_NO_OP, place, &selector.spans.name).found(selector.name.to_string()));
        } else if selector.is_catch_all() {
            out.push(at(PROFILE_SELECTOR_CATCH_ALL, place, &selector.spans.name).found(selector.name.to_string()));
        }
        shadowed(&selectors[..index], selector, out);
    }
}

/// Keys that an earlier selector always sets first: one that selects every pod, or the same ones.
fn shadowed(earlier: &[Selector], selector: &Selector, out: &mut Findings) {
    let covers = |other: &&Selector| {
        other.is_catch_all() && !selector.is_catch_all()
            || other.object_selector == selector.object_selector
                && other.namespace_selector == selector.namespace_selector
    };
    type Part = fn(&Selector) -> &[Entry];
    let parts: [Part; 2] = [
        |selector| &selector.effect.annotations,
        |selector| &selector.effect.labels,
    ];
    for part in parts {
        for entry in part(selector) {
            let first = earlier
                .iter()
                .filter(covers)
                .find(|other| part(other).iter().any(|other| other.key == entry.key));
            if let Some(first) = first {
                let finding = PROFILE_EFFECT_SHADOWED
                    .at(entry.place.clone())
                    .found(entry.key.to_string());
                out.push(finding.note(format!("selector `{}` sets it first", first.name)));
            }
        }
    }
}

/// Tells of the selectors that match none of the pods of an input; `matched` holds the names of those that match one.
///
/// # Example
/// ```
/// use std::collections::BTreeSet;
/// use eci_model::{Edition, Findings, Site, policy::Policies};
/// use eci_profile::{Profile, dead_selectors};
/// use k8s_openapi::api::core::v1::ConfigMap;
///
/// let config_map: ConfigMap = serde_json::from_str(
///     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
///         "data": {"selectors": "[{\"name\": \"burst\", \"objectSelector\": {\"matchLabels\": {\"tier\": \"burst\"}}}]"}}"#,
/// )?;
/// let policies = Policies::default();
/// let profile = Profile::read(&config_map, &Site::new(Edition::Ack, &policies)).0.expect("no errors");
/// let mut findings = Findings::new();
/// dead_selectors(&profile, &BTreeSet::new(), &mut findings);
/// assert_eq!(findings.iter().next().map(|finding| finding.rule().name()), Some("profile-selector-dead"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn dead_selectors(profile: &Profile, matched: &BTreeSet<&str>, out: &mut Findings) {
    for selector in profile.selectors() {
        if !matched.contains(&*selector.name) {
            let finding = at(PROFILE_SELECTOR_DEAD, profile.place(), &selector.spans.name);
            out.push(finding.found(selector.name.to_string()));
        }
    }
}

/// Tells when eci-profile adds an Arm virtual node and none of its vSwitches lies in a zone with Arm.
///
/// `zone_of` gives the zone of a vSwitch; where it knows none of one, nothing is said.
pub fn check_arm_zones<'z>(
    profile: &Profile,
    arm: &[Zone],
    zone_of: impl Fn(&VSwitchId) -> Option<&'z Zone>,
    out: &mut Findings,
) {
    if profile.switch(Switch::LinuxArm64Node) != Some(true) || profile.vswitches().is_empty() {
        return;
    }
    let zones: Option<Vec<&Zone>> = profile.vswitches().iter().map(zone_of).collect();
    let Some(zones) = zones.filter(|zones| zones.iter().all(|zone| !arm.contains(zone))) else {
        return;
    };
    let names: BTreeSet<&str> = zones.into_iter().map(Zone::as_str).collect();
    let finding = PROFILE_ARM_ZONE.at(Profile::place_of(Switch::LinuxArm64Node.key()));
    let finding = finding.found(names.into_iter().collect::<Vec<_>>().join(","));
    let arm: Vec<&str> = arm.iter().map(Zone::as_str).collect();
    out.push(finding.expected(format!("a vSwitch in one of {}", arm.join(", "))));
}

fn at(rule: &'static Rule, place: &Location, span: &Range<usize>) -> FindingBuilder {
    rule.at(place.clone()).within(span.clone())
}
