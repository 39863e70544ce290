//! ConfigMaps, Secrets and claims that a pod refers to and that do not exist.

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{Container, EnvVarSource, KeyToPath, Volume, VolumeProjection};

use crate::finding::{Findings, Location};
use crate::group::MATERIAL_MISSING;
use crate::path::At;
use crate::rule::Severity;
use crate::storage::Known;
use crate::template::PodView;

/// The ConfigMap that every namespace has.
const ROOT_CERTIFICATES: &str = "kube-root-ca.crt";

/// Judges what a pod refers to, once everything there is was declared to be known.
pub fn material(pod: &PodView<'_>, known: Known<'_>, out: &mut Findings) {
    let Some(spec) = pod.spec().filter(|_| known.is_complete()) else {
        return;
    };
    let mut walk = Walk { pod, known, out };
    let root = At::ROOT.field("spec");
    let init = spec.init_containers.as_deref().unwrap_or_default();
    for (field, containers) in [("initContainers", init), ("containers", spec.containers.as_slice())] {
        let list = root.field(field);
        for (index, container) in containers.iter().enumerate() {
            walk.container(container, &list.index(index));
        }
    }
    let list = root.field("volumes");
    for (index, volume) in spec.volumes.iter().flatten().enumerate() {
        walk.volume(volume, &list.index(index));
    }
}

struct Walk<'w> {
    pod: &'w PodView<'w>,
    known: Known<'w>,
    out: &'w mut Findings,
}

/// What is referred to.
#[derive(Clone, Copy)]
struct Reference<'r> {
    kind: &'static str,
    name: &'r str,
    optional: Option<bool>,
}

impl Walk<'_> {
    fn container(&mut self, container: &Container, at: &At<'_>) {
        let list = at.field("env");
        for (index, variable) in container.env.iter().flatten().enumerate() {
            if let Some(source) = &variable.value_from {
                let variable_at = list.index(index);
                self.variable(source, &variable_at.field("valueFrom"));
            }
        }
        let list = at.field("envFrom");
        for (index, source) in container.env_from.iter().flatten().enumerate() {
            let source_at = list.index(index);
            if let Some(it) = &source.config_map_ref {
                self.all(config_map(&it.name, it.optional), &[], &source_at.field("configMapRef"));
            }
            if let Some(it) = &source.secret_ref {
                self.all(secret(&it.name, it.optional), &[], &source_at.field("secretRef"));
            }
        }
    }

    fn variable(&mut self, source: &EnvVarSource, at: &At<'_>) {
        if let Some(it) = &source.config_map_key_ref {
            self.all(
                config_map(&it.name, it.optional),
                &[&it.key],
                &at.field("configMapKeyRef"),
            );
        }
        if let Some(it) = &source.secret_key_ref {
            self.all(secret(&it.name, it.optional), &[&it.key], &at.field("secretKeyRef"));
        }
    }

    fn volume(&mut self, volume: &Volume, at: &At<'_>) {
        if let Some(it) = &volume.config_map {
            self.all(
                config_map(&it.name, it.optional),
                &keys(it.items.as_deref()),
                &at.field("configMap"),
            );
        }
        if let Some(it) = &volume.secret {
            let name = it.secret_name.as_deref().unwrap_or_default();
            self.all(
                secret(name, it.optional),
                &keys(it.items.as_deref()),
                &at.field("secret"),
            );
        }
        if let Some(it) = &volume.projected {
            let projected = at.field("projected");
            let list = projected.field("sources");
            for (index, source) in it.sources.iter().flatten().enumerate() {
                self.projection(source, &list.index(index));
            }
        }
        if let Some(it) = &volume.persistent_volume_claim
            && self.known.claim(self.pod.namespace(), &it.claim_name).is_none()
        {
            let claim = at.field("persistentVolumeClaim");
            let reference = Reference {
                kind: "PersistentVolumeClaim",
                name: &it.claim_name,
                optional: None,
            };
            self.tell(reference, None, self.pod.place(&claim.field("claimName")));
        }
    }

    fn projection(&mut self, source: &VolumeProjection, at: &At<'_>) {
        if let Some(it) = &source.config_map {
            self.all(
                config_map(&it.name, it.optional),
                &keys(it.items.as_deref()),
                &at.field("configMap"),
            );
        }
        if let Some(it) = &source.secret {
            self.all(
                secret(&it.name, it.optional),
                &keys(it.items.as_deref()),
                &at.field("secret"),
            );
        }
    }

    fn all(&mut self, reference: Reference<'_>, wanted: &[&str], at: &At<'_>) {
        let namespace = self.pod.namespace();
        if reference.name == ROOT_CERTIFICATES {
            return;
        }
        let has: Option<&BTreeSet<Box<str>>> = match reference.kind {
            "ConfigMap" => self.known.config_map(namespace, reference.name),
            _ => self.known.secret(namespace, reference.name).map(|digest| &digest.keys),
        };
        let place = || self.pod.place(at);
        match has {
            None => self.tell(reference, None, place()),
            Some(has) => {
                if let Some(key) = wanted.iter().find(|key| !has.contains(**key)) {
                    self.tell(reference, Some(key), place());
                }
            }
        }
    }

    fn tell(&mut self, reference: Reference<'_>, key: Option<&str>, place: Location) {
        let severity = match reference.optional {
            Some(true) => Severity::Info,
            _ => Severity::Error,
        };
        let Reference { kind, name, .. } = reference;
        let title = match key {
            Some(key) => format!("{kind} `{name}` has no key `{key}`"),
            None => format!("{kind} `{name}` does not exist"),
        };
        self.out
            .push(MATERIAL_MISSING.at(place).severity(severity).title(title));
    }
}

const fn config_map(name: &str, optional: Option<bool>) -> Reference<'_> {
    Reference {
        kind: "ConfigMap",
        name,
        optional,
    }
}

const fn secret(name: &str, optional: Option<bool>) -> Reference<'_> {
    Reference {
        kind: "Secret",
        name,
        optional,
    }
}

fn keys(items: Option<&[KeyToPath]>) -> Vec<&str> {
    items.unwrap_or_default().iter().map(|item| item.key.as_str()).collect()
}
