//! What is known of vSwitches and security groups.

use std::collections::BTreeMap;
use std::fmt;

use eci_model::{SecurityGroupId, VSwitchId, VpcId, Zone};
use ipnet::Ipv4Net;

use crate::address::capacity;

/// A vSwitch of which more is known than its id; `None` where nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Whether it has IPv6 addresses.
    pub ipv6: Option<bool>,
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
            ipv6: None,
            nat: None,
        }
    }

    /// How many pods could still get an address; `None` when the range is not known.
    pub fn free(&self) -> Option<u32> {
        self.range.map(|range| capacity(range).saturating_sub(self.used))
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
pub struct KnownSecurityGroup {
    /// Its id.
    pub id: SecurityGroupId,
    /// Its kind.
    pub kind: Option<GroupKind>,
    /// Its VPC.
    pub vpc: Option<VpcId>,
}

/// vSwitches and security groups by id.
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
    vswitches: BTreeMap<VSwitchId, KnownVSwitch>,
    security_groups: BTreeMap<SecurityGroupId, KnownSecurityGroup>,
}

impl Inventory {
    /// Adds a vSwitch, or replaces what was known of it.
    pub fn insert_vswitch(&mut self, vswitch: KnownVSwitch) {
        self.vswitches.insert(vswitch.id.clone(), vswitch);
    }

    /// Adds a security group, or replaces what was known of it.
    pub fn insert_security_group(&mut self, group: KnownSecurityGroup) {
        self.security_groups.insert(group.id.clone(), group);
    }

    /// What is known of a vSwitch.
    pub fn vswitch(&self, id: &VSwitchId) -> Option<&KnownVSwitch> {
        self.vswitches.get(id)
    }

    /// What is known of a security group.
    pub fn security_group(&self, id: &SecurityGroupId) -> Option<&KnownSecurityGroup> {
        self.security_groups.get(id)
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
        self.vswitches.is_empty() && self.security_groups.is_empty()
    }
}
