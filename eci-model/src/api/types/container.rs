//! Containers of a request, and what they share with those of an answer.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::container_probe::{HttpHeader, Probe};
use crate::api::Decimal;
use crate::api::record::fields;
use crate::secret::Sensitive;

/// `Container`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// `Arg`. At most 10 items. At most 65535 characters.
    pub arg: Vec<String>,
    /// `Command`. At most 20 items. At most 256 characters.
    pub command: Vec<String>,
    /// `Cpu`, in vCPU.
    pub cpu: Option<Decimal>,
    /// `EnvironmentVar`. At most 241 items.
    pub environment_var: Vec<EnvironmentVar>,
    /// `EnvironmentVarHide`. Off by default.
    pub environment_var_hide: Option<bool>,
    /// `Gpu`.
    pub gpu: Option<i32>,
    /// `Image`. Required. At most 255 characters.
    pub image: String,
    /// `ImagePullPolicy`. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// `LifecyclePostStartHandlerExec`. At most 101 items.
    pub lifecycle_post_start_handler_exec: Vec<String>,
    /// `LifecyclePostStartHandlerHttpGetHost`.
    pub lifecycle_post_start_handler_http_get_host: Option<String>,
    /// `LifecyclePostStartHandlerHttpGetHttpHeader`. At most 101 items.
    pub lifecycle_post_start_handler_http_get_http_header: Vec<HttpHeader>,
    /// `LifecyclePostStartHandlerHttpGetPath`.
    pub lifecycle_post_start_handler_http_get_path: Option<String>,
    /// `LifecyclePostStartHandlerHttpGetPort`.
    pub lifecycle_post_start_handler_http_get_port: Option<i32>,
    /// `LifecyclePostStartHandlerHttpGetScheme`. `HTTP` or `HTTPS`.
    pub lifecycle_post_start_handler_http_get_scheme: Option<String>,
    /// `LifecyclePostStartHandlerTcpSocketHost`.
    pub lifecycle_post_start_handler_tcp_socket_host: Option<String>,
    /// `LifecyclePostStartHandlerTcpSocketPort`.
    pub lifecycle_post_start_handler_tcp_socket_port: Option<i32>,
    /// `LifecyclePreStopHandlerExec`. At most 101 items.
    pub lifecycle_pre_stop_handler_exec: Vec<String>,
    /// `LifecyclePreStopHandlerHttpGetHost`.
    pub lifecycle_pre_stop_handler_http_get_host: Option<String>,
    /// `LifecyclePreStopHandlerHttpGetHttpHeader`. At most 101 items.
    pub lifecycle_pre_stop_handler_http_get_http_header: Vec<HttpHeader>,
    /// `LifecyclePreStopHandlerHttpGetPath`.
    pub lifecycle_pre_stop_handler_http_get_path: Option<String>,
    /// `LifecyclePreStopHandlerHttpGetPort`.
    pub lifecycle_pre_stop_handler_http_get_port: Option<i32>,
    /// `LifecyclePreStopHandlerHttpGetScheme`. `HTTP` or `HTTPS`.
    pub lifecycle_pre_stop_handler_http_get_scheme: Option<String>,
    /// `LifecyclePreStopHandlerTcpSocketHost`.
    pub lifecycle_pre_stop_handler_tcp_socket_host: Option<String>,
    /// `LifecyclePreStopHandlerTcpSocketPort`.
    pub lifecycle_pre_stop_handler_tcp_socket_port: Option<i32>,
    /// `LivenessProbe`.
    pub liveness_probe: Option<Probe>,
    /// `Memory`, in GiB.
    pub memory: Option<Decimal>,
    /// `Name`. Required.
    pub name: String,
    /// `Port`. At most 101 items.
    pub port: Vec<ContainerPort>,
    /// `ReadinessProbe`.
    pub readiness_probe: Option<Probe>,
    /// `SecurityContext`.
    pub security_context: Option<SecurityContext>,
    /// `SecurityContextPrivileged`. Off by default.
    pub security_context_privileged: Option<bool>,
    /// `SecurityContextRunAsGroup`.
    pub security_context_run_as_group: Option<i64>,
    /// `SecurityContextRunAsNonRoot`. Off by default.
    pub security_context_run_as_non_root: Option<bool>,
    /// `Stdin`. Off by default.
    pub stdin: Option<bool>,
    /// `StdinOnce`.
    pub stdin_once: Option<bool>,
    /// `TerminationMessagePath`.
    pub termination_message_path: Option<String>,
    /// `TerminationMessagePolicy`.
    pub termination_message_policy: Option<String>,
    /// `Tty`. Off by default.
    pub tty: Option<bool>,
    /// `VolumeMount`. At most 101 items.
    pub volume_mount: Vec<VolumeMount>,
    /// `WorkingDir`.
    pub working_dir: Option<String>,
}

fields! {
    Container {
        arg = "Arg".length(0, 65535).items(10),
        command = "Command".length(0, 256).items(20),
        cpu = "Cpu",
        environment_var = "EnvironmentVar".items(241),
        environment_var_hide = "EnvironmentVarHide",
        gpu = "Gpu",
        image = "Image".required().length(1, 255),
        image_pull_policy = "ImagePullPolicy".values(&["Always", "IfNotPresent", "Never"]),
        lifecycle_post_start_handler_exec = "LifecyclePostStartHandlerExec".items(101),
        lifecycle_post_start_handler_http_get_host = "LifecyclePostStartHandlerHttpGetHost",
        lifecycle_post_start_handler_http_get_http_header = "LifecyclePostStartHandlerHttpGetHttpHeader".items(101),
        lifecycle_post_start_handler_http_get_path = "LifecyclePostStartHandlerHttpGetPath",
        lifecycle_post_start_handler_http_get_port = "LifecyclePostStartHandlerHttpGetPort",
        lifecycle_post_start_handler_http_get_scheme = "LifecyclePostStartHandlerHttpGetScheme".values(&["HTTP", "HTTPS"]),
        lifecycle_post_start_handler_tcp_socket_host = "LifecyclePostStartHandlerTcpSocketHost",
        lifecycle_post_start_handler_tcp_socket_port = "LifecyclePostStartHandlerTcpSocketPort",
        lifecycle_pre_stop_handler_exec = "LifecyclePreStopHandlerExec".items(101),
        lifecycle_pre_stop_handler_http_get_host = "LifecyclePreStopHandlerHttpGetHost",
        lifecycle_pre_stop_handler_http_get_http_header = "LifecyclePreStopHandlerHttpGetHttpHeader".items(101),
        lifecycle_pre_stop_handler_http_get_path = "LifecyclePreStopHandlerHttpGetPath",
        lifecycle_pre_stop_handler_http_get_port = "LifecyclePreStopHandlerHttpGetPort",
        lifecycle_pre_stop_handler_http_get_scheme = "LifecyclePreStopHandlerHttpGetScheme".values(&["HTTP", "HTTPS"]),
        lifecycle_pre_stop_handler_tcp_socket_host = "LifecyclePreStopHandlerTcpSocketHost",
        lifecycle_pre_stop_handler_tcp_socket_port = "LifecyclePreStopHandlerTcpSocketPort",
        liveness_probe = "LivenessProbe",
        memory = "Memory",
        name = "Name".required(),
        port = "Port".items(101),
        readiness_probe = "ReadinessProbe",
        security_context = "SecurityContext",
        security_context_privileged = "SecurityContextPrivileged",
        security_context_run_as_group = "SecurityContextRunAsGroup",
        security_context_run_as_non_root = "SecurityContextRunAsNonRoot",
        stdin = "Stdin",
        stdin_once = "StdinOnce",
        termination_message_path = "TerminationMessagePath",
        termination_message_policy = "TerminationMessagePolicy",
        tty = "Tty",
        volume_mount = "VolumeMount".items(101),
        working_dir = "WorkingDir",
    }
}

/// `InitContainer`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitContainer {
    /// `Arg`. At most 10 items. At most 65535 characters.
    pub arg: Vec<String>,
    /// `Command`. At most 20 items. At most 256 characters.
    pub command: Vec<String>,
    /// `Cpu`, in vCPU.
    pub cpu: Option<Decimal>,
    /// `EnvironmentVar`. At most 241 items.
    pub environment_var: Vec<EnvironmentVar>,
    /// `Gpu`.
    pub gpu: Option<i32>,
    /// `Image`.
    pub image: Option<String>,
    /// `ImagePullPolicy`. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// `Memory`, in GiB.
    pub memory: Option<Decimal>,
    /// `Name`.
    pub name: Option<String>,
    /// `Port`. At most 101 items.
    pub port: Vec<ContainerPort>,
    /// `SecurityContext`.
    pub security_context: Option<SecurityContext>,
    /// `TerminationMessagePath`.
    pub termination_message_path: Option<String>,
    /// `TerminationMessagePolicy`.
    pub termination_message_policy: Option<String>,
    /// `VolumeMount`. At most 101 items.
    pub volume_mount: Vec<VolumeMount>,
    /// `WorkingDir`.
    pub working_dir: Option<String>,
}

fields! {
    InitContainer {
        arg = "Arg".length(0, 65535).items(10),
        command = "Command".length(0, 256).items(20),
        cpu = "Cpu",
        environment_var = "EnvironmentVar".items(241),
        gpu = "Gpu",
        image = "Image",
        image_pull_policy = "ImagePullPolicy".values(&["Always", "IfNotPresent", "Never"]),
        memory = "Memory",
        name = "Name",
        port = "Port".items(101),
        security_context = "SecurityContext",
        termination_message_path = "TerminationMessagePath",
        termination_message_policy = "TerminationMessagePolicy",
        volume_mount = "VolumeMount".items(101),
        working_dir = "WorkingDir",
    }
}

/// `EnvironmentVar`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentVar {
    /// `FieldRef`.
    pub field_ref: Option<FieldRef>,
    /// `Key`.
    pub key: Option<String>,
    /// `Value`. At most 256 characters.
    pub value: Option<Sensitive<String>>,
}

fields! {
    EnvironmentVar {
        field_ref = "FieldRef",
        key = "Key",
        value = "Value".length(0, 256),
    }
}

/// `FieldRef`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldRef {
    /// `FieldPath`.
    pub field_path: Option<String>,
}

fields! {
    FieldRef {
        field_path = "FieldPath",
    }
}

/// `ContainerPort`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerPort {
    /// `Port`.
    pub port: Option<i32>,
    /// `Protocol`.
    pub protocol: Option<String>,
}

fields! {
    ContainerPort {
        port = "Port",
        protocol = "Protocol",
    }
}

/// `VolumeMount`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeMount {
    /// `MountPath`.
    pub mount_path: Option<String>,
    /// `MountPropagation`. `None`, `HostToContainer`, `Bidirectional` or `HostToCotainer`.
    pub mount_propagation: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `ReadOnly`.
    pub read_only: Option<bool>,
    /// `SubPath`.
    pub sub_path: Option<String>,
}

fields! {
    VolumeMount {
        mount_path = "MountPath",
        mount_propagation = "MountPropagation".values(&["None", "HostToContainer", "Bidirectional", "HostToCotainer"]),
        name = "Name",
        read_only = "ReadOnly",
        sub_path = "SubPath",
    }
}

/// `SecurityContext`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContext {
    /// `Capability`.
    pub capability: Option<Capability>,
    /// `ReadOnlyRootFilesystem`.
    pub read_only_root_filesystem: Option<bool>,
    /// `RunAsUser`.
    pub run_as_user: Option<i64>,
}

fields! {
    SecurityContext {
        capability = "Capability",
        read_only_root_filesystem = "ReadOnlyRootFilesystem",
        run_as_user = "RunAsUser",
    }
}

/// `Capability`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capability {
    /// `Add`. `NET_ADMIN` or `NET_RAW`. At most 101 items.
    pub add: Vec<String>,
}

fields! {
    Capability {
        add = "Add".values(&["NET_ADMIN", "NET_RAW"]).items(101),
    }
}
