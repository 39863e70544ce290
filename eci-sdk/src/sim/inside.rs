//! Looking into containers: logs and commands, as the scripts of their images have them.

use std::fmt::Write as _;

use eci_model::api::{
    DescribeContainerLog, DescribeContainerLogAnswer, ExecContainerCommand, ExecContainerCommandAnswer,
};

use super::group::{ContainerPlan, Run, RunState};
use super::time::Instant;
use super::world::World;
use crate::backend::{BackendError, Class, Reached};

/// The most lines of a log in one answer (DescribeContainerLog, 2025-10-17).
const LINES: usize = 2000;

impl World {
    /// What a container has written in its present run.
    pub(super) fn log(&mut self, request: &DescribeContainerLog) -> Result<DescribeContainerLogAnswer, BackendError> {
        let (plan, run) = self.container(&request.container_group_id, &request.container_name)?;
        let (since, until) = match run.state {
            RunState::Running { since } => (since, self.now()),
            RunState::Ended(ended) => (ended.since, ended.at),
            RunState::Waiting | RunState::BackOff => (self.now(), Instant::ZERO),
        };
        let name = plan.name.to_string();
        let oldest = request.since_seconds.and_then(|seconds| u64::try_from(seconds).ok());
        let oldest = oldest.map_or(0, |seconds| self.now().millis().saturating_sub(seconds * 1000));
        let written = self.settings.scripts.program(&plan).log.iter();
        let mut lines: Vec<(Instant, &str)> = written
            .map(|line| (since + line.after, &*line.text))
            .filter(|(at, _)| *at <= until && at.millis() >= oldest)
            .collect();
        let tail = request
            .tail
            .and_then(|tail| usize::try_from(tail).ok())
            .unwrap_or(LINES);
        lines.drain(..lines.len().saturating_sub(tail.min(LINES)));
        let mut content = String::new();
        for (at, text) in lines {
            // Writing to a String cannot fail.
            let _ = match request.timestamps {
                Some(true) => writeln!(content, "{} {text}", self.timestamp(at)),
                _ => writeln!(content, "{text}"),
            };
        }
        if let Some(limit) = request.limit_bytes.and_then(|limit| usize::try_from(limit).ok()) {
            let mut ends = (0..=limit.min(content.len())).rev();
            content.truncate(ends.find(|end| content.is_char_boundary(*end)).unwrap_or(0));
        }
        Ok(DescribeContainerLogAnswer {
            container_name: Some(name),
            content: Some(content),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    /// Runs a command in a container that runs. Only the synchronous form: the other one answers with an address to connect to, and
    /// there is nobody behind it.
    pub(super) fn exec(&mut self, request: &ExecContainerCommand) -> Result<ExecContainerCommandAnswer, BackendError> {
        let (plan, run) = self.container(&request.container_group_id, &request.container_name)?;
        if !run.is_running() {
            let message = format!("container {} does not run", plan.name);
            return Err(BackendError::of_code("IncorrectStatus", 400, message));
        }
        if request.sync != Some(true) {
            let message = "a world has no address to connect to; set `Sync`";
            let error = BackendError::new("Unsupported", message).class(Class::Unsupported);
            return Err(error.reached(Reached::No));
        }
        let command = request.command.0.join(" ");
        let output = self.settings.scripts.program(&plan).exec.get(&*command);
        Ok(ExecContainerCommandAnswer {
            sync_response: Some(output.map(ToString::to_string).unwrap_or_default()),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    /// A container of a group by its name, init containers included.
    pub(super) fn container(&self, group: &str, name: &str) -> Result<(ContainerPlan, Run), BackendError> {
        let key = self.known(group)?;
        let found = self.group(key).and_then(|group| {
            let plans = group.blueprint.init.iter().chain(&group.blueprint.containers);
            let mut pairs = plans.zip(group.init.iter().chain(&group.containers));
            pairs.find(|(plan, _)| &*plan.name == name)
        });
        let found = found.map(|(plan, run)| (plan.clone(), run.clone()));
        found.ok_or_else(|| {
            let message = format!("container group {group} has no container `{name}`");
            BackendError::of_code("InvalidParameter.NotFound", 404, message)
        })
    }
}
