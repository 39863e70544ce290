//! `eci check --fix` and `--diff`: safe fixes, applied until none is left.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use eci_sdk::manifest::{Encoding, Source};
use eci_sdk::report::{mend, unified};
use eci_sdk::{Fix, Planner};

use crate::args::Check;
use crate::input::Input;
use crate::judge::Judged;
use crate::out::say;
use crate::print::counted;

/// Fixes bring others to light; more rounds than that no file needs.
const MOST_ROUNDS: usize = 64;

/// What to do with safe fixes.
#[derive(Debug, Args)]
pub(crate) struct Mending {
    /// Apply safe fixes to the files, then report what is left. Comments and layout stay.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Show what --fix would change, as a unified diff, and change nothing. The exit code is 1 when there is something to fix.
    #[arg(long, conflicts_with = "fix")]
    pub(crate) diff: bool,
}

/// Why nothing was fixed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MendingError {
    /// Standard input is no file that could be written.
    #[error("--fix cannot write to `-`: name files, or use --diff")]
    Standard,
    /// A file cannot be written.
    #[error("{path}: {source}")]
    Unwritable {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Texts of files that take the place of what is read.
pub(crate) type Texts = BTreeMap<String, String>;

/// The files with fixes applied, and what they said before.
#[derive(Debug, Default)]
struct Mended {
    before: Texts,
    after: Texts,
    fixes: usize,
}

/// Applies what is asked for; whether the run ends here, and then whether there was something to fix.
pub(crate) fn mended(arguments: &Check, input: &mut Input) -> Result<Option<bool>, Box<dyn Error>> {
    let mending = &arguments.mending;
    if mending.fix && arguments.input.paths.iter().any(|path| path == Path::new("-")) {
        return Err(MendingError::Standard.into());
    }
    if !mending.fix && !mending.diff {
        return Ok(None);
    }
    let mended = rounds(arguments, input)?;
    if mending.diff {
        for (name, after) in &mended.after {
            let before = mended.before.get(name).map_or("", String::as_str);
            let diff = unified(name, before, after);
            say!("{}", diff.trim_end_matches('\n'));
        }
        return Ok(Some(!mended.after.is_empty()));
    }
    for (name, text) in &mended.after {
        std::fs::write(name, text).map_err(|source| MendingError::Unwritable {
            path: name.clone(),
            source,
        })?;
    }
    if mended.fixes > 0 {
        let fixes = if mended.fixes == 1 { "fix" } else { "fixes" };
        let files = counted(mended.after.len(), "file");
        anstream::eprintln!("{} {fixes} applied in {files}", mended.fixes);
    }
    Ok(None)
}

/// Judges and mends until nothing is left to mend; the input is then what the fixed files say.
fn rounds(arguments: &Check, input: &mut Input) -> Result<Mended, Box<dyn Error>> {
    let mut all = Mended::default();
    for _ in 0..MOST_ROUNDS {
        let planner = Planner::new(input.cluster.clone()).assume_bound(arguments.input.assume_eci);
        let mut judged = Judged::of(input, &planner.without_plans());
        // What somebody decided to live with stays as it is.
        judged.settle(input, arguments.suppressions(), arguments.input.config.found());
        let fixes = round(input, &judged, &mut all);
        if fixes == 0 {
            break;
        }
        all.fixes += fixes;
        *input = Input::read_with(&arguments.input, &all.after)?;
    }
    Ok(all)
}

/// A file, and the fixes in it with the number of their document.
type OfFile<'a> = (&'a Arc<Source>, Vec<(usize, &'a Fix)>);

/// Mends each file once; how many fixes were applied.
fn round(input: &Input, judged: &Judged, all: &mut Mended) -> usize {
    let mut files: BTreeMap<&str, OfFile<'_>> = BTreeMap::new();
    for found in &judged.findings {
        // Facts of --cluster are not the manifests that were asked about.
        let document = input
            .documents
            .get(found.document)
            .filter(|_| found.document >= input.fact_documents);
        let (Some(document), Some(fix)) = (document, found.finding.fix()) else {
            continue;
        };
        // A finding of one object that stands with another is no place to change that other one.
        if !document.is_about(&found.finding.place().object) || !is_plain(document.source(), all) {
            continue;
        }
        let first = input
            .documents
            .iter()
            .position(|other| Arc::ptr_eq(other.source(), document.source()));
        let number = found.document - first.unwrap_or(found.document);
        let file = files.entry(document.source().name());
        file.or_insert_with(|| (document.source(), Vec::new()))
            .1
            .push((number, fix));
    }
    let mut applied = 0;
    for (name, (source, fixes)) in files {
        if let Some(mended) = mend(source, &fixes) {
            applied += mended.applied;
            all.before
                .entry(name.to_owned())
                .or_insert_with(|| source.text().to_owned());
            all.after.insert(name.to_owned(), mended.text);
        }
    }
    applied
}

/// Whether the file is nothing but the text: no mark at its begin, no other encoding, no bytes that are no text.
fn is_plain(source: &Source, all: &Mended) -> bool {
    let is_known = all.after.contains_key(source.name()) || source.name() == "-";
    is_known
        || source.encoding() == Encoding::Utf8
            && std::fs::read(source.name()).is_ok_and(|bytes| bytes == source.text().as_bytes())
}
