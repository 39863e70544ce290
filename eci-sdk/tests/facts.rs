//! Facts come in by one door, the last good one stays in force, and what is no fact never takes a finding away.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

use std::sync::{Arc, RwLock};

use eci_model::resource;
use eci_sdk::{Cluster, Edition, FactsDocument, Findings, Observed, Planner, Severity};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, PersistentVolumeClaim, Pod, Service};
use k8s_openapi::api::networking::v1::NetworkPolicy;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("an object")
}

fn profile(data: Value) -> ConfigMap {
    of(json!({"metadata": {"name": "eci-profile", "namespace": "kube-system"}, "data": data}))
}

/// A profile whose vSwitch and whose injected annotation carry the same letter.
fn lettered(letter: &str) -> ConfigMap {
    let selectors = json!([{"name": letter, "objectSelector": {"matchLabels": {"tier": "burst"}},
        "effect": {"annotations": {"k8s.aliyun.com/eci-ntp-server": format!("10.0.0.{letter}")}}}]);
    profile(
        json!({"vSwitchIds": format!("vsw-bp1xpiowfm5vo8o3c000{letter}"), "securityGroupId": "sg-bp15ed6xe1yxeycg7o22",
        "selectors": selectors.to_string()}),
    )
}

fn names(findings: &Findings) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule().name()).collect()
}

fn burst() -> Pod {
    of(
        json!({"metadata": {"name": "web", "namespace": "shop", "labels": {"tier": "burst"}},
        "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}),
    )
}

#[test]
fn the_last_good_profile_stays_and_a_good_one_counts_at_once() {
    let mut cluster = Cluster::new(Edition::Ack);
    assert_eq!(cluster.observe(&lettered("1")).0, Observed::Changed);
    assert_eq!(cluster.observe(&lettered("1")).0, Observed::Same);
    let (observed, findings) = cluster.observe(&profile(json!({"selectors": "[{\"name\": \"x\"},]"})));
    assert_eq!(
        (observed, names(&findings)),
        (Observed::Refused, vec!["profile-selectors-syntax"])
    );
    let routing = |cluster: &Cluster| {
        Planner::new(cluster.clone())
            .review(&burst())
            .routing
            .map(|it| it.to_string())
    };
    assert_eq!(routing(&cluster).as_deref(), Some("ECI, eci-profile selector `1`"));
    assert_eq!(cluster.observe(&lettered("2")).0, Observed::Changed);
    assert_eq!(routing(&cluster).as_deref(), Some("ECI, eci-profile selector `2`"));
    assert_eq!(cluster.forget(&lettered("2")), Observed::Changed);
    assert_eq!(cluster.forget(&lettered("2")), Observed::Same);
}

#[test]
fn the_last_good_selector_and_policy_stay() {
    let selector = |policy: Value| -> resource::Selector {
        of(json!({"metadata": {"name": "s"}, "spec": {"objectLabels": {}, "effect": {}, "policy": policy}}))
    };
    let mut cluster = Cluster::new(Edition::SelfManaged);
    assert_eq!(cluster.observe(&selector(json!({"fair": {}}))).0, Observed::Changed);
    let (observed, findings) = cluster.observe(&selector(json!({})));
    assert_eq!(
        (observed, names(&findings)),
        (Observed::Refused, vec!["vnode-selector-policy"])
    );
    assert_eq!(cluster.vnode_selectors().iter().count(), 1);
    assert_eq!(cluster.forget(&selector(json!({}))), Observed::Changed);
    assert!(cluster.vnode_selectors().is_empty());

    let policy = |strategy: &str| -> resource::ResourcePolicy {
        of(
            json!({"metadata": {"name": "p", "namespace": "shop"}, "spec": {"strategy": strategy, "units": [{"resource": "eci"}]}}),
        )
    };
    let mut cluster = Cluster::new(Edition::Ack);
    assert_eq!(cluster.observe(&policy("prefer")).0, Observed::Changed);
    assert_eq!(cluster.observe(&policy("balance")).0, Observed::Refused);
    assert_eq!(cluster.resource_policies().selecting("shop", None).count(), 1);
}

#[test]
fn an_injected_value_that_is_bad_is_told_once_on_the_profile() {
    let selectors = json!([{"name": "burst", "objectSelector": {"matchLabels": {"tier": "burst"}},
        "effect": {"annotations": {"k8s.aliyun.com/eci-use-specs": "2x4"}}}]);
    let mut cluster = Cluster::new(Edition::Ack);
    let (observed, findings) = cluster.observe(&profile(json!({"selectors": selectors.to_string()})));
    assert_eq!(
        (observed, names(&findings)),
        (Observed::Changed, vec!["profile-effect-annotation"])
    );
    let finding = findings.iter().next().expect("told");
    let (start, end) = finding.place().within.expect("marked");
    let text = selectors.to_string();
    let byte = |byte: u32| usize::try_from(byte).expect("small");
    assert_eq!(&text[byte(start)..byte(end)], "2x4");

    let planner = Planner::new(cluster);
    // A program that judges one pod hears of it with the pod, many pods together only once.
    assert!(planner.review(&burst()).findings.has_errors());
    let mut auditor = planner.auditor();
    let told = auditor.push(&burst()).findings;
    assert!(!names(&told).contains(&"annotation-bad-value"), "{told:?}");
}

#[test]
fn selectors_that_nothing_meets_and_ties_are_told_at_the_end() {
    let mut cluster = Cluster::new(Edition::Ack);
    cluster.observe(&lettered("1"));
    let other: Pod = of(json!({"metadata": {"name": "api", "namespace": "shop"}}));
    let finish = |pods: &[&Pod], cluster: &Cluster| {
        let mut auditor = Planner::new(cluster.clone()).auditor();
        for pod in pods {
            auditor.push(*pod);
        }
        auditor.finish()
    };
    assert_eq!(names(&finish(&[&other], &cluster)), ["profile-selector-dead"]);
    assert!(finish(&[&other, &burst()], &cluster).is_empty());
    assert!(finish(&[], &cluster).is_empty());

    let mut cluster = Cluster::new(Edition::SelfManaged);
    for name in ["a", "b"] {
        let selector: resource::Selector =
            of(json!({"metadata": {"name": name}, "spec": {"objectLabels": {}, "effect": {}, "policy": {"fair": {}}}}));
        cluster.observe(&selector);
    }
    assert_eq!(
        names(&finish(&[&other, &burst()], &cluster)),
        ["vnode-billed", "vnode-selector-priority-tie"]
    );
}

#[test]
fn an_elastic_resource_conflicts_with_a_policy_that_selects_pods_of_its_namespace() {
    let policy = |selector: Value| -> resource::ResourcePolicy {
        of(json!({"metadata": {"name": "p", "namespace": "shop"},
            "spec": {"selector": selector, "strategy": "prefer", "units": [{"resource": "ecs"}, {"resource": "eci"}]}}))
    };
    let elastic = |namespace: &str| -> resource::ElasticResource {
        of(json!({"metadata": {"name": "e", "namespace": namespace}, "spec": {"anything": 1}}))
    };
    for (selector, namespace, conflicts) in [
        (json!({"tier": "burst"}), "shop", true),
        (json!({"tier": "burst"}), "data", false),
        (json!({"tier": "calm"}), "shop", false),
    ] {
        let mut cluster = Cluster::new(Edition::Ack);
        let shop: Namespace = of(json!({"metadata": {"name": "shop"}}));
        cluster.observe(&shop);
        cluster.observe(&policy(selector));
        assert_eq!(cluster.observe(&elastic(namespace)).0, Observed::Changed);
        assert_eq!(cluster.observe(&elastic(namespace)).0, Observed::Same);
        let mut auditor = Planner::new(cluster.clone()).auditor();
        auditor.push(&burst());
        auditor.push(&burst());
        let findings = auditor.finish();
        let titles: Vec<&str> = findings.iter().map(eci_sdk::Finding::title).collect();
        let expected: &[&str] = &["ResourcePolicy `p` of the same namespace selects 2 pods"];
        assert_eq!(titles, if conflicts { expected } else { &[] });
        assert_eq!(cluster.forget(&elastic(namespace)), Observed::Changed);
        assert_eq!(Planner::new(cluster).auditor().finish().iter().count(), 0);
    }
}

#[test]
fn readers_see_one_state_or_the_other_while_clusters_are_swapped() {
    const SWAPS: usize = 300;
    const READS: usize = 300;
    let mut first = Cluster::new(Edition::Ack).in_region("cn-hangzhou".parse().expect("a region"));
    first.observe(&lettered("1"));
    let current = RwLock::new(Arc::new(Planner::new(first)));
    let taken = || Arc::clone(&current.read().expect("no reader panics"));
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let (current, taken) = (&current, &taken);
            scope.spawn(move || {
                for swap in 0..SWAPS {
                    let planner = taken();
                    let mut cluster = planner.cluster().clone();
                    let letter = ((swap + writer) % 9 + 1).to_string();
                    let (observed, _) = cluster.observe(&profile(json!({"selectors": "[,]"})));
                    assert_eq!(observed, Observed::Refused);
                    cluster.observe(&lettered(&letter));
                    let namespace: Namespace = of(json!({"metadata": {"name": format!("n{swap}")}}));
                    cluster.observe(&namespace);
                    *current.write().expect("no writer panics") = Arc::new(planner.with_cluster(cluster));
                }
            });
        }
        for _ in 0..4 {
            scope.spawn(|| {
                let pod = burst();
                for _ in 0..READS {
                    let plan = taken().plan(&pod).expect("a plan in every state");
                    let routing = plan.routing().to_string();
                    let letter = routing.trim_end_matches('`').chars().last().expect("a selector");
                    let vswitches = plan.vswitches().value().to_string();
                    assert!(vswitches.ends_with(letter), "{routing} and {vswitches}");
                    let request = plan.draft().request();
                    let ntp = request.ntp_server.first().map(String::as_str);
                    assert!(ntp.is_none_or(|ntp| ntp.ends_with(letter)), "{routing} and {ntp:?}");
                }
            });
        }
    });
}

/// Objects that are no facts; many of them have findings.
fn plain() -> impl Strategy<Value = Value> {
    let labels = prop::sample::select(vec![
        json!({}),
        json!({"tier": "burst"}),
        json!({"app": "web", "alibabacloud.com/eci": "true"}),
        json!({"alibabacloud.com/eci": "yes", "app": "web"}),
        json!({"eci": "true", "app": "db"}),
    ]);
    let annotations = prop::sample::select(vec![
        json!({}),
        json!({"k8s.aliyun.com/eci-use-spec": "2-4Gi"}),
        json!({"k8s.aliyun.com/eci-use-specs": "2x4"}),
        json!({"k8s.aliyun.com/eci-use-specs": "4-8Gi"}),
        json!({"k8s.aliyun.com/eci-eip-instanceid": "eip-bp1q5n8cq4p7f6dzu0001"}),
        json!({"alibabacloud.com/burst-resource": "eci"}),
        json!({"k8s.aliyun.com/eci-spot-strategy": "SpotAsPriceGo", "k8s.aliyun.com/eci-spot-release-strategy": "api-evict"}),
    ]);
    let spec = prop::sample::select(vec![
        json!({"hostNetwork": true}),
        json!({"tolerations": [{"operator": "Exists"}]}),
        json!({"nodeName": "virtual-kubelet-cn-hangzhou-h"}),
        json!({"nodeSelector": {"type": "ssd"}}),
        json!({"volumes": [{"name": "v", "hostPath": {"path": "/x"}}]}),
        json!({"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]}),
    ]);
    let ports = prop::sample::select(vec![json!([]), json!([{"containerPort": 80}])]);
    let template = (labels, annotations, spec, ports).prop_map(|(labels, annotations, mut spec, ports)| {
        spec["containers"] = json!([{"name": "main", "image": "nginx", "ports": ports}]);
        json!({"metadata": {"labels": labels, "annotations": annotations}, "spec": spec})
    });
    let namespace = prop::sample::select(vec!["shop", "data"]);
    (0_u8..7, namespace, template).prop_map(|(kind, namespace, template)| {
        let meta = json!({"namespace": namespace});
        let selected = json!({"matchLabels": {"app": "web"}});
        match kind {
            0 => {
                let mut pod = template;
                (pod["kind"], pod["metadata"]["namespace"]) = (json!("Pod"), namespace.into());
                pod
            }
            1 => json!({"kind": "Deployment",
                "metadata": {"namespace": namespace, "labels": {"alibabacloud.com/eci": "true"}},
                "spec": {"replicas": 2, "selector": {}, "template": template}}),
            2 => json!({"kind": "Service", "metadata": meta,
                "spec": {"type": "NodePort", "selector": {"app": "web"}, "ports": [{"port": 80}]}}),
            3 => json!({"kind": "PersistentVolumeClaim", "metadata": meta, "spec": {"storageClassName": "alicloud-disk-essd",
                "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "20Gi"}}}}),
            4 => json!({"kind": "PodDisruptionBudget", "metadata": meta, "spec": {"minAvailable": 1, "selector": selected}}),
            5 => json!({"kind": "HorizontalPodAutoscaler", "metadata": meta, "spec": {"maxReplicas": 9,
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "o0"},
                "metrics": [{"type": "Resource", "resource": {"name": "cpu",
                    "target": {"type": "Utilization", "averageUtilization": 60}}}]}}),
            _ => json!({"kind": "NetworkPolicy", "metadata": meta, "spec": {"podSelector": selected}}),
        }
    })
}

/// A finding as the law sees it.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    rule: &'static str,
    place: String,
    object: String,
    severity: Severity,
}

/// The object in the position `index` of an input: no two have one name, but claims have the one that pods mount.
fn placed(object: &Value, index: usize) -> Value {
    let mut object = object.clone();
    let is_claim = object["kind"] == "PersistentVolumeClaim";
    object["metadata"]["name"] = if is_claim {
        "data".to_owned()
    } else {
        format!("o{index}")
    }
    .into();
    object
}

/// Everything that is told of an input.
fn told(objects: &[Value], edition: Edition) -> Vec<Told> {
    let mut cluster = Cluster::new(edition);
    cluster.observe(&lettered("1"));
    let facts: FactsDocument = of(json!({"quotas": {"vcpu": 5}, "vswitches": [
        {"id": "vsw-bp1xpiowfm5vo8o3c0001", "zone": "cn-hangzhou-h", "cidr": "10.0.0.0/28", "used": 9}]}));
    cluster.learn(&facts).expect("facts");
    let namespace: Namespace = of(json!({"metadata": {"name": "shop"}}));
    cluster.observe(&namespace);
    let mut auditor = Planner::new(cluster).auditor();
    let mut findings = Findings::new();
    for (index, object) in objects.iter().enumerate() {
        let object = placed(object, index);
        let review = match object["kind"].as_str() {
            Some("Pod") => auditor.push(&of::<Pod>(object)),
            Some("Deployment") => auditor.push(&of::<Deployment>(object)),
            Some("Service") => auditor.push(&of::<Service>(object)),
            Some("PersistentVolumeClaim") => auditor.push(&of::<PersistentVolumeClaim>(object)),
            Some("PodDisruptionBudget") => auditor.push(&of::<PodDisruptionBudget>(object)),
            Some("HorizontalPodAutoscaler") => auditor.push(&of::<HorizontalPodAutoscaler>(object)),
            _ => auditor.push(&of::<NetworkPolicy>(object)),
        };
        findings.extend(review.findings);
    }
    findings.extend(auditor.finish());
    let told = |finding: &eci_sdk::Finding| Told {
        rule: finding.rule().name(),
        place: finding.place().to_string(),
        object: finding.place().object.to_string(),
        severity: finding.severity(),
    };
    findings.iter().map(told).collect()
}

/// Whether the added object is the very thing whose absence a finding told of, so that the finding is answered, not hidden.
///
/// These rules say "none of the input does", as the catalogue words them; an object that does makes the sentence untrue.
fn answers(added: &Value, finding: &Told) -> bool {
    let pod = if added["kind"] == "Deployment" {
        &added["spec"]["template"]
    } else {
        added
    };
    let is_selected = pod["metadata"]["labels"]["app"] == "web";
    match (finding.rule, finding.severity) {
        ("profile-selector-dead", _) => pod["metadata"]["labels"]["tier"] == "burst",
        ("node-port-service", Severity::Info) => is_selected,
        ("service-port-without-container", _) => {
            is_selected && pod["spec"]["containers"][0]["ports"][0]["containerPort"] == 80
        }
        ("eviction-blocked", _) => is_selected,
        ("claim-unknown", _) => added["kind"] == "PersistentVolumeClaim",
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// A fact is a Namespace, a profile, a Selector or a ResourcePolicy. Nothing else takes a finding from another object, unless it is what
    /// the finding missed. A finding about a sum (vCPU, addresses) stands on the object that adds most: a larger one, or one that an
    /// autoscaler makes larger, may take it over, and an error may follow a warning.
    #[test]
    fn an_object_that_is_no_fact_takes_no_finding_away(
        objects in prop::collection::vec(plain(), 1..5), added in plain(),
        edition in prop::sample::select(Edition::ALL.to_vec()),
    ) {
        let before = told(&objects, edition);
        let mut more = objects;
        more.push(added);
        let after = told(&more, edition);
        let added = placed(&more[more.len() - 1], more.len() - 1);
        let name = format!("/{}", added["metadata"]["name"].as_str().unwrap_or_default());
        for finding in before {
            let stays = |other: &Told| other.rule == finding.rule && other.place == finding.place;
            let is_sum = |told: &Told| SUMS.contains(&told.rule);
            // An autoscaler adds to the Deployment that it scales.
            let grows = |other: &Told| added["kind"] == "HorizontalPodAutoscaler" && other.object.ends_with("/o0");
            let takes_over = |other: &Told| {
                let may = other.object == finding.object || other.object.ends_with(&name) || grows(other);
                is_sum(&finding) && is_sum(other) && may
            };
            let is_told = after.iter().any(|other| stays(other) || takes_over(other));
            prop_assert!(is_told || answers(&added, &finding), "{finding:?} is gone");
        }
    }
}

/// Rules about what all objects need together.
const SUMS: &[&str] = &["quota-vcpu", "address-space", "address-space-low"];

#[test]
fn pods_are_planned_where_eci_profile_is_not_known() {
    let pod = burst();
    let plan = Planner::new(Cluster::new(Edition::Ack))
        .assume_bound(true)
        .plan(&pod)
        .expect("nothing refuses it");
    assert!(plan.price().is_some());
    assert!(plan.vswitches().value().is_empty());
    assert_eq!(
        plan.vswitches().origin().to_string(),
        "not known: eci-profile is not among the facts"
    );
    assert_eq!(plan.draft().request().vswitch_id, None);
}
