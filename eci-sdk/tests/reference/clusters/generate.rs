//! Small clusters whose names meet often.

use serde_json::{Map, Value, json};

use super::{Case, Texts, texts};
use crate::dice::Dice;

const KEYS: [&str; 4] = ["app", "tier", "team", "placed"];
const WORDS: [&str; 3] = ["a", "b", "c"];

const POLICIES: [&[(&str, &str)]; 5] = [
    &[("UnitMaps", "Unseen")],
    &[
        ("NetworkOrder", "PodNetworkingAnnotationProfile"),
        ("NetworkOrder", "AnnotationProfilePodNetworking"),
    ],
    &[("MergeGranularity", "WholeLayer")],
    &[("PodNetworkingOnAck", "ServerlessOnly")],
    &[("Ambiguity", "Warn"), ("Ambiguity", "FirstByName")],
];

pub(super) fn case(dice: &mut Dice) -> Case {
    let mut policies = Vec::new();
    for choices in POLICIES {
        if dice.one_in(4) {
            policies.push(dice.of(choices));
        }
    }
    let count = dice.below(5);
    let selectors: Vec<Value> = (0..count).map(|index| selector(index, dice)).collect();
    let count = dice.below(4);
    let networkings = (0..count).map(|index| networking(index, dice)).collect();
    Case {
        serverless: dice.one_in(2),
        policies,
        namespace: namespace(dice),
        profile: (!dice.one_in(8)).then(|| profile(&selectors, dice)),
        selectors: selectors.into(),
        networkings,
        policies_of_units: policies_of_units(dice),
        pod: pod(dice),
    }
    .without_lost_selectors()
}

impl Case {
    /// Without a profile there are no selectors.
    fn without_lost_selectors(mut self) -> Self {
        if self.profile.is_none() {
            self.selectors = json!([]);
        }
        self
    }
}

fn namespace(dice: &mut Dice) -> Texts {
    let mut labels = labels(3, dice);
    labels.insert("kubernetes.io/metadata.name".to_owned(), "shop".into());
    if dice.one_in(8) {
        let (key, value) = dice.of(&[
            ("alibabacloud.com/eci", "true"),
            ("virtual-node-affinity-injection", "enabled"),
            ("eci", "true"),
            ("alibabacloud.com/eci", "false"),
        ]);
        labels.insert(key.to_owned(), value.into());
    }
    texts(&Value::Object(labels))
}

pub(super) fn labels(times: usize, dice: &mut Dice) -> Map<String, Value> {
    let mut labels = Map::new();
    for key in KEYS {
        if dice.one_in(times) {
            labels.insert(key.to_owned(), dice.of(&WORDS).into());
        }
    }
    labels
}

pub(super) fn label_selector(dice: &mut Dice) -> Value {
    let mut selector = Map::new();
    if !dice.one_in(4) {
        selector.insert("matchLabels".into(), labels(4, dice).into());
    }
    if dice.one_in(4) {
        let operator = dice.of(&["In", "NotIn", "Exists", "DoesNotExist"]);
        let mut expression = json!({"key": dice.of(&KEYS), "operator": operator});
        if operator.ends_with("In") {
            expression["values"] = json!(&WORDS[..=dice.below(2)]);
        }
        selector.insert("matchExpressions".into(), json!([expression]));
    }
    selector.into()
}

fn selector(index: usize, dice: &mut Dice) -> Value {
    let mut selector = json!({"name": format!("s{index}")});
    if dice.one_in(2) {
        selector["namespaceSelector"] = label_selector(dice);
    }
    if dice.one_in(2) {
        selector["objectSelector"] = label_selector(dice);
    }
    if !dice.one_in(5) {
        selector["effect"] = json!({"annotations": effects(4, dice)});
        if dice.one_in(3) {
            selector["effect"]["labels"] = labels(4, dice).into();
        }
    }
    selector
}

/// Annotations of the list below, each once in so many times.
fn effects(times: usize, dice: &mut Dice) -> Map<String, Value> {
    let mut annotations = Map::new();
    for (key, values) in EFFECTS {
        if dice.one_in(times) {
            annotations.insert((*key).to_owned(), dice.of(values).into());
        }
    }
    annotations
}

const EFFECTS: &[(&str, &[&str])] = &[
    (
        "k8s.aliyun.com/eci-vswitch",
        &[
            "vsw-bp1e10000000000000000,vsw-bp1e20000000000000000",
            "vsw-bp1e30000000000000000",
        ],
    ),
    (
        "k8s.aliyun.com/eci-security-group",
        &[
            "sg-bp1e1000000000000000",
            "sg-bp1e2000000000000000,sg-bp1e3000000000000000",
        ],
    ),
    ("k8s.aliyun.com/eci-extra-ephemeral-storage", &["50Gi", "100Gi"]),
    ("k8s.aliyun.com/eci-ntp-server", &["100.100.5.1", "100.100.5.2"]),
    ("k8s.aliyun.com/eci-schedule-strategy", &["VSwitchOrdered"]),
    ("acme.example/team", &["a"]),
];

fn profile(selectors: &[Value], dice: &mut Dice) -> Value {
    let mut data = Map::new();
    let text = serde_json::to_string(selectors).expect("JSON");
    if !selectors.is_empty() || dice.one_in(2) {
        data.insert(
            "selectors".into(),
            if selectors.is_empty() { String::new() } else { text }.into(),
        );
    }
    if !dice.one_in(6) {
        let ids = [
            "vsw-bp1p10000000000000000",
            "vsw-bp1p20000000000000000,vsw-bp1p30000000000000000",
        ];
        data.insert("vSwitchIds".into(), dice.of(&ids).into());
    }
    if !dice.one_in(6) {
        data.insert("securityGroupId".into(), "sg-bp1p1000000000000000".into());
    }
    data.into()
}

fn networking(index: usize, dice: &mut Dice) -> Value {
    let mut selector = Map::new();
    if !dice.one_in(3) {
        selector.insert("podSelector".into(), label_selector(dice));
    }
    if dice.one_in(3) {
        selector.insert("namespaceSelector".into(), label_selector(dice));
    }
    let vswitches: Vec<String> = (0..dice.below(3))
        .map(|n| format!("vsw-bp1n{index}{n}000000000000000"))
        .collect();
    let groups: Vec<String> = (0..dice.below(3))
        .map(|n| format!("sg-bp1n{index}{n}00000000000000"))
        .collect();
    let mut object = json!({
        "metadata": {"name": format!("{}{index}", dice.of(&["z", "a"]))},
        "spec": {"selector": selector, "vSwitchOptions": vswitches, "securityGroupIDs": groups},
    });
    if dice.one_in(2) {
        object["status"] = json!({"status": dice.of(&["Ready", "Ready", "Fail", ""])});
    }
    if dice.one_in(3) {
        object["spec"]["allocationType"] = json!({"type": dice.of(&["Fixed", "Elastic"])});
    }
    object
}

fn policies_of_units(dice: &mut Dice) -> Vec<Value> {
    let count = if dice.one_in(3) { 1 + dice.below(2) } else { 0 };
    let unit = |dice: &mut Dice| {
        let mut unit = json!({"resource": dice.of(&["ecs", "eci", "eci", "elastic", "acs"])});
        if dice.one_in(3) {
            unit["podLabels"] = labels(3, dice).into();
            unit["podAnnotations"] = effects(4, dice).into();
        }
        unit
    };
    let policy = |index: usize, dice: &mut Dice| {
        let units: Vec<Value> = (0..=dice.below(3)).map(|_| unit(dice)).collect();
        json!({"metadata": {"name": format!("p{index}"), "namespace": "shop"},
            "spec": {"selector": labels(5, dice), "strategy": "prefer", "units": units}})
    };
    (0..count).map(|index| policy(index, dice)).collect()
}

/// Node selectors, affinity and tolerations, which meet virtual nodes or miss them.
fn nodes(spec: &mut Value, dice: &mut Dice) {
    if dice.one_in(6) {
        let (key, value) = dice.of(&[
            ("type", "virtual-kubelet"),
            ("type", "large"),
            ("disk", "ssd"),
            ("topology.kubernetes.io/zone", "cn-hangzhou-h"),
            ("kubernetes.io/os", "linux"),
            ("kubernetes.io/role", "master"),
        ]);
        spec["nodeSelector"] = json!({key: value});
    }
    if dice.one_in(6) {
        let expression = |dice: &mut Dice| {
            let operator = dice.of(&["In", "In", "NotIn", "Exists", "DoesNotExist"]);
            let key = dice.of(&[
                "type",
                "type",
                "disk",
                "topology.kubernetes.io/zone",
                "kubernetes.io/role",
            ]);
            let mut expression = json!({"key": key, "operator": operator});
            if operator.ends_with("In") {
                let values = ["virtual-kubelet", "agent", "large"];
                let from = dice.below(3);
                expression["values"] = json!(&values[from..=(from + dice.below(2)).min(2)]);
            }
            expression
        };
        let term = |dice: &mut Dice| {
            let expressions: Vec<Value> = (0..=dice.below(2)).map(|_| expression(dice)).collect();
            json!({"matchExpressions": expressions})
        };
        let terms: Vec<Value> = (0..=dice.below(2)).map(|_| term(dice)).collect();
        spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"] =
            json!({"nodeSelectorTerms": terms});
    }
    if dice.one_in(3) {
        let tolerations = [
            json!({"key": "virtual-kubelet.io/provider", "operator": "Exists"}),
            json!({"key": "virtual-kubelet.io/provider", "operator": "Equal", "value": "alibabacloud", "effect": "NoSchedule"}),
            json!({"key": "virtual-kubelet.io/provider", "value": "other"}),
            json!({"key": "virtual-kubelet.io/provider", "operator": "Exists", "effect": "NoExecute"}),
            json!({"operator": "Exists"}),
            json!({"key": "gpu", "operator": "Exists"}),
        ];
        spec["tolerations"] = json!([tolerations[dice.below(6)]]);
    }
}

fn pod(dice: &mut Dice) -> Value {
    let mut labels = labels(2, dice);
    if dice.one_in(5) {
        let (key, value) = dice.of(&[
            ("alibabacloud.com/eci", "true"),
            ("eci", "true"),
            ("alibabacloud.com/eci", "false"),
        ]);
        labels.insert(key.to_owned(), value.into());
    }
    let mut annotations = effects(6, dice);
    if dice.one_in(20) {
        let many: Vec<String> = (0..11).map(|n| format!("vsw-bp1m{n:02}00000000000000000")).collect();
        annotations.insert(
            "k8s.aliyun.com/eci-vswitch".into(),
            many[..dice.of(&[10, 11])].join(",").into(),
        );
    }
    if dice.one_in(20) {
        let many: Vec<String> = (0..6).map(|n| format!("sg-bp1m{n}000000000000000")).collect();
        annotations.insert(
            "k8s.aliyun.com/eci-security-group".into(),
            many[..dice.of(&[5, 6])].join(",").into(),
        );
    }
    if dice.one_in(12) {
        let burst = dice.of(&["eci", "eci_only"]);
        annotations.insert("alibabacloud.com/burst-resource".into(), burst.into());
    }
    let mut spec = json!({"containers": [{"name": "main", "image": "reg.example.com/shop/web:1.4"}]});
    if dice.one_in(12) {
        spec["nodeName"] = dice.of(&["virtual-kubelet-cn-hangzhou-h", "node-1"]).into();
    }
    nodes(&mut spec, dice);
    json!({
        "metadata": {"name": "web", "namespace": "shop", "uid": "u", "labels": labels, "annotations": annotations},
        "spec": spec,
    })
}
