//! From paths to objects and facts.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eci_sdk::manifest::{Document, Parsed, Reader, Source};
use eci_sdk::{Cluster, Edition, FactsDocument, Finding, Findings, Policies};

use crate::args;

/// Why nothing could be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    /// A named path cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The path.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A policy is not `NAME=VALUE`, or does not exist.
    #[error("--policy {0}: {1}")]
    Policy(String, String),
    /// There is nothing to judge.
    #[error("no Kubernetes objects in {0} files")]
    Nothing(usize),
}

/// An object, and the document it was read from.
#[derive(Debug)]
pub(crate) struct Item {
    /// Position of its document in [`Input::documents`].
    pub(crate) document: usize,
    /// The object.
    pub(crate) parsed: Parsed,
    /// Whether it came with `--cluster`: a fact, not something to judge.
    pub(crate) is_fact: bool,
}

/// Everything that was read.
#[derive(Debug)]
pub(crate) struct Input {
    /// The documents, in the order of the input.
    pub(crate) documents: Vec<Document>,
    /// The objects in them.
    pub(crate) items: Vec<Item>,
    /// What is wrong with the texts, with the document each finding is about.
    pub(crate) findings: Vec<(usize, Finding)>,
    /// What is known of the cluster.
    pub(crate) cluster: Cluster,
    /// How many files were read.
    pub(crate) files: usize,
    /// Kinds with a pod template that were read, beyond those of Kubernetes itself.
    pub(crate) other_templates: BTreeSet<String>,
}

impl Input {
    /// Reads what the arguments name; facts first, so that the order of files does not matter.
    ///
    /// # Errors
    /// [`InputError`] when a named path cannot be read, or there is no object at all.
    pub(crate) fn read(arguments: &args::Input) -> Result<Self, InputError> {
        let mut input = Self {
            documents: Vec::new(),
            items: Vec::new(),
            findings: Vec::new(),
            cluster: Cluster::new(Edition::Ack),
            files: 0,
            other_templates: BTreeSet::new(),
        };
        for path in &arguments.cluster {
            input.path(path, true)?;
        }
        for path in &arguments.paths {
            input.path(path, false)?;
        }
        if !input.documents.iter().any(Document::is_object) {
            return Err(InputError::Nothing(input.files));
        }
        input.facts(arguments)?;
        Ok(input)
    }

    fn path(&mut self, path: &Path, is_fact: bool) -> Result<(), InputError> {
        let unreadable = |source| InputError::Unreadable {
            path: path.display().to_string(),
            source,
        };
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
            self.text("-", bytes, is_fact);
            return Ok(());
        }
        if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            let bytes = std::fs::read(path).map_err(unreadable)?;
            self.text(&path.display().to_string(), bytes, is_fact);
            return Ok(());
        }
        for file in manifests(path) {
            // A file that vanished or may not be read does not stop the others.
            match std::fs::read(&file) {
                Ok(bytes) => self.text(&file.display().to_string(), bytes, is_fact),
                Err(error) => anstream::eprintln!("warning: {}: {error}, skipped", file.display()),
            }
        }
        Ok(())
    }

    fn text(&mut self, name: &str, bytes: Vec<u8>, is_fact: bool) {
        self.files += 1;
        let source = Arc::new(Source::from_bytes(name, bytes));
        for document in Reader::new().read(&source) {
            let number = self.documents.len();
            let (objects, findings) = document.objects();
            self.findings
                .extend(findings.into_iter().map(|finding| (number, finding)));
            for parsed in objects {
                if let Parsed::Template(template) = &parsed {
                    self.other_templates.insert(template.owner_kind.clone());
                }
                self.items.push(Item {
                    document: number,
                    parsed,
                    is_fact,
                });
            }
            self.documents.push(document);
        }
    }

    /// Facts documents, then objects that are facts, then what the command line says.
    fn facts(&mut self, arguments: &args::Input) -> Result<(), InputError> {
        for (number, document) in self.documents.iter().enumerate() {
            if !FactsDocument::is_one(document.api_version(), document.kind()) {
                continue;
            }
            let told = match document.read_as::<FactsDocument>() {
                Ok(facts) => self
                    .cluster
                    .learn(&facts)
                    .err()
                    .map(|error| error.at(document.reference())),
                Err(finding) => Some(finding),
            };
            self.findings.extend(told.map(|finding| (number, finding)));
        }
        if let Some(edition) = arguments.edition {
            self.cluster = self.cluster.clone().with_edition(edition);
        }
        if let Some(region) = &arguments.region {
            self.cluster = self.cluster.clone().in_region(region.clone());
        }
        let mut policies: Policies = self.cluster.policies().clone();
        for choice in &arguments.policies {
            let error = |why: String| InputError::Policy(choice.clone(), why);
            let (name, value) = choice
                .split_once('=')
                .ok_or_else(|| error("expected NAME=VALUE".to_owned()))?;
            policies.set(name, value).map_err(|why| error(why.to_string()))?;
        }
        self.cluster = self.cluster.clone().with_policies(policies);
        for item in &self.items {
            let (_, findings): (_, Findings) = self.cluster.observe(item.parsed.object());
            self.findings
                .extend(findings.into_iter().map(|finding| (item.document, finding)));
        }
        Ok(())
    }
}

/// The YAML and JSON files below a folder, sorted, without hidden ones.
fn manifests(folder: &Path) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .sort_by_file_path(Path::cmp)
        .build();
    let is_manifest = |path: &Path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| ["yaml", "yml", "json"].contains(&extension))
    };
    let files = walk
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files
        .map(ignore::DirEntry::into_path)
        .filter(|path| is_manifest(path))
        .collect()
}
