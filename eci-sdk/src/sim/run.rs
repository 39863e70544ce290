//! What happens in a placed group: pulls, init containers, containers, restarts, the end.

use std::time::Duration;

use eci_model::lifecycle::State;

use super::event::Happening;
use super::group::{RestartPolicy, RunState};
use super::random::Concern;
use super::script::Behaviour;
use super::world::{Due, Key, World};

/// First wait before a container is started again; doubles each time, as a kubelet does.
const BACK_OFF: Duration = Duration::from_secs(10);
/// Longest such wait.
const BACK_OFF_LIMIT: Duration = Duration::from_secs(300);

impl World {
    pub(super) fn begin_pulls(&mut self, key: Key) {
        self.look_into_caches(key);
        self.pull(key, 0);
    }

    /// An image is there; pulls the next one, or goes on to the init containers.
    pub(super) fn pulled(&mut self, key: Key, image: u16) {
        let Some(name) = self.image(key, image) else { return };
        if !self.settings.scripts.of(&name).pullable {
            return self.pull_failed(key, image, &name);
        }
        if let Some(group) = self.group_mut(key) {
            group.failed_pulls = 0;
            group.pulled = image + 1;
        }
        self.note(key, "Pulled", &name);
        self.report(key, "Pulled", format!("Successfully pulled image \"{name}\""), false);
        self.pull(key, image + 1);
    }

    /// Waits as a kubelet does, and pulls again.
    fn pull_failed(&mut self, key: Key, image: u16, name: &str) {
        let Some(group) = self.group_mut(key) else { return };
        let wait = back_off(group.failed_pulls);
        group.failed_pulls += 1;
        self.note(key, "ErrImagePull", name);
        self.report(key, "Failed", format!("Failed to pull image \"{name}\""), true);
        self.set(key, wait, Due::PullAgain { image });
    }

    /// An init container has ended well; starts the next one, or the containers.
    pub(super) fn init_ended(&mut self, key: Key, container: u16) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        let index = usize::from(container);
        if let Some(run) = group.init.get_mut(index) {
            let since = match run.state {
                RunState::Running { since } => since,
                _ => now,
            };
            run.state = RunState::Ended {
                since,
                at: now,
                code: 0,
            };
        }
        self.run_init(key, container + 1);
    }

    /// An application container starts.
    pub(super) fn start(&mut self, key: Key, container: u16) {
        let now = self.now;
        let index = usize::from(container);
        let Some(group) = self.group_mut(key) else { return };
        let Some(run) = group.containers.get_mut(index) else {
            return;
        };
        run.state = RunState::Running { since: now };
        let restarts = run.restarts;
        let Some(plan) = group.blueprint.containers.get(index).cloned() else {
            return;
        };
        let restart = group.blueprint.restart;
        self.note(key, "Started", &plan.name);
        self.report(key, "Started", format!("Started container {}", plan.name), false);
        self.happened(
            key,
            Happening::Container {
                name: plan.name.clone(),
            },
        );
        let behaviour = self.settings.scripts.of(&plan.image).behaviour;
        let behaviour = behaviour.unwrap_or_else(|| self.usual(key, container, restart, plan.sidecar));
        if let Behaviour::Exits { after, code } = behaviour {
            self.set(
                key,
                after,
                Due::Exit {
                    container,
                    run: restarts,
                    code,
                },
            );
        }
        self.enter_running(key);
    }

    /// An application container exits by itself.
    pub(super) fn exit(&mut self, key: Key, container: u16, run_number: u32, code: i32) {
        let now = self.now;
        let index = usize::from(container);
        let Some(group) = self.group_mut(key) else { return };
        let restart = group.blueprint.restart;
        let Some(run) = group.containers.get_mut(index) else {
            return;
        };
        let RunState::Running { since } = run.state else { return };
        if run.restarts != run_number {
            return;
        }
        let again = restart.restarts_after(code);
        let wait = back_off(run.restarts);
        run.state = if again {
            RunState::BackOff { code }
        } else {
            RunState::Ended { since, at: now, code }
        };
        run.restarts += u32::from(again);
        let name = group
            .blueprint
            .containers
            .get(index)
            .map(|plan| plan.name.clone())
            .unwrap_or_default();
        self.note(key, "Exited", &format!("{name} {code}"));
        self.happened(key, Happening::Container { name: name.clone() });
        if again {
            let message = format!("Back-off {}s restarting failed container {name}", wait.as_secs());
            self.report(key, "BackOff", message, true);
            self.set(key, wait, Due::Start { container });
        }
        self.end_if_done(key);
    }

    /// A restart begins to take effect: every container starts anew.
    pub(super) fn resume(&mut self, key: Key) {
        self.enter(key, State::Pending, "", "");
        // Images that were pulled stay on the disk of the instance.
        let next = self.group(key).map_or(0, |group| group.pulled);
        self.pull(key, next);
    }

    /// Takes a spot instance back.
    pub(super) fn spot_reclaim(&mut self, key: Key) {
        if self.group(key).is_none_or(|group| group.deleting) {
            return;
        }
        self.stop_containers(key, 137);
        self.release_address(key);
        self.enter(key, State::Expired, "BidFailed", "");
    }

    /// Ends every container that runs, with the given code.
    pub(super) fn stop_containers(&mut self, key: Key, code: i32) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        for run in &mut group.containers {
            run.state = match run.state {
                RunState::Running { since } => RunState::Ended { since, at: now, code },
                RunState::BackOff { code } => RunState::Ended {
                    since: now,
                    at: now,
                    code,
                },
                other => other,
            };
        }
    }

    pub(super) fn pull(&mut self, key: Key, image: u16) {
        let Some(name) = self.image(key, image) else {
            return self.run_init(key, 0);
        };
        if self.group(key).is_some_and(|group| group.kept.contains(&name)) {
            return self.pull(key, image + 1);
        }
        self.note(key, "Pulling", &name);
        self.report(key, "Pulling", format!("Pulling image \"{name}\""), false);
        let Some(group) = self.group(key) else { return };
        let cached = group.blueprint.cached_images || group.cached.contains(&name);
        let span = if !cached {
            let millis = u64::try_from(self.settings.pull_time(&name).as_millis()).unwrap_or(u64::MAX);
            let entity = key.wrapping_mul(64).wrapping_add(u32::from(image));
            let more = self.chance.between(Concern::Pull, entity, 0, 0, millis / 5);
            Duration::from_millis(millis.saturating_add(more))
        } else if group.blueprint.always_pulls(&name) {
            self.settings.cached_pull
        } else {
            Duration::ZERO
        };
        self.set(key, span, Due::Pulled { image });
    }

    /// The n-th different image of a group, init containers first.
    fn image(&self, key: Key, number: u16) -> Option<Box<str>> {
        let images = self.group(key)?.blueprint.images();
        images.get(usize::from(number)).map(|image| (*image).into())
    }

    fn run_init(&mut self, key: Key, container: u16) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        let Some(run) = group.init.get_mut(usize::from(container)) else {
            self.observe_pending(key, false);
            return self.start_containers(key);
        };
        run.state = RunState::Running { since: now };
        let Some(plan) = group.blueprint.init.get(usize::from(container)).cloned() else {
            return;
        };
        self.note(key, "Started", &plan.name);
        self.observe_pending(key, true);
        let span = match self.settings.scripts.of(&plan.image).behaviour {
            Some(Behaviour::Exits { after, .. }) => after,
            _ => self
                .settings
                .start
                .draw(self.chance, Concern::Start, key, 1000 + u32::from(container)),
        };
        self.set(key, span, Due::InitEnded { container });
    }

    fn start_containers(&mut self, key: Key) {
        let count = self.group(key).map_or(0, |group| group.containers.len());
        for index in 0..u16::try_from(count).unwrap_or(u16::MAX) {
            let span = self
                .settings
                .start
                .draw(self.chance, Concern::Start, key, u32::from(index));
            self.set(key, span, Due::Start { container: index });
        }
    }

    fn enter_running(&mut self, key: Key) {
        let Some(group) = self.group(key) else { return };
        let all_started = group.containers.iter().all(|run| run.state != RunState::Waiting);
        if all_started && group.state == State::Pending {
            self.enter(key, State::Running, "", "");
        }
    }

    /// What a container without a script does.
    fn usual(&self, key: Key, container: u16, restart: RestartPolicy, sidecar: bool) -> Behaviour {
        if restart == RestartPolicy::Always || sidecar {
            return Behaviour::Runs;
        }
        let millis = self
            .chance
            .between(Concern::Run, key, u32::from(container), 60_000, 300_000);
        Behaviour::Exits {
            after: Duration::from_millis(millis),
            code: 0,
        }
    }

    /// Kills sidecars once every other container has ended for good, and ends the group once all have.
    fn end_if_done(&mut self, key: Key) {
        let Some(group) = self.group(key) else { return };
        if !group.normal_containers_ended() {
            return;
        }
        self.stop_containers(key, 137);
        let Some(outcome) = self.group(key).and_then(super::group::Group::outcome) else {
            return;
        };
        let state = if outcome { State::Succeeded } else { State::Failed };
        self.release_address(key);
        self.enter(key, state, "", "");
    }
}

/// How long to wait before the next try, after so many tries before.
fn back_off(tries: u32) -> Duration {
    BACK_OFF.saturating_mul(1 << tries.min(5)).min(BACK_OFF_LIMIT)
}
