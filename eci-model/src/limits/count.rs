//! How many of something a pod may have.

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy::{ContainerCount, TokenVolume};
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// More containers than a group can have.
pub const TOO_MANY_CONTAINERS: &Rule = &Rule::error(Code::eci(1310), "too-many-containers")
    .summary("more containers than a container group can have")
    .why("the limit is 20, and it cannot be raised")
    .remedy("split the pod")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/too-many-containers.md"));

/// More volumes than a group can have.
pub const TOO_MANY_VOLUMES: &Rule = &Rule::error(Code::eci(1315), "too-many-volumes")
    .summary("more volumes than a container group can have")
    .why("the limit is 20, and it cannot be raised")
    .remedy("merge configuration volumes into one projected volume")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/too-many-volumes.md"));

pub(super) static RULES: Rules = Rules::new(&[TOO_MANY_CONTAINERS, TOO_MANY_VOLUMES]);

/// Containers and volumes of a pod, not adjustable (Limits, 2024-10-18).
const MOST: usize = 20;

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let (init, apps) = (pod.init_containers().len(), pod.containers().len());
    let counts = match site.policies.container_count {
        ContainerCount::Together => [("containers", init + apps), ("initContainers", 0)],
        ContainerCount::Separate => [("containers", apps), ("initContainers", init)],
    };
    for (field, count) in counts.into_iter().filter(|(_, count)| *count > MOST) {
        let finding = TOO_MANY_CONTAINERS.at(pod.place(&spec.field(field)));
        out.push(finding.found(count.to_string()).expected(format!("at most {MOST}")));
    }
    volumes(pod, site, out);
}

fn volumes(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let own = pod.volumes().len() + pod.view().claim_templates().len();
    let gets_token = site.policies.token_volume == TokenVolume::Counted && will_get_token(pod, site);
    if own + usize::from(gets_token) <= MOST {
        return;
    }
    let spec = At::ROOT.field("spec");
    let finding = TOO_MANY_VOLUMES.at(pod.place(&spec.field("volumes")));
    let finding = finding.found(own.to_string());
    out.push(if own > MOST {
        finding.expected(format!("at most {MOST}"))
    } else {
        let finding = finding.severity(Severity::Warning);
        let finding = finding.expected(format!("at most {}, beside the service-account token", MOST - 1));
        finding.remedy(
            "set `automountServiceAccountToken: false`, or merge configuration volumes into one projected volume",
        )
    });
}

/// Admission adds the volume of the token to every pod that does not opt out.
fn will_get_token(pod: &EffectivePod<'_>, site: &Site<'_>) -> bool {
    let opts_out = pod
        .spec()
        .is_some_and(|spec| spec.automount_service_account_token == Some(false));
    let has_it = pod
        .volumes()
        .iter()
        .any(|volume| volume.name.starts_with("kube-api-access-"));
    let was_admitted = site.live && !pod.view().is_template();
    !opts_out && !has_it && !was_admitted
}
