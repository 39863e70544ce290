//! Whether pods find addresses: tables, and the laws of placing.

use eci_model::{FieldPath, Location, ObjectRef, VSwitchId};
use eci_network::{AddressDemand, Forecast, Inventory, KnownVSwitch, Replicas, forecast};
use proptest::prelude::*;

fn id(index: usize) -> VSwitchId {
    format!("vsw-{index}").parse().expect("an id")
}

/// vSwitches with so many free addresses each; `None` for a range that is not known.
fn inventory(free: &[Option<u32>]) -> Inventory {
    let mut inventory = Inventory::default();
    for (index, free) in free.iter().enumerate() {
        let mut vswitch = KnownVSwitch::new(id(index));
        if let Some(free) = free {
            vswitch.range = Some("10.0.0.0/24".parse().expect("a range"));
            vswitch.used = 252 - free;
        }
        inventory.insert_vswitch(vswitch);
    }
    inventory
}

fn demand(vswitches: &[usize], now: u64, most: u64) -> AddressDemand {
    AddressDemand {
        place: Location::new(ObjectRef::new("Deployment", Some("shop"), "web"), FieldPath::ROOT),
        vswitches: vswitches.iter().map(|index| id(*index)).collect(),
        now,
        most,
    }
}

fn shortages(forecast: &Forecast) -> Vec<(Vec<usize>, usize, u64, u64)> {
    let told = forecast.shortages.iter();
    told.map(|it| (it.demands.clone(), it.vswitches.len(), it.wanted, it.free))
        .collect()
}

#[test]
fn forty_pods_do_not_find_twenty_seven_addresses() {
    let forecast = forecast(&inventory(&[Some(27)]), &[demand(&[0], 40, 40)], Replicas::Now);
    assert_eq!(shortages(&forecast), [(vec![0], 1, 40, 27)]);
    assert!(forecast.rests.is_empty());
}

#[test]
fn pods_spread_over_the_vswitches_of_their_list() {
    let demands = [demand(&[0, 1], 10, 10)];
    let forecast = forecast(&inventory(&[Some(5), Some(5)]), &demands, Replicas::Now);
    assert!(forecast.shortages.is_empty());
    assert_eq!((forecast.rests[0].free, forecast.rests[0].capacity), (0, 504));
}

#[test]
fn those_with_a_choice_make_room_for_those_without() {
    let demands = [demand(&[0, 1], 5, 5), demand(&[0], 5, 5)];
    let enough = forecast(&inventory(&[Some(5), Some(5)]), &demands, Replicas::Now);
    assert!(enough.shortages.is_empty());
    let short = forecast(&inventory(&[Some(4), Some(9)]), &demands, Replicas::Now);
    assert_eq!(
        shortages(&short),
        [(vec![1], 1, 5, 4)],
        "the first workload finds room elsewhere"
    );
}

#[test]
fn workloads_that_share_all_their_vswitches_are_short_together() {
    let demands = [demand(&[0], 5, 5), demand(&[1], 5, 5), demand(&[0], 3, 3)];
    let forecast = forecast(&inventory(&[Some(7), Some(7)]), &demands, Replicas::Now);
    assert_eq!(shortages(&forecast), [(vec![0, 2], 1, 8, 7)]);
    assert_eq!(forecast.rests[0].demands, [1]);
}

#[test]
fn a_range_that_is_not_known_says_nothing() {
    let demands = [demand(&[0, 1], 500, 500), demand(&[], 500, 500), demand(&[7], 9, 9)];
    let forecast = forecast(&inventory(&[Some(5), None]), &demands, Replicas::Now);
    assert_eq!(forecast, Forecast::default());
}

#[test]
fn an_autoscaler_counts_at_its_limit_only_when_asked() {
    let (inventory, demands) = (inventory(&[Some(5)]), [demand(&[0], 3, 9)]);
    assert!(forecast(&inventory, &demands, Replicas::Now).shortages.is_empty());
    assert_eq!(
        shortages(&forecast(&inventory, &demands, Replicas::Most)),
        [(vec![0], 1, 9, 5)]
    );
}

#[test]
fn one_vswitch_listed_twice_counts_once() {
    let forecast = forecast(&inventory(&[Some(5)]), &[demand(&[0, 0], 8, 8)], Replicas::Now);
    assert_eq!(shortages(&forecast), [(vec![0], 1, 8, 5)]);
}

fn clusters() -> impl Strategy<Value = (Vec<u32>, Vec<(Vec<usize>, u64)>)> {
    let free = prop::collection::vec(0_u32..12, 1..5);
    let demands = prop::collection::vec((prop::collection::vec(0_usize..4, 1..4), 0_u64..12), 0..6);
    (free, demands).prop_map(|(free, demands)| {
        let vswitches = free.len();
        let within = |(list, wanted): (Vec<usize>, u64)| (list.into_iter().map(|it| it % vswitches).collect(), wanted);
        (free, demands.into_iter().map(within).collect())
    })
}

/// Whether some set of vSwitches is too small for the pods that may live nowhere else: the marriage condition, tried on every set.
fn is_short(free: &[u32], demands: &[(Vec<usize>, u64)]) -> bool {
    (0_u32..1 << free.len()).any(|set| {
        let inside = |index: &usize| set & (1 << index) != 0;
        let confined = demands.iter().filter(|(list, _)| list.iter().all(inside));
        let wanted: u64 = confined.map(|(_, wanted)| wanted).sum();
        let room: u64 = (0..free.len()).filter(inside).map(|index| u64::from(free[index])).sum();
        wanted > room
    })
}

proptest! {
    #[test]
    fn a_shortage_is_told_exactly_when_there_is_one((free, demands) in clusters()) {
        let inventory = inventory(&free.iter().copied().map(Some).collect::<Vec<_>>());
        let listed: Vec<_> = demands.iter().map(|(list, wanted)| demand(list, *wanted, *wanted)).collect();
        let forecast = forecast(&inventory, &listed, Replicas::Now);
        prop_assert_eq!(!forecast.shortages.is_empty(), is_short(&free, &demands));
        let mut seen = std::collections::BTreeSet::new();
        for shortage in &forecast.shortages {
            prop_assert!(shortage.wanted > shortage.free);
            for position in &shortage.demands {
                prop_assert!(seen.insert(*position), "a workload is told once");
                prop_assert!(listed[*position].vswitches.iter().all(|it| shortage.vswitches.contains(it)));
            }
        }
        for rest in &forecast.rests {
            let wanted: u64 = rest.demands.iter().map(|position| demands[*position].1).sum();
            let room: u64 = rest.vswitches.iter().filter_map(|it| inventory.vswitch(it)?.free()).map(u64::from).sum();
            prop_assert_eq!(rest.free + wanted, room, "nothing leaks");
        }
    }
}
