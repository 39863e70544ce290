//! The addresses of a vSwitch.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

/// The free and used addresses of a vSwitch.
///
/// The first and the last three addresses of a range are reserved (Create a vSwitch, undated): a /29 has four to give.
///
/// # Example
/// ```
/// use eci_network::AddressPool;
///
/// let mut pool = AddressPool::new("192.168.1.0/29".parse()?);
/// let addresses: Vec<String> = std::iter::from_fn(|| pool.allocate()).map(|address| address.to_string()).collect();
/// assert_eq!(addresses, ["192.168.1.1", "192.168.1.2", "192.168.1.3", "192.168.1.4"]);
/// # Ok::<(), ipnet::AddrParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressPool {
    range: Ipv4Net,
    used: BTreeSet<u32>,
    /// No address below this one is free.
    next: u32,
}

impl AddressPool {
    /// All usable addresses of a range are free.
    pub fn new(range: Ipv4Net) -> Self {
        let range = range.trunc();
        Self {
            range,
            used: BTreeSet::new(),
            next: u32::from(range.network()).saturating_add(1),
        }
    }

    /// The range.
    pub const fn range(&self) -> Ipv4Net {
        self.range
    }

    /// How many addresses can be given out at most: 2^(32-mask) less the four reserved ones.
    pub const fn capacity(&self) -> u32 {
        capacity(self.range)
    }

    /// How many are free.
    pub fn free(&self) -> u32 {
        let used = u32::try_from(self.used.len()).unwrap_or(u32::MAX);
        self.capacity().saturating_sub(used)
    }

    /// The lowest free address; the order is ours, since the platform's is not observable.
    pub fn allocate(&mut self) -> Option<Ipv4Addr> {
        let mut address = self.next;
        while self.is_usable(address) {
            if self.used.insert(address) {
                self.next = address + 1;
                return Some(address.into());
            }
            address += 1;
        }
        None
    }

    /// A given address.
    ///
    /// # Errors
    /// [`PoolError`] when it lies outside the range, is reserved, or is used.
    pub fn allocate_specified(&mut self, address: Ipv4Addr) -> Result<Ipv4Addr, PoolError> {
        if !self.range.contains(&address) {
            return Err(PoolError::Outside {
                address,
                range: self.range,
            });
        }
        if !self.is_usable(address.into()) {
            return Err(PoolError::Reserved {
                address,
                range: self.range,
            });
        }
        if !self.used.insert(address.into()) {
            return Err(PoolError::Used { address });
        }
        Ok(address)
    }

    /// Whether the address could be given out.
    pub fn is_free(&self, address: Ipv4Addr) -> bool {
        self.is_usable(address.into()) && !self.used.contains(&address.into())
    }

    /// Whether the address is the first or one of the last three of its range.
    pub fn is_reserved(&self, address: Ipv4Addr) -> bool {
        self.range.contains(&address) && !self.is_usable(address.into())
    }

    /// Takes an address back; one that is not used changes nothing.
    pub fn release(&mut self, address: Ipv4Addr) {
        if self.used.remove(&address.into()) {
            self.next = self.next.min(address.into());
        }
    }

    fn is_usable(&self, address: u32) -> bool {
        let last = u32::from(self.range.broadcast()).saturating_sub(3);
        address > self.range.network().into() && address <= last
    }
}

/// How many addresses of a range can be given out: 2^(32-mask) less the first and the last three (Create a vSwitch, undated).
///
/// # Example
/// ```
/// assert_eq!(eci_network::capacity("192.168.1.0/24".parse()?), 252);
/// # Ok::<(), ipnet::AddrParseError>(())
/// ```
pub const fn capacity(range: Ipv4Net) -> u32 {
    let host_bits = 32 - range.prefix_len();
    if host_bits >= 32 {
        u32::MAX - 3
    } else {
        (1_u32 << host_bits).saturating_sub(4)
    }
}

/// Why an address cannot be given out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PoolError {
    /// It is not of this vSwitch.
    #[error("`{address}` lies outside {range}")]
    Outside {
        /// The address.
        address: Ipv4Addr,
        /// The range of the vSwitch.
        range: Ipv4Net,
    },
    /// It is the first or one of the last three.
    #[error("`{address}` is reserved in {range}: the first and the last three addresses are")]
    Reserved {
        /// The address.
        address: Ipv4Addr,
        /// The range of the vSwitch.
        range: Ipv4Net,
    },
    /// Somebody has it.
    #[error("`{address}` is used already")]
    Used {
        /// The address.
        address: Ipv4Addr,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pool(range: &str) -> AddressPool {
        AddressPool::new(range.parse().expect("a range"))
    }

    #[test]
    fn the_documented_range_reserves_these() {
        let pool = pool("192.168.1.0/24");
        for address in ["192.168.1.0", "192.168.1.253", "192.168.1.254", "192.168.1.255"] {
            assert!(pool.is_reserved(address.parse().expect("an address")), "{address}");
        }
        assert!(pool.is_free("192.168.1.252".parse().expect("an address")));
        assert_eq!(pool.capacity(), 252);
    }

    #[test]
    fn capacity_follows_the_mask() {
        for (range, capacity) in [
            ("10.0.0.0/16", 65_532),
            ("10.0.0.0/29", 4),
            ("10.0.0.0/30", 0),
            ("10.0.0.0/32", 0),
        ] {
            assert_eq!(pool(range).capacity(), capacity, "{range}");
            assert_eq!(pool(range).allocate().is_some(), capacity > 0, "{range}");
        }
    }

    #[test]
    fn a_given_address_must_be_inside_unreserved_and_free() {
        let mut pool = pool("10.0.8.0/29");
        let address = |text: &str| text.parse::<Ipv4Addr>().expect("an address");
        assert!(matches!(
            pool.allocate_specified(address("10.0.9.1")),
            Err(PoolError::Outside { .. })
        ));
        assert!(matches!(
            pool.allocate_specified(address("10.0.8.7")),
            Err(PoolError::Reserved { .. })
        ));
        assert_eq!(pool.allocate_specified(address("10.0.8.2")), Ok(address("10.0.8.2")));
        assert!(matches!(
            pool.allocate_specified(address("10.0.8.2")),
            Err(PoolError::Used { .. })
        ));
    }

    proptest! {
        #[test]
        fn no_address_is_given_twice_and_none_leaks(mask in 24_u8..=32, steps in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut pool = AddressPool::new(Ipv4Net::new(Ipv4Addr::new(10, 1, 2, 0), mask).expect("a mask"));
            let mut held: Vec<Ipv4Addr> = Vec::new();
            for step in steps {
                if step % 3 == 0 && !held.is_empty() {
                    pool.release(held.remove(usize::from(step) % held.len()));
                } else if let Some(address) = pool.allocate() {
                    prop_assert!(!held.contains(&address) && !pool.is_reserved(address));
                    held.push(address);
                } else {
                    prop_assert_eq!(held.len(), usize::try_from(pool.capacity()).expect("small"));
                }
                prop_assert_eq!(usize::try_from(pool.free()).expect("small") + held.len(), usize::try_from(pool.capacity()).expect("small"));
            }
        }
    }
}
