//! The simulator: lifecycle events a second, and whether an event costs the same however large the world is. What a held pod takes is
//! tested beside (`tests/allocations.rs`).
//!
//! Ratios within one run mean something on any machine; `cargo bench -p eci-sdk --bench sim` prints them.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "printing numbers is what it does"
)]

use std::time::{Duration, Instant as RealInstant};

use eci_sdk::model::api::{Answer, Container, CreateContainerGroup, DeleteContainerGroup, Operation};
use eci_sdk::sim::{Happening, Rates, World, WorldSettings};

/// Worlds of these many pods.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];

fn main() {
    let began = RealInstant::now();
    let (mut world, _) = filled(1_000);
    world.advance(world.now() + Duration::from_secs(3600));
    println!("an hour of 1000 pods takes {} ms", began.elapsed().as_millis());
    let mut first = None;
    for size in SIZES {
        let run = Run::of(size);
        let first = *first.get_or_insert(run.nanoseconds_per_event());
        println!(
            "{size:>9} pods: {:>9} events, {:>6.0} a millisecond, {:.2} of the cost of an event among {}",
            run.events,
            1e6 / run.nanoseconds_per_event(),
            run.nanoseconds_per_event() / first,
            SIZES[0],
        );
    }
}

/// What a run of a world took.
struct Run {
    events: u64,
    took: Duration,
}

impl Run {
    /// Creates so many groups, lets all of them run, and deletes them.
    fn of(size: u32) -> Self {
        let began = RealInstant::now();
        let (mut world, ids) = filled(size);
        let mut events = pass(&mut world);
        for container_group_id in ids {
            let delete = DeleteContainerGroup {
                container_group_id,
                ..Default::default()
            };
            world.apply(&delete.into()).expect("it is there");
        }
        events += pass(&mut world);
        Self {
            events,
            took: began.elapsed(),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "a ratio for people")]
    fn nanoseconds_per_event(&self) -> f64 {
        self.took.as_nanos() as f64 / self.events as f64
    }
}

/// Lets two minutes pass, by the second as a program would that acts on what happens.
fn pass(world: &mut World) -> u64 {
    let mut count = 0;
    for _ in 0..120 {
        let events = world.advance(world.now() + Duration::from_secs(1));
        let told = events
            .iter()
            .filter(|event| !matches!(event.what, Happening::Reported { .. }));
        count += u64::try_from(told.count()).expect("few");
    }
    count
}

/// A world with so many groups, and their ids.
fn filled(size: u32) -> (World, Vec<String>) {
    let range = "10.0.0.0/8".parse().expect("a range");
    let vswitch = "vsw-h".parse().expect("an id");
    let mut settings = WorldSettings::default().seed(7).vswitch(vswitch, None, range);
    settings.rates = Rates::Unlimited;
    let mut world = World::new(settings);
    let ids = (0..size).map(|number| match world.apply(&create(number)) {
        Ok(Answer::CreateContainerGroup(answer)) => answer.container_group_id.expect("an id"),
        other => panic!("not accepted: {other:?}"),
    });
    let ids = ids.collect();
    (world, ids)
}

fn create(number: u32) -> Operation {
    let container = Container {
        name: "main".into(),
        image: "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4".into(),
        ..Default::default()
    };
    CreateContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_name: format!("web-{number}"),
        client_token: Some(format!("uid-{number}")),
        vswitch_id: Some("vsw-h".into()),
        container: vec![container],
        ..Default::default()
    }
    .into()
}
