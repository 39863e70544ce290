//! Privileges that containers cannot have.

use k8s_openapi::api::core::v1::{Container, SecurityContext};

use super::containers;
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
    .basis(Basis::Documented("Overview of ECI pods, 2024-02-01"))
    .page(include_str!("../../rules/privileged.md"));

/// A capability that cannot be added.
pub const CAPABILITY_NOT_AVAILABLE: &Rule = &Rule::error(Code::eci(1060), "capability-not-available")
    .summary("capability that cannot be added")
    .why("seventeen capabilities can be added; SYS_ADMIN is none of them")
    .remedy("choose from the list of capabilities")
    .basis(Basis::Documented("Security context, 2026-03-31"))
    .page(include_str!("../../rules/capability-not-available.md"));

/// A capability that is granted by ticket.
pub const CAPABILITY_BY_TICKET: &Rule = &Rule::warning(Code::eci(1061), "capability-by-ticket")
    .summary("capability that is granted by ticket only")
    .why("without the grant the pod is refused")
    .remedy("ask for it by ticket")
    .basis(Basis::Documented("Security context, 2026-03-31"))
    .page(include_str!("../../rules/capability-by-ticket.md"));

/// A user setting that init containers cannot have.
pub const INIT_CONTAINER_SECURITY: &Rule = &Rule::warning(Code::eci(1070), "init-container-security")
    .summary("init container with a group or a non-root check")
    .why("the API has these two for ordinary containers only, so they are left out")
    .remedy("set the user in the image, or `runAsUser`, which init containers do take")
    .basis(Basis::Documented("Security context, 2024-08-13"))
    .page(include_str!("../../rules/init-container-security.md"));

/// A file system that should be writable.
pub const READ_ONLY_ROOT: &Rule = &Rule::info(Code::eci(1075), "read-only-root")
    .summary("root file system that is written out as writable")
    .why("the API describes `true` as the only value, although samples of the platform write to the root")
    .remedy("leave it out, or set it to true and write to volumes")
    .basis(Basis::Documented("Security context, 2026-03-31"))
    .page(include_str!("../../rules/read-only-root.md"));

/// Families before and after that of settings without effect.
pub(super) static PRIVILEGED_RULES: Rules = Rules::new(&[PRIVILEGED]);
pub(super) static RULES: Rules = Rules::new(&[CAPABILITY_NOT_AVAILABLE, CAPABILITY_BY_TICKET]);
pub(super) static ROOT_RULES: Rules = Rules::new(&[INIT_CONTAINER_SECURITY, READ_ONLY_ROOT]);

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
    containers(pod, |item, at, _| container(pod, item, at, site, out));
    init_containers(pod, out);
}

fn init_containers(pod: &EffectivePod<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let containers = spec.field("initContainers");
    for (index, container) in pod.init_containers().iter().enumerate() {
        let Some(context) = &container.security_context else {
            continue;
        };
        if container.restart_policy.as_deref() == Some("Always") {
            // It runs as an ordinary container, which a rule of its own tells.
            continue;
        }
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
    if context.read_only_root_filesystem == Some(false) {
        let finding = READ_ONLY_ROOT.at(pod.place(&at.field("readOnlyRootFilesystem")));
        out.push(finding.found("false"));
    }
    capabilities(pod, context, &at, site, out);
}

fn capabilities(pod: &EffectivePod<'_>, context: &SecurityContext, at: &At<'_>, site: &Site<'_>, out: &mut Findings) {
    let (available, by_ticket): (&[&str], &str) = match site.policies.capabilities {
        policy::Capabilities::PodPage => (&PAGE, "SYS_RAWIO"),
        policy::Capabilities::ApiMetadata => (&METADATA, "NET_RAW"),
    };
    let capabilities = at.field("capabilities");
    let added = capabilities.field("add");
    let names = context.capabilities.as_ref().and_then(|it| it.add.as_deref());
    for (index, name) in names.unwrap_or_default().iter().enumerate() {
        let upper = name.to_ascii_uppercase();
        let plain = upper.strip_prefix("CAP_").unwrap_or(&upper);
        if !available.contains(&plain) {
            let finding = CAPABILITY_NOT_AVAILABLE.at(pod.place(&added.index(index)));
            let finding = finding.found(name.clone());
            out.push(finding.expected(format!("one of {}", available.join(", "))));
        } else if plain == by_ticket {
            let finding = CAPABILITY_BY_TICKET.at(pod.place(&added.index(index)));
            out.push(finding.found(name.clone()));
        }
    }
}
