//! Probes, hooks, priorities, grace, and how containers end.

use eci_model::api::{EnvironmentVar, InitContainer, Probe};

use super::*;

/// A world with a script of the main container, and a group in it.
fn scripted(write: impl FnOnce(&mut ImageScript), ask: impl FnOnce(&mut CreateContainerGroup)) -> (World, String) {
    let mut world = World::ideal();
    write(world.settings.scripts.container("main"));
    let mut request = request("web");
    ask(&mut request);
    let id = create(&mut world, request).expect("accepted");
    pass(&mut world, 1);
    (world, id)
}

fn main_of(world: &World, id: &str) -> eci_model::api::ContainerInfo {
    group(world, id).containers[0].clone()
}

fn probe(delay: i32, period: i32) -> Option<Probe> {
    Some(Probe {
        initial_delay_seconds: Some(delay),
        period_seconds: Some(period),
        ..Default::default()
    })
}

fn variable(key: &str, value: &str) -> EnvironmentVar {
    EnvironmentVar {
        key: Some(key.into()),
        value: Some(value.into()),
        ..Default::default()
    }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

#[test]
fn a_container_is_ready_once_it_answers_its_probe() {
    let script = |script: &mut ImageScript| script.answers_after = seconds(12);
    let (mut world, id) = scripted(script, |request| request.container[0].readiness_probe = probe(5, 10));
    assert_eq!(status(&world, &id), "Running");
    pass(&mut world, 12);
    assert_eq!(main_of(&world, &id).ready, Some(false), "asked at 5 and at 15 seconds");
    pass(&mut world, 3);
    assert_eq!(main_of(&world, &id).ready, Some(true));
}

#[test]
fn a_container_that_stops_answering_is_not_ready_after_three_failures() {
    let script = |script: &mut ImageScript| script.answers_for = Some(seconds(60));
    let (mut world, id) = scripted(script, |request| request.container[0].readiness_probe = probe(0, 10));
    pass(&mut world, 78);
    assert_eq!(main_of(&world, &id).ready, Some(true));
    pass(&mut world, 3);
    assert_eq!(main_of(&world, &id).ready, Some(false));
    assert_eq!(main_of(&world, &id).restart_count, Some(0));
}

#[test]
fn a_container_that_fails_its_liveness_probe_is_restarted() {
    let script = |script: &mut ImageScript| script.answers_for = Some(seconds(60));
    let (mut world, id) = scripted(script, |request| request.container[0].liveness_probe = probe(0, 10));
    pass(&mut world, 78);
    assert_eq!(main_of(&world, &id).restart_count, Some(0));
    pass(&mut world, 4);
    let main = main_of(&world, &id);
    assert_eq!(main.restart_count, Some(1));
    assert_eq!(main.previous_state.and_then(|state| state.exit_code), Some(143));
    let reasons: Vec<String> = group(&world, &id)
        .events
        .into_iter()
        .filter_map(|event| event.reason)
        .collect();
    for reason in ["Unhealthy", "Killing", "BackOff"] {
        assert!(reasons.iter().any(|found| found == reason), "{reason} in {reasons:?}");
    }
}

#[test]
fn a_program_slower_than_its_liveness_probe_allows_never_comes_up() {
    let script = |script: &mut ImageScript| script.answers_after = seconds(120);
    let (mut world, id) = scripted(script, |request| request.container[0].liveness_probe = probe(0, 10));
    pass(&mut world, 600);
    assert!(main_of(&world, &id).restart_count > Some(3));
    let patient = |request: &mut CreateContainerGroup| request.container[0].liveness_probe = probe(120, 10);
    let (mut world, id) = scripted(|script| script.answers_after = seconds(120), patient);
    pass(&mut world, 600);
    assert_eq!(main_of(&world, &id).restart_count, Some(0));
}

#[test]
fn a_failing_hook_after_the_start_ends_the_container() {
    let script = |script: &mut ImageScript| script.post_start.fails = true;
    let (mut world, id) = scripted(script, |request| {
        request.container[0].lifecycle_post_start_handler_exec = vec!["/warm".into()];
    });
    pass(&mut world, 5);
    let state = main_of(&world, &id).current_state.and_then(|state| state.reason);
    assert_eq!(state.as_deref(), Some("CrashLoopBackOff"));
}

#[test]
fn memory_that_runs_out_is_told_as_such() {
    let script = |script: &mut ImageScript| script.behaviour = Some(Behaviour::OutOfMemory { after: seconds(5) });
    let (mut world, id) = scripted(script, |request| request.restart_policy = Some("Never".into()));
    pass(&mut world, 10);
    assert_eq!(status(&world, &id), "Failed");
    let state = main_of(&world, &id).current_state.expect("a state");
    assert_eq!(
        (state.exit_code, state.reason.as_deref()),
        (Some(137), Some("OOMKilled"))
    );
}

#[test]
fn a_full_disk_ends_only_groups_that_ask_for_it() {
    for (evicts, expected) in [(false, "Running"), (true, "Failed")] {
        let script = |script: &mut ImageScript| script.behaviour = Some(Behaviour::FillsDisk { after: seconds(5) });
        let (mut world, id) = scripted(script, |request| {
            if evicts {
                let key = crate::sim::blueprint::EVICTION;
                request.extra.insert(key.into(), "true".to_owned().into());
            }
        });
        pass(&mut world, 10);
        assert_eq!(status(&world, &id), expected);
    }
}

#[test]
fn the_grace_period_cuts_a_slow_stop_short_and_force_skips_it() {
    let script = |script: &mut ImageScript| {
        script.pre_stop.takes = seconds(20);
        script.stops_after = Some(seconds(40));
    };
    let ask = |request: &mut CreateContainerGroup| {
        request.container[0].lifecycle_pre_stop_handler_exec = vec!["/drain".into()];
    };
    let (mut world, id) = scripted(script, ask);
    delete(&mut world, &id);
    assert_eq!(status(&world, &id), "Terminating");
    pass(&mut world, 29);
    assert_eq!(status(&world, &id), "Terminating");
    pass(&mut world, 1);
    assert_eq!(world.container_group(&id), None, "30 seconds are the default");
    let (mut world, id) = scripted(script, ask);
    delete(&mut world, &id);
    let force = DeleteContainerGroup {
        container_group_id: id.clone(),
        force: Some(true),
        ..Default::default()
    };
    world.apply(&force.into()).expect("known");
    pass(&mut world, 0);
    assert_eq!(world.container_group(&id), None);
}

#[test]
fn containers_of_a_higher_priority_start_first_and_stop_first() {
    let mut world = World::ideal();
    world.settings.scripts.container("proxy").answers_after = seconds(7);
    for name in ["main", "proxy"] {
        world.settings.scripts.container(name).stops_after = Some(seconds(10));
    }
    let mut request = request("web");
    let mut proxy = container("proxy");
    proxy.readiness_probe = probe(0, 5);
    proxy.environment_var = vec![variable("ECI_CONTAINER_LAUNCH_PRIORITY", "10")];
    request.container[0].environment_var = vec![variable("ECI_CONTAINER_EXIT_PRIORITY", "10")];
    request.container.push(proxy);
    let id = create(&mut world, request).expect("accepted");
    pass(&mut world, 8);
    assert_eq!(status(&world, &id), "Pending", "the proxy is not ready yet");
    pass(&mut world, 3);
    assert_eq!(status(&world, &id), "Running");
    delete(&mut world, &id);
    pass(&mut world, 12);
    let running = |index: usize| group(&world, &id).containers[index].ready;
    assert_eq!((running(0), running(1)), (Some(false), Some(true)));
    pass(&mut world, 10);
    assert_eq!(world.container_group(&id), None);
}

#[test]
fn an_init_container_that_ends_badly_is_tried_again_or_ends_the_group() {
    for (policy, expected) in [("Always", "Pending"), ("Never", "Failed")] {
        let mut world = World::ideal();
        world.settings.scripts.container("migrate").behaviour = Some(Behaviour::Exits {
            after: seconds(1),
            code: 2,
        });
        let mut request = request("web");
        request.restart_policy = Some(policy.into());
        request.init_container = vec![InitContainer {
            name: Some("migrate".into()),
            image: Some("shop/migrate:1".into()),
            ..Default::default()
        }];
        let id = create(&mut world, request).expect("accepted");
        pass(&mut world, 20);
        assert_eq!(status(&world, &id), expected);
        let restarts = group(&world, &id).init_containers[0].restart_count;
        assert_eq!(restarts > Some(0), policy == "Always");
    }
}

#[test]
fn a_group_lives_no_longer_than_its_deadline() {
    let (mut world, id) = scripted(|_| {}, |request| request.active_deadline_seconds = Some(100));
    pass(&mut world, 98);
    assert_eq!(status(&world, &id), "Running");
    pass(&mut world, 2);
    assert_eq!(status(&world, &id), "Failed");
}

#[test]
fn messages_share_twelve_kilobytes() {
    let mut world = World::ideal();
    world.settings.scripts.default_image().message = Some("x".repeat(5000).into());
    let mut request = request("web");
    request.restart_policy = Some("Never".into());
    request.container = (0..12).map(|number| container(&format!("c-{number}"))).collect();
    let id = create(&mut world, request).expect("accepted");
    pass(&mut world, 600);
    let lengths = group(&world, &id).containers.into_iter().map(|container| {
        let state = container.current_state.expect("a state");
        state.message.map(|message| message.len())
    });
    assert_eq!(lengths.collect::<Vec<_>>(), vec![Some(1024); 12]);
}

#[test]
fn the_log_stands_in_for_a_message_only_after_a_bad_end() {
    for (code, expected) in [(1, Some("no route\n")), (0, None)] {
        let script = |script: &mut ImageScript| {
            script.behaviour = Some(Behaviour::Exits {
                after: seconds(2),
                code,
            });
            script.log = vec![LogLine {
                after: seconds(1),
                text: "no route".into(),
            }];
        };
        let (mut world, id) = scripted(script, |request| {
            request.restart_policy = Some("Never".into());
            request.container[0].termination_message_policy = Some("FallbackToLogsOnError".into());
        });
        pass(&mut world, 5);
        let state = main_of(&world, &id).current_state.expect("a state");
        assert_eq!(state.message.as_deref(), expected);
    }
}
