//! `eci check --baseline`: what was known before is counted, and only what is new is told.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use eci_sdk::report::{Baseline, BaselineError, v1};

use crate::out::say;
use crate::print::counted;

/// What was known before.
#[derive(Debug, Args)]
pub(crate) struct Known {
    /// Report only findings that are not in this file; those that are there are counted.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings of this run to the file of --baseline or of the configuration, and report none.
    #[arg(long)]
    pub(crate) write_baseline: bool,
}

/// Why there is no baseline.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KnownError {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// There is no file to write.
    #[error("--write-baseline needs a file: --baseline FILE, or `baseline` in eci.yaml")]
    NoFile,
    /// The file says something else.
    #[error("{path}: {source}")]
    Form {
        /// The file.
        path: String,
        /// What is wrong.
        source: BaselineError,
    },
}

impl Known {
    /// The file to write.
    pub(crate) fn to_write(&self) -> Option<&Path> {
        self.baseline.as_deref().filter(|_| self.write_baseline)
    }

    /// What was known before: nothing without a file.
    pub(crate) fn read(&self) -> Result<Option<Baseline>, KnownError> {
        if self.write_baseline && self.baseline.is_none() {
            return Err(KnownError::NoFile);
        }
        let Some(path) = self.baseline.as_deref().filter(|_| !self.write_baseline) else {
            return Ok(None);
        };
        let named = || path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| KnownError::File { path: named(), source })?;
        let baseline = Baseline::from_json(&text).map_err(|source| KnownError::Form { path: named(), source })?;
        Ok(Some(baseline))
    }
}

/// Writes the findings of a run.
pub(crate) fn write(path: &Path, findings: &[v1::Finding]) -> Result<(), KnownError> {
    let baseline = Baseline::of(findings);
    std::fs::write(path, baseline.to_json()).map_err(|source| KnownError::File {
        path: path.display().to_string(),
        source,
    })?;
    say!("{} written to {}", counted(baseline.len(), "finding"), path.display());
    Ok(())
}
