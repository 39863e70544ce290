//! Whether a pod is bound for ECI, by which rule, and what would change it.

use std::collections::BTreeMap;
use std::fmt;

use eci_model::{Edition, Origin, PodView, Text};

use crate::node::accepts_virtual_node;
use crate::profile::Profile;
use crate::selector::Match;

/// The label that routes pods and namespaces.
const LABEL: &str = "alibabacloud.com/eci";

/// Where a pod runs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Routing {
    /// On ECI.
    Eci {
        /// What sends it there.
        why: Origin,
    },
    /// On ECI when real nodes have no room.
    OnShortage {
        /// What lets it go there.
        why: Origin,
    },
    /// On real nodes.
    NotEci {
        /// Why.
        why: Text,
        /// What would send it to ECI.
        would_change: Text,
    },
    /// The input does not tell.
    Unknown {
        /// What would tell.
        missing: Text,
    },
}

impl Routing {
    /// Whether it may run on ECI as far as is known.
    pub const fn may_run_on_eci(&self) -> bool {
        !matches!(self, Self::NotEci { .. })
    }
}

impl fmt::Display for Routing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Eci { why } => write!(f, "ECI, {why}"),
            Self::OnShortage { why } => write!(f, "ECI on shortage, {why}"),
            Self::NotEci { why, .. } => write!(f, "real nodes, {why}"),
            Self::Unknown { missing } => write!(f, "cannot tell, {missing} not known"),
        }
    }
}

/// Decides where a pod runs. `namespace` are the labels of its namespace, when its object is known.
///
/// By edition, label, namespace, selector, node, toleration: Schedule pods to an x86-based virtual node (2025-05-23), Configure an
/// eci-profile (2024-10-21). Adding objects that are no facts never changes the answer; facts settle what was unknown.
pub fn route(
    pod: &PodView<'_>,
    namespace: Option<&BTreeMap<String, String>>,
    profile: Option<&Profile>,
    edition: Edition,
) -> Routing {
    if edition == Edition::AckServerless {
        return Routing::Eci {
            why: Origin::Edition { name: edition.name() },
        };
    }
    let labels = pod.meta().and_then(|meta| meta.labels.as_ref());
    if let Some(key) = routing_label(labels, &[LABEL, "eci"]) {
        return Routing::Eci {
            why: Origin::PodLabel { key: key.into() },
        };
    }
    if routing_label(namespace, &[LABEL, "eci"]).is_some()
        || namespace.is_some_and(|labels| {
            labels
                .get("virtual-node-affinity-injection")
                .is_some_and(|value| value == "enabled")
        })
    {
        return Routing::Eci {
            why: Origin::Namespace {
                name: pod.namespace().into(),
            },
        };
    }
    let selectors = || {
        profile
            .into_iter()
            .flat_map(Profile::selectors)
            .filter(|selector| !selector.is_catch_all())
    };
    if let Some(selector) = selectors().find(|selector| selector.matches(labels, namespace) == Match::Yes) {
        return Routing::Eci {
            why: Origin::ProfileEffect {
                selector: selector.name.clone(),
            },
        };
    }
    if let Some(routing) = by_node(pod, edition) {
        return routing;
    }
    if namespace.is_none() {
        return Routing::Unknown {
            missing: format!("labels of namespace {}", pod.namespace()).into(),
        };
    }
    Routing::NotEci {
        why: "no label, selector or node setting sends it to ECI".into(),
        would_change: format!("label {LABEL}=true on the pod or its namespace").into(),
    }
}

fn routing_label(labels: Option<&BTreeMap<String, String>>, keys: &[&'static str]) -> Option<&'static str> {
    let labels = labels?;
    keys.iter()
        .copied()
        .find(|key| labels.get(*key).is_some_and(|value| value == "true"))
}

/// What node name, node selector and tolerations say.
fn by_node(pod: &PodView<'_>, edition: Edition) -> Option<Routing> {
    let spec = pod.spec()?;
    let field = |path: &'static str| Origin::PodSpec { path: path.into() };
    if spec
        .node_name
        .as_deref()
        .is_some_and(|name| name.starts_with("virtual-kubelet") || name.starts_with("virtual-node-eci"))
    {
        return Some(Routing::Eci { why: field("nodeName") });
    }
    if !accepts_virtual_node(spec, edition) {
        return None;
    }
    let (key, value) = if edition == Edition::SelfManaged {
        ("k8s.aliyun.com/vnode", "true")
    } else {
        ("type", "virtual-kubelet")
    };
    let selected = spec
        .node_selector
        .as_ref()
        .and_then(|selector| selector.get(key))
        .is_some_and(|own| own == value);
    let why = if selected {
        field("nodeSelector")
    } else {
        field("tolerations")
    };
    Some(if selected {
        Routing::Eci { why }
    } else {
        Routing::OnShortage { why }
    })
}
