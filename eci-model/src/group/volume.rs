//! Volumes: what the pod says, and what becomes of it once claims and materials are known.

mod files;
mod persistent;

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;

use super::complete::Answers;
use super::env::Visit;
use super::material::{Content, Materials};
use super::missing::Lack;
use super::reference::Reference;
use super::resource::Amounts;
use crate::api::{EmptyDirVolume, FlexVolume, HostPathVolume, NfsVolume, Volume};
use crate::path::At;
use crate::secret::Sensitive;

use files::Files;
use persistent::ClaimName;

/// Where a volume comes from.
#[derive(Clone, Debug)]
pub(super) enum VolumeSource {
    /// Decided by the pod alone.
    Ready(Box<Volume>),
    /// Files out of ConfigMaps, Secrets, tokens and fields of the pod.
    Files(Files),
    /// A Flex volume whose keys stand in a Secret.
    Flex {
        driver: String,
        fs_type: Option<String>,
        options: BTreeMap<String, String>,
        secret: Reference,
    },
    /// A PersistentVolumeClaim.
    Claim { name: ClaimName },
    /// Nothing the API has; what it is.
    Unsupported(&'static str),
}

impl VolumeSource {
    pub(super) fn of(volume: &core::Volume, amounts: &Amounts<'_>) -> Self {
        if let Some(it) = &volume.empty_dir {
            return Self::Ready(Box::new(empty_dir(it)));
        }
        if let Some(it) = &volume.nfs {
            return Self::Ready(Box::new(nfs(&it.server, &it.path, it.read_only)));
        }
        if let Some(it) = &volume.host_path {
            return Self::Ready(Box::new(host_path(it)));
        }
        if let Some(it) = &volume.flex_volume {
            return flex_volume(it);
        }
        if let Some(it) = &volume.persistent_volume_claim {
            let name = ClaimName::Given(it.claim_name.clone());
            return Self::Claim { name };
        }
        if volume.ephemeral.is_some() {
            let name = ClaimName::OfPod(volume.name.clone());
            return Self::Claim { name };
        }
        match Files::of(volume, amounts) {
            Some(files) => Self::Files(files),
            None => Self::Unsupported(if volume.csi.is_some() {
                "inline CSI volume"
            } else {
                "volume of this kind"
            }),
        }
    }

    /// Tells every reference with its place; claims lead on once they are known.
    pub(super) fn visit(&self, materials: &Materials, pod: Option<&str>, volume: &At<'_>, visit: &mut Visit<'_>) {
        match self {
            Self::Files(files) => files.visit(volume, visit),
            Self::Flex { secret, .. } => {
                let at = volume.field("flexVolume");
                visit(secret, None, &at.field("secretRef"));
            }
            Self::Claim { name } => name.visit(materials, pod, volume, visit),
            Self::Ready(_) | Self::Unsupported(_) => {}
        }
    }

    /// The volume of the request; `None` when it is not known, or the API has no such volume, which is noted when it is used.
    pub(super) fn resolve(&self, name: &str, is_mounted: bool, answers: &mut Answers<'_>) -> Option<Volume> {
        let mut volume = match self {
            Self::Ready(volume) => (**volume).clone(),
            Self::Files(files) => files.resolve(answers),
            Self::Flex {
                driver,
                fs_type,
                options,
                secret,
            } => {
                let keys = answers.content(secret).map(text_entries).unwrap_or_default();
                let options = options.clone().into_iter().chain(keys).collect();
                flex(driver, fs_type.as_deref(), options)
            }
            Self::Claim { name } => name.resolve(answers)?,
            Self::Unsupported(kind) => {
                if is_mounted {
                    answers.lack_volume(name, Lack::Unsupported((*kind).to_owned()));
                }
                return None;
            }
        };
        volume.name = Some(name.to_owned());
        Some(volume)
    }
}

fn empty_dir(it: &core::EmptyDirVolumeSource) -> Volume {
    // Pages of the API write the medium in small letters, those about pods as Kubernetes does.
    let medium = it.medium.clone().filter(|medium| !medium.is_empty());
    let medium = medium.map(|medium| {
        if medium == "memory" {
            "Memory".to_owned()
        } else {
            medium
        }
    });
    Volume {
        type_: Some("EmptyDirVolume".to_owned()),
        empty_dir_volume: Some(EmptyDirVolume {
            medium,
            size_limit: it.size_limit.as_ref().map(|limit| limit.0.clone()),
        }),
        ..Volume::default()
    }
}

fn host_path(it: &core::HostPathVolumeSource) -> Volume {
    Volume {
        type_: Some("HostPathVolume".to_owned()),
        host_path_volume: Some(HostPathVolume {
            path: Some(it.path.clone()),
            type_: it.type_.clone().filter(|kind| !kind.is_empty()),
        }),
        ..Volume::default()
    }
}

fn flex_volume(it: &core::FlexVolumeSource) -> VolumeSource {
    let options = it.options.clone().unwrap_or_default();
    let secret = it.secret_ref.as_ref().filter(|secret| !secret.name.is_empty());
    match secret {
        Some(secret) => VolumeSource::Flex {
            driver: it.driver.clone(),
            fs_type: it.fs_type.clone(),
            options,
            secret: Reference::secret(&secret.name, None),
        },
        None => VolumeSource::Ready(Box::new(flex(&it.driver, it.fs_type.as_deref(), options))),
    }
}

fn nfs(server: &str, path: &str, read_only: Option<bool>) -> Volume {
    Volume {
        type_: Some("NFSVolume".to_owned()),
        nfs_volume: Some(NfsVolume {
            server: Some(server.to_owned()),
            path: Some(path.to_owned()),
            read_only,
        }),
        ..Volume::default()
    }
}

fn flex(driver: &str, fs_type: Option<&str>, options: BTreeMap<String, String>) -> Volume {
    let options = options.into_iter();
    let options = options
        .map(|(key, value)| (key, serde_json::Value::String(value)))
        .collect();
    Volume {
        type_: Some("FlexVolume".to_owned()),
        flex_volume: Some(FlexVolume {
            driver: Some(driver.to_owned()),
            fs_type: fs_type.map(ToOwned::to_owned),
            options: Some(Sensitive::new(serde_json::Value::Object(options).to_string())),
        }),
        ..Volume::default()
    }
}

/// The entries of a Secret that are text.
fn text_entries(content: &Content) -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(ToOwned::to_owned);
    let entries = content.iter();
    let entries = entries.filter_map(|(key, entry)| Some((key.clone(), text(entry.value.expose_secret())?)));
    entries.collect()
}
