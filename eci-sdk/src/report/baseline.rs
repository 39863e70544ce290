//! What was known before, so that a run tells only what is new.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use serde::{Deserialize, Serialize};

use super::{Fingerprint, v1};

/// The version of the form in files.
const VERSION: u32 = 1;

/// The findings of an earlier run, by their [`Fingerprint`]: moved lines, reordered documents and renamed files change nothing.
///
/// # Example
/// ```
/// use eci_sdk::report::{Baseline, v1};
/// use eci_sdk::{Cluster, Edition, Planner};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
///         "spec": {"hostNetwork": true, "containers": [{"name": "main", "image": "shop/web:1.4"}]}}"#,
/// )?;
/// let review = Planner::new(Cluster::new(Edition::Ack)).review(&pod);
/// let rows: Vec<v1::Finding> = review.findings.iter().map(v1::Finding::from).collect();
///
/// let text = Baseline::of(&rows).to_json();
/// let baseline = Baseline::from_json(&text).expect("what was written can be read");
/// let mut matching = baseline.matching();
/// assert!(rows.iter().all(|row| matching.is_known(row)));
/// assert_eq!(matching.fixed(), 0);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<String, Entry>,
}

/// A finding that was there, as often as it was there. All but count and fingerprint is for people who read the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    count: usize,
    code: String,
    object: String,
    path: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

/// A text that is no baseline.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// It is not of the form that [`Baseline::to_json`] writes.
    #[error("no baseline: {0}")]
    Form(#[from] serde_json::Error),
    /// A version that this program does not read.
    #[error("a baseline of version {0}, and only version {VERSION} is read")]
    Version(u32),
}

impl Baseline {
    /// That of some findings.
    pub fn of(findings: &[v1::Finding]) -> Self {
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        for finding in findings {
            let fingerprint = Fingerprint::of(finding).to_string();
            let entry = entries.entry(fingerprint.clone()).or_insert_with(|| Entry {
                fingerprint,
                count: 0,
                code: finding.code.clone(),
                object: object(&finding.place),
                path: finding.place.path.clone(),
            });
            entry.count += 1;
        }
        Self { entries }
    }

    /// Reads what [`Baseline::to_json`] wrote.
    ///
    /// # Errors
    /// [`BaselineError`] for any other text.
    pub fn from_json(text: &str) -> Result<Self, BaselineError> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let Versioned { version } = serde_json::from_str(text)?;
        if version != VERSION {
            return Err(BaselineError::Version(version));
        }
        let file: File = serde_json::from_str(text)?;
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        for entry in file.findings {
            // Two of a kind are what is left of a merge of two branches.
            match entries.entry(entry.fingerprint.clone()) {
                Slot::Occupied(mut known) => known.get_mut().count += entry.count,
                Slot::Vacant(free) => drop(free.insert(entry)),
            }
        }
        Ok(Self { entries })
    }

    /// As JSON with an entry on each line, sorted by object, so that changes of the file can be read.
    pub fn to_json(&self) -> String {
        let mut entries: Vec<&Entry> = self.entries.values().collect();
        entries.sort_by_key(|entry| (&entry.object, &entry.code, &entry.path, &entry.fingerprint));
        let lines: Vec<String> = entries
            .into_iter()
            // Texts and numbers can always be written.
            .filter_map(|entry| serde_json::to_string(entry).ok())
            .collect();
        let findings = lines.join(",\n    ");
        let (begin, end) = if lines.is_empty() { ("", "") } else { ("\n    ", "\n  ") };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{begin}{findings}{end}]\n}}\n")
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.values().map(|entry| entry.count).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Begins to match the findings of another run.
    pub fn matching(&self) -> Matching {
        let entries = self.entries.iter();
        Matching {
            left: entries
                .map(|(fingerprint, entry)| (fingerprint.clone(), entry.count))
                .collect(),
        }
    }
}

/// The findings of a run against a [`Baseline`], one after the other.
#[derive(Clone, Debug)]
pub struct Matching {
    left: BTreeMap<String, usize>,
}

impl Matching {
    /// Whether a finding was there before. Each counts once: of two that are alike, the second is new where the baseline has one.
    pub fn is_known(&mut self, finding: &v1::Finding) -> bool {
        let left = self.left.get_mut(&Fingerprint::of(finding).to_string());
        match left.filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                true
            }
            None => false,
        }
    }

    /// How many of the baseline did not come, so far: those that were fixed, once all findings were asked for.
    pub fn fixed(&self) -> usize {
        self.left.values().sum()
    }
}

fn object(place: &v1::Place) -> String {
    match &place.namespace {
        Some(namespace) => format!("{}/{namespace}/{}", place.kind, place.object),
        None => format!("{}/{}", place.kind, place.object),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use proptest::prelude::*;

    #[test]
    fn other_texts_are_told() {
        for (text, expected) in [
            ("", "no baseline: EOF"),
            ("{}", "no baseline: missing field `version`"),
            (r#"{"version": 2, "entries": []}"#, "a baseline of version 2"),
            (
                r#"{"version": 1, "findings": [{"fingerprint": "a"}]}"#,
                "no baseline: missing field",
            ),
        ] {
            let error = Baseline::from_json(text).expect_err("no baseline").to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn entries_that_stand_twice_add_up() {
        let text = Baseline::of(&samples::findings()[..1]).to_json();
        let line = text.lines().nth(3).expect("an entry");
        let twice = text.replace(line, &format!("{line},\n{line}"));
        assert_eq!(Baseline::from_json(&twice).expect("a baseline").len(), 2);
    }

    #[test]
    fn a_file_can_be_read_by_people() {
        let text = Baseline::of(&samples::findings()[..1]).to_json();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 6, "{text}");
        assert!(lines[3].contains(r#""count":1,"code":"ECI"#), "{text}");
        assert!(lines[3].contains(r#""object":"Pod/shop/web""#), "{text}");
        assert_eq!(
            Baseline::default().to_json(),
            "{\n  \"version\": 1,\n  \"findings\": []\n}\n"
        );
    }

    proptest! {
        #[test]
        fn a_baseline_of_a_run_hides_exactly_that_run(
            picks in prop::collection::vec(0_usize..99, 0..24),
            more in prop::collection::vec(0_usize..99, 0..8),
            missing in 0_usize..24,
        ) {
            let known = samples::findings();
            let pick = |picks: &[usize]| -> Vec<v1::Finding> {
                picks.iter().map(|pick| known[pick % known.len()].clone()).collect()
            };
            let before = pick(&picks);
            let text = Baseline::of(&before).to_json();
            let baseline = Baseline::from_json(&text).expect("a baseline");
            prop_assert_eq!(baseline.len(), before.len());
            prop_assert_eq!(baseline.to_json(), text);

            // All of the same run, backwards and on other lines.
            let mut matching = baseline.matching();
            for finding in before.iter().rev() {
                let mut moved = finding.clone();
                moved.place.line = moved.place.line.map(|line| line + 7);
                prop_assert!(matching.is_known(&moved));
            }
            prop_assert_eq!(matching.fixed(), 0);
            // Whatever comes beyond is new, however often it was there.
            for finding in pick(&more) {
                prop_assert!(!matching.is_known(&finding));
            }
            // Whatever does not come is fixed.
            let mut matching = baseline.matching();
            let left = before.len().saturating_sub(missing);
            prop_assert!(before[..left].iter().all(|finding| matching.is_known(finding)));
            prop_assert_eq!(matching.fixed(), before.len() - left);
        }
    }
}
