//! Changing a container group that runs.

use std::sync::Arc;

use std::collections::BTreeMap;

use eci_model::api::{Action, CreateContainerGroup, Operation, UpdateContainerGroup};
use eci_model::lifecycle::State;

use super::group::{ContainerPlan, Group, Run};
use super::shape::{Shape, Shapes};
use super::time::Instant;
use super::world::{Due, World};
use crate::backend::BackendError;

/// Parameters by their wire names.
type Parameters = Vec<(String, String)>;

/// Lists whose items have names, so that an incremental update can tell which one is meant.
const NAMED: &[&str] = &["Container", "InitContainer", "Volume"];
/// What says which group is updated and how, and is no part of it.
const ADDRESS: &[&str] = &["ContainerGroupId", "RegionId", "ClientToken", "UpdateType"];

impl World {
    /// Changes a group in full or in part; its containers start anew (UpdateContainerGroup, 2025-10-17).
    pub(super) fn update(&mut self, request: &UpdateContainerGroup) -> Result<(), BackendError> {
        let now = self.now;
        let key = self.known(&request.container_group_id)?;
        let group = self.changeable(key, "updated")?;
        let whole = CreateContainerGroup {
            container_group_name: group.name.to_string(),
            tag: group.tags.clone(),
            ..(*group.request).clone()
        };
        let before = group.blueprint.cpu_milli;
        let changed = changed(whole, request)?;
        let Operation::CreateContainerGroup(whole) = &changed else {
            return Ok(());
        };
        let mut values = Vec::new();
        Shapes::values_of(&changed, &mut values);
        let shape = self.shapes.of(whole, &values)?;
        let after = shape.blueprint.cpu_milli;
        self.check_quota(after.saturating_sub(before))?;
        self.cpu_held = self.cpu_held + after - before;
        if let Some(group) = self.group_mut(key) {
            group.take_over(whole, shape, now);
        }
        self.enter(key, State::Updating, "", self.nothing.clone());
        self.set(key, self.settings.restart, Due::Resume);
        Ok(())
    }
}

impl Group {
    /// Becomes what another blueprint says, where it is; images it has stay.
    fn take_over(&mut self, request: &CreateContainerGroup, shape: Shape, now: Instant) {
        let blueprint = shape.blueprint;
        let pulled = usize::from(self.pulled);
        let images = self.blueprint.images().take(pulled).cloned();
        let images: Vec<Arc<str>> = images.chain(std::mem::take(&mut self.kept)).collect();
        self.kept = images;
        self.init = runs(&self.blueprint.init, &self.init, &blueprint.init, now);
        self.containers = runs(&self.blueprint.containers, &self.containers, &blueprint.containers, now);
        if let (Some(placement), Some(spec)) = (&mut self.placement, blueprint.specs.first()) {
            placement.spec = spec.clone();
        }
        self.cached_images = blueprint.cached_images;
        self.blueprint = blueprint;
        self.request = shape.request;
        self.tags.clone_from(&request.tag);
        self.pulled = 0;
        self.failed_pulls = 0;
        self.epoch += 1;
    }
}

/// The runs of new containers; those whose name was there before go on counting.
fn runs(before: &[ContainerPlan], runs: &[Run], after: &[ContainerPlan], now: Instant) -> Vec<Run> {
    let new = |plan: &ContainerPlan| {
        let mut known = before.iter().zip(runs);
        let run = known.find(|(known, _)| known.name == plan.name).map(|(_, run)| run);
        let mut run = run.cloned().unwrap_or_default();
        run.renew(now);
        run
    };
    after.iter().map(new).collect()
}

/// The request that would have created what the group becomes. Both kinds of update work on the wire form, where a field of a
/// container has the same name in both requests.
fn changed(before: CreateContainerGroup, update: &UpdateContainerGroup) -> Result<Operation, BackendError> {
    let changes = Operation::from(update.clone()).to_parameters();
    let changes = changes
        .into_iter()
        .filter(|(name, _)| !ADDRESS.contains(&&**name))
        .map(renamed)
        .collect();
    let mut parameters = Operation::from(before).to_parameters();
    match update.update_type.as_deref() {
        None | Some("" | "RenewUpdate") => replace_whole(&mut parameters, changes),
        Some("IncrementalUpdate") => replace_fields(&mut parameters, changes),
        Some(other) => {
            return Err(invalid(
                "InvalidParameter.UpdateType",
                format!("`{other}` is no kind of update"),
            ));
        }
    }
    let operation = Operation::from_parameters(Action::CreateContainerGroup, &parameters);
    operation.map_err(|error| invalid("InvalidParameter", error.to_string()))
}

/// The update spells one list in the plural that the creation has in the singular.
fn renamed((name, value): (String, String)) -> (String, String) {
    const PLURAL: &str = "LifecyclePostStartHandlerHttpGetHttpHeaders";
    (name.replace(PLURAL, &PLURAL[..PLURAL.len() - 1]), value)
}

/// Lists and structs that are named are replaced as a whole.
fn replace_whole(parameters: &mut Parameters, changes: Parameters) {
    parameters.retain(|(name, _)| changes.iter().all(|(new, _)| head(new) != head(name)));
    parameters.extend(changes);
}

/// Items of named lists are found by their name, and only the fields that are given are replaced.
fn replace_fields(parameters: &mut Parameters, changes: Parameters) {
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    for list in NAMED {
        for (name, value) in &changes {
            let Some((_, number, "Name")) = item(name).filter(|(found, ..)| found == list) else {
                continue;
            };
            let known = parameters.iter().find_map(|(name, known)| match item(name) {
                Some((found, number, "Name")) if found == *list && known == value => number.parse().ok(),
                _ => None,
            });
            let taken = parameters
                .iter()
                .filter_map(|(name, _)| item(name))
                .filter(|(found, ..)| found == list);
            let last: usize = taken
                .filter_map(|(_, number, _)| number.parse().ok())
                .max()
                .unwrap_or(0);
            let new = places.keys().filter(|(found, _)| found == list).count();
            places.insert(((*list).to_owned(), number.to_owned()), known.unwrap_or(last + new + 1));
        }
    }
    let placed = changes.into_iter().map(|(name, value)| match item(&name) {
        Some((list, number, rest)) if NAMED.contains(&list) => {
            let place = places.get(&(list.to_owned(), number.to_owned()));
            let name = place.map_or_else(|| name.clone(), |place| format!("{list}.{place}.{rest}"));
            (name, value)
        }
        _ => (name, value),
    });
    let placed: Parameters = placed.collect();
    parameters.retain(|(name, _)| placed.iter().all(|(new, _)| field(new) != field(name)));
    parameters.extend(placed);
}

/// `Container.2.Image` as its list, number and rest.
fn item(name: &str) -> Option<(&str, &str, &str)> {
    let (list, rest) = name.split_once('.')?;
    let (number, rest) = rest.split_once('.')?;
    Some((list, number, rest))
}

fn head(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// What an incremental update replaces together: a field of an item of a named list, else everything under the first name.
fn field(name: &str) -> (&str, &str, &str) {
    match item(name) {
        Some((list, number, rest)) if NAMED.contains(&list) => (list, number, head(rest)),
        _ => (head(name), "", ""),
    }
}

fn invalid(code: &str, message: impl Into<Box<str>>) -> BackendError {
    BackendError::of_code(code, 400, message)
}
