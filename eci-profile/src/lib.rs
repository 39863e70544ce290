//! eci-profile: the settings a cluster injects, and which pods are bound for Elastic Container Instance.
//!
//! ```
//! use eci_model::{Edition, Object, Site, policy::Policies};
//! use eci_profile::{Profile, RouteFacts, Routing, route};
//! use k8s_openapi::api::core::v1::{ConfigMap, Pod};
//!
//! let config_map: ConfigMap = serde_json::from_str(
//!     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
//!         "data": {"selectors": "[{\"name\": \"burst\", \"objectSelector\": {\"matchLabels\": {\"tier\": \"burst\"}}}]"}}"#,
//! )?;
//! let policies = Policies::default();
//! let (profile, findings) = Profile::read(&config_map, &Site::new(Edition::Ack, &policies));
//! assert!(findings.is_empty());
//!
//! let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "api", "labels": {"tier": "burst"}}}"#)?;
//! let view = Object::from(&pod).pod().expect("a Pod is one");
//! let mut facts = RouteFacts::new(Edition::Ack, &policies);
//! facts.profile = profile.as_ref();
//! assert!(matches!(route(&view, &facts).routing(), Routing::Eci { .. }));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Map
//! - [`Profile`]: the ConfigMap `kube-system/eci-profile` of ACK and ACK Serverless, with its selectors and their effects.
//! - [`VNodeSelector`]: the `Selector` resource of self-managed clusters, a separate thing with other rules.
//! - [`ResourcePolicy`]: in which order kinds of nodes are used.
//! - [`route`]: whether a pod runs on ECI, why, what would change it and how sure that is; [`Route`] injects and judges.
//! - [`accepts_virtual_node`]: whether a pod could be scheduled on a virtual node at all.

mod index;
mod json;
mod node;
mod profile;
mod resource_policy;
mod routing;
pub mod rules;
mod selector;
mod vnode_selector;

pub use node::{accepts_virtual_node, excludes_virtual_node};
pub use profile::{Gate, Profile, Switch, check_arm_zones, dead_selectors};
pub use resource_policy::{Landing, ResourcePolicies, ResourcePolicy, UnitKind, elastic_resource};
pub use routing::{
    Confidence, EntryKind, Giver, Injection, Outcome, Route, RouteFacts, Routing, Version, VersionError, Versions,
    check_arm, check_namespace, route,
};
pub use rules::RULES;
pub use selector::{Effect, Entry, Selector};
pub use vnode_selector::{
    Change, Choice, Moments, NodeSelection, VNodePolicy, VNodeSelector, VNodeSelectors, priority_tie,
};
