//! What is accepted, listed and refused.

use eci_model::api::DescribeContainerGroups;

use super::*;

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
fn operations_the_world_does_not_have_say_so() {
    let mut world = world();
    for action in eci_model::api::Action::ALL {
        let result = world.apply(&Operation::empty(*action));
        let unsupported = result.is_err_and(|error| error.class == Class::Unsupported);
        assert_eq!(unsupported, !crate::sim::apply::SUPPORTED.contains(action), "{action}");
    }
}
