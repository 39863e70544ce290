//! What is missing for a request, or cannot be part of it.

use super::reference::Reference;
use crate::path::FieldPath;
use crate::rule::{Basis, Code, Rule, Rules};

/// Something the pod refers to does not exist, or cannot be used.
pub const MATERIAL_MISSING: &Rule = &Rule::error(Code::eci(6142), "material-missing")
    .summary("the pod refers to something that does not exist")
    .why("without it a variable, a file or a volume of the pod is missing, and the pod is not created")
    .remedy("create it, or mark the reference as optional")
    .basis(Basis::Documented(
        "Kubernetes, references to ConfigMaps, Secrets and claims",
    ))
    .page(include_str!("../../rules/material-missing.md"));

/// Entries of a ConfigMap or Secret that cannot become variables.
pub const MATERIAL_SKIPPED: &Rule = &Rule::warning(Code::eci(6144), "material-skipped")
    .summary("entries that cannot become variables")
    .why("variables have names of letters, digits and underscores and values of text; Kubernetes skips the others too")
    .remedy("rename the keys, or mount the object as a volume")
    .basis(Basis::Inferred(
        "Kubernetes, envFrom; names of variables of CreateContainerGroup",
    ))
    .page(include_str!("../../rules/material-skipped.md"));

pub(super) static RULES: Rules = Rules::new(&[MATERIAL_MISSING, MATERIAL_SKIPPED]);

/// What is wrong with something the pod refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lack {
    /// It does not exist.
    Absent,
    /// It has no such key.
    NoKey(String),
    /// A claim that has no volume yet.
    Unbound {
        /// Its class.
        class: Option<String>,
        /// Whether the class waits with the volume until a pod uses the claim.
        waits: bool,
    },
    /// The API has nothing of this kind.
    Unsupported(String),
    /// Entries that cannot become variables.
    Skipped(Vec<String>),
    /// Files of more bytes than a request may carry: one of them, or all together.
    TooLarge {
        /// The bytes.
        bytes: u64,
        /// How many there may be.
        most: u64,
        /// Whether the platform is taken to create the instance all the same.
        passes: bool,
    },
}

/// Something that is missing for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// What the pod refers to; `None` for a volume of the pod itself.
    pub reference: Option<Reference>,
    /// What is wrong with it.
    pub lack: Lack,
    /// The field that asks for it.
    pub path: FieldPath,
}

impl Missing {
    /// Whether the pod can do without it.
    pub fn is_optional(&self) -> bool {
        matches!(self.lack, Lack::Skipped(_)) || self.reference.as_ref().is_some_and(Reference::is_optional)
    }

    /// The reason of the event that Kubernetes' virtual nodes write about it.
    pub fn event_reason(&self) -> &'static str {
        let optional = self.is_optional();
        match (&self.reference, &self.lack) {
            (_, Lack::Skipped(_)) => "InvalidEnvironmentVariableNames",
            (Some(Reference::ConfigMap { .. }), Lack::NoKey(_)) if optional => "OptionalConfigMapKeyNotFound",
            (Some(Reference::ConfigMap { .. }), Lack::NoKey(_)) => "MandatoryConfigMapKeyNotFound",
            (Some(Reference::ConfigMap { .. }), _) if optional => "OptionalConfigMapNotFound",
            (Some(Reference::ConfigMap { .. }), _) => "MandatoryConfigMapNotFound",
            (Some(Reference::Secret { .. } | Reference::VolumeSecret { .. }), Lack::NoKey(_)) if optional => {
                "OptionalSecretKeyNotFound"
            }
            (Some(Reference::Secret { .. } | Reference::VolumeSecret { .. }), Lack::NoKey(_)) => {
                "MandatorySecretKeyNotFound"
            }
            (Some(Reference::Secret { .. }), _) if optional => "OptionalSecretNotFound",
            (Some(Reference::Secret { .. } | Reference::VolumeSecret { .. }), _) => "MandatorySecretNotFound",
            _ => "FailedMount",
        }
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.reference.as_ref().map(ToString::to_string).unwrap_or_default();
        match &self.lack {
            Lack::Absent => f.write_str(&name),
            Lack::NoKey(key) => write!(f, "{name} has no key {key}"),
            Lack::Unbound { class: None, .. } => write!(f, "{name} has no volume and no class"),
            Lack::Unbound {
                class: Some(class),
                waits: true,
            } => write!(
                f,
                "{name} has no volume: its class {class} waits for the scheduler to place a pod"
            ),
            Lack::Unbound {
                class: Some(class),
                waits: false,
            } => write!(f, "{name} has no volume yet: its class {class} makes one"),
            Lack::Unsupported(kind) if name.is_empty() => write!(f, "{kind}, for which the API has no field"),
            Lack::Unsupported(kind) => write!(f, "{name} is a {kind}, for which the API has no field"),
            Lack::Skipped(keys) => write!(f, "{name}: {}", keys.join(", ")),
            Lack::TooLarge { bytes, .. } => write!(f, "{bytes} bytes"),
        }
    }
}
