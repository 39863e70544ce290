//! Kernel settings of a pod.

use std::borrow::Cow;

use k8s_openapi::api::core::v1::Sysctl;

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::quantity::Memory;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// A kernel setting that pods cannot have.
pub const SYSCTL_NOT_AVAILABLE: &Rule = &Rule::error(Code::eci(1065), "sysctl-not-available")
    .summary("kernel setting that pods cannot have")
    .why("only some settings of shared memory, messages and the network can be set by a pod")
    .remedy("ask for it by ticket, and use the annotation `k8s.aliyun.com/eci-host-sysctls`")
    .basis(Basis::Documented("Security context, 2026-03-31"))
    .page(include_str!("../../rules/sysctl-not-available.md"));

/// A kernel setting that a page allows and the API does not have.
pub const SYSCTL_WITHOUT_API_FIELD: &Rule = &Rule::warning(Code::eci(1066), "sysctl-without-api-field")
    .summary("kernel setting on which page and API disagree")
    .why("the page of pods allows it, the lists of the API leave it out, so it may not be set")
    .remedy("do without it, or look at the value inside the container")
    .basis(Basis::Documented(
        "Security context, 2024-08-13, against the API of 2025-09",
    ))
    .page(include_str!("../../rules/sysctl-without-api-field.md"));

/// Memory that the kernel keeps for itself.
pub const MIN_FREE_KBYTES_HIGH: &Rule = &Rule::warning(Code::eci(1068), "min-free-kbytes-high")
    .summary("more memory kept free than is advised")
    .why("above a fifth of the memory the kernel may reclaim all the time, or end processes")
    .remedy("lower it, or ask for more memory")
    .basis(Basis::Documented("Security context, 2024-08-13"))
    .page(include_str!("../../rules/min-free-kbytes-high.md"));

pub(super) static RULES: Rules = Rules::new(&[SYSCTL_NOT_AVAILABLE, SYSCTL_WITHOUT_API_FIELD, MIN_FREE_KBYTES_HIGH]);

/// What the page of pods allows (Security context, 2026-03-31); an end of `*` stands for anything.
const ALLOWED: [&str; 6] = [
    "kernel.shm*",
    "kernel.msg*",
    "kernel.sem",
    "fs.mqueue.*",
    "net.*",
    MIN_FREE,
];

const MIN_FREE: &str = "vm.min_free_kbytes";

/// What it excludes from that.
const EXCLUDED: &str = "net.ipv4.tcp_syncookies";

/// What it allows and the API leaves out.
const NO_FIELD: [&str; 2] = ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range"];

fn sysctls<'a>(pod: &EffectivePod<'a>) -> &'a [Sysctl] {
    let context = pod.spec().and_then(|spec| spec.security_context.as_ref());
    context
        .and_then(|context| context.sysctls.as_deref())
        .unwrap_or_default()
}

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let context = spec.field("securityContext");
    let list = context.field("sysctls");
    for (index, sysctl) in sysctls(pod).iter().enumerate() {
        let at = list.index(index);
        let at = at.field("name");
        let name = dotted(&sysctl.name);
        if !is_allowed(&name) {
            let finding = SYSCTL_NOT_AVAILABLE.at(pod.place(&at)).found(sysctl.name.clone());
            let host = pod.settings().host_sysctls.as_ref();
            let is_granted = host.is_some_and(|given| given.value.iter().any(|host| host.name == *name));
            out.push(if is_granted {
                let finding = finding.severity(Severity::Info);
                finding
                    .note("the annotation `k8s.aliyun.com/eci-host-sysctls` sets it too, which needs a granted ticket")
            } else {
                finding.expected(format!("one of {}", ALLOWED.join(", ")))
            });
        } else if NO_FIELD.contains(&&*name) && site.policies.sysctl == policy::Sysctl::WarnNoField {
            let finding = SYSCTL_WITHOUT_API_FIELD.at(pod.place(&at));
            out.push(finding.found(sysctl.name.clone()));
        }
    }
}

/// Kubernetes takes slashes between the parts of a name too.
fn dotted(name: &str) -> Cow<'_, str> {
    if name.contains('/') {
        Cow::Owned(name.replace('/', "."))
    } else {
        Cow::Borrowed(name)
    }
}

fn is_allowed(name: &str) -> bool {
    let fits = |pattern: &&str| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *pattern,
    };
    name != EXCLUDED && ALLOWED.iter().any(fits)
}

/// Judges what depends on the memory that is planned.
pub(super) fn sized(pod: &EffectivePod<'_>, memory: Memory, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let context = spec.field("securityContext");
    let list = context.field("sysctls");
    for (index, sysctl) in sysctls(pod).iter().enumerate() {
        let kib = sysctl.value.trim().parse::<u64>();
        let Some(kib) = kib.ok().filter(|_| dotted(&sysctl.name) == MIN_FREE) else {
            continue;
        };
        let most = memory.bytes() / 1024 / 5;
        if kib > most {
            let at = list.index(index);
            let finding = MIN_FREE_KBYTES_HIGH.at(pod.place(&at.field("value")));
            let finding = finding.found(sysctl.value.clone());
            out.push(finding.expected(format!("at most {most}, a fifth of {memory}")));
        }
    }
}
