//! Facts about routing beside the profile: Selectors of self-managed clusters, ResourcePolicies, and what was told of the profile.

use std::sync::Arc;

use eci_annotations::{check, check_entry};
use eci_model::resource::{self, ElasticResource};
use eci_model::{Code, Finding, Findings, Injected, Location, Object, Overlay, Site};
use eci_profile::rules::PROFILE_EFFECT_ANNOTATION;
use eci_profile::{
    Entry, Profile, ResourcePolicies, ResourcePolicy, RouteFacts, Selector, VNodeSelector, VNodeSelectors, Version,
};
use k8s_openapi::api::core::v1::Pod;

use super::Cluster;
use super::observe::{Observed, Shared, put, take};

/// Each part is shared until it changes; the sets are made from the maps and hold an index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Routes {
    selectors: Shared<VNodeSelector>,
    selector_set: Arc<VNodeSelectors>,
    policies: Shared<ResourcePolicy>,
    policy_set: Arc<ResourcePolicies>,
    elastic: Shared<ElasticResource>,
    /// What was told of effects of the profile, so that it is not told again for each pod.
    told: Arc<Vec<(Code, Location)>>,
}

impl Cluster {
    /// What is known about routing, for pods of a namespace: with it [`eci_profile::route`] tells which selectors match, and who wins.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::profile::{Routing, route};
    /// use eci_sdk::{Cluster, Edition, Object};
    /// use k8s_openapi::api::core::v1::Pod;
    ///
    /// let cluster = Cluster::new(Edition::Ack);
    /// let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}}}"#)?;
    /// let view = Object::from(&pod).pod().expect("a pod");
    /// let facts = cluster.route_facts(view.namespace());
    /// assert!(matches!(route(&view, &facts).routing(), Routing::Eci { .. }));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn route_facts(&self, namespace: &str) -> RouteFacts<'_> {
        let routes = &self.facts.routes;
        let mut facts = RouteFacts::new(self.edition, &self.policies);
        facts.namespace = self.namespace_labels(namespace);
        facts.profile = self.profile();
        facts.vnode_selectors = Some(&routes.selector_set);
        facts.resource_policies = Some(&routes.policy_set);
        let spread = &self.addons().spread;
        facts.node_local_dns = self.addons().node_local_dns;
        facts.versions.managed_pro = spread.pro;
        facts.versions.kubernetes = spread.kubernetes.map(version);
        facts.versions.virtual_node = spread.virtual_node.map(version);
        facts.versions.scheduler = spread.scheduler.map(version);
        facts
    }

    /// The Selectors of a self-managed cluster.
    pub fn vnode_selectors(&self) -> &VNodeSelectors {
        &self.facts.routes.selector_set
    }

    /// The ResourcePolicies.
    pub fn resource_policies(&self) -> &ResourcePolicies {
        &self.facts.routes.policy_set
    }

    /// The ElasticResources of a namespace, by name.
    pub(crate) fn elastic_resources(&self, namespace: &str) -> impl Iterator<Item = &ElasticResource> {
        let all = self.facts.routes.elastic.values().map(|object| &**object);
        all.filter(move |object| object.metadata.namespace.as_deref().unwrap_or("default") == namespace)
    }

    /// Whether a finding stands in the profile and was told when the profile was observed.
    pub(crate) fn has_told(&self, finding: &Finding) -> bool {
        let told = &self.facts.routes.told;
        let (code, place) = (finding.rule().code(), finding.place());
        told.iter().any(|(told, at)| *told == code && at == place)
    }
}

impl Routes {
    pub(super) fn observe_selector(&mut self, object: &resource::Selector, site: &Site<'_>) -> (Observed, Findings) {
        let (selector, findings) = VNodeSelector::read(object, site);
        let observed = match selector {
            None => Observed::Refused,
            Some(selector) => put(&mut self.selectors, &key(&object.into()), selector),
        };
        if observed == Observed::Changed {
            self.selector_set = Arc::new(self.selectors.values().cloned().collect());
        }
        (observed, findings)
    }

    pub(super) fn observe_policy(&mut self, object: &resource::ResourcePolicy) -> (Observed, Findings) {
        let (policy, findings) = ResourcePolicy::read(object);
        let observed = match policy {
            None => Observed::Refused,
            Some(policy) => put(&mut self.policies, &key(&object.into()), policy),
        };
        if observed == Observed::Changed {
            self.policy_set = Arc::new(self.policies.values().cloned().collect());
        }
        (observed, findings)
    }

    pub(super) fn observe_elastic(&mut self, object: &ElasticResource) -> Observed {
        put(&mut self.elastic, &key(&object.into()), object.clone())
    }

    /// Takes a Selector, a ResourcePolicy or an ElasticResource away.
    pub(super) fn forget(&mut self, object: &Object<'_>) -> bool {
        match object {
            Object::Selector(_) if take(&mut self.selectors, &key(object)) => {
                self.selector_set = Arc::new(self.selectors.values().cloned().collect());
                true
            }
            Object::ResourcePolicy(_) if take(&mut self.policies, &key(object)) => {
                self.policy_set = Arc::new(self.policies.values().cloned().collect());
                true
            }
            Object::ElasticResource(_) => take(&mut self.elastic, &key(object)),
            _ => false,
        }
    }

    pub(super) const fn counts(&self) -> (&Shared<VNodeSelector>, &Shared<ResourcePolicy>) {
        (&self.selectors, &self.policies)
    }

    /// Judges what effects add, as rules of annotations and labels would on each pod.
    pub(super) fn judge_effects(&mut self, profile: &Profile, site: &Site<'_>, out: &mut Findings) {
        let mut told = Vec::new();
        for selector in profile.selectors() {
            let mut found = Findings::new();
            for entry in &selector.effect.annotations {
                check_entry(&entry.key, &entry.value, &entry.place, site, &[], &mut found);
            }
            labels(selector, site, &mut found);
            for inner in found {
                told.push((inner.rule().code(), inner.place().clone()));
                out.push(outer(&inner));
            }
        }
        self.told = Arc::new(told);
    }
}

/// A fourth number is not known, so the version counts as the newest with these three.
const fn version(known: eci_network::Version) -> Version {
    Version::of(known.0, known.1).patch(known.2, u16::MAX)
}

/// The finding on the profile for one that would be made on pods.
fn outer(inner: &Finding) -> eci_model::FindingBuilder {
    let rule = inner.rule();
    let severity = inner.severity().min(PROFILE_EFFECT_ANNOTATION.severity());
    let mut finding = PROFILE_EFFECT_ANNOTATION
        .at(inner.place().clone())
        .severity(severity)
        .title(inner.title().to_owned())
        .remedy(inner.remedy().to_owned())
        .note(format!("{} {}", rule.code(), rule.name()));
    if let Some(found) = inner.found() {
        finding = finding.found(found.to_owned());
    }
    if let Some(expected) = inner.expected() {
        finding = finding.expected(expected.to_owned());
    }
    for note in inner.notes() {
        finding = finding.note(note.clone());
    }
    finding
}

fn labels<'s>(selector: &'s Selector, site: &Site<'_>, out: &mut Findings) {
    let inject = |entry: &'s Entry| Injected {
        key: &entry.key,
        value: &entry.value,
        origin: selector.origin(),
        place: Some(&entry.place),
    };
    let injected: Vec<Injected<'_>> = selector.effect.labels.iter().map(inject).collect();
    let pod = Pod::default();
    if let Some(view) = Object::from(&pod).pod() {
        check(
            &view,
            Overlay::default(),
            Overlay::with(None, &injected),
            site,
            &[],
            out,
        );
    }
}

/// Namespace and name, since two namespaces may use one name.
fn key(object: &Object<'_>) -> String {
    format!("{}/{}", object.namespace().unwrap_or_default(), object.name())
}

/// Kinds of facts and how many of each are known, for summaries.
pub(super) fn known(routes: &Routes) -> Vec<String> {
    let (selectors, policies) = routes.counts();
    let count = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    [
        count(selectors.len(), "Selectors"),
        count(policies.len(), "ResourcePolicies"),
        count(routes.elastic.len(), "ElasticResources"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
