//! `PodNetworking`: vSwitches and security groups for the pods it selects.

use k8s_openapi::ClusterResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::{Deserialize, Serialize};

use super::custom_resource;

/// vSwitches and security groups for the pods it selects (`network.alibabacloud.com/v1beta1`, cluster-scoped).
///
/// Fields as the custom resource definition of Terway has them (2026-07-23); ECI reads a part of them (Configure separate vSwitches and
/// security groups for a pod, 2026-02-28).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodNetworking {
    /// Name, labels and so on; there is no namespace.
    pub metadata: ObjectMeta,
    /// What the selected pods get.
    pub spec: PodNetworkingSpec,
    /// What the controller found; absent in manifests.
    pub status: Option<PodNetworkingStatus>,
}

custom_resource!(PodNetworking, "network.alibabacloud.com" / "v1beta1", "podnetworkings", ClusterResourceScope, {
    spec "spec", status "status"
});

impl PodNetworking {
    /// Whether the controller found every vSwitch. An object without a status, as in a manifest, is taken as ready.
    pub fn is_ready(&self) -> bool {
        self.status.as_ref().is_none_or(|status| status.status == "Ready")
    }
}

/// What the selected pods get.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodNetworkingSpec {
    /// Which pods; without any selector, no pod is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<PodNetworkingSelector>,
    /// vSwitches, any of which may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch_options: Option<Vec<String>>,
    /// Security groups; on ECI in ACK Serverless only the first takes effect.
    #[serde(rename = "securityGroupIDs", skip_serializing_if = "Option::is_none")]
    pub security_group_ids: Option<Vec<String>>,
    /// Whether addresses outlive pods; without effect on ECI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocation_type: Option<AllocationType>,
    /// The kind of network interface; for pods of real nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eni_options: Option<EniOptions>,
    /// How a vSwitch is chosen; for pods of real nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch_select_options: Option<VSwitchSelectOptions>,
}

/// Which pods a [`PodNetworking`] selects; both selectors must match where both are given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodNetworkingSelector {
    /// By labels of the pod; absent does not constrain, `{}` selects every pod.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pod_selector: Option<LabelSelector>,
    /// By labels of the namespace; absent does not constrain, `{}` selects every namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace_selector: Option<LabelSelector>,
}

/// Whether addresses outlive pods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AllocationType {
    /// `Elastic` (default) or `Fixed`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `TTL` or `Never`, with `Fixed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_strategy: Option<String>,
    /// How long a freed address is kept, as a Go duration (`5m0s`), with `TTL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_after: Option<String>,
}

/// The kind of network interface.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EniOptions {
    /// `Default`, `Trunk` or `ENI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eni_type: Option<String>,
}

/// How a vSwitch is chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VSwitchSelectOptions {
    /// `ordered`, `random` or `most`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch_selection_policy: Option<String>,
}

/// What the controller found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodNetworkingStatus {
    /// `Ready`, `Fail`, or empty while unknown.
    pub status: String,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The vSwitches that were found, with their zones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switches: Option<Vec<StatusVSwitch>>,
}

/// A vSwitch that was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StatusVSwitch {
    /// Its id.
    pub id: String,
    /// Its zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
        "apiVersion": "network.alibabacloud.com/v1beta1", "kind": "PodNetworking", "metadata": {"name": "shop"},
        "spec": {"selector": {"podSelector": {"matchLabels": {"net": "a"}}},
                 "vSwitchOptions": ["vsw-a1"], "securityGroupIDs": ["sg-a1"],
                 "allocationType": {"type": "Fixed", "releaseStrategy": "TTL", "releaseAfter": "5m0s"}},
        "status": {"status": "Fail", "message": "vsw-a1 not found", "vSwitches": [{"id": "vsw-a1", "zone": "cn-hangzhou-h"}]}
    }"#;

    #[test]
    fn what_is_read_is_written() {
        let value: serde_json::Value = serde_json::from_str(TEXT).expect("json");
        let mut read: PodNetworking = serde_json::from_value(value.clone()).expect("a PodNetworking");
        assert!(!read.is_ready());
        let mut written = serde_json::to_value(&read).expect("serialises");
        assert_eq!(written, value);
        read.status = None;
        written = serde_json::to_value(&read).expect("serialises");
        assert!(read.is_ready());
        assert_eq!(written["kind"], "PodNetworking");
    }
}
