//! `Selector`: which pods of a self-managed cluster go to its VNodes, and what they get.

use std::collections::BTreeMap;

use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};

use super::resource_traits;

/// Which pods of a self-managed cluster go to its VNodes, and what they get (`eci.aliyun.com/v1`).
///
/// A thing apart from the selectors of the eci-profile ConfigMap: field names, conflict rule and moment of effect differ (Use eci-profile to
/// schedule pods to a VNode, 2024-09-20).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Selector {
    /// The version it is written in, which pages and definitions disagree about.
    pub api_version: SelectorVersion,
    /// Name and so on.
    pub metadata: ObjectMeta,
    /// What it selects and does.
    pub spec: SelectorSpec,
}

resource_traits!(Selector, "eci.aliyun.com" / "v1", "selectors", NamespaceResourceScope);

impl Serialize for Selector {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("apiVersion", &self.api_version)?;
        map.serialize_entry("kind", <Self as k8s_openapi::Resource>::KIND)?;
        map.serialize_entry("metadata", &self.metadata)?;
        map.serialize_entry("spec", &self.spec)?;
        map.end()
    }
}

/// The version a [`Selector`] is written in.
///
/// The definition for Kubernetes 1.16 and later serves `v1` only, with namespaced objects; the older one serves `v1beta1`, with
/// cluster-scoped objects, and the page prints that (Use eci-profile to schedule pods to a VNode, 2024-09-20).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SelectorVersion {
    /// `eci.aliyun.com/v1`.
    #[default]
    #[serde(rename = "eci.aliyun.com/v1")]
    V1,
    /// `eci.aliyun.com/v1beta1`.
    #[serde(rename = "eci.aliyun.com/v1beta1")]
    V1Beta1,
}

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
    /// Real nodes up to a limit of the namespace; the published code does not use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_resource_limit: Option<serde_json::Value>,
}
