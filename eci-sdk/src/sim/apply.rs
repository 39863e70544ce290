//! Operations on the world.

use std::time::Duration;

use eci_model::api::{
    Action, Answer, CreateContainerGroup, CreateContainerGroupAnswer, DeleteContainerGroup, DeleteContainerGroupAnswer,
    Operation, RestartContainerGroup, RestartContainerGroupAnswer,
};
use eci_model::lifecycle::State;

use super::group::{Blueprint, RunState};
use super::world::{Due, Key, TokenUse, World};
use crate::backend::{BackendError, Class};

/// The operations the world answers; all others are `Unsupported`.
pub(super) const SUPPORTED: &[Action] = &[
    Action::CreateContainerGroup,
    Action::DeleteContainerGroup,
    Action::DescribeContainerGroups,
    Action::RestartContainerGroup,
];

impl World {
    /// Runs an operation at the present moment.
    ///
    /// # Errors
    /// What the service would answer, with its code; [`Class::Unsupported`] for operations the world does not have.
    pub fn apply(&mut self, operation: &Operation) -> Result<Answer, BackendError> {
        match operation {
            Operation::CreateContainerGroup(request) => self.create(request).map(Answer::CreateContainerGroup),
            Operation::DeleteContainerGroup(request) => self.delete(request).map(Answer::DeleteContainerGroup),
            Operation::RestartContainerGroup(request) => self.restart(request).map(Answer::RestartContainerGroup),
            Operation::DescribeContainerGroups(request) => self.list(request).map(Answer::DescribeContainerGroups),
            other => Err(BackendError::unsupported(other.action())),
        }
    }

    fn create(&mut self, request: &CreateContainerGroup) -> Result<CreateContainerGroupAnswer, BackendError> {
        let blueprint = Blueprint::of(request)?;
        let fingerprint = fingerprint(
            &CreateContainerGroup {
                client_token: None,
                ..request.clone()
            }
            .into(),
        );
        if let Some(group) = self.used(request.client_token.as_deref(), fingerprint)? {
            return Ok(self.created(group));
        }
        if request.dry_run == Some(true) {
            return Err(BackendError::new("DryRunOperation", "the request would have succeeded"));
        }
        if let (Some(address), Some(vswitch)) = (blueprint.private_address, blueprint.vswitches.first())
            && !self.network.is_free(vswitch, address)
        {
            return Err(BackendError::new(
                "InvalidIp.IpAssigned",
                format!("{address} is not free in {vswitch}"),
            ));
        }
        for vswitch in &blueprint.vswitches {
            self.network.know(vswitch);
        }
        let group = self.admit(blueprint, request);
        self.remember(request.client_token.as_deref(), fingerprint, &group);
        Ok(self.created(group))
    }

    /// What a token made when it was used before.
    fn used(&self, token: Option<&str>, fingerprint: u64) -> Result<Option<Box<str>>, BackendError> {
        match token.and_then(|token| self.tokens.get(token)) {
            None => Ok(None),
            Some(used) if used.fingerprint == fingerprint => Ok(Some(used.group.clone())),
            Some(_) => {
                let message = "the client token was used with other parameters";
                Err(BackendError::new("IdempotentParameterMismatch", message))
            }
        }
    }

    fn remember(&mut self, token: Option<&str>, fingerprint: u64, group: &str) {
        if let Some(token) = token {
            let group = group.into();
            self.tokens.insert(token.into(), TokenUse { fingerprint, group });
        }
    }

    fn created(&mut self, id: Box<str>) -> CreateContainerGroupAnswer {
        CreateContainerGroupAnswer {
            container_group_id: Some(id.into()),
            request_id: self.request_id(),
            ..Default::default()
        }
    }

    fn delete(&mut self, request: &DeleteContainerGroup) -> Result<DeleteContainerGroupAnswer, BackendError> {
        let fingerprint = fingerprint(
            &DeleteContainerGroup {
                client_token: None,
                ..request.clone()
            }
            .into(),
        );
        let token = request.client_token.as_deref();
        if self.used(token, fingerprint)?.is_none() {
            let key = self.known(&request.container_group_id)?;
            self.end(key, request.force == Some(true));
            self.remember(token, fingerprint, &request.container_group_id);
        }
        let request_id = self.request_id();
        Ok(DeleteContainerGroupAnswer {
            request_id,
            ..Default::default()
        })
    }

    /// Begins the end of a group: at once when nothing runs, otherwise when its containers have stopped.
    pub(super) fn end(&mut self, key: Key, force: bool) {
        let Some(group) = self.group_mut(key) else { return };
        if group.deleting {
            return;
        }
        group.deleting = true;
        group.epoch += 1;
        let runs = group
            .containers
            .iter()
            .any(|run| matches!(run.state, RunState::Running { .. }));
        let hooks = group.blueprint.containers.iter().any(|plan| plan.pre_stop);
        self.note(key, "Deleting", "");
        if force || !runs {
            return self.set(key, Duration::ZERO, Due::Stopped);
        }
        if hooks {
            self.enter(key, State::Terminating, "", "");
        }
        self.set(key, self.settings.stop, Due::Stopped);
    }

    fn restart(&mut self, request: &RestartContainerGroup) -> Result<RestartContainerGroupAnswer, BackendError> {
        let key = self.known(&request.container_group_id)?;
        let Some(group) = self.group_mut(key) else {
            return Err(not_found(&request.container_group_id));
        };
        if !matches!(group.state, State::Pending | State::Running) || group.deleting {
            let message = format!("a group in state {} cannot be restarted", group.state.name());
            return Err(BackendError::new("IncorrectStatus", message).class(Class::AfterStateChange));
        }
        group.epoch += 1;
        for run in group.init.iter_mut().chain(&mut group.containers) {
            run.restarts += u32::from(run.state != RunState::Waiting);
            run.state = RunState::Waiting;
        }
        self.enter(key, State::Restarting, "", "");
        self.set(key, self.settings.restart, Due::Resume);
        let request_id = self.request_id();
        Ok(RestartContainerGroupAnswer {
            request_id,
            ..Default::default()
        })
    }

    fn known(&self, id: &str) -> Result<Key, BackendError> {
        self.key(id).ok_or_else(|| not_found(id))
    }
}

fn not_found(id: &str) -> BackendError {
    BackendError::new("ContainerGroupNotFound", format!("there is no container group {id}"))
}

/// 64-bit FNV-1a of an operation on the wire.
fn fingerprint(operation: &Operation) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (name, value) in operation.to_parameters() {
        for byte in name.bytes().chain([b'=']).chain(value.bytes()).chain([b'&']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
