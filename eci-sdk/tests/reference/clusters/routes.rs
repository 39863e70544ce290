//! Where a pod runs, and what is injected into it.

use super::{Case, Texts, list, matches, nodes, texts};

/// The answer about one pod.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// `eci`, `shortage`, `nodes` or `unknown`.
    pub(super) runs: &'static str,
    /// Whether labels or selectors send it to ECI, and its own node selection keeps it off.
    pub(super) contradicts: bool,
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

    let sent = selected || by_label(case, &own);
    let is_placed = pod["spec"]["nodeName"].is_string();
    let contradicts = sent && !case.serverless && !is_placed && nodes::excludes_by_type(&pod["spec"]);
    let (runs, units) = runs(case, &own, sent);
    if !case.chose("Unseen") {
        // What a unit writes stands behind everything else.
        for (key, value) in units.0 {
            labels.entry(key).or_insert(value);
        }
        for (key, value) in units.1 {
            annotations.entry(key).or_insert(value);
        }
    }
    if runs == "nodes" {
        return Route {
            runs,
            contradicts,
            labels: own,
            annotations: texts(&pod["metadata"]["annotations"]),
        };
    }
    Route {
        runs,
        contradicts,
        labels,
        annotations,
    }
}

/// Whether the pod or its namespace has a label that routes.
fn by_label(case: &Case, own: &Texts) -> bool {
    let labelled = |labels: &Texts, key: &str, value: &str| labels.get(key).is_some_and(|found| found == value);
    labelled(own, "alibabacloud.com/eci", "true")
        || labelled(own, "eci", "true")
        || labelled(&case.namespace, "alibabacloud.com/eci", "true")
        || labelled(&case.namespace, "eci", "true")
        || labelled(&case.namespace, "virtual-node-affinity-injection", "enabled")
}

/// Where it runs, and labels and annotations of the unit that sends it there.
fn runs(case: &Case, own: &Texts, sent: bool) -> (&'static str, (Texts, Texts)) {
    let spec = &case.pod["spec"];
    let node = spec["nodeName"].as_str();
    let burst = case.pod["metadata"]["annotations"]["alibabacloud.com/burst-resource"].as_str();
    let units = (!case.serverless && nodes::selects(spec)).then(|| nodes::units(&case.policies_of_units, own));
    let accepts = nodes::tolerates(spec) && nodes::selects(spec);
    let nothing = (Texts::new(), Texts::new());
    // The pod was read from an API server, so it is on the node that it names.
    if let Some(name) = node.filter(|_| !case.serverless) {
        let runs = if name.starts_with("virtual-kubelet-") {
            "eci"
        } else {
            "nodes"
        };
        return (runs, nothing);
    }
    if case.serverless || sent || burst == Some("eci_only") {
        return ("eci", nothing);
    }
    if accepts && nodes::insists(spec) {
        return ("eci", nothing);
    }
    if let Some((runs, labels, annotations)) = units.flatten() {
        return (runs, (labels, annotations));
    }
    match burst == Some("eci") || accepts {
        true => ("shortage", nothing),
        false => ("nodes", nothing),
    }
}
