//! Which listed key somebody may have meant.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use eci_model::TableHasher;

use crate::facts::Facts;
use crate::key::Row;

/// How many letters may differ.
const MOST: usize = 2;
/// Longer names are no misspellings of anything listed.
const LONGEST: usize = 128;

/// Rows by what makes them near to a name, so that a lookup compares few of them.
#[derive(Debug)]
pub(crate) struct Index {
    /// By the length of the name, in bytes, with the letters that occur in it.
    by_length: Vec<Vec<(Occurring, &'static Row)>>,
    /// By the name without what only writing changes. Only looked into, never walked, so that its order cannot show.
    by_letters: HashMap<String, Vec<&'static Row>, BuildHasherDefault<TableHasher>>,
}

impl Index {
    pub(crate) fn new(rows: impl Iterator<Item = &'static Row>) -> Self {
        let mut by_length = vec![Vec::new(); LONGEST + MOST + 1];
        let mut by_letters: HashMap<String, Vec<&'static Row>, _> = HashMap::default();
        for row in rows {
            if let Some(same_length) = by_length.get_mut(row.name().len()) {
                same_length.push((Occurring::of(row.name()), row));
            }
            by_letters.entry(letters(row.name())).or_default().push(row);
        }
        Self { by_length, by_letters }
    }

    /// The rows nearest to a name among those that count, and among keys that a program declares: all at the smallest distance.
    pub(crate) fn nearest<'r>(&self, name: &str, own: &'r [Row], counts: impl Fn(&Facts) -> bool) -> Vec<&'r Row> {
        if name.is_empty() || name.len() > LONGEST {
            return Vec::new();
        }
        let mut near = Near::default();
        let letters_of_name = letters(name);
        let same_letters = self.by_letters.get(&letters_of_name).into_iter().flatten();
        let own_letters = own.iter().filter(|row| letters(row.name()) == letters_of_name);
        for row in same_letters.map(|row| -> &'r Row { row }).chain(own_letters) {
            if counts(row.facts()) && may_share_prefix(name, row.name()) {
                near.offer(row, 1);
            }
        }
        let lengths = name.len().saturating_sub(MOST)..=name.len() + MOST;
        let occurring = Occurring::of(name);
        let listed = self.by_length.get(lengths).into_iter().flatten().flatten();
        let listed = listed.filter(|(of_row, _)| occurring.may_be_near(*of_row));
        for row in listed.map(|(_, row)| -> &'r Row { row }).chain(own) {
            if counts(row.facts())
                && let Some(distance) = distance(name, row.name())
            {
                near.offer(row, distance);
            }
        }
        near.rows
    }
}

/// Which letters occur in a name, a bit each; different letters may share one.
#[derive(Clone, Copy, Debug)]
struct Occurring(u32);

impl Occurring {
    fn of(name: &str) -> Self {
        Self(name.bytes().fold(0, |bits, byte| bits | 1 << (byte & 31)))
    }

    /// Whether so few letters differ that the names may be near: a wrong letter takes one away and brings another.
    const fn may_be_near(self, other: Self) -> bool {
        (self.0 ^ other.0).count_ones() as usize <= 2 * MOST
    }
}

/// The nearest rows so far.
#[derive(Default)]
struct Near<'r> {
    rows: Vec<&'r Row>,
    distance: usize,
}

impl<'r> Near<'r> {
    fn offer(&mut self, row: &'r Row, distance: usize) {
        if self.rows.is_empty() || distance < self.distance {
            self.rows.clear();
            self.distance = distance;
        }
        let known = self.rows.iter().any(|known| known.name() == row.name());
        if distance == self.distance && !known {
            self.rows.push(row);
        }
    }
}

/// Keys of other products are no misspellings of ours, however near their names are: the prefix must be absent, or near to one of ours.
fn may_share_prefix(name: &str, listed: &str) -> bool {
    const OURS: [&str; 3] = ["k8s.aliyun.com", "alibabacloud.com", "kubernetes.io"];
    match name.split_once('/') {
        None => name.contains(['-', '_']) || !listed.contains('/'),
        Some((prefix, _)) => {
            let own = listed.split_once('/').map(|(prefix, _)| prefix);
            let mut prefixes = OURS.into_iter().chain(own);
            prefixes.any(|ours| distance(prefix, ours).is_some())
        }
    }
}

/// The name after its prefix, in lower case, without hyphens, underscores, and the s of a plural.
fn letters(name: &str) -> String {
    let bare = name.split_once('/').map_or(name, |(_, bare)| bare);
    let letters = bare.chars().filter(|c| !matches!(c, '-' | '_'));
    let mut letters: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    if letters.ends_with('s') {
        letters.pop();
    }
    letters
}

/// How many letters are missing, added, wrong, or swapped with their neighbour; nothing when more than two.
pub(crate) fn distance(a: &str, b: &str) -> Option<usize> {
    if a.len().abs_diff(b.len()) > MOST {
        return None;
    }
    let (a, b) = without_common_ends(a.as_bytes(), b.as_bytes());
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    // Three rows of the usual table, of which only the cells within two of the diagonal can matter.
    let mut rows = [[FAR; LONGEST + 1]; 3];
    for (column, cell) in rows[0].iter_mut().enumerate().take(MOST + 1) {
        *cell = saturated(column);
    }
    for line in 1..=a.len() {
        let [before, above, row] = rotated(&mut rows, line);
        // Cells beside the ones that matter are read, and may hold what an earlier line left.
        if let Some(left) = line.checked_sub(MOST + 1) {
            row[left] = FAR;
        }
        if let Some(right) = row.get_mut(line + MOST + 1) {
            *right = FAR;
        }
        let mut nearest = FAR;
        for column in line.saturating_sub(MOST)..=(line + MOST).min(b.len()) {
            let cell = if column == 0 {
                saturated(line)
            } else {
                cell(a, b, line, column, [before, above, row])
            };
            row[column] = cell;
            nearest = nearest.min(cell);
        }
        count(2 * MOST + 1);
        if usize::from(nearest) > MOST {
            return None;
        }
    }
    let distance = usize::from(rows[a.len() % 3][b.len()]);
    (distance <= MOST).then_some(distance)
}

/// Farther than anything that counts.
const FAR: u8 = 100;

fn saturated(number: usize) -> u8 {
    u8::try_from(number).map_or(FAR, |number| number.min(FAR))
}

/// The rows two above, one above, and of this line.
fn rotated(rows: &mut [[u8; LONGEST + 1]; 3], line: usize) -> [&mut [u8; LONGEST + 1]; 3] {
    let [first, second, third] = rows;
    match line % 3 {
        0 => [second, third, first],
        1 => [third, first, second],
        _ => [first, second, third],
    }
}

fn cell(a: &[u8], b: &[u8], line: usize, column: usize, rows: [&[u8]; 3]) -> u8 {
    let [before, above, row] = rows;
    let wrong = u8::from(a[line - 1] != b[column - 1]);
    let mut cell = (above[column - 1] + wrong)
        .min(above[column] + 1)
        .min(row[column - 1] + 1);
    let swapped = line > 1 && column > 1 && a[line - 1] == b[column - 2] && a[line - 2] == b[column - 1];
    if swapped {
        cell = cell.min(before[column - 2] + 1);
    }
    cell.min(FAR)
}

fn without_common_ends<'t>(a: &'t [u8], b: &'t [u8]) -> (&'t [u8], &'t [u8]) {
    let front = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (&a[..a.len() - back], &b[..b.len() - back])
}

/// Counts cells of tables, so that a test can tell that the work grows as the input does.
#[cfg(not(test))]
const fn count(_: usize) {}

#[cfg(test)]
fn count(cells: usize) {
    WORK.with(|work| work.set(work.get() + cells));
}

#[cfg(test)]
thread_local! {
    /// Cells computed on this thread.
    pub(crate) static WORK: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;
    use proptest::prelude::*;

    fn names(text: &str) -> Vec<&'static str> {
        registry().nearest(text).into_iter().map(Row::name).collect()
    }

    #[test]
    fn writing_alone_may_differ() {
        for (text, meant) in [
            ("k8s.aliyun.com/eci-eip-instanceId", "k8s.aliyun.com/eci-eip-instanceid"),
            (
                "k8s.aliyun.com/eci-eip-instance-id",
                "k8s.aliyun.com/eci-eip-instanceid",
            ),
            (
                "k8s.aliyun.com/eci-data-cache-provisionediops",
                "k8s.aliyun.com/eci-data-cache-provisionedIops",
            ),
            ("k8s.aliyun.com/eci-use-spec", "k8s.aliyun.com/eci-use-specs"),
            ("eci-use-specs", "k8s.aliyun.com/eci-use-specs"),
            ("k8s.aliyun.com/ECI_USE_SPECS", "k8s.aliyun.com/eci-use-specs"),
        ] {
            assert_eq!(names(text), [meant], "{text}");
        }
    }

    #[test]
    fn two_letters_may_differ() {
        assert_eq!(names("k8s.aliyun.com/eci-vswicth"), ["k8s.aliyun.com/eci-vswitch"]);
        assert_eq!(
            names("k8s.aliyun.com/eip-common-bandwith-package-id"),
            ["k8s.aliyun.com/eip-common-bandwidth-package-id"]
        );
        assert_eq!(names("k8s.aliyu.com/eci-vswitch"), ["k8s.aliyun.com/eci-vswitch"]);
        assert_eq!(names("k8s/.aliyun.com/eci-vswitch"), ["k8s.aliyun.com/eci-vswitch"]);
    }

    #[test]
    fn other_keys_are_near_to_nothing() {
        for text in [
            "",
            "app",
            "k8s.aliyun.com/eci-something-else",
            "prometheus.io/scrape",
            "example.com/eci-use-specs",
            "kubernetes.io/ingress.class",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
        assert!(names(&"k".repeat(1_000_000)).is_empty());
    }

    /// Every name that one missing, added, wrong or swapped letter makes of another.
    fn one_edit(name: &str) -> Vec<String> {
        const ADDED: &str = "q-/A";
        let mut edits = Vec::new();
        let at = |index: usize| (&name[..index], &name[index..]);
        for index in 0..=name.len() {
            let (front, back) = at(index);
            edits.extend(ADDED.chars().map(|added| format!("{front}{added}{back}")));
            let Some(rest) = back.get(1..) else { continue };
            edits.push(format!("{front}{rest}"));
            edits.extend(ADDED.chars().map(|wrong| format!("{front}{wrong}{rest}")));
            if let (Some(first), Some(second)) = (back.get(..1), back.get(1..2)) {
                edits.push(format!("{front}{second}{first}{}", &back[2..]));
            }
        }
        edits
    }

    #[test]
    fn every_misspelling_by_one_letter_finds_its_key() {
        for row in registry().iter() {
            for edit in one_edit(row.name()) {
                if !edit.is_empty() && registry().find(&edit).is_none() {
                    assert!(names(&edit).contains(&row.name()), "{edit} is {}", row.name());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_whole_table(a in "[a-d/-]{0,12}", b in "[a-d/-]{0,12}") {
            let whole = strsim::osa_distance(&a, &b);
            prop_assert_eq!(distance(&a, &b), (whole <= MOST).then_some(whole));
        }

        #[test]
        fn near_texts_have_the_distance_of_the_whole_table(a in "[ab]{0,8}", cut in 0..8usize, b in "[ab]{0,3}") {
            let b = format!("{b}{}", a.get(cut..).unwrap_or(""));
            let whole = strsim::osa_distance(&a, &b);
            prop_assert_eq!(distance(&a, &b), (whole <= MOST).then_some(whole));
        }
    }
}
