//! What ECI refuses, and what runs differently than written: a file a family.
//!
//! Each rule stands beside its check. [`pod`] runs all checks of a single pod; those that need its owner or other objects are functions of
//! their own.

mod container;
mod count;
mod host;
mod privilege;
mod service;
mod workload;

use crate::digest::Digests;
use crate::finding::Findings;
use crate::pod::EffectivePod;
use crate::rule::Rules;
use crate::site::Site;

pub use container::{ENV_NAME, PROBE_KIND, RESERVED_PORT, SCTP_PORT, STARTUP_PROBE};
pub use count::{TOO_MANY_CONTAINERS, TOO_MANY_VOLUMES};
pub use host::{HOST_IPC, HOST_NETWORK, HOST_PATH, HOST_PATH_FORM, HOST_PID, HOST_PORT};
pub use privilege::{CAPABILITY_NOT_AVAILABLE, INIT_CONTAINER_SECURITY, PRIVILEGED};
pub use service::NODE_PORT_SERVICE;
pub use workload::{DAEMON_SET, EPHEMERAL_CONTAINER, NATIVE_SIDECAR, STATIC_POD, daemon_set};

/// The lists of every family, by ascending code.
pub static RULES: &[&Rules] = &[
    &host::RULES,
    &privilege::RULES,
    &workload::RULES,
    &service::RULES,
    &count::RULES,
    &container::RULES,
];

/// Everything that can be said about a pod by itself.
pub fn pod(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    host::check(pod, site, out);
    privilege::check(pod, site, out);
    workload::check(pod, site, out);
    count::check(pod, site, out);
    container::check(pod, site, out);
}

/// Everything that only several objects together show.
pub fn together(digests: &Digests, site: &Site<'_>, out: &mut Findings) {
    service::check(digests, site, out);
}
