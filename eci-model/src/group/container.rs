//! Containers and init containers.

use k8s_openapi::api::core::v1 as core;

use super::env::Variables;
use super::expand::Known;
use super::probe;
use super::resource::Amounts;
use crate::api::{Capability, Container, ContainerPort, Decimal, InitContainer, SecurityContext, VolumeMount};
use crate::image::ImageReference;
use crate::pod::EffectivePod;
use crate::policy::{ImageNames, NativeSidecar};
use crate::quantity::{self, Quantity};
use crate::secret::MaybeSecret;
use crate::site::Site;

/// What only answers complete of a container of the request.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    /// The list of the pod it stands in.
    pub(super) field: &'static str,
    /// Where in that list.
    pub(super) index: usize,
    pub(super) variables: Variables,
    /// The mounts whose sub-path is an expression.
    paths: Vec<usize>,
}

impl Prepared {
    pub(super) fn of(field: &'static str, index: usize, container: &core::Container, amounts: &Amounts<'_>) -> Self {
        let mounts = container.volume_mounts.iter().flatten().enumerate();
        let paths = mounts.filter(|(_, mount)| mount.sub_path_expr.as_deref().is_some_and(|expr| !expr.is_empty()));
        Self {
            field,
            index,
            variables: Variables::of(container, amounts),
            paths: paths.map(|(index, _)| index).collect(),
        }
    }

    pub(super) fn expand_paths<'m>(&self, known: &Known<'_>, paths: impl Iterator<Item = &'m mut Option<MaybeSecret>>) {
        for (index, path) in paths.enumerate() {
            if let Some(path) = path.as_mut().filter(|_| self.paths.contains(&index)) {
                known.expand_in_place(path);
            }
        }
    }
}

/// Whether an init container keeps running and is therefore started as an ordinary one.
pub(super) fn is_sidecar(container: &core::Container, policy: NativeSidecar) -> bool {
    policy == NativeSidecar::RunAsOrdinary && container.restart_policy.as_deref() == Some("Always")
}

pub(super) fn app(container: &core::Container, pod: &EffectivePod<'_>, site: &Site<'_>) -> Container {
    let mut mapped = Container {
        name: container.name.clone(),
        image: image(container, site.policies.image_names).unwrap_or_default(),
        image_pull_policy: pull_policy(container),
        command: words(container.command.as_deref()),
        arg: words(container.args.as_deref()),
        working_dir: container.working_dir.clone(),
        cpu: cpu(container),
        memory: memory(container),
        gpu: gpu(container),
        port: ports(container),
        volume_mount: mounts(container, pod),
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
    mapped.security_context = security(own, of_pod);
    mapped.security_context_privileged = own.and_then(|context| context.privileged);
    mapped.security_context_run_as_group = own
        .and_then(|context| context.run_as_group)
        .or(of_pod.and_then(|context| context.run_as_group));
    mapped.security_context_run_as_non_root = own
        .and_then(|context| context.run_as_non_root)
        .or(of_pod.and_then(|context| context.run_as_non_root));
    mapped
}

/// An init container: no probes, hooks or terminal in the API, and of the user only its number.
pub(super) fn init(container: &core::Container, pod: &EffectivePod<'_>, names: ImageNames) -> InitContainer {
    let of_pod = pod.spec().and_then(|spec| spec.security_context.as_ref());
    InitContainer {
        name: Some(container.name.clone()),
        image: image(container, names),
        image_pull_policy: pull_policy(container),
        command: words(container.command.as_deref()),
        arg: words(container.args.as_deref()),
        working_dir: container.working_dir.clone(),
        cpu: cpu(container),
        memory: memory(container),
        gpu: gpu(container),
        port: ports(container),
        volume_mount: mounts(container, pod),
        security_context: security(container.security_context.as_ref(), of_pod),
        termination_message_path: container.termination_message_path.clone(),
        termination_message_policy: container.termination_message_policy.clone(),
        ..InitContainer::default()
    }
}

/// An image as the request has it; a reference that is none stays as it is.
fn image(container: &core::Container, names: ImageNames) -> Option<String> {
    let written = container.image.as_ref()?;
    let normalized = || ImageReference::parse(written).ok().map(|image| image.normalized());
    match names {
        ImageNames::Normalized => normalized().or_else(|| Some(written.clone())),
        ImageNames::AsWritten => Some(written.clone()),
    }
}

/// As Kubernetes fills it in before the platform sees the pod: `Always` for images without a tag or with `latest`.
fn pull_policy(container: &core::Container) -> Option<String> {
    if let Some(policy) = container
        .image_pull_policy
        .as_deref()
        .filter(|policy| !policy.is_empty())
    {
        return Some(policy.to_owned());
    }
    let may_change = ImageReference::split(container.image.as_deref()?).is_latest();
    Some(if may_change { "Always" } else { "IfNotPresent" }.to_owned())
}

fn words(words: Option<&[String]>) -> Vec<MaybeSecret> {
    words
        .unwrap_or_default()
        .iter()
        .map(|word| word.clone().into())
        .collect()
}

/// The limit, else the request.
fn amount(container: &core::Container, name: &str) -> Option<Quantity> {
    let resources = container.resources.as_ref()?;
    let lists = [resources.limits.as_ref(), resources.requests.as_ref()];
    lists.into_iter().find_map(|list| quantity::amount(list, name))?.ok()
}

fn cpu(container: &core::Container) -> Option<Decimal> {
    amount(container, "cpu")?.cpu().ok().map(Decimal::from)
}

fn memory(container: &core::Container) -> Option<Decimal> {
    amount(container, "memory")?.memory().ok().map(Decimal::from_gib)
}

fn gpu(container: &core::Container) -> Option<i32> {
    let count = amount(container, "nvidia.com/gpu")?.count().ok()?;
    i32::try_from(count).ok()
}

fn ports(container: &core::Container) -> Vec<ContainerPort> {
    let port = |port: &core::ContainerPort| ContainerPort {
        port: Some(port.container_port),
        protocol: Some(port.protocol.clone().unwrap_or_else(|| "TCP".to_owned())),
    };
    container.ports.iter().flatten().map(port).collect()
}

/// Mounts; those of a claim or Flex volume that may only be read are read-only, since the volume itself cannot be.
fn mounts(container: &core::Container, pod: &EffectivePod<'_>) -> Vec<VolumeMount> {
    let read_only = |name: &str| {
        let volume = pod.volumes().iter().find(|volume| volume.name == name);
        let claim = volume.and_then(|volume| volume.persistent_volume_claim.as_ref()?.read_only);
        let flex = volume.and_then(|volume| volume.flex_volume.as_ref()?.read_only);
        [claim, flex].into_iter().flatten().find(|read_only| *read_only)
    };
    let mount = |mount: &core::VolumeMount| {
        let expression = mount.sub_path_expr.clone().filter(|expression| !expression.is_empty());
        VolumeMount {
            name: Some(mount.name.clone()),
            mount_path: Some(mount.mount_path.clone()),
            sub_path: expression.or_else(|| mount.sub_path.clone()).map(MaybeSecret::from),
            read_only: read_only(&mount.name).or(mount.read_only),
            mount_propagation: mount.mount_propagation.clone(),
        }
    };
    container.volume_mounts.iter().flatten().map(mount).collect()
}

/// The container's own settings win over the pod's.
fn security(own: Option<&core::SecurityContext>, of_pod: Option<&core::PodSecurityContext>) -> Option<SecurityContext> {
    let run_as_user = own.and_then(|context| context.run_as_user);
    let run_as_user = run_as_user.or(of_pod.and_then(|context| context.run_as_user));
    let read_only_root_filesystem = own.and_then(|context| context.read_only_root_filesystem);
    let capabilities = own.and_then(|context| context.capabilities.as_ref());
    let added = capabilities.and_then(|capabilities| capabilities.add.as_deref());
    let added: Vec<String> = added.unwrap_or_default().iter().map(|name| capability(name)).collect();
    if run_as_user.is_none() && read_only_root_filesystem.is_none() && added.is_empty() {
        return None;
    }
    Some(SecurityContext {
        run_as_user,
        read_only_root_filesystem,
        capability: (!added.is_empty()).then_some(Capability { add: added }),
    })
}

/// A capability as the API names it.
fn capability(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    upper.strip_prefix("CAP_").unwrap_or(&upper).to_owned()
}
