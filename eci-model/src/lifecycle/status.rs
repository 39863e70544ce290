//! The status of a pod out of the description of its container group.

mod condition;
mod container;

use k8s_openapi::api::core::v1::{ContainerStatus, HostIP, Pod, PodIP, PodStatus};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use k8s_openapi::jiff::Timestamp;

use super::State;
use crate::api::ContainerGroup;
use crate::policy::{PhaseMapping, Policies, ScheduleFailedPhase};

/// The annotation that says what happens when no instance can be created.
const FAIL_STRATEGY: &str = "k8s.aliyun.com/eci-fail-strategy";

/// What a status is made of.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// What the API says of the group.
    pub group: &'a ContainerGroup,
    /// The pod, as the API server holds it.
    pub pod: &'a Pod,
    /// The status it had.
    pub before: &'a PodStatus,
    /// The addresses of the virtual node: an instance has no node of its own.
    pub node_ips: &'a [String],
    /// The present moment, for conditions that change. Without it they keep the time they had, or have none.
    pub now: Option<Timestamp>,
}

impl<'a> Sight<'a> {
    /// A sight without node and time.
    pub const fn new(group: &'a ContainerGroup, pod: &'a Pod, before: &'a PodStatus) -> Self {
        Self {
            group,
            pod,
            before,
            node_ips: &[],
            now: None,
        }
    }
}

/// The status of a pod, from what the API says of its group, the pod, and the status it had.
///
/// Pure. A terminal phase is never left, restart counts never drop, and a time that cannot be read is left out alone.
///
/// # Example
/// ```
/// use eci_model::Policies;
/// use eci_model::api::ContainerGroup;
/// use eci_model::lifecycle::{Sight, pod_status};
/// use k8s_openapi::api::core::v1::{Pod, PodStatus};
///
/// let group = ContainerGroup { status: Some("Expired".into()), ..Default::default() };
/// let status = pod_status(&Sight::new(&group, &Pod::default(), &PodStatus::default()), &Policies::default());
/// assert_eq!((status.phase.as_deref(), status.reason.as_deref()), (Some("Failed"), Some("BidFailed")));
/// ```
pub fn pod_status(sight: &Sight<'_>, policies: &Policies) -> PodStatus {
    let Sight { group, pod, before, .. } = *sight;
    let state = group.status.as_deref().and_then(|status| status.parse::<State>().ok());
    let containers = container::statuses(sight);
    let phase = phase(sight, state, &containers.apps, policies);
    let conditions = condition::conditions(sight, state, phase, &containers);
    let (reason, message) = reason(sight, state, phase);
    let listed = |list: Vec<ContainerStatus>| (!list.is_empty()).then_some(list);
    let ips = [&group.intranet_ip, &group.ipv6_address].into_iter().flatten();
    let ips: Vec<PodIP> = ips.map(|ip| PodIP { ip: ip.clone() }).collect();
    let host_ips: Vec<HostIP> = sight.node_ips.iter().map(|ip| HostIP { ip: ip.clone() }).collect();
    let started = group.creation_time.as_deref().and_then(time);
    PodStatus {
        phase: Some(phase.to_owned()),
        reason,
        message,
        pod_ip: group.intranet_ip.clone().or_else(|| before.pod_ip.clone()),
        pod_ips: if ips.is_empty() {
            before.pod_ips.clone()
        } else {
            Some(ips)
        },
        host_ip: sight.node_ips.first().cloned().or_else(|| before.host_ip.clone()),
        host_ips: if host_ips.is_empty() {
            before.host_ips.clone()
        } else {
            Some(host_ips)
        },
        start_time: before.start_time.clone().or(started),
        init_container_statuses: listed(containers.init),
        container_statuses: listed(containers.apps),
        conditions: Some(conditions),
        observed_generation: pod.metadata.generation,
        qos_class: before.qos_class.clone(),
        ..PodStatus::default()
    }
}

/// The status of a pod whose group existed and is certainly gone: failed, with every container ended.
///
/// Only a positive answer of the API says so. An error, or a list that was cut short, says nothing. `reclaimed` says that the group was
/// spot capacity that was taken back.
pub fn lost(before: &PodStatus, reclaimed: bool) -> PodStatus {
    let mut status = before.clone();
    if is_terminal(before.phase.as_deref()) {
        return status;
    }
    let (reason, message) = match reclaimed {
        true => ("Evicted", "the spot instance was taken back"),
        false => ("NotFound", "the instance is gone; it may have been deleted elsewhere"),
    };
    status.phase = Some("Failed".to_owned());
    status.reason = Some(reason.to_owned());
    status.message = Some(message.to_owned());
    let lists = [&mut status.init_container_statuses, &mut status.container_statuses];
    for container in lists.into_iter().flatten().flatten() {
        container::end(container, reason);
    }
    for condition in status.conditions.iter_mut().flatten() {
        if matches!(condition.type_.as_str(), "Ready" | "ContainersReady") {
            condition.status = "False".to_owned();
        }
    }
    status
}

fn is_terminal(phase: Option<&str>) -> bool {
    matches!(phase, Some("Succeeded" | "Failed"))
}

/// The state of the group decides, with two checks: a terminal phase stays, and only a container that started makes a pod run.
fn phase(sight: &Sight<'_>, state: Option<State>, apps: &[ContainerStatus], policies: &Policies) -> &'static str {
    let earlier = sight.before.phase.as_deref();
    let known = ["Pending", "Running", "Succeeded", "Failed"];
    let earlier = earlier.and_then(|earlier| known.into_iter().find(|known| *known == earlier));
    if let Some(terminal @ ("Succeeded" | "Failed")) = earlier {
        return terminal;
    }
    let Some(state) = state else {
        return earlier.unwrap_or("Pending");
    };
    let ran = earlier == Some("Running") || apps.iter().any(has_started);
    let stable = policies.phase_mapping == PhaseMapping::Stable;
    match state {
        _ if stable && ran && !state.is_final() => "Running",
        State::Running if !ran && !apps.is_empty() => "Pending",
        State::Failed if never_ran(sight, apps) => "Pending",
        State::ScheduleFailed if policies.schedule_failed_phase == ScheduleFailedPhase::Pending => "Pending",
        _ => state.phase(earlier, policies.phase_mapping),
    }
}

fn has_started(status: &ContainerStatus) -> bool {
    let started =
        |state: &k8s_openapi::api::core::v1::ContainerState| state.running.is_some() || state.terminated.is_some();
    status.restart_count > 0 || [&status.state, &status.last_state].into_iter().flatten().any(started)
}

/// A group that failed before anything ran, of a pod that is to be restarted: it was pending for too long, and the pod stays Pending
/// (Maximum pending duration, 2024-07-01).
fn never_ran(sight: &Sight<'_>, apps: &[ContainerStatus]) -> bool {
    let ran = sight.before.phase.as_deref() == Some("Running");
    let spec = sight.pod.spec.as_ref();
    let never = spec.and_then(|spec| spec.restart_policy.as_deref()) == Some("Never");
    spec.is_some() && !ran && !never && !apps.is_empty() && !apps.iter().any(has_started)
}

/// Why the pod is in its phase, where the platform says so.
fn reason(sight: &Sight<'_>, state: Option<State>, phase: &str) -> (Option<String>, Option<String>) {
    let Sight { group, before, .. } = sight;
    let fails_fast = || {
        let annotations = sight.pod.metadata.annotations.as_ref();
        annotations.and_then(|map| map.get(FAIL_STRATEGY)).map(String::as_str) == Some("fail-fast")
    };
    let last = || group.events.iter().rev().find_map(|event| event.message.clone());
    if is_terminal(before.phase.as_deref()) {
        return (before.reason.clone(), before.message.clone());
    }
    match state {
        Some(State::Expired) => {
            let at = group.expired_time.as_deref().unwrap_or("an unknown time");
            let message = format!("the spot instance was taken back at {at}");
            (Some("BidFailed".to_owned()), Some(message))
        }
        // Only a pod that wants to know at once is told; the service tries again for the others.
        Some(State::ScheduleFailed) if phase == "Failed" || fails_fast() => {
            (Some("ContainerInstanceScheduleFailed".to_owned()), last())
        }
        Some(State::Failed) if phase == "Pending" => (None, last()),
        Some(State::Failed) => (before.reason.clone(), before.message.clone().or_else(last)),
        _ => (None, None),
    }
}

fn time(text: &str) -> Option<Time> {
    text.parse::<Timestamp>().ok().map(Time)
}
