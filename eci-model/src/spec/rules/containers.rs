//! What containers ask for: nothing, one side only, in two ways, more than the pod has.

use k8s_openapi::api::core::v1::{Container, ResourceRequirements};

use super::{Case, all_containers, key};
use crate::finding::Findings;
use crate::path::At;
use crate::quantity::{Cpu, Memory, Quantity};
use crate::rule::{Basis, Code, Rule, Rules};
use crate::settings::ComputeCategory;
use crate::spec::ask::{Needs, is_ignored, is_sidecar};
use crate::spec::{Asked, Size, SpecItem};

const PAGE: &str = "Specify vCPU and memory to create a pod, 2025-01-14";
const IGNORE_PAGE: &str = "Ignore specific containers when the system adjusts resources, 2024-02-01";

/// Nothing is asked for, so the default size is billed.
pub const SIZE_DEFAULT: &Rule = &Rule::info(Code::eci(5012), "size-default")
    .summary("the pod asks for no size and gets 2 vCPU 4 GiB")
    .why("a size nobody chose is paid for by the second, and may be too small or too large")
    .remedy("set requests or limits on the containers, or `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/size-default.md"));

/// Limits and requests differ, and only limits count.
pub const SIZE_REQUESTS_IGNORED: &Rule = &Rule::info(Code::eci(5014), "size-requests-ignored")
    .summary("requests do not count, because limits are given")
    .why("the instance is as large as the limits together and is paid for by its size")
    .remedy("set `k8s.aliyun.com/eci-use-specs`, or lower the limits to what is needed")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/size-requests-ignored.md"));

/// A size of `eci-use-specs` is smaller than what the containers request.
pub const SIZE_USE_SPECS_SMALL: &Rule = &Rule::warning(Code::eci(5016), "size-use-specs-small")
    .summary("a size of `k8s.aliyun.com/eci-use-specs` is smaller than what the containers request together")
    .why("the containers share less than they ask for, and may be killed for lack of memory")
    .remedy("name a larger size, or make the containers smaller")
    .basis(Basis::Inferred(
        "Specify vCPU and memory to create a pod, 2025-01-14: the annotation beats the sum",
    ))
    .page(include_str!("../../../rules/size-use-specs-small.md"));

/// Only CPU or only memory is asked for.
pub const SIZE_ONE_SIDED: &Rule = &Rule::info(Code::eci(5018), "size-one-sided")
    .summary("only CPU or only memory is asked for, and the grid gives the other")
    .why("no page says what is given then; the smallest size that holds the one is assumed")
    .remedy("give both CPU and memory")
    .basis(Basis::Ours(
        "no page covers it: the missing resource counts as nothing and takes what the grid gives",
    ))
    .page(include_str!("../../../rules/size-one-sided.md"));

/// Some containers have limits, others only requests.
pub const SIZE_MIXED: &Rule = &Rule::info(Code::eci(5020), "size-mixed")
    .summary("some containers have limits and others only requests")
    .why("pages speak of pods that have the one or the other; of each container the limit, else the request is assumed to count")
    .remedy("write all containers alike")
    .basis(Basis::Ours("no page covers it: of each container and resource the limit counts, else the request"))
    .page(include_str!("../../../rules/size-mixed.md"));

/// No size of the grid holds what is asked.
pub const SIZE_TOO_LARGE: &Rule = &Rule::error(Code::eci(5022), "size-too-large")
    .summary("no size holds what the pod asks for")
    .why("the instance cannot be created")
    .remedy("name an ECS type in `k8s.aliyun.com/eci-use-specs`, or split the pod")
    .basis(Basis::Inferred(
        "Specify vCPU and memory to create a pod, 2025-01-14: 64 vCPU 512 GiB is the largest size; no page says what happens above it",
    ))
    .page(include_str!("../../../rules/size-too-large.md"));

/// An init container needs more than the others together.
pub const SIZE_INIT_LARGER: &Rule = &Rule::info(Code::eci(5024), "size-init-larger")
    .summary("an init container needs more than all other containers together, and so decides the size")
    .why("what is needed for a short time is paid for as long as the pod runs")
    .remedy("lower what the init container asks for")
    .basis(Basis::Ours(
        "no page mentions init containers in sizing; the rule of Kubernetes is taken",
    ))
    .page(include_str!("../../../rules/size-init-larger.md"));

/// A container may use more than the whole pod has.
pub const SIZE_CONTAINER_OVER_POD: &Rule = &Rule::error(Code::eci(5028), "size-container-over-pod")
    .summary("a container asks for more than the pod has")
    .why("containers must fit into the instance")
    .remedy("raise the size of the pod, or lower what the container asks for")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/size-container-over-pod.md"));

/// Containers are left out of the sum.
pub const RESOURCE_IGNORED: &Rule = &Rule::info(Code::eci(5080), "resource-ignored")
    .summary("containers are left out of the size by `__ECI_RESOURCE_IGNORE__`")
    .why("they still run and share what the others have")
    .remedy("nothing, if the others have room to spare; else remove the variable")
    .basis(Basis::Documented(IGNORE_PAGE))
    .page(include_str!("../../../rules/resource-ignored.md"));

/// Every container is left out of the sum.
pub const RESOURCE_IGNORED_ALL: &Rule = &Rule::warning(Code::eci(5081), "resource-ignored-all")
    .summary("every container with resources is left out of the size, so that nothing is left to sum")
    .why("the pod gets the default of 2 vCPU 4 GiB, whatever its containers ask for")
    .remedy("remove `__ECI_RESOURCE_IGNORE__` from a container, or set `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Ours("follows from Ignore specific containers when the system adjusts resources, 2024-02-01; the case itself is on no page"))
    .page(include_str!("../../../rules/resource-ignored-all.md"));

/// An amount that is no quantity.
pub const AMOUNT_UNREADABLE: &Rule = &Rule::error(Code::eci(5084), "amount-unreadable")
    .summary("an amount of CPU or memory is no quantity of Kubernetes, or is negative")
    .why("the API server refuses the pod")
    .remedy("write a quantity such as `500m`, `2` or `4Gi`")
    .basis(Basis::Documented(
        "Kubernetes: Resource Management for Pods and Containers, 2026-08",
    ))
    .page(include_str!("../../../rules/amount-unreadable.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    SIZE_DEFAULT,
    SIZE_REQUESTS_IGNORED,
    SIZE_USE_SPECS_SMALL,
    SIZE_ONE_SIDED,
    SIZE_MIXED,
    SIZE_TOO_LARGE,
    SIZE_INIT_LARGER,
    SIZE_CONTAINER_OVER_POD,
    RESOURCE_IGNORED,
    RESOURCE_IGNORED_ALL,
    AMOUNT_UNREADABLE,
]);

pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    if case.sizing.containers.unreadable {
        unreadable(case, out);
    }
    if case.specs().is_some() {
        over_specs(case, out);
    } else {
        summed(case, out);
    }
    too_large(case, out);
}

/// What there is to say when the sum over the containers decides.
fn summed(case: &Case<'_>, out: &mut Findings) {
    let asked = &case.sizing.containers;
    if asked.is_nothing() {
        let rule = if asked.ignored.some {
            RESOURCE_IGNORED_ALL
        } else {
            SIZE_DEFAULT
        };
        out.push(case.at_containers(rule));
        return;
    }
    if asked.ignored.some {
        ignored(case, asked, out);
    }
    if asked.pod.is_some() {
        over_pod(case, asked, out);
    }
    if asked.requests_lost() {
        let finding = case.at_containers(SIZE_REQUESTS_IGNORED);
        let finding = finding.found(asked.requests.size.to_string());
        out.push(finding.note(format!("the limits are {} together", asked.containers)));
    }
    if asked.size.cpu.is_zero() || asked.size.memory.is_zero() {
        one_sided(case, asked, out);
    }
    if asked.is_mixed() {
        out.push(case.at_containers(SIZE_MIXED));
    }
    if asked.init_decides() {
        init_larger(case, asked, out);
    }
}

fn one_sided(case: &Case<'_>, asked: &Asked, out: &mut Findings) {
    let (given, missing) = if asked.size.cpu.is_zero() {
        (asked.size.memory.to_string(), "CPU")
    } else {
        (asked.size.cpu.to_string(), "memory")
    };
    let finding = case.at_containers(SIZE_ONE_SIDED).found(given);
    let finding = match &case.sizing.billed {
        Some(billed) => finding.note(format!("billed as {}, the smallest size that holds it", billed.value())),
        None => finding,
    };
    out.push(finding.expected(format!("an amount of {missing} too")));
}

fn ignored(case: &Case<'_>, asked: &Asked, out: &mut Findings) {
    let names: Vec<String> = all_containers(case.pod)
        .filter(|(.., container)| is_ignored(container))
        .map(|(.., container)| format!("`{}`", container.name))
        .collect();
    let sum = asked.size;
    let whole = Size::new(sum.cpu + asked.ignored.size.cpu, sum.memory + asked.ignored.size.memory);
    let billed = case.sizing.terms.grid.round_up(whole, case.site.policies.rounding);
    let note = match billed {
        Some(billed) => format!("with {} the size would be {billed}", names.join(", ")),
        None => format!("with {} no size would hold {whole}", names.join(", ")),
    };
    out.push(case.at_containers(RESOURCE_IGNORED).note(note));
}

fn init_larger(case: &Case<'_>, asked: &Asked, out: &mut Findings) {
    let need = |container: &Container| Needs::of(container).counted(Default::default());
    let deciding = |container: &Container| {
        let need = need(container);
        !is_sidecar(container)
            && !is_ignored(container)
            && ((need.cpu == asked.init.cpu && need.cpu > asked.containers.cpu)
                || (need.memory == asked.init.memory && need.memory > asked.containers.memory))
    };
    let containers = case.pod.init_containers().iter().enumerate();
    for (index, container) in containers.filter(|(_, container)| deciding(container)) {
        let spec = At::ROOT.field("spec");
        let list = spec.field("initContainers");
        let at = list.index(index);
        let finding = SIZE_INIT_LARGER.at(case.pod.place(&at.field("resources")));
        let finding = finding.found(need(container).to_string());
        out.push(finding.expected(format!(
            "at most {}, what the other containers ask for",
            asked.containers
        )));
    }
}

fn too_large(case: &Case<'_>, out: &mut Findings) {
    let terms = &case.sizing.terms;
    for (index, item) in case.sizing.asked.value().iter().enumerate() {
        let SpecItem::Size(size) = item else { continue };
        if terms.grid.round_up(*size, case.site.policies.rounding).is_some() {
            continue;
        }
        let economy_only = terms.categories.0 == [ComputeCategory::Economy];
        if economy_only && size.cpu > Cpu::from_vcpu(8) {
            // `category-economy-large` says it.
            continue;
        }
        let largest = terms.grid.largest().unwrap_or_default();
        let finding = case.at_item(SIZE_TOO_LARGE, index).found(size.to_string());
        out.push(finding.expected(format!("at most {largest}, the largest of the {}", terms.grid)));
    }
}

/// Containers against resources of the whole pod.
fn over_pod(case: &Case<'_>, asked: &Asked, out: &mut Findings) {
    let cpu = asked.pod.cpu.unwrap_or(Cpu::from_milli(u64::MAX));
    let memory = asked.pod.memory.unwrap_or(Memory::from_bytes(u64::MAX));
    over(case, Size::new(cpu, memory), "the pod as a whole has", out);
}

/// Containers, alone and together, against the sizes of `eci-use-specs`.
fn over_specs(case: &Case<'_>, out: &mut Findings) {
    let sizes = || case.sizing.candidates.iter().filter_map(super::super::Candidate::size);
    let only_sizes = case.types().next().is_none();
    if only_sizes {
        let most = sizes().fold(Size::default(), Size::larger);
        if most != Size::default()
            && over(
                case,
                most,
                "no item of `k8s.aliyun.com/eci-use-specs` has more than",
                out,
            )
        {
            return;
        }
    }
    let asked = &case.sizing.containers;
    let sum = if asked.requests.some {
        asked.requests.size
    } else {
        asked.limits.size
    };
    for (index, item) in case.sizing.asked.value().iter().enumerate() {
        let SpecItem::Size(size) = item else { continue };
        let Some(billed) = case.sizing.terms.grid.round_up(*size, case.site.policies.rounding) else {
            continue;
        };
        if !billed.holds(sum) {
            let finding = case.at_item_of(SIZE_USE_SPECS_SMALL, key::USE_SPECS, index);
            out.push(finding.found(billed.to_string()).expected(format!("at least {sum}")));
        }
    }
}

/// Tells every container that asks for more than there is; whether there was one.
fn over(case: &Case<'_>, most: Size, whose: &str, out: &mut Findings) -> bool {
    let before = out.len();
    for (field, index, container) in all_containers(case.pod) {
        let needs = Needs::of(container);
        let counted = needs.counted(Default::default());
        let sides = [
            (
                "cpu",
                counted.cpu > most.cpu,
                needs.limits.cpu.is_some(),
                counted.cpu.to_string(),
                most.cpu.to_string(),
            ),
            (
                "memory",
                counted.memory > most.memory,
                needs.limits.memory.is_some(),
                counted.memory.to_string(),
                most.memory.to_string(),
            ),
        ];
        for (resource, over, limit, found, most) in sides {
            if over {
                let kind = if limit { "limits" } else { "requests" };
                let place = amount_place(case, field, index, kind, resource);
                let finding = SIZE_CONTAINER_OVER_POD.at(place).found(found);
                out.push(finding.expected(format!("at most {most}: {whose} {most}")));
            }
        }
    }
    out.len() > before
}

fn unreadable(case: &Case<'_>, out: &mut Findings) {
    for (field, index, container) in all_containers(case.pod) {
        let Some(resources) = &container.resources else {
            continue;
        };
        for (kind, resource, text) in bad_amounts(resources) {
            let place = amount_place(case, field, index, kind, resource);
            out.push(
                AMOUNT_UNREADABLE
                    .at(place)
                    .found(text.to_owned())
                    .expected("a quantity such as `500m`, `2` or `4Gi`"),
            );
        }
    }
    let Some(resources) = case.pod.spec().and_then(|spec| spec.resources.as_ref()) else {
        return;
    };
    for (kind, resource, text) in bad_amounts(resources) {
        let spec = At::ROOT.field("spec");
        let resources = spec.field("resources");
        let list = resources.field(kind);
        let finding = AMOUNT_UNREADABLE.at(case.pod.place(&list.key(resource)));
        out.push(
            finding
                .found(text.to_owned())
                .expected("a quantity such as `500m`, `2` or `4Gi`"),
        );
    }
}

fn bad_amounts(resources: &ResourceRequirements) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
    let lists = [("limits", &resources.limits), ("requests", &resources.requests)];
    lists.into_iter().flat_map(|(kind, list)| {
        ["cpu", "memory"].into_iter().filter_map(move |resource| {
            let text = list.as_ref()?.get(resource)?.0.as_str();
            let amount = text.parse::<Quantity>().and_then(Quantity::memory);
            amount.is_err().then_some((kind, resource, text))
        })
    })
}

fn amount_place(
    case: &Case<'_>,
    field: &'static str,
    index: usize,
    kind: &'static str,
    resource: &'static str,
) -> crate::finding::Location {
    let spec = At::ROOT.field("spec");
    let list = spec.field(field);
    let container = list.index(index);
    let resources = container.field("resources");
    let kind = resources.field(kind);
    case.pod.place(&kind.key(resource))
}
