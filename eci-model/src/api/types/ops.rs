//! Core dumps and packet captures.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;
use crate::secret::Sensitive;

/// Starts a core dump or a packet capture.
///
/// The request of [`Action::CreateInstanceOpsTask`](crate::api::Action::CreateInstanceOpsTask).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateInstanceOpsTask {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The kind of task. Required. `coredump` or `tcpdump`.
    pub ops_type: String,
    /// `enable` or `disable` for core dumps; for captures a JSON object as text with `Enable`, `Protocol`, `SourceIp`,
    /// `SourceCidr`, `SourcePort`, `DestIp`, `DestCidr`, `DestPort`, `IfDeviceName`, `Snaplen`, `Duration`, `PacketNum`
    /// and `FileSize`. Required.
    pub ops_value: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    CreateInstanceOpsTask + extra {
        container_group_id = "ContainerGroupId".required(),
        ops_type = "OpsType".required().values(&["coredump", "tcpdump"]),
        ops_value = "OpsValue".required(),
        region_id = "RegionId".required(),
    }
}

/// The answer to [`CreateInstanceOpsTask`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateInstanceOpsTaskAnswer {
    /// The id that the service gave the call.
    pub request_id: String,
    /// The result, in a word.
    pub result: Option<String>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    CreateInstanceOpsTaskAnswer + extra {
        request_id = "RequestId",
        result = "Result",
    }
}

/// Reads core dumps and packet captures.
///
/// The request of [`Action::DescribeInstanceOpsRecords`](crate::api::Action::DescribeInstanceOpsRecords).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeInstanceOpsRecords {
    /// The id of the container group. Required.
    pub container_group_id: String,
    /// The kind of task. Required. `coredump` or `tcpdump`.
    pub ops_type: String,
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeInstanceOpsRecords + extra {
        container_group_id = "ContainerGroupId".required(),
        ops_type = "OpsType".required().values(&["coredump", "tcpdump"]),
        region_id = "RegionId".required(),
    }
}

/// The answer to [`DescribeInstanceOpsRecords`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeInstanceOpsRecordsAnswer {
    /// The tasks.
    pub records: Vec<OpsRecord>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeInstanceOpsRecordsAnswer + extra {
        records = "Records",
        request_id = "RequestId",
    }
}

/// A core dump or a packet capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpsRecord {
    /// When the task was made.
    pub create_time: Option<String>,
    /// When the result goes.
    pub expire_time: Option<String>,
    /// The status of the task.
    pub ops_status: Option<String>,
    /// The kind of task.
    pub ops_type: Option<String>,
    /// The result, such as the address of a file.
    pub result_content: Option<Sensitive<String>>,
    /// What the result is.
    pub result_type: Option<String>,
}

fields! {
    OpsRecord {
        create_time = "CreateTime",
        expire_time = "ExpireTime",
        ops_status = "OpsStatus",
        ops_type = "OpsType",
        result_content = "ResultContent",
        result_type = "ResultType",
    }
}
