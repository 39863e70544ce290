//! Temporary storage: how much, who asks for it, what fills it.

use k8s_openapi::api::core::v1::Container;

use super::{Scene, key};
use crate::finding::Findings;
use crate::image::{ImageReference, named};
use crate::path::At;
use crate::policy::FullDiskAlert;
use crate::quantity::{Memory, Quantity, amount};
use crate::rule::{Basis, Code, Rule, Rules};
use crate::spec::FREE_STORAGE_GIB;
use crate::storage::{MOST_EXTRA_GIB, TemporaryDisk};

const PAGE: &str = "Increase the temporary storage space, 2024-08-13";

/// More than can be had.
pub const TEMPORARY_STORAGE_OVER: &Rule = &Rule::error(Code::eci(6070), "temporary-storage-over")
    .summary("more temporary storage than an instance can have")
    .why("the containers ask for more than 5000 GiB beyond the free 30")
    .remedy("ask for less, or mount a disk")
    .basis(Basis::Documented(
        "CreateContainerGroup, 2018-08-08; Increase the temporary storage space, 2024-08-13",
    ))
    .page(include_str!("../../../rules/temporary-storage-over.md"));

/// A request that changes nothing.
pub const TEMPORARY_STORAGE_NOOP: &Rule = &Rule::info(Code::eci(6072), "temporary-storage-noop")
    .summary("the request for temporary storage changes nothing")
    .why("30 GiB are there anyway; only what is asked for beyond them is added")
    .remedy("drop the request, or set `k8s.aliyun.com/eci-extra-ephemeral-storage` to what is needed beyond 30 GiB")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/temporary-storage-noop.md"));

/// Two who ask.
pub const TEMPORARY_STORAGE_TWO_WAYS: &Rule = &Rule::info(Code::eci(6074), "temporary-storage-two-ways")
    .summary("temporary storage is asked for in two ways")
    .why("the larger of the annotation and what containers request beyond 30 GiB counts; they do not add up")
    .remedy("keep one of them")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/temporary-storage-two-ways.md"));

/// A limit alone.
pub const TEMPORARY_STORAGE_LIMIT_IGNORED: &Rule = &Rule::info(Code::eci(6076), "temporary-storage-limit-ignored")
    .summary("a limit of temporary storage, and no request")
    .why("pages speak of requests only; Kubernetes makes the limit the request when the pod is created")
    .remedy("write the request, or `k8s.aliyun.com/eci-extra-ephemeral-storage`")
    .basis(Basis::Inferred(PAGE))
    .page(include_str!("../../../rules/temporary-storage-limit-ignored.md"));

/// Too little room for what is known to fill it.
pub const TEMPORARY_STORAGE_TIGHT: &Rule = &Rule::warning(Code::eci(6078), "temporary-storage-tight")
    .summary("images and volumes need more temporary storage than there is")
    .why("images take twice their compressed size when unpacked, and volumes of type emptyDir live beside them")
    .remedy("ask for more by `k8s.aliyun.com/eci-extra-ephemeral-storage`")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/temporary-storage-tight.md"));

/// Nothing happens when it is full.
pub const FULL_DISK_SILENT: &Rule = &Rule::info(Code::eci(6080), "full-disk-silent")
    .summary("nothing happens when temporary storage runs full")
    .why("writes fail and the pod keeps running, unless eviction is switched on")
    .remedy("set `k8s.aliyun.com/eci-eviction-enable: \"true\"`")
    .basis(Basis::Documented(
        "Evict pods whose temporary storage runs out, 2023-10-27",
    ))
    .page(include_str!("../../../rules/full-disk-silent.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    TEMPORARY_STORAGE_OVER,
    TEMPORARY_STORAGE_NOOP,
    TEMPORARY_STORAGE_TWO_WAYS,
    TEMPORARY_STORAGE_LIMIT_IGNORED,
    TEMPORARY_STORAGE_TIGHT,
    FULL_DISK_SILENT,
]);

pub(super) fn check(scene: &Scene<'_>, out: &mut Findings) {
    amounts(scene, out);
    room(scene, out);
    alert(scene, out);
}

/// What containers ask for together, and the first of them with something to tell.
#[derive(Default)]
struct Asked {
    requests: Memory,
    /// Requests, and limits that Kubernetes will make requests.
    all: Memory,
    first_request: Option<usize>,
    first_lone_limit: Option<(usize, Memory)>,
}

impl Asked {
    fn of(containers: &[Container]) -> Self {
        let mut asked = Self::default();
        for (index, container) in containers.iter().enumerate() {
            let Some(resources) = &container.resources else {
                continue;
            };
            let amount = |list| amount(list, "ephemeral-storage")?.and_then(Quantity::memory).ok();
            let (request, limit) = (amount(resources.requests.as_ref()), amount(resources.limits.as_ref()));
            if let Some(request) = request {
                asked.requests = [asked.requests, request].into_iter().sum();
                asked.first_request.get_or_insert(index);
            } else if let Some(limit) = limit {
                asked.first_lone_limit.get_or_insert((index, limit));
            }
            asked.all = [Some(asked.all), request.or(limit)].into_iter().flatten().sum();
        }
        asked
    }
}

fn amounts(scene: &Scene<'_>, out: &mut Findings) {
    let asked = Asked::of(scene.pod.containers());
    let spec = At::ROOT.field("spec");
    let containers = spec.field("containers");
    let at = |rule: &'static Rule, index: usize, map: &'static str| {
        let container = containers.index(index);
        let resources = container.field("resources");
        let amounts = resources.field(map);
        rule.at(scene.pod.place(&amounts.key("ephemeral-storage")))
    };
    let free = Memory::from_gib(FREE_STORAGE_GIB);
    let most = Memory::from_gib(FREE_STORAGE_GIB + MOST_EXTRA_GIB);
    if let Some((index, limit)) = asked.first_lone_limit {
        let finding = at(TEMPORARY_STORAGE_LIMIT_IGNORED, index, "limits").found(limit.to_string());
        out.push(finding);
    }
    let place = asked.first_request.map(|index| (index, "requests"));
    let place = place.or(asked.first_lone_limit.map(|(index, _)| (index, "limits")));
    if let Some((index, map)) = place.filter(|_| asked.all > most) {
        let finding = at(TEMPORARY_STORAGE_OVER, index, map).found(asked.all.to_string());
        return out.push(finding.expected(format!("at most {most} in all containers together")));
    }
    let extra = scene.pod.settings().extra_storage.as_ref();
    let Some(index) = asked.first_request else { return };
    if asked.requests > free {
        if let Some(extra) = extra {
            let finding = at(TEMPORARY_STORAGE_TWO_WAYS, index, "requests").found(asked.requests.to_string());
            let place = scene.pod.annotation_place(key::EXTRA);
            out.push(finding.related(place, format!("adds {}", extra.value)));
        }
    } else if extra.is_none() && !asked.requests.is_zero() {
        out.push(at(TEMPORARY_STORAGE_NOOP, index, "requests").found(asked.requests.to_string()));
    }
}

fn room(scene: &Scene<'_>, out: &mut Findings) {
    let volumes = scene.pod.volumes().iter().enumerate().filter_map(|(index, volume)| {
        let empty_dir = volume.empty_dir.as_ref()?;
        let on_disk = empty_dir.medium.as_deref().unwrap_or_default().is_empty();
        let limit = empty_dir.size_limit.as_ref().filter(|_| on_disk)?;
        Some((index, limit.0.parse::<Quantity>().and_then(Quantity::memory).ok()?))
    });
    let volumes: Vec<(usize, Memory)> = volumes.collect();
    let packed = images(scene);
    let limits: Memory = volumes.iter().map(|(_, limit)| *limit).sum();
    let unpacked = Memory::from_bytes(packed.bytes().saturating_mul(2));
    let needed: Memory = [limits, unpacked].into_iter().sum();
    let disk = TemporaryDisk::with_extra(crate::spec::extra_storage(scene.pod).into_value());
    if needed <= Memory::from_gib(disk.gib()) {
        return;
    }
    let spec = At::ROOT.field("spec");
    let list = spec.field("volumes");
    let place = match volumes.iter().max_by_key(|(_, limit)| *limit) {
        Some((index, _)) => {
            let volume = list.index(*index);
            let empty_dir = volume.field("emptyDir");
            scene.pod.place(&empty_dir.field("sizeLimit"))
        }
        None => scene.pod.place(&spec.field("containers")),
    };
    let finding = TEMPORARY_STORAGE_TIGHT
        .at(place)
        .found(format!("{} GiB", needed.gib_ceil()));
    let parts = format!("volumes may take {limits}, the known images {unpacked} unpacked");
    out.push(finding.expected(format!("at most {disk}")).note(parts));
}

/// The known sizes of the images that are pulled; those of a named cache are there already.
fn images(scene: &Scene<'_>) -> Memory {
    if scene.images.images.is_empty() {
        return Memory::default();
    }
    let cached = scene.pod.settings().image_cache.as_ref();
    let cache = cached.and_then(|given| named(given.value.as_str(), scene.images.caches()));
    if cached.is_some() && cache.is_none_or(|cache| !cache.automatic) {
        return Memory::default();
    }
    let mut images: Vec<ImageReference<'_>> = Vec::new();
    for container in scene.pod.containers().iter().chain(scene.pod.init_containers()) {
        if let Some(Ok(image)) = container.image.as_deref().map(ImageReference::parse)
            && !images.iter().any(|known| known.is_same_image(&image))
        {
            images.push(image);
        }
    }
    scene.images.size(&images)
}

fn alert(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.pod.settings();
    let policy = scene.site.policies.full_disk_alert;
    if policy == FullDiskAlert::Off || settings.eviction.as_ref().is_some_and(|given| given.value) {
        return;
    }
    if let Some(extra) = &settings.extra_storage {
        return out.push(
            scene
                .pod
                .annotation_finding(FULL_DISK_SILENT, key::EXTRA)
                .found(extra.value.to_string()),
        );
    }
    let limited = |volume: &k8s_openapi::api::core::v1::Volume| {
        volume
            .empty_dir
            .as_ref()
            .is_some_and(|empty_dir| empty_dir.size_limit.is_some())
    };
    let index = scene.pod.volumes().iter().position(limited);
    if let Some(index) = index.filter(|_| policy == FullDiskAlert::AnyLimit) {
        let spec = At::ROOT.field("spec");
        let list = spec.field("volumes");
        let volume = list.index(index);
        let empty_dir = volume.field("emptyDir");
        out.push(FULL_DISK_SILENT.at(scene.pod.place(&empty_dir.field("sizeLimit"))));
    }
}
