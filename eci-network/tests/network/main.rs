//! The network of pods, seen from outside the crate.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    clippy::panic,
    reason = "tests say what they expect"
)]

mod case;
mod forecast;
mod laws;
mod pools;
mod resolution;
