//! The product against a second, slow, literal reading of the pages, on generated cases.
//!
//! The readings (`values.rs`, `routes.rs`, ...) are written from the published pages alone and share no table and no arithmetic with the
//! crates. Each part runs ten thousand cases, or as many as `ECI_CASES` says. A difference prints the case and both answers.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test: a difference must stop it"
)]

mod clusters;
mod dice;
mod keys;
mod requests;
mod sizes;
mod together;
mod values;
