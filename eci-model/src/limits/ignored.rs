//! Security settings that have no counterpart and do no harm.

use k8s_openapi::api::core::v1::{PodSecurityContext, SecurityContext};

use super::containers;
use crate::finding::{Findings, Location};
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// Security settings that do nothing on ECI.
pub const PRIVILEGE_SETTING_IGNORED: &Rule = &Rule::info(Code::eci(1055), "privilege-setting-ignored")
    .summary("security settings that have no effect on ECI")
    .why("the API has no field for them; every pod is a virtual machine of its own")
    .remedy("nothing; do not rely on them on ECI")
    .basis(Basis::Inferred("the fields of CreateContainerGroup, 2018-08-08"))
    .page(include_str!("../../rules/privilege-setting-ignored.md"));

pub(super) static RULES: Rules = Rules::new(&[PRIVILEGE_SETTING_IGNORED]);

/// The settings of a pod, told once.
#[derive(Default)]
struct Ignored {
    first: Option<Location>,
    names: Vec<&'static str>,
}

impl Ignored {
    fn add(&mut self, pod: &EffectivePod<'_>, at: &At<'_>, field: &'static str, is_set: bool) {
        if !is_set {
            return;
        }
        if self.first.is_none() {
            self.first = Some(pod.place(&at.field(field)));
        }
        if !self.names.contains(&field) {
            self.names.push(field);
        }
    }
}

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let mut ignored = Ignored::default();
    let spec = At::ROOT.field("spec");
    if let Some(context) = pod.spec().and_then(|spec| spec.security_context.as_ref()) {
        whole(pod, context, &spec.field("securityContext"), site, &mut ignored);
    }
    containers(pod, |container, at, _| {
        // A privileged container has a finding of its own, beside which these do not matter.
        if let Some(context) = container
            .security_context
            .as_ref()
            .filter(|context| context.privileged != Some(true))
        {
            single(pod, context, &at.field("securityContext"), &mut ignored);
        }
    });
    if let Some(first) = ignored.first {
        let severity = match site.policies.ignored_security {
            policy::IgnoredSecurity::Info => Severity::Info,
            policy::IgnoredSecurity::Warn => Severity::Warning,
        };
        let finding = PRIVILEGE_SETTING_IGNORED.at(first).severity(severity);
        out.push(finding.found(ignored.names.join(", ")));
    }
}

fn whole(pod: &EffectivePod<'_>, context: &PodSecurityContext, at: &At<'_>, site: &Site<'_>, ignored: &mut Ignored) {
    let group_acts = site.policies.fs_group == policy::FsGroup::OnNasOnly && may_mount_nas(pod);
    let groups = context
        .supplemental_groups
        .as_ref()
        .is_some_and(|groups| !groups.is_empty());
    for (field, is_set) in [
        ("seLinuxOptions", context.se_linux_options.is_some()),
        ("seccompProfile", context.seccomp_profile.is_some()),
        ("appArmorProfile", context.app_armor_profile.is_some()),
        ("windowsOptions", context.windows_options.is_some()),
        ("fsGroup", context.fs_group.is_some() && !group_acts),
        ("supplementalGroups", groups),
    ] {
        ignored.add(pod, at, field, is_set);
    }
}

fn single(pod: &EffectivePod<'_>, context: &SecurityContext, at: &At<'_>, ignored: &mut Ignored) {
    let mount = context.proc_mount.as_deref();
    for (field, is_set) in [
        ("seLinuxOptions", context.se_linux_options.is_some()),
        ("seccompProfile", context.seccomp_profile.is_some()),
        ("appArmorProfile", context.app_armor_profile.is_some()),
        ("windowsOptions", context.windows_options.is_some()),
        ("procMount", mount.is_some_and(|mount| mount != "Default")),
        ("allowPrivilegeEscalation", context.allow_privilege_escalation.is_some()),
    ] {
        ignored.add(pod, at, field, is_set);
    }
    let dropped = context.capabilities.as_ref().and_then(|it| it.drop.as_ref());
    let is_set = dropped.is_some_and(|dropped| !dropped.is_empty());
    ignored.add(pod, &at.field("capabilities"), "drop", is_set);
}

/// Whether a volume is, or may turn out to be, one on NAS, where `fsGroup` acts.
fn may_mount_nas(pod: &EffectivePod<'_>) -> bool {
    pod.volumes().iter().any(|volume| {
        let flex = volume.flex_volume.as_ref();
        volume.nfs.is_some()
            || volume.persistent_volume_claim.is_some()
            || volume.ephemeral.is_some()
            || flex.is_some_and(|flex| flex.driver == "alicloud/nas")
    }) || !pod.view().claim_templates().is_empty()
}
