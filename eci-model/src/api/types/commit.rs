//! Saving a container as an image.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;

/// `CommitContainer`.
///
/// The request of [`Action::CommitContainer`](crate::api::Action::CommitContainer).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitContainer {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `ContainerName`. Required.
    pub container_name: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `AcrRegistryInfo`.
    pub acr_registry_info: Option<CommitRegistry>,
    /// `Arn`.
    pub arn: Option<CommitRole>,
    /// `Image`.
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
    /// `RequestId`.
    pub request_id: String,
    /// `TaskId`.
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

/// `CommitImage`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitImage {
    /// `Author`.
    pub author: Option<String>,
    /// `Message`.
    pub message: Option<String>,
    /// `Repository`. Required.
    pub repository: String,
    /// `Tag`. Required.
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

/// `CommitRole`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitRole {
    /// `RoleArn`.
    pub role_arn: Option<String>,
    /// `RoleType`.
    pub role_type: Option<String>,
}

fields! {
    CommitRole {
        role_arn = "RoleArn",
        role_type = "RoleType",
    }
}

/// `CommitRegistry`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitRegistry {
    /// `ArnService`.
    pub arn_service: Option<String>,
    /// `ArnUser`.
    pub arn_user: Option<String>,
    /// `InstanceId`.
    pub instance_id: Option<String>,
    /// `RegionId`.
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

/// `DescribeCommitContainerTask`.
///
/// The request of [`Action::DescribeCommitContainerTask`](crate::api::Action::DescribeCommitContainerTask).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeCommitContainerTask {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `MaxResults`. Default 10. At most 50.
    pub max_results: Option<i32>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `TaskId`. At most 10 items.
    pub task_id: Vec<String>,
    /// `TaskStatus`. `Running`, `Succeeded` or `Failed`.
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
    /// `CommitTasks`.
    pub commit_tasks: Vec<CommitTask>,
    /// `MaxResults`.
    pub max_results: Option<String>,
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
    DescribeCommitContainerTaskAnswer + extra {
        commit_tasks = "CommitTasks",
        max_results = "MaxResults",
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// `CommitTask`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitTask {
    /// `CommitPhaseInfos`.
    pub commit_phase_infos: Vec<CommitPhase>,
    /// `ContainerName`.
    pub container_name: Option<String>,
    /// `StatusMessage`.
    pub status_message: Option<String>,
    /// `TaskCreationTime`.
    pub task_creation_time: Option<String>,
    /// `TaskFinishedTime`.
    pub task_finished_time: Option<String>,
    /// `TaskId`.
    pub task_id: Option<String>,
    /// `TaskProgress`.
    pub task_progress: Option<String>,
    /// `TaskStatus`. `Running`, `Succeeded` or `Failed`.
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

/// `CommitPhase`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitPhase {
    /// `Message`.
    pub message: Option<String>,
    /// `Phase`. `PullBaseImage`, `CommitContainer` or `PushCommittedImage`.
    pub phase: Option<String>,
    /// `RecordTime`.
    pub record_time: Option<String>,
    /// `Status`.
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
