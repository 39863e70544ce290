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
//! - What is known: [`NetworkFacts`], [`ProfileNetwork`], [`Inventory`], [`Addons`]; as a document [`NetworkDocument`].
//! - Who decides: [`Layer`], [`PodNetworkings`], [`resolve`], [`Resolution`].
//! - Where and in which order: [`attempts`], [`VirtualNode`].
//! - Addresses: [`AddressPool`], [`forecast`](fn@forecast).
//! - What can be wrong: [`rules`]; one object by [`check`] and [`check_object`], many by [`NetworkAudit`].

mod address;
mod audit;
mod facts;
mod forecast;
mod layer;
mod pod_networking;
mod resolve;
pub mod rules;
mod scene;
mod strategy;
mod virtual_node;

pub use address::{
    AddressPool, DEFAULT_RETENTION, FixedIdentity, FixedLease, Ipv6Pool, PoolError, capacity, is_reserved,
};
pub use audit::{NetworkAudit, NetworkDigest};
pub use facts::{
    Addons, AddonsDocument, ControllerDocument, DocumentError, Environment, GroupKind, Inventory, Ipv6Document,
    Ipv6Gateway, KnownSecurityGroup, KnownVSwitch, KnownVpc, NatGatewayDocument, Network, NetworkDocument,
    NetworkFacts, ProfileNetwork, ScheduledSpread, SecurityGroupDocument, VSwitchDocument, Version, VersionError,
    VpcDocument, Wrong,
};
pub use forecast::{AddressDemand, Forecast, Replicas, Rest, Shortage, forecast};
pub use layer::{Layer, Offer, Source, Voice};
pub use pod_networking::{Audience, GoDuration, GoDurationError, Namespace, Networking, PodNetworkings, Selected};
pub use resolve::{Match, Resolution, resolve};
pub use rules::{RULES, check, check_object, security_groups_changed};
pub use scene::Around;
pub use strategy::{Attempts, Standing, Step, Wishes, attempts, is_late};
pub use virtual_node::{NodeTaint, VirtualNode};
