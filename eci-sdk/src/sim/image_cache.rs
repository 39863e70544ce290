//! Image caches: how they are built, and which groups they serve.

use std::sync::Arc;
use std::time::Duration;

use eci_model::api::{
    CreateImageCache, DeleteImageCache, DescribeImageCaches, DescribeImageCachesAnswer, ImageCache, UpdateImageCache,
};

use super::fault_kind::FaultKind;
use super::list::{page_size, place};
use super::planned_fault::Occasion;
use super::random::Concern;
use super::shelf::{Kept, Stage, missing};
use super::world::{Key, World};
use crate::backend::BackendError;

/// Caches that users may make, and that the service makes by itself (Image cache overview, 2024-11-26).
const MANUAL: usize = 500;
const AUTOMATIC: usize = 25;
/// Images of one cache (CreateImageCache, 2025-10-17).
const IMAGES: usize = 20;
/// Caches on one page. Assumed: no page says it.
const PAGE: usize = 20;
/// An automatic cache goes when nothing matched it for so long, or when so much time passed since something last did
/// (Image cache overview, 2024-11-26).
const UNUSED: Duration = Duration::from_secs(7 * 24 * 3600);
const IDLE: Duration = Duration::from_secs(30 * 24 * 3600);

/// What an image cache was asked to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Images {
    name: Box<str>,
    region: Box<str>,
    images: Vec<Arc<str>>,
    size: i32,
    strategy: Option<Box<str>>,
    automatic: bool,
}

impl World {
    pub(super) fn create_image_cache(&mut self, request: &CreateImageCache) -> Result<Box<str>, BackendError> {
        match request.image.len() {
            0 => return Err(invalid("MissingParameter.Image", "no image")),
            1..=IMAGES => {}
            _ => return Err(invalid("InvalidParameter.LengthExceeded", "more than 20 images")),
        }
        if !(2..=128).contains(&request.image_cache_name.len()) {
            return Err(invalid(
                "InvalidParameter.LengthExceeded",
                "the name has not 2 to 128 characters",
            ));
        }
        if self.image_caches.iter().filter(|kept| !kept.what.automatic).count() >= MANUAL {
            return Err(BackendError::of_code(
                "QuotaExceeded",
                403,
                "500 image caches are there",
            ));
        }
        let what = Images {
            name: request.image_cache_name.as_str().into(),
            region: request.region_id.as_str().into(),
            images: request.image.iter().map(|image| image.as_str().into()).collect(),
            size: request.image_cache_size.unwrap_or(20),
            strategy: request.elimination_strategy.as_deref().map(Into::into),
            automatic: false,
        };
        let (load, fails) = self.load_of(&what.images);
        let kept = self.image_caches.add(
            id(
                self.chance
                    .number(Concern::Identity, self.image_caches.made(), u32::MAX),
                self.image_caches.made(),
            ),
            self.now,
            (load, self.settings.snapshot),
            what,
        );
        kept.fails = fails;
        kept.tags.clone_from(&request.tag);
        kept.retain(request.retention_days);
        Ok(kept.id.clone())
    }

    pub(super) fn update_image_cache(&mut self, request: &UpdateImageCache) -> Result<(), BackendError> {
        let now = self.now;
        let known = self.image_caches.find(&request.image_cache_id);
        let known = known.ok_or_else(|| missing("image cache", &request.image_cache_id))?;
        if !matches!(known.stage(now), Stage::Ready | Stage::UpdateFailed) {
            let message = format!("image cache {} is {}", known.id, word(known.stage(now)));
            return Err(BackendError::of_code("ImageCache.IncorrectStatus", 400, message));
        }
        let images = request.image.iter().map(|image| image.as_str().into());
        let images: Vec<Arc<str>> = if request.image.is_empty() {
            known.what.images.clone()
        } else {
            images.collect()
        };
        let (load, fails) = self.load_of(&images);
        let store = self.settings.snapshot;
        if let Some(kept) = self.image_caches.find_mut(&request.image_cache_id) {
            kept.rebuild(now, load, store, fails);
            kept.what.images = images;
            kept.what.size = request.image_cache_size.unwrap_or(kept.what.size);
            if let Some(name) = &request.image_cache_name {
                kept.what.name = name.as_str().into();
            }
            kept.retain(request.retention_days);
        }
        Ok(())
    }

    pub(super) fn delete_image_cache(&mut self, request: &DeleteImageCache) -> Result<(), BackendError> {
        let taken = self.image_caches.take(|kept| *kept.id == *request.image_cache_id);
        taken
            .map(drop)
            .ok_or_else(|| missing("image cache", &request.image_cache_id))
    }

    pub(super) fn list_image_caches(
        &mut self,
        request: &DescribeImageCaches,
    ) -> Result<DescribeImageCachesAnswer, BackendError> {
        let from = place(request.next_token.as_deref())?;
        let size = page_size(request.limit, PAGE, PAGE);
        let ids = [request.image_cache_id.as_deref(), request.snapshot_id.as_deref()];
        let fits = |kept: &Kept<Images>| {
            let what = &kept.what;
            ids.into_iter().flatten().all(|id| id == &*kept.id)
                && (request.region_id.is_empty() || what.region.is_empty() || *request.region_id == *what.region)
                && request
                    .image_cache_name
                    .as_deref()
                    .is_none_or(|name| name == &*what.name)
                && request
                    .image
                    .as_deref()
                    .is_none_or(|image| what.images.iter().any(|known| **known == *image))
                && request.tag.iter().all(|tag| kept.tags.contains(tag))
                && matches(what, &request.match_image, request.image_full_match == Some(true))
        };
        let (page, next_token, total) = self.image_caches.page(from, size, fits);
        Ok(DescribeImageCachesAnswer {
            image_caches: page.into_iter().map(|kept| self.image_cache(kept)).collect(),
            next_token,
            total_count: i32::try_from(total).ok(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    /// How many caches there are, made by users and by the service.
    pub(super) fn image_cache_counts(&self) -> (usize, usize) {
        let automatic = self.image_caches.iter().filter(|kept| kept.what.automatic).count();
        (self.image_caches.iter().count() - automatic, automatic)
    }

    /// Refuses a named cache that the world knows and that cannot be used. One it does not know is taken to be ready and to fit.
    pub(super) fn check_named_cache(&self, id: Option<&str>) -> Result<(), BackendError> {
        match id.and_then(|id| self.image_caches.find(id)) {
            Some(kept) if kept.stage(self.now) != Stage::Ready => {
                let message = format!("image cache {} is {}", kept.id, word(kept.stage(self.now)));
                Err(BackendError::of_code("ImageSnapshot.IncorrectStatus", 400, message))
            }
            _ => Ok(()),
        }
    }

    /// Looks which images of a group that was just placed are in a cache.
    pub(super) fn look_into_caches(&mut self, key: Key) {
        let Some(group) = self.group(key) else { return };
        let named = group.request.image_snapshot_id.clone();
        let region: Box<str> = group.request.region_id.as_str().into();
        let automatic = named.is_none() && group.request.auto_match_image_cache == Some(true);
        let images: Vec<Arc<str>> = group.blueprint.images().cloned().collect();
        let missed = automatic
            && self
                .befalls(FaultKind::CacheNotReady, key, Occasion::default())
                .is_some();
        let now = self.now;
        let count = |what: &Images| images.iter().filter(|image| what.images.contains(image)).count();
        let found = match named {
            Some(id) => self.image_caches.find_mut(&id),
            None if missed => None,
            None if automatic => {
                let ready = self.image_caches.iter_mut();
                let ready = ready.filter(|kept| kept.stage(now) == Stage::Ready && kept.what.region == region);
                ready
                    .filter(|kept| count(&kept.what) > 0)
                    .max_by_key(|kept| count(&kept.what))
            }
            None => return,
        };
        let Some(kept) = found else {
            if automatic {
                self.miss(key, &images, region);
            }
            return;
        };
        kept.matched = Some(now);
        if kept.what.automatic {
            kept.expires = Some(now + IDLE);
        }
        let (id, hits) = (kept.id.clone(), kept.what.images.clone());
        let whole = images.iter().all(|image| hits.contains(image));
        if let Some(group) = self.group_mut(key) {
            group.cached_images = false;
            group.cached = hits;
        }
        self.note(key, "ImageCacheHit", &*id);
        let message = format!("[eci.imagecache] Successfully hit image cache {id}");
        self.report(key, "SuccessfulHitImageCache", message, false);
        if automatic && !whole {
            self.make_automatic(key, &images, region);
        }
    }

    fn miss(&mut self, key: Key, images: &[Arc<str>], region: Box<str>) {
        self.report(key, "ImageCacheMissed", "[eci.imagecache] Missed image cache.", true);
        self.make_automatic(key, images, region);
    }

    /// The service builds a cache beside the group, which pulls by itself meanwhile; the least lately used goes when there are too many.
    fn make_automatic(&mut self, key: Key, images: &[Arc<str>], region: Box<str>) {
        let (load, fails) = self.load_of(images);
        if fails {
            return;
        }
        if self.image_cache_counts().1 >= AUTOMATIC {
            let automatic = self.image_caches.iter().filter(|kept| kept.what.automatic);
            let oldest = automatic.min_by_key(|kept| kept.matched.unwrap_or(kept.created));
            let oldest = oldest.map(|kept| kept.id.clone());
            self.image_caches.take(|kept| Some(&kept.id) == oldest.as_ref());
        }
        let number = self.image_caches.made();
        let what = Images {
            name: format!("auto-{number}").into(),
            region,
            images: images.into(),
            size: 30,
            strategy: Some("LRU".into()),
            automatic: true,
        };
        let id = id(self.chance.number(Concern::Identity, number, u32::MAX), number);
        let (now, store) = (self.now, self.settings.snapshot);
        let kept = self.image_caches.add(id.clone(), now, (load, store), what);
        kept.expires = Some(now + UNUSED);
        let message = format!("[eci.imagecache] Image cache {id} was created automatically");
        self.report(key, "ImageCacheAutoCreated", message, false);
    }

    /// How long the images take to be pulled, and whether one cannot be.
    fn load_of(&self, images: &[Arc<str>]) -> (Duration, bool) {
        let spans = images.iter().map(|image| self.settings.pull_time(image));
        let fails = images.iter().any(|image| !self.settings.scripts.of(image).pullable);
        (spans.sum(), fails)
    }

    fn image_cache(&self, kept: &Kept<Images>) -> ImageCache {
        let stage = kept.stage(self.now);
        let done = if stage == Stage::Ready { "100%" } else { "0%" };
        ImageCache {
            creation_time: Some(self.timestamp(kept.created)),
            elimination_strategy: kept.what.strategy.as_deref().map(Into::into),
            expire_date_time: kept.expires.map(|at| self.timestamp(at)),
            image_cache_id: Some(kept.id.to_string()),
            image_cache_name: Some(kept.what.name.to_string()),
            image_cache_size: Some(kept.what.size),
            images: kept.what.images.iter().map(ToString::to_string).collect(),
            last_matched_time: kept.matched.map(|at| self.timestamp(at)),
            progress: Some(done.to_owned()),
            region_id: Some(kept.what.region.to_string()),
            snapshot_id: (stage == Stage::Ready).then(|| kept.id.to_string()),
            status: Some(word(stage).to_owned()),
            tags: kept.tags.clone(),
            ..Default::default()
        }
    }
}

/// Whether a cache holds one of the images, or all of them.
fn matches(what: &Images, wanted: &[String], all: bool) -> bool {
    let mut held = wanted
        .iter()
        .map(|image| what.images.iter().any(|known| **known == **image));
    wanted.is_empty()
        || if all {
            held.all(|held| held)
        } else {
            held.any(|held| held)
        }
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Loading => "Preparing",
        Stage::Storing => "Creating",
        Stage::Updating => "Updating",
        Stage::Ready => "Ready",
        Stage::Failed => "Failed",
        Stage::UpdateFailed => "UpdateFailed",
    }
}

fn id(number: u64, made: u32) -> Box<str> {
    format!("imc-2ze{:09x}{made:05}", number & 0xf_ffff_ffff).into()
}

fn invalid(code: &str, message: &str) -> BackendError {
    BackendError::of_code(code, 400, message)
}
