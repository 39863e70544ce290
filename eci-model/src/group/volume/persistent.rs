//! Claims: from the name to the volume, and from the volume by its driver to what the API has (Volumes, 2024-10-10).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;

use super::{flex, nfs, text_entries};
use crate::api::Volume;
use crate::group::complete::Answers;
use crate::group::env::Visit;
use crate::group::material::{Content, Materials};
use crate::group::missing::Lack;
use crate::group::reference::Reference;
use crate::path::At;
use crate::storage::Driver;

/// How a claim is named.
#[derive(Clone, Debug)]
pub(in crate::group) enum ClaimName {
    /// In the pod.
    Given(String),
    /// After the pod and the volume, as Kubernetes names the claims of ephemeral volumes.
    OfPod(String),
}

impl ClaimName {
    /// The name for a pod; before one is known, with `<pod>` in its place.
    fn of(&self, pod: Option<&str>) -> String {
        match self {
            Self::Given(name) => name.clone(),
            Self::OfPod(volume) => format!("{}-{volume}", pod.unwrap_or("<pod>")),
        }
    }

    pub(super) fn visit(&self, materials: &Materials, pod: Option<&str>, volume: &At<'_>, visit: &mut Visit<'_>) {
        let at = volume.field(match self {
            Self::Given(_) => "persistentVolumeClaim",
            Self::OfPod(_) => "ephemeral",
        });
        let name = self.of(pod);
        let claim = materials.bound(&name).cloned();
        visit(&Reference::Claim { name }, None, &at);
        let Some(claim) = claim else { return };
        match (claim.volume, claim.class) {
            (Some(name), _) => {
                let secret = materials.persistent(&name).and_then(secret_of);
                visit(&Reference::Volume { name }, None, &at);
                if let Some(secret) = secret {
                    visit(&secret, None, &at);
                }
            }
            (None, Some(name)) => visit(&Reference::Class { name }, None, &at),
            (None, None) => {}
        }
    }

    pub(super) fn resolve(&self, answers: &mut Answers<'_>) -> Option<Volume> {
        let materials = answers.materials;
        let name = self.of(Some(answers.who.name));
        let reference = Reference::Claim { name };
        let Reference::Claim { name } = &reference else {
            return None;
        };
        let Some(claim) = materials.bound(name) else {
            answers.lack(&reference, Lack::Absent);
            return None;
        };
        let Some(volume) = &claim.volume else {
            let class = claim.class.clone();
            let waits = class.as_deref().and_then(|class| materials.waits(class)) == Some(true);
            answers.lack(&reference, Lack::Unbound { class, waits });
            return None;
        };
        let reference = Reference::Volume { name: volume.clone() };
        let Some(object) = materials.persistent(volume) else {
            answers.lack(&reference, Lack::Absent);
            return None;
        };
        let secret = match secret_of(object) {
            Some(secret) => Some(answers.content(&secret)?),
            None => None,
        };
        match mapped(object, secret) {
            Ok(volume) => Some(volume),
            Err(kind) => {
                answers.lack(&reference, Lack::Unsupported(kind));
                None
            }
        }
    }
}

/// The Secret with the keys of a volume.
fn secret_of(volume: &core::PersistentVolume) -> Option<Reference> {
    let spec = volume.spec.as_ref()?;
    let csi = spec.csi.as_ref().and_then(|csi| csi.node_publish_secret_ref.as_ref());
    let flex = spec.flex_volume.as_ref().and_then(|flex| flex.secret_ref.as_ref());
    let secret = csi.or(flex)?;
    Some(Reference::VolumeSecret {
        namespace: secret.namespace.clone().unwrap_or_else(|| "default".to_owned()),
        name: secret.name.clone()?,
    })
}

/// The volume of the API, or what the PersistentVolume is instead.
fn mapped(volume: &core::PersistentVolume, secret: Option<&Content>) -> Result<Volume, String> {
    let Some(spec) = &volume.spec else {
        return Err("volume without a source".to_owned());
    };
    let keys = secret.map(text_entries).unwrap_or_default();
    if let Some(it) = &spec.nfs {
        return Ok(nfs(&it.server, &it.path, it.read_only));
    }
    if let Some(it) = &spec.flex_volume {
        let options = it.options.clone().unwrap_or_default();
        let options = options.into_iter().chain(keys).collect();
        return Ok(flex(&it.driver, it.fs_type.as_deref(), options));
    }
    let Some(csi) = &spec.csi else {
        return Err("volume of another kind than nfs, flexVolume and csi".to_owned());
    };
    let attributes = csi.volume_attributes.clone().unwrap_or_default();
    match Driver::of_csi(&csi.driver) {
        Driver::Disk => {
            let options = BTreeMap::from([("volumeId".to_owned(), csi.volume_handle.clone())]);
            Ok(flex("alicloud/disk", csi.fs_type.as_deref(), options))
        }
        Driver::Nas => Ok(nas(csi, &attributes, spec.mount_options.as_deref())),
        Driver::Oss => {
            let known = ["bucket", "url", "path", "otherOpts", "ramRole", "akId", "akSecret"];
            let options = attributes.into_iter().filter(|(key, _)| known.contains(&key.as_str()));
            Ok(flex("alicloud/oss", None, options.chain(keys).collect()))
        }
        _ => Err(format!("volume of driver {}", csi.driver)),
    }
}

/// A NAS: plain NFS where it has no options, else the Flex volume that takes them.
fn nas(
    csi: &core::CSIPersistentVolumeSource,
    attributes: &BTreeMap<String, String>,
    mount: Option<&[String]>,
) -> Volume {
    let attribute = |key: &str| attributes.get(key).cloned().filter(|value| !value.is_empty());
    let server = attribute("server").unwrap_or_default();
    let path = attribute("path").unwrap_or_else(|| "/".to_owned());
    let mut version = attribute("vers");
    let mut options: Vec<String> = attribute("options").into_iter().collect();
    for option in mount.unwrap_or_default().iter().flat_map(|options| options.split(',')) {
        match option.strip_prefix("vers=") {
            Some(given) => version = Some(given.to_owned()),
            None => options.push(option.to_owned()),
        }
    }
    if version.is_none() && options.is_empty() {
        return nfs(&server, &path, csi.read_only);
    }
    let mut flex_options = BTreeMap::from([("server".to_owned(), server), ("path".to_owned(), path)]);
    if let Some(version) = version {
        flex_options.insert("vers".to_owned(), version);
    }
    if !options.is_empty() {
        flex_options.insert("options".to_owned(), options.join(","));
    }
    flex("alicloud/nas", None, flex_options)
}
