//! Environment variables.

use k8s_openapi::api::core::v1::{EnvVar, EnvVarSource};

use super::containers;
use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;

/// A variable whose name the API refuses.
pub const ENV_NAME: &Rule = &Rule::error(Code::eci(1350), "env-name")
    .summary("name that an environment variable cannot have")
    .why("names have 1 to 128 letters, digits and underscores and do not begin with a digit; Kubernetes allows more")
    .remedy("rename the variable")
    .basis(Basis::Documented("Obtain metadata inside a container, 2024-10-14"))
    .page(include_str!("../../rules/env-name.md"));

/// A value that is longer than the API describes.
pub const ENV_VALUE_LONG: &Rule = &Rule::warning(Code::eci(1352), "env-value-long")
    .summary("value of an environment variable that is longer than the API describes")
    .why("the API describes values of at most 256 characters; what happens beyond is not stated")
    .remedy("put the value into a file of a ConfigMap or Secret")
    .basis(Basis::Documented(
        "CreateContainerGroup, Container.EnvironmentVar.Value",
    ))
    .page(include_str!("../../rules/env-value-long.md"));

/// A field that has no value on ECI.
pub const ENV_FIELD_REFERENCE: &Rule = &Rule::warning(Code::eci(1354), "env-field-reference")
    .summary("variable from a field that has no value on ECI")
    .why("only eight fields are known, so the variable may be missing and the pod may not start")
    .remedy("use one of the fields that are known, or write the value")
    .basis(Basis::Documented("Obtain metadata inside a container, 2024-10-14"))
    .page(include_str!("../../rules/env-field-reference.md"));

/// Requests and limits as a value.
pub const ENV_RESOURCE_REFERENCE: &Rule = &Rule::warning(Code::eci(1356), "env-resource-reference")
    .summary("value from the resources of a container")
    .why("resources of containers cannot be read on ECI, so there is no value")
    .remedy("write the value itself")
    .basis(Basis::Documented("Downward API, 2021-07-15"))
    .page(include_str!("../../rules/env-resource-reference.md"));

/// A variable from a file of a volume.
pub const ENV_FILE_REFERENCE: &Rule = &Rule::error(Code::eci(1358), "env-file-reference")
    .summary("variable from a file of a volume")
    .why("the file is written by a container, and nothing on ECI reads it before another starts")
    .remedy("use a ConfigMap or a Secret")
    .basis(Basis::Inferred("neither a page nor the API mentions it"))
    .page(include_str!("../../rules/env-file-reference.md"));

pub(super) static RULES: Rules = Rules::new(&[
    ENV_NAME,
    ENV_VALUE_LONG,
    ENV_FIELD_REFERENCE,
    ENV_RESOURCE_REFERENCE,
    ENV_FILE_REFERENCE,
]);

/// Characters of a value (CreateContainerGroup, 2018-08-08).
const LONGEST: usize = 256;

/// Fields that variables can have (Obtain metadata inside a container, 2024-10-14); beside single labels and annotations.
const FIELDS: [&str; 6] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.podIP",
];

/// Fields that a virtual node of one's own knows as well.
const OWN_NODE: [&str; 3] = ["status.hostIP", "status.hostIPs", "status.podIPs"];

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    containers(pod, |container, at, _| {
        let variables = at.field("env");
        for (index, variable) in container.env.iter().flatten().enumerate() {
            let at = variables.index(index);
            if !is_name(&variable.name) {
                out.push(ENV_NAME.at(pod.place(&at.field("name"))).found(variable.name.clone()));
            }
            value(pod, variable, &at, out);
            if let Some(source) = &variable.value_from {
                let at = at.field("valueFrom");
                from(pod, source, &at, site, out);
                file_reference(pod, source, &at, out);
            }
        }
    });
    volumes(pod, site, out);
}

/// Log settings carry a key chosen by the user, which may hold hyphens.
fn is_name(name: &str) -> bool {
    let begins = name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    let fits = |byte: u8| PLAIN[usize::from(byte)] || byte == b'-' && name.starts_with("aliyun_logs_");
    begins && name.len() <= 128 && name.bytes().all(fits)
}

/// The letters, digits and underscores among the bytes.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = byte == b'_' || byte.is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

fn value(pod: &EffectivePod<'_>, variable: &EnvVar, at: &At<'_>, out: &mut Findings) {
    let Some(value) = variable.value.as_deref().filter(|value| value.len() > LONGEST) else {
        return;
    };
    let length = value.chars().count();
    if length > LONGEST {
        // The value itself may be a secret.
        let finding = ENV_VALUE_LONG.at(pod.place(&at.field("value")));
        let finding = finding.found(format!("{length} characters"));
        out.push(finding.expected(format!("at most {LONGEST}")));
    }
}

fn from(pod: &EffectivePod<'_>, source: &EnvVarSource, at: &At<'_>, site: &Site<'_>, out: &mut Findings) {
    if let Some(field) = &source.field_ref
        && !is_known(&field.field_path, site)
    {
        let reference = at.field("fieldRef");
        let finding = ENV_FIELD_REFERENCE.at(pod.place(&reference.field("fieldPath")));
        let finding = finding.found(field.field_path.clone());
        out.push(finding.expected(format!("{}, or one label or annotation", FIELDS.join(", "))));
    }
    if source.resource_field_ref.is_some() {
        resource(pod, &at.field("resourceFieldRef"), site, out);
    }
}

fn is_known(path: &str, site: &Site<'_>) -> bool {
    let is_entry = ["metadata.labels['", "metadata.annotations['"]
        .iter()
        .any(|prefix| path.starts_with(prefix) && path.ends_with("']"));
    is_entry
        || FIELDS.contains(&path)
        || site.policies.field_ref == policy::FieldRef::OwnNode && OWN_NODE.contains(&path)
}

fn resource(pod: &EffectivePod<'_>, at: &At<'_>, site: &Site<'_>, out: &mut Findings) {
    if site.policies.field_ref == policy::FieldRef::Documented {
        out.push(ENV_RESOURCE_REFERENCE.at(pod.place(at)));
    }
}

#[allow(unused_variables, reason = "the field is part of newer versions of Kubernetes only")]
fn file_reference(pod: &EffectivePod<'_>, source: &EnvVarSource, at: &At<'_>, out: &mut Findings) {
    k8s_openapi::k8s_if_ge_1_34! {
        if source.file_key_ref.is_some() {
            out.push(ENV_FILE_REFERENCE.at(pod.place(&at.field("fileKeyRef"))));
        }
    }
}

/// Resources as files of volumes.
fn volumes(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let volumes = spec.field("volumes");
    for (index, volume) in pod.volumes().iter().enumerate() {
        let at = volumes.index(index);
        if let Some(downward) = &volume.downward_api {
            let at = at.field("downwardAPI");
            let items = at.field("items");
            for (index, item) in downward.items.iter().flatten().enumerate() {
                if item.resource_field_ref.is_some() {
                    resource(pod, &items.index(index).field("resourceFieldRef"), site, out);
                }
            }
        }
        let projected = volume.projected.as_ref().and_then(|it| it.sources.as_deref());
        let at = at.field("projected");
        let sources = at.field("sources");
        for (index, source) in projected.unwrap_or_default().iter().enumerate() {
            let at = sources.index(index);
            let at = at.field("downwardAPI");
            let items = at.field("items");
            let files = source.downward_api.iter().flat_map(|it| it.items.iter().flatten());
            for (index, item) in files.enumerate() {
                if item.resource_field_ref.is_some() {
                    resource(pod, &items.index(index).field("resourceFieldRef"), site, out);
                }
            }
        }
    }
}
