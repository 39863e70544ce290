//! What ECI refuses, and what runs differently than written: a file a family.
//!
//! Each rule stands beside its check. [`pod`] runs all checks of a single pod, [`sized`] those that need its planned size, [`changed`] those
//! of an update, [`together`] those that need several objects.

mod command;
mod config_files;
mod count;
mod device;
mod disks;
mod env;
mod field;
mod host;
mod ignored;
mod live;
mod mount;
mod network_policy;
mod place;
mod ports;
mod privilege;
mod probe;
mod scaling;
mod service;
mod sysctl;
mod workload;

use k8s_openapi::api::core::v1::Container;

use crate::digest::Digests;
use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::quantity::Memory;
use crate::rule::Rules;
use crate::site::Site;

pub use command::{BASH_WITHOUT_TTY, COMMAND_TOO_MANY};
pub use config_files::{CONFIG_VOLUME_SIZE, MOST_OF_A_FILE, MOST_OF_A_POD};
pub use count::{TOO_MANY_CONTAINERS, TOO_MANY_VOLUMES};
pub use device::RAW_DEVICE;
pub use disks::TOO_MANY_DISKS;
pub use env::{ENV_FIELD_REFERENCE, ENV_FILE_REFERENCE, ENV_NAME, ENV_RESOURCE_REFERENCE, ENV_VALUE_LONG};
pub use field::{DNS_POLICY_HOST, INSTANCE_NAME_REWRITTEN, POD_RESTART_SETTING_DROPPED};
pub use host::{HOST_IPC, HOST_NETWORK, HOST_PATH, HOST_PATH_FORM, HOST_PID, HOST_PORT};
pub use ignored::PRIVILEGE_SETTING_IGNORED;
pub use live::{LIVE_POD_CHANGE, changed};
pub use mount::{MOUNT_COUNT, MOUNT_OPTION_DROPPED, MOUNT_PROPAGATION, MOUNT_WITHOUT_VOLUME};
pub use network_policy::{NETWORK_POLICY, NETWORK_POLICY_PART};
pub use place::{PODS_PER_VIRTUAL_NODE, REGION_WITHOUT_VIRTUAL_NODES};
pub use ports::{DUPLICATE_CONTAINER_PORT, RESERVED_PORT, SCTP_PORT};
pub use privilege::{
    CAPABILITY_BY_TICKET, CAPABILITY_NOT_AVAILABLE, INIT_CONTAINER_SECURITY, PRIVILEGED, READ_ONLY_ROOT,
};
pub use probe::{
    HOOK_KIND, PROBE_KIND, PROBE_NAMED_PORT_UNKNOWN, PROBE_OPTION_DROPPED, PROBE_SUCCESS_THRESHOLD, STARTUP_PROBE,
};
pub use scaling::{AUTOSCALER_WITHOUT_REQUEST, EVICTION_BLOCKED};
pub use service::{NODE_PORT_SERVICE, SERVICE_OF_REFUSED_PODS, SERVICE_PORT_WITHOUT_CONTAINER, SESSION_AFFINITY};
pub use sysctl::{MIN_FREE_KBYTES_HIGH, SYSCTL_NOT_AVAILABLE, SYSCTL_WITHOUT_API_FIELD};
pub use workload::{
    CONTROLLER_NOT_LISTED, DAEMON_SET, EPHEMERAL_CONTAINER, NATIVE_SIDECAR, RUNTIME_CLASS, SCHEDULING_GATE_KEPT,
    STATIC_POD, USER_NAMESPACE, WINDOWS_POD, daemon_set, is_of_daemon_set,
};

pub(crate) use disks::named as disks_named;

/// The lists of every family, by ascending code.
pub static RULES: &[&Rules] = &[
    &host::RULES,
    &privilege::PRIVILEGED_RULES,
    &ignored::RULES,
    &privilege::RULES,
    &sysctl::RULES,
    &privilege::ROOT_RULES,
    &device::RULES,
    &workload::RULES,
    &service::RULES,
    &network_policy::RULES,
    &service::PORT_RULES,
    &scaling::RULES,
    &count::RULES,
    &disks::RULES,
    &config_files::RULES,
    &command::RULES,
    &ports::RULES,
    &env::RULES,
    &probe::RULES,
    &field::CONTAINER_RULES,
    &mount::RULES,
    &field::RULES,
    &place::RULES,
    &live::RULES,
];

/// Everything that can be said about a pod by itself.
pub fn pod(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    host::check(pod, site, out);
    privilege::check(pod, site, out);
    ignored::check(pod, site, out);
    sysctl::check(pod, site, out);
    device::check(pod, site, out);
    workload::check(pod, site, out);
    count::check(pod, site, out);
    disks::check(pod, out);
    command::check(pod, out);
    ports::check(pod, out);
    env::check(pod, site, out);
    probe::check(pod, site, out);
    field::check(pod, out);
    mount::check(pod, out);
}

/// What depends on the memory that is planned.
pub fn sized(pod: &EffectivePod<'_>, memory: Memory, out: &mut Findings) {
    sysctl::sized(pod, memory, out);
}

/// Everything that only several objects together show.
///
/// `virtual_nodes` is how many the cluster has at most: one for each zone of the vSwitches of eci-profile; `None` when that is not known.
pub fn together(digests: &Digests, site: &Site<'_>, virtual_nodes: Option<usize>, out: &mut Findings) {
    service::together(digests, site, out);
    network_policy::together(digests, site, out);
    scaling::together(digests, out);
    disks::together(digests, out);
    config_files::together(digests, site, out);
    ports::together(digests, out);
    place::together(digests, site, virtual_nodes, out);
}

/// Every container with its place, and whether it is an init container; those first, as they start.
fn containers(pod: &EffectivePod<'_>, mut judge: impl FnMut(&Container, &At<'_>, bool)) {
    let spec = At::ROOT.field("spec");
    let lists = [
        ("initContainers", pod.init_containers(), true),
        ("containers", pod.containers(), false),
    ];
    for (field, containers, is_init) in lists {
        let at = spec.field(field);
        for (index, container) in containers.iter().enumerate() {
            judge(container, &at.index(index), is_init);
        }
    }
}
