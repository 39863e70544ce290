//! From a draft to the whole request, once everything it refers to is known.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;

use super::{Draft, volume};
use crate::api::{CreateContainerGroup, ImageRegistryCredential, Tag};
use crate::rule::{Basis, Code, Rule, Rules};
use crate::secret::Sensitive;

/// Something the pod refers to does not exist.
pub const MATERIAL_MISSING: &Rule = &Rule::error(Code::eci(6142), "material-missing")
    .summary("the pod refers to something that does not exist")
    .why("without it a variable, a file or a volume of the pod is missing, and the pod is not created")
    .remedy("create it, or mark the reference as optional")
    .basis(Basis::Documented(
        "Kubernetes, references to ConfigMaps, Secrets and claims",
    ));

pub(super) static RULES: Rules = Rules::new(&[MATERIAL_MISSING]);

/// Something outside the pod that a request needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reference {
    /// A ConfigMap of the pod's namespace.
    ConfigMap {
        /// Its name.
        name: String,
        /// Whether the pod can do without it.
        optional: bool,
    },
    /// A Secret of the pod's namespace.
    Secret {
        /// Its name.
        name: String,
        /// Whether the pod can do without it.
        optional: bool,
    },
    /// A PersistentVolumeClaim of the pod's namespace.
    Claim {
        /// Its name.
        name: String,
    },
    /// The PersistentVolume of a claim.
    Volume {
        /// Its name.
        name: String,
    },
    /// A token of the pod's service account.
    Token {
        /// For whom.
        audience: Option<String>,
        /// For how long.
        seconds: u64,
    },
}

impl Reference {
    pub(super) fn config_map(name: &str, optional: Option<bool>) -> Self {
        Self::ConfigMap {
            name: name.to_owned(),
            optional: optional.unwrap_or(false),
        }
    }

    pub(super) fn secret(name: &str, optional: Option<bool>) -> Self {
        Self::Secret {
            name: name.to_owned(),
            optional: optional.unwrap_or(false),
        }
    }

    /// Whether the pod can do without it.
    pub const fn is_optional(&self) -> bool {
        matches!(
            self,
            Self::ConfigMap { optional: true, .. } | Self::Secret { optional: true, .. }
        )
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ConfigMap { name, .. } => write!(f, "ConfigMap {name}"),
            Self::Secret { name, .. } => write!(f, "Secret {name}"),
            Self::Claim { name } => write!(f, "PersistentVolumeClaim {name}"),
            Self::Volume { name } => write!(f, "PersistentVolume {name}"),
            Self::Token {
                audience: Some(audience),
                ..
            } => write!(f, "service account token for {audience}"),
            Self::Token { audience: None, .. } => f.write_str("service account token"),
        }
    }
}

/// The entries of a ConfigMap or Secret, as bytes.
pub(super) type Content = BTreeMap<String, Sensitive<Vec<u8>>>;

/// What was found, and what is known not to exist; names are of the pod's namespace.
#[derive(Clone, Debug, Default)]
pub struct Materials {
    config_maps: BTreeMap<String, Option<Content>>,
    secrets: BTreeMap<String, Option<Content>>,
    claims: BTreeMap<String, Option<Option<String>>>,
    volumes: BTreeMap<String, Option<Box<core::PersistentVolume>>>,
    tokens: BTreeMap<Option<String>, Sensitive<String>>,
}

impl Materials {
    /// Takes a ConfigMap in.
    pub fn config_map(&mut self, object: &core::ConfigMap) {
        let name = object.metadata.name.clone().unwrap_or_default();
        let texts = object.data.iter().flatten().map(|(key, value)| (key, value.as_bytes()));
        let bytes = object
            .binary_data
            .iter()
            .flatten()
            .map(|(key, value)| (key, value.0.as_slice()));
        let content = content(texts.chain(bytes), "ConfigMap", &name);
        self.config_maps.insert(name, Some(content));
    }

    /// Takes a Secret in.
    pub fn secret(&mut self, object: &core::Secret) {
        let name = object.metadata.name.clone().unwrap_or_default();
        let bytes = object
            .data
            .iter()
            .flatten()
            .map(|(key, value)| (key, value.0.as_slice()));
        let texts = object
            .string_data
            .iter()
            .flatten()
            .map(|(key, value)| (key, value.as_bytes()));
        let content = content(bytes.chain(texts), "Secret", &name);
        self.secrets.insert(name, Some(content));
    }

    /// Takes a PersistentVolumeClaim in.
    pub fn claim(&mut self, object: &core::PersistentVolumeClaim) {
        let name = object.metadata.name.clone().unwrap_or_default();
        let volume = object.spec.as_ref().and_then(|spec| spec.volume_name.clone());
        self.claims
            .insert(name, Some(volume.filter(|volume| !volume.is_empty())));
    }

    /// Takes a PersistentVolume in.
    pub fn volume(&mut self, object: &core::PersistentVolume) {
        let name = object.metadata.name.clone().unwrap_or_default();
        self.volumes.insert(name, Some(Box::new(object.clone())));
    }

    /// Takes a token in, for the audience it was asked for.
    pub fn token_for(&mut self, audience: Option<&str>, token: Sensitive<String>) {
        self.tokens.insert(audience.map(Into::into), token);
    }

    /// Notes that something does not exist.
    pub fn absent(&mut self, reference: &Reference) {
        match reference {
            Reference::ConfigMap { name, .. } => drop(self.config_maps.insert(name.clone(), None)),
            Reference::Secret { name, .. } => drop(self.secrets.insert(name.clone(), None)),
            Reference::Claim { name } => drop(self.claims.insert(name.clone(), None)),
            Reference::Volume { name } => drop(self.volumes.insert(name.clone(), None)),
            Reference::Token { .. } => {}
        }
    }

    /// Whether an answer was given, be it that the thing does not exist.
    pub fn is_answered(&self, reference: &Reference) -> bool {
        match reference {
            Reference::ConfigMap { name, .. } => self.config_maps.contains_key(name),
            Reference::Secret { name, .. } => self.secrets.contains_key(name),
            Reference::Claim { name } => self.claims.contains_key(name),
            Reference::Volume { name } => self.volumes.contains_key(name),
            Reference::Token { audience, .. } => self.tokens.contains_key(audience),
        }
    }

    pub(super) fn entries(
        &self,
        reference: &Reference,
        missing: &mut Vec<Missing>,
    ) -> Vec<(String, Sensitive<Vec<u8>>)> {
        match self.map(reference) {
            Some(map) => map.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            None => {
                Missing::note(missing, reference, None);
                Vec::new()
            }
        }
    }

    pub(super) fn key(
        &self,
        reference: &Reference,
        key: &str,
        missing: &mut Vec<Missing>,
    ) -> Option<Sensitive<Vec<u8>>> {
        let value = self.map(reference).and_then(|map| map.get(key)).cloned();
        if value.is_none() {
            Missing::note(missing, reference, Some(key));
        }
        value
    }

    pub(super) fn claimed(
        &self,
        name: &str,
        read_only: Option<bool>,
        missing: &mut Vec<Missing>,
    ) -> Option<crate::api::Volume> {
        let volume = self.claims.get(name).cloned().flatten().flatten();
        let object = volume.and_then(|volume| self.volumes.get(&volume)?.as_deref());
        let mapped = object.and_then(|object| volume::of_persistent(object, read_only));
        if mapped.is_none() {
            Missing::note(missing, &Reference::Claim { name: name.to_owned() }, None);
        }
        mapped
    }

    pub(super) fn token(&self, audience: Option<&str>, missing: &mut Vec<Missing>) -> Option<Sensitive<String>> {
        let audience = audience.map(ToOwned::to_owned);
        let token = self.tokens.get(&audience).cloned();
        if token.is_none() {
            Missing::note(missing, &Reference::Token { audience, seconds: 0 }, None);
        }
        token
    }

    fn map(&self, reference: &Reference) -> Option<&Content> {
        match reference {
            Reference::ConfigMap { name, .. } => self.config_maps.get(name)?.as_ref(),
            Reference::Secret { name, .. } => self.secrets.get(name)?.as_ref(),
            _ => None,
        }
    }
}

/// The pod that a request is for.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// Its namespace.
    pub namespace: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its UID.
    pub uid: &'a str,
    /// Its labels.
    pub labels: &'a BTreeMap<String, String>,
    /// Its annotations.
    pub annotations: &'a BTreeMap<String, String>,
    /// Its service account.
    pub service_account: &'a str,
    /// The node it is bound to.
    pub node: &'a str,
}

impl Who<'_> {
    /// A field by its path, where it has a value before the pod runs.
    pub(super) fn field(&self, path: &str) -> Option<String> {
        let whole = |map: &BTreeMap<String, String>| {
            map.iter()
                .map(|(key, value)| format!("{key}={value:?}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        Some(match path {
            "metadata.name" => self.name.to_owned(),
            "metadata.namespace" => self.namespace.to_owned(),
            "metadata.uid" => self.uid.to_owned(),
            "metadata.labels" => whole(self.labels),
            "metadata.annotations" => whole(self.annotations),
            "spec.serviceAccountName" => self.service_account.to_owned(),
            "spec.nodeName" => self.node.to_owned(),
            _ => {
                let entry = |prefix: &str| path.strip_prefix(prefix)?.strip_suffix("']");
                let label = entry("metadata.labels['").map(|key| self.labels.get(key));
                let annotation = entry("metadata.annotations['").map(|key| self.annotations.get(key));
                return label.or(annotation).map(|value| value.cloned().unwrap_or_default());
            }
        })
    }
}

/// Something that is missing and that the pod cannot do without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What refers to it.
    pub reference: Reference,
    /// The key in it, when only that is missing.
    pub key: Option<String>,
}

impl Missing {
    fn note(missing: &mut Vec<Self>, reference: &Reference, key: Option<&str>) {
        let entry = Self {
            reference: reference.clone(),
            key: key.map(Into::into),
        };
        if !reference.is_optional() && !missing.contains(&entry) {
            missing.push(entry);
        }
    }
}

impl Draft {
    /// Everything that must be looked up, each once; claims bring their volumes once they are known.
    pub fn references(&self, materials: &Materials) -> Vec<Reference> {
        let mut references: Vec<Reference> = Vec::new();
        let variables = self
            .variables
            .iter()
            .flat_map(|variables| variables.references().cloned());
        let volumes = self.volumes.iter().flat_map(|(_, source)| source.references());
        let pulls = self.pull_secrets.iter().map(|name| Reference::Secret {
            name: name.clone(),
            optional: true,
        });
        for reference in variables.chain(volumes).chain(pulls) {
            if let Reference::Claim { name } = &reference
                && let Some(Some(Some(volume))) = materials.claims.get(name)
            {
                let volume = Reference::Volume { name: volume.clone() };
                if !references.contains(&volume) {
                    references.push(volume);
                }
            }
            if !references.contains(&reference) {
                references.push(reference);
            }
        }
        references
    }

    /// The whole request of one pod, and what is missing for it.
    pub fn complete(&self, materials: &Materials, who: &Who<'_>) -> (CreateContainerGroup, Vec<Missing>) {
        let mut missing = Vec::new();
        let mut request = self.request.clone();
        let mut variables = self.variables.iter();
        for container in &mut request.init_container {
            if let Some(variables) = variables.next() {
                container.environment_var = variables.resolve(materials, who, &mut missing);
            }
        }
        for container in &mut request.container {
            if let Some(variables) = variables.next() {
                container.environment_var = variables.resolve(materials, who, &mut missing);
            }
        }
        let volumes = self.volumes.iter();
        request.volume = volumes
            .filter_map(|(name, source)| source.resolve(name, materials, who, &mut missing))
            .collect();
        request.image_registry_credential = self.credentials(materials);
        request.container_group_name = group_name(who);
        request.client_token = Some(who.uid.chars().filter(char::is_ascii).take(64).collect());
        request.tag.splice(0..0, tags(who));
        (request, missing)
    }

    fn credentials(&self, materials: &Materials) -> Vec<ImageRegistryCredential> {
        let mut credentials: Vec<ImageRegistryCredential> = Vec::new();
        for name in &self.pull_secrets {
            let reference = Reference::Secret {
                name: name.clone(),
                optional: true,
            };
            for credential in materials.map(&reference).into_iter().flat_map(registry_credentials) {
                if !credentials.iter().any(|known| known.server == credential.server) {
                    credentials.push(credential);
                }
            }
        }
        credentials
    }
}

/// `namespace-name` in the letters the API takes, shortened with a piece of the UID where it is too long.
fn group_name(who: &Who<'_>) -> String {
    let letter = |letter: char| {
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
            letter
        } else {
            '-'
        }
    };
    let plain: String = format!("{}-{}", who.namespace, who.name)
        .to_ascii_lowercase()
        .chars()
        .map(letter)
        .collect();
    let plain = plain.trim_matches('-');
    if plain.len() <= 128 {
        return plain.to_owned();
    }
    let tail: String = who
        .uid
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect::<String>()
        .to_ascii_lowercase();
    let head: String = plain.chars().take(119).collect();
    format!("{}-{tail}", head.trim_end_matches('-'))
}

/// Which pod the group belongs to: names may repeat, the UID never does.
fn tags(who: &Who<'_>) -> Vec<Tag> {
    let tag = |key: &str, value: &str| Tag {
        key: Some(key.to_owned()),
        value: Some(value.chars().take(128).collect()),
    };
    vec![
        tag("NameSpace", who.namespace),
        tag("PodName", who.name),
        tag("UID", who.uid),
    ]
}

/// Server, user and password of each entry of a docker configuration.
fn registry_credentials(secret: &Content) -> Vec<ImageRegistryCredential> {
    use base64::Engine as _;
    let (text, nested) = match (secret.get(".dockerconfigjson"), secret.get(".dockercfg")) {
        (Some(text), _) => (text, true),
        (None, Some(text)) => (text, false),
        (None, None) => return Vec::new(),
    };
    let Ok(json) = serde_json::from_slice::<serde_json::Value>(text.expose_secret()) else {
        return Vec::new();
    };
    let entries = if nested { json.get("auths") } else { Some(&json) };
    let credential = |(server, entry): (&String, &serde_json::Value)| {
        let field = |name: &str| {
            entry
                .get(name)
                .and_then(|value| value.as_str())
                .filter(|value| !value.is_empty())
                .map(ToOwned::to_owned)
        };
        let auth = field("auth").and_then(|auth| base64::engine::general_purpose::STANDARD.decode(auth).ok());
        let auth = auth.and_then(|bytes| String::from_utf8(bytes).ok());
        let pair = auth.and_then(|auth| {
            auth.split_once(':')
                .map(|(user, password)| (user.to_owned(), password.to_owned()))
        });
        let (user, password) = pair.or_else(|| Some((field("username")?, field("password")?)))?;
        let plain = server.trim_start_matches("https://").trim_start_matches("http://");
        Some(ImageRegistryCredential {
            server: Some(plain.split('/').next().unwrap_or(plain).to_owned()),
            user_name: Some(user),
            password: Some(password.into()),
        })
    };
    entries
        .and_then(|entries| entries.as_object())
        .into_iter()
        .flatten()
        .filter_map(credential)
        .collect()
}

fn content<'a>(entries: impl Iterator<Item = (&'a String, &'a [u8])>, kind: &str, name: &str) -> Content {
    let entry = |(key, bytes): (&String, &[u8])| {
        let value = Sensitive::new(bytes.to_vec()).with_origin(format!("{kind} {name} key {key}"));
        (key.clone(), value)
    };
    entries.map(entry).collect()
}
