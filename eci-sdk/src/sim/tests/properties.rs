//! What holds for every sequence of operations.

use proptest::prelude::*;

use super::*;

/// A few operations and passages of time, out of small numbers.
fn live(seed: u64, steps: &[u8]) -> World {
    let mut world = world();
    world.chance = crate::sim::random::Chance::new(seed);
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
