//! What happens in a container: start, hooks, probes, the end, and the wait before the next start.

use std::sync::Arc;
use std::time::Duration;

use eci_model::lifecycle::State;

use super::event::Happening;
use super::fault_kind::FaultKind;
use super::group::{Cause, ContainerPlan, Ended, RestartPolicy, Run, RunState};
use super::planned_fault::{Occasion, PlannedFault};
use super::probe::{first_answer, lost};
use super::random::Concern;
use super::script::Behaviour;
use super::world::{Due, Key, World};

/// First wait before a container is started again; doubles each time, as a kubelet does.
const BACK_OFF: Duration = Duration::from_secs(10);
/// Longest such wait.
const BACK_OFF_LIMIT: Duration = Duration::from_secs(300);
/// A container that ran for so long begins with the first wait again, as with a kubelet.
const BACK_OFF_RESET: Duration = Duration::from_secs(600);

impl World {
    /// Orders the start of the containers whose turn it is: the highest priority first, the next once those run and are ready
    /// (Start and exit order, 2023-08-22).
    pub(super) fn launch(&mut self, key: Key) {
        let Some(group) = self.group_mut(key).filter(|group| !group.deleting) else {
            return;
        };
        let plans = &group.blueprint.containers;
        let waiting = group.containers.iter().zip(plans).filter(|(run, _)| !run.launched);
        let Some(next) = waiting.map(|(_, plan)| plan.launch_priority).max() else {
            return;
        };
        let mut before = group.containers.iter().zip(plans).filter(|(run, _)| run.launched);
        let up = |(run, plan): (&Run, &ContainerPlan)| match run.state {
            RunState::Running { .. } => run.ready || plan.readiness.is_none(),
            RunState::Ended(_) => true,
            RunState::Waiting | RunState::BackOff => false,
        };
        if !before.all(up) {
            return;
        }
        let mut ordered = Vec::new();
        for (index, (run, plan)) in (0_u16..).zip(group.containers.iter_mut().zip(plans)) {
            if !run.launched && plan.launch_priority == next {
                run.launched = true;
                ordered.push(index);
            }
        }
        for container in ordered {
            let draw = u32::from(container);
            let span = self.settings.start.draw(self.chance, Concern::Start, key, draw);
            let slower = self.befalls_container(FaultKind::SlowStart, key, container);
            let more = slower.map_or(Duration::ZERO, |fault| fault.span());
            self.set(key, span.saturating_add(more), Due::Start { container });
        }
    }

    /// An application container starts.
    pub(super) fn start(&mut self, key: Key, container: u16) {
        let now = self.now;
        let index = usize::from(container);
        let Some(group) = self.group_mut(key) else { return };
        let (Some(run), Some(plan)) = (group.containers.get_mut(index), group.blueprint.containers.get(index)) else {
            return;
        };
        run.state = RunState::Running { since: now };
        let (number, plan, restart) = (run.restarts, plan.clone(), group.blueprint.restart);
        self.note(key, "Started", plan.name.clone());
        self.report(key, "Started", plan.starts.clone(), false);
        let script = self.settings.scripts.program(&plan);
        let behaviour = script.behaviour;
        let hook = plan.post_start.then_some(script.post_start);
        let delay = hook.map_or(Duration::ZERO, |hook| hook.takes);
        let ready = first_answer(plan.readiness, script);
        let unready = plan.readiness.and_then(|probe| lost(probe, script, true));
        let dead = plan.liveness.and_then(|probe| lost(probe, script, false));
        let set = |world: &mut Self, after, due| world.set(key, delay + after, due);
        if hook.is_some_and(|hook| hook.fails) {
            set(self, Duration::ZERO, Due::HookFailed { container, run: number });
        }
        match ready {
            Some(Duration::ZERO) if delay.is_zero() => self.ready(key, container, number, true),
            Some(after) => set(
                self,
                after,
                Due::Ready {
                    container,
                    run: number,
                    ready: true,
                },
            ),
            None => {}
        }
        if let Some(after) = unready {
            set(
                self,
                after,
                Due::Ready {
                    container,
                    run: number,
                    ready: false,
                },
            );
        }
        if let Some(after) = dead {
            set(self, after, Due::Unhealthy { container, run: number });
        }
        let behaviour = match self.planned_end(key, container) {
            Some(planned) => planned,
            None => behaviour.unwrap_or_else(|| self.usual(key, container, restart, plan.sidecar)),
        };
        self.behave(key, container, number, behaviour);
        self.happened(key, Happening::Container { name: plan.name });
        self.enter_running(key);
        self.launch(key);
        // A sidecar may come when all others have ended already.
        self.end_if_done(key);
    }

    /// How a container ends that is planned to crash or to run out of memory.
    fn planned_end(&mut self, key: Key, container: u16) -> Option<Behaviour> {
        if let Some(fault) = self.befalls_container(FaultKind::OutOfMemory, key, container) {
            return Some(Behaviour::OutOfMemory { after: fault.span() });
        }
        let fault = self.befalls_container(FaultKind::CrashLoop, key, container)?;
        Some(Behaviour::Exits {
            after: fault.span(),
            code: fault.exit_code(),
        })
    }

    fn befalls_container(&mut self, kind: FaultKind, key: Key, container: u16) -> Option<PlannedFault> {
        if self.settings.faults.is_empty() {
            return None;
        }
        let plan = self.group(key)?.blueprint.containers.get(usize::from(container))?;
        let (name, image) = (plan.name.clone(), plan.image.clone());
        let occasion = Occasion {
            container: Some(&name),
            image: Some(&image),
            ..Occasion::default()
        };
        self.befalls(kind, key, occasion)
    }

    fn behave(&mut self, key: Key, container: u16, run: u32, behaviour: Behaviour) {
        let (after, code, cause) = match behaviour {
            Behaviour::Runs => return,
            Behaviour::Exits { after, code } => (after, code, Cause::Itself),
            Behaviour::OutOfMemory { after } => (after, 137, Cause::OutOfMemory),
            Behaviour::FillsDisk { after } => return self.set(key, after, Due::DiskFull),
        };
        self.set(
            key,
            after,
            Due::Exit {
                container,
                run,
                code,
                cause,
            },
        );
    }

    /// A container answers its readiness probe from now on, or does not any more.
    pub(super) fn ready(&mut self, key: Key, container: u16, number: u32, ready: bool) {
        let Some(name) = self.runs(key, container, number) else {
            return;
        };
        if let Some(run) = self
            .group_mut(key)
            .and_then(|group| group.containers.get_mut(usize::from(container)))
        {
            run.ready = ready;
        }
        if !ready {
            self.report(key, "Unhealthy", format!("Readiness probe failed: {name}"), true);
        }
        self.happened(key, Happening::Container { name });
        if ready {
            self.launch(key);
        }
    }

    /// A container has not answered its liveness probe for as often as it may: it is stopped, and started again as its policy says.
    pub(super) fn unhealthy(&mut self, key: Key, container: u16, number: u32) {
        let Some(name) = self.runs(key, container, number) else {
            return;
        };
        self.note(key, "Unhealthy", name.clone());
        self.report(key, "Unhealthy", format!("Liveness probe failed: {name}"), true);
        self.kill(
            key,
            container,
            number,
            format!("Container {name} failed liveness probe"),
        );
    }

    /// The hook after the start has failed, which ends the container (Kubernetes).
    pub(super) fn hook_failed(&mut self, key: Key, container: u16, number: u32) {
        let Some(name) = self.runs(key, container, number) else {
            return;
        };
        self.note(key, "FailedPostStartHook", name.clone());
        self.report(
            key,
            "FailedPostStartHook",
            format!("PostStartHook of {name} failed"),
            true,
        );
        self.kill(key, container, number, format!("FailedPostStartHook of {name}"));
    }

    fn kill(&mut self, key: Key, container: u16, run: u32, why: String) {
        self.report(key, "Killing", why, false);
        let Some((span, code)) = self.stopping(key, container) else {
            return;
        };
        let cause = Cause::Killed;
        self.set(
            key,
            span,
            Due::Exit {
                container,
                run,
                code,
                cause,
            },
        );
    }

    /// How long a container takes to stop, its hook included, and its code: 137 when the grace period is over before.
    pub(super) fn stopping(&self, key: Key, container: u16) -> Option<(Duration, i32)> {
        let blueprint = &self.group(key)?.blueprint;
        let plan = blueprint.containers.get(usize::from(container))?;
        let script = self.settings.scripts.program(plan);
        let hook = if plan.pre_stop {
            script.pre_stop.takes
        } else {
            Duration::ZERO
        };
        let span = hook + script.stops_after.unwrap_or(self.settings.stop);
        Some(match span > blueprint.grace {
            true => (blueprint.grace, 137),
            false => (span, script.stop_code),
        })
    }

    /// The name of a container that is still in the run that was meant.
    fn runs(&self, key: Key, container: u16, number: u32) -> Option<Arc<str>> {
        let group = self.group(key)?;
        let index = usize::from(container);
        let run = group.containers.get(index)?;
        let plan = group.blueprint.containers.get(index)?;
        (run.is_running() && run.restarts == number).then(|| plan.name.clone())
    }

    /// An application container exits by itself.
    pub(super) fn exit(&mut self, key: Key, container: u16, run_number: u32, code: i32) {
        self.exit_because(key, container, run_number, code, Cause::Itself);
    }

    /// An application container ends.
    pub(super) fn exit_because(&mut self, key: Key, container: u16, number: u32, code: i32, cause: Cause) {
        let now = self.now;
        let Some(name) = self.runs(key, container, number) else {
            return;
        };
        let Some(group) = self.group_mut(key) else { return };
        let again = group.blueprint.restart.restarts_after(code) && !group.deleting;
        let Some(run) = group.containers.get_mut(usize::from(container)) else {
            return;
        };
        run.stop(now, code, cause);
        let RunState::Ended(ended) = run.state else { return };
        if ended.at.since(ended.since) >= BACK_OFF_RESET {
            run.failures = 0;
        }
        let wait = back_off(run.failures);
        if again {
            run.last = Some(ended);
            run.state = RunState::BackOff;
            run.restarts += 1;
            run.failures += 1;
        }
        self.note(key, "Exited", format!("{name} {code}"));
        if cause == Cause::OutOfMemory {
            self.report(key, "OOMKilled", format!("Container {name} was out of memory"), true);
        }
        self.happened(key, Happening::Container { name: name.clone() });
        if again {
            let message = format!("Back-off {}s restarting failed container {name}", wait.as_secs());
            self.report(key, "BackOff", message, true);
            self.set(key, wait, Due::Start { container });
        } else {
            self.launch(key);
        }
        self.end_if_done(key);
    }

    /// The temporary storage of a group is full. It ends only where the pod asks for that (Evict pods that run out of temporary
    /// storage, 2026-08-11).
    pub(super) fn disk_full(&mut self, key: Key) {
        if self.group(key).is_some_and(|group| group.blueprint.evicts) {
            let message = "less than 100 MiB of the temporary storage is left";
            self.fail(key, "Evicted", message);
        }
    }

    /// A group has lived for as long as it may.
    pub(super) fn deadline(&mut self, key: Key) {
        self.fail(
            key,
            "DeadlineExceeded",
            "the group was active for longer than it may be",
        );
    }

    /// Ends a group whose containers still run, or wait.
    pub(super) fn fail(&mut self, key: Key, reason: &'static str, message: &'static str) {
        if self
            .group(key)
            .is_none_or(|group| group.deleting || group.is_finished())
        {
            return;
        }
        self.stop_containers(key, 137);
        self.release_address(key);
        self.enter(key, State::Failed, reason, self.nothing.clone());
        self.report(key, reason, message, true);
    }

    /// Runs an init container, or starts the others when there is none left.
    pub(super) fn run_init(&mut self, key: Key, container: u16) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        let Some(run) = group.init.get_mut(usize::from(container)) else {
            self.observe_pending(key, false);
            return self.launch(key);
        };
        run.state = RunState::Running { since: now };
        let Some(plan) = group.blueprint.init.get(usize::from(container)).cloned() else {
            return;
        };
        self.note(key, "Started", plan.name.clone());
        self.observe_pending(key, true);
        let (span, code, cause) = match self.settings.scripts.program(&plan).behaviour {
            Some(Behaviour::Runs | Behaviour::FillsDisk { .. }) => return,
            Some(Behaviour::Exits { after, code }) => (after, code, Cause::Itself),
            Some(Behaviour::OutOfMemory { after }) => (after, 137, Cause::OutOfMemory),
            None => {
                let draw = 1000 + u32::from(container);
                let span = self.settings.start.draw(self.chance, Concern::Start, key, draw);
                (span, 0, Cause::Itself)
            }
        };
        self.set(key, span, Due::InitEnded { container, code, cause });
    }

    /// An init container has ended. The next one follows a good end; a bad one is tried again, or ends the group that never restarts.
    pub(super) fn init_ended(&mut self, key: Key, container: u16, code: i32, cause: Cause) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        let restart = group.blueprint.restart;
        let Some(run) = group.init.get_mut(usize::from(container)) else {
            return;
        };
        run.stop(now, code, cause);
        if code == 0 {
            return self.run_init(key, container + 1);
        }
        if restart == RestartPolicy::Never {
            return self.fail(key, "InitFailed", "an init container has ended badly");
        }
        if let RunState::Ended(ended) = run.state {
            run.last = Some(ended);
        }
        run.state = RunState::BackOff;
        let wait = back_off(run.failures);
        run.restarts += 1;
        run.failures += 1;
        self.observe_pending(key, false);
        let message = format!("Back-off {}s restarting failed init container", wait.as_secs());
        self.report(key, "BackOff", message, true);
        self.set(key, wait, Due::InitAgain { container });
    }

    fn enter_running(&mut self, key: Key) {
        let Some(group) = self.group(key) else { return };
        let all_started = group.containers.iter().all(|run| run.state != RunState::Waiting);
        if all_started && group.state == State::Pending {
            self.enter(key, State::Running, "", self.nothing.clone());
        }
    }

    /// What a container without a script does.
    fn usual(&self, key: Key, container: u16, restart: RestartPolicy, sidecar: bool) -> Behaviour {
        if restart == RestartPolicy::Always || sidecar {
            return Behaviour::Runs;
        }
        let draw = u32::from(container);
        let millis = self.chance.between(Concern::Run, key, draw, 60_000, 300_000);
        Behaviour::Exits {
            after: Duration::from_millis(millis),
            code: 0,
        }
    }
}

/// How long to wait before the next try, after so many tries before.
pub(super) fn back_off(tries: u32) -> Duration {
    BACK_OFF.saturating_mul(1 << tries.min(5)).min(BACK_OFF_LIMIT)
}

impl Ended {
    /// The word of the API for how it ended.
    pub(super) const fn reason(self) -> &'static str {
        match (self.cause, self.code) {
            (Cause::OutOfMemory, _) => "OOMKilled",
            (_, 0) => "Completed",
            _ => "Error",
        }
    }
}
