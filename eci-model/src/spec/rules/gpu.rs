//! GPUs and local disks: the type must be named, and its counts must hold.

use k8s_openapi::api::core::v1::Container;

use super::{Case, all_containers, key};
use crate::finding::{FindingBuilder, Findings, Location};
use crate::path::At;
use crate::quantity::Quantity;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::spec::{EcsType, Family, FamilyKind};

const GPU_PAGE: &str = "Specify GPU types to create a pod, 2025-03-21";
const DISK_PAGE: &str = "Specify local-disk types to create a pod, 2024-11-05";
const GPU: &str = "nvidia.com/gpu";
const LOCAL_RAID: &str = "LocalRaid0";

/// A GPU type, and no container that asks for a GPU.
pub const GPU_COUNT_MISSING: &Rule = &Rule::error(Code::eci(5050), "gpu-count-missing")
    .summary("a GPU type is named and no container has a limit of `nvidia.com/gpu`")
    .why("the pod reports an error after its start")
    .remedy("set the limit `nvidia.com/gpu` in a container")
    .basis(Basis::Documented(GPU_PAGE))
    .page(include_str!("../../../rules/gpu-count-missing.md"));

/// A container asks for a GPU, and no GPU type is named.
pub const GPU_TYPE_MISSING: &Rule = &Rule::error(Code::eci(5052), "gpu-type-missing")
    .summary("a container asks for GPUs and no GPU type is named")
    .why("sizes of vCPU and memory have no GPUs")
    .remedy("name a GPU type in `k8s.aliyun.com/eci-use-specs`, such as `ecs.gn6i-c4g1.xlarge`")
    .basis(Basis::Inferred(GPU_PAGE))
    .page(include_str!("../../../rules/gpu-type-missing.md"));

/// Containers share GPUs.
pub const GPU_SHARED: &Rule = &Rule::info(Code::eci(5053), "gpu-shared")
    .summary("the containers ask for more GPUs together than the type has, and share them")
    .why("counts of containers do not add up on ECI: each container sees the GPUs of the instance")
    .remedy("nothing, if the containers may share; else a type with more GPUs and one container")
    .basis(Basis::Documented(GPU_PAGE))
    .page(include_str!("../../../rules/gpu-shared.md"));

/// A container asks for more GPUs than there are.
pub const GPU_COUNT_OVER_TYPE: &Rule = &Rule::error(Code::eci(5054), "gpu-count-over-type")
    .summary("a container asks for more GPUs than the named type has")
    .why("the instance cannot give them")
    .remedy("ask for fewer, or name a type with more GPUs")
    .basis(Basis::Documented(GPU_PAGE))
    .page(include_str!("../../../rules/gpu-count-over-type.md"));

/// A driver that is replaced, or that the family does not have.
pub const GPU_DRIVER_VERSION: &Rule = &Rule::warning(Code::eci(5056), "gpu-driver-version")
    .summary("GPU driver that the type does not offer")
    .why("another driver runs than the one that is written")
    .remedy("write `tesla=535`, or leave the annotation out")
    .basis(Basis::Documented(GPU_PAGE))
    .page(include_str!("../../../rules/gpu-driver-version.md"));

/// A driver without a GPU.
pub const GPU_DRIVER_WITHOUT_GPU: &Rule = &Rule::warning(Code::eci(5058), "gpu-driver-without-gpu")
    .summary("a GPU driver is chosen and no GPU type is named")
    .why("the annotation does nothing")
    .remedy("drop it, or name a GPU type in `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented(GPU_PAGE))
    .page(include_str!("../../../rules/gpu-driver-without-gpu.md"));

/// Local disks that nothing mounts.
pub const LOCAL_DISK_NOT_USED: &Rule = &Rule::info(Code::eci(5060), "local-disk-not-used")
    .summary("a type with local disks is named and no volume uses them")
    .why("the disks are paid for with the type and stay empty")
    .remedy("mount an emptyDir with medium `LocalRaid0`, or name a type without local disks")
    .basis(Basis::Documented(DISK_PAGE))
    .page(include_str!("../../../rules/local-disk-not-used.md"));

/// A volume on local disks that no type has.
pub const LOCAL_DISK_TYPE_MISSING: &Rule = &Rule::error(Code::eci(5062), "local-disk-type-missing")
    .summary("an emptyDir with medium `LocalRaid0` and no type with local disks")
    .why("there are no disks to make it of")
    .remedy(
        "name a type with local disks in `k8s.aliyun.com/eci-use-specs`, such as `ecs.i2.xlarge`, or drop the medium",
    )
    .basis(Basis::Documented(DISK_PAGE))
    .page(include_str!("../../../rules/local-disk-type-missing.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    GPU_COUNT_MISSING,
    GPU_TYPE_MISSING,
    GPU_SHARED,
    GPU_COUNT_OVER_TYPE,
    GPU_DRIVER_VERSION,
    GPU_DRIVER_WITHOUT_GPU,
    LOCAL_DISK_NOT_USED,
    LOCAL_DISK_TYPE_MISSING,
]);

pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    counts(case, out);
    driver(case, out);
    local_disks(case, out);
}

/// The types of the list that are of a family, and whether a family is unknown and may be one, too.
struct Named<'c> {
    types: Vec<(usize, &'c EcsType)>,
    unknown: bool,
}

impl<'c> Named<'c> {
    fn of(case: &Case<'c>, is_one: impl Fn(&Family) -> bool) -> Self {
        let mut named = Self {
            types: Vec::new(),
            unknown: false,
        };
        for (index, ecs) in case.types() {
            match Family::of_type(ecs) {
                Some(family) if is_one(family) => named.types.push((index, ecs)),
                Some(_) => {}
                None => named.unknown = true,
            }
        }
        named
    }
}

fn counts(case: &Case<'_>, out: &mut Findings) {
    let asked = all_containers(case.pod).filter_map(|(field, index, container)| Some((field, index, gpus(container)?)));
    let mut asked = asked.peekable();
    let named = case.types().next().is_some().then(|| Named::of(case, Family::is_gpu));
    let types = named.as_ref().map(|named| named.types.as_slice()).unwrap_or_default();
    if asked.peek().is_none() {
        if let Some((index, ecs)) = types.first() {
            out.push(
                case.at_item_of(GPU_COUNT_MISSING, key::USE_SPECS, *index)
                    .found(ecs.to_string()),
            );
        }
        return;
    }
    let unknown = named.as_ref().is_some_and(|named| named.unknown);
    if types.is_empty() {
        for (field, index, count) in asked.filter(|_| !unknown) {
            out.push(
                GPU_TYPE_MISSING
                    .at(limit_place(case, field, index))
                    .found(count.to_string()),
            );
        }
        return;
    }
    let counts: Vec<_> = asked.collect();
    if !over_type(case, types, unknown, &counts, out) {
        shared(case, types, &counts, out);
    }
}

/// Tells containers that ask for more than types have; whether there was one.
fn over_type(
    case: &Case<'_>,
    types: &[(usize, &EcsType)],
    unknown: bool,
    counts: &[(&'static str, usize, u64)],
    out: &mut Findings,
) -> bool {
    let known = || types.iter().filter_map(|(_, ecs)| ecs.gpus().map(|gpus| (*ecs, gpus)));
    let all_known = !unknown && known().count() == types.len();
    let before = out.len();
    for (field, index, count) in counts {
        let Some((smallest, least)) = known().min_by_key(|(_, gpus)| *gpus) else {
            continue;
        };
        if *count <= least {
            continue;
        }
        let none_has_them = all_known && known().all(|(_, gpus)| gpus < *count);
        let finding = GPU_COUNT_OVER_TYPE
            .at(limit_place(case, field, *index))
            .found(count.to_string());
        let finding = finding.expected(format!("at most {least}, the GPUs of `{smallest}`"));
        out.push(if none_has_them {
            finding
        } else {
            finding
                .severity(Severity::Warning)
                .note("another type of the list may have as many; this one cannot be taken")
        });
    }
    out.len() > before
}

fn shared(case: &Case<'_>, types: &[(usize, &EcsType)], counts: &[(&'static str, usize, u64)], out: &mut Findings) {
    let applications = counts.iter().filter(|(field, ..)| *field == "containers");
    let sum: u64 = applications.map(|(.., count)| *count).fold(0, u64::saturating_add);
    let known = types.iter().filter_map(|(_, ecs)| Some((*ecs, ecs.gpus()?)));
    if let Some((ecs, gpus)) = known.min_by_key(|(_, gpus)| *gpus).filter(|(_, gpus)| sum > *gpus) {
        let finding = case.at_containers(GPU_SHARED).found(format!("{sum} together"));
        out.push(finding.note(format!("`{ecs}` has {gpus}")));
    }
}

fn driver(case: &Case<'_>, out: &mut Findings) {
    let Some(driver) = &case.settings().gpu_driver else {
        return;
    };
    let named = Named::of(case, Family::is_gpu);
    let found = |finding: FindingBuilder| finding.found(driver.value.to_string());
    if named.types.is_empty() {
        if !named.unknown {
            out.push(found(case.at_key(GPU_DRIVER_WITHOUT_GPU, key::DRIVER)));
        }
        return;
    }
    if (driver.value.kind(), driver.value.major()) == ("tesla", Some(525)) {
        let finding = case.at_key(GPU_DRIVER_VERSION, key::DRIVER);
        out.push(found(finding).expected("`tesla=535`, which is served in its place"));
        return;
    }
    for (_, ecs) in &named.types {
        let Some(family) = Family::of_type(ecs) else { continue };
        let (kind, majors) = drivers(family);
        let offered = driver.value.kind() == kind && driver.value.major().is_some_and(|major| majors.contains(&major));
        if !offered {
            let majors: Vec<String> = majors.iter().map(|major| format!("`{kind}={major}`")).collect();
            let finding = found(case.at_key(GPU_DRIVER_VERSION, key::DRIVER));
            out.push(finding.expected(format!("one of {} for `{ecs}`", majors.join(", "))));
            return;
        }
    }
}

/// The drivers of a GPU family, the default first.
fn drivers(family: &Family) -> (&'static str, &'static [u16]) {
    match (family.kind(), family.name()) {
        (FamilyKind::VGpu, _) => ("grid", &[470]),
        (_, "gn8ia" | "gn8is") => ("tesla", &[535, 550]),
        _ => ("tesla", &[470, 535, 550]),
    }
}

fn local_disks(case: &Case<'_>, out: &mut Findings) {
    let volumes = case.pod.volumes().iter().enumerate();
    let mut local = volumes.filter(|(_, volume)| {
        let medium = volume.empty_dir.as_ref().and_then(|source| source.medium.as_deref());
        medium == Some(LOCAL_RAID)
    });
    let first = local.next();
    if first.is_none() && case.types().next().is_none() {
        return;
    }
    let named = Named::of(case, Family::has_local_disk);
    match (first, named.types.first()) {
        (None, Some((index, ecs))) => {
            let finding = case.at_item_of(LOCAL_DISK_NOT_USED, key::USE_SPECS, *index);
            out.push(finding.found(ecs.to_string()));
        }
        (Some(first), None) => {
            for (index, _) in std::iter::once(first).chain(local) {
                let spec = At::ROOT.field("spec");
                let list = spec.field("volumes");
                let volume = list.index(index);
                let source = volume.field("emptyDir");
                let finding = LOCAL_DISK_TYPE_MISSING.at(case.pod.place(&source.field("medium")));
                let severity = if named.unknown {
                    Severity::Warning
                } else {
                    Severity::Error
                };
                out.push(finding.found(LOCAL_RAID).severity(severity));
            }
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
}

/// How many GPUs a container asks for, if any.
fn gpus(container: &Container) -> Option<u64> {
    let limits = container.resources.as_ref()?.limits.as_ref()?;
    let count = limits.get(GPU)?.0.parse::<Quantity>().and_then(Quantity::count).ok()?;
    (count > 0).then_some(count)
}

fn limit_place(case: &Case<'_>, field: &'static str, index: usize) -> Location {
    let spec = At::ROOT.field("spec");
    let list = spec.field(field);
    let container = list.index(index);
    let resources = container.field("resources");
    let limits = resources.field("limits");
    case.pod.place(&limits.key(GPU))
}
