//! The containers of a pod, as its status lists them.

use k8s_openapi::api::core::v1::{
    ContainerState as PodContainerState, ContainerStateRunning, ContainerStateTerminated, ContainerStateWaiting,
    ContainerStatus,
};

use super::{Sight, time};
use crate::api::{ContainerGroup, ContainerInfo, ContainerState, InitContainerInfo};
use crate::lifecycle::message;

/// The init containers and the others.
pub(super) struct Statuses {
    pub(super) init: Vec<ContainerStatus>,
    pub(super) apps: Vec<ContainerStatus>,
}

/// A status for each container of the pod, in its order; without a specification, for each of the group.
pub(super) fn statuses(sight: &Sight<'_>) -> Statuses {
    let group = sight.group;
    let seen: Vec<Seen<'_>> = (group.init_containers.iter().map(Seen::init))
        .chain(group.containers.iter().map(Seen::app))
        .collect();
    let of_pod = |containers: &[k8s_openapi::api::core::v1::Container], is_init: bool| {
        let one = |container: &k8s_openapi::api::core::v1::Container| {
            let image = container.image.as_deref().unwrap_or_default();
            let unseen = Seen {
                image,
                ..Seen::nothing(&container.name, is_init)
            };
            let found = seen.iter().find(|seen| seen.name == container.name);
            found.unwrap_or(&unseen).status(sight, is_init)
        };
        containers.iter().map(one).collect::<Vec<_>>()
    };
    let of_group = |is_init: bool| {
        let list = seen.iter().filter(|seen| seen.is_init == is_init);
        list.map(|seen| seen.status(sight, is_init)).collect::<Vec<_>>()
    };
    let mut statuses = match &sight.pod.spec {
        Some(spec) => Statuses {
            init: of_pod(spec.init_containers.as_deref().unwrap_or_default(), true),
            apps: of_pod(&spec.containers, false),
        },
        None => Statuses {
            init: of_group(true),
            apps: of_group(false),
        },
    };
    message::shorten(statuses.init.iter_mut().chain(&mut statuses.apps));
    statuses
}

/// Ends a container of a group that is gone.
pub(super) fn end(status: &mut ContainerStatus, reason: &str) {
    let state = status.state.get_or_insert_default();
    status.ready = false;
    status.started = Some(false);
    if state.terminated.is_none() {
        let started_at = state.running.take().and_then(|running| running.started_at);
        *state = PodContainerState {
            terminated: Some(ContainerStateTerminated {
                // Nobody saw it end: what a kill would have given.
                exit_code: 137,
                reason: Some(reason.to_owned()),
                started_at,
                container_id: status.container_id.clone(),
                ..ContainerStateTerminated::default()
            }),
            ..PodContainerState::default()
        };
    }
}

/// A container of a group, whatever its kind.
#[derive(Clone, Copy)]
struct Seen<'a> {
    name: &'a str,
    image: &'a str,
    is_init: bool,
    state: Option<&'a ContainerState>,
    previous: Option<&'a ContainerState>,
    ready: Option<bool>,
    restarts: Option<i32>,
}

impl<'a> Seen<'a> {
    const fn nothing(name: &'a str, is_init: bool) -> Self {
        Self {
            name,
            image: "",
            is_init,
            state: None,
            previous: None,
            ready: None,
            restarts: None,
        }
    }

    fn init(container: &'a InitContainerInfo) -> Self {
        Self {
            image: container.image.as_deref().unwrap_or_default(),
            state: container.current_state.as_ref(),
            previous: container.previous_state.as_ref(),
            ready: container.ready,
            restarts: container.restart_count,
            ..Self::nothing(container.name.as_deref().unwrap_or_default(), true)
        }
    }

    fn app(container: &'a ContainerInfo) -> Self {
        Self {
            image: container.image.as_deref().unwrap_or_default(),
            state: container.current_state.as_ref(),
            previous: container.previous_state.as_ref(),
            ready: container.ready,
            restarts: container.restart_count,
            ..Self::nothing(container.name.as_deref().unwrap_or_default(), false)
        }
    }

    fn status(&self, sight: &Sight<'_>, is_init: bool) -> ContainerStatus {
        let before = match is_init {
            true => sight.before.init_container_statuses.as_deref(),
            false => sight.before.container_statuses.as_deref(),
        };
        let earlier = before.into_iter().flatten().find(|status| status.name == self.name);
        let waiting = if is_init {
            "PodInitializing"
        } else {
            "ContainerCreating"
        };
        let state = self.state.and_then(|state| self.mapped(state, sight.group, waiting));
        let started = state.as_ref().map(|state| state.running.is_some());
        let last = self.previous.and_then(|state| self.mapped(state, sight.group, waiting));
        let unseen = || {
            let (reason, message) = match self.state {
                None => (waiting, None),
                Some(_) => ("ContainerStatusUnknown", None),
            };
            waits(reason, message)
        };
        ContainerStatus {
            name: self.name.to_owned(),
            image: self.image.to_owned(),
            // The description of a group names no digest.
            image_id: earlier
                .map(|status| status.image_id.clone())
                .filter(|id| !id.is_empty())
                .unwrap_or_else(|| self.image.to_owned()),
            container_id: (self.state.is_some() && has_begun(state.as_ref())).then(|| self.id(sight.group)),
            ready: self.ready.unwrap_or(false),
            restart_count: self
                .restarts
                .unwrap_or(0)
                .max(earlier.map_or(0, |status| status.restart_count)),
            started: started.or_else(|| earlier.and_then(|status| status.started)),
            state: state
                .or_else(|| earlier.and_then(|status| status.state.clone()))
                .or_else(|| Some(unseen())),
            last_state: last.or_else(|| earlier.and_then(|status| status.last_state.clone())),
            ..ContainerStatus::default()
        }
    }

    /// `None` for a state that the API does not have.
    fn mapped(&self, state: &ContainerState, group: &ContainerGroup, default: &str) -> Option<PodContainerState> {
        let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        match state.state.as_deref() {
            Some("Waiting") => {
                let reason = text(&state.reason).or_else(|| text(&state.detail_status));
                Some(waits(reason.as_deref().unwrap_or(default), text(&state.message)))
            }
            Some("Running") => Some(PodContainerState {
                running: Some(ContainerStateRunning {
                    started_at: state.start_time.as_deref().and_then(time),
                }),
                ..PodContainerState::default()
            }),
            Some("Terminated") => {
                let exit_code = state.exit_code.unwrap_or(0);
                let usual = if exit_code == 0 { "Completed" } else { "Error" };
                Some(PodContainerState {
                    terminated: Some(ContainerStateTerminated {
                        exit_code,
                        signal: state.signal.filter(|signal| *signal != 0),
                        reason: text(&state.reason).or_else(|| Some(usual.to_owned())),
                        message: text(&state.message),
                        started_at: state.start_time.as_deref().and_then(time),
                        finished_at: state.finish_time.as_deref().and_then(time),
                        container_id: Some(self.id(group)),
                    }),
                    ..PodContainerState::default()
                })
            }
            _ => None,
        }
    }

    fn id(&self, group: &ContainerGroup) -> String {
        let group = group.container_group_id.as_deref().unwrap_or_default();
        format!("eci://{group}/{}", self.name)
    }
}

fn has_begun(state: Option<&PodContainerState>) -> bool {
    state.is_none_or(|state| state.waiting.is_none())
}

fn waits(reason: &str, message: Option<String>) -> PodContainerState {
    PodContainerState {
        waiting: Some(ContainerStateWaiting {
            reason: Some(reason.to_owned()),
            message,
        }),
        ..PodContainerState::default()
    }
}
