//! Commands in containers, and their logs.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::record::fields;
use crate::api::{Extra, JsonList};
use crate::secret::Sensitive;

/// Runs a command in a container, at once or through a WebSocket.
///
/// The request of [`Action::ExecContainerCommand`](crate::api::Action::ExecContainerCommand).
///
/// # Example
/// ```
/// use eci_model::api::{ExecContainerCommand, JsonList};
///
/// let request = ExecContainerCommand {
///     region_id: "cn-hangzhou".into(),
///     container_group_id: "eci-1".into(),
///     container_name: "main".into(),
///     command: JsonList::from_iter(["cat", "/etc/hosts"]),
///     sync: Some(true),
///     ..Default::default()
/// };
/// assert_eq!(request.command.to_string(), r#"["cat","/etc/hosts"]"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecContainerCommand {
    /// The command: at most 20 texts of 256 characters. Required.
    pub command: JsonList,
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The name of the container. Required.
    pub container_name: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Whether standard input is open. On by default.
    pub stdin: Option<bool>,
    /// Whether the answer waits for the end of the command. It needs `tty` to be off. Off by default.
    pub sync: Option<bool>,
    /// Whether the command has a terminal. Off by default.
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
    /// The address of a page with a terminal.
    pub http_url: Option<Sensitive<String>>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// What the command printed, if the answer waited.
    pub sync_response: Option<String>,
    /// The address of the WebSocket.
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

/// Reads the end of the log of a container.
///
/// The request of [`Action::DescribeContainerLog`](crate::api::Action::DescribeContainerLog).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerLog {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The name of the container. Required.
    pub container_name: String,
    /// Whether the log before the last restart is meant. Off by default.
    pub last_time: Option<bool>,
    /// How much of the log, in bytes. From 1 to 1048576.
    pub limit_bytes: Option<i64>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
    /// Only the log of this time, in seconds.
    pub since_seconds: Option<i32>,
    /// Only the log since this time, RFC 3339 in UTC.
    pub start_time: Option<String>,
    /// How much of the end of the log, in lines. Default 500. At most 2000.
    pub tail: Option<i32>,
    /// Whether each line has its time. Off by default.
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
    /// The name of the container.
    pub container_name: Option<String>,
    /// The log.
    pub content: Option<String>,
    /// The id that the service gave the call.
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
