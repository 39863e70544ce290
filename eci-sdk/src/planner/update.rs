//! Updates of pods that exist: what changes, and does nothing until the pod is created again.

use eci_annotations::changed_on_live_pod;
use eci_model::{EffectivePod, Finding, Findings, List, Object, PodView, SecurityGroupId, limits};
use eci_network::security_groups_changed;
use eci_profile::{Routing, route};

use super::{Inner, Review, stages};
use crate::cluster::Cluster;

/// The review of the wanted object and, of a pod that may run on ECI, what the update changes in vain.
pub(super) fn review(inner: &Inner, stored: Object<'_>, wanted: Object<'_>) -> Review {
    let mut review = stages::review(inner, wanted, inner.plans);
    if let (Object::Pod(before), Object::Pod(after)) = (stored, wanted)
        && is_same(&stored, &wanted)
        && let (Some(before_view), Some(after_view)) = (stored.pod(), wanted.pod())
        && let Some(is_certain) = runs_on_eci(inner, &stored, &before_view)
    {
        let mut found = Findings::new();
        changed_on_live_pod(stored.meta().annotations.as_ref(), &after_view, &mut found);
        let groups = [&before_view, &after_view].map(|view| security_groups(&inner.cluster, view));
        if let [Some(before), Some(after)] = &groups {
            security_groups_changed(&after_view, before, after, &mut found);
        }
        limits::changed(before, after, &mut found);
        let told = |finding| {
            if is_certain {
                finding
            } else {
                Finding::conditional(finding)
            }
        };
        review.findings.extend(found.into_iter().map(told));
    }
    review
}

/// Another UID is another pod of the same name, created and not updated.
fn is_same(stored: &Object<'_>, wanted: &Object<'_>) -> bool {
    let differ =
        |before: &Option<String>, after: &Option<String>| before.is_some() && after.is_some() && before != after;
    stored.name() == wanted.name()
        && stored.namespace() == wanted.namespace()
        && !differ(&stored.meta().uid, &wanted.meta().uid)
}

/// Whether the stored pod certainly runs on ECI; `None` when it does not. Where a pod runs was decided when it was created, so labels of
/// the wanted one say nothing about it.
fn runs_on_eci(inner: &Inner, stored: &Object<'_>, view: &PodView<'_>) -> Option<bool> {
    if limits::is_of_daemon_set(stored) {
        return None;
    }
    let facts = inner.cluster.route_facts(view.namespace());
    let route = route(view, &facts);
    match route.routing() {
        Routing::NotEci { .. } => inner.assume_bound.then_some(false),
        routing => Some(matches!(routing, Routing::Eci { .. }) && !inner.assume_bound),
    }
}

/// The security groups of a pod by every layer; what is wrong with them is told by its review.
fn security_groups(cluster: &Cluster, view: &PodView<'_>) -> Option<List<SecurityGroupId>> {
    let facts = cluster.route_facts(view.namespace());
    let route = route(view, &facts);
    let injection = route.injection(&facts);
    let meta = view.meta();
    let annotations = injection.annotations_of(meta.and_then(|meta| meta.annotations.as_ref()));
    let labels = injection.labels_of(meta.and_then(|meta| meta.labels.as_ref()));
    let site = cluster.site(true);
    let mut told = Findings::new();
    let settings = eci_annotations::read(view, annotations, &site, &mut told);
    let pod = EffectivePod::new(*view, labels, annotations, &settings);
    let namespace = cluster.namespace_labels(view.namespace());
    let network = eci_network::resolve(&pod, namespace, &stages::facts(cluster), &site, &mut told);
    network.security_groups.map(|groups| groups.value().clone())
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::apps::v1::Deployment;
    use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};
    use serde_json::json;

    use crate::{Cluster, Edition, Planner};

    const ABOUT_UPDATES: [&str; 3] = [
        "annotation-changed-on-live-pod",
        "security-group-change",
        "live-pod-change",
    ];

    fn planner() -> Planner {
        let profile: ConfigMap = serde_json::from_value(json!({
            "metadata": {"name": "eci-profile", "namespace": "kube-system"},
            "data": {"vSwitchIds": "vsw-1", "securityGroupId": "sg-1"},
        }))
        .expect("a ConfigMap");
        let namespace = serde_json::from_value(json!({"metadata": {"name": "shop"}}));
        let namespace: Namespace = namespace.expect("a Namespace");
        let mut cluster = Cluster::new(Edition::Ack);
        cluster.observe(&profile);
        cluster.observe(&namespace);
        Planner::new(cluster)
    }

    fn pod(label: &str, annotations: &serde_json::Value, seconds: u32, image: &str) -> Pod {
        serde_json::from_value(json!({
            "metadata": {"name": "web", "namespace": "shop", "uid": "u-1",
                         "labels": {"alibabacloud.com/eci": label}, "annotations": annotations},
            "spec": {"activeDeadlineSeconds": seconds, "containers": [{"name": "main", "image": image}]},
        }))
        .expect("a pod")
    }

    fn told(stored: &Pod, wanted: &Pod) -> Vec<&'static str> {
        let findings = planner().review_update(stored, wanted).findings;
        let names = findings.iter().map(|finding| finding.rule().name());
        names.filter(|name| ABOUT_UPDATES.contains(name)).collect()
    }

    #[test]
    fn every_rule_about_updates_is_run() {
        let stored = pod("true", &json!({}), 60, "shop/web:1");
        let changed = json!({"k8s.aliyun.com/eci-security-group": "sg-2", "k8s.aliyun.com/eci-use-specs": "2-4Gi"});
        assert_eq!(told(&stored, &pod("true", &changed, 90, "shop/web:1")), ABOUT_UPDATES);
        assert_eq!(told(&stored, &pod("true", &json!({}), 60, "shop/web:2")), [""; 0]);
    }

    #[test]
    fn groups_are_compared_where_other_errors_leave_no_plan() {
        let host = |annotations: &serde_json::Value| {
            let mut pod = pod("true", annotations, 60, "shop/web:1");
            pod.spec.get_or_insert_default().host_network = Some(true);
            pod
        };
        let (stored, wanted) = (
            host(&json!({})),
            host(&json!({"k8s.aliyun.com/eci-security-group": "sg-2"})),
        );
        assert!(planner().review_update(&stored, &wanted).plan.is_none());
        assert!(told(&stored, &wanted).contains(&"security-group-change"));
    }

    #[test]
    fn the_stored_pod_decides_whether_it_runs_on_eci() {
        let specs = json!({"k8s.aliyun.com/eci-use-specs": "2-4Gi"});
        let of = |label: &str, annotations: &serde_json::Value| pod(label, annotations, 60, "shop/web:1");
        assert_eq!(
            told(&of("true", &json!({})), &of("false", &specs)),
            ["annotation-changed-on-live-pod"]
        );
        assert_eq!(told(&of("false", &json!({})), &of("true", &specs)), [""; 0]);
    }

    #[test]
    fn another_uid_and_a_template_are_no_updates_of_a_pod() {
        let stored = pod("true", &json!({}), 60, "shop/web:1");
        let mut wanted = pod("true", &json!({}), 90, "shop/web:1");
        assert_eq!(told(&stored, &wanted), ["live-pod-change"]);
        wanted.metadata.uid = Some("u-2".to_owned());
        assert_eq!(told(&stored, &wanted), [""; 0]);

        let deployment = |seconds: u32| -> Deployment {
            let template = serde_json::to_value(pod("true", &json!({}), seconds, "shop/web:1")).expect("JSON");
            serde_json::from_value(json!({
                "metadata": {"name": "web", "namespace": "shop"},
                "spec": {"selector": {}, "template": template},
            }))
            .expect("a Deployment")
        };
        let findings = planner().review_update(&deployment(60), &deployment(90)).findings;
        let names: Vec<&str> = findings.iter().map(|finding| finding.rule().name()).collect();
        assert!(!names.iter().any(|name| ABOUT_UPDATES.contains(name)), "{names:?}");
    }
}
