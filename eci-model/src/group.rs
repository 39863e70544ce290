//! From a pod to the request for its container group.
//!
//! [`draft`] maps what the pod says; what must be looked up stays a reference ([`Reference`]) until [`Draft::complete`] gets the answers.
//! [`support`] is the table of what happens to each field.

mod complete;
mod container;
mod env;
mod probe;
mod settings;
pub mod support;
mod volume;

use crate::api::{CreateContainerGroup, DnsConfig, DnsOption, HostAlias};
use crate::finding::Findings;
use crate::id::{SecurityGroupId, VSwitchId};
use crate::pod::EffectivePod;
use crate::rule::Rules;
use crate::settings::ScheduleStrategy;
use crate::site::Site;
use crate::spec::Candidate;

pub use complete::{MATERIAL_MISSING, Materials, Missing, Reference, Who};
use env::Variables;
use volume::VolumeSource;

/// The rules of this room.
pub static RULES: &[&Rules] = &[&support::RULES, &complete::RULES];

/// What other stages decided about the group.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Sizes and types to try, in order.
    pub candidates: &'a [Candidate],
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
    /// The variables of each init container, then of each container.
    variables: Vec<Variables>,
    volumes: Vec<(String, VolumeSource)>,
    pull_secrets: Vec<String>,
}

impl Draft {
    /// The request without anything that must be looked up.
    pub const fn request(&self) -> &CreateContainerGroup {
        &self.request
    }
}

/// Maps a pod.
pub fn draft(pod: &EffectivePod<'_>, parts: &Parts<'_>, site: &Site<'_>, _out: &mut Findings) -> Draft {
    let mut request = CreateContainerGroup::default();
    placement(&mut request, parts, site);
    if let Some(spec) = pod.spec() {
        request.restart_policy.clone_from(&spec.restart_policy);
        request.active_deadline_seconds = spec.active_deadline_seconds;
        request.termination_grace_period_seconds = spec.termination_grace_period_seconds;
        request.share_process_namespace = spec.share_process_namespace;
        request.host_name.clone_from(&spec.hostname);
        request.host_aliase = spec.host_aliases.iter().flatten().map(host_alias).collect();
        dns(&mut request, spec);
    }
    settings::apply(pod.settings(), site.policies, &mut request);
    request.init_container = pod.init_containers().iter().map(container::init).collect();
    request.container = pod
        .containers()
        .iter()
        .map(|container| container::app(container, pod, site))
        .collect();
    let containers = pod.init_containers().iter().chain(pod.containers());
    let pull_secrets = pod
        .spec()
        .and_then(|spec| spec.image_pull_secrets.as_deref())
        .unwrap_or_default();
    Draft {
        request,
        variables: containers.map(Variables::of).collect(),
        volumes: pod
            .volumes()
            .iter()
            .map(|volume| (volume.name.clone(), VolumeSource::of(volume)))
            .collect(),
        pull_secrets: pull_secrets
            .iter()
            .map(|secret| secret.name.clone())
            .filter(|name| !name.is_empty())
            .collect(),
    }
}

fn placement(request: &mut CreateContainerGroup, parts: &Parts<'_>, site: &Site<'_>) {
    request.region_id = site.region.map(ToString::to_string).unwrap_or_default();
    request.vswitch_id = Some(parts.vswitches.iter().collect());
    request.security_group_id = parts.security_groups.first().map(ToString::to_string);
    if parts.vswitches.len() > 1 {
        request.schedule_strategy = Some(parts.strategy.name().to_owned());
    }
    let types = parts
        .candidates
        .iter()
        .filter_map(|candidate| Some(candidate.ecs_type()?.as_str()));
    let types: Vec<&str> = types.collect();
    if !types.is_empty() {
        request.instance_type = Some(types.into_iter().collect());
    } else if let Some(size) = parts.candidates.first().and_then(Candidate::size) {
        request.cpu = Some(size.cpu.into());
        request.memory = Some(crate::api::Decimal::from_gib(size.memory));
    }
}

fn host_alias(alias: &k8s_openapi::api::core::v1::HostAlias) -> HostAlias {
    HostAlias {
        ip: Some(alias.ip.clone()),
        hostname: alias.hostnames.clone().unwrap_or_default(),
    }
}

/// The API knows two policies: the cloud's resolver, and none but what is listed.
fn dns(request: &mut CreateContainerGroup, spec: &k8s_openapi::api::core::v1::PodSpec) {
    match spec.dns_policy.as_deref() {
        Some("Default") => request.dns_policy = Some("Default".to_owned()),
        Some("None") => request.dns_policy = Some("None".to_owned()),
        _ => {}
    }
    let Some(config) = &spec.dns_config else { return };
    request.dns_config = Some(DnsConfig {
        name_server: config.nameservers.clone().unwrap_or_default(),
        search: config.searches.clone().unwrap_or_default(),
        option: config
            .options
            .iter()
            .flatten()
            .map(|option| DnsOption {
                name: option.name.clone(),
                value: option.value.clone(),
            })
            .collect(),
    });
}
