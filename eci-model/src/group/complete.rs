//! From a draft to the whole request, once everything it refers to is known.

use std::collections::BTreeMap;

use super::Draft;
use super::env::Visit;
use super::expand::Known;
use super::material::{Content, Entry, Materials};
use super::missing::{Lack, Missing};
use super::reference::{Ask, Reference};
use super::registry;
use super::who::Who;
use crate::api::{CreateContainerGroup, EnvironmentVar, ImageRegistryCredential, Volume};
use crate::limits::{MOST_OF_A_FILE, MOST_OF_A_POD};
use crate::path::{At, FieldPath};
use crate::policy;
use crate::secret::{MaybeSecret, Sensitive};

/// The request of one pod, and what is missing for it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Completed {
    /// The request, as far as it could be made.
    pub request: CreateContainerGroup,
    /// What is missing; the request must not be sent while some of it is not optional.
    pub missing: Vec<Missing>,
}

/// What completing a draft reads, and what it finds missing.
pub(super) struct Answers<'a> {
    pub(super) materials: &'a Materials,
    pub(super) who: &'a Who<'a>,
    pub(super) field_ref: policy::FieldRef,
    pub(super) file_modes: policy::FileModes,
    /// What was noted: reference, key, lack; the fields that ask for it are found at the end.
    noted: Vec<(Option<Reference>, Lack, Option<FieldPath>)>,
    /// The volume in work.
    at: Option<FieldPath>,
}

impl<'a> Answers<'a> {
    pub(super) fn content(&mut self, reference: &Reference) -> Option<&'a Content> {
        let content = self.materials.map(reference);
        if content.is_none() {
            self.lack(reference, Lack::Absent);
        }
        content
    }

    pub(super) fn key(&mut self, reference: &Reference, key: &str) -> Option<&'a Entry> {
        let entry = self.content(reference)?.get(key);
        if entry.is_none() {
            self.lack(reference, Lack::NoKey(key.to_owned()));
        }
        entry
    }

    pub(super) fn token(&mut self, audience: Option<&str>, seconds: u64) -> Option<&'a Sensitive<String>> {
        let token = self.materials.token(audience);
        if token.is_none() {
            let audience = audience.map(ToOwned::to_owned);
            self.lack(&Reference::Token { audience, seconds }, Lack::Absent);
        }
        token
    }

    pub(super) fn skip(&mut self, reference: &Reference, keys: Vec<String>) {
        self.lack(reference, Lack::Skipped(keys));
    }

    pub(super) fn lack(&mut self, reference: &Reference, lack: Lack) {
        self.note(Some(reference.clone()), lack, None);
    }

    /// Notes that a volume of the pod is none that the API has.
    pub(super) fn lack_volume(&mut self, _name: &str, lack: Lack) {
        self.note(None, lack, self.at.clone());
    }

    /// Notes that a source of the volume in work is none that the API has.
    pub(super) fn lack_source(&mut self, lack: Lack) {
        self.note(None, lack, self.at.clone());
    }

    fn note(&mut self, reference: Option<Reference>, lack: Lack, path: Option<FieldPath>) {
        let note = (reference, lack, path);
        if !self.noted.contains(&note) {
            self.noted.push(note);
        }
    }
}

impl Draft {
    /// Tells everything that must be looked up to `visit`, with the key that is wanted and the field that wants it.
    fn visit(&self, materials: &Materials, pod: Option<&str>, visit: &mut Visit<'_>) {
        let spec = At::ROOT.field("spec");
        for prepared in &self.containers {
            let list = spec.field(prepared.field);
            prepared.variables.visit(&list.index(prepared.index), visit);
        }
        let volumes = spec.field("volumes");
        for (index, (_, source)) in self.volumes.iter().enumerate() {
            source.visit(materials, pod, &volumes.index(index), visit);
        }
        let list = spec.field("imagePullSecrets");
        for (index, name) in self.pull_secrets.iter().enumerate() {
            visit(&pull_secret(name), None, &list.index(index));
        }
        if self.wants_services {
            visit(&Reference::Services, None, &spec.field("enableServiceLinks"));
        }
    }

    /// Everything that must be looked up, each once; claims bring their volumes once they are known.
    ///
    /// `pod` is the name of the pod, for the claims of its ephemeral volumes.
    pub fn references(&self, materials: &Materials, pod: Option<&str>) -> Vec<Reference> {
        let mut references: Vec<Reference> = Vec::new();
        self.visit(materials, pod, &mut |reference, _, _| {
            if !references.contains(reference) {
                references.push(reference.clone());
            }
        });
        references
    }

    /// Every field that asks for something, with what it asks for.
    pub fn asks(&self, materials: &Materials, pod: Option<&str>) -> Vec<Ask> {
        let mut asks = Vec::new();
        self.visit(materials, pod, &mut |reference, key, at| {
            asks.push(Ask {
                reference: reference.clone(),
                key: key.map(ToOwned::to_owned),
                path: at.to_path(),
            });
        });
        asks
    }

    /// The whole request of one pod, and what is missing for it.
    pub fn complete(&self, materials: &Materials, who: &Who<'_>) -> Completed {
        let mut answers = Answers {
            materials,
            who,
            field_ref: self.field_ref,
            file_modes: self.file_modes,
            noted: Vec::new(),
            at: None,
        };
        let mut request = self.request.clone();
        self.variables(&mut request, &mut answers);
        self.mounted(&mut request, &mut answers);
        request.image_registry_credential = self.credentials(&mut answers);
        let server = materials.known_services().and_then(|services| services.dns());
        self.names.complete(&mut request, server, who);
        request.container_group_name = who.group_name();
        request.client_token = Some(who.client_token());
        request.tag.splice(0..0, who.tags());
        let missing = self.missing(answers);
        Completed { request, missing }
    }

    fn variables(&self, request: &mut CreateContainerGroup, answers: &mut Answers<'_>) {
        let services = answers.materials.known_services().filter(|_| self.wants_services);
        let services = services.map(|services| services.variables(answers.who.namespace, self.links));
        let services: BTreeMap<String, String> = services.unwrap_or_default();
        let mut prepared = self.containers.iter();
        for container in &mut request.init_container {
            let Some(prepared) = prepared.next() else { return };
            let known;
            (container.environment_var, known) = prepared.variables.resolve(&services, answers);
            expand(&known, &mut container.command, &mut container.arg);
            let mounts = container.volume_mount.iter_mut();
            prepared.expand_paths(&known, mounts.map(|mount| &mut mount.sub_path));
        }
        for container in &mut request.container {
            let Some(prepared) = prepared.next() else { return };
            let (variables, known): (Vec<EnvironmentVar>, Known<'_>) = prepared.variables.resolve(&services, answers);
            container.environment_var = variables;
            expand(&known, &mut container.command, &mut container.arg);
            let mounts = container.volume_mount.iter_mut();
            prepared.expand_paths(&known, mounts.map(|mount| &mut mount.sub_path));
        }
    }

    fn mounted(&self, request: &mut CreateContainerGroup, answers: &mut Answers<'_>) {
        let init = request.init_container.iter().flat_map(|it| &it.volume_mount);
        let apps = request.container.iter().flat_map(|it| &it.volume_mount);
        let mounts: Vec<&str> = init.chain(apps).filter_map(|mount| mount.name.as_deref()).collect();
        let mut resolved = Vec::with_capacity(self.volumes.len());
        let mut total = 0_u64;
        for (index, (name, source)) in self.volumes.iter().enumerate() {
            let spec = At::ROOT.field("spec");
            answers.at = Some(spec.field("volumes").index(index).to_path());
            let volume = source.resolve(name, mounts.contains(&name.as_str()), answers);
            if let Some(volume) = volume {
                total = total.saturating_add(self.files(&volume, answers));
                resolved.push(volume);
            }
        }
        if total > MOST_OF_A_POD {
            answers.at = Some(At::ROOT.field("spec").field("volumes").to_path());
            answers.lack_source(Lack::TooLarge {
                bytes: total,
                most: MOST_OF_A_POD,
                passes: self.config_total == policy::ConfigTotal::Warn,
            });
        }
        request.volume = resolved;
    }

    /// The bytes of the files of a volume; one that is too large is noted.
    fn files(&self, volume: &Volume, answers: &mut Answers<'_>) -> u64 {
        let files = volume.config_file_volume.iter().flat_map(|it| &it.config_file_to_path);
        let sizes = files.filter_map(|file| file.content.as_ref()).map(bytes_of);
        let (total, largest) = sizes.fold((0_u64, 0), |(total, largest), bytes| {
            (total.saturating_add(bytes), largest.max(bytes))
        });
        if largest > MOST_OF_A_FILE {
            answers.lack_source(Lack::TooLarge {
                bytes: largest,
                most: MOST_OF_A_FILE,
                passes: false,
            });
        }
        total
    }

    fn credentials(&self, answers: &mut Answers<'_>) -> Vec<ImageRegistryCredential> {
        let mut credentials: Vec<ImageRegistryCredential> = Vec::new();
        for name in &self.pull_secrets {
            let content = answers.content(&pull_secret(name));
            for credential in content.into_iter().flat_map(registry::credentials) {
                if !credentials.iter().any(|known| known.server == credential.server) {
                    credentials.push(credential);
                }
            }
        }
        credentials
    }

    /// What was noted, with the field that asks for it.
    fn missing(&self, answers: Answers<'_>) -> Vec<Missing> {
        if answers.noted.is_empty() {
            return Vec::new();
        }
        let asks = self.asks(answers.materials, Some(answers.who.name));
        let place = |reference: Option<&Reference>, lack: &Lack| {
            let wanted = match lack {
                Lack::NoKey(key) => Some(key),
                _ => None,
            };
            let mut asks = asks.iter().filter(|ask| Some(&ask.reference) == reference);
            let ask = asks.find(|ask| wanted.is_none() || ask.key.as_ref() == wanted);
            ask.map_or_else(|| At::ROOT.field("spec").to_path(), |ask| ask.path.clone())
        };
        let missing = answers.noted.into_iter().map(|(reference, lack, path)| Missing {
            path: path.unwrap_or_else(|| place(reference.as_ref(), &lack)),
            reference,
            lack,
        });
        missing.collect()
    }
}

/// Kubelet goes on without a pull Secret that is missing, and so do we.
fn pull_secret(name: &str) -> Reference {
    Reference::Secret {
        name: name.to_owned(),
        optional: true,
    }
}

fn expand(known: &Known<'_>, command: &mut [MaybeSecret], arg: &mut [MaybeSecret]) {
    for word in command.iter_mut().chain(arg) {
        known.expand_in_place(word);
    }
}

/// How many bytes a content has that is written in Base64.
fn bytes_of(content: &Sensitive<String>) -> u64 {
    let text = content.expose_secret();
    let padding = text.len() - text.trim_end_matches('=').len();
    (text.len() / 4 * 3).saturating_sub(padding) as u64
}
