//! Lists of container groups: whole, as statuses, and with their events.

use eci_model::api::{
    Action, ContainerGroupEvents, ContainerGroupStatus, ContainerState, ContainerStatus, ContainerStatusState,
    DescribeContainerGroupEvents, DescribeContainerGroupEventsAnswer, DescribeContainerGroupStatus,
    DescribeContainerGroupStatusAnswer, DescribeContainerGroups, DescribeContainerGroupsAnswer, Event, EventSource,
    GroupEvent, GroupPodStatus, InvolvedObject, JsonList, PodIp, RunningState, Tag, TerminatedState, WaitingState,
};
use eci_model::policy::PhaseMapping;

use super::group::Group;
use super::time::Instant;
use super::world::World;
use crate::backend::BackendError;

/// Groups on one page of a list, at most and by default (DescribeContainerGroups, 2025-10-17).
const PAGE: usize = 20;
/// The same for statuses and events; the schema's default, not the text's 200 (DescribeContainerGroupStatus, 2025-10-17).
const STATUS_PAGE: usize = 50;
const STATUS_LIMIT: usize = 200;

impl World {
    pub(super) fn list(
        &mut self,
        request: &DescribeContainerGroups,
    ) -> Result<DescribeContainerGroupsAnswer, BackendError> {
        let wanted = Wanted {
            region: &request.region_id,
            ids: request.container_group_ids.as_ref(),
            name: request.container_group_name.as_deref(),
            status: request.status.as_deref(),
            vswitch: request.vswitch_id.as_deref(),
            zone: request.zone_id.as_deref(),
            tags: &request.tag,
            since: None,
            until: self.listed_until(Action::DescribeContainerGroups),
        };
        let size = page_size(request.limit, PAGE, PAGE);
        let size = self.planned_page(Action::DescribeContainerGroups, size);
        let page = self.page(&wanted, request.next_token.as_deref(), size)?;
        Ok(DescribeContainerGroupsAnswer {
            container_groups: page.groups.iter().map(|group| self.describe(group)).collect(),
            next_token: page.next,
            total_count: i32::try_from(page.total).ok(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    pub(super) fn statuses(
        &mut self,
        request: &DescribeContainerGroupStatus,
    ) -> Result<DescribeContainerGroupStatusAnswer, BackendError> {
        let wanted = Wanted {
            region: &request.region_id,
            ids: request.container_group_ids.as_ref(),
            name: None,
            status: None,
            vswitch: request.vswitch_id.as_deref(),
            zone: request.zone_id.as_deref(),
            tags: &request.tag,
            since: request.since_second.map(|seconds| self.seconds_ago(seconds)),
            until: self.listed_until(Action::DescribeContainerGroupStatus),
        };
        let size = page_size(request.limit, STATUS_PAGE, STATUS_LIMIT);
        let size = self.planned_page(Action::DescribeContainerGroupStatus, size);
        let page = self.page(&wanted, request.next_token.as_deref(), size)?;
        Ok(DescribeContainerGroupStatusAnswer {
            data: page.groups.iter().map(|group| self.status_of(group)).collect(),
            next_token: page.next,
            total_count: i32::try_from(page.total).ok(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    /// The events of groups. The answer has no token, so there is one page only (API schema, 2024-06-24).
    pub(super) fn events_by_group(
        &mut self,
        request: &DescribeContainerGroupEvents,
    ) -> Result<DescribeContainerGroupEventsAnswer, BackendError> {
        let wanted = Wanted {
            region: &request.region_id,
            ids: request.container_group_ids.as_ref(),
            name: None,
            status: None,
            vswitch: request.vswitch_id.as_deref(),
            zone: request.zone_id.as_deref(),
            tags: &request.tag,
            since: None,
            until: self.listed_until(Action::DescribeContainerGroupEvents),
        };
        let since = request.since_second.map(|seconds| self.seconds_ago(seconds));
        let size = page_size(request.limit, STATUS_PAGE, STATUS_LIMIT);
        let page = self.page(&wanted, request.next_token.as_deref(), size)?;
        let data = page.groups.iter().map(|group| self.told_of(group, since)).collect();
        Ok(DescribeContainerGroupEventsAnswer {
            data,
            total_count: i32::try_from(page.total).ok(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    fn seconds_ago(&self, seconds: i32) -> Instant {
        let span = u64::try_from(seconds).unwrap_or(0) * 1000;
        Instant::from_millis(self.now().millis().saturating_sub(span))
    }

    fn page(&self, wanted: &Wanted<'_>, token: Option<&str>, size: usize) -> Result<Page<'_>, BackendError> {
        let from = place(token)?;
        let held = self.groups.iter().enumerate();
        let held = held.filter_map(|(index, group)| Some((index, group.as_ref()?)));
        let mut page = Page {
            groups: Vec::new(),
            next: None,
            total: 0,
        };
        for (index, group) in held.filter(|(_, group)| wanted.includes(group)) {
            page.total += 1;
            if index < from {
                continue;
            }
            if page.groups.len() < size {
                page.groups.push(group);
            } else if page.next.is_none() {
                page.next = Some(index.to_string());
            }
        }
        Ok(page)
    }

    fn status_of(&self, group: &Group) -> ContainerGroupStatus {
        let whole = self.describe(group);
        let phase = group.state.phase(None, PhaseMapping::Documented);
        let container_statuses = whole.containers.iter().map(|container| ContainerStatus {
            name: container.name.clone(),
            image: container.image.clone(),
            ready: container.ready,
            restart_count: container.restart_count,
            started: container.ready,
            state: container.current_state.as_ref().map(status_state),
            last_state: container.previous_state.as_ref().map(status_state),
            ..Default::default()
        });
        let pod_ips = whole.intranet_ip.iter().map(|ip| PodIp { ip: Some(ip.clone()) });
        ContainerGroupStatus {
            pod_status: Some(GroupPodStatus {
                container_statuses: container_statuses.collect(),
                phase: Some(phase.to_owned()),
                pod_ips: pod_ips.collect(),
                pod_ip: whole.intranet_ip.clone(),
                start_time: whole.creation_time.clone(),
                ..Default::default()
            }),
            container_group_id: whole.container_group_id,
            name: whole.container_group_name,
            status: whole.status,
            ..Default::default()
        }
    }

    fn told_of(&self, group: &Group, since: Option<Instant>) -> ContainerGroupEvents {
        let recent = group
            .told
            .iter()
            .map(|told| since.is_none_or(|since| told.last >= since));
        let events = self.events_of(group).into_iter().zip(recent);
        let events = events
            .filter(|(_, recent)| *recent)
            .map(|(event, _)| group_event(group, event));
        ContainerGroupEvents {
            container_group_id: Some(group.id.to_string()),
            name: Some(group.name.to_string()),
            events: events.collect(),
            ..Default::default()
        }
    }
}

/// The groups that a list is asked for.
struct Wanted<'r> {
    region: &'r str,
    ids: Option<&'r JsonList>,
    name: Option<&'r str>,
    status: Option<&'r str>,
    vswitch: Option<&'r str>,
    zone: Option<&'r str>,
    tags: &'r [Tag],
    /// Only those that changed at this moment or later.
    since: Option<Instant>,
    /// Only those that were created at this moment or before; none when the world is younger than its lists are late.
    until: Option<Instant>,
}

impl Wanted<'_> {
    fn includes(&self, group: &Group) -> bool {
        let place = group.placement.as_ref();
        let zone_of = place.and_then(|place| place.site.zone.as_ref());
        let region_of = &*group.request.region_id;
        // Requests without a region come from callers that have only one.
        (self.region.is_empty() || region_of.is_empty() || self.region == region_of)
            && self.ids.is_none_or(|ids| ids.0.iter().any(|id| **id == *group.id))
            && self.name.is_none_or(|name| name == &*group.name)
            && self.status.is_none_or(|status| status == group.state.name())
            && self
                .vswitch
                .is_none_or(|wanted| place.is_some_and(|place| place.site.vswitch.as_str() == wanted))
            && self
                .zone
                .is_none_or(|zone| zone_of.is_some_and(|known| known.as_str() == zone))
            && self.tags.iter().all(|tag| group.tags.contains(tag))
            && self.since.is_none_or(|since| group.changed_at >= since)
            && self.until.is_some_and(|until| group.created_at <= until)
    }
}

struct Page<'w> {
    groups: Vec<&'w Group>,
    next: Option<String>,
    /// How many there are on all pages.
    total: usize,
}

/// Where the page of a token begins.
pub(super) fn place(token: Option<&str>) -> Result<usize, BackendError> {
    match token {
        None | Some("") => Ok(0),
        Some(token) => token.parse().map_err(|_| {
            let message = format!("`{token}` is no token of this list");
            BackendError::of_code("InvalidParameter.NextToken", 400, message)
        }),
    }
}

pub(super) fn page_size(asked: Option<i32>, default: usize, most: usize) -> usize {
    let asked = asked.and_then(|limit| usize::try_from(limit).ok());
    asked.unwrap_or(default).clamp(1, most)
}

fn status_state(state: &ContainerState) -> ContainerStatusState {
    let mut out = ContainerStatusState::default();
    match state.state.as_deref() {
        Some("Running") => {
            out.running = Some(RunningState {
                started_at: state.start_time.clone(),
            });
        }
        Some("Terminated") => {
            out.terminated = Some(TerminatedState {
                exit_code: state.exit_code,
                finished_at: state.finish_time.clone(),
                message: state.message.clone(),
                reason: state.reason.clone(),
                started_at: state.start_time.clone(),
                ..Default::default()
            });
        }
        _ => {
            out.waiting = Some(WaitingState {
                message: state.message.clone(),
                reason: state.reason.clone(),
            });
        }
    }
    out
}

fn group_event(group: &Group, event: Event) -> GroupEvent {
    // Containers are the kubelet's business, everything else the service's (Custom events, 2025-12-11).
    let of_container = matches!(
        event.reason.as_deref(),
        Some("Pulling" | "Pulled" | "Failed" | "Created" | "Started" | "BackOff" | "Unhealthy" | "Killing")
    );
    let component = if of_container { "kubelet" } else { "EciService" };
    GroupEvent {
        count: event.count,
        first_timestamp: event.first_timestamp,
        last_timestamp: event.last_timestamp,
        message: event.message,
        reason: event.reason,
        source: Some(EventSource {
            component: Some(component.to_owned()),
            ..Default::default()
        }),
        type_: event.type_,
        involved_object: Some(InvolvedObject {
            kind: Some("Pod".to_owned()),
            name: Some(group.name.to_string()),
            ..Default::default()
        }),
        ..Default::default()
    }
}
