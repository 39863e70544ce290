//! The network part of a facts document, as it is written.

mod read;

use eci_model::{FieldPath, IdError, PlaceError, SecurityGroupId, VSwitchId};
use ipnet::{Ipv4Net, Ipv6Net};
use serde::Deserialize;

use super::{Addons, Inventory, VersionError};

/// What Kubernetes objects cannot tell about the network, as it is written; every field may be missing.
///
/// # Example
/// ```
/// use eci_network::NetworkDocument;
///
/// let document: NetworkDocument = serde_json::from_str(
///     r#"{"vswitches": [{"id": "vsw-bp1xpiowfm5vo8o3c1h01", "zone": "cn-hangzhou-h", "cidr": "10.0.8.0/24", "used": 40, "nat": true}],
///         "securityGroups": [{"id": "sg-bp15ed6xe1yxeycg7o22", "kind": "basic"}],
///         "addons": {"coreDns": true, "virtualNode": "2.10.0"}}"#,
/// )?;
/// let network = document.read()?;
/// assert_eq!(network.inventory.vswitches().next().and_then(|vswitch| vswitch.free()), Some(212));
/// assert_eq!(network.addons.core_dns, Some(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkDocument {
    /// VPCs.
    pub vpcs: Vec<VpcDocument>,
    /// vSwitches.
    pub vswitches: Vec<VSwitchDocument>,
    /// Security groups.
    pub security_groups: Vec<SecurityGroupDocument>,
    /// NAT gateways.
    pub nat_gateways: Vec<NatGatewayDocument>,
    /// Network add-ons.
    pub addons: AddonsDocument,
    /// The environment of an old virtual-node controller.
    pub controller: ControllerDocument,
}

/// A VPC in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VpcDocument {
    /// Its id.
    pub id: String,
    /// Its IPv4 addresses, `10.0.0.0/8`.
    pub cidr: Option<String>,
    /// Whether it has IPv6 addresses, or which.
    pub ipv6: Option<Ipv6Document>,
    /// The edition of its IPv6 gateway: `free`, `enterprise` or `enhanced`.
    pub ipv6_gateway: Option<String>,
    /// How public IPv6 traffic is paid: `PayByBandwidth` or `PayByTraffic`.
    pub ipv6_charge_type: Option<String>,
}

/// A vSwitch in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VSwitchDocument {
    /// Its id.
    pub id: String,
    /// Its zone, `cn-hangzhou-h`.
    pub zone: Option<String>,
    /// Its VPC, `vpc-...`.
    pub vpc: Option<String>,
    /// Its IPv4 addresses, `10.0.8.0/24`.
    pub cidr: Option<String>,
    /// How many of its addresses are in use.
    pub used: u32,
    /// How many more are kept for others.
    pub reserved: u32,
    /// Whether it has IPv6 addresses, or which.
    pub ipv6: Option<Ipv6Document>,
    /// Whether a NAT gateway has an entry for it; beats what `natGateways` say.
    pub nat: Option<bool>,
}

/// The IPv6 addresses of a VPC or a vSwitch in a [`NetworkDocument`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Ipv6Document {
    /// Whether it has any.
    Has(bool),
    /// Its range, `2001:db8:0:1::/64`.
    Range(String),
}

/// A security group in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SecurityGroupDocument {
    /// Its id.
    pub id: String,
    /// `basic` or `advanced`.
    pub kind: Option<String>,
    /// Its VPC.
    pub vpc: Option<String>,
}

/// A NAT gateway in a [`NetworkDocument`].
///
/// Once one is written for a VPC, its vSwitches without an entry are known to have none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NatGatewayDocument {
    /// Its VPC.
    pub vpc: String,
    /// The vSwitches with an SNAT entry; without the field, every vSwitch of the VPC has one.
    pub vswitches: Option<Vec<String>>,
}

/// Network add-ons in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AddonsDocument {
    /// Whether Terway's trunking is on.
    pub terway_trunking: Option<bool>,
    /// Whether CoreDNS is installed.
    pub core_dns: Option<bool>,
    /// Whether NodeLocal DNSCache is injected into pods.
    pub node_local_dns: Option<bool>,
    /// Whether the cluster is of a Pro edition.
    pub pro: Option<bool>,
    /// The version of Kubernetes.
    pub kubernetes: Option<String>,
    /// The version of ack-virtual-node.
    pub virtual_node: Option<String>,
    /// The version of ACK's kube-scheduler.
    pub scheduler: Option<String>,
}

/// The environment of a virtual-node controller before v2.0.0.90 (2021-04-06), in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ControllerDocument {
    /// `ECI_VSWITCH`.
    pub vswitches: Vec<String>,
    /// `ECI_SECURITY_GROUP`.
    pub security_groups: Vec<String>,
}

/// What a [`NetworkDocument`] says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Network {
    /// VPCs, vSwitches and security groups.
    pub inventory: Inventory,
    /// Add-ons.
    pub addons: Addons,
    /// `ECI_VSWITCH` of an old controller.
    pub controller_vswitches: Vec<VSwitchId>,
    /// `ECI_SECURITY_GROUP` of an old controller.
    pub controller_security_groups: Vec<SecurityGroupId>,
}

/// A value of a [`NetworkDocument`] that means nothing, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wrong}")]
#[non_exhaustive]
pub struct DocumentError {
    /// The field.
    pub path: FieldPath,
    /// What is wrong with it.
    #[source]
    pub wrong: Wrong,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Wrong {
    /// An id.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A zone.
    #[error(transparent)]
    Zone(#[from] PlaceError),
    /// A version.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// A range of addresses.
    #[error("`{found}` is no range of addresses such as `{example}`")]
    Range {
        /// What was written.
        found: Box<str>,
        /// What could be written.
        example: &'static str,
    },
    /// A range of a vSwitch that its VPC does not have.
    #[error("`{range}` lies outside {vpc} of its VPC")]
    Outside {
        /// The range of the vSwitch.
        range: Ipv4Net,
        /// The range of the VPC.
        vpc: Ipv4Net,
    },
    /// IPv6 addresses of a vSwitch that its VPC does not have.
    #[error("`{range}` lies outside {vpc} of its VPC")]
    OutsideIpv6 {
        /// The range of the vSwitch.
        range: Ipv6Net,
        /// The range of the VPC.
        vpc: Ipv6Net,
    },
    /// A range of a VPC that does not hold a vSwitch which was known before.
    #[error("{outside}, vSwitch {vswitch} known before")]
    Leaves {
        /// The vSwitch.
        vswitch: VSwitchId,
        /// What lies outside.
        outside: Box<Wrong>,
    },
    /// One of a few words.
    #[error("`{found}` is no {what}; choices are {}", .choices.join(", "))]
    Choice {
        /// What was written.
        found: Box<str>,
        /// What it should be.
        what: &'static str,
        /// What could be written.
        choices: &'static [&'static str],
    },
}
