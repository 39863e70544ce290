//! Image caches and registries, as pods use them.

use std::num::NonZeroU32;

use eci_model::settings::{AcrInstance, RegistryHost, RoleArn};
use eci_model::{ImageCacheId, List};

use crate::facts::{Category, Confidence, Standing, Target};
use crate::value::OpenList;

keys! {
    /// Automatic image cache matching.
    ///
    /// Rank: match degree, then matched image size, then creation time. When nothing matches fully, a cache is created
    /// alongside the pod. The ImageCache usage pages give default true, while the API parameter and the old annotation
    /// default to false.
    AUTO_IMC: bool => auto_image_cache = pod("k8s.aliyun.com/eci-auto-imc")
        .category(Category::Image).shape("boolean").words(&["true", "false"])
        .default("true (feature page); API default false").precedence("Loses to k8s.aliyun.com/eci-imc-id.")
        .api("AutoMatchImageCache").aliases(&["k8s.aliyun.com/eci-image-cache"]).examples(&["true"])
        .source("Use ImageCache to accelerate pod creation (使用ImageCache加速创建Pod)", "2024-09-24")
        .confidence(Confidence::BothLanguages)
        .disputed("the feature page (2024-09-24) says on by default; the API and the old key are off by default")
        .policies(&["AutoImageCache"]);

    /// With automatic matching, only use a cache that fully matches every container image.
    IMC_PERFECT_MATCH: bool => image_cache_perfect = pod("k8s.aliyun.com/imc-perfect-match")
        .category(Category::Image).shape("boolean").words(&["true", "false"]).default("false")
        .requires(&["k8s.aliyun.com/eci-auto-imc"]).precedence("Beats k8s.aliyun.com/imc-match-count-request.")
        .examples(&["true"]).source("Use ImageCache to accelerate pod creation (使用ImageCache加速创建Pod)", "2024-09-24")
        .confidence(Confidence::BothLanguages);

    /// With automatic matching, number of container images that must match fully.
    ///
    /// No page gives bounds; less than one image is no condition.
    IMC_MATCH_COUNT_REQUEST: NonZeroU32 => image_cache_match_count = pod("k8s.aliyun.com/imc-match-count-request")
        .category(Category::Image).shape("integer").min(1).unit("image").requires(&["k8s.aliyun.com/eci-auto-imc"])
        .precedence("Loses to k8s.aliyun.com/imc-perfect-match.").examples(&["2"])
        .source("Use ImageCache to accelerate pod creation (使用ImageCache加速创建Pod)", "2024-09-24")
        .confidence(Confidence::BothLanguages);

    /// Use one given image cache.
    ///
    /// It must be Ready, otherwise pod creation fails.
    IMC_ID: ImageCacheId => image_cache = pod("k8s.aliyun.com/eci-imc-id")
        .category(Category::Image).shape("id").allowed("pattern: ^imc-").max_items(1)
        .precedence("Beats automatic matching.").api("ImageSnapshotId")
        .aliases(&["k8s.aliyun.com/eci-image-snapshot-id"]).examples(&["imc-2zebxkiifuyzzlhlabcd"])
        .source("Use ImageCache to accelerate pod creation (使用ImageCache加速创建Pod)", "2024-09-24")
        .confidence(Confidence::BothLanguages);

    /// Old name of eci-auto-imc, default false.
    IMAGE_CACHE: bool = pod("k8s.aliyun.com/eci-image-cache")
        .category(Category::Image).shape("boolean").words(&["true", "false"]).default("false")
        .api("AutoMatchImageCache").aliases(&["k8s.aliyun.com/eci-auto-imc"]).examples(&["true"])
        .standing(Standing::Retired("k8s.aliyun.com/eci-auto-imc"))
        .source("ECI pod annotations (2020-2021 editions)", "2021").confidence(Confidence::OldPages);

    /// Old name of eci-imc-id.
    IMAGE_SNAPSHOT_ID: ImageCacheId = pod("k8s.aliyun.com/eci-image-snapshot-id")
        .category(Category::Image).shape("id").allowed("pattern: ^imc-").api("ImageSnapshotId")
        .aliases(&["k8s.aliyun.com/eci-imc-id"]).examples(&["imc-2zebxkiifuyzzlhlabcd"])
        .standing(Standing::Retired("k8s.aliyun.com/eci-imc-id"))
        .source("ECI pod annotations (2020-2021 editions)", "2021").confidence(Confidence::OldPages);

    /// ACR Enterprise instances to pull from without a secret.
    ///
    /// Needed when the instance uses a custom domain. Prefix the region and a colon for an instance in another region.
    /// Personal edition and default-domain Enterprise instances of the same account work without it. Maximum count
    /// undocumented. An EN ImageCache sample misspells the region as cn-beijng.
    ACR_INSTANCE_IDS: OpenList<AcrInstance> => acr_instances = on("k8s.aliyun.com/acr-instance-ids", &[Target::Pod, Target::ImageCache])
        .category(Category::Image).shape("id-list").allowed("grammar: [region:]cri-<id>(,[region:]cri-<id>)*")
        .api("AcrRegistryInfo.N.InstanceId, AcrRegistryInfo.N.RegionId").aliases(&["k8s.aliyun.com/acr-instance-id"])
        .examples(&["cri-j36zhodptmyqabcd", "cn-beijing:cri-j36zhodptmyqabcd"])
        .source("Pull ACR images without a secret (免密拉取ACR镜像)", "2025-03-03").confidence(Confidence::BothLanguages)
        .disputed("an English ImageCache sample writes the region as `cn-beijng`")
        .policies(&["OpenForms", "ListLength"]);

    /// Old singular spelling; one ACR Enterprise instance, optional region prefix.
    ///
    /// Still printed on an ACK Serverless page.
    ACR_INSTANCE_ID: AcrInstance = pod("k8s.aliyun.com/acr-instance-id")
        .category(Category::Image).shape("id").allowed("grammar: [region:]cri-<id>").max_items(1)
        .api("AcrRegistryInfo.1.InstanceId").aliases(&["k8s.aliyun.com/acr-instance-ids"])
        .examples(&["cn-beijing:cri-j36zhodptmyqabcd"]).standing(Standing::Retired("k8s.aliyun.com/acr-instance-ids"))
        .source("ECI overview for ACK Serverless", "2025-02-17").confidence(Confidence::OnePage)
        .disputed("gone from the annotation table, still on ECI overview for ACK Serverless (2025-02-17)");

    /// ARN of a RAM role in the account that owns the ECI resources, trusted by ECI.
    ///
    /// Used to narrow secret-free pulls, and together with acr-user-arns for cross-account pulls.
    ACR_SERVICE_ARNS: OpenList<RoleArn> => acr_service_arns = on("k8s.aliyun.com/acr-service-arns", &[Target::Pod, Target::ImageCache])
        .category(Category::Image).shape("arn-list").allowed("pattern: ^acs:ram::[0-9]+:role/.+$")
        .api("AcrRegistryInfo.N.ArnService")
        .examples(&["acs:ram::1609982529123456:role/role-assume", "acs:ram::1609982529123456:role/acr-test"])
        .source("Pull ACR images without a secret (免密拉取ACR镜像)", "2025-03-03").confidence(Confidence::BothLanguages)
        .policies(&["OpenForms", "ListLength"]);

    /// ARN of a RAM role in the account that owns the ACR instance; for cross-account pulls.
    ACR_USER_ARNS: OpenList<RoleArn> => acr_user_arns = on("k8s.aliyun.com/acr-user-arns", &[Target::Pod, Target::ImageCache])
        .category(Category::Image).shape("arn-list").allowed("pattern: ^acs:ram::[0-9]+:role/.+$")
        .requires(&["k8s.aliyun.com/acr-service-arns"]).api("AcrRegistryInfo.N.ArnUser")
        .examples(&["acs:ram::1298452580123456:role/role-acr"])
        .source("Pull ACR images without a secret (免密拉取ACR镜像)", "2025-03-03").confidence(Confidence::BothLanguages)
        .policies(&["OpenForms", "ListLength"]);

    /// Self-managed registries to pull from over plain HTTP.
    ///
    /// Write the port if the image reference has one.
    PLAIN_HTTP_REGISTRY: List<RegistryHost> => plain_http_registries = on("k8s.aliyun.com/plain-http-registry", &[Target::Pod, Target::ImageCache])
        .category(Category::Image).shape("host-list").allowed("grammar: host[:port](,host[:port])*")
        .api("PlainHttpRegistry").examples(&["harbor1.pre.com,192.168.1.1:5000,reg1.test.com:80", "192.168.1.1:5000"])
        .source("Pull images from self-managed registries (拉取自建镜像仓库的镜像)", "2024-07-18")
        .confidence(Confidence::BothLanguages)
        .policies(&["ListLength"]);

    /// Self-managed registries whose certificate check is skipped.
    ///
    /// Same grammar as plain-http-registry. Independent of it.
    INSECURE_REGISTRY: List<RegistryHost> => insecure_registries = on("k8s.aliyun.com/insecure-registry", &[Target::Pod, Target::ImageCache])
        .category(Category::Image).shape("host-list").allowed("grammar: host[:port](,host[:port])*")
        .api("InsecureRegistry").examples(&["harbor1.pre.com,192.168.1.1:5000,reg1.test.com:80", "harbor1.pre.com"])
        .source("Pull images from self-managed registries (拉取自建镜像仓库的镜像)", "2024-07-18")
        .confidence(Confidence::BothLanguages)
        .policies(&["ListLength"]);
}
