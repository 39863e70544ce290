//! Facts come in by one door, the last good one stays in force, and what is no fact never takes a finding away.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

use std::sync::{Arc, RwLock};

use eci_model::resource;
use eci_sdk::{Cluster, Edition, Findings, Observed, Planner, Severity};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod, Service};
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
        ["vnode-selector-priority-tie"]
    );
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
        json!({"alibabacloud.com/burst-resource": "eci"}),
    ]);
    let spec = prop::sample::select(vec![
        json!({"hostNetwork": true}),
        json!({"tolerations": [{"operator": "Exists"}]}),
        json!({"nodeName": "virtual-kubelet-cn-hangzhou-h"}),
        json!({"nodeSelector": {"type": "ssd"}}),
        json!({"volumes": [{"name": "v", "hostPath": {"path": "/x"}}]}),
    ]);
    let template = (labels, annotations, spec).prop_map(|(labels, annotations, mut spec)| {
        spec["containers"] = json!([{"name": "main", "image": "nginx"}]);
        json!({"metadata": {"labels": labels, "annotations": annotations}, "spec": spec})
    });
    let namespace = prop::sample::select(vec!["shop", "data"]);
    (0_u8..3, "[a-d]", namespace, template).prop_map(|(kind, name, namespace, template)| match kind {
        0 => {
            let mut pod = template;
            (pod["kind"], pod["metadata"]["name"], pod["metadata"]["namespace"]) = (json!("Pod"), name.into(), namespace.into());
            pod
        }
        1 => json!({"kind": "Deployment", "metadata": {"name": name, "namespace": namespace, "labels": {"alibabacloud.com/eci": "true"}},
            "spec": {"replicas": 2, "selector": {}, "template": template}}),
        _ => json!({"kind": "Service", "metadata": {"name": name, "namespace": namespace},
            "spec": {"type": "NodePort", "selector": {"app": "web"}, "ports": [{"port": 80}]}}),
    })
}

/// Rule and place of everything that is told.
fn told(objects: &[Value], edition: Edition) -> Vec<(&'static str, String)> {
    let mut cluster = Cluster::new(edition);
    cluster.observe(&lettered("1"));
    let namespace: Namespace = of(json!({"metadata": {"name": "shop"}}));
    cluster.observe(&namespace);
    let mut auditor = Planner::new(cluster).auditor();
    let mut findings = Findings::new();
    for (index, object) in objects.iter().enumerate() {
        // No two objects of a cluster have one name.
        let mut object = object.clone();
        object["metadata"]["name"] = format!("o{index}").into();
        let review = match object["kind"].as_str() {
            Some("Pod") => auditor.push(&of::<Pod>(object.clone())),
            Some("Deployment") => auditor.push(&of::<Deployment>(object.clone())),
            _ => auditor.push(&of::<Service>(object.clone())),
        };
        findings.extend(review.findings);
    }
    findings.extend(auditor.finish());
    // These are about all pods of the input together: that none is selected, or that each one is refused.
    let of_input = |finding: &&eci_sdk::Finding| match finding.rule().name() {
        "profile-selector-dead" | "service-of-refused-pods" => true,
        "node-port-service" => finding.severity() == Severity::Info,
        _ => false,
    };
    let findings = findings.iter().filter(|finding| !of_input(finding));
    findings
        .map(|finding| (finding.rule().name(), finding.place().to_string()))
        .collect()
}

proptest! {
    #[test]
    fn an_object_that_is_no_fact_takes_no_finding_away(
        objects in prop::collection::vec(plain(), 1..5), added in plain(),
        edition in prop::sample::select(Edition::ALL.to_vec()),
    ) {
        let before = told(&objects, edition);
        let mut more = objects;
        more.push(added);
        let after = told(&more, edition);
        for finding in before {
            prop_assert!(after.contains(&finding), "{finding:?} is gone");
        }
    }
}
