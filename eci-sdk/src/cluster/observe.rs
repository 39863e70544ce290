//! The one door through which facts come in.

use std::collections::BTreeMap;
use std::sync::Arc;

use eci_model::{Findings, Object, Site};
use eci_profile::{Profile, check_namespace};

use super::{Cluster, Facts};

/// What an object did to the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Observed {
    /// It is no fact.
    Unrelated,
    /// It says what was known already.
    Same,
    /// The facts are others now.
    Changed,
    /// It cannot be read; the last good one stays in force.
    Refused,
}

impl Observed {
    /// Whether something changed; nothing where it is no fact.
    const fn changed(changed: Option<bool>) -> Self {
        match changed {
            None => Self::Unrelated,
            Some(false) => Self::Same,
            Some(true) => Self::Changed,
        }
    }
}

impl Cluster {
    /// Takes in an object that is a fact: a Namespace, the eci-profile ConfigMap, a Selector, a ResourcePolicy, an ElasticResource, a
    /// PodNetworking, an ImageCache, a DataCache, a PersistentVolumeClaim, a PersistentVolume, a StorageClass, and of ConfigMaps and Secrets the names.
    ///
    /// An object that cannot be read changes nothing, and the findings say why: the platform does the same with a broken eci-profile
    /// (Configure an eci-profile, 2024-10-21). The next good one is in force at once.
    pub fn observe<'a>(&mut self, object: impl Into<Object<'a>>) -> (Observed, Findings) {
        let object = object.into();
        let policies = Arc::clone(&self.policies);
        let site = Site::new(self.edition, &policies).in_region(self.region.as_ref());
        let facts = &mut self.facts;
        let stored = facts.stored.observe(object);
        match object {
            Object::Namespace(namespace) => {
                let labels = namespace.metadata.labels.clone().unwrap_or_default();
                let mut findings = Findings::new();
                check_namespace(namespace, &mut findings);
                (put(&mut facts.namespaces, object.name(), labels), findings)
            }
            Object::Selector(selector) => facts.routes.observe_selector(selector, &site),
            Object::ResourcePolicy(policy) => facts.routes.observe_policy(policy),
            Object::ElasticResource(elastic) => (facts.routes.observe_elastic(elastic), Findings::new()),
            Object::PodNetworking(networking) => {
                let observed = put(&mut facts.pod_networkings, object.name(), networking.clone());
                if observed == Observed::Changed {
                    facts.index_networkings();
                }
                (observed, Findings::new())
            }
            Object::ConfigMap(config_map) if Profile::is_profile(config_map) => {
                let (profile, mut findings) = Profile::read(config_map, &site);
                let observed = match profile {
                    None => Observed::Refused,
                    Some(profile) => {
                        facts.routes.judge_effects(&profile, &site, &mut findings);
                        let is_same = facts.profile.as_deref() == Some(&profile);
                        if !is_same {
                            facts.profile = Some(Arc::new(profile));
                        }
                        if is_same { Observed::Same } else { Observed::Changed }
                    }
                };
                (observed, findings)
            }
            Object::ConfigMap(config_map) if Profile::is_bystander(config_map) => {
                let mut findings = Findings::new();
                Profile::check_bystander(config_map, &site, &mut findings);
                (Observed::changed(stored), findings)
            }
            Object::DataCache(cache) => {
                let changed = Arc::make_mut(&mut facts.data_caches).observe(cache);
                (Observed::changed(Some(changed)), Findings::new())
            }
            Object::ImageCache(cache) => {
                let changed = Arc::make_mut(&mut facts.images).observe(cache);
                (Observed::changed(Some(changed)), Findings::new())
            }
            _ => (Observed::changed(stored), Findings::new()),
        }
    }

    /// Takes a fact away whose object was deleted.
    pub fn forget<'a>(&mut self, object: impl Into<Object<'a>>) -> Observed {
        let object = object.into();
        let Facts {
            namespaces,
            profile,
            routes,
            pod_networkings,
            data_caches,
            images,
            stored,
            ..
        } = &mut self.facts;
        let stored = stored.forget(object);
        let forgotten = match object {
            Object::Namespace(_) => take(namespaces, object.name()),
            Object::PodNetworking(_) => {
                take(pod_networkings, object.name()) && {
                    self.facts.index_networkings();
                    true
                }
            }
            Object::DataCache(_) => Arc::make_mut(data_caches).forget(object.name()),
            Object::ImageCache(_) => Arc::make_mut(images).forget(object.name()),
            Object::ConfigMap(config_map) if Profile::is_profile(config_map) => profile.take().is_some(),
            Object::Selector(_) | Object::ResourcePolicy(_) | Object::ElasticResource(_) => routes.forget(&object),
            _ => return Observed::changed(stored),
        };
        if forgotten { Observed::Changed } else { Observed::Same }
    }
}

impl Facts {
    fn index_networkings(&mut self) {
        self.networkings = Arc::new(self.pod_networkings.values().cloned().collect());
    }
}

pub(super) type Shared<T> = Arc<BTreeMap<Box<str>, Arc<T>>>;

pub(super) fn put<T: PartialEq>(map: &mut Shared<T>, name: &str, value: T) -> Observed {
    if map.get(name).is_some_and(|known| **known == value) {
        return Observed::Same;
    }
    Arc::make_mut(map).insert(name.into(), Arc::new(value));
    Observed::Changed
}

pub(super) fn take<T>(map: &mut Shared<T>, name: &str) -> bool {
    map.contains_key(name) && Arc::make_mut(map).remove(name).is_some()
}
