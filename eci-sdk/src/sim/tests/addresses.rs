//! Public and fixed addresses, and how often the world may be asked.

use super::*;

fn place_of(world: &World, id: &str) -> Option<String> {
    group(world, id).intranet_ip
}

fn fixed(name: &str, hours: Option<i32>) -> CreateContainerGroup {
    CreateContainerGroup {
        fixed_ip: Some("true".into()),
        fixed_ip_retain_hour: hours,
        ..request(name)
    }
}

#[test]
fn a_fixed_address_waits_for_its_name_as_long_as_it_is_kept() {
    for (hours, passed, same) in [(None, 47, true), (None, 49, false), (Some(1), 2, false)] {
        let mut world = world();
        let id = create(&mut world, fixed("db", hours)).expect("accepted");
        pass(&mut world, 60);
        let before = place_of(&world, &id).expect("an address");
        delete(&mut world, &id);
        pass(&mut world, passed * 3600);
        let other = create(&mut world, request("web")).expect("accepted");
        pass(&mut world, 60);
        assert_eq!(
            place_of(&world, &other).as_deref() == Some(&*before),
            !same,
            "the lowest is free again or kept"
        );
        let again = create(&mut world, fixed("db", hours)).expect("accepted");
        pass(&mut world, 60);
        assert_eq!(
            place_of(&world, &again).as_deref() == Some(&*before),
            same,
            "{hours:?} after {passed} hours"
        );
    }
}

#[test]
fn a_group_with_a_fixed_address_takes_two() {
    let mut world = world();
    for name in ["db-0", "db-1", "db-2"] {
        create(&mut world, fixed(name, None)).expect("accepted");
    }
    pass(&mut world, 60);
    let running = world.groups.iter().flatten().filter(|group| group.placement.is_some());
    assert_eq!(running.count(), 2, "of the four addresses");
}

#[test]
fn the_successor_of_a_name_waits_until_the_group_before_is_gone() {
    let mut world = world();
    let id = create(&mut world, fixed("db", None)).expect("accepted");
    pass(&mut world, 60);
    let before = place_of(&world, &id);
    let next = create(&mut world, fixed("db", None)).expect("accepted");
    pass(&mut world, 120);
    assert_eq!(status(&world, &next), "Scheduling");
    delete(&mut world, &id);
    pass(&mut world, 120);
    assert_eq!(
        (status(&world, &next), place_of(&world, &next)),
        ("Running".to_owned(), before)
    );
}

#[test]
fn an_eip_goes_to_one_group_at_a_time() {
    let mut world = world();
    let with_eip = |name: &str| CreateContainerGroup {
        eip_instance_id: Some("eip-bp1".into()),
        ..request(name)
    };
    let id = create(&mut world, with_eip("web")).expect("accepted");
    let late = create(&mut world, with_eip("late")).expect("nobody has it yet");
    pass(&mut world, 60);
    let has = |world: &World, id: &str| group(world, id).internet_ip;
    let (first, second) = (has(&world, &id), has(&world, &late));
    assert!(first.is_some() != second.is_some(), "{first:?} {second:?}");
    let error = create(&mut world, with_eip("third")).expect_err("bound");
    assert_eq!(error.class, Class::AfterStateChange);
    let (holder, waits) = if first.is_some() { (id, late) } else { (late, id) };
    assert_eq!(status(&world, &waits), "Scheduling");
    delete(&mut world, &holder);
    pass(&mut world, 120);
    assert_eq!(
        (status(&world, &waits), has(&world, &waits)),
        ("Running".to_owned(), first.or(second))
    );
}

#[test]
fn a_group_may_have_an_eip_of_its_own_that_goes_with_it() {
    let mut world = world();
    let own = |name: &str| CreateContainerGroup {
        auto_create_eip: Some(true),
        restart_policy: Some("Never".into()),
        ..request(name)
    };
    let ids = ["web-a", "web-b"].map(|name| create(&mut world, own(name)).expect("accepted"));
    pass(&mut world, 40);
    let addresses = ids
        .clone()
        .map(|id| group(&world, &id).internet_ip.expect("an address"));
    assert_ne!(addresses[0], addresses[1]);
    pass(&mut world, 600);
    assert_eq!(group(&world, &ids[0]).internet_ip, None, "it has ended");
    let both = CreateContainerGroup {
        eip_instance_id: Some("eip-bp1".into()),
        ..own("web-c")
    };
    assert!(create(&mut world, both).is_err());
}

#[test]
fn creates_beyond_the_published_rate_are_refused_until_there_is_room() {
    let mut world = world();
    let mut accepted = 0;
    let error = loop {
        match create(&mut world, request(&format!("web-{accepted}"))) {
            Ok(_) => accepted += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((accepted, &*error.code), (100, "Throttling"));
    let Class::RetrySame { after: Some(wait) } = error.class else {
        panic!("{error:?}")
    };
    assert_eq!(wait, Duration::from_millis(50));
    world.advance(world.now() + wait);
    create(&mut world, request("after")).expect("there is room again");
    let mut ideal = World::ideal();
    for number in 0..500 {
        create(&mut ideal, request(&format!("web-{number}"))).expect("no limit");
    }
}
