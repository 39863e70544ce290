//! Which cache is taken for the images of a pod.

use std::cmp::Reverse;

use super::KnownCache;
use crate::image::ImageReference;
use crate::policy::{ImageCacheFit, Policies};

/// How much of an image a cache holds.
///
/// The platform compares registry and version and publishes no scores (Overview of image caches, 2024-11-26). Here the same tag or digest
/// of a repository counts as the whole image, another one of the same repository as part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Degree {
    /// Nothing.
    #[default]
    Nothing,
    /// Layers of another version.
    Partial,
    /// The image.
    Full,
}

/// How much of an image a cache holds.
pub fn degree(image: &ImageReference<'_>, cache: &KnownCache) -> Degree {
    let of = |held: ImageReference<'_>| {
        if image.is_same_image(&held) {
            Degree::Full
        } else if image.is_same_repository(&held) {
            Degree::Partial
        } else {
            Degree::Nothing
        }
    };
    cache.references().map(of).max().unwrap_or_default()
}

/// What a pod wants of an image cache.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// Its images, each once.
    pub images: &'w [ImageReference<'w>],
    /// Only a cache that holds all of them counts (`imc-perfect-match`); beats `least`.
    pub perfect: bool,
    /// How many of them a cache must hold in full (`imc-match-count-request`).
    pub least: Option<u32>,
    /// The temporary storage of the pod in GiB.
    pub disk_gib: u32,
    /// The size of the images together in GiB, where known.
    pub image_gib: Option<u32>,
}

/// A cache, and how much it holds of what a pod wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match<'c> {
    /// The cache.
    pub cache: &'c KnownCache,
    /// How many images it holds.
    pub full: usize,
    /// Of how many it holds another version.
    pub partial: usize,
    /// How many images the pod has.
    pub images: usize,
}

impl<'c> Match<'c> {
    /// How much a cache holds of some images.
    pub fn of(cache: &'c KnownCache, images: &[ImageReference<'_>]) -> Self {
        let count = |wanted: Degree| images.iter().filter(|image| degree(image, cache) == wanted).count();
        Self {
            cache,
            full: count(Degree::Full),
            partial: count(Degree::Partial),
            images: images.len(),
        }
    }

    /// Whether it holds every image.
    pub const fn is_perfect(&self) -> bool {
        self.images > 0 && self.full == self.images
    }

    /// Whether it holds anything.
    pub const fn is_some(&self) -> bool {
        self.full + self.partial > 0
    }
}

/// The cache with an id.
pub fn named<'c>(id: &str, caches: impl IntoIterator<Item = &'c KnownCache>) -> Option<&'c KnownCache> {
    caches.into_iter().find(|cache| cache.id.as_deref() == Some(id))
}

/// The cache that automatic matching picks: ready, fitting the temporary storage, meeting the condition, and among those the one that holds
/// most, then the closest in size, then the newest (Overview of image caches, 2024-11-26). Which sizes fit is the policy
/// [`ImageCacheFit`].
///
/// The order of the caches does not matter.
///
/// # Example
/// ```
/// use eci_model::Policies;
/// use eci_model::image::{CachePhase, ImageReference, KnownCache, Wanted, automatic};
///
/// let cache = |id: &str, images: &[&str]| KnownCache {
///     id: Some(id.into()),
///     images: images.iter().map(|image| (*image).into()).collect(),
///     phase: CachePhase::Ready,
///     gib: 20,
///     ..KnownCache::default()
/// };
/// let caches = [cache("imc-old", &["nginx:1.24"]), cache("imc-new", &["nginx:1.25"])];
/// let images = [ImageReference::parse("nginx:1.25")?];
/// let wanted = Wanted { images: &images, perfect: false, least: None, disk_gib: 30, image_gib: None };
/// let found = automatic(&wanted, &caches, &Policies::default()).expect("one holds it");
/// assert_eq!((found.cache.label(), found.is_perfect()), ("imc-new", true));
/// # Ok::<(), eci_model::image::ReferenceError>(())
/// ```
pub fn automatic<'c>(
    wanted: &Wanted<'_>,
    caches: impl IntoIterator<Item = &'c KnownCache>,
    policies: &Policies,
) -> Option<Match<'c>> {
    let fits = |cache: &&KnownCache| {
        let within = cache.gib <= wanted.disk_gib;
        match policies.image_cache_fit {
            ImageCacheFit::AutomaticOnly => !cache.automatic || within,
            ImageCacheFit::EveryCache => within,
            ImageCacheFit::AnySize => true,
        }
    };
    let least = wanted.least.and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
    let meets = |found: &Match<'_>| {
        if wanted.perfect {
            found.is_perfect()
        } else {
            found.full >= least
        }
    };
    let rank = |found: &Match<'c>| {
        let cache = found.cache;
        let distance = cache.gib.abs_diff(wanted.image_gib.unwrap_or(0));
        let tie = Reverse((cache.id.as_deref(), &*cache.name));
        (
            found.full,
            found.partial,
            Reverse(distance),
            cache.created.as_deref(),
            tie,
        )
    };
    let ready = caches.into_iter().filter(|cache| cache.phase.is_usable()).filter(fits);
    let found = ready.map(|cache| Match::of(cache, wanted.images));
    found.filter(Match::is_some).filter(meets).max_by_key(rank)
}
