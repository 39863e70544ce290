//! Many running pods against their plans: what agrees, what differs, and which policy would explain all of it.

use std::collections::{BTreeMap, BTreeSet};

use eci_model::{Object, ObjectRef};
use k8s_openapi::api::core::v1::Pod;

use super::{Aspect, Compared, Outcome, PolicyChoice};
use crate::planner::Planner;

/// How often one aspect agreed, differed, or could not be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Pods whose plan agrees.
    pub agrees: usize,
    /// Pods whose plan differs.
    pub differs: usize,
    /// Pods of which it cannot be told.
    pub cannot_tell: usize,
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Agrees => self.agrees += 1,
            Outcome::Differs => self.differs += 1,
            Outcome::CannotTell => self.cannot_tell += 1,
        }
    }
}

/// A choice of a policy under which an aspect differs on no pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// The aspect.
    pub aspect: Aspect,
    /// The choice.
    pub choice: PolicyChoice,
    /// Pods that agree with it.
    pub agrees: usize,
}

/// Running pods compared with their plans.
///
/// # Example
/// ```
/// use eci_sdk::verify::Verification;
/// use eci_sdk::{Cluster, Edition, Planner};
///
/// let verification = Verification::of(&Planner::new(Cluster::new(Edition::Ack)), &[]);
/// assert_eq!((verification.pods(), verification.differing().len()), (0, 0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Verification {
    pods: usize,
    tallies: BTreeMap<Aspect, Tally>,
    differing: Vec<(ObjectRef, Vec<Compared>)>,
    evidence: Vec<Evidence>,
}

impl Verification {
    /// Compares every pod that has an instance; where some differ, all are compared again under each choice that explains those.
    pub fn of(planner: &Planner, pods: &[&Pod]) -> Self {
        let mut it = Self::default();
        for pod in pods {
            it.take(planner, pod);
        }
        let mut evidence = Vec::new();
        for (aspect, tally) in it.tallies.iter().filter(|(_, tally)| tally.differs > 0) {
            for choice in it.explaining(*aspect) {
                let Some(planner) = planner.choosing(choice) else {
                    continue;
                };
                let under = agreeing(&planner, pods, *aspect);
                if under.differs == 0 && under.agrees >= tally.agrees {
                    evidence.push(Evidence {
                        aspect: *aspect,
                        choice,
                        agrees: under.agrees,
                    });
                }
            }
        }
        it.evidence = evidence;
        it
    }

    /// How many pods have an instance.
    pub const fn pods(&self) -> usize {
        self.pods
    }

    /// Each aspect that was compared, with how often it agreed.
    pub const fn tallies(&self) -> &BTreeMap<Aspect, Tally> {
        &self.tallies
    }

    /// The pods with an aspect that differs, and only those aspects.
    pub fn differing(&self) -> &[(ObjectRef, Vec<Compared>)] {
        &self.differing
    }

    /// The choices of policies that agree with all pods where the ones in force do not.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    fn take(&mut self, planner: &Planner, pod: &Pod) {
        let rows = planner.verify(pod);
        if rows.is_empty() {
            return;
        }
        self.pods += 1;
        for row in &rows {
            self.tallies.entry(row.aspect).or_default().count(row.outcome);
        }
        let differing: Vec<Compared> = rows.into_iter().filter(|row| row.outcome == Outcome::Differs).collect();
        if !differing.is_empty() {
            self.differing.push((Object::from(pod).reference(), differing));
        }
    }

    /// The choices that explain every pod on which an aspect differs.
    fn explaining(&self, aspect: Aspect) -> BTreeSet<PolicyChoice> {
        let rows = self.differing.iter().flat_map(|(_, rows)| rows);
        let mut choices = rows
            .filter(|row| row.aspect == aspect)
            .map(|row| row.would_agree.iter().copied().collect::<BTreeSet<_>>());
        let first = choices.next().unwrap_or_default();
        choices.fold(first, |common, more| &common & &more)
    }
}

fn agreeing(planner: &Planner, pods: &[&Pod], aspect: Aspect) -> Tally {
    let mut tally = Tally::default();
    for row in pods.iter().flat_map(|pod| planner.verify_once(pod)) {
        if row.aspect == aspect {
            tally.count(row.outcome);
        }
    }
    tally
}
