//! Sizes of whole pods a second time, through the planner: what is tried, what it costs, and what is said about it.
//!
//! The reading of the grids and of what goes in is the one that `eci-model` is compared with; here the pods carry everything else too.

mod differential;
mod generate;
#[path = "../../../eci-model/tests/size/reference.rs"]
mod reading;
mod rules;

use reading::{Answer, Choices, Pair};
