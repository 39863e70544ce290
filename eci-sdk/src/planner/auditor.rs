//! Many objects: what each decides alone at once, what needs several at the end.

use std::collections::BTreeSet;

use eci_model::digest::{Digests, PodDigest};
use eci_model::{Edition, FieldPath, Findings, Location, Object, ObjectRef, VSwitchId, Zone, billing, limits};
use eci_network::NetworkAudit;

use super::selectors::SelectorUse;
use super::stored::Stored;
use super::{Planner, Review, remembered, stages};
use crate::cluster::Cluster;

/// Judges many objects.
///
/// [`push`](Self::push) gives what an object alone decides and keeps a small digest of it; [`finish`](Self::finish) runs the rules that
/// need several. What `finish` says, and in which order, does not depend on the order of pushing.
///
/// # Example
/// ```
/// use eci_sdk::{Cluster, Edition, Planner};
/// use k8s_openapi::api::core::v1::{Pod, Service};
///
/// let service: Service = serde_json::from_str(
///     r#"{"metadata": {"name": "web"}, "spec": {"type": "NodePort", "selector": {"app": "web"}}}"#,
/// )?;
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "labels": {"app": "web", "alibabacloud.com/eci": "true"}}}"#,
/// )?;
/// let mut auditor = Planner::new(Cluster::new(Edition::Ack)).auditor();
/// auditor.push(&service);
/// auditor.push(&pod);
/// let names: Vec<&str> = auditor.finish().iter().map(|finding| finding.rule().name()).collect();
/// assert_eq!(names, ["node-port-service"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Auditor {
    planner: Planner,
    digests: Digests,
    network: NetworkAudit,
    stored: Stored,
    selectors: SelectorUse,
}

impl Auditor {
    pub(super) fn new(planner: Planner) -> Self {
        Self {
            planner,
            digests: Digests::default(),
            network: NetworkAudit::default(),
            stored: Stored::default(),
            selectors: SelectorUse::default(),
        }
    }

    /// Judges one object by itself, and keeps what the others need of it.
    pub fn push<'a>(&mut self, object: impl Into<Object<'a>>) -> Review {
        let object = object.into();
        let mut review = self.planner.review(object);
        self.network.push(object, review.network.take());
        self.stored.push(&object, &review);
        // What an effect of the profile adds is told once, where it is written, when the profile is observed.
        review
            .findings
            .retain(|finding| !self.planner.cluster().has_told(finding));
        if let Some(pod) = object.pod() {
            self.selectors.push(self.planner.cluster(), &pod);
            self.digests.push_pod(&object, remembered::facts(&review));
        } else {
            self.digests.push(&object);
        }
        review
    }

    /// What only several objects together show: a line a family, each a pure function of the digests.
    pub fn finish(mut self) -> Findings {
        self.digests.settle();
        let (digests, cluster) = (&self.digests, self.planner.cluster());
        let site = cluster.site(false);
        let mut out = Findings::new();
        limits::together(digests, &site, virtual_nodes(cluster), &mut out);
        billing::together(digests, cluster.vcpu_quota(), &mut out);
        let has_nodes = cluster.edition() == Edition::SelfManaged;
        if has_nodes && digests.pods().iter().any(PodDigest::may_run_on_eci) {
            let nodes = Location::new(ObjectRef::new("Node", None, "virtual-node"), FieldPath::ROOT);
            billing::vnode_billed(nodes, cluster.prices(), &mut out);
        }
        self.network.finish(digests, &stages::facts(cluster), &site, &mut out);
        self.stored.finish(digests, cluster.stored(), &site, &mut out);
        self.selectors.finish(cluster, &mut out);
        out
    }
}

/// How many virtual nodes there are at most: one for each zone of the vSwitches of eci-profile, or for each vSwitch of unknown zone.
fn virtual_nodes(cluster: &Cluster) -> Option<usize> {
    let own = cluster.profile()?.vswitches();
    let zone = |id: &VSwitchId| {
        let known = cluster.vswitches().find(|known| known.id == *id);
        known.and_then(|known| known.zone.clone())
    };
    let places: BTreeSet<(Option<Zone>, Option<&VSwitchId>)> = own
        .iter()
        .map(|id| match zone(id) {
            Some(zone) => (Some(zone), None),
            None => (None, Some(id)),
        })
        .collect();
    (!places.is_empty()).then_some(places.len())
}
