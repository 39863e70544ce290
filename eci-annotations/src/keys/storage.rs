//! Data caches and temporary storage.

use eci_model::settings::{DiskLevel, ExtraStorage, StorageOptions};

use crate::facts::{Category, Confidence};
use crate::value::DiskVolume;

keys! {
    /// Data cache bucket the pod reads from; mandatory when a data cache is used, mounted through a hostPath volume.
    ///
    /// Bucket name eci-system is reserved.
    DATA_CACHE_BUCKET: String => data_cache_bucket = pod("k8s.aliyun.com/eci-data-cache-bucket")
        .category(Category::Cache).requires(&["hostPath volume whose path equals the data cache path"])
        .api("DataCacheBucket").examples(&["default", "test"])
        .source("Create a pod using DataCache (使用DataCache创建Pod)", "2025-01-14").confidence(Confidence::BothLanguages);

    /// Performance level of the ESSD made from the data cache.
    ///
    /// Values other than PL1 are not listed on the ECI page.
    DATA_CACHE_PL: DiskLevel => data_cache_level = pod("k8s.aliyun.com/eci-data-cache-pl")
        .category(Category::Cache).shape("enum")
        .allowed("documented: PL1 (ESSD family has PL0, PL1, PL2, PL3: inferred)").default("PL1")
        .requires(&["k8s.aliyun.com/eci-data-cache-bucket"]).api("DataCachePL").examples(&["PL1"])
        .source("Create a pod using DataCache (使用DataCache创建Pod)", "2025-01-14").confidence(Confidence::BothLanguages)
        .policies(&["OpenForms"]);

    /// Provisioned IOPS; its presence makes the disk an ESSD AutoPL.
    ///
    /// Upper bound depends on capacity C in GiB: min(50000, 1000*C - base) with base = min(1800 + 50*C, 50000). Key is
    /// camelCase.
    DATA_CACHE_PROVISIONED_IOPS: u32 => data_cache_iops = pod("k8s.aliyun.com/eci-data-cache-provisionedIops")
        .category(Category::Cache).shape("integer").min(0).max(50000).unit("IOPS")
        .requires(&["k8s.aliyun.com/eci-data-cache-bucket"]).precedence("Switches disk type to ESSD AutoPL.")
        .api("DataCacheProvisionedIops").examples(&["40000", "15000"])
        .source("Create a pod using DataCache (使用DataCache创建Pod)", "2025-01-14").confidence(Confidence::BothLanguages);

    /// Performance burst; its presence makes the disk an ESSD AutoPL.
    ///
    /// Key is camelCase.
    DATA_CACHE_BURSTING_ENABLED: bool => data_cache_bursting = pod("k8s.aliyun.com/eci-data-cache-burstingEnabled")
        .category(Category::Cache).shape("boolean").words(&["true", "false"])
        .requires(&["k8s.aliyun.com/eci-data-cache-bucket"]).precedence("Switches disk type to ESSD AutoPL.")
        .api("DataCacheBurstingEnabled").examples(&["true"])
        .source("Create a pod using DataCache (使用DataCache创建Pod)", "2025-01-14").confidence(Confidence::BothLanguages);

    /// Extra temporary disk on top of the free 30 GiB (20 GiB in 2021 docs); billed.
    ///
    /// Upper bound 5000 comes from API metadata; unit suffixes other than Gi are undocumented. Acts as a limit. If the
    /// request also gives ephemeral-storage, the larger of the annotation and (request minus 30 GiB) is used.
    EXTRA_EPHEMERAL_STORAGE: ExtraStorage => extra_storage = pod("k8s.aliyun.com/eci-extra-ephemeral-storage")
        .category(Category::Storage).shape("quantity").allowed("pattern: ^[0-9]+Gi$").min(0).max(5000).unit("GiB")
        .default("0").precedence("max(annotation, requests.ephemeral-storage - 30 GiB).").api("EphemeralStorage")
        .examples(&["50Gi", "20Gi"])
        .source("Increase the capacity of the temporary storage space (增加临时存储空间大小)", "2024-08-13")
        .confidence(Confidence::BothLanguages)
        .disputed("documents of 2021 say that 20 GiB are free, current ones 30")
        .policies(&["OpenForms", "ApiBounds"]);

    /// Encrypt the temporary disk with AES-256 using the KMS service key.
    ///
    /// KMS must be enabled; not usable with manually created image caches. The flag is a JSON string. One sample has an
    /// extra closing brace.
    EPHEMERAL_STORAGE_OPTIONS: StorageOptions => storage_options = pod("k8s.aliyun.com/eci-ephemeral-storage-options")
        .category(Category::Storage).shape("json").allowed(r#"json: {"encrypted":"true"}"#).requires(&["KMS enabled"])
        .conflicts(&["manually created image caches"]).examples(&[r#"{"encrypted":"true"}"#])
        .source("Encrypt the temporary storage space (加密临时存储空间)", "2023-10-16").confidence(Confidence::BothLanguages)
        .disputed("a sample ends with a closing brace too many");

    /// Evict the pod (to Failed) when temporary disk falls below 100 MiB.
    ///
    /// By default nothing happens.
    EVICTION_ENABLE: bool => eviction = pod("k8s.aliyun.com/eci-eviction-enable")
        .category(Category::Storage).shape("boolean").words(&["true", "false"]).default("false").examples(&["true"])
        .source("Automatically evict pods with insufficient temporary storage", "2023-10-27")
        .confidence(Confidence::BothLanguages);

    /// 2020-2021 feature that turns an emptyDir/hostPath volume into a dynamic cloud disk.
    ///
    /// Not in current pages.
    SET_DISKVOLUME: DiskVolume = pod("k8s.aliyun.com/eci-set-diskvolume")
        .category(Category::Storage).allowed("grammar: <volumeName>:<fsType>:<size>")
        .api("Volume.N (DiskVolume, inferred)").examples(&["cache-volume:ext4:500Gi"])
        .source("ECI pod annotations (2020-2021 editions)", "2021").confidence(Confidence::OldPages);
}
