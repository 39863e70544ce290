//! Changing a container group.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::container::{ContainerPort, EnvironmentVar, SecurityContext, VolumeMount};
use super::container_probe::{HttpHeader, Probe};
use super::group_parts::{AcrRegistryInfoUpdate, DnsConfig, ImageRegistryCredential};
use super::tag::Tag;
use super::volume::{EmptyDirVolume, FlexVolume, HostPathVolume, NfsVolume};
use crate::api::record::fields;
use crate::api::{Decimal, Extra};
use crate::secret::Sensitive;

/// `UpdateContainerGroup`.
///
/// The request of [`Action::UpdateContainerGroup`](crate::api::Action::UpdateContainerGroup).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateContainerGroup {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `AcrRegistryInfo`. At most 21 items.
    pub acr_registry_info: Vec<AcrRegistryInfoUpdate>,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `Container`. At most 21 items.
    pub container: Vec<ContainerUpdate>,
    /// `Cpu`.
    pub cpu: Option<Decimal>,
    /// `DnsConfig`.
    pub dns_config: Option<DnsConfig>,
    /// `ImageRegistryCredential`. At most 21 items.
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// `InitContainer`. At most 21 items.
    pub init_container: Vec<InitContainerUpdate>,
    /// `Memory`.
    pub memory: Option<Decimal>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RestartPolicy`. `Always`, `Never` or `OnFailure`.
    pub restart_policy: Option<String>,
    /// `Tag`. At most 21 items.
    pub tag: Vec<Tag>,
    /// `UpdateType`. `RenewUpdate` or `IncrementalUpdate`. Default `RenewUpdate`.
    pub update_type: Option<String>,
    /// `Volume`. At most 20 items.
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
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateContainerGroupAnswer + extra {
        request_id = "RequestId",
    }
}

/// `ContainerUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerUpdate {
    /// `Arg`. At most 10 items.
    pub arg: Vec<String>,
    /// `Command`. At most 101 items.
    pub command: Vec<String>,
    /// `Cpu`, in vCPU.
    pub cpu: Option<Decimal>,
    /// `EnvironmentVar`. At most 101 items.
    pub environment_var: Vec<EnvironmentVar>,
    /// `Gpu`.
    pub gpu: Option<i32>,
    /// `Image`.
    pub image: Option<String>,
    /// `ImagePullPolicy`. `Always`, `IfNotPresent` or `Never`.
    pub image_pull_policy: Option<String>,
    /// `LifecyclePostStartHandlerExec`. At most 101 items.
    pub lifecycle_post_start_handler_exec: Vec<String>,
    /// `LifecyclePostStartHandlerHttpGetHost`.
    pub lifecycle_post_start_handler_http_get_host: Option<String>,
    /// `LifecyclePostStartHandlerHttpGetHttpHeaders`. At most 101 items.
    pub lifecycle_post_start_handler_http_get_http_headers: Vec<HttpHeader>,
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
    /// `Name`.
    pub name: Option<String>,
    /// `Port`. At most 101 items.
    pub port: Vec<ContainerPort>,
    /// `ReadinessProbe`.
    pub readiness_probe: Option<Probe>,
    /// `SecurityContext`.
    pub security_context: Option<SecurityContext>,
    /// `Stdin`. Off by default.
    pub stdin: Option<bool>,
    /// `StdinOnce`.
    pub stdin_once: Option<bool>,
    /// `Tty`. Off by default.
    pub tty: Option<bool>,
    /// `VolumeMount`. At most 101 items.
    pub volume_mount: Vec<VolumeMount>,
    /// `WorkingDir`.
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

/// `InitContainerUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitContainerUpdate {
    /// `Arg`. At most 10 items.
    pub arg: Vec<String>,
    /// `Command`. At most 101 items.
    pub command: Vec<String>,
    /// `Cpu`, in vCPU.
    pub cpu: Option<Decimal>,
    /// `EnvironmentVar`. At most 101 items.
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
    /// `Stdin`. Off by default.
    pub stdin: Option<bool>,
    /// `StdinOnce`.
    pub stdin_once: Option<bool>,
    /// `Tty`. Off by default.
    pub tty: Option<bool>,
    /// `VolumeMount`. At most 101 items.
    pub volume_mount: Vec<VolumeMount>,
    /// `WorkingDir`.
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

/// `VolumeUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeUpdate {
    /// `ConfigFileVolume`.
    pub config_file_volume: Option<ConfigFileVolumeUpdate>,
    /// `EmptyDirVolume`.
    pub empty_dir_volume: Option<EmptyDirVolume>,
    /// `FlexVolume`.
    pub flex_volume: Option<FlexVolume>,
    /// `HostPathVolume`.
    pub host_path_volume: Option<HostPathVolume>,
    /// `NFSVolume`.
    pub nfs_volume: Option<NfsVolume>,
    /// `Name`.
    pub name: Option<String>,
    /// `Type`. `EmptyDirVolume`, `NFSVolume`, `ConfigFileVolume`, `FlexVolume`, `HostPathVolume` or `DiskVolume`.
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

/// `ConfigFileVolumeUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileVolumeUpdate {
    /// `ConfigFileToPath`. At most 16 items.
    pub config_file_to_path: Vec<ConfigFileUpdate>,
}

fields! {
    ConfigFileVolumeUpdate {
        config_file_to_path = "ConfigFileToPath".items(16),
    }
}

/// `ConfigFileUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileUpdate {
    /// `Content`.
    pub content: Option<Sensitive<String>>,
    /// `Path`.
    pub path: Option<String>,
}

fields! {
    ConfigFileUpdate {
        content = "Content",
        path = "Path",
    }
}
