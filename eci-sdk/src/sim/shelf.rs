//! Things that are built and then kept: image caches, data caches, virtual nodes.

use std::collections::BTreeMap;
use std::time::Duration;

use eci_model::api::Tag;

use super::time::Instant;
use crate::backend::BackendError;

/// How long the record of something that could not be built stays (CreateImageCache, 2025-10-17).
const FAILED: Duration = Duration::from_secs(24 * 3600);
const DAY: u64 = 24 * 3600;

/// Things of one kind, by the order of their creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shelf<T> {
    items: BTreeMap<u32, Kept<T>>,
    made: u32,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            items: BTreeMap::new(),
            made: 0,
        }
    }
}

/// Something that is built, with what it was asked to be. What it is at a moment follows from the moment alone, so it needs no timer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept<T> {
    pub(super) id: Box<str>,
    pub(super) created: Instant,
    /// When its content is there, and only has to be put away.
    pub(super) loaded: Instant,
    /// When it is ready, or known to have failed.
    pub(super) done: Instant,
    pub(super) fails: bool,
    /// Whether it was ready before and is being changed.
    pub(super) updated: bool,
    pub(super) expires: Option<Instant>,
    pub(super) matched: Option<Instant>,
    pub(super) tags: Vec<Tag>,
    pub(super) what: T,
}

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Loading,
    Storing,
    Updating,
    Ready,
    Failed,
    UpdateFailed,
}

impl<T> Kept<T> {
    pub(super) fn stage(&self, now: Instant) -> Stage {
        match (self.updated, now >= self.done, self.fails) {
            (true, false, _) => Stage::Updating,
            (true, true, true) => Stage::UpdateFailed,
            (false, true, true) => Stage::Failed,
            (_, true, false) => Stage::Ready,
            (false, false, _) if now < self.loaded => Stage::Loading,
            (false, false, _) => Stage::Storing,
        }
    }

    /// Begins to change it; it may be used again once it is done.
    pub(super) fn rebuild(&mut self, now: Instant, load: Duration, store: Duration, fails: bool) {
        self.loaded = now + load;
        self.done = self.loaded + store;
        self.fails = fails;
        self.updated = true;
    }

    /// From the creation (ours: the page does not say from when days count).
    pub(super) fn retain(&mut self, days: Option<i32>) {
        if let Some(days) = days.and_then(|days| u64::try_from(days).ok()).filter(|days| *days > 0) {
            self.expires = Some(self.created + Duration::from_secs(days.saturating_mul(DAY)));
        }
    }

    fn is_gone(&self, now: Instant) -> bool {
        let failed = self.fails && !self.updated && now >= self.done + FAILED;
        failed || self.expires.is_some_and(|expires| now >= expires)
    }
}

impl<T> Shelf<T> {
    /// Takes something in whose content is there after `load` and which is ready after `store` more; gives it back for more settings.
    pub(super) fn add(
        &mut self,
        id: Box<str>,
        now: Instant,
        (load, store): (Duration, Duration),
        what: T,
    ) -> &mut Kept<T> {
        let number = self.made;
        self.made += 1;
        let loaded = now + load;
        self.items.entry(number).or_insert(Kept {
            id,
            created: now,
            loaded,
            done: loaded + store,
            fails: false,
            updated: false,
            expires: None,
            matched: None,
            tags: Vec::new(),
            what,
        })
    }

    /// How many were ever made.
    pub(super) const fn made(&self) -> u32 {
        self.made
    }

    /// Lets those go whose time is over.
    pub(super) fn reap(&mut self, now: Instant) {
        self.items.retain(|_, kept| !kept.is_gone(now));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Kept<T>> {
        self.items.values()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Kept<T>> {
        self.items.values_mut()
    }

    pub(super) fn find(&self, id: &str) -> Option<&Kept<T>> {
        self.iter().find(|kept| &*kept.id == id)
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut Kept<T>> {
        self.iter_mut().find(|kept| &*kept.id == id)
    }

    /// Takes out the first that fits.
    pub(super) fn take(&mut self, fits: impl Fn(&Kept<T>) -> bool) -> Option<Kept<T>> {
        let number = *self.items.iter().find(|(_, kept)| fits(kept))?.0;
        self.items.remove(&number)
    }

    /// A page of those that fit, from the place on; the token of the next page; how many fit in all.
    pub(super) fn page(
        &self,
        from: usize,
        size: usize,
        fits: impl Fn(&Kept<T>) -> bool,
    ) -> (Vec<&Kept<T>>, Option<String>, usize) {
        let fitting = self.items.iter().filter(|(_, kept)| fits(kept));
        let (mut page, mut next, mut total) = (Vec::new(), None, 0);
        for (number, kept) in fitting {
            total += 1;
            let place = usize::try_from(*number).unwrap_or(usize::MAX);
            if place >= from && page.len() < size {
                page.push(kept);
            } else if place >= from && next.is_none() {
                next = Some(number.to_string());
            }
        }
        (page, next, total)
    }
}

pub(super) fn missing(what: &str, id: &str) -> BackendError {
    BackendError::of_code("InvalidParameter.NotFound", 404, format!("there is no {what} {id}"))
}
