//! Access to a node that an instance does not have.

use super::containers;
use super::disks::DISK_VOLUME;
use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// A `hostPath` volume: the instance has no node whose files it could mount.
///
/// Legal with the data-cache bucket annotation; then [`HOST_PATH_FORM`] judges the path.
pub const HOST_PATH: &Rule = &Rule::error(Code::eci(1010), "host-path")
    .summary("the pod mounts a path of its node")
    .why("an ECI instance has no node, so there are no files of one")
    .remedy("use emptyDir for scratch, a disk or NAS volume for data, a data cache for models")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/host-path.md"));

/// With a data-cache bucket, `hostPath` names a cache in it, so its form is another.
pub const HOST_PATH_FORM: &Rule = &Rule::error(Code::eci(1015), "host-path-form")
    .summary("hostPath that names no data cache")
    .why("with a data-cache bucket, hostPath is the absolute path of a cache in it, not of a node")
    .remedy("give the absolute path of the data cache inside its bucket and leave `type` out")
    .basis(Basis::Documented("Use data caches, 2024-11-05"))
    .page(include_str!("../../rules/host-path-form.md"));

/// `hostNetwork`: the instance has a network interface of its own.
pub const HOST_NETWORK: &Rule = &Rule::error(Code::eci(1020), "host-network")
    .summary("the pod asks for the network of its node")
    .why("an ECI instance has no node, and a network interface of its own")
    .remedy("drop it, and expose the pod through a LoadBalancer Service")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/host-network.md"));

/// `hostPID`: there are no processes of a node.
pub const HOST_PID: &Rule = &Rule::error(Code::eci(1030), "host-pid")
    .summary("the pod asks for the processes of its node")
    .why("an ECI instance has no node")
    .remedy("use `shareProcessNamespace` for processes of the same pod")
    .basis(Basis::Documented("ECI instance overview, 2021-07-15"))
    .page(include_str!("../../rules/host-pid.md"));

/// `hostIPC`: there is no shared memory of a node.
pub const HOST_IPC: &Rule = &Rule::error(Code::eci(1035), "host-ipc")
    .summary("the pod asks for the shared memory of its node")
    .why("an ECI instance has no node")
    .remedy("share memory inside the pod by an emptyDir with medium Memory")
    .basis(Basis::Inferred(
        "hostPID and hostNetwork are refused for the same reason",
    ))
    .page(include_str!("../../rules/host-ipc.md"));

/// `hostPort`: nothing maps ports.
pub const HOST_PORT: &Rule = &Rule::warning(Code::eci(1040), "host-port")
    .summary("the pod asks for a port of its node")
    .why("there is no port mapping; container ports are open on the pod's own address")
    .remedy("reach the pod by its address, a LoadBalancer Service or an EIP")
    .basis(Basis::Documented("ECI FAQ, 2025-01-14"))
    .page(include_str!("../../rules/host-port.md"));

/// This family. Codes out of order, or a rule without a text, do not compile.
pub(super) static RULES: Rules = Rules::new(&[HOST_PATH, HOST_PATH_FORM, HOST_NETWORK, HOST_PID, HOST_IPC, HOST_PORT]);

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    namespaces(pod, out);
    host_path(pod, site, out);
    host_port(pod, site, out);
}

fn namespaces(pod: &EffectivePod<'_>, out: &mut Findings) {
    let Some(spec) = pod.spec() else { return };
    let at = At::ROOT.field("spec");
    let fields = [
        (spec.host_network, HOST_NETWORK, "hostNetwork"),
        (spec.host_pid, HOST_PID, "hostPID"),
        (spec.host_ipc, HOST_IPC, "hostIPC"),
    ];
    for (value, rule, field) in fields {
        if value == Some(true) {
            out.push(rule.at(pod.place(&at.field(field))).found("true"));
        }
    }
}

fn host_path(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let volumes = spec.field("volumes");
    for (index, volume) in pod.volumes().iter().enumerate() {
        let Some(source) = &volume.host_path else { continue };
        let volume_at = volumes.index(index);
        let at = volume_at.field("hostPath");
        if becomes_disk(pod, &volume.name) {
            continue;
        }
        if pod.settings().data_cache_bucket.is_none() {
            let kind = source.type_.as_deref().unwrap_or_default();
            let severity = match site.policies.host_path {
                // The API knows no other types, for listed accounts either.
                policy::HostPath::AllowListed if ["", "Directory", "File"].contains(&kind) => Severity::Warning,
                _ => Severity::Error,
            };
            out.push(
                HOST_PATH
                    .at(pod.place(&at))
                    .severity(severity)
                    .found(source.path.clone()),
            );
            continue;
        }
        if !source.path.starts_with('/') {
            out.push(
                HOST_PATH_FORM
                    .at(pod.place(&at.field("path")))
                    .found(source.path.clone())
                    .expected("an absolute path"),
            );
        }
        if let Some(kind) = source.type_.as_deref().filter(|kind| !kind.is_empty()) {
            let finding = HOST_PATH_FORM.at(pod.place(&at.field("type")));
            out.push(
                finding
                    .severity(Severity::Warning)
                    .found(kind.to_owned())
                    .expected("no type"),
            );
        }
    }
}

/// Whether an old annotation turns the volume into a disk, which a rule of its own tells.
fn becomes_disk(pod: &EffectivePod<'_>, volume: &str) -> bool {
    let items = pod.annotations().get(DISK_VOLUME).unwrap_or_default().split(',');
    items
        .filter_map(|item| item.trim().split(':').next())
        .any(|name| name == volume)
}

fn host_port(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let host_network = pod.spec().is_some_and(|spec| spec.host_network == Some(true));
    if site.live && host_network {
        // Kubernetes fills in the ports of a pod on the node's network; nobody wrote them.
        return;
    }
    containers(pod, |container, at, _| {
        let ports = at.field("ports");
        for (index, port) in container.ports.iter().flatten().enumerate() {
            if let Some(host_port) = port.host_port.filter(|port| *port > 0) {
                let at = ports.index(index);
                let finding = HOST_PORT.at(pod.place(&at.field("hostPort")));
                out.push(finding.found(host_port.to_string()));
            }
        }
    });
}
