//! Commands in containers, and their logs.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::record::fields;
use crate::api::{Extra, JsonList};
use crate::secret::Sensitive;

/// `ExecContainerCommand`.
///
/// The request of [`Action::ExecContainerCommand`](crate::api::Action::ExecContainerCommand).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecContainerCommand {
    /// `Command`. Required.
    pub command: JsonList,
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `ContainerName`. Required.
    pub container_name: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `Stdin`. On by default.
    pub stdin: Option<bool>,
    /// `Sync`. Off by default.
    pub sync: Option<bool>,
    /// `TTY`. Off by default.
    pub tty: Option<bool>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    ExecContainerCommand + extra {
        command = "Command".required(),
        container_group_id = "ContainerGroupId".required(),
        container_name = "ContainerName".required(),
        region_id = "RegionId".required(),
        stdin = "Stdin",
        sync = "Sync",
        tty = "TTY",
    }
}

/// The answer to [`ExecContainerCommand`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecContainerCommandAnswer {
    /// `HttpUrl`.
    pub http_url: Option<Sensitive<String>>,
    /// `RequestId`.
    pub request_id: String,
    /// `SyncResponse`.
    pub sync_response: Option<String>,
    /// `WebSocketUri`.
    pub websocket_uri: Option<Sensitive<String>>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    ExecContainerCommandAnswer + extra {
        http_url = "HttpUrl",
        request_id = "RequestId",
        sync_response = "SyncResponse",
        websocket_uri = "WebSocketUri",
    }
}

/// `DescribeContainerLog`.
///
/// The request of [`Action::DescribeContainerLog`](crate::api::Action::DescribeContainerLog).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerLog {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `ContainerName`. Required.
    pub container_name: String,
    /// `LastTime`. Off by default.
    pub last_time: Option<bool>,
    /// `LimitBytes`, in bytes. From 1 to 1048576.
    pub limit_bytes: Option<i64>,
    /// `RegionId`.
    pub region_id: Option<String>,
    /// `SinceSeconds`, in seconds.
    pub since_seconds: Option<i32>,
    /// `StartTime`.
    pub start_time: Option<String>,
    /// `Tail`, in lines. Default 500. At most 2000.
    pub tail: Option<i32>,
    /// `Timestamps`. Off by default.
    pub timestamps: Option<bool>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeContainerLog + extra {
        container_group_id = "ContainerGroupId".required(),
        container_name = "ContainerName".required(),
        last_time = "LastTime",
        limit_bytes = "LimitBytes".range(1, 1048576),
        region_id = "RegionId",
        since_seconds = "SinceSeconds",
        start_time = "StartTime",
        tail = "Tail".range(i64::MIN, 2000),
        timestamps = "Timestamps",
    }
}

/// The answer to [`DescribeContainerLog`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerLogAnswer {
    /// `ContainerName`.
    pub container_name: Option<String>,
    /// `Content`.
    pub content: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeContainerLogAnswer + extra {
        container_name = "ContainerName",
        content = "Content",
        request_id = "RequestId",
    }
}
