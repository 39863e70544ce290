//! Groups and pods of the tests, in few words.

use eci_model::Policies;
use eci_model::api::{ContainerGroup, ContainerInfo, ContainerState, Event, InitContainerInfo};
use eci_model::lifecycle::{Sight, pod_status};
use k8s_openapi::api::core::v1::{ContainerStatus, Pod, PodStatus};
use serde_json::json;

pub(crate) fn group(status: &str, states: &[ContainerState]) -> ContainerGroup {
    let containers = states.iter().enumerate().map(|(index, state)| ContainerInfo {
        name: Some(format!("c{index}")),
        image: Some("nginx:1.25".into()),
        ready: Some(state.state.as_deref() == Some("Running")),
        current_state: Some(state.clone()),
        ..ContainerInfo::default()
    });
    ContainerGroup {
        container_group_id: Some("eci-1".into()),
        creation_time: Some("2026-01-01T00:00:00Z".into()),
        status: Some(status.into()),
        containers: containers.collect(),
        ..ContainerGroup::default()
    }
}

pub(crate) fn init(name: &str, state: ContainerState) -> InitContainerInfo {
    InitContainerInfo {
        name: Some(name.into()),
        current_state: Some(state),
        ..InitContainerInfo::default()
    }
}

pub(crate) fn state(state: &str) -> ContainerState {
    ContainerState {
        state: Some(state.into()),
        ..ContainerState::default()
    }
}

pub(crate) fn running() -> ContainerState {
    ContainerState {
        start_time: Some("2026-01-01T00:01:00Z".into()),
        ..state("Running")
    }
}

pub(crate) fn ended(exit_code: i32) -> ContainerState {
    ContainerState {
        exit_code: Some(exit_code),
        start_time: Some("2026-01-01T00:01:00Z".into()),
        finish_time: Some("2026-01-01T00:02:00Z".into()),
        ..state("Terminated")
    }
}

pub(crate) fn event(reason: &str, message: &str) -> Event {
    Event {
        reason: Some(reason.into()),
        message: Some(message.into()),
        ..Event::default()
    }
}

/// A pod with so many containers, `c0` on.
pub(crate) fn pod(containers: usize, more: serde_json::Value) -> Pod {
    let list: Vec<_> = (0..containers)
        .map(|index| json!({"name": format!("c{index}"), "image": "nginx:1.25"}))
        .collect();
    let mut spec = json!({"containers": list});
    if let (Some(spec), serde_json::Value::Object(more)) = (spec.as_object_mut(), more) {
        spec.extend(more);
    }
    serde_json::from_value(json!({"metadata": {"name": "web", "namespace": "shop", "generation": 3}, "spec": spec}))
        .expect("a pod")
}

pub(crate) fn phase(phase: &str) -> PodStatus {
    PodStatus {
        phase: (!phase.is_empty()).then(|| phase.to_owned()),
        ..PodStatus::default()
    }
}

pub(crate) fn seen(group: &ContainerGroup, pod: &Pod, before: &PodStatus) -> PodStatus {
    with(group, pod, before, &[])
}

pub(crate) fn with(group: &ContainerGroup, pod: &Pod, before: &PodStatus, choices: &[(&str, &str)]) -> PodStatus {
    let mut policies = Policies::default();
    for (name, choice) in choices {
        policies.set(name, choice).expect("a policy");
    }
    let node_ips = ["10.0.0.9".to_owned(), "fd00::9".to_owned()];
    let sight = Sight {
        node_ips: &node_ips,
        now: "2026-01-01T00:05:00Z".parse().ok(),
        ..Sight::new(group, pod, before)
    };
    pod_status(&sight, &policies)
}

/// Status and reason of a condition.
pub(crate) fn condition(status: &PodStatus, kind: &str) -> (String, String) {
    let found = status.conditions.iter().flatten().find(|it| it.type_ == kind);
    let found = found.unwrap_or_else(|| panic!("no condition {kind}"));
    (found.status.clone(), found.reason.clone().unwrap_or_default())
}

pub(crate) fn first(status: &PodStatus) -> &ContainerStatus {
    status.container_statuses.iter().flatten().next().expect("a container")
}
