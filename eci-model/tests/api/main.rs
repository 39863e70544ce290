//! The API as its users and the wire see it.

#![allow(clippy::expect_used, clippy::panic, reason = "it is a test")]

mod captures;
mod description;
mod laws;
mod limits;
mod secrets;
mod traps;
