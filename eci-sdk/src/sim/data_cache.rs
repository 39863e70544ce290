//! Data caches: how they are loaded, and where they stand.

use std::time::Duration;

use eci_model::api::{
    CopyDataCache, CreateDataCache, DataCache, DataSourceInfo, DeleteDataCache, DescribeDataCaches,
    DescribeDataCachesAnswer, UpdateDataCache,
};

use super::list::{page_size, place};
use super::random::Concern;
use super::shelf::{Kept, Stage, missing};
use super::world::World;
use crate::backend::BackendError;

/// Caches on one page, at most and by default (DescribeDataCaches, 2025-10-17).
const PAGE: usize = 20;
/// The bucket of caches that name none (Create and manage data caches, 2024-07-23).
const BUCKET: &str = "default";

/// What a data cache was asked to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Data {
    name: Option<Box<str>>,
    region: Box<str>,
    bucket: Box<str>,
    path: Box<str>,
    size: i32,
    source: Option<Box<str>>,
}

impl World {
    pub(super) fn create_data_cache(&mut self, request: &CreateDataCache) -> Result<Box<str>, BackendError> {
        let what = Data {
            name: request.name.as_deref().map(Into::into),
            region: request.region_id.as_str().into(),
            bucket: request.bucket.as_deref().unwrap_or(BUCKET).into(),
            path: request.path.as_deref().unwrap_or_default().into(),
            size: request.size.unwrap_or(20),
            source: request
                .data_source
                .as_ref()
                .and_then(|source| source.type_.as_deref())
                .map(Into::into),
        };
        let kept = self.add_data(what)?;
        kept.tags.clone_from(&request.tag);
        kept.retain(request.retention_days);
        Ok(kept.id.clone())
    }

    pub(super) fn copy_data_cache(&mut self, request: &CopyDataCache) -> Result<Box<str>, BackendError> {
        let now = self.now;
        let source = self.data_caches.find(&request.data_cache_id);
        let source = source.ok_or_else(|| missing("data cache", &request.data_cache_id))?;
        if source.stage(now) != Stage::Ready {
            let message = format!("data cache {} is {}", source.id, word(source.stage(now)));
            return Err(BackendError::of_code("IncorrectStatus", 400, message));
        }
        let before = source.what.clone();
        let what = Data {
            name: request.name.as_deref().map(Into::into).or(before.name),
            region: request.destination_region_id.as_str().into(),
            bucket: request.bucket.as_deref().map_or(before.bucket, Into::into),
            path: request.path.as_deref().map_or(before.path, Into::into),
            ..before
        };
        let kept = self.add_data(what)?;
        kept.tags.clone_from(&request.tag);
        kept.retain(request.retention_days);
        Ok(kept.id.clone())
    }

    pub(super) fn update_data_cache(&mut self, request: &UpdateDataCache) -> Result<(), BackendError> {
        let (now, id) = (self.now, request.data_cache_id.as_deref().unwrap_or_default());
        let (load, store) = self.times_of(request.size.unwrap_or(20));
        let kept = self.data_caches.find_mut(id).ok_or_else(|| missing("data cache", id))?;
        if !matches!(kept.stage(now), Stage::Ready | Stage::UpdateFailed) {
            let message = format!("data cache {id} is {}", word(kept.stage(now)));
            return Err(BackendError::of_code("IncorrectStatus", 400, message));
        }
        if let Some(name) = &request.name {
            kept.what.name = Some(name.as_str().into());
        }
        kept.what.size = request.size.unwrap_or(kept.what.size);
        kept.rebuild(now, load, store, false);
        kept.retain(request.retention_days);
        Ok(())
    }

    /// By its id, or by bucket and path.
    pub(super) fn delete_data_cache(&mut self, request: &DeleteDataCache) -> Result<(), BackendError> {
        let id = request.data_cache_id.as_deref();
        let bucket = request.bucket.as_deref().unwrap_or(BUCKET);
        let path = request.path.as_deref();
        if id.is_none() && path.is_none() {
            let message = "neither an id nor a path is given";
            return Err(BackendError::of_code("MissingParameter.DataCacheId", 400, message));
        }
        let taken = self.data_caches.take(|kept| match id {
            Some(id) => id == &*kept.id,
            None => *kept.what.bucket == *bucket && path.is_some_and(|path| path == &*kept.what.path),
        });
        taken
            .map(drop)
            .ok_or_else(|| missing("data cache", id.or(path).unwrap_or_default()))
    }

    pub(super) fn list_data_caches(
        &mut self,
        request: &DescribeDataCaches,
    ) -> Result<DescribeDataCachesAnswer, BackendError> {
        let from = place(request.next_token.as_deref())?;
        let fits = |kept: &Kept<Data>| {
            let what = &kept.what;
            (request.data_cache_id.is_empty() || request.data_cache_id.iter().any(|id| **id == *kept.id))
                && (request.region_id.is_empty() || *request.region_id == *what.region)
                && request.bucket.as_deref().is_none_or(|bucket| bucket == &*what.bucket)
                && request.path.as_deref().is_none_or(|path| path == &*what.path)
                && request.tag.iter().all(|tag| kept.tags.contains(tag))
        };
        let (page, next_token, total) = self.data_caches.page(from, page_size(request.limit, PAGE, PAGE), fits);
        Ok(DescribeDataCachesAnswer {
            data_caches: page.into_iter().map(|kept| self.data_cache(kept)).collect(),
            next_token,
            total_count: i32::try_from(total).ok(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    /// Takes a data cache in; bucket and path of a region can be used once.
    fn add_data(&mut self, what: Data) -> Result<&mut Kept<Data>, BackendError> {
        let same = |kept: &Kept<Data>| {
            (&kept.what.region, &kept.what.bucket, &kept.what.path) == (&what.region, &what.bucket, &what.path)
        };
        if !what.path.is_empty() && self.data_caches.iter().any(same) {
            let message = format!("path {} of bucket {} is used", what.path, what.bucket);
            return Err(BackendError::of_code("InvalidParameter.DuplicatedName", 400, message));
        }
        let made = self.data_caches.made();
        let number = self.chance.number(Concern::Identity, made, u32::MAX - 2);
        let id = format!("edc-2ze{:09x}{made:05}", number & 0xf_ffff_ffff).into();
        let times = self.times_of(what.size);
        Ok(self.data_caches.add(id, self.now, times, what))
    }

    /// Loading takes as long as a pull of so many bytes. Assumed: the amount of data is not known, only the size asked for.
    fn times_of(&self, gib: i32) -> (Duration, Duration) {
        let mib = u64::try_from(gib).unwrap_or(0).saturating_mul(1024);
        (self.settings.transfer(mib), self.settings.snapshot)
    }

    fn data_cache(&self, kept: &Kept<Data>) -> DataCache {
        let stage = kept.stage(self.now);
        DataCache {
            bucket: Some(kept.what.bucket.to_string()),
            creation_time: Some(self.minute(kept.created)),
            data_cache_id: Some(kept.id.to_string()),
            data_source: kept.what.source.as_ref().map(|kind| DataSourceInfo {
                type_: Some(kind.to_string()),
                ..Default::default()
            }),
            expire_date_time: kept.expires.map(|at| self.minute(at)),
            name: kept.what.name.as_deref().map(Into::into),
            path: Some(kept.what.path.to_string()),
            progress: Some(if stage == Stage::Ready { "100%" } else { "0%" }.to_owned()),
            region_id: Some(kept.what.region.to_string()),
            size: Some(kept.what.size),
            snapshot_id: (stage == Stage::Ready).then(|| kept.id.to_string()),
            status: Some(word(stage).to_owned()),
            tags: kept.tags.clone(),
            ..Default::default()
        }
    }
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Loading => "Loading",
        Stage::Storing => "Creating",
        Stage::Updating => "Updating",
        Stage::Ready => "Available",
        Stage::Failed => "Failed",
        Stage::UpdateFailed => "UpdateFailed",
    }
}
