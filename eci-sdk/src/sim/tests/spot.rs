//! Spot capacity: protection, checks, notice, and what stands in for it.

use super::*;

fn spot(hours: Option<i64>) -> CreateContainerGroup {
    CreateContainerGroup {
        spot_strategy: Some("SpotAsPriceGo".into()),
        spot_duration: hours,
        ..request("report")
    }
}

fn everything() -> OutOfStock {
    OutOfStock::of_spec("2-4Gi")
}

#[test]
fn spot_capacity_that_is_gone_is_taken_back_once_its_protection_is_over() {
    for (hours, minutes) in [(None, 60), (Some(0), 15)] {
        let mut world = World::ideal();
        let id = create(&mut world, spot(hours)).expect("accepted");
        pass(&mut world, 601);
        world.close_spot(everything());
        pass(&mut world, minutes * 60 - 601);
        assert_eq!(status(&world, &id), "Running", "the check is a moment later, {hours:?}");
        pass(&mut world, 170);
        assert_eq!(status(&world, &id), "Running", "the notice is three minutes ahead");
        pass(&mut world, 11);
        assert_eq!(status(&world, &id), "Expired");
    }
}

#[test]
fn spot_capacity_that_comes_back_in_time_stays() {
    let mut world = World::ideal();
    let id = create(&mut world, spot(None)).expect("accepted");
    pass(&mut world, 60);
    world.close_spot(everything());
    pass(&mut world, 1200);
    world.open_spot(&everything());
    pass(&mut world, 36_000);
    assert_eq!(status(&world, &id), "Running");
    assert_eq!(world.next_event_at(), None, "a quiet world has nothing to do");
}

#[test]
fn normal_instances_are_not_taken_back() {
    let mut world = World::ideal();
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 60);
    world.close_spot(everything());
    world.fault(Fault::StockOut(everything())).expect("always possible");
    pass(&mut world, 36_000);
    assert_eq!(status(&world, &id), "Running");
}

#[test]
fn without_spot_capacity_a_group_waits_or_takes_a_normal_instance_that_stays() {
    for (falls_back, expected) in [(false, "Scheduling"), (true, "Running")] {
        let mut world = World::ideal();
        world.close_spot(everything());
        let mut asked = spot(Some(0));
        if falls_back {
            let key = crate::sim::blueprint::SPOT_FALLBACK;
            asked.extra.insert(key.into(), "true".to_owned().into());
        }
        let id = create(&mut world, asked).expect("accepted");
        pass(&mut world, 7200);
        assert_eq!(status(&world, &id), expected);
        let told = group(&world, &id).events.into_iter();
        let degraded = told
            .filter_map(|event| event.reason)
            .any(|reason| reason == "SpotDegraded");
        assert_eq!(degraded, falls_back);
    }
}
