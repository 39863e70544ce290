//! Privileges that containers cannot have.

use k8s_openapi::api::core::v1::Container;

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// `privileged: true` in a container.
pub const PRIVILEGED: &Rule = &Rule::error(Code::eci(1050), "privileged")
    .summary("privileged container")
    .why("privileged containers are a limited test, granted by ticket")
    .remedy("add the single capabilities that are needed")
    .basis(Basis::Documented("Overview of ECI pods, 2024-02-01"));

/// A capability that cannot be added.
pub const CAPABILITY_NOT_AVAILABLE: &Rule = &Rule::error(Code::eci(1060), "capability-not-available")
    .summary("capability that cannot be added")
    .remedy("choose from the list of capabilities")
    .basis(Basis::Documented("Security context, 2026-03-31"));

/// A user setting that init containers cannot have.
pub const INIT_CONTAINER_SECURITY: &Rule = &Rule::warning(Code::eci(1070), "init-container-security")
    .summary("init container with a group or a non-root check")
    .why("the API has these two for ordinary containers only, so they are left out")
    .remedy("set the user in the image, or `runAsUser`, which init containers do take")
    .basis(Basis::Documented("Security context, 2024-08-13"));

pub(super) static RULES: Rules = Rules::new(&[PRIVILEGED, CAPABILITY_NOT_AVAILABLE, INIT_CONTAINER_SECURITY]);

/// Capabilities that may be added (Security context, 2026-03-31).
const PAGE: [&str; 17] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FSETID",
    "FOWNER",
    "KILL",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETGID",
    "SETUID",
    "SETFCAP",
    "SETPCAP",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_RAWIO",
];

/// Those that the API metadata of 2024 names.
const METADATA: [&str; 2] = ["NET_ADMIN", "NET_RAW"];

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    for (field, containers) in [
        ("initContainers", pod.init_containers()),
        ("containers", pod.containers()),
    ] {
        let at = spec.field(field);
        for (index, item) in containers.iter().enumerate() {
            container(pod, item, &at.index(index), site, out);
        }
    }
    init_containers(pod, out);
}

fn init_containers(pod: &EffectivePod<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let containers = spec.field("initContainers");
    for (index, container) in pod.init_containers().iter().enumerate() {
        let Some(context) = &container.security_context else {
            continue;
        };
        let at = containers.index(index);
        let at = at.field("securityContext");
        for (field, is_set) in [
            ("runAsGroup", context.run_as_group.is_some()),
            ("runAsNonRoot", context.run_as_non_root == Some(true)),
        ] {
            if is_set {
                out.push(INIT_CONTAINER_SECURITY.at(pod.place(&at.field(field))));
            }
        }
    }
}

fn container(pod: &EffectivePod<'_>, container: &Container, at: &At<'_>, site: &Site<'_>, out: &mut Findings) {
    let Some(context) = &container.security_context else {
        return;
    };
    let at = at.field("securityContext");
    if context.privileged == Some(true) {
        let severity = match site.policies.privileged {
            policy::Privileged::Granted => Severity::Warning,
            policy::Privileged::Refuse => Severity::Error,
        };
        out.push(
            PRIVILEGED
                .at(pod.place(&at.field("privileged")))
                .severity(severity)
                .found("true"),
        );
    }
    let available: &[&str] = match site.policies.capabilities {
        policy::Capabilities::PodPage => &PAGE,
        policy::Capabilities::ApiMetadata => &METADATA,
    };
    let capabilities = at.field("capabilities");
    let added = capabilities.field("add");
    let names = context
        .capabilities
        .as_ref()
        .and_then(|capabilities| capabilities.add.as_deref());
    for (index, name) in names.unwrap_or_default().iter().enumerate() {
        let upper = name.to_ascii_uppercase();
        let plain = upper.strip_prefix("CAP_").unwrap_or(&upper);
        if !available.contains(&plain) {
            let finding = CAPABILITY_NOT_AVAILABLE.at(pod.place(&added.index(index)));
            out.push(
                finding
                    .found(name.clone())
                    .expected(format!("one of {}", available.join(", "))),
            );
        }
    }
}
