//! What can be wrong with a size: a file a family.

pub mod containers;

use super::Sizing;
use crate::finding::Findings;
use crate::pod::EffectivePod;
use crate::site::Site;

/// A pod and what was decided about its size.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub(super) pod: &'c EffectivePod<'c>,
    pub(super) site: &'c Site<'c>,
    pub(super) sizing: &'c Sizing,
}

/// Everything that can be said about one pod.
pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    containers::check(case, out);
}
