//! Reading the status of container groups as pods.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{Extra, JsonList};

/// Reads the status of container groups in the form of pods, all or only what changed lately.
///
/// The request of [`Action::DescribeContainerGroupStatus`](crate::api::Action::DescribeContainerGroupStatus).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupStatus {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The ids of at most 20 container groups.
    pub container_group_ids: Option<JsonList>,
    /// How many items a page has. From 1 to 200.
    pub limit: Option<i32>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Only what changed in this time, in seconds. From 60 to 3600.
    pub since_second: Option<i32>,
    /// Tags. At most 10 items (metadata).
    pub tag: Vec<Tag>,
    /// The vSwitch.
    pub vswitch_id: Option<String>,
    /// The zone, such as `cn-hangzhou-h`.
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
    /// The container groups.
    pub data: Vec<ContainerGroupStatus>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// How many there are in all.
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

/// The status of a container group, in the form of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroupStatus {
    /// The annotations, a JSON object as text.
    pub annotations: Option<String>,
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// The name of the pod.
    pub name: Option<String>,
    /// The namespace of the pod.
    pub namespace: Option<String>,
    /// The status in the form of a pod's.
    pub pod_status: Option<GroupPodStatus>,
    /// The status.
    pub status: Option<String>,
    /// The UID of the pod.
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

/// The status of the pod that the group stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupPodStatus {
    /// The conditions.
    pub conditions: Vec<PodCondition>,
    /// The containers.
    pub container_statuses: Vec<ContainerStatus>,
    /// The address of the host.
    pub host_ip: Option<String>,
    /// The phase.
    pub phase: Option<String>,
    /// The address.
    pub pod_ip: Option<String>,
    /// All addresses.
    pub pod_ips: Vec<PodIp>,
    /// The class of service quality.
    pub qos_class: Option<String>,
    /// When the pod started.
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

/// A condition of a pod. Some of its names begin with small letters on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodCondition {
    /// What happened, for people.
    pub message: Option<String>,
    /// What happened, in a word.
    pub reason: Option<String>,
    /// When the condition changed.
    pub last_transition_time: Option<String>,
    /// `True`, `False` or `Unknown`.
    pub status: Option<String>,
    /// The kind of condition. `PodReadyToStartContainers`, `Initialized`, `Ready`, `ContainersReady`, `PodScheduled`,
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

/// An address of the pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodIp {
    /// The address.
    pub ip: Option<String>,
}

fields! {
    PodIp {
        ip = "Ip",
    }
}

/// The status of a container, in the form of a pod's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerStatus {
    /// The image.
    pub image: Option<String>,
    /// The digest of the image.
    pub image_id: Option<String>,
    /// What the container did before its last restart.
    pub last_state: Option<ContainerStatusState>,
    /// The name.
    pub name: Option<String>,
    /// Whether the container passes its readiness check.
    pub ready: Option<bool>,
    /// How many times the container was started again.
    pub restart_count: Option<i32>,
    /// Whether the container has started.
    pub started: Option<bool>,
    /// What the container does.
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

/// What a container does: one of the three is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerStatusState {
    /// It runs.
    pub running: Option<RunningState>,
    /// It has ended.
    pub terminated: Option<TerminatedState>,
    /// It waits.
    pub waiting: Option<WaitingState>,
}

fields! {
    ContainerStatusState {
        running = "Running",
        terminated = "Terminated",
        waiting = "Waiting",
    }
}

/// The container runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunningState {
    /// When the container started. The name on the wire is as odd as that.
    pub started_at: Option<String>,
}

fields! {
    RunningState {
        started_at = "StartedAtstartedAt",
    }
}

/// The container has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminatedState {
    /// The id of the container.
    pub container_id: Option<String>,
    /// The exit code of the command.
    pub exit_code: Option<i32>,
    /// When the container ended.
    pub finished_at: Option<String>,
    /// What happened, for people.
    pub message: Option<String>,
    /// What happened, in a word.
    pub reason: Option<String>,
    /// The signal that ended the command.
    pub signal: Option<i32>,
    /// When the container started.
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

/// The container waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitingState {
    /// What happened, for people.
    pub message: Option<String>,
    /// What happened, in a word.
    pub reason: Option<String>,
}

fields! {
    WaitingState {
        message = "Message",
        reason = "Reason",
    }
}
