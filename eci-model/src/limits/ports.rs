//! Ports that containers declare.

use k8s_openapi::api::core::v1::{Container, ContainerPort};

use super::containers;
use crate::digest::{Digests, PodDigest};
use crate::finding::{Findings, Location};
use crate::path::{At, FieldPath};
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};

/// A port that the platform uses itself.
pub const RESERVED_PORT: &Rule = &Rule::error(Code::eci(1335), "reserved-port")
    .summary("port that the platform uses itself")
    .why("exec, logs and metrics of the instance use 111, 10250 and 10255; a CPFS mount uses 998")
    .remedy("use another port")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/reserved-port.md"));

/// SCTP.
pub const SCTP_PORT: &Rule = &Rule::error(Code::eci(1340), "sctp-port")
    .summary("SCTP port")
    .why("the API knows TCP and UDP only")
    .remedy("use TCP or UDP")
    .basis(Basis::Documented(
        "CreateContainerGroup, values of Container.Port.Protocol",
    ))
    .page(include_str!("../../rules/sctp-port.md"));

/// The same port in two containers of a pod.
pub const DUPLICATE_CONTAINER_PORT: &Rule = &Rule::warning(Code::eci(1345), "duplicate-container-port")
    .summary("port that another container of the pod declares too")
    .why("containers of a pod share one network, so only one of them can listen on it")
    .remedy("give one of the containers another port")
    .basis(Basis::Ours("containers of a pod share their addresses"))
    .page(include_str!("../../rules/duplicate-container-port.md"));

pub(super) static RULES: Rules = Rules::new(&[RESERVED_PORT, SCTP_PORT, DUPLICATE_CONTAINER_PORT]);

/// Ports of exec, logs and metrics (Limits, 2024-10-18).
const RESERVED: [i32; 3] = [111, 10250, 10255];

/// The port of CPFS mounts (Limits, 2024-10-18).
const CPFS: u16 = 998;

/// The driver of CPFS volumes.
const CPFS_DRIVER: &str = "bmcpfsplugin.csi.alibabacloud.com";

pub(super) fn check(pod: &EffectivePod<'_>, out: &mut Findings) {
    containers(pod, |container, at, is_init| {
        let ports = at.field("ports");
        for (index, port) in container.ports.iter().flatten().enumerate() {
            let at = ports.index(index);
            if RESERVED.contains(&port.container_port) {
                let finding = RESERVED_PORT.at(pod.place(&at.field("containerPort")));
                out.push(finding.found(port.container_port.to_string()));
            }
            if port.protocol.as_deref() == Some("SCTP") {
                out.push(SCTP_PORT.at(pod.place(&at.field("protocol"))).found("SCTP"));
            }
            if !is_init {
                duplicate(pod, container, port, &at, out);
            }
        }
    });
}

fn duplicate(pod: &EffectivePod<'_>, container: &Container, port: &ContainerPort, at: &At<'_>, out: &mut Findings) {
    let key = |port: &ContainerPort| {
        let is_udp = port.protocol.as_deref() == Some("UDP");
        (port.container_port, is_udp, port.protocol.as_deref() == Some("SCTP"))
    };
    let mut earlier = pod
        .containers()
        .iter()
        .take_while(|other| !std::ptr::eq(*other, container));
    let same = |other: &&Container| other.ports.iter().flatten().any(|it| key(it) == key(port));
    if port.container_port == 0 {
        return;
    }
    if let Some(other) = earlier.find(same) {
        let finding = DUPLICATE_CONTAINER_PORT.at(pod.place(&at.field("containerPort")));
        let finding = finding.found(port.container_port.to_string());
        out.push(finding.note(format!("container `{}` declares it too", other.name)));
    }
}

/// The port of CPFS mounts, in pods that mount such a volume.
pub(super) fn together(digests: &Digests, out: &mut Findings) {
    for pod in digests.pods().iter().filter(|pod| pod.may_run_on_eci()) {
        let port = pod.ports.iter().find(|port| port.number == CPFS);
        if let Some(port) = port.filter(|_| mounts_cpfs(digests, pod)) {
            let template = pod.template.as_deref().map_or(FieldPath::ROOT, FieldPath::of);
            let path = port.path_below(template).with_field("containerPort");
            let finding = RESERVED_PORT.at(Location::new(pod.subject.clone(), path));
            pod.tell(
                finding.found(CPFS.to_string()).note("the pod mounts a CPFS volume"),
                out,
            );
        }
    }
}

fn mounts_cpfs(digests: &Digests, pod: &PodDigest) -> bool {
    pod.claims.iter().any(|claim| {
        let (volume, class) = digests.storage_of(pod.namespace(), claim);
        let driver = volume.and_then(|volume| volume.driver.as_deref());
        driver.or(class.map(|class| &*class.provisioner)) == Some(CPFS_DRIVER)
    })
}
