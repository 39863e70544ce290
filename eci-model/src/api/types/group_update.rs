//! Changing a container group.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::container::{ContainerPort, EnvironmentVar, SecurityContext, VolumeMount};
use super::container_probe::{HttpHeader, Probe};
use super::group_parts::{AcrRegistryInfoUpdate, DnsConfig, ImageRegistryCredential};
use super::tag::Tag;
use super::volume::{EmptyDirVolume, FlexVolume, HostPathVolume, NfsVolume};
use crate::api::record::fields;
use crate::api::{Decimal, Extra};
use crate::secret::Sensitive;

/// Changes a container group that is Pending or Running. Containers, volumes and other lists are replaced whole unless
/// `update_type` says otherwise.
///
/// The request of [`Action::UpdateContainerGroup`](crate::api::Action::UpdateContainerGroup).
///
/// # Example
/// ```
/// use eci_model::api::{ContainerUpdate, Operation, UpdateContainerGroup};
///
/// let request = UpdateContainerGroup {
///     region_id: "cn-hangzhou".into(),
///     container_group_id: "eci-1".into(),
///     update_type: Some("IncrementalUpdate".into()),
///     container: vec![ContainerUpdate {
///         name: Some("main".into()),
///         image: Some("nginx:1.26".into()),
///         ..Default::default()
///     }],
///     ..Default::default()
/// };
/// assert_eq!(Operation::from(request).to_parameters().len(), 5);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateContainerGroup {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Instances of the container registry that need no password. At most 21 items (metadata).
    pub acr_registry_info: Vec<AcrRegistryInfoUpdate>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The containers. At most 21 items (metadata).
    pub container: Vec<ContainerUpdate>,
    /// How many vCPU the group has.
    pub cpu: Option<Decimal>,
    /// How names are looked up.
    pub dns_config: Option<DnsConfig>,
    /// How to log in to registries. At most 21 items (metadata).
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// The init containers. At most 21 items (metadata).
    pub init_container: Vec<InitContainerUpdate>,
    /// How much memory the group has, in GiB.
    pub memory: Option<Decimal>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// When ended containers start again. `Always`, `Never` or `OnFailure`.
    pub restart_policy: Option<String>,
    /// Tags. At most 21 items (metadata).
    pub tag: Vec<Tag>,
    /// Whether lists and structs are replaced whole, or what is absent stays. `RenewUpdate` or `IncrementalUpdate`.
    /// Default `RenewUpdate`.
    pub update_type: Option<String>,
    /// The volumes. At most 20 items.
    pub volume: Vec<VolumeUpdate>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    UpdateContainerGroup + extra {
        container_group_id = "ContainerGroupId".required(),
        region_id = "RegionId".required(),
        acr_registry_info = "AcrRegistryInfo".items(21),
        client_token = "ClientToken",
        container = "Container".items(21),
        cpu = "Cpu",
        dns_config = "DnsConfig",
        image_registry_credential = "ImageRegistryCredential".items(21),
        init_container = "InitContainer".items(21),
        memory = "Memory",
        resource_group_id = "ResourceGroupId",
        restart_policy = "RestartPolicy".values(&["Always", "Never", "OnFailure"]),
        tag = "Tag".items(21),
        update_type = "UpdateType".values(&["RenewUpdate", "IncrementalUpdate"]),
        volume = "Volume".items(20),
    }
}

/// The answer to [`UpdateContainerGroup`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateContainerGroupAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateContainerGroupAnswer + extra {
        request_id = "RequestId",
    }
}

/// A container as it should become; the description of updates knows fewer fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerUpdate {
    /// The arguments of the command. At most 10 items.
    pub arg: Vec<String>,
    /// The command, in place of the entry point of the image. At most 101 items (metadata).
    pub command: Vec<String>,
    /// How much CPU, in vCPU.
    pub cpu: Option<Decimal>,
    /// The environment. At most 101 items (metadata).
    pub environment_var: Vec<EnvironmentVar>,
    /// How many GPUs.
    pub gpu: Option<i32>,
    /// The image.
    pub image: Option<String>,
    /// When the image is pulled. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// The command to run after the start. At most 101 items (metadata).
    pub lifecycle_post_start_handler_exec: Vec<String>,
    /// The host to ask over HTTP after the start.
    pub lifecycle_post_start_handler_http_get_host: Option<String>,
    /// The headers of the HTTP request after the start. Updates spell the name in the plural. At most 101 items
    /// (metadata).
    pub lifecycle_post_start_handler_http_get_http_headers: Vec<HttpHeader>,
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
    /// The name.
    pub name: Option<String>,
    /// The ports. At most 101 items (metadata).
    pub port: Vec<ContainerPort>,
    /// The check whose failure takes the container out of service.
    pub readiness_probe: Option<Probe>,
    /// What the container may do.
    pub security_context: Option<SecurityContext>,
    /// Whether standard input is open. Off by default.
    pub stdin: Option<bool>,
    /// Whether standard input closes after the first client.
    pub stdin_once: Option<bool>,
    /// Whether the container has a terminal. A command `/bin/bash` needs one. Off by default.
    pub tty: Option<bool>,
    /// The mounted volumes. At most 101 items (metadata).
    pub volume_mount: Vec<VolumeMount>,
    /// The folder in which the command starts.
    pub working_dir: Option<String>,
}

fields! {
    ContainerUpdate {
        arg = "Arg".items(10),
        command = "Command".items(101),
        cpu = "Cpu",
        environment_var = "EnvironmentVar".items(101),
        gpu = "Gpu",
        image = "Image",
        image_pull_policy = "ImagePullPolicy".values(&["Always", "IfNotPresent", "Never"]),
        lifecycle_post_start_handler_exec = "LifecyclePostStartHandlerExec".items(101),
        lifecycle_post_start_handler_http_get_host = "LifecyclePostStartHandlerHttpGetHost",
        lifecycle_post_start_handler_http_get_http_headers = "LifecyclePostStartHandlerHttpGetHttpHeaders".items(101),
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
        name = "Name",
        port = "Port".items(101),
        readiness_probe = "ReadinessProbe",
        security_context = "SecurityContext",
        stdin = "Stdin",
        stdin_once = "StdinOnce",
        tty = "Tty",
        volume_mount = "VolumeMount".items(101),
        working_dir = "WorkingDir",
    }
}

/// An init container as it should become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitContainerUpdate {
    /// The arguments of the command. At most 10 items.
    pub arg: Vec<String>,
    /// The command, in place of the entry point of the image. At most 101 items (metadata).
    pub command: Vec<String>,
    /// How much CPU, in vCPU.
    pub cpu: Option<Decimal>,
    /// The environment. At most 101 items (metadata).
    pub environment_var: Vec<EnvironmentVar>,
    /// How many GPUs.
    pub gpu: Option<i32>,
    /// The image.
    pub image: Option<String>,
    /// When the image is pulled. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// How much memory, in GiB.
    pub memory: Option<Decimal>,
    /// The name.
    pub name: Option<String>,
    /// The ports. At most 101 items (metadata).
    pub port: Vec<ContainerPort>,
    /// What the container may do.
    pub security_context: Option<SecurityContext>,
    /// Whether standard input is open. Off by default.
    pub stdin: Option<bool>,
    /// Whether standard input closes after the first client.
    pub stdin_once: Option<bool>,
    /// Whether the container has a terminal. A command `/bin/bash` needs one. Off by default.
    pub tty: Option<bool>,
    /// The mounted volumes. At most 101 items (metadata).
    pub volume_mount: Vec<VolumeMount>,
    /// The folder in which the command starts.
    pub working_dir: Option<String>,
}

fields! {
    InitContainerUpdate {
        arg = "Arg".items(10),
        command = "Command".items(101),
        cpu = "Cpu",
        environment_var = "EnvironmentVar".items(101),
        gpu = "Gpu",
        image = "Image",
        image_pull_policy = "ImagePullPolicy".values(&["Always", "IfNotPresent", "Never"]),
        memory = "Memory",
        name = "Name",
        port = "Port".items(101),
        security_context = "SecurityContext",
        stdin = "Stdin",
        stdin_once = "StdinOnce",
        tty = "Tty",
        volume_mount = "VolumeMount".items(101),
        working_dir = "WorkingDir",
    }
}

/// A volume as it should become; cloud disks and file modes cannot be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeUpdate {
    /// Files that the request carries.
    pub config_file_volume: Option<ConfigFileVolumeUpdate>,
    /// Scratch space.
    pub empty_dir_volume: Option<EmptyDirVolume>,
    /// A volume behind a Flex driver.
    pub flex_volume: Option<FlexVolume>,
    /// A path of the host.
    pub host_path_volume: Option<HostPathVolume>,
    /// A file system over NFS.
    pub nfs_volume: Option<NfsVolume>,
    /// The name, once in a group.
    pub name: Option<String>,
    /// The kind. `EmptyDirVolume`, `NFSVolume`, `ConfigFileVolume`, `FlexVolume`, `HostPathVolume` or `DiskVolume`.
    pub type_: Option<String>,
}

fields! {
    VolumeUpdate {
        config_file_volume = "ConfigFileVolume",
        empty_dir_volume = "EmptyDirVolume",
        flex_volume = "FlexVolume",
        host_path_volume = "HostPathVolume",
        nfs_volume = "NFSVolume",
        name = "Name",
        type_ = "Type".values(&["EmptyDirVolume", "NFSVolume", "ConfigFileVolume", "FlexVolume", "HostPathVolume", "DiskVolume"]),
    }
}

/// Files that the request carries, in an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileVolumeUpdate {
    /// The files. At most 16 items (metadata).
    pub config_file_to_path: Vec<ConfigFileUpdate>,
}

fields! {
    ConfigFileVolumeUpdate {
        config_file_to_path = "ConfigFileToPath".items(16),
    }
}

/// A file of a volume, in an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileUpdate {
    /// The content, in Base64. At most 32 KB a file.
    pub content: Option<Sensitive<String>>,
    /// The path below the mount.
    pub path: Option<String>,
}

fields! {
    ConfigFileUpdate {
        content = "Content",
        path = "Path",
    }
}
