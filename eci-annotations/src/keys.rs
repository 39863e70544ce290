//! The keys, each with the type of its value.

use eci_model::spec::{SpecList, SpotStrategy};
use eci_model::{Basis, Editions, List, ScheduleStrategy, SecurityGroupId, VSwitchId};

use crate::key::{Key, Row};

/// Sizes and ECS types to try, in order of preference: `2-4Gi` or `ecs.c6.xlarge`, at most five.
///
/// Beats what the containers ask for. Sizes off the grid are rounded up.
pub const USE_SPECS: Key<SpecList> = Key::pod("k8s.aliyun.com/eci-use-specs")
    .summary("sizes and ECS types to try, in order of preference")
    .basis(Basis::Documented(
        "Create pods by specifying multiple specifications, 2025-03-28",
    ));

/// Whether and how spot capacity is used.
pub const SPOT_STRATEGY: Key<SpotStrategy> = Key::pod("k8s.aliyun.com/eci-spot-strategy")
    .summary("use spot capacity, at the market price or up to a limit")
    .basis(Basis::Documented("Create a preemptible instance, 2024-11-19"));

/// The vSwitches of the pod, so its zones; at most ten, of one VPC.
///
/// Beats PodNetworking and eci-profile (Overview of Elastic Container Instance, 2026-03-26).
pub const VSWITCH: Key<List<VSwitchId>> = Key::pod("k8s.aliyun.com/eci-vswitch")
    .summary("vSwitches of the pod, and so its zones")
    .editions(Editions::ACK_BOTH)
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ));

/// The security groups of the pod: one to five of one kind and one VPC.
pub const SECURITY_GROUP: Key<List<SecurityGroupId>> = Key::pod("k8s.aliyun.com/eci-security-group")
    .summary("security groups of the pod")
    .editions(Editions::ACK_BOTH)
    .basis(Basis::Documented("Assign security groups to a pod, undated"));

/// How one of several vSwitches is chosen; random by default.
pub const SCHEDULE_STRATEGY: Key<ScheduleStrategy> = Key::pod("k8s.aliyun.com/eci-schedule-strategy")
    .summary("how one of several vSwitches is chosen")
    .editions(Editions::ACK_BOTH)
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ));

/// The bucket of data caches whose paths `hostPath` volumes name.
pub const DATA_CACHE_BUCKET: Key<String> = Key::pod("k8s.aliyun.com/eci-data-cache-bucket")
    .summary("bucket of data caches that hostPath volumes mount")
    .basis(Basis::Documented("Annotations, 2026-03"));

/// Whether an EIP is created for the pod and bound to it.
pub const WITH_EIP: Key<bool> = Key::pod("k8s.aliyun.com/eci-with-eip")
    .summary("create an EIP for the pod")
    .basis(Basis::Documented("Enable Internet access, undated copy"));

/// Whether the pod keeps its address when it is created again under the same name.
pub const FIXED_IP: Key<bool> = Key::pod("k8s.aliyun.com/eci-fixed-ip")
    .summary("keep the address when the pod is created again under the same name")
    .editions(Editions::ACK_BOTH)
    .basis(Basis::Documented(
        "Configure a pod to use a fixed IP address, undated copy",
    ));

/// Whether an image cache is matched, and made, automatically.
pub const AUTO_IMAGE_CACHE: Key<bool> = Key::pod("k8s.aliyun.com/eci-auto-imc")
    .summary("match and make image caches automatically")
    .basis(Basis::Documented("Annotations, 2026-03"));

/// Every key, as checks and explanations see them.
pub static ALL: &[Row] = &[
    USE_SPECS.row(),
    SPOT_STRATEGY.row(),
    VSWITCH.row(),
    SECURITY_GROUP.row(),
    SCHEDULE_STRATEGY.row(),
    DATA_CACHE_BUCKET.row(),
    WITH_EIP.row(),
    FIXED_IP.row(),
    AUTO_IMAGE_CACHE.row(),
];

/// The key of a name.
pub fn find(name: &str) -> Option<&'static Row> {
    ALL.iter().find(|row| row.name() == name)
}
