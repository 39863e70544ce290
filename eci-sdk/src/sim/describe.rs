//! A container group in the words of the API.

use eci_model::api::{
    ContainerGroup, ContainerInfo, ContainerState, CreateContainerGroup, Decimal, Event as ApiEvent, InitContainerInfo,
};
use eci_model::lifecycle::{State, message_share};
use k8s_openapi::jiff::{SignedDuration, Timestamp};

use super::group::{ContainerPlan, Ended, Group, Run, RunState, Told};
use super::time::Instant;
use super::world::World;

impl World {
    /// A container group as the API describes it; `None` once its record is gone.
    pub fn container_group(&self, id: &str) -> Option<ContainerGroup> {
        self.key(id)
            .and_then(|key| self.group(key))
            .map(|group| self.describe(group))
    }

    pub(super) fn describe(&self, group: &Group) -> ContainerGroup {
        let request = &*group.request;
        let placement = group.placement.as_ref();
        let size = placement.and_then(|placement| placement.spec.parse::<eci_model::spec::Size>().ok());
        let ended = |state| {
            (group.state == state)
                .then_some(group.ended_at)
                .flatten()
                .map(|at| self.timestamp(at))
        };
        ContainerGroup {
            container_group_id: Some(group.id.to_string()),
            container_group_name: Some(group.name.to_string()),
            containers: self.containers(group, request),
            init_containers: self.init_containers(group, request),
            cpu: size.map(|size| Decimal::from(size.cpu)).or(request.cpu),
            memory: request.memory,
            creation_time: Some(self.timestamp(group.created_at)),
            instance_type: placement
                .filter(|_| size.is_none())
                .map(|placement| placement.spec.to_string()),
            internet_ip: self
                .key(&group.id)
                .and_then(|key| self.eips.of(key))
                .map(|eip| eip.address.to_string()),
            intranet_ip: placement.map(|placement| placement.address.to_string()),
            vswitch_id: placement.map(|placement| placement.site.vswitch.to_string()),
            zone_id: placement
                .and_then(|placement| placement.site.zone.as_ref())
                .map(ToString::to_string),
            region_id: Some(request.region_id.clone()),
            restart_policy: Some(request.restart_policy.clone().unwrap_or_else(|| "Always".to_owned())),
            security_group_id: request.security_group_id.clone(),
            spot_strategy: request.spot_strategy.clone(),
            status: Some(group.state.name().to_owned()),
            succeeded_time: ended(State::Succeeded),
            failed_time: ended(State::Failed),
            expired_time: ended(State::Expired),
            events: self.events_of(group),
            tags: group.tags.clone(),
            ..Default::default()
        }
    }

    /// The events of a group, oldest first; names never repeat.
    pub(super) fn events_of(&self, group: &Group) -> Vec<ApiEvent> {
        let event = |(number, told): (u32, &Told)| ApiEvent {
            count: i32::try_from(told.count).ok(),
            first_timestamp: Some(self.timestamp(told.first)),
            last_timestamp: Some(self.timestamp(told.last)),
            message: Some(told.message.to_string()),
            name: Some(format!("{}.{number}", group.name)),
            reason: Some(told.reason.to_owned()),
            type_: Some(if told.warning { "Warning" } else { "Normal" }.to_owned()),
        };
        (group.told_before..).zip(&group.told).map(event).collect()
    }

    fn containers(&self, group: &Group, request: &CreateContainerGroup) -> Vec<ContainerInfo> {
        let share = message_share(self.messages(group).map(|message| message.len()));
        let told = |plan: &ContainerPlan, run: &Run| Telling {
            failed_pulls: group.failed_pulls,
            message: self.message(plan, run).map(|text| cut(&text, share)),
        };
        let runs = group.containers.iter().zip(&group.blueprint.containers);
        let runs = runs.zip(&request.container);
        let info = |((run, plan), asked): ((&Run, &ContainerPlan), &eci_model::api::Container)| ContainerInfo {
            name: Some(asked.name.clone()),
            image: Some(asked.image.clone()),
            cpu: asked.cpu,
            memory: asked.memory,
            current_state: Some(self.state_of(run, told(plan, run))),
            previous_state: run.last.map(|ended| self.ended(ended, None)),
            ready: Some(run.ready || plan.ignore_ready && run.is_running()),
            restart_count: i32::try_from(run.restarts).ok(),
            ports: asked.port.clone(),
            ..Default::default()
        };
        runs.map(info).collect()
    }

    fn init_containers(&self, group: &Group, request: &CreateContainerGroup) -> Vec<InitContainerInfo> {
        let runs = group.init.iter().zip(&request.init_container);
        let info = |(run, asked): (&Run, &eci_model::api::InitContainer)| InitContainerInfo {
            name: asked.name.clone(),
            image: asked.image.clone(),
            current_state: Some(self.state_of(
                run,
                Telling {
                    failed_pulls: group.failed_pulls,
                    message: None,
                },
            )),
            previous_state: run.last.map(|ended| self.ended(ended, None)),
            ready: Some(run.exit_code() == Some(0)),
            restart_count: i32::try_from(run.restarts).ok(),
            ..Default::default()
        };
        runs.map(info).collect()
    }

    /// The messages that the containers of a group have left.
    fn messages<'g>(&'g self, group: &'g Group) -> impl Iterator<Item = String> + 'g {
        let runs = group.blueprint.containers.iter().zip(&group.containers);
        runs.filter_map(|(plan, run)| self.message(plan, run))
    }

    /// What a container has left behind: its message, or the end of its log after a bad end where it asks for that (Container
    /// termination messages, 2024-02-19).
    fn message(&self, plan: &ContainerPlan, run: &Run) -> Option<String> {
        let RunState::Ended(ended) = run.state else { return None };
        let script = self.settings.scripts.program(plan);
        if let Some(message) = &script.message {
            return Some(message.to_string());
        }
        let ran = ended.at.since(ended.since);
        let written = script.log.iter().filter(|line| line.after <= ran);
        let fallback = plan.falls_back_to_log && ended.code != 0;
        let text: String = written.map(|line| format!("{}\n", line.text)).collect();
        (fallback && !text.is_empty()).then_some(text)
    }

    fn ended(&self, ended: Ended, message: Option<String>) -> ContainerState {
        ContainerState {
            state: Some("Terminated".to_owned()),
            reason: Some(ended.reason().to_owned()),
            message,
            exit_code: Some(ended.code),
            start_time: Some(self.timestamp(ended.since)),
            finish_time: Some(self.timestamp(ended.at)),
            ..Default::default()
        }
    }

    fn state_of(&self, run: &Run, telling: Telling) -> ContainerState {
        let waiting = |reason: &str| ContainerState {
            state: Some("Waiting".to_owned()),
            reason: Some(reason.to_owned()),
            ..Default::default()
        };
        match run.state {
            RunState::Waiting => waiting(match telling.failed_pulls {
                0 => "ContainerCreating",
                1 => "ErrImagePull",
                _ => "ImagePullBackOff",
            }),
            RunState::BackOff => ContainerState {
                exit_code: run.last.map(|ended| ended.code),
                ..waiting("CrashLoopBackOff")
            },
            RunState::Running { since } => ContainerState {
                state: Some("Running".to_owned()),
                start_time: Some(self.timestamp(since)),
                ..Default::default()
            },
            RunState::Ended(ended) => self.ended(ended, telling.message),
        }
    }

    /// A moment as the API writes it, `2026-01-01T00:00:05Z`.
    pub(super) fn timestamp(&self, at: Instant) -> String {
        // Printing a moment is what descriptions spend most time on, and jiff prints whole seconds in just this form.
        self.moment_of(at).to_string()
    }

    /// A moment as data caches show it, `2026-01-01T00:00Z`.
    pub(super) fn minute(&self, at: Instant) -> String {
        self.moment_of(at).strftime("%Y-%m-%dT%H:%MZ").to_string()
    }

    /// The present moment, in whole seconds.
    pub(super) fn moment(&self) -> Timestamp {
        self.moment_of(self.now())
    }

    fn moment_of(&self, at: Instant) -> Timestamp {
        self.exact_moment_of(Instant::from_millis(at.millis() / 1000 * 1000))
    }

    pub(super) fn exact_moment_of(&self, at: Instant) -> Timestamp {
        let millis = SignedDuration::from_millis(i64::try_from(at.millis()).unwrap_or(i64::MAX));
        let epoch = self.settings.epoch;
        epoch.saturating_add(millis).unwrap_or(epoch)
    }
}

/// What the state of a container needs besides its run.
struct Telling {
    failed_pulls: u32,
    message: Option<String>,
}

/// The first so many bytes, never splitting a letter.
fn cut(text: &str, share: usize) -> String {
    let mut end = share.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
