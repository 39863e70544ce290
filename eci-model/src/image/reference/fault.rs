//! What is wrong with a text that is no reference, and where.

use std::ops::Range;

use super::LONGEST;

/// Which part of a reference is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReferenceFault {
    /// It is empty, or longer than 255 characters.
    Length,
    /// It begins with a scheme such as `https://`.
    Scheme,
    /// The host is none.
    Host,
    /// The repository is none.
    Path,
    /// The tag is none.
    Tag,
    /// The digest is none.
    Digest,
}

/// A text that is no [`ImageReference`](super::ImageReference).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .fault.says(.part))]
pub struct ReferenceError {
    fault: ReferenceFault,
    part: Box<str>,
    within: Range<usize>,
}

impl ReferenceError {
    pub(super) fn new(fault: ReferenceFault, part: &str, begin: usize) -> Self {
        Self {
            fault,
            part: part.chars().take(64).collect::<String>().into(),
            within: begin..begin + part.len(),
        }
    }

    /// Which part is wrong.
    pub const fn fault(&self) -> ReferenceFault {
        self.fault
    }

    /// Where the part stands in the text, in bytes.
    pub fn within(&self) -> Range<usize> {
        self.within.clone()
    }
}

impl ReferenceFault {
    fn says(self, part: &str) -> String {
        match self {
            Self::Length if part.is_empty() => "an image must be named".to_owned(),
            Self::Length => format!("an image reference has at most {LONGEST} characters"),
            Self::Scheme => "an image reference has no scheme".to_owned(),
            Self::Host => format!("`{part}` is no registry host such as `registry.example.com:5000`"),
            Self::Path => format!(
                "`{part}` is no repository: lower-case letters and digits, with `.`, `_`, `__` or hyphens between them"
            ),
            Self::Tag => format!("`{part}` is no tag: up to 128 letters, digits, `.`, `_` and hyphens"),
            Self::Digest => format!("`{part}` is no digest such as `sha256:` and 64 hexadecimal digits"),
        }
    }
}
