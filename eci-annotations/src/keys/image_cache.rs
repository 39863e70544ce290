//! Annotations of the ImageCache resource; some differ from those of pods by a few letters.

use eci_model::settings::CpuArch;
use eci_model::{EipId, List, ResourceGroupId, SecurityGroupId, VSwitchId};

use crate::facts::{Category, Confidence, Target};
use crate::value::OsType;

keys! {
    /// vSwitches the cache builder may use.
    ///
    /// Differs from the pod key (no eci- prefix).
    VSWITCH_IDS: List<VSwitchId> = on("k8s.aliyun.com/vswitch-ids", &[Target::ImageCache])
        .category(Category::ImageCache).shape("id-list").allowed("grammar: vsw-<id>(,vsw-<id>)*").max_items(10)
        .default("eci-profile vSwitchIds").api("CreateImageCache.VSwitchId")
        .examples(&["vsw-bp1dktddjsg5nktvabcd,vsw-bp1xpiowfm5vo8o3cabcd"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// Security group of the cache builder.
    ///
    /// Differs from the pod key.
    SECURITY_GROUP_ID: SecurityGroupId = on("k8s.aliyun.com/security-group-id", &[Target::ImageCache])
        .category(Category::ImageCache).shape("id").allowed("pattern: ^sg-").max_items(1)
        .default("eci-profile securityGroupId").api("CreateImageCache.SecurityGroupId")
        .examples(&["sg-bp1dktddjsg5nktvabcd"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// Resource group of the cache.
    RESOURCE_GROUP_ID: ResourceGroupId = on("k8s.aliyun.com/resource-group-id", &[Target::ImageCache])
        .category(Category::ImageCache).shape("id").allowed("pattern: ^rg-").max_items(1)
        .default("eci-profile resourceGroupId").api("CreateImageCache.ResourceGroupId")
        .examples(&["rg-aek2z3elfs4abcd"]).source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// CPU architecture of the cache.
    ///
    /// ACK variant of the page only.
    CPU_ARCH: CpuArch = on("k8s.aliyun.com/imc-cpu-arch", &[Target::ImageCache])
        .category(Category::ImageCache).shape("enum").words(&["amd64", "arm64"]).default("amd64").examples(&["arm64"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// Operating system of the cache; windows is invitation-only.
    ///
    /// ACK variant of the page only.
    OS_TYPE: OsType = on("k8s.aliyun.com/imc-os-type", &[Target::ImageCache])
        .category(Category::ImageCache).shape("enum").words(&["linux", "windows"]).default("linux").examples(&["linux"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// Reuse duplicate layers of existing caches.
    ENABLE_REUSE: bool = on("k8s.aliyun.com/imc-enable-reuse", &[Target::ImageCache])
        .category(Category::ImageCache).shape("boolean").words(&["true", "false"]).default("false")
        .api("CreateImageCache.AutoMatchImageCache").examples(&["true"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// Instant (flash) image cache.
    ENABLE_FLASH: bool = on("k8s.aliyun.com/imc-enable-flash", &[Target::ImageCache])
        .category(Category::ImageCache).shape("boolean").words(&["true", "false"]).default("false")
        .api("CreateImageCache.Flash").examples(&["true"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// Lifetime of the cache.
    ///
    /// Overlaps with spec.retentionDays; precedence undocumented. The range is that of the API. Caches that failed to build are kept one day.
    RETENTION_DAYS: u32 = on("k8s.aliyun.com/imc-retention-days", &[Target::ImageCache])
        .category(Category::ImageCache).shape("integer").min(1).max(65536).unit("day").default("never expires")
        .api("CreateImageCache.RetentionDays").examples(&["7"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages)
        .policies(&["ImageCacheOverlap"]);

    /// Size of the cache disk; plan twice the image size.
    ///
    /// Overlaps with spec.imageCacheSize; precedence undocumented.
    SIZE: u32 = on("k8s.aliyun.com/imc-size", &[Target::ImageCache])
        .category(Category::ImageCache).shape("integer").min(20).max(32768).unit("GiB").default("20")
        .api("CreateImageCache.ImageCacheSize").examples(&["20"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages)
        .policies(&["ImageCacheOverlap"]);

    /// Existing EIP for the cache builder.
    ///
    /// Differs from the pod key.
    EIP_INSTANCE_ID: EipId = on("k8s.aliyun.com/eip-instance-id", &[Target::ImageCache])
        .category(Category::ImageCache).shape("id").allowed("pattern: ^eip-").max_items(1)
        .api("CreateImageCache.EipInstanceId").examples(&["eip-bp1q5n8cq4p7f6dzuabcd"])
        .source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);

    /// Create an EIP for the cache builder.
    ///
    /// Differs from the pod key.
    AUTO_CREATE_EIP: bool = on("k8s.aliyun.com/auto-create-eip", &[Target::ImageCache])
        .category(Category::ImageCache).shape("boolean").words(&["true", "false"]).api("CreateImageCache.AutoCreateEip")
        .examples(&["true"]).source("Annotations for ImageCache (ImageCache Annotation)", "2024-10-29")
        .confidence(Confidence::BothLanguages);
}
