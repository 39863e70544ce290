//! Arm pods: type, node and profile must come together.

use eci_model::settings::CpuArch;
use eci_model::spec::{EcsType, Family, SpecItem};
use eci_model::{EffectivePod, Findings, Origin, Severity};

use super::RouteFacts;
use crate::node;
use crate::profile::Switch;
use crate::rules::ROUTE_ARM_MISSING;

/// Judges whether Arm types, the node selector for Arm and the Arm virtual node of eci-profile come together.
///
/// Routing alone gives x86 (Schedule pods to an ARM-based virtual node, undated; Specify Arm types, 2024-11-15).
pub fn check_arm(pod: &EffectivePod<'_>, facts: &RouteFacts<'_>, out: &mut Findings) {
    let specs = pod.settings().use_specs.as_ref();
    let types = || {
        specs
            .into_iter()
            .flat_map(|specs| specs.value.iter())
            .filter_map(ecs_type)
    };
    let arm_type = types().find(|ecs| Family::of_type(ecs).is_some_and(|family| family.arch() == CpuArch::Arm64));
    let asked = pod.spec().and_then(node::asks_for_arm);
    let Some(path) = asked else {
        if let (Some(ecs), Some(specs)) = (arm_type, specs) {
            let finding = match &specs.origin {
                Origin::PodAnnotation { key } => pod.annotation_finding(ROUTE_ARM_MISSING, key),
                _ => pod.annotation_finding(ROUTE_ARM_MISSING, "k8s.aliyun.com/eci-use-specs"),
            };
            let finding = finding.title("an Arm type, and nothing asks for an Arm node");
            out.push(
                finding
                    .found(ecs.to_string())
                    .remedy("add the node selector `kubernetes.io/arch: arm64`"),
            );
        }
        return;
    };
    let place = pod.view().place_of(&path);
    let finding = || ROUTE_ARM_MISSING.at(place.clone()).found("arm64");
    if facts.profile.and_then(|profile| profile.switch(Switch::LinuxArm64Node)) == Some(false) {
        let finding = finding().title("an Arm node is asked for, and eci-profile adds none");
        out.push(finding.remedy("set `enableLinuxArm64Node: \"true\"` in eci-profile"));
    } else if arm_type.is_none() && types().next().is_some() {
        let finding = finding().title("an Arm node is asked for, and the types are none of Arm");
        out.push(finding.remedy("name an Arm type, such as `ecs.c8y.large`"));
    } else if specs.is_none() {
        let finding = finding()
            .title("an Arm node is asked for, and neither a type nor a size")
            .severity(Severity::Warning);
        out.push(finding.remedy("name an Arm type in `k8s.aliyun.com/eci-use-specs`; else the size decides"));
    }
}

fn ecs_type(item: &SpecItem) -> Option<&EcsType> {
    match item {
        SpecItem::Type(ecs) => Some(ecs),
        _ => None,
    }
}
