//! What a suppression is, and where it stands.

use std::fmt;
use std::sync::Arc;

use eci_model::Location;

use crate::manifest::Document;

/// Where a suppression stands, the one nearest to its finding first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SuppressedBy {
    /// A comment beside the finding, or at the top of its document.
    Comment,
    /// An annotation of the object.
    Annotation,
    /// The configuration of a program.
    Configuration,
    /// The command line.
    CommandLine,
}

impl SuppressedBy {
    /// `comment`, `annotation`, `configuration` or `commandLine`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Annotation => "annotation",
            Self::Configuration => "configuration",
            Self::CommandLine => "commandLine",
        }
    }
}

/// A suppression that stands in no manifest: in a configuration, or on the command line.
///
/// # Example
/// ```
/// use eci_model::{FieldPath, Location, ObjectRef};
/// use eci_sdk::report::{SuppressedBy, Suppression};
///
/// let place = Location::new(ObjectRef::new("file", None, "eci.yaml"), FieldPath::of("ignore[0]"));
/// let suppression = Suppression::new("host-path", SuppressedBy::Configuration, place)
///     .because("agents of the nodes")
///     .only_in(|file| file.starts_with("deploy/agents/"));
/// ```
#[derive(Clone)]
pub struct Suppression {
    pub(super) rule: Box<str>,
    pub(super) by: SuppressedBy,
    pub(super) place: Location,
    pub(super) document: Option<Document>,
    pub(super) reason: Option<Box<str>>,
    pub(super) files: Option<Files>,
    pub(super) is_told_when_unused: bool,
}

/// Whether a file is meant.
pub(super) type Files = Arc<dyn Fn(&str) -> bool + Send + Sync>;

impl Suppression {
    /// A suppression of a rule, by code or name, everywhere; `place` is where it stands.
    pub fn new(rule: &str, by: SuppressedBy, place: Location) -> Self {
        Self {
            rule: rule.into(),
            by,
            place,
            document: None,
            reason: None,
            files: None,
            is_told_when_unused: true,
        }
    }

    /// With a reason; an empty one is none.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.trim()).filter(|reason| !reason.is_empty()).map(Into::into);
        self
    }

    /// Only for findings in files whose name passes.
    #[must_use]
    pub fn only_in(mut self, is_meant: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        self.files = Some(Arc::new(is_meant));
        self
    }

    /// Written in a document, in which findings about it show their place.
    #[must_use]
    pub fn written_in(mut self, document: Document) -> Self {
        self.document = Some(document);
        self
    }

    /// Whether it is told when it hides nothing; a run over a part of what it was written for should not.
    #[must_use]
    pub const fn told_when_unused(mut self, is_told: bool) -> Self {
        self.is_told_when_unused = is_told;
        self
    }
}

impl fmt::Debug for Suppression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Suppression")
            .field("rule", &self.rule)
            .field("by", &self.by)
            .finish_non_exhaustive()
    }
}
