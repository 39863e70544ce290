//! Image caches and how one is picked, as a pure function.

mod matching;

use std::fmt;

use super::ImageReference;
use crate::resource::ImageCache;

pub use matching::{Degree, Match, Wanted, automatic, degree, named};

/// How far a cache is (DescribeImageCaches, 2025-10-17; `Pending` is the default of the resource).
///
/// # Example
/// ```
/// use eci_model::image::CachePhase;
///
/// assert!(CachePhase::of("Ready").is_usable());
/// assert!(!CachePhase::of("Updating").is_usable());
/// assert!(CachePhase::Ready.may_become(CachePhase::Updating));
/// assert!(!CachePhase::Failed.may_become(CachePhase::Ready));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CachePhase {
    /// Not looked at yet.
    #[default]
    Pending,
    /// Its builder is prepared.
    Preparing,
    /// The images are pulled and the snapshot is made.
    Creating,
    /// It can be used.
    Ready,
    /// It could not be made, and is removed after a day.
    Failed,
    /// It is made anew.
    Updating,
    /// It could not be made anew.
    UpdateFailed,
    /// A word that no page has.
    Unknown,
}

impl CachePhase {
    const NAMED: [(Self, &'static str); 7] = [
        (Self::Pending, "Pending"),
        (Self::Preparing, "Preparing"),
        (Self::Creating, "Creating"),
        (Self::Ready, "Ready"),
        (Self::Failed, "Failed"),
        (Self::Updating, "Updating"),
        (Self::UpdateFailed, "UpdateFailed"),
    ];

    /// The phase of a word; an empty one is `Pending`.
    pub fn of(word: &str) -> Self {
        if word.is_empty() {
            return Self::Pending;
        }
        let found = Self::NAMED.iter().find(|(_, name)| *name == word);
        found.map_or(Self::Unknown, |(phase, _)| *phase)
    }

    /// The phase as it is written.
    pub fn name(self) -> &'static str {
        let found = Self::NAMED.iter().find(|(phase, _)| *phase == self);
        found.map_or("unknown", |(_, name)| name)
    }

    /// Whether pods can use the cache: only in `Ready`.
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Ready)
    }

    /// Whether the phase can follow; inferred from the names and from when updates are accepted (UpdateImageCache, 2025-10-17).
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Pending, Self::Preparing)
                | (Self::Preparing, Self::Creating | Self::Failed)
                | (Self::Creating, Self::Ready | Self::Failed)
                | (Self::Ready | Self::UpdateFailed, Self::Updating)
                | (Self::Updating, Self::Ready | Self::UpdateFailed)
        )
    }
}

impl fmt::Display for CachePhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is known of an image cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCache {
    /// Its id, once it has one.
    pub id: Option<Box<str>>,
    /// Its name; names of caches need not be unique.
    pub name: Box<str>,
    /// The images in it, as written.
    pub images: Vec<Box<str>>,
    /// Its size in GiB.
    pub gib: u32,
    /// Whether the platform made it itself, beside a pod that found none.
    pub automatic: bool,
    /// How far it is.
    pub phase: CachePhase,
    /// When it was made, in RFC 3339.
    pub created: Option<Box<str>>,
}

/// GiB of a cache that names no size (Manage ImageCaches, 2024-11-26; the resource of VNode clusters has 30).
const DEFAULT_GIB: u32 = 20;

impl KnownCache {
    /// What an object tells.
    pub fn of(object: &ImageCache) -> Self {
        let status = object.status.as_ref();
        let gib = object.spec.image_cache_size.and_then(|gib| u32::try_from(gib).ok());
        Self {
            id: status
                .and_then(|status| status.image_cache_id.as_deref())
                .filter(|id| !id.is_empty())
                .map(Into::into),
            name: object.metadata.name.as_deref().unwrap_or_default().into(),
            images: object.spec.images.iter().map(|image| image.as_str().into()).collect(),
            gib: gib.unwrap_or(DEFAULT_GIB),
            automatic: false,
            phase: status.map(|status| CachePhase::of(&status.phase)).unwrap_or_default(),
            created: status.and_then(|status| status.start_time.as_deref()).map(Into::into),
        }
    }

    /// Its id, else its name.
    pub fn label(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }

    fn references(&self) -> impl Iterator<Item = ImageReference<'_>> {
        self.images.iter().filter_map(|image| ImageReference::parse(image).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{ImageCacheFit, Policies};
    use proptest::prelude::*;

    fn cache(id: &str, images: &[&str]) -> KnownCache {
        KnownCache {
            id: Some(id.into()),
            images: images.iter().map(|image| (*image).into()).collect(),
            gib: 20,
            phase: CachePhase::Ready,
            ..KnownCache::default()
        }
    }

    fn images<'t>(texts: &[&'t str]) -> Vec<ImageReference<'t>> {
        texts
            .iter()
            .map(|text| ImageReference::parse(text).expect(text))
            .collect()
    }

    fn wanted<'w>(images: &'w [ImageReference<'w>]) -> Wanted<'w> {
        Wanted {
            images,
            perfect: false,
            least: None,
            disk_gib: 30,
            image_gib: None,
        }
    }

    fn picked(wanted: &Wanted<'_>, caches: &[KnownCache]) -> Option<String> {
        automatic(wanted, caches, &Policies::default()).map(|found| found.cache.label().to_owned())
    }

    #[test]
    fn what_holds_most_wins_over_size_and_age() {
        let mut newer = cache("imc-b", &["web:1"]);
        newer.created = Some("2026-02-01T00:00:00Z".into());
        let mut whole = cache("imc-a", &["web:1", "db:2"]);
        whole.gib = 100;
        let images = images(&["web:1", "db:2"]);
        assert_eq!(picked(&wanted(&images), &[newer, whole]).as_deref(), Some("imc-a"));
    }

    #[test]
    fn then_the_closest_size_then_the_newest() {
        let images = images(&["web:1"]);
        let mut large = cache("imc-a", &["web:1"]);
        large.gib = 40;
        let small = cache("imc-b", &["web:1"]);
        assert_eq!(
            picked(&wanted(&images), &[large.clone(), small.clone()]).as_deref(),
            Some("imc-b")
        );
        let sized = Wanted {
            image_gib: Some(38),
            ..wanted(&images)
        };
        assert_eq!(picked(&sized, &[large, small.clone()]).as_deref(), Some("imc-a"));
        let mut newer = cache("imc-c", &["web:1"]);
        newer.created = Some("2026-02-01T00:00:00Z".into());
        assert_eq!(picked(&wanted(&images), &[newer, small]).as_deref(), Some("imc-c"));
    }

    #[test]
    fn only_ready_caches_count() {
        let images = images(&["web:1"]);
        let mut updating = cache("imc-a", &["web:1"]);
        updating.phase = CachePhase::Updating;
        assert_eq!(picked(&wanted(&images), &[updating]), None);
    }

    #[test]
    fn conditions_are_held_to() {
        let images = images(&["web:1", "db:2"]);
        let half = [cache("imc-a", &["web:1", "db:1"])];
        let with = |perfect, least| Wanted {
            perfect,
            least,
            ..wanted(&images)
        };
        assert_eq!(picked(&with(false, Some(1)), &half).as_deref(), Some("imc-a"));
        assert_eq!(picked(&with(false, Some(2)), &half), None);
        assert_eq!(picked(&with(true, None), &half), None);
        assert_eq!(picked(&with(true, Some(1)), &half), None, "perfect beats the count");
    }

    #[test]
    fn which_sizes_fit_is_a_policy() {
        let images = images(&["web:1"]);
        let large = |automatic| KnownCache {
            gib: 31,
            automatic,
            ..cache("imc-a", &["web:1"])
        };
        for (choice, by_hand, by_itself) in [
            (ImageCacheFit::AutomaticOnly, true, false),
            (ImageCacheFit::EveryCache, false, false),
            (ImageCacheFit::AnySize, true, true),
        ] {
            let policies = Policies {
                image_cache_fit: choice,
                ..Policies::default()
            };
            let found = |automatic| super::automatic(&wanted(&images), [&large(automatic)], &policies).is_some();
            assert_eq!((found(false), found(true)), (by_hand, by_itself), "{choice}");
        }
    }

    #[test]
    fn an_object_without_status_is_pending() {
        let object: ImageCache = serde_json::from_value(serde_json::json!({
            "metadata": {"name": "web"}, "spec": {"images": ["web:1"]},
        }))
        .expect("an ImageCache");
        let known = KnownCache::of(&object);
        assert_eq!(
            (known.label(), known.gib, known.phase),
            ("web", 20, CachePhase::Pending)
        );
    }

    fn any_cache() -> impl Strategy<Value = KnownCache> {
        let image = prop::sample::select(vec!["web:1", "web:2", "db:1", "db:2", "log:1"]);
        let images = prop::collection::vec(image, 1..4);
        (images, 15_u32..40, any::<bool>(), 0_u32..4, 0_u32..1000).prop_map(|(images, gib, automatic, phase, id)| {
            KnownCache {
                gib,
                automatic,
                phase: if phase == 0 {
                    CachePhase::Creating
                } else {
                    CachePhase::Ready
                },
                ..cache(&format!("imc-{id}"), &images)
            }
        })
    }

    proptest! {
        #[test]
        fn a_stricter_condition_finds_nothing_that_a_laxer_one_does_not(
            caches in prop::collection::vec(any_cache(), 0..6),
            least in 0_u32..4,
        ) {
            let images = images(&["web:1", "db:2"]);
            let with = |perfect, least| Wanted { perfect, least, ..wanted(&images) };
            let policies = Policies::default();
            let exact = automatic(&with(true, None), &caches, &policies);
            let any = automatic(&with(false, None), &caches, &policies);
            if let Some(exact) = exact {
                prop_assert!(exact.is_perfect());
                prop_assert_eq!(any.map(|found| found.full), Some(exact.full));
            }
            let counted = automatic(&with(false, Some(least)), &caches, &policies);
            if let Some(counted) = counted {
                prop_assert!(counted.full >= usize::try_from(least).expect("small"));
                prop_assert_eq!(any, Some(counted), "the best of all meets the count, too");
            }
        }

        #[test]
        fn the_order_of_caches_does_not_matter(mut caches in prop::collection::vec(any_cache(), 0..6)) {
            let images = images(&["web:1", "db:2"]);
            let policies = Policies::default();
            let first = automatic(&wanted(&images), &caches, &policies).map(|found| found.cache.clone());
            caches.reverse();
            let second = automatic(&wanted(&images), &caches, &policies).map(|found| found.cache.clone());
            prop_assert_eq!(first.map(|cache| (cache.id, cache.gib)), second.map(|cache| (cache.id, cache.gib)));
        }

        #[test]
        fn one_more_cache_never_makes_the_match_worse(
            caches in prop::collection::vec(any_cache(), 0..6),
            more in any_cache(),
        ) {
            let images = images(&["web:1", "db:2"]);
            let policies = Policies::default();
            let score = |caches: &[KnownCache]| {
                automatic(&wanted(&images), caches, &policies).map(|found| (found.full, found.partial))
            };
            let before = score(&caches);
            let after = score(&[caches, vec![more]].concat());
            prop_assert!(after >= before);
        }
    }
}
