//! The virtual nodes of a cluster, made from the zones of eci-profile's vSwitches.

use eci_model::{VSwitchId, Zone};

use crate::facts::Inventory;

/// A virtual node of an ACK or ACK Serverless cluster.
///
/// Names, labels and taints as samples show them (Schedule pods to an x86-based virtual node; Schedule pods to an ARM-based virtual node,
/// undated; Allocate resources between ECS and ECI, 2026-06-18). Virtual nodes take no labels or taints of users' own.
///
/// # Example
/// ```
/// use eci_network::VirtualNode;
///
/// let node = VirtualNode::new("cn-hangzhou-j".parse()?);
/// assert_eq!(node.name().as_deref(), Some("virtual-kubelet-cn-hangzhou-j"));
/// assert!(node.labels().contains(&("topology.kubernetes.io/zone", "cn-hangzhou-j".to_owned())));
/// assert_eq!(node.taints()[0].to_string(), "virtual-kubelet.io/provider=alibabacloud:NoSchedule");
/// # Ok::<(), eci_model::PlaceError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VirtualNode {
    zone: Zone,
    is_arm: bool,
}

/// A taint of a [`VirtualNode`]; its effect is `NoSchedule`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NodeTaint {
    /// The key.
    pub key: &'static str,
    /// The value.
    pub value: &'static str,
}

impl std::fmt::Display for NodeTaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}:NoSchedule", self.key, self.value)
    }
}

impl VirtualNode {
    /// What the name of every virtual node of a zone begins with.
    pub const PREFIX: &'static str = "virtual-kubelet-";

    /// The x86 node of a zone.
    pub const fn new(zone: Zone) -> Self {
        Self { zone, is_arm: false }
    }

    /// The ARM node of a zone, which `enableLinuxArm64Node` of eci-profile adds.
    pub const fn arm(zone: Zone) -> Self {
        Self { zone, is_arm: true }
    }

    /// The nodes that eci-profile's vSwitches make, one a zone; `None` when the zone of one of them is not known.
    pub fn of(vswitches: &[VSwitchId], inventory: &Inventory) -> Option<Vec<Self>> {
        let zones = inventory.zones(vswitches)?;
        Some(zones.into_iter().cloned().map(Self::new).collect())
    }

    /// The zone in the name of a virtual node.
    pub fn zone_of(name: &str) -> Option<Zone> {
        name.strip_prefix(Self::PREFIX)?.parse().ok()
    }

    /// The zone.
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The name; `None` for an ARM node, whose name no page shows.
    pub fn name(&self) -> Option<String> {
        (!self.is_arm).then(|| format!("{}{}", Self::PREFIX, self.zone))
    }

    /// The labels that pages show, by key.
    pub fn labels(&self) -> Vec<(&'static str, String)> {
        let arch = if self.is_arm { "arm64" } else { "amd64" };
        let mut labels = vec![
            ("kubernetes.io/arch", arch.to_owned()),
            ("topology.kubernetes.io/region", self.zone.region().to_string()),
            ("topology.kubernetes.io/zone", self.zone.to_string()),
            ("type", "virtual-kubelet".to_owned()),
        ];
        labels.extend(self.name().map(|name| ("kubernetes.io/hostname", name)));
        labels.sort_unstable();
        labels
    }

    /// The taints.
    pub fn taints(&self) -> Vec<NodeTaint> {
        let provider = NodeTaint {
            key: "virtual-kubelet.io/provider",
            value: "alibabacloud",
        };
        let arm = NodeTaint {
            key: "kubernetes.io/arch",
            value: "arm64",
        };
        [Some(provider), self.is_arm.then_some(arm)]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::KnownVSwitch;

    fn zone(text: &str) -> Zone {
        text.parse().expect("a zone")
    }

    #[test]
    fn zones_make_nodes_once_each() {
        let mut inventory = Inventory::default();
        let ids = ["vsw-1", "vsw-2", "vsw-3"].map(|id| id.parse::<VSwitchId>().expect("an id"));
        for (id, name) in ids.iter().zip(["cn-hangzhou-j", "cn-hangzhou-h", "cn-hangzhou-j"]) {
            let mut vswitch = KnownVSwitch::new(id.clone());
            vswitch.zone = Some(zone(name));
            inventory.insert_vswitch(vswitch);
        }
        let nodes = VirtualNode::of(&ids, &inventory).expect("every zone is known");
        let names: Vec<_> = nodes.iter().filter_map(VirtualNode::name).collect();
        assert_eq!(
            names,
            ["virtual-kubelet-cn-hangzhou-h", "virtual-kubelet-cn-hangzhou-j"]
        );
        let unknown = ["vsw-9".parse().expect("an id")];
        assert_eq!(VirtualNode::of(&unknown, &inventory), None);
    }

    #[test]
    fn the_name_tells_the_zone() {
        assert_eq!(
            VirtualNode::zone_of("virtual-kubelet-cn-hangzhou-j"),
            Some(zone("cn-hangzhou-j"))
        );
        for name in [
            "virtual-kubelet",
            "virtual-node-eci-0",
            "cn-hangzhou-j",
            "virtual-kubelet-x",
        ] {
            assert_eq!(VirtualNode::zone_of(name), None, "{name}");
        }
    }

    #[test]
    fn arm_nodes_have_a_label_and_a_taint_more() {
        let node = VirtualNode::arm(zone("cn-hangzhou-j"));
        assert_eq!(node.name(), None);
        assert!(node.labels().contains(&("kubernetes.io/arch", "arm64".to_owned())));
        let taints: Vec<String> = node.taints().iter().map(ToString::to_string).collect();
        assert_eq!(
            taints,
            [
                "virtual-kubelet.io/provider=alibabacloud:NoSchedule",
                "kubernetes.io/arch=arm64:NoSchedule"
            ]
        );
        assert_eq!(VirtualNode::new(zone("cn-hangzhou-j")).taints().len(), 1);
    }
}
