//! `emptyDir` volumes.

use k8s_openapi::api::core::v1::EmptyDirVolumeSource;

use super::Scene;
use crate::finding::Findings;
use crate::object::Object;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::storage::SHARED_MEMORY_MIB;

const PAGE: &str = "Mount an emptyDir volume, 2024-08-15";
const MEDIA: [&str; 3] = ["", "Memory", "LocalRaid0"];

/// A medium that there is not.
pub const EMPTY_DIR_MEDIUM: &Rule = &Rule::error(Code::eci(6090), "empty-dir-medium")
    .summary("no medium of an emptyDir")
    .why("an emptyDir lives in temporary storage, in memory, or on local disks")
    .remedy("write `Memory` or `LocalRaid0`, or leave the medium out")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/empty-dir-medium.md"));

/// Shared memory without a size.
pub const EMPTY_DIR_SHARED_MEMORY: &Rule = &Rule::info(Code::eci(6092), "empty-dir-shared-memory")
    .summary("shared memory without a size")
    .why("`/dev/shm` has 64 MiB; an emptyDir in memory resizes it to its `sizeLimit`")
    .remedy("set `sizeLimit`")
    .basis(Basis::Documented("Mount an emptyDir to resize shm, 2024-02-23"))
    .page(include_str!("../../../rules/empty-dir-shared-memory.md"));

/// Files that a restart takes away.
pub const EMPTY_DIR_LOST_ON_RESTART: &Rule = &Rule::info(Code::eci(6094), "empty-dir-lost-on-restart")
    .summary("a StatefulSet keeps its files in an emptyDir")
    .why("an emptyDir is emptied when the pod is restarted, and there are no claims that would keep files")
    .remedy("use `volumeClaimTemplates` on disks, or a NAS volume")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/empty-dir-lost-on-restart.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[EMPTY_DIR_MEDIUM, EMPTY_DIR_SHARED_MEMORY, EMPTY_DIR_LOST_ON_RESTART]);

pub(super) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let list = spec.field("volumes");
    let mut is_told = !matches!(scene.object, Object::StatefulSet(_)) || !scene.object.claim_templates().is_empty();
    for (index, volume) in scene.pod.volumes().iter().enumerate() {
        let Some(empty_dir) = &volume.empty_dir else { continue };
        let volume_at = list.index(index);
        let at = volume_at.field("emptyDir");
        medium(scene, empty_dir, &at, out);
        let mounts = |path: Option<&str>| mounts(scene, &volume.name, path);
        if empty_dir.medium.as_deref() == Some("Memory") && empty_dir.size_limit.is_none() && mounts(Some("/dev/shm")) {
            let finding = EMPTY_DIR_SHARED_MEMORY.at(scene.pod.place(&at));
            out.push(
                finding
                    .found(volume.name.clone())
                    .note(format!("without it there are {SHARED_MEMORY_MIB} MiB")),
            );
        }
        let on_disk = empty_dir.medium.as_deref().unwrap_or_default().is_empty();
        if !is_told && on_disk && mounts(None) {
            is_told = true;
            out.push(
                EMPTY_DIR_LOST_ON_RESTART
                    .at(scene.pod.place(&at))
                    .found(volume.name.clone()),
            );
        }
    }
}

fn medium(scene: &Scene<'_>, empty_dir: &EmptyDirVolumeSource, at: &At<'_>, out: &mut Findings) {
    let Some(medium) = empty_dir.medium.as_deref().filter(|medium| !MEDIA.contains(medium)) else {
        return;
    };
    let finding = EMPTY_DIR_MEDIUM
        .at(scene.pod.place(&at.field("medium")))
        .found(medium.to_owned());
    let spelt = MEDIA.iter().find(|known| known.eq_ignore_ascii_case(medium));
    out.push(match spelt {
        // Texts of the API have `memory`, too.
        Some(known) => finding.severity(Severity::Warning).expected(format!("`{known}`")),
        None => finding.expected("`Memory`, `LocalRaid0` or none"),
    });
}

/// Whether a container mounts a volume, at a path or anywhere.
fn mounts(scene: &Scene<'_>, volume: &str, path: Option<&str>) -> bool {
    let containers = scene.pod.containers().iter().chain(scene.pod.init_containers());
    let mut mounts = containers.flat_map(|container| container.volume_mounts.iter().flatten());
    mounts.any(|mount| mount.name == volume && path.is_none_or(|path| mount.mount_path.trim_end_matches('/') == path))
}
