//! The published tables, a test a row: states (Lifecycle of a pod, 2026-09-21), conditions (Custom conditions, 2026-09-05), failed
//! creation (Fault handling policy of a pod, 2025-05-23).

use eci_model::lifecycle::{PendingClock, State, find_reason};
use eci_model::policy::PhaseMapping;
use serde_json::json;

use crate::case::{condition, event, first, group, phase, pod, running, seen, state};

/// A row: the state, the phase as published, the phase of a pod that ran by the stable mapping, and what holds for the state.
macro_rules! states {
    ($($fact:ident: $state:literal => $phase:literal, $stable:literal, [$($holds:ident)*];)*) => {$(
        #[test]
        fn $fact() {
            let state: State = $state.parse().expect("a state");
            assert_eq!(state.name(), $state);
            assert_eq!(state.phase(Some("Running"), PhaseMapping::Documented), $phase);
            assert_eq!(state.phase(Some("Running"), PhaseMapping::Stable), $stable);
            let holds: &[&str] = &[$(stringify!($holds)),*];
            let row = [state.is_billed(), state.is_final(), state.can_restart()];
            assert_eq!(row, ["billed", "over", "restarts"].map(|it| holds.contains(&it)));
        }
    )*};
}

states! {
    scheduling: "Scheduling" => "Pending", "Running", [];
    pending: "Pending" => "Pending", "Running", [billed restarts];
    running_group: "Running" => "Running", "Running", [billed restarts];
    restarting: "Restarting" => "Pending", "Running", [billed];
    updating: "Updating" => "Pending", "Running", [billed];
    terminating: "Terminating" => "Running", "Running", [billed];
    succeeded: "Succeeded" => "Succeeded", "Succeeded", [over];
    failed: "Failed" => "Failed", "Failed", [over];
    expired: "Expired" => "Failed", "Failed", [over];
    schedule_failed: "ScheduleFailed" => "Failed", "Failed", [over];
}

#[test]
fn there_are_ten_states_and_a_deleted_group_is_in_none() {
    assert_eq!(State::ALL.len(), 10);
    assert!(
        ["Deleted", "Creating", "Unknown", ""]
            .iter()
            .all(|text| text.parse::<State>().is_err())
    );
}

/// A row: a reason that the platform gives for an instance that does not exist yet; a prefix with a point changes nothing.
macro_rules! reasons {
    ($($fact:ident: $reason:literal;)*) => {$(
        #[test]
        fn $fact() {
            for told in [$reason.to_owned(), concat!("ContainerGroup.", $reason).to_owned()] {
                let mut group = group("Scheduling", &[state("Waiting")]);
                group.events = vec![event(&told, "why"), event("Pulling", "noise")];
                let status = seen(&group, &pod(1, json!({})), &phase(""));
                assert_eq!(condition(&status, "ContainerInstanceCreated"), ("False".to_owned(), told.clone()));
                assert!(find_reason(&told).is_some_and(|known| known.is_condition), "{told}");
            }
        }
    )*};
}

reasons! {
    creating: "Creating";
    stock_exhaust: "StockExhaust";
    no_stock: "NoStock";
    stock_close: "StockClose";
    failed_scheduling: "FailedScheduling";
    unknown_error: "UnknownError";
    spot_to_be_released: "SpotToBeReleased";
    disk_capacity_quota_full: "DiskCapacityQuotaFull";
    cpu_options_not_supported: "CpuOptionsNotSupported";
    cpu_options_not_valid: "CpuOptionsNotValid";
    system_failure_reboot: "SystemFailureReboot";
    system_reboot: "SystemReboot";
    throttling: "Throttling";
    spot_degraded: "SpotDegraded";
    auto_instance_type_match: "AutoInstanceTypeMatch";
    multi_zone_recommendations: "MultiZoneRecommendations";
}

/// A row: the strategy of the pod, and the reason it shows once its instance could not be created and the service tries again.
macro_rules! strategies {
    ($($fact:ident: $strategy:expr => $reason:expr;)*) => {$(
        #[test]
        fn $fact() {
            let mut pod = pod(1, json!({}));
            let strategy: Option<&str> = $strategy;
            let key = "k8s.aliyun.com/eci-fail-strategy".to_owned();
            pod.metadata.annotations = strategy.map(|strategy| [(key, strategy.to_owned())].into());
            let choice = [("ScheduleFailedPhase", "Pending")];
            let status = crate::case::with(&group("ScheduleFailed", &[state("Waiting")]), &pod, &phase("Pending"), &choice);
            assert_eq!((status.phase.as_deref(), status.reason.as_deref()), (Some("Pending"), $reason));
        }
    )*};
}

strategies! {
    no_strategy: None => None;
    fail_back: Some("fail-back") => None;
    fail_over: Some("fail-over") => None;
    fail_fast: Some("fail-fast") => Some("ContainerInstanceScheduleFailed");
}

#[test]
fn a_pod_may_be_pending_for_four_hours_when_nothing_is_said() {
    assert_eq!(PendingClock::DEFAULT_MINUTES, 240);
}

#[test]
fn an_empty_state_of_a_container_is_an_unknown_one() {
    let status = seen(&group("Running", &[state("")]), &pod(1, json!({})), &phase(""));
    let waiting = first(&status).state.as_ref().and_then(|state| state.waiting.as_ref());
    assert_eq!(
        waiting.and_then(|it| it.reason.as_deref()),
        Some("ContainerStatusUnknown")
    );
}

#[test]
fn a_count_of_restarts_never_drops() {
    let pod = pod(1, json!({}));
    let mut before = phase("");
    for (reported, shown) in [(Some(2), 2), (Some(1), 2), (None, 2), (Some(5), 5), (Some(0), 5)] {
        let mut group = group("Running", &[running()]);
        group.containers[0].restart_count = reported;
        before = seen(&group, &pod, &before);
        assert_eq!(first(&before).restart_count, shown, "{reported:?}");
    }
}
