//! What a request needs from outside the pod, and which field asks for it.

use std::fmt;

use crate::path::FieldPath;

/// Something outside the pod that a request needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reference {
    /// A ConfigMap of the pod's namespace.
    ConfigMap {
        /// Its name.
        name: String,
        /// Whether the pod can do without it.
        optional: bool,
    },
    /// A Secret of the pod's namespace.
    Secret {
        /// Its name.
        name: String,
        /// Whether the pod can do without it.
        optional: bool,
    },
    /// A PersistentVolumeClaim of the pod's namespace.
    Claim {
        /// Its name.
        name: String,
    },
    /// The PersistentVolume of a claim.
    Volume {
        /// Its name.
        name: String,
    },
    /// The Secret with the keys of a PersistentVolume, in a namespace of its own.
    VolumeSecret {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// The StorageClass of a claim that has no volume yet: it tells why.
    Class {
        /// Its name.
        name: String,
    },
    /// Every Service of the pod's namespace, `kubernetes` of namespace `default`, and `kube-dns` of `kube-system`.
    ///
    /// They become variables and the address of the cluster's DNS. A request can be completed without this answer; the variables are left
    /// out then, and names of Services do not resolve.
    Services,
    /// A token of the pod's service account.
    Token {
        /// For whom.
        audience: Option<String>,
        /// For how long.
        seconds: u64,
    },
}

impl Reference {
    pub(super) fn config_map(name: &str, optional: Option<bool>) -> Self {
        Self::ConfigMap {
            name: name.to_owned(),
            optional: optional.unwrap_or(false),
        }
    }

    pub(super) fn secret(name: &str, optional: Option<bool>) -> Self {
        Self::Secret {
            name: name.to_owned(),
            optional: optional.unwrap_or(false),
        }
    }

    /// Whether the pod can do without it.
    pub const fn is_optional(&self) -> bool {
        matches!(
            self,
            Self::ConfigMap { optional: true, .. }
                | Self::Secret { optional: true, .. }
                | Self::Class { .. }
                | Self::Services
        )
    }

    /// Whether a request can be completed before there is an answer.
    pub const fn can_wait(&self) -> bool {
        matches!(self, Self::Services)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigMap { name, .. } => write!(f, "ConfigMap {name}"),
            Self::Secret { name, .. } => write!(f, "Secret {name}"),
            Self::Claim { name } => write!(f, "PersistentVolumeClaim {name}"),
            Self::Volume { name } => write!(f, "PersistentVolume {name}"),
            Self::VolumeSecret { namespace, name } => write!(f, "Secret {namespace}/{name}"),
            Self::Class { name } => write!(f, "StorageClass {name}"),
            Self::Services => f.write_str("Services of the namespace"),
            Self::Token {
                audience: Some(audience),
                ..
            } => write!(f, "service account token for {audience}"),
            Self::Token { audience: None, .. } => f.write_str("service account token"),
        }
    }
}

/// Why something must be looked up: the field that asks for it, and the key it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ask {
    /// What is asked for.
    pub reference: Reference,
    /// The key in it, when only that is wanted.
    pub key: Option<String>,
    /// The field of the pod, from its root on.
    pub path: FieldPath,
}

impl fmt::Display for Ask {
    /// `Secret db (key password) for spec.containers[0].env[1].valueFrom.secretKeyRef`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reference)?;
        if let Some(key) = &self.key {
            write!(f, " (key {key})")?;
        }
        write!(f, " for {}", self.path)
    }
}
