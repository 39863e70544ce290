//! What containers declare and lack.

use std::sync::Arc;

use k8s_openapi::api::core::v1::{Container, PodSpec, ResourceRequirements};

use super::names::Names;
use crate::limits::disks_named;
use crate::path::{At, FieldPath};

/// A port that a container declares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct DeclaredPort {
    /// Its name.
    pub name: Option<Arc<str>>,
    /// Its number.
    pub number: u16,
    /// Whether it is a UDP port.
    pub is_udp: bool,
    /// The list it stands in: that of init containers, which serve only when they keep running.
    pub is_init: bool,
    /// The container, counted from zero.
    pub container: u8,
    /// The port in its container.
    pub index: u8,
}

impl DeclaredPort {
    /// Where it stands, below the place of its pod.
    pub fn path_below(&self, pod: FieldPath) -> FieldPath {
        let spec = At::ROOT.field("spec");
        let containers = spec.field(if self.is_init { "initContainers" } else { "containers" });
        let container = containers.index(usize::from(self.container));
        let ports = container.field("ports");
        pod.then(&ports.index(usize::from(self.index)))
    }
}

/// A container that requests no CPU or no memory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Lacking {
    /// The container.
    pub name: Arc<str>,
    /// The container, counted from zero.
    pub container: u8,
    /// Whether it requests no CPU.
    pub cpu: bool,
    /// Whether it requests no memory.
    pub memory: bool,
}

/// Ports of init containers that keep running, then of the others.
pub(super) fn ports(spec: &PodSpec, names: &mut Names) -> Box<[DeclaredPort]> {
    let init = spec.init_containers.as_deref().unwrap_or_default();
    let sidecar = |container: &&Container| container.restart_policy.as_deref() == Some("Always");
    let init = init.iter().enumerate().filter(|(_, it)| sidecar(it));
    let containers = init.map(|it| (true, it));
    let mut ports = Vec::new();
    for (is_init, (container, it)) in containers.chain(spec.containers.iter().enumerate().map(|it| (false, it))) {
        for (index, port) in it.ports.iter().flatten().enumerate() {
            let (Ok(number), Ok(container), Ok(index)) = (
                u16::try_from(port.container_port),
                u8::try_from(container),
                u8::try_from(index),
            ) else {
                continue;
            };
            ports.push(DeclaredPort {
                name: port.name.as_deref().map(|name| names.share(name)),
                number,
                is_udp: port.protocol.as_deref() == Some("UDP"),
                is_init,
                container,
                index,
            });
        }
    }
    ports.into()
}

/// Containers without a request; a limit counts as one, as at admission, and so does a request of the whole pod.
pub(super) fn lacking(spec: &PodSpec, names: &mut Names) -> Box<[Lacking]> {
    let gives = |resources: Option<&ResourceRequirements>, name: &str| {
        resources.is_some_and(|resources| {
            let lists = [&resources.requests, &resources.limits];
            lists.into_iter().flatten().any(|list| list.contains_key(name))
        })
    };
    let whole = pod_resources(spec);
    let mut found = Vec::new();
    for (index, container) in spec.containers.iter().enumerate() {
        let lacks = |name: &str| !gives(container.resources.as_ref(), name) && !gives(whole, name);
        let (cpu, memory) = (lacks("cpu"), lacks("memory"));
        if let Ok(index) = u8::try_from(index)
            && (cpu || memory)
        {
            found.push(Lacking {
                name: names.share(&container.name),
                container: index,
                cpu,
                memory,
            });
        }
    }
    found.into()
}

const fn pod_resources(spec: &PodSpec) -> Option<&ResourceRequirements> {
    spec.resources.as_ref()
}

/// Disks that are named without a claim, by volumes and by the old annotation.
pub(super) fn disks(spec: &PodSpec, annotation: Option<&str>) -> u8 {
    let volumes = spec.volumes.iter().flatten();
    let flex = volumes.filter_map(|volume| volume.flex_volume.as_ref());
    let flex = flex.filter(|flex| flex.driver == "alicloud/disk").count();
    u8::try_from(flex + disks_named(annotation)).unwrap_or(u8::MAX)
}
