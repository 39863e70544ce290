//! What an earlier provider got wrong, one test a defect, by its name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use eci_sdk::backend::{Backend, BackendExt, CallFault, Class, Faulty};
use eci_sdk::model::api::{
    ContainerGroup, ContainerInfo, ContainerState, DeleteContainerGroup, DescribeContainerGroups, DescribeContainerLog,
    ExecContainerCommand, InitContainerInfo, JsonList, Operation,
};
use eci_sdk::model::lifecycle::{Sight, State, lost, pod_status};
use eci_sdk::sim::{Simulator, World};
use eci_sdk::{Cluster, Edition, Planner, Policies};
use k8s_openapi::api::core::v1::{Pod, PodStatus};
use serde_json::json;

use crate::case::{Case, case, read};

fn status(group: &ContainerGroup, before: &PodStatus) -> PodStatus {
    let node_ips = ["10.0.0.9".to_owned()];
    let pod = Pod::default();
    let sight = Sight {
        node_ips: &node_ips,
        ..Sight::new(group, &pod, before)
    };
    pod_status(&sight, &Policies::default())
}

fn group(state: &str, container: ContainerState) -> ContainerGroup {
    ContainerGroup {
        container_group_id: Some("eci-1".into()),
        status: Some(state.into()),
        containers: vec![ContainerInfo {
            name: Some("main".into()),
            current_state: Some(container),
            ..ContainerInfo::default()
        }],
        ..ContainerGroup::default()
    }
}

fn in_state(state: &str) -> ContainerState {
    ContainerState {
        state: Some(state.into()),
        ..ContainerState::default()
    }
}

fn simulator() -> Simulator {
    Simulator::new(World::ideal())
}

fn all_groups() -> DescribeContainerGroups {
    DescribeContainerGroups {
        region_id: "cn-hangzhou".into(),
        ..Default::default()
    }
}

#[test]
fn d01_the_end_of_a_file_is_not_lost() {
    for length in 0..=9 {
        let content = "abcdefghi".get(..length).expect("ASCII");
        let case = case(
            &json!({}),
            &json!({"volumes": [{"name": "v", "configMap": {"name": "c"}}]}),
        );
        let case = case.config_map("c", &json!({"f": content}));
        let sent = case
            .value("Volume.1.ConfigFileVolume.ConfigFileToPath.1.Content")
            .expect("a file");
        assert_eq!(STANDARD.decode(sent).expect("base64"), content.as_bytes());
    }
}

#[test]
fn d02_ten_lines_of_a_log_are_ten() {
    let request = DescribeContainerLog {
        tail: Some(10),
        ..DescribeContainerLog::default()
    };
    let wire = Operation::from(request).to_parameters();
    assert!(wire.contains(&("Tail".to_owned(), "10".to_owned())));
}

#[tokio::test]
async fn d03_a_list_that_fails_is_no_empty_list() {
    let faulty = Faulty::new(simulator()).with_rule(|_, _| Some(CallFault::GatewayPage));
    assert!(faulty.send(all_groups()).await.is_err());
    // And a status is lost only when somebody says so: an error changes nothing.
    let before = status(&group("Running", in_state("Running")), &PodStatus::default());
    assert_eq!(lost(&before, false).reason.as_deref(), Some("NotFound"));
}

#[tokio::test]
async fn d04_a_retried_creation_makes_one_group() {
    let (simulator, case) = (simulator(), case(&json!({}), &json!({})));
    let first = simulator.ensure_created(case.ready()).await.expect("created");
    let second = simulator.ensure_created(case.ready()).await.expect("found");
    assert_eq!(first.container_group_id, second.container_group_id);
    let all = simulator.send(all_groups()).await.expect("a list");
    assert_eq!(all.container_groups.len(), 1);
}

fn named(uid: &str) -> Case {
    let mut case = case(&json!({}), &json!({}));
    case.pod.metadata.uid = Some(uid.to_owned());
    case
}

#[tokio::test]
async fn d05_one_group_is_asked_for_by_its_id() {
    let simulator = simulator();
    let mut ids = Vec::new();
    for uid in ["u-1", "u-2", "u-3"] {
        let created = simulator.ensure_created(named(uid).ready()).await.expect("created");
        ids.push(created.container_group_id.expect("an id"));
    }
    let one = DescribeContainerGroups {
        container_group_ids: Some(JsonList::from_iter([ids[1].as_str()])),
        ..all_groups()
    };
    let answer = simulator.send(one).await.expect("a list");
    let found: Vec<_> = answer
        .container_groups
        .iter()
        .filter_map(|group| group.container_group_id.as_ref())
        .collect();
    assert_eq!(found, [&ids[1]]);
}

#[tokio::test]
async fn d06_a_pod_of_the_same_name_is_another_pod() {
    let simulator = simulator();
    let old = simulator.ensure_created(named("u-1").ready()).await.expect("created");
    let new = simulator.ensure_created(named("u-2").ready()).await.expect("created");
    assert_ne!(old.container_group_id, new.container_group_id);
    assert_eq!(
        named("u-1").value("ContainerGroupName"),
        named("u-2").value("ContainerGroupName")
    );
    assert_ne!(named("u-1").below("Tag.4"), named("u-2").below("Tag.4"));
    let delete = DeleteContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_id: old.container_group_id.expect("an id"),
        force: Some(true),
        ..Default::default()
    };
    simulator.send(delete).await.expect("deleted");
    let left = simulator.send(all_groups()).await.expect("a list").container_groups;
    assert!(
        left.iter()
            .any(|group| group.container_group_id == new.container_group_id)
    );
}

#[test]
fn d07_an_ended_container_keeps_its_exit_code() {
    let ended = ContainerState {
        exit_code: Some(3),
        ..in_state("Terminated")
    };
    let status = status(&group("Failed", ended), &PodStatus::default());
    let state = status
        .container_statuses
        .and_then(|list| list.into_iter().next()?.state)
        .expect("a state");
    assert_eq!(state.terminated.map(|ended| ended.exit_code), Some(3));
}

#[test]
fn d08_a_group_without_containers_and_a_container_without_a_start_are_no_accident() {
    let mut empty = group("Scheduling", in_state("Waiting"));
    empty.containers.clear();
    assert_eq!(status(&empty, &PodStatus::default()).phase.as_deref(), Some("Pending"));
    let waiting = ContainerState {
        reason: Some("ErrImagePull".into()),
        ..in_state("Waiting")
    };
    let status = status(&group("Pending", waiting), &PodStatus::default());
    let state = status
        .container_statuses
        .and_then(|list| list.into_iter().next()?.state)
        .expect("a state");
    assert_eq!(
        state.waiting.and_then(|waiting| waiting.reason).as_deref(),
        Some("ErrImagePull")
    );
}

#[test]
fn d09_succeeded_pods_are_not_ready_and_pending_ones_have_conditions() {
    let ready = |status: &PodStatus| {
        let conditions = status.conditions.iter().flatten();
        conditions
            .filter(|it| it.type_ == "Ready")
            .map(|it| it.status.clone())
            .collect::<Vec<_>>()
    };
    let ended = ContainerState {
        exit_code: Some(0),
        ..in_state("Terminated")
    };
    assert_eq!(
        ready(&status(&group("Succeeded", ended), &PodStatus::default())),
        ["False"]
    );
    let pending = status(&group("Pending", in_state("Waiting")), &PodStatus::default());
    assert_eq!(ready(&pending), ["False"]);
    assert!(pending.conditions.is_some_and(|list| list.len() >= 5));
}

#[test]
fn d10_no_state_of_a_group_is_an_unknown_phase() {
    for state in State::ALL {
        let phase = status(&group(state.name(), in_state("Running")), &PodStatus::default()).phase;
        let known = ["Pending", "Running", "Succeeded", "Failed"];
        assert!(phase.is_some_and(|phase| known.contains(&phase.as_str())), "{state}");
    }
}

#[tokio::test]
async fn d11_a_command_that_cannot_be_run_is_refused() {
    let request = ExecContainerCommand {
        container_group_id: "eci-1".into(),
        container_name: "main".into(),
        region_id: "cn-hangzhou".into(),
        ..Default::default()
    };
    let operation = Operation::from(request.clone());
    let simulator = simulator();
    let answer = simulator.send(request).await;
    let refused = answer.is_err_and(|error| error.class == Class::Unsupported);
    assert!(refused || simulator.supports(operation.action()));
}

#[test]
fn d12_every_option_of_a_log_is_sent() {
    let request = DescribeContainerLog {
        tail: Some(5),
        limit_bytes: Some(100),
        since_seconds: Some(60),
        start_time: Some("2026-01-01T00:00:00Z".into()),
        last_time: Some(true),
        timestamps: Some(true),
        ..DescribeContainerLog::default()
    };
    let wire = Operation::from(request).to_parameters();
    for name in [
        "Tail",
        "LimitBytes",
        "SinceSeconds",
        "StartTime",
        "LastTime",
        "Timestamps",
    ] {
        assert!(wire.iter().any(|(known, _)| known == name), "{name}");
    }
}

#[test]
fn d13_a_request_can_be_logged() {
    let config = json!({".dockerconfigjson": json!({"auths": {"r.example": {"username": "u", "password": "hunter2"}}}).to_string()});
    let env = json!({"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "p"}}}], "args": ["--p=$(A)"]});
    let case = case(&env, &json!({"imagePullSecrets": [{"name": "pull"}]}))
        .secret("pull", &config)
        .secret("db", &json!({"p": "hunter2"}));
    let ready = case.ready();
    let operation = Operation::from(ready.clone().into_request());
    let logged = format!(
        "{ready:?} {operation:?} {operation} {}",
        serde_json::to_string(&operation).expect("JSON")
    );
    assert!(!logged.contains("hunter2"), "{logged}");
    assert_eq!(
        operation
            .to_parameters()
            .iter()
            .filter(|(_, value)| value.contains("hunter2"))
            .count(),
        3
    );
}

#[test]
fn d14_the_same_pod_gives_the_same_request() {
    assert_eq!(
        case(&json!({}), &json!({})).ready(),
        case(&json!({}), &json!({})).ready()
    );
    let changed = case(
        &json!({"image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.5"}),
        &json!({}),
    );
    assert_ne!(changed.ready(), case(&json!({}), &json!({})).ready());
}

#[test]
fn d15_sizes_and_regions_are_those_that_were_asked_for() {
    let pod: Pod = read(
        &json!({"metadata": {"name": "web", "namespace": "shop", "uid": "u"}, "spec": {"containers": [
        {"name": "main", "image": "nginx:1.25", "resources": {"limits": {"cpu": "8", "memory": "16Gi"}}}]}}),
    );
    let mut cluster = Cluster::new(Edition::AckServerless).in_region("ap-southeast-5".parse().expect("a region"));
    cluster.observe(&read::<k8s_openapi::api::core::v1::ConfigMap>(&json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    })));
    let plan = Planner::new(cluster).plan(&pod).expect("a plan");
    let request = plan.draft().request();
    assert_eq!(request.region_id, "ap-southeast-5");
    let size = (
        request.cpu.map(|cpu| cpu.to_string()),
        request.memory.map(|memory| memory.to_string()),
    );
    assert_eq!(size, (Some("8".into()), Some("16".into())));
}

#[test]
fn d16_no_field_of_a_status_is_left_empty() {
    let mut running = group("Running", in_state("Running"));
    running.intranet_ip = Some("10.0.8.5".into());
    running.containers[0].image = Some("nginx:1.25".into());
    running.init_containers = vec![InitContainerInfo {
        name: Some("migrate".into()),
        ..InitContainerInfo::default()
    }];
    let status = status(&running, &PodStatus::default());
    assert!(status.host_ip.is_some() && status.host_ips.is_some());
    assert!(status.pod_ip.is_some() && status.pod_ips.is_some());
    assert!(status.init_container_statuses.is_some_and(|list| list.len() == 1));
    assert!(
        status
            .container_statuses
            .is_some_and(|list| !list[0].image_id.is_empty())
    );
}
