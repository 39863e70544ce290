//! How many of something a pod may have.

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy::ContainerCount;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;

/// More containers than a group can have.
pub const TOO_MANY_CONTAINERS: &Rule = &Rule::error(Code::eci(1310), "too-many-containers")
    .summary("more containers than a container group can have")
    .remedy("split the pod")
    .basis(Basis::Documented("Limits, 2024-10-18"));

/// More volumes than a group can have.
pub const TOO_MANY_VOLUMES: &Rule = &Rule::error(Code::eci(1315), "too-many-volumes")
    .summary("more volumes than a container group can have")
    .remedy("merge configuration volumes into one projected volume")
    .basis(Basis::Documented("Limits, 2024-10-18"));

pub(super) static RULES: Rules = Rules::new(&[TOO_MANY_CONTAINERS, TOO_MANY_VOLUMES]);

/// Containers and volumes of a pod, not adjustable (Limits, 2024-10-18).
const MOST: usize = 20;

pub(super) fn check(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let (init, apps, volumes) = (pod.init_containers().len(), pod.containers().len(), pod.volumes().len());
    let together = site.policies.container_count == ContainerCount::Together;
    let counts = if together {
        [
            ("containers", init + apps, TOO_MANY_CONTAINERS),
            ("initContainers", 0, TOO_MANY_CONTAINERS),
        ]
    } else {
        [
            ("containers", apps, TOO_MANY_CONTAINERS),
            ("initContainers", init, TOO_MANY_CONTAINERS),
        ]
    };
    for (field, count, rule) in counts.into_iter().chain([("volumes", volumes, TOO_MANY_VOLUMES)]) {
        if count > MOST {
            out.push(
                rule.at(pod.place(&spec.field(field)))
                    .found(count.to_string())
                    .expected(format!("at most {MOST}")),
            );
        }
    }
}
