//! NetworkPolicies in front of pods on ECI.

use crate::digest::{Digests, PodDigest, PolicyDigest};
use crate::finding::{Findings, Location};
use crate::labels;
use crate::path::At;
use crate::policy::NetworkPolicy;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;

use super::service::on_eci;

/// A NetworkPolicy that nothing enforces.
pub const NETWORK_POLICY: &Rule = &Rule::warning(Code::eci(1225), "network-policy")
    .summary("NetworkPolicy for pods on ECI, where nothing enforces it")
    .why("only registered clusters with an add-on enforce policies on ECI; elsewhere traffic passes")
    .remedy("use security groups, which act on the interface of each pod")
    .basis(Basis::Documented("Use network policies on ECI, 2025-01-09"))
    .page(include_str!("../../rules/network-policy.md"));

/// A part of a NetworkPolicy that the add-on does not enforce.
pub const NETWORK_POLICY_PART: &Rule = &Rule::warning(Code::eci(1226), "network-policy-part")
    .summary("part of a NetworkPolicy that is not enforced on ECI")
    .why("the add-on knows neither ranges of ports nor IPv6, and is made for at most 100 policies")
    .remedy("write single ports and IPv4 ranges, and keep the number of policies low")
    .basis(Basis::Documented("Use network policies on ECI, 2025-01-09"))
    .page(include_str!("../../rules/network-policy-part.md"));

pub(super) static RULES: Rules = Rules::new(&[NETWORK_POLICY, NETWORK_POLICY_PART]);

/// Policies of a cluster (Use network policies on ECI, 2025-01-09).
const MOST: usize = 100;

pub(super) fn together(digests: &Digests, site: &Site<'_>, out: &mut Findings) {
    let is_enforced = site.policies.network_policy == NetworkPolicy::Enforced;
    for (index, policy) in digests.policies().iter().enumerate() {
        let Some(pod) = selected(digests, policy) else { continue };
        if !is_enforced {
            let spec = At::ROOT.field("spec");
            let finding = NETWORK_POLICY.at(policy.place(&spec.field("podSelector")));
            pod.tell(finding.related(pod.place(&At::ROOT), "selected, runs on ECI"), out);
            continue;
        }
        for (path, end) in &policy.ranges {
            let place = Location::new(policy.subject.clone(), path.clone());
            pod.tell(NETWORK_POLICY_PART.at(place).found(end.to_string()), out);
        }
        for (path, range) in &policy.v6 {
            let place = Location::new(policy.subject.clone(), path.clone());
            pod.tell(NETWORK_POLICY_PART.at(place).found(range.to_string()), out);
        }
        if index == MOST {
            let finding = NETWORK_POLICY_PART.at(policy.place(&At::ROOT));
            let count = digests.policies().len();
            pod.tell(
                finding
                    .found(count.to_string())
                    .expected(format!("at most {MOST} policies")),
                out,
            );
        }
    }
}

/// A pod on ECI that the policy selects.
fn selected<'d>(digests: &'d Digests, policy: &PolicyDigest) -> Option<&'d PodDigest> {
    let pods = digests.pods_in(policy.subject.namespace.as_deref().unwrap_or_default());
    let selects = |pod: &&PodDigest| labels::selects(Some(&policy.selector), &pod.labels).unwrap_or(false);
    let selected: Vec<&PodDigest> = pods.iter().filter(selects).collect();
    on_eci(&selected)
}
