//! What is known of images, caches and registries.

use std::collections::{BTreeMap, BTreeSet};

use super::{Degree, ImageReference, KnownCache, degree};
use crate::quantity::Memory;
use crate::resource::ImageCache;

/// What is known of images, their caches and their registries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageFacts {
    /// Images of which something is known, by [`ImageReference::normalized`].
    pub images: BTreeMap<Box<str>, KnownImage>,
    /// The caches of which there are objects, by name.
    pub objects: BTreeMap<Box<str>, KnownCache>,
    /// All caches of the account in the region, when somebody listed them.
    pub inventory: Option<Vec<KnownCache>>,
    /// Hosts that give out public images without a login, beside those that are known to everybody.
    pub public_hosts: BTreeSet<Box<str>>,
    /// Own domains of enterprise registries.
    pub custom_domains: BTreeSet<Box<str>>,
    /// Namespaces in which the managed helper writes credentials of the container registry.
    pub helper_namespaces: BTreeSet<Box<str>>,
}

/// What is known of an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownImage {
    /// Its compressed size.
    pub size: Option<Memory>,
    /// The architectures it is built for; empty when that is not known.
    pub architectures: Vec<Box<str>>,
}

impl ImageFacts {
    /// Takes an `ImageCache` in; gives whether anything changed.
    pub fn observe(&mut self, object: &ImageCache) -> bool {
        let known = KnownCache::of(object);
        let name = known.name.clone();
        self.objects.insert(name, known.clone()).as_ref() != Some(&known)
    }

    /// Takes an `ImageCache` away; gives whether it was known.
    pub fn forget(&mut self, name: &str) -> bool {
        self.objects.remove(name).is_some()
    }

    /// Whether every cache of the account in the region is known.
    pub const fn is_complete(&self) -> bool {
        self.inventory.is_some()
    }

    /// Every known cache once; objects, which are watched, before the list.
    pub fn caches(&self) -> impl Iterator<Item = &KnownCache> {
        let listed = self.inventory.iter().flatten();
        let is_object = |cache: &&KnownCache| cache.id.is_some() && self.objects.values().any(|own| own.id == cache.id);
        self.objects
            .values()
            .chain(listed.filter(move |cache| !is_object(cache)))
    }

    /// What is known of an image.
    pub fn image(&self, image: &ImageReference<'_>) -> Option<&KnownImage> {
        if self.images.is_empty() {
            return None;
        }
        self.images.get(image.normalized().as_str())
    }

    /// The known compressed sizes of some images together.
    pub fn size<'i>(&self, images: impl IntoIterator<Item = &'i ImageReference<'i>>) -> Memory {
        let sizes = images.into_iter().filter_map(|image| self.image(image)?.size);
        sizes.sum()
    }

    /// The bytes of an image that no usable cache holds, where known.
    pub(super) fn uncached(&self, image: &ImageReference<'_>) -> Option<u64> {
        let size = self.image(image)?.size?;
        let holds = |cache: &KnownCache| cache.phase.is_usable() && degree(image, cache) == Degree::Full;
        (!self.caches().any(holds)).then(|| size.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_beats_its_entry_in_the_list() {
        let object: ImageCache = serde_json::from_value(serde_json::json!({
            "metadata": {"name": "web"}, "spec": {"images": ["web:1"]},
            "status": {"phase": "Ready", "progress": "100%", "imageCacheId": "imc-1"},
        }))
        .expect("an ImageCache");
        let mut facts = ImageFacts::default();
        assert!(facts.observe(&object) && !facts.observe(&object));
        let listed = KnownCache {
            id: Some("imc-1".into()),
            ..KnownCache::default()
        };
        facts.inventory = Some(vec![listed]);
        assert_eq!(facts.caches().map(|cache| &*cache.name).collect::<Vec<_>>(), ["web"]);
        assert!(facts.forget("web") && facts.caches().count() == 1);
    }

    #[test]
    fn images_are_found_however_they_are_written() {
        let mut facts = ImageFacts::default();
        let known = KnownImage {
            size: Some(Memory::from_gib(1)),
            ..KnownImage::default()
        };
        facts.images.insert("docker.io/library/nginx:latest".into(), known);
        let image = ImageReference::parse("nginx").expect("a reference");
        assert_eq!(facts.size([&image]), Memory::from_gib(1));
    }
}
