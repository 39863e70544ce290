//! Claims, volumes, classes and caches: as facts of the cluster, and among the objects that an auditor is given.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use eci_model::resource::ImageCache;
use eci_model::{Finding, Object};
use eci_sdk::{Cluster, Edition, Observed, Planner};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolumeClaim, Pod, Secret};
use k8s_openapi::api::storage::v1::StorageClass;
use serde_json::{Value, json};

fn read<T: serde::de::DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("an object")
}

fn profile() -> ConfigMap {
    read(json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    }))
}

fn cluster() -> Cluster {
    let mut cluster = Cluster::new(Edition::Ack).in_region("cn-hangzhou".parse().expect("a region"));
    cluster.observe(&profile());
    cluster
}

fn pod(annotations: &Value) -> Pod {
    read(json!({
        "metadata": {"name": "web", "namespace": "shop", "labels": {"alibabacloud.com/eci": "true"}, "annotations": annotations},
        "spec": {"containers": [{"name": "web", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
            "resources": {"limits": {"cpu": "2", "memory": "4Gi"}}}]},
    }))
}

fn names<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<&'static str> {
    findings.into_iter().map(|finding| finding.rule().name()).collect()
}

fn cache(phase: &str) -> ImageCache {
    read(json!({
        "metadata": {"name": "web"}, "spec": {"images": ["registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"]},
        "status": {"phase": phase, "progress": "10%", "imageCacheId": "imc-bp1h5sy5m4ky1jfz1234"},
    }))
}

#[test]
fn an_image_cache_comes_changes_and_goes() {
    let named = pod(&json!({"k8s.aliyun.com/eci-imc-id": "imc-bp1h5sy5m4ky1jfz1234"}));
    let mut cluster = cluster();
    let told = |cluster: &Cluster| names(&Planner::new(cluster.clone()).review(&named).findings);
    assert_eq!(cluster.observe(&cache("Creating")).0, Observed::Changed);
    assert!(told(&cluster).contains(&"image-cache-not-ready"));
    assert_eq!(cluster.observe(&cache("Ready")).0, Observed::Changed);
    assert_eq!(cluster.observe(&cache("Ready")).0, Observed::Same);
    assert!(!told(&cluster).contains(&"image-cache-not-ready"));
    assert_eq!(cluster.forget(&cache("Ready")), Observed::Changed);
    assert_eq!(cluster.images().caches().count(), 0);
}

#[test]
fn of_a_secret_only_names_are_facts() {
    let secret: Secret =
        read(json!({"metadata": {"name": "db", "namespace": "shop"}, "stringData": {"password": "canary-9"}}));
    let mut cluster = cluster();
    assert_eq!(cluster.observe(&secret).0, Observed::Changed);
    assert!(!format!("{cluster:?}").contains("canary-9"));
    assert_eq!(cluster.forget(&secret), Observed::Changed);
}

#[test]
fn a_plan_tells_disk_and_cache() {
    let plan = Planner::new(cluster())
        .plan(&pod(&json!({"k8s.aliyun.com/eci-extra-ephemeral-storage": "20Gi"})))
        .expect("a plan");
    let decided = |name: &str| {
        let decision = plan.decisions().find(|decision| decision.name == name).expect(name);
        decision.value.to_string()
    };
    assert_eq!(decided("disk"), "50 GiB, of which 30 GiB free");
    assert_eq!(decided("caches"), "automatic");
}

/// A workload of several replicas on one disk, by a class of its own that makes none of this size.
fn input() -> (Deployment, PersistentVolumeClaim, StorageClass) {
    let deployment = read(json!({
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"replicas": 2, "selector": {}, "template": {
            "metadata": {"labels": {"app": "web", "alibabacloud.com/eci": "true"}},
            "spec": {"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}],
                "containers": [{"name": "web", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
                    "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                    "resources": {"limits": {"cpu": "2", "memory": "4Gi"}}}]}}},
    }));
    let claim = read(json!({
        "metadata": {"name": "data", "namespace": "shop"},
        "spec": {"storageClassName": "fast", "resources": {"requests": {"storage": "20Gi"}}},
    }));
    let class = read(json!({
        "metadata": {"name": "fast"}, "provisioner": "diskplugin.csi.alibabacloud.com",
        "parameters": {"type": "cloud_essd", "performanceLevel": "PL2"},
    }));
    (deployment, claim, class)
}

fn audited(cluster: Cluster, objects: &[Object<'_>]) -> Vec<String> {
    let mut auditor = Planner::new(cluster).auditor();
    let mut told: Vec<Finding> = Vec::new();
    for object in objects {
        told.extend(auditor.push(*object).findings);
    }
    told.extend(auditor.finish());
    let of_storage = told.iter().filter(|finding| finding.rule().code().number() / 1000 == 6);
    let mut told: Vec<String> = of_storage.map(ToString::to_string).collect();
    told.sort();
    told
}

#[test]
fn the_order_of_objects_does_not_matter_and_facts_count_as_objects() {
    let (deployment, claim, class) = input();
    let [one, two, three] = [Object::from(&deployment), Object::from(&claim), Object::from(&class)];
    let expected = audited(cluster(), &[one, two, three]);
    assert!(expected.iter().any(|line| line.contains("ECI6118")), "{expected:?}");
    assert!(expected.iter().any(|line| line.contains("ECI6134")), "{expected:?}");
    assert_eq!(audited(cluster(), &[three, two, one]), expected);
    assert_eq!(audited(cluster(), &[two, one, three]), expected);
    let mut knowing = cluster();
    knowing.observe(&claim);
    knowing.observe(&class);
    assert_eq!(audited(knowing.clone(), &[one]), expected);
    assert_eq!(audited(knowing, &[one, two, three]), expected, "nothing is told twice");
}

#[test]
fn a_claim_that_comes_later_is_not_unknown() {
    let (deployment, claim, _) = input();
    let told = audited(cluster(), &[Object::from(&deployment)]);
    assert!(told.iter().any(|line| line.contains("ECI6114")), "{told:?}");
    let told = audited(cluster(), &[Object::from(&deployment), Object::from(&claim)]);
    assert!(!told.iter().any(|line| line.contains("ECI6114")), "{told:?}");
}

/// A pod whose disk waits in vain, its claim and its class.
fn waiting() -> (Pod, PersistentVolumeClaim, StorageClass) {
    let mut pod = pod(&json!({}));
    let volumes = json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    pod.spec.get_or_insert_default().volumes = Some(read(volumes));
    let claim = read(json!({
        "metadata": {"name": "data", "namespace": "shop"},
        "spec": {"storageClassName": "late", "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "40Gi"}}},
    }));
    let class = read(json!({
        "metadata": {"name": "late"}, "provisioner": "diskplugin.csi.alibabacloud.com",
        "volumeBindingMode": "WaitForFirstConsumer", "parameters": {"type": "cloud_essd"},
    }));
    (pod, claim, class)
}

#[test]
fn a_disk_that_waits_is_told_once_wherever_claim_and_class_are_known_from() {
    let (pod, claim, class) = waiting();
    let told = |facts: &[Object<'_>], objects: &[Object<'_>]| -> Vec<String> {
        let mut cluster = cluster();
        for fact in facts {
            cluster.observe(*fact);
        }
        let mut auditor = Planner::new(cluster).auditor();
        let mut told: Vec<Finding> = Vec::new();
        for object in objects {
            told.extend(auditor.push(*object).findings);
        }
        told.extend(auditor.finish());
        let waiting = told.iter().filter(|it| it.rule().name() == "wait-for-first-consumer");
        waiting.map(ToString::to_string).collect()
    };
    let [pod, claim, class] = [Object::from(&pod), Object::from(&claim), Object::from(&class)];
    let expected = told(&[], &[pod, claim, class]);
    assert_eq!(expected.len(), 1, "{expected:?}");
    for (facts, objects) in [
        (vec![claim, class], vec![pod]),
        (vec![claim, class], vec![pod, claim, class]),
        (vec![class], vec![pod, claim]),
    ] {
        assert_eq!(
            told(&facts, &objects),
            expected,
            "{} facts, {} objects",
            facts.len(),
            objects.len()
        );
    }
    assert_eq!(told(&[class], &[pod]), [""; 0]);
}

#[test]
fn a_pod_whose_disk_waits_in_vain_has_no_plan() {
    let (pod, claim, class) = waiting();
    let mut cluster = cluster();
    cluster.observe(&claim);
    cluster.observe(&class);
    assert!(Planner::new(cluster).review(&pod).plan.is_none());
}
