//! Containers of an answer.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::container::{ContainerPort, FieldRef, VolumeMount};
use super::container_probe::HttpGetAction;
use crate::api::Decimal;
use crate::api::record::fields;
use crate::secret::Sensitive;

/// `ContainerInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerInfo {
    /// `Args`.
    pub args: Vec<String>,
    /// `Commands`.
    pub commands: Vec<String>,
    /// `Cpu`.
    pub cpu: Option<Decimal>,
    /// `CurrentState`.
    pub current_state: Option<ContainerState>,
    /// `EnvironmentVars`.
    pub environment_vars: Vec<EnvironmentVarInfo>,
    /// `Gpu`.
    pub gpu: Option<i32>,
    /// `Image`.
    pub image: Option<String>,
    /// `ImagePullPolicy`. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// `LivenessProbe`.
    pub liveness_probe: Option<ProbeInfo>,
    /// `Memory`.
    pub memory: Option<Decimal>,
    /// `Name`.
    pub name: Option<String>,
    /// `Ports`.
    pub ports: Vec<ContainerPort>,
    /// `PreviousState`.
    pub previous_state: Option<ContainerState>,
    /// `ReadinessProbe`.
    pub readiness_probe: Option<ProbeInfo>,
    /// `Ready`.
    pub ready: Option<bool>,
    /// `RestartCount`.
    pub restart_count: Option<i32>,
    /// `SecurityContext`.
    pub security_context: Option<SecurityContextInfo>,
    /// `Stdin`.
    pub stdin: Option<bool>,
    /// `StdinOnce`.
    pub stdin_once: Option<bool>,
    /// `Tty`.
    pub tty: Option<bool>,
    /// `VolumeMounts`.
    pub volume_mounts: Vec<VolumeMount>,
    /// `WorkingDir`.
    pub working_dir: Option<String>,
}

fields! {
    ContainerInfo {
        args = "Args",
        commands = "Commands",
        cpu = "Cpu",
        current_state = "CurrentState",
        environment_vars = "EnvironmentVars",
        gpu = "Gpu",
        image = "Image",
        image_pull_policy = "ImagePullPolicy".values(&["Always", "IfNotPresent", "Never"]),
        liveness_probe = "LivenessProbe",
        memory = "Memory",
        name = "Name",
        ports = "Ports",
        previous_state = "PreviousState",
        readiness_probe = "ReadinessProbe",
        ready = "Ready",
        restart_count = "RestartCount",
        security_context = "SecurityContext",
        stdin = "Stdin",
        stdin_once = "StdinOnce",
        tty = "Tty",
        volume_mounts = "VolumeMounts",
        working_dir = "WorkingDir",
    }
}

/// `InitContainerInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitContainerInfo {
    /// `Args`.
    pub args: Vec<String>,
    /// `Command`.
    pub command: Vec<String>,
    /// `Cpu`.
    pub cpu: Option<Decimal>,
    /// `CurrentState`.
    pub current_state: Option<ContainerState>,
    /// `EnvironmentVars`.
    pub environment_vars: Vec<EnvironmentVarInfo>,
    /// `Gpu`.
    pub gpu: Option<i32>,
    /// `Image`.
    pub image: Option<String>,
    /// `ImagePullPolicy`. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// `Memory`.
    pub memory: Option<Decimal>,
    /// `Name`.
    pub name: Option<String>,
    /// `Ports`.
    pub ports: Vec<ContainerPort>,
    /// `PreviousState`.
    pub previous_state: Option<ContainerState>,
    /// `Ready`.
    pub ready: Option<bool>,
    /// `RestartCount`.
    pub restart_count: Option<i32>,
    /// `SecurityContext`.
    pub security_context: Option<SecurityContextInfo>,
    /// `VolumeMounts`.
    pub volume_mounts: Vec<VolumeMount>,
    /// `WorkingDir`.
    pub working_dir: Option<String>,
}

fields! {
    InitContainerInfo {
        args = "Args",
        command = "Command",
        cpu = "Cpu",
        current_state = "CurrentState",
        environment_vars = "EnvironmentVars",
        gpu = "Gpu",
        image = "Image",
        image_pull_policy = "ImagePullPolicy".values(&["Always", "IfNotPresent", "Never"]),
        memory = "Memory",
        name = "Name",
        ports = "Ports",
        previous_state = "PreviousState",
        ready = "Ready",
        restart_count = "RestartCount",
        security_context = "SecurityContext",
        volume_mounts = "VolumeMounts",
        working_dir = "WorkingDir",
    }
}

/// `ContainerState`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerState {
    /// `DetailStatus`.
    pub detail_status: Option<String>,
    /// `ExitCode`.
    pub exit_code: Option<i32>,
    /// `FinishTime`.
    pub finish_time: Option<String>,
    /// `Message`.
    pub message: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `Signal`.
    pub signal: Option<i32>,
    /// `StartTime`.
    pub start_time: Option<String>,
    /// `State`. `Waiting`, `Running` or `Terminated`.
    pub state: Option<String>,
}

fields! {
    ContainerState {
        detail_status = "DetailStatus",
        exit_code = "ExitCode",
        finish_time = "FinishTime",
        message = "Message",
        reason = "Reason",
        signal = "Signal",
        start_time = "StartTime",
        state = "State".values(&["Waiting", "Running", "Terminated"]),
    }
}

/// `EnvironmentVarInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentVarInfo {
    /// `Key`.
    pub key: Option<String>,
    /// `Value`.
    pub value: Option<Sensitive<String>>,
    /// `ValueFrom`.
    pub value_from: Option<EnvironmentVarSource>,
}

fields! {
    EnvironmentVarInfo {
        key = "Key",
        value = "Value",
        value_from = "ValueFrom",
    }
}

/// `EnvironmentVarSource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentVarSource {
    /// `FieldRef`.
    pub field_ref: Option<FieldRef>,
}

fields! {
    EnvironmentVarSource {
        field_ref = "FieldRef",
    }
}

/// `ProbeInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProbeInfo {
    /// `Execs`.
    pub execs: Vec<String>,
    /// `FailureThreshold`.
    pub failure_threshold: Option<i32>,
    /// `HttpGet`.
    pub http_get: Option<HttpGetAction>,
    /// `InitialDelaySeconds`.
    pub initial_delay_seconds: Option<i32>,
    /// `PeriodSeconds`.
    pub period_seconds: Option<i32>,
    /// `SuccessThreshold`.
    pub success_threshold: Option<i32>,
    /// `TcpSocket`.
    pub tcp_socket: Option<TcpSocketInfo>,
    /// `TimeoutSeconds`.
    pub timeout_seconds: Option<i32>,
}

fields! {
    ProbeInfo {
        execs = "Execs",
        failure_threshold = "FailureThreshold",
        http_get = "HttpGet",
        initial_delay_seconds = "InitialDelaySeconds",
        period_seconds = "PeriodSeconds",
        success_threshold = "SuccessThreshold",
        tcp_socket = "TcpSocket",
        timeout_seconds = "TimeoutSeconds",
    }
}

/// `TcpSocketInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TcpSocketInfo {
    /// `Host`.
    pub host: Option<String>,
    /// `Port`.
    pub port: Option<i32>,
}

fields! {
    TcpSocketInfo {
        host = "Host",
        port = "Port",
    }
}

/// `SecurityContextInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContextInfo {
    /// `Capability`.
    pub capability: Option<CapabilityInfo>,
    /// `ReadOnlyRootFilesystem`.
    pub read_only_root_filesystem: Option<bool>,
    /// `RunAsUser`.
    pub run_as_user: Option<i64>,
}

fields! {
    SecurityContextInfo {
        capability = "Capability",
        read_only_root_filesystem = "ReadOnlyRootFilesystem",
        run_as_user = "RunAsUser",
    }
}

/// `CapabilityInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CapabilityInfo {
    /// `Adds`.
    pub adds: Vec<String>,
}

fields! {
    CapabilityInfo {
        adds = "Adds",
    }
}
