//! Pods with everything that becomes a parameter.

use serde_json::{Map, Value, json};

use super::Case;
use crate::dice::Dice;

pub(super) fn case(dice: &mut Dice) -> Case {
    let mut objects = vec![
        json!({"kind": "ConfigMap", "metadata": {"name": "web"},
            "data": {"greeting": "hi $(WHO)", "a": "one", "b.conf": "x=1\n", "9bad": "no name"}}),
        json!({"kind": "Secret", "metadata": {"name": "key"}, "data": {"a": "from-secret", "token": "t0p"}}),
    ];
    if dice.one_in(10) {
        objects.pop();
    }
    objects.extend(stored(dice));
    let containers: Vec<Value> = (0..=dice.below(1))
        .map(|index| container(&format!("c{index}"), true, dice))
        .collect();
    let mut spec = json!({"containers": containers, "volumes": volumes(dice)});
    if dice.one_in(3) {
        spec["initContainers"] = json!([container("init", false, dice)]);
    }
    for (field, values) in [
        ("restartPolicy", [json!("Always"), json!("OnFailure"), json!("Never")]),
        ("terminationGracePeriodSeconds", [json!(0), json!(30), json!(600)]),
        ("activeDeadlineSeconds", [json!(1), json!(60), json!(3600)]),
        ("hostname", [json!("web-0"), json!("a"), json!("db")]),
        ("shareProcessNamespace", [json!(true), json!(false), json!(true)]),
        ("serviceAccountName", [json!("robot"), json!("robot"), json!("default")]),
        ("dnsPolicy", [json!("Default"), json!("None"), json!("None")]),
    ] {
        if dice.one_in(3) {
            spec[field] = values[dice.below(3)].clone();
        }
    }
    if spec["dnsPolicy"] == "None" {
        spec["dnsConfig"] = json!({"nameservers": ["10.0.0.10"], "searches": ["a.com"], "options": [{"name": "ndots", "value": "2"}, {"name": "edns0"}]});
    }
    if dice.one_in(4) {
        spec["hostAliases"] =
            json!([{"ip": "10.0.0.7", "hostnames": ["cache", "store"]}, {"ip": "10.0.0.8", "hostnames": ["db"]}]);
    }
    if dice.one_in(3) {
        spec["securityContext"] = security(dice);
    }
    let pod = json!({
        "metadata": {
            "name": "web-7", "namespace": "shop", "uid": "0b3c1c0e-2b1d-4f7b-9d84-2d8c3f1f5a10",
            "labels": {"alibabacloud.com/eci": "true", "app": "web"}, "annotations": annotations(dice),
        },
        "spec": spec,
    });
    Case {
        pod,
        objects,
        has_tokens: !dice.one_in(8),
        is_self_managed: dice.one_in(3),
    }
}

/// Claims and the volumes that they are bound to; some of either are not there, or not bound.
fn stored(dice: &mut Dice) -> Vec<Value> {
    let csi = |name: &str, csi: Value, options: Value| json!({"kind": "PersistentVolume", "metadata": {"name": name}, "spec": {"csi": csi, "mountOptions": options}});
    let nas = json!({"driver": "nasplugin.csi.alibabacloud.com", "volumeHandle": "n", "readOnly": true,
        "volumeAttributes": {"server": "a.cn-hangzhou.nas.aliyuncs.com", "path": "/share"}});
    let volumes = [
        csi(
            "disk",
            json!({"driver": "diskplugin.csi.alibabacloud.com", "volumeHandle": "d-bp1", "fsType": "ext4"}),
            Value::Null,
        ),
        csi("nas", nas.clone(), Value::Null),
        csi("nas-options", nas, json!(["nolock,tcp", "vers=3", "noresvport"])),
        csi(
            "oss",
            json!({"driver": "ossplugin.csi.alibabacloud.com", "volumeHandle": "o", "nodePublishSecretRef": {"name": "key", "namespace": "shop"},
                "volumeAttributes": {"bucket": "b", "url": "oss-cn-hangzhou-internal.aliyuncs.com", "unknown": "x"}}),
            Value::Null,
        ),
        csi(
            "cpfs",
            json!({"driver": "bmcpfsplugin.csi.alibabacloud.com", "volumeHandle": "cpfs-1"}),
            Value::Null,
        ),
        json!({"kind": "PersistentVolume", "metadata": {"name": "nfs"},
            "spec": {"nfs": {"server": "10.0.0.3", "path": "/export", "readOnly": dice.one_in(2)}}}),
        json!({"kind": "PersistentVolume", "metadata": {"name": "flex"}, "spec": {"flexVolume": {
            "driver": "alicloud/disk", "fsType": "xfs", "options": {"volumeId": "d-bp2"}}}}),
    ];
    let names = ["disk", "nas", "nas-options", "oss", "cpfs", "nfs", "flex"];
    let bound = dice.of(&names);
    let mut objects: Vec<Value> = volumes.into_iter().filter(|_| !dice.one_in(20)).collect();
    for claim in ["data", "web-7-made"] {
        let volume = if dice.one_in(15) { Value::Null } else { bound.into() };
        if !dice.one_in(15) {
            objects.push(
                json!({"kind": "PersistentVolumeClaim", "metadata": {"name": claim}, "spec": {"volumeName": volume}}),
            );
        }
    }
    objects
}

fn annotations(dice: &mut Dice) -> Value {
    let all: &[(&str, &[&str])] = &[
        ("k8s.aliyun.com/eci-spot-strategy", &["SpotAsPriceGo"]),
        ("k8s.aliyun.com/eci-max-pending-minute", &["30"]),
        ("k8s.aliyun.com/eci-ram-role-name", &["AliyunECIContainerGroupRole"]),
        ("k8s.aliyun.com/eci-auto-imc", &["true", "false"]),
        ("k8s.aliyun.com/eci-image-cache", &["true", "false"]),
        ("k8s.aliyun.com/eci-imc-id", &["imc-2zebxkiifuyzzlhlabcd"]),
        ("k8s.aliyun.com/eci-image-snapshot-id", &["imc-2zebxkiifuyzzlhlabce"]),
        (
            "k8s.aliyun.com/plain-http-registry",
            &["192.168.1.9:5000,reg.example.com"],
        ),
        ("k8s.aliyun.com/insecure-registry", &["reg.example.com"]),
        ("k8s.aliyun.com/eci-eip-instanceid", &["eip-bp1q5n8cq4p7f6dzuabcd"]),
        ("k8s.aliyun.com/eci-enable-ipv6", &["true", "false"]),
        ("k8s.aliyun.com/eci-private-ip-address", &["172.16.0.11"]),
        ("k8s.aliyun.com/eci-fixed-ip", &["true"]),
        ("k8s.aliyun.com/eci-core-pattern", &["/data/core"]),
        (
            "k8s.aliyun.com/eci-ntp-server",
            &["100.100.5.1", "100.100.5.1,100.100.5.2"],
        ),
        ("kubernetes.io/ingress-bandwidth", &["40M"]),
        ("acme.example/owner", &["me"]),
    ];
    let mut annotations = Map::new();
    for (key, values) in all {
        if dice.one_in(6) {
            annotations.insert((*key).to_owned(), dice.of(values).into());
        }
    }
    let mut chained = |first: (&str, &str), rest: &[(&str, &str)]| {
        if dice.one_in(5) {
            annotations.insert(format!("k8s.aliyun.com/{}", first.0), first.1.into());
            for (key, value) in rest.iter().copied() {
                if dice.one_in(2) {
                    annotations.insert(format!("k8s.aliyun.com/{key}"), value.into());
                }
            }
        }
    };
    chained(
        ("eci-with-eip", "true"),
        &[
            ("eip-bandwidth", "10"),
            ("eip-isp", "BGP"),
            ("eip-common-bandwidth-package-id", "cbwp-2zeukbj916scmj51mabcd"),
        ],
    );
    chained(("eci-fixed-ip", "true"), &[("eci-fixed-ip-retain-hour", "24")]);
    annotations.into()
}

fn security(dice: &mut Dice) -> Value {
    let mut context = Map::new();
    for (field, value) in [
        ("runAsUser", json!(1000)),
        ("runAsGroup", json!(3000)),
        ("runAsNonRoot", json!(true)),
    ] {
        if dice.one_in(2) {
            context.insert(field.to_owned(), value);
        }
    }
    context.into()
}

fn container(name: &str, app: bool, dice: &mut Dice) -> Value {
    let mut container = json!({"name": name, "image": "reg.example.com/shop/web:1.4", "env": env(dice)});
    let words = [
        json!("run"),
        json!("$(WHO)"),
        json!("$$(WHO)"),
        json!("a$(NONE)$(GREETING)"),
        json!("$("),
        json!("$(A)-$(IP)"),
    ];
    for field in ["command", "args"] {
        if dice.one_in(2) {
            let count = 1 + dice.below(3);
            container[field] = (0..count).map(|_| words[dice.below(words.len())].clone()).collect();
        }
    }
    for (field, value) in [
        ("imagePullPolicy", json!("IfNotPresent")),
        ("workingDir", json!("/srv")),
        ("terminationMessagePath", json!("/dev/log")),
        ("terminationMessagePolicy", json!("File")),
    ] {
        if dice.one_in(3) {
            container[field] = value;
        }
    }
    if dice.one_in(2) {
        container["envFrom"] = env_from(dice);
    }
    if dice.one_in(2) {
        container["ports"] = json!([{"containerPort": 8080, "name": "http"}, {"containerPort": 53, "protocol": "UDP"}]);
    }
    if dice.one_in(2) {
        container["volumeMounts"] = mounts(dice);
    }
    if dice.one_in(2) {
        container["securityContext"] = security(dice);
        if !app {
            let context = container["securityContext"].as_object_mut().expect("an object");
            context.remove("runAsGroup");
            context.remove("runAsNonRoot");
        }
        if dice.one_in(2) {
            container["securityContext"]["capabilities"] = json!({"add": ["NET_ADMIN"]});
        }
        if dice.one_in(3) {
            container["securityContext"]["readOnlyRootFilesystem"] = json!(true);
        }
    }
    if app {
        for (field, value) in [("stdin", true), ("stdinOnce", true), ("tty", true)] {
            if dice.one_in(4) {
                container[field] = value.into();
            }
        }
        for field in ["livenessProbe", "readinessProbe", "startupProbe"] {
            if dice.one_in(3) {
                container[field] = probe(&container, dice);
            }
        }
        if dice.one_in(3) {
            container["lifecycle"] = json!({dice.of(&["postStart", "preStop"]): handler(&container, dice)});
        }
    }
    container
}

fn env(dice: &mut Dice) -> Value {
    let all = [
        json!({"name": "WHO", "value": "world"}),
        json!({"name": "GREETING", "value": "hello $(WHO), $(LATER), $$(WHO), $(A)"}),
        json!({"name": "LATER", "value": "x"}),
        json!({"name": "A", "value": "own"}),
        json!({"name": "WHO", "value": "again $(WHO)"}),
        json!({"name": "FROM_MAP", "valueFrom": {"configMapKeyRef": {"name": "web", "key": "greeting"}}}),
        json!({"name": "FROM_KEY", "valueFrom": {"secretKeyRef": {"name": "key", "key": "token"}}}),
        json!({"name": "MAYBE", "valueFrom": {"configMapKeyRef": {"name": "gone", "key": "x", "optional": true}}}),
        json!({"name": "MAYBE_KEY", "valueFrom": {"configMapKeyRef": {"name": "web", "key": "gone", "optional": true}}}),
        json!({"name": "NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}),
        json!({"name": "SPACE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}),
        json!({"name": "APP", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}}),
        json!({"name": "OWNER", "valueFrom": {"fieldRef": {"fieldPath": "metadata.annotations['acme.example/owner']"}}}),
        json!({"name": "ACCOUNT", "valueFrom": {"fieldRef": {"fieldPath": "spec.serviceAccountName"}}}),
        json!({"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}),
        json!({"name": "LATE", "value": "$(FROM_MAP) $(IP)"}),
        json!({"name": "EMPTY"}),
    ];
    let mut chosen: Vec<Value> = all.iter().filter(|_| dice.one_in(3)).cloned().collect();
    if dice.one_in(40) {
        chosen.push(json!({"name": "GONE", "valueFrom": {"secretKeyRef": {"name": "key", "key": "gone"}}}));
    }
    chosen.into()
}

fn env_from(dice: &mut Dice) -> Value {
    let all = [
        json!({"configMapRef": {"name": "web"}}),
        json!({"secretRef": {"name": "key"}}),
        json!({"configMapRef": {"name": "web"}, "prefix": "P_"}),
        json!({"configMapRef": {"name": "gone", "optional": true}}),
    ];
    all.iter().filter(|_| dice.one_in(2)).cloned().collect()
}

fn mounts(dice: &mut Dice) -> Value {
    let all = [
        json!({"name": "scratch", "mountPath": "/scratch", "readOnly": false}),
        json!({"name": "scratch", "mountPath": "/data", "subPath": "d", "mountPropagation": "HostToContainer"}),
        json!({"name": "scratch", "mountPath": "/own", "subPathExpr": "of-$(WHO)/$(NAME)"}),
        json!({"name": "scratch", "mountPath": "/ro", "readOnly": true}),
    ];
    all.iter().filter(|_| dice.one_in(2)).cloned().collect()
}

fn named_port(container: &Value, dice: &mut Dice) -> Value {
    let named = container["ports"].is_array() && dice.one_in(2);
    if named { "http".into() } else { 9000.into() }
}

fn handler(container: &Value, dice: &mut Dice) -> Value {
    match dice.below(3) {
        0 => json!({"exec": {"command": ["sh", "-c", "true"]}}),
        1 => json!({"httpGet": {"path": "/bye", "port": named_port(container, dice), "scheme": "HTTP",
            "httpHeaders": [{"name": "X-Why", "value": "stop"}]}}),
        _ => json!({"tcpSocket": {"port": named_port(container, dice)}}),
    }
}

fn probe(container: &Value, dice: &mut Dice) -> Value {
    let mut probe = match dice.below(4) {
        0 => json!({"exec": {"command": ["true"]}}),
        1 => json!({"httpGet": {"path": "/ok", "port": named_port(container, dice)}}),
        2 => json!({"tcpSocket": {"port": named_port(container, dice)}}),
        _ => json!({"grpc": {"port": 9000}}),
    };
    for (field, value) in [
        ("initialDelaySeconds", 5),
        ("periodSeconds", 20),
        ("timeoutSeconds", 2),
        ("failureThreshold", 4),
        ("successThreshold", 1),
    ] {
        if dice.one_in(3) {
            probe[field] = value.into();
        }
    }
    probe
}

fn volumes(dice: &mut Dice) -> Value {
    let all = [
        json!({"name": "limited", "emptyDir": {"medium": "Memory", "sizeLimit": "1Gi"}}),
        json!({"name": "plain", "emptyDir": {"sizeLimit": "512Mi"}}),
        json!({"name": "share", "nfs": {"server": "10.0.0.3", "path": "/export", "readOnly": true}}),
        json!({"name": "conf", "configMap": {"name": "web"}}),
        json!({"name": "some", "configMap": {"name": "web", "defaultMode": 420,
            "items": [{"key": "a", "path": "one/a", "mode": 256}, {"key": "b.conf", "path": "b"}]}}),
        json!({"name": "maybe", "configMap": {"name": "gone", "optional": true}}),
        json!({"name": "key", "secret": {"secretName": "key", "defaultMode": 256}}),
        json!({"name": "down", "downwardAPI": {"items": [
            {"path": "name", "fieldRef": {"fieldPath": "metadata.name"}},
            {"path": "labels", "fieldRef": {"fieldPath": "metadata.labels"}}]}}),
        json!({"name": "data", "persistentVolumeClaim": {"claimName": "data"}}),
        json!({"name": "made", "ephemeral": {"volumeClaimTemplate": {"spec": {"accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "20Gi"}}}}}}),
        json!({"name": "kube-api-access", "projected": {"sources": [
            {"serviceAccountToken": {"path": "token", "expirationSeconds": 3607}},
            {"serviceAccountToken": {"path": "vault", "audience": "vault"}},
            {"configMap": {"name": "web", "items": [{"key": "a", "path": "ca.crt"}]}}]}}),
        json!({"name": "all", "projected": {"defaultMode": 292, "sources": [
            {"configMap": {"name": "web", "items": [{"key": "a", "path": "a"}]}},
            {"secret": {"name": "key"}},
            {"downwardAPI": {"items": [{"path": "space", "fieldRef": {"fieldPath": "metadata.namespace"}}]}}]}}),
    ];
    let mut volumes = vec![json!({"name": "scratch", "emptyDir": {}})];
    volumes.extend(all.iter().filter(|_| dice.one_in(5)).cloned());
    volumes.into()
}
