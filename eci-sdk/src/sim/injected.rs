//! What the profile adds to a pod before it runs.

use std::collections::BTreeMap;

use eci_model::Object;
use eci_profile::route;
use k8s_openapi::api::core::v1::Pod;

use crate::cluster::Cluster;

/// The annotations that selectors of the profile give a pod, where it has not the same ones itself.
pub(super) fn annotations(cluster: &Cluster, pod: &Pod) -> BTreeMap<String, String> {
    let object = Object::from(pod);
    let Some(view) = object.pod() else {
        return BTreeMap::new();
    };
    let facts = cluster.route_facts(view.namespace());
    let route = route(&view, &facts);
    let injection = route.injection(&facts);
    let own = pod.metadata.annotations.as_ref();
    let effective = injection.annotations_of(own);
    let is_new = |key: &str, value: &str| own.and_then(|own| own.get(key)).is_none_or(|own| own != value);
    let new = effective.iter().filter(|entry| is_new(entry.key, entry.value));
    new.map(|entry| (entry.key.to_owned(), entry.value.to_owned()))
        .collect()
}
