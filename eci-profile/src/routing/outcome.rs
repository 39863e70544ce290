//! What comes out for a pod, key by key: the value that counts, who gives it, and what it beats.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use eci_model::{Injected, Origin, Overlay, PodView};

use super::{Route, RouteFacts};

/// A key that something injects into a pod, and how it ends.
///
/// # Example
/// ```
/// use eci_model::{Edition, Object, Site, policy::Policies};
/// use eci_profile::{Giver, Profile, RouteFacts, route};
/// use k8s_openapi::api::core::v1::{ConfigMap, Pod};
///
/// let config_map: ConfigMap = serde_json::from_str(
///     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"}, "data": {"selectors":
///         "[{\"name\": \"burst\", \"objectSelector\": {\"matchLabels\": {\"tier\": \"burst\"}}, \"effect\": {\"annotations\": {\"k8s.aliyun.com/eci-use-specs\": \"2-4Gi\"}}}]"}}"#,
/// )?;
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "api", "labels": {"tier": "burst"}, "annotations": {"k8s.aliyun.com/eci-use-specs": "4-8Gi"}}}"#,
/// )?;
/// let policies = Policies::default();
/// let profile = Profile::read(&config_map, &Site::new(Edition::Ack, &policies)).0.expect("no errors");
/// let mut facts = RouteFacts::new(Edition::Ack, &policies);
/// facts.profile = Some(&profile);
///
/// let view = Object::from(&pod).pod().expect("a pod");
/// let outcomes = route(&view, &facts).outcomes(&view, &facts);
/// assert_eq!((&*outcomes[0].value, &outcomes[0].by), ("4-8Gi", &Giver::Pod));
/// assert_eq!(outcomes[0].beaten[0].0, "2-4Gi");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// Whether it is an annotation or a label.
    pub kind: EntryKind,
    /// The key.
    pub key: String,
    /// The value that counts.
    pub value: String,
    /// Who gives it.
    pub by: Giver,
    /// The values that it beats, with their givers, in the order in which they would have counted.
    pub beaten: Vec<(String, Giver)>,
}

/// An annotation or a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EntryKind {
    /// An annotation.
    Annotation,
    /// A label.
    Label,
}

/// Who gives a pod a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Giver {
    /// The pod has it itself.
    Pod,
    /// Something that acts on the pod.
    Injection(Origin),
}

impl fmt::Display for Giver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pod => f.write_str("the pod itself"),
            Self::Injection(origin) => origin.fmt(f),
        }
    }
}

impl Route<'_> {
    /// Every key that something injects into the pod, and how it ends: annotations, then labels, each in the order of injection.
    pub fn outcomes(&self, pod: &PodView<'_>, facts: &RouteFacts<'_>) -> Vec<Outcome> {
        let meta = pod.meta();
        let injection = self.injection(facts);
        let annotations = injection.annotations_of(meta.and_then(|meta| meta.annotations.as_ref()));
        let labels = injection.labels_of(meta.and_then(|meta| meta.labels.as_ref()));
        let mut outcomes = of_map(EntryKind::Annotation, &annotations, &injection.annotations);
        outcomes.extend(of_map(EntryKind::Label, &labels, &injection.labels));
        outcomes
    }
}

fn of_map(kind: EntryKind, map: &Overlay<'_>, injected: &[Injected<'_>]) -> Vec<Outcome> {
    let giver = |entry: &Injected<'_>| (entry.value.to_owned(), Giver::Injection(entry.origin.clone()));
    let mut losers: BTreeMap<&str, Vec<(String, Giver)>> = BTreeMap::new();
    for entry in map.beaten() {
        losers.entry(entry.key).or_default().push(giver(entry));
    }
    let mut seen = BTreeSet::new();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for entry in injected.iter().filter(|entry| seen.insert(entry.key)) {
        let own = map.own(entry.key).map(|value| (value.to_owned(), Giver::Pod));
        let winner = map.injection(entry.key).map(giver).or_else(|| own.clone());
        let Some((value, by)) = winner else { continue };
        let mut beaten = losers.remove(entry.key).unwrap_or_default();
        beaten.extend(own.filter(|_| by != Giver::Pod));
        outcomes.push(Outcome {
            kind,
            key: entry.key.to_owned(),
            value,
            by,
            beaten,
        });
    }
    outcomes
}
