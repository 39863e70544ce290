//! From pods to requests: a test a row of the contract of virtual nodes, whole requests as goldens, and the defects of an earlier one.
#![cfg(feature = "sim")]
#![allow(clippy::expect_used, clippy::panic, reason = "it is a test")]

mod case;
mod containers;
mod defects;
mod needs;
mod pods;
mod variables;
mod volumes;
mod whole;
