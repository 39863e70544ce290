//! Keys of Services, and of the manifests given to Auto Scaling.

use crate::facts::{Category, Confidence, Target};

keys! {
    /// Publish the Service in PrivateZone so that ECI pods can resolve it.
    PRIVATE_ZONE_ENABLE: bool = on("service.beta.kubernetes.io/alibaba-cloud-private-zone-enable", &[Target::Service])
        .category(Category::Service).shape("boolean").words(&["true", "false"]).examples(&["true"])
        .source("Service discovery with PrivateZone", "2021").confidence(Confidence::OldPages);

    /// Load balancer type; appears in the PrivateZone page.
    ///
    /// Belongs to the cloud controller manager, not ECI.
    LOAD_BALANCER_ADDRESS_TYPE: String = on("service.beta.kubernetes.io/alicloud-loadbalancer-address-type", &[Target::Service])
        .category(Category::Service).shape("enum").allowed("documented in this set: intranet").examples(&["intranet"])
        .source("Service discovery with PrivateZone (基于云解析PrivateZone的服务发现)", "2025-07-01")
        .confidence(Confidence::OnePage);

    /// Minimum size of the scaling group; only in Kubernetes-style YAML given to Auto Scaling ApplyScalingGroup.
    SCALING_GROUP_MIN_SIZE: u32 = on("k8s.aliyun.com/ess-scaling-group-min-size", &[Target::ScalingManifest])
        .category(Category::Ess).shape("integer").min(0).default("0").examples(&["1"])
        .source("Auto Scaling ApplyScalingGroup reference", "").confidence(Confidence::OnePage);

    /// Maximum size of the scaling group, same place.
    SCALING_GROUP_MAX_SIZE: u32 = on("k8s.aliyun.com/ess-scaling-group-max-size", &[Target::ScalingManifest])
        .category(Category::Ess).shape("integer").min(0).default("max(replicas, 30)").examples(&["20"])
        .source("Auto Scaling ApplyScalingGroup reference", "").confidence(Confidence::OnePage);
}
