//! Keys of annotations a second time: known, misspelt, out of place, unknown.

use std::collections::BTreeSet;

use eci_sdk::{Cluster, Edition, Planner, Severity};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

use crate::dice::{Dice, Difference, one_in};
use crate::together::distance;

/// The reference of the annotations, as data.
const ENTRIES: &str = include_str!("../../../eci-annotations/data/annotations.json");

/// The rules that speak of a key by itself.
const PART: [&str; 10] = [
    "annotation-unknown",
    "annotation-misspelt",
    "annotation-retired",
    "annotation-doubtful",
    "annotation-third-party",
    "annotation-set-by-platform",
    "annotation-on-wrong-resource",
    "label-as-annotation",
    "switch-as-annotation",
    "annotation-node-pods-only",
];

const RETIRED: [&str; 8] = [
    "eci-instance-type",
    "eci-gpu-type",
    "eci-image-cache",
    "eci-image-snapshot-id",
    "eci-reschedule-enable",
    "pod-fail-on-create-err",
    "eci-ipv6-count",
    "acr-instance-id",
];
const DOUBTFUL: [&str; 4] = [
    "eci-resource-group-id",
    "eci-kube-proxy-enabled",
    "eci-cpu-option-core",
    "eci-cpu-option-ht",
];
const THIRD_PARTY: [&str; 5] = [
    "eci-cpu",
    "eci-memory",
    "eci-docker-build-enable",
    "eci-auto-strategy",
    "eci-max-count",
];

#[test]
fn differential_of_keys() {
    let entries: Vec<Value> = serde_json::from_str(ENTRIES).expect("the data");
    let on_pods = |entry: &Value| {
        entry["applies_to"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|on| on == "Pod" || on == "ImageCache")
    };
    let known: Vec<Known> = entries
        .iter()
        .map(|entry| (text(entry, "key"), text(entry, "category"), on_pods(entry)))
        .collect();
    one_in(10, "keys", |dice| {
        let key = generate(&known, dice);
        let expected = identity(&key, &known);
        let found = by_the_planner(&key);
        (found != expected).then(|| Difference {
            kind: format!("{found:?} {expected:?}"),
            case: key,
            found: format!("{found:?}"),
            expected: format!("{expected:?}"),
        })
    });
}

fn text<'a>(entry: &'a Value, field: &str) -> &'a str {
    entry[field].as_str().expect("a text")
}

type Told = BTreeSet<(&'static str, Option<Severity>)>;

/// Key, category, and whether it is an annotation of pods or image caches.
type Known<'a> = (&'a str, &'a str, bool);

fn identity(key: &str, known: &[Known<'_>]) -> Told {
    let short = key.strip_prefix("k8s.aliyun.com/").unwrap_or(key);
    let is = |rule| Told::from([(rule, None)]);
    let nothing = Told::new();
    if THIRD_PARTY.contains(&short) && short != key {
        return is("annotation-third-party");
    }
    if key.starts_with("aliyun_logs_") {
        return is("switch-as-annotation");
    }
    if let Some((_, category, _)) = known.iter().find(|(name, ..)| *name == key) {
        return match *category {
            _ if RETIRED.contains(&short) => is("annotation-retired"),
            _ if DOUBTFUL.contains(&short) => is("annotation-doubtful"),
            "system" => is("annotation-set-by-platform"),
            "imagecache" => is("annotation-on-wrong-resource"),
            _ if key == "k8s.aliyun.com/ignore-by-terway" => is("label-as-annotation"),
            // Names as plain as `type` may mean anything, and labels of nodes are nothing that pods carry.
            "label" if key == "virtual-node-affinity-injection" => is("label-as-annotation"),
            "label" if key.contains('/') && !["kubernetes.io/arch", "k8s.aliyun.com/vnode"].contains(&key) => {
                is("label-as-annotation")
            }
            "env" => is("switch-as-annotation"),
            "terway-not-eci" => is("annotation-node-pods-only"),
            _ => nothing,
        };
    }
    let near = |(name, _, on_pods): &&Known| {
        *on_pods && (distance(name, key) <= 2 || (may_be_ours(key, name) && normal(name) == normal(key)))
    };
    if tail(key).len() >= 5 && known.iter().any(|entry| near(&entry)) {
        return is("annotation-misspelt");
    }
    let severity = if ["eci-", "imc-", "acr-"].iter().any(|start| short.starts_with(start)) {
        Severity::Warning
    } else {
        Severity::Info
    };
    if short == key {
        nothing
    } else {
        Told::from([("annotation-unknown", Some(severity))])
    }
}

/// Keys of other products are not misspellings of ours. A plain word is compared with listed keys that have no prefix either.
fn may_be_ours(key: &str, listed: &str) -> bool {
    match key.split_once('/') {
        None => key.contains(['-', '_']) || !listed.contains('/'),
        Some((prefix, _)) => ["k8s.aliyun.com", "alibabacloud.com", "kubernetes.io"]
            .iter()
            .any(|ours| distance(prefix, ours) <= 2),
    }
}

fn tail(key: &str) -> &str {
    key.split_once('/').map_or(key, |(_, tail)| tail)
}

/// Without case, hyphens, underscores, the prefix and a plural s.
fn normal(key: &str) -> String {
    let plain: String = tail(key)
        .to_lowercase()
        .chars()
        .filter(|letter| !"-_".contains(*letter))
        .collect();
    plain.strip_suffix('s').unwrap_or(&plain).to_owned()
}

fn generate(known: &[Known<'_>], dice: &mut Dice) -> String {
    if dice.one_in(8) {
        let prefix = dice.of(&[
            "k8s.aliyun.com/",
            "k8s.aliyun.com/eci-",
            "k8s.aliyun.com/imc-",
            "acme.example/",
        ]);
        return format!(
            "{prefix}{}",
            dice.of(&[
                "something-else",
                "colour",
                "auto-strategy",
                "max-count",
                "zone-of-the-day"
            ])
        );
    }
    let mut key = dice.of(known).0.replace("{key}", "web");
    if key.starts_with("aliyun_logs_") {
        return key;
    }
    for _ in 0..dice.below(4) {
        key = edited(&key, dice);
    }
    key
}

fn edited(key: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let place = dice.below(letters.len());
    match dice.below(7) {
        0 => {
            letters.remove(place);
        }
        1 => letters.insert(place, dice.of(&['a', 'e', '-', 's', '4'])),
        2 => letters[place] = dice.of(&['a', 'x', 'i', '-']),
        3 if place > 0 => letters.swap(place, place - 1),
        4 => return key.replace('-', "_"),
        5 => return format!("{key}s"),
        _ => letters[place] = letters[place].to_ascii_uppercase(),
    }
    letters.into_iter().collect()
}

fn by_the_planner(key: &str) -> Told {
    let pod = json!({"metadata": {"name": "web", "annotations": {key: "1"}},
        "spec": {"containers": [{"name": "main", "image": "reg.example.com/shop/web:1.4"}]}});
    let pod: Pod = serde_json::from_value(pod).expect("a pod");
    let review = Planner::new(Cluster::new(Edition::AckServerless)).review(&pod);
    let told = review
        .findings
        .iter()
        .map(|finding| (finding.rule().name(), finding.severity()));
    told.filter(|(name, _)| PART.contains(name))
        .map(|(name, severity)| (name, (name == "annotation-unknown").then_some(severity)))
        .collect()
}
