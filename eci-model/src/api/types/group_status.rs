//! Reading the status of container groups as pods.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{Extra, JsonList};

/// `DescribeContainerGroupStatus`.
///
/// The request of [`Action::DescribeContainerGroupStatus`](crate::api::Action::DescribeContainerGroupStatus).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupStatus {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ContainerGroupIds`.
    pub container_group_ids: Option<JsonList>,
    /// `Limit`. From 1 to 200.
    pub limit: Option<i32>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `SinceSecond`, in seconds. From 60 to 3600.
    pub since_second: Option<i32>,
    /// `Tag`. At most 10 items.
    pub tag: Vec<Tag>,
    /// `VSwitchId`.
    pub vswitch_id: Option<String>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupStatus + extra {
        region_id = "RegionId".required(),
        container_group_ids = "ContainerGroupIds",
        limit = "Limit".range(1, 200),
        next_token = "NextToken",
        resource_group_id = "ResourceGroupId",
        since_second = "SinceSecond".range(60, 3600),
        tag = "Tag".items(10),
        vswitch_id = "VSwitchId",
        zone_id = "ZoneId",
    }
}

/// The answer to [`DescribeContainerGroupStatus`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupStatusAnswer {
    /// `Data`.
    pub data: Vec<ContainerGroupStatus>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// `TotalCount`.
    pub total_count: Option<i32>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupStatusAnswer + extra {
        data = "Data",
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// `ContainerGroupStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroupStatus {
    /// `Annotations`.
    pub annotations: Option<String>,
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `Namespace`.
    pub namespace: Option<String>,
    /// `PodStatus`.
    pub pod_status: Option<GroupPodStatus>,
    /// `Status`.
    pub status: Option<String>,
    /// `uuid`.
    pub uuid: Option<String>,
}

fields! {
    ContainerGroupStatus {
        annotations = "Annotations",
        container_group_id = "ContainerGroupId",
        name = "Name",
        namespace = "Namespace",
        pod_status = "PodStatus",
        status = "Status",
        uuid = "uuid",
    }
}

/// `GroupPodStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupPodStatus {
    /// `Conditions`.
    pub conditions: Vec<PodCondition>,
    /// `ContainerStatuses`.
    pub container_statuses: Vec<ContainerStatus>,
    /// `HostIp`.
    pub host_ip: Option<String>,
    /// `Phase`.
    pub phase: Option<String>,
    /// `PodIp`.
    pub pod_ip: Option<String>,
    /// `PodIps`.
    pub pod_ips: Vec<PodIp>,
    /// `QosClass`.
    pub qos_class: Option<String>,
    /// `StartTime`.
    pub start_time: Option<String>,
}

fields! {
    GroupPodStatus {
        conditions = "Conditions",
        container_statuses = "ContainerStatuses",
        host_ip = "HostIp",
        phase = "Phase",
        pod_ip = "PodIp",
        pod_ips = "PodIps",
        qos_class = "QosClass",
        start_time = "StartTime",
    }
}

/// `PodCondition`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodCondition {
    /// `Message`.
    pub message: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `lastTransitionTime`.
    pub last_transition_time: Option<String>,
    /// `status`.
    pub status: Option<String>,
    /// `type`. `PodReadyToStartContainers`, `Initialized`, `Ready`, `ContainersReady`, `PodScheduled`,
    /// `ContainerHasSufficientDisk`, `ContainerInstanceCreated` or `Unschedulable`.
    pub type_: Option<String>,
}

fields! {
    PodCondition {
        message = "Message",
        reason = "Reason",
        last_transition_time = "lastTransitionTime",
        status = "status",
        type_ = "type".values(&["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled", "ContainerHasSufficientDisk", "ContainerInstanceCreated", "Unschedulable"]),
    }
}

/// `PodIp`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodIp {
    /// `Ip`.
    pub ip: Option<String>,
}

fields! {
    PodIp {
        ip = "Ip",
    }
}

/// `ContainerStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerStatus {
    /// `Image`.
    pub image: Option<String>,
    /// `ImageID`.
    pub image_id: Option<String>,
    /// `LastState`.
    pub last_state: Option<ContainerStatusState>,
    /// `Name`.
    pub name: Option<String>,
    /// `Ready`.
    pub ready: Option<bool>,
    /// `RestartCount`.
    pub restart_count: Option<i32>,
    /// `Started`.
    pub started: Option<bool>,
    /// `State`.
    pub state: Option<ContainerStatusState>,
}

fields! {
    ContainerStatus {
        image = "Image",
        image_id = "ImageID",
        last_state = "LastState",
        name = "Name",
        ready = "Ready",
        restart_count = "RestartCount",
        started = "Started",
        state = "State",
    }
}

/// `ContainerStatusState`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerStatusState {
    /// `Running`.
    pub running: Option<RunningState>,
    /// `Terminated`.
    pub terminated: Option<TerminatedState>,
    /// `Waiting`.
    pub waiting: Option<WaitingState>,
}

fields! {
    ContainerStatusState {
        running = "Running",
        terminated = "Terminated",
        waiting = "Waiting",
    }
}

/// `RunningState`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunningState {
    /// `StartedAtstartedAt`.
    pub started_at: Option<String>,
}

fields! {
    RunningState {
        started_at = "StartedAtstartedAt",
    }
}

/// `TerminatedState`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminatedState {
    /// `ContainerID`.
    pub container_id: Option<String>,
    /// `ExitCode`.
    pub exit_code: Option<i32>,
    /// `FinishedAt`.
    pub finished_at: Option<String>,
    /// `Message`.
    pub message: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `Signal`.
    pub signal: Option<i32>,
    /// `StartedAt`.
    pub started_at: Option<String>,
}

fields! {
    TerminatedState {
        container_id = "ContainerID",
        exit_code = "ExitCode",
        finished_at = "FinishedAt",
        message = "Message",
        reason = "Reason",
        signal = "Signal",
        started_at = "StartedAt",
    }
}

/// `WaitingState`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitingState {
    /// `Message`.
    pub message: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
}

fields! {
    WaitingState {
        message = "Message",
        reason = "Reason",
    }
}
