//! Phases: section "Lifecycle of a pod" (2026-09-21) and the mapping that never falls back to Pending.

use eci_model::lifecycle::{State, lost};
use k8s_openapi::api::core::v1::Pod;
use serde_json::json;

use crate::case::{ended, event, first, group, phase, pod, running, seen, state, with};

/// A row: the state of the group, the phase the pod had, the phase by the published table, the phase by the stable mapping.
macro_rules! phases {
    ($($fact:ident: $state:literal after $before:literal => $documented:literal, $stable:literal;)*) => {$(
        #[test]
        fn $fact() {
            let container = match $before {
                "Running" => running(),
                _ => state("Waiting"),
            };
            let container = if matches!($state, "Running") { running() } else { container };
            let container = if $state == "Succeeded" { ended(0) } else { container };
            let container = if $state == "Failed" { ended(1) } else { container };
            let (group, pod) = (group($state, &[container]), pod(1, json!({})));
            let by = |choice| with(&group, &pod, &phase($before), &[("PhaseMapping", choice)]).phase;
            assert_eq!(by("Documented").as_deref(), Some($documented));
            assert_eq!(by("Stable").as_deref(), Some($stable));
        }
    )*};
}

phases! {
    a_new_pod_is_pending: "Scheduling" after "" => "Pending", "Pending";
    scheduling_is_pending: "Scheduling" after "Pending" => "Pending", "Pending";
    pulling_is_pending: "Pending" after "Pending" => "Pending", "Pending";
    running_is_running: "Running" after "Pending" => "Running", "Running";
    restarting_falls_back_as_published: "Restarting" after "Running" => "Pending", "Running";
    restarting_before_it_ran_is_pending: "Restarting" after "Pending" => "Pending", "Pending";
    updating_falls_back_as_published: "Updating" after "Running" => "Pending", "Running";
    updating_before_it_ran_is_pending: "Updating" after "Pending" => "Pending", "Pending";
    terminating_runs: "Terminating" after "Running" => "Running", "Running";
    terminating_before_it_ran_differs: "Terminating" after "Pending" => "Running", "Pending";
    succeeded_is_succeeded: "Succeeded" after "Running" => "Succeeded", "Succeeded";
    failed_is_failed: "Failed" after "Running" => "Failed", "Failed";
    expired_is_failed: "Expired" after "Running" => "Failed", "Failed";
    not_scheduled_is_failed: "ScheduleFailed" after "Pending" => "Failed", "Failed";
    an_unknown_state_changes_nothing: "Confused" after "Running" => "Running", "Running";
    an_unknown_state_of_a_new_pod_is_pending: "" after "" => "Pending", "Pending";
    succeeded_stays: "Running" after "Succeeded" => "Succeeded", "Succeeded";
    failed_stays: "Succeeded" after "Failed" => "Failed", "Failed";
}

#[test]
fn only_a_started_container_makes_a_pod_run() {
    let pod = pod(1, json!({}));
    let waiting = group("Running", &[state("Waiting")]);
    assert_eq!(
        seen(&waiting, &pod, &phase("Pending")).phase.as_deref(),
        Some("Pending")
    );
    let crashed = group("Running", &[ended(1)]);
    assert_eq!(
        seen(&crashed, &pod, &phase("Pending")).phase.as_deref(),
        Some("Running")
    );
}

#[test]
fn restarting_after_a_lost_status_still_counts_as_having_run() {
    let mut group = group("Restarting", &[state("Waiting")]);
    group.containers[0].previous_state = Some(ended(0));
    let status = with(&group, &pod(1, json!({})), &phase(""), &[("PhaseMapping", "Stable")]);
    assert_eq!(status.phase.as_deref(), Some("Running"));
}

#[test]
fn pending_for_too_long_fails_only_pods_that_are_never_restarted() {
    for (policy, expected) in [("Never", "Failed"), ("Always", "Pending"), ("OnFailure", "Pending")] {
        let group = group("Failed", &[state("Waiting")]);
        let status = seen(&group, &pod(1, json!({"restartPolicy": policy})), &phase("Pending"));
        assert_eq!(status.phase.as_deref(), Some(expected), "{policy}");
    }
}

#[test]
fn the_fault_page_has_another_phase_for_what_could_not_be_scheduled() {
    let mut fast = pod(1, json!({}));
    let annotations = [("k8s.aliyun.com/eci-fail-strategy".to_owned(), "fail-fast".to_owned())];
    fast.metadata.annotations = Some(annotations.into());
    let mut group = group("ScheduleFailed", &[state("Waiting")]);
    group.events.push(event("NoStock", "sold out in zone h"));
    let choice = [("ScheduleFailedPhase", "Pending")];
    let told = with(&group, &fast, &phase("Pending"), &choice);
    assert_eq!(told.phase.as_deref(), Some("Pending"));
    assert_eq!(told.reason.as_deref(), Some("ContainerInstanceScheduleFailed"));
    assert_eq!(told.message.as_deref(), Some("sold out in zone h"));
    let silent = with(&group, &pod(1, json!({})), &phase("Pending"), &choice);
    assert_eq!((silent.phase.as_deref(), silent.reason), (Some("Pending"), None));
    let published = seen(&group, &fast, &phase("Pending"));
    assert_eq!(published.reason.as_deref(), Some("ContainerInstanceScheduleFailed"));
}

#[test]
fn a_reclaimed_spot_instance_names_reason_and_time() {
    let mut group = group("Expired", &[running()]);
    group.expired_time = Some("2026-01-01T01:13:00Z".into());
    let status = seen(&group, &pod(1, json!({})), &phase("Running"));
    assert_eq!(status.reason.as_deref(), Some("BidFailed"));
    assert!(
        status
            .message
            .is_some_and(|message| message.ends_with("2026-01-01T01:13:00Z"))
    );
}

#[test]
fn a_reason_goes_with_its_phase() {
    let mut before = phase("Pending");
    before.reason = Some("ContainerInstanceScheduleFailed".into());
    let status = seen(&group("Running", &[running()]), &pod(1, json!({})), &before);
    assert_eq!(status.reason, None);
}

#[test]
fn a_group_that_is_gone_ends_its_pod() {
    let running = seen(&group("Running", &[running()]), &pod(1, json!({})), &phase(""));
    for (reclaimed, reason) in [(false, "NotFound"), (true, "Evicted")] {
        let gone = lost(&running, reclaimed);
        assert_eq!(
            (gone.phase.as_deref(), gone.reason.as_deref()),
            (Some("Failed"), Some(reason))
        );
        let ended = first(&gone).state.as_ref().and_then(|state| state.terminated.as_ref());
        assert_eq!(
            ended.map(|ended| (ended.exit_code, ended.started_at.is_some())),
            Some((137, true))
        );
        assert!(!first(&gone).ready);
    }
    let done = seen(&group("Succeeded", &[ended(0)]), &pod(1, json!({})), &phase("Running"));
    assert_eq!(lost(&done, false), done);
}

#[test]
fn legal_transitions_are_those_of_the_pages() {
    use State::{
        Expired, Failed, Pending, Restarting, Running, ScheduleFailed, Scheduling, Succeeded, Terminating, Updating,
    };
    for (from, to) in [
        (Scheduling, Pending),
        (Scheduling, ScheduleFailed),
        (Pending, Running),
        (Pending, Failed),
        (Pending, Restarting),
        (Pending, Updating),
        (Running, Restarting),
        (Running, Updating),
        (Running, Succeeded),
        (Running, Failed),
        (Running, Terminating),
        (Running, Expired),
        (Restarting, Pending),
        (Restarting, Running),
        (Updating, Pending),
        (Updating, Running),
    ] {
        assert!(from.may_become(to), "{from} > {to}");
    }
    for (from, to) in [
        (Scheduling, Running),
        (Scheduling, Expired),
        (Pending, ScheduleFailed),
        (Running, Scheduling),
        (Running, Pending),
        (Terminating, Running),
        (Succeeded, Running),
        (Failed, Pending),
        (Expired, Running),
        (ScheduleFailed, Scheduling),
    ] {
        assert!(!from.may_become(to), "{from} > {to}");
    }
    assert!(
        State::ALL
            .iter()
            .all(|state| state.can_restart() == matches!(state, Pending | Running))
    );
}

#[test]
fn a_pod_without_a_specification_shows_what_the_group_has() {
    let status = seen(&group("Running", &[running(), running()]), &Pod::default(), &phase(""));
    assert_eq!(status.container_statuses.map(|list| list.len()), Some(2));
}
