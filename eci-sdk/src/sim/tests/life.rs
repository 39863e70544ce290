//! From creation to the end: pulls, init containers, restarts, what is kept.

use eci_model::api::{EnvironmentVar, InitContainer};

use super::*;

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
    let left: Vec<_> = world.groups.iter().flatten().map(|group| &*group.name).collect();
    assert_eq!((left.len(), left.first()), (100, Some(&"job-2")));
}

#[test]
fn a_journal_that_is_taken_leaves_an_empty_one_and_changes_nothing_else() {
    let (mut taken, mut kept) = (world(), world());
    let ids = [&mut taken, &mut kept].map(|world| create(world, request("web")).expect("accepted"));
    assert_eq!(taken.group_ids().collect::<Vec<_>>(), [ids[0].as_str()]);
    let begin = taken.take_journal();
    assert!(!begin.entries().is_empty() && taken.journal().entries().is_empty());
    pass(&mut taken, 60);
    pass(&mut kept, 60);
    let all = [begin.entries(), taken.journal().entries()].concat();
    assert_eq!(all, kept.journal().entries());
    assert_eq!(status(&taken, &ids[0]), status(&kept, &ids[1]));
}
