//! How a pod would run on ECI, decision by decision.

use std::collections::BTreeMap;

use eci_model::api::Operation;
use eci_model::billing::{Currency, Rate};
use eci_model::group::{Ask, Draft, Materials};
use eci_model::image::CacheChoice;
use eci_model::spec::{Candidate, Sizing};
use eci_model::storage::TemporaryDisk;
use eci_model::{Decided, Decision, List, ObjectRef, ScheduleStrategy, SecurityGroupId, VSwitchId};
use eci_profile::Routing;

use super::{Binding, Identity, Need};

/// How the pods of a template would run on ECI, every decision with its reasons.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) subject: ObjectRef,
    pub(super) routing: Routing,
    pub(super) spec: Decided<Candidate>,
    pub(super) sizing: Sizing,
    pub(super) vswitches: Decided<List<VSwitchId>>,
    pub(super) security_groups: Decided<List<SecurityGroupId>>,
    pub(super) strategy: Decided<ScheduleStrategy>,
    pub(super) disk: Decided<TemporaryDisk>,
    pub(super) caches: Decided<CacheChoice>,
    pub(super) draft: Draft,
    pub(super) injected: BTreeMap<String, String>,
}

impl Plan {
    /// The object that was planned.
    pub const fn subject(&self) -> &ObjectRef {
        &self.subject
    }

    /// Why the pod runs on ECI.
    pub const fn routing(&self) -> &Routing {
        &self.routing
    }

    /// The sizes to try, and the one that is billed when the first can be had.
    pub const fn sizing(&self) -> &Sizing {
        &self.sizing
    }

    /// The first size or type that is tried.
    pub const fn spec(&self) -> &Decided<Candidate> {
        &self.spec
    }

    /// The vSwitches.
    pub const fn vswitches(&self) -> &Decided<List<VSwitchId>> {
        &self.vswitches
    }

    /// The security groups.
    pub const fn security_groups(&self) -> &Decided<List<SecurityGroupId>> {
        &self.security_groups
    }

    /// How a vSwitch is chosen.
    pub const fn strategy(&self) -> &Decided<ScheduleStrategy> {
        &self.strategy
    }

    /// The temporary storage, free and paid for.
    pub const fn disk(&self) -> &Decided<TemporaryDisk> {
        &self.disk
    }

    /// Which image cache is used.
    pub const fn caches(&self) -> &Decided<CacheChoice> {
        &self.caches
    }

    /// The request as far as it is decided, with references where something must be looked up.
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The annotations that selectors of eci-profile give the pod, where it has not the same ones itself. The platform writes them on the
    /// pod (Configure an eci-profile, 2024-10-21).
    pub const fn injected_annotations(&self) -> &BTreeMap<String, String> {
        &self.injected
    }

    /// Every decision, without its type: what explanations and reports see.
    pub fn decisions(&self) -> impl Iterator<Item = Decision<'_>> {
        [
            self.spec.named("size"),
            self.vswitches.named("vSwitches"),
            self.security_groups.named("security groups"),
            self.strategy.named("strategy"),
            self.disk.named("disk"),
            self.caches.named("caches"),
        ]
        .into_iter()
    }

    /// What an hour costs by the prices of the cluster; nothing when the ECS type or the spot market decides and no price is known.
    pub fn price(&self) -> Option<(Rate, Currency)> {
        let cost = self.sizing.cost.as_ref()?;
        Some((cost.total()?, cost.currency))
    }

    /// Whether the pod uses spot capacity.
    pub fn is_spot(&self) -> bool {
        self.draft
            .request()
            .spot_strategy
            .as_deref()
            .is_some_and(|strategy| strategy != "NoSpot")
    }

    /// The request as far as it is decided, as an operation; printed and serialised, it hides what may be secret.
    pub fn operation(&self) -> Operation {
        Operation::from(self.draft.request().clone())
    }

    /// What must be looked up for the request of any pod of the template.
    pub fn needs(&self) -> Vec<Need> {
        self.draft.references(&Materials::default(), None)
    }

    /// Which fields need something looked up, what, and which key of it.
    pub fn asks(&self) -> Vec<Ask> {
        self.draft.asks(&Materials::default(), None)
    }

    /// Begins the request of one pod.
    pub fn bind(&self, identity: Identity) -> Binding {
        Binding::new(self.draft.clone(), identity)
    }
}
