//! What happened to the pods of a simulation, as bars on virtual time: one page of HTML that needs nothing else.

mod page;
mod phase;

use std::collections::BTreeMap;

pub use page::html;
pub use phase::Phase;

use phase::{is_trouble, of_entry};

use super::v1;

/// A line of the picture: a pod with its replacements.
#[derive(Debug, Default)]
struct Row<'r> {
    name: &'r str,
    spans: Vec<Span>,
    troubles: Vec<Trouble<'r>>,
    pods: Vec<&'r v1::SimulatedPod>,
}

/// What a pod did for a while.
#[derive(Debug, PartialEq, Eq)]
struct Span {
    phase: Phase,
    from: u64,
    until: u64,
}

/// Something that went wrong.
#[derive(Debug, PartialEq, Eq)]
struct Trouble<'r> {
    at: u64,
    what: &'r str,
    detail: &'r str,
}

/// The rows in the order of the pods.
fn rows(report: &v1::SimulationReport) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let (mut by_name, mut groups) = (BTreeMap::new(), BTreeMap::new());
    for pod in &report.pods {
        let index = *by_name.entry(pod.name.as_str()).or_insert(rows.len());
        if index == rows.len() {
            rows.push(Row {
                name: &pod.name,
                ..Row::default()
            });
        }
        rows[index].pods.push(pod);
        groups.insert(pod.group.as_str(), Present { row: index, does: None });
    }
    for entry in &report.journal {
        let Some(present) = groups.get_mut(entry.group.as_str()) else {
            continue;
        };
        let row = &mut rows[present.row];
        if is_trouble(entry) {
            row.troubles.push(Trouble {
                at: entry.at,
                what: &entry.what,
                detail: &entry.detail,
            });
        }
        let Some(phase) = of_entry(entry) else { continue };
        if let Some((phase, from)) = present.does.replace((phase, entry.at)) {
            row.end(phase, from, entry.at);
        }
        if phase == Phase::Scheduling {
            // What a replacement takes the place of is not shown any longer.
            for pod in &row.pods {
                let before = groups.get_mut(pod.group.as_str());
                let ended = before.filter(|before| matches!(before.does, Some((Phase::Failed | Phase::Succeeded, _))));
                if let Some((phase, from)) = ended.and_then(|before| before.does.take()) {
                    row.spans.push(Span {
                        phase,
                        from,
                        until: entry.at,
                    });
                }
            }
        }
    }
    for present in groups.into_values() {
        if let Some((phase, from)) = present.does {
            rows[present.row].end(phase, from, report.end.max(from));
        }
    }
    for row in &mut rows {
        row.spans.sort_by_key(|span| (span.from, span.until));
    }
    rows
}

/// What a group does at present, and since when.
struct Present {
    row: usize,
    does: Option<(Phase, u64)>,
}

impl Row<'_> {
    /// A span of time is over. What leaves nothing to see is left out.
    fn end(&mut self, phase: Phase, from: u64, until: u64) {
        if phase != Phase::Gone {
            self.spans.push(Span { phase, from, until });
        }
    }
}

/// Things of the world itself that went wrong: they concern every pod.
fn of_all(report: &v1::SimulationReport) -> impl Iterator<Item = &v1::JournalEntry> {
    report.journal.iter().filter(|entry| entry.group.is_empty())
}

/// A moment as people say it: `41s`, `3m05s`, `1h02m03s`.
fn moment(millis: u64) -> String {
    let seconds = millis / 1000;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest}s"),
        (0, _) => format!("{minutes}m{rest:02}s"),
        _ => format!("{hours}h{minutes:02}m{rest:02}s"),
    }
}

#[cfg(test)]
mod tests;
