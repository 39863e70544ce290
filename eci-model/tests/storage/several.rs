//! Rules about several objects.

use eci_model::policy::Policies;
use eci_model::storage::{Known, Mount, backings, claims, shared, unknown};
use eci_model::{Edition, Findings, Site};
use serde_json::{Value, json};

use crate::case::{Case, claimed, fires, silent, volume};

/// Objects that are judged together; the first brings the inventory.
struct Together(Vec<Case>);

impl Together {
    fn findings(&self) -> Findings {
        let mounts: Vec<Mount> = self.0.iter().flat_map(mounts).collect();
        let known = self
            .0
            .first()
            .map(|first| Known::of(&first.inventory))
            .unwrap_or_default();
        let policies = Policies::default();
        let mut out = Findings::new();
        claims(&mounts, known, &Site::new(Edition::Ack, &policies), &mut out);
        unknown(&mounts, known, &mut out);
        shared(&mounts, known, &mut out);
        backings(&mounts, known, &mut out);
        out
    }

    fn rules(&self) -> Vec<&'static str> {
        self.findings().iter().map(|finding| finding.rule().name()).collect()
    }
}

fn mounts(case: &Case) -> Vec<Mount> {
    case.object(|object| Mount::of(&object, &object.pod().expect("a pod")))
}

fn one(case: Case) -> Together {
    Together(vec![case])
}

/// The same pod twice, under two names.
fn two(case: Case) -> Together {
    let other = case.clone().change(|it| it.meta["name"] = "other".into());
    Together(vec![case, other])
}

fn essd() -> Case {
    claimed().on_class("alicloud-disk-essd")
}

fn disk(id: &str) -> Case {
    volume(&json!({"flexVolume": {"driver": "alicloud/disk", "options": {"volumeId": id}}}))
}

fn class(parameters: &Value) -> Together {
    one(claimed()
        .class("fast", "diskplugin.csi.alibabacloud.com", parameters)
        .on_class("fast"))
}

fn csi(driver: &str, attributes: &Value) -> Together {
    one(claimed().bound(&json!({"csi": {"driver": driver, "volumeHandle": "v", "volumeAttributes": attributes}})))
}

const NAS: &str = "nasplugin.csi.alibabacloud.com";
const OSS: &str = "ossplugin.csi.alibabacloud.com";

fires! {
    a_claim_nobody_gave: "claim-unknown", one(claimed());
    two_pods_on_a_claim: "disk-multi-attach", two(essd());
    two_pods_on_a_disk: "disk-multi-attach", two(disk("d-1"));
    a_type_of_no_disk: "storage-class-parameters", class(&json!({"type": "cloud_floppy"}));
    a_level_of_no_disk: "storage-class-parameters", class(&json!({"type": "cloud_essd", "performanceLevel": "PL9"}));
    a_size_too_small: "storage-class-parameters", class(&json!({"type": "cloud_essd", "performanceLevel": "PL2"}));
    a_template_too_small: "storage-class-parameters", one(claimed().workload("StatefulSet", 1)
        .class("fast", "diskplugin.csi.alibabacloud.com", &json!({"type": "cloud_efficiency"}))
        .change(|it| it.templates = json!([{"metadata": {"name": "more"},
            "spec": {"storageClassName": "fast", "resources": {"requests": {"storage": "10Gi"}}}}])));
    a_volume_without_server: "nas-options", csi(NAS, &json!({"path": "/"}));
    a_volume_of_a_bucket_nobody_opens: "oss-options", csi(OSS, &json!({"bucket": "b", "url": "u"}));
    keys_in_a_volume: "oss-keys-in-manifest", csi(OSS, &json!({"bucket": "b", "url": "u", "akId": "a", "akSecret": "b"}));
}

silent! {
    a_claim_that_was_given: "claim-unknown", one(essd());
    a_claim_of_an_owned_pod: "claim-unknown", one(claimed().change(|it| {
        it.meta["ownerReferences"] = json!([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "u", "controller": true}]);
    }));
    a_claim_that_is_missing_for_sure: "claim-unknown", one(claimed().complete());
    two_disks: "disk-multi-attach", Together(vec![disk("d-1"), disk("d-2").change(|it| it.meta["name"] = "other".into())]);
    two_namespaces: "disk-multi-attach", Together(vec![essd(), essd().change(|it| it.meta["namespace"] = "other".into())]);
    a_pod_and_its_owner: "disk-multi-attach", Together(vec![essd().workload("Deployment", 1), essd().change(|it| {
        it.meta["ownerReferences"] = json!([{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "u", "controller": true}]);
    })]);
    a_workload_without_pods: "disk-multi-attach", Together(vec![essd(), essd().workload("Deployment", 0)]);
    a_size_that_fits: "storage-class-parameters", class(&json!({"type": "cloud_essd", "performanceLevel": "PL1"}));
    one_of_several_types_fits: "storage-class-parameters", class(&json!({"type": "cloud_essd_x,cloud_essd,cloud_ssd"}));
    no_type_at_all: "storage-class-parameters", class(&json!({}));
    another_driver: "storage-class-parameters", one(claimed().class("nas", NAS, &json!({"type": "x"})).on_class("nas"));
    a_volume_without_path: "nas-options", csi(NAS, &json!({"server": "a.cn-hangzhou.nas.aliyuncs.com"}));
    a_volume_of_a_bucket_with_rrsa: "oss-options", csi(OSS, &json!({"bucket": "b", "url": "u", "authType": "rrsa", "roleName": "r"}));
    a_volume_without_keys: "oss-keys-in-manifest", csi(OSS, &json!({"bucket": "b", "url": "u", "ramRole": "r"}));
}

#[test]
fn a_class_is_told_once_for_all_its_pods() {
    let case = claimed()
        .class("fast", "diskplugin.csi.alibabacloud.com", &json!({"type": "x"}))
        .on_class("fast");
    let told = two(case)
        .rules()
        .iter()
        .filter(|name| **name == "storage-class-parameters")
        .count();
    assert_eq!(told, 1);
}

#[test]
fn what_may_not_run_on_eci_is_told_as_such() {
    let mut mounts = mounts(&claimed());
    for mount in &mut mounts {
        mount.is_certain = false;
    }
    let mut out = Findings::new();
    unknown(&mounts, Known::default(), &mut out);
    assert!(out.iter().all(eci_model::Finding::is_conditional) && !out.is_empty());
}
