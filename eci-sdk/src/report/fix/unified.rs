//! The difference of two texts as people and `patch` read it.

use std::fmt::Write as _;

/// Lines around a change that are shown.
const CONTEXT: usize = 3;
/// Tables of more cells are not made; all that differs is then one change.
const MOST_CELLS: usize = 4_000_000;

/// The difference of two texts in the unified form, with the names of a file; empty when there is none.
///
/// # Example
/// ```
/// use eci_sdk::report::unified;
///
/// let diff = unified("web.yaml", "a: 1\nb: 2\n", "a: 1\nb: 3\n");
/// assert_eq!(diff, "--- a/web.yaml\n+++ b/web.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n");
/// ```
pub fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let lines = lines(&old, &new);
    let name = name.trim_start_matches('/');
    let mut out = format!("--- a/{name}\n+++ b/{name}\n");
    let changed: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].0 != ' ').collect();
    let mut rest = changed.as_slice();
    while let [first, ..] = rest {
        let near = rest
            .windows(2)
            .take_while(|pair| pair[1] - pair[0] <= 2 * CONTEXT)
            .count();
        let last = rest[near];
        rest = &rest[near + 1..];
        let from = first.saturating_sub(CONTEXT);
        let to = (last + CONTEXT + 1).min(lines.len());
        hunk(&mut out, &lines, from..to);
    }
    out
}

fn hunk(out: &mut String, lines: &[(char, &str)], range: std::ops::Range<usize>) {
    let count = |lines: &[(char, &str)], other: char| lines.iter().filter(|(mark, _)| *mark != other).count();
    let (before, inside) = (&lines[..range.start], &lines[range]);
    let begin = |other: char| {
        let lines = count(inside, other);
        let begin = count(before, other) + usize::from(lines > 0);
        format!("{begin},{lines}")
    };
    // Writing to a String cannot fail.
    let _ = writeln!(out, "@@ -{} +{} @@", begin('+'), begin('-'));
    for (mark, line) in inside {
        out.push(*mark);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// All lines of both texts in order: kept, taken away, added.
fn lines<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(char, &'t str)> {
    let front = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (left, right) = (&old[front..], &new[front..]);
    let back = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (left, right) = (&left[..left.len() - back], &right[..right.len() - back]);
    let kept = |lines: &[&'t str]| lines.iter().map(|line| (' ', *line)).collect::<Vec<_>>();
    let mut all = kept(&old[..front]);
    if left.len().saturating_mul(right.len()) > MOST_CELLS {
        all.extend(left.iter().map(|line| ('-', *line)));
        all.extend(right.iter().map(|line| ('+', *line)));
    } else {
        all.extend(middle(left, right));
    }
    all.extend(kept(&old[old.len() - back..]));
    all
}

/// By the longest common part of both.
fn middle<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(char, &'t str)> {
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            common[row * width + column] = if old[row] == new[column] {
                common[(row + 1) * width + column + 1] + 1
            } else {
                common[(row + 1) * width + column].max(common[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut all = Vec::with_capacity(old.len() + new.len());
    while row < old.len() || column < new.len() {
        if row < old.len() && column < new.len() && old[row] == new[column] {
            all.push((' ', old[row]));
            (row, column) = (row + 1, column + 1);
        } else if row < old.len()
            && (column == new.len() || common[(row + 1) * width + column] >= common[row * width + column + 1])
        {
            all.push(('-', old[row]));
            row += 1;
        } else {
            all.push(('+', new[column]));
            column += 1;
        }
    }
    all
}
