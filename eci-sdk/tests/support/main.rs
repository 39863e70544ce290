//! The support matrix is complete, true, and has no row that no version of Kubernetes has.
#![cfg(feature = "sim")]
#![allow(clippy::expect_used, clippy::panic, reason = "it is a test")]

mod complete;
mod declared;
mod filled;
#[cfg(feature = "schema")]
mod schema;
mod truth;
