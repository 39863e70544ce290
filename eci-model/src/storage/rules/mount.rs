//! What stays of a pod for the rules about claims.

use k8s_openapi::api::core::v1::{PersistentVolumeClaimSpec, PodSpec, Volume};

use crate::finding::{FindingBuilder, Findings, Location};
use crate::object::Object;
use crate::path::{At, FieldPath};
use crate::quantity::Memory;
use crate::storage::known::asked;
use crate::storage::{DiskOptions, Driver, Source};
use crate::template::PodView;

/// How the pods of an object use a claim or an existing disk: all that rules about several objects keep of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mount {
    /// The namespace.
    pub namespace: Box<str>,
    /// What is mounted.
    pub what: Mounted,
    /// Where it is written.
    pub place: Location,
    /// How many pods use it.
    pub pods: u32,
    /// Whether the group of its files is changed at each start.
    pub changes_group: bool,
    /// Whether the object belongs to another one, which is judged itself.
    pub is_owned: bool,
    /// Whether the pods certainly run on ECI; else what is found holds if they do.
    pub is_certain: bool,
}

/// What a pod mounts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mounted {
    /// A claim, by name.
    Claim(Box<str>),
    /// An existing disk, by id.
    Disk(Box<str>),
    /// A server of files.
    Server,
    /// A claim that is made with each pod.
    Made {
        /// Its class.
        class: Option<Box<str>>,
        /// The size it asks for.
        size: Option<Memory>,
    },
}

impl Mount {
    /// What the pod in an object uses: claims of its volumes, claims made with it, disks by id, and NAS whose files change their group.
    pub fn of(object: &Object<'_>, pod: &PodView<'_>) -> Vec<Self> {
        let Some(spec) = pod.spec() else {
            return Vec::new();
        };
        let owners = object.meta().owner_references.as_deref().unwrap_or_default();
        let is_owned = owners.iter().any(|owner| owner.controller == Some(true));
        let changes = changes_group(spec);
        let each = |what: Mounted, place: Location, volume: Option<&str>| Self {
            namespace: pod.namespace().into(),
            what,
            place,
            pods: pod.replicas(),
            changes_group: changes && volume.is_some_and(|volume| is_mounted(spec, volume)),
            is_owned,
            is_certain: true,
        };
        let root = At::ROOT.field("spec");
        let list = root.field("volumes");
        let mut uses = Vec::new();
        for (index, volume) in spec.volumes.iter().flatten().enumerate() {
            let at = list.index(index);
            if let Some((what, place)) = mounted(pod, volume, &at, changes) {
                uses.push(each(what, place, Some(&volume.name)));
            }
        }
        for (index, template) in object.claim_templates().iter().enumerate() {
            let Some(claim) = &template.spec else { continue };
            let path = FieldPath::of("spec.volumeClaimTemplates")
                .with_index(index)
                .with_field("spec");
            let place = Location::new(object.reference(), path);
            uses.push(each(made(claim), place, template.metadata.name.as_deref()));
        }
        uses
    }
}

fn mounted(pod: &PodView<'_>, volume: &Volume, at: &At<'_>, changes: bool) -> Option<(Mounted, Location)> {
    match Source::of(volume) {
        Source::Claim(name) => {
            let claim = at.field("persistentVolumeClaim");
            Some((Mounted::Claim(name.into()), pod.place(&claim.field("claimName"))))
        }
        Source::Ephemeral => {
            let template = volume.ephemeral.as_ref()?.volume_claim_template.as_ref()?;
            let ephemeral = at.field("ephemeral");
            let claim = ephemeral.field("volumeClaimTemplate");
            Some((made(&template.spec), pod.place(&claim.field("spec"))))
        }
        Source::Flex(Driver::Disk) => {
            let flex = at.field("flexVolume");
            let options = flex.field("options");
            let id = DiskOptions::of(volume.flex_volume.as_ref()?.options.as_ref()?).id?;
            Some((Mounted::Disk(id.into()), pod.place(&options.key("volumeId"))))
        }
        Source::Flex(Driver::Nas) if changes => Some((Mounted::Server, pod.place(&at.field("flexVolume")))),
        Source::Nfs if changes && is_nas(&volume.nfs.as_ref()?.server) => {
            Some((Mounted::Server, pod.place(&at.field("nfs"))))
        }
        _ => None,
    }
}

fn made(claim: &PersistentVolumeClaimSpec) -> Mounted {
    Mounted::Made {
        class: claim.storage_class_name.as_deref().map(Into::into),
        size: asked(claim),
    }
}

pub(super) fn is_nas(server: &str) -> bool {
    server.ends_with(".nas.aliyuncs.com")
}

/// Whether the group of all files is changed at each start.
fn changes_group(spec: &PodSpec) -> bool {
    let context = spec.security_context.as_ref();
    context.is_some_and(|it| it.fs_group.is_some() && it.fs_group_change_policy.as_deref() != Some("OnRootMismatch"))
}

fn is_mounted(spec: &PodSpec, volume: &str) -> bool {
    let containers = spec.containers.iter().chain(spec.init_containers.iter().flatten());
    let mut mounts = containers.flat_map(|container| container.volume_mounts.iter().flatten());
    mounts.any(|mount| mount.name == volume)
}

impl Mount {
    pub(super) fn tell(&self, finding: FindingBuilder, out: &mut Findings) {
        let finding = finding.build();
        out.add(if self.is_certain {
            finding
        } else {
            finding.conditional()
        });
    }
}
