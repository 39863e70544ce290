//! Probes and hooks.

use k8s_openapi::api::core::v1::{Container, Lifecycle, LifecycleHandler, Probe};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// A gRPC probe.
pub const PROBE_KIND: &Rule = &Rule::warning(Code::eci(1360), "probe-kind")
    .summary("gRPC probe")
    .why("the API has no such probe, so it is left out")
    .remedy("use exec, httpGet or tcpSocket")
    .basis(Basis::Inferred("neither a page nor the API mentions it"))
    .page(include_str!("../../rules/probe-kind.md"));

/// A startup probe.
pub const STARTUP_PROBE: &Rule = &Rule::warning(Code::eci(1362), "startup-probe")
    .summary("startup probe")
    .why("the API has no such probe")
    .remedy("use `initialDelaySeconds` of the liveness probe")
    .basis(Basis::Inferred("neither a page nor the API mentions it"))
    .page(include_str!("../../rules/startup-probe.md"));

/// A readiness probe that must succeed more than once.
pub const PROBE_SUCCESS_THRESHOLD: &Rule = &Rule::warning(Code::eci(1364), "probe-success-threshold")
    .summary("readiness probe that must succeed more than once")
    .why("the API takes 1 only")
    .remedy("set `successThreshold` to 1, or leave it out")
    .basis(Basis::Documented("Probes, 2024-08-02"))
    .page(include_str!("../../rules/probe-success-threshold.md"));

/// A setting of probes that the API lacks.
pub const PROBE_OPTION_DROPPED: &Rule = &Rule::warning(Code::eci(1366), "probe-option-dropped")
    .summary("setting of a probe that ECI does not have")
    .why("the API has no field for it, so the probe runs without it")
    .remedy("drop it; the grace period of the pod and its own address are used")
    .basis(Basis::Inferred("the fields of CreateContainerGroup, 2018-08-08"))
    .page(include_str!("../../rules/probe-option-dropped.md"));

/// A hook that the API lacks.
pub const HOOK_KIND: &Rule = &Rule::warning(Code::eci(1368), "hook-kind")
    .summary("hook that ECI does not have")
    .why("hooks run a command, an HTTP request or a TCP connection; anything else is left out")
    .remedy("use exec with a command, such as `sleep 10`")
    .basis(Basis::Inferred("the fields of CreateContainerGroup, 2018-08-08"))
    .page(include_str!("../../rules/hook-kind.md"));

/// A port by a name that the container lacks.
pub const PROBE_NAMED_PORT_UNKNOWN: &Rule = &Rule::error(Code::eci(1370), "probe-named-port-unknown")
    .summary("probe or hook of a port that its container does not declare")
    .why("names of ports are looked up in the container's own list, so nothing is asked")
    .remedy("name a port that the container declares, or write the number")
    .basis(Basis::Ours("a name must lead to a number before a probe can be sent"))
    .page(include_str!("../../rules/probe-named-port-unknown.md"));

pub(super) static RULES: Rules = Rules::new(&[
    PROBE_KIND,
    STARTUP_PROBE,
    PROBE_SUCCESS_THRESHOLD,
    PROBE_OPTION_DROPPED,
    HOOK_KIND,
    PROBE_NAMED_PORT_UNKNOWN,
]);

/// Probes and hooks of application containers; init containers have some only when they keep running, which a rule of its own tells.
pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let containers = spec.field("containers");
    for (index, container) in pod.containers().iter().enumerate() {
        let at = containers.index(index);
        startup(pod, container, &at, site, out);
        let kinds = [
            ("livenessProbe", &container.liveness_probe),
            ("readinessProbe", &container.readiness_probe),
        ];
        for (field, probe) in kinds {
            if let Some(probe) = probe {
                judge(pod, container, probe, &at.field(field), site, out);
            }
        }
        let threshold = container.readiness_probe.as_ref().and_then(|it| it.success_threshold);
        if let Some(threshold) = threshold.filter(|threshold| *threshold != 1) {
            let at = at.field("readinessProbe");
            let finding = PROBE_SUCCESS_THRESHOLD.at(pod.place(&at.field("successThreshold")));
            out.push(finding.found(threshold.to_string()).expected("1"));
        }
        if let Some(lifecycle) = &container.lifecycle {
            hooks(pod, container, lifecycle, &at.field("lifecycle"), out);
        }
    }
}

fn startup(pod: &EffectivePod<'_>, container: &Container, at: &At<'_>, site: &Site<'_>, out: &mut Findings) {
    let Some(probe) = &container.startup_probe else { return };
    let severity = match site.policies.startup_probe {
        policy::StartupProbe::Refuse => Severity::Error,
        _ => Severity::Warning,
    };
    let at = at.field("startupProbe");
    let finding = STARTUP_PROBE.at(pod.place(&at)).severity(severity);
    out.push(finding.note(match site.policies.startup_probe {
        policy::StartupProbe::FoldIntoLiveness => "its longest delay becomes the first delay of the liveness probe",
        policy::StartupProbe::Drop => "it is left out",
        policy::StartupProbe::Refuse => "the pod is refused",
    }));
    ports(pod, container, probe, &at, out);
}

fn judge(
    pod: &EffectivePod<'_>,
    container: &Container,
    probe: &Probe,
    at: &At<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) {
    if probe.grpc.is_some() {
        let severity = match site.policies.grpc_probe {
            policy::GrpcProbe::Refuse => Severity::Error,
            policy::GrpcProbe::Drop => Severity::Warning,
        };
        out.push(PROBE_KIND.at(pod.place(&at.field("grpc"))).severity(severity));
        return;
    }
    if let Some(seconds) = probe.termination_grace_period_seconds {
        let finding = PROBE_OPTION_DROPPED.at(pod.place(&at.field("terminationGracePeriodSeconds")));
        out.push(finding.found(seconds.to_string()));
    }
    if let Some(host) = probe.http_get.as_ref().and_then(|it| it.host.as_deref()) {
        let at = at.field("httpGet");
        let finding = PROBE_OPTION_DROPPED.at(pod.place(&at.field("host")));
        out.push(finding.found(host.to_owned()));
    }
    ports(pod, container, probe, at, out);
}

fn ports(pod: &EffectivePod<'_>, container: &Container, probe: &Probe, at: &At<'_>, out: &mut Findings) {
    if let Some(http) = &probe.http_get {
        named(pod, container, &http.port, &at.field("httpGet"), out);
    }
    if let Some(tcp) = &probe.tcp_socket {
        named(pod, container, &tcp.port, &at.field("tcpSocket"), out);
    }
}

fn hooks(pod: &EffectivePod<'_>, container: &Container, lifecycle: &Lifecycle, at: &At<'_>, out: &mut Findings) {
    let handlers = [("postStart", &lifecycle.post_start), ("preStop", &lifecycle.pre_stop)];
    for (field, handler) in handlers {
        let Some(LifecycleHandler {
            sleep,
            http_get,
            tcp_socket,
            ..
        }) = handler
        else {
            continue;
        };
        let at = at.field(field);
        if sleep.is_some() {
            out.push(HOOK_KIND.at(pod.place(&at.field("sleep"))));
        }
        if let Some(http) = http_get {
            named(pod, container, &http.port, &at.field("httpGet"), out);
        }
        if let Some(tcp) = tcp_socket {
            named(pod, container, &tcp.port, &at.field("tcpSocket"), out);
        }
    }
    if let Some(signal) = &lifecycle.stop_signal {
        let finding = HOOK_KIND.at(pod.place(&at.field("stopSignal"))).found(signal.clone());
        out.push(finding.remedy("handle SIGTERM, or stop the process in a preStop hook with exec"));
    }
}

fn named(pod: &EffectivePod<'_>, container: &Container, port: &IntOrString, at: &At<'_>, out: &mut Findings) {
    let IntOrString::String(name) = port else { return };
    let is_declared = container
        .ports
        .iter()
        .flatten()
        .any(|port| port.name.as_ref() == Some(name));
    if !is_declared && name.parse::<u16>().is_err() {
        let finding = PROBE_NAMED_PORT_UNKNOWN.at(pod.place(&at.field("port")));
        let finding = finding.found(name.clone());
        out.push(finding.expected(format!("a port of container `{}`", container.name)));
    }
}
