//! Volumes: every kind, and what claims lead to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use eci_sdk::Completion;
use serde_json::{Value as Json, json};

use crate::case::{Case, case};

fn volume(source: &Json) -> Case {
    let mut volume = json!({"name": "v"});
    crate::case::extend(&mut volume, source);
    case(
        &json!({"volumeMounts": [{"name": "v", "mountPath": "/v"}]}),
        &json!({"volumes": [volume]}),
    )
}

fn sent(case: &Case) -> Vec<String> {
    let mut sent = case.below("Volume.1");
    sent.retain(|line| line != "Name=v");
    sent
}

/// Path, mode and content of the files.
fn files(case: &Case) -> Vec<(String, Option<String>, String)> {
    let wire = case.wire();
    let value = |name: String| {
        wire.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    };
    let one = |index: usize| {
        let prefix = format!("Volume.1.ConfigFileVolume.ConfigFileToPath.{index}");
        let content = STANDARD.decode(value(format!("{prefix}.Content"))?).expect("base64");
        let content = String::from_utf8_lossy(&content).into_owned();
        Some((
            value(format!("{prefix}.Path"))?,
            value(format!("{prefix}.Mode")),
            content,
        ))
    };
    (1..).map_while(one).collect()
}

fn file(path: &str, mode: Option<&str>, content: &str) -> (String, Option<String>, String) {
    (path.to_owned(), mode.map(ToOwned::to_owned), content.to_owned())
}

#[test]
fn scratch_space_on_disk_in_memory_and_on_local_disks() {
    assert_eq!(sent(&volume(&json!({"emptyDir": {}}))), ["Type=EmptyDirVolume"]);
    assert_eq!(
        sent(&volume(
            &json!({"emptyDir": {"medium": "Memory", "sizeLimit": "256Mi"}})
        )),
        [
            "EmptyDirVolume.Medium=Memory",
            "EmptyDirVolume.SizeLimit=256Mi",
            "Type=EmptyDirVolume"
        ]
    );
    let local = volume(&json!({"emptyDir": {"medium": "LocalRaid0"}})).annotation("eci-use-specs", "ecs.i3.xlarge");
    assert_eq!(
        local.value("Volume.1.EmptyDirVolume.Medium").as_deref(),
        Some("LocalRaid0")
    );
}

#[test]
fn nfs_and_flex_volumes_are_sent_as_they_are() {
    assert_eq!(
        sent(&volume(
            &json!({"nfs": {"server": "nas.example", "path": "/share", "readOnly": true}})
        )),
        [
            "NFSVolume.Path=/share",
            "NFSVolume.ReadOnly=true",
            "NFSVolume.Server=nas.example",
            "Type=NFSVolume"
        ]
    );
    let disk = json!({"flexVolume": {"driver": "alicloud/disk", "fsType": "ext4", "options": {"volumeId": "d-bp1"}}});
    assert_eq!(
        sent(&volume(&disk)),
        [
            "FlexVolume.Driver=alicloud/disk",
            "FlexVolume.FsType=ext4",
            r#"FlexVolume.Options={"volumeId":"d-bp1"}"#,
            "Type=FlexVolume"
        ]
    );
}

#[test]
fn keys_of_a_flex_volume_come_from_its_secret() {
    let bucket = json!({"flexVolume": {"driver": "alicloud/oss", "options": {"bucket": "b", "url": "oss-cn-hangzhou.aliyuncs.com"},
        "secretRef": {"name": "keys"}}});
    let case = volume(&bucket).secret("keys", &json!({"akId": "id", "akSecret": "hush"}));
    assert_eq!(
        case.value("Volume.1.FlexVolume.Options").as_deref(),
        Some(r#"{"akId":"id","akSecret":"hush","bucket":"b","url":"oss-cn-hangzhou.aliyuncs.com"}"#)
    );
    assert!(volume(&bucket).rejected()[0].contains("spec.volumes[0].flexVolume.secretRef"));
}

#[test]
fn a_path_of_a_data_cache() {
    let case = volume(&json!({"hostPath": {"path": "/model/ms/"}})).annotation("eci-data-cache-bucket", "default");
    assert_eq!(sent(&case), ["HostPathVolume.Path=/model/ms/", "Type=HostPathVolume"]);
    assert_eq!(case.value("DataCacheBucket").as_deref(), Some("default"));
}

#[test]
fn config_maps_and_secrets_are_files() {
    let case = volume(&json!({"configMap": {"name": "c", "defaultMode": 256}})).with(
        &json!({"kind": "ConfigMap", "metadata": {"name": "c", "namespace": "shop"}, "data": {"a": "1"}, "binaryData": {"b": "AAE="}}),
    );
    assert_eq!(files(&case), [file("a", None, "1"), file("b", None, "\0\u{1}")]);
    assert_eq!(
        case.value("Volume.1.ConfigFileVolume.DefaultMode").as_deref(),
        Some("256")
    );
    let items = json!({"secret": {"secretName": "s", "items": [{"key": "k", "path": "deep/er", "mode": 256}]}});
    let case = volume(&items).secret("s", &json!({"k": "hush", "other": "x"}));
    assert_eq!(files(&case), [file("deep/er", Some("256"), "hush")]);
    assert_eq!(
        files(&case.policy("FileModes", "OctalDigits")),
        [file("deep/er", Some("400"), "hush")]
    );
}

#[test]
fn files_that_may_be_missing_leave_an_empty_volume() {
    for source in [
        json!({"configMap": {"name": "gone", "optional": true}}),
        json!({"secret": {"secretName": "gone", "optional": true, "items": [{"key": "k", "path": "k"}]}}),
    ] {
        let case = volume(&source);
        assert_eq!(
            (sent(&case), files(&case)),
            (vec!["Type=ConfigFileVolume".to_owned()], vec![])
        );
    }
    let missing = volume(&json!({"configMap": {"name": "gone"}})).rejected();
    assert_eq!(
        missing,
        [
            "error[ECI6142] Pod shop/web: spec.volumes[0].configMap: the pod refers to something that does not exist: found `ConfigMap gone`"
        ]
    );
    let key = volume(
        &json!({"secret": {"secretName": "s", "items": [{"key": "a", "path": "a"}, {"key": "b", "path": "b"}]}}),
    );
    let missing = key.secret("s", &json!({"a": "1"})).rejected();
    assert!(
        missing[0].contains("spec.volumes[0].secret.items[1]") && missing[0].ends_with("found `Secret s has no key b`")
    );
}

#[test]
fn an_empty_config_map_is_an_empty_volume() {
    let case = volume(&json!({"configMap": {"name": "c"}})).config_map("c", &json!({}));
    assert_eq!(sent(&case), ["Type=ConfigFileVolume"]);
}

#[test]
fn projected_sources_are_merged_into_one_volume() {
    let sources = json!([
        {"serviceAccountToken": {"path": "token", "expirationSeconds": 3607, "audience": "vault"}},
        {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
        {"secret": {"name": "s"}},
        {"downwardAPI": {"items": [{"path": "namespace", "fieldRef": {"fieldPath": "metadata.namespace"}}]}},
    ]);
    let mut case = volume(&json!({"projected": {"sources": sources, "defaultMode": 420}}))
        .config_map("kube-root-ca.crt", &json!({"ca.crt": "CERT"}))
        .secret("s", &json!({"k": "hush"}));
    assert!(case.rejected()[0].contains("spec.volumes[0].projected.sources[0].serviceAccountToken"));
    let mut provisioning = eci_sdk::Store::provisioning();
    std::mem::swap(&mut provisioning, &mut case.store);
    let case = case
        .config_map("kube-root-ca.crt", &json!({"ca.crt": "CERT"}))
        .secret("s", &json!({"k": "hush"}));
    assert_eq!(
        files(&case),
        [
            file("token", None, "simulated"),
            file("ca.crt", None, "CERT"),
            file("k", None, "hush"),
            file("namespace", None, "shop")
        ]
    );
}

#[test]
fn fields_of_the_pod_are_files() {
    let items = json!([
        {"path": "labels", "fieldRef": {"fieldPath": "metadata.labels"}},
        {"path": "name", "fieldRef": {"fieldPath": "metadata.name"}, "mode": 256},
        {"path": "cpu", "resourceFieldRef": {"containerName": "main", "resource": "limits.cpu", "divisor": "1m"}},
    ]);
    let mut case = volume(&json!({"downwardAPI": {"items": items}})).policy("FieldRef", "OwnNode");
    case.pod.metadata.labels = Some([("app".to_owned(), "shop".to_owned())].into());
    assert_eq!(
        files(&case),
        [
            file("labels", None, "app=\"shop\""),
            file("name", Some("256"), "web"),
            file("cpu", None, "2000")
        ]
    );
}

fn claim(spec: &Json) -> Json {
    json!({"kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"}, "spec": spec})
}

fn persistent(spec: &Json) -> Json {
    json!({"kind": "PersistentVolume", "metadata": {"name": "pv-1"}, "spec": spec})
}

fn claimed(spec: &Json) -> Case {
    volume(&json!({"persistentVolumeClaim": {"claimName": "data"}}))
        .with(&claim(&json!({"volumeName": "pv-1"})))
        .with(&persistent(spec))
}

#[test]
fn a_claim_on_a_disk() {
    let disk = json!({"csi": {"driver": "diskplugin.csi.alibabacloud.com", "volumeHandle": "d-bp1", "fsType": "ext4"}});
    assert_eq!(
        sent(&claimed(&disk)),
        [
            "FlexVolume.Driver=alicloud/disk",
            "FlexVolume.FsType=ext4",
            r#"FlexVolume.Options={"volumeId":"d-bp1"}"#,
            "Type=FlexVolume"
        ]
    );
}

#[test]
fn a_claim_on_a_nas() {
    let nas = |more: &Json| {
        let mut spec = json!({"csi": {"driver": "nasplugin.csi.alibabacloud.com", "volumeHandle": "n",
            "volumeAttributes": {"server": "nas.example", "path": "/share"}}});
        crate::case::extend(&mut spec, more);
        sent(&claimed(&spec))
    };
    assert_eq!(
        nas(&json!({})),
        [
            "NFSVolume.Path=/share",
            "NFSVolume.Server=nas.example",
            "Type=NFSVolume"
        ]
    );
    assert_eq!(
        nas(&json!({"mountOptions": ["nolock,tcp,noresvport", "vers=3"]})),
        [
            "FlexVolume.Driver=alicloud/nas",
            r#"FlexVolume.Options={"options":"nolock,tcp,noresvport","path":"/share","server":"nas.example","vers":"3"}"#,
            "Type=FlexVolume"
        ]
    );
}

#[test]
fn a_claim_on_a_bucket_brings_the_keys_of_its_secret() {
    let bucket = json!({"csi": {"driver": "ossplugin.csi.alibabacloud.com", "volumeHandle": "o",
        "nodePublishSecretRef": {"name": "keys", "namespace": "storage"},
        "volumeAttributes": {"bucket": "b", "url": "oss-cn-hangzhou.aliyuncs.com", "otherOpts": "-o ro", "path": "/"}}});
    let keys = json!({"kind": "Secret", "metadata": {"name": "keys", "namespace": "storage"}, "stringData": {"akId": "id", "akSecret": "hush"}});
    assert_eq!(
        claimed(&bucket)
            .with(&keys)
            .value("Volume.1.FlexVolume.Options")
            .as_deref(),
        Some(
            r#"{"akId":"id","akSecret":"hush","bucket":"b","otherOpts":"-o ro","path":"/","url":"oss-cn-hangzhou.aliyuncs.com"}"#
        )
    );
    assert!(claimed(&bucket).rejected()[0].ends_with("found `Secret storage/keys`"));
}

#[test]
fn claims_on_nfs_and_flex_volumes() {
    let nfs = json!({"nfs": {"server": "nas.example", "path": "/share"}});
    assert_eq!(
        sent(&claimed(&nfs)),
        [
            "NFSVolume.Path=/share",
            "NFSVolume.Server=nas.example",
            "Type=NFSVolume"
        ]
    );
    let flex = json!({"flexVolume": {"driver": "alicloud/disk", "options": {"volumeId": "d-bp1"}}});
    assert_eq!(
        claimed(&flex).value("Volume.1.FlexVolume.Options").as_deref(),
        Some(r#"{"volumeId":"d-bp1"}"#)
    );
}

#[test]
fn a_claim_that_may_only_be_read_makes_its_mounts_so() {
    let case = volume(&json!({"persistentVolumeClaim": {"claimName": "data", "readOnly": true}}))
        .with(&claim(&json!({"volumeName": "pv-1"})))
        .with(&persistent(
            &json!({"nfs": {"server": "nas.example", "path": "/share"}}),
        ));
    assert_eq!(
        case.value("Container.1.VolumeMount.1.ReadOnly").as_deref(),
        Some("true")
    );
}

#[test]
fn claims_of_ephemeral_volumes_are_named_after_pod_and_volume() {
    let case = volume(&json!({"ephemeral": {"volumeClaimTemplate": {"spec": {}}}}));
    assert!(case.needs().contains(&eci_sdk::Need::Claim { name: "web-v".into() }));
    let mut bound = claim(&json!({"volumeName": "pv-1"}));
    bound["metadata"]["name"] = json!("web-v");
    let case = case
        .with(&bound)
        .with(&persistent(&json!({"nfs": {"server": "nas.example", "path": "/"}})));
    assert_eq!(case.value("Volume.1.Type").as_deref(), Some("NFSVolume"));
}

#[test]
fn every_broken_link_of_a_claim_is_named() {
    let unbound = |class: &Json| {
        let case = volume(&json!({"persistentVolumeClaim": {"claimName": "data"}}));
        case.with(&claim(class))
    };
    let class = |mode: &str| json!({"kind": "StorageClass", "metadata": {"name": "disk"}, "provisioner": "x", "volumeBindingMode": mode});
    let link = json!({"storageClassName": "disk"});
    let driver = json!({"csi": {"driver": "other.csi.example", "volumeHandle": "x"}});
    for (case, found) in [
        (
            volume(&json!({"persistentVolumeClaim": {"claimName": "data"}})),
            "PersistentVolumeClaim data",
        ),
        (unbound(&json!({"volumeName": "pv-1"})), "PersistentVolume pv-1"),
        (
            unbound(&json!({})),
            "PersistentVolumeClaim data has no volume and no class",
        ),
        (
            unbound(&link).with(&class("Immediate")),
            "PersistentVolumeClaim data has no volume yet: its class disk makes one",
        ),
        (
            unbound(&link).with(&class("WaitForFirstConsumer")),
            "PersistentVolumeClaim data has no volume: its class disk waits for the scheduler to place a pod",
        ),
        (
            claimed(&driver),
            "PersistentVolume pv-1 is a volume of driver other.csi.example, for which the API has no field",
        ),
    ] {
        let rejected = case.rejected();
        assert_eq!(rejected.len(), 1, "{rejected:?}");
        assert!(
            rejected[0].contains("spec.volumes[0].persistentVolumeClaim: "),
            "{}",
            rejected[0]
        );
        assert!(rejected[0].ends_with(&format!("found `{found}`")), "{}", rejected[0]);
    }
}

#[test]
fn volumes_that_only_the_platforms_own_nodes_can_ask_for_are_refused_by_name() {
    let refused = |case: Case| {
        let binding = case.planner().plan(&case.pod).expect("a plan").bind(case.identity());
        let Completion::Rejected(findings) = case.store.complete("shop", binding) else {
            panic!("nothing of the API stands for it");
        };
        let line = |finding: &eci_sdk::Finding| {
            let found = finding.found().unwrap_or_default();
            format!("{} {}: {found}", finding.rule().name(), finding.place().path)
        };
        findings.iter().map(line).collect::<Vec<_>>()
    };
    let mount = json!({"volumeMounts": [{"name": "v", "mountPath": "/v"}]});
    let logs = json!({"volumes": [{"name": "v", "csi": {"driver": "stdlogplugin.csi.alibabacloud.com"}}]});
    assert_eq!(
        refused(case(&mount, &logs)),
        ["volume-without-api-field spec.volumes[0]: inline CSI volume, for which the API has no field"]
    );
    let claim = json!({"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "models"}}]});
    let cpfs = case(&mount, &claim)
        .with(&json!({"kind": "PersistentVolumeClaim", "metadata": {"name": "models", "namespace": "shop"}, "spec": {"volumeName": "models"}}))
        .with(&json!({"kind": "PersistentVolume", "metadata": {"name": "models"},
            "spec": {"csi": {"driver": "bmcpfsplugin.csi.alibabacloud.com", "volumeHandle": "cpfs-1"}}}));
    assert_eq!(
        refused(cpfs),
        [
            "volume-without-api-field spec.volumes[0].persistentVolumeClaim: PersistentVolume models is a volume of driver \
          bmcpfsplugin.csi.alibabacloud.com, for which the API has no field"
        ]
    );
}
