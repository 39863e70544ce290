//! Operations on the world.

use std::sync::Arc;
use std::time::Duration;

use eci_model::api::{self, Action, Answer, CreateContainerGroup, Idempotency, Operation};
use eci_model::lifecycle::State;

use super::blueprint::check_name;
use super::group::{Cause, Group};
use super::saved::Input;
use super::settings::Rates;
use super::shape::Shapes;
use super::time::Instant;
use super::world::{Due, Key, TokenUse, World};
use crate::backend::{BackendError, Class, bucket};

/// The operations that every world answers; metrics come with scripts, all others are `Unsupported`.
pub(super) const SUPPORTED: &[Action] = &[
    Action::CommitContainer,
    Action::CopyDataCache,
    Action::CreateContainerGroup,
    Action::CreateDataCache,
    Action::CreateImageCache,
    Action::CreateVirtualNode,
    Action::DeleteContainerGroup,
    Action::DeleteDataCache,
    Action::DeleteImageCache,
    Action::DeleteVirtualNode,
    Action::DescribeAvailableResource,
    Action::DescribeCommitContainerTask,
    Action::DescribeContainerGroupEvents,
    Action::DescribeContainerGroupPrice,
    Action::DescribeContainerGroupStatus,
    Action::DescribeContainerGroups,
    Action::DescribeContainerLog,
    Action::DescribeDataCaches,
    Action::DescribeImageCaches,
    Action::DescribeRegions,
    Action::DescribeVirtualNodes,
    Action::ExecContainerCommand,
    Action::ListTagResources,
    Action::ListUsage,
    Action::ResizeContainerGroupVolume,
    Action::RestartContainerGroup,
    Action::TagResources,
    Action::UntagResources,
    Action::UpdateContainerGroup,
    Action::UpdateDataCache,
    Action::UpdateImageCache,
    Action::UpdateVirtualNode,
];

/// A client token with the fingerprint of the request that carries it.
struct Token {
    text: Box<str>,
    fingerprint: u64,
}

impl World {
    /// Runs an operation at the present moment.
    ///
    /// # Errors
    /// What the service would answer, with its code; [`Class::Unsupported`](crate::backend::Class::Unsupported) for operations the
    /// world does not have.
    pub fn apply(&mut self, operation: &Operation) -> Result<Answer, BackendError> {
        self.came_in(|| Input::Applied(operation.clone()));
        self.check_rate(operation.action())?;
        self.meet(operation)
    }

    /// Refuses a call that comes too soon, and says when it may come.
    fn check_rate(&mut self, action: Action) -> Result<(), BackendError> {
        if self.settings.rates == Rates::Unlimited {
            return Ok(());
        }
        let now = self.now.since(Instant::ZERO);
        let Some(full) = bucket(action) else { return Ok(()) };
        let bucket = self.buckets.entry(action).or_insert(full);
        bucket.try_take(now).map_err(|wait| {
            let message = format!("{action} was called too often");
            let error = BackendError::of_code("Throttling", 400, message);
            error.class(Class::RetrySame { after: Some(wait) })
        })
    }

    /// Runs an operation whatever the rates say.
    pub(super) fn carry_out(&mut self, operation: &Operation) -> Result<Answer, BackendError> {
        self.came_in(|| Input::CarriedOut(operation.clone()));
        self.meet(operation)
    }

    pub(super) fn perform(&mut self, operation: &Operation) -> Result<Answer, BackendError> {
        let now = self.now;
        self.image_caches.reap(now);
        self.data_caches.reap(now);
        if operation.action().idempotency() == Idempotency::Read {
            return self.read(operation);
        }
        if let Operation::ExecContainerCommand(request) = operation {
            return self.exec(request).map(Into::into);
        }
        let mut values = std::mem::take(self.values.expose_secret_mut());
        values.clear();
        let token = Token::of(operation, &mut values);
        let made = self.written(operation, token, &values);
        *self.values.expose_secret_mut() = values;
        let made = made?;
        Ok(self.accepted(operation.action(), &made))
    }

    /// Writes once for each token; gives the id of what was made then.
    fn written(
        &mut self,
        operation: &Operation,
        token: Option<Token>,
        values: &[u8],
    ) -> Result<Arc<str>, BackendError> {
        if let Some(made) = token.as_ref().map(|token| self.used(token)).transpose()?.flatten() {
            return Ok(made);
        }
        let made = self.write(operation, values)?;
        if let Some(Token { text, fingerprint }) = token {
            let made = made.clone();
            self.tokens.insert(text, TokenUse { fingerprint, made });
        }
        Ok(made)
    }

    fn read(&mut self, operation: &Operation) -> Result<Answer, BackendError> {
        Ok(match operation {
            Operation::DescribeContainerGroups(request) => self.list(request)?.into(),
            Operation::DescribeContainerGroupStatus(request) => self.statuses(request)?.into(),
            Operation::DescribeContainerGroupEvents(request) => self.events_by_group(request)?.into(),
            Operation::DescribeContainerLog(request) => self.log(request)?.into(),
            Operation::DescribeCommitContainerTask(request) => self.list_commits(request)?.into(),
            Operation::DescribeContainerGroupMetric(request) => self.metric(request)?.into(),
            Operation::DescribeMultiContainerGroupMetric(request) => self.metrics(request)?.into(),
            Operation::DescribeImageCaches(request) => self.list_image_caches(request)?.into(),
            Operation::DescribeDataCaches(request) => self.list_data_caches(request)?.into(),
            Operation::DescribeVirtualNodes(request) => self.list_virtual_nodes(request)?.into(),
            Operation::DescribeRegions(request) => self.regions(request).into(),
            Operation::DescribeAvailableResource(request) => self.available(request)?.into(),
            Operation::DescribeContainerGroupPrice(request) => self.price(request)?.into(),
            Operation::ListUsage(_) => self.usage().into(),
            Operation::ListTagResources(request) => self.list_tags(request)?.into(),
            other => return Err(BackendError::unsupported(other.action())),
        })
    }

    /// Runs an operation that changes something, and gives the id of what it made; empty when it makes nothing.
    fn write(&mut self, operation: &Operation, values: &[u8]) -> Result<Arc<str>, BackendError> {
        match operation {
            Operation::CreateContainerGroup(request) => return self.create(request, values),
            Operation::CreateImageCache(request) => return self.create_image_cache(request).map(Into::into),
            Operation::CommitContainer(request) => return self.commit(request).map(Into::into),
            Operation::CreateDataCache(request) => return self.create_data_cache(request).map(Into::into),
            Operation::CopyDataCache(request) => return self.copy_data_cache(request).map(Into::into),
            Operation::CreateVirtualNode(request) => return self.create_virtual_node(request).map(Into::into),
            Operation::DeleteContainerGroup(request) => {
                let key = self.known(&request.container_group_id)?;
                self.end(key, request.force == Some(true));
            }
            Operation::RestartContainerGroup(request) => {
                let key = self.known(&request.container_group_id)?;
                self.restart(key)?;
            }
            Operation::ResizeContainerGroupVolume(request) => self.resize(request)?,
            Operation::UpdateContainerGroup(request) => self.update(request)?,
            Operation::UpdateImageCache(request) => self.update_image_cache(request)?,
            Operation::DeleteImageCache(request) => self.delete_image_cache(request)?,
            Operation::UpdateDataCache(request) => self.update_data_cache(request)?,
            Operation::DeleteDataCache(request) => self.delete_data_cache(request)?,
            Operation::UpdateVirtualNode(request) => self.update_virtual_node(request)?,
            Operation::DeleteVirtualNode(request) => self.delete_virtual_node(request)?,
            Operation::TagResources(request) => self.tag(request)?,
            Operation::UntagResources(request) => self.untag(request)?,
            other => return Err(BackendError::unsupported(other.action())),
        }
        Ok(self.nothing.clone())
    }

    /// What is answered when an operation was accepted, now or by an earlier use of its token.
    fn accepted(&mut self, action: Action, made: &str) -> Answer {
        let request_id = self.request_id();
        let made = Some(made.to_owned());
        macro_rules! plain {
            ($answer:ident) => {
                api::$answer {
                    request_id,
                    ..Default::default()
                }
                .into()
            };
        }
        match action {
            Action::CreateContainerGroup => api::CreateContainerGroupAnswer {
                container_group_id: made,
                request_id,
                ..Default::default()
            }
            .into(),
            Action::CreateImageCache => api::CreateImageCacheAnswer {
                image_cache_id: made,
                request_id,
                ..Default::default()
            }
            .into(),
            Action::CreateDataCache => api::CreateDataCacheAnswer {
                data_cache_id: made,
                request_id,
                ..Default::default()
            }
            .into(),
            Action::CopyDataCache => api::CopyDataCacheAnswer {
                data_cache_id: made,
                request_id,
                ..Default::default()
            }
            .into(),
            Action::CreateVirtualNode => api::CreateVirtualNodeAnswer {
                virtual_node_id: made,
                request_id,
                ..Default::default()
            }
            .into(),
            Action::CommitContainer => api::CommitContainerAnswer {
                task_id: made,
                request_id,
                ..Default::default()
            }
            .into(),
            Action::ResizeContainerGroupVolume => plain!(ResizeContainerGroupVolumeAnswer),
            Action::UpdateImageCache => plain!(UpdateImageCacheAnswer),
            Action::DeleteImageCache => plain!(DeleteImageCacheAnswer),
            Action::UpdateDataCache => plain!(UpdateDataCacheAnswer),
            Action::DeleteDataCache => plain!(DeleteDataCacheAnswer),
            Action::UpdateVirtualNode => plain!(UpdateVirtualNodeAnswer),
            Action::DeleteVirtualNode => plain!(DeleteVirtualNodeAnswer),
            Action::DeleteContainerGroup => plain!(DeleteContainerGroupAnswer),
            Action::RestartContainerGroup => plain!(RestartContainerGroupAnswer),
            Action::UpdateContainerGroup => plain!(UpdateContainerGroupAnswer),
            Action::TagResources => plain!(TagResourcesAnswer),
            Action::UntagResources => plain!(UntagResourcesAnswer),
            other => Answer::empty(other),
        }
    }

    fn create(&mut self, request: &CreateContainerGroup, values: &[u8]) -> Result<Arc<str>, BackendError> {
        check_name(&request.container_group_name)?;
        self.check_planned(&request.container_group_name, request.image_snapshot_id.is_some())?;
        let shape = self.shapes.of(request, values)?;
        let blueprint = &shape.blueprint;
        if let (Some(address), Some(vswitch)) = (blueprint.private_address, blueprint.vswitches.first())
            && !self.network.is_free(vswitch, address)
        {
            let message = format!("{address} is not free in {vswitch}");
            return Err(BackendError::of_code("PrivateIpAddress.Already.InUse", 400, message));
        }
        self.check_eip(blueprint.eip.as_ref())?;
        self.check_quota(blueprint.cpu_milli)?;
        self.check_named_cache(request.image_snapshot_id.as_deref())?;
        if request.dry_run == Some(true) {
            let message = "the request would have succeeded";
            return Err(BackendError::of_code("DryRunOperation", 400, message));
        }
        for vswitch in &blueprint.vswitches {
            self.network.know(vswitch);
        }
        Ok(self.admit(request, shape))
    }

    /// What a token made when it was used before (How to ensure idempotence, 2024-12-17).
    fn used(&self, token: &Token) -> Result<Option<Arc<str>>, BackendError> {
        match self.tokens.get(&token.text) {
            None => Ok(None),
            Some(used) if used.fingerprint == token.fingerprint => Ok(Some(used.made.clone())),
            Some(_) => {
                let message = "the client token was used with other parameters";
                Err(BackendError::of_code("IdempotentParameterMismatch", 400, message))
            }
        }
    }

    /// Begins the end of a group: at once when nothing runs or nothing is waited for, otherwise when its containers have stopped, those
    /// of a higher priority first (Start and exit order, 2023-08-22).
    pub(super) fn end(&mut self, key: Key, force: bool) {
        let Some(group) = self.group_mut(key) else { return };
        if group.deleting && !force {
            return;
        }
        let again = std::mem::replace(&mut group.deleting, true);
        group.epoch += 1;
        let running = (0_u16..).zip(group.containers.iter().zip(&group.blueprint.containers));
        let running = running.filter(|(_, (run, _))| run.is_running());
        let mut running: Vec<(i32, u16, u32, bool)> = running
            .map(|(index, (run, plan))| (plan.exit_priority, index, run.restarts, plan.pre_stop))
            .collect();
        if !again {
            self.note(key, "Deleting", self.nothing.clone());
        }
        if force || running.is_empty() {
            return self.set(key, Duration::ZERO, Due::Stopped);
        }
        if running.iter().any(|(.., pre_stop)| *pre_stop) {
            self.enter(key, State::Terminating, "", self.nothing.clone());
        }
        running.sort_by_key(|(priority, ..)| std::cmp::Reverse(*priority));
        let (mut begun, mut over) = (Duration::ZERO, Duration::ZERO);
        let mut wave = None;
        for (priority, container, run, _) in running {
            if wave.replace(priority) != Some(priority) {
                begun = over;
            }
            let Some((span, code)) = self.stopping(key, container) else {
                continue;
            };
            over = over.max(begun + span);
            let cause = Cause::Killed;
            self.set(
                key,
                begun + span,
                Due::Exit {
                    container,
                    run,
                    code,
                    cause,
                },
            );
        }
        self.set(key, over, Due::Stopped);
    }

    fn restart(&mut self, key: Key) -> Result<(), BackendError> {
        let now = self.now;
        let group = self.changeable(key, "restarted")?;
        group.epoch += 1;
        for run in group.init.iter_mut().chain(&mut group.containers) {
            run.renew(now);
        }
        self.enter(key, State::Restarting, "", self.nothing.clone());
        self.set(key, self.settings.restart, Due::Resume);
        Ok(())
    }

    /// A group that can be restarted or updated: Pending or Running (RestartContainerGroup, 2025-10-17).
    pub(super) fn changeable(&mut self, key: Key, what: &str) -> Result<&mut Group, BackendError> {
        let group = self.group_mut(key).ok_or_else(|| not_found(""))?;
        if matches!(group.state, State::Pending | State::Running) && !group.deleting {
            return Ok(group);
        }
        let message = format!("a group in state {} cannot be {what}", group.state.name());
        Err(BackendError::of_code("IncorrectStatus", 400, message))
    }

    pub(super) fn known(&self, id: &str) -> Result<Key, BackendError> {
        self.key(id).ok_or_else(|| not_found(id))
    }
}

impl Token {
    /// The token of an operation; the values of the operation, as shapes know them, are left behind.
    fn of(operation: &Operation, values: &mut Vec<u8>) -> Option<Self> {
        let text = operation.client_token().filter(|token| !token.is_empty());
        let Operation::CreateContainerGroup(request) = operation else {
            let text = text?;
            operation.write_values(&["ClientToken"], values);
            let fingerprint = fnv(FNV, values);
            return Some(Self {
                text: text.into(),
                fingerprint,
            });
        };
        Shapes::values_of(operation, values);
        let text = text?;
        let mut fingerprint = fnv(fnv(FNV, values), request.container_group_name.as_bytes());
        for tag in &request.tag {
            for part in [&tag.key, &tag.value] {
                // What is absent differs from what is empty, and one part from two.
                let part = part
                    .as_deref()
                    .map_or([0; 8], |part| (part.len() as u64 + 1).to_le_bytes());
                fingerprint = fnv(fingerprint, &part);
            }
            let texts = [&tag.key, &tag.value].into_iter().flatten();
            fingerprint = texts.fold(fingerprint, |hash, text| fnv(hash, text.as_bytes()));
        }
        Some(Self {
            text: text.into(),
            fingerprint,
        })
    }
}

fn not_found(id: &str) -> BackendError {
    let message = format!("there is no container group {id}");
    BackendError::of_code("InvalidParameter.NotFound", 404, message)
}

/// Where a 64-bit FNV-1a hash begins.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
