//! What holds for every group and every history.

use eci_model::Policies;
use eci_model::api::{ContainerGroup, ContainerInfo, ContainerState};
use eci_model::lifecycle::{Sight, State, pod_status};
use k8s_openapi::api::core::v1::{Pod, PodStatus};
use proptest::prelude::*;
use serde_json::json;

use crate::case::pod;

fn text() -> impl Strategy<Value = Option<String>> {
    const WORDS: [&str; 7] = [
        "",
        "Waiting",
        "Running",
        "Terminated",
        "Confused",
        "2026-01-01T00:00:00Z",
        "never",
    ];
    prop::option::of(prop::sample::select(&WORDS[..]).prop_map(str::to_owned))
}

prop_compose! {
    fn state()(state in text(), reason in text(), start in text(), finish in text(), exit in prop::option::of(-1_i32..300))
        -> ContainerState {
        ContainerState { state, reason, start_time: start, finish_time: finish, exit_code: exit, ..ContainerState::default() }
    }
}

prop_compose! {
    fn container()(name in 0_usize..3, current in prop::option::of(state()), previous in prop::option::of(state()),
        ready in any::<Option<bool>>(), restarts in prop::option::of(-3_i32..9)) -> ContainerInfo {
        ContainerInfo {
            name: Some(format!("c{name}")),
            current_state: current,
            previous_state: previous,
            ready,
            restart_count: restarts,
            ..ContainerInfo::default()
        }
    }
}

prop_compose! {
    fn group()(status in 0_usize..12, containers in prop::collection::vec(container(), 0..3), ip in any::<bool>()) -> ContainerGroup {
        ContainerGroup {
            status: State::ALL.get(status).map(|state| state.name().to_owned()),
            containers,
            intranet_ip: ip.then(|| "10.0.8.5".to_owned()),
            ..ContainerGroup::default()
        }
    }
}

fn policies(stable: bool, pending: bool) -> Policies {
    let mut policies = Policies::default();
    policies
        .set("PhaseMapping", if stable { "Stable" } else { "Documented" })
        .expect("a policy");
    policies
        .set("ScheduleFailedPhase", if pending { "Pending" } else { "Failed" })
        .expect("a policy");
    policies
}

fn counts(status: &PodStatus) -> Vec<i32> {
    status
        .container_statuses
        .iter()
        .flatten()
        .map(|status| status.restart_count)
        .collect()
}

proptest! {
    #[test]
    fn a_history_never_leaves_its_end_and_never_counts_back(
        groups in prop::collection::vec(group(), 1..10), stable: bool, pending: bool, bare: bool,
    ) {
        let pod = if bare { Pod::default() } else { pod(3, json!({})) };
        let policies = policies(stable, pending);
        let mut before = PodStatus::default();
        for group in groups {
            let after = pod_status(&Sight::new(&group, &pod, &before), &policies);
            let phase = after.phase.as_deref().unwrap_or_default();
            prop_assert!(["Pending", "Running", "Succeeded", "Failed"].contains(&phase));
            if matches!(before.phase.as_deref(), Some("Succeeded" | "Failed")) {
                prop_assert_eq!(&after.phase, &before.phase);
                prop_assert_eq!(&after.reason, &before.reason);
            }
            if !bare {
                prop_assert_eq!(counts(&after).len(), 3);
                for (after, before) in counts(&after).iter().zip(counts(&before)) {
                    prop_assert!(*after >= before);
                }
            }
            // What could not be scheduled is the business of a policy of its own.
            if stable && !pending && before.phase.as_deref() == Some("Running") {
                prop_assert_ne!(phase, "Pending");
            }
            let kinds: Vec<&str> = after.conditions.iter().flatten().map(|it| it.type_.as_str()).collect();
            let once: std::collections::BTreeSet<&str> = kinds.iter().copied().collect();
            prop_assert_eq!(kinds.len(), once.len());
            prop_assert!(after.container_statuses.iter().flatten().all(|status| status.state.is_some()));
            before = after;
        }
    }
}
