//! What is known of vSwitches and security groups.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::Ipv4Addr;

use eci_model::settings::EipChargeType;
use eci_model::{SecurityGroupId, VSwitchId, VpcId, Zone};
use ipnet::{Ipv4Net, Ipv6Net};

use super::addons::Ipv6Gateway;
use crate::address::capacity;

/// A vSwitch of which more is known than its id; `None` where nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownVSwitch {
    /// Its id.
    pub id: VSwitchId,
    /// Its zone.
    pub zone: Option<Zone>,
    /// Its VPC.
    pub vpc: Option<VpcId>,
    /// Its IPv4 addresses.
    pub range: Option<Ipv4Net>,
    /// How many of its addresses are in use.
    pub used: u32,
    /// How many more are kept for others, so that no pod gets them.
    pub reserved: u32,
    /// Whether it has IPv6 addresses.
    pub ipv6: Option<bool>,
    /// Its IPv6 addresses.
    pub ipv6_range: Option<Ipv6Net>,
    /// Whether a NAT gateway has an entry for it, so that pods without an EIP reach the Internet.
    pub nat: Option<bool>,
}

impl KnownVSwitch {
    /// A vSwitch of which nothing is known yet.
    pub const fn new(id: VSwitchId) -> Self {
        Self {
            id,
            zone: None,
            vpc: None,
            range: None,
            used: 0,
            reserved: 0,
            ipv6: None,
            ipv6_range: None,
            nat: None,
        }
    }

    /// How many pods could still get an address; `None` when the range is not known.
    pub fn free(&self) -> Option<u32> {
        let taken = self.used.saturating_add(self.reserved);
        self.range.map(|range| capacity(range).saturating_sub(taken))
    }
}

/// A VPC of which more is known than its id; `None` where nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownVpc {
    /// Its id.
    pub id: VpcId,
    /// Its IPv4 addresses.
    pub range: Option<Ipv4Net>,
    /// Whether it has IPv6 addresses; its vSwitches have none where it has none.
    pub ipv6: Option<bool>,
    /// Its IPv6 addresses.
    pub ipv6_range: Option<Ipv6Net>,
    /// The edition of its IPv6 gateway.
    pub ipv6_gateway: Option<Ipv6Gateway>,
    /// How public IPv6 traffic of the gateway is paid.
    pub ipv6_charge: Option<EipChargeType>,
}

impl KnownVpc {
    /// A VPC of which nothing is known yet.
    pub const fn new(id: VpcId) -> Self {
        Self {
            id,
            range: None,
            ipv6: None,
            ipv6_range: None,
            ipv6_gateway: None,
            ipv6_charge: None,
        }
    }
}

/// The two kinds of security groups; a pod has groups of one kind only (Assign security groups to a pod, undated).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupKind {
    /// Basic.
    Basic,
    /// Advanced, also called enterprise.
    Advanced,
}

impl GroupKind {
    /// `basic` or `advanced`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Advanced => "advanced",
        }
    }
}

impl fmt::Display for GroupKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A security group of which more is known than its id; `None` where nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownSecurityGroup {
    /// Its id.
    pub id: SecurityGroupId,
    /// Its kind.
    pub kind: Option<GroupKind>,
    /// Its VPC.
    pub vpc: Option<VpcId>,
}

impl KnownSecurityGroup {
    /// A security group of which nothing is known yet.
    pub const fn new(id: SecurityGroupId) -> Self {
        Self {
            id,
            kind: None,
            vpc: None,
        }
    }
}

/// VPCs, vSwitches and security groups by id.
///
/// # Example
/// ```
/// use eci_network::{Inventory, KnownVSwitch};
///
/// let mut vswitch = KnownVSwitch::new("vsw-bp1xpiowfm5vo8o3c1h01".parse()?);
/// vswitch.range = Some("10.0.8.0/27".parse()?);
/// vswitch.used = 1;
/// let mut inventory = Inventory::default();
/// inventory.insert_vswitch(vswitch);
/// let known = inventory.vswitches().next().expect("one was inserted");
/// assert_eq!(known.free(), Some(27));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    vpcs: BTreeMap<VpcId, KnownVpc>,
    vswitches: BTreeMap<VSwitchId, KnownVSwitch>,
    security_groups: BTreeMap<SecurityGroupId, KnownSecurityGroup>,
}

impl Inventory {
    /// Adds a VPC, or replaces what was known of it.
    pub fn insert_vpc(&mut self, vpc: KnownVpc) {
        self.vpcs.insert(vpc.id.clone(), vpc);
    }

    /// Adds a vSwitch, or replaces what was known of it.
    pub fn insert_vswitch(&mut self, vswitch: KnownVSwitch) {
        self.vswitches.insert(vswitch.id.clone(), vswitch);
    }

    /// Adds a security group, or replaces what was known of it.
    pub fn insert_security_group(&mut self, group: KnownSecurityGroup) {
        self.security_groups.insert(group.id.clone(), group);
    }

    /// Takes in everything that another inventory knows; it replaces what was known under the same ids.
    pub fn extend(&mut self, other: Self) {
        self.vpcs.extend(other.vpcs);
        self.vswitches.extend(other.vswitches);
        self.security_groups.extend(other.security_groups);
    }

    /// What is known of a VPC.
    pub fn vpc(&self, id: &VpcId) -> Option<&KnownVpc> {
        self.vpcs.get(id)
    }

    /// What is known of a vSwitch.
    pub fn vswitch(&self, id: &VSwitchId) -> Option<&KnownVSwitch> {
        self.vswitches.get(id)
    }

    /// What is known of a security group.
    pub fn security_group(&self, id: &SecurityGroupId) -> Option<&KnownSecurityGroup> {
        self.security_groups.get(id)
    }

    /// The VPCs, by id.
    pub fn vpcs(&self) -> impl ExactSizeIterator<Item = &KnownVpc> {
        self.vpcs.values()
    }

    /// The vSwitches, by id.
    pub fn vswitches(&self) -> impl ExactSizeIterator<Item = &KnownVSwitch> {
        self.vswitches.values()
    }

    /// The security groups, by id.
    pub fn security_groups(&self) -> impl ExactSizeIterator<Item = &KnownSecurityGroup> {
        self.security_groups.values()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.vpcs.is_empty() && self.vswitches.is_empty() && self.security_groups.is_empty()
    }

    /// The zone of a vSwitch.
    pub fn zone(&self, id: &VSwitchId) -> Option<&Zone> {
        self.vswitch(id)?.zone.as_ref()
    }

    /// The zones of several vSwitches, each once; `None` when one of them is not known, or there is no vSwitch.
    pub fn zones(&self, ids: &[VSwitchId]) -> Option<BTreeSet<&Zone>> {
        let zones: BTreeSet<&Zone> = ids.iter().map(|id| self.zone(id)).collect::<Option<_>>()?;
        (!zones.is_empty()).then_some(zones)
    }

    /// Whether a vSwitch has IPv6 addresses; it has none in a VPC that has none.
    pub fn has_ipv6(&self, id: &VSwitchId) -> Option<bool> {
        let vswitch = self.vswitch(id)?;
        let vpc = vswitch.vpc.as_ref().and_then(|id| self.vpc(id));
        match vpc.and_then(|vpc| vpc.ipv6) {
            Some(false) => Some(false),
            _ => vswitch.ipv6,
        }
    }

    /// Whether an address lies in the range of one of several vSwitches; `None` when a range that is not known could hold it.
    pub fn holds(&self, ids: &[VSwitchId], address: Ipv4Addr) -> Option<bool> {
        let mut all_known = true;
        for id in ids {
            match self.vswitch(id).and_then(|vswitch| vswitch.range) {
                Some(range) if range.contains(&address) => return Some(true),
                Some(_) => {}
                None => all_known = false,
            }
        }
        all_known.then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> VSwitchId {
        text.parse().expect("an id")
    }

    fn inventory() -> Inventory {
        let mut inventory = Inventory::default();
        for (name, zone, range) in [
            ("vsw-1", Some("cn-hangzhou-h"), Some("10.0.1.0/24")),
            ("vsw-2", Some("cn-hangzhou-i"), None),
            ("vsw-3", None, Some("10.0.3.0/24")),
        ] {
            let mut vswitch = KnownVSwitch::new(id(name));
            vswitch.zone = zone.map(|zone| zone.parse().expect("a zone"));
            vswitch.range = range.map(|range| range.parse().expect("a range"));
            vswitch.vpc = Some("vpc-1".parse().expect("an id"));
            vswitch.ipv6 = Some(true);
            inventory.insert_vswitch(vswitch);
        }
        inventory
    }

    #[test]
    fn zones_are_known_together_or_not_at_all() {
        let zones = |ids: &[&str]| {
            let ids: Vec<VSwitchId> = ids.iter().map(|text| id(text)).collect();
            inventory().zones(&ids).map(|zones| zones.len())
        };
        assert_eq!(zones(&["vsw-1", "vsw-2", "vsw-1"]), Some(2));
        assert_eq!(
            (zones(&["vsw-1", "vsw-3"]), zones(&["vsw-9"]), zones(&[])),
            (None, None, None)
        );
    }

    #[test]
    fn an_unknown_range_could_hold_any_address() {
        let holds = |ids: &[&str], address: [u8; 4]| {
            let ids: Vec<VSwitchId> = ids.iter().map(|text| id(text)).collect();
            inventory().holds(&ids, address.into())
        };
        assert_eq!(holds(&["vsw-1", "vsw-3"], [10, 0, 3, 9]), Some(true));
        assert_eq!(holds(&["vsw-1", "vsw-3"], [10, 0, 4, 9]), Some(false));
        assert_eq!(holds(&["vsw-1", "vsw-2"], [10, 0, 4, 9]), None);
        assert_eq!(holds(&["vsw-2", "vsw-1"], [10, 0, 1, 9]), Some(true));
    }

    #[test]
    fn a_vswitch_has_no_ipv6_in_a_vpc_without() {
        let mut inventory = inventory();
        assert_eq!(inventory.has_ipv6(&id("vsw-1")), Some(true));
        let mut vpc = KnownVpc::new("vpc-1".parse().expect("an id"));
        vpc.ipv6 = Some(false);
        inventory.insert_vpc(vpc);
        assert_eq!(
            (inventory.has_ipv6(&id("vsw-1")), inventory.has_ipv6(&id("vsw-9"))),
            (Some(false), None)
        );
    }

    #[test]
    fn what_others_use_or_keep_is_not_free() {
        let mut vswitch = KnownVSwitch::new(id("vsw-1"));
        assert_eq!(vswitch.free(), None);
        vswitch.range = Some("10.0.1.0/24".parse().expect("a range"));
        (vswitch.used, vswitch.reserved) = (40, 12);
        assert_eq!(vswitch.free(), Some(200));
        vswitch.used = u32::MAX;
        assert_eq!(vswitch.free(), Some(0));
    }
}
