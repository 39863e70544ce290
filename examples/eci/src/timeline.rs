//! Draws what happened to pods on virtual time, a line a pod.

use std::fmt::Write as _;

use eci_sdk::sim::{Entry, Instant};

/// Columns that the bars take at most, and what a picture takes in all.
const WIDEST: usize = 40;
const PICTURE: usize = 100;
/// Columns that the bars keep, however long names and remarks are.
const NARROWEST: usize = 16;

/// One line: a pod and what to say about it at the end.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// The pod's name.
    pub(crate) name: String,
    /// What happened to it, oldest first.
    pub(crate) marks: Vec<(Instant, Mark)>,
    /// What stands behind the bar.
    pub(crate) remark: String,
}

/// What a pod does from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Waiting for a place.
    Scheduling,
    /// Placed: images are pulled, containers start.
    Pulling,
    /// All containers run.
    Running,
    /// A spot instance will be taken back.
    Notice,
    /// Taken back, failed, or gone.
    Ended,
    /// Ended well.
    Done,
    /// Nothing is left of it.
    Gone,
}

impl Mark {
    /// What an entry of the journal means for the bar; nothing for entries that change no bar.
    pub(crate) fn of(entry: &Entry) -> Option<Self> {
        Some(match entry.what.as_ref() {
            "Created" => Self::Scheduling,
            "Pending" => Self::Pulling,
            "Running" => Self::Running,
            "SpotToBeReleased" => Self::Notice,
            "BidFailed" | "Failed" | "ScheduleFailed" | "PendingTimeout" => Self::Ended,
            "Succeeded" => Self::Done,
            "Gone" => Self::Gone,
            _ => return None,
        })
    }

    const fn lasts(self) -> char {
        match self {
            Self::Scheduling => 's',
            Self::Pulling => '#',
            Self::Running => '=',
            Self::Notice => '!',
            Self::Ended | Self::Done | Self::Gone => ' ',
        }
    }

    const fn begins(self) -> char {
        match self {
            Self::Running => 'R',
            Self::Ended => 'x',
            Self::Done => 'o',
            other => other.lasts(),
        }
    }
}

/// The letters of the bars, for below the picture.
pub(crate) const LEGEND: &str =
    "s scheduling  # pulling  R ready  = running  ! spot notice  x failed or reclaimed  o done";

/// Draws the rows from the beginning of the world to `end`.
pub(crate) fn draw(rows: &[Row], end: Instant) -> String {
    let names = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    let remarks = rows.iter().map(|row| row.remark.chars().count()).max().unwrap_or(0);
    let room = PICTURE.saturating_sub(names + remarks + 4);
    let width = room.clamp(NARROWEST, WIDEST);
    let mut picture = axis(names, end, width);
    for row in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(picture, "{:names$}  {}  {}", row.name, bar(row, end, width), row.remark);
    }
    picture
}

fn bar(row: &Row, end: Instant, width: usize) -> String {
    let mut cells = vec![' '; width];
    for (index, (at, mark)) in row.marks.iter().enumerate() {
        let until = row.marks.get(index + 1).map_or(end, |(next, _)| *next);
        let (from, to) = (column(*at, end, width), column(until, end, width));
        for cell in cells.iter_mut().take(to + 1).skip(from) {
            *cell = mark.lasts();
        }
    }
    // Beginnings are drawn last, so that a short phase is not painted over by the next one.
    let mut last = None;
    for (at, mark) in &row.marks {
        let mut place = column(*at, end, width);
        if last.is_some_and(|last| place <= last) {
            place = last.map_or(place, |last: usize| last + 1);
        }
        if let Some(cell) = cells.get_mut(place) {
            *cell = mark.begins();
            last = Some(place);
        }
    }
    cells.into_iter().collect::<String>().trim_end().to_owned()
}

fn column(at: Instant, end: Instant, width: usize) -> usize {
    let last = u64::try_from(width - 1).unwrap_or(0);
    let place = at.millis().saturating_mul(last) / end.millis().max(1);
    usize::try_from(place.min(last)).unwrap_or(0)
}

fn axis(names: usize, end: Instant, width: usize) -> String {
    let mut line = vec![' '; width];
    // Times need room between them.
    let parts = if width < WIDEST { 2 } else { 4 };
    for part in 0..parts {
        let at = Instant::from_millis(end.millis() / parts * part);
        let text = at.to_string();
        for (offset, letter) in text.chars().enumerate() {
            if let Some(cell) = line.get_mut(column(at, end, width) + offset) {
                *cell = letter;
            }
        }
    }
    let line: String = line.into_iter().collect();
    format!("{:names$}  {}  {end}\n", "", line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(marks: &[(u64, Mark)]) -> Row {
        Row {
            name: "web".into(),
            marks: marks
                .iter()
                .map(|(second, mark)| (Instant::from_millis(second * 1000), *mark))
                .collect(),
            remark: "running".into(),
        }
    }

    #[test]
    fn phases_follow_one_another() {
        let row = row(&[(0, Mark::Scheduling), (5, Mark::Pulling), (10, Mark::Running)]);
        let bar = bar(&row, Instant::from_millis(40_000), WIDEST);
        assert!(bar.starts_with("ssss#####R="), "{bar}");
        assert!(bar.ends_with('='), "{bar}");
    }

    #[test]
    fn a_phase_shorter_than_a_column_is_still_seen() {
        let row = row(&[(0, Mark::Scheduling), (1, Mark::Pulling), (2, Mark::Running)]);
        let bar = bar(&row, Instant::from_millis(3_600_000), WIDEST);
        assert!(bar.starts_with("s#R==="), "{bar}");
    }

    #[test]
    fn nothing_is_drawn_after_the_end() {
        let row = row(&[(0, Mark::Scheduling), (4, Mark::Running), (20, Mark::Done)]);
        let bar = bar(&row, Instant::from_millis(40_000), WIDEST);
        assert!(bar.ends_with('o'), "{bar}");
    }

    #[test]
    fn an_empty_world_draws_only_its_axis() {
        assert_eq!(draw(&[], Instant::ZERO).lines().count(), 1);
    }
}
