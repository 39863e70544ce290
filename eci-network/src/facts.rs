//! What is known of the network beyond the pod.

mod addons;
mod document;
mod inventory;

use eci_model::storage::Known;
use eci_model::{FieldPath, Location, ObjectRef, SecurityGroupId, VSwitchId};

use crate::pod_networking::PodNetworkings;

pub use addons::{Addons, Ipv6Gateway, ScheduledSpread, Version, VersionError};
pub use document::{
    AddonsDocument, ControllerDocument, DocumentError, Ipv6Document, NatGatewayDocument, Network, NetworkDocument,
    SecurityGroupDocument, VSwitchDocument, VpcDocument, Wrong,
};
pub use inventory::{GroupKind, Inventory, KnownSecurityGroup, KnownVSwitch, KnownVpc};

/// What is known of the network beyond the pod; all borrowed, and everything may be missing.
///
/// # Example
/// ```
/// use eci_network::{NetworkFacts, PodNetworkings, ProfileNetwork};
///
/// let vswitches = ["vsw-bp1xpiowfm5vo8o3c1h01".parse()?];
/// let objects = PodNetworkings::default();
/// let facts = NetworkFacts {
///     pod_networkings: Some(&objects),
///     profile: Some(ProfileNetwork { vswitches: &vswitches, ..ProfileNetwork::default() }),
///     ..NetworkFacts::default()
/// };
/// assert!(facts.inventory.is_none());
/// # Ok::<(), eci_model::IdError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct NetworkFacts<'a> {
    /// The PodNetworkings of the cluster.
    pub pod_networkings: Option<&'a PodNetworkings>,
    /// What eci-profile says; `None` when no eci-profile is known, and then nothing is said about what it lacks.
    pub profile: Option<ProfileNetwork<'a>>,
    /// The environment of a virtual-node controller before v2.0.0.90 (2021-04-06): the lowest layer.
    pub environment: Environment<'a>,
    /// What is known of VPCs, vSwitches and security groups.
    pub inventory: Option<&'a Inventory>,
    /// What is known of the cluster's network add-ons.
    pub addons: Addons,
    /// The claims, volumes and classes that are known beside the objects that are judged.
    pub stored: Known<'a>,
}

/// What eci-profile says about the network, as plain values.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProfileNetwork<'a> {
    /// `vSwitchIds`.
    pub vswitches: &'a [VSwitchId],
    /// `securityGroupId`.
    pub security_group: Option<&'a SecurityGroupId>,
    /// `vpcId`, as written.
    pub vpc: Option<&'a str>,
    /// `enableClusterIp`; true when absent.
    pub cluster_ip: Option<bool>,
    /// `enablePrivateZone`; false when absent.
    pub private_zone: Option<bool>,
    /// The gate `WaitForFirstConsumer`; off when absent.
    pub wait_for_first_consumer: Option<bool>,
}

impl ProfileNetwork<'_> {
    /// Where a key of the ConfigMap stands.
    pub(crate) fn place(key: &str) -> Location {
        let object = ObjectRef::new("ConfigMap", Some("kube-system"), "eci-profile");
        Location::new(object, FieldPath::of("data").with_key(key))
    }
}

/// `ECI_VSWITCH` and `ECI_SECURITY_GROUP` of an old virtual-node controller.
#[derive(Clone, Copy, Debug, Default)]
pub struct Environment<'a> {
    /// `ECI_VSWITCH`.
    pub vswitches: &'a [VSwitchId],
    /// `ECI_SECURITY_GROUP`.
    pub security_groups: &'a [SecurityGroupId],
}
