//! What can be wrong with images, registries and image caches: a file a family.

pub mod cache;
pub mod host;
pub mod image_cache;
pub mod pull;
pub mod reference;
pub mod registry;

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Container;

use super::{ImageFacts, ImageReference, ReferenceError, Registry};
use crate::billing::pending_billed;
use crate::finding::{FindingBuilder, Findings, Location};
use crate::object::Object;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::policy::AutoImageCache;
use crate::rule::{Rule, Rules};
use crate::site::Site;
use crate::storage::Known;

/// The lists of every family, by ascending code within each.
pub static RULES: &[&Rules] = &[
    &reference::RULES,
    &registry::RULES,
    &pull::RULES,
    &host::RULES,
    &cache::RULES,
    &image_cache::RULES,
];

/// A pod, and all that rules about its images look at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'s> {
    /// The pod.
    pub pod: &'s EffectivePod<'s>,
    /// Where it runs.
    pub site: &'s Site<'s>,
    /// What is known of images, caches and registries.
    pub images: &'s ImageFacts,
    /// Secrets by name.
    pub known: Known<'s>,
    /// Whether the pod runs on Arm.
    pub arm: bool,
    /// The labels of its namespace, when known.
    pub namespace: Option<&'s BTreeMap<String, String>>,
}

/// Everything that can be said about the images of a pod.
pub fn check(scene: &Scene<'_>, out: &mut Findings) {
    let images = scene.used();
    for used in &images {
        reference::check(scene, used, out);
        registry::image(scene, used, out);
        pull::policy(scene, used, out);
    }
    registry::pod(scene, &images, out);
    pull::secrets(scene, out);
    host::pod(scene, &images, out);
    cache::check(scene, out);
    let uncached = |image: &str| scene.images.uncached(&ImageReference::parse(image).ok()?);
    pending_billed(scene.pod, scene.site, &uncached, out);
}

/// Everything that can be said about an object by itself: an `ImageCache`, wherever its pods run.
pub fn object(object: &Object<'_>, images: &ImageFacts, site: &Site<'_>, out: &mut Findings) {
    if let Object::ImageCache(cache) = object {
        image_cache::check(object, cache, images, site, out);
        host::image_cache(object, cache, out);
    }
}

/// The annotations that findings name.
mod key {
    pub(super) const AUTO: &str = "k8s.aliyun.com/eci-auto-imc";
    pub(super) const NAMED: &str = "k8s.aliyun.com/eci-imc-id";
    pub(super) const ACR_INSTANCES: &str = "k8s.aliyun.com/acr-instance-ids";
    pub(super) const PLAIN_HTTP: &str = "k8s.aliyun.com/plain-http-registry";
    pub(super) const INSECURE: &str = "k8s.aliyun.com/insecure-registry";
    pub(super) const ACCELERATION: &str = "k8s.aliyun.com/image-accelerate-mode";
    pub(super) const SIZE: &str = "k8s.aliyun.com/imc-size";
    pub(super) const RETENTION: &str = "k8s.aliyun.com/imc-retention-days";
}

/// The image of a container.
struct Used<'s> {
    /// `containers` or `initContainers`.
    field: &'static str,
    index: usize,
    container: &'s Container,
    text: &'s str,
    reference: Result<ImageReference<'s>, ReferenceError>,
    /// Where it lies, for images that can be read.
    registry: Option<Registry<'s>>,
}

impl<'s> Used<'s> {
    /// The image and where it lies, when it can be read.
    fn read(&self) -> Option<(&ImageReference<'s>, Registry<'s>)> {
        self.reference.as_ref().ok().zip(self.registry)
    }
}

impl<'s> Scene<'s> {
    /// The images of all containers, init containers first.
    fn used(&self) -> Vec<Used<'s>> {
        let lists = [
            ("initContainers", self.pod.init_containers()),
            ("containers", self.pod.containers()),
        ];
        let mut all: Vec<Used<'s>> = Vec::with_capacity(lists.iter().map(|(_, list)| list.len()).sum());
        for (field, containers) in lists {
            for (index, container) in containers.iter().enumerate() {
                let text = container.image.as_deref().unwrap_or_default();
                let before = all.last().and_then(Used::read);
                let reference = match before {
                    Some((other, _)) => ImageReference::parse_beside(text, other),
                    None => ImageReference::parse(text),
                };
                let registry = reference.as_ref().ok().map(|image| match before {
                    Some((other, registry)) if other.host() == image.host() => registry,
                    _ => Registry::of(image),
                });
                all.push(Used {
                    field,
                    index,
                    container,
                    text,
                    registry,
                    reference,
                });
            }
        }
        all
    }

    /// A finding about a field of a container.
    fn at(&self, rule: &'static Rule, used: &Used<'_>, field: &'static str) -> FindingBuilder {
        rule.at(self.place(used, field))
    }

    fn place(&self, used: &Used<'_>, field: &'static str) -> Location {
        let spec = At::ROOT.field("spec");
        let list = spec.field(used.field);
        let container = list.index(used.index);
        self.pod.place(&container.field(field))
    }

    /// Whether an image cache is matched automatically, and whether somebody said so.
    fn is_matched(&self) -> (bool, bool) {
        match &self.pod.settings().auto_image_cache {
            Some(given) => (given.value, true),
            None => (
                self.site.policies.auto_image_cache == AutoImageCache::OnByDefault,
                false,
            ),
        }
    }
}
