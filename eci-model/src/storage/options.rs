//! Options of disk, NAS and OSS volumes, read from a FlexVolume or from the attributes of a CSI volume.

use std::collections::BTreeMap;
use std::fmt;

use super::VOLUME_GIB;
use crate::settings::DiskLevel;

/// A map of options as manifests hold it.
type Map = BTreeMap<String, String>;

/// Options of `alicloud/disk` (Mount a disk volume, 2024-10-10): an existing disk, or one that is made with the pod.
///
/// # Example
/// ```
/// use std::collections::BTreeMap;
/// use eci_model::storage::DiskOptions;
///
/// let options = BTreeMap::from([("volumeSize".to_owned(), "40".to_owned()), ("performanceLevel".to_owned(), "PL1".to_owned())]);
/// let disk = DiskOptions::of(&options);
/// assert_eq!((disk.id, disk.gib()), (None, Some(40)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiskOptions<'a> {
    /// An existing disk; all other options are ignored.
    pub id: Option<&'a str>,
    /// The size of a new one, in GiB.
    pub size: Option<&'a str>,
    /// Its performance level.
    pub level: Option<&'a str>,
    /// Its tags, `key:value` with commas between them.
    pub tags: Option<&'a str>,
    /// The file system, where it stands among the options.
    pub fs_type: Option<&'a str>,
}

impl<'a> DiskOptions<'a> {
    /// File systems that a disk can have, the default first.
    pub const FILE_SYSTEMS: [&'static str; 4] = ["ext4", "ext3", "xfs", "vfat"];
    /// Tags that a disk can have.
    pub const MOST_TAGS: usize = 20;

    /// Reads a map; blank values count as not written.
    pub fn of(options: &'a Map) -> Self {
        let text = text(options);
        Self {
            id: text("volumeId"),
            size: text("volumeSize"),
            level: text("performanceLevel"),
            tags: text("tags"),
            fs_type: text("fsType"),
        }
    }

    /// The size, when it is a number of GiB that a disk can have.
    pub fn gib(&self) -> Option<u32> {
        self.size?.parse().ok().filter(|gib| VOLUME_GIB.contains(gib))
    }

    /// The performance level, when it is one.
    pub fn performance_level(&self) -> Option<DiskLevel> {
        let level = self.level?;
        DiskLevel::ALL.iter().copied().find(|known| known.name() == level)
    }
}

/// Options of a NAS file system (Mount a NAS volume, 2024-07-25).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NasOptions<'a> {
    /// The mount target.
    pub server: Option<&'a str>,
    /// The directory in it.
    pub path: Option<&'a str>,
}

impl<'a> NasOptions<'a> {
    /// Reads a map; blank values count as not written.
    pub fn of(options: &'a Map) -> Self {
        let text = text(options);
        Self {
            server: text("server"),
            path: text("path"),
        }
    }

    /// What a path begins with: `/share` on an Extreme NAS, whose directories all stand below it.
    pub fn path_begins(&self) -> &'static str {
        match self.server.is_some_and(|server| server.contains(".extreme.nas.")) {
            true => "/share",
            false => "/",
        }
    }

    /// Whether the path begins as it must; an absent one does.
    pub fn is_path_good(&self) -> bool {
        self.path.is_none_or(|path| path.starts_with(self.path_begins()))
    }
}

/// Options of a bucket of OSS (Mount an OSS volume, 2024-07-29); keys are seen, never kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OssOptions<'a> {
    /// The bucket.
    pub bucket: Option<&'a str>,
    /// Its endpoint.
    pub url: Option<&'a str>,
    /// Who opens it; `None` when the options do not say.
    pub access: Option<OssAccess<'a>>,
    /// Whether a key or its secret is written out.
    pub has_keys: bool,
}

/// Who opens a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OssAccess<'a> {
    /// A role of the instance.
    Role(&'a str),
    /// The role of a service account.
    ServiceAccount,
    /// A key and its secret, written out.
    Keys,
}

impl<'a> OssOptions<'a> {
    /// Reads a map; blank values count as not written.
    pub fn of(options: &'a Map) -> Self {
        let text = text(options);
        let (id, secret) = (text("akId").is_some(), text("akSecret").is_some());
        let by_account = text("authType").is_some_and(|kind| kind.eq_ignore_ascii_case("rrsa"))
            || text("roleName").is_some()
            || text("roleArn").is_some();
        let access = match text("ramRole") {
            Some(role) => Some(OssAccess::Role(role)),
            None if by_account => Some(OssAccess::ServiceAccount),
            None if id && secret => Some(OssAccess::Keys),
            None => None,
        };
        Self {
            bucket: text("bucket"),
            url: text("url"),
            access,
            has_keys: id || secret,
        }
    }
}

impl fmt::Display for OssAccess<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => write!(f, "role {role}"),
            Self::ServiceAccount => f.write_str("role of the service account"),
            Self::Keys => f.write_str("keys in the manifest"),
        }
    }
}

fn text<'o>(options: &'o Map) -> impl Fn(&str) -> Option<&'o str> {
    move |name| {
        let value = options.get(name)?.trim();
        (!value.is_empty()).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, &str)]) -> Map {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        entries.iter().map(owned).collect()
    }

    #[test]
    fn sizes_are_numbers_in_their_range() {
        for (size, gib) in [
            ("20", Some(20)),
            ("32768", Some(32_768)),
            ("19", None),
            ("100Gi", None),
            ("-1", None),
        ] {
            assert_eq!(DiskOptions::of(&map(&[("volumeSize", size)])).gib(), gib, "{size}");
        }
    }

    #[test]
    fn levels_are_words() {
        let level = |word| DiskOptions::of(&map(&[("performanceLevel", word)])).performance_level();
        assert_eq!(
            (level("PL2"), level("pl2"), level("PL4")),
            (Some(DiskLevel::Pl2), None, None)
        );
    }

    #[test]
    fn extreme_nas_has_everything_below_share() {
        let extreme = map(&[
            ("server", "0a1b.cn-hangzhou.extreme.nas.aliyuncs.com"),
            ("path", "/data"),
        ]);
        assert!(!NasOptions::of(&extreme).is_path_good());
        let plain = map(&[("server", "0a1b-x.cn-hangzhou.nas.aliyuncs.com"), ("path", "/data")]);
        assert!(NasOptions::of(&plain).is_path_good());
    }

    #[test]
    fn half_a_key_opens_nothing_and_is_seen() {
        let half = map(&[("bucket", "b"), ("akId", "canary")]);
        let options = OssOptions::of(&half);
        assert_eq!((options.access, options.has_keys), (None, true));
        assert!(!format!("{options:?}").contains("canary"));
    }

    #[test]
    fn roles_beat_keys() {
        let both = map(&[("ramRole", "reader"), ("akId", "a"), ("akSecret", "b")]);
        assert_eq!(OssOptions::of(&both).access, Some(OssAccess::Role("reader")));
        let account = map(&[("authType", "rrsa"), ("roleName", "reader")]);
        assert_eq!(OssOptions::of(&account).access, Some(OssAccess::ServiceAccount));
    }
}
