//! From the description of a container group to the status of its pod, a test a row of the published and agreed tables.

#![allow(clippy::expect_used, clippy::panic, reason = "it is a test")]

mod case;
mod conditions;
mod containers;
mod laws;
mod phases;
mod rows;
