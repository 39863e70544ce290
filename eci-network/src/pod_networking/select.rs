//! Selection among PodNetworkings, as the source of Terway does it (2026-07-23).

use std::collections::BTreeMap;

use eci_model::labels::{self, Labelled};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::{Networking, PodNetworkings};

/// The label that Kubernetes writes on every namespace.
const NAME: &str = "kubernetes.io/metadata.name";

/// A namespace as selectors see it.
#[derive(Clone, Copy, Debug)]
pub struct Namespace<'a> {
    name: &'a str,
    labels: Option<&'a BTreeMap<String, String>>,
}

impl<'a> Namespace<'a> {
    /// A namespace and its labels; `None` when its object is not known.
    ///
    /// Kubernetes labels every namespace with its name, so that label counts even when it is not written.
    pub const fn new(name: &'a str, labels: Option<&'a BTreeMap<String, String>>) -> Self {
        Self { name, labels }
    }

    /// Whether a selector selects the namespace; `None` when labels that are not known would decide.
    pub(crate) fn is_selected(&self, selector: &LabelSelector) -> Option<bool> {
        let keys = selector.match_labels.iter().flatten().map(|(key, _)| key);
        let demanded = selector.match_expressions.iter().flatten().map(|demand| &demand.key);
        if self.labels.is_none() && keys.chain(demanded).any(|key| key != NAME) {
            return None;
        }
        // A selector that Kubernetes would refuse selects nothing.
        Some(labels::selects(Some(selector), self) == Ok(true))
    }
}

impl Labelled for Namespace<'_> {
    fn label(&self, key: &str) -> Option<&str> {
        let written = self.labels.and_then(|labels| labels.get(key)).map(String::as_str);
        written.or_else(|| (key == NAME).then_some(self.name))
    }
}

/// Whose network is looked for: two worlds read the same objects in different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Audience {
    /// Pods on ECI: an object with fixed addresses applies to every pod it selects, and the addresses are not fixed (Configure separate
    /// vSwitches and security groups for a pod, 2026-02-28).
    Eci,
    /// Pods on real nodes, as Terway sees them: an object with fixed addresses applies to pods with stable names only.
    NodePods {
        /// Whether the pod's name is stable, as a StatefulSet makes it.
        stable_name: bool,
    },
}

/// What selection among PodNetworkings gives.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Selected<'a> {
    /// No Ready object matches.
    None {
        /// Objects that match and are not Ready, by name.
        waiting: Vec<&'a Networking>,
        /// Objects that would match if labels of the namespace that are not known say so, by name.
        unknown: Vec<&'a Networking>,
    },
    /// Exactly one Ready object matches.
    One(&'a Networking),
    /// Several Ready objects match, by name; the platform takes an arbitrary one (Configure a static IP address, a separate vSwitch, and a
    /// separate security group for each pod, 2026-03-26).
    Ambiguous(Vec<&'a Networking>),
}

impl Selected<'_> {
    /// Nothing matches, and nothing could.
    pub const NOTHING: Self = Self::None {
        waiting: Vec::new(),
        unknown: Vec::new(),
    };
}

impl PodNetworkings {
    /// Finds the object that applies to a pod, by labels of the pod and of its namespace.
    ///
    /// A selector that is absent does not constrain, both must match where both are given, an empty one matches everything, and an object
    /// without any selector matches nothing.
    pub fn select(&self, pod: &impl Labelled, namespace: Namespace<'_>, audience: Audience) -> Selected<'_> {
        let (mut ready, mut waiting, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        let known = namespace.labels.map(|_| &namespace);
        self.index.candidates(pod, known, |position| {
            let Some(object) = self.objects.get(position) else {
                return;
            };
            if !applies(object, audience) {
                return;
            }
            match object.matches(pod, &namespace) {
                Some(true) if object.object().is_ready() => ready.push(object),
                Some(true) => waiting.push(object),
                Some(false) => {}
                None => unknown.push(object),
            }
        });
        match ready.as_slice() {
            [] => {
                by_name(&mut waiting);
                by_name(&mut unknown);
                Selected::None { waiting, unknown }
            }
            [one] => Selected::One(one),
            _ => {
                by_name(&mut ready);
                Selected::Ambiguous(ready)
            }
        }
    }
}

impl Networking {
    /// Whether the object selects a pod; `None` when labels of the namespace that are not known would decide.
    fn matches(&self, pod: &impl Labelled, namespace: &Namespace<'_>) -> Option<bool> {
        let Some(selector) = self.selector() else {
            return Some(false);
        };
        let (pods, namespaces) = (selector.pod_selector.as_ref(), selector.namespace_selector.as_ref());
        if pods.is_none() && namespaces.is_none() {
            return Some(false);
        }
        if pods.is_some_and(|selector| labels::selects(Some(selector), pod) != Ok(true)) {
            return Some(false);
        }
        namespaces.map_or(Some(true), |selector| namespace.is_selected(selector))
    }
}

fn applies(object: &Networking, audience: Audience) -> bool {
    match audience {
        Audience::Eci => true,
        Audience::NodePods { stable_name } => stable_name || !object.object().is_fixed(),
    }
}

fn by_name(objects: &mut [&Networking]) {
    objects.sort_by(|a, b| a.name().cmp(b.name()));
}
