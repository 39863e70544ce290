//! Containers of an answer.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::container::{ContainerPort, FieldRef, VolumeMount};
use super::container_probe::HttpGetAction;
use crate::api::Decimal;
use crate::api::record::fields;
use crate::secret::Sensitive;

/// A container as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerInfo {
    /// The arguments of the command.
    pub args: Vec<String>,
    /// The command, in place of the entry point of the image.
    pub commands: Vec<String>,
    /// How much CPU.
    pub cpu: Option<Decimal>,
    /// What the container does.
    pub current_state: Option<ContainerState>,
    /// The environment.
    pub environment_vars: Vec<EnvironmentVarInfo>,
    /// How many GPUs.
    pub gpu: Option<i32>,
    /// The image.
    pub image: Option<String>,
    /// When the image is pulled. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// The check whose failure restarts the container.
    pub liveness_probe: Option<ProbeInfo>,
    /// How much memory.
    pub memory: Option<Decimal>,
    /// The name.
    pub name: Option<String>,
    /// The ports.
    pub ports: Vec<ContainerPort>,
    /// What the container did before its last restart.
    pub previous_state: Option<ContainerState>,
    /// The check whose failure takes the container out of service.
    pub readiness_probe: Option<ProbeInfo>,
    /// Whether the container passes its readiness check.
    pub ready: Option<bool>,
    /// How many times the container was started again.
    pub restart_count: Option<i32>,
    /// What the container may do.
    pub security_context: Option<SecurityContextInfo>,
    /// Whether standard input is open.
    pub stdin: Option<bool>,
    /// Whether standard input closes after the first client.
    pub stdin_once: Option<bool>,
    /// Whether the container has a terminal. A command `/bin/bash` needs one.
    pub tty: Option<bool>,
    /// The mounted volumes.
    pub volume_mounts: Vec<VolumeMount>,
    /// The folder in which the command starts.
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

/// An init container as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitContainerInfo {
    /// The arguments of the command.
    pub args: Vec<String>,
    /// The command, in place of the entry point of the image.
    pub command: Vec<String>,
    /// How much CPU.
    pub cpu: Option<Decimal>,
    /// What the container does.
    pub current_state: Option<ContainerState>,
    /// The environment.
    pub environment_vars: Vec<EnvironmentVarInfo>,
    /// How many GPUs.
    pub gpu: Option<i32>,
    /// The image.
    pub image: Option<String>,
    /// When the image is pulled. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// How much memory.
    pub memory: Option<Decimal>,
    /// The name.
    pub name: Option<String>,
    /// The ports.
    pub ports: Vec<ContainerPort>,
    /// What the container did before its last restart.
    pub previous_state: Option<ContainerState>,
    /// Whether the container passes its readiness check.
    pub ready: Option<bool>,
    /// How many times the container was started again.
    pub restart_count: Option<i32>,
    /// What the container may do.
    pub security_context: Option<SecurityContextInfo>,
    /// The mounted volumes.
    pub volume_mounts: Vec<VolumeMount>,
    /// The folder in which the command starts.
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

/// What a container does, or did before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerState {
    /// More about the state, in a word.
    pub detail_status: Option<String>,
    /// The exit code of the command.
    pub exit_code: Option<i32>,
    /// When the container ended.
    pub finish_time: Option<String>,
    /// What happened, for people.
    pub message: Option<String>,
    /// What happened, in a word.
    pub reason: Option<String>,
    /// The signal that ended the command.
    pub signal: Option<i32>,
    /// When the container started.
    pub start_time: Option<String>,
    /// What the container does. `Waiting`, `Running` or `Terminated`.
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

/// A variable of the environment as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentVarInfo {
    /// The name of the variable.
    pub key: Option<String>,
    /// The value.
    pub value: Option<Sensitive<String>>,
    /// A field of the group in place of a value.
    pub value_from: Option<EnvironmentVarSource>,
}

fields! {
    EnvironmentVarInfo {
        key = "Key",
        value = "Value",
        value_from = "ValueFrom",
    }
}

/// Where a variable takes its value from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentVarSource {
    /// The field.
    pub field_ref: Option<FieldRef>,
}

fields! {
    EnvironmentVarSource {
        field_ref = "FieldRef",
    }
}

/// A check of a container as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProbeInfo {
    /// The command to run.
    pub execs: Vec<String>,
    /// How many failures in a row count.
    pub failure_threshold: Option<i32>,
    /// Sends an HTTP request.
    pub http_get: Option<HttpGetAction>,
    /// How long to wait after the start of the container.
    pub initial_delay_seconds: Option<i32>,
    /// How long from check to check.
    pub period_seconds: Option<i32>,
    /// How many successes in a row count.
    pub success_threshold: Option<i32>,
    /// Connects to a port.
    pub tcp_socket: Option<TcpSocketInfo>,
    /// How long a check may take.
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

/// A check that connects, as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TcpSocketInfo {
    /// The host.
    pub host: Option<String>,
    /// The port.
    pub port: Option<i32>,
}

fields! {
    TcpSocketInfo {
        host = "Host",
        port = "Port",
    }
}

/// What a container may do, as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContextInfo {
    /// Capabilities of the kernel.
    pub capability: Option<CapabilityInfo>,
    /// Whether the container may only read its root file system. Only `true` has an effect.
    pub read_only_root_filesystem: Option<bool>,
    /// The user that the command runs as.
    pub run_as_user: Option<i64>,
}

fields! {
    SecurityContextInfo {
        capability = "Capability",
        read_only_root_filesystem = "ReadOnlyRootFilesystem",
        run_as_user = "RunAsUser",
    }
}

/// Capabilities of the kernel, as the service shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CapabilityInfo {
    /// Capabilities that were added.
    pub adds: Vec<String>,
}

fields! {
    CapabilityInfo {
        adds = "Adds",
    }
}
