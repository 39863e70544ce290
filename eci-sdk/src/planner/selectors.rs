//! Which selectors the pods of an input meet: what no pod alone can tell.

use std::collections::{BTreeMap, BTreeSet};

use eci_model::{At, Findings, Location, PodView, VSwitchId};
use eci_profile::{VNodeSelector, check_arm_zones, dead_selectors, priority_tie, route};

use crate::cluster::Cluster;

/// What the pods of an input met so far.
#[derive(Clone, Debug, Default)]
pub(super) struct SelectorUse {
    pods: usize,
    /// Selectors of eci-profile that matched a pod.
    matched: BTreeSet<Box<str>>,
    /// Whether labels of a namespace were unknown, so that a selector by namespace may match after all.
    namespace_unknown: bool,
    /// Selectors of self-managed clusters of equal priority, with the first pod by name that they all match.
    tied: BTreeMap<Vec<Name>, Location>,
}

/// Namespace and name of a Selector.
type Name = (Box<str>, Box<str>);

impl SelectorUse {
    pub(super) fn push(&mut self, cluster: &Cluster, pod: &PodView<'_>) {
        let facts = cluster.route_facts(pod.namespace());
        let route = route(pod, &facts);
        self.pods += 1;
        self.namespace_unknown |= facts.namespace.is_none();
        for selector in route.matched() {
            if !self.matched.contains(&*selector.name) {
                self.matched.insert((*selector.name).into());
            }
        }
        if !route.tied().is_empty() {
            let names = route.tied().iter().map(|selector| name(selector)).collect();
            let place = pod.place(&At::ROOT);
            let first = self.tied.entry(names).or_insert_with(|| place.clone());
            *first = place.min(first.clone());
        }
    }

    pub(super) fn finish(&self, cluster: &Cluster, out: &mut Findings) {
        if let (Some(profile), Some(arm)) = (cluster.profile(), &cluster.facts.arm_zones) {
            let zone_of = |id: &VSwitchId| {
                cluster
                    .facts
                    .inventory
                    .vswitch(id)
                    .and_then(|known| known.zone.as_ref())
            };
            check_arm_zones(profile, arm, zone_of, out);
        }
        if let Some(profile) = cluster.profile().filter(|_| self.pods > 0) {
            let mut matched: BTreeSet<&str> = self.matched.iter().map(|name| &**name).collect();
            let by_namespace = profile
                .selectors()
                .iter()
                .filter(|selector| self.namespace_unknown && selector.namespace_selector.is_some());
            matched.extend(by_namespace.map(|selector| &*selector.name));
            dead_selectors(profile, &matched, out);
        }
        for (names, pod) in &self.tied {
            let selectors = cluster.vnode_selectors().iter();
            let tied: Vec<&VNodeSelector> = selectors.filter(|selector| names.contains(&name(selector))).collect();
            priority_tie(&tied, pod.clone(), out);
        }
    }
}

fn name(selector: &VNodeSelector) -> Name {
    let namespace = selector.namespace.as_deref().unwrap_or_default();
    (namespace.into(), (*selector.name).into())
}
