//! Temporary storage, and the disks that volumes are made of.

use std::fmt;
use std::ops::RangeInclusive;

use crate::settings::{DiskLevel, ExtraStorage};
use crate::spec::FREE_STORAGE_GIB;

/// GiB that temporary storage can be enlarged by (CreateContainerGroup, 2018-08-08: 0 to 5000; no page of the guide names a bound).
pub const MOST_EXTRA_GIB: u32 = 5000;
/// GiB of a disk that is made with a pod (Mount a disk volume, 2024-10-10).
pub const VOLUME_GIB: RangeInclusive<u32> = 20..=32_768;
/// Disk volumes of a pod (Mount a disk volume, 2024-10-10).
pub const MOST_DISKS: usize = 6;
/// MiB of `/dev/shm` when nothing is mounted there (Mount an emptyDir to resize shm, 2024-02-23).
pub const SHARED_MEMORY_MIB: u32 = 64;

/// The temporary storage of an instance: the free amount, and what is added to it.
///
/// Images are unpacked into it and take at least twice their compressed size; `emptyDir` volumes and logs live in it (Increase the
/// temporary storage space, 2024-08-13).
///
/// # Example
/// ```
/// use eci_model::settings::ExtraStorage;
/// use eci_model::storage::TemporaryDisk;
///
/// let disk = TemporaryDisk::with_extra(ExtraStorage(20));
/// assert_eq!((disk.gib(), disk.to_string().as_str()), (50, "50 GiB, of which 30 GiB free"));
/// assert_eq!(TemporaryDisk::default().to_string(), "30 GiB free");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemporaryDisk {
    extra: ExtraStorage,
}

impl TemporaryDisk {
    /// So much beyond the free amount.
    pub const fn with_extra(extra: ExtraStorage) -> Self {
        Self { extra }
    }

    /// What is added to the free amount, and paid for.
    pub const fn extra(self) -> ExtraStorage {
        self.extra
    }

    /// All of it, in GiB.
    pub const fn gib(self) -> u32 {
        self.extra.0.saturating_add(FREE_STORAGE_GIB)
    }
}

impl fmt::Display for TemporaryDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.extra.0 {
            0 => write!(f, "{FREE_STORAGE_GIB} GiB free"),
            _ => write!(f, "{} GiB, of which {FREE_STORAGE_GIB} GiB free", self.gib()),
        }
    }
}

/// A type of disk that a storage class can ask for.
///
/// # Example
/// ```
/// use eci_model::settings::DiskLevel;
/// use eci_model::storage::DiskType;
///
/// let essd = DiskType::named("cloud_essd").expect("a type of disk");
/// assert_eq!(essd.gib(Some(DiskLevel::Pl2)), 461..=65_536);
/// assert_eq!(DiskType::named("cloud_floppy"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DiskType {
    /// Ultra disk.
    Efficiency,
    /// Standard SSD.
    Ssd,
    /// ESSD with a performance level.
    Essd,
    /// ESSD AutoPL.
    Auto,
    /// ESSD entry.
    Entry,
    /// Elastic ephemeral disk.
    Ephemeral,
    /// Regional disk.
    Regional,
    /// Standard SSD, else ultra disk.
    Available,
}

impl DiskType {
    const NAMED: [(&'static str, Self); 9] = [
        ("available", Self::Available),
        ("cloud_auto", Self::Auto),
        ("cloud_efficiency", Self::Efficiency),
        ("cloud_essd", Self::Essd),
        ("cloud_essd_entry", Self::Entry),
        ("cloud_regional_disk_auto", Self::Regional),
        ("cloud_ssd", Self::Ssd),
        ("elastic_ephemeral_disk_premium", Self::Ephemeral),
        ("elastic_ephemeral_disk_standard", Self::Ephemeral),
    ];

    /// The type of a word in the parameter `type` of a storage class.
    pub fn named(word: &str) -> Option<Self> {
        let found = Self::NAMED.iter().find(|(name, _)| *name == word);
        found.map(|(_, disk)| *disk)
    }

    /// The sizes it comes in, in GiB; a level counts for ESSD only (alibaba-cloud-csi-driver, 2026-08).
    pub const fn gib(self, level: Option<DiskLevel>) -> RangeInclusive<u32> {
        const MOST: u32 = 65_536;
        match self {
            Self::Efficiency | Self::Ssd | Self::Available => 20..=MOST,
            Self::Essd => match level {
                Some(DiskLevel::Pl0) => 1..=MOST,
                Some(DiskLevel::Pl2) => 461..=MOST,
                Some(DiskLevel::Pl3) => 1261..=MOST,
                _ => 20..=MOST,
            },
            Self::Auto => 1..=MOST,
            Self::Entry | Self::Regional => 10..=MOST,
            Self::Ephemeral => 64..=8192,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_its_smallest_size() {
        let least = |level| *DiskType::Essd.gib(level).start();
        let levels = [
            None,
            Some(DiskLevel::Pl0),
            Some(DiskLevel::Pl1),
            Some(DiskLevel::Pl2),
            Some(DiskLevel::Pl3),
        ];
        assert_eq!(levels.map(least), [20, 1, 20, 461, 1261]);
    }

    #[test]
    fn every_type_has_a_range() {
        for (word, most) in [
            ("cloud_efficiency", 65_536),
            ("cloud_essd_entry", 65_536),
            ("elastic_ephemeral_disk_standard", 8192),
        ] {
            assert_eq!(
                DiskType::named(word).map(|disk| *disk.gib(None).end()),
                Some(most),
                "{word}"
            );
        }
    }
}
