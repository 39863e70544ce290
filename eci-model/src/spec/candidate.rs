//! What the platform tries, in order: sizes and ECS types, each in a compute category or in none.

use std::fmt;

use super::{EcsType, Grid, Size, SpecItem, SpecList};
use crate::decision::List;
use crate::pod::EffectivePod;
use crate::policy::{Policies, Rounding, SpotSmall};
use crate::quantity::Cpu;
use crate::settings::{ComputeCategory, CpuArch};
use crate::site::Site;

/// One thing the platform tries, and what it was rounded up from.
///
/// Prints as `4-6Gi`, `ecs.c6.xlarge` or `2-4Gi economy`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// What is billed if it is taken.
    pub item: SpecItem,
    /// The compute category, for sizes of pods that name categories.
    pub category: Option<ComputeCategory>,
    /// What was asked for.
    pub asked: SpecItem,
}

impl Candidate {
    /// The size, unless it is an ECS type.
    pub const fn size(&self) -> Option<Size> {
        match &self.item {
            SpecItem::Size(size) => Some(*size),
            SpecItem::Type(_) => None,
        }
    }

    /// The ECS type, unless it is a size.
    pub const fn ecs_type(&self) -> Option<&EcsType> {
        match &self.item {
            SpecItem::Size(_) => None,
            SpecItem::Type(ecs) => Some(ecs),
        }
    }

    /// Whether another size was asked for.
    pub fn is_rounded(&self) -> bool {
        self.item != self.asked
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.item.fmt(f)?;
        match self.category {
            Some(category) => write!(f, " {category}"),
            None => Ok(()),
        }
    }
}

/// Under which terms a pod gets its size: which sizes exist for it and how the instance is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terms {
    /// The sizes that exist for the pod, of all its categories together.
    pub grid: Grid,
    /// The sizes that would exist without spot.
    pub usual: Grid,
    /// The compute categories it may use, in order; none when it names none, or when something excludes them.
    pub categories: List<ComputeCategory>,
    /// Whether spot capacity is used.
    pub spot: bool,
    /// Whether families or generations are wanted or excluded.
    pub filtered: bool,
    /// Whether the pod wants an Arm node.
    pub arm: bool,
}

impl Terms {
    /// The terms of a pod at a site.
    ///
    /// Spot, Arm and filters exclude categories (Specify the compute category to create a pod, 2024-08-14); together with them the
    /// categories are left out here and reported with the annotations.
    pub fn of(pod: &EffectivePod<'_>, site: &Site<'_>) -> Self {
        let settings = pod.settings();
        let spot = settings
            .spot_strategy
            .as_ref()
            .is_some_and(|given| given.value.is_spot());
        let filtered = settings.instance_families.is_some() || settings.instance_generations.is_some();
        let arm = wants_arm(pod);
        let categories = match &settings.compute_categories {
            Some(given) if !spot && !filtered && !arm => given.value.clone(),
            _ => List(Vec::new()),
        };
        let region = Grid::in_region(site.region);
        let usual = match categories.0.as_slice() {
            [category] => region.of_category(*category),
            _ => region,
        };
        Self {
            grid: if spot { Grid::SPOT } else { usual },
            usual,
            categories,
            spot,
            filtered,
            arm,
        }
    }

    /// What is tried for a list of items, in order: items first, then categories.
    ///
    /// Sizes off the grid are rounded up over all categories, then categories without the result are skipped. A size that nothing holds
    /// has no candidate, and neither has one that spot lacks when the policies say that it is refused.
    pub fn candidates(&self, asked: &SpecList, policies: &Policies) -> Vec<Candidate> {
        let refused = |size| {
            let refuses = self.spot && policies.spot_small == SpotSmall::Refuse;
            refuses && self.spot_lacks(size, policies.rounding)
        };
        let mut candidates = Vec::with_capacity(asked.0.len());
        for item in asked.iter() {
            match item {
                SpecItem::Type(_) => candidates.push(Candidate {
                    item: item.clone(),
                    category: None,
                    asked: item.clone(),
                }),
                SpecItem::Size(size) => {
                    let billed = self.grid.round_up(*size, policies.rounding);
                    let Some(billed) = billed.filter(|_| !refused(*size)) else {
                        continue;
                    };
                    candidates.extend(self.categories_of(billed).map(|category| Candidate {
                        item: SpecItem::Size(billed),
                        category,
                        asked: item.clone(),
                    }));
                }
            }
        }
        candidates
    }

    /// Whether a size is below the smallest of spot, or would be one without spot that spot does not have.
    pub fn spot_lacks(&self, size: Size, rounding: Rounding) -> bool {
        let small = !size.cpu.is_zero() && size.cpu < MIN_SPOT;
        let usual = self.usual.round_up(size, rounding);
        small || usual.is_some_and(|usual| !Grid::SPOT.contains(usual))
    }

    /// The categories that have a size; none, once, for pods without categories.
    fn categories_of(&self, size: Size) -> impl Iterator<Item = Option<ComputeCategory>> + '_ {
        let bare = self.categories.is_empty().then_some(None);
        let having = self
            .categories
            .iter()
            .filter(move |category| self.grid.of_category(**category).contains(size));
        bare.into_iter().chain(having.map(|category| Some(*category)))
    }
}

/// Whether the node selector asks for Arm (Specify Arm types to create a pod, 2024-11-15).
fn wants_arm(pod: &EffectivePod<'_>) -> bool {
    let selector = pod.spec().and_then(|spec| spec.node_selector.as_ref());
    let arch = selector.and_then(|labels| labels.get("kubernetes.io/arch"));
    arch.is_some_and(|arch| arch == CpuArch::Arm64.name())
}

/// The fewest vCPU of spot by size.
const MIN_SPOT: Cpu = Cpu::from_vcpu(2);
