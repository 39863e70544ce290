//! `ResourcePolicy`: in which order kinds of nodes are used.

use std::collections::BTreeMap;

use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::{Deserialize, Serialize};

use super::custom_resource;

/// In which order kinds of nodes are used (`scheduling.alibabacloud.com/v1alpha1`; Customize elastic resource priority scheduling, undated
/// copy).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourcePolicy {
    /// Name and so on.
    pub metadata: ObjectMeta,
    /// Which pods, and in which order.
    pub spec: ResourcePolicySpec,
}

custom_resource!(ResourcePolicy, "scheduling.alibabacloud.com" / "v1alpha1", "resourcepolicies", NamespaceResourceScope, { spec "spec" });

/// Which pods, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourcePolicySpec {
    /// Labels of the pods; a plain map, empty for every pod of the namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<ResourcePolicySelector>,
    /// `prefer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// Kinds of nodes, tried in order.
    pub units: Vec<ResourceUnit>,
    /// `AfterAllUnits` or `BeforeNextUnit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preempt_policy: Option<String>,
    /// Whether pods from before the policy do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_previous_pod: Option<bool>,
    /// Whether terminating pods do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_terminating_pod: Option<bool>,
    /// Label keys that group the counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_label_keys: Option<Vec<String>>,
    /// When the next unit is tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_try_next_units: Option<NextUnits>,
}

/// How pods are selected: a plain map, or what people write by mistake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum ResourcePolicySelector {
    /// Labels that a pod must have; empty for every pod of the namespace.
    Labels(BTreeMap<String, String>),
    /// A label selector of Kubernetes, which this field does not take.
    Structured(LabelSelector),
}

/// A kind of nodes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceUnit {
    /// `ecs`, `eci`, `acs` or `elastic`.
    pub resource: String,
    /// Labels of the nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_selector: Option<BTreeMap<String, String>>,
    /// Most pods on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Most resources on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_resources: Option<BTreeMap<String, String>>,
    /// Labels that its pods get.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_labels: Option<BTreeMap<String, String>>,
    /// Annotations that its pods get.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_annotations: Option<BTreeMap<String, String>>,
}

/// When the next unit is tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NextUnits {
    /// `LackResourceOrExceedMax`, `ExceedMax`, `TimeoutOrExceedMax` or `LackResourceAndNoTerminating`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// After how long, with `TimeoutOrExceedMax`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<String>,
}
