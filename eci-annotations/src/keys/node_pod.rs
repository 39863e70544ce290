//! Keys that share the prefix and act on pods of ECS nodes only; a pod on ECI does not read them.

use eci_model::settings::{ByteRate, EipChargeType};

use crate::facts::{Category, Confidence, SetBy, Target};
use crate::value::{JsonText, Verbatim};

keys! {
    /// Give the pod an EIP.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    WITH_EIP: bool = on("k8s.aliyun.com/pod-with-eip", &[Target::NodePod])
        .category(Category::NodePods).shape("boolean").words(&["true", "false"])
        .aliases(&["network.alibabacloud.com/pod-with-eip", "k8s.aliyun.com/eci-with-eip (accepted for compatibility)"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Existing EIP.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_INSTANCEID: Verbatim = on("k8s.aliyun.com/pod-eip-instanceid", &[Target::NodePod])
        .category(Category::NodePods).shape("id")
        .aliases(&[
            "network.alibabacloud.com/pod-eip-instanceid",
            "k8s.aliyun.com/eci-eip-instanceid (accepted for compatibility)",
        ])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Billing of the EIP.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_INSTANCE_CHARGE_TYPE: Verbatim = on("k8s.aliyun.com/eip-instance-charge-type", &[Target::NodePod])
        .category(Category::NodePods).shape("enum").words(&["PostPaid"]).default("PostPaid")
        .aliases(&["network.alibabacloud.com/eip-instance-charge-type"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Older alias of eip-internet-charge-type.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_CHARGE_TYPE: EipChargeType = on("k8s.aliyun.com/eip-charge-type", &[Target::NodePod])
        .category(Category::NodePods).shape("enum").words(&["PayByBandwidth", "PayByTraffic"]).default("PayByTraffic")
        .aliases(&["network.alibabacloud.com/eip-charge-type", "k8s.aliyun.com/eip-internet-charge-type"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Resource group of the EIP.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_RESOURCE_GROUP_ID: Verbatim = on("k8s.aliyun.com/eip-resource-group-id", &[Target::NodePod])
        .category(Category::NodePods).shape("id").aliases(&["network.alibabacloud.com/eip-resource-group-id"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Name of the EIP.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_NAME: Verbatim = on("k8s.aliyun.com/eip-name", &[Target::NodePod])
        .category(Category::NodePods).aliases(&["network.alibabacloud.com/eip-name"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Description of the EIP.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_DESCRIPTION: Verbatim = on("k8s.aliyun.com/eip-description", &[Target::NodePod])
        .category(Category::NodePods).aliases(&["network.alibabacloud.com/eip-description"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// DDoS protection type of the EIP.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_SECURITY_PROTECTION_TYPES: Verbatim = on("k8s.aliyun.com/eip-security-protection-types", &[Target::NodePod])
        .category(Category::NodePods).aliases(&["network.alibabacloud.com/eip-security-protection-types"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Tags of the EIP as JSON.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EIP_TAGS: JsonText = on("k8s.aliyun.com/eip-tags", &[Target::NodePod])
        .category(Category::NodePods).shape("json").aliases(&["network.alibabacloud.com/eip-tags"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// When to release the EIP.
    ///
    /// Follow releases it with the pod (believed to be the default, unverified). For pods on ECS nodes only; same
    /// prefix as ECI annotations, so validators must not confuse them. network.alibabacloud.com/ is the equivalent
    /// prefix.
    EIP_RELEASE_STRATEGY: Verbatim = on("k8s.aliyun.com/pod-eip-release-strategy", &[Target::NodePod])
        .category(Category::NodePods).shape("enum-or-duration").allowed("Follow | Never | Go duration")
        .aliases(&["network.alibabacloud.com/pod-eip-release-strategy"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Deprecated Terway limit; use kubernetes.io/ingress-bandwidth.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    INGRESS_BANDWIDTH: ByteRate = on("k8s.aliyun.com/ingress-bandwidth", &[Target::NodePod])
        .category(Category::NodePods).shape("byte-rate").aliases(&["network.alibabacloud.com/ingress-bandwidth"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Deprecated Terway limit; use kubernetes.io/egress-bandwidth.
    ///
    /// For pods on ECS nodes only; same prefix as ECI annotations, so validators must not confuse them.
    /// network.alibabacloud.com/ is the equivalent prefix.
    EGRESS_BANDWIDTH: ByteRate = on("k8s.aliyun.com/egress-bandwidth", &[Target::NodePod])
        .category(Category::NodePods).shape("byte-rate").aliases(&["network.alibabacloud.com/egress-bandwidth"])
        .source("Configure EIPs for pods (ack-extend-network-controller)", "").confidence(Confidence::OnePage);

    /// Name of the PodNetworking that the Terway webhook matched.
    ///
    /// A result, not a selector. Node pods only; not documented for ECI.
    POD_NETWORKING: Verbatim = on("k8s.aliyun.com/pod-networking", &[Target::NodePod])
        .category(Category::NodePods).set_by(SetBy::Platform).allowed("name of a PodNetworking")
        .conflicts(&["k8s.aliyun.com/pod-networks", "k8s.aliyun.com/pod-networks-request"])
        .source("terway source and docs", "2026-07-23").confidence(Confidence::OthersCode);

    /// Written by the Terway webhook, also input: the pod uses a dedicated ENI.
    ///
    /// As a Namespace label with value false it opts the namespace out.
    POD_ENI: bool = on("k8s.aliyun.com/pod-eni", &[Target::NodePod])
        .category(Category::NodePods).set_by(SetBy::UserAndPlatform).shape("boolean").words(&["true", "false"])
        .source("terway source and docs", "2026-07-23").confidence(Confidence::OthersCode);

    /// Explicit Terway network configuration, highest priority of Terway's own order.
    ///
    /// Node pods only.
    POD_NETWORKS: JsonText = on("k8s.aliyun.com/pod-networks", &[Target::NodePod])
        .category(Category::NodePods).set_by(SetBy::UserAndPlatform).shape("json")
        .allowed(r#"json: {"podNetworks":[...]}"#)
        .conflicts(&["k8s.aliyun.com/pod-networking", "k8s.aliyun.com/pod-networks-request"])
        .source("terway source and docs", "2026-07-23").confidence(Confidence::OthersCode);

    /// Names PodNetworking objects for a pod; they must be Ready, have no selectors and share one eniType.
    ///
    /// Node pods only.
    POD_NETWORKS_REQUEST: JsonText = on("k8s.aliyun.com/pod-networks-request", &[Target::NodePod])
        .category(Category::NodePods).shape("json")
        .allowed("json: array of {interfaceName, network, defaultRoute?, routes?}")
        .conflicts(&["k8s.aliyun.com/pod-networking", "k8s.aliyun.com/pod-networks"])
        .source("terway source and docs", "2026-07-23").confidence(Confidence::OthersCode);

    /// Label:
    ///
    /// Terway leaves the pod or node alone. Useful on pods bound for a virtual node in clusters with Terway trunking.
    IGNORE_BY_TERWAY: bool = on("k8s.aliyun.com/ignore-by-terway", &[Target::PodLabel, Target::NodeLabel])
        .category(Category::NodePods).shape("boolean").words(&["true", "false"])
        .source("terway source and docs", "2026-07-23").confidence(Confidence::OthersCode);
}
