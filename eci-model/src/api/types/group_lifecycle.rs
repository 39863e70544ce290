//! Restarting, growing and deleting a container group.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;

/// `RestartContainerGroup`.
///
/// The request of [`Action::RestartContainerGroup`](crate::api::Action::RestartContainerGroup).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestartContainerGroup {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ClientToken`.
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
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    RestartContainerGroupAnswer + extra {
        request_id = "RequestId",
    }
}

/// `ResizeContainerGroupVolume`.
///
/// The request of [`Action::ResizeContainerGroupVolume`](crate::api::Action::ResizeContainerGroupVolume).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResizeContainerGroupVolume {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `NewSize`, in GiB. Required.
    pub new_size: i64,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `VolumeName`. Required.
    pub volume_name: String,
    /// `ClientToken`.
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
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    ResizeContainerGroupVolumeAnswer + extra {
        request_id = "RequestId",
    }
}

/// `DeleteContainerGroup`.
///
/// The request of [`Action::DeleteContainerGroup`](crate::api::Action::DeleteContainerGroup).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteContainerGroup {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `Force`. Off by default. Known to the Go SDK of 2025-06 only.
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
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteContainerGroupAnswer + extra {
        request_id = "RequestId",
    }
}
