//! Volumes of a request.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::record::fields;
use crate::secret::Sensitive;

/// A volume of a container group. `type_` says which of the sources is meant.
///
/// # Example
/// ```
/// use eci_model::api::{ConfigFile, ConfigFileVolume, Volume};
///
/// let volume = Volume {
///     name: Some("settings".into()),
///     type_: Some("ConfigFileVolume".into()),
///     config_file_volume: Some(ConfigFileVolume {
///         config_file_to_path: vec![ConfigFile {
///             path: Some("app.conf".into()),
///             content: Some("a2V5PXZhbHVl".into()),
///             mode: None,
///         }],
///         default_mode: None,
///     }),
///     ..Default::default()
/// };
/// assert!(format!("{volume:?}").contains("<hidden: 12 bytes>"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// Files that the request carries.
    pub config_file_volume: Option<ConfigFileVolume>,
    /// A cloud disk.
    pub disk_volume: Option<DiskVolume>,
    /// Scratch space.
    pub empty_dir_volume: Option<EmptyDirVolume>,
    /// A volume behind a Flex driver.
    pub flex_volume: Option<FlexVolume>,
    /// A path of the host.
    pub host_path_volume: Option<HostPathVolume>,
    /// A file system over NFS.
    pub nfs_volume: Option<NfsVolume>,
    /// The name, once in a group.
    pub name: Option<String>,
    /// Which source is meant. `HostPathVolume` is for accounts on a list, `DiskVolume` only for new groups.
    /// `EmptyDirVolume`, `NFSVolume`, `ConfigFileVolume`, `FlexVolume`, `HostPathVolume` or `DiskVolume`.
    pub type_: Option<String>,
}

fields! {
    Volume {
        config_file_volume = "ConfigFileVolume",
        disk_volume = "DiskVolume",
        empty_dir_volume = "EmptyDirVolume",
        flex_volume = "FlexVolume",
        host_path_volume = "HostPathVolume",
        nfs_volume = "NFSVolume",
        name = "Name",
        type_ = "Type".values(&["EmptyDirVolume", "NFSVolume", "ConfigFileVolume", "FlexVolume", "HostPathVolume", "DiskVolume"]),
    }
}

/// Files that the request itself carries: what ConfigMaps and Secrets become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileVolume {
    /// The files. At most 90 items (metadata).
    pub config_file_to_path: Vec<ConfigFile>,
    /// The mode of files that have none. Pages write four octal digits such as 0644, the type is a number: whether 644
    /// or 420 is meant is open.
    pub default_mode: Option<i32>,
}

fields! {
    ConfigFileVolume {
        config_file_to_path = "ConfigFileToPath".items(90),
        default_mode = "DefaultMode",
    }
}

/// A file of a volume.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFile {
    /// The content, in Base64. At most 32 KB a file; a check of newer metadata by others reports 60 KB in all.
    pub content: Option<Sensitive<String>>,
    /// The mode, in place of the default one, with the same doubt.
    pub mode: Option<i32>,
    /// The path below the mount.
    pub path: Option<String>,
}

fields! {
    ConfigFile {
        content = "Content",
        mode = "Mode",
        path = "Path",
    }
}

/// A cloud disk. A Flex volume is the advised way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskVolume {
    /// The id of the disk.
    pub disk_id: Option<String>,
    /// The size of the disk in GiB.
    pub disk_size: Option<i32>,
    /// The kind of file system, such as `ext4`.
    pub fs_type: Option<String>,
}

fields! {
    DiskVolume {
        disk_id = "DiskId",
        disk_size = "DiskSize",
        fs_type = "FsType",
    }
}

/// Scratch space that lives as long as the group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmptyDirVolume {
    /// Empty for the disk of the instance, `Memory` for memory, `LocalRaid0` for local disks. Pages of the request
    /// write `memory`.
    pub medium: Option<String>,
    /// The largest size. Pages name a plain number of GiB as text; Kubernetes quantities such as `2Gi` are seen as
    /// well.
    pub size_limit: Option<String>,
}

fields! {
    EmptyDirVolume {
        medium = "Medium",
        size_limit = "SizeLimit",
    }
}

/// A disk, file system or bucket behind a Flex driver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlexVolume {
    /// The driver. `alicloud/disk`, `alicloud/nas` or `alicloud/oss`.
    pub driver: Option<String>,
    /// The kind of file system, such as `ext4`.
    pub fs_type: Option<String>,
    /// The options, a JSON object as text. Those of a disk: `volumeId`, or `volumeSize` from 20 to 32768 GiB with
    /// `performanceLevel`, `deleteWithInstance`, `encrypted` and `kmsKeyId`.
    pub options: Option<Sensitive<String>>,
}

fields! {
    FlexVolume {
        driver = "Driver".values(&["alicloud/disk", "alicloud/nas", "alicloud/oss"]),
        fs_type = "FsType",
        options = "Options",
    }
}

/// A path of the host; for accounts on a list only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostPathVolume {
    /// The path on the host.
    pub path: Option<String>,
    /// What is there. `Directory` or `File`.
    pub type_: Option<String>,
}

fields! {
    HostPathVolume {
        path = "Path",
        type_ = "Type".values(&["Directory", "File"]),
    }
}

/// A file system over NFS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NfsVolume {
    /// The path on the server.
    pub path: Option<String>,
    /// Whether the group may only read. Off by default.
    pub read_only: Option<bool>,
    /// The server.
    pub server: Option<String>,
}

fields! {
    NfsVolume {
        path = "Path",
        read_only = "ReadOnly",
        server = "Server",
    }
}
