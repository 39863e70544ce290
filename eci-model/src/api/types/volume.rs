//! Volumes of a request.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::record::fields;
use crate::secret::Sensitive;

/// `Volume`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// `ConfigFileVolume`.
    pub config_file_volume: Option<ConfigFileVolume>,
    /// `DiskVolume`.
    pub disk_volume: Option<DiskVolume>,
    /// `EmptyDirVolume`.
    pub empty_dir_volume: Option<EmptyDirVolume>,
    /// `FlexVolume`.
    pub flex_volume: Option<FlexVolume>,
    /// `HostPathVolume`.
    pub host_path_volume: Option<HostPathVolume>,
    /// `NFSVolume`.
    pub nfs_volume: Option<NfsVolume>,
    /// `Name`.
    pub name: Option<String>,
    /// `Type`. `EmptyDirVolume`, `NFSVolume`, `ConfigFileVolume`, `FlexVolume`, `HostPathVolume` or `DiskVolume`.
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

/// `ConfigFileVolume`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFileVolume {
    /// `ConfigFileToPath`. At most 90 items.
    pub config_file_to_path: Vec<ConfigFile>,
    /// `DefaultMode`.
    pub default_mode: Option<i32>,
}

fields! {
    ConfigFileVolume {
        config_file_to_path = "ConfigFileToPath".items(90),
        default_mode = "DefaultMode",
    }
}

/// `ConfigFile`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFile {
    /// `Content`.
    pub content: Option<Sensitive<String>>,
    /// `Mode`.
    pub mode: Option<i32>,
    /// `Path`.
    pub path: Option<String>,
}

fields! {
    ConfigFile {
        content = "Content",
        mode = "Mode",
        path = "Path",
    }
}

/// `DiskVolume`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskVolume {
    /// `DiskId`.
    pub disk_id: Option<String>,
    /// `DiskSize`.
    pub disk_size: Option<i32>,
    /// `FsType`.
    pub fs_type: Option<String>,
}

fields! {
    DiskVolume {
        disk_id = "DiskId",
        disk_size = "DiskSize",
        fs_type = "FsType",
    }
}

/// `EmptyDirVolume`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmptyDirVolume {
    /// `Medium`.
    pub medium: Option<String>,
    /// `SizeLimit`.
    pub size_limit: Option<String>,
}

fields! {
    EmptyDirVolume {
        medium = "Medium",
        size_limit = "SizeLimit",
    }
}

/// `FlexVolume`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlexVolume {
    /// `Driver`. `alicloud/disk`, `alicloud/nas` or `alicloud/oss`.
    pub driver: Option<String>,
    /// `FsType`.
    pub fs_type: Option<String>,
    /// `Options`.
    pub options: Option<Sensitive<String>>,
}

fields! {
    FlexVolume {
        driver = "Driver".values(&["alicloud/disk", "alicloud/nas", "alicloud/oss"]),
        fs_type = "FsType",
        options = "Options",
    }
}

/// `HostPathVolume`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostPathVolume {
    /// `Path`.
    pub path: Option<String>,
    /// `Type`. `Directory` or `File`.
    pub type_: Option<String>,
}

fields! {
    HostPathVolume {
        path = "Path",
        type_ = "Type".values(&["Directory", "File"]),
    }
}

/// `NfsVolume`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NfsVolume {
    /// `Path`.
    pub path: Option<String>,
    /// `ReadOnly`. Off by default.
    pub read_only: Option<bool>,
    /// `Server`.
    pub server: Option<String>,
}

fields! {
    NfsVolume {
        path = "Path",
        read_only = "ReadOnly",
        server = "Server",
    }
}
