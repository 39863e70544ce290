//! Pulling: policies, and the Secrets that open registries.

use super::{Scene, Used};
use crate::finding::Findings;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules, Severity};

/// An image that is never pulled and that no cache brings.
pub const PULL_NEVER: &Rule = &Rule::warning(Code::eci(6018), "pull-never")
    .summary("the image is never pulled, and no image cache can bring it")
    .why("an instance begins without images: there is no node that could have it already")
    .remedy("write `imagePullPolicy: IfNotPresent`")
    .basis(Basis::Inferred("Configure the image of a container, 2025-01-14"))
    .page(include_str!("../../../rules/pull-never.md"));

/// An image that is pulled although a cache brings it.
pub const PULL_ALWAYS_WITH_CACHE: &Rule = &Rule::info(Code::eci(6019), "pull-always-with-cache")
    .summary("the image is pulled at each start although an image cache is used")
    .why("with a fixed tag the cache holds the same image; asking the registry again takes time")
    .remedy("write `imagePullPolicy: IfNotPresent`")
    .basis(Basis::Documented(
        "Use ImageCache to accelerate pod creation, 2024-09-24",
    ))
    .page(include_str!("../../../rules/pull-always-with-cache.md"));

/// Two who give credentials.
pub const ACR_HELPER_CONFLICT: &Rule = &Rule::warning(Code::eci(6024), "acr-helper-conflict")
    .summary("secrets written by hand where the managed credential helper writes them")
    .why("images cannot be pulled with both")
    .remedy("drop `imagePullSecrets`, or take the namespace from the helper")
    .basis(Basis::Documented(
        "Managed credential helper of the container registry, 2026-02-23",
    ))
    .page(include_str!("../../../rules/acr-helper-conflict.md"));

/// A Secret that opens no registry.
pub const PULL_SECRET_KIND: &Rule = &Rule::error(Code::eci(6032), "pull-secret-kind")
    .summary("the Secret opens no registry")
    .why("it must be of type `kubernetes.io/dockerconfigjson` or `kubernetes.io/dockercfg`, with user and password or `auth`")
    .remedy("make it with `kubectl create secret docker-registry`")
    .basis(Basis::Inferred("the request takes server, user and password (CreateContainerGroup, 2018-08-08)"))
    .page(include_str!("../../../rules/pull-secret-kind.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    PULL_NEVER,
    PULL_ALWAYS_WITH_CACHE,
    ACR_HELPER_CONFLICT,
    PULL_SECRET_KIND,
]);

pub(super) fn policy(scene: &Scene<'_>, used: &Used<'_>, out: &mut Findings) {
    let is_named = scene.pod.settings().image_cache.is_some();
    let (is_matched, is_said) = scene.is_matched();
    let is_fixed = used.reference.as_ref().is_ok_and(|image| !image.is_latest());
    match used.container.image_pull_policy.as_deref() {
        Some("Never") if !is_named && !is_matched => {
            out.push(scene.at(PULL_NEVER, used, "imagePullPolicy").found("Never"));
        }
        Some("Always") if (is_named || (is_matched && is_said)) && is_fixed => {
            out.push(
                scene
                    .at(PULL_ALWAYS_WITH_CACHE, used, "imagePullPolicy")
                    .found("Always"),
            );
        }
        _ => {}
    }
}

pub(super) fn secrets(scene: &Scene<'_>, out: &mut Findings) {
    let spec = scene.pod.spec().and_then(|spec| spec.image_pull_secrets.as_deref());
    let Some(secrets) = spec.filter(|secrets| !secrets.is_empty()) else {
        return;
    };
    let namespace = scene.pod.view().namespace();
    let spec = At::ROOT.field("spec");
    let list = spec.field("imagePullSecrets");
    // On a living pod the service account, and so the helper itself, has added its own.
    if scene.images.helper_namespaces.contains(namespace) && !scene.site.live {
        out.push(
            ACR_HELPER_CONFLICT
                .at(scene.pod.place(&list))
                .found(namespace.to_owned()),
        );
    }
    for (index, secret) in secrets.iter().enumerate() {
        let at = list.index(index);
        let finding = || {
            PULL_SECRET_KIND
                .at(scene.pod.place(&at.field("name")))
                .found(secret.name.clone())
        };
        match scene.known.secret(namespace, &secret.name) {
            Some(digest) if !digest.is_for_registries() => {
                out.push(finding().note(format!("it is of type `{}`", digest.kind)));
            }
            Some(digest) if !digest.opens_registry => {
                out.push(finding().note("no entry in it has user and password, or `auth`"));
            }
            None if scene.known.is_complete() => {
                let missing = finding().severity(Severity::Warning).title("the Secret does not exist");
                out.push(missing.note("the pod is created without it, as Kubernetes does"));
            }
            _ => {}
        }
    }
}
