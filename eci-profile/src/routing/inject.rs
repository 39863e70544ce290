//! What a pod gets on its way: the effects of what matches it.

use std::collections::BTreeMap;

use eci_model::policy::UnitMaps;
use eci_model::{Injected, Overlay, Winners};

use super::{Route, RouteFacts, Way};
use crate::selector::Entry;

/// Entries that a pod gets, in the order in which they count.
///
/// Effects of eci-profile only add, the earlier selector first; the effect of a Selector of a self-managed cluster overwrites. What a unit
/// of a ResourcePolicy writes onto pods comes last, when the policy is what sends the pod to ECI.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Injection<'f> {
    /// Annotations.
    pub annotations: Vec<Injected<'f>>,
    /// Labels.
    pub labels: Vec<Injected<'f>>,
    /// Whether they beat what the pod has itself.
    pub overwrites: bool,
    /// Winners among the annotations and among the labels, once there are many.
    winners: [Option<Winners>; 2],
}

/// Up to this number a walk over the entries is the faster way to find one.
const FEW: usize = 16;

impl<'f> Injection<'f> {
    /// The annotations over those that the pod has.
    pub fn annotations_of<'a>(&'a self, own: Option<&'a BTreeMap<String, String>>) -> Overlay<'a>
    where
        'f: 'a,
    {
        self.over(own, &self.annotations, self.winners[0].as_ref())
    }

    /// The labels over those that the pod has.
    pub fn labels_of<'a>(&'a self, own: Option<&'a BTreeMap<String, String>>) -> Overlay<'a>
    where
        'f: 'a,
    {
        self.over(own, &self.labels, self.winners[1].as_ref())
    }

    const fn over<'a>(
        &self,
        own: Option<&'a BTreeMap<String, String>>,
        injected: &'a [Injected<'a>],
        winners: Option<&'a Winners>,
    ) -> Overlay<'a> {
        let overlay = if self.overwrites {
            Overlay::overwritten(own, injected)
        } else {
            Overlay::with(own, injected)
        };
        match winners {
            Some(winners) => overlay.found_by(winners),
            None => overlay,
        }
    }
}

impl<'f> Route<'f> {
    /// What the pod gets once it runs on ECI.
    ///
    /// # Example
    /// ```
    /// use eci_model::{Edition, Object, Site, policy::Policies};
    /// use eci_profile::{Profile, RouteFacts, route};
    /// use k8s_openapi::api::core::v1::{ConfigMap, Pod};
    ///
    /// let config_map: ConfigMap = serde_json::from_str(
    ///     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"}, "data": {"selectors":
    ///         "[{\"name\": \"burst\", \"objectSelector\": {\"matchLabels\": {\"tier\": \"burst\"}}, \"effect\": {\"labels\": {\"placed-by\": \"eci-profile\"}}}]"}}"#,
    /// )?;
    /// let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "api", "labels": {"tier": "burst"}}}"#)?;
    /// let policies = Policies::default();
    /// let profile = Profile::read(&config_map, &Site::new(Edition::Ack, &policies)).0.expect("no errors");
    /// let mut facts = RouteFacts::new(Edition::Ack, &policies);
    /// facts.profile = Some(&profile);
    ///
    /// let view = Object::from(&pod).pod().expect("a pod");
    /// let injection = route(&view, &facts).injection(&facts);
    /// assert_eq!(injection.labels_of(pod.metadata.labels.as_ref()).get("placed-by"), Some("eci-profile"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn injection(&self, facts: &RouteFacts<'f>) -> Injection<'f> {
        let mut injection = Injection::default();
        for selector in &self.matched {
            let add = |entry: &'f Entry| entry.injected(selector.origin());
            injection
                .annotations
                .extend(selector.effect.annotations.iter().map(add));
            injection.labels.extend(selector.effect.labels.iter().map(add));
        }
        if let Some(selector) = self.vnode_selector()
            && selector.moments(facts.policies).injects()
        {
            let add = |entry: &'f Entry| entry.injected(selector.origin());
            injection
                .annotations
                .extend(selector.effect.annotations.iter().map(add));
            injection.labels.extend(selector.effect.labels.iter().map(add));
            injection.overwrites = true;
        }
        if let (Way::ResourcePolicy, UnitMaps::Added, [policy]) =
            (self.way, facts.policies.unit_maps, self.policies.as_slice())
        {
            let add = |entry: &'f Entry| entry.injected(policy.origin());
            injection.annotations.extend(policy.effect.annotations.iter().map(add));
            injection.labels.extend(policy.effect.labels.iter().map(add));
        }
        let winners = |entries: &[Injected<'_>]| (entries.len() > FEW).then(|| Winners::of(entries));
        injection.winners = [winners(&injection.annotations), winners(&injection.labels)];
        injection
    }
}
