//! vSwitches and security groups by layer.

use std::collections::BTreeSet;

use serde_json::Value;

use super::routes::Route;
use super::{Case, list, matches};

/// The answer: the lists with the layer each comes from, and what is said.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Network {
    pub(super) vswitches: Option<(Vec<String>, &'static str)>,
    pub(super) groups: Option<(Vec<String>, &'static str)>,
    pub(super) fired: BTreeSet<&'static str>,
    /// Whether an error keeps the pod from being planned.
    pub(super) refused: bool,
}

/// What one layer says: vSwitches, and groups; a list of none says nothing.
type Layer = (&'static str, Vec<String>, Vec<String>);

fn commas(text: Option<&String>) -> Vec<String> {
    text.map_or_else(Vec::new, |text| {
        text.split(',').map(|item| item.trim().to_owned()).collect()
    })
}

fn ids(value: &Value) -> Vec<String> {
    list(value).map(|id| id.as_str().expect("an id").to_owned()).collect()
}

pub(super) fn resolve(case: &Case, route: &Route) -> Network {
    let mut fired = BTreeSet::new();
    let mut annotation: Layer = (
        "annotation",
        commas(route.annotations.get("k8s.aliyun.com/eci-vswitch")),
        commas(route.annotations.get("k8s.aliyun.com/eci-security-group")),
    );
    let too_many = annotation.1.len() > 10 || annotation.2.len() > 5;
    if too_many {
        fired.insert("annotation-too-many-items");
    }
    // A list that is too long counts for nothing.
    if annotation.1.len() > 10 {
        annotation.1.clear();
    }
    if annotation.2.len() > 5 {
        annotation.2.clear();
    }

    let matching = matching(case, route);
    let ready: Vec<&Value> = matching.iter().copied().filter(|object| is_ready(object)).collect();
    let chosen = match ready[..] {
        [] => None,
        [one] => Some(one),
        _ if case.chose("FirstByName") => ready
            .iter()
            .copied()
            .min_by_key(|object| object["metadata"]["name"].as_str()),
        _ => None,
    };
    let open = ready.len() > 1 && chosen.is_none();
    if ready.len() > 1 {
        fired.insert("pod-networking-ambiguous");
    }
    if ready.is_empty() && !matching.is_empty() {
        fired.insert("pod-networking-not-ready");
    }
    let networking: Layer = chosen.map_or(("PodNetworking", vec![], vec![]), |object| {
        let groups = ids(&object["spec"]["securityGroupIDs"]);
        ("PodNetworking", ids(&object["spec"]["vSwitchOptions"]), groups)
    });
    let data = case.profile.clone().unwrap_or(Value::Null);
    let set = |key: &str| data[key].as_str().map(str::to_owned);
    let profile: Layer = (
        "profile",
        commas(set("vSwitchIds").as_ref()),
        commas(set("securityGroupId").as_ref()),
    );

    let order = if case.chose("PodNetworkingAnnotationProfile") {
        [networking, annotation, profile]
    } else if case.chose("AnnotationProfilePodNetworking") {
        [annotation, profile, networking]
    } else {
        [annotation, networking, profile]
    };
    let offers = |key: &str| open && ready.iter().any(|object| !ids(&object["spec"][key]).is_empty());
    let open = (offers("vSwitchOptions"), offers("securityGroupIDs"));
    let decided = decide(case, &order, open);
    say(case, route, &decided, chosen, &mut fired);
    let blind = decided.0 == Decided::Open || decided.1 == Decided::Open;
    let ambiguous = blind && !case.chose("Warn") && !case.chose("FirstByName");
    let known = case.profile.is_some();
    for (field, rule) in [(&decided.0, "vswitch-none"), (&decided.1, "security-group-none")] {
        if known && *field == Decided::Nothing {
            fired.insert(rule);
        }
    }
    let none = known && (decided.0 == Decided::Nothing || decided.1 == Decided::Nothing);
    Network {
        refused: ambiguous || none || too_many,
        vswitches: decided.0.by(),
        groups: decided.1.by(),
        fired,
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Decided {
    By(Vec<String>, &'static str),
    Open,
    Nothing,
}

impl Decided {
    fn by(self) -> Option<(Vec<String>, &'static str)> {
        match self {
            Self::By(list, layer) => Some((list, layer)),
            _ => None,
        }
    }
}

/// Per field, or by the first layer that says anything; an open layer stops the search.
fn decide(case: &Case, order: &[Layer; 3], open: (bool, bool)) -> (Decided, Decided) {
    let field = |pick: fn(&Layer) -> &Vec<String>, open: bool, order: &[Layer]| {
        for layer in order {
            if layer.0 == "PodNetworking" && open {
                return Decided::Open;
            }
            if !pick(layer).is_empty() {
                return Decided::By(pick(layer).clone(), layer.0);
            }
        }
        Decided::Nothing
    };
    let vswitches: fn(&Layer) -> &Vec<String> = |layer| &layer.1;
    let groups: fn(&Layer) -> &Vec<String> = |layer| &layer.2;
    let whole = case.chose("WholeLayer");
    let any = open.0 || open.1;
    let says = |layer: &&Layer| (layer.0 == "PodNetworking" && any) || !layer.1.is_empty() || !layer.2.is_empty();
    let order: Vec<Layer> = if whole {
        order.iter().find(says).cloned().into_iter().collect()
    } else {
        order.to_vec()
    };
    let mut groups = field(groups, open.1, &order);
    // ACK Serverless takes the first group of a PodNetworking only; for ACK no page says so.
    if let Decided::By(list, "PodNetworking") = &mut groups
        && case.serverless
    {
        list.truncate(1);
    }
    (field(vswitches, open.0, &order), groups)
}

fn say(
    case: &Case,
    route: &Route,
    decided: &(Decided, Decided),
    chosen: Option<&Value>,
    fired: &mut BTreeSet<&'static str>,
) {
    let by = |field: &Decided| matches!(field, Decided::By(_, "PodNetworking"));
    let ambiguous = fired.contains("pod-networking-ambiguous");
    if let Some(object) = chosen.filter(|_| !ambiguous) {
        let many = list(&object["spec"]["securityGroupIDs"]).count() > 1;
        if case.serverless && by(&decided.1) && many {
            fired.insert("security-group-first-only");
        }
        if (by(&decided.0) || by(&decided.1)) && object["spec"]["allocationType"]["type"] == "Fixed" {
            fired.insert("pod-networking-fixed-on-eci");
        }
    }
    let strategy = route.annotations.contains_key("k8s.aliyun.com/eci-schedule-strategy");
    if let (true, Decided::By(list, layer)) = (strategy, &decided.0) {
        // Where there is nothing to choose from, naming it on the pod would not help.
        if list.len() < 2 {
            fired.insert("strategy-without-choice");
        } else if *layer != "annotation" {
            fired.insert("strategy-on-lower-layer");
        }
    }
}

/// The objects whose selectors match; without any selector an object matches nothing.
fn matching<'a>(case: &'a Case, route: &Route) -> Vec<&'a Value> {
    if !case.serverless && case.chose("ServerlessOnly") {
        return Vec::new();
    }
    let fits = |object: &&Value| {
        let selector = &object["spec"]["selector"];
        let (pod, namespace) = (&selector["podSelector"], &selector["namespaceSelector"]);
        (pod.is_object() || namespace.is_object())
            && (!pod.is_object() || matches(pod, &route.labels))
            && (!namespace.is_object() || matches(namespace, &case.namespace))
    };
    case.networkings.iter().filter(fits).collect()
}

/// An object without a status, as in a manifest, counts as ready.
fn is_ready(object: &Value) -> bool {
    !object["status"].is_object() || object["status"]["status"] == "Ready"
}
