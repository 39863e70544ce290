//! How planned faults happen: the world asks at every event that one may happen to.

use eci_model::api::{Action, Answer, Operation};

use super::fault_kind::FaultKind;
use super::journal::Entry;
use super::planned_fault::{Occasion, PlannedFault};
use super::random::Concern;
use super::time::Instant;
use super::world::{Due, Key, World};
use crate::backend::{BackendError, Class, Reached};

/// The word of the journal for a planned fault that happened.
pub(super) const FAULT: &str = "Fault";
/// What a gateway answers.
const PAGE: &str = "<html><head><title>502 Bad Gateway</title></head></html>";

/// How a planned fault went so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FaultCount {
    /// How many events it fitted within its window.
    pub fitted: u32,
    /// How often it happened.
    pub happened: u32,
    /// How often it was decided to happen; later than that it happens, or does not any more.
    decided: u32,
}

impl World {
    /// Every planned fault with how often it happened: one that never did tells of a plan that missed.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::sim::{FaultKind, PlannedFault, World, WorldSettings};
    ///
    /// let mut settings = WorldSettings::ideal();
    /// settings.faults.push(PlannedFault::of(FaultKind::Quota));
    /// let world = World::new(settings);
    /// let missed = world.planned_faults().filter(|(_, count)| count.happened == 0);
    /// assert_eq!(missed.count(), 1);
    /// ```
    pub fn planned_faults(&self) -> impl Iterator<Item = (&PlannedFault, FaultCount)> {
        let counts = self.fault_counts.iter().copied();
        let counts = counts.chain(std::iter::repeat(FaultCount::default()));
        self.settings.faults.iter().zip(counts)
    }

    /// Runs an operation, or lets it go wrong on its way.
    pub(super) fn meet(&mut self, operation: &Operation) -> Result<Answer, BackendError> {
        if self.settings.faults.is_empty() {
            return self.perform(operation);
        }
        let name = self.group_name(operation);
        let occasion = Occasion {
            operation: Some(operation.action()),
            group: name.as_deref(),
            ..Occasion::default()
        };
        let again = Class::RetrySame { after: None };
        if self.strikes(FaultKind::GatewayPage, None, &occasion).is_some() {
            let message = format!("a page came instead of an answer: {PAGE}");
            let error = BackendError::of_code("BadGateway", 502, message);
            return Err(error.class(again).reached(Reached::Unknown));
        }
        if self.strikes(FaultKind::ClockSkew, None, &occasion).is_some() {
            let message = "the clock of the caller is more than 15 minutes off";
            return Err(BackendError::of_code("InvalidTimeStamp.Expired", 400, message));
        }
        if let Some(plan) = self.strikes(FaultKind::Throttling, None, &occasion) {
            let message = format!("{} was called too often", operation.action());
            let error = BackendError::of_code("Throttling", 400, message);
            let after = Some(plan.span());
            return Err(error.class(Class::RetrySame { after }));
        }
        if has_token(operation) && self.strikes(FaultKind::TokenReuse, None, &occasion).is_some() {
            let message = "the client token was used with other parameters";
            return Err(BackendError::of_code("IdempotentParameterMismatch", 400, message));
        }
        if self.strikes(FaultKind::Twice, None, &occasion).is_some() {
            // What the first delivery was answered nobody hears.
            let _first = self.perform(operation);
        }
        let answer = self.perform(operation);
        if self.strikes(FaultKind::ReplyLost, None, &occasion).is_some() {
            let error = BackendError::new("Timeout", "the answer was lost");
            return Err(error.class(again).reached(Reached::Unknown));
        }
        answer
    }

    /// The planned fault that happens to an event, told in the journal; the first that does decides.
    pub(super) fn strikes(
        &mut self,
        kind: FaultKind,
        key: Option<Key>,
        occasion: &Occasion<'_>,
    ) -> Option<PlannedFault> {
        if self.settings.faults.is_empty() {
            return None;
        }
        let index = self.decide(kind, occasion, |world, _| world.now)?;
        self.happens(index, key, occasion)
    }

    /// Lets a spot instance that was just placed be asked back, where that is planned.
    pub(super) fn plan_reclaim(&mut self, key: Key) {
        if self.settings.faults.is_empty()
            || self
                .group(key)
                .is_none_or(|group| !group.blueprint.spot || group.degraded)
        {
            return;
        }
        let Some(group) = self.group(key) else { return };
        let (name, place) = (group.name.clone(), group.placement.clone());
        let occasion = Occasion {
            zone: place.as_ref().and_then(|place| place.site.zone.as_ref()),
            spec: place.as_ref().map(|place| &*place.spec),
            group: Some(&name),
            ..Occasion::default()
        };
        let when = |world: &Self, plan: &PlannedFault| match plan.given_span() {
            Some(after) => plan.begins().max(world.now + after),
            None if plan.begins() > world.now => plan.begins(),
            None => world.now + plan.span(),
        };
        if let Some(index) = self.decide(FaultKind::SpotReclaim, &occasion, when)
            && let Some(plan) = self.settings.faults.get(index)
            && let Ok(fault) = u16::try_from(index)
        {
            let at = when(self, plan);
            self.set(key, at.since(self.now), Due::AskedBack { fault });
        }
    }

    /// A spot instance is asked back as planned, unless it holds nothing any more.
    pub(super) fn asked_back(&mut self, key: Key, fault: u16) {
        let holds = |group: &super::group::Group| group.state.is_billed() && !group.deleting;
        if !self.group(key).is_some_and(holds) {
            return;
        }
        self.happens(usize::from(fault), Some(key), &Occasion::default());
        self.spot_notice(key);
    }

    /// The position of the fault that takes an event, which is counted for each that fits.
    fn decide(
        &mut self,
        kind: FaultKind,
        occasion: &Occasion<'_>,
        when: impl Fn(&Self, &PlannedFault) -> Instant,
    ) -> Option<usize> {
        self.fault_counts
            .resize(self.settings.faults.len(), FaultCount::default());
        for index in 0..self.settings.faults.len() {
            let plan = self.settings.faults.get(index)?;
            if plan.kind() != kind || !plan.fits(occasion) || !plan.is_open_at(when(self, plan)) {
                continue;
            }
            let count = self.fault_counts.get(index).copied()?;
            let (number, chance) = (count.fitted + 1, self.chance);
            let entity = u32::try_from(index).unwrap_or(u32::MAX);
            let takes = plan.takes(number, count.decided, || {
                chance.between(Concern::Fault, entity, number, 0, 99)
            });
            let count = self.fault_counts.get_mut(index)?;
            count.fitted = number;
            if takes {
                count.decided += 1;
                return Some(index);
            }
        }
        None
    }

    /// Counts a fault that happens, and tells it in the journal.
    fn happens(&mut self, index: usize, key: Option<Key>, occasion: &Occasion<'_>) -> Option<PlannedFault> {
        let plan = self.settings.faults.get(index)?.clone();
        self.fault_counts.get_mut(index)?.happened += 1;
        let group = key.and_then(|key| self.group(key));
        let (id, name) = match group {
            Some(group) => (group.id.clone(), group.name.clone()),
            None => ("".into(), occasion.group.unwrap_or_default().into()),
        };
        let entry = Entry {
            at: self.now,
            group: id,
            name,
            what: FAULT.into(),
            detail: plan.to_string().into(),
        };
        self.journal.push(entry);
        Some(plan)
    }

    /// The name of the group that an operation is about.
    fn group_name(&self, operation: &Operation) -> Option<Box<str>> {
        let id = match operation {
            Operation::CreateContainerGroup(request) => return Some(request.container_group_name.as_str().into()),
            Operation::DeleteContainerGroup(request) => &request.container_group_id,
            Operation::RestartContainerGroup(request) => &request.container_group_id,
            Operation::UpdateContainerGroup(request) => &request.container_group_id,
            Operation::DescribeContainerLog(request) => &request.container_group_id,
            Operation::ExecContainerCommand(request) => &request.container_group_id,
            _ => return None,
        };
        let group = self.group(self.key(id)?)?;
        Some((*group.name).into())
    }

    /// Refuses a create request as planned.
    pub(super) fn check_planned(&mut self, name: &str, names_cache: bool) -> Result<(), BackendError> {
        let occasion = Occasion {
            operation: Some(Action::CreateContainerGroup),
            group: Some(name),
            ..Occasion::default()
        };
        if self.strikes(FaultKind::MissingRole, None, &occasion).is_some() {
            let message = "the caller may not create the role of the service";
            return Err(BackendError::of_code("CreateServiceLinkedRole.Denied", 403, message));
        }
        if self.strikes(FaultKind::Quota, None, &occasion).is_some() {
            let message = "the quota of the region is used up";
            return Err(BackendError::of_code("QuotaExceeded", 403, message));
        }
        if names_cache && self.strikes(FaultKind::CacheNotReady, None, &occasion).is_some() {
            let message = "the image cache is not ready";
            return Err(BackendError::of_code("ImageSnapshot.IncorrectStatus", 400, message));
        }
        Ok(())
    }

    /// The moment up to which a list shows what was created: now, unless it lags as planned.
    pub(super) fn listed_until(&mut self, action: Action) -> Option<Instant> {
        let occasion = Occasion {
            operation: Some(action),
            ..Occasion::default()
        };
        let lag = self.strikes(FaultKind::ListLag, None, &occasion);
        let lag = lag.map_or(0, |fault| u64::try_from(fault.span().as_millis()).unwrap_or(u64::MAX));
        self.now.millis().checked_sub(lag).map(Instant::from_millis)
    }

    /// How many items a page of a list with tokens holds.
    pub(super) fn planned_page(&mut self, action: Action, size: usize) -> usize {
        let occasion = Occasion {
            operation: Some(action),
            ..Occasion::default()
        };
        match self.strikes(FaultKind::PartialPage, None, &occasion) {
            Some(_) => 1,
            None => size,
        }
    }

    /// The planned fault that happens to a group; its name is known, and its place unless the occasion names another one.
    pub(super) fn befalls(&mut self, kind: FaultKind, key: Key, occasion: Occasion<'_>) -> Option<PlannedFault> {
        if self.settings.faults.is_empty() {
            return None;
        }
        let group = self.group(key)?;
        let (name, place) = (group.name.clone(), group.placement.clone());
        let occasion = Occasion {
            group: Some(&name),
            zone: occasion
                .zone
                .or(place.as_ref().and_then(|place| place.site.zone.as_ref())),
            spec: occasion.spec.or(place.as_ref().map(|place| &*place.spec)),
            ..occasion
        };
        self.strikes(kind, Some(key), &occasion)
    }
}

/// Whether an operation carries a client token.
fn has_token(operation: &Operation) -> bool {
    operation.client_token().is_some_and(|token| !token.is_empty())
}
