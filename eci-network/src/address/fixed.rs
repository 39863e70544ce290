//! Fixed addresses: kept for a pod's name when the pod is created again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use super::{AddressPool, PoolError, number};

/// How long a fixed address is kept after its pod is gone, when nothing is said: 48 hours (Configure an Elastic Container Instance pod to
/// use a fixed IP address, undated).
pub const DEFAULT_RETENTION: Duration = Duration::from_secs(48 * 60 * 60);

/// Whose fixed address it is: the cluster, the namespace and the name of the pod, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FixedIdentity {
    /// The cluster.
    pub cluster: Arc<str>,
    /// The namespace.
    pub namespace: Arc<str>,
    /// The name of the pod.
    pub name: Arc<str>,
}

impl FixedIdentity {
    /// The identity of a pod.
    pub fn new(cluster: &str, namespace: &str, name: &str) -> Self {
        Self {
            cluster: cluster.into(),
            namespace: namespace.into(),
            name: name.into(),
        }
    }
}

impl fmt::Display for FixedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

/// The two addresses that a pod with a fixed one takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FixedLease {
    /// The address that stays with the name.
    pub fixed: Ipv4Addr,
    /// The address of this pod alone; the cluster does not see it.
    pub dynamic: Ipv4Addr,
}

/// The fixed addresses of a pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FixedAddresses {
    of: BTreeMap<FixedIdentity, Kept>,
    /// Every address above, and those of the pods alone.
    addresses: BTreeSet<Ipv4Addr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    fixed: Ipv4Addr,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A pod has it, and an address of its own beside it.
    Held { dynamic: Ipv4Addr },
    /// The pod is gone.
    Until(Duration),
}

impl FixedAddresses {
    pub(super) fn holds(&self, address: Ipv4Addr) -> bool {
        self.addresses.contains(&address)
    }
}

/// Fixed addresses. Moments are durations since any beginning that the caller keeps to; a simulator passes its virtual time.
impl AddressPool {
    /// The two addresses of a pod with a fixed one: the address its name had before, or a free one, and one for this pod alone.
    ///
    /// # Errors
    /// [`PoolError::Held`] while the pod that has the address is not released, and [`PoolError::Exhausted`] when fewer addresses are free
    /// than are needed; then nothing is taken.
    ///
    /// # Example
    /// ```
    /// use std::time::Duration;
    /// use eci_network::{AddressPool, DEFAULT_RETENTION, FixedIdentity};
    ///
    /// let mut pool = AddressPool::new("10.0.8.0/28".parse()?);
    /// let identity = FixedIdentity::new("c1", "shop", "db-0");
    /// let first = pool.allocate_fixed(&identity, Duration::ZERO)?;
    /// assert_eq!(pool.free(), 10);
    /// pool.release_fixed(&identity, Duration::ZERO, DEFAULT_RETENTION);
    /// let again = pool.allocate_fixed(&identity, Duration::from_secs(3600))?;
    /// assert_eq!(again.fixed, first.fixed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn allocate_fixed(&mut self, identity: &FixedIdentity, now: Duration) -> Result<FixedLease, PoolError> {
        self.expire_fixed(now);
        let kept = self.fixed.of.get(identity).copied();
        if let Some(Kept {
            state: State::Held { .. },
            ..
        }) = kept
        {
            let identity = Box::new(identity.clone());
            return Err(PoolError::Held { identity });
        }
        let needed = if kept.is_some() { 1 } else { 2 };
        if self.free() < needed {
            return Err(PoolError::Exhausted { range: self.range });
        }
        let exhausted = PoolError::Exhausted { range: self.range };
        let fixed = match kept {
            Some(kept) => kept.fixed,
            None => self.allocate().ok_or_else(|| exhausted.clone())?,
        };
        let dynamic = self.allocate().ok_or(exhausted)?;
        let state = State::Held { dynamic };
        self.fixed.of.insert(identity.clone(), Kept { fixed, state });
        self.fixed.addresses.extend([fixed, dynamic]);
        Ok(FixedLease { fixed, dynamic })
    }

    /// Tells that the pod of an identity is fully deleted: its own address is free again, the fixed one is kept for a while.
    ///
    /// Gives whether the identity had one.
    pub fn release_fixed(&mut self, identity: &FixedIdentity, now: Duration, retention: Duration) -> bool {
        let Some(kept) = self.fixed.of.get_mut(identity) else {
            return false;
        };
        let State::Held { dynamic } = kept.state else {
            return false;
        };
        kept.state = State::Until(now.saturating_add(retention));
        self.fixed.addresses.remove(&dynamic);
        self.span.give_back(number(dynamic));
        self.expire_fixed(now);
        true
    }

    /// Frees the fixed addresses whose time is over; gives how many.
    pub fn expire_fixed(&mut self, now: Duration) -> usize {
        let over = |kept: &Kept| matches!(kept.state, State::Until(until) if until <= now);
        let FixedAddresses { of, addresses } = &mut self.fixed;
        let (span, before) = (&mut self.span, of.len());
        of.retain(|_, kept| {
            if over(kept) {
                addresses.remove(&kept.fixed);
                span.give_back(number(kept.fixed));
            }
            !over(kept)
        });
        before - of.len()
    }

    /// When the next fixed address is freed unless its pod comes back.
    pub fn next_expiry(&self) -> Option<Duration> {
        let moments = self.fixed.of.values().filter_map(|kept| match kept.state {
            State::Until(until) => Some(until),
            State::Held { .. } => None,
        });
        moments.min()
    }

    /// The fixed address of an identity, held or kept.
    pub fn fixed_address(&self, identity: &FixedIdentity) -> Option<Ipv4Addr> {
        self.fixed.of.get(identity).map(|kept| kept.fixed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn pool() -> AddressPool {
        AddressPool::new("10.0.8.0/29".parse().expect("a range"))
    }

    fn db(index: u8) -> FixedIdentity {
        FixedIdentity::new("c1", "shop", &format!("db-{index}"))
    }

    #[test]
    fn a_pod_takes_two_addresses() {
        let mut pool = pool();
        let lease = pool.allocate_fixed(&db(0), Duration::ZERO).expect("four are free");
        assert_ne!(lease.fixed, lease.dynamic);
        assert_eq!(pool.free(), 2);
        pool.allocate_fixed(&db(1), Duration::ZERO).expect("two are free");
        assert!(matches!(
            pool.allocate_fixed(&db(2), Duration::ZERO),
            Err(PoolError::Exhausted { .. })
        ));
        assert_eq!(pool.free(), 0);
    }

    #[test]
    fn nothing_is_taken_when_one_of_two_is_missing() {
        let mut pool = pool();
        let taken: Vec<_> = (0..3).filter_map(|_| pool.allocate()).collect();
        assert!(pool.allocate_fixed(&db(0), Duration::ZERO).is_err());
        assert_eq!((pool.free(), pool.fixed_address(&db(0))), (1, None));
        pool.release(taken[0]);
        assert!(pool.allocate_fixed(&db(0), Duration::ZERO).is_ok());
    }

    #[test]
    fn the_replacement_waits_until_the_old_pod_is_gone() {
        let mut pool = pool();
        let first = pool.allocate_fixed(&db(0), Duration::ZERO).expect("free");
        let error = pool.allocate_fixed(&db(0), HOUR).expect_err("the old pod has it");
        assert_eq!(
            error.to_string(),
            "the fixed address of `shop/db-0` is held by a pod that is not fully deleted yet"
        );
        assert!(pool.release_fixed(&db(0), HOUR, DEFAULT_RETENTION));
        let again = pool.allocate_fixed(&db(0), HOUR * 2).expect("the old pod is gone");
        assert_eq!(again.fixed, first.fixed);
    }

    #[test]
    fn a_kept_address_is_freed_when_its_time_is_over() {
        let mut pool = pool();
        let first = pool.allocate_fixed(&db(0), Duration::ZERO).expect("free");
        pool.release_fixed(&db(0), HOUR, DEFAULT_RETENTION);
        assert_eq!((pool.free(), pool.next_expiry()), (3, Some(HOUR * 49)));
        assert_eq!(pool.expire_fixed(HOUR * 49 - Duration::from_millis(1)), 0);
        assert_eq!(pool.allocate(), Some(first.dynamic), "the fixed one is not given out");
        assert_eq!(pool.expire_fixed(HOUR * 49), 1);
        assert_eq!((pool.free(), pool.next_expiry()), (3, None));
    }

    #[test]
    fn without_retention_it_is_freed_at_once() {
        let mut pool = pool();
        pool.allocate_fixed(&db(0), Duration::ZERO).expect("free");
        assert!(pool.release_fixed(&db(0), HOUR, Duration::ZERO));
        assert!(!pool.release_fixed(&db(0), HOUR, Duration::ZERO));
        assert_eq!((pool.free(), pool.fixed_address(&db(0))), (4, None));
    }

    #[test]
    fn an_ordinary_release_does_not_take_a_fixed_address() {
        let mut pool = pool();
        let lease = pool.allocate_fixed(&db(0), Duration::ZERO).expect("free");
        pool.release(lease.fixed);
        pool.release(lease.dynamic);
        assert_eq!(pool.free(), 2);
    }
}
