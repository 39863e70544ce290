//! What the platform writes back after a pod was placed.

use std::net::IpAddr;

use eci_model::api::Decimal;
use eci_model::settings::ComputeCategory;
use eci_model::spec::SpecItem;
use eci_model::{ContainerGroupId, EipId, EniId, ImageCacheId, VpcId, Zone};

use crate::facts::{Category, Confidence, SetBy};
use crate::value::{Port, Verbatim};

keys! {
    /// Request ID of the creation call.
    REQUEST_ID: Verbatim = pod("k8s.aliyun.com/eci-request-id")
        .category(Category::System).set_by(SetBy::Platform).api("response RequestId")
        .examples(&["45942504-4688-51BA-BBAB-4B692C4F39C0"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// ECI instance ID.
    INSTANCE_ID: ContainerGroupId = pod("k8s.aliyun.com/eci-instance-id")
        .category(Category::System).set_by(SetBy::Platform).shape("id").allowed("pattern: ^eci-")
        .api("response ContainerGroupId").examples(&["eci-2ze1y0la40qgva09abcd"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// Final size, either CPU-memory with one decimal or an ECS type; billing follows it.
    INSTANCE_SPEC: SpecItem = pod("k8s.aliyun.com/eci-instance-spec")
        .category(Category::System).set_by(SetBy::Platform)
        .allowed("grammar: <cpu>.<d>-<mem>.<d>Gi | ecs.<family>.<size>").examples(&["2.0-4.0Gi", "ecs.c6.large"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// Compute class that was used.
    INSTANCE_COMPUTE_CATEGORY: ComputeCategory = pod("k8s.aliyun.com/eci-instance-compute-category")
        .category(Category::System).set_by(SetBy::Platform).shape("enum").words(&["economy", "general"])
        .examples(&["economy"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// ID of the bound EIP. camelCase.
    ALLOCATED_EIP_INSTANCE_ID: EipId = pod("k8s.aliyun.com/allocated-eipInstanceId")
        .category(Category::System).set_by(SetBy::Platform).shape("id").allowed("pattern: ^eip-")
        .examples(&["eip-bp1q5n8cq4p7f6dzuabcd"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// Address of the bound EIP.
    ///
    /// Also written by Terway for ECS-node pods. camelCase.
    ALLOCATED_EIP_ADDRESS: IpAddr = pod("k8s.aliyun.com/allocated-eipAddress")
        .category(Category::System).set_by(SetBy::Platform).shape("ip").examples(&["47.99.1.1"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// IPv6 address given to the pod. camelCase.
    ALLOCATED_IPV6_ADDRESS: IpAddr = pod("k8s.aliyun.com/allocated-ipv6Address")
        .category(Category::System).set_by(SetBy::Platform).shape("ip").examples(&["2001:db8:1:1:1:1:1:1"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// Tells whether a template was used to create the pod.
    ///
    /// The launch template feature itself was retired later.
    CREATED_BY_TEMPLATE: bool = pod("k8s.aliyun.com/eci-created-by-template")
        .category(Category::System).set_by(SetBy::Platform).shape("boolean").words(&["true", "false"])
        .examples(&["true"]).source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// Elastic network interface of the instance.
    ENI_INSTANCE_ID: EniId = pod("k8s.aliyun.com/eni-instance-id")
        .category(Category::System).set_by(SetBy::Platform).shape("id").allowed("pattern: ^eni-")
        .examples(&["eni-2ze6d7oo5ukqj26oabcd"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// VPC of the instance.
    VPC: VpcId = pod("k8s.aliyun.com/eci-vpc")
        .category(Category::System).set_by(SetBy::Platform).shape("id").allowed("pattern: ^vpc-")
        .examples(&["vpc-2zeghwzptn5zii0w7abcd"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// Image cache that was matched.
    MATCHED_IMAGE_CACHE: ImageCacheId = pod("k8s.aliyun.com/eci-matched-image-cache")
        .category(Category::System).set_by(SetBy::Platform).shape("id").allowed("pattern: ^imc-")
        .examples(&["imc-2zedy3v37800iimuabcd"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// Schedule outcome; retired in favour of pod condition ContainerInstanceCreated.
    SCHEDULE_RESULT: Verbatim = pod("k8s.aliyun.com/eci-schedule-result")
        .category(Category::System).set_by(SetBy::Platform).shape("enum").words(&["finished"]).examples(&["finished"])
        .source("ECI Pod Annotation, section on annotations added after scheduling", "2025-04-24")
        .confidence(Confidence::BothLanguages);

    /// ECI platform version of the pod:
    ///
    /// 1.1.0 for pods created on Kubernetes 1.12 and later; 1.0.0 or empty only on 1.12-1.24.
    PLATFORM_VERSION: Verbatim = pod("k8s.aliyun.com/eci-platform-version")
        .category(Category::System).set_by(SetBy::Platform).words(&["1.0.0", "1.1.0", ""]).examples(&["1.1.0"])
        .source("ECI Platform Version compatibility", "").confidence(Confidence::OnePage);

    /// Set by the virtual node when creation finished.
    ///
    /// No prefix.
    PROVIDER_CREATE: Verbatim = pod("ProviderCreate")
        .category(Category::System).set_by(SetBy::Platform).examples(&["done"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Cluster DNS address handed to the pod.
    CLUSTER_DNS: IpAddr = pod("k8s.aliyun.com/cluster-dns")
        .category(Category::System).set_by(SetBy::Platform).shape("ip")
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Cluster domain handed to the pod.
    CLUSTER_DOMAIN: Verbatim = pod("k8s.aliyun.com/cluster-domain")
        .category(Category::System).set_by(SetBy::Platform).examples(&["cluster.local"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Idempotency token of the creation call (UUID).
    CLIENT_TOKEN: Verbatim = pod("k8s.aliyun.com/eci-client-token")
        .category(Category::System).set_by(SetBy::Platform)
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Empty string in the dump; meaning undocumented.
    DROP_APISERVER_INTERACTIVE_CAPS: Verbatim = pod("k8s.aliyun.com/eci-drop-apiserver-interactive-caps")
        .category(Category::System).set_by(SetBy::Platform).examples(&[""])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Final vCPU count, one decimal.
    INSTANCE_CPU: Decimal = pod("k8s.aliyun.com/eci-instance-cpu")
        .category(Category::System).set_by(SetBy::Platform).shape("decimal").examples(&["2.0"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Final memory in GiB, one decimal, without unit.
    INSTANCE_MEM: Decimal = pod("k8s.aliyun.com/eci-instance-mem")
        .category(Category::System).set_by(SetBy::Platform).shape("decimal").examples(&["4.0"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Zone of the instance.
    INSTANCE_ZONE: Zone = pod("k8s.aliyun.com/eci-instance-zone")
        .category(Category::System).set_by(SetBy::Platform).examples(&["cn-shenzhen-d"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Cluster version.
    K8S_VERSION: Verbatim = pod("k8s.aliyun.com/k8s-version")
        .category(Category::System).set_by(SetBy::Platform).examples(&["v1.22.3-aliyun.1"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Virtual node version.
    VK_VERSION: Verbatim = pod("k8s.aliyun.com/vk-version")
        .category(Category::System).set_by(SetBy::Platform).examples(&["v2.8.5-2023-02-21-08-59-UTC"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);

    /// Kubelet stream port of the pod.
    POD_STREAM_PORT: Port = pod("kubernetes.io/pod-stream-port")
        .category(Category::System).set_by(SetBy::Platform).shape("integer").examples(&["10250"])
        .source("live pod dump (2023, OpenKruise test), virtual node v2.8.5", "2023-02").confidence(Confidence::LivePod);
}
