//! Selectors of self-managed clusters: which one acts, where the pod runs, and what it gets.

use eci_sdk::model::resource::Selector;
use eci_sdk::{Cluster, Edition, Planner, Policies, Routing};
use k8s_openapi::api::core::v1::{Namespace, Pod};
use serde_json::{Map, Value, json};

use super::differential::Spy;
use super::generate::{label_selector, labels};
use super::{Texts, matches, texts};
use crate::dice::{Dice, Difference, cases};

#[derive(Debug)]
struct VNodeCase {
    /// The moments of the code of 2024 instead of the documented ones.
    newest: bool,
    /// Selectors act in their own namespace only.
    own_namespace: bool,
    namespace: Texts,
    selectors: Vec<Value>,
    tolerates: bool,
    pod: Value,
}

#[derive(Debug, PartialEq, Eq)]
struct Answer {
    /// `vnodes`, `either`, `shortage`, `nodes` or `unknown`.
    runs: &'static str,
    labels: Texts,
    annotations: Texts,
}

#[test]
fn selectors_of_self_managed_clusters_act_alike() {
    cases("vnodes", |dice| {
        let case = generate(dice);
        let (found, expected) = (by_the_planner(&case), by_the_pages(&case));
        (found != expected).then(|| Difference {
            kind: format!("runs on {}, by the pages {}", found.runs, expected.runs),
            case: format!("{case:?}"),
            found: format!("{found:?}"),
            expected: format!("{expected:?}"),
        })
    });
}

/// Section 5 of the page about Selectors, row by row.
fn by_the_pages(case: &VNodeCase) -> Answer {
    let meta = &case.pod["metadata"];
    let (mut labels, mut annotations) = (texts(&meta["labels"]), texts(&meta["annotations"]));
    // A toleration alone lets the pod on VNodes without asking for them.
    let untouched = if case.tolerates { "either" } else { "nodes" };
    let matching: Vec<&Value> = case.selectors.iter().filter(|it| acts_on(case, it, &labels)).collect();
    let priority = |selector: &Value| selector["spec"]["priority"].as_i64().unwrap_or(0);
    let Some(highest) = matching.iter().map(|it| priority(it)).max() else {
        return Answer {
            runs: untouched,
            labels,
            annotations,
        };
    };
    let first: Vec<&&Value> = matching.iter().filter(|it| priority(it) == highest).collect();
    let [chosen] = first.as_slice() else {
        return Answer {
            runs: "unknown",
            labels,
            annotations,
        };
    };
    let policy = &chosen["spec"]["policy"];
    let given = |name: &str| policy.get(name).is_some();
    let runs = if given("normalNodeOnly") {
        return Answer {
            runs: untouched,
            labels,
            annotations,
        };
    } else if case.newest || given("normalNodePrefer") {
        "shortage"
    } else if given("fair") {
        "either"
    } else {
        "vnodes"
    };
    // The effect overwrites what the pod has, opposite to eci-profile.
    labels.extend(texts(&chosen["spec"]["effect"]["labels"]));
    annotations.extend(texts(&chosen["spec"]["effect"]["annotations"]));
    Answer {
        runs,
        labels,
        annotations,
    }
}

fn acts_on(case: &VNodeCase, selector: &Value, labels: &Texts) -> bool {
    let spec = &selector["spec"];
    let fits = |field: &str, labels: &Texts| spec.get(field).is_none_or(|filter| matches(filter, labels));
    let is_near = !case.own_namespace || selector["metadata"]["namespace"] == "shop";
    is_near && fits("objectLabels", labels) && fits("namespaceLabels", &case.namespace)
}

fn by_the_planner(case: &VNodeCase) -> Answer {
    let mut policies = Policies::default();
    if case.newest {
        policies.set("VNodeMoments", "Code2024").expect("a policy");
    }
    if case.own_namespace {
        policies.set("SelectorScope", "OwnNamespace").expect("a policy");
    }
    let mut cluster = Cluster::new(Edition::SelfManaged).with_policies(policies);
    let namespace = json!({"metadata": {"name": "shop", "labels": case.namespace}});
    cluster.observe(&serde_json::from_value::<Namespace>(namespace).expect("a Namespace"));
    for selector in &case.selectors {
        cluster.observe(&serde_json::from_value::<Selector>(selector.clone()).expect("a Selector"));
    }
    let spy = Spy::default();
    let pod: Pod = serde_json::from_value(case.pod.clone()).expect("a pod");
    let review = Planner::new(cluster).with_check(spy.clone()).review(&pod);
    let runs = match review.routing.as_ref().expect("a pod") {
        Routing::Eci { .. } => "vnodes",
        Routing::OnShortage { confidence, .. } if confidence.words() == "as the scheduler weighs the nodes" => "either",
        Routing::OnShortage { .. } => "shortage",
        Routing::NotEci { .. } => "nodes",
        _ => "unknown",
    };
    let (labels, annotations) = if runs == "nodes" {
        let meta = &case.pod["metadata"];
        (texts(&meta["labels"]), texts(&meta["annotations"]))
    } else {
        spy.seen()
    };
    Answer {
        runs,
        labels,
        annotations,
    }
}

fn generate(dice: &mut Dice) -> VNodeCase {
    let mut namespace = labels(3, dice);
    namespace.insert("kubernetes.io/metadata.name".to_owned(), "shop".into());
    let count = dice.below(4);
    let selectors = (0..count).map(|index| selector(index, dice)).collect();
    let tolerates = dice.one_in(3);
    let mut spec = json!({"containers": [{"name": "main", "image": "reg.example.com/shop/web:1.4"}]});
    if tolerates {
        spec["tolerations"] =
            json!([{"key": "k8s.aliyun.com/vnode", "operator": "Equal", "value": "true", "effect": "NoSchedule"}]);
    }
    VNodeCase {
        newest: dice.one_in(3),
        own_namespace: dice.one_in(3),
        namespace: texts(&Value::Object(namespace)),
        selectors,
        tolerates,
        pod: json!({
            "metadata": {"name": "web", "namespace": "shop", "labels": labels(2, dice), "annotations": annotations(4, dice)},
            "spec": spec,
        }),
    }
}

fn selector(index: usize, dice: &mut Dice) -> Value {
    let policy = match dice.below(4) {
        0 => json!({"fair": {}}),
        1 => json!({"virtualNodeOnly": {}}),
        2 => json!({"normalNodePrefer": {}}),
        _ => json!({"normalNodeOnly": {}}),
    };
    let mut spec =
        json!({"policy": policy, "effect": {"annotations": annotations(2, dice), "labels": labels(4, dice)}});
    // At least one filter must be given.
    let both = dice.below(3);
    if both != 0 {
        spec["objectLabels"] = label_selector(dice);
    }
    if both != 1 {
        spec["namespaceLabels"] = label_selector(dice);
    }
    if dice.one_in(2) {
        spec["priority"] = dice.of(&[0, 1, 1, 2, -3]).into();
    }
    json!({
        "apiVersion": "eci.aliyun.com/v1", "kind": "Selector",
        "metadata": {"name": format!("s{index}"), "namespace": dice.of(&["shop", "data"])},
        "spec": spec,
    })
}

fn annotations(times: usize, dice: &mut Dice) -> Value {
    let mut map = Map::new();
    for (key, values) in [
        ("k8s.aliyun.com/eci-extra-ephemeral-storage", ["50Gi", "100Gi"]),
        ("k8s.aliyun.com/eci-ntp-server", ["100.100.5.1", "100.100.5.2"]),
        ("acme.example/team", ["a", "b"]),
    ] {
        if dice.one_in(times) {
            map.insert(key.to_owned(), dice.of(&values).into());
        }
    }
    map.into()
}
