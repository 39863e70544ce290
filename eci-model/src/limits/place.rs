//! Where there are virtual nodes, and how many pods they take.

use crate::digest::{Digests, PodDigest};
use crate::finding::Findings;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;

/// A region without virtual nodes.
pub const REGION_WITHOUT_VIRTUAL_NODES: &Rule = &Rule::error(Code::eci(1410), "region-without-virtual-nodes")
    .summary("region that has no virtual nodes")
    .why("China South Finance and the regions of the government cloud have none, so no pod of a cluster can run on ECI")
    .remedy("use another region")
    .basis(Basis::Documented("Virtual nodes overview, 2025-08-17"))
    .page(include_str!("../../rules/region-without-virtual-nodes.md"));

/// More pods than virtual nodes take.
pub const PODS_PER_VIRTUAL_NODE: &Rule = &Rule::warning(Code::eci(1412), "pods-per-virtual-node")
    .summary("more pods than the virtual nodes take")
    .why("a virtual node takes 50000 pods, and 20000 when Services select them; there is one for each zone")
    .remedy("add vSwitches in more zones to eci-profile, which makes more virtual nodes")
    .basis(Basis::Documented("Virtual nodes overview, 2025-08-17"))
    .page(include_str!("../../rules/pods-per-virtual-node.md"));

pub(super) static RULES: Rules = Rules::new(&[REGION_WITHOUT_VIRTUAL_NODES, PODS_PER_VIRTUAL_NODE]);

/// Pods of a virtual node (Virtual nodes overview, 2025-08-17).
const MOST: u64 = 50_000;

/// Pods of a virtual node that Services select (Virtual nodes overview, 2025-08-17).
const MOST_BEHIND_SERVICES: u64 = 20_000;

/// `virtual_nodes` is how many there are at most; `None` when nothing is known of them.
pub(super) fn together(digests: &Digests, site: &Site<'_>, virtual_nodes: Option<usize>, out: &mut Findings) {
    let pods: Vec<&PodDigest> = digests.pods().iter().filter(|pod| pod.may_run_on_eci()).collect();
    if let Some(region) = site.region.filter(|region| has_none(region.as_str()))
        && let Some(first) = pods.first()
    {
        let finding = REGION_WITHOUT_VIRTUAL_NODES.at(first.place(&At::ROOT));
        let finding = finding.found(region.as_str().to_owned());
        out.push(match pods.len() {
            1 => finding,
            many => finding.note(format!("the same holds for {} more objects", many - 1)),
        });
    }
    if let Some(nodes) = virtual_nodes.and_then(|nodes| u64::try_from(nodes).ok())
        && nodes > 0
    {
        crowded(digests, &pods, nodes, out);
    }
}

/// China South Finance, and the government cloud.
fn has_none(region: &str) -> bool {
    region.starts_with("cn-shenzhen-finance") || region.split('-').any(|part| part == "gov")
}

fn crowded(digests: &Digests, pods: &[&PodDigest], nodes: u64, out: &mut Findings) {
    let counted = || pods.iter().filter(|pod| pod.is_counted);
    let sum = |pods: &mut dyn Iterator<Item = &&PodDigest>| pods.map(|pod| u64::from(pod.replicas())).sum::<u64>();
    let all = sum(&mut counted());
    if all <= MOST_BEHIND_SERVICES * nodes {
        return;
    }
    let is_behind = |pod: &PodDigest| {
        let services = digests.services().iter();
        let mut own = services.filter(|it| it.subject.namespace.as_deref() == Some(pod.namespace()));
        own.any(|service| service.selector.select(&pod.labels))
    };
    let behind = sum(&mut counted().filter(|pod| is_behind(pod)));
    let (found, most) = if all > MOST * nodes {
        (all, MOST)
    } else if behind > MOST_BEHIND_SERVICES * nodes {
        (behind, MOST_BEHIND_SERVICES)
    } else {
        return;
    };
    let largest = counted().max_by_key(|pod| (pod.replicas(), std::cmp::Reverse(&pod.subject)));
    if let Some(largest) = largest {
        let finding = PODS_PER_VIRTUAL_NODE.at(largest.place(&At::ROOT));
        let finding = finding.found(format!("{found} pods for at most {nodes} virtual nodes"));
        largest.tell(finding.expected(format!("at most {most} for each")), out);
    }
}
