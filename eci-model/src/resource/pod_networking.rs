//! `PodNetworking`: vSwitches and security groups for the pods it selects.

use k8s_openapi::ClusterResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta, Time};
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
    /// What the controller says about the object.
    pub fn readiness(&self) -> Readiness {
        match self.status.as_ref().map(|status| status.status.as_str()) {
            None => Readiness::Unstated,
            Some("Ready") => Readiness::Ready,
            Some("") => Readiness::Unsynced,
            Some(_) => Readiness::Failed,
        }
    }

    /// Whether the controller found every vSwitch. An object without a status, as in a manifest, is taken as ready.
    pub fn is_ready(&self) -> bool {
        matches!(self.readiness(), Readiness::Ready | Readiness::Unstated)
    }

    /// Whether addresses would outlive pods; ECI has no such thing and applies the object all the same.
    pub fn is_fixed(&self) -> bool {
        let allocation = self.spec.allocation_type.as_ref();
        allocation.is_some_and(|allocation| allocation.kind.as_deref() == Some("Fixed"))
    }
}

/// What the controller says about a [`PodNetworking`] (source of Terway, 2026-07-23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Readiness {
    /// Every vSwitch was found.
    Ready,
    /// A vSwitch was not found; it is tried again every 30 seconds.
    Failed,
    /// The controller has not looked yet.
    Unsynced,
    /// There is no status, as in a manifest.
    Unstated,
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
    /// When the controller last looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_at: Option<Time>,
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
        "status": {"status": "Fail", "message": "vsw-a1 not found", "vSwitches": [{"id": "vsw-a1", "zone": "cn-hangzhou-h"}],
                   "updateAt": "2026-07-23T08:00:00Z"}
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

    #[test]
    fn only_what_the_controller_refused_or_has_not_seen_is_not_ready() {
        for (status, readiness, ready) in [
            (None, Readiness::Unstated, true),
            (Some("Ready"), Readiness::Ready, true),
            (Some("Fail"), Readiness::Failed, false),
            (Some(""), Readiness::Unsynced, false),
        ] {
            let object = PodNetworking {
                status: status.map(|status| PodNetworkingStatus {
                    status: status.into(),
                    ..PodNetworkingStatus::default()
                }),
                ..PodNetworking::default()
            };
            assert_eq!(
                (object.readiness(), object.is_ready()),
                (readiness, ready),
                "{status:?}"
            );
        }
    }

    #[test]
    fn addresses_are_fixed_only_when_the_object_says_so() {
        let mut object: PodNetworking = serde_json::from_str(TEXT).expect("a PodNetworking");
        assert!(object.is_fixed());
        object.spec.allocation_type = Some(AllocationType::default());
        assert!(!object.is_fixed());
        object.spec.allocation_type = None;
        assert!(!object.is_fixed());
    }
}
