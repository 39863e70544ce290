//! Manifests: YAML and JSON text to typed Kubernetes objects, with a place in the text for everything.

mod arena;
mod de;
mod document;
mod embedded;
mod fault;
mod full;
#[cfg(feature = "report")]
pub(crate) mod hidden;
mod json;
mod kind;
mod locate;
mod objects;
mod parsed;
mod reader;
pub mod rules;
mod scalar;
mod seen;
mod source;
mod split;
mod stream;
mod typed;
mod value;

pub use document::Document;
pub use kind::TemplateKind;
pub use locate::Place;
pub use parsed::{OwnedTemplate, Parsed};
pub use reader::Reader;
pub use scalar::Scalar;
pub use seen::Seen;
pub use source::{Encoding, Position, Source};
pub use stream::Stream;
pub use value::Value;
