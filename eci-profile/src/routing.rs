//! Whether a pod is bound for ECI, by which way, what would change it, and how sure that is.

mod arm;
mod check;
mod decide;
mod facts;
mod inject;
mod outcome;

use std::collections::BTreeMap;
use std::fmt;

use eci_model::labels::Labelled;
use eci_model::{Origin, PodView, Text};

use crate::profile::Profile;
use crate::resource_policy::ResourcePolicy;
use crate::selector::{Match, Selector};
use crate::vnode_selector::{Choice, VNodeSelector};

pub use arm::check_arm;
pub use check::check_namespace;
pub use facts::{RouteFacts, Version, VersionError, Versions};
pub use inject::Injection;
pub use outcome::{EntryKind, Giver, Outcome};

/// Where a pod runs.
///
/// # Example
/// ```
/// use eci_model::{Edition, Object, policy::Policies};
/// use eci_profile::{Confidence, RouteFacts, Routing, route};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "annotations": {"alibabacloud.com/burst-resource": "eci"}}}"#,
/// )?;
/// let policies = Policies::default();
/// let view = Object::from(&pod).pod().expect("a pod");
/// let route = route(&view, &RouteFacts::new(Edition::Ack, &policies));
///
/// assert_eq!(route.routing().to_string(), "ECI on shortage, pod annotation alibabacloud.com/burst-resource");
/// assert_eq!(route.routing().confidence(), Confidence::RealNodesFirst);
/// assert_eq!(route.routing().would_change(), Some("the annotation `alibabacloud.com/burst-resource: eci_only`, or none"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Routing {
    /// On ECI.
    Eci {
        /// What sends it there.
        why: Origin,
        /// What would keep it off.
        would_change: Text,
    },
    /// On ECI or on a real node: the scheduler decides at run time.
    OnShortage {
        /// What lets it go there.
        why: Origin,
        /// How the scheduler decides, as far as that is documented.
        confidence: Confidence,
        /// What would settle it.
        would_change: Text,
    },
    /// On real nodes.
    NotEci {
        /// Why.
        why: Text,
        /// What would send it to ECI.
        would_change: Text,
    },
    /// The input does not tell.
    Unknown {
        /// What would tell.
        missing: Text,
    },
}

/// How sure a [`Routing`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Confidence {
    /// It is decided when the pod is created.
    Certain,
    /// Real nodes are tried first; ECI takes what they have no room for.
    RealNodesFirst,
    /// ECI is tried first; real nodes take what it has no stock for.
    EciFirst,
    /// The scheduler weighs virtual and real nodes against each other: a preference may be outweighed.
    Either,
    /// The input does not tell.
    Unknown,
}

impl Confidence {
    /// In words: `decided at creation`, `ECI only on shortage`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Certain => "decided at creation",
            Self::RealNodesFirst => "ECI only on shortage",
            Self::EciFirst => "ECI first, real nodes when it has no stock",
            Self::Either => "as the scheduler weighs the nodes",
            Self::Unknown => "not known",
        }
    }
}

impl Routing {
    /// Whether it may run on ECI as far as is known.
    pub const fn may_run_on_eci(&self) -> bool {
        !matches!(self, Self::NotEci { .. })
    }

    /// How sure it is.
    pub const fn confidence(&self) -> Confidence {
        match self {
            Self::Eci { .. } | Self::NotEci { .. } => Confidence::Certain,
            Self::OnShortage { confidence, .. } => *confidence,
            Self::Unknown { .. } => Confidence::Unknown,
        }
    }

    /// What would change it; `None` when it is not known.
    pub fn would_change(&self) -> Option<&str> {
        match self {
            Self::Eci { would_change, .. }
            | Self::OnShortage { would_change, .. }
            | Self::NotEci { would_change, .. } => Some(would_change),
            Self::Unknown { .. } => None,
        }
    }
}

impl fmt::Display for Routing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Eci { why, .. } => write!(f, "ECI, {why}"),
            Self::OnShortage { why, confidence, .. } => match confidence {
                Confidence::EciFirst => write!(f, "ECI first, {why}"),
                Confidence::Either => write!(f, "ECI or real nodes, {why}"),
                _ => write!(f, "ECI on shortage, {why}"),
            },
            Self::NotEci { why, .. } => write!(f, "real nodes, {why}"),
            Self::Unknown { missing } => write!(f, "cannot tell, {missing} not known"),
        }
    }
}

/// The way a pod takes, with everything that was looked up to find it.
#[derive(Clone, Debug)]
pub struct Route<'f> {
    routing: Routing,
    way: Way,
    matched: Vec<&'f Selector>,
    choice: Choice<'f>,
    policies: Vec<&'f ResourcePolicy>,
}

/// By what a pod is sent to ECI, or let on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Edition,
    PodLabel,
    NamespaceLabel,
    ProfileSelector,
    VNodeSelector,
    BurstResource,
    NodeName,
    NodeSelector,
    Affinity,
    ResourcePolicy,
    Toleration,
    None,
}

impl<'f> Route<'f> {
    /// Where the pod runs.
    pub const fn routing(&self) -> &Routing {
        &self.routing
    }

    /// The same, taken out.
    pub fn into_routing(self) -> Routing {
        self.routing
    }

    /// The selectors of eci-profile that match the pod, in order; those without filters match every pod.
    pub fn matched(&self) -> &[&'f Selector] {
        &self.matched
    }

    /// The Selector of a self-managed cluster that acts on the pod.
    pub const fn vnode_selector(&self) -> Option<&'f VNodeSelector> {
        match self.choice {
            Choice::One(selector) => Some(selector),
            _ => None,
        }
    }

    /// Selectors of a self-managed cluster of which one acts, and it is not defined which.
    pub fn tied(&self) -> &[&'f VNodeSelector] {
        match &self.choice {
            Choice::Tie(tied) => tied,
            _ => &[],
        }
    }

    /// The ResourcePolicies that select the pod, by name.
    pub fn resource_policies(&self) -> &[&'f ResourcePolicy] {
        &self.policies
    }
}

/// Decides where a pod runs.
///
/// By edition, label, namespace, selector, annotation, node, ResourcePolicy, toleration: Schedule pods to an x86-based virtual node
/// (2025-05-23), Configure an eci-profile (2024-10-21), Allocate resources between ECS and ECI (2026-06-18), Customize elastic resource
/// priority scheduling (undated), Use eci-profile to schedule pods to a VNode (2024-09-20). Facts settle what was unknown; nothing else
/// changes the answer.
pub fn route<'f>(pod: &PodView<'f>, facts: &RouteFacts<'f>) -> Route<'f> {
    decide::decide(pod, facts)
}

/// The selectors of a profile that match a pod, in order, by the labels it was created with or, under `Matching::Chained`, also by those
/// that earlier ones add.
fn matching<'f>(profile: &'f Profile, pod: &PodView<'f>, facts: &RouteFacts<'f>) -> Vec<&'f Selector> {
    let labels = pod.meta().and_then(|meta| meta.labels.as_ref());
    if facts.policies.matching == eci_model::policy::Matching::OriginalLabels {
        return profile.matching(labels, facts.namespace);
    }
    let mut seen = Seen {
        own: labels,
        added: BTreeMap::new(),
    };
    let mut matched = Vec::new();
    for selector in profile.selectors() {
        if selector.matches(&seen, facts.namespace) == Match::Yes {
            matched.push(selector);
            // A selector without filters acts once it is known that the pod runs on ECI, so it cannot route by what it adds.
            if !selector.is_catch_all() {
                for entry in &selector.effect.labels {
                    seen.added.entry(&entry.key).or_insert(&entry.value);
                }
            }
        }
    }
    matched
}

/// The labels of a pod and those that selectors added so far, found by key: a thousand selectors look at them.
struct Seen<'f> {
    own: Option<&'f BTreeMap<String, String>>,
    added: BTreeMap<&'f str, &'f str>,
}

impl Labelled for Seen<'_> {
    fn label(&self, key: &str) -> Option<&str> {
        self.own.label(key).or_else(|| self.added.get(key).copied())
    }
}
