//! Image caches as pods name and match them.

use super::{Scene, key};
use crate::finding::Findings;
use crate::image::choice::distinct;
use crate::image::{Match, named};
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules};

/// A named cache that cannot be used yet, or any more.
pub const IMAGE_CACHE_NOT_READY: &Rule = &Rule::error(Code::eci(6040), "image-cache-not-ready")
    .summary("the named image cache is not ready")
    .why("only a cache that is `Ready` can be used, and a pod that names another is not created")
    .remedy("wait until it is ready, or match caches automatically")
    .basis(Basis::Documented(
        "Use ImageCache to accelerate pod creation, 2024-09-24",
    ))
    .page(include_str!("../../../rules/image-cache-not-ready.md"));

/// A named cache that does not exist.
pub const IMAGE_CACHE_MISSING: &Rule = &Rule::error(Code::eci(6042), "image-cache-missing")
    .summary("the named image cache does not exist")
    .why("the creation of the pod fails with `ImageSnapshot.NotFound`")
    .remedy("name a cache of this region and account, or match caches automatically")
    .basis(Basis::Documented(
        "CreateContainerGroup, 2018-08-08: ImageSnapshot.NotFound",
    ))
    .page(include_str!("../../../rules/image-cache-missing.md"));

/// No cache helps.
pub const IMAGE_CACHE_NO_MATCH: &Rule = &Rule::info(Code::eci(6044), "image-cache-no-match")
    .summary("no image cache holds any image of the pod")
    .why("all images are pulled; the platform makes a cache beside the pod")
    .remedy("make an ImageCache of the images, if starts should be fast from the first on")
    .basis(Basis::Documented("Overview of image caches, 2024-11-26"))
    .page(include_str!("../../../rules/image-cache-no-match.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[IMAGE_CACHE_NOT_READY, IMAGE_CACHE_MISSING, IMAGE_CACHE_NO_MATCH]);

pub(super) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let Some(wanted) = &scene.pod.settings().image_cache else {
        return matched(scene, out);
    };
    let id = wanted.value.as_str();
    let finding = |rule| scene.pod.annotation_finding(rule, key::NAMED).found(id.to_owned());
    match named(id, scene.images.caches()) {
        Some(cache) if !cache.phase.is_usable() => {
            let is_named = format!("`{}` is {}", cache.name, cache.phase);
            out.push(finding(IMAGE_CACHE_NOT_READY).expected("phase `Ready`").note(is_named));
        }
        None if scene.images.is_complete() => out.push(finding(IMAGE_CACHE_MISSING)),
        _ => {}
    }
}

fn matched(scene: &Scene<'_>, out: &mut Findings) {
    if !scene.images.is_complete() || !scene.is_matched().0 {
        return;
    }
    let images = distinct(scene.pod, scene.site);
    let mut caches = scene.images.caches().filter(|cache| cache.phase.is_usable());
    if !images.is_empty() && !caches.any(|cache| Match::of(cache, &images).is_some()) {
        let spec = At::ROOT.field("spec");
        let place = match scene.pod.annotations().get(key::AUTO) {
            Some(_) => scene.pod.annotation_place(key::AUTO),
            None => scene.pod.place(&spec.field("containers")),
        };
        let texts: Vec<String> = images.iter().map(ToString::to_string).collect();
        out.push(IMAGE_CACHE_NO_MATCH.at(place).found(texts.join(", ")));
    }
}
