//! What stays of a review for the rules that need several objects.

use eci_model::billing::Cost;
use eci_model::digest::{Asked, Planned, PodFacts, Route, Via};
use eci_model::spec::Sizing;
use eci_model::{Injected, Origin, VSwitchId};
use eci_profile::Routing;

use super::{Plan, Review};

/// What a review knows beside its findings and its plan.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    /// Whether the pod certainly runs on ECI.
    certain: bool,
    /// Whether it has errors on ECI.
    refused: bool,
    asked: Option<Box<Asked>>,
    /// Labels that were injected; most pods have none.
    labels: Vec<(Box<str>, Box<str>)>,
    /// What the plan would say, when there is none because none was wanted.
    planned: Option<Planned>,
}

impl Remembered {
    pub(super) fn new(
        certain: bool,
        refused: bool,
        asked: Option<Box<Asked>>,
        labels: &[Injected<'_>],
        planned: Option<Planned>,
    ) -> Self {
        Self {
            certain,
            refused,
            asked,
            planned,
            labels: labels.iter().map(|it| (it.key.into(), it.value.into())).collect(),
        }
    }
}

/// Whether the pod of a review certainly runs on ECI; `None` when it does not run there.
pub(super) fn certain(review: &Review) -> Option<bool> {
    review.remembered.as_ref().map(|remembered| remembered.certain)
}

/// What the digest of a pod takes from its review.
pub(super) fn facts(review: &Review) -> PodFacts<'_> {
    let Some(remembered) = &review.remembered else {
        return PodFacts::default();
    };
    PodFacts {
        route: if remembered.certain { Route::Bound } else { Route::Maybe },
        via: review.routing.as_ref().map(via).unwrap_or_default(),
        refused: remembered.refused,
        injected: &remembered.labels,
        asked: remembered.asked.clone(),
        planned: review
            .plan
            .as_ref()
            .and_then(of_plan)
            .or_else(|| remembered.planned.clone()),
    }
}

fn via(routing: &Routing) -> Via {
    let (Routing::Eci { why, .. } | Routing::OnShortage { why, .. }) = routing else {
        return Via::Unknown;
    };
    match why {
        Origin::Edition { .. } => Via::Edition,
        Origin::PodLabel { .. } => Via::PodLabel,
        Origin::Namespace { .. } => Via::Namespace,
        Origin::ProfileEffect { .. } => Via::Selector,
        Origin::PodSpec { path } if path == "nodeName" => Via::NodeName,
        Origin::PodSpec { .. } => Via::Scheduler,
        _ => Via::Unknown,
    }
}

fn of_plan(plan: &Plan) -> Option<Planned> {
    planned(plan.sizing(), &plan.vswitches().value().0)
}

/// What rules about several objects need of a plan.
pub(super) fn planned(sizing: &Sizing, vswitches: &[VSwitchId]) -> Option<Planned> {
    let billed = sizing.billed.as_ref()?.value();
    let size = billed.size();
    Some(Planned {
        vswitches: vswitches.into(),
        size,
        cpu: size.map(|size| size.cpu).or_else(|| billed.ecs_type()?.vcpu()),
        rate: sizing.cost.as_ref().and_then(Cost::total),
    })
}
