//! Labels and taints: not annotations, and often mistaken for them.

use eci_model::settings::CpuArch;

use crate::facts::{Category, Confidence, SetBy, Target};
use crate::value::AccelerateMode;

keys! {
    /// Label, not annotation: schedules a pod, or all pods of a namespace, to ECI.
    ECI: bool = on("alibabacloud.com/eci", &[Target::PodLabel, Target::NamespaceLabel])
        .category(Category::Label).shape("boolean").words(&["true"])
        .conflicts(&["WaitForFirstConsumer dynamic disks when set by label"])
        .aliases(&["eci", "virtual-node-affinity-injection"]).examples(&["true"])
        .source("Schedule pods to an x86-based virtual node (调度Pod到x86架构的虚拟节点)", "2025-05-23")
        .confidence(Confidence::BothLanguages);

    /// Old spelling of the label; still honoured, not recommended.
    OLD_ECI: bool = on("eci", &[Target::PodLabel, Target::NamespaceLabel])
        .category(Category::Label).shape("boolean").words(&["true"]).aliases(&["alibabacloud.com/eci"])
        .examples(&["true"]).source("Schedule pods to an x86-based virtual node (调度Pod到x86架构的虚拟节点)", "2025-05-23")
        .confidence(Confidence::ChinesePages);

    /// Old namespace label; still honoured, not recommended.
    AFFINITY_INJECTION: String = on("virtual-node-affinity-injection", &[Target::NamespaceLabel])
        .category(Category::Label).shape("enum").words(&["enabled"]).aliases(&["alibabacloud.com/eci"])
        .examples(&["enabled"]).source("Schedule pods to an x86-based virtual node (调度Pod到x86架构的虚拟节点)", "2025-05-23")
        .confidence(Confidence::ChinesePages);

    /// Label used in the official eci-profile effect sample; no behaviour of its own.
    CREATED_BY_ECI: bool = on("created-by-eci", &[Target::PodLabel])
        .category(Category::Label).set_by(SetBy::ProfileEffect).shape("boolean").words(&["true", "false"])
        .examples(&["true"]).source("Configure eci-profile (配置eci-profile)", "2025-05-21")
        .confidence(Confidence::ChinesePages);

    /// Pod label that makes Fluid inject its sidecar for ECI pods; used next to alibabacloud.com/eci.
    FLUID_SIDECAR_TARGET: String = on("alibabacloud.com/fluid-sidecar-target", &[Target::PodLabel])
        .category(Category::Label).shape("enum").words(&["eci"]).conflicts(&["alibabacloud.com/burst-resource"])
        .examples(&["eci"]).source("ACK Fluid data access pages", "").confidence(Confidence::OnePage);

    /// Node label of virtual nodes, used in nodeSelector/affinity.
    NODE_TYPE: String = on("type", &[Target::NodeLabel])
        .category(Category::Label).set_by(SetBy::Platform).shape("enum").words(&["virtual-kubelet"])
        .examples(&["virtual-kubelet"])
        .source("Schedule pods to an x86-based virtual node (调度Pod到x86架构的虚拟节点)", "2025-05-23")
        .confidence(Confidence::ChinesePages);

    /// Taint of virtual nodes, effect NoSchedule; tolerate it when scheduling by nodeSelector.
    PROVIDER_TAINT: String = on("virtual-kubelet.io/provider", &[Target::NodeTaint])
        .category(Category::Taint).set_by(SetBy::Platform).shape("enum").words(&["alibabacloud"])
        .examples(&["alibabacloud"])
        .source("Schedule pods to an x86-based virtual node (调度Pod到x86架构的虚拟节点)", "2025-05-23")
        .confidence(Confidence::ChinesePages);

    /// Label and taint (NoSchedule) of self-managed-cluster virtual nodes (VNode).
    VNODE: bool = on("k8s.aliyun.com/vnode", &[Target::NodeLabel, Target::NodeTaint])
        .category(Category::Label).set_by(SetBy::Platform).shape("boolean").words(&["true"]).examples(&["true"])
        .source("Schedule pods to a VNode (将Pod调度到VNode)", "2022-10-26").confidence(Confidence::ChinesePages);

    /// Node label; nodeSelector arm64 is mandatory for Arm pods.
    ///
    /// API CpuArchitecture follows from it.
    ARCH: CpuArch = on("kubernetes.io/arch", &[Target::NodeLabel, Target::NodeSelector])
        .category(Category::Label).set_by(SetBy::Platform).shape("enum").words(&["amd64", "arm64"])
        .api("CpuArchitecture (inferred)").examples(&["arm64"])
        .source("Specify Arm types to create a pod (指定Arm规格创建Pod)", "2024-11-15").confidence(Confidence::ChinesePages);

    /// Label of the ACR acceleration suite (workload or namespace), not an ECI annotation; on-demand needs an
    /// accelerated image, p2p the P2P component.
    ///
    /// Public code also misuses it as an annotation. The API ImageAccelerateMode has no documented annotation.
    IMAGE_ACCELERATE_MODE: AccelerateMode = on("k8s.aliyun.com/image-accelerate-mode", &[Target::PodLabel, Target::NamespaceLabel])
        .category(Category::Label).shape("enum").words(&["on-demand", "p2p"]).aliases(&["image-accelerate-mode"])
        .examples(&["on-demand", "p2p"]).source("ACR image acceleration pages", "").confidence(Confidence::OnePage);
}
