//! Containers and init containers.

use k8s_openapi::api::core::v1 as core;

use super::probe;
use crate::api::{Capability, Container, ContainerPort, Decimal, InitContainer, SecurityContext, VolumeMount};
use crate::pod::EffectivePod;
use crate::quantity::Quantity;
use crate::site::Site;

pub(super) fn app(container: &core::Container, pod: &EffectivePod<'_>, site: &Site<'_>) -> Container {
    let amount = |name: &str| amount(container, name);
    let mut mapped = Container {
        name: container.name.clone(),
        image: container.image.clone().unwrap_or_default(),
        image_pull_policy: container.image_pull_policy.clone(),
        command: container.command.clone().unwrap_or_default(),
        arg: container.args.clone().unwrap_or_default(),
        working_dir: container.working_dir.clone(),
        cpu: amount("cpu")
            .and_then(|quantity| quantity.cpu().ok())
            .map(Decimal::from),
        memory: amount("memory")
            .and_then(|quantity| quantity.memory().ok())
            .map(Decimal::from_gib),
        gpu: amount("nvidia.com/gpu")
            .and_then(|quantity| quantity.count().ok())
            .and_then(|count| i32::try_from(count).ok()),
        port: ports(container),
        volume_mount: mounts(container),
        stdin: container.stdin,
        stdin_once: container.stdin_once,
        tty: container.tty,
        termination_message_path: container.termination_message_path.clone(),
        termination_message_policy: container.termination_message_policy.clone(),
        liveness_probe: probe::liveness(container, site.policies),
        readiness_probe: container
            .readiness_probe
            .as_ref()
            .and_then(|probe| probe::mapped(probe, container)),
        ..Container::default()
    };
    probe::hooks(container, &mut mapped);
    let of_pod = pod.spec().and_then(|spec| spec.security_context.as_ref());
    let own = container.security_context.as_ref();
    mapped.security_context = security(own, of_pod.and_then(|context| context.run_as_user));
    mapped.security_context_privileged = own.and_then(|context| context.privileged);
    mapped.security_context_run_as_group = own
        .and_then(|context| context.run_as_group)
        .or(of_pod.and_then(|context| context.run_as_group));
    mapped.security_context_run_as_non_root = own
        .and_then(|context| context.run_as_non_root)
        .or(of_pod.and_then(|context| context.run_as_non_root));
    mapped
}

pub(super) fn init(container: &core::Container) -> InitContainer {
    InitContainer {
        name: Some(container.name.clone()),
        image: container.image.clone(),
        image_pull_policy: container.image_pull_policy.clone(),
        command: container.command.clone().unwrap_or_default(),
        arg: container.args.clone().unwrap_or_default(),
        working_dir: container.working_dir.clone(),
        cpu: amount(container, "cpu")
            .and_then(|quantity| quantity.cpu().ok())
            .map(Decimal::from),
        memory: amount(container, "memory")
            .and_then(|quantity| quantity.memory().ok())
            .map(Decimal::from_gib),
        port: ports(container),
        volume_mount: mounts(container),
        security_context: security(container.security_context.as_ref(), None),
        termination_message_path: container.termination_message_path.clone(),
        termination_message_policy: container.termination_message_policy.clone(),
        ..InitContainer::default()
    }
}

/// The limit, else the request.
fn amount(container: &core::Container, name: &str) -> Option<Quantity> {
    let resources = container.resources.as_ref()?;
    let maps = [resources.limits.as_ref(), resources.requests.as_ref()];
    maps.into_iter().flatten().find_map(|map| map.get(name))?.0.parse().ok()
}

fn ports(container: &core::Container) -> Vec<ContainerPort> {
    let port = |port: &core::ContainerPort| ContainerPort {
        port: Some(port.container_port),
        protocol: Some(port.protocol.clone().unwrap_or_else(|| "TCP".to_owned())),
    };
    container.ports.iter().flatten().map(port).collect()
}

fn mounts(container: &core::Container) -> Vec<VolumeMount> {
    let mount = |mount: &core::VolumeMount| VolumeMount {
        name: Some(mount.name.clone()),
        mount_path: Some(mount.mount_path.clone()),
        sub_path: mount.sub_path.clone(),
        read_only: mount.read_only,
        mount_propagation: mount.mount_propagation.clone(),
    };
    container.volume_mounts.iter().flatten().map(mount).collect()
}

fn security(own: Option<&core::SecurityContext>, user_of_pod: Option<i64>) -> Option<SecurityContext> {
    let run_as_user = own.and_then(|context| context.run_as_user).or(user_of_pod);
    let read_only_root_filesystem = own.and_then(|context| context.read_only_root_filesystem);
    let added = own
        .and_then(|context| context.capabilities.as_ref()?.add.clone())
        .filter(|names| !names.is_empty());
    if run_as_user.is_none() && read_only_root_filesystem.is_none() && added.is_none() {
        return None;
    }
    Some(SecurityContext {
        run_as_user,
        read_only_root_filesystem,
        capability: added.map(|add| Capability { add }),
    })
}
