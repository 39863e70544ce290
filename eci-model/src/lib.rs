//! The words of Elastic Container Instance: quantities, sizes, rules, findings, decisions, and one view of every object that holds a pod.
//!
//! ```
//! use eci_model::{At, Object};
//! use k8s_openapi::api::core::v1::Pod;
//!
//! let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "web"}, "spec": {"containers": [{"name": "main"}]}}"#)?;
//! let view = Object::from(&pod).pod().expect("a Pod is one");
//! let spec = At::ROOT.field("spec");
//! assert_eq!(view.place(&spec.field("hostPID")).to_string(), "Pod default/web: spec.hostPID");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Everything here is plain data and pure functions: no input or output, no clock, no async. The other crates of the suite build on these
//! words; programs usually take them from `eci-sdk`, which re-exports them.
//!
//! # Map
//! - Places and verdicts: [`At`], [`FieldPath`], [`Location`], [`Rule`], [`Finding`], [`Findings`].
//! - Decisions: [`Decided`], [`Origin`], and [`policy`] for what no page settles.
//! - What annotations ask for: [`Settings`] and the types in [`settings`].
//! - Objects: [`Object`], [`PodView`], [`EffectivePod`], [`Overlay`], [`labels`], [`resource`].
//! - Many objects in little memory: [`digest`].
//! - The platform's API: [`api`], and [`Sensitive`] for what must not be printed.
//! - Sizes and prices: [`spec`], [`billing`].
//! - Images and storage: [`image`], [`storage`].
//! - Amounts and names: [`Cpu`], [`Memory`], [`Quantity`], [`Region`], [`Zone`], [`VSwitchId`] and its sisters.
//!
//! # Features
//! `latest` (on by default) chooses the newest Kubernetes version for k8s-openapi. To choose another one, or when writing a library,
//! switch default features off.

pub mod api;
pub mod billing;
mod decision;
pub mod digest;
mod edition;
mod finding;
pub mod group;
mod id;
pub mod image;
pub mod labels;
pub mod lifecycle;
pub mod limits;
mod object;
mod overlay;
mod path;
mod pod;
pub mod policy;
mod quantity;
mod region;
pub mod resource;
mod rule;
mod secret;
pub mod settings;
mod site;
pub mod spec;
pub mod storage;
mod table_hasher;
mod template;

pub use decision::{Beaten, Decided, Decision, Given, List, Origin, Reason};
pub use edition::{Edition, EditionError, Editions};
pub use finding::{Finding, FindingBuilder, Findings, Fix, Location, ObjectRef, Text};
pub use id::{
    AcrInstanceId, BandwidthPlanId, ContainerGroupId, EipId, EniId, IdError, ImageCacheId, IpPoolId, PrivatePoolId,
    ResourceGroupId, SecurityGroupId, VSwitchId, VpcId,
};
pub use object::{Object, Template};
pub use overlay::{Entry, Injected, Overlay, Winners};
pub use path::{At, FieldPath, Segment};
pub use pod::EffectivePod;
pub use policy::Policies;
pub use quantity::{Cpu, Memory, Quantity, QuantityError};
pub use region::{PlaceError, Region, Zone};
pub use rule::{Basis, Code, Rule, Rules, Severity, SeverityError, Status, find};
pub use secret::{MaybeSecret, Sensitive};
pub use settings::{ScheduleStrategy, Settings};
pub use site::Site;
pub use table_hasher::TableHasher;
pub use template::PodView;
