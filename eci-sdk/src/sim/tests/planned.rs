//! Planned faults: each happens where it is planned, is counted and told, and leaves the world whole.

use eci_model::api::{Action, Answer, DescribeContainerGroupStatus, DescribeContainerGroups};

use super::properties::check;
use super::*;
use crate::backend::Reached;

fn planned(faults: impl IntoIterator<Item = PlannedFault>) -> World {
    let mut settings = world().settings;
    settings.faults.extend(faults);
    World::recorded(settings)
}

fn of(kind: FaultKind) -> PlannedFault {
    PlannedFault::of(kind)
}

/// How often each planned fault happened, after a look at the world, its journal, and at what is made of it when it is saved.
fn happened(world: &World) -> Vec<u32> {
    check(world);
    let told = world
        .journal()
        .entries()
        .iter()
        .filter(|entry| entry.what.as_ref() == "Fault");
    let counts: Vec<u32> = world.planned_faults().map(|(_, count)| count.happened).collect();
    assert_eq!(told.count(), counts.iter().sum::<u32>() as usize, "each is told");
    let mut settings = super::world().settings;
    settings.faults = world.settings.faults.clone();
    let saved = world.save().expect("recorded");
    let again = World::load(settings, &saved).expect("the same");
    assert_eq!(again.journal(), world.journal());
    counts
}

fn whats(world: &World) -> Vec<String> {
    world
        .journal()
        .entries()
        .iter()
        .map(|entry| entry.what.to_string())
        .collect()
}

/// Everything ends, and nothing is left behind.
fn ends_clean(world: &mut World) {
    let ids: Vec<String> = world.group_ids().map(ToOwned::to_owned).collect();
    ids.iter().for_each(|id| {
        // A fault may lose this call as well.
        let request = DeleteContainerGroup {
            container_group_id: id.clone(),
            ..Default::default()
        };
        let _ = world.apply(&request.into());
    });
    pass(world, 3 * 24 * 3600);
    check(world);
    assert_eq!(world.cpu_held, 0);
    let held = world
        .groups
        .iter()
        .flatten()
        .filter(|group| group.placement.as_ref().is_some_and(|place| place.held));
    assert_eq!(held.count(), 0);
}

fn refusal(kind: FaultKind, request: CreateContainerGroup) -> BackendError {
    let mut world = planned([of(kind).nth(1).expect("a number")]);
    let error = create(&mut world, request.clone()).expect_err("refused");
    assert_eq!(world.group_ids().count(), 0);
    create(&mut world, request).expect("accepted the second time");
    assert_eq!(happened(&world), [1]);
    ends_clean(&mut world);
    error
}

fn spot(name: &str) -> CreateContainerGroup {
    CreateContainerGroup {
        spot_strategy: Some("SpotAsPriceGo".into()),
        ..request(name)
    }
}

#[test]
fn creation_is_refused_once_and_then_accepted() {
    let mut cached = request("web");
    cached.image_snapshot_id = Some("imc-1".into());
    let mut token = request("web");
    token.client_token = Some("t-1".into());
    for (kind, request, code) in [
        (FaultKind::Quota, request("web"), "QuotaExceeded"),
        (FaultKind::MissingRole, request("web"), "CreateServiceLinkedRole.Denied"),
        (FaultKind::CacheNotReady, cached, "ImageSnapshot.IncorrectStatus"),
        (FaultKind::TokenReuse, token, "IdempotentParameterMismatch"),
        (FaultKind::Throttling, request("web"), "Throttling"),
        (FaultKind::ClockSkew, request("web"), "InvalidTimeStamp.Expired"),
        (FaultKind::GatewayPage, request("web"), "BadGateway"),
    ] {
        assert_eq!(&*refusal(kind, request).code, code, "{kind}");
    }
}

#[test]
fn refusals_say_what_may_be_tried() {
    let class = |kind| refusal(kind, request("web"));
    let second = Some(Duration::from_secs(1));
    assert_eq!(class(FaultKind::Throttling).class, Class::RetrySame { after: second });
    assert_eq!(class(FaultKind::ClockSkew).class, Class::SignAgain);
    let page = class(FaultKind::GatewayPage);
    assert_eq!(
        (page.class, page.reached),
        (Class::RetrySame { after: None }, Reached::Unknown)
    );
    assert!(page.message.contains("<html>"), "{page}");
}

#[test]
fn a_call_without_a_token_cannot_reuse_one() {
    let mut world = planned([of(FaultKind::TokenReuse)]);
    create(&mut world, request("web")).expect("accepted");
    assert_eq!(happened(&world), [0]);
}

#[test]
fn a_lost_reply_and_the_same_token_make_one_group() {
    let mut world = planned([of(FaultKind::ReplyLost)
        .operation(Action::CreateContainerGroup)
        .expect("known")
        .times(1)]);
    let mut request = request("web");
    request.client_token = Some("t-1".into());
    let error = create(&mut world, request.clone()).expect_err("lost");
    assert_eq!(error.reached, Reached::Unknown);
    create(&mut world, request).expect("accepted");
    assert_eq!((world.group_ids().count(), happened(&world)), (1, vec![1]));
    ends_clean(&mut world);
}

#[test]
fn a_call_that_is_delivered_twice_makes_two_groups_unless_it_has_a_token() {
    for (token, groups) in [(None, 2), (Some("t-1".to_owned()), 1)] {
        let mut world = planned([of(FaultKind::Twice).times(1)]);
        let request = CreateContainerGroup {
            client_token: token,
            ..request("web")
        };
        create(&mut world, request).expect("accepted");
        assert_eq!((world.group_ids().count(), happened(&world)), (groups, vec![1]));
        ends_clean(&mut world);
    }
}

#[test]
fn without_stock_a_group_waits_until_there_is_some() {
    let zone = "cn-hangzhou-h".parse().expect("a zone");
    let fault = of(FaultKind::NoStock)
        .zone(zone)
        .expect("known")
        .until(Instant::from_millis(100_000));
    let elsewhere = of(FaultKind::NoStock)
        .zone("cn-hangzhou-i".parse().expect("a zone"))
        .expect("known");
    let mut world = planned([fault, elsewhere]);
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 99);
    assert_eq!(status(&world, &id), "Scheduling");
    pass(&mut world, 120);
    assert_eq!(status(&world, &id), "Running");
    assert_eq!(happened(&world), [4, 0]);
    ends_clean(&mut world);
}

#[test]
fn stock_is_missing_for_the_type_that_is_named() {
    let fault = of(FaultKind::NoStock).spec("2-4Gi").expect("known");
    let mut world = planned([fault]);
    let mut larger = request("large");
    (larger.cpu, larger.memory) = (
        Some("4".parse().expect("a number")),
        Some("8".parse().expect("a number")),
    );
    let mut smaller = request("small");
    (smaller.cpu, smaller.memory) = (
        Some("2".parse().expect("a number")),
        Some("4".parse().expect("a number")),
    );
    let (larger, smaller) = (create(&mut world, larger), create(&mut world, smaller));
    pass(&mut world, 200);
    assert_eq!(status(&world, &larger.expect("accepted")), "Running");
    assert_eq!(status(&world, &smaller.expect("accepted")), "Scheduling");
    assert!(happened(&world)[0] > 3);
    ends_clean(&mut world);
}

#[test]
fn without_addresses_a_group_waits_and_says_why() {
    let mut world = planned([of(FaultKind::NoAddress).times(2)]);
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 20);
    assert!(whats(&world).contains(&"InvalidVSwitchId.IpNotEnough".to_owned()));
    pass(&mut world, 200);
    assert_eq!((status(&world, &id).as_str(), happened(&world)), ("Running", vec![2]));
    ends_clean(&mut world);
}

#[test]
fn an_eip_that_cannot_be_bound_leaks_no_address() {
    let mut world = planned([of(FaultKind::EipFailure).times(3)]);
    let id = create(
        &mut world,
        CreateContainerGroup {
            auto_create_eip: Some(true),
            ..request("web")
        },
    )
    .expect("accepted");
    pass(&mut world, 20);
    assert_eq!(group(&world, &id).intranet_ip, None);
    pass(&mut world, 200);
    assert_eq!((status(&world, &id).as_str(), happened(&world)), ("Running", vec![3]));
    ends_clean(&mut world);
}

#[test]
fn a_stuck_group_is_not_billed_and_goes_on_later() {
    let fault = of(FaultKind::StuckScheduling)
        .by(Duration::from_secs(900))
        .expect("known")
        .times(1);
    let mut world = planned([fault]);
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 900);
    assert_eq!(
        (status(&world, &id).as_str(), world.billed(&id)),
        ("Scheduling", Some(Duration::ZERO))
    );
    pass(&mut world, 200);
    assert_eq!((status(&world, &id).as_str(), happened(&world)), ("Running", vec![1]));
    ends_clean(&mut world);
}

#[test]
fn a_slow_pull_of_one_image_holds_its_group_only() {
    let fault = of(FaultKind::SlowPull)
        .image("shop/slow")
        .and_then(|fault| fault.by(Duration::from_secs(600)));
    let mut world = planned([fault.expect("known")]);
    let mut slow = request("slow");
    slow.container[0].image = "shop/slow:2".into();
    let (slow, other) = (
        create(&mut world, slow).expect("accepted"),
        create(&mut world, request("web")).expect("accepted"),
    );
    pass(&mut world, 300);
    assert_eq!(
        (status(&world, &slow).as_str(), status(&world, &other).as_str()),
        ("Pending", "Running")
    );
    pass(&mut world, 600);
    assert_eq!((status(&world, &slow).as_str(), happened(&world)), ("Running", vec![1]));
    ends_clean(&mut world);
}

#[test]
fn a_failed_pull_is_tried_again() {
    let mut world = planned([of(FaultKind::FailedPull).times(2)]);
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 400);
    let failed = whats(&world).iter().filter(|what| *what == "ErrImagePull").count();
    assert_eq!(
        (status(&world, &id).as_str(), failed, happened(&world)),
        ("Running", 2, vec![2])
    );
    ends_clean(&mut world);
}

#[test]
fn no_cache_matches_where_that_is_planned() {
    let mut world = planned([of(FaultKind::CacheNotReady).nth(2).expect("a number")]);
    let wanted = || CreateContainerGroup {
        auto_match_image_cache: Some(true),
        ..request("web")
    };
    create(&mut world, wanted()).expect("accepted");
    pass(&mut world, 400);
    create(&mut world, wanted()).expect("accepted");
    pass(&mut world, 400);
    create(&mut world, wanted()).expect("accepted");
    pass(&mut world, 400);
    let hits = whats(&world).iter().filter(|what| *what == "ImageCacheHit").count();
    assert_eq!((hits, happened(&world)), (1, vec![1]));
    ends_clean(&mut world);
}

#[test]
fn a_slow_start_holds_the_container_that_is_named() {
    let fault = of(FaultKind::SlowStart)
        .container("main")
        .and_then(|fault| fault.by(Duration::from_secs(500)));
    let mut world = planned([fault.expect("known")]);
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 400);
    assert_eq!(status(&world, &id), "Pending");
    pass(&mut world, 400);
    assert_eq!((status(&world, &id).as_str(), happened(&world)), ("Running", vec![1]));
    ends_clean(&mut world);
}

#[test]
fn a_crash_loop_backs_off_and_is_over_when_its_time_is() {
    let fault = of(FaultKind::CrashLoop).code(7).expect("known").times(3);
    let mut world = planned([fault]);
    let id = create(&mut world, request("web")).expect("accepted");
    pass(&mut world, 600);
    let group = group(&world, &id);
    assert_eq!(group.containers[0].restart_count, Some(3));
    let last = group.containers[0]
        .previous_state
        .as_ref()
        .and_then(|state| state.exit_code);
    assert_eq!((last, happened(&world)), (Some(7), vec![3]));
    ends_clean(&mut world);
}

#[test]
fn a_container_out_of_memory_says_so() {
    let mut world = planned([of(FaultKind::OutOfMemory)]);
    let wanted = CreateContainerGroup {
        restart_policy: Some("Never".into()),
        ..request("web")
    };
    let id = create(&mut world, wanted).expect("accepted");
    pass(&mut world, 200);
    let state = group(&world, &id).containers[0].current_state.clone().expect("a state");
    assert_eq!(
        (state.reason.as_deref(), state.exit_code),
        (Some("OOMKilled"), Some(137))
    );
    assert_eq!(happened(&world), [1]);
    ends_clean(&mut world);
}

#[test]
fn spot_instances_are_asked_back_after_a_while_or_at_a_moment() {
    let after = of(FaultKind::SpotReclaim).group("web").expect("known");
    let at = of(FaultKind::SpotReclaim)
        .group("api")
        .expect("known")
        .from(Instant::from_millis(2_000_000));
    let late = of(FaultKind::SpotReclaim)
        .group("late")
        .expect("known")
        .until(Instant::from_millis(60_000));
    let mut world = planned([after, at, late]);
    let web = create(&mut world, spot("web")).expect("accepted");
    let api = create(&mut world, spot("api")).expect("accepted");
    let late = create(&mut world, spot("late")).expect("accepted");
    create(&mut world, request("api")).expect("accepted");
    pass(&mut world, 1000);
    assert_eq!(
        (status(&world, &web).as_str(), status(&world, &api).as_str()),
        ("Expired", "Running")
    );
    pass(&mut world, 1000 + 179);
    assert_eq!(status(&world, &api), "Running");
    pass(&mut world, 2);
    assert_eq!(
        (status(&world, &api).as_str(), status(&world, &late).as_str()),
        ("Expired", "Running")
    );
    assert_eq!(happened(&world), [1, 1, 0]);
    ends_clean(&mut world);
}

#[test]
fn a_spot_instance_that_is_gone_is_not_asked_back() {
    let mut world = planned([of(FaultKind::SpotReclaim)]);
    let id = create(&mut world, spot("web")).expect("accepted");
    pass(&mut world, 100);
    delete(&mut world, &id);
    pass(&mut world, 1000);
    assert_eq!(happened(&world), [0]);
}

#[test]
fn a_lagging_list_shows_new_groups_later() {
    let mut world = planned([of(FaultKind::ListLag).by(Duration::from_secs(30)).expect("known")]);
    create(&mut world, request("web")).expect("accepted");
    let count = |world: &mut World| match world.apply(&DescribeContainerGroups::default().into()) {
        Ok(Answer::DescribeContainerGroups(answer)) => answer.container_groups.len(),
        other => panic!("{other:?}"),
    };
    pass(&mut world, 10);
    assert_eq!(count(&mut world), 0);
    pass(&mut world, 30);
    assert_eq!((count(&mut world), happened(&world)), (1, vec![2]));
}

#[test]
fn a_partial_page_loses_nothing() {
    let mut world = planned([of(FaultKind::PartialPage)
        .operation(Action::DescribeContainerGroupStatus)
        .expect("known")]);
    for name in ["aa", "bb", "cc"] {
        create(&mut world, request(name)).expect("accepted");
    }
    let (mut names, mut next_token) = (Vec::new(), None);
    loop {
        let request = DescribeContainerGroupStatus {
            next_token,
            ..Default::default()
        };
        let answer = match world.apply(&request.into()) {
            Ok(Answer::DescribeContainerGroupStatus(answer)) => answer,
            other => panic!("{other:?}"),
        };
        names.extend(answer.data.into_iter().filter_map(|group| group.name));
        next_token = answer.next_token;
        if next_token.is_none() {
            break;
        }
    }
    assert_eq!((names.join(" ").as_str(), happened(&world)), ("aa bb cc", vec![3]));
}

#[test]
fn the_seed_chooses_a_share_of_the_events() {
    let fault = of(FaultKind::Quota).percent(30).expect("a share");
    let refused = |seed| {
        let mut settings = WorldSettings::ideal().seed(seed);
        settings.faults.push(fault.clone());
        let mut world = World::new(settings);
        (0..100)
            .map(|number| create(&mut world, request(&format!("web-{number}"))).is_err())
            .collect::<Vec<_>>()
    };
    let one = refused(1);
    let count = one.iter().filter(|refused| **refused).count();
    assert!((15..=45).contains(&count), "{count}");
    assert_eq!(one, refused(1));
    assert_ne!(one, refused(2));
}

#[test]
fn of_two_faults_for_one_event_the_first_that_takes_it_happens() {
    let mut world = planned([of(FaultKind::Quota).nth(2).expect("a number"), of(FaultKind::Quota)]);
    for name in ["aa", "bb", "cc"] {
        create(&mut world, request(name)).expect_err("refused");
    }
    assert_eq!(happened(&world), [1, 2]);
    let fitted: Vec<u32> = world.planned_faults().map(|(_, count)| count.fitted).collect();
    assert_eq!(fitted, [3, 2]);
}

/// Every kind is in the ledger, once, with a basis.
#[test]
fn every_kind_of_fault_stands_in_the_ledger() {
    let ledger = include_str!("../PARITY.md");
    for kind in FaultKind::ALL {
        let begin = format!("| {kind} | ");
        assert_eq!(
            ledger.lines().filter(|line| line.starts_with(&begin)).count(),
            1,
            "{kind}"
        );
    }
}
