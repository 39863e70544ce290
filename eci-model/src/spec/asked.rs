//! What a pod asks for, before it is rounded.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Container;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;

use crate::decision::{Decided, Origin};
use crate::pod::EffectivePod;
use crate::policy::{InitSizing, Policies, SizingInputs};
use crate::quantity::{Cpu, Memory, Quantity};
use crate::spec::Size;

/// The page that says what goes in.
const PAGE: &str = "Specify vCPU and memory to create a pod, 2025-01-14";

/// What a pod gets that says nothing.
const DEFAULT: Size = Size::new(Cpu::from_vcpu(2), Memory::from_gib(4));

/// What the containers of a pod ask for together.
///
/// Limits win over requests, and count even when only some containers have them; containers with `__ECI_RESOURCE_IGNORE__` are left out;
/// nothing given means 2 vCPU and 4 GiB.
pub(super) fn asked(pod: &EffectivePod<'_>, policies: &Policies) -> Decided<Size> {
    let counted: Vec<&Container> = pod
        .containers()
        .iter()
        .filter(|container| !is_ignored(container))
        .collect();
    let has = |pick: fn(&Container) -> Option<&Amounts>| counted.iter().any(|container| pick(container).is_some());
    let (source, path) = if has(limits) {
        (Source::Limits, "containers[].resources.limits")
    } else if has(requests) {
        (Source::Requests, "containers[].resources.requests")
    } else {
        return Decided::because(Origin::Platform { page: PAGE }, "default, nothing is given", DEFAULT);
    };
    let sizes = counted
        .iter()
        .map(|container| need(container, source, policies.sizing_inputs));
    let sum = sizes.fold(Size::default(), |sum, size| {
        Size::new(sum.cpu + size.cpu, sum.memory + size.memory)
    });
    let decided = Decided::by(Origin::PodSpec { path: path.into() }, sum);
    with_init(decided, pod, source, policies)
}

type Amounts = BTreeMap<String, Text>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Limits,
    Requests,
}

/// As in Kubernetes, the largest init container decides when it needs more than all others together.
fn with_init(sum: Decided<Size>, pod: &EffectivePod<'_>, source: Source, policies: &Policies) -> Decided<Size> {
    if policies.init_sizing == InitSizing::Ignore {
        return sum;
    }
    let needs = pod
        .init_containers()
        .iter()
        .map(|container| need(container, source, policies.sizing_inputs));
    let largest = needs.fold(*sum.value(), |size, need| {
        Size::new(size.cpu.max(need.cpu), size.memory.max(need.memory))
    });
    if largest == *sum.value() {
        return sum;
    }
    let origin = Origin::Policy {
        name: "InitSizing",
        choice: policies.init_sizing.name(),
    };
    sum.then(origin, "raised to the largest init container", |_| largest)
}

fn need(container: &Container, source: Source, inputs: SizingInputs) -> Size {
    let (limits, requests) = (limits(container), requests(container));
    if inputs == SizingInputs::Rule2021 && limits.is_none() && requests.is_none() {
        return Size::new(Cpu::from_vcpu(1), Memory::from_gib(2));
    }
    let amount = |name: &str| {
        let of = |amounts: Option<&Amounts>| amounts.and_then(|amounts| read(amounts, name));
        let limit = if source == Source::Limits { of(limits) } else { None };
        limit.or_else(|| of(requests))
    };
    let cpu = amount("cpu").and_then(|quantity| quantity.cpu().ok());
    let memory = amount("memory").and_then(|quantity| quantity.memory().ok());
    Size::new(cpu.unwrap_or(Cpu::ZERO), memory.unwrap_or(Memory::ZERO))
}

fn read(amounts: &Amounts, name: &str) -> Option<Quantity> {
    amounts.get(name)?.0.parse().ok()
}

fn limits(container: &Container) -> Option<&Amounts> {
    sized(container.resources.as_ref()?.limits.as_ref())
}

fn requests(container: &Container) -> Option<&Amounts> {
    sized(container.resources.as_ref()?.requests.as_ref())
}

fn sized(amounts: Option<&Amounts>) -> Option<&Amounts> {
    amounts.filter(|amounts| amounts.contains_key("cpu") || amounts.contains_key("memory"))
}

fn is_ignored(container: &Container) -> bool {
    let switch = |variable: &k8s_openapi::api::core::v1::EnvVar| {
        variable.name == "__ECI_RESOURCE_IGNORE__" && variable.value.as_deref() == Some("TRUE")
    };
    container.env.iter().flatten().any(switch)
}
