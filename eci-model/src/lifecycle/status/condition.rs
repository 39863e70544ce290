//! The conditions of a pod.

use k8s_openapi::api::core::v1::{ContainerStatus, PodCondition};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;

use super::container::Statuses;
use super::{Sight, is_terminal};
use crate::lifecycle::{State, reason};

/// A condition that this status decides.
struct Own {
    kind: &'static str,
    holds: bool,
    reason: Option<String>,
    message: Option<String>,
}

impl Own {
    const fn new(kind: &'static str, holds: bool) -> Self {
        Self {
            kind,
            holds,
            reason: None,
            message: None,
        }
    }

    fn because(mut self, reason: Option<&str>) -> Self {
        self.reason = reason.map(ToOwned::to_owned);
        self
    }
}

/// Own conditions first, then those of others, such as readiness gates, as they were.
pub(super) fn conditions(
    sight: &Sight<'_>,
    state: Option<State>,
    phase: &str,
    containers: &Statuses,
) -> Vec<PodCondition> {
    let own = own(sight, state, phase, containers);
    let before = sight.before.conditions.as_deref().unwrap_or_default();
    let others = before
        .iter()
        .filter(|it| !own.iter().any(|own| own.kind == it.type_))
        .cloned();
    let others: Vec<PodCondition> = others.collect();
    let written = own.into_iter().map(|own| {
        let status = if own.holds { "True" } else { "False" };
        let earlier = before.iter().find(|it| it.type_ == own.kind);
        let same = earlier.filter(|it| it.status == status);
        let last_transition_time = match same {
            Some(same) => same.last_transition_time.clone(),
            None => sight.now.map(Time),
        };
        PodCondition {
            type_: own.kind.to_owned(),
            status: status.to_owned(),
            reason: own.reason,
            message: own.message,
            last_transition_time,
            observed_generation: sight.pod.metadata.generation,
            ..PodCondition::default()
        }
    });
    written.chain(others).collect()
}

fn own(sight: &Sight<'_>, state: Option<State>, phase: &str, containers: &Statuses) -> Vec<Own> {
    let group = sight.group;
    let is_over = is_terminal(Some(phase));
    let is_done = phase == "Succeeded";
    let initialized = matches!(phase, "Running" | "Succeeded") || is_initialized(sight, containers);
    let ready = !is_over && !containers.apps.is_empty() && containers.apps.iter().all(|status| status.ready);
    let completed = is_done.then_some("PodCompleted");
    let unready = completed.or((!ready).then_some("ContainersNotReady"));
    let gates = !ready || gates_open(sight);
    let unready_pod = unready.or((!gates).then_some("ReadinessGatesNotReady"));
    let mut own = vec![
        Own::new("PodScheduled", true),
        Own::new("PodReadyToStartContainers", group.intranet_ip.is_some()),
        Own::new("Initialized", initialized)
            .because(completed.or((!initialized).then_some("ContainersNotInitialized"))),
        Own::new("ContainersReady", ready).because(unready),
        Own::new("Ready", ready && gates).because(unready_pod),
        created(sight, state),
    ];
    if let Some(notice) = group
        .events
        .iter()
        .rev()
        .find(|event| event.reason.as_deref() == Some(reason::SPOT_NOTICE))
    {
        own.push(Own {
            message: notice.message.clone(),
            ..Own::new("ContainerInstanceExpired", true).because(Some(reason::SPOT_NOTICE))
        });
    }
    own
}

/// Init containers that keep running count once they run; without any, a pod is initialised as soon as it has an address.
fn is_initialized(sight: &Sight<'_>, containers: &Statuses) -> bool {
    if containers.init.is_empty() {
        return sight.group.intranet_ip.is_some();
    }
    let done = |status: &ContainerStatus| {
        let state = status.state.as_ref();
        let ended = state.and_then(|state| state.terminated.as_ref());
        ended.is_some_and(|ended| ended.exit_code == 0)
            || state.is_some_and(|it| it.running.is_some()) && is_sidecar(sight, status)
    };
    containers.init.iter().all(done)
}

fn is_sidecar(sight: &Sight<'_>, status: &ContainerStatus) -> bool {
    let spec = sight.pod.spec.as_ref();
    let init = spec
        .and_then(|spec| spec.init_containers.as_deref())
        .unwrap_or_default();
    let container = init.iter().find(|container| container.name == status.name);
    container.is_some_and(|container| container.restart_policy.as_deref() == Some("Always"))
}

fn gates_open(sight: &Sight<'_>) -> bool {
    let spec = sight.pod.spec.as_ref();
    let gates = spec
        .and_then(|spec| spec.readiness_gates.as_deref())
        .unwrap_or_default();
    let before = sight.before.conditions.as_deref().unwrap_or_default();
    gates.iter().all(|gate| {
        before
            .iter()
            .any(|it| it.type_ == gate.condition_type && it.status == "True")
    })
}

/// The platform's own condition: whether the instance exists, and what keeps it from existing.
fn created(sight: &Sight<'_>, state: Option<State>) -> Own {
    let group = sight.group;
    let waits = matches!(state, Some(State::Scheduling | State::ScheduleFailed));
    let holds = group.container_group_id.is_some() && !waits;
    let mut own = Own::new("ContainerInstanceCreated", holds);
    if holds {
        own.message.clone_from(&group.container_group_id);
        return own;
    }
    let told = group.events.iter().rev().find(|event| {
        let known = event.reason.as_deref().and_then(reason::find);
        known.is_some_and(|known| known.is_condition)
    });
    match told {
        Some(event) => {
            own.message.clone_from(&event.message);
            own.because(event.reason.as_deref())
        }
        None => own.because(Some("Creating")),
    }
}
