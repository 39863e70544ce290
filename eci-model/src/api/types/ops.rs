//! Core dumps and packet captures.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::Extra;
use crate::api::record::fields;
use crate::secret::Sensitive;

/// `CreateInstanceOpsTask`.
///
/// The request of [`Action::CreateInstanceOpsTask`](crate::api::Action::CreateInstanceOpsTask).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateInstanceOpsTask {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `OpsType`. Required. `coredump` or `tcpdump`.
    pub ops_type: String,
    /// `OpsValue`. Required.
    pub ops_value: String,
    /// `RegionId`. Required.
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
    /// `RequestId`.
    pub request_id: String,
    /// `Result`.
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

/// `DescribeInstanceOpsRecords`.
///
/// The request of [`Action::DescribeInstanceOpsRecords`](crate::api::Action::DescribeInstanceOpsRecords).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeInstanceOpsRecords {
    /// `ContainerGroupId`. Required.
    pub container_group_id: String,
    /// `OpsType`. Required. `coredump` or `tcpdump`.
    pub ops_type: String,
    /// `RegionId`. Required.
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
    /// `Records`.
    pub records: Vec<OpsRecord>,
    /// `RequestId`.
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

/// `OpsRecord`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpsRecord {
    /// `CreateTime`.
    pub create_time: Option<String>,
    /// `ExpireTime`.
    pub expire_time: Option<String>,
    /// `OpsStatus`.
    pub ops_status: Option<String>,
    /// `OpsType`.
    pub ops_type: Option<String>,
    /// `ResultContent`.
    pub result_content: Option<Sensitive<String>>,
    /// `ResultType`.
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
