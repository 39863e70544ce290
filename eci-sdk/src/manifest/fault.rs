//! Why a document cannot be read.

use std::borrow::Cow;
use std::ops::Range;

/// Why a document cannot be read, and where; offsets count from the begin of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) span: Range<usize>,
    pub(super) kind: FaultKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    Syntax(Cow<'static, str>),
    TooDeep,
    AliasBomb,
    TooLarge,
}

impl Fault {
    pub(super) fn syntax(span: Range<usize>, what: impl Into<Cow<'static, str>>) -> Self {
        Self {
            span,
            kind: FaultKind::Syntax(what.into()),
        }
    }

    pub(super) const fn too_deep(at: usize) -> Self {
        Self {
            span: at..at + 1,
            kind: FaultKind::TooDeep,
        }
    }

    pub(super) const fn too_large() -> Self {
        Self {
            span: 0..1,
            kind: FaultKind::TooLarge,
        }
    }

    pub(super) const fn alias_bomb(span: Range<usize>) -> Self {
        Self {
            span,
            kind: FaultKind::AliasBomb,
        }
    }
}
