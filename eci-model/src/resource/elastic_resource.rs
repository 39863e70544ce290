//! `ElasticResource`: what the ECI-based scheduling that came before ResourcePolicy is set up with.

use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Deserialize;

use super::custom_resource;

/// An ElasticResource, which cannot be used together with a ResourcePolicy (Customize elastic resource priority scheduling, 2026-03-26).
///
/// No page shows its fields: they are kept as they are written and nothing is read out of them. Version and scope are taken from
/// ResourcePolicy, which is of the same scheduler.
///
/// # Example
/// ```
/// use eci_model::resource::ElasticResource;
///
/// let text = r#"{"apiVersion":"scheduling.alibabacloud.com/v1alpha1","kind":"ElasticResource","metadata":{"name":"web"},"spec":{"min":1}}"#;
/// let object: ElasticResource = serde_json::from_str(text)?;
/// assert_eq!(serde_json::to_string(&object)?, text);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ElasticResource {
    /// Name and so on.
    pub metadata: ObjectMeta,
    /// Whatever it says.
    pub spec: serde_json::Value,
}

custom_resource!(ElasticResource, "scheduling.alibabacloud.com" / "v1alpha1", "elasticresources", NamespaceResourceScope, { spec "spec" });
