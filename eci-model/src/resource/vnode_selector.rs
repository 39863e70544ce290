//! `Selector`: which pods of a self-managed cluster go to its VNodes, and what they get.

use std::collections::BTreeMap;

use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::{Deserialize, Serialize};

use super::custom_resource;

/// Which pods of a self-managed cluster go to its VNodes, and what they get (`eci.aliyun.com/v1`).
///
/// A thing apart from the selectors of the eci-profile ConfigMap: field names, conflict rule and moment of effect differ (Use eci-profile to
/// schedule pods to a VNode, 2024-09-20).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Selector {
    /// Name and so on.
    pub metadata: ObjectMeta,
    /// What it selects and does.
    pub spec: SelectorSpec,
}

custom_resource!(Selector, "eci.aliyun.com" / "v1", "selectors", NamespaceResourceScope, { spec "spec" });

/// What a [`Selector`] selects and does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SelectorSpec {
    /// By labels of the namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_labels: Option<LabelSelector>,
    /// By labels of the pod.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_labels: Option<LabelSelector>,
    /// What selected pods get; it overwrites what they have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<SelectorEffect>,
    /// How selected pods are scheduled: exactly one member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<SelectorPolicy>,
    /// The highest one of several that match takes effect; 0 when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
}

/// What selected pods get.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SelectorEffect {
    /// Annotations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<BTreeMap<String, String>>,
    /// Labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<BTreeMap<String, String>>,
}

/// How selected pods are scheduled; the content of most members is not published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SelectorPolicy {
    /// VNodes and real nodes alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fair: Option<serde_json::Value>,
    /// VNodes only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub virtual_node_only: Option<serde_json::Value>,
    /// Real nodes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub normal_node_prefer: Option<serde_json::Value>,
    /// Real nodes only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub normal_node_only: Option<serde_json::Value>,
    /// Real nodes up to a limit of the namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_resource_limit: Option<serde_json::Value>,
}
