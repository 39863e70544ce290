//! Several Selectors, of which one acts on a pod.

use std::collections::BTreeMap;
use std::sync::Arc;

use eci_model::policy::{Policies, SelectorScope};
use eci_model::{Findings, Location};

use super::VNodeSelector;
use crate::index::Index;
use crate::rules::VNODE_SELECTOR_PRIORITY_TIE;
use crate::selector::{Match, filters};

/// The Selectors of a cluster, with an index over the labels they demand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VNodeSelectors {
    selectors: Vec<Arc<VNodeSelector>>,
    index: Index,
}

/// Which Selector acts on a pod.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Choice<'s> {
    /// None matches.
    #[default]
    None,
    /// The one of the highest priority.
    One(&'s VNodeSelector),
    /// Several of the same highest priority: which one acts is not defined.
    Tie(Vec<&'s VNodeSelector>),
}

impl FromIterator<Arc<VNodeSelector>> for VNodeSelectors {
    fn from_iter<I: IntoIterator<Item = Arc<VNodeSelector>>>(selectors: I) -> Self {
        let mut selectors: Vec<_> = selectors.into_iter().collect();
        selectors.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        let pairs = selectors
            .iter()
            .map(|selector| (selector.object_labels.as_ref(), selector.namespace_labels.as_ref()));
        let index = Index::new(pairs);
        Self { selectors, index }
    }
}

impl VNodeSelectors {
    /// All of them, by namespace and name.
    pub fn iter(&self) -> impl Iterator<Item = &VNodeSelector> {
        self.selectors.iter().map(|selector| &**selector)
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.selectors.is_empty()
    }

    /// The one that acts on a pod of a namespace, by the labels that both have.
    pub fn choose(
        &self,
        namespace: &str,
        pod: Option<&BTreeMap<String, String>>,
        namespace_labels: Option<&BTreeMap<String, String>>,
        policies: &Policies,
    ) -> Choice<'_> {
        let own_only = policies.selector_scope == SelectorScope::OwnNamespace;
        let candidates = self.index.candidates(pod, namespace_labels).into_iter();
        let matching = candidates
            .filter_map(|position| self.selectors.get(usize::try_from(position).ok()?))
            .map(|selector| &**selector)
            .filter(|selector| !own_only || selector.namespace.as_deref().is_none_or(|own| own == namespace))
            .filter(|selector| {
                let (of_pod, of_namespace) = (selector.object_labels.as_ref(), selector.namespace_labels.as_ref());
                filters(of_pod, of_namespace, &pod, namespace_labels) == Match::Yes
            });
        let mut highest: Vec<&VNodeSelector> = Vec::new();
        for selector in matching {
            match highest.first().map(|first| first.priority.cmp(&selector.priority)) {
                Some(std::cmp::Ordering::Greater) => {}
                Some(std::cmp::Ordering::Equal) => highest.push(selector),
                Some(std::cmp::Ordering::Less) | None => highest = vec![selector],
            }
        }
        match highest.as_slice() {
            [] => Choice::None,
            [one] => Choice::One(one),
            _ => Choice::Tie(highest),
        }
    }
}

/// Tells that several Selectors of the same priority match a pod, on the second of them; `pod` is one that both match.
pub fn priority_tie(tied: &[&VNodeSelector], pod: Location, out: &mut Findings) {
    let [first, second, ..] = tied else { return };
    let mut place = second.place.clone();
    place.path = place.path.with_field("priority");
    let finding = VNODE_SELECTOR_PRIORITY_TIE.at(place).found(second.priority.to_string());
    let finding = finding.related(first.place.clone(), "has the same priority");
    out.push(finding.related(pod, "both match"));
}
