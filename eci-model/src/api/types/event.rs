//! Events of container groups, caches and virtual nodes.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{Extra, JsonList};

/// Something that happened to an object, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// How many times it happened.
    pub count: Option<i32>,
    /// When it happened first.
    pub first_timestamp: Option<String>,
    /// When it happened last.
    pub last_timestamp: Option<String>,
    /// What happened, for people.
    pub message: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// What happened, in a word.
    pub reason: Option<String>,
    /// The kind. `Normal` or `Warning`.
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
        type_ = "Type".values(&["Normal", "Warning"]),
    }
}

/// Reads the latest events of container groups, fifty for each. There is no way to a second page: the answer has no
/// token.
///
/// The request of [`Action::DescribeContainerGroupEvents`](crate::api::Action::DescribeContainerGroupEvents).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeContainerGroupEvents {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The ids of at most 20 container groups.
    pub container_group_ids: Option<JsonList>,
    /// Whose events; both if empty. `EciService` or `K8sAgent`.
    pub event_source: Option<String>,
    /// How many items a page has. From 1 to 200.
    pub limit: Option<i32>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Only what changed in this time, in seconds. From 60 to 3600.
    pub since_second: Option<i32>,
    /// Tags. At most 10 items (metadata).
    pub tag: Vec<Tag>,
    /// The vSwitch.
    pub vswitch_id: Option<String>,
    /// The zone, such as `cn-hangzhou-h`.
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
    /// The container groups.
    pub data: Vec<ContainerGroupEvents>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// How many there are in all.
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

/// The events of a container group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerGroupEvents {
    /// The annotations, a JSON object as text.
    pub annotations: Option<String>,
    /// The id of the container group.
    pub container_group_id: Option<String>,
    /// The latest events.
    pub events: Vec<GroupEvent>,
    /// The name of the pod.
    pub name: Option<String>,
    /// The namespace of the pod.
    pub namespace: Option<String>,
    /// The UID of the pod.
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

/// An event in the form of Kubernetes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupEvent {
    /// How many times it happened.
    pub count: Option<i32>,
    /// When it happened first.
    pub first_timestamp: Option<String>,
    /// When it happened last.
    pub last_timestamp: Option<String>,
    /// What happened, for people.
    pub message: Option<String>,
    /// The name of the event.
    pub metadata: Option<EventMetadata>,
    /// What happened, in a word.
    pub reason: Option<String>,
    /// The component that reported it.
    pub reporting_component: Option<String>,
    /// The instance that reported it.
    pub reporting_instance: Option<String>,
    /// Who reported it.
    pub source: Option<EventSource>,
    /// The kind. `Normal` or `Warning`.
    pub type_: Option<String>,
    /// What it is about.
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

/// The name of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventMetadata {
    /// The name.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
}

fields! {
    EventMetadata {
        name = "Name",
        namespace = "Namespace",
    }
}

/// Who reported an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventSource {
    /// The component.
    pub component: Option<String>,
    /// The host.
    pub host: Option<String>,
}

fields! {
    EventSource {
        component = "Component",
        host = "Host",
    }
}

/// What an event is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvolvedObject {
    /// The version of the API.
    pub api_version: Option<String>,
    /// The kind.
    pub kind: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The UID.
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
