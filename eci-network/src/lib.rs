//! Where a pod lives: vSwitches, security groups and addresses, by layer and with reasons.
//!
//! ```
//! use eci_model::{Edition, EffectivePod, Findings, Object, Overlay, Policies, Settings, Site};
//! use eci_network::{NetworkFacts, resolve};
//! use k8s_openapi::api::core::v1::Pod;
//!
//! let pod = Pod::default();
//! let view = Object::from(&pod).pod().expect("a Pod is one");
//! let settings = Settings::default();
//! let effective = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
//! let policies = Policies::default();
//! let vswitches = ["vsw-bp1xpiowfm5vo8o3c1h01".parse()?];
//! let facts = NetworkFacts { vswitches: &vswitches, ..NetworkFacts::default() };
//! let resolved = resolve(&effective, None, &facts, &Site::new(Edition::Ack, &policies), &mut Findings::new());
//! let decided = resolved.vswitches.expect("eci-profile names one");
//! assert_eq!(decided.origin().to_string(), "eci-profile vSwitchIds");
//! # Ok::<(), eci_model::IdError>(())
//! ```
//!
//! Three layers can name vSwitches and security groups: annotations of the pod, a PodNetworking that selects it, and eci-profile. The
//! highest layer that says something wins; lists are replaced, never merged (Overview of Elastic Container Instance, 2026-03-26).

mod address;
mod pod_networking;
mod resolve;
pub mod rules;

pub use address::{AddressPool, PoolError};
pub use pod_networking::{Selected, select};
pub use resolve::{NetworkFacts, Resolution, resolve};
pub use rules::RULES;
