//! A small store of objects that answers bindings, for tests and simulations.

use std::collections::BTreeMap;

use eci_model::Object;
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, Secret, Service};
use k8s_openapi::api::storage::v1::StorageClass;

use super::binding::{Binding, Completion, Material, Need};

/// Rounds of answers: claims raise the question of their volume, volumes that of their Secret.
const ROUNDS: usize = 4;

/// Objects by namespace and name, which answer what bindings need.
///
/// A program on a cluster answers from its caches instead; this is for those without one.
#[derive(Clone, Debug, Default)]
pub struct Store {
    config_maps: BTreeMap<(String, String), ConfigMap>,
    secrets: BTreeMap<(String, String), Secret>,
    claims: BTreeMap<(String, String), PersistentVolumeClaim>,
    volumes: BTreeMap<String, PersistentVolume>,
    classes: BTreeMap<String, StorageClass>,
    services: BTreeMap<(String, String), Service>,
    /// Claims that nothing has bound yet get a volume of their own, as a provisioner would make one.
    provision: bool,
}

impl Store {
    /// An empty store that makes a disk for each claim that has no volume, and a token for each that is asked for.
    pub fn provisioning() -> Self {
        Self {
            provision: true,
            ..Self::default()
        }
    }

    /// Takes an object in; other kinds change nothing.
    pub fn put(&mut self, object: Object<'_>) {
        let key = || {
            (
                object.namespace().unwrap_or_default().to_owned(),
                object.name().to_owned(),
            )
        };
        match object {
            Object::ConfigMap(it) => drop(self.config_maps.insert(key(), it.clone())),
            Object::Secret(it) => drop(self.secrets.insert(key(), it.clone())),
            Object::PersistentVolumeClaim(it) => drop(self.claims.insert(key(), it.clone())),
            Object::PersistentVolume(it) => drop(self.volumes.insert(object.name().to_owned(), it.clone())),
            Object::StorageClass(it) => drop(self.classes.insert(object.name().to_owned(), it.clone())),
            Object::Service(it) => drop(self.services.insert(key(), it.clone())),
            _ => {}
        }
    }

    /// Answers everything a binding needs in a namespace, and completes it.
    pub fn complete(&self, namespace: &str, mut binding: Binding) -> Completion {
        for _ in 0..ROUNDS {
            for need in binding.needs() {
                self.answer(namespace, &need, &mut binding);
            }
        }
        binding.complete()
    }

    fn answer(&self, namespace: &str, need: &Need, binding: &mut Binding) {
        let key = |name: &str| (namespace.to_owned(), name.to_owned());
        match need {
            Need::ConfigMap { name, .. } => match self.config_maps.get(&key(name)) {
                Some(object) => binding.give(Material::ConfigMap(object)),
                None => binding.absent(need),
            },
            Need::Secret { name, .. } => match self.secrets.get(&key(name)) {
                Some(object) => binding.give(Material::Secret(object)),
                None => binding.absent(need),
            },
            Need::Claim { name } => match self
                .claims
                .get(&key(name))
                .filter(|claim| is_bound(claim) || !self.provision)
            {
                Some(object) => binding.give(Material::Claim(object)),
                None if self.provision => binding.give(Material::Claim(&bound_claim(name))),
                None => binding.absent(need),
            },
            Need::Volume { name } => match self.volumes.get(name) {
                Some(object) => binding.give(Material::Volume(object)),
                None if self.provision => binding.give(Material::Volume(&disk(name))),
                None => binding.absent(need),
            },
            Need::Token { audience, .. } if self.provision => {
                let audience = audience.as_deref();
                binding.give(Material::Token {
                    audience,
                    token: "simulated",
                })
            }
            Need::Class { name } => match self.classes.get(name) {
                Some(object) => binding.give(Material::Class(object)),
                None => binding.absent(need),
            },
            Need::VolumeSecret { namespace, name } => match self.secrets.get(&(namespace.clone(), name.clone())) {
                Some(object) => binding.give(Material::Secret(object)),
                None => binding.absent(need),
            },
            Need::Services => {
                let services: Vec<&Service> = self.services.values().collect();
                binding.give(Material::Services(&services))
            }
            other => binding.absent(other),
        };
    }
}

fn is_bound(claim: &PersistentVolumeClaim) -> bool {
    claim.spec.as_ref().is_some_and(|spec| spec.volume_name.is_some())
}

fn bound_claim(name: &str) -> PersistentVolumeClaim {
    let mut claim = PersistentVolumeClaim::default();
    claim.metadata.name = Some(name.to_owned());
    let spec = claim.spec.get_or_insert_default();
    spec.volume_name = Some(format!("simulated-{name}"));
    claim
}

fn disk(name: &str) -> PersistentVolume {
    let mut volume = PersistentVolume::default();
    volume.metadata.name = Some(name.to_owned());
    let csi = volume.spec.get_or_insert_default().csi.get_or_insert_default();
    csi.driver = "diskplugin.csi.alibabacloud.com".to_owned();
    csi.volume_handle = format!("d-{name}");
    volume
}
