//! What running pods say about plans, without a name in it: fit to be given away.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::verify;

/// Running pods against their plans; pods, vSwitches and everything else with an identity are numbered, not named.
///
/// Numbers instead of hashes: a hash of a name that others can guess gives the name away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Verification {
    /// The version of this form.
    pub version: u32,
    /// Pods with an instance.
    pub pods: usize,
    /// How often each aspect agreed.
    pub aspects: Vec<AspectRow>,
    /// What differs, pod by pod.
    pub differing: Vec<Difference>,
    /// Choices of policies that agree with all pods where the ones in force do not.
    pub evidence: Vec<EvidenceRow>,
}

/// How often one aspect agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AspectRow {
    /// The aspect.
    pub aspect: &'static str,
    /// Pods whose plan agrees.
    pub agrees: usize,
    /// Pods whose plan differs.
    pub differs: usize,
    /// Pods of which it cannot be told.
    pub cannot_tell: usize,
}

/// An aspect that differs on a pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Difference {
    /// Which pod, from 1.
    pub pod: usize,
    /// The aspect.
    pub aspect: &'static str,
    /// What was planned.
    pub planned: String,
    /// What was observed.
    pub observed: String,
    /// `NAME=CHOICE` of the policies under which it would agree.
    pub would_agree: Vec<String>,
}

/// A choice of a policy that agrees with all pods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EvidenceRow {
    /// The aspect.
    pub aspect: &'static str,
    /// `NAME=CHOICE`.
    pub choice: String,
    /// Pods that agree with it.
    pub agrees: usize,
}

impl From<&verify::Verification> for Verification {
    fn from(verification: &verify::Verification) -> Self {
        let mut names = Numbers::default();
        let mut differing = Vec::new();
        for (index, (_, rows)) in verification.differing().iter().enumerate() {
            differing.extend(rows.iter().map(|row| Difference {
                pod: index + 1,
                aspect: row.aspect.name(),
                planned: names.hide(&row.planned),
                observed: names.hide(&row.observed),
                would_agree: row.would_agree.iter().map(ToString::to_string).collect(),
            }));
        }
        let aspects = verification.tallies().iter().map(|(aspect, tally)| AspectRow {
            aspect: aspect.name(),
            agrees: tally.agrees,
            differs: tally.differs,
            cannot_tell: tally.cannot_tell,
        });
        let evidence = verification.evidence().iter().map(|evidence| EvidenceRow {
            aspect: evidence.aspect.name(),
            choice: evidence.choice.to_string(),
            agrees: evidence.agrees,
        });
        Self {
            version: 1,
            pods: verification.pods(),
            aspects: aspects.collect(),
            differing,
            evidence: evidence.collect(),
        }
    }
}

/// Ids by the order in which they were met.
#[derive(Default)]
struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    /// `vsw-bp1xpiowfm5vo8o3c1h01` becomes `vsw-1`; words without an id stay.
    fn hide(&mut self, text: &str) -> String {
        let mut hidden = String::with_capacity(text.len());
        for part in text.split_inclusive([',', ' ']) {
            let (word, end) = match part.char_indices().next_back() {
                Some((at, ',' | ' ')) => part.split_at(at),
                _ => (part, ""),
            };
            match IDS.iter().find(|prefix| word.starts_with(**prefix)) {
                Some(prefix) => {
                    let next = self.0.len() + 1;
                    let number = *self.0.entry(word.to_owned()).or_insert(next);
                    hidden.push_str(&format!("{prefix}{number}"));
                }
                None => hidden.push_str(word),
            }
            hidden.push_str(end);
        }
        hidden
    }
}

/// What ids begin with.
const IDS: [&str; 4] = ["vsw-", "sg-", "imc-", "eip-"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_numbers_and_the_same_id_the_same_number() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.hide("vsw-bp1a,vsw-bp1b"), "vsw-1,vsw-2");
        assert_eq!(numbers.hide("vsw-bp1b, sg-x"), "vsw-2, sg-3");
        assert_eq!(numbers.hide("12-96Gi"), "12-96Gi");
        assert_eq!(numbers.hide("a new one"), "a new one");
    }
}
