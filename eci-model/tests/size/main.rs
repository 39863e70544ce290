//! Sizes from the outside: the tables checked in are those of the data, the published examples come out, and a second, slow
//! implementation agrees.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test: a mistake in the tables must stop it"
)]

mod data;
mod differential;
mod generate;
mod pods;
mod published;
mod reference;
mod rules;
mod savings;
