//! Saving a container as an image.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;

/// Starts a task that saves a container as an image and pushes it.
///
/// The request of [`Action::CommitContainer`](crate::api::Action::CommitContainer).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitContainer {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The name of the container. Required.
    pub container_name: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The instance of the container registry to push to.
    pub acr_registry_info: Option<CommitRegistry>,
    /// The role to push with.
    pub arn: Option<CommitRole>,
    /// The image that the container becomes.
    pub image: Option<CommitImage>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    CommitContainer + extra {
        container_group_id = "ContainerGroupId".required(),
        container_name = "ContainerName".required(),
        region_id = "RegionId".required(),
        acr_registry_info = "AcrRegistryInfo",
        arn = "Arn",
        image = "Image",
    }
}

/// The answer to [`CommitContainer`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitContainerAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// The id of the task.
    pub task_id: Option<String>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    CommitContainerAnswer + extra {
        request_id = "RequestId",
        task_id = "TaskId",
    }
}

/// The image that a container becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitImage {
    /// The author.
    pub author: Option<String>,
    /// A remark about the image.
    pub message: Option<String>,
    /// The repository. Required.
    pub repository: String,
    /// The tag of the image. Required.
    pub tag: String,
}

fields! {
    CommitImage {
        author = "Author",
        message = "Message",
        repository = "Repository".required(),
        tag = "Tag".required(),
    }
}

/// A role to push the image with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitRole {
    /// The role.
    pub role_arn: Option<String>,
    /// The kind of role.
    pub role_type: Option<String>,
}

fields! {
    CommitRole {
        role_arn = "RoleArn",
        role_type = "RoleType",
    }
}

/// The instance of the container registry to push to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitRegistry {
    /// The role of the service that reads the registry.
    pub arn_service: Option<String>,
    /// The role of the user that reads the registry.
    pub arn_user: Option<String>,
    /// The id of the registry's instance.
    pub instance_id: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
}

fields! {
    CommitRegistry {
        arn_service = "ArnService",
        arn_user = "ArnUser",
        instance_id = "InstanceId",
        region_id = "RegionId",
    }
}

/// Reads tasks of [`CommitContainer`], by container group or by task: one of the two is needed.
///
/// The request of [`Action::DescribeCommitContainerTask`](crate::api::Action::DescribeCommitContainerTask).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeCommitContainerTask {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// How many tasks a page has. Default 10. At most 50.
    pub max_results: Option<i32>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The tasks. At most 10 items (metadata).
    pub task_id: Vec<String>,
    /// The status of the task. `Running`, `Succeeded` or `Failed`.
    pub task_status: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeCommitContainerTask + extra {
        region_id = "RegionId".required(),
        container_group_id = "ContainerGroupId",
        max_results = "MaxResults".range(i64::MIN, 50),
        next_token = "NextToken",
        task_id = "TaskId".items(10),
        task_status = "TaskStatus".values(&["Running", "Succeeded", "Failed"]),
    }
}

/// The answer to [`DescribeCommitContainerTask`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeCommitContainerTaskAnswer {
    /// The tasks.
    pub commit_tasks: Vec<CommitTask>,
    /// How many tasks a page has. A text, in the answer.
    pub max_results: Option<String>,
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
    DescribeCommitContainerTaskAnswer + extra {
        commit_tasks = "CommitTasks",
        max_results = "MaxResults",
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// A task that saves a container as an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitTask {
    /// The steps.
    pub commit_phase_infos: Vec<CommitPhase>,
    /// The name of the container.
    pub container_name: Option<String>,
    /// What happened, for people.
    pub status_message: Option<String>,
    /// When the task started.
    pub task_creation_time: Option<String>,
    /// When the task ended.
    pub task_finished_time: Option<String>,
    /// The id of the task.
    pub task_id: Option<String>,
    /// How far the task is.
    pub task_progress: Option<String>,
    /// The status of the task. `Running`, `Succeeded` or `Failed`.
    pub task_status: Option<String>,
}

fields! {
    CommitTask {
        commit_phase_infos = "CommitPhaseInfos",
        container_name = "ContainerName",
        status_message = "StatusMessage",
        task_creation_time = "TaskCreationTime",
        task_finished_time = "TaskFinishedTime",
        task_id = "TaskId",
        task_progress = "TaskProgress",
        task_status = "TaskStatus".values(&["Running", "Succeeded", "Failed"]),
    }
}

/// A step of such a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitPhase {
    /// What happened, for people.
    pub message: Option<String>,
    /// The step. `PullBaseImage`, `CommitContainer` or `PushCommittedImage`.
    pub phase: Option<String>,
    /// When it was recorded.
    pub record_time: Option<String>,
    /// The status.
    pub status: Option<String>,
}

fields! {
    CommitPhase {
        message = "Message",
        phase = "Phase".values(&["PullBaseImage", "CommitContainer", "PushCommittedImage"]),
        record_time = "RecordTime",
        status = "Status",
    }
}
