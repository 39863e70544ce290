//! Which image cache a pod uses, as a decision with its reasons.

use std::fmt;

use super::{ImageFacts, ImageReference, Wanted, automatic};
use crate::decision::{Decided, Origin};
use crate::id::ImageCacheId;
use crate::pod::EffectivePod;
use crate::policy::{AutoImageCache, ImageCacheInit};
use crate::site::Site;

const PAGE: &str = "Use ImageCache to accelerate pod creation, 2024-09-24";

/// Which image cache a pod uses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CacheChoice {
    /// This one, or the pod is not created.
    Named(ImageCacheId),
    /// Whichever fits best when the pod starts.
    Automatic(Option<Foreseen>),
    /// None.
    Off,
}

/// The cache that would be picked now, from a complete list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Foreseen {
    /// Its id, or its name.
    pub cache: Box<str>,
    /// How many images it holds in full.
    pub full: usize,
    /// How many images the pod has.
    pub images: usize,
}

impl fmt::Display for CacheChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(id) => id.fmt(f),
            Self::Automatic(None) => f.write_str("automatic"),
            Self::Automatic(Some(Foreseen { cache, full, images })) => {
                write!(f, "automatic: {cache} holds {full} of {images} images")
            }
            Self::Off => f.write_str("none"),
        }
    }
}

/// Decides which image cache a pod with so much temporary storage uses.
///
/// A named cache beats automatic matching; whether that is on when nothing is said is the policy [`AutoImageCache`].
pub fn choose(pod: &EffectivePod<'_>, facts: &ImageFacts, disk_gib: u32, site: &Site<'_>) -> Decided<CacheChoice> {
    let settings = pod.settings();
    if let Some(named) = &settings.image_cache {
        let decided = named.clone().decided().map(CacheChoice::Named);
        return match settings.auto_image_cache.as_ref().filter(|automatic| automatic.value) {
            Some(automatic) => decided.beat(
                "automatic",
                automatic.origin.clone(),
                "a named cache beats automatic matching",
            ),
            None => decided,
        };
    }
    let policy = site.policies.auto_image_cache;
    let (is_on, decided) = match &settings.auto_image_cache {
        Some(given) => (given.value, given.clone().decided()),
        None => {
            let origin = Origin::Policy {
                name: "AutoImageCache",
                choice: policy.name(),
            };
            let is_on = policy == AutoImageCache::OnByDefault;
            (is_on, Decided::because(origin, "default of the feature", is_on))
        }
    };
    if !is_on {
        return decided.map(|_| CacheChoice::Off);
    }
    let foreseen = foreseen(pod, facts, disk_gib, site);
    if foreseen.is_none() && facts.is_complete() {
        let page = Origin::Platform { page: PAGE };
        return decided.then(page, "no cache holds any image, so one is made beside the pod", |_| {
            CacheChoice::Automatic(None)
        });
    }
    decided.map(|_| CacheChoice::Automatic(foreseen))
}

fn foreseen(pod: &EffectivePod<'_>, facts: &ImageFacts, disk_gib: u32, site: &Site<'_>) -> Option<Foreseen> {
    if !facts.is_complete() {
        return None;
    }
    let images = distinct(pod, site);
    let settings = pod.settings();
    let size = facts.size(&images);
    let wanted = Wanted {
        images: &images,
        perfect: settings.image_cache_perfect.as_ref().is_some_and(|given| given.value),
        least: settings.image_cache_match_count.as_ref().map(|given| given.value),
        disk_gib,
        image_gib: u32::try_from(size.gib_ceil()).ok().filter(|gib| *gib > 0),
    };
    let found = automatic(&wanted, facts.caches(), site.policies)?;
    Some(Foreseen {
        cache: found.cache.label().into(),
        full: found.full,
        images: found.images,
    })
}

/// The images of a pod that count for matching, each once; whether those of init containers do is the policy [`ImageCacheInit`].
pub(super) fn distinct<'a>(pod: &EffectivePod<'a>, site: &Site<'_>) -> Vec<ImageReference<'a>> {
    let init = match site.policies.image_cache_init {
        ImageCacheInit::Counted => pod.init_containers(),
        ImageCacheInit::NotCounted => &[],
    };
    let mut images: Vec<ImageReference<'a>> = Vec::new();
    for container in pod.containers().iter().chain(init) {
        let parsed = container.image.as_deref().map(ImageReference::parse);
        if let Some(Ok(image)) = parsed
            && !images.iter().any(|known| known.is_same_image(&image))
        {
            images.push(image);
        }
    }
    images
}
