#![cfg_attr(all(doctest, feature = "sim"), doc = include_str!("../../README.md"))]
//! The embeddable brain of Elastic Container Instance: findings, explained plans and a simulator for Kubernetes pods.
//!
//! ```
//! use eci_sdk::{Cluster, Edition, Planner};
//! use k8s_openapi::api::core::v1::{ConfigMap, Pod};
//!
//! let profile: ConfigMap = serde_json::from_str(
//!     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
//!         "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"}}"#,
//! )?;
//! let pod: Pod = serde_json::from_str(
//!     r#"{"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
//!         "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}"#,
//! )?;
//!
//! let mut cluster = Cluster::new(Edition::Ack).in_region("cn-hangzhou".parse()?);
//! cluster.observe(&profile);
//! let plan = Planner::new(cluster).plan(&pod)?;
//! assert_eq!(plan.spec().value().to_string(), "2-4Gi");
//! for decision in plan.decisions() {
//!     println!("{:<16} {:<26} {:?}", decision.name, decision.value, decision.trail);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Map
//! - [`Cluster`]: what is known of the cluster; [`Cluster::observe`] is the one door for facts.
//! - [`Planner`]: [`review`](Planner::review) one object, [`plan`](Planner::plan) a pod, [`auditor`](Planner::auditor) for many objects.
//! - [`verify`]: what the platform wrote on running pods against their plans.
//! - [`Plan`] -> [`Binding`] -> [`Ready`]: from decisions to a request that can be sent.
//! - [`backend`]: what runs requests, wrappers around it, and a conformance suite.
//! - [`sim`] *(feature `sim`)*: the world on virtual time, pods in it, and the simulator as a backend.
//! - [`manifest`] *(feature `manifest`)*: YAML and JSON with positions. [`report`] *(feature `report`)*: findings for people and programs.
//!
//! # Features
//! `latest` and `sim` are on by default. `latest` chooses the newest Kubernetes version for k8s-openapi; to choose another one, or when
//! writing a library, switch default features off. `manifest` and `report` add the reader and the reports.

pub mod backend;
mod cluster;
#[cfg(feature = "manifest")]
pub mod manifest;
mod planner;
#[cfg(feature = "report")]
pub mod report;
mod rules;
#[cfg(feature = "sim")]
pub mod sim;
pub mod verify;

pub use cluster::{
    Cluster, DataCacheFacts, FactsDocument, FactsError, FactsSummary, ImageCacheFacts, ImageSizeFacts, Observed,
    PriceError, PricesDocument, QuotasDocument, RegistryFacts, UnitPricesDocument,
};
pub use eci_annotations::{self as annotations, Annotations};
pub use eci_model::{
    self as model, At, Basis, Code, Cpu, Decided, Decision, Edition, FieldPath, Finding, Findings, Fix, Location,
    Memory, Object, ObjectRef, Origin, PodView, Policies, Quantity, Region, Rule, Rules, Severity, Template, Zone,
};
pub use eci_network as network;
pub use eci_profile::{self as profile, Routing};
pub use k8s_openapi;
pub use planner::{
    Ask, Auditor, Binding, Check, Completion, Identity, Material, Need, Plan, PlanError, Planner, Ready, Review, Store,
    View,
};
pub use rules::{rule, rules};
