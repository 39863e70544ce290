//! The status of a pod out of the description of its container group.

use k8s_openapi::api::core::v1::{
    ContainerState as PodContainerState, ContainerStateRunning, ContainerStateTerminated, ContainerStateWaiting,
    ContainerStatus, Pod, PodCondition, PodIP, PodStatus,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use k8s_openapi::jiff::Timestamp;

use super::State;
use crate::api::{ContainerGroup, ContainerState};
use crate::policy::PhaseMapping;

/// The status of a pod, from what the API says of its group, the pod, and the status it had.
///
/// Pure. A terminal phase is never left, restart counts never drop, and a time that cannot be read is left out alone.
pub fn pod_status(group: &ContainerGroup, pod: &Pod, before: &PodStatus, mapping: PhaseMapping) -> PodStatus {
    let state = group.status.as_deref().and_then(|status| status.parse::<State>().ok());
    let earlier = before.phase.as_deref();
    let phase = match (earlier, state) {
        (Some(terminal @ ("Succeeded" | "Failed")), _) => terminal,
        (_, Some(state)) => state.phase(earlier, mapping),
        (Some(earlier), None) => earlier,
        (None, None) => "Pending",
    };
    let init = group.init_containers.iter().map(|container| Seen {
        name: container.name.as_deref().unwrap_or_default(),
        image: container.image.as_deref().unwrap_or_default(),
        state: container.current_state.as_ref(),
        previous: container.previous_state.as_ref(),
        ready: container.ready,
        restarts: container.restart_count,
    });
    let apps = group.containers.iter().map(|container| Seen {
        name: container.name.as_deref().unwrap_or_default(),
        image: container.image.as_deref().unwrap_or_default(),
        state: container.current_state.as_ref(),
        previous: container.previous_state.as_ref(),
        ready: container.ready,
        restarts: container.restart_count,
    });
    let init: Vec<ContainerStatus> = init
        .map(|seen| seen.status(group, before.init_container_statuses.as_deref(), "PodInitializing"))
        .collect();
    let apps: Vec<ContainerStatus> = apps
        .map(|seen| seen.status(group, before.container_statuses.as_deref(), "ContainerCreating"))
        .collect();
    let conditions = conditions(group, pod, before, phase, &init, &apps);
    let ips: Vec<PodIP> = [&group.intranet_ip, &group.ipv6_address]
        .into_iter()
        .flatten()
        .map(|ip| PodIP { ip: ip.clone() })
        .collect();
    PodStatus {
        phase: Some(phase.to_owned()),
        reason: reason(state, before),
        pod_ip: group.intranet_ip.clone(),
        pod_ips: (!ips.is_empty()).then_some(ips),
        start_time: group
            .creation_time
            .as_deref()
            .and_then(time)
            .or_else(|| before.start_time.clone()),
        init_container_statuses: (!init.is_empty()).then_some(init),
        container_statuses: (!apps.is_empty()).then_some(apps),
        conditions: Some(conditions),
        ..PodStatus::default()
    }
}

/// A container of a group, whatever its kind.
struct Seen<'a> {
    name: &'a str,
    image: &'a str,
    state: Option<&'a ContainerState>,
    previous: Option<&'a ContainerState>,
    ready: Option<bool>,
    restarts: Option<i32>,
}

impl Seen<'_> {
    fn status(&self, group: &ContainerGroup, before: Option<&[ContainerStatus]>, waiting: &str) -> ContainerStatus {
        let earlier = before.into_iter().flatten().find(|status| status.name == self.name);
        let counted = self.restarts.unwrap_or(0);
        let state = self.state.and_then(|state| self.mapped(state, group, waiting));
        let started = state.as_ref().map(|state| state.running.is_some());
        ContainerStatus {
            name: self.name.to_owned(),
            image: self.image.to_owned(),
            image_id: String::new(),
            container_id: Some(self.id(group)),
            ready: self.ready.unwrap_or(false),
            restart_count: counted.max(earlier.map_or(0, |status| status.restart_count)),
            started,
            state: state
                .or_else(|| earlier.and_then(|status| status.state.clone()))
                .or_else(|| Some(unknown())),
            last_state: self.previous.and_then(|state| self.mapped(state, group, waiting)),
            ..ContainerStatus::default()
        }
    }

    fn mapped(&self, state: &ContainerState, group: &ContainerGroup, default: &str) -> Option<PodContainerState> {
        let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let mut mapped = PodContainerState::default();
        match state.state.as_deref() {
            Some("Waiting") => {
                let reason = text(&state.reason).or_else(|| text(&state.detail_status));
                mapped.waiting = Some(ContainerStateWaiting {
                    reason: reason.or_else(|| Some(default.to_owned())),
                    message: text(&state.message),
                });
            }
            Some("Running") => {
                let started_at = state.start_time.as_deref().and_then(time);
                mapped.running = Some(ContainerStateRunning { started_at });
            }
            Some("Terminated") => {
                let exit_code = state.exit_code.unwrap_or(0);
                let usual = if exit_code == 0 { "Completed" } else { "Error" };
                mapped.terminated = Some(ContainerStateTerminated {
                    exit_code,
                    signal: state.signal.filter(|signal| *signal != 0),
                    reason: text(&state.reason).or_else(|| Some(usual.to_owned())),
                    message: text(&state.message),
                    started_at: state.start_time.as_deref().and_then(time),
                    finished_at: state.finish_time.as_deref().and_then(time),
                    container_id: Some(self.id(group)),
                });
            }
            _ => return None,
        }
        Some(mapped)
    }

    fn id(&self, group: &ContainerGroup) -> String {
        format!(
            "eci://{}/{}",
            group.container_group_id.as_deref().unwrap_or_default(),
            self.name
        )
    }
}

fn unknown() -> PodContainerState {
    PodContainerState {
        waiting: Some(ContainerStateWaiting {
            reason: Some("ContainerStatusUnknown".to_owned()),
            message: None,
        }),
        ..PodContainerState::default()
    }
}

fn reason(state: Option<State>, before: &PodStatus) -> Option<String> {
    match state {
        Some(State::Expired) => Some("BidFailed".to_owned()),
        Some(State::ScheduleFailed) => Some("ContainerInstanceScheduleFailed".to_owned()),
        _ => before.reason.clone(),
    }
}

fn conditions(
    group: &ContainerGroup,
    pod: &Pod,
    before: &PodStatus,
    phase: &str,
    init: &[ContainerStatus],
    apps: &[ContainerStatus],
) -> Vec<PodCondition> {
    let ended_well = |status: &ContainerStatus| {
        let terminated = status.state.as_ref().and_then(|state| state.terminated.as_ref());
        terminated.is_some_and(|terminated| terminated.exit_code == 0)
    };
    let is_over = matches!(phase, "Succeeded" | "Failed");
    let initialized = matches!(phase, "Running" | "Succeeded") || init.iter().all(ended_well) && !init.is_empty();
    let ready = !is_over && !apps.is_empty() && apps.iter().all(|status| status.ready);
    let gates = pod
        .spec
        .as_ref()
        .and_then(|spec| spec.readiness_gates.as_deref())
        .unwrap_or_default();
    let gate_open = |kind: &str| {
        before
            .conditions
            .iter()
            .flatten()
            .any(|it| it.type_ == kind && it.status == "True")
    };
    let gates_open = gates.iter().all(|gate| gate_open(&gate.condition_type));
    let created = group.container_group_id.is_some();
    let states = [
        ("PodScheduled", true),
        ("PodReadyToStartContainers", group.intranet_ip.is_some()),
        ("Initialized", initialized),
        ("ContainersReady", ready),
        ("Ready", ready && gates_open),
        ("ContainerInstanceCreated", created),
    ];
    let own = states.iter().map(|(kind, holds)| PodCondition {
        type_: (*kind).to_owned(),
        status: if *holds { "True" } else { "False" }.to_owned(),
        reason: (*kind == "Ready" && phase == "Succeeded").then(|| "PodCompleted".to_owned()),
        message: (*kind == "ContainerInstanceCreated")
            .then(|| group.container_group_id.clone())
            .flatten(),
        ..PodCondition::default()
    });
    let own: Vec<PodCondition> = own.collect();
    // Conditions of others, such as readiness gates, stay.
    let others = before
        .conditions
        .iter()
        .flatten()
        .filter(|it| !states.iter().any(|(kind, _)| it.type_ == *kind));
    own.iter().cloned().chain(others.cloned()).collect()
}

fn time(text: &str) -> Option<Time> {
    text.parse::<Timestamp>().ok().map(Time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ContainerInfo, InitContainerInfo};
    use proptest::prelude::*;

    fn group(status: &str, containers: Vec<ContainerInfo>) -> ContainerGroup {
        ContainerGroup {
            container_group_id: Some("eci-1".into()),
            status: Some(status.into()),
            containers,
            ..ContainerGroup::default()
        }
    }

    fn container(state: &str, exit_code: Option<i32>) -> ContainerInfo {
        ContainerInfo {
            name: Some("main".into()),
            ready: Some(state == "Running"),
            restart_count: Some(1),
            current_state: Some(ContainerState {
                state: Some(state.into()),
                exit_code,
                start_time: Some("2026-01-01T00:00:00Z".into()),
                finish_time: Some("yesterday".into()),
                ..ContainerState::default()
            }),
            ..ContainerInfo::default()
        }
    }

    fn status(group: &ContainerGroup, before: &PodStatus) -> PodStatus {
        pod_status(group, &Pod::default(), before, PhaseMapping::Documented)
    }

    fn condition(status: &PodStatus, kind: &str) -> String {
        status
            .conditions
            .iter()
            .flatten()
            .find(|it| it.type_ == kind)
            .map(|it| it.status.clone())
            .unwrap_or_default()
    }

    #[test]
    fn a_terminated_container_keeps_its_exit_code() {
        let status = status(
            &group("Failed", vec![container("Terminated", Some(3))]),
            &PodStatus::default(),
        );
        let state = status.container_statuses.expect("one")[0]
            .state
            .clone()
            .expect("known")
            .terminated
            .expect("terminated");
        assert_eq!((state.exit_code, state.reason.as_deref()), (3, Some("Error")));
        assert!(state.started_at.is_some() && state.finished_at.is_none());
    }

    #[test]
    fn a_group_without_containers_is_no_accident() {
        let status = status(&group("Scheduling", Vec::new()), &PodStatus::default());
        assert_eq!(status.phase.as_deref(), Some("Pending"));
        assert_eq!(condition(&status, "PodScheduled"), "True");
    }

    #[test]
    fn succeeded_pods_are_not_ready() {
        let mut done = container("Terminated", Some(0));
        done.ready = Some(true);
        let status = status(&group("Succeeded", vec![done]), &PodStatus::default());
        assert_eq!(
            (
                condition(&status, "Ready").as_str(),
                condition(&status, "Initialized").as_str()
            ),
            ("False", "True")
        );
    }

    #[test]
    fn a_reclaimed_spot_instance_says_why() {
        let status = status(
            &group("Expired", vec![container("Running", None)]),
            &PodStatus::default(),
        );
        assert_eq!(
            (status.phase.as_deref(), status.reason.as_deref()),
            (Some("Failed"), Some("BidFailed"))
        );
    }

    #[test]
    fn an_unknown_container_state_keeps_the_last_known_one() {
        let before = status(
            &group("Running", vec![container("Running", None)]),
            &PodStatus::default(),
        );
        let after = status(&group("Running", vec![container("Confused", None)]), &before);
        assert!(
            after.container_statuses.expect("one")[0]
                .state
                .clone()
                .expect("known")
                .running
                .is_some()
        );
    }

    #[test]
    fn init_containers_that_wait_say_so() {
        let mut group = group("Pending", Vec::new());
        group.init_containers = vec![InitContainerInfo {
            name: Some("migrate".into()),
            current_state: Some(ContainerState {
                state: Some("Waiting".into()),
                ..ContainerState::default()
            }),
            ..InitContainerInfo::default()
        }];
        let status = status(&group, &PodStatus::default());
        let waiting = status.init_container_statuses.as_ref().expect("one")[0]
            .state
            .clone()
            .expect("known")
            .waiting
            .expect("waiting");
        assert_eq!(waiting.reason.as_deref(), Some("PodInitializing"));
        assert_eq!(condition(&status, "Initialized"), "False");
    }

    proptest! {
        #[test]
        fn terminal_phases_stay_and_counts_never_drop(
            states in prop::collection::vec((0_usize..10, 0_i32..5), 1..12),
            stable in any::<bool>(),
        ) {
            let mapping = if stable { PhaseMapping::Stable } else { PhaseMapping::Documented };
            let mut before = PodStatus::default();
            for (state, restarts) in states {
                let mut seen = container("Running", None);
                seen.restart_count = Some(restarts);
                let group = group(State::ALL[state].name(), vec![seen]);
                let after = pod_status(&group, &Pod::default(), &before, mapping);
                if matches!(before.phase.as_deref(), Some("Succeeded" | "Failed")) {
                    prop_assert_eq!(&after.phase, &before.phase);
                }
                let count = |status: &PodStatus| status.container_statuses.as_ref().map_or(0, |it| it[0].restart_count);
                prop_assert!(count(&after) >= count(&before));
                before = after;
            }
        }
    }
}
