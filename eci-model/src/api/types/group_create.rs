//! Creating a container group.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::container::{Container, InitContainer};
use super::group_parts::{
    AcrRegistryInfo, DnsConfig, GroupSecurityContext, HostAlias, ImageRegistryCredential, OverheadReservationOption,
};
use super::tag::Tag;
use super::volume::Volume;
use crate::api::record::fields;
use crate::api::{CommaList, Decimal, Extra};

/// `CreateContainerGroup`.
///
/// The request of [`Action::CreateContainerGroup`](crate::api::Action::CreateContainerGroup).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateContainerGroup {
    /// `Container`. Required. At most 20 items.
    pub container: Vec<Container>,
    /// `ContainerGroupName`. Required. From 2 to 128 characters.
    pub container_group_name: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `AcrRegistryInfo`. At most 21 items.
    pub acr_registry_info: Vec<AcrRegistryInfo>,
    /// `ActiveDeadlineSeconds`, in seconds.
    pub active_deadline_seconds: Option<i64>,
    /// `AutoCreateEip`.
    pub auto_create_eip: Option<bool>,
    /// `AutoMatchImageCache`. Off by default.
    pub auto_match_image_cache: Option<bool>,
    /// `ClientToken`. At most 64 characters.
    pub client_token: Option<String>,
    /// `ComputeCategory`. `economy` or `general`. At most 100 items.
    pub compute_category: Vec<String>,
    /// `ContainerResourceView`.
    pub container_resource_view: Option<bool>,
    /// `CorePattern`.
    pub core_pattern: Option<String>,
    /// `Cpu`, in vCPU.
    pub cpu: Option<Decimal>,
    /// `CpuArchitecture`. `AMD64` or `ARM64`. Default `AMD64`.
    pub cpu_architecture: Option<String>,
    /// `CpuOptionsCore`. From 0 to 1000.
    pub cpu_options_core: Option<i32>,
    /// `CpuOptionsNuma`.
    pub cpu_options_numa: Option<String>,
    /// `CpuOptionsThreadsPerCore`. From 0 to 1000.
    pub cpu_options_threads_per_core: Option<i32>,
    /// `DataCacheBucket`.
    pub data_cache_bucket: Option<String>,
    /// `DataCacheBurstingEnabled`.
    pub data_cache_bursting_enabled: Option<bool>,
    /// `DataCachePL`. Default `PL1`.
    pub data_cache_pl: Option<String>,
    /// `DataCacheProvisionedIops`.
    pub data_cache_provisioned_iops: Option<i64>,
    /// `DnsConfig`.
    pub dns_config: Option<DnsConfig>,
    /// `DnsPolicy`. `None` or `Default`.
    pub dns_policy: Option<String>,
    /// `DryRun`. Off by default.
    pub dry_run: Option<bool>,
    /// `EgressBandwidth`. At least 0.
    pub egress_bandwidth: Option<i64>,
    /// `EipBandwidth`, in Mbit/s. Default 5. From 0 to 1000000.
    pub eip_bandwidth: Option<i32>,
    /// `EipCommonBandwidthPackage`.
    pub eip_common_bandwidth_package: Option<String>,
    /// `EipISP`. `BGP` or `BGP_PRO`. Default `BGP`.
    pub eip_isp: Option<String>,
    /// `EipInstanceId`.
    pub eip_instance_id: Option<String>,
    /// `EphemeralStorage`, in GiB. From 0 to 5000.
    pub ephemeral_storage: Option<i32>,
    /// `FixedIp`.
    pub fixed_ip: Option<String>,
    /// `FixedIpRetainHour`, in hours. Default 48.
    pub fixed_ip_retain_hour: Option<i32>,
    /// `GpuDriverVersion`. `tesla=470.82.01` or `tesla=525.85.12`. Default `tesla=470.82.01`.
    pub gpu_driver_version: Option<String>,
    /// `HostAliase`. At most 101 items.
    pub host_aliase: Vec<HostAlias>,
    /// `HostName`.
    pub host_name: Option<String>,
    /// `HostSecurityContext`.
    pub host_security_context: Option<GroupSecurityContext>,
    /// `ImageAccelerateMode`. `nydus`, `dadi`, `p2p` or `imc`.
    pub image_accelerate_mode: Option<String>,
    /// `ImageRegistryCredential`. At most 11 items.
    pub image_registry_credential: Vec<ImageRegistryCredential>,
    /// `ImageSnapshotId`.
    pub image_snapshot_id: Option<String>,
    /// `IngressBandwidth`. At least 0.
    pub ingress_bandwidth: Option<i64>,
    /// `InitContainer`. At most 41 items.
    pub init_container: Vec<InitContainer>,
    /// `InsecureRegistry`.
    pub insecure_registry: Option<CommaList>,
    /// `InstanceType`.
    pub instance_type: Option<CommaList>,
    /// `Ipv6AddressCount`. Only `1`.
    pub ipv6_address_count: Option<i32>,
    /// `Ipv6GatewayBandwidth`.
    pub ipv6_gateway_bandwidth: Option<String>,
    /// `Ipv6GatewayBandwidthEnable`.
    pub ipv6_gateway_bandwidth_enable: Option<bool>,
    /// `MaxPendingMinute`. Known to the Go SDK of 2025-06 only.
    pub max_pending_minute: Option<i32>,
    /// `Memory`, in GiB.
    pub memory: Option<Decimal>,
    /// `NtpServer`. At most 21 items.
    pub ntp_server: Vec<String>,
    /// `OsType`. `Linux` or `Windows`. Default `Linux`.
    pub os_type: Option<String>,
    /// `OverheadReservationOption`. Known to the Python SDK of 2024-06 only; dropped since.
    pub overhead_reservation_option: Option<OverheadReservationOption>,
    /// `PlainHttpRegistry`.
    pub plain_http_registry: Option<CommaList>,
    /// `PrivateIpAddress`.
    pub private_ip_address: Option<String>,
    /// `RamRoleName`.
    pub ram_role_name: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `RestartPolicy`. `Always`, `Never` or `OnFailure`. Default `Always`.
    pub restart_policy: Option<String>,
    /// `ScheduleStrategy`. `VSwitchOrdered` or `VSwitchRandom`.
    pub schedule_strategy: Option<String>,
    /// `SecurityContext`.
    pub security_context: Option<GroupSecurityContext>,
    /// `SecurityGroupId`.
    pub security_group_id: Option<String>,
    /// `ShareProcessNamespace`. Off by default.
    pub share_process_namespace: Option<bool>,
    /// `SpotDuration`, in hours. Default 1.
    pub spot_duration: Option<i64>,
    /// `SpotPriceLimit`.
    pub spot_price_limit: Option<Decimal>,
    /// `SpotStrategy`. `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`. Default `NoSpot`.
    pub spot_strategy: Option<String>,
    /// `StrictSpot`. Off by default.
    pub strict_spot: Option<bool>,
    /// `Tag`. At most 20 items.
    pub tag: Vec<Tag>,
    /// `TerminationGracePeriodSeconds`, in seconds.
    pub termination_grace_period_seconds: Option<i64>,
    /// `VSwitchId`.
    pub vswitch_id: Option<CommaList>,
    /// `Volume`. At most 20 items.
    pub volume: Vec<Volume>,
    /// `ZoneId`.
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
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `RequestId`.
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
