//! Findings and plans in the forms that people and programs read.
//!
//! [`human`] prints a finding as a good compiler would, [`v1`] is the JSON form.

pub mod human;
pub mod v1;
