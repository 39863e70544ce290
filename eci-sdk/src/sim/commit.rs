//! Containers saved as images, and disks that grow.

use std::sync::Arc;

use eci_model::api::{
    CommitContainer, CommitPhase, CommitTask, DescribeCommitContainerTask, DescribeCommitContainerTaskAnswer,
    ResizeContainerGroupVolume,
};

use super::list::{page_size, place};
use super::random::Concern;
use super::shelf::{Kept, Stage};
use super::time::Instant;
use super::world::World;
use crate::backend::BackendError;

/// Tasks on a page by default and at most (API schema, 2024-06-24).
const PAGE: usize = 10;
const LIMIT: usize = 50;

/// A task that saves a container as an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    group: Box<str>,
    container: Box<str>,
    /// When the image it stands on is there.
    based: Instant,
}

impl World {
    /// Starts to save a container that runs: its image is pulled, the container saved, the result pushed, each in its own time.
    pub(super) fn commit(&mut self, request: &CommitContainer) -> Result<Box<str>, BackendError> {
        let (plan, run) = self.container(&request.container_group_id, &request.container_name)?;
        let image = request.image.as_ref();
        if image.is_none_or(|image| image.repository.is_empty() || image.tag.is_empty()) {
            return Err(refused(400, "InvalidParameter", "no repository and tag for the image"));
        }
        if !run.is_running() {
            let message = format!("container {} does not run", plan.name);
            return Err(refused(403, "IncorrectStatusDetail", message));
        }
        let transfer = self.settings.pull_time(&plan.image);
        let what = Commit {
            group: request.container_group_id.as_str().into(),
            container: (&*plan.name).into(),
            based: self.now + transfer,
        };
        let made = self.commits.made();
        let number = self.chance.number(Concern::Identity, made, u32::MAX - 2);
        let id = format!("ct-2ze{:09x}{made:05}", number & 0xf_ffff_ffff).into();
        let times = (transfer + self.settings.snapshot, transfer);
        Ok(self.commits.add(id, self.now, times, what).id.clone())
    }

    pub(super) fn list_commits(
        &mut self,
        request: &DescribeCommitContainerTask,
    ) -> Result<DescribeCommitContainerTaskAnswer, BackendError> {
        if request.container_group_id.is_none() && request.task_id.is_empty() {
            return Err(refused(400, "InvalidParameter", "neither a container group nor tasks"));
        }
        let from = place(request.next_token.as_deref())?;
        let now = self.now;
        let fits = |kept: &Kept<Commit>| {
            let group = request.container_group_id.as_deref();
            let status = request.task_status.as_deref();
            group.is_none_or(|group| group == &*kept.what.group)
                && (request.task_id.is_empty() || request.task_id.iter().any(|id| **id == *kept.id))
                && status.is_none_or(|status| status == word(kept.stage(now)))
        };
        let size = page_size(request.max_results, PAGE, LIMIT);
        let (page, next_token, total) = self.commits.page(from, size, fits);
        Ok(DescribeCommitContainerTaskAnswer {
            commit_tasks: page.into_iter().map(|kept| self.commit_task(kept)).collect(),
            max_results: Some(size.to_string()),
            next_token,
            total_count: i32::try_from(total).ok(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    fn commit_task(&self, kept: &Kept<Commit>) -> CommitTask {
        let now = self.now;
        let ends = [kept.what.based, kept.loaded, kept.done];
        let phases = ["PullBaseImage", "CommitContainer", "PushCommittedImage"];
        let done = ends.iter().filter(|end| **end <= now).count();
        let begun = phases.into_iter().zip(ends).take(done + 1);
        let info = |(phase, end): (&str, Instant)| CommitPhase {
            phase: Some(phase.to_owned()),
            record_time: Some(self.timestamp(end.min(now))),
            status: Some(if end <= now { "Succeeded" } else { "Running" }.to_owned()),
            ..Default::default()
        };
        CommitTask {
            commit_phase_infos: begun.map(info).collect(),
            container_name: Some(kept.what.container.to_string()),
            task_creation_time: Some(self.timestamp(kept.created)),
            task_finished_time: (kept.done <= now).then(|| self.timestamp(kept.done)),
            task_id: Some(kept.id.to_string()),
            task_progress: Some(format!("{}%", done * 100 / phases.len())),
            task_status: Some(word(kept.stage(now)).to_owned()),
            ..Default::default()
        }
    }

    /// Lets a disk of a group grow. How large it is shows in no answer; it must only never shrink.
    pub(super) fn resize(&mut self, request: &ResizeContainerGroupVolume) -> Result<(), BackendError> {
        let key = self.known(&request.container_group_id)?;
        let Some(group) = self.group_mut(key) else {
            return Ok(());
        };
        let named = |name: &Option<String>| name.as_deref() == Some(&*request.volume_name);
        let Some(volume) = Arc::make_mut(&mut group.request)
            .volume
            .iter_mut()
            .find(|volume| named(&volume.name))
        else {
            let message = format!("there is no volume `{}`", request.volume_name);
            return Err(refused(400, "InvalidParameter", message));
        };
        let Some(disk) = &mut volume.disk_volume else {
            let message = format!("volume `{}` is no disk", request.volume_name);
            return Err(refused(403, "InvalidVolumeType", message));
        };
        if !group.state.can_restart() || group.deleting {
            let message = format!("a group in state {} keeps its disks", group.state.name());
            return Err(refused(403, "IncorrectStatusDetail", message));
        }
        let size = i32::try_from(request.new_size)
            .ok()
            .filter(|size| (20..=32_768).contains(size));
        let size = size.filter(|size| disk.disk_size.is_none_or(|before| before <= *size));
        let Some(size) = size else {
            let message = format!(
                "a disk of {:?} GiB cannot have {} GiB",
                disk.disk_size, request.new_size
            );
            return Err(refused(400, "InvalidParameter", message));
        };
        disk.disk_size = Some(size);
        Ok(())
    }
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Ready => "Succeeded",
        Stage::Failed | Stage::UpdateFailed => "Failed",
        Stage::Loading | Stage::Storing | Stage::Updating => "Running",
    }
}

fn refused(status: u16, code: &str, message: impl Into<Box<str>>) -> BackendError {
    BackendError::of_code(code, status, message)
}
