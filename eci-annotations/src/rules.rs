//! What can be wrong with annotations.

use eci_model::{Basis, Code, Rule, Rules};

/// A key under a prefix of the platform that nothing knows.
pub const ANNOTATION_UNKNOWN: &Rule = &Rule::warning(Code::eci(2010), "annotation-unknown")
    .summary("annotation that the platform does not know")
    .why("an unknown key has no effect, and nobody says so")
    .remedy("remove it, or declare it as a key of your own")
    .basis(Basis::Ours("the pages say nothing about unknown keys"));

/// A key that is nearly one of the platform's.
pub const ANNOTATION_MISSPELT: &Rule = &Rule::error(Code::eci(2015), "annotation-misspelt")
    .summary("misspelt annotation")
    .why("an unknown key has no effect, and nobody says so")
    .remedy("write the listed key")
    .basis(Basis::Ours("near matches of listed keys"));

/// A value that its key cannot have.
pub const ANNOTATION_BAD_VALUE: &Rule = &Rule::error(Code::eci(2110), "annotation-bad-value")
    .summary("value that the annotation cannot have")
    .remedy("write a value of the key's grammar")
    .basis(Basis::Documented("Annotations, 2026-03; patterns are ours"));

/// A list with more items than allowed.
pub const ANNOTATION_TOO_MANY_ITEMS: &Rule = &Rule::error(Code::eci(2114), "annotation-too-many-items")
    .summary("too many items in the annotation")
    .remedy("shorten the list")
    .basis(Basis::Documented("Annotations, 2026-03"));

/// A masked sample, or a template that nobody filled in.
pub const ANNOTATION_PLACEHOLDER: &Rule = &Rule::error(Code::eci(2120), "annotation-placeholder")
    .summary("placeholder instead of a value")
    .remedy("write a real id")
    .basis(Basis::Documented("samples of the pages mask their ids"));

/// A key without a value.
pub const ANNOTATION_EMPTY: &Rule = &Rule::warning(Code::eci(2124), "annotation-empty")
    .summary("annotation without a value")
    .remedy("remove the key")
    .basis(Basis::Ours("an empty value can mean nothing"));

/// The rules of this crate.
pub static RULES: Rules = Rules::new(&[
    ANNOTATION_UNKNOWN,
    ANNOTATION_MISSPELT,
    ANNOTATION_BAD_VALUE,
    ANNOTATION_TOO_MANY_ITEMS,
    ANNOTATION_PLACEHOLDER,
    ANNOTATION_EMPTY,
]);
