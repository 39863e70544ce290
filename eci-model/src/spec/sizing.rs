//! From what a pod asks for to what is billed.

use crate::decision::{Decided, Origin};
use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;
use crate::spec::{Grid, Size, SpecItem, asked};

/// The size that is billed is not the one that was asked for.
pub const SIZE_ROUNDED: &Rule = &Rule::info(Code::eci(5010), "size-rounded")
    .summary("the size is rounded up, and the larger one is billed")
    .why("only the sizes of the grid exist; neither vCPU nor memory may get smaller")
    .remedy("ask for a size of the grid")
    .basis(Basis::Documented("Specify vCPU and memory to create a pod, 2025-01-14"));

/// No supported size holds what was asked for.
pub const SIZE_TOO_LARGE: &Rule = &Rule::error(Code::eci(5022), "size-too-large")
    .summary("no supported size is large enough")
    .why("the largest size has 64 vCPU or 512 GiB, and spot and category have fewer")
    .remedy("name an ECS type in `eci-use-specs`, or split the pod")
    .basis(Basis::Inferred(
        "the grids of Specify vCPU and memory to create a pod, 2025-01-14",
    ));

/// The rules of this file.
pub static RULES: Rules = Rules::new(&[SIZE_ROUNDED, SIZE_TOO_LARGE]);

/// The sizes that are tried, and the one that is billed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sizing {
    /// What the pod asks for; `None` when it names ECS types only.
    pub asked: Option<Size>,
    /// What is tried, in order.
    pub candidates: Vec<SpecItem>,
    /// The first candidate, with the reasons.
    pub billed: Decided<SpecItem>,
}

/// Decides which sizes are tried: those of `eci-use-specs`, else the sum of the containers, rounded up to the grid.
pub fn size(pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings) -> Option<Sizing> {
    let spot = pod
        .settings()
        .spot_strategy
        .as_ref()
        .is_some_and(|spot| spot.value.is_spot());
    let grid = Grid::of(site.region, spot);
    let round = |size: Size| grid.round_up(size, site.policies.rounding);
    let containers = asked::asked(pod, site.policies);
    let wanted = match &pod.settings().use_specs {
        Some(specs) => specs.clone().decided().map(|list| list.0).beat(
            containers.value().to_string(),
            containers.origin().clone(),
            "eci-use-specs beats the containers",
        ),
        None => containers.map(|size| vec![SpecItem::Size(size)]),
    };
    let mut candidates = Vec::new();
    for item in wanted.value() {
        match item {
            SpecItem::Size(size) => candidates.extend(round(*size).map(SpecItem::Size)),
            other => candidates.push(other.clone()),
        }
    }
    let first_asked = wanted.value().first().cloned();
    let spec = At::ROOT.field("spec");
    let Some(first) = candidates.first().cloned() else {
        let found = first_asked.map(|item| item.to_string()).unwrap_or_default();
        out.push(
            SIZE_TOO_LARGE
                .at(pod.place(&spec.field("containers")))
                .found(found)
                .note(format!("looked on the {}", grid.name())),
        );
        return None;
    };
    let asked = wanted.value().iter().find_map(|item| match item {
        SpecItem::Size(size) => Some(*size),
        SpecItem::Type(_) => None,
    });
    if let (Some(SpecItem::Size(asked)), SpecItem::Size(billed)) = (&first_asked, &first)
        && asked != billed
    {
        out.push(
            SIZE_ROUNDED
                .at(pod.place(&spec.field("containers")))
                .found(asked.to_string())
                .note(format!("billed as {billed}, on the {}", grid.name())),
        );
    }
    let rounded = first_asked.as_ref() != Some(&first);
    let billed = if rounded {
        let origin = Origin::Policy {
            name: "Rounding",
            choice: site.policies.rounding.name(),
        };
        wanted.then(origin, format!("rounded up to the {}", grid.name()), |_| first)
    } else {
        wanted.map(|_| first)
    };
    Some(Sizing {
        asked,
        candidates,
        billed,
    })
}
