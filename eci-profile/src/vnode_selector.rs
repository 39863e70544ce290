//! `Selector` objects of self-managed clusters: which pods go to VNodes, when, and what they get.

mod moments;
mod read;
mod set;

use std::sync::Arc;

use eci_model::resource::{self, SelectorVersion};
use eci_model::{Findings, Location, Origin, Site};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::selector::Effect;

pub use moments::{Change, Moments, NodeSelection};
pub use set::{Choice, VNodeSelectors, priority_tie};

/// A `Selector` object of a self-managed cluster, read and judged.
///
/// A thing apart from the selectors of the eci-profile ConfigMap: of several that match a pod, the one of the highest priority acts alone,
/// and its effect overwrites what the pod says itself (Use eci-profile to schedule pods to a VNode, 2024-09-20; public code of the
/// component, 2022-11 and 2024-04).
///
/// # Example
/// ```
/// use eci_model::{Edition, Site, policy::Policies, resource};
/// use eci_profile::VNodeSelector;
///
/// let object: resource::Selector = serde_json::from_str(
///     r#"{"apiVersion": "eci.aliyun.com/v1", "kind": "Selector", "metadata": {"name": "etl-overflow"}, "spec": {
///         "objectLabels": {"matchLabels": {"app": "etl"}},
///         "effect": {"annotations": {"k8s.aliyun.com/eci-auto-imc": "true"}},
///         "policy": {"normalNodePrefer": {}}, "priority": 10}}"#,
/// )?;
/// let policies = Policies::default();
/// let (selector, findings) = VNodeSelector::read(&object, &Site::new(Edition::SelfManaged, &policies));
/// assert!(findings.is_empty());
///
/// let moments = selector.expect("nothing in it is an error").moments(&policies);
/// assert!(moments.creation.is_nothing());
/// assert!(moments.unschedulable.toleration && moments.unschedulable.effect);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VNodeSelector {
    /// Its name.
    pub name: Arc<str>,
    /// Its namespace: v1 objects have one, v1beta1 objects none.
    pub namespace: Option<Arc<str>>,
    /// By labels of the namespace.
    pub namespace_labels: Option<LabelSelector>,
    /// By labels of the pod.
    pub object_labels: Option<LabelSelector>,
    /// What matched pods get.
    pub effect: Effect,
    /// How matched pods are scheduled.
    pub policy: VNodePolicy,
    /// The largest of those that match acts; 0 when the object names none.
    pub priority: i32,
    pub(crate) place: Location,
}

/// How pods of a [`VNodeSelector`] are scheduled. The page lists the first three; the others come from the code.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum VNodePolicy {
    /// VNodes and real nodes alike.
    Fair,
    /// VNodes only.
    VirtualNodeOnly,
    /// Real nodes first. The ratios are in the definition, and the code does not use them.
    NormalNodePrefer {
        /// A share of vCPU.
        cpu_ratio: Option<serde_json::Number>,
        /// A share of memory.
        memory_ratio: Option<serde_json::Number>,
    },
    /// Real nodes only.
    NormalNodeOnly,
    /// In the definition, and not used by the code: what it does is not known.
    NamespaceResourceLimit {
        /// The namespace that is limited.
        namespace: Box<str>,
        /// Its limits, as written.
        limits: serde_json::Value,
    },
}

impl VNodePolicy {
    /// The name in the object, `normalNodePrefer`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Fair => "fair",
            Self::VirtualNodeOnly => "virtualNodeOnly",
            Self::NormalNodePrefer { .. } => "normalNodePrefer",
            Self::NormalNodeOnly => "normalNodeOnly",
            Self::NamespaceResourceLimit { .. } => "namespaceResourceLimit",
        }
    }
}

impl VNodeSelector {
    /// Reads an object and says what is wrong with it; with an error among the findings there is no selector.
    ///
    /// A policy or an effect that is missing is an error: the code of 2024 reads both without asking.
    pub fn read(object: &resource::Selector, site: &Site<'_>) -> (Option<Self>, Findings) {
        let mut findings = Findings::new();
        let selector = read::read(object, site, &mut findings);
        (selector.filter(|_| !findings.has_errors()), findings)
    }

    /// Whether it is written in the version that newer clusters do not serve.
    pub fn is_old_version(object: &resource::Selector) -> bool {
        object.api_version == SelectorVersion::V1Beta1
    }

    /// Who an injected value comes from.
    pub fn origin(&self) -> Origin {
        Origin::VNodeSelector {
            name: Arc::clone(&self.name),
        }
    }
}
