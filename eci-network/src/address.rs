//! The addresses of a vSwitch: how many there are, and pools that give them out.

mod fixed;
mod ipv6;
mod span;

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use fixed::FixedAddresses;
use span::Span;

pub use fixed::{DEFAULT_RETENTION, FixedIdentity, FixedLease};
pub use ipv6::Ipv6Pool;

/// How many addresses of a range can be given out: 2^(32-mask) less the first and the last three (Create a vSwitch, undated).
///
/// # Example
/// ```
/// assert_eq!(eci_network::capacity("192.168.1.0/24".parse()?), 252);
/// assert_eq!(eci_network::capacity("192.168.1.0/29".parse()?), 4);
/// # Ok::<(), ipnet::AddrParseError>(())
/// ```
pub const fn capacity(range: Ipv4Net) -> u32 {
    match 1_u32.checked_shl(32 - range.prefix_len() as u32) {
        Some(all) => all.saturating_sub(4),
        // All of IPv4: 2^32 does not fit.
        None => u32::MAX - 3,
    }
}

/// Whether an address lies in a range and is the first or one of the last three of it.
pub fn is_reserved(range: Ipv4Net, address: Ipv4Addr) -> bool {
    range.contains(&address) && usable(range).is_none_or(|(first, last)| address < first || address > last)
}

/// The first and the last address that can be given out; `None` where a range is too small for any.
fn usable(range: Ipv4Net) -> Option<(Ipv4Addr, Ipv4Addr)> {
    let first = u32::from(range.network()).checked_add(1)?;
    let last = u32::from(range.broadcast()).checked_sub(3)?;
    (first <= last).then(|| (first.into(), last.into()))
}

/// The free and used IPv4 addresses of a vSwitch.
///
/// It never gives out an address that is reserved or used, and the lowest free one first: an order of ours, since the platform's is not
/// observable.
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
    span: Span,
    /// Addresses in use of which only the number is known.
    others: u32,
    fixed: FixedAddresses,
}

impl AddressPool {
    /// All usable addresses of a range are free.
    pub fn new(range: Ipv4Net) -> Self {
        let range = range.trunc();
        let span = usable(range).map_or(Span::EMPTY, |(first, last)| {
            Span::new(u32::from(first).into(), u32::from(last).into())
        });
        Self {
            range,
            span,
            others: 0,
            fixed: FixedAddresses::default(),
        }
    }

    /// The same with a number of addresses in use by others; which ones they are is not known, so only their number counts.
    #[must_use]
    pub const fn with_others(mut self, used: u32) -> Self {
        self.others = used;
        self
    }

    /// The range.
    pub const fn range(&self) -> Ipv4Net {
        self.range
    }

    /// How many addresses can be given out at most.
    pub const fn capacity(&self) -> u32 {
        capacity(self.range)
    }

    /// How many are free.
    pub fn free(&self) -> u32 {
        let taken = u32::try_from(self.span.taken()).unwrap_or(u32::MAX);
        self.capacity().saturating_sub(taken).saturating_sub(self.others)
    }

    /// The lowest free address; `None` when all are used.
    pub fn allocate(&mut self) -> Option<Ipv4Addr> {
        if self.free() == 0 {
            return None;
        }
        self.span.take_lowest().and_then(address)
    }

    /// A given address.
    ///
    /// # Errors
    /// [`PoolError`] when it lies outside the range, is reserved, or is used, or when the vSwitch has no free address at all.
    pub fn allocate_specified(&mut self, address: Ipv4Addr) -> Result<Ipv4Addr, PoolError> {
        let range = self.range;
        if !range.contains(&address) {
            return Err(PoolError::Outside { address, range });
        }
        if self.is_reserved(address) {
            return Err(PoolError::Reserved { address, range });
        }
        if self.span.is_taken(number(address)) {
            return Err(PoolError::Used { address });
        }
        if self.free() == 0 {
            return Err(PoolError::Exhausted { range });
        }
        self.span.take(number(address));
        Ok(address)
    }

    /// Whether the address could be given out.
    pub fn is_free(&self, address: Ipv4Addr) -> bool {
        self.span.contains(number(address)) && !self.span.is_taken(number(address)) && self.free() > 0
    }

    /// Whether the address is the first or one of the last three of the range.
    pub fn is_reserved(&self, address: Ipv4Addr) -> bool {
        is_reserved(self.range, address)
    }

    /// Takes an address back; one that is not used, or that a fixed identity holds, changes nothing.
    pub fn release(&mut self, address: Ipv4Addr) {
        if !self.fixed.holds(address) {
            self.span.give_back(number(address));
        }
    }
}

fn number(address: Ipv4Addr) -> u128 {
    u32::from(address).into()
}

fn address(number: u128) -> Option<Ipv4Addr> {
    u32::try_from(number).ok().map(Ipv4Addr::from)
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
    /// Too few addresses are free.
    #[error("too few free addresses in {range}")]
    Exhausted {
        /// The range of the vSwitch.
        range: Ipv4Net,
    },
    /// The pod that holds the fixed address is not fully deleted yet.
    #[error("the fixed address of `{identity}` is held by a pod that is not fully deleted yet")]
    Held {
        /// Whose address it is.
        identity: Box<FixedIdentity>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(range: &str) -> AddressPool {
        AddressPool::new(range.parse().expect("a range"))
    }

    fn ip(text: &str) -> Ipv4Addr {
        text.parse().expect("an address")
    }

    #[test]
    fn the_documented_range_reserves_these() {
        let pool = pool("192.168.1.0/24");
        for address in ["192.168.1.0", "192.168.1.253", "192.168.1.254", "192.168.1.255"] {
            assert!(pool.is_reserved(ip(address)), "{address}");
            assert!(!pool.is_free(ip(address)), "{address}");
        }
        assert!(pool.is_free(ip("192.168.1.252")) && pool.is_free(ip("192.168.1.1")));
        assert!(
            !pool.is_reserved(ip("192.168.2.0")),
            "an address elsewhere is not reserved here"
        );
    }

    #[test]
    fn capacity_follows_the_mask() {
        for (range, capacity) in [
            ("10.0.0.0/16", 65_532),
            ("10.0.0.0/29", 4),
            ("10.0.0.0/30", 0),
            ("10.0.0.0/32", 0),
            ("0.0.0.0/0", u32::MAX - 3),
        ] {
            assert_eq!(pool(range).capacity(), capacity, "{range}");
            assert_eq!(pool(range).allocate().is_some(), capacity > 0, "{range}");
        }
    }

    #[test]
    fn a_range_is_read_from_any_address_in_it() {
        assert_eq!(pool("10.0.8.77/24").allocate(), Some(ip("10.0.8.1")));
    }

    #[test]
    fn a_given_address_must_be_inside_unreserved_and_free() {
        let mut pool = pool("10.0.8.0/29");
        for (address, message) in [
            ("10.0.9.1", "`10.0.9.1` lies outside 10.0.8.0/29"),
            (
                "10.0.8.7",
                "`10.0.8.7` is reserved in 10.0.8.0/29: the first and the last three addresses are",
            ),
        ] {
            let error = pool.allocate_specified(ip(address)).expect_err(address);
            assert_eq!(error.to_string(), message);
        }
        assert_eq!(pool.allocate_specified(ip("10.0.8.2")), Ok(ip("10.0.8.2")));
        assert!(matches!(
            pool.allocate_specified(ip("10.0.8.2")),
            Err(PoolError::Used { .. })
        ));
        assert_eq!(pool.allocate(), Some(ip("10.0.8.1")));
        assert_eq!(
            pool.allocate(),
            Some(ip("10.0.8.3")),
            "the given address is not given again"
        );
    }

    #[test]
    fn what_others_use_counts_without_a_name() {
        let mut pool = pool("10.0.8.0/29").with_others(3);
        assert_eq!(pool.free(), 1);
        assert!(pool.allocate().is_some());
        assert_eq!((pool.allocate(), pool.free()), (None, 0));
        assert!(matches!(
            pool.allocate_specified(ip("10.0.8.4")),
            Err(PoolError::Exhausted { .. })
        ));
    }

    #[test]
    fn released_addresses_are_given_again_lowest_first() {
        let mut pool = pool("10.0.8.0/28");
        let taken: Vec<_> = std::iter::from_fn(|| pool.allocate()).collect();
        pool.release(taken[7]);
        pool.release(taken[2]);
        pool.release(ip("10.0.9.1"));
        assert_eq!(pool.free(), 2);
        assert_eq!((pool.allocate(), pool.allocate()), (Some(taken[2]), Some(taken[7])));
        assert_eq!(pool.allocate(), None);
    }
}
