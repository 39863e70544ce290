//! From a draft to the whole request, once everything it refers to is known.

use std::collections::BTreeMap;

use super::Draft;
use super::env::Visit;
use super::expand::Known;
use super::material::{Content, Entry, Materials};
use super::reference::{Ask, Reference};
use super::registry;
use super::who::Who;
use crate::api::{CreateContainerGroup, EnvironmentVar, ImageRegistryCredential};
use crate::path::{At, FieldPath};
use crate::policy;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::secret::{MaybeSecret, Sensitive};

/// Something the pod refers to does not exist, or cannot be used.
pub const MATERIAL_MISSING: &Rule = &Rule::error(Code::eci(6142), "material-missing")
    .summary("the pod refers to something that does not exist")
    .why("without it a variable, a file or a volume of the pod is missing, and the pod is not created")
    .remedy("create it, or mark the reference as optional")
    .basis(Basis::Documented(
        "Kubernetes, references to ConfigMaps, Secrets and claims",
    ))
    .page(include_str!("../../rules/material-missing.md"));

/// Entries of a ConfigMap or Secret that cannot become variables.
pub const MATERIAL_SKIPPED: &Rule = &Rule::warning(Code::eci(6144), "material-skipped")
    .summary("entries that cannot become variables")
    .why("variables have names of letters, digits and underscores and values of text; Kubernetes skips the others too")
    .remedy("rename the keys, or mount the object as a volume")
    .basis(Basis::Inferred(
        "Kubernetes, envFrom; names of variables of CreateContainerGroup",
    ))
    .page(include_str!("../../rules/material-skipped.md"));

pub(super) static RULES: Rules = Rules::new(&[MATERIAL_MISSING, MATERIAL_SKIPPED]);

/// What is wrong with something the pod refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lack {
    /// It does not exist.
    Absent,
    /// It has no such key.
    NoKey(String),
    /// A claim that has no volume yet.
    Unbound {
        /// Its class.
        class: Option<String>,
        /// Whether the class waits with the volume until a pod uses the claim.
        waits: bool,
    },
    /// The API has nothing of this kind.
    Unsupported(String),
    /// Entries that cannot become variables.
    Skipped(Vec<String>),
}

/// Something that is missing for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// What the pod refers to; `None` for a volume of the pod itself.
    pub reference: Option<Reference>,
    /// What is wrong with it.
    pub lack: Lack,
    /// The field that asks for it.
    pub path: FieldPath,
}

impl Missing {
    /// Whether the pod can do without it.
    pub fn is_optional(&self) -> bool {
        matches!(self.lack, Lack::Skipped(_)) || self.reference.as_ref().is_some_and(Reference::is_optional)
    }

    /// The reason of the event that Kubernetes' virtual nodes write about it.
    pub fn event_reason(&self) -> &'static str {
        let optional = self.is_optional();
        match (&self.reference, &self.lack) {
            (_, Lack::Skipped(_)) => "InvalidEnvironmentVariableNames",
            (Some(Reference::ConfigMap { .. }), Lack::NoKey(_)) if optional => "OptionalConfigMapKeyNotFound",
            (Some(Reference::ConfigMap { .. }), Lack::NoKey(_)) => "MandatoryConfigMapKeyNotFound",
            (Some(Reference::ConfigMap { .. }), _) if optional => "OptionalConfigMapNotFound",
            (Some(Reference::ConfigMap { .. }), _) => "MandatoryConfigMapNotFound",
            (Some(Reference::Secret { .. } | Reference::VolumeSecret { .. }), Lack::NoKey(_)) if optional => {
                "OptionalSecretKeyNotFound"
            }
            (Some(Reference::Secret { .. } | Reference::VolumeSecret { .. }), Lack::NoKey(_)) => {
                "MandatorySecretKeyNotFound"
            }
            (Some(Reference::Secret { .. }), _) if optional => "OptionalSecretNotFound",
            (Some(Reference::Secret { .. } | Reference::VolumeSecret { .. }), _) => "MandatorySecretNotFound",
            _ => "FailedMount",
        }
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.reference.as_ref().map(ToString::to_string).unwrap_or_default();
        match &self.lack {
            Lack::Absent => f.write_str(&name),
            Lack::NoKey(key) => write!(f, "{name} has no key {key}"),
            Lack::Unbound { class: None, .. } => write!(f, "{name} has no volume and no class"),
            Lack::Unbound {
                class: Some(class),
                waits: true,
            } => write!(
                f,
                "{name} has no volume: its class {class} waits for the scheduler to place a pod"
            ),
            Lack::Unbound {
                class: Some(class),
                waits: false,
            } => write!(f, "{name} has no volume yet: its class {class} makes one"),
            Lack::Unsupported(kind) if name.is_empty() => write!(f, "{kind}, for which the API has no field"),
            Lack::Unsupported(kind) => write!(f, "{name} is a {kind}, for which the API has no field"),
            Lack::Skipped(keys) => write!(f, "{name}: {}", keys.join(", ")),
        }
    }
}

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
        for (index, (name, source)) in self.volumes.iter().enumerate() {
            let spec = At::ROOT.field("spec");
            answers.at = Some(spec.field("volumes").index(index).to_path());
            resolved.extend(source.resolve(name, mounts.contains(&name.as_str()), answers));
        }
        request.volume = resolved;
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
