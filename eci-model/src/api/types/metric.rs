//! Metrics of container groups.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::record::fields;
use crate::api::{Extra, JsonList};

/// Reads metrics of one container group over time, at most fifty points.
///
/// The request of [`Action::DescribeContainerGroupMetric`](crate::api::Action::DescribeContainerGroupMetric).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupMetric {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The last time, RFC 3339; now if absent.
    pub end_time: Option<String>,
    /// How long from point to point, a number as text, in seconds. 15 seconds where no times are given. `15`, `30`,
    /// `60` or `600`. Default `60`.
    pub period: Option<String>,
    /// The first time, RFC 3339, at most 30 days ago; five minutes before the last if absent.
    pub start_time: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupMetric + extra {
        container_group_id = "ContainerGroupId".required(),
        region_id = "RegionId".required(),
        end_time = "EndTime",
        period = "Period".values(&["15", "30", "60", "600"]),
        start_time = "StartTime",
    }
}

/// The answer to [`DescribeContainerGroupMetric`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupMetricAnswer {
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// The points.
    pub records: Vec<MetricRecord>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupMetricAnswer + extra {
        container_group_id = "ContainerGroupId",
        records = "Records",
        request_id = "RequestId",
    }
}

/// The metrics of a container group at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetricRecord {
    /// The use of CPU.
    pub cpu: Option<CpuMetric>,
    /// The containers.
    pub containers: Vec<ContainerMetric>,
    /// The disks.
    pub disk: Vec<DiskMetric>,
    /// The file systems.
    pub filesystem: Vec<FilesystemMetric>,
    /// The use of memory.
    pub memory: Option<MemoryMetric>,
    /// The network.
    pub network: Option<NetworkMetric>,
    /// When.
    pub timestamp: Option<String>,
}

fields! {
    MetricRecord {
        cpu = "CPU",
        containers = "Containers",
        disk = "Disk",
        filesystem = "Filesystem",
        memory = "Memory",
        network = "Network",
        timestamp = "Timestamp",
    }
}

/// Reads the newest metrics of several container groups.
///
/// The request of [`Action::DescribeMultiContainerGroupMetric`](crate::api::Action::DescribeMultiContainerGroupMetric).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeMultiContainerGroupMetric {
    /// The ids of at most 20 container groups. Required.
    pub container_group_ids: JsonList,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Which metrics. Only `summary`.
    pub metric_type: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeMultiContainerGroupMetric + extra {
        container_group_ids = "ContainerGroupIds".required(),
        region_id = "RegionId".required(),
        metric_type = "MetricType".values(&["summary"]),
        resource_group_id = "ResourceGroupId",
    }
}

/// The answer to [`DescribeMultiContainerGroupMetric`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeMultiContainerGroupMetricAnswer {
    /// The container groups.
    pub monitor_datas: Vec<ContainerGroupMetrics>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeMultiContainerGroupMetricAnswer + extra {
        monitor_datas = "MonitorDatas",
        request_id = "RequestId",
    }
}

/// The metrics of one of several container groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroupMetrics {
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// The newest point.
    pub records: Vec<LatestMetricRecord>,
}

fields! {
    ContainerGroupMetrics {
        container_group_id = "ContainerGroupId",
        records = "Records",
    }
}

/// The newest metrics of a container group. The disks spell two names in another way than [`MetricRecord`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LatestMetricRecord {
    /// The use of CPU.
    pub cpu: Option<CpuMetric>,
    /// The containers.
    pub containers: Vec<ContainerMetric>,
    /// The disks.
    pub disk: Vec<LatestDiskMetric>,
    /// The file systems.
    pub filesystem: Vec<FilesystemMetric>,
    /// The use of memory.
    pub memory: Option<MemoryMetric>,
    /// The network.
    pub network: Option<NetworkMetric>,
    /// When.
    pub timestamp: Option<String>,
}

fields! {
    LatestMetricRecord {
        cpu = "CPU",
        containers = "Containers",
        disk = "Disk",
        filesystem = "Filesystem",
        memory = "Memory",
        network = "Network",
        timestamp = "Timestamp",
    }
}

/// The use of CPU.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpuMetric {
    /// The CPU that may be used. No page says in what.
    pub limit: Option<i64>,
    /// The load.
    pub load: Option<i64>,
    /// The CPU time used so far, in nanoseconds of a core.
    pub usage_core_nano_seconds: Option<i64>,
    /// The CPU used at the time, in billionths of a core.
    pub usage_nano_cores: Option<i64>,
}

fields! {
    CpuMetric {
        limit = "Limit",
        load = "Load",
        usage_core_nano_seconds = "UsageCoreNanoSeconds",
        usage_nano_cores = "UsageNanoCores",
    }
}

/// The use of memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryMetric {
    /// What is left, in bytes.
    pub available_bytes: Option<i64>,
    /// The cache, in bytes.
    pub cache: Option<i64>,
    /// The resident part, in bytes.
    pub rss: Option<i64>,
    /// What is used, in bytes.
    pub usage_bytes: Option<i64>,
    /// The working set, in bytes.
    pub working_set: Option<i64>,
}

fields! {
    MemoryMetric {
        available_bytes = "AvailableBytes",
        cache = "Cache",
        rss = "Rss",
        usage_bytes = "UsageBytes",
        working_set = "WorkingSet",
    }
}

/// The metrics of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerMetric {
    /// The use of CPU.
    pub cpu: Option<CpuMetric>,
    /// The use of memory.
    pub memory: Option<MemoryMetric>,
    /// The name.
    pub name: Option<String>,
}

fields! {
    ContainerMetric {
        cpu = "CPU",
        memory = "Memory",
        name = "Name",
    }
}

/// The use of a disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskMetric {
    /// The device.
    pub device: Option<String>,
    /// Bytes read.
    pub read_bytes: Option<i64>,
    /// Reads.
    pub read_io: Option<i64>,
    /// Bytes written.
    pub write_bytes: Option<i64>,
    /// Writes.
    pub write_io: Option<i64>,
}

fields! {
    DiskMetric {
        device = "Device",
        read_bytes = "ReadBytes",
        read_io = "ReadIO",
        write_bytes = "WriteBytes",
        write_io = "WriteIO",
    }
}

/// The use of a disk, as [`DescribeMultiContainerGroupMetric`] spells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LatestDiskMetric {
    /// The device.
    pub device: Option<String>,
    /// Bytes read.
    pub read_bytes: Option<i64>,
    /// Reads.
    pub read_io: Option<i64>,
    /// Bytes written.
    pub write_bytes: Option<i64>,
    /// Writes.
    pub write_io: Option<i64>,
}

fields! {
    LatestDiskMetric {
        device = "Device",
        read_bytes = "ReadBytes",
        read_io = "ReadIo",
        write_bytes = "WriteBytes",
        write_io = "WriteIo",
    }
}

/// The use of a file system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesystemMetric {
    /// What is left, in bytes.
    pub available: Option<i64>,
    /// What there is, in bytes.
    pub capacity: Option<i64>,
    /// What the file system is for. Absent in the answer for several groups. `System`, `Volume` or `Other`.
    pub category: Option<String>,
    /// The name of the file system.
    pub fs_name: Option<String>,
    /// What is used, in bytes.
    pub usage: Option<i64>,
}

fields! {
    FilesystemMetric {
        available = "Available",
        capacity = "Capacity",
        category = "Category".values(&["System", "Volume", "Other"]),
        fs_name = "FsName",
        usage = "Usage",
    }
}

/// The use of the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkMetric {
    /// The interfaces.
    pub interfaces: Vec<InterfaceMetric>,
}

fields! {
    NetworkMetric {
        interfaces = "Interfaces",
    }
}

/// The use of an interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InterfaceMetric {
    /// The name.
    pub name: Option<String>,
    /// Bytes received.
    pub rx_bytes: Option<i64>,
    /// Packets dropped on receipt.
    pub rx_drops: Option<i64>,
    /// Errors on receipt.
    pub rx_errors: Option<i64>,
    /// Packets received.
    pub rx_packets: Option<i64>,
    /// Bytes sent.
    pub tx_bytes: Option<i64>,
    /// Packets dropped on sending.
    pub tx_drops: Option<i64>,
    /// Errors on sending.
    pub tx_errors: Option<i64>,
    /// Packets sent.
    pub tx_packets: Option<i64>,
}

fields! {
    InterfaceMetric {
        name = "Name",
        rx_bytes = "RxBytes",
        rx_drops = "RxDrops",
        rx_errors = "RxErrors",
        rx_packets = "RxPackets",
        tx_bytes = "TxBytes",
        tx_drops = "TxDrops",
        tx_errors = "TxErrors",
        tx_packets = "TxPackets",
    }
}
