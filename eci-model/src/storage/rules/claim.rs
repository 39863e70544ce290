//! Claims, and the disks that pods share.

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::PersistentVolumeClaim;

use super::kind::{CSI_DRIVER_UNKNOWN, VOLUME_WITHOUT_API_FIELD};
use super::mount::{Mount, Mounted, is_nas};
use super::{class, options};
use crate::edition::Edition;
use crate::finding::{FindingBuilder, Findings, Location, ObjectRef};
use crate::object::Object;
use crate::path::{At, FieldPath};
use crate::policy::FsGroup;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;
use crate::storage::known::asked;
use crate::storage::{Backing, Driver, Known};

/// A claim that nobody has shown.
pub const CLAIM_UNKNOWN: &Rule = &Rule::warning(Code::eci(6114), "claim-unknown")
    .summary("the claim is not among the input")
    .why("without it nobody can tell whether ECI can mount its volume")
    .remedy("give the claim, or a dump of the cluster's claims, volumes and classes")
    .basis(Basis::Ours("a mount cannot be judged without its claim"))
    .page(include_str!("../../../rules/claim-unknown.md"));

/// A claim of which nothing more is known.
pub const CLAIM_UNBOUND: &Rule = &Rule::info(Code::eci(6116), "claim-unbound")
    .summary("the claim has no volume, and its class is not known")
    .why("the class decides what the volume is made of")
    .remedy("give the StorageClass, or the volume")
    .basis(Basis::Ours("a mount cannot be judged without its class"))
    .page(include_str!("../../../rules/claim-unbound.md"));

/// A disk at two pods.
pub const DISK_MULTI_ATTACH: &Rule = &Rule::error(Code::eci(6118), "disk-multi-attach")
    .summary("several pods would mount one disk")
    .why("a disk is attached to one instance at a time; the other pods stay pending")
    .remedy("use `volumeClaimTemplates` of a StatefulSet, so that each pod has a disk, or a NAS volume")
    .basis(Basis::Documented("Mount a disk volume, 2024-10-10"))
    .page(include_str!("../../../rules/disk-multi-attach.md"));

/// NAS volumes that nobody makes.
pub const NAS_DYNAMIC: &Rule = &Rule::error(Code::eci(6130), "nas-dynamic")
    .summary("the class makes NAS volumes, which works in ACK clusters only")
    .why("the provisioner runs in privileged pods, which other clusters do not have")
    .remedy("make a PersistentVolume for an existing NAS file system")
    .basis(Basis::Documented("Use cloud storage, 2023-09-06"))
    .page(include_str!("../../../rules/nas-dynamic.md"));

/// Owners of files changed one by one over a network.
pub const FS_GROUP_ON_NAS: &Rule = &Rule::warning(Code::eci(6132), "fs-group-on-nas")
    .summary("the group of every file on a NAS is changed at each start")
    .why("with many files the mount times out, and the pod does not start")
    .remedy("set `fsGroupChangePolicy: OnRootMismatch`")
    .basis(Basis::Documented("FAQ of VNode clusters, 2022-12-27; FAQ, 2025-01-14"))
    .page(include_str!("../../../rules/fs-group-on-nas.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    CLAIM_UNKNOWN,
    CLAIM_UNBOUND,
    DISK_MULTI_ATTACH,
    NAS_DYNAMIC,
    FS_GROUP_ON_NAS,
]);

/// Judges what pods mount, as far as it is known.
pub fn claims(uses: &[Mount], known: Known<'_>, site: &Site<'_>, out: &mut Findings) {
    for used in uses {
        match &used.what {
            Mounted::Claim(name) => {
                let Some(claim) = known.claim(&used.namespace, name) else {
                    continue;
                };
                let backing = known.backing(claim);
                if matches!(backing, Backing::Unknown) {
                    unbound(used, name, claim, out);
                }
                backed(used, backing, name, site, out);
                if backing.driver() == Some(Driver::Disk) {
                    several(used, name, out);
                }
            }
            Mounted::Made { class, .. } => {
                let name = class.as_deref().unwrap_or("the default class");
                backed(used, known.class(class.as_deref()), name, site, out);
            }
            Mounted::Disk(id) => several(used, id, out),
            Mounted::Server => group(used, site, out),
        }
    }
}

fn unbound(used: &Mount, name: &str, claim: &PersistentVolumeClaim, out: &mut Findings) {
    let spec = claim.spec.as_ref();
    if spec.is_some_and(|spec| spec.volume_name.as_deref().is_some_and(|name| !name.is_empty())) {
        return;
    }
    let class = spec.and_then(|spec| spec.storage_class_name.as_deref());
    let class = class.map_or_else(|| "the default class".to_owned(), |class| format!("class `{class}`"));
    let finding = CLAIM_UNBOUND.at(used.place.clone()).found(name.to_owned());
    used.tell(finding.note(format!("it names {class}")), out);
}

/// What is wrong with the kind of a volume.
fn backed(used: &Mount, backing: Backing<'_>, name: &str, site: &Site<'_>, out: &mut Findings) {
    let Some(driver) = backing.driver() else { return };
    if !driver.serves_claims() {
        let finding = CSI_DRIVER_UNKNOWN.at(used.place.clone()).found(name.to_owned());
        let finding = finding.title("the volume of the claim is of a driver that ECI does not have");
        used.tell(
            with_backing(finding, backing).note(format!("driver `{}`", driver.name())),
            out,
        );
    }
    if driver == Driver::Cpfs {
        let finding = VOLUME_WITHOUT_API_FIELD.at(used.place.clone()).found(name.to_owned());
        used.tell(
            with_backing(finding, backing).note(format!("driver `{}`", driver.name())),
            out,
        );
    }
    let is_dynamic = matches!(backing, Backing::Class(_) | Backing::Stock(_));
    let severity = match site.edition {
        Edition::AckServerless => Some(Severity::Error),
        // A page on VNode clusters shows a class that makes directories of one file system.
        Edition::SelfManaged => Some(Severity::Warning),
        _ => None,
    };
    if let Some(severity) = severity.filter(|_| is_dynamic && driver == Driver::Nas) {
        let finding = NAS_DYNAMIC
            .at(used.place.clone())
            .severity(severity)
            .found(name.to_owned());
        used.tell(with_backing(finding, backing), out);
    }
    if matches!(driver, Driver::Nas | Driver::Cpfs) || (driver == Driver::Nfs && is_nas_volume(backing)) {
        group(used, site, out);
    }
}

fn is_nas_volume(backing: Backing<'_>) -> bool {
    let Backing::Volume(volume) = backing else { return false };
    let nfs = volume.spec.as_ref().and_then(|spec| spec.nfs.as_ref());
    nfs.is_some_and(|nfs| is_nas(&nfs.server))
}

fn with_backing(finding: FindingBuilder, backing: Backing<'_>) -> FindingBuilder {
    match backing {
        Backing::Volume(volume) => finding.related(Object::from(volume).place(&At::ROOT), "the volume of the claim"),
        Backing::Class(class) => finding.related(Object::from(class).place(&At::ROOT), "the class of the claim"),
        Backing::Stock(_) | Backing::Unknown => finding,
    }
}

fn group(used: &Mount, site: &Site<'_>, out: &mut Findings) {
    if used.changes_group && site.policies.fs_group == FsGroup::OnNasOnly {
        used.tell(FS_GROUP_ON_NAS.at(used.place.clone()), out);
    }
}

/// Judges how many pods mount a disk, where that is all that became known: autoscalers raise it.
pub fn replicas(uses: &[Mount], known: Known<'_>, out: &mut Findings) {
    for used in uses {
        match &used.what {
            Mounted::Claim(name) => {
                let claim = known.claim(&used.namespace, name);
                if claim.and_then(|claim| known.backing(claim).driver()) == Some(Driver::Disk) {
                    several(used, name, out);
                }
            }
            Mounted::Disk(id) => several(used, id, out),
            Mounted::Made { .. } | Mounted::Server => {}
        }
    }
}

fn several(used: &Mount, name: &str, out: &mut Findings) {
    if used.pods > 1 {
        let finding = DISK_MULTI_ATTACH.at(used.place.clone()).found(name.to_owned());
        used.tell(finding.note(format!("{} pods would mount it", used.pods)), out);
    }
}

/// Judges claims that nobody has shown.
pub fn unknown(uses: &[Mount], known: Known<'_>, out: &mut Findings) {
    if known.is_complete() {
        // That it does not exist is told by its own rule.
        return;
    }
    for used in uses.iter().filter(|used| !used.is_owned) {
        if let Mounted::Claim(name) = &used.what
            && known.claim(&used.namespace, name).is_none()
        {
            let finding = CLAIM_UNKNOWN.at(used.place.clone());
            used.tell(finding.found(format!("{}/{name}", used.namespace)), out);
        }
    }
}

/// Judges disks that the pods of several objects mount.
///
/// Objects that belong to another one are left out: the other one stands for them.
pub fn shared(uses: &[Mount], known: Known<'_>, out: &mut Findings) {
    let mut seen: Vec<(Key<'_>, &Mount)> = Vec::new();
    for used in uses.iter().filter(|used| !used.is_owned && used.pods > 0) {
        let key = match &used.what {
            Mounted::Claim(name) => {
                let claim = known.claim(&used.namespace, name);
                let driver = claim.and_then(|claim| known.backing(claim).driver());
                if driver != Some(Driver::Disk) {
                    continue;
                }
                Key::Claim(&used.namespace, name)
            }
            Mounted::Disk(id) => Key::Disk(id),
            Mounted::Made { .. } | Mounted::Server => continue,
        };
        match seen.iter().find(|(other, _)| *other == key) {
            Some((_, first)) if first.place.object != used.place.object => {
                let finding = DISK_MULTI_ATTACH.at(used.place.clone()).found(key.name().to_owned());
                used.tell(finding.related(first.place.clone(), "mounts the same disk"), out);
            }
            Some(_) => {}
            None => seen.push((key, used)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key<'u> {
    Claim(&'u str, &'u str),
    Disk(&'u str),
}

impl<'u> Key<'u> {
    const fn name(self) -> &'u str {
        match self {
            Self::Claim(_, name) | Self::Disk(name) => name,
        }
    }
}

/// Judges volumes, classes and the sizes asked of classes, each once, however many pods use them.
pub fn backings(uses: &[Mount], known: Known<'_>, out: &mut Findings) {
    let mut told: BTreeSet<ObjectRef> = BTreeSet::new();
    for used in uses {
        let (backing, size, claim) = match &used.what {
            Mounted::Claim(name) => {
                let Some(claim) = known.claim(&used.namespace, name) else {
                    continue;
                };
                let size = claim.spec.as_ref().and_then(asked);
                (known.backing(claim), size, Some(claim))
            }
            Mounted::Made { class, size } => (known.class(class.as_deref()), *size, None),
            Mounted::Disk(_) | Mounted::Server => continue,
        };
        match backing {
            Backing::Volume(volume) if told.insert(Object::from(volume).reference()) => {
                options::persistent(volume, out);
            }
            Backing::Class(storage_class) => {
                if told.insert(Object::from(storage_class).reference()) {
                    class::parameters(storage_class, out);
                }
                let place = claim.map_or_else(|| of_template(used), of_claim);
                if claim.is_none_or(|claim| told.insert(Object::from(claim).reference())) {
                    class::size(storage_class, size, || place, out);
                }
            }
            _ => {}
        }
    }
}

/// Where a claim writes its size.
fn of_claim(claim: &PersistentVolumeClaim) -> Location {
    let path = FieldPath::of("spec.resources.requests").with_key("storage");
    Location::new(Object::from(claim).reference(), path)
}

fn of_template(used: &Mount) -> Location {
    let path = used.place.path.clone().with_field("resources").with_field("requests");
    Location::new(used.place.object.clone(), path.with_key("storage"))
}
