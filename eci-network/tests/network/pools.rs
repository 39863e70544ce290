//! Laws of address pools: nothing reserved or used is given out, and nothing leaks.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::time::Duration;

use eci_network::{AddressPool, FixedIdentity, capacity, is_reserved};
use ipnet::Ipv4Net;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Allocate,
    Specify(u8),
    Release(u8),
    Fixed(u8),
    ReleaseFixed(u8, u8),
    Wait(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Allocate),
        1 => any::<u8>().prop_map(Step::Specify),
        2 => any::<u8>().prop_map(Step::Release),
        2 => (0_u8..5).prop_map(Step::Fixed),
        2 => (0_u8..5, 0_u8..4).prop_map(|(who, hours)| Step::ReleaseFixed(who, hours)),
        1 => any::<u8>().prop_map(Step::Wait),
    ]
}

const HOUR: Duration = Duration::from_secs(3600);

/// What a test remembers of the pool, in the simplest way.
#[derive(Default)]
struct Ledger {
    ordinary: BTreeSet<Ipv4Addr>,
    held: BTreeMap<u8, (Ipv4Addr, Ipv4Addr)>,
    kept: BTreeMap<u8, (Ipv4Addr, Duration)>,
}

impl Ledger {
    fn expire(&mut self, now: Duration) {
        self.kept.retain(|_, (_, until)| *until > now);
    }

    fn used(&self) -> Vec<Ipv4Addr> {
        let held = self.held.values().flat_map(|(fixed, dynamic)| [*fixed, *dynamic]);
        let kept = self.kept.values().map(|(fixed, _)| *fixed);
        self.ordinary.iter().copied().chain(held).chain(kept).collect()
    }
}

proptest! {
    #[test]
    fn a_pool_agrees_with_a_ledger(mask in 26_u8..=30, steps in prop::collection::vec(step(), 0..150)) {
        let range = Ipv4Net::new(Ipv4Addr::new(10, 1, 2, 0), mask).expect("a mask");
        let (mut pool, mut ledger, mut now) = (AddressPool::new(range), Ledger::default(), Duration::ZERO);
        let identity = |who: u8| FixedIdentity::new("c", "shop", &who.to_string());
        for step in steps {
            let free_before = pool.free();
            match step {
                Step::Allocate => match pool.allocate() {
                    Some(address) => {
                        prop_assert!(!ledger.used().contains(&address) && !is_reserved(range, address));
                        prop_assert!(range.contains(&address));
                        ledger.ordinary.insert(address);
                    }
                    None => prop_assert_eq!(free_before, 0),
                },
                Step::Specify(last) => {
                    let address = Ipv4Addr::new(10, 1, 2, last);
                    let possible = range.contains(&address) && !is_reserved(range, address) && !ledger.used().contains(&address);
                    prop_assert_eq!(pool.is_free(address), possible);
                    prop_assert_eq!(pool.allocate_specified(address).is_ok(), possible);
                    ledger.ordinary.extend(possible.then_some(address));
                }
                Step::Release(last) => {
                    let address = Ipv4Addr::new(10, 1, 2, last);
                    pool.release(address);
                    ledger.ordinary.remove(&address);
                }
                Step::Fixed(who) => {
                    ledger.expire(now);
                    let lease = pool.allocate_fixed(&identity(who), now);
                    let needed = if ledger.kept.contains_key(&who) { 1 } else { 2 };
                    let room = capacity(range) - u32::try_from(ledger.used().len()).expect("few");
                    prop_assert_eq!(lease.is_ok(), !ledger.held.contains_key(&who) && room >= needed);
                    if let Ok(lease) = lease {
                        if let Some((fixed, _)) = ledger.kept.remove(&who) {
                            prop_assert_eq!(lease.fixed, fixed, "the name keeps its address");
                        }
                        prop_assert!(!ledger.used().contains(&lease.fixed) && !ledger.used().contains(&lease.dynamic));
                        ledger.held.insert(who, (lease.fixed, lease.dynamic));
                    }
                }
                Step::ReleaseFixed(who, hours) => {
                    let until = now + HOUR * hours.into();
                    let had = ledger.held.remove(&who);
                    prop_assert_eq!(pool.release_fixed(&identity(who), now, HOUR * hours.into()), had.is_some());
                    if let Some((fixed, _)) = had {
                        ledger.kept.insert(who, (fixed, until));
                        ledger.expire(now);
                    }
                }
                Step::Wait(minutes) => {
                    now += Duration::from_secs(60 * u64::from(minutes));
                    pool.expire_fixed(now);
                    ledger.expire(now);
                }
            }
            let used = u32::try_from(ledger.used().len()).expect("few");
            prop_assert_eq!(pool.free() + used, capacity(range), "nothing leaks");
            prop_assert_eq!(pool.next_expiry(), ledger.kept.values().map(|(_, until)| *until).min());
        }
    }
}
