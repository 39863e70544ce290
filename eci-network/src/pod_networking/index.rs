//! Which objects a pod could match at all, found by one label each.

use std::collections::BTreeMap;

use eci_model::labels::Labelled;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::Networking;

/// Positions of objects by a label that their selector demands, the rarest one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Index {
    by_pod: ByLabel,
    by_namespace: ByLabel,
    /// Objects whose selectors demand no label by value.
    rest: Vec<u32>,
}

type ByLabel = BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<u32>>>;

impl Index {
    pub(super) fn new(objects: &[Networking]) -> Self {
        let (mut of_pods, mut of_namespaces) = (Counts::default(), Counts::default());
        for object in objects {
            let (pods, namespaces) = selectors(object);
            of_pods.count(pods);
            of_namespaces.count(namespaces);
        }
        let mut index = Self::default();
        for (position, object) in (0_u32..).zip(objects) {
            let (pods, namespaces) = selectors(object);
            if pods.is_none() && namespaces.is_none() {
                continue;
            }
            if let Some(pair) = of_pods.rarest(pods) {
                insert(&mut index.by_pod, pair, position);
            } else if let Some(pair) = of_namespaces.rarest(namespaces) {
                insert(&mut index.by_namespace, pair, position);
            } else {
                index.rest.push(position);
            }
        }
        index
    }

    /// Calls `found` with the position of every object that could match. `None` for a namespace of which nothing is known, so that every
    /// object that selects by namespace could match.
    pub(super) fn candidates(
        &self,
        pod: &impl Labelled,
        namespace: Option<&impl Labelled>,
        mut found: impl FnMut(usize),
    ) {
        let mut tell = |positions: &[u32]| {
            for position in positions {
                found(*position as usize);
            }
        };
        for (key, values) in &self.by_pod {
            if let Some(positions) = pod.label(key).and_then(|value| values.get(value)) {
                tell(positions);
            }
        }
        for (key, values) in &self.by_namespace {
            match namespace {
                Some(labels) => {
                    if let Some(positions) = labels.label(key).and_then(|value| values.get(value)) {
                        tell(positions);
                    }
                }
                None => values.values().for_each(|positions| tell(positions)),
            }
        }
        tell(&self.rest);
    }
}

fn selectors(object: &Networking) -> (Option<&LabelSelector>, Option<&LabelSelector>) {
    let selector = object.selector();
    (
        selector.and_then(|selector| selector.pod_selector.as_ref()),
        selector.and_then(|selector| selector.namespace_selector.as_ref()),
    )
}

fn insert(index: &mut ByLabel, (key, value): (&str, &str), position: u32) {
    let values = index.entry(key.into()).or_default();
    values.entry(value.into()).or_default().push(position);
}

/// How many selectors demand each label.
#[derive(Default)]
struct Counts<'a>(BTreeMap<(&'a str, &'a str), u32>);

impl<'a> Counts<'a> {
    fn count(&mut self, selector: Option<&'a LabelSelector>) {
        for pair in pairs(selector) {
            *self.0.entry(pair).or_default() += 1;
        }
    }

    fn rarest(&self, selector: Option<&'a LabelSelector>) -> Option<(&'a str, &'a str)> {
        pairs(selector).min_by_key(|pair| self.0.get(pair).copied().unwrap_or_default())
    }
}

fn pairs(selector: Option<&LabelSelector>) -> impl Iterator<Item = (&str, &str)> {
    let map = selector.and_then(|selector| selector.match_labels.as_ref());
    map.into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value.as_str()))
}
