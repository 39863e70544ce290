//! Data caches and temporary storage.

use eci_model::{Basis, Code, Findings, Rule, Severity};

use crate::keys;
use crate::rules::identity::ineffective;
use crate::together::{Scene, value};

/// Settings of a data cache that is not used.
pub const WITHOUT_BUCKET: &Rule = &Rule::error(Code::eci(2290), "data-cache-setting-without-bucket")
    .summary("settings of a data cache, and no bucket")
    .why("a data cache is used only when its bucket is named")
    .remedy("set `k8s.aliyun.com/eci-data-cache-bucket`")
    .basis(Basis::Documented("Create a pod using DataCache, 2025-01-14"))
    .page(include_str!("../../rules/data-cache-setting-without-bucket.md"));

/// A level of a disk that is none of the leveled ones.
pub const LEVEL_MOOT: &Rule = &Rule::info(Code::eci(2292), "data-cache-level-moot")
    .summary("the performance level does nothing beside provisioned IOPS or bursting")
    .why("either of them makes the disk an AutoPL one, which has no level")
    .remedy("drop the level")
    .basis(Basis::Inferred("Create a pod using DataCache, 2025-01-14"))
    .page(include_str!("../../rules/data-cache-level-moot.md"));

/// More IOPS than the size of the cache allows.
pub const IOPS_RANGE: &Rule = &Rule::error(Code::eci(2294), "data-cache-iops-range")
    .summary("more IOPS than a disk of this size can be given")
    .why("the most is 1000 for each GiB less the base of min(1800 + 50 for each GiB, 50000), and 50000 in all")
    .remedy("lower the number, or enlarge the cache")
    .basis(Basis::Documented("Create a pod using DataCache, 2025-01-14"))
    .page(include_str!("../../rules/data-cache-iops-range.md"));

/// A bucket from which nothing is mounted.
pub const NOTHING_MOUNTED: &Rule = &Rule::warning(Code::eci(2296), "data-cache-nothing-mounted")
    .summary("a data cache bucket is named and nothing of it is mounted")
    .why("data caches are mounted by `hostPath` volumes, and the pod has none")
    .remedy("mount the path of the data cache as a `hostPath` volume, or drop the bucket")
    .basis(Basis::Ours(
        "Create a pod using DataCache, 2025-01-14: the bucket alone has no effect",
    ))
    .page(include_str!("../../rules/data-cache-nothing-mounted.md"));

/// Encryption and an image cache made by hand.
pub const ENCRYPTED_WITH_CACHE: &Rule = &Rule::error(Code::eci(2322), "encrypted-disk-with-manual-cache")
    .summary("encrypted temporary storage cannot be used with an image cache made by hand")
    .why("the disk comes from the snapshot of the cache, which is not encrypted")
    .remedy("use automatic matching, or no encryption")
    .basis(Basis::Documented("Encrypt the temporary storage space, 2023-10-16"))
    .page(include_str!("../../rules/encrypted-disk-with-manual-cache.md"));

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    match &settings.data_cache_bucket {
        None => without_bucket(scene, out),
        Some(bucket) => {
            level(scene, out);
            iops(scene, &bucket.value, out);
            let mounts = scene.pod.volumes().iter().any(|volume| volume.host_path.is_some());
            if !mounts {
                let injected = scene
                    .subject
                    .entries
                    .injection(keys::DATA_CACHE_BUCKET.name())
                    .is_some();
                let severity = if injected { Severity::Info } else { Severity::Warning };
                let finding = scene.finding(NOTHING_MOUNTED, &keys::DATA_CACHE_BUCKET, &bucket.origin);
                out.push(finding.severity(severity).found(bucket.value.clone()));
            }
        }
    }
    encryption(scene, out);
}

fn without_bucket(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let given = [
        settings.data_cache_level.as_ref().map(|_| keys::DATA_CACHE_PL.name()),
        settings
            .data_cache_iops
            .as_ref()
            .map(|_| keys::DATA_CACHE_PROVISIONED_IOPS.name()),
        settings
            .data_cache_bursting
            .as_ref()
            .map(|_| keys::DATA_CACHE_BURSTING_ENABLED.name()),
    ];
    let names: Vec<&str> = given.into_iter().flatten().collect();
    if let Some(first) = names.first()
        && !scene.has(&keys::DATA_CACHE_BUCKET)
    {
        let finding = scene.subject.finding(WITHOUT_BUCKET, first);
        out.push(finding.severity(ineffective(scene.site)).found(names.join(", ")));
    }
}

fn level(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let provisioned = value(settings.data_cache_iops.as_ref()).is_some_and(|iops| iops > 0);
    let bursting = value(settings.data_cache_bursting.as_ref()) == Some(true);
    if let Some(level) = settings.data_cache_level.as_ref().filter(|_| provisioned || bursting) {
        let finding = scene.inert(LEVEL_MOOT, &keys::DATA_CACHE_PL, &level.origin);
        out.push(finding.found(level.value.to_string()));
    }
}

fn iops(scene: &Scene<'_>, bucket: &str, out: &mut Findings) {
    let Some(iops) = &scene.settings().data_cache_iops else {
        return;
    };
    let paths = scene
        .pod
        .volumes()
        .iter()
        .filter_map(|volume| volume.host_path.as_ref());
    for path in paths {
        let same = |a: &str, b: &str| a.trim_end_matches('/') == b.trim_end_matches('/');
        let mut caches = scene.known.data_caches.iter();
        let cache = caches.find(|cache| cache.bucket == bucket && same(cache.path, &path.path));
        let Some(cache) = cache.filter(|cache| u64::from(iops.value) > most_iops(cache.gib)) else {
            continue;
        };
        let finding = scene.finding(IOPS_RANGE, &keys::DATA_CACHE_PROVISIONED_IOPS, &iops.origin);
        let most = format!(
            "at most {} for {} GiB at `{}`",
            most_iops(cache.gib),
            cache.gib,
            cache.path
        );
        out.push(finding.found(iops.value.to_string()).expected(most));
    }
}

/// The most IOPS that a disk of a size can be given.
fn most_iops(gib: u32) -> u64 {
    let gib = u64::from(gib);
    let base = (1800 + 50 * gib).min(50_000);
    (1000 * gib).saturating_sub(base).min(50_000)
}

fn encryption(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let encrypted = settings.storage_options.as_ref().filter(|given| given.value.encrypted);
    if let (Some(options), Some(cache)) = (encrypted, &settings.image_cache)
        && !scene.known.automatic_image_caches.contains(&cache.value.as_str())
    {
        let finding = scene.finding(ENCRYPTED_WITH_CACHE, &keys::EPHEMERAL_STORAGE_OPTIONS, &options.origin);
        let place = scene
            .finding(ENCRYPTED_WITH_CACHE, &keys::IMC_ID, &cache.origin)
            .build()
            .place()
            .clone();
        out.push(finding.related(place, "names the image cache"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iops_grow_with_the_size() {
        for (gib, most) in [(1, 0), (2, 100), (20, 17_200), (55, 50_000), (10_000, 50_000)] {
            assert_eq!(most_iops(gib), most, "{gib} GiB");
        }
    }
}
