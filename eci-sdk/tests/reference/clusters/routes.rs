//! Where a pod runs, and what is injected into it.

use super::{Case, Texts, list, matches, texts};

/// The answer about one pod.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// `eci`, `shortage` or `nodes`.
    pub(super) runs: &'static str,
    /// Its labels and annotations after injection; those of the pod when it stays on real nodes.
    pub(super) labels: Texts,
    pub(super) annotations: Texts,
}

pub(super) fn route(case: &Case) -> Route {
    let pod = &case.pod;
    let own = texts(&pod["metadata"]["labels"]);
    let (mut labels, mut annotations) = (own.clone(), texts(&pod["metadata"]["annotations"]));

    let mut matching = Vec::new();
    let mut selected = false;
    for selector in list(&case.selectors) {
        let (namespace, object) = (&selector["namespaceSelector"], &selector["objectSelector"]);
        let seen = if case.chose("Chained") { &labels } else { &own };
        let filtered = namespace.is_object() || object.is_object();
        let fits = (!namespace.is_object() || matches(namespace, &case.namespace))
            && (!object.is_object() || matches(object, seen));
        if !fits {
            continue;
        }
        selected |= filtered;
        matching.push(selector);
        // What stands there is never overwritten: the pod's own value, then that of the earlier selector.
        for (key, value) in texts(&selector["effect"]["labels"]) {
            labels.entry(key).or_insert(value);
        }
        for (key, value) in texts(&selector["effect"]["annotations"]) {
            annotations.entry(key).or_insert(value);
        }
    }

    let runs = runs(case, &own, &annotations, selected);
    if runs == "nodes" {
        return Route {
            runs,
            labels: own,
            annotations: texts(&pod["metadata"]["annotations"]),
        };
    }
    Route {
        runs,
        labels,
        annotations,
    }
}

fn runs(case: &Case, own: &Texts, annotations: &Texts, selected: bool) -> &'static str {
    let spec = &case.pod["spec"];
    let labelled = |labels: &Texts, key: &str, value: &str| labels.get(key).is_some_and(|found| found == value);
    let by_label = labelled(own, "alibabacloud.com/eci", "true") || labelled(own, "eci", "true");
    let by_namespace = labelled(&case.namespace, "alibabacloud.com/eci", "true")
        || labelled(&case.namespace, "eci", "true")
        || labelled(&case.namespace, "virtual-node-affinity-injection", "enabled");
    let tolerated = list(&spec["tolerations"]).any(|toleration| toleration["key"] == "virtual-kubelet.io/provider");
    let by_hand = tolerated && spec["nodeSelector"]["type"] == "virtual-kubelet";
    let by_name = spec["nodeName"]
        .as_str()
        .is_some_and(|name| name.starts_with("virtual-kubelet-"));
    let burst = annotations.get("alibabacloud.com/burst-resource").map(String::as_str);
    if case.serverless || by_label || by_namespace || selected || by_hand || by_name || burst == Some("eci_only") {
        "eci"
    } else if burst == Some("eci") {
        "shortage"
    } else {
        "nodes"
    }
}
