//! Stock, addresses, spot capacity.

use super::*;

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
