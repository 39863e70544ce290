//! What happens in a placed group: pulls, restarts, the end.

use std::time::Duration;

use eci_model::lifecycle::State;

use super::container::back_off;
use super::fault_kind::FaultKind;
use super::group::{Cause, Pull};
use super::planned_fault::Occasion;
use super::random::Concern;
use super::world::{Due, Key, World};

impl World {
    pub(super) fn begin_pulls(&mut self, key: Key) {
        self.look_into_caches(key);
        self.pull(key, 0);
    }

    /// An image is there; pulls the next one, or goes on to the init containers.
    pub(super) fn pulled(&mut self, key: Key, image: u16) {
        let Some(pull) = self.pull_of(key, image) else { return };
        let name = pull.image;
        let occasion = Occasion {
            image: Some(&name),
            ..Occasion::default()
        };
        let fails = self.befalls(FaultKind::FailedPull, key, occasion).is_some();
        if fails || !self.settings.scripts.of(&name).pullable {
            return self.pull_failed(key, image, &name);
        }
        if let Some(group) = self.group_mut(key) {
            group.failed_pulls = 0;
            group.pulled = image + 1;
        }
        self.note(key, "Pulled", name.clone());
        self.report(key, "Pulled", pull.ends, false);
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

    /// A restart begins to take effect: every container starts anew.
    pub(super) fn resume(&mut self, key: Key) {
        self.enter(key, State::Pending, "", self.nothing.clone());
        // Images that were pulled stay on the disk of the instance.
        let next = self.group(key).map_or(0, |group| group.pulled);
        self.pull(key, next);
    }

    /// Ends every container that runs, with the given code.
    pub(super) fn stop_containers(&mut self, key: Key, code: i32) {
        let now = self.now;
        let Some(group) = self.group_mut(key) else { return };
        for run in group.init.iter_mut().chain(&mut group.containers) {
            run.stop(now, code, Cause::Killed);
        }
    }

    pub(super) fn pull(&mut self, key: Key, image: u16) {
        let Some(pull) = self.pull_of(key, image) else {
            return self.run_init(key, 0);
        };
        let name = pull.image;
        if self.group(key).is_some_and(|group| group.kept.contains(&name)) {
            return self.pull(key, image + 1);
        }
        self.note(key, "Pulling", name.clone());
        self.report(key, "Pulling", pull.begins, false);
        let Some(group) = self.group(key) else { return };
        let cached = group.cached_images || group.cached.contains(&name);
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
        let occasion = Occasion {
            image: Some(&name),
            ..Occasion::default()
        };
        let slower = self.befalls(FaultKind::SlowPull, key, occasion);
        let more = slower.map_or(Duration::ZERO, |fault| fault.span());
        self.set(key, span.saturating_add(more), Due::Pulled { image });
    }

    /// The n-th different image of a group, init containers first.
    fn pull_of(&self, key: Key, number: u16) -> Option<Pull> {
        self.group(key)?.blueprint.pulls.get(usize::from(number)).cloned()
    }

    /// Kills sidecars once every other container has ended for good, and ends the group once all have.
    pub(super) fn end_if_done(&mut self, key: Key) {
        let Some(group) = self.group(key) else { return };
        if group.deleting || !group.normal_containers_ended() {
            return;
        }
        self.stop_containers(key, 137);
        let Some(outcome) = self.group(key).and_then(super::group::Group::outcome) else {
            return;
        };
        let state = if outcome { State::Succeeded } else { State::Failed };
        self.release_address(key);
        self.enter(key, state, "", self.nothing.clone());
    }
}
