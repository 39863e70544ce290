//! The journal: everything that happened in a world, in order.

use std::fmt::Write as _;
use std::sync::Arc;

use eci_model::Text;

use super::fingerprint::Fnv;
use super::time::Instant;

/// Everything that happened, in order. The same seed and the same operations give the same journal, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<Entry>,
}

impl Journal {
    /// The entries, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A short fingerprint of the whole journal, to compare two runs by eye: 64-bit FNV-1a of its lines, as 16 hex digits.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::sim::Journal;
    ///
    /// assert_eq!(Journal::default().fingerprint(), "cbf29ce484222325");
    /// ```
    pub fn fingerprint(&self) -> String {
        let mut hash = Fnv::new();
        for entry in &self.entries {
            entry.write_to(&mut hash);
        }
        hash.to_string()
    }

    /// Drops the oldest entries.
    pub(super) fn forget(&mut self, count: usize) {
        self.entries.drain(..count.min(self.entries.len()));
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// The id of the container group it happened to; empty for the world itself.
    pub group: Arc<str>,
    /// The name of the container group.
    pub name: Arc<str>,
    /// What happened, in the platform's word where it has one: `Scheduling`, `Pulling`, `BidFailed`.
    pub what: Text,
    /// More about it: the vSwitch and address, the code of an exit.
    pub detail: Arc<str>,
}

impl Entry {
    fn write_to(&self, line: &mut Fnv) {
        // Writing to a hash cannot fail.
        let _ = writeln!(
            line,
            "{}\t{}\t{}\t{}\t{}",
            self.at.millis(),
            self.group,
            self.name,
            self.what,
            self.detail
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(at: u64, what: &'static str) -> Entry {
        Entry {
            at: Instant::from_millis(at),
            group: "eci-1".into(),
            name: "web".into(),
            what: what.into(),
            detail: "".into(),
        }
    }

    #[test]
    fn order_and_content_make_the_fingerprint() {
        let journal = |entries: &[Entry]| {
            let mut journal = Journal::default();
            entries.iter().cloned().for_each(|entry| journal.push(entry));
            journal.fingerprint()
        };
        let (a, b) = (entry(1, "Running"), entry(2, "Succeeded"));
        assert_eq!(journal(&[a.clone(), b.clone()]), journal(&[a.clone(), b.clone()]));
        assert_ne!(journal(&[a.clone(), b.clone()]), journal(&[b.clone(), a.clone()]));
        assert_ne!(journal(std::slice::from_ref(&a)), journal(&[entry(3, "Running")]));
    }
}
