//! What is refused, and what is not: a file a family.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

mod case;
mod containers;
mod counts;
mod host;
mod live;
mod pods;
mod privilege;
mod together;
