//! Probes and hooks of containers.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::record::fields;
use crate::secret::Sensitive;

/// `Probe`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// `Exec`.
    pub exec: Option<ExecAction>,
    /// `FailureThreshold`. Default 3.
    pub failure_threshold: Option<i32>,
    /// `HttpGet`.
    pub http_get: Option<HttpGetAction>,
    /// `InitialDelaySeconds`, in seconds.
    pub initial_delay_seconds: Option<i32>,
    /// `PeriodSeconds`, in seconds. Default 10. At least 1.
    pub period_seconds: Option<i32>,
    /// `SuccessThreshold`. Only `1`. Default 1.
    pub success_threshold: Option<i32>,
    /// `TcpSocket`.
    pub tcp_socket: Option<TcpSocketAction>,
    /// `TimeoutSeconds`, in seconds. Default 1. At least 1.
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

/// `ExecAction`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecAction {
    /// `Command`. At most 101 items.
    pub command: Vec<String>,
}

fields! {
    ExecAction {
        command = "Command".items(101),
    }
}

/// `HttpGetAction`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpGetAction {
    /// `Path`.
    pub path: Option<String>,
    /// `Port`.
    pub port: Option<i32>,
    /// `Scheme`.
    pub scheme: Option<String>,
}

fields! {
    HttpGetAction {
        path = "Path",
        port = "Port",
        scheme = "Scheme",
    }
}

/// `TcpSocketAction`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TcpSocketAction {
    /// `Port`.
    pub port: Option<i32>,
}

fields! {
    TcpSocketAction {
        port = "Port",
    }
}

/// `HttpHeader`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpHeader {
    /// `Name`.
    pub name: Option<String>,
    /// `Value`.
    pub value: Option<Sensitive<String>>,
}

fields! {
    HttpHeader {
        name = "Name",
        value = "Value",
    }
}
