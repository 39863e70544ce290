//! Restarting, growing and deleting a container group.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;

/// Restarts a container group that is Pending or Running. Groups made before 2019-03-07 15:00 cannot restart.
///
/// The request of [`Action::RestartContainerGroup`](crate::api::Action::RestartContainerGroup).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestartContainerGroup {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    RestartContainerGroup + extra {
        container_group_id = "ContainerGroupId".required(),
        region_id = "RegionId".required(),
        client_token = "ClientToken",
    }
}

/// The answer to [`RestartContainerGroup`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestartContainerGroupAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    RestartContainerGroupAnswer + extra {
        request_id = "RequestId",
    }
}

/// Grows a cloud disk of a container group.
///
/// The request of [`Action::ResizeContainerGroupVolume`](crate::api::Action::ResizeContainerGroupVolume).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResizeContainerGroupVolume {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The size to grow to, in GiB. From 20 to 32768 for efficiency, SSD and ESSD disks, from 5 to 2000 for basic ones;
    /// the present size grows the file system only. Required.
    pub new_size: i64,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The name of the volume. Required.
    pub volume_name: String,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    ResizeContainerGroupVolume + extra {
        container_group_id = "ContainerGroupId".required(),
        new_size = "NewSize".required(),
        region_id = "RegionId".required(),
        volume_name = "VolumeName".required(),
        client_token = "ClientToken",
    }
}

/// The answer to [`ResizeContainerGroupVolume`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResizeContainerGroupVolumeAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    ResizeContainerGroupVolumeAnswer + extra {
        request_id = "RequestId",
    }
}

/// Deletes a container group. What a repetition answers once the group is gone is not documented.
///
/// The request of [`Action::DeleteContainerGroup`](crate::api::Action::DeleteContainerGroup).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteContainerGroup {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// Whether the containers get no time for their end. Off by default. Known to the Go SDK of 2025-06 only.
    pub force: Option<bool>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DeleteContainerGroup + extra {
        container_group_id = "ContainerGroupId".required(),
        region_id = "RegionId".required(),
        client_token = "ClientToken",
        force = "Force",
    }
}

/// The answer to [`DeleteContainerGroup`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteContainerGroupAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteContainerGroupAnswer + extra {
        request_id = "RequestId",
    }
}
