//! The life of container groups in a world.

use std::time::Duration;

use eci_model::api::{
    Container, ContainerGroup, CreateContainerGroup, DeleteContainerGroup, JsonList, Operation, RestartContainerGroup,
};

use super::*;
use crate::backend::{BackendError, Class};

mod addresses;
mod caches;
mod commits;
mod containers;
mod life;
mod metrics;
mod operations;
mod place;
mod planned;
mod pods;
mod properties;
mod requests;
mod saved;
mod spot;

fn container(name: &str) -> Container {
    Container {
        name: name.into(),
        image: format!("shop/{name}:1"),
        ..Default::default()
    }
}

fn request(name: &str) -> CreateContainerGroup {
    CreateContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_name: name.into(),
        vswitch_id: Some("vsw-h".into()),
        container: vec![container("main")],
        ..Default::default()
    }
}

fn world() -> World {
    let range = "10.0.8.0/29".parse().expect("a range");
    let vswitch = "vsw-h".parse().expect("an id");
    let zone = "cn-hangzhou-h".parse().ok();
    World::new(WorldSettings::default().seed(7).vswitch(vswitch, zone, range))
}

fn create(world: &mut World, request: CreateContainerGroup) -> Result<String, BackendError> {
    let answer = world.apply(&Operation::from(request))?;
    let answer = eci_model::api::CreateContainerGroupAnswer::try_from(answer).expect("an answer of its kind");
    Ok(answer.container_group_id.expect("an id"))
}

fn delete(world: &mut World, id: &str) {
    let request = DeleteContainerGroup {
        container_group_id: id.into(),
        ..Default::default()
    };
    world.apply(&request.into()).expect("known");
}

fn pass(world: &mut World, seconds: u64) -> Vec<Event> {
    world.advance(world.now() + Duration::from_secs(seconds))
}

fn group(world: &World, id: &str) -> ContainerGroup {
    world.container_group(id).expect("still there")
}

fn status(world: &World, id: &str) -> String {
    group(world, id).status.expect("a status")
}

fn states(events: &[Event]) -> Vec<&'static str> {
    let state = |event: &Event| match event.what {
        Happening::State(state) => Some(state.name()),
        _ => None,
    };
    events.iter().filter_map(state).collect()
}
