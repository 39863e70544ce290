//! What holds for every sequence of operations.

use eci_model::api::{Probe, UpdateContainerGroup};
use proptest::prelude::*;

use super::*;

/// A request out of a small number: every feature of a group, alone and together.
fn asked(number: u16, name: &str) -> CreateContainerGroup {
    let bit = |bit: u16| number >> bit & 1 == 1;
    let mut request = request(name);
    request.restart_policy = Some(["Always", "Never", "OnFailure"][usize::from(number % 3)].into());
    request.spot_strategy = bit(2).then(|| "SpotAsPriceGo".into());
    request.spot_duration = bit(3).then_some(0);
    request.fixed_ip = number.is_multiple_of(5).then(|| "true".into());
    request.auto_create_eip = bit(4).then_some(true);
    request.eip_instance_id = (!bit(4) && bit(5)).then(|| "eip-bp1".into());
    request.active_deadline_seconds = number.is_multiple_of(7).then_some(400);
    request.max_pending_minute = Some(10);
    let main = &mut request.container[0];
    main.image = ["shop/main:1", "shop/bad:1", "shop/oom:1", "shop/sick:1"][usize::from(number >> 6 & 3)].into();
    main.liveness_probe = bit(6).then(|| Probe {
        period_seconds: Some(10),
        ..Default::default()
    });
    main.readiness_probe = bit(7).then(|| Probe {
        period_seconds: Some(10),
        ..Default::default()
    });
    if bit(8) {
        main.lifecycle_pre_stop_handler_exec = vec!["/stop".into()];
    }
    if bit(9) {
        request
            .extra
            .insert("EciFailStrategy".into(), "fail-fast".to_owned().into());
    }
    request
}

/// What holds at every moment.
pub(super) fn check(world: &World) {
    let held = || world.groups.iter().flatten().filter(|group| !group.is_finished());
    let mut addresses: Vec<_> = held()
        .filter_map(|group| group.placement.as_ref())
        .map(|place| place.address)
        .collect();
    let count = addresses.len();
    addresses.sort();
    addresses.dedup();
    assert_eq!(addresses.len(), count, "an address is used twice");
    let cpu: u64 = held().map(|group| group.blueprint.cpu_milli).sum();
    assert_eq!(cpu, world.cpu_held, "the quota adds up");
    let mut public: Vec<_> = world
        .groups
        .iter()
        .flatten()
        .filter_map(|group| world.eip(&group.id))
        .collect();
    let count = public.len();
    public.sort();
    public.dedup();
    assert_eq!(public.len(), count, "an EIP is bound twice");
    let finished = world.groups.iter().flatten().filter(|group| group.is_finished());
    for group in finished {
        assert_eq!(world.eip(&group.id), None, "an ended group has an EIP");
        assert!(
            group.placement.as_ref().is_none_or(|place| !place.held),
            "an ended group has an address"
        );
    }
}

/// A few operations and passages of time, out of small numbers.
fn live(seed: u64, steps: &[u16]) -> World {
    let mut world = World::recorded(lively(seed));
    go_on(&mut world, steps);
    world
}

fn lively(seed: u64) -> WorldSettings {
    let mut settings = world().settings.seed(seed);
    let scripts = &mut settings.scripts;
    scripts.image("shop/bad").behaviour = Some(Behaviour::Exits {
        after: Duration::from_secs(9),
        code: 3,
    });
    scripts.image("shop/oom").behaviour = Some(Behaviour::OutOfMemory {
        after: Duration::from_secs(40),
    });
    scripts.image("shop/sick").answers_for = Some(Duration::from_secs(90));
    settings
}

fn go_on(world: &mut World, steps: &[u16]) {
    let mut ids: Vec<String> = world.group_ids().map(ToOwned::to_owned).collect();
    for step in steps {
        let number = step / 10;
        let chosen = ids.get(usize::from(number) % ids.len().max(1)).cloned();
        match (step % 10, chosen) {
            (0..=2, _) => {
                if let Ok(id) = create(world, asked(number, &format!("pod-{}", number % 4))) {
                    ids.push(id);
                }
            }
            (3 | 4, _) => drop(pass(world, u64::from(number % 200) * 7)),
            (5, Some(id)) => {
                let request = DeleteContainerGroup {
                    container_group_id: id,
                    force: (number % 2 == 0).then_some(true),
                    ..Default::default()
                };
                let _ = world.apply(&request.into());
            }
            (6, Some(id)) => {
                let group = id.into();
                let _ = world.fault(Fault::SpotReclaim { group });
            }
            (7, Some(id)) => {
                let restart = RestartContainerGroup {
                    container_group_id: id,
                    ..Default::default()
                };
                let _ = world.apply(&restart.into());
            }
            (8, Some(id)) => {
                let update = UpdateContainerGroup {
                    container_group_id: id,
                    update_type: Some("IncrementalUpdate".into()),
                    restart_policy: Some("OnFailure".into()),
                    ..Default::default()
                };
                let _ = world.apply(&update.into());
            }
            (9, _) => {
                let stock = OutOfStock::of_spec("2-4Gi");
                match number % 6 {
                    0 => world.close_spot(stock),
                    1 => world.open_spot(&stock),
                    2 => drop(world.fault(Fault::StockOut(stock))),
                    3 => drop(world.fault(Fault::ImageGone {
                        image: "shop/main".into(),
                    })),
                    4 => drop(world.fault(Fault::ImageBack {
                        image: "shop/main".into(),
                    })),
                    _ => drop(world.fault(Fault::StockBack(stock))),
                }
            }
            _ => {}
        }
        check(world);
    }
}

proptest! {
    #[test]
    fn the_same_seed_and_operations_give_the_same_journal(seed in any::<u64>(), steps in prop::collection::vec(any::<u16>(), 0..40)) {
        prop_assert_eq!(live(seed, &steps).journal().fingerprint(), live(seed, &steps).journal().fingerprint());
    }

    #[test]
    fn a_saved_world_goes_on_as_the_one_it_was(
        seed in any::<u64>(),
        before in prop::collection::vec(any::<u16>(), 0..40),
        after in prop::collection::vec(any::<u16>(), 0..40),
    ) {
        let mut world = live(seed, &before);
        let mut file = Vec::new();
        world.save().and_then(|saved| saved.write_to(&mut file)).expect("written");
        let mut again = World::load(lively(seed), &Saved::read_from(&*file).expect("readable")).expect("the same");
        for world in [&mut world, &mut again] {
            go_on(world, &after);
        }
        prop_assert_eq!(world.fingerprint(), again.fingerprint());
        prop_assert_eq!(world.journal().fingerprint(), again.journal().fingerprint());
    }

    #[test]
    fn nothing_leaks(seed in any::<u64>(), steps in prop::collection::vec(any::<u16>(), 0..80)) {
        let mut world = live(seed, &steps);
        let ids: Vec<_> = world.groups.iter().flatten().map(|group| group.id.clone()).collect();
        ids.iter().for_each(|id| delete(&mut world, id));
        pass(&mut world, 49 * 3600);
        prop_assert_eq!(world.groups.iter().flatten().count(), 0);
        prop_assert_eq!(world.cpu_held, 0);
        let _ = world.fault(Fault::ImageBack { image: "shop/main".into() });
        world.settings.out_of_stock.clear();
        for number in 0..4 {
            let id = create(&mut world, request(&format!("after-{number}"))).expect("accepted");
            pass(&mut world, 60);
            prop_assert_eq!(status(&world, &id), "Running");
        }
    }

    #[test]
    fn every_change_of_state_is_in_the_table_and_time_never_runs_back(
        seed in any::<u64>(),
        steps in prop::collection::vec(any::<u16>(), 0..80),
    ) {
        let world = live(seed, &steps);
        for (from, to) in world.transitions() {
            prop_assert!(from.may_become(to), "{from} to {to}");
        }
        let times: Vec<_> = world.journal().entries().iter().map(|entry| entry.at).collect();
        prop_assert!(times.is_sorted());
    }

    #[test]
    fn finished_groups_never_run_again(seed in any::<u64>(), steps in prop::collection::vec(any::<u16>(), 0..60)) {
        let world = live(seed, &steps);
        let mut ended: Vec<&str> = Vec::new();
        for entry in world.journal().entries() {
            let finished = ["Succeeded", "Failed", "BidFailed", "ScheduleFailed", "PendingTimeout", "DeadlineExceeded"].contains(&&*entry.what);
            let quiet = ["Deleting", "Gone"].contains(&&*entry.what);
            prop_assert!(quiet || !ended.contains(&&*entry.group), "{:?}", entry);
            if finished {
                ended.push(&entry.group);
            }
        }
    }
}
