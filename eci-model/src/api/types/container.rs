//! Containers of a request, and what they share with those of an answer.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::container_probe::{HttpHeader, Probe};
use crate::api::Decimal;
use crate::api::record::fields;
use crate::secret::{MaybeSecret, Sensitive};

/// A container to create.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// The arguments of the command. At most 10 items. Each at most 65535 characters.
    pub arg: Vec<MaybeSecret>,
    /// The command, in place of the entry point of the image. At most 20 items. Each at most 256 characters.
    pub command: Vec<MaybeSecret>,
    /// How much CPU, in vCPU.
    pub cpu: Option<Decimal>,
    /// The environment. At most 241 items (metadata).
    pub environment_var: Vec<EnvironmentVar>,
    /// Whether answers leave the values of the environment out. Off by default.
    pub environment_var_hide: Option<bool>,
    /// How many GPUs.
    pub gpu: Option<i32>,
    /// The image. Required. At most 255 characters.
    pub image: String,
    /// When the image is pulled. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// The command to run after the start. At most 101 items (metadata).
    pub lifecycle_post_start_handler_exec: Vec<String>,
    /// The host to ask over HTTP after the start.
    pub lifecycle_post_start_handler_http_get_host: Option<String>,
    /// The headers of the HTTP request after the start. At most 101 items (metadata).
    pub lifecycle_post_start_handler_http_get_http_header: Vec<HttpHeader>,
    /// The path to ask over HTTP after the start.
    pub lifecycle_post_start_handler_http_get_path: Option<String>,
    /// The port to ask over HTTP after the start.
    pub lifecycle_post_start_handler_http_get_port: Option<i32>,
    /// The protocol of the request after the start. `HTTP` or `HTTPS`.
    pub lifecycle_post_start_handler_http_get_scheme: Option<String>,
    /// The host to connect to after the start.
    pub lifecycle_post_start_handler_tcp_socket_host: Option<String>,
    /// The port to connect to after the start.
    pub lifecycle_post_start_handler_tcp_socket_port: Option<i32>,
    /// The command to run before the end. At most 101 items (metadata).
    pub lifecycle_pre_stop_handler_exec: Vec<String>,
    /// The host to ask over HTTP before the end.
    pub lifecycle_pre_stop_handler_http_get_host: Option<String>,
    /// The headers of the HTTP request before the end. At most 101 items (metadata).
    pub lifecycle_pre_stop_handler_http_get_http_header: Vec<HttpHeader>,
    /// The path to ask over HTTP before the end.
    pub lifecycle_pre_stop_handler_http_get_path: Option<String>,
    /// The port to ask over HTTP before the end.
    pub lifecycle_pre_stop_handler_http_get_port: Option<i32>,
    /// The protocol of the request before the end. `HTTP` or `HTTPS`.
    pub lifecycle_pre_stop_handler_http_get_scheme: Option<String>,
    /// The host to connect to before the end.
    pub lifecycle_pre_stop_handler_tcp_socket_host: Option<String>,
    /// The port to connect to before the end.
    pub lifecycle_pre_stop_handler_tcp_socket_port: Option<i32>,
    /// The check whose failure restarts the container.
    pub liveness_probe: Option<Probe>,
    /// How much memory, in GiB.
    pub memory: Option<Decimal>,
    /// The name, once in a group. Required.
    pub name: String,
    /// The ports. At most 101 items (metadata).
    pub port: Vec<ContainerPort>,
    /// The check whose failure takes the container out of service.
    pub readiness_probe: Option<Probe>,
    /// What the container may do.
    pub security_context: Option<SecurityContext>,
    /// Whether the container has every right on its instance. For accounts on a list only. Off by default.
    pub security_context_privileged: Option<bool>,
    /// The group that the command runs as.
    pub security_context_run_as_group: Option<i64>,
    /// Whether an image that runs as root is refused. Off by default.
    pub security_context_run_as_non_root: Option<bool>,
    /// Whether standard input is open. Off by default.
    pub stdin: Option<bool>,
    /// Whether standard input closes after the first client.
    pub stdin_once: Option<bool>,
    /// The file whose text tells why the container ended.
    pub termination_message_path: Option<String>,
    /// Where the text that tells why the container ended comes from. The pages describe only the notification of a
    /// message queue.
    pub termination_message_policy: Option<String>,
    /// Whether the container has a terminal. A command `/bin/bash` needs one. Off by default.
    pub tty: Option<bool>,
    /// The mounted volumes. At most 101 items (metadata).
    pub volume_mount: Vec<VolumeMount>,
    /// The folder in which the command starts.
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

/// An init container to create.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitContainer {
    /// The arguments of the command. At most 10 items. Each at most 65535 characters.
    pub arg: Vec<MaybeSecret>,
    /// The command, in place of the entry point of the image. At most 20 items. Each at most 256 characters.
    pub command: Vec<MaybeSecret>,
    /// How much CPU, in vCPU.
    pub cpu: Option<Decimal>,
    /// The environment. At most 241 items (metadata).
    pub environment_var: Vec<EnvironmentVar>,
    /// How many GPUs.
    pub gpu: Option<i32>,
    /// The image.
    pub image: Option<String>,
    /// When the image is pulled. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// How much memory, in GiB.
    pub memory: Option<Decimal>,
    /// The name, once in a group.
    pub name: Option<String>,
    /// The ports. At most 101 items (metadata).
    pub port: Vec<ContainerPort>,
    /// What the container may do.
    pub security_context: Option<SecurityContext>,
    /// The file whose text tells why the container ended.
    pub termination_message_path: Option<String>,
    /// Where the text that tells why the container ended comes from. The pages describe only the notification of a
    /// message queue.
    pub termination_message_policy: Option<String>,
    /// The mounted volumes. At most 101 items (metadata).
    pub volume_mount: Vec<VolumeMount>,
    /// The folder in which the command starts.
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

/// A variable of the environment: a value, or a reference to a field of the group.
///
/// # Example
/// ```
/// use eci_model::Sensitive;
/// use eci_model::api::EnvironmentVar;
///
/// let variable = EnvironmentVar {
///     key: Some("DB_PASSWORD".into()),
///     value: Some(Sensitive::from("hunter2").with_origin("Secret shop/db key password")),
///     field_ref: None,
/// };
/// assert!(!format!("{variable:?}").contains("hunter2"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentVar {
    /// A field of the group in place of a value.
    pub field_ref: Option<FieldRef>,
    /// The name of the variable: letters, digits and underscores, no digit at the start, at most 128 characters.
    pub key: Option<String>,
    /// The value, which may be empty. A page says at most 256 characters, the description does not.
    pub value: Option<Sensitive<String>>,
}

fields! {
    EnvironmentVar {
        field_ref = "FieldRef",
        key = "Key",
        value = "Value",
    }
}

/// A reference to a field of the group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldRef {
    /// The field. Only `status.podIP`.
    pub field_path: Option<String>,
}

fields! {
    FieldRef {
        field_path = "FieldPath".values(&["status.podIP"]),
    }
}

/// A port that a container listens on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerPort {
    /// The number of the port. From 1 to 65535.
    pub port: Option<i32>,
    /// The protocol. `TCP` or `UDP`.
    pub protocol: Option<String>,
}

fields! {
    ContainerPort {
        port = "Port".range(1, 65535),
        protocol = "Protocol".values(&["TCP", "UDP"]),
    }
}

/// A volume in the file system of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeMount {
    /// Where the volume appears in the container.
    pub mount_path: Option<String>,
    /// Whether mounts below the path are shared with the instance. `HostToCotainer` is a slip of the English pages that
    /// is accepted as well. `None`, `HostToContainer`, `Bidirectional` or `HostToCotainer`. Default `None`.
    pub mount_propagation: Option<String>,
    /// The name of the volume.
    pub name: Option<String>,
    /// Whether the container may only read. Off by default.
    pub read_only: Option<bool>,
    /// The folder of the volume to mount.
    pub sub_path: Option<MaybeSecret>,
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

/// What a container may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContext {
    /// Capabilities of the kernel.
    pub capability: Option<Capability>,
    /// Whether the container may only read its root file system. Only `true` has an effect.
    pub read_only_root_filesystem: Option<bool>,
    /// The user that the command runs as.
    pub run_as_user: Option<i64>,
}

fields! {
    SecurityContext {
        capability = "Capability",
        read_only_root_filesystem = "ReadOnlyRootFilesystem",
        run_as_user = "RunAsUser",
    }
}

/// Capabilities of the kernel beyond the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capability {
    /// Capabilities to add. `NET_RAW` needs a support ticket. `NET_ADMIN` or `NET_RAW`. At most 101 items (metadata).
    pub add: Vec<String>,
}

fields! {
    Capability {
        add = "Add".values(&["NET_ADMIN", "NET_RAW"]).items(101),
    }
}
