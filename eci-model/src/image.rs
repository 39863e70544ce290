//! Images: references, registries, and the caches that spare a pull.
//!
//! [`ImageReference`] reads what a container names, [`Registry`] tells whose registry that is, [`automatic`] picks a cache as the platform
//! does. [`check`] runs the rules about the images of a pod, [`object`] those about an `ImageCache`.

mod cache;
mod choice;
mod facts;
mod reference;
mod registry;
pub mod rules;

pub use cache::{CachePhase, Degree, KnownCache, Match, Wanted, automatic, degree, named};
pub use choice::{CacheChoice, choose};
pub use facts::{ImageFacts, KnownImage};
pub use reference::{ImageReference, ReferenceError, ReferenceFault};
pub use registry::{AcrEdition, AcrHost, Network, Registry};
pub use rules::{RULES, Scene, check, object};
