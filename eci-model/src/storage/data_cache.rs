//! Data caches, as far as they are known.

use std::collections::BTreeMap;

use crate::resource::DataCache;

/// GiB of a data cache that names no size (Create and manage DataCaches, 2024-07-23).
const DEFAULT_GIB: u32 = 20;

/// How far a data cache is (DescribeDataCaches, 2025-10-17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DataState {
    /// The data is fetched.
    Loading,
    /// The snapshot is made.
    Creating,
    /// It can be used.
    Available,
    /// It could not be made.
    Failed,
    /// It is made anew.
    Updating,
    /// It could not be made anew.
    UpdateFailed,
}

impl DataState {
    /// The states with their names.
    pub const NAMED: [(Self, &'static str); 6] = [
        (Self::Loading, "Loading"),
        (Self::Creating, "Creating"),
        (Self::Available, "Available"),
        (Self::Failed, "Failed"),
        (Self::Updating, "Updating"),
        (Self::UpdateFailed, "UpdateFailed"),
    ];

    /// The state of a word; `None` for a word that no page has.
    pub fn of(word: &str) -> Option<Self> {
        let found = Self::NAMED.iter().find(|(_, name)| *name == word);
        found.map(|(state, _)| *state)
    }

    /// The state as it is written.
    pub fn name(self) -> &'static str {
        let found = Self::NAMED.iter().find(|(state, _)| *state == self);
        found.map_or("", |(_, name)| name)
    }

    /// Whether pods can mount the cache.
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Available)
    }
}

/// What is known of a data cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDataCache {
    /// Its bucket.
    pub bucket: Box<str>,
    /// Its path in the bucket, without a slash at the end.
    pub path: Box<str>,
    /// Its size in GiB.
    pub gib: u32,
    /// How far it is; the resource does not tell, a list of the account does.
    pub state: Option<DataState>,
}

impl KnownDataCache {
    /// What an object tells.
    pub fn of(object: &DataCache) -> Self {
        let spec = &object.spec;
        Self {
            bucket: spec.bucket.as_deref().unwrap_or("default").into(),
            path: trimmed(&spec.path).into(),
            gib: spec.size.and_then(|gib| u32::try_from(gib).ok()).unwrap_or(DEFAULT_GIB),
            state: None,
        }
    }
}

/// The data caches that are known, and whether those are all.
///
/// # Example
/// ```
/// use eci_model::storage::{DataCaches, DataState, KnownDataCache};
///
/// let mut caches = DataCaches::default();
/// caches.list(vec![KnownDataCache {
///     bucket: "default".into(),
///     path: "/models/small".into(),
///     gib: 20,
///     state: Some(DataState::Available),
/// }]);
/// assert!(caches.is_complete());
/// assert!(caches.get("default", "/models/small/").is_some(), "a slash at the end does not matter");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataCaches {
    objects: BTreeMap<Box<str>, KnownDataCache>,
    listed: Option<Vec<KnownDataCache>>,
}

impl DataCaches {
    /// Takes an object in; gives whether anything changed.
    pub fn observe(&mut self, object: &DataCache) -> bool {
        let name = object.metadata.name.as_deref().unwrap_or_default().into();
        let known = KnownDataCache::of(object);
        self.objects.insert(name, known.clone()).as_ref() != Some(&known)
    }

    /// Takes an object away; gives whether it was known.
    pub fn forget(&mut self, name: &str) -> bool {
        self.objects.remove(name).is_some()
    }

    /// Takes the list of all caches of the account in the region.
    pub fn list(&mut self, mut caches: Vec<KnownDataCache>) {
        for cache in &mut caches {
            cache.path = trimmed(&cache.path).into();
        }
        self.listed = Some(caches);
    }

    /// Whether all caches of the account in the region are known.
    pub const fn is_complete(&self) -> bool {
        self.listed.is_some()
    }

    /// Every cache; those of the list, which tells states, first.
    pub fn iter(&self) -> impl Iterator<Item = &KnownDataCache> {
        self.listed.iter().flatten().chain(self.objects.values())
    }

    /// The cache at a path of a bucket.
    ///
    /// Whether a slash at the end matters is not stated; here it does not.
    pub fn get(&self, bucket: &str, path: &str) -> Option<&KnownDataCache> {
        let path = trimmed(path);
        self.iter()
            .find(|cache| &*cache.bucket == bucket && &*cache.path == path)
    }
}

fn trimmed(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => path.get(..1).unwrap_or_default(),
        path => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: serde_json::Value) -> DataCache {
        serde_json::from_value(json).expect("a DataCache")
    }

    #[test]
    fn an_object_has_a_bucket_and_a_size_by_default() {
        let mut caches = DataCaches::default();
        let model = object(serde_json::json!({"metadata": {"name": "m"}, "spec": {"path": "/m/", "dataSource": {}}}));
        assert!(caches.observe(&model) && !caches.observe(&model));
        let known = caches.get("default", "/m").expect("known");
        assert_eq!((known.gib, known.state), (20, None));
        assert!(!caches.is_complete());
        assert!(caches.forget("m") && caches.get("default", "/m").is_none());
    }

    #[test]
    fn a_list_tells_states() {
        let mut caches = DataCaches::default();
        caches.list(vec![KnownDataCache {
            bucket: "default".into(),
            path: "/m/".into(),
            gib: 20,
            state: DataState::of("Loading"),
        }]);
        caches.observe(&object(
            serde_json::json!({"metadata": {"name": "m"}, "spec": {"path": "/m", "dataSource": {}}}),
        ));
        let known = caches.get("default", "/m").expect("known");
        assert!(
            known
                .state
                .is_some_and(|state| !state.is_usable() && state.name() == "Loading")
        );
    }

    #[test]
    fn only_available_caches_can_be_mounted() {
        let usable = DataState::NAMED.iter().filter(|(state, _)| state.is_usable());
        assert_eq!(usable.map(|(_, name)| *name).collect::<Vec<_>>(), ["Available"]);
        assert_eq!(DataState::of("Ready"), None);
    }
}
