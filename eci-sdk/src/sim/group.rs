//! A container group as the world holds it.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use eci_model::api::{CreateContainerGroup, Tag};
use eci_model::lifecycle::{PendingClock, State};
use eci_model::{VSwitchId, Zone};
use eci_network::FixedIdentity;

use super::shape::Shape;
use super::time::Instant;

/// What a container group was asked to be: the part of a create request that the world acts on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Blueprint {
    pub(super) vswitches: Vec<VSwitchId>,
    pub(super) ordered: bool,
    pub(super) private_address: Option<Ipv4Addr>,
    /// How long the address is kept for its name after the end.
    pub(super) keeps_address: Option<Duration>,
    pub(super) eip: Option<EipWish>,
    /// Sizes and types to try, in order.
    pub(super) specs: Vec<Arc<str>>,
    pub(super) spot: bool,
    /// How long a spot instance is not taken back.
    pub(super) protection: Duration,
    /// Whether other than spot capacity will do.
    pub(super) falls_back: bool,
    pub(super) fail_fast: bool,
    /// How many minutes it may be pending.
    pub(super) max_pending: u32,
    pub(super) restart: RestartPolicy,
    pub(super) cached_images: bool,
    /// How long containers have to stop.
    pub(super) grace: Duration,
    /// How long it may live once it is placed.
    pub(super) deadline: Option<Duration>,
    /// Whether a full disk ends it.
    pub(super) evicts: bool,
    /// vCPU that count against the quota, in thousandths.
    pub(super) cpu_milli: u64,
    pub(super) init: Vec<ContainerPlan>,
    pub(super) containers: Vec<ContainerPlan>,
    /// What is told of pulling each of its images.
    pub(super) pulls: Vec<Pull>,
}

/// What is told of pulling an image; the same for every group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pull {
    pub(super) image: Arc<str>,
    pub(super) begins: Arc<str>,
    pub(super) ends: Arc<str>,
}

impl Pull {
    fn of(image: &Arc<str>) -> Self {
        Self {
            image: image.clone(),
            begins: format!("Pulling image \"{image}\"").into(),
            ends: format!("Successfully pulled image \"{image}\"").into(),
        }
    }
}

impl Blueprint {
    /// Whether a container asks for the image even when it is there.
    pub(super) fn always_pulls(&self, image: &str) -> bool {
        let mut plans = self.init.iter().chain(&self.containers);
        plans.any(|plan| plan.always_pulls && &*plan.image == image)
    }

    /// Its different images, init containers first.
    pub(super) fn images(&self) -> impl Iterator<Item = &Arc<str>> {
        self.pulls.iter().map(|pull| &pull.image)
    }

    /// Tells of the pulls of its images, once its containers are known.
    pub(super) fn with_pulls(mut self) -> Self {
        let plans = || self.init.iter().chain(&self.containers).map(|plan| &plan.image);
        let is_new = |(at, image): &(usize, &Arc<str>)| plans().take(*at).all(|before| before != *image);
        self.pulls = plans()
            .enumerate()
            .filter(is_new)
            .map(|(_, image)| Pull::of(image))
            .collect();
        self
    }
}

/// The public address that a group asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EipWish {
    /// One of the account.
    Of(Box<str>),
    /// One of its own, which goes when the group ends.
    Own,
}

/// A container of a [`Blueprint`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ContainerPlan {
    pub(super) name: Arc<str>,
    pub(super) image: Arc<str>,
    pub(super) sidecar: bool,
    pub(super) ignore_exit_code: bool,
    pub(super) ignore_ready: bool,
    pub(super) post_start: bool,
    pub(super) pre_stop: bool,
    pub(super) liveness: Option<Probe>,
    pub(super) readiness: Option<Probe>,
    /// Containers of a higher priority are started before.
    pub(super) launch_priority: i32,
    /// Containers of a higher priority are stopped before.
    pub(super) exit_priority: i32,
    /// Whether the log stands in for a termination message that was not written.
    pub(super) falls_back_to_log: bool,
    /// Whether its image is asked for even when it is there.
    pub(super) always_pulls: bool,
    /// What is told of its start.
    pub(super) starts: Arc<str>,
}

/// How a container is asked whether it is well: exactly as often as the request says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Probe {
    pub(super) delay: Duration,
    pub(super) period: Duration,
    pub(super) failures: u32,
}

/// When containers are started again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RestartPolicy {
    #[default]
    Always,
    OnFailure,
    Never,
}

impl RestartPolicy {
    pub(super) const fn restarts_after(self, code: i32) -> bool {
        match self {
            Self::Always => true,
            Self::OnFailure => code != 0,
            Self::Never => false,
        }
    }
}

/// A container group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) id: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) tags: Vec<Tag>,
    pub(super) blueprint: Arc<Blueprint>,
    /// What it was asked to be; name, token and tags apart.
    pub(super) request: Arc<CreateContainerGroup>,
    pub(super) state: State,
    pub(super) reason: &'static str,
    pub(super) created_at: Instant,
    /// When anything last happened to it.
    pub(super) changed_at: Instant,
    pub(super) placement: Option<Placement>,
    /// When billing began and, once it did, ended.
    pub(super) billed_from: Option<Instant>,
    pub(super) ended_at: Option<Instant>,
    pub(super) init: Vec<Run>,
    pub(super) containers: Vec<Run>,
    /// How often scheduling was tried.
    pub(super) attempts: u32,
    /// How many of its images are there.
    pub(super) pulled: u16,
    /// Whether a named cache is taken to hold all of them.
    pub(super) cached_images: bool,
    /// Images that a cache holds for it.
    pub(super) cached: Vec<Arc<str>>,
    /// Images of an earlier blueprint that are there.
    pub(super) kept: Vec<Arc<str>>,
    /// How often the image that is pulled at present could not be.
    pub(super) failed_pulls: u32,
    pub(super) clock: PendingClock,
    /// The newest events, oldest first.
    pub(super) told: Vec<Told>,
    /// How many events were told before those.
    pub(super) told_before: u32,
    /// Whether it wanted spot capacity and has other.
    pub(super) degraded: bool,
    pub(super) deleting: bool,
    /// Raised whenever pending timers lose their meaning.
    pub(super) epoch: u32,
}

impl Group {
    pub(super) fn new(id: Arc<str>, request: &CreateContainerGroup, shape: Shape, now: Instant) -> Self {
        let blueprint = shape.blueprint;
        let init = vec![Run::default(); blueprint.init.len()];
        let containers = vec![Run::default(); blueprint.containers.len()];
        Self {
            id,
            name: request.container_group_name.as_str().into(),
            tags: request.tag.clone(),
            clock: PendingClock::new(blueprint.max_pending),
            cached_images: blueprint.cached_images,
            blueprint,
            request: shape.request,
            state: State::Scheduling,
            reason: "Creating",
            created_at: now,
            changed_at: now,
            placement: None,
            billed_from: None,
            ended_at: None,
            init,
            containers,
            attempts: 0,
            pulled: 0,
            cached: Vec::new(),
            kept: Vec::new(),
            failed_pulls: 0,
            told: Vec::new(),
            told_before: 0,
            degraded: false,
            deleting: false,
            epoch: 0,
        }
    }

    /// Keeps an event; one that says the same as an earlier one is counted there. The newest fifty are kept
    /// (DescribeContainerGroupEvents, 2025-10-17).
    pub(super) fn tell(&mut self, told: Told) {
        let same = |known: &&mut Told| known.reason == told.reason && known.message == told.message;
        if let Some(known) = self.told.iter_mut().find(same) {
            known.last = told.last;
            known.count += 1;
            return;
        }
        if self.told.len() == 50 {
            self.told.remove(0);
            self.told_before += 1;
        }
        self.told.push(told);
    }

    /// Whose fixed address it has, and for how long that is kept. The API knows no namespaces: the name of the group is the identity.
    pub(super) fn fixed_identity(&self) -> Option<(FixedIdentity, Duration)> {
        let retention = self.blueprint.keeps_address?;
        let identity = FixedIdentity::new(&self.request.region_id, "", &self.name);
        Some((identity, retention))
    }

    /// Whether it will never run again.
    pub(super) const fn is_finished(&self) -> bool {
        self.state.is_final()
    }

    /// How long it was billed up to now.
    pub(super) fn billed(&self, now: Instant) -> Duration {
        let from = self.billed_from;
        from.map_or(Duration::ZERO, |from| self.ended_at.unwrap_or(now).since(from))
    }

    /// Whether every container that counts has ended for good.
    pub(super) fn normal_containers_ended(&self) -> bool {
        let pairs = self.containers.iter().zip(&self.blueprint.containers);
        let mut normal = pairs.filter(|(_, plan)| !plan.sidecar).peekable();
        normal.peek().is_some() && normal.all(|(run, _)| run.ended_for_good(self.blueprint.restart))
    }

    /// Whether every container has ended, and those whose exit code counts ended well.
    pub(super) fn outcome(&self) -> Option<bool> {
        let codes: Option<Vec<i32>> = self.containers.iter().map(Run::exit_code).collect();
        let counted = codes?.into_iter().zip(&self.blueprint.containers);
        Some(
            counted
                .filter(|(_, plan)| !plan.ignore_exit_code)
                .all(|(code, _)| code == 0),
        )
    }
}

/// An event of a group, in the platform's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) first: Instant,
    pub(super) last: Instant,
    pub(super) count: u32,
    pub(super) reason: &'static str,
    pub(super) message: Arc<str>,
    pub(super) warning: bool,
}

impl Told {
    pub(super) const fn new(at: Instant, reason: &'static str, message: Arc<str>, warning: bool) -> Self {
        Self {
            first: at,
            last: at,
            count: 1,
            reason,
            message,
            warning,
        }
    }
}

/// A vSwitch and its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) vswitch: VSwitchId,
    pub(super) zone: Option<Zone>,
}

/// Where a container group runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) site: Arc<Site>,
    pub(super) address: Ipv4Addr,
    pub(super) spec: Arc<str>,
    /// Whether the address is still its own.
    pub(super) held: bool,
}

/// A container's present run, and how many it had before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) state: RunState,
    pub(super) restarts: u32,
    /// How often in a row it ended soon after its start.
    pub(super) failures: u32,
    /// Whether its start was ordered.
    pub(super) launched: bool,
    pub(super) ready: bool,
    /// The end of the run before.
    pub(super) last: Option<Ended>,
}

impl Run {
    pub(super) const fn exit_code(&self) -> Option<i32> {
        match self.state {
            RunState::Ended(ended) => Some(ended.code),
            _ => None,
        }
    }

    pub(super) const fn is_running(&self) -> bool {
        matches!(self.state, RunState::Running { .. })
    }

    /// Ends the present run, or the wait for the next one.
    pub(super) fn stop(&mut self, at: Instant, code: i32, cause: Cause) {
        self.ready = false;
        self.state = match (self.state, self.last) {
            (RunState::Running { since }, _) => RunState::Ended(Ended { since, at, code, cause }),
            (RunState::BackOff, Some(last)) => RunState::Ended(last),
            (state, _) => state,
        };
    }

    /// Starts anew by order of the account, which counts as a restart.
    pub(super) fn renew(&mut self, now: Instant) {
        self.restarts += u32::from(self.state != RunState::Waiting);
        self.stop(now, 137, Cause::Killed);
        if let RunState::Ended(ended) = self.state {
            self.last = Some(ended);
        }
        self.state = RunState::Waiting;
        self.launched = false;
        self.failures = 0;
    }

    fn ended_for_good(&self, restart: RestartPolicy) -> bool {
        self.exit_code().is_some_and(|code| !restart.restarts_after(code))
    }
}

/// What a container does at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RunState {
    #[default]
    Waiting,
    /// Waiting before it is started again.
    BackOff,
    Running {
        since: Instant,
    },
    Ended(Ended),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) since: Instant,
    pub(super) at: Instant,
    pub(super) code: i32,
    pub(super) cause: Cause,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// By itself.
    Itself,
    OutOfMemory,
    /// By the platform.
    Killed,
}
