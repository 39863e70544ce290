//! `ImageCache`: images pulled in advance, so that pods start without a pull.

use std::collections::BTreeMap;

use k8s_openapi::ClusterResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::{Deserialize, Serialize};

use super::custom_resource;

/// Images pulled in advance (`eci.alibabacloud.com/v1`, cluster-scoped).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ImageCache {
    /// Name, annotations and so on; there is no namespace.
    pub metadata: ObjectMeta,
    /// What is cached.
    pub spec: ImageCacheSpec,
    /// How far the cache is; absent in manifests.
    pub status: Option<ImageCacheStatus>,
}

custom_resource!(ImageCache, "eci.alibabacloud.com" / "v1", "imagecaches", ClusterResourceScope, {
    spec "spec", status "status"
});

/// What is cached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ImageCacheSpec {
    /// 1 to 20 images.
    pub images: Vec<String>,
    /// Secrets for their registries, as `namespace:name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_pull_secrets: Option<Vec<String>>,
    /// The size of the cache in GiB, 20 to 32768.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_cache_size: Option<i64>,
    /// How long the cache is kept, in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<i64>,
}

/// How far the cache is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ImageCacheStatus {
    /// The phase; only `Ready` ones are used.
    pub phase: String,
    /// How much is done, `30%`.
    pub progress: String,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_cache_id: Option<String>,
    /// When it was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    /// When it was changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_updated_time: Option<String>,
    /// When it will be removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_date_time: Option<String>,
    /// What happened to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<BTreeMap<String, serde_json::Value>>>,
}
