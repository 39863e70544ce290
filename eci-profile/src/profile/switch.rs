//! Switches and feature gates of eci-profile.

/// A switch of eci-profile: `"true"` or `"false"`.
///
/// Configure an eci-profile (2024-10-21); What is ACK Serverless (2025-02-17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Switch {
    /// ClusterIP Services can be reached from the pods; on by default.
    ClusterIp,
    /// Services are found through PrivateZone, which excludes CoreDNS on ACK; off by default.
    PrivateZone,
    /// Logs are collected by resources of the log service, which needs `slsMachineGroup`; off by default.
    LogController,
    /// Disks behind claims can grow online; off by default.
    PvcController,
    /// An Arm virtual node is added, which needs a vSwitch in a zone with Arm; its default is not stated.
    LinuxArm64Node,
    /// One TLS certificate for all pods: faster creation of many, weaker isolation; off when unset.
    ReuseSslKey,
    /// In every template and explained nowhere.
    HybridMode,
}

impl Switch {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::ClusterIp,
        Self::PrivateZone,
        Self::LogController,
        Self::PvcController,
        Self::LinuxArm64Node,
        Self::ReuseSslKey,
        Self::HybridMode,
    ];

    /// The key in the ConfigMap.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ClusterIp => "enableClusterIp",
            Self::PrivateZone => "enablePrivateZone",
            Self::LogController => "enableLogController",
            Self::PvcController => "enablePVCController",
            Self::LinuxArm64Node => "enableLinuxArm64Node",
            Self::ReuseSslKey => "enableReuseSSLKey",
            Self::HybridMode => "enableHybridMode",
        }
    }

    /// What an absent key means; `None` where no page says.
    pub const fn default(self) -> Option<bool> {
        match self {
            Self::ClusterIp => Some(true),
            Self::PrivateZone | Self::LogController | Self::PvcController | Self::ReuseSslKey => Some(false),
            Self::LinuxArm64Node | Self::HybridMode => None,
        }
    }
}

/// A feature gate of eci-profile, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gate {
    /// Its name, `WaitForFirstConsumer`.
    pub name: Box<str>,
    /// Whether it is on.
    pub on: bool,
}

impl Gate {
    /// The one gate that may be set, by the page.
    pub const WAIT_FOR_FIRST_CONSUMER: &'static str = "WaitForFirstConsumer";

    /// What the gate implies when it is on; nothing for gates that no page explains.
    ///
    /// # Example
    /// ```
    /// use eci_profile::Gate;
    ///
    /// assert!(Gate::implies(Gate::WAIT_FOR_FIRST_CONSUMER).len() > 1);
    /// assert!(Gate::implies("MetricsVpcNet").is_empty());
    /// ```
    pub fn implies(name: &str) -> &'static [&'static str] {
        if name != Self::WAIT_FOR_FIRST_CONSUMER {
            return &[];
        }
        &[
            "the newest csi-provisioner is needed",
            "claims are bound after scheduling, and zone and region of the node replace those of the storage class",
            "pods routed by label or node name, with eci-vswitch or with fail-fast cannot use such claims",
        ]
    }
}
