//! Rules about the temporary storage and the volumes of a pod.

use eci_model::Edition;
use eci_model::settings::ExtraStorage;
use serde_json::{Value, json};

use crate::case::{Case, IMAGE, claimed, fires, given, image, severities, silent, volume};

const NAS: &str = "0389a1bc-x.cn-hangzhou.nas.aliyuncs.com";

fn requests(amount: &str) -> Case {
    image(IMAGE).container("resources", json!({"requests": {"ephemeral-storage": amount}}))
}

fn extra(case: Case, gib: u32) -> Case {
    case.note("eci-extra-ephemeral-storage", &format!("{gib}Gi"))
        .set(|it| it.extra_storage = given(ExtraStorage(gib)))
}

fn empty_dir(source: &Value) -> Case {
    volume(&json!({"emptyDir": source}))
}

fn shm(source: &Value) -> Case {
    empty_dir(source).container("volumeMounts", json!([{"name": "data", "mountPath": "/dev/shm"}]))
}

fn flex(driver: &str, options: &Value) -> Case {
    volume(&json!({"flexVolume": {"driver": driver, "options": options}}))
}

fn disk(options: &Value) -> Case {
    flex("alicloud/disk", options)
}

fn host_path(path: &str) -> Case {
    volume(&json!({"hostPath": {"path": path}}))
}

fn nfs(path: &str, policy: Option<&str>) -> Case {
    volume(&json!({"nfs": {"server": NAS, "path": path}})).with(
        "securityContext",
        json!({"fsGroup": 1000, "fsGroupChangePolicy": policy}),
    )
}

fn bucket(options: &Value) -> Case {
    let mut all = json!({"bucket": "shop", "url": "oss-cn-hangzhou-internal.aliyuncs.com"});
    for (key, value) in options.as_object().expect("a map") {
        all[key] = value.clone();
    }
    flex("alicloud/oss", &all)
}

fn nas_class() -> Case {
    claimed()
        .class("nas", "nasplugin.csi.alibabacloud.com", &json!({}))
        .on_class("nas")
}

fn env(optional: bool) -> Case {
    let source = json!({"configMapKeyRef": {"name": "settings", "key": "mode", "optional": optional}});
    image(IMAGE)
        .container("env", json!([{"name": "MODE", "valueFrom": source}]))
        .complete()
}

fires! {
    more_than_there_is: "temporary-storage-over", requests("6000Gi");
    a_request_within_what_is_free: "temporary-storage-noop", requests("30Gi");
    both_ways: "temporary-storage-two-ways", extra(requests("50Gi"), 10);
    a_limit_alone: "temporary-storage-limit-ignored",
        image(IMAGE).container("resources", json!({"limits": {"ephemeral-storage": "50Gi"}}));
    volumes_beyond_the_disk: "temporary-storage-tight", empty_dir(&json!({"sizeLimit": "31Gi"}));
    images_beyond_the_disk: "temporary-storage-tight", image(IMAGE).known("16Gi", &[]);
    extra_storage_without_eviction: "full-disk-silent", extra(image(IMAGE), 10).policy("FullDiskAlert", "ExtraStorage");
    a_limit_without_eviction: "full-disk-silent", empty_dir(&json!({"sizeLimit": "5Gi"})).policy("FullDiskAlert", "AnyLimit");
    huge_pages: "empty-dir-medium", empty_dir(&json!({"medium": "HugePages-2Mi"}));
    memory_in_lower_case: "empty-dir-medium", empty_dir(&json!({"medium": "memory"}));
    shared_memory_without_size: "empty-dir-shared-memory", shm(&json!({"medium": "Memory"}));
    a_stateful_set_on_an_empty_dir: "empty-dir-lost-on-restart", empty_dir(&json!({})).workload("StatefulSet", 1);
    a_git_repo: "volume-kind", volume(&json!({"gitRepo": {"repository": "x"}}));
    an_inline_driver: "csi-driver-unknown", volume(&json!({"csi": {"driver": "secrets-store.csi.k8s.io"}}));
    a_class_of_another_driver: "csi-driver-unknown", claimed().class("local", "rancher.io/local-path", &json!({})).on_class("local");
    a_volume_on_a_node: "csi-driver-unknown", claimed().bound(&json!({"hostPath": {"path": "/data"}}));
    an_ephemeral_claim_of_another_driver: "csi-driver-unknown",
        volume(&json!({"ephemeral": {"volumeClaimTemplate": {"spec": {"storageClassName": "local"}}}}))
            .class("local", "rancher.io/local-path", &json!({}));
    log_files_of_the_pod: "volume-without-api-field", volume(&json!({"csi": {"driver": "stdlogplugin.csi.alibabacloud.com"}}));
    a_claim_on_cpfs: "volume-without-api-field",
        claimed().bound(&json!({"csi": {"driver": "bmcpfsplugin.csi.alibabacloud.com", "volumeHandle": "cpfs-1"}}));
    another_flex_driver: "flex-driver-unknown", flex("example.com/lvm", &json!({}));
    an_annotation_of_2021: "disk-volume-annotation", empty_dir(&json!({})).note("eci-set-diskvolume", "data:ext4:40");
    a_bundle_of_certificates: "projected-source",
        volume(&json!({"projected": {"sources": [{"clusterTrustBundle": {"name": "a", "path": "b"}}]}}));
    a_claim_of_an_unknown_class: "claim-unbound", claimed().on_class("fast");
    two_replicas_on_a_disk: "disk-multi-attach", claimed().on_class("alicloud-disk-essd").workload("Deployment", 2);
    two_replicas_on_a_disk_by_id: "disk-multi-attach", disk(&json!({"volumeId": "d-1"})).workload("Deployment", 2);
    nas_that_nobody_makes: "nas-dynamic", nas_class().in_edition(Edition::AckServerless);
    groups_on_a_nas: "fs-group-on-nas", nfs("/data", None);
    groups_on_a_flex_nas: "fs-group-on-nas",
        flex("alicloud/nas", &json!({"server": NAS, "path": "/"})).with("securityContext", json!({"fsGroup": 1}));
    groups_on_a_claimed_nas: "fs-group-on-nas", nas_class().with("securityContext", json!({"fsGroup": 1}));
    neither_disk_nor_size: "flex-disk-options", disk(&json!({}));
    a_small_disk: "flex-disk-options", disk(&json!({"volumeSize": "19"}));
    a_level_of_no_disk: "flex-disk-options", disk(&json!({"volumeSize": "20", "performanceLevel": "PL4"}));
    a_file_system_of_no_disk: "flex-disk-options",
        volume(&json!({"flexVolume": {"driver": "alicloud/disk", "fsType": "btrfs", "options": {"volumeSize": "20"}}}));
    many_tags: "flex-disk-options", disk(&json!({"volumeSize": "20", "tags": "a:b,".repeat(21)}));
    options_beside_a_disk: "flex-disk-options-ignored", disk(&json!({"volumeId": "d-1", "volumeSize": "20"}));
    a_nas_without_server: "nas-options", flex("alicloud/nas", &json!({"path": "/data"}));
    a_nas_without_path: "nas-options", flex("alicloud/nas", &json!({"server": NAS}));
    a_path_that_is_none: "nas-options", nfs("data", Some("OnRootMismatch"));
    an_extreme_nas_outside_share: "nas-options",
        flex("alicloud/nas", &json!({"server": "a.cn-hangzhou.extreme.nas.aliyuncs.com", "path": "/data"}));
    a_bucket_nobody_opens: "oss-options", bucket(&json!({}));
    half_a_key: "oss-options", bucket(&json!({"akId": "example"}));
    a_bucket_without_name: "oss-options", flex("alicloud/oss", &json!({"url": "x", "ramRole": "reader"}));
    keys_for_all_to_read: "oss-keys-in-manifest", bucket(&json!({"akId": "example", "akSecret": "example"}));
    a_data_cache_in_the_making: "data-cache-not-available", host_path("/model").data_cache("/model", "Creating");
    a_data_cache_that_is_not_there: "data-cache-path-unknown", host_path("/other").data_cache("/model", "Available");
    a_config_map_that_is_not_there: "material-missing", env(false);
}

silent! {
    exactly_what_there_is: "temporary-storage-over", requests("5030Gi");
    a_request_beyond_what_is_free: "temporary-storage-noop", requests("31Gi");
    a_request_beside_the_annotation: "temporary-storage-noop", extra(requests("10Gi"), 10);
    the_annotation_alone: "temporary-storage-two-ways", extra(image(IMAGE), 10);
    a_small_request_beside_the_annotation: "temporary-storage-two-ways", extra(requests("30Gi"), 10);
    a_limit_and_a_request: "temporary-storage-limit-ignored",
        image(IMAGE).container("resources", json!({"limits": {"ephemeral-storage": "50Gi"}, "requests": {"ephemeral-storage": "50Gi"}}));
    volumes_that_fit: "temporary-storage-tight", empty_dir(&json!({"sizeLimit": "30Gi"}));
    volumes_that_fit_with_more: "temporary-storage-tight", extra(empty_dir(&json!({"sizeLimit": "40Gi"})), 10);
    volumes_in_memory: "temporary-storage-tight", empty_dir(&json!({"sizeLimit": "40Gi", "medium": "Memory"}));
    images_of_a_named_cache: "temporary-storage-tight", image(IMAGE).known("16Gi", &[]).named_cache();
    alerts_are_off: "full-disk-silent", extra(image(IMAGE), 10);
    eviction_is_on: "full-disk-silent",
        extra(image(IMAGE), 10).policy("FullDiskAlert", "AnyLimit").set(|it| it.eviction = given(true));
    a_limit_alone_is_no_extra: "full-disk-silent", empty_dir(&json!({"sizeLimit": "5Gi"})).policy("FullDiskAlert", "ExtraStorage");
    local_disks: "empty-dir-medium", empty_dir(&json!({"medium": "LocalRaid0"}));
    shared_memory_with_size: "empty-dir-shared-memory", shm(&json!({"medium": "Memory", "sizeLimit": "1Gi"}));
    memory_elsewhere: "empty-dir-shared-memory", empty_dir(&json!({"medium": "Memory"}));
    a_stateful_set_with_claims: "empty-dir-lost-on-restart", empty_dir(&json!({})).workload("StatefulSet", 1)
        .change(|it| it.templates = json!([{"metadata": {"name": "more"}, "spec": {}}]));
    a_deployment_on_an_empty_dir: "empty-dir-lost-on-restart", empty_dir(&json!({})).workload("Deployment", 1);
    a_config_map: "volume-kind", volume(&json!({"configMap": {"name": "a"}}));
    nothing_written_is_an_empty_dir: "volume-kind", volume(&json!({}));
    log_files: "csi-driver-unknown", volume(&json!({"csi": {"driver": "stdlogplugin.csi.alibabacloud.com"}}));
    a_driver_of_no_kind: "volume-without-api-field", volume(&json!({"csi": {"driver": "secrets-store.csi.k8s.io"}}));
    a_claim_on_nas: "volume-without-api-field", nas_class();
    a_stock_class: "csi-driver-unknown", claimed().on_class("alicloud-disk-essd");
    an_nfs_volume: "csi-driver-unknown", claimed().bound(&json!({"nfs": {"server": "a", "path": "/"}}));
    a_claim_that_is_not_known: "csi-driver-unknown", claimed();
    a_flex_driver: "flex-driver-unknown", flex("alicloud/oss", &json!({}));
    no_annotation_of_2021: "disk-volume-annotation", empty_dir(&json!({}));
    a_token: "projected-source", volume(&json!({"projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}));
    a_claim_of_a_known_class: "claim-unbound", claimed().class("fast", "alicloud/disk", &json!({})).on_class("fast");
    a_bound_claim_of_an_unknown_volume: "claim-unbound", claimed().claim(&json!({"volumeName": "gone"}));
    one_replica_on_a_disk: "disk-multi-attach", claimed().on_class("alicloud-disk-essd").workload("Deployment", 1);
    two_replicas_on_a_nas: "disk-multi-attach", nas_class().workload("Deployment", 2);
    a_disk_for_each_replica: "disk-multi-attach", disk(&json!({"volumeSize": "20"})).workload("Deployment", 2);
    nas_in_ack: "nas-dynamic", nas_class();
    a_static_nas: "nas-dynamic", claimed().in_edition(Edition::AckServerless)
        .bound(&json!({"csi": {"driver": "nasplugin.csi.alibabacloud.com", "volumeHandle": "x"}}));
    groups_changed_when_needed: "fs-group-on-nas", nfs("/data", Some("OnRootMismatch"));
    groups_that_are_never_applied: "fs-group-on-nas", nfs("/data", None).policy("FsGroup", "NeverApplied");
    groups_on_a_nas_that_nobody_mounts: "fs-group-on-nas", nfs("/data", None).container("volumeMounts", json!([]));
    groups_on_another_server: "fs-group-on-nas",
        volume(&json!({"nfs": {"server": "10.0.0.9", "path": "/"}})).with("securityContext", json!({"fsGroup": 1}));
    a_disk: "flex-disk-options", disk(&json!({"volumeSize": "20", "performanceLevel": "PL0"}));
    a_disk_by_id: "flex-disk-options", disk(&json!({"volumeId": "d-1"}));
    a_disk_by_id_alone: "flex-disk-options-ignored", disk(&json!({"volumeId": "d-1"}));
    a_nas: "nas-options", flex("alicloud/nas", &json!({"server": NAS, "path": "/data"}));
    a_bucket_with_a_role: "oss-options", bucket(&json!({"ramRole": "reader"}));
    a_bucket_with_a_secret: "oss-options", volume(&json!({"flexVolume": {"driver": "alicloud/oss",
        "secretRef": {"name": "keys"}, "options": {"bucket": "shop", "url": "x"}}}));
    no_keys: "oss-keys-in-manifest", bucket(&json!({"ramRole": "reader"}));
    a_data_cache: "data-cache-not-available", host_path("/model").data_cache("/model", "Available");
    a_data_cache_of_no_known_state: "data-cache-not-available", host_path("/model").data_cache("/model", "?");
    a_path_with_a_slash: "data-cache-path-unknown", host_path("/model/").data_cache("/model", "Available");
    a_path_that_its_own_rule_tells: "data-cache-path-unknown", host_path("model").data_cache("/model", "Available");
    caches_that_are_not_all_known: "data-cache-path-unknown",
        host_path("/model").set(|it| it.data_cache_bucket = given("default".to_owned()));
    materials_that_are_not_all_known: "material-missing", env(false).change(|it| it.inventory.declare_complete(false));
}

severities! {
    memory_in_lower_case_is_a_warning: "empty-dir-medium" Warning, empty_dir(&json!({"medium": "memory"}));
    huge_pages_are_an_error: "empty-dir-medium" Error, empty_dir(&json!({"medium": "HugePages"}));
    a_size_with_its_unit_is_a_warning: "flex-disk-options" Warning, disk(&json!({"volumeSize": "100Gi"}));
    a_size_that_is_none_is_an_error: "flex-disk-options" Error, disk(&json!({"volumeSize": "10Gi"}));
    nas_classes_of_serverless_are_errors: "nas-dynamic" Error, nas_class().in_edition(Edition::AckServerless);
    nas_classes_of_ones_own_cluster_are_warnings: "nas-dynamic" Warning, nas_class().in_edition(Edition::SelfManaged);
    what_is_optional_is_information: "material-missing" Info, env(true);
    what_is_not_is_an_error: "material-missing" Error, env(false);
}

#[test]
fn keys_are_never_printed() {
    let case = bucket(&json!({"akId": "canary-1", "akSecret": "canary-2"}));
    assert!(!format!("{:?}", case.findings()).contains("canary"));
}

#[test]
fn a_key_that_is_not_there_is_named() {
    let settings = k8s_openapi::api::core::v1::ConfigMap {
        metadata: serde_json::from_value(json!({"name": "settings", "namespace": "shop"})).expect("metadata"),
        ..Default::default()
    };
    let case = env(false).change(|it| it.inventory.observe(eci_model::Object::from(&settings)));
    let findings = case.findings();
    let finding = findings.iter().next().expect("it fires");
    assert_eq!(finding.title(), "ConfigMap `settings` has no key `mode`");
}
