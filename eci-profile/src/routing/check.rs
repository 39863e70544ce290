//! What is to be said about the way a pod takes.

use std::collections::BTreeMap;

use eci_model::{At, Edition, FieldPath, Findings, Fix, Location, Object, Origin, Overlay, PodView, Rule};
use k8s_openapi::api::core::v1::{Namespace, PodSpec};

use super::decide::{BURST, INJECTION, LABEL, OLD_LABEL, routing_label};
use super::facts::Version;
use super::{Confidence, Route, RouteFacts, Routing, Way};
use crate::node;
use crate::resource_policy;
use crate::rules::{
    ROUTE_AT_RUN_TIME, ROUTE_CONTRADICTION, ROUTE_DNS_CACHE_INJECTION, ROUTE_LABEL_DISCOURAGED, ROUTE_LABEL_MISPLACED,
    ROUTE_LABEL_VALUE, ROUTE_MANUAL, ROUTE_NEEDS_VERSION, ROUTE_NODE_LABEL_MISSING, ROUTE_NODE_NAME,
    ROUTE_PREFERRED_AFFINITY, ROUTE_TOLERATION_ONLY, VNODE_SELECTOR_OVERWRITES,
};

impl Route<'_> {
    /// Judges the way the pod in an object takes; what is wrong with the pod as such is judged elsewhere.
    pub fn check(&self, object: &Object<'_>, pod: &PodView<'_>, facts: &RouteFacts<'_>, out: &mut Findings) {
        let scene = Scene {
            route: self,
            object,
            pod,
            facts,
        };
        scene.labels(out);
        scene.nodes(out);
        scene.at_run_time(out);
        scene.cluster(out);
        for policy in &self.policies {
            resource_policy::check(pod, policy, out);
        }
        scene.overwritten(out);
    }
}

/// Judges the labels of a namespace that route, or would.
///
/// # Example
/// ```
/// use eci_model::Findings;
/// use k8s_openapi::api::core::v1::Namespace;
///
/// let namespace: Namespace = serde_json::from_str(r#"{"metadata": {"name": "data", "labels": {"alibabacloud.com/eci": "yes"}}}"#)?;
/// let mut findings = Findings::new();
/// eci_profile::check_namespace(&namespace, &mut findings);
/// assert_eq!(findings.iter().next().map(|finding| finding.rule().name()), Some("route-label-value"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check_namespace(namespace: &Namespace, out: &mut Findings) {
    let labels = namespace.metadata.labels.as_ref();
    let place = |key: &str| {
        let path = FieldPath::of("metadata.labels").with_key(key);
        Location::new(Object::from(namespace).reference(), path)
    };
    value_of(labels, LABEL, "true", &place, None, out);
    let (injection, enabled) = INJECTION;
    value_of(labels, injection, enabled, &place, None, out);
    let old = [(OLD_LABEL, "true"), INJECTION];
    let has = |(key, value): &(&str, &str)| {
        labels
            .and_then(|labels| labels.get(*key))
            .is_some_and(|own| own == value)
    };
    if let Some((key, value)) = old.iter().find(|old| has(old))
        && routing_label(labels) != Some(LABEL)
    {
        out.push(ROUTE_LABEL_DISCOURAGED.at(place(key)).found(format!("{key}: {value}")));
    }
}

/// A routing label with another value than its documented one.
fn value_of(
    labels: Option<&BTreeMap<String, String>>,
    key: &'static str,
    documented: &'static str,
    place: &dyn Fn(&str) -> Location,
    namespace: Option<&str>,
    out: &mut Findings,
) {
    let Some(value) = labels.and_then(|labels| labels.get(key)) else {
        return;
    };
    if value == documented {
        return;
    }
    let finding = ROUTE_LABEL_VALUE.at(place(key)).found(value.clone());
    let finding = finding.expected(format!("`{documented}`"));
    out.push(match namespace {
        Some(name) => finding.note(format!(
            "the namespace `{name}` routes to ECI, and which of the two wins is not documented"
        )),
        None => finding,
    });
}

struct Scene<'s> {
    route: &'s Route<'s>,
    object: &'s Object<'s>,
    pod: &'s PodView<'s>,
    facts: &'s RouteFacts<'s>,
}

impl<'s> Scene<'s> {
    fn own_labels(&self) -> Option<&'s BTreeMap<String, String>> {
        self.pod.meta().and_then(|meta| meta.labels.as_ref())
    }

    fn label_place(&self, key: &str) -> Location {
        let metadata = At::ROOT.field("metadata");
        let labels = metadata.field("labels");
        self.pod.place(&labels.key(key))
    }

    fn spec_place(&self, field: &'static str) -> Location {
        let spec = At::ROOT.field("spec");
        self.pod.place(&spec.field(field))
    }

    fn is_daemon_set(&self) -> bool {
        let owners = self.object.meta().owner_references.as_deref().unwrap_or_default();
        matches!(self.object, Object::DaemonSet(_)) || owners.iter().any(|owner| owner.kind == "DaemonSet")
    }

    fn is_live(&self) -> bool {
        self.pod.owner().uid.is_some() && !self.pod.is_template()
    }

    fn labels(&self, out: &mut Findings) {
        let routed = self.route.way == Way::NamespaceLabel;
        let namespace = routed.then(|| self.pod.namespace());
        value_of(
            self.own_labels(),
            LABEL,
            "true",
            &|key| self.label_place(key),
            namespace,
            out,
        );
        if matches!(&self.route.routing, Routing::Eci { why: Origin::PodLabel { key }, .. } if key == OLD_LABEL) {
            let finding = ROUTE_LABEL_DISCOURAGED.at(self.label_place(OLD_LABEL));
            let fix = Fix::Rename {
                place: self.label_place(OLD_LABEL),
                key: LABEL.into(),
            };
            out.push(finding.found(format!("{OLD_LABEL}: true")).fix(fix));
        }
        let is_routed = matches!(self.route.routing, Routing::Eci { .. });
        let key = routing_label(self.pod.owner().labels.as_ref());
        if let Some(key) = key.filter(|_| self.pod.is_template() && !is_routed) {
            let metadata = At::ROOT.field("metadata");
            let labels = metadata.field("labels");
            let place = self.pod.owner_place(&labels.key(key));
            let to = self.pod.place(&labels).path;
            let finding = ROUTE_LABEL_MISPLACED.at(place.clone()).found(key);
            out.push(
                finding
                    .remedy(format!("move it to `{to}`"))
                    .fix(Fix::Move { place, to }),
            );
        }
    }

    fn nodes(&self, out: &mut Findings) {
        let Some(spec) = self.pod.spec() else { return };
        let edition = self.facts.edition;
        let name = spec
            .node_name
            .as_deref()
            .filter(|name| !name.is_empty() && !self.is_live());
        if let Some(name) = name.filter(|name| node::is_virtual_name(name)) {
            let finding = ROUTE_NODE_NAME.at(self.spec_place("nodeName")).found(name.to_owned());
            out.push(finding);
        }
        if self.route.way == Way::NodeSelector && edition == Edition::Ack {
            let (key, value) = node::mark(edition);
            let spec = At::ROOT.field("spec");
            let selector = spec.field("nodeSelector");
            let finding = ROUTE_MANUAL.at(self.pod.place(&selector.key(key)));
            out.push(finding.found(format!("{key}: {value}")));
        }
        if !self.is_daemon_set() && !self.contradicts(spec, name, out) {
            self.missing_label(spec, out);
        }
    }

    fn contradicts(&self, spec: &PodSpec, node_name: Option<&str>, out: &mut Findings) -> bool {
        let ways = [
            Way::PodLabel,
            Way::NamespaceLabel,
            Way::ProfileSelector,
            Way::VNodeSelector,
        ];
        let Routing::Eci { why, .. } = &self.route.routing else {
            return false;
        };
        if !ways.contains(&self.route.way) {
            return false;
        }
        let finding = |place| ROUTE_CONTRADICTION.at(place).note(format!("sent to ECI by {why}"));
        if let Some(name) = node_name.filter(|name| !node::is_virtual_name(name)) {
            out.push(finding(self.spec_place("nodeName")).found(name.to_owned()));
            return true;
        }
        // The policy that insists on VNodes replaces the node selector, so that only affinity is left.
        let replaced;
        let spec = if self.route.way == Way::VNodeSelector {
            replaced = PodSpec {
                affinity: spec.affinity.clone(),
                ..PodSpec::default()
            };
            &replaced
        } else {
            spec
        };
        let Some(obstacle) = node::excluded_by_mark(spec, self.facts.edition) else {
            return false;
        };
        out.push(finding(self.pod.place_of(&obstacle.path)).found(obstacle.key));
        true
    }

    fn missing_label(&self, spec: &PodSpec, out: &mut Findings) {
        let is_bound = matches!(self.route.routing, Routing::Eci { .. });
        if !is_bound || self.facts.edition == Edition::SelfManaged || self.is_live() {
            return;
        }
        if let Some(obstacle) = node::missing_label(spec, self.facts.edition) {
            let finding = ROUTE_NODE_LABEL_MISSING.at(self.pod.place_of(&obstacle.path));
            out.push(finding.found(obstacle.key));
        }
    }

    /// One of three, since one cause is told once: a preference that guarantees nothing, a toleration and nothing else, any other way.
    fn at_run_time(&self, out: &mut Findings) {
        let Routing::OnShortage { why, confidence, .. } = &self.route.routing else {
            return;
        };
        if self.is_daemon_set() {
            return;
        }
        if self.route.way != Way::Toleration {
            let place = match self.route.way {
                Way::BurstResource => {
                    let metadata = At::ROOT.field("metadata");
                    let annotations = metadata.field("annotations");
                    self.pod.place(&annotations.key(BURST))
                }
                _ => self.pod.place(&At::ROOT),
            };
            let finding = ROUTE_AT_RUN_TIME.at(place).note(format!("by {why}"));
            out.push(finding.title(match confidence {
                Confidence::EciFirst => "the pod runs on ECI, and on real nodes when it has no stock",
                Confidence::Either => "the pod runs on ECI or on real nodes, as the scheduler decides",
                _ => "the pod runs on ECI only when real nodes have no room",
            }));
            return;
        }
        let Some(spec) = self.pod.spec() else { return };
        let edition = self.facts.edition;
        if let Some(index) = node::prefers_real_nodes(spec, edition) {
            let path = FieldPath::of("spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution");
            out.push(ROUTE_PREFERRED_AFFINITY.at(self.pod.place_of(&path.with_index(index))));
            return;
        }
        let Some((index, is_named)) = node::toleration(spec, edition) else {
            return;
        };
        if is_named || self.pod.namespace() != "kube-system" {
            let spec = At::ROOT.field("spec");
            let tolerations = spec.field("tolerations");
            out.push(ROUTE_TOLERATION_ONLY.at(self.pod.place(&tolerations.index(index))));
        }
    }

    /// What the cluster does with the way, or cannot do.
    fn cluster(&self, out: &mut Findings) {
        if self.route.way == Way::ProfileSelector && self.facts.node_local_dns == Some(true) {
            out.push(ROUTE_DNS_CACHE_INJECTION.at(self.pod.place(&At::ROOT.field("metadata"))));
        }
        if let Some(need) = self.unmet() {
            out.push(ROUTE_NEEDS_VERSION.at(self.pod.place(&At::ROOT)).note(need));
        }
    }

    /// What the way needs and the cluster is known not to have.
    fn unmet(&self) -> Option<String> {
        let versions = &self.facts.versions;
        let below = |what: &str, known: Option<Version>, needed: Version| {
            let known = known.filter(|known| *known < needed)?;
            Some(format!("{what} is {known}, and {needed} is needed"))
        };
        let pro = || {
            let is_none = versions.managed_pro == Some(false);
            is_none.then(|| "it is no ACK managed Pro cluster".to_owned())
        };
        if self.facts.edition != Edition::Ack {
            return None;
        }
        match self.route.way {
            Way::Affinity | Way::Toleration => below("Kubernetes", versions.kubernetes, Version::of(1, 22))
                .or_else(|| below("ack-virtual-node", versions.virtual_node, Version::of(2, 10)))
                .or_else(|| below("the scheduler", versions.scheduler, Version::of(5, 9)))
                .or_else(pro),
            Way::ResourcePolicy => {
                below("Kubernetes", versions.kubernetes, Version::of(1, 20).patch(11, 0)).or_else(pro)
            }
            Way::ProfileSelector => below(
                "ack-virtual-node",
                versions.virtual_node,
                Version::of(2, 0).patch(0, 90),
            ),
            _ => None,
        }
    }

    fn overwritten(&self, out: &mut Findings) {
        let injection = self.route.injection(self.facts);
        if !injection.overwrites {
            return;
        }
        let meta = self.pod.meta();
        let annotations = meta.and_then(|meta| meta.annotations.as_ref());
        let parts = [
            ("annotations", injection.annotations_of(annotations)),
            ("labels", injection.labels_of(self.own_labels())),
        ];
        for (map, overlay) in parts {
            self.overwritten_in(map, overlay, VNODE_SELECTOR_OVERWRITES, out);
        }
    }

    fn overwritten_in(&self, map: &'static str, overlay: Overlay<'_>, rule: &'static Rule, out: &mut Findings) {
        let metadata = At::ROOT.field("metadata");
        let at = metadata.field(map);
        for entry in overlay.iter().filter_map(|entry| entry.injected) {
            let changed = overlay.own(entry.key).filter(|own| *own != entry.value);
            let Some(own) = changed else { continue };
            let finding = rule.at(self.pod.place(&at.key(entry.key))).found(own.to_owned());
            out.push(finding.expected(format!("`{}`, as {} says", entry.value, entry.origin)));
        }
    }
}
