//! `eci.yaml`: found beside or above the input, and put behind what the command line says.

mod rows;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use eci_sdk::manifest::{Reader, Source};
use eci_sdk::report::Configuration;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::args::{self, Check, Form};
use crate::files;
use crate::out::{self, say};
use crate::table::table;

/// Where the configuration comes from.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Config {
    /// The configuration, in the place of the `eci.yaml` that is looked for from the input upwards, to the root of its repository.
    #[arg(long = "config", value_name = "FILE", conflicts_with = "no_config")]
    file: Option<PathBuf>,
    /// Read no configuration.
    #[arg(long)]
    no_config: bool,
    /// What was found.
    #[arg(skip)]
    found: Option<Arc<Found>>,
}

/// A configuration that was read.
#[derive(Debug)]
pub(crate) struct Found {
    /// The file, as it is shown.
    path: PathBuf,
    /// Its folder, from which its paths are taken.
    folder: PathBuf,
    pub(crate) configuration: Configuration,
    skipped: GlobSet,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file says something that means nothing; all of it, a line each.
    #[error("{0}")]
    Faulty(String),
    /// The input lies under several files.
    #[error("the paths lie under different configurations, {0}: name one with --config, or none with --no-config")]
    Several(String),
}

impl Config {
    /// What was found and read, if anything.
    pub(crate) fn found(&self) -> Option<&Arc<Found>> {
        self.found.as_ref()
    }

    fn look(&mut self, paths: &[PathBuf]) -> Result<(), ConfigError> {
        let file = match (&self.file, self.no_config) {
            (_, true) => None,
            (Some(file), _) => Some(file.clone()),
            (None, false) => above(paths)?,
        };
        self.found = match file {
            Some(file) => Found::read(&file, self.file.is_some())?.map(Arc::new),
            None => None,
        };
        Ok(())
    }
}

/// The one configuration that the paths lie under.
fn above(paths: &[PathBuf]) -> Result<Option<PathBuf>, ConfigError> {
    let files: BTreeSet<PathBuf> = paths.iter().filter_map(|path| above_one(path)).collect();
    let mut files = files.into_iter();
    match (files.next(), files.next()) {
        (Some(first), Some(second)) => {
            let names = [first, second].map(|file| shown(&file).display().to_string());
            Err(ConfigError::Several(names.join(" and ")))
        }
        (first, _) => Ok(first),
    }
}

/// The nearest file from a path upwards; the root of a repository is the last folder that is looked at.
fn above_one(path: &Path) -> Option<PathBuf> {
    // Standard input stands in the working directory, and a pattern in the folder before it.
    let begin = whole(if path == Path::new("-") { Path::new(".") } else { path });
    for folder in begin.ancestors().filter(|folder| folder.is_dir()) {
        let file = folder.join(Configuration::FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// The path from the working directory, where it lies below that.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_path_buf()
}

impl Found {
    /// Reads a file; one that was met and not named may be a Kubernetes object, which configures nothing.
    fn read(file: &Path, is_named: bool) -> Result<Option<Self>, ConfigError> {
        let path = shown(file);
        let name = path.display().to_string();
        let bytes = std::fs::read(file).map_err(|source| ConfigError::Unreadable {
            path: name.clone(),
            source,
        })?;
        let source = Arc::new(Source::from_bytes(name.as_str(), bytes));
        let is_object = |document| !Configuration::is_in(&document);
        if !is_named && Reader::new().read(&source).any(is_object) {
            return Ok(None);
        }
        let configuration = Configuration::read(&source).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            ConfigError::Faulty(lines.join("\n"))
        })?;
        let mut skipped = GlobSetBuilder::new();
        for pattern in &configuration.skip {
            let glob = GlobBuilder::new(pattern.value.trim_start_matches("./"))
                .literal_separator(true)
                .build();
            skipped.add(glob.map_err(|error| faulty(&name, pattern.line, &error))?);
        }
        let skipped = skipped.build().map_err(|error| faulty(&name, 1, &error))?;
        let folder = whole(file).parent().map(Path::to_path_buf);
        Ok(Some(Self {
            path,
            folder: folder.unwrap_or_default(),
            configuration,
            skipped,
        }))
    }

    /// Whether a file that was met while walking is left out by a pattern.
    pub(crate) fn skips(&self, file: &Path) -> bool {
        let whole = whole(file);
        let below = whole.strip_prefix(&self.folder);
        below.is_ok_and(|below| below.ancestors().any(|part| self.skipped.is_match(part)))
    }

    /// Whether a file belongs to the program: the configuration itself, the baseline, or a report that it names.
    pub(crate) fn owns(&self, file: &Path) -> bool {
        let reports = self.configuration.output.iter();
        let reports = reports.filter_map(|form| Some(form.value.split_once('=')?.1));
        let baseline = self.configuration.baseline.iter().map(|path| path.value.as_str());
        let mut named = reports.chain(baseline).map(|written| whole(&self.folder.join(written)));
        let file = whole(file);
        file == whole(&self.path) || named.any(|own| own == file)
    }

    /// A path of the file, from the working directory.
    fn path(&self, written: &str) -> PathBuf {
        shown(&self.folder.join(written))
    }

    /// Where a line stands.
    fn origin(&self, line: usize) -> String {
        format!("{}:{line}", self.path.display())
    }
}

/// The path from the root of the file system, without looking for links.
fn whole(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    files::plain(&here.join(path))
}

fn faulty(name: &str, line: usize, error: &impl Display) -> ConfigError {
    ConfigError::Faulty(format!("{name}:{line}: {error}"))
}

/// Looks for the configuration of an input, and puts what it says of the cluster behind the command line.
pub(crate) fn settle(input: &mut args::Input) -> Result<(), ConfigError> {
    input.config.look(&input.paths)?;
    let Some(found) = input.config.found.clone() else {
        return Ok(());
    };
    let file = &found.configuration;
    input.edition = input.edition.or(file.edition.map(|edition| edition.value));
    input.region = input
        .region
        .take()
        .or_else(|| file.region.as_ref().map(|region| region.value.clone()));
    if input.cluster.is_empty() {
        input.cluster = file.cluster.iter().map(|path| found.path(&path.value)).collect();
    }
    // Of two choices the later one counts.
    let policies = file
        .policies
        .iter()
        .map(|row| format!("{}={}", row.value.0, row.value.1));
    input.policies = policies.chain(std::mem::take(&mut input.policies)).collect();
    Ok(())
}

/// The same for what `eci check` reports.
pub(crate) fn settle_check(check: &mut Check) -> Result<(), ConfigError> {
    settle(&mut check.input)?;
    let Some(found) = check.input.config.found.clone() else {
        return Ok(());
    };
    let file = &found.configuration;
    let wrong = |line, error: String| faulty(&found.path.display().to_string(), line, &error);
    if check.reports.is_unset() {
        for form in &file.output {
            let (name, target) = form.value.split_once('=').unwrap_or((&form.value, ""));
            let text = match target {
                "" => form.value.clone(),
                target => format!("{name}={}", found.path(target).display()),
            };
            check.reports.add(&text).map_err(|error| wrong(form.line, error))?;
        }
    }
    check.reports.limit(file.max_findings.map(|most| most.value));
    check.fail_on = check.fail_on.or(file.fail_on.map(|severity| severity.value));
    if check.known.baseline.is_none() {
        check.known.baseline = file.baseline.as_ref().map(|path| found.path(&path.value));
    }
    Ok(())
}

/// `eci config`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  eci config deploy/ --edition ack")]
pub(crate) struct Show {
    /// Whose configuration.
    #[command(flatten)]
    input: args::Input,
    /// The form of the output.
    #[arg(short = 'o', long, value_enum, default_value_t = Form::Human)]
    output: Form,
}

/// Prints what counts, and where each value comes from.
pub(crate) fn show(arguments: &mut Show) -> Result<ExitCode, Box<dyn Error>> {
    arguments.input.config.look(&arguments.input.paths)?;
    let rows = rows::rows(&arguments.input, arguments.input.config.found().map(Arc::as_ref));
    if arguments.output == Form::Json {
        out::json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    let cells = rows.settings.into_iter().map(|row| [row.key, row.value, row.origin]);
    say!("{}", table(&cells.collect::<Vec<_>>()).trim_end());
    Ok(ExitCode::SUCCESS)
}
