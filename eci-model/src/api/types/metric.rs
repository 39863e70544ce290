//! Metrics of container groups.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::record::fields;
use crate::api::{Extra, JsonList};

/// `DescribeContainerGroupMetric`.
///
/// The request of [`Action::DescribeContainerGroupMetric`](crate::api::Action::DescribeContainerGroupMetric).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupMetric {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `EndTime`.
    pub end_time: Option<String>,
    /// `Period`, in seconds. `15`, `30`, `60` or `600`. Default `60`.
    pub period: Option<String>,
    /// `StartTime`.
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
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `Records`.
    pub records: Vec<MetricRecord>,
    /// `RequestId`.
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

/// `MetricRecord`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetricRecord {
    /// `CPU`.
    pub cpu: Option<CpuMetric>,
    /// `Containers`.
    pub containers: Vec<ContainerMetric>,
    /// `Disk`.
    pub disk: Vec<DiskMetric>,
    /// `Filesystem`.
    pub filesystem: Vec<FilesystemMetric>,
    /// `Memory`.
    pub memory: Option<MemoryMetric>,
    /// `Network`.
    pub network: Option<NetworkMetric>,
    /// `Timestamp`.
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

/// `DescribeMultiContainerGroupMetric`.
///
/// The request of [`Action::DescribeMultiContainerGroupMetric`](crate::api::Action::DescribeMultiContainerGroupMetric).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeMultiContainerGroupMetric {
    /// `ContainerGroupIds`. Required.
    pub container_group_ids: JsonList,
    /// `RegionId`. Required.
    pub region_id: String,
    /// `MetricType`. Only `summary`.
    pub metric_type: Option<String>,
    /// `ResourceGroupId`.
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
    /// `MonitorDatas`.
    pub monitor_datas: Vec<ContainerGroupMetrics>,
    /// `RequestId`.
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

/// `ContainerGroupMetrics`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroupMetrics {
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `Records`.
    pub records: Vec<LatestMetricRecord>,
}

fields! {
    ContainerGroupMetrics {
        container_group_id = "ContainerGroupId",
        records = "Records",
    }
}

/// `LatestMetricRecord`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LatestMetricRecord {
    /// `CPU`.
    pub cpu: Option<CpuMetric>,
    /// `Containers`.
    pub containers: Vec<ContainerMetric>,
    /// `Disk`.
    pub disk: Vec<LatestDiskMetric>,
    /// `Filesystem`.
    pub filesystem: Vec<FilesystemMetric>,
    /// `Memory`.
    pub memory: Option<MemoryMetric>,
    /// `Network`.
    pub network: Option<NetworkMetric>,
    /// `Timestamp`.
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

/// `CpuMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpuMetric {
    /// `Limit`.
    pub limit: Option<i64>,
    /// `Load`.
    pub load: Option<i64>,
    /// `UsageCoreNanoSeconds`.
    pub usage_core_nano_seconds: Option<i64>,
    /// `UsageNanoCores`.
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

/// `MemoryMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryMetric {
    /// `AvailableBytes`.
    pub available_bytes: Option<i64>,
    /// `Cache`.
    pub cache: Option<i64>,
    /// `Rss`.
    pub rss: Option<i64>,
    /// `UsageBytes`.
    pub usage_bytes: Option<i64>,
    /// `WorkingSet`.
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

/// `ContainerMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerMetric {
    /// `CPU`.
    pub cpu: Option<CpuMetric>,
    /// `Memory`.
    pub memory: Option<MemoryMetric>,
    /// `Name`.
    pub name: Option<String>,
}

fields! {
    ContainerMetric {
        cpu = "CPU",
        memory = "Memory",
        name = "Name",
    }
}

/// `DiskMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskMetric {
    /// `Device`.
    pub device: Option<String>,
    /// `ReadBytes`.
    pub read_bytes: Option<i64>,
    /// `ReadIO`.
    pub read_io: Option<i64>,
    /// `WriteBytes`.
    pub write_bytes: Option<i64>,
    /// `WriteIO`.
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

/// `LatestDiskMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LatestDiskMetric {
    /// `Device`.
    pub device: Option<String>,
    /// `ReadBytes`.
    pub read_bytes: Option<i64>,
    /// `ReadIo`.
    pub read_io: Option<i64>,
    /// `WriteBytes`.
    pub write_bytes: Option<i64>,
    /// `WriteIo`.
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

/// `FilesystemMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesystemMetric {
    /// `Available`.
    pub available: Option<i64>,
    /// `Capacity`.
    pub capacity: Option<i64>,
    /// `Category`. `System`, `Volume` or `Other`.
    pub category: Option<String>,
    /// `FsName`.
    pub fs_name: Option<String>,
    /// `Usage`.
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

/// `NetworkMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkMetric {
    /// `Interfaces`.
    pub interfaces: Vec<InterfaceMetric>,
}

fields! {
    NetworkMetric {
        interfaces = "Interfaces",
    }
}

/// `InterfaceMetric`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InterfaceMetric {
    /// `Name`.
    pub name: Option<String>,
    /// `RxBytes`.
    pub rx_bytes: Option<i64>,
    /// `RxDrops`.
    pub rx_drops: Option<i64>,
    /// `RxErrors`.
    pub rx_errors: Option<i64>,
    /// `RxPackets`.
    pub rx_packets: Option<i64>,
    /// `TxBytes`.
    pub tx_bytes: Option<i64>,
    /// `TxDrops`.
    pub tx_drops: Option<i64>,
    /// `TxErrors`.
    pub tx_errors: Option<i64>,
    /// `TxPackets`.
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
