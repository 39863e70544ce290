//! Claims, volumes, classes, and the names of ConfigMaps and Secrets: what rules about several objects look up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, Secret};
use k8s_openapi::api::storage::v1::StorageClass;
use serde::Deserialize;

use crate::object::Object;

/// What is known of claims, volumes, classes, ConfigMaps and Secrets.
///
/// Of ConfigMaps and Secrets only names and keys are kept. Cheap to clone: everything in it is shared.
///
/// # Example
/// ```
/// use eci_model::Object;
/// use eci_model::storage::{Inventory, Known};
/// use k8s_openapi::api::core::v1::PersistentVolumeClaim;
///
/// let claim: PersistentVolumeClaim = serde_json::from_str(
///     r#"{"metadata": {"name": "data", "namespace": "shop"}, "spec": {"storageClassName": "alicloud-disk-essd"}}"#,
/// )?;
/// let mut inventory = Inventory::default();
/// assert_eq!(inventory.observe(Object::from(&claim)), Some(true));
/// assert!(Known::of(&inventory).claim("shop", "data").is_some());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Inventory {
    claims: Shelf<PersistentVolumeClaim>,
    volumes: Shelf<PersistentVolume>,
    classes: Shelf<StorageClass>,
    secrets: Shelf<SecretDigest>,
    config_maps: Shelf<BTreeSet<Box<str>>>,
    is_complete: bool,
}

/// What is kept of a Secret: its keys, and whether it can open a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretDigest {
    /// Its type; `Opaque` when none is written.
    pub kind: Box<str>,
    /// Its keys.
    pub keys: BTreeSet<Box<str>>,
    /// Whether it has an entry with user and password, or with `auth`.
    pub opens_registry: bool,
}

impl Inventory {
    /// Takes an object in. Gives whether anything changed; `None` for kinds that are no fact of storage.
    pub fn observe(&mut self, object: Object<'_>) -> Option<bool> {
        let (namespace, name) = (object.namespace().unwrap_or_default(), object.name());
        Some(match object {
            Object::PersistentVolumeClaim(it) => self.claims.put(namespace, name, it, PersistentVolumeClaim::clone),
            Object::PersistentVolume(it) => self.volumes.put(namespace, name, it, PersistentVolume::clone),
            Object::StorageClass(it) => self.classes.put(namespace, name, it, StorageClass::clone),
            Object::Secret(it) => self
                .secrets
                .put(namespace, name, &SecretDigest::of(it), SecretDigest::clone),
            Object::ConfigMap(it) => self.config_maps.put(namespace, name, &keys(it), BTreeSet::clone),
            _ => return None,
        })
    }

    /// Takes a deleted object away. Gives whether it was known; `None` for kinds that are no fact of storage.
    pub fn forget(&mut self, object: Object<'_>) -> Option<bool> {
        let (namespace, name) = (object.namespace().unwrap_or_default(), object.name());
        Some(match object {
            Object::PersistentVolumeClaim(_) => self.claims.take(namespace, name),
            Object::PersistentVolume(_) => self.volumes.take(namespace, name),
            Object::StorageClass(_) => self.classes.take(namespace, name),
            Object::Secret(_) => self.secrets.take(namespace, name),
            Object::ConfigMap(_) => self.config_maps.take(namespace, name),
            _ => return None,
        })
    }

    /// Declares that every ConfigMap, Secret and claim there is was observed, or takes that back.
    pub const fn declare_complete(&mut self, is_complete: bool) {
        self.is_complete = is_complete;
    }

    /// Whether every ConfigMap, Secret and claim there is was observed.
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// How many claims, volumes and classes are known.
    pub fn counts(&self) -> [usize; 3] {
        [self.claims.len(), self.volumes.len(), self.classes.len()]
    }

    pub(super) fn claim(&self, namespace: &str, name: &str) -> Option<&PersistentVolumeClaim> {
        self.claims.get(namespace, name)
    }

    pub(super) fn volume(&self, name: &str) -> Option<&PersistentVolume> {
        self.volumes.get("", name)
    }

    pub(super) fn volumes(&self) -> impl Iterator<Item = &PersistentVolume> {
        self.volumes.iter()
    }

    pub(super) fn class(&self, name: &str) -> Option<&StorageClass> {
        self.classes.get("", name)
    }

    pub(super) fn classes(&self) -> impl Iterator<Item = &StorageClass> {
        self.classes.iter()
    }

    pub(super) fn secret(&self, namespace: &str, name: &str) -> Option<&SecretDigest> {
        self.secrets.get(namespace, name)
    }

    pub(super) fn config_map(&self, namespace: &str, name: &str) -> Option<&BTreeSet<Box<str>>> {
        self.config_maps.get(namespace, name)
    }
}

impl fmt::Debug for Inventory {
    /// Counts only: attributes of volumes may hold keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inventory")
            .field("claims", &self.claims.len())
            .field("volumes", &self.volumes.len())
            .field("classes", &self.classes.len())
            .field("secrets", &self.secrets.len())
            .field("config_maps", &self.config_maps.len())
            .field("is_complete", &self.is_complete)
            .finish()
    }
}

impl SecretDigest {
    const CONFIG_JSON: &'static str = "kubernetes.io/dockerconfigjson";
    const CONFIG: &'static str = "kubernetes.io/dockercfg";

    fn of(secret: &Secret) -> Self {
        let kind = secret.type_.as_deref().unwrap_or("Opaque");
        let data = secret
            .data
            .iter()
            .flatten()
            .map(|(key, value)| (key, value.0.as_slice()));
        let texts = secret.string_data.iter().flatten();
        let entries = data.chain(texts.map(|(key, value)| (key, value.as_bytes())));
        let mut digest = Self {
            kind: kind.into(),
            keys: BTreeSet::new(),
            opens_registry: false,
        };
        for (key, bytes) in entries {
            digest.opens_registry |= match (kind, key.as_str()) {
                (Self::CONFIG_JSON, ".dockerconfigjson") => {
                    serde_json::from_slice::<DockerConfig>(bytes).is_ok_and(|config| opens(&config.auths))
                }
                (Self::CONFIG, ".dockercfg") => {
                    serde_json::from_slice::<BTreeMap<String, DockerEntry>>(bytes).is_ok_and(|entries| opens(&entries))
                }
                _ => false,
            };
            digest.keys.insert(key.as_str().into());
        }
        digest
    }

    /// Whether its type is one of those that hold credentials of registries.
    pub fn is_for_registries(&self) -> bool {
        matches!(&*self.kind, Self::CONFIG_JSON | Self::CONFIG)
    }
}

/// The part of a docker configuration that holds credentials; other fields are ignored.
#[derive(Deserialize)]
struct DockerConfig {
    #[serde(default)]
    auths: BTreeMap<String, DockerEntry>,
}

#[derive(Deserialize)]
struct DockerEntry {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    auth: String,
}

fn opens(entries: &BTreeMap<String, DockerEntry>) -> bool {
    let opens =
        |entry: &DockerEntry| !entry.auth.is_empty() || !(entry.username.is_empty() || entry.password.is_empty());
    entries.values().any(opens)
}

fn keys(config_map: &ConfigMap) -> BTreeSet<Box<str>> {
    let texts = config_map.data.iter().flatten().map(|(key, _)| key);
    let bytes = config_map.binary_data.iter().flatten().map(|(key, _)| key);
    texts.chain(bytes).map(|key| key.as_str().into()).collect()
}

/// Objects by namespace and name; cluster-scoped ones stand under an empty namespace.
#[derive(Clone)]
struct Shelf<T>(Arc<BTreeMap<Box<str>, Arc<ByName<T>>>>);

type ByName<T> = BTreeMap<Box<str>, Arc<T>>;

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: PartialEq> Shelf<T> {
    fn put(&mut self, namespace: &str, name: &str, value: &T, keep: impl FnOnce(&T) -> T) -> bool {
        if self.get(namespace, name) == Some(value) {
            return false;
        }
        let shelf = Arc::make_mut(&mut self.0).entry(namespace.into()).or_default();
        Arc::make_mut(shelf).insert(name.into(), Arc::new(keep(value)));
        true
    }

    fn take(&mut self, namespace: &str, name: &str) -> bool {
        if self.get(namespace, name).is_none() {
            return false;
        }
        let shelf = Arc::make_mut(&mut self.0).entry(namespace.into()).or_default();
        Arc::make_mut(shelf).remove(name).is_some()
    }

    fn get(&self, namespace: &str, name: &str) -> Option<&T> {
        self.0.get(namespace)?.get(name).map(|object| &**object)
    }

    fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.values().flat_map(|shelf| shelf.values()).map(|object| &**object)
    }

    fn len(&self) -> usize {
        self.0.values().map(|shelf| shelf.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(json: serde_json::Value) -> SecretDigest {
        SecretDigest::of(&serde_json::from_value(json).expect("a Secret"))
    }

    #[test]
    fn secrets_that_open_a_registry_are_told_from_others() {
        let with = |kind: &str, key: &str, text: &str| {
            let digest =
                secret(serde_json::json!({"metadata": {"name": "s"}, "type": kind, "stringData": {key: text}}));
            (digest.is_for_registries(), digest.opens_registry)
        };
        let json = SecretDigest::CONFIG_JSON;
        let entry = r#"{"auths": {"harbor.example": {"username": "a", "password": "b"}}, "credsStore": "x"}"#;
        assert_eq!(with(json, ".dockerconfigjson", entry), (true, true));
        assert_eq!(
            with(json, ".dockerconfigjson", r#"{"auths": {"a": {"auth": "YTpi"}}}"#),
            (true, true)
        );
        assert_eq!(
            with(json, ".dockerconfigjson", r#"{"auths": {"a": {"username": "a"}}}"#),
            (true, false)
        );
        assert_eq!(with(json, ".dockerconfigjson", "no json"), (true, false));
        assert_eq!(
            with(SecretDigest::CONFIG, ".dockercfg", r#"{"a": {"auth": "YTpi"}}"#),
            (true, true)
        );
        assert_eq!(with("Opaque", ".dockerconfigjson", entry), (false, false));
    }

    #[test]
    fn nothing_of_a_secret_or_volume_is_printed() {
        let volume: PersistentVolume = serde_json::from_value(serde_json::json!({
            "metadata": {"name": "v"}, "spec": {"csi": {"driver": "ossplugin.csi.alibabacloud.com", "volumeHandle": "v",
                "volumeAttributes": {"akSecret": "canary-7"}}},
        }))
        .expect("a volume");
        let secret: Secret = serde_json::from_value(serde_json::json!({
            "metadata": {"name": "s"}, "stringData": {"password": "canary-8"},
        }))
        .expect("a Secret");
        let mut inventory = Inventory::default();
        inventory.observe(Object::from(&volume));
        inventory.observe(Object::from(&secret));
        assert!(!format!("{inventory:?}").contains("canary"));
        assert!(!format!("{:?}", inventory.secret("default", "s")).contains("canary"));
    }

    #[test]
    fn objects_come_change_and_go() {
        let mut class: StorageClass =
            serde_json::from_value(serde_json::json!({"metadata": {"name": "c"}, "provisioner": "p"}))
                .expect("a class");
        let mut inventory = Inventory::default();
        assert_eq!(inventory.observe(Object::from(&class)), Some(true));
        let before = inventory.clone();
        assert_eq!(inventory.observe(Object::from(&class)), Some(false));
        class.provisioner = "q".to_owned();
        assert_eq!(inventory.observe(Object::from(&class)), Some(true));
        assert_eq!(before.class("c").map(|class| class.provisioner.as_str()), Some("p"));
        assert_eq!(inventory.forget(Object::from(&class)), Some(true));
        assert_eq!(inventory.forget(Object::from(&class)), Some(false));
        let namespace = k8s_openapi::api::core::v1::Namespace::default();
        assert_eq!(inventory.observe(Object::from(&namespace)), None);
    }
}
