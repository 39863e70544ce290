//! Manifests: YAML and JSON text to typed Kubernetes objects, with a place in the text for everything.

mod arena;
mod de;
mod document;
mod embedded;
mod fault;
mod full;
mod json;
mod kind;
mod locate;
mod parsed;
pub mod rules;
mod scalar;
mod source;
mod split;
mod typed;
mod value;

pub use document::{Document, Reader};
pub use kind::TemplateKind;
pub use locate::Place;
pub use parsed::{OwnedTemplate, Parsed};
pub use scalar::Scalar;
pub use source::{Encoding, Position, Source};
pub use value::Value;
