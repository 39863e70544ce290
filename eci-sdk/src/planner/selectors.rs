//! Which selectors the pods of an input meet: what no pod alone can tell.

use std::collections::{BTreeMap, BTreeSet};

use eci_model::{At, Basis, Code, Findings, Location, PodView, Rule, Rules, VSwitchId};
use eci_profile::{VNodeSelector, check_arm_zones, dead_selectors, elastic_resource, priority_tie, route};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::cluster::Cluster;

/// A namespace whose labels decide something, and whose object is not known.
pub(crate) const NAMESPACE_UNKNOWN: &Rule = &Rule::info(Code::eci(7038), "manifest-namespace-unknown")
    .summary("selectors ask for the labels of a namespace that is not known")
    .why("whether the pod is selected cannot be told, so it is judged as if it may run on ECI")
    .remedy("give the Namespace object, among the input or with the facts of the cluster")
    .basis(Basis::Ours("nothing is guessed about objects that are not there"))
    .page(include_str!("../../rules/manifest-namespace-unknown.md"));

/// The rules of this room.
pub(crate) static RULES: Rules = Rules::new(&[NAMESPACE_UNKNOWN]);

/// What the pods of an input met so far.
#[derive(Clone, Debug, Default)]
pub(super) struct SelectorUse {
    pods: usize,
    /// Selectors of eci-profile that matched a pod.
    matched: BTreeSet<Box<str>>,
    /// Namespaces whose labels are not known, each with its first pod by place: a selector by namespace may match after all.
    unknown: BTreeMap<Box<str>, Location>,
    /// Selectors of self-managed clusters of equal priority, with the first pod by name that they all match.
    tied: BTreeMap<Vec<Name>, Location>,
    /// How many pods each ResourcePolicy selects.
    policies: BTreeMap<Name, usize>,
}

/// Namespace and name of a Selector or a ResourcePolicy.
type Name = (Box<str>, Box<str>);

impl SelectorUse {
    pub(super) fn push(&mut self, cluster: &Cluster, pod: &PodView<'_>) {
        let facts = cluster.route_facts(pod.namespace());
        let route = route(pod, &facts);
        self.pods += 1;
        if facts.namespace.is_none() {
            let metadata = At::ROOT.field("metadata");
            let place = pod.owner_place(&metadata.field("namespace"));
            let first = self
                .unknown
                .entry(pod.namespace().into())
                .or_insert_with(|| place.clone());
            *first = place.min(first.clone());
        }
        for selector in route.matched() {
            if !self.matched.contains(&*selector.name) {
                self.matched.insert((*selector.name).into());
            }
        }
        for policy in route.resource_policies() {
            let name = (pod.namespace().into(), (*policy.name).into());
            *self.policies.entry(name).or_default() += 1;
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
                .filter(|selector| !self.unknown.is_empty() && selector.namespace_selector.is_some());
            matched.extend(by_namespace.map(|selector| &*selector.name));
            dead_selectors(profile, &matched, out);
        }
        if asks_for_namespaces(cluster) {
            for (namespace, place) in &self.unknown {
                out.push(NAMESPACE_UNKNOWN.at(place.clone()).found(namespace.to_string()));
            }
        }
        for ((namespace, policy), pods) in &self.policies {
            for object in cluster.elastic_resources(namespace) {
                elastic_resource(object, policy, *pods, out);
            }
        }
        for (names, pod) in &self.tied {
            let selectors = cluster.vnode_selectors().iter();
            let tied: Vec<&VNodeSelector> = selectors.filter(|selector| names.contains(&name(selector))).collect();
            priority_tie(&tied, pod.clone(), out);
        }
    }
}

/// Whether a selector asks for labels of namespaces other than the name, which is always known.
fn asks_for_namespaces(cluster: &Cluster) -> bool {
    let of_profile = cluster.profile().into_iter().flat_map(eci_profile::Profile::selectors);
    let of_profile = of_profile.filter_map(|selector| selector.namespace_selector.as_ref());
    let of_vnodes = cluster
        .vnode_selectors()
        .iter()
        .filter_map(|selector| selector.namespace_labels.as_ref());
    of_profile.chain(of_vnodes).any(asks_for_more_than_the_name)
}

fn asks_for_more_than_the_name(selector: &LabelSelector) -> bool {
    let labels = selector.match_labels.iter().flat_map(|labels| labels.keys());
    let expressions = selector
        .match_expressions
        .iter()
        .flatten()
        .map(|expression| &expression.key);
    labels
        .chain(expressions)
        .any(|key| key != "kubernetes.io/metadata.name")
}

fn name(selector: &VNodeSelector) -> Name {
    let namespace = selector.namespace.as_deref().unwrap_or_default();
    (namespace.into(), (*selector.name).into())
}
