//! What was found of the things a request needs, and what is known not to exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::storage::v1::StorageClass;

use super::reference::{Ask, Reference};
use super::service::ClusterServices;
use crate::secret::Sensitive;

/// The entries of a ConfigMap or Secret.
pub(super) type Content = BTreeMap<String, Entry>;

/// An entry of a ConfigMap or Secret.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) value: Sensitive<Vec<u8>>,
    /// Whether it is declared as bytes of a ConfigMap, which only files can hold.
    pub(super) is_binary: bool,
}

#[cfg(test)]
impl Entry {
    pub(super) const fn text(bytes: Vec<u8>) -> Self {
        Self {
            value: Sensitive::new(bytes),
            is_binary: false,
        }
    }
}

/// A claim, as far as it leads on.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) volume: Option<String>,
    pub(super) class: Option<String>,
}

/// What was found, and what is known not to exist; names are of the pod's namespace.
///
/// Answers are copied in as far as they are needed.
#[derive(Clone, Debug, Default)]
pub struct Materials {
    config_maps: BTreeMap<String, Option<Arc<Content>>>,
    secrets: BTreeMap<String, Option<Arc<Content>>>,
    volume_secrets: BTreeMap<(String, String), Option<Arc<Content>>>,
    claims: BTreeMap<String, Option<Claim>>,
    volumes: BTreeMap<String, Option<Arc<core::PersistentVolume>>>,
    classes: BTreeMap<String, Option<bool>>,
    services: Option<ClusterServices>,
    tokens: BTreeMap<Option<String>, Option<Sensitive<String>>>,
}

impl Materials {
    /// Takes a ConfigMap in.
    pub fn config_map(&mut self, object: &core::ConfigMap) {
        let name = object.metadata.name.clone().unwrap_or_default();
        let texts = object.data.iter().flatten();
        let texts = texts.map(|(key, value)| (key, value.as_bytes(), false));
        let bytes = object.binary_data.iter().flatten();
        let bytes = bytes.map(|(key, value)| (key, value.0.as_slice(), true));
        let content = content(texts.chain(bytes), "ConfigMap", &name);
        self.config_maps.insert(name, Some(Arc::new(content)));
    }

    /// Takes a Secret of the pod's namespace in.
    pub fn secret(&mut self, object: &core::Secret) {
        let name = object.metadata.name.clone().unwrap_or_default();
        self.secrets.insert(name, Some(Arc::new(secret_content(object))));
    }

    /// Takes the Secret of a PersistentVolume in, from any namespace.
    pub fn volume_secret(&mut self, namespace: &str, object: &core::Secret) {
        let name = object.metadata.name.clone().unwrap_or_default();
        let key = (namespace.to_owned(), name);
        self.volume_secrets.insert(key, Some(Arc::new(secret_content(object))));
    }

    /// Takes a PersistentVolumeClaim in.
    pub fn claim(&mut self, object: &core::PersistentVolumeClaim) {
        let name = object.metadata.name.clone().unwrap_or_default();
        let spec = object.spec.as_ref();
        let text = |text: Option<&String>| text.filter(|text| !text.is_empty()).cloned();
        let claim = Claim {
            volume: text(spec.and_then(|spec| spec.volume_name.as_ref())),
            class: text(spec.and_then(|spec| spec.storage_class_name.as_ref())),
        };
        self.claims.insert(name, Some(claim));
    }

    /// Takes a PersistentVolume in.
    pub fn volume(&mut self, object: &core::PersistentVolume) {
        let name = object.metadata.name.clone().unwrap_or_default();
        self.volumes.insert(name, Some(Arc::new(object.clone())));
    }

    /// Takes a StorageClass in.
    pub fn class(&mut self, object: &StorageClass) {
        let name = object.metadata.name.clone().unwrap_or_default();
        let waits = object.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer");
        self.classes.insert(name, Some(waits));
    }

    /// Takes Services in; those that are no business of the pod may be among them.
    pub fn services<'a>(&mut self, objects: impl IntoIterator<Item = &'a core::Service>) {
        self.services = Some(objects.into_iter().collect());
    }

    /// Takes a token in, for the audience it was asked for.
    pub fn token_for(&mut self, audience: Option<&str>, token: Sensitive<String>) {
        self.tokens.insert(audience.map(Into::into), Some(token));
    }

    /// Puts a mark in place of one key, or of a token, that is not looked up: requests show where its value will come from.
    ///
    /// Whole ConfigMaps and Secrets, and what leads on, have no mark, since nothing is known of what is in them.
    pub fn awaited(&mut self, ask: &Ask) {
        let maps = match &ask.reference {
            Reference::ConfigMap { name, .. } => self.config_maps.entry(name.clone()),
            Reference::Secret { name, .. } => self.secrets.entry(name.clone()),
            Reference::Token { audience, .. } => {
                let token = Sensitive::awaited(ask.reference.to_string());
                self.tokens.entry(audience.clone()).or_insert(Some(token));
                return;
            }
            _ => return,
        };
        let Some(key) = &ask.key else { return };
        if let Some(content) = maps.or_insert_with(|| Some(Arc::default())) {
            Arc::make_mut(content).entry(key.clone()).or_insert_with(|| Entry {
                value: Sensitive::awaited(format!("{} key {key}", ask.reference)),
                is_binary: false,
            });
        }
    }

    /// Notes that something does not exist.
    pub fn absent(&mut self, reference: &Reference) {
        match reference {
            Reference::ConfigMap { name, .. } => drop(self.config_maps.insert(name.clone(), None)),
            Reference::Secret { name, .. } => drop(self.secrets.insert(name.clone(), None)),
            Reference::VolumeSecret { namespace, name } => {
                drop(self.volume_secrets.insert((namespace.clone(), name.clone()), None));
            }
            Reference::Claim { name } => drop(self.claims.insert(name.clone(), None)),
            Reference::Volume { name } => drop(self.volumes.insert(name.clone(), None)),
            Reference::Class { name } => drop(self.classes.insert(name.clone(), None)),
            Reference::Services => self.services = Some(ClusterServices::default()),
            Reference::Token { audience, .. } => drop(self.tokens.insert(audience.clone(), None)),
        }
    }

    /// Whether an answer was given, be it that the thing does not exist.
    pub fn is_answered(&self, reference: &Reference) -> bool {
        match reference {
            Reference::ConfigMap { name, .. } => self.config_maps.contains_key(name),
            Reference::Secret { name, .. } => self.secrets.contains_key(name),
            Reference::VolumeSecret { namespace, name } => {
                self.volume_secrets.contains_key(&(namespace.clone(), name.clone()))
            }
            Reference::Claim { name } => self.claims.contains_key(name),
            Reference::Volume { name } => self.volumes.contains_key(name),
            Reference::Class { name } => self.classes.contains_key(name),
            Reference::Services => self.services.is_some(),
            Reference::Token { audience, .. } => self.tokens.contains_key(audience),
        }
    }

    pub(super) fn map(&self, reference: &Reference) -> Option<&Content> {
        match reference {
            Reference::ConfigMap { name, .. } => self.config_maps.get(name)?.as_deref(),
            Reference::Secret { name, .. } => self.secrets.get(name)?.as_deref(),
            Reference::VolumeSecret { namespace, name } => {
                let key = (namespace.clone(), name.clone());
                self.volume_secrets.get(&key)?.as_deref()
            }
            _ => None,
        }
    }

    pub(super) fn bound(&self, claim: &str) -> Option<&Claim> {
        self.claims.get(claim)?.as_ref()
    }

    pub(super) fn persistent(&self, volume: &str) -> Option<&core::PersistentVolume> {
        self.volumes.get(volume)?.as_deref()
    }

    /// Whether a class waits with the volume until a pod uses the claim.
    pub(super) fn waits(&self, class: &str) -> Option<bool> {
        self.classes.get(class).copied().flatten()
    }

    pub(super) fn token(&self, audience: Option<&str>) -> Option<&Sensitive<String>> {
        self.tokens.get(&audience.map(ToOwned::to_owned))?.as_ref()
    }

    pub(super) const fn known_services(&self) -> Option<&ClusterServices> {
        self.services.as_ref()
    }
}

fn secret_content(object: &core::Secret) -> Content {
    let name = object.metadata.name.as_deref().unwrap_or_default();
    let bytes = object.data.iter().flatten();
    let bytes = bytes.map(|(key, value)| (key, value.0.as_slice(), false));
    let texts = object.string_data.iter().flatten();
    let texts = texts.map(|(key, value)| (key, value.as_bytes(), false));
    content(bytes.chain(texts), "Secret", name)
}

fn content<'a>(entries: impl Iterator<Item = (&'a String, &'a [u8], bool)>, kind: &str, name: &str) -> Content {
    let entry = |(key, bytes, is_binary): (&String, &[u8], bool)| {
        let value = Sensitive::new(bytes.to_vec()).with_origin(format!("{kind} {name} key {key}"));
        (key.clone(), Entry { value, is_binary })
    };
    entries.map(entry).collect()
}
