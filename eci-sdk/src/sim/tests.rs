//! The life of container groups in a world.

use std::time::Duration;

use eci_model::api::{
    Container, ContainerGroup, CreateContainerGroup, DeleteContainerGroup, DescribeContainerGroups, EnvironmentVar,
    InitContainer, JsonList, Operation, RestartContainerGroup,
};
use proptest::prelude::*;

use super::*;
use crate::backend::{BackendError, Class};

mod caches;
mod operations;
mod pods;

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

#[test]
fn a_group_is_scheduled_pulled_and_run() {
    let mut world = world();
    let id = create(&mut world, request("web")).expect("accepted");
    assert_eq!(status(&world, &id), "Scheduling");
    assert_eq!(group(&world, &id).intranet_ip, None);
    let events = pass(&mut world, 60);
    assert_eq!(states(&events), ["Scheduling", "Pending", "Running"]);
    let group = group(&world, &id);
    assert_eq!(group.intranet_ip.as_deref(), Some("10.0.8.1"));
    assert_eq!(group.zone_id.as_deref(), Some("cn-hangzhou-h"));
    assert_eq!(group.containers[0].ready, Some(true));
}

#[test]
fn billing_begins_when_the_group_is_placed() {
    let mut world = world();
    let id = create(&mut world, request("web")).expect("accepted");
    let placed = world.next_event_at().expect("it will be scheduled");
    world.advance(placed);
    assert_eq!(world.billed(&id), Some(Duration::ZERO));
    pass(&mut world, 10);
    assert_eq!(world.billed(&id), Some(Duration::from_secs(10)));
}

#[test]
fn a_job_succeeds_and_its_address_is_free_again() {
    let mut world = world();
    let mut job = request("job");
    job.restart_policy = Some("Never".into());
    let id = create(&mut world, job).expect("accepted");
    pass(&mut world, 600);
    let ended = group(&world, &id);
    assert_eq!(ended.status.as_deref(), Some("Succeeded"));
    assert!(ended.succeeded_time.is_some());
    for number in 0..4 {
        let id = create(&mut world, request(&format!("web-{number}"))).expect("accepted");
        pass(&mut world, 60);
        assert_eq!(status(&world, &id), "Running");
    }
}

#[test]
fn a_full_vswitch_keeps_a_group_waiting_until_an_address_is_free() {
    let mut world = world();
    let ids: Vec<String> = (0..5)
        .map(|number| create(&mut world, request(&format!("web-{number}"))).expect("accepted"))
        .collect();
    pass(&mut world, 120);
    let waiting: Vec<&String> = ids.iter().filter(|id| status(&world, id) == "Scheduling").collect();
    assert_eq!(waiting.len(), 1);
    let last = waiting[0].clone();
    let running = ids.iter().find(|id| **id != last).expect("four run").clone();
    delete(&mut world, &running);
    pass(&mut world, 120);
    assert_eq!(world.container_group(&running), None);
    assert_eq!(status(&world, &last), "Running");
}

#[test]
fn init_containers_run_before_the_others() {
    let mut world = world();
    let mut with_init = request("web");
    with_init.init_container = vec![InitContainer {
        name: Some("migrate".into()),
        image: Some("shop/migrate:1".into()),
        ..Default::default()
    }];
    let id = create(&mut world, with_init).expect("accepted");
    pass(&mut world, 120);
    let init = &group(&world, &id).init_containers[0];
    assert_eq!(init.ready, Some(true));
    let started: Vec<_> = world
        .journal()
        .entries()
        .iter()
        .filter(|entry| entry.what == "Started")
        .map(|entry| &*entry.detail)
        .collect();
    assert_eq!(started, ["migrate", "main"]);
}

#[test]
fn failing_containers_back_off_and_count_their_restarts() {
    let mut world = world();
    world.settings.scripts.image("shop/main").behaviour = Some(Behaviour::Exits {
        after: Duration::from_secs(1),
        code: 3,
    });
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 90);
    let main = &group(&world, &id).containers[0];
    let restarts = main.restart_count.expect("counted");
    assert!((2..=4).contains(&restarts), "{restarts}");
    assert_eq!(status(&world, &id), "Running");
}

#[test]
fn a_job_with_a_bad_exit_fails() {
    let mut world = world();
    world.settings.scripts.image("shop/main").behaviour = Some(Behaviour::Exits {
        after: Duration::from_secs(1),
        code: 3,
    });
    let mut job = request("job");
    job.restart_policy = Some("Never".into());
    let id = create(&mut world, job).expect("accepted");
    pass(&mut world, 60);
    assert_eq!(status(&world, &id), "Failed");
    assert_eq!(
        group(&world, &id).containers[0]
            .current_state
            .as_ref()
            .and_then(|state| state.exit_code),
        Some(3)
    );
}

#[test]
fn a_killed_sidecar_fails_a_job_unless_its_exit_code_is_ignored() {
    for (ignored, expected) in [(false, "Failed"), (true, "Succeeded")] {
        let mut world = world();
        let variable = |key: &str, value: &str| EnvironmentVar {
            key: Some(key.into()),
            value: Some(value.into()),
            ..Default::default()
        };
        let mut sidecar = container("proxy");
        sidecar.environment_var = vec![variable("ECI_CONTAINER_TYPE", "sidecar")];
        if ignored {
            sidecar
                .environment_var
                .push(variable("ECI_CONTAINER_IGNORE_EXIT_CODE", "true"));
        }
        let mut job = request("job");
        job.restart_policy = Some("Never".into());
        job.container.push(sidecar);
        let id = create(&mut world, job).expect("accepted");
        pass(&mut world, 600);
        assert_eq!(status(&world, &id), expected);
    }
}

#[test]
fn a_token_makes_one_group() {
    let mut world = world();
    let mut first = request("web");
    first.client_token = Some("token".into());
    let id = create(&mut world, first.clone()).expect("accepted");
    assert_eq!(create(&mut world, first.clone()), Ok(id));
    first.container_group_name = "other".into();
    let error = create(&mut world, first).expect_err("other parameters");
    assert_eq!(&*error.code, "IdempotentParameterMismatch");
    assert_eq!(world.groups.len(), 1);
}

#[test]
fn bad_requests_are_refused_and_leave_nothing() {
    let mut world = world();
    type Spoil = fn(&mut CreateContainerGroup);
    let refused: [(&str, Spoil); 5] = [
        ("MissingParameter.Container", |request| request.container.clear()),
        ("ContainerNumber.LimitExceeded", |request| {
            request.container.resize(21, container("x"));
        }),
        ("InvalidParameter.VSwitchId", |request| {
            request.vswitch_id = Some("sg-1".into());
        }),
        ("InvalidParameter.RestartPolicy", |request| {
            request.restart_policy = Some("always".into());
        }),
        ("InvalidParameter.PrivateIpAddress", |request| {
            request.private_ip_address = Some("10.0.8".into());
        }),
    ];
    for (code, spoil) in refused {
        let mut bad = request("web");
        spoil(&mut bad);
        let error = create(&mut world, bad).expect_err(code);
        assert_eq!((&*error.code, error.class), (code, Class::Never));
    }
    assert!(world.groups.is_empty() && world.next_event_at().is_none());
}

#[test]
fn a_specified_address_is_given_once() {
    let mut world = world();
    let mut fixed = request("db");
    fixed.private_ip_address = Some("10.0.8.3".into());
    let id = create(&mut world, fixed.clone()).expect("free");
    pass(&mut world, 60);
    assert_eq!(group(&world, &id).intranet_ip.as_deref(), Some("10.0.8.3"));
    let error = create(&mut world, fixed).expect_err("taken");
    assert_eq!(&*error.code, "PrivateIpAddress.Already.InUse");
}

#[test]
fn the_next_type_is_tried_when_one_has_no_stock() {
    let mut world = world();
    world
        .fault(Fault::StockOut(OutOfStock::of_spec("ecs.gn6i")))
        .expect("always possible");
    let mut gpu = request("train");
    gpu.instance_type = Some("ecs.gn6i-c4g1.xlarge,ecs.gn7i-c8g1.2xlarge".into());
    let id = create(&mut world, gpu).expect("accepted");
    pass(&mut world, 60);
    assert_eq!(
        group(&world, &id).instance_type.as_deref(),
        Some("ecs.gn7i-c8g1.2xlarge")
    );
}

#[test]
fn without_stock_a_group_waits_and_starts_once_there_is_some() {
    let mut world = world();
    let closed = OutOfStock::in_zone("cn-hangzhou-h".parse().expect("a zone"));
    world.fault(Fault::StockOut(closed.clone())).expect("always possible");
    let id = create(&mut world, request("web")).expect("accepted");
    let events = pass(&mut world, 300);
    let reported = events
        .iter()
        .filter(|event| matches!(event.what, Happening::Reported { reason: "NoStock", .. }));
    assert_eq!(reported.count(), 1);
    assert_eq!(status(&world, &id), "Scheduling");
    assert_eq!(world.billed(&id), Some(Duration::ZERO));
    world.fault(Fault::StockBack(closed)).expect("always possible");
    pass(&mut world, 60);
    assert_eq!(status(&world, &id), "Running");
}

#[test]
fn a_group_that_is_pending_for_too_long_fails() {
    let mut world = world();
    let image = "shop/main".into();
    world.fault(Fault::ImageGone { image }).expect("always possible");
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 239 * 60);
    assert_eq!(status(&world, &id), "Pending");
    let state = group(&world, &id).containers[0].current_state.clone();
    let reason = state.and_then(|state| state.reason);
    assert_eq!(reason.as_deref(), Some("ImagePullBackOff"));
    pass(&mut world, 2 * 60);
    assert_eq!(status(&world, &id), "Failed");
}

#[test]
fn the_clock_of_the_pending_limit_does_not_count_the_search_for_a_place() {
    let mut world = world();
    let closed = OutOfStock::of_spec("2-4Gi");
    world.fault(Fault::StockOut(closed)).expect("always possible");
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 1500 * 60);
    assert_eq!(status(&world, &id), "Scheduling");
}

#[test]
fn an_image_that_comes_back_is_pulled() {
    let mut world = world();
    let image = || "shop/main".into();
    world.fault(Fault::ImageGone { image: image() }).expect("possible");
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 60);
    world.fault(Fault::ImageBack { image: image() }).expect("possible");
    pass(&mut world, 300);
    assert_eq!(status(&world, &id), "Running");
    let events = group(&world, &id).events;
    let counted = |reason: &str| {
        let of = events.iter().filter(|event| event.reason.as_deref() == Some(reason));
        of.filter_map(|event| event.count).sum::<i32>()
    };
    assert_eq!(counted("Failed") + 1, counted("Pulling"));
    assert_eq!((counted("Pulled"), counted("Started")), (1, 1));
}

#[test]
fn a_reclaimed_spot_instance_expires_three_minutes_after_the_notice() {
    let mut world = world();
    let mut spot = request("report");
    spot.spot_strategy = Some("SpotAsPriceGo".into());
    let id = create(&mut world, spot).expect("accepted");
    pass(&mut world, 3600);
    world
        .fault(Fault::SpotReclaim {
            group: id.as_str().into(),
        })
        .expect("on spot");
    pass(&mut world, 179);
    assert_eq!(status(&world, &id), "Running");
    pass(&mut world, 2);
    assert_eq!(status(&world, &id), "Expired");
    let last = world.journal().entries().last().expect("something happened");
    assert_eq!(last.what, "BidFailed");
}

#[test]
fn only_spot_instances_are_reclaimed() {
    let mut world = world();
    let id = create(&mut world, request("web")).expect("accepted");
    let error = world
        .fault(Fault::SpotReclaim {
            group: id.as_str().into(),
        })
        .expect_err("not spot");
    assert!(matches!(error, FaultError::NotSpot(_)));
}

#[test]
fn a_restart_goes_through_restarting_and_raises_counts() {
    let mut world = world();
    let id = create(&mut world, request("web")).expect("accepted");
    let restart = Operation::from(RestartContainerGroup {
        container_group_id: id.clone(),
        ..Default::default()
    });
    let error = world.apply(&restart).expect_err("still scheduling");
    assert_eq!(error.class, Class::AfterStateChange);
    pass(&mut world, 60);
    world.apply(&restart).expect("running");
    let events = pass(&mut world, 60);
    assert_eq!(states(&events), ["Restarting", "Pending", "Running"]);
    assert_eq!(group(&world, &id).containers[0].restart_count, Some(1));
}

#[test]
fn pages_end_with_no_token() {
    let mut world = World::ideal();
    for number in 0..25 {
        create(&mut world, request(&format!("web-{number}"))).expect("accepted");
    }
    let first = DescribeContainerGroups::default();
    let answer = world.apply(&first.clone().into()).expect("a list");
    let page = eci_model::api::DescribeContainerGroupsAnswer::try_from(answer).expect("its answer");
    assert_eq!((page.container_groups.len(), page.total_count), (20, Some(25)));
    let second = DescribeContainerGroups {
        next_token: page.next_token,
        ..first
    };
    let answer = world.apply(&second.into()).expect("a list");
    let page = eci_model::api::DescribeContainerGroupsAnswer::try_from(answer).expect("its answer");
    assert_eq!((page.container_groups.len(), page.next_token), (5, None));
}

#[test]
fn lists_can_be_narrowed() {
    let mut world = World::ideal();
    let ids: Vec<String> = ["a-web", "b-web"]
        .iter()
        .map(|name| create(&mut world, request(name)).expect("accepted"))
        .collect();
    let by_id = DescribeContainerGroups {
        container_group_ids: Some(JsonList::from_iter([ids[1].as_str()])),
        ..Default::default()
    };
    let answer = world.apply(&by_id.into()).expect("a list");
    let page = eci_model::api::DescribeContainerGroupsAnswer::try_from(answer).expect("its answer");
    assert_eq!(page.container_groups[0].container_group_name.as_deref(), Some("b-web"));
}

#[test]
fn finished_records_beyond_the_hundred_newest_are_forgotten_after_an_hour() {
    let mut world = world();
    for number in 0..102 {
        let mut job = request(&format!("job-{number}"));
        job.restart_policy = Some("Never".into());
        create(&mut world, job).expect("accepted");
        pass(&mut world, 400);
        if number == 1 {
            pass(&mut world, 7200);
            assert_eq!(world.groups.iter().flatten().count(), 2, "few records stay");
        }
    }
    let left: Vec<_> = world
        .groups
        .iter()
        .flatten()
        .map(|group| &*group.blueprint.name)
        .collect();
    assert_eq!((left.len(), left.first()), (100, Some(&"job-2")));
}

#[test]
fn operations_the_world_does_not_have_say_so() {
    let mut world = world();
    for action in eci_model::api::Action::ALL {
        let result = world.apply(&Operation::empty(*action));
        let unsupported = result.is_err_and(|error| error.class == Class::Unsupported);
        assert_eq!(unsupported, !super::apply::SUPPORTED.contains(action), "{action}");
    }
}

/// A few operations and passages of time, out of small numbers.
fn live(seed: u64, steps: &[u8]) -> World {
    let mut world = world();
    world.chance = super::random::Chance::new(seed);
    let mut ids: Vec<String> = Vec::new();
    for step in steps {
        match step % 6 {
            0 | 1 => {
                let mut request = request(&format!("pod-{}", ids.len()));
                request.restart_policy = Some(["Always", "Never", "OnFailure"][usize::from(step / 6 % 3)].into());
                request.spot_strategy = (step % 2 == 0).then(|| "SpotAsPriceGo".into());
                ids.push(create(&mut world, request).expect("well formed"));
            }
            2 => drop(pass(&mut world, u64::from(*step) * 7)),
            3 => {
                if let Some(id) = ids.get(usize::from(step / 6) % ids.len().max(1))
                    && world.container_group(id).is_some()
                {
                    delete(&mut world, id);
                }
            }
            4 => {
                if let Some(id) = ids.last() {
                    let _ = world.fault(Fault::SpotReclaim {
                        group: id.as_str().into(),
                    });
                }
            }
            _ => {
                if let Some(id) = ids.last() {
                    let restart = RestartContainerGroup {
                        container_group_id: id.clone(),
                        ..Default::default()
                    };
                    let _ = world.apply(&restart.into());
                }
            }
        }
    }
    world
}

proptest! {
    #[test]
    fn the_same_seed_and_operations_give_the_same_journal(seed in any::<u64>(), steps in prop::collection::vec(any::<u8>(), 0..40)) {
        prop_assert_eq!(live(seed, &steps).journal().fingerprint(), live(seed, &steps).journal().fingerprint());
    }

    #[test]
    fn no_address_is_used_twice_and_none_leaks(seed in any::<u64>(), steps in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut world = live(seed, &steps);
        let active = world.groups.iter().flatten().filter(|group| !group.is_finished());
        let mut addresses: Vec<_> = active.filter_map(|group| group.placement.as_ref()).map(|place| place.address).collect();
        let count = addresses.len();
        addresses.sort();
        addresses.dedup();
        prop_assert_eq!(addresses.len(), count);
        let ids: Vec<_> = world.groups.iter().flatten().map(|group| group.id.clone()).collect();
        ids.iter().for_each(|id| delete(&mut world, id));
        pass(&mut world, 3600);
        prop_assert_eq!(world.groups.iter().flatten().count(), 0);
        for number in 0..4 {
            let id = create(&mut world, request(&format!("after-{number}"))).expect("accepted");
            pass(&mut world, 60);
            prop_assert_eq!(status(&world, &id), "Running");
        }
    }

    #[test]
    fn finished_groups_never_run_again(seed in any::<u64>(), steps in prop::collection::vec(any::<u8>(), 0..60)) {
        let world = live(seed, &steps);
        let mut ended: Vec<&str> = Vec::new();
        for entry in world.journal().entries() {
            let finished = ["Succeeded", "Failed", "BidFailed", "ScheduleFailed", "PendingTimeout"].contains(&&*entry.what);
            let quiet = ["Deleting", "Gone"].contains(&&*entry.what);
            prop_assert!(quiet || !ended.contains(&&*entry.group), "{:?}", entry);
            if finished {
                ended.push(&entry.group);
            }
        }
    }
}
