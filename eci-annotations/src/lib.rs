//! Every annotation of Elastic Container Instance: typed, checked, explained.
//!
//! ```
//! use eci_annotations::{Annotations, keys, registry};
//!
//! let map = [("k8s.aliyun.com/eci-use-specs".to_owned(), "2.0-4.0Gi,4x8".to_owned())].into();
//! let error = Annotations::of(&map).get(keys::USE_SPECS).unwrap_err();
//! assert_eq!((error.found.as_ref(), error.within), ("4x8", 10..13));
//!
//! let map = Annotations::builder().set_text(keys::USE_SPECS, "2.0-4.0Gi").set(keys::WITH_EIP, true).build()?;
//! assert_eq!(map["k8s.aliyun.com/eci-use-specs"], "2-4Gi");
//! assert_eq!(registry().nearest("k8s.aliyun.com/eci-use-spec")[0].name(), "k8s.aliyun.com/eci-use-specs");
//! # Ok::<(), eci_annotations::BuildError>(())
//! ```
//!
//! # Where to look
//! - [`keys`]: every key, with all that pages say of it, what they leave open and where they differ.
//! - [`Key`], [`Value`]: keys and values of your own, checked as the listed ones are.
//! - [`Annotations`]: typed values out of a map, and a map out of typed values.
//! - [`registry`]: the table of all keys, by name, older spelling, beginning and nearest spelling, and as data for other tools.
//! - [`read()`], [`check()`], [`check_together`]: the settings of a pod, and everything that is wrong with its annotations, by [`rules`].
mod annotations;
mod check;
mod facts;
mod key;
pub mod keys;
mod legacy;
mod read;
mod registry;
pub mod rules;
mod spelling;
mod subject;
mod together;
mod value;

pub use annotations::{Annotations, AnnotationsBuilder, BuildError};
pub use check::{check, check_entry, check_object, check_owner, check_unbound, not_string};
pub use facts::{Allowed, Category, Confidence, Facts, SetBy, Source, Standing, Target};
pub use key::{Key, Row};
pub use read::read;
pub use registry::{Lookup, Registry, registry};
pub use rules::RULES;
pub use rules::identity::changed_on_live_pod;
pub use together::{DataCacheSize, Known, check_together};
pub use value::{
    AccelerateMode, ArrayDns, ClusterIpWait, CommaDns, ContainerType, DiskVolume, Fault, Hosts, JsonText, LogSource,
    LogTag, OpenList, OsType, Port, PriceLimit, Priority, Reading, Remark, RemarkKind, ResourceIgnore, Sysctls, Tags,
    Value, ValueError, Verbatim,
};
