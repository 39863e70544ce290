//! Containers and init containers.

use serde_json::Value;

use super::env::{Variables, expanded};
use super::{Case, Missing, Parameters, copy, list, text};

pub(super) fn containers(case: &Case, out: &mut Parameters) -> Result<(), Missing> {
    let spec = &case.pod["spec"];
    let mut number = 0;
    let mut init_number = 0;
    for container in list(&spec["containers"]) {
        number += 1;
        container_of(case, container, &format!("Container.{number}"), true, out)?;
    }
    for container in list(&spec["initContainers"]) {
        init_number += 1;
        container_of(case, container, &format!("InitContainer.{init_number}"), false, out)?;
    }
    Ok(())
}

fn container_of(case: &Case, container: &Value, at: &str, app: bool, out: &mut Parameters) -> Result<(), Missing> {
    for (field, name) in [
        ("name", "Name"),
        ("image", "Image"),
        ("imagePullPolicy", "ImagePullPolicy"),
        ("workingDir", "WorkingDir"),
        ("terminationMessagePath", "TerminationMessagePath"),
        ("terminationMessagePolicy", "TerminationMessagePolicy"),
    ] {
        copy(out, format!("{at}.{name}"), &container[field]);
    }
    // As the API server fills it in: the generated images have a fixed tag.
    let policy = format!("{at}.ImagePullPolicy");
    out.entry(policy).or_insert_with(|| "IfNotPresent".to_owned());
    let variables = Variables::of(case, container)?;
    let known = |name: &str| variables.lookup(name).map(str::to_owned);
    for (field, name) in [("command", "Command"), ("args", "Arg")] {
        for (index, word) in list(&container[field]).enumerate() {
            out.insert(format!("{at}.{name}.{}", index + 1), expanded(&text(word), known));
        }
    }
    variables.write(at, out);
    for (index, port) in list(&container["ports"]).enumerate() {
        let at = format!("{at}.Port.{}", index + 1);
        copy(out, format!("{at}.Port"), &port["containerPort"]);
        out.insert(
            format!("{at}.Protocol"),
            port["protocol"].as_str().unwrap_or("TCP").into(),
        );
    }
    for (index, mount) in list(&container["volumeMounts"]).enumerate() {
        let at = format!("{at}.VolumeMount.{}", index + 1);
        copy(out, format!("{at}.Name"), &mount["name"]);
        copy(out, format!("{at}.MountPath"), &mount["mountPath"]);
        copy(out, format!("{at}.ReadOnly"), &mount["readOnly"]);
        copy(out, format!("{at}.SubPath"), &mount["subPath"]);
        copy(out, format!("{at}.MountPropagation"), &mount["mountPropagation"]);
        if let Some(path) = mount["subPathExpr"].as_str() {
            out.insert(format!("{at}.SubPath"), expanded(path, known));
        }
    }
    security(
        &case.pod["spec"]["securityContext"],
        &container["securityContext"],
        at,
        app,
        out,
    );
    if app {
        for (field, name) in [("stdin", "Stdin"), ("stdinOnce", "StdinOnce"), ("tty", "Tty")] {
            copy(out, format!("{at}.{name}"), &container[field]);
        }
        probe(container, "livenessProbe", &format!("{at}.LivenessProbe"), out);
        probe(container, "readinessProbe", &format!("{at}.ReadinessProbe"), out);
        hook(container, "postStart", &format!("{at}.LifecyclePostStartHandler"), out);
        hook(container, "preStop", &format!("{at}.LifecyclePreStopHandler"), out);
    }
    Ok(())
}

/// What the container says wins over what the pod says; init containers have no group and no `runAsNonRoot`.
fn security(pod: &Value, own: &Value, at: &str, app: bool, out: &mut Parameters) {
    let inherited = |field: &str| if own[field].is_null() { &pod[field] } else { &own[field] };
    copy(out, format!("{at}.SecurityContext.RunAsUser"), inherited("runAsUser"));
    if own["readOnlyRootFilesystem"] == true {
        out.insert(format!("{at}.SecurityContext.ReadOnlyRootFilesystem"), "true".into());
    }
    for (index, name) in list(&own["capabilities"]["add"]).enumerate() {
        copy(out, format!("{at}.SecurityContext.Capability.Add.{}", index + 1), name);
    }
    if app {
        copy(out, format!("{at}.SecurityContextRunAsGroup"), inherited("runAsGroup"));
        copy(
            out,
            format!("{at}.SecurityContextRunAsNonRoot"),
            inherited("runAsNonRoot"),
        );
    }
}

fn port(container: &Value, port: &Value) -> String {
    let named = list(&container["ports"]).find(|declared| declared["name"].is_string() && declared["name"] == *port);
    named.map_or_else(|| text(port), |declared| text(&declared["containerPort"]))
}

/// A gRPC probe has no field; a startup probe delays the first liveness probe by its period times its failures.
fn probe(container: &Value, field: &str, at: &str, out: &mut Parameters) {
    let probe = &container[field];
    if !probe.is_object() || probe["grpc"].is_object() {
        return;
    }
    for (index, word) in list(&probe["exec"]["command"]).enumerate() {
        copy(out, format!("{at}.Exec.Command.{}", index + 1), word);
    }
    let http = &probe["httpGet"];
    if http.is_object() {
        copy(out, format!("{at}.HttpGet.Path"), &http["path"]);
        out.insert(format!("{at}.HttpGet.Port"), port(container, &http["port"]));
        copy(out, format!("{at}.HttpGet.Scheme"), &http["scheme"]);
    }
    if probe["tcpSocket"].is_object() {
        out.insert(
            format!("{at}.TcpSocket.Port"),
            port(container, &probe["tcpSocket"]["port"]),
        );
    }
    for (number, name) in [
        ("failureThreshold", "FailureThreshold"),
        ("initialDelaySeconds", "InitialDelaySeconds"),
        ("periodSeconds", "PeriodSeconds"),
        ("successThreshold", "SuccessThreshold"),
        ("timeoutSeconds", "TimeoutSeconds"),
    ] {
        copy(out, format!("{at}.{name}"), &probe[number]);
    }
    let startup = &container["startupProbe"];
    if field == "livenessProbe" && startup.is_object() {
        let period = startup["periodSeconds"].as_u64().unwrap_or(10);
        let failures = startup["failureThreshold"].as_u64().unwrap_or(3);
        let first = startup["initialDelaySeconds"].as_u64().unwrap_or(0);
        let own = probe["initialDelaySeconds"].as_u64().unwrap_or(0);
        let delay = own.max(first + period * failures);
        out.insert(format!("{at}.InitialDelaySeconds"), delay.to_string());
    }
}

fn hook(container: &Value, field: &str, at: &str, out: &mut Parameters) {
    let hook = &container["lifecycle"][field];
    for (index, word) in list(&hook["exec"]["command"]).enumerate() {
        copy(out, format!("{at}Exec.{}", index + 1), word);
    }
    let http = &hook["httpGet"];
    if http.is_object() {
        copy(out, format!("{at}HttpGetHost"), &http["host"]);
        copy(out, format!("{at}HttpGetPath"), &http["path"]);
        out.insert(format!("{at}HttpGetPort"), port(container, &http["port"]));
        copy(out, format!("{at}HttpGetScheme"), &http["scheme"]);
        for (index, header) in list(&http["httpHeaders"]).enumerate() {
            copy(
                out,
                format!("{at}HttpGetHttpHeader.{}.Name", index + 1),
                &header["name"],
            );
            copy(
                out,
                format!("{at}HttpGetHttpHeader.{}.Value", index + 1),
                &header["value"],
            );
        }
    }
    let tcp = &hook["tcpSocket"];
    if tcp.is_object() {
        copy(out, format!("{at}TcpSocketHost"), &tcp["host"]);
        out.insert(format!("{at}TcpSocketPort"), port(container, &tcp["port"]));
    }
}
