//! Storage: temporary storage, volumes and what they are made of, data caches.
//!
//! [`TemporaryDisk`] is what every instance has; [`Source`] tells what a volume is; [`Inventory`] holds the claims, volumes, classes and
//! names that rules about several objects look up. [`check`] runs the rules about one pod, [`claims`] those that need claims, and
//! [`object`] those about a `DataCache`.

mod data_cache;
mod disk;
mod inventory;
mod known;
mod options;
pub mod rules;
mod source;

pub use data_cache::{DataCaches, DataState, KnownDataCache};
pub use disk::{DiskType, MOST_DISKS, MOST_EXTRA_GIB, SHARED_MEMORY_MIB, TemporaryDisk, VOLUME_GIB};
pub use inventory::{Inventory, SecretDigest};
pub use known::{Backing, Known, StockClass};
pub use options::{DiskOptions, NasOptions, OssAccess, OssOptions};
pub use rules::{Mount, Mounted, RULES, Scene, backings, check, claims, material, object, replicas, shared, unknown};
pub use source::{Driver, Source};
