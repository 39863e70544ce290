//! Which claims, ConfigMaps and Secrets a pod uses, and where it says so.

use std::sync::Arc;

use k8s_openapi::api::core::v1::{Container, KeyToPath, PodSpec, Volume};

use super::names::Names;
use super::pod::PodDigest;
use crate::finding::Location;
use crate::path::At;
use crate::template::PodView;

/// A claim that a pod uses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ClaimUse {
    /// The claim; of one that is made for each pod, the name that its volume has in the pod.
    pub name: Arc<str>,
    /// Where it comes from.
    pub from: ClaimFrom,
    /// The volume of the pod, or the template in `volumeClaimTemplates`, counted from zero.
    pub index: u16,
}

/// Where a claim comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ClaimFrom {
    /// It is named by a volume, and shared by all replicas.
    Named,
    /// A StatefulSet makes one for each replica.
    Template {
        /// The class it names.
        class: Option<Arc<str>>,
    },
    /// A volume of the pod makes one for each pod.
    Ephemeral {
        /// The class it names.
        class: Option<Arc<str>>,
    },
}

impl ClaimUse {
    /// Where the pod says so.
    pub fn place(&self, pod: &PodDigest) -> Location {
        let index = usize::from(self.index);
        let spec = At::ROOT.field("spec");
        if matches!(self.from, ClaimFrom::Template { .. }) {
            return pod.owner_place(&spec.field("volumeClaimTemplates").index(index));
        }
        let volumes = spec.field("volumes");
        let volume = volumes.index(index);
        pod.place(&match self.from {
            ClaimFrom::Ephemeral { .. } => volume.field("ephemeral"),
            _ => volume.field("persistentVolumeClaim"),
        })
    }
}

/// A ConfigMap or a Secret that a pod uses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MaterialUse {
    /// Which of both.
    pub kind: MaterialKind,
    /// Its name.
    pub name: Arc<str>,
    /// Where the pod says so.
    pub at: UsedAt,
    /// The keys that are used; all when empty.
    pub keys: Box<[Arc<str>]>,
    /// Whether the pod runs without it.
    pub optional: bool,
}

/// A ConfigMap or a Secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MaterialKind {
    /// A ConfigMap.
    ConfigMap,
    /// A Secret.
    Secret,
}

/// Where a pod uses a ConfigMap or a Secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum UsedAt {
    /// A volume.
    Volume(u16),
    /// A source of a projected volume.
    Projected(u16, u16),
    /// A variable.
    Env {
        /// Whether the container is an init container.
        is_init: bool,
        /// The container.
        container: u16,
        /// The variable.
        index: u16,
    },
    /// All keys as variables.
    EnvFrom {
        /// Whether the container is an init container.
        is_init: bool,
        /// The container.
        container: u16,
        /// The source.
        index: u16,
    },
    /// Credentials of a registry.
    PullSecret(u16),
}

impl UsedAt {
    /// Whether its keys become files.
    pub const fn is_files(self) -> bool {
        matches!(self, Self::Volume(_) | Self::Projected(..))
    }

    /// Where the pod says so.
    pub fn place(self, pod: &PodDigest) -> Location {
        let spec = At::ROOT.field("spec");
        let list = |is_init: bool| spec.field(if is_init { "initContainers" } else { "containers" });
        match self {
            Self::Volume(volume) => pod.place(&spec.field("volumes").index(usize::from(volume))),
            Self::Projected(volume, source) => {
                let volumes = spec.field("volumes");
                let volume = volumes.index(usize::from(volume));
                let projected = volume.field("projected");
                let sources = projected.field("sources");
                pod.place(&sources.index(usize::from(source)))
            }
            Self::Env {
                is_init,
                container,
                index,
            } => {
                let list = list(is_init);
                let container = list.index(usize::from(container));
                let env = container.field("env");
                pod.place(&env.index(usize::from(index)))
            }
            Self::EnvFrom {
                is_init,
                container,
                index,
            } => {
                let list = list(is_init);
                let container = list.index(usize::from(container));
                let env = container.field("envFrom");
                pod.place(&env.index(usize::from(index)))
            }
            Self::PullSecret(index) => pod.place(&spec.field("imagePullSecrets").index(usize::from(index))),
        }
    }
}

fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

pub(super) fn claims(view: &PodView<'_>, names: &mut Names) -> Box<[ClaimUse]> {
    let mut found = Vec::new();
    let volumes = view.spec().and_then(|spec| spec.volumes.as_deref()).unwrap_or_default();
    for (index, volume) in volumes.iter().enumerate() {
        let index = number(index);
        if let Some(claim) = &volume.persistent_volume_claim {
            found.push(ClaimUse {
                name: names.share(&claim.claim_name),
                from: ClaimFrom::Named,
                index,
            });
        } else if let Some(ephemeral) = &volume.ephemeral {
            let template = ephemeral.volume_claim_template.as_ref();
            let class = template.and_then(|template| template.spec.storage_class_name.as_deref());
            found.push(ClaimUse {
                name: names.share(&volume.name),
                from: ClaimFrom::Ephemeral {
                    class: class.map(|class| names.share(class)),
                },
                index,
            });
        }
    }
    for (index, template) in view.claim_templates().iter().enumerate() {
        let class = template
            .spec
            .as_ref()
            .and_then(|spec| spec.storage_class_name.as_deref());
        found.push(ClaimUse {
            name: names.share(template.metadata.name.as_deref().unwrap_or_default()),
            from: ClaimFrom::Template {
                class: class.map(|class| names.share(class)),
            },
            index: number(index),
        });
    }
    found.into()
}

pub(super) fn materials(spec: &PodSpec, names: &mut Names) -> Box<[MaterialUse]> {
    let mut found = Uses {
        names,
        found: Vec::new(),
    };
    for (index, volume) in spec.volumes.iter().flatten().enumerate() {
        found.volume(volume, number(index));
    }
    let init = spec.init_containers.iter().flatten().enumerate();
    for (is_init, (index, container)) in init
        .map(|it| (true, it))
        .chain(spec.containers.iter().enumerate().map(|it| (false, it)))
    {
        found.container(container, is_init, number(index));
    }
    for (index, secret) in spec.image_pull_secrets.iter().flatten().enumerate() {
        let at = UsedAt::PullSecret(number(index));
        found.add(MaterialKind::Secret, Some(&secret.name), at, &[], None);
    }
    found.found.into()
}

struct Uses<'n> {
    names: &'n mut Names,
    found: Vec<MaterialUse>,
}

impl Uses<'_> {
    fn volume(&mut self, volume: &Volume, index: u16) {
        let at = UsedAt::Volume(index);
        if let Some(map) = &volume.config_map {
            self.add(
                MaterialKind::ConfigMap,
                Some(&map.name),
                at,
                &keys(map.items.as_deref()),
                map.optional,
            );
        }
        if let Some(secret) = &volume.secret {
            let (name, items) = (secret.secret_name.as_deref(), keys(secret.items.as_deref()));
            self.add(MaterialKind::Secret, name, at, &items, secret.optional);
        }
        let projected = volume.projected.as_ref().and_then(|it| it.sources.as_deref());
        for (source_index, source) in projected.unwrap_or_default().iter().enumerate() {
            let at = UsedAt::Projected(index, number(source_index));
            if let Some(map) = &source.config_map {
                self.add(
                    MaterialKind::ConfigMap,
                    Some(&map.name),
                    at,
                    &keys(map.items.as_deref()),
                    map.optional,
                );
            }
            if let Some(secret) = &source.secret {
                self.add(
                    MaterialKind::Secret,
                    Some(&secret.name),
                    at,
                    &keys(secret.items.as_deref()),
                    secret.optional,
                );
            }
        }
    }

    fn container(&mut self, it: &Container, is_init: bool, container: u16) {
        for (index, from) in it.env_from.iter().flatten().enumerate() {
            let index = number(index);
            let at = UsedAt::EnvFrom {
                is_init,
                container,
                index,
            };
            if let Some(map) = &from.config_map_ref {
                self.add(MaterialKind::ConfigMap, Some(&map.name), at, &[], map.optional);
            }
            if let Some(secret) = &from.secret_ref {
                self.add(MaterialKind::Secret, Some(&secret.name), at, &[], secret.optional);
            }
        }
        for (index, variable) in it.env.iter().flatten().enumerate() {
            let Some(from) = &variable.value_from else { continue };
            let index = number(index);
            let at = UsedAt::Env {
                is_init,
                container,
                index,
            };
            if let Some(key) = &from.config_map_key_ref {
                self.add(MaterialKind::ConfigMap, Some(&key.name), at, &[&key.key], key.optional);
            }
            if let Some(key) = &from.secret_key_ref {
                self.add(MaterialKind::Secret, Some(&key.name), at, &[&key.key], key.optional);
            }
        }
    }

    fn add(&mut self, kind: MaterialKind, name: Option<&str>, at: UsedAt, keys: &[&str], optional: Option<bool>) {
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return;
        };
        self.found.push(MaterialUse {
            kind,
            name: self.names.share(name),
            at,
            keys: self.names.share_all(keys.iter().copied()),
            optional: optional == Some(true),
        });
    }
}

fn keys(items: Option<&[KeyToPath]>) -> Vec<&str> {
    items.unwrap_or_default().iter().map(|item| item.key.as_str()).collect()
}
