//! From paths to objects and facts.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eci_sdk::manifest::{Document, Parsed, Reader, Source, rules};
use eci_sdk::{Cluster, Edition, FactsDocument, Finding, Location, Policies};

use crate::args;
use crate::config::Found as Configured;
use crate::files::{self, Files};
use crate::kustomization;
use crate::mending::Texts;

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
    /// Standard input can be read once.
    #[error("`-` stands more than once: standard input can be read once")]
    Twice,
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

/// The document of a finding that is about none.
pub(crate) const NO_DOCUMENT: usize = usize::MAX;

/// Everything that was read.
#[derive(Debug)]
pub(crate) struct Input {
    /// The documents, in the order of the input.
    pub(crate) documents: Vec<Document>,
    /// How many of them came with `--cluster`; they stand first.
    pub(crate) fact_documents: usize,
    /// The objects in them.
    pub(crate) items: Vec<Item>,
    /// What is wrong with the texts, with the document each finding is about.
    pub(crate) findings: Vec<(usize, Finding)>,
    /// What is known of the cluster.
    pub(crate) cluster: Cluster,
    /// How many files were read, those of `--cluster` not counted.
    pub(crate) files: usize,
    /// Files of other types that were met while walking folders.
    pub(crate) other_files: usize,
    /// Patches of kustomizations that were met while walking folders.
    pub(crate) patches: usize,
    /// Whether a path that was named cannot be read.
    pub(crate) is_incomplete: bool,
    /// Files that a configuration leaves out, met while walking folders.
    pub(crate) left_out: usize,
    /// The configuration.
    configured: Option<Arc<Configured>>,
    /// What takes the place of some files.
    texts: Texts,
    /// The files that were met in folders and by patterns.
    walked: BTreeSet<PathBuf>,
}

impl Input {
    /// Reads what the arguments name; facts first, so that the order of files does not matter.
    ///
    /// # Errors
    /// [`InputError`] when facts cannot be read, or there is no object at all.
    pub(crate) fn read(arguments: &args::Input) -> Result<Self, InputError> {
        Self::read_with(arguments, &Texts::new())
    }

    /// The same, with other texts in the place of some files.
    ///
    /// # Errors
    /// As [`Input::read`].
    pub(crate) fn read_with(arguments: &args::Input, texts: &Texts) -> Result<Self, InputError> {
        let mut input = Self::facts(arguments)?;
        input.texts.clone_from(texts);
        input.fact_documents = input.documents.len();
        input.files = 0;
        let mut unreadable = None;
        for path in &arguments.paths {
            if let Err(error) = input.path(path, false) {
                input.is_incomplete = true;
                input.findings.push((NO_DOCUMENT, rules::unreadable(path, &error)));
                unreadable.get_or_insert((path, error));
            }
        }
        if !input.judged().iter().any(Document::is_object) {
            return Err(match unreadable {
                Some((path, source)) => InputError::Unreadable {
                    path: path.display().to_string(),
                    source,
                },
                None => InputError::Nothing(input.files),
            });
        }
        input.learn(arguments)?;
        Ok(input)
    }

    /// Reads only what `--cluster` names, and takes it in.
    ///
    /// # Errors
    /// [`InputError`] when it cannot be read.
    pub(crate) fn only_facts(arguments: &args::Input) -> Result<Self, InputError> {
        let mut input = Self::facts(arguments)?;
        input.fact_documents = input.documents.len();
        input.files = 0;
        input.learn(arguments)?;
        Ok(input)
    }

    /// The documents that are judged.
    pub(crate) fn judged(&self) -> &[Document] {
        self.documents.get(self.fact_documents..).unwrap_or_default()
    }

    fn facts(arguments: &args::Input) -> Result<Self, InputError> {
        let mut input = Self {
            documents: Vec::new(),
            fact_documents: 0,
            items: Vec::new(),
            findings: Vec::new(),
            cluster: Cluster::new(Edition::Ack),
            files: 0,
            other_files: 0,
            patches: 0,
            is_incomplete: false,
            left_out: 0,
            configured: arguments.config.found().cloned(),
            texts: Texts::new(),
            walked: BTreeSet::new(),
        };
        let all = arguments.cluster.iter().chain(&arguments.paths);
        if all.filter(|path| path.as_path() == Path::new("-")).count() > 1 {
            return Err(InputError::Twice);
        }
        for path in &arguments.cluster {
            input.path(path, true).map_err(|source| InputError::Unreadable {
                path: path.display().to_string(),
                source,
            })?;
        }
        input.other_files = 0;
        input.patches = 0;
        input.left_out = 0;
        Ok(input)
    }

    fn path(&mut self, path: &Path, is_fact: bool) -> std::io::Result<()> {
        if path == Path::new("-") {
            if let Some(text) = self.texts.get("-") {
                let bytes = text.clone().into_bytes();
                self.text("-", bytes, is_fact);
                return Ok(());
            }
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            self.text("-", bytes, is_fact);
            return Ok(());
        }
        let metadata = std::fs::metadata(path);
        if metadata.is_err()
            && let Some(files) = files::matching(path)
        {
            self.walked(files?, is_fact);
            return Ok(());
        }
        if !metadata?.is_dir() {
            self.walked.insert(files::plain(path));
            let bytes = std::fs::read(path)?;
            self.text(&path.display().to_string(), bytes, is_fact);
            return Ok(());
        }
        // A folder that may not be listed is not an empty one.
        std::fs::read_dir(path)?;
        self.walked(Files::below(path), is_fact);
        Ok(())
    }

    /// Reads files that nobody named one by one.
    fn walked(&mut self, files: Files, is_fact: bool) {
        let patches = kustomization::patches(&files.manifests);
        self.other_files += files.others;
        self.findings
            .extend(files.unreadable.into_iter().map(|finding| (NO_DOCUMENT, finding)));
        for file in files.manifests {
            // Several patterns and folders may mean the same file.
            if !self.walked.insert(files::plain(&file)) {
                continue;
            }
            if let Some(configured) = &self.configured {
                if configured.owns(&file) {
                    continue;
                }
                if configured.skips(&file) {
                    self.left_out += 1;
                    continue;
                }
            }
            if patches.contains(&file) {
                self.patches += 1;
                continue;
            }
            match std::fs::read(&file) {
                Ok(bytes) => self.text(&file.display().to_string(), bytes, is_fact),
                // A file that vanished or may not be read does not stop the others.
                Err(error) => self.findings.push((NO_DOCUMENT, files::met_unreadable(&file, &error))),
            }
        }
    }

    fn text(&mut self, name: &str, bytes: Vec<u8>, is_fact: bool) {
        self.files += 1;
        let bytes = self.texts.get(name).map_or(bytes, |text| text.clone().into_bytes());
        let source = Arc::new(Source::from_bytes(name, bytes));
        for document in Reader::new().read(&source) {
            let number = self.documents.len();
            let (objects, findings) = document.objects();
            self.findings
                .extend(findings.into_iter().map(|finding| (number, finding)));
            self.items.extend(objects.into_iter().map(|parsed| Item {
                document: number,
                parsed,
                is_fact,
            }));
            self.documents.push(document);
        }
    }

    /// Facts documents, then what the command line says, then objects that are facts.
    fn learn(&mut self, arguments: &args::Input) -> Result<(), InputError> {
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
            let (_, findings) = self.cluster.observe(item.parsed.object());
            self.findings
                .extend(findings.into_iter().map(|finding| (item.document, finding)));
        }
        Ok(())
    }

    /// The document of an item.
    pub(crate) fn document_of(&self, item: usize) -> Option<&Document> {
        self.documents.get(self.items.get(item)?.document)
    }

    /// How many pods an item asks for.
    pub(crate) fn replicas(&self, item: usize) -> u32 {
        let pod = self.items.get(item).and_then(|item| item.parsed.object().pod());
        pod.map_or(1, |pod| pod.replicas())
    }

    /// File and line of a place in an object that was read.
    pub(crate) fn line_of(&self, location: &Location) -> Option<String> {
        let is_it = |document: &&Document| document.is_about(&location.object);
        let document = self.documents.iter().find(is_it)?;
        let position = document
            .source()
            .position(document.span(&location.path, location.within).start);
        Some(format!("{}:{}", document.source().name(), position.line))
    }

    /// The kinds of other projects whose pod templates were read in a document.
    pub(crate) fn template_kinds(objects: &[&Parsed]) -> BTreeSet<String> {
        let kinds = objects.iter().filter_map(|object| match object {
            Parsed::Template(template) => Some(template.owner_kind.clone()),
            _ => None,
        });
        kinds.collect()
    }
}
