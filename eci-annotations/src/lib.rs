//! Annotations of Elastic Container Instance: typed keys, grammars, and checks.
//!
//! ```
//! use std::collections::BTreeMap;
//! use eci_annotations::{Annotations, keys};
//! use eci_model::Overlay;
//!
//! let own = BTreeMap::from([("k8s.aliyun.com/eci-use-specs".to_owned(), "2.0-4.0Gi,ecs.c6.large".to_owned())]);
//! let annotations = Annotations::new(Overlay::of(Some(&own)));
//! let specs = annotations.get(keys::USE_SPECS)?.expect("it is set");
//! assert_eq!(specs.to_string(), "2-4Gi,ecs.c6.large");
//! # Ok::<(), eci_annotations::ValueError>(())
//! ```
//!
//! Annotations count only on pods that run on a virtual node, only in the metadata of the pod itself, and only when it is created
//! (Annotations, 2026-03).

mod annotations;
mod check;
mod key;
pub mod keys;
mod read;
mod registry;
pub mod rules;
mod value;

pub use annotations::Annotations;
pub use check::check;
pub use key::{Key, Row};
pub use read::read;
pub use registry::{Category, Listed, known, registry};
pub use rules::RULES;
pub use value::{Value, ValueError};
