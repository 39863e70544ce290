//! Creating a container group.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::container::{Container, InitContainer};
use super::group_parts::{
    AcrRegistryInfo, DnsConfig, GroupSecurityContext, HostAlias, ImageRegistryCredential, OverheadReservationOption,
};
use super::tag::Tag;
use super::volume::Volume;
use crate::api::record::fields;
use crate::api::{CommaList, Decimal, Extra};

/// Creates one container group, the instance a pod becomes. The answer comes before it runs.
///
/// The request of [`Action::CreateContainerGroup`](crate::api::Action::CreateContainerGroup).
///
/// # Example
/// ```
/// use eci_model::api::{CommaList, Container, CreateContainerGroup, Operation};
///
/// let request = CreateContainerGroup {
///     region_id: "cn-hangzhou".into(),
///     container_group_name: "web".into(),
///     container: vec![Container {
///         name: "main".into(),
///         image: "nginx:1.25".into(),
///         cpu: Some("0.5".parse()?),
///         memory: Some("1".parse()?),
///         ..Default::default()
///     }],
///     vswitch_id: Some(CommaList::from_iter(["vsw-a", "vsw-b"])),
///     client_token: Some("6ba7b810-9dad".into()),
///     ..Default::default()
/// };
/// assert!(Operation::from(request).check().is_empty());
/// # Ok::<(), eci_model::api::DecimalError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateContainerGroup {
    /// The containers. Required. At most 20 items.
    pub container: Vec<Container>,
    /// The name of the container group. Lower-case letters, digits and hyphens, none of them at an end. Required. From
    /// 2 to 128 characters.
    pub container_group_name: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Instances of the container registry that need no password. At most 21 items (metadata).
    pub acr_registry_info: Vec<AcrRegistryInfo>,
    /// How long the group may run, in seconds.
    pub active_deadline_seconds: Option<i64>,
    /// Whether an EIP is made for the group.
    pub auto_create_eip: Option<bool>,
    /// Whether the image cache that fits best is used. Off by default.
    pub auto_match_image_cache: Option<bool>,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII. At most 64 characters.
    pub client_token: Option<String>,
    /// The categories of the computing power that may be used. `economy` or `general`. At most 100 items (metadata).
    pub compute_category: Vec<String>,
    /// Whether containers see their own resources instead of the instance's, by its name; no page describes it.
    pub container_resource_view: Option<bool>,
    /// The path of core dumps. It must not start with a pipe.
    pub core_pattern: Option<String>,
    /// How much CPU the group has, in place of the sum of its containers, in vCPU.
    pub cpu: Option<Decimal>,
    /// The architecture of the CPU. `AMD64` or `ARM64`. Default `AMD64`.
    pub cpu_architecture: Option<String>,
    /// How many physical cores. From 0 to 1000.
    pub cpu_options_core: Option<i32>,
    /// Not usable.
    pub cpu_options_numa: Option<String>,
    /// How many threads a core has; 1 switches hyper-threading off. From 0 to 1000.
    pub cpu_options_threads_per_core: Option<i32>,
    /// The bucket of the data caches that host paths mean.
    pub data_cache_bucket: Option<String>,
    /// Whether the disk of a data cache may burst.
    pub data_cache_bursting_enabled: Option<bool>,
    /// The performance level of the disk of a data cache. Default `PL1`.
    pub data_cache_pl: Option<String>,
    /// The provisioned IOPS of the disk of a data cache.
    pub data_cache_provisioned_iops: Option<i64>,
    /// How names are looked up.
    pub dns_config: Option<DnsConfig>,
    /// Where the settings of name look-up come from. `None` or `Default`.
    pub dns_policy: Option<String>,
    /// Whether the request is only checked. A check that passes is answered as an error, `DryRunOperation` or
    /// `DryRun.Success`. Off by default.
    pub dry_run: Option<bool>,
    /// The limit of outgoing traffic. Whether in bits or bytes a second is disputed. At least 0.
    pub egress_bandwidth: Option<i64>,
    /// The bandwidth of the EIP that is made, in Mbit/s. Default 5. From 0 to 1000000.
    pub eip_bandwidth: Option<i32>,
    /// The bandwidth plan that the EIP joins.
    pub eip_common_bandwidth_package: Option<String>,
    /// The lines of the EIP. `BGP` or `BGP_PRO`. Default `BGP`.
    pub eip_isp: Option<String>,
    /// The id of an EIP to use.
    pub eip_instance_id: Option<String>,
    /// How much more temporary storage than the free part, in GiB. From 0 to 5000.
    pub ephemeral_storage: Option<i32>,
    /// Whether the group keeps its address after its end. A switch, though typed as text.
    pub fixed_ip: Option<String>,
    /// How long the address is kept after the end, in hours. Default 48.
    pub fixed_ip_retain_hour: Option<i32>,
    /// The driver of the GPUs. `tesla=470.82.01` or `tesla=525.85.12`. Default `tesla=470.82.01`.
    pub gpu_driver_version: Option<String>,
    /// Entries of the hosts file. At most 101 items (metadata).
    pub host_aliase: Vec<HostAlias>,
    /// The hostname.
    pub host_name: Option<String>,
    /// Kernel parameters that only some accounts may set. The pages name `kernel.shm*` but for one, `kernel.msg*`,
    /// `kernel.sem`, `fs.mqueue.*` and most of `net.*`.
    pub host_security_context: Option<GroupSecurityContext>,
    /// How the loading of images is sped up. `nydus`, `dadi`, `p2p` or `imc`.
    pub image_accelerate_mode: Option<String>,
    /// How to log in to registries. At most 11 items (metadata).
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// The image cache to use.
    pub image_snapshot_id: Option<String>,
    /// The limit of incoming traffic. Whether in bits or bytes a second is disputed. At least 0.
    pub ingress_bandwidth: Option<i64>,
    /// The init containers. At most 41 items (metadata).
    pub init_container: Vec<InitContainer>,
    /// Registries whose certificates are not checked.
    pub insecure_registry: Option<CommaList>,
    /// ECS types to try, in order of preference.
    pub instance_type: Option<CommaList>,
    /// How many IPv6 addresses. Only `1`.
    pub ipv6_address_count: Option<i32>,
    /// The bandwidth of IPv6 traffic to the internet, a number as text.
    pub ipv6_gateway_bandwidth: Option<String>,
    /// Whether the IPv6 address reaches the internet.
    pub ipv6_gateway_bandwidth_enable: Option<bool>,
    /// No page describes it. By its name how many minutes the group may wait for its instance. Known to the Go SDK of
    /// 2025-06 only.
    pub max_pending_minute: Option<i32>,
    /// How much memory the group has, in place of the sum of its containers, in GiB.
    pub memory: Option<Decimal>,
    /// The time servers. At most 21 items (metadata).
    pub ntp_server: Vec<String>,
    /// The operating system. `Windows` is by invitation. `Linux` or `Windows`. Default `Linux`.
    pub os_type: Option<String>,
    /// Whether the platform's own overhead is reserved. Known to the Python SDK of 2024-06 only; dropped since.
    pub overhead_reservation_option: Option<OverheadReservationOption>,
    /// Registries that are asked over HTTP.
    pub plain_http_registry: Option<CommaList>,
    /// The address to take, inside the vSwitch.
    pub private_ip_address: Option<String>,
    /// The RAM role that containers may take on.
    pub ram_role_name: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// When ended containers start again. `Always`, `Never` or `OnFailure`. Default `Always`.
    pub restart_policy: Option<String>,
    /// How a vSwitch is chosen: the first of the list that works, or by chance. `VSwitchOrdered` or `VSwitchRandom`.
    pub schedule_strategy: Option<String>,
    /// Kernel parameters. The pages name `net.ipv4.ping_group_range` and `net.ipv4.ip_unprivileged_port_start`.
    pub security_context: Option<GroupSecurityContext>,
    /// The security group.
    pub security_group_id: Option<String>,
    /// Whether the containers see the processes of one another. Off by default.
    pub share_process_namespace: Option<bool>,
    /// How long a spot instance is protected, in hours. 0 is not at all. Default 1.
    pub spot_duration: Option<i64>,
    /// The highest price an hour of a spot instance, with at most three decimals. `SpotWithPriceLimit` needs it.
    pub spot_price_limit: Option<Decimal>,
    /// Whether and how a spot instance is bought. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`. Default `NoSpot`.
    pub spot_strategy: Option<String>,
    /// Whether only a spot instance will do, by its name; no page describes it. Off by default.
    pub strict_spot: Option<bool>,
    /// Tags. At most 20 items.
    pub tag: Vec<Tag>,
    /// How long the containers have for their end, in seconds.
    pub termination_grace_period_seconds: Option<i64>,
    /// At most 10 vSwitches of one VPC.
    pub vswitch_id: Option<CommaList>,
    /// The volumes. At most 20 items.
    pub volume: Vec<Volume>,
    /// The zone.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    CreateContainerGroup + extra {
        container = "Container".required().items(20),
        container_group_name = "ContainerGroupName".required().length(2, 128),
        region_id = "RegionId".required(),
        acr_registry_info = "AcrRegistryInfo".items(21),
        active_deadline_seconds = "ActiveDeadlineSeconds",
        auto_create_eip = "AutoCreateEip",
        auto_match_image_cache = "AutoMatchImageCache",
        client_token = "ClientToken".length(0, 64),
        compute_category = "ComputeCategory".values(&["economy", "general"]).items(100),
        container_resource_view = "ContainerResourceView",
        core_pattern = "CorePattern",
        cpu = "Cpu",
        cpu_architecture = "CpuArchitecture".values(&["AMD64", "ARM64"]),
        cpu_options_core = "CpuOptionsCore".range(0, 1000),
        cpu_options_numa = "CpuOptionsNuma",
        cpu_options_threads_per_core = "CpuOptionsThreadsPerCore".range(0, 1000),
        data_cache_bucket = "DataCacheBucket",
        data_cache_bursting_enabled = "DataCacheBurstingEnabled",
        data_cache_pl = "DataCachePL",
        data_cache_provisioned_iops = "DataCacheProvisionedIops",
        dns_config = "DnsConfig",
        dns_policy = "DnsPolicy".values(&["None", "Default"]),
        dry_run = "DryRun",
        egress_bandwidth = "EgressBandwidth".range(0, i64::MAX),
        eip_bandwidth = "EipBandwidth".range(0, 1000000),
        eip_common_bandwidth_package = "EipCommonBandwidthPackage",
        eip_isp = "EipISP".values(&["BGP", "BGP_PRO"]),
        eip_instance_id = "EipInstanceId",
        ephemeral_storage = "EphemeralStorage".range(0, 5000),
        fixed_ip = "FixedIp",
        fixed_ip_retain_hour = "FixedIpRetainHour",
        gpu_driver_version = "GpuDriverVersion".values(&["tesla=470.82.01", "tesla=525.85.12"]),
        host_aliase = "HostAliase".items(101),
        host_name = "HostName",
        host_security_context = "HostSecurityContext",
        image_accelerate_mode = "ImageAccelerateMode".values(&["nydus", "dadi", "p2p", "imc"]),
        image_registry_credential = "ImageRegistryCredential".items(11),
        image_snapshot_id = "ImageSnapshotId",
        ingress_bandwidth = "IngressBandwidth".range(0, i64::MAX),
        init_container = "InitContainer".items(41),
        insecure_registry = "InsecureRegistry",
        instance_type = "InstanceType",
        ipv6_address_count = "Ipv6AddressCount".range(1, 1),
        ipv6_gateway_bandwidth = "Ipv6GatewayBandwidth",
        ipv6_gateway_bandwidth_enable = "Ipv6GatewayBandwidthEnable",
        max_pending_minute = "MaxPendingMinute",
        memory = "Memory",
        ntp_server = "NtpServer".items(21),
        os_type = "OsType".values(&["Linux", "Windows"]),
        overhead_reservation_option = "OverheadReservationOption",
        plain_http_registry = "PlainHttpRegistry",
        private_ip_address = "PrivateIpAddress",
        ram_role_name = "RamRoleName",
        resource_group_id = "ResourceGroupId",
        restart_policy = "RestartPolicy".values(&["Always", "Never", "OnFailure"]),
        schedule_strategy = "ScheduleStrategy".values(&["VSwitchOrdered", "VSwitchRandom"]),
        security_context = "SecurityContext",
        security_group_id = "SecurityGroupId",
        share_process_namespace = "ShareProcessNamespace",
        spot_duration = "SpotDuration",
        spot_price_limit = "SpotPriceLimit",
        spot_strategy = "SpotStrategy".values(&["NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"]),
        strict_spot = "StrictSpot",
        tag = "Tag".items(20),
        termination_grace_period_seconds = "TerminationGracePeriodSeconds",
        vswitch_id = "VSwitchId",
        volume = "Volume".items(20),
        zone_id = "ZoneId",
    }
}

/// The answer to [`CreateContainerGroup`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateContainerGroupAnswer {
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    CreateContainerGroupAnswer + extra {
        container_group_id = "ContainerGroupId",
        request_id = "RequestId",
    }
}
