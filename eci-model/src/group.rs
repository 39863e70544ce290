//! From a pod to the request for its container group.
//!
//! [`draft`] maps what the pod says; what must be looked up stays a reference ([`Reference`]) until [`Draft::complete`] gets the answers.
//! [`support`] is the table of what happens to each field.

mod complete;
mod container;
mod dns;
mod env;
mod expand;
mod material;
mod missing;
mod probe;
mod reference;
mod registry;
mod resource;
mod service;
mod settings;
pub mod support;
mod sysctl;
mod volume;
mod who;

use crate::api::{CreateContainerGroup, Decimal};
use crate::id::{SecurityGroupId, VSwitchId};
use crate::pod::EffectivePod;
use crate::policy::{ConfigTotal, FieldRef, FileModes, ServiceLinks};
use crate::rule::Rules;
use crate::settings::{CpuArch, ExtraStorage, ScheduleStrategy};
use crate::site::Site;
use crate::spec::{Candidate, SpecItem};

pub use complete::Completed;
use container::Prepared;
pub use material::Materials;
pub use missing::{Lack, MATERIAL_MISSING, MATERIAL_SKIPPED, Missing};
pub use reference::{Ask, Reference};
use resource::Amounts;
use volume::VolumeSource;
pub use who::Who;

/// The rules of this room.
pub static RULES: &[&Rules] = &[&support::RULES, &missing::RULES];

/// What other stages decided about the group.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Sizes and types to try, in order.
    pub candidates: &'a [Candidate],
    /// Temporary storage beyond the free amount.
    pub extra_storage: ExtraStorage,
    /// Whether the pod wants an Arm node.
    pub arm: bool,
    /// vSwitches to try.
    pub vswitches: &'a [VSwitchId],
    /// Security groups.
    pub security_groups: &'a [SecurityGroupId],
    /// How a vSwitch is chosen.
    pub strategy: ScheduleStrategy,
}

/// A request as far as the pod alone decides it.
#[derive(Clone, Debug)]
pub struct Draft {
    request: CreateContainerGroup,
    /// What answers complete of each init container of the request, then of each container.
    containers: Vec<Prepared>,
    volumes: Vec<(String, VolumeSource)>,
    pull_secrets: Vec<String>,
    names: dns::Names,
    /// Whether Services become variables, and whether those of the namespace do.
    wants_services: bool,
    links: bool,
    field_ref: FieldRef,
    file_modes: FileModes,
    config_total: ConfigTotal,
}

impl Draft {
    /// The request without anything that must be looked up.
    pub const fn request(&self) -> &CreateContainerGroup {
        &self.request
    }
}

/// Maps a pod.
pub fn draft(pod: &EffectivePod<'_>, parts: &Parts<'_>, site: &Site<'_>) -> Draft {
    let mut request = CreateContainerGroup::default();
    placement(&mut request, parts, site);
    let names = match pod.spec() {
        Some(spec) => {
            request.restart_policy.clone_from(&spec.restart_policy);
            request.active_deadline_seconds = spec.active_deadline_seconds;
            request.termination_grace_period_seconds = spec.termination_grace_period_seconds;
            request.share_process_namespace = spec.share_process_namespace;
            let host = pod.settings().host_sysctls.as_ref();
            let host = host.map(|given| given.value.0.as_slice()).unwrap_or_default();
            sysctl::apply(spec, host, &mut request);
            dns::Names::of(spec, &mut request)
        }
        None => dns::Names::default(),
    };
    settings::apply(pod.settings(), site.policies, &mut request);
    settings::accelerate(pod.labels(), &mut request);
    let size = parts.candidates.first().and_then(Candidate::size);
    let amounts = Amounts::new(pod, size, site.policies.field_ref);
    let containers = containers(pod, site, &amounts, &mut request);
    let volumes = pod.volumes().iter();
    let spec = pod.spec();
    let pull_secrets = spec.and_then(|spec| spec.image_pull_secrets.as_deref());
    let pull_secrets = pull_secrets
        .unwrap_or_default()
        .iter()
        .map(|secret| secret.name.clone());
    Draft {
        request,
        containers,
        volumes: volumes
            .map(|volume| (volume.name.clone(), VolumeSource::of(volume, &amounts)))
            .collect(),
        pull_secrets: pull_secrets.filter(|name| !name.is_empty()).collect(),
        names,
        wants_services: site.policies.service_links == ServiceLinks::Resolved,
        links: spec.is_none_or(|spec| spec.enable_service_links != Some(false)),
        field_ref: site.policies.field_ref,
        file_modes: site.policies.file_modes,
        config_total: site.policies.config_total,
    }
}

/// Init containers, then those of them that keep running, then the others: the order in which they start.
fn containers(
    pod: &EffectivePod<'_>,
    site: &Site<'_>,
    amounts: &Amounts<'_>,
    request: &mut CreateContainerGroup,
) -> Vec<Prepared> {
    let mut prepared = Vec::new();
    let is_sidecar = |container| container::is_sidecar(container, site.policies.native_sidecar);
    let init = || pod.init_containers().iter().enumerate();
    for (index, item) in init().filter(|(_, item)| !is_sidecar(item)) {
        request
            .init_container
            .push(container::init(item, pod, site.policies.image_names));
        prepared.push(Prepared::of("initContainers", index, item, amounts));
    }
    for (index, item) in init().filter(|(_, item)| is_sidecar(item)) {
        request.container.push(container::app(item, pod, site));
        let mut sidecar = Prepared::of("initContainers", index, item, amounts);
        sidecar.variables.set_default("ECI_CONTAINER_TYPE", "sidecar");
        prepared.push(sidecar);
    }
    for (index, item) in pod.containers().iter().enumerate() {
        request.container.push(container::app(item, pod, site));
        prepared.push(Prepared::of("containers", index, item, amounts));
    }
    prepared
}

/// One size has fields of its own; several sizes, and types, go out in one text in the order in which they are tried.
fn specs(request: &mut CreateContainerGroup, candidates: &[Candidate]) {
    let mut specs: Vec<&SpecItem> = Vec::new();
    for candidate in candidates {
        // A size that is tried in several categories is named once.
        if !specs.contains(&&candidate.item) {
            specs.push(&candidate.item);
        }
    }
    match specs.as_slice() {
        [SpecItem::Size(size)] => {
            request.cpu = Some(size.cpu.into());
            request.memory = Some(Decimal::from_gib(size.memory));
        }
        [] => {}
        specs => {
            let texts: Vec<String> = specs.iter().map(ToString::to_string).collect();
            request.instance_type = Some(texts.iter().map(String::as_str).collect());
        }
    }
}

fn placement(request: &mut CreateContainerGroup, parts: &Parts<'_>, site: &Site<'_>) {
    request.region_id = site.region.map(ToString::to_string).unwrap_or_default();
    request.vswitch_id = (!parts.vswitches.is_empty()).then(|| parts.vswitches.iter().collect());
    request.security_group_id = parts.security_groups.first().map(ToString::to_string);
    if parts.vswitches.len() > 1 {
        request.schedule_strategy = Some(parts.strategy.name().to_owned());
    }
    specs(request, parts.candidates);
    if parts.extra_storage.0 > 0 {
        request.ephemeral_storage = i32::try_from(parts.extra_storage.0).ok();
    }
    request.cpu_architecture = parts.arm.then(|| CpuArch::Arm64.name().to_ascii_uppercase());
}
