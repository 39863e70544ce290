//! Probes and hooks of containers.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::record::fields;
use crate::secret::Sensitive;

/// A check of a container: one of an execution, an HTTP request and a connection.
///
/// # Example
/// ```
/// use eci_model::api::{HttpGetAction, Probe};
///
/// let probe = Probe {
///     http_get: Some(HttpGetAction {
///         path: Some("/healthz".into()),
///         port: Some(8080),
///         scheme: Some("HTTP".into()),
///     }),
///     period_seconds: Some(5),
///     ..Default::default()
/// };
/// assert_eq!(serde_json::to_string(&probe)?, r#"{"HttpGet":{"Path":"/healthz","Port":8080,"Scheme":"HTTP"},"PeriodSeconds":5}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// Runs a command.
    pub exec: Option<ExecAction>,
    /// How many failures in a row count. Default 3.
    pub failure_threshold: Option<i32>,
    /// Sends an HTTP request.
    pub http_get: Option<HttpGetAction>,
    /// How long to wait after the start of the container, in seconds.
    pub initial_delay_seconds: Option<i32>,
    /// How long from check to check, in seconds. Default 10. At least 1.
    pub period_seconds: Option<i32>,
    /// How many successes in a row count. Only `1`. Default 1.
    pub success_threshold: Option<i32>,
    /// Connects to a port.
    pub tcp_socket: Option<TcpSocketAction>,
    /// How long a check may take, in seconds. Default 1. At least 1.
    pub timeout_seconds: Option<i32>,
}

fields! {
    Probe {
        exec = "Exec",
        failure_threshold = "FailureThreshold",
        http_get = "HttpGet",
        initial_delay_seconds = "InitialDelaySeconds",
        period_seconds = "PeriodSeconds".range(1, i64::MAX),
        success_threshold = "SuccessThreshold".range(1, 1),
        tcp_socket = "TcpSocket",
        timeout_seconds = "TimeoutSeconds".range(1, i64::MAX),
    }
}

/// A check that runs a command: it passes when the command ends with zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecAction {
    /// The command, in place of the entry point of the image. At most 101 items (metadata).
    pub command: Vec<String>,
}

fields! {
    ExecAction {
        command = "Command".items(101),
    }
}

/// A check that sends an HTTP request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpGetAction {
    /// The path.
    pub path: Option<String>,
    /// The port.
    pub port: Option<i32>,
    /// The protocol. `HTTP` or `HTTPS`.
    pub scheme: Option<String>,
}

fields! {
    HttpGetAction {
        path = "Path",
        port = "Port",
        scheme = "Scheme".values(&["HTTP", "HTTPS"]),
    }
}

/// A check that connects: it passes when the port is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TcpSocketAction {
    /// The port.
    pub port: Option<i32>,
}

fields! {
    TcpSocketAction {
        port = "Port",
    }
}

/// A header of the request that a hook sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpHeader {
    /// The name.
    pub name: Option<String>,
    /// The value.
    pub value: Option<Sensitive<String>>,
}

fields! {
    HttpHeader {
        name = "Name",
        value = "Value",
    }
}
