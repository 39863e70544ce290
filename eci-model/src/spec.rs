//! Sizes: what can be asked for, on which grid it lies, and what a pod needs.

mod asked;
mod grid;
mod size;
mod sizing;
pub use grid::Grid;

pub use size::{EcsType, Size, SizeError, SpecItem, SpecList, SpotStrategy};
pub use sizing::{RULES, SIZE_ROUNDED, SIZE_TOO_LARGE, Sizing, size};
