//! Reading container groups.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::container_info::{ContainerInfo, InitContainerInfo};
use super::event::Event;
use super::group_parts::{DnsOption, Sysctl};
use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{Decimal, Extra, JsonList};
use crate::secret::Sensitive;

/// Reads container groups in full. A group that does not exist is missing from the list; that is no error.
///
/// The request of [`Action::DescribeContainerGroups`](crate::api::Action::DescribeContainerGroups).
///
/// # Example
/// ```
/// use eci_model::api::{DescribeContainerGroups, JsonList, Operation};
///
/// let request = DescribeContainerGroups {
///     region_id: "cn-hangzhou".into(),
///     container_group_ids: Some(JsonList::from_iter(["eci-1", "eci-2"])),
///     limit: Some(20),
///     ..Default::default()
/// };
/// let parameters = Operation::from(request).to_parameters();
/// assert!(parameters.contains(&("ContainerGroupIds".into(), r#"["eci-1","eci-2"]"#.into())));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroups {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Only groups of this category. `economy` or `general`.
    pub compute_category: Option<String>,
    /// The ids of at most 20 container groups.
    pub container_group_ids: Option<JsonList>,
    /// Only groups of this name.
    pub container_group_name: Option<String>,
    /// How many items a page has. Default 20. At most 20.
    pub limit: Option<i32>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The security group.
    pub security_group_id: Option<String>,
    /// Only groups of this status. `Pending`, `Running`, `Succeeded`, `Failed`, `Scheduling`, `ScheduleFailed`,
    /// `Restarting`, `Updating`, `Terminating` or `Expired`.
    pub status: Option<String>,
    /// Tags. At most 10 items (metadata).
    pub tag: Vec<Tag>,
    /// The vSwitch.
    pub vswitch_id: Option<String>,
    /// Whether the answer holds events.
    pub with_event: Option<bool>,
    /// The zone, such as `cn-hangzhou-h`.
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
    /// The container groups.
    pub container_groups: Vec<ContainerGroup>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// How many there are in all.
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

/// A container group as the service shows it. Hooks, credentials, deadlines, hostnames and newer security fields are
/// not part of the description of the answer; a live answer may hold more.
///
/// # Example
/// ```
/// use eci_model::api::{Action, Answer, DescribeContainerGroupsAnswer};
///
/// let json = r#"{"RequestId": "1", "ContainerGroups": [{"ContainerGroupId": "eci-1", "Status": "Running", "Cpu": 2.0}]}"#;
/// let answer: DescribeContainerGroupsAnswer =
///     Answer::from_json(Action::DescribeContainerGroups, json)?.try_into()?;
/// let group = &answer.container_groups[0];
/// assert_eq!(group.status.as_deref(), Some("Running"));
/// assert_eq!(group.cpu, Some(2.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroup {
    /// The category of the computing power. `economy` or `general`.
    pub compute_category: Option<String>,
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// The name of the container group. Lower-case letters, digits and hyphens, none of them at an end.
    pub container_group_name: Option<String>,
    /// The containers.
    pub containers: Vec<ContainerInfo>,
    /// How much CPU.
    pub cpu: Option<Decimal>,
    /// When it was created.
    pub creation_time: Option<String>,
    /// The discount; no page says in what.
    pub discount: Option<i32>,
    /// How names are looked up.
    pub dns_config: Option<DnsConfigInfo>,
    /// Where the settings of name look-up come from. `None` or `Default`. Known to the Go SDK of 2025-06 only.
    pub dns_policy: Option<String>,
    /// Kernel parameters.
    pub eci_security_context: Option<EciSecurityContext>,
    /// The network interface.
    pub eni_instance_id: Option<String>,
    /// How much more temporary storage than the free part, in GiB.
    pub ephemeral_storage: Option<i32>,
    /// The latest events.
    pub events: Vec<Event>,
    /// When the group expired.
    pub expired_time: Option<String>,
    /// When the group failed.
    pub failed_time: Option<String>,
    /// Entries of the hosts file.
    pub host_aliases: Vec<HostAliasInfo>,
    /// The init containers.
    pub init_containers: Vec<InitContainerInfo>,
    /// The ECS type.
    pub instance_type: Option<String>,
    /// The address on the internet.
    pub internet_ip: Option<String>,
    /// The address inside the VPC.
    pub intranet_ip: Option<String>,
    /// The IPv6 address.
    pub ipv6_address: Option<String>,
    /// How much memory.
    pub memory: Option<Decimal>,
    /// The RAM role that containers may take on.
    pub ram_role_name: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// When ended containers start again. `Always`, `Never` or `OnFailure`.
    pub restart_policy: Option<String>,
    /// The security group.
    pub security_group_id: Option<String>,
    /// The highest price an hour of a spot instance, with at most three decimals. `SpotWithPriceLimit` needs it.
    pub spot_price_limit: Option<Decimal>,
    /// Whether and how a spot instance is bought. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`.
    pub spot_strategy: Option<String>,
    /// The status. `Pending`, `Running`, `Succeeded`, `Failed`, `Scheduling`, `ScheduleFailed`, `Restarting`,
    /// `Updating`, `Terminating` or `Expired`.
    pub status: Option<String>,
    /// When the group succeeded.
    pub succeeded_time: Option<String>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// The network interface inside the VPC of the tenant.
    pub tenant_eni_instance_id: Option<String>,
    /// The address inside the VPC of the tenant.
    pub tenant_eni_ip: Option<String>,
    /// The security group inside the VPC of the tenant.
    pub tenant_security_group_id: Option<String>,
    /// The vSwitch inside the VPC of the tenant.
    pub tenant_vswitch_id: Option<String>,
    /// The vSwitch.
    pub vswitch_id: Option<String>,
    /// The volumes.
    pub volumes: Vec<VolumeInfo>,
    /// The VPC.
    pub vpc_id: Option<String>,
    /// The zone, such as `cn-hangzhou-h`.
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

/// How the containers look names up, as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DnsConfigInfo {
    /// The servers to ask.
    pub name_servers: Vec<String>,
    /// The options of the resolver.
    pub options: Vec<DnsOption>,
    /// The domains to try.
    pub searches: Vec<String>,
}

fields! {
    DnsConfigInfo {
        name_servers = "NameServers",
        options = "Options",
        searches = "Searches",
    }
}

/// Kernel parameters of the group, as the service shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EciSecurityContext {
    /// The parameters.
    pub sysctls: Vec<Sysctl>,
}

fields! {
    EciSecurityContext {
        sysctls = "Sysctls",
    }
}

/// Names of an address in the hosts file, as the service shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostAliasInfo {
    /// The names.
    pub hostnames: Vec<String>,
    /// The address.
    pub ip: Option<String>,
}

fields! {
    HostAliasInfo {
        hostnames = "Hostnames",
        ip = "Ip",
    }
}

/// A volume as the service shows it: the sources lie flat in one struct. Host paths and file modes are not part of the
/// description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeInfo {
    /// The files that the request carried.
    pub config_file_volume_config_file_to_paths: Vec<ConfigFileInfo>,
    /// The id of the disk.
    pub disk_volume_disk_id: Option<String>,
    /// The kind of file system on the disk.
    pub disk_volume_fs_type: Option<String>,
    /// What the scratch space lies on. Empty, `Memory` or `LocalRaid0`.
    pub empty_dir_volume_medium: Option<String>,
    /// The largest size of the scratch space.
    pub empty_dir_volume_size_limit: Option<String>,
    /// The Flex driver.
    pub flex_volume_driver: Option<String>,
    /// The kind of file system behind the Flex driver.
    pub flex_volume_fs_type: Option<String>,
    /// The options of the Flex driver, a JSON object as text.
    pub flex_volume_options: Option<Sensitive<String>>,
    /// The path on the server.
    pub nfs_volume_path: Option<String>,
    /// Whether the group may only read.
    pub nfs_volume_read_only: Option<bool>,
    /// The server.
    pub nfs_volume_server: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Which source is meant. `EmptyDirVolume`, `NFSVolume`, `ConfigFileVolume` or `FlexVolume`.
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

/// A file of a volume as the service shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileInfo {
    /// The content, in Base64.
    pub content: Option<Sensitive<String>>,
    /// The path below the mount.
    pub path: Option<String>,
}

fields! {
    ConfigFileInfo {
        content = "Content",
        path = "Path",
    }
}
