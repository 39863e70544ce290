//! Conditions: which hold when, why not, and since when.

use k8s_openapi::api::core::v1::{PodCondition, PodStatus};
use serde_json::json;

use crate::case::{condition, ended, event, group, init, phase, pod, running, seen, state};

fn holds(status: &PodStatus, kind: &str) -> bool {
    condition(status, kind).0 == "True"
}

#[test]
fn a_new_group_is_scheduled_and_nothing_else() {
    let status = seen(
        &group("Scheduling", &[state("Waiting")]),
        &pod(1, json!({})),
        &phase(""),
    );
    assert!(holds(&status, "PodScheduled"));
    for kind in [
        "PodReadyToStartContainers",
        "Initialized",
        "ContainersReady",
        "Ready",
        "ContainerInstanceCreated",
    ] {
        assert!(!holds(&status, kind), "{kind}");
    }
    assert_eq!(condition(&status, "ContainerInstanceCreated").1, "Creating");
}

#[test]
fn an_address_lets_containers_start() {
    let mut group = group("Pending", &[state("Waiting")]);
    group.intranet_ip = Some("10.0.8.5".into());
    let status = seen(&group, &pod(1, json!({})), &phase(""));
    assert!(holds(&status, "PodReadyToStartContainers") && holds(&status, "ContainerInstanceCreated"));
}

#[test]
fn init_containers_must_end_well() {
    let pod = pod(1, json!({"initContainers": [{"name": "migrate"}]}));
    for (state, initialized) in [(running(), false), (ended(1), false), (ended(0), true)] {
        let mut group = group("Pending", &[]);
        group.init_containers = vec![init("migrate", state)];
        assert_eq!(holds(&seen(&group, &pod, &phase("")), "Initialized"), initialized);
    }
    let running = seen(&group("Running", &[running()]), &pod, &phase(""));
    assert!(holds(&running, "Initialized"));
}

#[test]
fn ready_needs_every_container() {
    let pod = pod(2, json!({}));
    let mut group = group("Running", &[running(), running()]);
    assert!(holds(&seen(&group, &pod, &phase("")), "Ready"));
    group.containers[1].ready = Some(false);
    let status = seen(&group, &pod, &phase(""));
    assert_eq!(
        condition(&status, "Ready"),
        ("False".into(), "ContainersNotReady".into())
    );
}

#[test]
fn ready_needs_every_gate() {
    let pod = pod(1, json!({"readinessGates": [{"conditionType": "example.com/wired"}]}));
    let running = group("Running", &[running()]);
    let mut before = phase("");
    let status = seen(&running, &pod, &before);
    assert!(holds(&status, "ContainersReady"));
    assert_eq!(
        condition(&status, "Ready"),
        ("False".into(), "ReadinessGatesNotReady".into())
    );
    before.conditions = Some(vec![PodCondition {
        type_: "example.com/wired".into(),
        status: "True".into(),
        ..PodCondition::default()
    }]);
    let status = seen(&running, &pod, &before);
    assert!(holds(&status, "Ready") && holds(&status, "example.com/wired"));
}

#[test]
fn succeeded_pods_are_completed_not_ready() {
    let mut group = group("Succeeded", &[ended(0)]);
    group.containers[0].ready = Some(true);
    let status = seen(&group, &pod(1, json!({})), &phase("Running"));
    assert_eq!(condition(&status, "Ready"), ("False".into(), "PodCompleted".into()));
    assert_eq!(
        condition(&status, "ContainersReady"),
        ("False".into(), "PodCompleted".into())
    );
    assert!(holds(&status, "Initialized"));
}

#[test]
fn what_keeps_an_instance_from_being_created_is_told() {
    let mut group = group("Scheduling", &[state("Waiting")]);
    group.events = vec![
        event("ContainerGroup.NoStock", "sold out"),
        event("SomethingElse", "noise"),
    ];
    let status = seen(&group, &pod(1, json!({})), &phase(""));
    assert_eq!(
        condition(&status, "ContainerInstanceCreated"),
        ("False".into(), "ContainerGroup.NoStock".into())
    );
    let created = seen(&self::group("Running", &[running()]), &pod(1, json!({})), &status);
    let created = created
        .conditions
        .iter()
        .flatten()
        .find(|it| it.type_ == "ContainerInstanceCreated");
    assert_eq!(created.and_then(|it| it.message.as_deref()), Some("eci-1"));
}

#[test]
fn the_notice_of_a_spot_instance_is_a_condition() {
    let mut group = group("Running", &[running()]);
    let status = seen(&group, &pod(1, json!({})), &phase(""));
    assert!(
        !status
            .conditions
            .iter()
            .flatten()
            .any(|it| it.type_ == "ContainerInstanceExpired")
    );
    group.events.push(event("SpotToBeReleased", "released in 3 minutes"));
    let status = seen(&group, &pod(1, json!({})), &phase(""));
    assert_eq!(
        condition(&status, "ContainerInstanceExpired"),
        ("True".into(), "SpotToBeReleased".into())
    );
    // A notice stands, also when the API lists it no longer.
    group.events.clear();
    assert!(holds(
        &seen(&group, &pod(1, json!({})), &status),
        "ContainerInstanceExpired"
    ));
}

#[test]
fn times_of_conditions_change_with_them() {
    let pod = pod(1, json!({}));
    let time = |status: &PodStatus, kind: &str| {
        let found = status.conditions.iter().flatten().find(|it| it.type_ == kind);
        found
            .and_then(|it| it.last_transition_time.as_ref())
            .map(|time| time.0.to_string())
    };
    let first = seen(&group("Pending", &[state("Waiting")]), &pod, &phase(""));
    assert_eq!(time(&first, "Ready").as_deref(), Some("2026-01-01T00:05:00Z"));
    let mut earlier = first.clone();
    for condition in earlier.conditions.iter_mut().flatten() {
        condition.last_transition_time = "2026-01-01T00:00:01Z"
            .parse()
            .ok()
            .map(k8s_openapi::apimachinery::pkg::apis::meta::v1::Time);
    }
    let later = seen(&group("Running", &[running()]), &pod, &earlier);
    assert_eq!(time(&later, "PodScheduled").as_deref(), Some("2026-01-01T00:00:01Z"));
    assert_eq!(time(&later, "Ready").as_deref(), Some("2026-01-01T00:05:00Z"));
}

#[test]
fn conditions_of_others_stay() {
    let mut before = phase("Running");
    before.conditions = Some(vec![PodCondition {
        type_: "DisruptionTarget".into(),
        status: "True".into(),
        ..PodCondition::default()
    }]);
    let status = seen(&group("Running", &[running()]), &pod(1, json!({})), &before);
    assert!(holds(&status, "DisruptionTarget"));
}
