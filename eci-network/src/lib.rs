//! Where a pod lives: vSwitches, security groups and addresses, by layer and with reasons.
//!
//! ```
//! use eci_model::{Edition, EffectivePod, Findings, Object, Overlay, Policies, Settings, Site};
//! use eci_network::{NetworkFacts, ProfileNetwork, resolve};
//! use k8s_openapi::api::core::v1::Pod;
//!
//! let pod = Pod::default();
//! let view = Object::from(&pod).pod().expect("a Pod is one");
//! let settings = Settings::default();
//! let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
//! let vswitches = ["vsw-bp1xpiowfm5vo8o3c1h01".parse()?];
//! let profile = ProfileNetwork { vswitches: &vswitches, ..ProfileNetwork::default() };
//! let facts = NetworkFacts { profile: Some(profile), ..NetworkFacts::default() };
//! let policies = Policies::default();
//! let resolution = resolve(&pod, None, &facts, &Site::new(Edition::Ack, &policies), &mut Findings::new());
//! let decided = resolution.vswitches.expect("eci-profile names one");
//! assert_eq!(decided.origin().to_string(), "eci-profile vSwitchIds");
//! # Ok::<(), eci_model::IdError>(())
//! ```
//!
//! Four layers can name vSwitches and security groups: annotations of the pod, a PodNetworking that selects it, eci-profile, and the
//! environment of an old controller. The highest layer that says something wins; lists are replaced, never merged (Overview of Elastic
//! Container Instance, 2026-03-26).
//!
//! # Map
//! - What is known: [`NetworkFacts`], [`ProfileNetwork`], [`Inventory`], [`Addons`].
//! - Who decides: [`Layer`], [`PodNetworkings`], [`resolve`], [`Resolution`].
//! - Addresses: [`AddressPool`].
//! - What can be wrong: [`rules`].

mod address;
mod facts;
mod forecast;
mod layer;
mod pod_networking;
mod resolve;
pub mod rules;

pub use address::{
    AddressPool, DEFAULT_RETENTION, FixedIdentity, FixedLease, Ipv6Pool, PoolError, capacity, is_reserved,
};
pub use facts::{
    Addons, AddonsDocument, DocumentError, Environment, GroupKind, Inventory, Ipv6Document, Ipv6Gateway,
    KnownSecurityGroup, KnownVSwitch, NetworkDocument, NetworkFacts, ProfileNetwork, ScheduledSpread,
    SecurityGroupDocument, VSwitchDocument, Version, VersionError,
};
pub use forecast::{AddressDemand, Forecast, Replicas, Rest, Shortage, forecast};
pub use layer::{Layer, Offer, Source, Voice};
pub use pod_networking::{Audience, Namespace, Networking, PodNetworkings, Selected};
pub use resolve::{Match, Resolution, resolve};
pub use rules::RULES;
