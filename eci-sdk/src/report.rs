//! Findings and plans in the forms that people and programs read.
//!
//! [`human`] prints a finding as a good compiler would, [`v1`] is the JSON form. The other forms are made of rows of [`v1`]: [`compact`]
//! lines, a [`Sarif`] log, [`junit`] XML, [`github`] annotations, a [`markdown`] summary, the page of a simulation ([`timeline`]). [`mend`] applies the fixes of findings,
//! a [`Baseline`] tells new ones from known ones, [`Suppressions`] say which ones somebody decided to live with, and a [`Configuration`]
//! what a team agreed on.

mod baseline;
mod compact;
mod configuration;
mod fingerprint;
mod fix;
mod github;
pub mod human;
mod junit;
mod markdown;
mod pages;
#[cfg(test)]
mod samples;
mod sarif;
mod suppression;
pub mod timeline;
pub mod v1;

pub use baseline::{Baseline, BaselineError, Matching};
pub use compact::compact;
pub use configuration::{Configuration, ConfigurationError, ConfigurationFault, Graded, Level, Written};
pub use fingerprint::Fingerprint;
pub use fix::{Change, Edit, Mended, Operation, mend, unified};
pub use github::github;
pub use junit::junit;
pub use markdown::markdown;
pub use pages::{NoRulePages, RulePages};
pub use sarif::Sarif;
pub(crate) use suppression::RULES;
pub use suppression::{
    IGNORE_ANNOTATION, Noted, SuppressedBy, Suppression, Suppressions, UNKNOWN_RULE, UNUSED, WITHOUT_REASON, named_rule,
};
