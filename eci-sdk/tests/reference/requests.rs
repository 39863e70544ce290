//! The request a second time: what a pod becomes, parameter by parameter.

mod claims;
mod containers;
mod differential;
mod env;
mod generate;
mod settings;
mod volumes;

use std::collections::BTreeMap;

use serde_json::Value;

/// Parameters as the wire has them.
pub(super) type Parameters = BTreeMap<String, String>;

/// A pod and what can be looked up.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) pod: Value,
    /// ConfigMaps, Secrets, claims and volumes that exist; the others do not.
    pub(super) objects: Vec<Value>,
    /// Whether the service account gets tokens.
    pub(super) has_tokens: bool,
    /// Whether the cluster is a self-managed one.
    pub(super) is_self_managed: bool,
}

/// Something mandatory is not there: the pod is not created.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing;

impl Case {
    /// An object that exists.
    pub(super) fn any(&self, kind: &str, name: &str) -> Option<&Value> {
        let mut objects = self.objects.iter();
        objects.find(|object| object["kind"] == kind && object["metadata"]["name"] == name)
    }

    /// The data of a ConfigMap or Secret, values in plain.
    pub(super) fn object(&self, kind: &str, name: &str) -> Option<BTreeMap<String, String>> {
        let data = self.any(kind, name)?["data"].as_object().into_iter().flatten();
        Some(data.map(|(key, value)| (key.clone(), text(value))).collect())
    }
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A scalar as text.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Sets a parameter to a scalar of the pod, if it is there.
pub(super) fn copy(out: &mut Parameters, name: impl Into<String>, value: &Value) {
    if !value.is_null() {
        out.insert(name.into(), text(value));
    }
}

/// The parameters of a pod.
pub(super) fn parameters(case: &Case) -> Result<Parameters, Missing> {
    let spec = &case.pod["spec"];
    let mut out = Parameters::new();
    copy(&mut out, "RestartPolicy", &spec["restartPolicy"]);
    copy(
        &mut out,
        "TerminationGracePeriodSeconds",
        &spec["terminationGracePeriodSeconds"],
    );
    copy(&mut out, "ActiveDeadlineSeconds", &spec["activeDeadlineSeconds"]);
    // A pod without a host name of its own is called by its name.
    let named = if spec["hostname"].is_string() {
        &spec["hostname"]
    } else {
        &case.pod["metadata"]["name"]
    };
    copy(&mut out, "HostName", named);
    copy(&mut out, "ShareProcessNamespace", &spec["shareProcessNamespace"]);
    for (index, alias) in list(&spec["hostAliases"]).enumerate() {
        let name = format!("HostAliase.{}", index + 1);
        copy(&mut out, format!("{name}.Ip"), &alias["ip"]);
        for (number, host) in list(&alias["hostnames"]).enumerate() {
            copy(&mut out, format!("{name}.Hostname.{}", number + 1), host);
        }
    }
    dns(spec, &mut out);
    containers::containers(case, &mut out)?;
    volumes::volumes(case, &mut out)?;
    settings::settings(&case.pod, case.is_self_managed, &mut out);
    Ok(out)
}

/// The API knows Default and None only.
fn dns(spec: &Value, out: &mut Parameters) {
    match spec["dnsPolicy"].as_str() {
        Some("Default") => out.insert("DnsPolicy".into(), "Default".into()),
        Some("None") => out.insert("DnsPolicy".into(), "None".into()),
        // Without the address of the cluster's DNS there is nothing to merge with.
        _ => None,
    };
    if spec["dnsPolicy"] != "None" {
        return;
    }
    let config = &spec["dnsConfig"];
    for (index, server) in list(&config["nameservers"]).enumerate() {
        copy(out, format!("DnsConfig.NameServer.{}", index + 1), server);
    }
    for (index, search) in list(&config["searches"]).enumerate() {
        copy(out, format!("DnsConfig.Search.{}", index + 1), search);
    }
    for (index, option) in list(&config["options"]).enumerate() {
        copy(out, format!("DnsConfig.Option.{}.Name", index + 1), &option["name"]);
        copy(out, format!("DnsConfig.Option.{}.Value", index + 1), &option["value"]);
    }
}
