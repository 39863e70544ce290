//! Events of container groups, caches and virtual nodes.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{Extra, JsonList};

/// `Event`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// `Count`.
    pub count: Option<i32>,
    /// `FirstTimestamp`.
    pub first_timestamp: Option<String>,
    /// `LastTimestamp`.
    pub last_timestamp: Option<String>,
    /// `Message`.
    pub message: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `Type`.
    pub type_: Option<String>,
}

fields! {
    Event {
        count = "Count",
        first_timestamp = "FirstTimestamp",
        last_timestamp = "LastTimestamp",
        message = "Message",
        name = "Name",
        reason = "Reason",
        type_ = "Type",
    }
}

/// `DescribeContainerGroupEvents`.
///
/// The request of [`Action::DescribeContainerGroupEvents`](crate::api::Action::DescribeContainerGroupEvents).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupEvents {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ContainerGroupIds`.
    pub container_group_ids: Option<JsonList>,
    /// `EventSource`. `EciService` or `K8sAgent`.
    pub event_source: Option<String>,
    /// `Limit`. From 1 to 200.
    pub limit: Option<i32>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `SinceSecond`, in seconds. From 60 to 3600.
    pub since_second: Option<i32>,
    /// `Tag`. At most 10 items.
    pub tag: Vec<Tag>,
    /// `VSwitchId`.
    pub vswitch_id: Option<String>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupEvents + extra {
        region_id = "RegionId".required(),
        container_group_ids = "ContainerGroupIds",
        event_source = "EventSource".values(&["EciService", "K8sAgent"]),
        limit = "Limit".range(1, 200),
        next_token = "NextToken",
        resource_group_id = "ResourceGroupId",
        since_second = "SinceSecond".range(60, 3600),
        tag = "Tag".items(10),
        vswitch_id = "VSwitchId",
        zone_id = "ZoneId",
    }
}

/// The answer to [`DescribeContainerGroupEvents`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupEventsAnswer {
    /// `Data`.
    pub data: Vec<ContainerGroupEvents>,
    /// `RequestId`.
    pub request_id: String,
    /// `TotalCount`.
    pub total_count: Option<i32>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeContainerGroupEventsAnswer + extra {
        data = "Data",
        request_id = "RequestId",
        total_count = "TotalCount",
    }
}

/// `ContainerGroupEvents`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroupEvents {
    /// `Annotations`.
    pub annotations: Option<String>,
    /// `ContainerGroupId`.
    pub container_group_id: Option<String>,
    /// `Events`.
    pub events: Vec<GroupEvent>,
    /// `Name`.
    pub name: Option<String>,
    /// `Namespace`.
    pub namespace: Option<String>,
    /// `uuid`.
    pub uuid: Option<String>,
}

fields! {
    ContainerGroupEvents {
        annotations = "Annotations",
        container_group_id = "ContainerGroupId",
        events = "Events",
        name = "Name",
        namespace = "Namespace",
        uuid = "uuid",
    }
}

/// `GroupEvent`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupEvent {
    /// `Count`.
    pub count: Option<i32>,
    /// `FirstTimestamp`.
    pub first_timestamp: Option<String>,
    /// `LastTimestamp`.
    pub last_timestamp: Option<String>,
    /// `Message`.
    pub message: Option<String>,
    /// `Metadata`.
    pub metadata: Option<EventMetadata>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `ReportingComponent`.
    pub reporting_component: Option<String>,
    /// `ReportingInstance`.
    pub reporting_instance: Option<String>,
    /// `Source`.
    pub source: Option<EventSource>,
    /// `Type`. `Normal` or `Warning`.
    pub type_: Option<String>,
    /// `involvedObject`.
    pub involved_object: Option<InvolvedObject>,
}

fields! {
    GroupEvent {
        count = "Count",
        first_timestamp = "FirstTimestamp",
        last_timestamp = "LastTimestamp",
        message = "Message",
        metadata = "Metadata",
        reason = "Reason",
        reporting_component = "ReportingComponent",
        reporting_instance = "ReportingInstance",
        source = "Source",
        type_ = "Type".values(&["Normal", "Warning"]),
        involved_object = "involvedObject",
    }
}

/// `EventMetadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventMetadata {
    /// `Name`.
    pub name: Option<String>,
    /// `Namespace`.
    pub namespace: Option<String>,
}

fields! {
    EventMetadata {
        name = "Name",
        namespace = "Namespace",
    }
}

/// `EventSource`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventSource {
    /// `Component`.
    pub component: Option<String>,
    /// `Host`.
    pub host: Option<String>,
}

fields! {
    EventSource {
        component = "Component",
        host = "Host",
    }
}

/// `InvolvedObject`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvolvedObject {
    /// `ApiVersion`.
    pub api_version: Option<String>,
    /// `Kind`.
    pub kind: Option<String>,
    /// `Name`.
    pub name: Option<String>,
    /// `Namespace`.
    pub namespace: Option<String>,
    /// `Uid`.
    pub uid: Option<String>,
}

fields! {
    InvolvedObject {
        api_version = "ApiVersion",
        kind = "Kind",
        name = "Name",
        namespace = "Namespace",
        uid = "Uid",
    }
}
