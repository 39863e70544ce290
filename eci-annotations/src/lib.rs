//! Every annotation of Elastic Container Instance: typed, checked, explained.
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
pub use check::{check, check_entry, check_image_cache, check_object, check_owner, check_unbound, not_string};
pub use facts::{Allowed, Category, Confidence, Facts, SetBy, Source, Standing, Target};
pub use key::{Key, Row};
pub use read::read;
pub use registry::{Lookup, Registry, registry};
pub use rules::RULES;
pub use rules::identity::changed_on_live_pod;
pub use together::{DataCacheSize, Known, check_together};
pub use value::{
    AccelerateMode, ArrayDns, ClusterIpWait, CommaDns, ContainerType, Fault, Hosts, JsonText, LogSource, OpenList,
    OsType, Port, PriceLimit, Priority, Reading, Remark, RemarkKind, ResourceIgnore, Sysctls, Tags, Value, ValueError,
    Verbatim,
};
