//! Reading container groups.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::container_info::{ContainerInfo, InitContainerInfo};
use super::event::Event;
use super::group_parts::{DnsOption, Sysctl};
use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{Decimal, Extra, JsonList};
use crate::secret::Sensitive;

/// `DescribeContainerGroups`.
///
/// The request of [`Action::DescribeContainerGroups`](crate::api::Action::DescribeContainerGroups).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroups {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ComputeCategory`. `economy` or `general`.
    pub compute_category: Option<String>,
    /// `ContainerGroupIds`.
    pub container_group_ids: Option<JsonList>,
    /// `ContainerGroupName`.
    pub container_group_name: Option<String>,
    /// `Limit`. Default 20. At most 20.
    pub limit: Option<i32>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `SecurityGroupId`.
    pub security_group_id: Option<String>,
    /// `Status`. `Pending`, `Running`, `Succeeded`, `Failed`, `Scheduling`, `ScheduleFailed`, `Restarting`, `Updating`,
    /// `Terminating` or `Expired`.
    pub status: Option<String>,
    /// `Tag`. At most 10 items.
    pub tag: Vec<Tag>,
    /// `VSwitchId`.
    pub vswitch_id: Option<String>,
    /// `WithEvent`.
    pub with_event: Option<bool>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroups + extra {
        region_id = "RegionId".required(),
        compute_category = "ComputeCategory".values(&["economy", "general"]),
        container_group_ids = "ContainerGroupIds",
        container_group_name = "ContainerGroupName",
        limit = "Limit".range(i64::MIN, 20),
        next_token = "NextToken",
        resource_group_id = "ResourceGroupId",
        security_group_id = "SecurityGroupId",
        status = "Status".values(&["Pending", "Running", "Succeeded", "Failed", "Scheduling", "ScheduleFailed", "Restarting", "Updating", "Terminating", "Expired"]),
        tag = "Tag".items(10),
        vswitch_id = "VSwitchId",
        with_event = "WithEvent",
        zone_id = "ZoneId",
    }
}

/// The answer to [`DescribeContainerGroups`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupsAnswer {
    /// `ContainerGroups`.
    pub container_groups: Vec<ContainerGroup>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// `TotalCount`.
    pub total_count: Option<i32>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupsAnswer + extra {
        container_groups = "ContainerGroups",
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// `ContainerGroup`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroup {
    /// `ComputeCategory`. `economy` or `general`.
    pub compute_category: Option<String>,
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `ContainerGroupName`.
    pub container_group_name: Option<String>,
    /// `Containers`.
    pub containers: Vec<ContainerInfo>,
    /// `Cpu`.
    pub cpu: Option<Decimal>,
    /// `CreationTime`.
    pub creation_time: Option<String>,
    /// `Discount`.
    pub discount: Option<i32>,
    /// `DnsConfig`.
    pub dns_config: Option<DnsConfigInfo>,
    /// `DnsPolicy`. `None` or `Default`. Known to the Go SDK of 2025-06 only.
    pub dns_policy: Option<String>,
    /// `EciSecurityContext`.
    pub eci_security_context: Option<EciSecurityContext>,
    /// `EniInstanceId`.
    pub eni_instance_id: Option<String>,
    /// `EphemeralStorage`.
    pub ephemeral_storage: Option<i32>,
    /// `Events`.
    pub events: Vec<Event>,
    /// `ExpiredTime`.
    pub expired_time: Option<String>,
    /// `FailedTime`.
    pub failed_time: Option<String>,
    /// `HostAliases`.
    pub host_aliases: Vec<HostAliasInfo>,
    /// `InitContainers`.
    pub init_containers: Vec<InitContainerInfo>,
    /// `InstanceType`.
    pub instance_type: Option<String>,
    /// `InternetIp`.
    pub internet_ip: Option<String>,
    /// `IntranetIp`.
    pub intranet_ip: Option<String>,
    /// `Ipv6Address`.
    pub ipv6_address: Option<String>,
    /// `Memory`.
    pub memory: Option<Decimal>,
    /// `RamRoleName`.
    pub ram_role_name: Option<String>,
    /// `RegionId`.
    pub region_id: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RestartPolicy`. `Always`, `Never` or `OnFailure`.
    pub restart_policy: Option<String>,
    /// `SecurityGroupId`.
    pub security_group_id: Option<String>,
    /// `SpotPriceLimit`.
    pub spot_price_limit: Option<Decimal>,
    /// `SpotStrategy`. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`.
    pub spot_strategy: Option<String>,
    /// `Status`. `Pending`, `Running`, `Succeeded`, `Failed`, `Scheduling`, `ScheduleFailed`, `Restarting`, `Updating`,
    /// `Terminating` or `Expired`.
    pub status: Option<String>,
    /// `SucceededTime`.
    pub succeeded_time: Option<String>,
    /// `Tags`.
    pub tags: Vec<Tag>,
    /// `TenantEniInstanceId`.
    pub tenant_eni_instance_id: Option<String>,
    /// `TenantEniIp`.
    pub tenant_eni_ip: Option<String>,
    /// `TenantSecurityGroupId`.
    pub tenant_security_group_id: Option<String>,
    /// `TenantVSwitchId`.
    pub tenant_vswitch_id: Option<String>,
    /// `VSwitchId`.
    pub vswitch_id: Option<String>,
    /// `Volumes`.
    pub volumes: Vec<VolumeInfo>,
    /// `VpcId`.
    pub vpc_id: Option<String>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
}

fields! {
    ContainerGroup {
        compute_category = "ComputeCategory".values(&["economy", "general"]),
        container_group_id = "ContainerGroupId",
        container_group_name = "ContainerGroupName",
        containers = "Containers",
        cpu = "Cpu",
        creation_time = "CreationTime",
        discount = "Discount",
        dns_config = "DnsConfig",
        dns_policy = "DnsPolicy".values(&["None", "Default"]),
        eci_security_context = "EciSecurityContext",
        eni_instance_id = "EniInstanceId",
        ephemeral_storage = "EphemeralStorage",
        events = "Events",
        expired_time = "ExpiredTime",
        failed_time = "FailedTime",
        host_aliases = "HostAliases",
        init_containers = "InitContainers",
        instance_type = "InstanceType",
        internet_ip = "InternetIp",
        intranet_ip = "IntranetIp",
        ipv6_address = "Ipv6Address",
        memory = "Memory",
        ram_role_name = "RamRoleName",
        region_id = "RegionId",
        resource_group_id = "ResourceGroupId",
        restart_policy = "RestartPolicy".values(&["Always", "Never", "OnFailure"]),
        security_group_id = "SecurityGroupId",
        spot_price_limit = "SpotPriceLimit",
        spot_strategy = "SpotStrategy".values(&["NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"]),
        status = "Status".values(&["Pending", "Running", "Succeeded", "Failed", "Scheduling", "ScheduleFailed", "Restarting", "Updating", "Terminating", "Expired"]),
        succeeded_time = "SucceededTime",
        tags = "Tags",
        tenant_eni_instance_id = "TenantEniInstanceId",
        tenant_eni_ip = "TenantEniIp",
        tenant_security_group_id = "TenantSecurityGroupId",
        tenant_vswitch_id = "TenantVSwitchId",
        vswitch_id = "VSwitchId",
        volumes = "Volumes",
        vpc_id = "VpcId",
        zone_id = "ZoneId",
    }
}

/// `DnsConfigInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DnsConfigInfo {
    /// `NameServers`.
    pub name_servers: Vec<String>,
    /// `Options`.
    pub options: Vec<DnsOption>,
    /// `Searches`.
    pub searches: Vec<String>,
}

fields! {
    DnsConfigInfo {
        name_servers = "NameServers",
        options = "Options",
        searches = "Searches",
    }
}

/// `EciSecurityContext`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EciSecurityContext {
    /// `Sysctls`.
    pub sysctls: Vec<Sysctl>,
}

fields! {
    EciSecurityContext {
        sysctls = "Sysctls",
    }
}

/// `HostAliasInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostAliasInfo {
    /// `Hostnames`.
    pub hostnames: Vec<String>,
    /// `Ip`.
    pub ip: Option<String>,
}

fields! {
    HostAliasInfo {
        hostnames = "Hostnames",
        ip = "Ip",
    }
}

/// `VolumeInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeInfo {
    /// `ConfigFileVolumeConfigFileToPaths`.
    pub config_file_volume_config_file_to_paths: Vec<ConfigFileInfo>,
    /// `DiskVolumeDiskId`.
    pub disk_volume_disk_id: Option<String>,
    /// `DiskVolumeFsType`.
    pub disk_volume_fs_type: Option<String>,
    /// `EmptyDirVolumeMedium`. Empty, `Memory` or `LocalRaid0`.
    pub empty_dir_volume_medium: Option<String>,
    /// `EmptyDirVolumeSizeLimit`.
    pub empty_dir_volume_size_limit: Option<String>,
    /// `FlexVolumeDriver`.
    pub flex_volume_driver: Option<String>,
    /// `FlexVolumeFsType`.
    pub flex_volume_fs_type: Option<String>,
    /// `FlexVolumeOptions`.
    pub flex_volume_options: Option<Sensitive<String>>,
    /// `NFSVolumePath`.
    pub nfs_volume_path: Option<String>,
    /// `NFSVolumeReadOnly`.
    pub nfs_volume_read_only: Option<bool>,
    /// `NFSVolumeServer`.
    pub nfs_volume_server: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `Type`. `EmptyDirVolume`, `NFSVolume`, `ConfigFileVolume` or `FlexVolume`.
    pub type_: Option<String>,
}

fields! {
    VolumeInfo {
        config_file_volume_config_file_to_paths = "ConfigFileVolumeConfigFileToPaths",
        disk_volume_disk_id = "DiskVolumeDiskId",
        disk_volume_fs_type = "DiskVolumeFsType",
        empty_dir_volume_medium = "EmptyDirVolumeMedium".values(&["", "Memory", "LocalRaid0"]),
        empty_dir_volume_size_limit = "EmptyDirVolumeSizeLimit",
        flex_volume_driver = "FlexVolumeDriver",
        flex_volume_fs_type = "FlexVolumeFsType",
        flex_volume_options = "FlexVolumeOptions",
        nfs_volume_path = "NFSVolumePath",
        nfs_volume_read_only = "NFSVolumeReadOnly",
        nfs_volume_server = "NFSVolumeServer",
        name = "Name",
        type_ = "Type".values(&["EmptyDirVolume", "NFSVolume", "ConfigFileVolume", "FlexVolume"]),
    }
}

/// `ConfigFileInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileInfo {
    /// `Content`.
    pub content: Option<Sensitive<String>>,
    /// `Path`.
    pub path: Option<String>,
}

fields! {
    ConfigFileInfo {
        content = "Content",
        path = "Path",
    }
}
