//! Volumes: what the pod says, and what becomes of it once claims and materials are known.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use k8s_openapi::api::core::v1 as core;

use super::complete::{Materials, Missing, Reference, Who};
use crate::api::{
    ConfigFile, ConfigFileVolume, DiskVolume, EmptyDirVolume, FlexVolume, HostPathVolume, NfsVolume, Volume,
};
use crate::secret::Sensitive;

/// Where a volume comes from.
#[derive(Clone, Debug)]
pub(super) enum VolumeSource {
    /// Decided by the pod alone.
    Ready(Box<Volume>),
    /// Files out of ConfigMaps, Secrets and fields of the pod.
    Files {
        sources: Vec<Files>,
        default_mode: Option<i32>,
    },
    /// A PersistentVolumeClaim.
    Claim { name: String, read_only: Option<bool> },
    /// Nothing the API has; rules of its own tell it.
    None,
}

/// Files of one source.
#[derive(Clone, Debug)]
pub(super) enum Files {
    Map {
        reference: Reference,
        items: Option<Vec<Item>>,
    },
    Fields(Vec<(String, String, Option<i32>)>),
    Token {
        path: String,
        audience: Option<String>,
        seconds: u64,
    },
}

/// A key under a path of its own.
#[derive(Clone, Debug)]
pub(super) struct Item {
    key: String,
    path: String,
    mode: Option<i32>,
}

impl VolumeSource {
    pub(super) fn of(volume: &core::Volume) -> Self {
        if let Some(source) = ready(volume) {
            return source;
        }
        if let Some(it) = &volume.config_map {
            let sources = vec![Files::Map {
                reference: Reference::config_map(&it.name, it.optional),
                items: items(it.items.as_deref()),
            }];
            return Self::Files {
                sources,
                default_mode: it.default_mode,
            };
        }
        if let Some(it) = &volume.secret {
            let name = it.secret_name.as_deref().unwrap_or_default();
            let sources = vec![Files::Map {
                reference: Reference::secret(name, it.optional),
                items: items(it.items.as_deref()),
            }];
            return Self::Files {
                sources,
                default_mode: it.default_mode,
            };
        }
        if let Some(it) = &volume.downward_api {
            let sources = vec![Files::Fields(fields(it.items.as_deref()))];
            return Self::Files {
                sources,
                default_mode: it.default_mode,
            };
        }
        if let Some(it) = &volume.projected {
            let sources = it.sources.iter().flatten().filter_map(projection).collect();
            return Self::Files {
                sources,
                default_mode: it.default_mode,
            };
        }
        match &volume.persistent_volume_claim {
            Some(it) => Self::Claim {
                name: it.claim_name.clone(),
                read_only: it.read_only,
            },
            None => Self::None,
        }
    }

    pub(super) fn references(&self) -> Vec<Reference> {
        match self {
            Self::Files { sources, .. } => sources
                .iter()
                .filter_map(|source| match source {
                    Files::Map { reference, .. } => Some(reference.clone()),
                    Files::Token { audience, seconds, .. } => Some(Reference::Token {
                        audience: audience.clone(),
                        seconds: *seconds,
                    }),
                    Files::Fields(_) => None,
                })
                .collect(),
            Self::Claim { name, .. } => vec![Reference::Claim { name: name.clone() }],
            Self::Ready(_) | Self::None => Vec::new(),
        }
    }

    /// The volume of the request; `None` when the API has no such volume.
    pub(super) fn resolve(
        &self,
        name: &str,
        materials: &Materials,
        who: &Who<'_>,
        missing: &mut Vec<Missing>,
    ) -> Option<Volume> {
        let mut volume = match self {
            Self::Ready(volume) => (**volume).clone(),
            Self::Files { sources, default_mode } => {
                let files = sources
                    .iter()
                    .flat_map(|source| source.resolve(materials, who, missing))
                    .collect();
                Volume {
                    type_: Some("ConfigFileVolume".to_owned()),
                    config_file_volume: Some(ConfigFileVolume {
                        config_file_to_path: files,
                        default_mode: *default_mode,
                    }),
                    ..Volume::default()
                }
            }
            Self::Claim { name, read_only } => materials.claimed(name, *read_only, missing)?,
            Self::None => return None,
        };
        volume.name = Some(name.to_owned());
        Some(volume)
    }
}

impl Files {
    fn resolve(&self, materials: &Materials, who: &Who<'_>, missing: &mut Vec<Missing>) -> Vec<ConfigFile> {
        match self {
            Self::Map { reference, items: None } => {
                let files = materials.entries(reference, missing).into_iter();
                files
                    .map(|(key, value)| file(&key, value.expose_secret(), None))
                    .collect()
            }
            Self::Map {
                reference,
                items: Some(items),
            } => items
                .iter()
                .filter_map(|item| {
                    Some(file(
                        &item.path,
                        materials.key(reference, &item.key, missing)?.expose_secret(),
                        item.mode,
                    ))
                })
                .collect(),
            Self::Fields(fields) => fields
                .iter()
                .filter_map(|(path, field, mode)| Some(file(path, who.field(field)?.as_bytes(), *mode)))
                .collect(),
            Self::Token { path, audience, .. } => {
                let token = materials.token(audience.as_deref(), missing);
                token
                    .map(|token| file(path, token.expose_secret().as_bytes(), None))
                    .into_iter()
                    .collect()
            }
        }
    }
}

/// The volume of a PersistentVolume, by its driver (Volumes, 2024-10-10): disk, NAS or OSS.
pub(super) fn of_persistent(volume: &core::PersistentVolume, read_only: Option<bool>) -> Option<Volume> {
    let spec = volume.spec.as_ref()?;
    if let Some(nfs) = &spec.nfs {
        return Some(self::nfs(&nfs.server, &nfs.path, nfs.read_only.or(read_only)));
    }
    let csi = spec.csi.as_ref()?;
    let attribute = |key: &str| {
        csi.volume_attributes
            .as_ref()
            .and_then(|map| map.get(key))
            .map(String::as_str)
    };
    match csi.driver.as_str() {
        "diskplugin.csi.alibabacloud.com" => Some(Volume {
            type_: Some("DiskVolume".to_owned()),
            disk_volume: Some(DiskVolume {
                disk_id: Some(csi.volume_handle.clone()),
                fs_type: csi.fs_type.clone(),
                ..DiskVolume::default()
            }),
            ..Volume::default()
        }),
        "nasplugin.csi.alibabacloud.com" => Some(nfs(
            attribute("server")?,
            attribute("path").unwrap_or("/"),
            csi.read_only.or(read_only),
        )),
        "ossplugin.csi.alibabacloud.com" => {
            let options = csi.volume_attributes.clone().unwrap_or_default();
            Some(flex("alicloud/oss", None, options))
        }
        _ => None,
    }
}

fn ready(volume: &core::Volume) -> Option<VolumeSource> {
    let mapped = if let Some(it) = &volume.empty_dir {
        Volume {
            type_: Some("EmptyDirVolume".to_owned()),
            empty_dir_volume: Some(EmptyDirVolume {
                medium: it.medium.clone().filter(|medium| !medium.is_empty()),
                size_limit: it.size_limit.as_ref().map(|limit| limit.0.clone()),
            }),
            ..Volume::default()
        }
    } else if let Some(it) = &volume.nfs {
        nfs(&it.server, &it.path, it.read_only)
    } else if let Some(it) = &volume.flex_volume {
        flex(
            &it.driver,
            it.fs_type.as_deref(),
            it.options.clone().unwrap_or_default(),
        )
    } else if let Some(it) = &volume.host_path {
        Volume {
            type_: Some("HostPathVolume".to_owned()),
            host_path_volume: Some(HostPathVolume {
                path: Some(it.path.clone()),
                type_: it.type_.clone(),
            }),
            ..Volume::default()
        }
    } else {
        return None;
    };
    Some(VolumeSource::Ready(Box::new(mapped)))
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
    let options = options
        .into_iter()
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

/// A file of the request; the API takes its content as base64.
fn file(path: &str, content: &[u8], mode: Option<i32>) -> ConfigFile {
    ConfigFile {
        path: Some(path.to_owned()),
        content: Some(Sensitive::new(STANDARD.encode(content))),
        mode,
    }
}

fn items(items: Option<&[core::KeyToPath]>) -> Option<Vec<Item>> {
    let item = |item: &core::KeyToPath| Item {
        key: item.key.clone(),
        path: item.path.clone(),
        mode: item.mode,
    };
    items
        .filter(|items| !items.is_empty())
        .map(|items| items.iter().map(item).collect())
}

fn fields(files: Option<&[core::DownwardAPIVolumeFile]>) -> Vec<(String, String, Option<i32>)> {
    let field = |file: &core::DownwardAPIVolumeFile| {
        Some((
            file.path.clone(),
            file.field_ref.as_ref()?.field_path.clone(),
            file.mode,
        ))
    };
    files.unwrap_or_default().iter().filter_map(field).collect()
}

fn projection(source: &core::VolumeProjection) -> Option<Files> {
    if let Some(it) = &source.config_map {
        return Some(Files::Map {
            reference: Reference::config_map(&it.name, it.optional),
            items: items(it.items.as_deref()),
        });
    }
    if let Some(it) = &source.secret {
        return Some(Files::Map {
            reference: Reference::secret(&it.name, it.optional),
            items: items(it.items.as_deref()),
        });
    }
    if let Some(it) = &source.downward_api {
        return Some(Files::Fields(fields(it.items.as_deref())));
    }
    source.service_account_token.as_ref().map(|it| Files::Token {
        path: it.path.clone(),
        audience: it.audience.clone(),
        seconds: it
            .expiration_seconds
            .and_then(|seconds| u64::try_from(seconds).ok())
            .unwrap_or(3600),
    })
}
