//! What the matrix says of a field is what happens to it: each row's sample is set in a minimal pod and planned.

use std::collections::BTreeMap;

use eci_sdk::model::api::CreateContainerGroup;
use eci_sdk::model::group::support::{self, Row, Treatment};
use eci_sdk::{Cluster, Completion, Edition, Identity, Need, Object, Planner, Severity, Store};
use k8s_openapi::api::core::v1::{ConfigMap, Pod, Secret, Service};
use serde_json::{Value as Json, json};

use crate::declared::minor;

const IMAGE: &str = "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4";

/// What must stand in an object or an item for a field somewhere below it to mean something.
fn companions(field: &str) -> Json {
    match field {
        "initContainers" => json!({"name": "init", "image": IMAGE}),
        "ephemeralContainers" => json!({"name": "debug", "image": IMAGE}),
        "volumes" => json!({"name": "v"}),
        "env" => json!({"name": "A"}),
        "ports" => json!({"containerPort": 8080}),
        "volumeMounts" => json!({"name": "v", "mountPath": "/v"}),
        "configMap" => json!({"name": "settings"}),
        "secret" => json!({"secretName": "db", "name": "db"}),
        "items" => json!({"path": "name", "key": "color"}),
        "httpGet" | "tcpSocket" => json!({"port": 8080}),
        "httpHeaders" => json!({"name": "A"}),
        "hostAliases" => json!({"ip": "10.0.0.1"}),
        _ => json!({}),
    }
}

/// Objects of which a field may be the whole: their items always have a name.
const NAMED: [&str; 4] = ["containers", "initContainers", "ephemeralContainers", "volumes"];

fn merge(object: &mut Json, more: &Json) {
    let more = more.as_object().expect("an object").clone();
    object.as_object_mut().expect("an object").extend(more);
}

/// A minimal pod in which the object that has the field exists, with or without the field itself.
fn pod(row: &Row, with: bool) -> Pod {
    let mut spec = json!({"containers": [{"name": "main", "image": IMAGE}]});
    if row.path.starts_with("volumes[].") {
        spec["containers"][0]["volumeMounts"] = json!([{"name": "v", "mountPath": "/v"}]);
    }
    if row.path.contains("volumeMounts") && !row.path.starts_with("ephemeral") {
        spec["volumes"] = json!([{"name": "v", "emptyDir": {}}]);
    }
    let mut at = &mut spec;
    let steps: Vec<&str> = row.path.split('.').collect();
    let (last, above) = steps.split_last().expect("a path");
    for (depth, step) in above.iter().enumerate() {
        let name = step.trim_end_matches("[]");
        let is_parent = depth + 1 == above.len();
        let mut new = json!({});
        if !is_parent || NAMED.contains(&name) {
            merge(&mut new, &companions(name));
        }
        if at.get(name).is_none() {
            at[name] = if *step == name { new } else { json!([new]) };
        }
        at = if *step == name { &mut at[name] } else { &mut at[name][0] };
    }
    if let Some(beside) = row.beside {
        merge(at, &serde_json::from_str(beside).expect("JSON"));
    }
    let field = last.trim_end_matches("[]");
    match with {
        true => at[field] = serde_json::from_str(row.sample).expect("JSON"),
        false => drop(at.as_object_mut().expect("an object").remove(field)),
    }
    let metadata = json!({"name": "web", "namespace": "shop", "uid": "u"});
    serde_json::from_value(json!({"metadata": metadata, "spec": spec})).expect("a pod")
}

/// The pod without the topmost field of the row's path that a rule ignores or refuses.
fn without_ignored(row: &Row) -> Pod {
    let silent = |treatment| !matches!(treatment, Treatment::Mapped | Treatment::Resolved | Treatment::Told(_));
    let prefix = |other: &&Row| row.path == other.path || row.path.starts_with(&format!("{}.", other.path));
    let rows = support::matrix().filter(prefix).filter(|other| silent(other.treatment));
    let top = rows.min_by_key(|other| other.path.len()).unwrap_or(row);
    let beside = if top == row { row.beside } else { top.beside };
    let mut top = *top;
    top.beside = beside;
    pod(&top, false)
}

/// What a plan says of a pod.
struct Outcome {
    rules: BTreeMap<&'static str, (usize, Severity)>,
    request: Option<Box<CreateContainerGroup>>,
    needs: Vec<Need>,
    completes: bool,
}

fn store() -> Store {
    let mut store = Store::provisioning();
    let docker = json!({"auths": {"r.example": {"username": "u", "password": "p"}}}).to_string();
    let config_map = json!({"metadata": {"name": "settings", "namespace": "shop"}, "data": {"color": "red"}});
    store.put(Object::from(
        &serde_json::from_value::<ConfigMap>(config_map).expect("a ConfigMap"),
    ));
    for (name, key, value) in [
        ("db", "password", "hunter2"),
        ("pull", ".dockerconfigjson", docker.as_str()),
    ] {
        let secret = json!({"metadata": {"name": name, "namespace": "shop"}, "stringData": {key: value}});
        store.put(Object::from(
            &serde_json::from_value::<Secret>(secret).expect("a Secret"),
        ));
    }
    for (namespace, name) in [("shop", "cart"), ("kube-system", "kube-dns"), ("default", "kubernetes")] {
        let service = json!({"metadata": {"name": name, "namespace": namespace}, "spec": {"clusterIP": "172.16.0.9", "ports": [{"port": 80}]}});
        store.put(Object::from(
            &serde_json::from_value::<Service>(service).expect("a Service"),
        ));
    }
    store
}

fn outcome(pod: &Pod) -> Outcome {
    let profile: ConfigMap = serde_json::from_value(json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    }))
    .expect("a profile");
    let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse().expect("a region"));
    cluster.observe(&profile);
    let review = Planner::new(cluster).assume_bound(true).review(pod);
    let mut rules = BTreeMap::new();
    for finding in &review.findings {
        let entry = rules.entry(finding.rule().name()).or_insert((0, finding.severity()));
        entry.0 += 1;
    }
    let identity = Identity::of(pod).expect("a UID");
    let binding = review.plan.map(|plan| plan.bind(identity));
    let needs = binding.as_ref().map(eci_sdk::Binding::needs).unwrap_or_default();
    let completion = binding.map(|binding| store().complete("shop", binding));
    let request = match completion {
        Some(Completion::Ready(ready)) => Some(Box::new(ready.into_request())),
        _ => None,
    };
    Outcome {
        completes: request.is_some(),
        rules,
        request,
        needs,
    }
}

/// Rules that fired more often with the field than without it; infos only where they are asked for.
fn new_rules(with: &Outcome, without: &Outcome, infos: bool) -> Vec<&'static str> {
    let more = with.rules.iter().filter(|(name, (count, severity))| {
        let before = without.rules.get(*name).map_or(0, |(count, _)| *count);
        *count > before && (infos || *severity > Severity::Info)
    });
    more.map(|(name, _)| *name).collect()
}

/// What is wrong with a row.
fn judge(row: &Row) -> Option<String> {
    let with = outcome(&pod(row, true));
    let parent = outcome(&pod(row, false));
    let bare = || outcome(&without_ignored(row));
    match row.treatment {
        Treatment::Mapped => {
            let told = new_rules(&with, &parent, false);
            let changed = with.completes && with.request != parent.request;
            (!changed || !told.is_empty())
                .then(|| format!("mapped, completes {}, changed {changed}, told {told:?}", with.completes))
        }
        Treatment::Told(rule) => {
            let told = new_rules(&with, &parent, true);
            let changed = with.completes && with.request != parent.request;
            (!changed || told != [rule]).then(|| format!("told by {rule}, changed {changed}, told {told:?}"))
        }
        Treatment::Resolved => {
            let told = new_rules(&with, &parent, false);
            let changed = with.needs != parent.needs || with.completes && with.request != parent.request;
            (!changed || !told.is_empty()).then(|| format!("resolved, changed {changed}, told {told:?}"))
        }
        Treatment::Ignored(rule) => {
            let bare = bare();
            let told = new_rules(&with, &bare, true);
            let same = with.request == bare.request;
            let other: Vec<_> = told.iter().filter(|name| **name != rule).collect();
            let fired = told.contains(&rule);
            (!same || !fired || !other.is_empty()).then(|| format!("ignored by {rule}, same {same}, told {told:?}"))
        }
        Treatment::Refused(rule) => {
            let told = new_rules(&with, &bare(), false);
            (with.request.is_some() || told != [rule]).then(|| format!("refused by {rule}, told {told:?}"))
        }
        _ => {
            let bare = bare();
            let told = new_rules(&with, &bare, false);
            let same = with.request == bare.request;
            (!same || !told.is_empty()).then(|| format!("{}, same {same}, told {told:?}", row.treatment.name()))
        }
    }
}

#[test]
fn every_row_is_true() {
    let rows = support::matrix().filter(|row| row.versions.contain(minor()));
    let wrong: Vec<String> = rows
        .filter_map(|row| {
            Some(format!(
                "{} {} {}: {}",
                row.context.name(),
                row.kind,
                row.path,
                judge(row)?
            ))
        })
        .collect();
    assert!(wrong.is_empty(), "{} rows\n{}", wrong.len(), wrong.join("\n"));
}
