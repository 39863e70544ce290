//! `ImageCache` objects by themselves.

use super::key;
use super::reference::IMAGE_REFERENCE;
use crate::finding::{FindingBuilder, Findings};
use crate::image::{ImageFacts, ImageReference};
use crate::object::Object;
use crate::path::At;
use crate::policy::ImageCacheOverlap;
use crate::quantity::Memory;
use crate::resource::ImageCache;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;

const PAGE: &str = "Manage ImageCaches, 2024-11-26";
/// Images of a cache (Overview of image caches, 2024-11-26).
const MOST_IMAGES: usize = 20;
/// GiB of a cache (CreateImageCache, 2025-10-17).
const GIB: std::ops::RangeInclusive<i64> = 20..=32_768;
/// Days that a cache can be kept (CreateImageCache, 2025-10-17).
const DAYS: std::ops::RangeInclusive<i64> = 1..=65_536;
/// GiB of a cache that names no size (Manage ImageCaches, 2024-11-26).
const DEFAULT_GIB: i64 = 20;

/// A cache that cannot be made.
pub const IMAGE_CACHE_SPEC: &Rule = &Rule::error(Code::eci(6046), "image-cache-spec")
    .summary("the image cache cannot be made like this")
    .why("the platform refuses it")
    .remedy("name 1 to 20 images, a size of 20 to 32768 GiB, 1 to 65536 days, and secrets as `namespace:name`")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/image-cache-spec.md"));

/// One amount in two places.
pub const IMAGE_CACHE_SIZE_TWICE: &Rule = &Rule::warning(Code::eci(6048), "image-cache-size-twice")
    .summary("the specification and an annotation differ")
    .why("no page says which of them counts")
    .remedy("keep one of them")
    .basis(Basis::Documented(
        "ImageCache annotations, 2024-10-29; which one counts is open",
    ))
    .page(include_str!("../../../rules/image-cache-size-twice.md"));

/// A cache that its images do not fit into.
pub const IMAGE_CACHE_TOO_SMALL: &Rule = &Rule::warning(Code::eci(6050), "image-cache-too-small")
    .summary("the image cache is too small for its images")
    .why("unpacked, images take at least twice their compressed size; the cache cannot be made when they do not fit")
    .remedy("enlarge it to twice the size of the images at least")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/image-cache-too-small.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[IMAGE_CACHE_SPEC, IMAGE_CACHE_SIZE_TWICE, IMAGE_CACHE_TOO_SMALL]);

/// The annotation of a cache as a number, where it is one.
fn number(cache: &ImageCache, key: &str) -> Option<i64> {
    cache.metadata.annotations.as_ref()?.get(key)?.trim().parse().ok()
}

pub(super) fn check(object: &Object<'_>, cache: &ImageCache, facts: &ImageFacts, site: &Site<'_>, out: &mut Findings) {
    images(object, cache, out);
    amounts(object, cache, site, out);
    secrets(object, cache, out);
    room(object, cache, facts, out);
}

fn images(object: &Object<'_>, cache: &ImageCache, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let at = spec.field("images");
    let images = &cache.spec.images;
    if images.is_empty() || images.len() > MOST_IMAGES {
        let finding = IMAGE_CACHE_SPEC.at(object.place(&at)).found(images.len().to_string());
        out.push(finding.expected(format!("1 to {MOST_IMAGES} images")));
    }
    for (index, image) in images.iter().enumerate() {
        if let Err(error) = ImageReference::parse(image) {
            let finding = IMAGE_REFERENCE
                .at(object.place(&at.index(index)))
                .title(error.to_string());
            out.push(finding.found(image.clone()).within(error.within()));
        }
    }
}

fn amounts(object: &Object<'_>, cache: &ImageCache, site: &Site<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let rows = [
        ("imageCacheSize", cache.spec.image_cache_size, key::SIZE, GIB, "GiB"),
        ("retentionDays", cache.spec.retention_days, key::RETENTION, DAYS, "days"),
    ];
    for (field, written, key, range, unit) in rows {
        let at_key = |rule: &'static Rule| -> FindingBuilder {
            let metadata = At::ROOT.field("metadata");
            let annotations = metadata.field("annotations");
            rule.at(object.place(&annotations.key(key)))
        };
        let expected = || format!("{} to {} {unit}", range.start(), range.end());
        if let Some(amount) = written.filter(|amount| !range.contains(amount)) {
            let finding = IMAGE_CACHE_SPEC.at(object.place(&spec.field(field)));
            out.push(finding.found(amount.to_string()).expected(expected()));
        }
        let noted = number(cache, key);
        // The range of the size is told where annotations are read.
        if let Some(amount) = noted.filter(|amount| key == key::RETENTION && !range.contains(amount)) {
            out.push(at_key(IMAGE_CACHE_SPEC).found(amount.to_string()).expected(expected()));
        }
        if let (Some(written), Some(noted)) = (written, noted.filter(|noted| Some(*noted) != written)) {
            let finding = at_key(IMAGE_CACHE_SIZE_TWICE).found(noted.to_string());
            let related = object.place(&spec.field(field));
            let counts = match site.policies.image_cache_overlap {
                ImageCacheOverlap::SpecWins => written,
                ImageCacheOverlap::AnnotationWins => noted,
            };
            let note = format!("{counts} counts here (policy ImageCacheOverlap)");
            out.push(finding.related(related, format!("says {written}")).note(note));
        }
    }
}

fn secrets(object: &Object<'_>, cache: &ImageCache, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let list = spec.field("imagePullSecrets");
    for (index, secret) in cache.spec.image_pull_secrets.iter().flatten().enumerate() {
        let parts = secret.split_once(':');
        if parts.is_none_or(|(namespace, name)| namespace.is_empty() || name.is_empty() || name.contains(':')) {
            let finding = IMAGE_CACHE_SPEC.at(object.place(&list.index(index)));
            out.push(finding.found(secret.clone()).expected("`namespace:name`"));
        }
    }
}

fn room(object: &Object<'_>, cache: &ImageCache, facts: &ImageFacts, out: &mut Findings) {
    let images: Vec<ImageReference<'_>> = cache
        .spec
        .images
        .iter()
        .filter_map(|image| ImageReference::parse(image).ok())
        .collect();
    let packed = facts.size(&images);
    let unpacked = Memory::from_bytes(packed.bytes().saturating_mul(2)).gib_ceil();
    let spec = At::ROOT.field("spec");
    let (gib, field) = match cache.spec.image_cache_size {
        Some(gib) => (gib, "imageCacheSize"),
        None => (number(cache, key::SIZE).unwrap_or(DEFAULT_GIB), "images"),
    };
    if u64::try_from(gib).is_ok_and(|gib| gib < unpacked) {
        let finding = IMAGE_CACHE_TOO_SMALL
            .at(object.place(&spec.field(field)))
            .found(format!("{gib} GiB"));
        let known = format!("the known images take {packed} compressed");
        out.push(finding.expected(format!("at least {unpacked} GiB")).note(known));
    }
}
