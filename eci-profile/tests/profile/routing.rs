//! Every way to ECI in every edition, what would change it, how sure it is, and what is told about it.

use eci_model::{Edition, Findings, Object};
use eci_profile::{Confidence, Profile, RouteFacts, Version, accepts_virtual_node, check_namespace, route};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{Namespace, Pod};
use serde_json::{Value, json};

use crate::{labels, names, of, profile};

fn toleration() -> Value {
    json!([{"key": "virtual-kubelet.io/provider", "operator": "Equal", "value": "alibabacloud"}])
}

fn spec(fields: Value) -> Value {
    let mut spec = fields;
    spec["containers"] = json!([]);
    json!({"metadata": {"name": "p", "namespace": "shop"}, "spec": spec})
}

fn with_labels(labels: Value) -> Value {
    json!({"metadata": {"name": "p", "namespace": "shop", "labels": labels}, "spec": {"containers": []}})
}

fn required(key: &str, operator: &str, values: Value) -> Value {
    json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
        {"matchExpressions": [{"key": key, "operator": operator, "values": values}]}]}}})
}

/// The routing, and the rules that are told of it.
fn routed(
    pod: &Value,
    namespace: Option<&Value>,
    profile: Option<&Profile>,
    edition: Edition,
) -> (String, Vec<&'static str>) {
    let pod: Pod = of(pod.clone());
    let namespace = namespace.map(|map| labels(map.clone()));
    let policies = eci_model::policy::Policies::default();
    let mut facts = RouteFacts::new(edition, &policies);
    (facts.namespace, facts.profile) = (namespace.as_ref(), profile);
    let object = Object::from(&pod);
    let view = object.pod().expect("a pod");
    let route = route(&view, &facts);
    let mut findings = Findings::new();
    route.check(&object, &view, &facts, &mut findings);
    (route.routing().to_string(), names(&findings))
}

macro_rules! ways {
    ($($fact:ident: $edition:ident $pod:expr, $namespace:expr => $routing:literal $($rule:literal),*;)*) => {$(
        #[test]
        fn $fact() {
            let namespace: Option<Value> = $namespace;
            let (routing, told) = routed(&$pod, namespace.as_ref(), None, Edition::$edition);
            let expected: Vec<&str> = vec![$($rule),*];
            assert_eq!((routing.as_str(), told), ($routing, expected));
        }
    )*};
}

fn none() -> Option<Value> {
    Some(json!({}))
}

ways! {
    ack_serverless_runs_everything_on_eci: AckServerless spec(json!({})), None => "ECI, edition ack-serverless";
    the_label: Ack with_labels(json!({"alibabacloud.com/eci": "true"})), none() => "ECI, pod label alibabacloud.com/eci";
    the_label_needs_no_namespace: Ack with_labels(json!({"alibabacloud.com/eci": "true"})), None => "ECI, pod label alibabacloud.com/eci";
    the_old_label: Ack with_labels(json!({"eci": "true"})), none() => "ECI, pod label eci" "route-label-discouraged";
    both_labels_are_the_new_one: Ack with_labels(json!({"eci": "true", "alibabacloud.com/eci": "true"})), none() => "ECI, pod label alibabacloud.com/eci";
    another_value_routes_nothing: Ack with_labels(json!({"alibabacloud.com/eci": "false"})), none() =>
        "real nodes, no label, selector or node setting sends it to ECI" "route-label-value";
    another_value_in_a_namespace_that_routes: Ack with_labels(json!({"alibabacloud.com/eci": "false"})), Some(json!({"alibabacloud.com/eci": "true"})) =>
        "ECI, namespace `shop`" "route-label-value";
    another_value_of_the_plain_label_may_mean_anything: Ack with_labels(json!({"eci": "blue"})), none() =>
        "real nodes, no label, selector or node setting sends it to ECI";
    the_label_of_the_namespace: Ack spec(json!({})), Some(json!({"alibabacloud.com/eci": "true"})) => "ECI, namespace `shop`";
    the_old_label_of_the_namespace: Ack spec(json!({})), Some(json!({"eci": "true"})) => "ECI, namespace `shop`";
    the_injection_label_of_the_namespace: Ack spec(json!({})), Some(json!({"virtual-node-affinity-injection": "enabled"})) => "ECI, namespace `shop`";
    an_unknown_namespace_may_route: Ack spec(json!({})), None => "cannot tell, labels of namespace shop not known";
    the_name_of_a_virtual_node: Ack spec(json!({"nodeName": "virtual-kubelet-cn-hangzhou-h"})), none() => "ECI, pod field nodeName" "route-node-name";
    the_old_name_of_a_virtual_node: Ack spec(json!({"nodeName": "virtual-node-eci-0"})), none() => "ECI, pod field nodeName" "route-node-name";
    the_name_of_a_real_node: Ack spec(json!({"nodeName": "cn-hangzhou.10.0.0.1"})), none() => "real nodes, pod field nodeName is the real node `cn-hangzhou.10.0.0.1`";
    node_selector_and_toleration: Ack spec(json!({"nodeSelector": {"type": "virtual-kubelet"}, "tolerations": toleration()})), none() =>
        "ECI, pod field nodeSelector" "route-manual";
    a_node_selector_without_the_toleration: Ack spec(json!({"nodeSelector": {"type": "virtual-kubelet"}})), none() =>
        "real nodes, no label, selector or node setting sends it to ECI";
    required_affinity_and_toleration: Ack spec(json!({"affinity": required("type", "In", json!(["virtual-kubelet"])), "tolerations": toleration()})), none() =>
        "ECI, pod field affinity";
    the_toleration_alone: Ack spec(json!({"tolerations": toleration()})), none() => "ECI or real nodes, pod field tolerations" "route-toleration-only";
    every_toleration: Ack spec(json!({"tolerations": [{"operator": "Exists"}]})), none() => "ECI or real nodes, pod field tolerations" "route-toleration-only";
    every_toleration_in_kube_system: Ack json!({"metadata": {"name": "p", "namespace": "kube-system"}, "spec": {"containers": [], "tolerations": [{"operator": "Exists"}]}}), none() =>
        "ECI or real nodes, pod field tolerations";
    a_preference_for_real_nodes: Ack spec(json!({"tolerations": toleration(), "affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
        {"weight": 1, "preference": {"matchExpressions": [{"key": "type", "operator": "NotIn", "values": ["virtual-kubelet"]}]}}]}}})), none() =>
        "ECI or real nodes, pod field tolerations" "route-preferred-affinity";
    a_preference_for_virtual_nodes: Ack spec(json!({"tolerations": toleration(), "affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
        {"weight": 1, "preference": {"matchExpressions": [{"key": "type", "operator": "In", "values": ["virtual-kubelet"]}]}}]}}})), none() =>
        "ECI or real nodes, pod field tolerations" "route-toleration-only";
    burst_only: Ack json!({"metadata": {"annotations": {"alibabacloud.com/burst-resource": "eci_only"}}}), none() =>
        "ECI, pod annotation alibabacloud.com/burst-resource";
    burst_overflow: Ack json!({"metadata": {"annotations": {"alibabacloud.com/burst-resource": "eci"}}}), none() =>
        "ECI on shortage, pod annotation alibabacloud.com/burst-resource" "route-at-run-time";
    burst_of_another_value: Ack json!({"metadata": {"annotations": {"alibabacloud.com/burst-resource": "ecs"}}}), none() =>
        "real nodes, no label, selector or node setting sends it to ECI";
    a_live_pod_stays_where_it_is: Ack json!({"metadata": {"name": "p", "uid": "u", "labels": {"alibabacloud.com/eci": "true"}}, "spec": {"containers": [], "nodeName": "cn-hangzhou.10.0.0.1"}}), none() =>
        "real nodes, pod field nodeName is the real node `cn-hangzhou.10.0.0.1`";
    a_live_pod_on_a_virtual_node: Ack json!({"metadata": {"name": "p", "uid": "u"}, "spec": {"containers": [], "nodeName": "virtual-kubelet-cn-hangzhou-h"}}), none() =>
        "ECI, pod field nodeName";
    affinity_contradicts_the_label: Ack json!({"metadata": {"name": "p", "labels": {"alibabacloud.com/eci": "true"}},
        "spec": {"containers": [], "affinity": required("type", "NotIn", json!(["virtual-kubelet"]))}}), none() =>
        "ECI, pod label alibabacloud.com/eci" "route-contradiction";
    a_real_node_contradicts_the_label: Ack json!({"metadata": {"name": "p", "labels": {"alibabacloud.com/eci": "true"}},
        "spec": {"containers": [], "nodeName": "cn-hangzhou.10.0.0.1"}}), none() => "ECI, pod label alibabacloud.com/eci" "route-contradiction";
    a_label_that_virtual_nodes_lack: Ack json!({"metadata": {"name": "p", "labels": {"alibabacloud.com/eci": "true"}},
        "spec": {"containers": [], "nodeSelector": {"disk": "ssd"}}}), none() => "ECI, pod label alibabacloud.com/eci" "route-node-label-missing";
    labels_that_virtual_nodes_have: Ack json!({"metadata": {"name": "p", "labels": {"alibabacloud.com/eci": "true"}},
        "spec": {"containers": [], "nodeSelector": {"kubernetes.io/os": "linux", "topology.kubernetes.io/zone": "cn-hangzhou-h"}}}), none() =>
        "ECI, pod label alibabacloud.com/eci";
    labels_do_not_route_in_self_managed_clusters: SelfManaged with_labels(json!({"alibabacloud.com/eci": "true"})), none() =>
        "real nodes, no label, selector or node setting sends it to ECI";
    the_toleration_of_vnodes: SelfManaged spec(json!({"tolerations": [{"key": "k8s.aliyun.com/vnode", "value": "true"}]})), none() =>
        "ECI or real nodes, pod field tolerations" "route-toleration-only";
    the_node_selector_of_vnodes: SelfManaged spec(json!({"nodeSelector": {"k8s.aliyun.com/vnode": "true"}, "tolerations": [{"key": "k8s.aliyun.com/vnode", "value": "true"}]})), none() =>
        "ECI, pod field nodeSelector";
}

#[test]
fn a_selector_of_the_profile_routes_in_ack_and_beats_nothing_surer() {
    let profile = profile(&json!([{"name": "burst", "objectSelector": {"matchLabels": {"tier": "burst"}}}]));
    let pod = with_labels(json!({"tier": "burst"}));
    let routing = |edition| routed(&pod, Some(&json!({})), Some(&profile), edition).0;
    assert_eq!(routing(Edition::Ack), "ECI, eci-profile selector `burst`");
    assert_eq!(routing(Edition::AckServerless), "ECI, edition ack-serverless");
    assert_eq!(
        routing(Edition::SelfManaged),
        "real nodes, no label, selector or node setting sends it to ECI"
    );
}

#[test]
fn what_would_change_it_and_how_sure_it_is() {
    let policies = eci_model::policy::Policies::default();
    let namespace = labels(json!({}));
    for (pod, confidence, would_change) in [
        (
            with_labels(json!({"eci": "true"})),
            Confidence::Certain,
            Some("the pod without the label `eci`"),
        ),
        (
            spec(json!({"tolerations": toleration()})),
            Confidence::Either,
            Some("a label or selector that routes, or no toleration of virtual nodes"),
        ),
        (
            spec(json!({})),
            Confidence::Certain,
            Some("label alibabacloud.com/eci=true on the pod or its namespace"),
        ),
    ] {
        let pod: Pod = of(pod);
        let view = Object::from(&pod).pod().expect("a pod");
        let mut facts = RouteFacts::new(Edition::Ack, &policies);
        facts.namespace = Some(&namespace);
        let routing = route(&view, &facts).into_routing();
        assert_eq!(
            (routing.confidence(), routing.would_change()),
            (confidence, would_change)
        );
    }
}

#[test]
fn a_label_on_the_workload_is_misplaced_unless_something_else_routes() {
    let policies = eci_model::policy::Policies::default();
    let told = |template: Value, edition| {
        let deployment: Deployment = of(
            json!({"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
            "spec": {"selector": {}, "template": {"metadata": {"labels": template}, "spec": {"containers": []}}}}),
        );
        let object = Object::from(&deployment);
        let view = object.pod().expect("a template");
        let facts = RouteFacts::new(edition, &policies);
        let mut findings = Findings::new();
        route(&view, &facts).check(&object, &view, &facts, &mut findings);
        findings
    };
    let findings = told(json!({"app": "web"}), Edition::Ack);
    let finding = findings.iter().next().expect("told");
    assert_eq!(finding.rule().name(), "route-label-misplaced");
    assert_eq!(finding.remedy(), "move it to `spec.template.metadata.labels`");
    assert!(told(json!({"alibabacloud.com/eci": "true"}), Edition::Ack).is_empty());
    assert!(told(json!({"app": "web"}), Edition::AckServerless).is_empty());
}

#[test]
fn the_dns_cache_of_nodes_and_a_selector() {
    let profile = profile(&json!([{"name": "burst", "objectSelector": {"matchLabels": {"tier": "burst"}}}]));
    let policies = eci_model::policy::Policies::default();
    let namespace = std::collections::BTreeMap::new();
    let told = |labels: Value, injects: Option<bool>| {
        let pod: Pod = of(with_labels(labels));
        let object = Object::from(&pod);
        let view = object.pod().expect("a pod");
        let mut facts = RouteFacts::new(Edition::Ack, &policies);
        (facts.namespace, facts.profile, facts.node_local_dns) = (Some(&namespace), Some(&profile), injects);
        let mut findings = Findings::new();
        route(&view, &facts).check(&object, &view, &facts, &mut findings);
        let names: Vec<&str> = findings.iter().map(|finding| finding.rule().name()).collect();
        names
    };
    let selected = || json!({"tier": "burst"});
    assert_eq!(told(selected(), Some(true)), ["route-dns-cache-injection"]);
    assert_eq!(told(selected(), Some(false)), [""; 0]);
    assert_eq!(told(selected(), None), [""; 0]);
    assert_eq!(
        told(json!({"tier": "burst", "alibabacloud.com/eci": "true"}), Some(true)),
        [""; 0]
    );
}

#[test]
fn a_way_that_the_cluster_is_too_old_for() {
    let policies = eci_model::policy::Policies::default();
    let pod: Pod = of(spec(
        json!({"tolerations": toleration(), "nodeSelector": {"kubernetes.io/os": "linux"}}),
    ));
    let object = Object::from(&pod);
    let view = object.pod().expect("a pod");
    let told = |change: &dyn Fn(&mut RouteFacts<'_>)| {
        let mut facts = RouteFacts::new(Edition::Ack, &policies);
        change(&mut facts);
        let mut findings = Findings::new();
        route(&view, &facts).check(&object, &view, &facts, &mut findings);
        let need = findings
            .iter()
            .find(|finding| finding.rule().name() == "route-needs-version");
        need.and_then(|finding| finding.notes().first().map(ToString::to_string))
    };
    assert_eq!(told(&|_| {}), None);
    assert_eq!(
        told(&|facts| facts.versions.kubernetes = Some(Version::of(1, 30))),
        None
    );
    assert_eq!(
        told(&|facts| facts.versions.kubernetes = Some(Version::of(1, 20))).as_deref(),
        Some("Kubernetes is 1.20, and 1.22 is needed")
    );
    assert_eq!(
        told(&|facts| facts.versions.scheduler = Some(Version::of(5, 8))).as_deref(),
        Some("the scheduler is 5.8, and 5.9 is needed")
    );
    assert_eq!(
        told(&|facts| facts.versions.managed_pro = Some(false)).as_deref(),
        Some("it is no ACK managed Pro cluster")
    );
}

#[test]
fn labels_of_namespaces() {
    for (labels, expected) in [
        (json!({}), vec![]),
        (json!({"alibabacloud.com/eci": "true"}), vec![]),
        (json!({"alibabacloud.com/eci": "True"}), vec!["route-label-value"]),
        (
            json!({"virtual-node-affinity-injection": "on"}),
            vec!["route-label-value"],
        ),
        (
            json!({"virtual-node-affinity-injection": "enabled"}),
            vec!["route-label-discouraged"],
        ),
        (json!({"eci": "true"}), vec!["route-label-discouraged"]),
        (json!({"eci": "true", "alibabacloud.com/eci": "true"}), vec![]),
    ] {
        let namespace: Namespace = of(json!({"metadata": {"name": "data", "labels": labels}}));
        let mut findings = Findings::new();
        check_namespace(&namespace, &mut findings);
        assert_eq!(names(&findings), expected, "{labels}");
    }
}

#[test]
fn what_keeps_a_pod_off_virtual_nodes() {
    let accepts = |fields: Value, edition| {
        let mut fields = fields;
        fields["containers"] = json!([]);
        accepts_virtual_node(&of(fields), edition)
    };
    let all = json!([{"operator": "Exists"}]);
    let off = required("type", "NotIn", json!(["virtual-kubelet"]));
    assert!(accepts(json!({"tolerations": all}), Edition::Ack));
    assert!(!accepts(json!({}), Edition::Ack));
    assert!(!accepts(json!({"tolerations": all, "affinity": off}), Edition::Ack));
    assert!(!accepts(
        json!({"tolerations": all, "nodeSelector": {"disk": "ssd"}}),
        Edition::Ack
    ));
    assert!(accepts(
        json!({"tolerations": all, "nodeSelector": {"topology.kubernetes.io/zone": "cn-hangzhou-h"}}),
        Edition::Ack
    ));
    assert!(!accepts(
        json!({"tolerations": [{"key": "virtual-kubelet.io/provider", "operator": "Exists", "effect": "NoExecute"}]}),
        Edition::Ack
    ));
    let empty =
        json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{}]}}});
    assert!(!accepts(json!({"tolerations": all, "affinity": empty}), Edition::Ack));
    assert!(accepts(
        json!({"tolerations": [{"key": "k8s.aliyun.com/vnode", "value": "true"}]}),
        Edition::SelfManaged
    ));
    assert!(accepts(json!({}), Edition::AckServerless));
}
