//! The ways, in their order.

use std::collections::BTreeMap;

use eci_model::{Edition, Origin, PodView, Text};
use k8s_openapi::api::core::v1::PodSpec;

use super::{Confidence, Route, RouteFacts, Routing, Way, matching};
use crate::node::{self, Insistence};
use crate::resource_policy::{Landing, ResourcePolicy};
use crate::vnode_selector::{Choice, VNodePolicy, VNodeSelector};

/// The label that routes pods and namespaces.
pub(super) const LABEL: &str = "alibabacloud.com/eci";
/// Its old spelling.
pub(super) const OLD_LABEL: &str = "eci";
/// An old label of namespaces, with its value.
pub(super) const INJECTION: (&str, &str) = ("virtual-node-affinity-injection", "enabled");
/// Overflow to ECI, by annotation.
pub(super) const BURST: &str = "alibabacloud.com/burst-resource";

type Labels = BTreeMap<String, String>;

pub(super) fn decide<'f>(pod: &PodView<'f>, facts: &RouteFacts<'f>) -> Route<'f> {
    let labels = pod.meta().and_then(|meta| meta.labels.as_ref());
    let is_self_managed = facts.edition == Edition::SelfManaged;
    let profile = facts.profile.filter(|_| !is_self_managed);
    let choose = |selectors: &'f crate::VNodeSelectors| {
        selectors.choose(pod.namespace(), labels, facts.namespace, facts.policies)
    };
    let policies = facts.resource_policies.filter(|_| facts.edition == Edition::Ack);
    let mut route = Route {
        routing: Routing::Unknown { missing: "".into() },
        way: Way::None,
        matched: profile.map_or_else(Vec::new, |profile| matching(profile, pod, facts)),
        choice: facts
            .vnode_selectors
            .filter(|_| is_self_managed)
            .map_or(Choice::None, choose),
        policies: policies.map_or_else(Vec::new, |policies| {
            policies.selecting(pod.namespace(), labels).collect()
        }),
    };
    let (way, routing) = match facts.edition {
        Edition::AckServerless => (
            Way::Edition,
            Routing::Eci {
                why: Origin::Edition {
                    name: facts.edition.name(),
                },
                would_change: "nothing: ACK Serverless has no real nodes".into(),
            },
        ),
        Edition::SelfManaged => self_managed(pod, &route.choice, facts),
        _ => ack(pod, labels, &route, facts),
    };
    route.way = way;
    route.routing = routing;
    route
}

fn ack(pod: &PodView<'_>, labels: Option<&Labels>, route: &Route<'_>, facts: &RouteFacts<'_>) -> (Way, Routing) {
    let steps: [&dyn Fn() -> Option<(Way, Routing)>; 6] = [
        &|| placed(pod),
        &|| by_label(pod, labels, facts.namespace),
        &|| by_selector(route),
        &|| by_burst(pod, Confidence::Certain),
        &|| by_node(pod, facts.edition),
        &|| by_policy(pod, route, facts.edition),
    ];
    let decided = steps.iter().find_map(|step| step());
    let decided = decided.or_else(|| by_burst(pod, Confidence::RealNodesFirst));
    decided
        .or_else(|| by_toleration(pod, facts.edition))
        .unwrap_or_else(|| (Way::None, nowhere(pod, facts)))
}

fn self_managed(pod: &PodView<'_>, choice: &Choice<'_>, facts: &RouteFacts<'_>) -> (Way, Routing) {
    let by_choice = || match choice {
        Choice::None => None,
        Choice::One(selector) => by_vnode_selector(pod, selector, facts),
        Choice::Tie(tied) => {
            let names: Vec<&str> = tied.iter().map(|selector| &*selector.name).collect();
            let missing = format!("which of the Selectors {} of equal priority acts", names.join(", "));
            Some((
                Way::VNodeSelector,
                Routing::Unknown {
                    missing: missing.into(),
                },
            ))
        }
    };
    placed(pod)
        .or_else(by_choice)
        .or_else(|| by_node(pod, facts.edition))
        .or_else(|| by_toleration(pod, facts.edition))
        .unwrap_or_else(|| (Way::None, nowhere(pod, facts)))
}

/// A pod that was read from an API server and has a node stays there, whatever else it says.
fn placed(pod: &PodView<'_>) -> Option<(Way, Routing)> {
    let is_live = pod.owner().uid.is_some() && !pod.is_template();
    if !is_live {
        return None;
    }
    by_node_name(pod.spec()?)
}

fn by_node_name(spec: &PodSpec) -> Option<(Way, Routing)> {
    let name = spec.node_name.as_deref().filter(|name| !name.is_empty())?;
    let routing = if node::is_virtual_name(name) {
        Routing::Eci {
            why: field("nodeName"),
            would_change: "another `nodeName`, or none".into(),
        }
    } else {
        Routing::NotEci {
            why: format!("pod field nodeName is the real node `{name}`").into(),
            would_change: format!("no `nodeName`, and the label {LABEL}=true").into(),
        }
    };
    Some((Way::NodeName, routing))
}

fn by_label(pod: &PodView<'_>, labels: Option<&Labels>, namespace: Option<&Labels>) -> Option<(Way, Routing)> {
    if let Some(key) = routing_label(labels) {
        let routing = Routing::Eci {
            why: Origin::PodLabel { key: key.into() },
            would_change: format!("the pod without the label `{key}`").into(),
        };
        return Some((Way::PodLabel, routing));
    }
    let key = routing_label(namespace).or_else(|| {
        let (key, value) = INJECTION;
        (namespace?.get(key)? == value).then_some(key)
    })?;
    let name = pod.namespace();
    let routing = Routing::Eci {
        why: Origin::Namespace { name: name.into() },
        would_change: format!("the namespace `{name}` without the label `{key}`").into(),
    };
    Some((Way::NamespaceLabel, routing))
}

/// The label that routes, if it has its documented value.
pub(super) fn routing_label(labels: Option<&Labels>) -> Option<&'static str> {
    let labels = labels?;
    let has = |key: &str| labels.get(key).is_some_and(|value| value == "true");
    [LABEL, OLD_LABEL].into_iter().find(|key| has(key))
}

fn by_selector(route: &Route<'_>) -> Option<(Way, Routing)> {
    let selector = route.matched.iter().find(|selector| !selector.is_catch_all())?;
    let routing = Routing::Eci {
        why: selector.origin(),
        would_change: format!("labels that the selector `{}` does not match", selector.name).into(),
    };
    Some((Way::ProfileSelector, routing))
}

/// The annotation, if it is as sure as asked.
fn by_burst(pod: &PodView<'_>, asked: Confidence) -> Option<(Way, Routing)> {
    let value = pod.meta()?.annotations.as_ref()?.get(BURST)?;
    let why = Origin::PodAnnotation { key: BURST.into() };
    let routing = match (value.as_str(), asked) {
        ("eci_only", Confidence::Certain) => Routing::Eci {
            why,
            would_change: format!("the pod without the annotation `{BURST}`").into(),
        },
        ("eci", Confidence::RealNodesFirst) => Routing::OnShortage {
            why,
            confidence: Confidence::RealNodesFirst,
            would_change: format!("the annotation `{BURST}: eci_only`, or none").into(),
        },
        _ => return None,
    };
    Some((Way::BurstResource, routing))
}

/// What the name of a node, or selection of nodes that insists on virtual ones, says.
fn by_node(pod: &PodView<'_>, edition: Edition) -> Option<(Way, Routing)> {
    let spec = pod.spec()?;
    if let Some(decided) = by_node_name(spec) {
        return Some(decided);
    }
    if !node::accepts_virtual_node(spec, edition) {
        return None;
    }
    let (way, why, what) = match node::insists(spec, edition)? {
        Insistence::NodeSelector => (Way::NodeSelector, "nodeSelector", "the node selector"),
        Insistence::Affinity => (Way::Affinity, "affinity", "the required node affinity"),
    };
    let routing = Routing::Eci {
        why: field(why),
        would_change: format!("the pod without {what} for virtual nodes").into(),
    };
    Some((way, routing))
}

fn by_policy(pod: &PodView<'_>, route: &Route<'_>, edition: Edition) -> Option<(Way, Routing)> {
    let first = route.policies.first()?;
    // Its toleration is added inside the scheduler; node selection of the pod still holds.
    if pod.spec().is_some_and(|spec| !node::selects(spec, edition)) {
        return None;
    }
    let landing = first.landing();
    if route.policies.iter().any(|policy| policy.landing() != landing) {
        let names: Vec<&str> = route.policies.iter().map(|policy| &*policy.name).collect();
        let missing = format!("which of the ResourcePolicies {} acts", names.join(", ")).into();
        return Some((Way::ResourcePolicy, Routing::Unknown { missing }));
    }
    Some((Way::ResourcePolicy, of_landing(first, landing)?))
}

fn of_landing(policy: &ResourcePolicy, landing: Landing) -> Option<Routing> {
    let why = policy.origin();
    let would_change: Text = format!("other units in the ResourcePolicy `{}`", policy.name).into();
    let at_run_time = |confidence| Routing::OnShortage {
        why: why.clone(),
        confidence,
        would_change: would_change.clone(),
    };
    match landing {
        Landing::Elsewhere => None,
        Landing::AfterRealNodes => Some(at_run_time(Confidence::RealNodesFirst)),
        Landing::EciFirst => Some(at_run_time(Confidence::EciFirst)),
        Landing::EciOnly => Some(Routing::Eci { why, would_change }),
    }
}

fn by_toleration(pod: &PodView<'_>, edition: Edition) -> Option<(Way, Routing)> {
    let spec = pod.spec()?;
    if !node::accepts_virtual_node(spec, edition) {
        return None;
    }
    let routing = Routing::OnShortage {
        why: field("tolerations"),
        confidence: Confidence::Either,
        would_change: "a label or selector that routes, or no toleration of virtual nodes".into(),
    };
    Some((Way::Toleration, routing))
}

fn by_vnode_selector(pod: &PodView<'_>, selector: &VNodeSelector, facts: &RouteFacts<'_>) -> Option<(Way, Routing)> {
    let why = selector.origin();
    let would_change: Text = format!("another policy in the Selector `{}`", selector.name).into();
    let at_run_time = |confidence| Routing::OnShortage {
        why: why.clone(),
        confidence,
        would_change: would_change.clone(),
    };
    let selects = pod.spec().is_none_or(|spec| node::selects(spec, facts.edition));
    let moments = selector.moments(facts.policies);
    let routing = match &selector.policy {
        VNodePolicy::VirtualNodeOnly if moments.creation.toleration => Routing::Eci {
            why: why.clone(),
            would_change: would_change.clone(),
        },
        VNodePolicy::NamespaceResourceLimit { .. } => Routing::Unknown {
            missing: format!("what namespaceResourceLimit of the Selector `{}` does", selector.name).into(),
        },
        // The pod keeps what it says itself.
        VNodePolicy::NormalNodeOnly => return None,
        _ if !selects => Routing::NotEci {
            why: "node selector or affinity keep it off VNodes".into(),
            would_change: "a pod without them".into(),
        },
        VNodePolicy::Fair if moments.creation.toleration => at_run_time(Confidence::Either),
        _ => at_run_time(Confidence::RealNodesFirst),
    };
    Some((Way::VNodeSelector, routing))
}

fn nowhere(pod: &PodView<'_>, facts: &RouteFacts<'_>) -> Routing {
    if facts.namespace.is_none() {
        return Routing::Unknown {
            missing: format!("labels of namespace {}", pod.namespace()).into(),
        };
    }
    let would_change = match facts.edition {
        Edition::SelfManaged => "a Selector that matches it, or the toleration of VNodes".into(),
        _ => format!("label {LABEL}=true on the pod or its namespace").into(),
    };
    Routing::NotEci {
        why: "no label, selector or node setting sends it to ECI".into(),
        would_change,
    }
}

fn field(path: &'static str) -> Origin {
    Origin::PodSpec { path: path.into() }
}
