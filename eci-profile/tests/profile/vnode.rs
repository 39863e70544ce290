//! Selectors of self-managed clusters: their errors, which one acts, and when.

use std::sync::Arc;

use eci_model::policy::Policies;
use eci_model::{Edition, Findings, Location, Object, ObjectRef, Severity, Site, resource};
use eci_profile::{Choice, Moments, NodeSelection, RouteFacts, VNodeSelector, VNodeSelectors, priority_tie, route};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

use crate::{labels, names, of, policies};

fn object(name: &str, spec: Value) -> resource::Selector {
    of(json!({"apiVersion": "eci.aliyun.com/v1", "metadata": {"name": name}, "spec": spec}))
}

fn spec(policy: &str) -> Value {
    json!({"objectLabels": {"matchLabels": {"app": "etl"}}, "effect": {"annotations": {"k8s.aliyun.com/eci-auto-imc": "true"}},
           "policy": {policy: {}}, "priority": 10})
}

fn read(object: &resource::Selector, policies: &Policies) -> (Option<VNodeSelector>, Findings) {
    VNodeSelector::read(object, &Site::new(Edition::SelfManaged, policies))
}

fn good(name: &str, spec: Value) -> Arc<VNodeSelector> {
    let (selector, findings) = read(&object(name, spec), &Policies::default());
    assert!(!findings.has_errors(), "{findings:?}");
    Arc::new(selector.expect("good"))
}

macro_rules! wrong {
    ($($fact:ident: $change:expr => $($rule:literal at $path:literal),*;)*) => {$(
        #[test]
        fn $fact() {
            let mut written = spec("fair");
            let change: fn(&mut Value) = $change;
            change(&mut written);
            let (_, findings) = read(&object("s", written), &Policies::default());
            let told: Vec<(&str, String)> = findings.iter().map(|it| (it.rule().name(), it.place().path.to_string())).collect();
            let expected: Vec<(&str, String)> = vec![$(($rule, $path.to_owned())),*];
            assert_eq!(told, expected);
        }
    )*};
}

wrong! {
    a_good_one: |_| {} => ;
    no_policy: |spec| spec["policy"] = Value::Null => "vnode-selector-policy" at "spec";
    an_empty_policy: |spec| spec["policy"] = json!({}) => "vnode-selector-policy" at "spec.policy";
    two_policies: |spec| spec["policy"] = json!({"fair": {}, "virtualNodeOnly": {}}) => "vnode-selector-policy" at "spec.policy";
    no_effect: |spec| spec["effect"] = Value::Null => "vnode-selector-effect-missing" at "spec";
    an_empty_effect_is_fine: |spec| spec["effect"] = json!({}) => ;
    no_filter: |spec| spec["objectLabels"] = Value::Null => "vnode-selector-no-filter" at "spec";
    a_filter_that_means_nothing: |spec| spec["namespaceLabels"] = json!({"matchExpressions": [{"key": "a", "operator": "Gt"}]}) =>
        "vnode-selector-filter" at "spec.namespaceLabels";
    a_limit_without_a_namespace: |spec| spec["policy"] = json!({"namespaceResourceLimit": {"limits": {"cpu": "1"}}}) =>
        "vnode-selector-policy" at "spec.policy.namespaceResourceLimit";
    a_limit: |spec| spec["policy"] = json!({"namespaceResourceLimit": {"namespace": "shop", "limits": {"cpu": "1"}}}) => ;
    ratios: |spec| spec["policy"] = json!({"normalNodePrefer": {"cpuRatio": 50, "memoryRatio": 0.5}}) => ;
}

#[test]
fn without_a_filter_it_may_match_every_pod() {
    let mut written = spec("fair");
    written["objectLabels"] = Value::Null;
    let (selector, findings) = read(&object("s", written), &policies("SelectorNoFilter", "MatchesAll"));
    assert_eq!(
        (names(&findings), findings.worst()),
        (vec!["vnode-selector-no-filter"], Some(Severity::Warning))
    );
    let set: VNodeSelectors = selector.map(Arc::new).into_iter().collect();
    assert!(matches!(
        set.choose("shop", None, None, &Policies::default()),
        Choice::One(_)
    ));
}

#[test]
fn the_old_version_is_told_and_kept_when_written_back() {
    let written = json!({"apiVersion": "eci.aliyun.com/v1beta1", "kind": "Selector", "metadata": {"name": "s"}, "spec": spec("fair")});
    let object: resource::Selector = of(written.clone());
    let (_, findings) = read(&object, &Policies::default());
    assert_eq!(names(&findings), ["vnode-selector-version"]);
    assert_eq!(serde_json::to_value(&object).expect("plain data"), written);
}

#[test]
fn it_belongs_to_self_managed_clusters() {
    let policies = Policies::default();
    let (_, findings) = VNodeSelector::read(&object("s", spec("fair")), &Site::new(Edition::Ack, &policies));
    assert_eq!(names(&findings), ["profile-wrong-edition"]);
}

/// Toleration, node selector, effect: what happens at one moment, as three letters.
fn letters(moments: Moments) -> [String; 3] {
    [moments.creation, moments.unschedulable, moments.binding].map(|change| {
        let mut letters = String::new();
        letters.extend(change.toleration.then_some('T'));
        letters.extend((change.node_selector == NodeSelection::Replaced).then_some('N'));
        letters.extend(change.effect.then_some('E'));
        letters
    })
}

#[test]
fn what_happens_at_which_moment() {
    // At creation, once unschedulable, at binding.
    for (policy, documented, code) in [
        ("fair", ["TE", "", ""], ["", "T", "TE"]),
        ("virtualNodeOnly", ["TNE", "", ""], ["", "TE", "TE"]),
        ("normalNodePrefer", ["", "TE", ""], ["", "T", "TE"]),
        ("normalNodeOnly", ["", "", ""], ["", "", ""]),
    ] {
        let selector = good("s", spec(policy));
        assert_eq!(letters(selector.moments(&Policies::default())), documented, "{policy}");
        assert_eq!(
            letters(selector.moments(&policies("VNodeMoments", "Code2024"))),
            code,
            "{policy}"
        );
        let on_vnode = if policy == "normalNodeOnly" { "" } else { "TE" };
        assert_eq!(letters(selector.moments_on_vnode())[0], on_vnode, "{policy}");
    }
}

fn routed(specs: &[(&str, Value)], pod: Value, policies: &Policies) -> (String, Vec<&'static str>, Option<String>) {
    let pod: Pod = of(pod);
    let set: VNodeSelectors = specs.iter().map(|(name, spec)| good(name, spec.clone())).collect();
    let namespace = labels(json!({"team": "data"}));
    let mut facts = RouteFacts::new(Edition::SelfManaged, policies);
    (facts.namespace, facts.vnode_selectors) = (Some(&namespace), Some(&set));
    let object = Object::from(&pod);
    let view = object.pod().expect("a pod");
    let route = route(&view, &facts);
    let mut findings = Findings::new();
    route.check(&object, &view, &facts, &mut findings);
    let injection = route.injection(&facts);
    let annotations = injection.annotations_of(pod.metadata.annotations.as_ref());
    let value = annotations.get("k8s.aliyun.com/eci-auto-imc").map(ToOwned::to_owned);
    (route.routing().to_string(), names(&findings), value)
}

fn etl() -> Value {
    json!({"metadata": {"name": "p", "namespace": "batch", "labels": {"app": "etl"}}, "spec": {"containers": []}})
}

#[test]
fn policies_route() {
    for (policy, routing, code) in [
        (
            "fair",
            "ECI or real nodes, Selector `s`",
            "ECI on shortage, Selector `s`",
        ),
        ("virtualNodeOnly", "ECI, Selector `s`", "ECI on shortage, Selector `s`"),
        (
            "normalNodePrefer",
            "ECI on shortage, Selector `s`",
            "ECI on shortage, Selector `s`",
        ),
    ] {
        let specs = [("s", spec(policy))];
        let (documented, told, value) = routed(&specs, etl(), &Policies::default());
        assert_eq!(
            (documented.as_str(), value.as_deref()),
            (routing, Some("true")),
            "{policy}"
        );
        let at_run_time = !documented.starts_with("ECI,");
        assert_eq!(told.contains(&"route-at-run-time"), at_run_time, "{policy}");
        assert_eq!(
            routed(&specs, etl(), &policies("VNodeMoments", "Code2024")).0,
            code,
            "{policy}"
        );
    }
    let (routing, _, value) = routed(&[("s", spec("normalNodeOnly"))], etl(), &Policies::default());
    assert_eq!(
        (routing.as_str(), value),
        ("real nodes, no label, selector or node setting sends it to ECI", None)
    );
    let limit = json!({"objectLabels": {}, "effect": {}, "policy": {"namespaceResourceLimit": {"namespace": "batch", "limits": {}}}});
    assert_eq!(
        routed(&[("s", limit)], etl(), &Policies::default()).0,
        "cannot tell, what namespaceResourceLimit of the Selector `s` does not known"
    );
}

#[test]
fn pods_of_the_page_that_do_not_match_are_untouched() {
    let api =
        json!({"metadata": {"name": "p", "namespace": "web", "labels": {"app": "api"}}, "spec": {"containers": []}});
    let (routing, told, value) = routed(&[("etl-overflow", spec("normalNodePrefer"))], api, &Policies::default());
    assert_eq!(
        (routing.as_str(), told, value),
        (
            "real nodes, no label, selector or node setting sends it to ECI",
            vec![],
            None
        )
    );
}

#[test]
fn the_highest_priority_acts_alone() {
    let mut low = spec("virtualNodeOnly");
    low["priority"] = json!(-1);
    low["effect"] = json!({"annotations": {"other": "x"}});
    let (routing, _, value) = routed(
        &[("low", low), ("high", spec("normalNodePrefer"))],
        etl(),
        &Policies::default(),
    );
    assert_eq!(
        (routing.as_str(), value.as_deref()),
        ("ECI on shortage, Selector `high`", Some("true"))
    );
}

#[test]
fn a_missing_priority_is_zero() {
    let mut without = spec("fair");
    without["priority"] = Value::Null;
    assert_eq!(good("s", without).priority, 0);
}

#[test]
fn equal_priorities_leave_it_open_and_are_told() {
    let specs = [("a", spec("fair")), ("b", spec("virtualNodeOnly"))];
    let (routing, _, value) = routed(&specs, etl(), &Policies::default());
    assert_eq!(
        (routing.as_str(), value),
        (
            "cannot tell, which of the Selectors a, b of equal priority acts not known",
            None
        )
    );
    let tied = [good("a", spec("fair")), good("b", spec("fair"))];
    let mut findings = Findings::new();
    let pod = Location::new(ObjectRef::new("Pod", Some("batch"), "p"), eci_model::FieldPath::ROOT);
    priority_tie(&tied.each_ref().map(|selector| &**selector), pod, &mut findings);
    let finding = findings.iter().next().expect("told");
    assert_eq!(finding.place().to_string(), "Selector default/b: spec.priority");
    assert_eq!(finding.related().len(), 2);
}

#[test]
fn the_effect_overwrites_and_says_so() {
    let mut pod = etl();
    pod["metadata"]["annotations"] = json!({"k8s.aliyun.com/eci-auto-imc": "false"});
    let (_, told, value) = routed(&[("s", spec("virtualNodeOnly"))], pod.clone(), &Policies::default());
    assert_eq!(
        (told, value.as_deref()),
        (vec!["vnode-selector-overwrites"], Some("true"))
    );
    pod["metadata"]["annotations"] = json!({"k8s.aliyun.com/eci-auto-imc": "true"});
    assert_eq!(
        routed(&[("s", spec("virtualNodeOnly"))], pod, &Policies::default()).1,
        [""; 0]
    );
}

#[test]
fn affinity_against_vnodes_contradicts_and_a_node_selector_is_replaced() {
    let mut pod = etl();
    pod["spec"]["nodeSelector"] = json!({"k8s.aliyun.com/vnode": "false"});
    assert_eq!(
        routed(&[("s", spec("virtualNodeOnly"))], pod.clone(), &Policies::default()).1,
        [""; 0]
    );
    assert_eq!(
        routed(&[("s", spec("fair"))], pod.clone(), &Policies::default()).0,
        "real nodes, node selector or affinity keep it off VNodes"
    );
    pod["spec"]["affinity"] = json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
        {"matchExpressions": [{"key": "k8s.aliyun.com/vnode", "operator": "DoesNotExist"}]}]}}});
    assert_eq!(
        routed(&[("s", spec("virtualNodeOnly"))], pod, &Policies::default()).1,
        ["route-contradiction"]
    );
}

#[test]
fn a_namespaced_object_sees_every_namespace_or_its_own() {
    let mut written = object("s", spec("fair"));
    written.metadata.namespace = Some("ops".into());
    let (selector, _) = read(&written, &Policies::default());
    let set: VNodeSelectors = selector.map(Arc::new).into_iter().collect();
    let pod = labels(json!({"app": "etl"}));
    let chosen =
        |namespace: &str, policies: &Policies| set.choose(namespace, Some(&pod), None, policies) != Choice::None;
    let own_only = policies("SelectorScope", "OwnNamespace");
    assert!(chosen("batch", &Policies::default()));
    assert!(!chosen("batch", &own_only));
    assert!(chosen("ops", &own_only));
}
