//! Sizes: what can be asked for, on which grid it lies, and what a pod needs.

mod ask;
mod candidate;
mod cheaper;
mod family;
mod grid;
pub mod rules;
mod size;
mod sizing;
mod storage;

pub use ask::{Amounts, Asked, IGNORE_SWITCH, Sum};
pub use candidate::{Candidate, Terms};
pub use cheaper::Cheaper;
pub use family::{Family, FamilyKind, SpecKind};
pub use grid::{Grid, has_finer_grid};
pub use size::{EcsType, Size, SizeError, SpecItem, SpecList, SpotStrategy};
pub use sizing::{Sizing, Waste, size};
pub use storage::{FREE_STORAGE_GIB, extra_storage};

use crate::rule::Rules;

/// Every rule about sizes, a list a family.
pub static RULES: &[&Rules] = &[
    &rules::rounding::RULES,
    &rules::containers::RULES,
    &rules::specs::RULES,
    &rules::gpu::RULES,
    &rules::market::RULES,
];
