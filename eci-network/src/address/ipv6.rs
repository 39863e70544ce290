//! IPv6 addresses of a vSwitch.

use std::net::Ipv6Addr;

use ipnet::Ipv6Net;

use super::span::Span;

/// The free and used IPv6 addresses of a vSwitch; a pod gets one (Assign an IPv6 address to a pod, 2024-02-19).
///
/// No page says which addresses of an IPv6 range are reserved. The first is not given out: it means any router of the subnet (RFC 4291).
///
/// # Example
/// ```
/// use eci_network::Ipv6Pool;
///
/// let mut pool = Ipv6Pool::new("2001:db8:0:1::/64".parse()?);
/// let address = pool.allocate().expect("the range is large");
/// assert_eq!(address.to_string(), "2001:db8:0:1::1");
/// pool.release(address);
/// assert!(pool.is_free(address));
/// # Ok::<(), ipnet::AddrParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ipv6Pool {
    range: Ipv6Net,
    span: Span,
}

impl Ipv6Pool {
    /// All addresses but the first are free.
    pub fn new(range: Ipv6Net) -> Self {
        let range = range.trunc();
        let (first, last) = (u128::from(range.network()), u128::from(range.broadcast()));
        let span = first.checked_add(1).map_or(Span::EMPTY, |first| Span::new(first, last));
        Self { range, span }
    }

    /// The range.
    pub const fn range(&self) -> Ipv6Net {
        self.range
    }

    /// How many are used.
    pub const fn used(&self) -> u128 {
        self.span.taken()
    }

    /// The lowest free address; `None` when all are used.
    pub fn allocate(&mut self) -> Option<Ipv6Addr> {
        self.span.take_lowest().map(Ipv6Addr::from)
    }

    /// Whether the address could be given out.
    pub fn is_free(&self, address: Ipv6Addr) -> bool {
        self.span.contains(address.into()) && !self.span.is_taken(address.into())
    }

    /// Takes an address back; one that is not used changes nothing.
    pub fn release(&mut self, address: Ipv6Addr) {
        self.span.give_back(address.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_address_is_never_given_out() {
        let mut pool = Ipv6Pool::new("2001:db8::/126".parse().expect("a range"));
        let addresses: Vec<String> = std::iter::from_fn(|| pool.allocate())
            .map(|it| it.to_string())
            .collect();
        assert_eq!(addresses, ["2001:db8::1", "2001:db8::2", "2001:db8::3"]);
        assert_eq!(pool.used(), 3);
        assert!(!pool.is_free("2001:db8::".parse().expect("an address")));
    }

    #[test]
    fn a_single_address_is_none() {
        let mut pool = Ipv6Pool::new("2001:db8::/128".parse().expect("a range"));
        assert_eq!(pool.allocate(), None);
    }
}
