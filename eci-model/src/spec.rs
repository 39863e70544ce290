//! Sizes: what can be asked for, on which grid it lies, and what a pod needs.

mod size;

pub use size::{EcsType, Size, SizeError, SpecItem, SpecList, SpotStrategy};
