//! Fields of containers that ECI refuses or does not have.

use k8s_openapi::api::core::v1::{Container, Probe};

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// A port that the platform uses itself.
pub const RESERVED_PORT: &Rule = &Rule::error(Code::eci(1335), "reserved-port")
    .summary("port that the platform uses itself")
    .why("exec, logs and metrics of the instance use it")
    .remedy("use another port")
    .basis(Basis::Documented("Limits, 2024-10-18"));

/// SCTP.
pub const SCTP_PORT: &Rule = &Rule::error(Code::eci(1340), "sctp-port")
    .summary("SCTP port")
    .remedy("use TCP or UDP")
    .basis(Basis::Documented(
        "CreateContainerGroup, values of Container.Port.Protocol",
    ));

/// A variable whose name the API refuses.
pub const ENV_NAME: &Rule = &Rule::error(Code::eci(1350), "env-name")
    .summary("name that an environment variable cannot have")
    .why("names have 1 to 128 letters, digits and underscores and do not begin with a digit; Kubernetes allows more")
    .remedy("rename the variable")
    .basis(Basis::Documented("Obtain metadata inside a container, 2024-10-14"));

/// A gRPC probe.
pub const PROBE_KIND: &Rule = &Rule::warning(Code::eci(1360), "probe-kind")
    .summary("gRPC probe")
    .why("the API has no such probe, so it is left out")
    .remedy("use exec, httpGet or tcpSocket")
    .basis(Basis::Inferred("neither a page nor the API mentions it"));

/// A startup probe.
pub const STARTUP_PROBE: &Rule = &Rule::warning(Code::eci(1362), "startup-probe")
    .summary("startup probe")
    .why("the API has no such probe")
    .remedy("use `initialDelaySeconds` of the liveness probe")
    .basis(Basis::Inferred("neither a page nor the API mentions it"));

pub(super) static RULES: Rules = Rules::new(&[RESERVED_PORT, SCTP_PORT, ENV_NAME, PROBE_KIND, STARTUP_PROBE]);

/// Ports of exec, logs and metrics (Limits, 2024-10-18).
const RESERVED: [i32; 3] = [111, 10250, 10255];

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    for (field, containers) in [
        ("initContainers", pod.init_containers()),
        ("containers", pod.containers()),
    ] {
        let at = spec.field(field);
        for (index, container) in containers.iter().enumerate() {
            let at = at.index(index);
            ports(pod, container, &at, out);
            env(pod, container, &at, out);
            probes(pod, container, &at, site, out);
        }
    }
}

fn ports(pod: &EffectivePod<'_>, container: &Container, at: &At<'_>, out: &mut Findings) {
    let ports = at.field("ports");
    for (index, port) in container.ports.iter().flatten().enumerate() {
        let at = ports.index(index);
        if RESERVED.contains(&port.container_port) {
            out.push(
                RESERVED_PORT
                    .at(pod.place(&at.field("containerPort")))
                    .found(port.container_port.to_string()),
            );
        }
        if port.protocol.as_deref() == Some("SCTP") {
            out.push(SCTP_PORT.at(pod.place(&at.field("protocol"))).found("SCTP"));
        }
    }
}

fn env(pod: &EffectivePod<'_>, container: &Container, at: &At<'_>, out: &mut Findings) {
    let variables = at.field("env");
    for (index, variable) in container.env.iter().flatten().enumerate() {
        if !is_name(&variable.name) {
            let at = variables.index(index);
            out.push(ENV_NAME.at(pod.place(&at.field("name"))).found(variable.name.clone()));
        }
    }
}

/// Log settings carry a key chosen by the user, which may hold hyphens.
fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let log = |byte: u8| plain(byte) || byte == b'-';
    let begins = name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    let letters = if name.starts_with("aliyun_logs_") {
        name.bytes().all(log)
    } else {
        name.bytes().all(plain)
    };
    begins && letters && name.len() <= 128
}

fn probes(pod: &EffectivePod<'_>, container: &Container, at: &At<'_>, site: &Site<'_>, out: &mut Findings) {
    if container.startup_probe.is_some() {
        let severity = match site.policies.startup_probe {
            policy::StartupProbe::Refuse => Severity::Error,
            _ => Severity::Warning,
        };
        let finding = STARTUP_PROBE
            .at(pod.place(&at.field("startupProbe")))
            .severity(severity);
        out.push(finding.note(match site.policies.startup_probe {
            policy::StartupProbe::FoldIntoLiveness => "its longest delay becomes the first delay of the liveness probe",
            policy::StartupProbe::Drop => "it is left out",
            policy::StartupProbe::Refuse => "the pod is refused",
        }));
    }
    let kinds = [
        ("livenessProbe", &container.liveness_probe),
        ("readinessProbe", &container.readiness_probe),
    ];
    for (field, probe) in kinds {
        if probe.as_ref().is_some_and(|probe: &Probe| probe.grpc.is_some()) {
            let severity = match site.policies.grpc_probe {
                policy::GrpcProbe::Refuse => Severity::Error,
                policy::GrpcProbe::Drop => Severity::Warning,
            };
            let at = at.field(field);
            out.push(PROBE_KIND.at(pod.place(&at.field("grpc"))).severity(severity));
        }
    }
}
