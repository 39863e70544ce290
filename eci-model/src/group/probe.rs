//! Probes and hooks.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::api::{Container, ExecAction, HttpGetAction, HttpHeader, Probe, TcpSocketAction};
use crate::policy::{Policies, StartupProbe};

/// The liveness probe; a startup probe is folded into its first delay where the policy says so.
pub(super) fn liveness(container: &core::Container, policies: &Policies) -> Option<Probe> {
    let mut liveness = container
        .liveness_probe
        .as_ref()
        .and_then(|probe| mapped(probe, container))?;
    if let Some(startup) = container
        .startup_probe
        .as_ref()
        .filter(|_| policies.startup_probe == StartupProbe::FoldIntoLiveness)
    {
        // The longest the startup probe would wait: its own delay, then every period until it gives up.
        let waits = startup
            .period_seconds
            .unwrap_or(10)
            .saturating_mul(startup.failure_threshold.unwrap_or(3));
        let longest = startup.initial_delay_seconds.unwrap_or(0).saturating_add(waits);
        liveness.initial_delay_seconds = Some(liveness.initial_delay_seconds.unwrap_or(0).max(longest));
    }
    Some(liveness)
}

/// A probe in the API's form; `None` for kinds the API does not have.
pub(super) fn mapped(probe: &core::Probe, container: &core::Container) -> Option<Probe> {
    let exec = probe.exec.as_ref().map(|exec| ExecAction {
        command: exec.command.clone().unwrap_or_default(),
    });
    let http_get = probe.http_get.as_ref().map(|get| HttpGetAction {
        path: get.path.clone(),
        port: port(&get.port, container),
        scheme: get.scheme.clone(),
    });
    let tcp_socket = probe.tcp_socket.as_ref().map(|socket| TcpSocketAction {
        port: port(&socket.port, container),
    });
    if exec.is_none() && http_get.is_none() && tcp_socket.is_none() {
        return None;
    }
    Some(Probe {
        exec,
        http_get,
        tcp_socket,
        initial_delay_seconds: probe.initial_delay_seconds,
        period_seconds: probe.period_seconds,
        timeout_seconds: probe.timeout_seconds,
        success_threshold: probe.success_threshold,
        failure_threshold: probe.failure_threshold,
    })
}

/// What runs after the start and before the stop of a container.
pub(super) fn hooks(container: &core::Container, mapped: &mut Container) {
    let Some(lifecycle) = &container.lifecycle else { return };
    if let Some(hook) = &lifecycle.post_start {
        mapped.lifecycle_post_start_handler_exec = exec(hook);
        if let Some(get) = &hook.http_get {
            mapped.lifecycle_post_start_handler_http_get_host.clone_from(&get.host);
            mapped.lifecycle_post_start_handler_http_get_path.clone_from(&get.path);
            mapped.lifecycle_post_start_handler_http_get_port = port(&get.port, container);
            mapped
                .lifecycle_post_start_handler_http_get_scheme
                .clone_from(&get.scheme);
            mapped.lifecycle_post_start_handler_http_get_http_header = headers(get);
        }
        if let Some(socket) = &hook.tcp_socket {
            mapped
                .lifecycle_post_start_handler_tcp_socket_host
                .clone_from(&socket.host);
            mapped.lifecycle_post_start_handler_tcp_socket_port = port(&socket.port, container);
        }
    }
    if let Some(hook) = &lifecycle.pre_stop {
        mapped.lifecycle_pre_stop_handler_exec = exec(hook);
        if let Some(get) = &hook.http_get {
            mapped.lifecycle_pre_stop_handler_http_get_host.clone_from(&get.host);
            mapped.lifecycle_pre_stop_handler_http_get_path.clone_from(&get.path);
            mapped.lifecycle_pre_stop_handler_http_get_port = port(&get.port, container);
            mapped
                .lifecycle_pre_stop_handler_http_get_scheme
                .clone_from(&get.scheme);
            mapped.lifecycle_pre_stop_handler_http_get_http_header = headers(get);
        }
        if let Some(socket) = &hook.tcp_socket {
            mapped
                .lifecycle_pre_stop_handler_tcp_socket_host
                .clone_from(&socket.host);
            mapped.lifecycle_pre_stop_handler_tcp_socket_port = port(&socket.port, container);
        }
    }
}

fn exec(hook: &core::LifecycleHandler) -> Vec<String> {
    hook.exec
        .as_ref()
        .and_then(|exec| exec.command.clone())
        .unwrap_or_default()
}

fn headers(get: &core::HTTPGetAction) -> Vec<HttpHeader> {
    let header = |header: &core::HTTPHeader| HttpHeader {
        name: Some(header.name.clone()),
        value: Some(header.value.clone().into()),
    };
    get.http_headers.iter().flatten().map(header).collect()
}

/// A port by number, or the number of the container's port of that name.
fn port(port: &IntOrString, container: &core::Container) -> Option<i32> {
    match port {
        IntOrString::Int(number) => Some(*number),
        IntOrString::String(name) => {
            let named = container
                .ports
                .iter()
                .flatten()
                .find(|port| port.name.as_deref() == Some(name));
            named.map(|port| port.container_port)
        }
    }
}
