//! Containers: their states, ids, counts and times.

use eci_model::api::ContainerState;
use k8s_openapi::api::core::v1::{ContainerStatus, PodStatus};
use serde_json::json;

use crate::case::{ended, first, group, init, phase, pod, running, seen, state};

fn of(state: ContainerState) -> ContainerStatus {
    first(&seen(&group("Running", &[state]), &pod(1, json!({})), &phase(""))).clone()
}

fn waits(status: &ContainerStatus) -> (String, String) {
    let waiting = status
        .state
        .as_ref()
        .and_then(|state| state.waiting.clone())
        .expect("it waits");
    (waiting.reason.unwrap_or_default(), waiting.message.unwrap_or_default())
}

#[test]
fn waiting_tells_reason_and_message() {
    let state = |reason: &str, detail: &str| ContainerState {
        reason: Some(reason.into()),
        detail_status: Some(detail.into()),
        message: Some("no such tag".into()),
        ..state("Waiting")
    };
    assert_eq!(
        waits(&of(state("ErrImagePull", "x"))),
        ("ErrImagePull".into(), "no such tag".into())
    );
    assert_eq!(waits(&of(state("", "Pulling"))).0, "Pulling");
    assert_eq!(waits(&of(state("", ""))).0, "ContainerCreating");
}

#[test]
fn running_has_a_start() {
    let status = of(running());
    let running = status
        .state
        .as_ref()
        .and_then(|state| state.running.as_ref())
        .expect("it runs");
    assert!(running.started_at.is_some() && status.ready && status.started == Some(true));
    assert_eq!(status.container_id.as_deref(), Some("eci://eci-1/c0"));
}

#[test]
fn ended_has_code_reason_and_times() {
    for (code, reason, expected) in [(0, "", "Completed"), (3, "", "Error"), (137, "OOMKilled", "OOMKilled")] {
        let status = of(ContainerState {
            reason: Some(reason.into()),
            signal: Some(9),
            message: Some("last words".into()),
            ..ended(code)
        });
        let ended = status.state.and_then(|state| state.terminated).expect("it ended");
        assert_eq!(
            (ended.exit_code, ended.reason.as_deref(), ended.signal),
            (code, Some(expected), Some(9))
        );
        assert_eq!(ended.message.as_deref(), Some("last words"));
        assert!(ended.started_at.is_some() && ended.finished_at.is_some() && ended.container_id.is_some());
    }
}

#[test]
fn a_time_that_is_none_costs_the_time_alone() {
    for bad in ["", "yesterday", "2026-13-01T00:00:00Z", "0001-01-01"] {
        let status = of(ContainerState {
            finish_time: Some(bad.into()),
            ..ended(3)
        });
        let ended = status.state.and_then(|state| state.terminated).expect("it ended");
        assert!(
            ended.finished_at.is_none() && ended.started_at.is_some() && ended.exit_code == 3,
            "{bad}"
        );
    }
    let mut group = group("Running", &[running()]);
    group.creation_time = Some("soon".into());
    assert_eq!(seen(&group, &pod(1, json!({})), &phase("")).start_time, None);
}

#[test]
fn a_state_that_the_api_does_not_have_keeps_the_last_one() {
    let pod = pod(1, json!({}));
    assert_eq!(waits(&of(state("Confused"))).0, "ContainerStatusUnknown");
    let before = seen(&group("Running", &[running()]), &pod, &phase(""));
    let after = seen(&group("Running", &[state("Confused")]), &pod, &before);
    assert!(
        first(&after)
            .state
            .as_ref()
            .is_some_and(|state| state.running.is_some())
    );
}

#[test]
fn the_state_before_is_kept() {
    let pod = pod(1, json!({}));
    let mut restarted = group("Running", &[running()]);
    restarted.containers[0].previous_state = Some(ended(2));
    restarted.containers[0].restart_count = Some(4);
    let status = seen(&restarted, &pod, &phase("Running"));
    let last = |status: &PodStatus| {
        let state = first(status).last_state.as_ref()?;
        state.terminated.as_ref().map(|ended| ended.exit_code)
    };
    assert_eq!((last(&status), first(&status).restart_count), (Some(2), 4));
    // The API forgets; the status does not.
    let later = seen(&group("Restarting", &[state("Waiting")]), &pod, &status);
    assert_eq!((last(&later), first(&later).restart_count), (Some(2), 4));
    assert_eq!(last(&seen(&group("Running", &[running()]), &pod, &phase(""))), None);
}

#[test]
fn every_container_of_the_pod_has_a_status_in_its_order() {
    let pod = pod(
        2,
        json!({"initContainers": [{"name": "migrate", "image": "migrate:1"}]}),
    );
    let status = seen(&group("Scheduling", &[]), &pod, &phase(""));
    let names: Vec<&str> = status
        .container_statuses
        .iter()
        .flatten()
        .map(|status| status.name.as_str())
        .collect();
    assert_eq!(names, ["c0", "c1"]);
    assert_eq!(waits(first(&status)).0, "ContainerCreating");
    let init = status
        .init_container_statuses
        .iter()
        .flatten()
        .next()
        .expect("an init container");
    assert_eq!(
        (waits(init).0.as_str(), init.image.as_str()),
        ("PodInitializing", "migrate:1")
    );
    assert_eq!(init.container_id, None);
}

#[test]
fn a_sidecar_that_runs_as_an_ordinary_container_stays_an_init_container_of_the_pod() {
    let pod = pod(
        1,
        json!({"initContainers": [{"name": "proxy", "restartPolicy": "Always"}]}),
    );
    let mut group = group("Running", &[running(), running()]);
    group.containers[1].name = Some("proxy".into());
    let status = seen(&group, &pod, &phase(""));
    let init = status
        .init_container_statuses
        .iter()
        .flatten()
        .next()
        .expect("the sidecar");
    assert!(init.state.as_ref().is_some_and(|state| state.running.is_some()));
    assert_eq!(status.container_statuses.map(|list| list.len()), Some(1));
}

#[test]
fn long_messages_share_what_a_pod_may_leave() {
    let mut group = group("Failed", &vec![ended(1); 12]);
    for container in &mut group.containers {
        container.current_state.get_or_insert_default().message = Some("x".repeat(9000));
    }
    let status = seen(&group, &pod(12, json!({})), &phase("Running"));
    let lengths = status.container_statuses.iter().flatten().map(|status| {
        let ended = status.state.as_ref().and_then(|state| state.terminated.as_ref());
        ended.and_then(|ended| ended.message.as_ref()).map_or(0, String::len)
    });
    assert_eq!(lengths.collect::<Vec<_>>(), [1024; 12]);
}

#[test]
fn addresses_are_those_of_group_and_node() {
    let mut group = group("Running", &[running()]);
    group.intranet_ip = Some("10.0.8.5".into());
    group.ipv6_address = Some("fd00::5".into());
    group.init_containers = vec![init("migrate", ended(0))];
    let status = seen(&group, &pod(1, json!({})), &phase(""));
    assert_eq!(
        (status.pod_ip.as_deref(), status.host_ip.as_deref()),
        (Some("10.0.8.5"), Some("10.0.0.9"))
    );
    let ips = |count: Option<usize>| count == Some(2);
    assert!(ips(status.pod_ips.as_ref().map(Vec::len)) && ips(status.host_ips.as_ref().map(Vec::len)));
    assert!(status.start_time.is_some() && status.qos_class.is_none());
    assert_eq!(status.observed_generation, Some(3));
    assert_eq!(first(&status).image_id, "nginx:1.25");
}
