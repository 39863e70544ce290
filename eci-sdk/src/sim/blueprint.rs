//! What the world reads out of a create request.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use eci_model::api::{self, CommaList, Container, CreateContainerGroup, Decimal, EnvironmentVar, InitContainer};
use eci_model::lifecycle::PendingClock;
use eci_model::spec::EcsType;
use eci_model::{Cpu, VSwitchId};
use eci_network::DEFAULT_RETENTION;

use super::group::{Blueprint, ContainerPlan, EipWish, Probe, RestartPolicy};
use crate::backend::BackendError;

/// What stands for the default vSwitch of the default VPC, which takes requests that name none.
const DEFAULT_VSWITCH: &str = "vsw-default";

/// The parameter of the strategy: older SDKs have it, the present description does not (SDK metadata, 2024-06-24).
pub(super) const FAIL_STRATEGY: &str = "EciFailStrategy";

/// What stands for the annotation of eviction, which no parameter carries. Ours: the platform's virtual node acts on it by itself.
pub(super) const EVICTION: &str = "EciEvictionEnable";

/// What stands for the annotation of falling back to other than spot capacity, which no parameter carries either. Ours.
pub(super) const SPOT_FALLBACK: &str = "EciSpotFallback";

/// How long containers have to stop when a request does not say. Kubernetes.
const GRACE: Duration = Duration::from_secs(30);

/// What a request without size and type gets, with 4 GiB (Specify vCPU and memory, 2026-10-06).
const DEFAULT_CPU: Cpu = Cpu::from_vcpu(2);

impl Blueprint {
    /// The part of a request that the world acts on.
    ///
    /// # Errors
    /// What the service refuses in the request itself: no containers, more than twenty, a vSwitch that is none, a bad address.
    pub(super) fn of(request: &CreateContainerGroup) -> Result<Self, BackendError> {
        check_counts(request)?;
        let listed = request.vswitch_id.as_ref();
        let vswitches: Result<Vec<VSwitchId>, _> =
            listed.into_iter().flat_map(CommaList::iter).map(str::parse).collect();
        let mut vswitches = vswitches.map_err(|error| invalid("InvalidParameter.VSwitchId", &error.to_string()))?;
        if vswitches.is_empty() {
            vswitches.extend(DEFAULT_VSWITCH.parse());
        }
        if vswitches.len() > 10 {
            return Err(invalid("VSwitchId.LimitExceeded", "more than 10 vSwitches"));
        }
        let address = request
            .private_ip_address
            .as_deref()
            .map(str::parse::<Ipv4Addr>)
            .transpose();
        let private_address =
            address.map_err(|error| invalid("InvalidParameter.PrivateIpAddress", &error.to_string()))?;
        Ok(Self {
            vswitches,
            ordered: request.schedule_strategy.as_deref() == Some("VSwitchOrdered"),
            private_address,
            keeps_address: keeps_address(request, private_address.is_some()),
            eip: eip(request)?,
            specs: specs(request),
            spot: request
                .spot_strategy
                .as_deref()
                .is_some_and(|strategy| strategy != "NoSpot"),
            protection: protection(request),
            falls_back: request.extra.contains_key(SPOT_FALLBACK),
            fail_fast: request
                .extra
                .get(FAIL_STRATEGY)
                .is_some_and(|strategy| strategy.expose_secret() == "fail-fast"),
            max_pending: max_pending(request)?,
            restart: restart_policy(request.restart_policy.as_deref())?,
            cpu_milli: cpu_milli(request),
            cached_images: request.image_snapshot_id.is_some(),
            grace: seconds(request.termination_grace_period_seconds).unwrap_or(GRACE),
            deadline: seconds(request.active_deadline_seconds),
            evicts: request.extra.contains_key(EVICTION),
            init: request.init_container.iter().map(init_container).collect(),
            containers: request.container.iter().map(container).collect(),
            pulls: Vec::new(),
        }
        .with_pulls())
    }
}

/// How long a spot instance is not taken back: an hour unless the request says otherwise (Create a preemptible instance, 2024-11-19).
fn protection(request: &CreateContainerGroup) -> Duration {
    let hours = request.spot_duration.and_then(|hours| u64::try_from(hours).ok());
    Duration::from_secs(hours.unwrap_or(1).saturating_mul(3600))
}

/// A group with a given address keeps none for its name: how both go together is not documented.
fn keeps_address(request: &CreateContainerGroup, given: bool) -> Option<Duration> {
    let asked = request
        .fixed_ip
        .as_deref()
        .is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let hours = request.fixed_ip_retain_hour.and_then(|hours| u64::try_from(hours).ok());
    let retention = hours.map_or(DEFAULT_RETENTION, |hours| {
        Duration::from_secs(hours.saturating_mul(3600))
    });
    (asked && !given).then_some(retention)
}

fn eip(request: &CreateContainerGroup) -> Result<Option<EipWish>, BackendError> {
    match (
        request.eip_instance_id.as_deref(),
        request.auto_create_eip == Some(true),
    ) {
        (Some(_), true) => Err(invalid(
            "InvalidParameter.Conflict",
            "an EIP and the wish for a new one",
        )),
        (Some(id), false) => Ok(Some(EipWish::Of(id.into()))),
        (None, own) => Ok(own.then_some(EipWish::Own)),
    }
}

fn max_pending(request: &CreateContainerGroup) -> Result<u32, BackendError> {
    let Some(minutes) = request.max_pending_minute else {
        return Ok(PendingClock::DEFAULT_MINUTES);
    };
    let minutes = u32::try_from(minutes)
        .ok()
        .filter(|minutes| (10..=1440).contains(minutes));
    minutes.ok_or_else(|| {
        invalid(
            "InvalidParameter.ValueExceeded",
            "MaxPendingMinute is not between 10 and 1440",
        )
    })
}

/// Refuses a name that is too short or too long.
pub(super) fn check_name(name: &str) -> Result<(), BackendError> {
    match name.len() {
        2..=128 => Ok(()),
        _ => Err(invalid(
            "InvalidParameter.LengthExceeded",
            "the name has not 2 to 128 characters",
        )),
    }
}

fn check_counts(request: &CreateContainerGroup) -> Result<(), BackendError> {
    match request.container.len() {
        0 => Err(invalid("MissingParameter.Container", "no container")),
        1..=20 => Ok(()),
        _ => Err(invalid("ContainerNumber.LimitExceeded", "more than 20 containers")),
    }
}

/// Types and size, in the order they are tried; the default size when nothing is given.
fn specs(request: &CreateContainerGroup) -> Vec<Arc<str>> {
    let types = request.instance_type.as_ref();
    let mut specs: Vec<Arc<str>> = types.into_iter().flat_map(CommaList::iter).map(Into::into).collect();
    if specs.is_empty() {
        let size = match (request.cpu, request.memory) {
            (Some(cpu), Some(memory)) => format!("{cpu}-{memory}Gi"),
            _ => "2-4Gi".to_owned(),
        };
        specs.push(size.into());
    }
    specs
}

/// vCPU of the first size or type; none for a type whose name does not tell.
fn cpu_milli(request: &CreateContainerGroup) -> u64 {
    let ecs = request.instance_type.as_ref().and_then(|list| list.iter().next());
    let cpu = match ecs {
        Some(name) => name.parse::<EcsType>().ok().and_then(|ecs| ecs.vcpu()),
        None => request.cpu.map_or(Some(DEFAULT_CPU), Decimal::vcpu),
    };
    cpu.map_or(0, Cpu::milli)
}

fn restart_policy(policy: Option<&str>) -> Result<RestartPolicy, BackendError> {
    match policy {
        None | Some("Always") => Ok(RestartPolicy::Always),
        Some("OnFailure") => Ok(RestartPolicy::OnFailure),
        Some("Never") => Ok(RestartPolicy::Never),
        Some(other) => Err(invalid(
            "InvalidParameter.RestartPolicy",
            &format!("`{other}` is no restart policy"),
        )),
    }
}

fn container(container: &Container) -> ContainerPlan {
    ContainerPlan {
        name: container.name.as_str().into(),
        image: container.image.as_str().into(),
        starts: format!("Started container {}", container.name).into(),
        sidecar: is_set(&container.environment_var, "ECI_CONTAINER_TYPE", "sidecar"),
        ignore_exit_code: is_set(&container.environment_var, "ECI_CONTAINER_IGNORE_EXIT_CODE", "true"),
        ignore_ready: is_set(&container.environment_var, "ECI_CONTAINER_IGNORE_READY", "true"),
        post_start: has_post_start(container),
        pre_stop: has_pre_stop(container),
        liveness: container.liveness_probe.as_ref().map(probe),
        readiness: container.readiness_probe.as_ref().map(probe),
        launch_priority: priority(&container.environment_var, "ECI_CONTAINER_LAUNCH_PRIORITY"),
        exit_priority: priority(&container.environment_var, "ECI_CONTAINER_EXIT_PRIORITY"),
        falls_back_to_log: container.termination_message_policy.as_deref() == Some("FallbackToLogsOnError"),
        always_pulls: container.image_pull_policy.as_deref() == Some("Always"),
    }
}

fn init_container(container: &InitContainer) -> ContainerPlan {
    ContainerPlan {
        name: container.name.as_deref().unwrap_or_default().into(),
        image: container.image.as_deref().unwrap_or_default().into(),
        always_pulls: container.image_pull_policy.as_deref() == Some("Always"),
        ..ContainerPlan::default()
    }
}

/// Defaults: Configure probes, 2024-08-02.
fn probe(probe: &api::Probe) -> Probe {
    let given = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
    let span = |value, otherwise: u32| Duration::from_secs(given(value).unwrap_or(otherwise).into());
    Probe {
        delay: span(probe.initial_delay_seconds, 0),
        period: span(probe.period_seconds, 10).max(Duration::from_secs(1)),
        failures: given(probe.failure_threshold).unwrap_or(3).max(1),
    }
}

fn seconds(given: Option<i64>) -> Option<Duration> {
    given
        .and_then(|seconds| u64::try_from(seconds).ok())
        .map(Duration::from_secs)
}

/// Whether a container switch has a value.
fn is_set(variables: &[EnvironmentVar], key: &str, value: &str) -> bool {
    switch(variables, key) == Some(value)
}

/// The number of a switch; 0 for one that is none or lies outside -1000 to 1000 (Start and exit order, 2023-08-22).
fn priority(variables: &[EnvironmentVar], key: &str) -> i32 {
    let number = switch(variables, key).and_then(|text| text.parse().ok());
    number.filter(|number| (-1000..=1000).contains(number)).unwrap_or(0)
}

/// The value of a container switch. The container itself would see it, so opening the secret tells nothing to the outside.
fn switch<'v>(variables: &'v [EnvironmentVar], key: &str) -> Option<&'v str> {
    let of_key = |variable: &&EnvironmentVar| variable.key.as_deref() == Some(key);
    let variable = variables.iter().rfind(of_key)?;
    variable.value.as_ref().map(|value| value.expose_secret().as_str())
}

fn has_post_start(container: &Container) -> bool {
    !container.lifecycle_post_start_handler_exec.is_empty()
        || container.lifecycle_post_start_handler_http_get_port.is_some()
        || container.lifecycle_post_start_handler_tcp_socket_port.is_some()
}

fn has_pre_stop(container: &Container) -> bool {
    !container.lifecycle_pre_stop_handler_exec.is_empty()
        || container.lifecycle_pre_stop_handler_http_get_port.is_some()
        || container.lifecycle_pre_stop_handler_tcp_socket_port.is_some()
}

fn invalid(code: &str, message: &str) -> BackendError {
    BackendError::new(code, message)
}
