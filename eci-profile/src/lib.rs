//! eci-profile: the settings a cluster injects, and which pods are bound for Elastic Container Instance.
//!
//! ```
//! use eci_model::{Edition, Object};
//! use eci_profile::{Profile, Routing, route};
//! use k8s_openapi::api::core::v1::{ConfigMap, Pod};
//!
//! let config_map: ConfigMap = serde_json::from_str(
//!     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
//!         "data": {"selectors": "[{\"name\": \"burst\", \"objectSelector\": {\"matchLabels\": {\"tier\": \"burst\"}}}]"}}"#,
//! )?;
//! let (profile, findings) = Profile::read(&config_map);
//! assert!(findings.is_empty());
//! let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "api", "labels": {"tier": "burst"}}}"#)?;
//! let view = Object::from(&pod).pod().expect("a Pod is one");
//! let routing = route(&view, None, profile.as_ref(), Edition::Ack);
//! assert!(matches!(routing, Routing::Eci { .. }));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Map
//! - [`Profile`]: the ConfigMap `kube-system/eci-profile`, with its selectors and their effects.
//! - [`route`]: whether a pod runs on ECI, why, and what would change it.
//! - [`accepts_virtual_node`]: whether a pod could be scheduled on a virtual node at all.

mod node;
mod profile;
mod routing;
pub mod rules;
mod selector;

pub use node::{accepts_virtual_node, excludes_virtual_node};
pub use profile::Profile;
pub use routing::{Routing, route};
pub use rules::RULES;
pub use selector::{Effect, Selector};
