//! What can be wrong with manifests as texts.

use std::io;
use std::path::Path;

use eci_model::{Basis, Code, FieldPath, Finding, Location, ObjectRef, Rule, Rules};

/// A file or folder that cannot be read.
///
/// Named on the command line it is an error; met while walking a folder it is a warning.
pub const UNREADABLE: &Rule = &Rule::error(Code::eci(7008), "manifest-unreadable")
    .summary("file or folder that cannot be read")
    .why("nothing in it was judged; the others were")
    .remedy("mend the path, or the rights")
    .basis(Basis::Ours("what was not read must not look clean"))
    .page(include_str!("../../rules/manifest-unreadable.md"));

/// A document that does not parse.
pub const SYNTAX: &Rule = &Rule::error(Code::eci(7010), "manifest-syntax")
    .summary("the document cannot be read")
    .why("kubectl refuses it as well; the other documents of the file are still judged")
    .remedy("mend the syntax")
    .basis(Basis::Ours("YAML as kubectl reads it"))
    .page(include_str!("../../rules/manifest-syntax.md"));

/// Bytes that are no UTF-8.
pub const ENCODING: &Rule = &Rule::error(Code::eci(7012), "manifest-encoding")
    .summary("the document is not UTF-8")
    .why("Kubernetes reads nothing else")
    .remedy("save it as UTF-8")
    .basis(Basis::Ours("YAML and JSON as Kubernetes takes them"))
    .page(include_str!("../../rules/manifest-encoding.md"));

/// A key that stands twice in one mapping.
pub const DUPLICATE_KEY: &Rule = &Rule::error(Code::eci(7014), "manifest-duplicate-key")
    .summary("key that stands twice")
    .why("only one of the values counts")
    .remedy("remove one")
    .basis(Basis::Ours("kubectl refuses it in strict mode"))
    .page(include_str!("../../rules/manifest-duplicate-key.md"));

/// A value of another type than the field has.
pub const WRONG_TYPE: &Rule = &Rule::error(Code::eci(7016), "manifest-wrong-type")
    .summary("value of the wrong type")
    .why("the API server refuses it")
    .remedy("write a value of the field's type")
    .basis(Basis::Documented("the schemas of Kubernetes"))
    .page(include_str!("../../rules/manifest-wrong-type.md"));

/// A field that the schema lacks.
pub const UNKNOWN_FIELD: &Rule = &Rule::warning(Code::eci(7018), "manifest-unknown-field")
    .summary("field that the kind does not have")
    .why("it is dropped, or refused in strict mode")
    .remedy("write a field of the kind")
    .basis(Basis::Documented("the schemas of Kubernetes"))
    .page(include_str!("../../rules/manifest-unknown-field.md"));

/// Deeper nesting than anything needs.
pub const TOO_DEEP: &Rule = &Rule::error(Code::eci(7020), "manifest-too-deep")
    .summary("nesting deeper than 128 levels")
    .remedy("flatten it")
    .basis(Basis::Ours("a limit against hostile input"))
    .page(include_str!("../../rules/manifest-too-deep.md"));

/// Aliases that stand for too much.
pub const ALIAS_BOMB: &Rule = &Rule::error(Code::eci(7022), "manifest-alias-bomb")
    .summary("aliases that stand for much more than the document")
    .remedy("write the values out")
    .basis(Basis::Ours("a limit against hostile input"))
    .page(include_str!("../../rules/manifest-alias-bomb.md"));

/// A document above the limit.
pub const TOO_LARGE: &Rule = &Rule::error(Code::eci(7024), "manifest-too-large")
    .summary("document that is too large")
    .why("documents are read whole, and no Kubernetes object is that large: etcd takes some 1.5 MiB")
    .remedy("split it, or give it as a `List` as kubectl prints it")
    .basis(Basis::Ours("a limit of 16 MiB against hostile input"))
    .page(include_str!("../../rules/manifest-too-large.md"));

/// A template that was not rendered.
pub const TEMPLATE: &Rule = &Rule::info(Code::eci(7026), "manifest-template")
    .summary("template that was not rendered, skipped")
    .remedy("render it first, for example with `helm template`")
    .basis(Basis::Ours("markers such as `{{ }}` are no YAML"))
    .page(include_str!("../../rules/manifest-template.md"));

/// A document that is no Kubernetes object.
pub const NOT_KUBERNETES: &Rule = &Rule::info(Code::eci(7028), "manifest-not-kubernetes")
    .summary("document without `apiVersion` and `kind`, not judged")
    .remedy("nothing, unless it should be a Kubernetes object")
    .basis(Basis::Ours("values, patches and settings lie beside manifests"))
    .page(include_str!("../../rules/manifest-not-kubernetes.md"));

/// A scalar that is no text where text is wanted.
pub const AMBIGUOUS_SCALAR: &Rule = &Rule::warning(Code::eci(7030), "manifest-ambiguous-scalar")
    .summary("plain scalar that kubectl does not read as text")
    .why("words such as `yes` and `on`, and numbers, reach the API server as another type and are refused")
    .remedy("quote it")
    .basis(Basis::Documented("YAML 1.1 as kubectl reads it"))
    .page(include_str!("../../rules/manifest-ambiguous-scalar.md"));

/// A kind that is not read.
pub const KIND_NOT_CHECKED: &Rule = &Rule::info(Code::eci(7032), "manifest-kind-not-checked")
    .summary("kind that is not checked")
    .remedy("nothing, or check what its controller makes of it")
    .basis(Basis::Ours("only kinds in the table of templates are read"))
    .page(include_str!("../../rules/manifest-kind-not-checked.md"));

/// An object that stands twice in the input.
pub const DUPLICATE_OBJECT: &Rule = &Rule::warning(Code::eci(7034), "manifest-duplicate-object")
    .summary("object that stands twice")
    .why("the one that is applied last wins, and both are judged here")
    .remedy("keep one")
    .basis(Basis::Ours("group, kind, namespace and name make an object"))
    .page(include_str!("../../rules/manifest-duplicate-object.md"));

/// An API version that no supported Kubernetes serves.
pub const API_VERSION_RETIRED: &Rule = &Rule::warning(Code::eci(7036), "manifest-api-version-retired")
    .summary("API version that is no longer served")
    .remedy("write the current one")
    .basis(Basis::Documented(
        "Deprecated API Migration Guide of Kubernetes, 2025-08",
    ))
    .page(include_str!("../../rules/manifest-api-version-retired.md"));

/// The rules of this room.
pub static RULES: Rules = Rules::new(&[
    UNREADABLE,
    SYNTAX,
    ENCODING,
    DUPLICATE_KEY,
    WRONG_TYPE,
    UNKNOWN_FIELD,
    TOO_DEEP,
    ALIAS_BOMB,
    TOO_LARGE,
    TEMPLATE,
    NOT_KUBERNETES,
    AMBIGUOUS_SCALAR,
    KIND_NOT_CHECKED,
    DUPLICATE_OBJECT,
    API_VERSION_RETIRED,
]);

/// The finding of [`UNREADABLE`] about a file or folder that was named; its reader knows why it cannot be read.
///
/// # Example
/// ```
/// use std::io;
/// use eci_sdk::manifest::rules::unreadable;
///
/// let finding = unreadable("shop.yaml".as_ref(), &io::Error::from(io::ErrorKind::NotFound));
/// assert_eq!(finding.rule().name(), "manifest-unreadable");
/// ```
pub fn unreadable(path: &Path, error: &io::Error) -> Finding {
    let file = ObjectRef::new("file", None, &path.display().to_string());
    let finding = UNREADABLE.at(Location::new(file, FieldPath::ROOT));
    finding.note(error.to_string()).build()
}
