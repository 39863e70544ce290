//! `DataCache`: data fetched in advance, which pods mount by path.

use std::collections::BTreeMap;

use k8s_openapi::ClusterResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::{Deserialize, Serialize};

use super::custom_resource;

/// Data fetched in advance (`eci.aliyun.com/v1alpha1`).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DataCache {
    /// Name and so on.
    pub metadata: ObjectMeta,
    /// What is cached, and where.
    pub spec: DataCacheSpec,
}

custom_resource!(DataCache, "eci.aliyun.com" / "v1alpha1", "datacaches", ClusterResourceScope, { spec "spec" });

/// What is cached, and where.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DataCacheSpec {
    /// The bucket; `default` when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// The path in the bucket that pods mount.
    pub path: String,
    /// Its size in GiB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    /// How long it is kept, in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<i64>,
    /// Where the data comes from.
    pub data_source: CachedSource,
    /// The network it is fetched through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_config: Option<CacheNetwork>,
}

/// Where cached data comes from.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CachedSource {
    /// `URL`, `NAS`, `OSS` or `SNAPSHOT`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Options of the type; they may hold keys, so they are not printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, String>>,
}

impl std::fmt::Debug for CachedSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&String> = self.options.iter().flat_map(BTreeMap::keys).collect();
        f.debug_struct("CachedSource")
            .field("kind", &self.kind)
            .field("options", &names)
            .finish()
    }
}

/// The network that cached data is fetched through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CacheNetwork {
    /// The security group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_group_id: Option<String>,
    /// The vSwitch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch_id: Option<String>,
    /// An EIP that exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eip_instance_id: Option<String>,
    /// An EIP to be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eip_create_param: Option<CacheEip>,
}

/// An EIP to be made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CacheEip {
    /// Its bandwidth in Mbit/s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth: Option<i64>,
    /// A shared-bandwidth plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_bandwidth_package: Option<String>,
    /// `PayByBandwidth` or `PayByTraffic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internet_charge_type: Option<String>,
    /// A pool of addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_ip_address_pool_id: Option<String>,
    /// `BGP` or `BGP_PRO`.
    #[serde(rename = "ISP", skip_serializing_if = "Option::is_none")]
    pub isp: Option<String>,
}
