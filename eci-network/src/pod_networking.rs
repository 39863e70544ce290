//! Which PodNetworking applies to a pod.

use std::collections::BTreeMap;

use eci_model::labels::{self, Labelled};
use eci_model::resource::PodNetworking;

/// What selection among PodNetworkings gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Selected<'a> {
    /// No Ready object matches; `waiting` ones match but are not Ready.
    None {
        /// Objects that match and are not Ready.
        waiting: Vec<&'a PodNetworking>,
    },
    /// Exactly one Ready object matches.
    One(&'a PodNetworking),
    /// Several Ready objects match; the platform takes an arbitrary one (Configure a separate vSwitch for each pod, 2026-03-26).
    Ambiguous(Vec<&'a PodNetworking>),
}

/// Finds the PodNetworking of a pod, by labels of the pod and of its namespace.
///
/// A selector that is absent does not constrain, both must match where both are given, and an object without any selector matches nothing
/// (Terway, 2026-07-23).
pub fn select<'a>(
    objects: &[&'a PodNetworking],
    pod: &impl Labelled,
    namespace: Option<&BTreeMap<String, String>>,
) -> Selected<'a> {
    let matching = objects.iter().copied().filter(|object| matches(object, pod, namespace));
    let (ready, waiting): (Vec<_>, Vec<_>) = matching.partition(|object| object.is_ready());
    match ready.as_slice() {
        [] => Selected::None { waiting },
        [one] => Selected::One(one),
        _ => Selected::Ambiguous(ready),
    }
}

fn matches(object: &PodNetworking, pod: &impl Labelled, namespace: Option<&BTreeMap<String, String>>) -> bool {
    let Some(selector) = &object.spec.selector else {
        return false;
    };
    let (pods, namespaces) = (selector.pod_selector.as_ref(), selector.namespace_selector.as_ref());
    if pods.is_none() && namespaces.is_none() {
        return false;
    }
    // A selector that Kubernetes would refuse selects nothing.
    pods.is_none_or(|selector| labels::selects(Some(selector), pod) == Ok(true))
        && namespaces.is_none_or(|selector| labels::selects(Some(selector), &namespace) == Ok(true))
}
