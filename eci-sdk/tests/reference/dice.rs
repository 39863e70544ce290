//! Chance that is the same everywhere: each case has a seed of its own, so that it can be looked at alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A small generator: splitmix64.
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of a case.
    pub(crate) fn of_case(part: &str, number: u64) -> Self {
        let salt = part.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |salt, byte| {
            (salt ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        let mut dice = Self(salt ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below an end.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("small");
        usize::try_from(self.next() % end).expect("small")
    }

    /// Yes, once in so many times.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// As many items as a number says, joined by commas.
    pub(crate) fn list(&mut self, count: usize, item: impl Fn(&mut Self) -> String) -> String {
        let items: Vec<String> = (0..count).map(|_| item(self)).collect();
        items.join(",")
    }
}

/// Where the two answers differ.
pub(crate) struct Difference {
    /// What kind of difference it is: of each kind the shortest case is shown.
    pub(crate) kind: String,
    /// The case.
    pub(crate) case: String,
    /// What the product answers.
    pub(crate) found: String,
    /// What the pages say.
    pub(crate) expected: String,
}

/// Which rule only one of the two tells; of several the first, so that every rule has one shortest case.
pub(crate) fn odd_rule(found: &BTreeSet<&'static str>, expected: &BTreeSet<&'static str>) -> String {
    let who = |name: &str| {
        if found.contains(name) {
            "only the product"
        } else {
            "only the pages"
        }
    };
    let first = found.symmetric_difference(expected).next();
    first.map_or_else(|| "the same rules".to_owned(), |name| format!("{}: {name}", who(name)))
}

/// Runs a part: ten thousand cases, or as many as `ECI_CASES` says. Of every kind of difference the shortest case is printed.
pub(crate) fn cases(part: &str, run: impl Fn(&mut Dice) -> Option<Difference>) {
    one_in(1, part, run);
}

/// The same with one in so many of the cases, where each takes long.
pub(crate) fn one_in(share: u64, part: &str, run: impl Fn(&mut Dice) -> Option<Difference>) {
    let count: u64 = std::env::var("ECI_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(10_000);
    let mut kinds: BTreeMap<String, (u64, usize, Difference)> = BTreeMap::new();
    for number in 0..count.div_ceil(share) {
        let Some(difference) = run(&mut Dice::of_case(part, number)) else {
            continue;
        };
        let size = difference.case.len();
        match kinds.get_mut(&difference.kind) {
            Some(shortest) if shortest.1 <= size => {}
            Some(shortest) => *shortest = (number, size, difference),
            None => {
                kinds.insert(difference.kind.clone(), (number, size, difference));
            }
        }
    }
    let mut report = String::new();
    for (
        number,
        _,
        Difference {
            kind,
            case,
            found,
            expected,
        },
    ) in kinds.values().take(60)
    {
        let _ = write!(
            report,
            "\n{kind} (case {number})\n{case}\n  product: {found}\n  pages:   {expected}\n"
        );
    }
    assert!(
        kinds.is_empty(),
        "{} kinds of difference in {part}\n{report}",
        kinds.len()
    );
}
