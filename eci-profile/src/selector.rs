//! Selectors of eci-profile: which pods they match, and what they add.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use eci_model::labels::{self, Labelled};
use eci_model::{Injected, Location, Origin};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde_json::{Map, json};

/// A selector of eci-profile: a match routes a pod to ECI in ACK clusters, and its effect adds annotations and labels.
///
/// Configure an eci-profile (2024-10-21).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Selector {
    /// Its name.
    pub name: Arc<str>,
    /// By labels of the namespace.
    pub namespace_selector: Option<LabelSelector>,
    /// By labels of the pod.
    pub object_selector: Option<LabelSelector>,
    /// What it adds.
    pub effect: Effect,
    /// Where each part is written, in bytes of the text of `selectors`.
    pub(crate) spans: Spans,
    /// The selector as it is written; what is not read here stays in it.
    pub(crate) written: Box<str>,
}

/// Bytes of the text of `selectors`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spans {
    /// The name, or the selector when it has none.
    pub(crate) name: Range<usize>,
    /// `matchExpressions` of either filter.
    pub(crate) expressions: Option<Range<usize>>,
}

/// What a selector adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// Annotations, by key.
    pub annotations: Vec<Entry>,
    /// Labels, by key.
    pub labels: Vec<Entry>,
}

/// An annotation or label that an effect adds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The key.
    pub key: Box<str>,
    /// The value.
    pub value: Box<str>,
    /// Where the value is written.
    pub place: Location,
}

impl Effect {
    /// Whether it adds nothing.
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty() && self.labels.is_empty()
    }

    /// Annotations, then labels.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.annotations.iter().chain(&self.labels)
    }
}

impl Entry {
    pub(crate) const fn injected(&self, origin: Origin) -> Injected<'_> {
        Injected {
            key: &self.key,
            value: &self.value,
            origin,
            place: Some(&self.place),
        }
    }
}

/// What a selector says of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Yes,
    No,
    /// The labels of the namespace would decide, and are not known.
    Open,
}

impl Selector {
    /// A selector that a program makes; [`Profile::with_selectors`](crate::Profile::with_selectors) writes it.
    ///
    /// # Example
    /// ```
    /// use std::collections::BTreeMap;
    /// use eci_profile::Selector;
    ///
    /// let labels = BTreeMap::from([("tier".to_owned(), "burst".to_owned())]);
    /// let selector = Selector::of_pod_labels("burst", labels, BTreeMap::new(), BTreeMap::new());
    /// assert!(!selector.is_catch_all());
    /// ```
    pub fn of_pod_labels(
        name: &str,
        pod: BTreeMap<String, String>,
        annotations: BTreeMap<String, String>,
        labels: BTreeMap<String, String>,
    ) -> Self {
        let mut effect = Map::new();
        for (kind, map) in [("annotations", &annotations), ("labels", &labels)] {
            if !map.is_empty() {
                effect.insert(kind.to_owned(), json!(map));
            }
        }
        let mut written = json!({"name": name, "objectSelector": {"matchLabels": pod}});
        if let Some(object) = written.as_object_mut().filter(|_| !effect.is_empty()) {
            object.insert("effect".to_owned(), effect.into());
        }
        let place = crate::profile::Profile::place_of("selectors");
        let entries = |map: BTreeMap<String, String>| {
            let entry = |(key, value): (String, String)| Entry {
                key: key.into(),
                value: value.into(),
                place: place.clone(),
            };
            map.into_iter().map(entry).collect()
        };
        Self {
            name: name.into(),
            namespace_selector: None,
            object_selector: Some(LabelSelector {
                match_labels: Some(pod),
                match_expressions: None,
            }),
            effect: Effect {
                annotations: entries(annotations),
                labels: entries(labels),
            },
            spans: Spans::default(),
            written: written.to_string().into(),
        }
    }

    /// Whether it has neither filter; such a selector reaches every pod on ECI and routes none.
    pub const fn is_catch_all(&self) -> bool {
        self.namespace_selector.is_none() && self.object_selector.is_none()
    }

    /// Who an injected value comes from.
    pub fn origin(&self) -> Origin {
        Origin::ProfileEffect {
            selector: Arc::clone(&self.name),
        }
    }

    pub(crate) fn matches(&self, pod: &impl Labelled, namespace: Option<&BTreeMap<String, String>>) -> Match {
        filters(
            self.object_selector.as_ref(),
            self.namespace_selector.as_ref(),
            pod,
            namespace,
        )
    }
}

/// Two filters of which each that is given must hold.
pub(crate) fn filters(
    of_pod: Option<&LabelSelector>,
    of_namespace: Option<&LabelSelector>,
    pod: &impl Labelled,
    namespace: Option<&BTreeMap<String, String>>,
) -> Match {
    // A filter that Kubernetes would refuse matches nothing; reading it has told so.
    if !of_pod.is_none_or(|filter| labels::selects(Some(filter), pod) == Ok(true)) {
        return Match::No;
    }
    match (of_namespace, namespace) {
        (None, _) => Match::Yes,
        (Some(filter), Some(labels)) => {
            if labels::selects(Some(filter), labels) == Ok(true) {
                Match::Yes
            } else {
                Match::No
            }
        }
        (Some(_), None) => Match::Open,
    }
}
