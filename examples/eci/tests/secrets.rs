//! What Secrets hold shows in no output of any command.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::PathBuf;

use snapbox::cmd::{Command, cargo_bin};

const CANARY: &str = "canary-7d2e";
/// The canary in Base64, alone and behind `u:`, as registries write it.
const ENCODED: [&str; 2] = ["Y2FuYXJ5LTdkMmU", "dTpjYW5hcnktN2QyZQ"];

/// A pod that uses a Secret in every way there is, the Secret itself, and a mistake that makes findings.
const MANIFESTS: &str = r#"
apiVersion: v1
kind: ConfigMap
metadata: {name: eci-profile, namespace: kube-system}
data: {vSwitchIds: vsw-bp1xpiowfm5vo8o3c1h01, securityGroupId: sg-bp15ed6xe1yxeycg7o22}
---
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
stringData: {password: canary-7d2e}
data: {other: Y2FuYXJ5LTdkMmU=}
---
apiVersion: v1
kind: Secret
metadata: {name: pull, namespace: shop}
type: kubernetes.io/dockerconfigjson
stringData: {.dockerconfigjson: '{"auths": {"r.example": {"auth": "dTpjYW5hcnktN2QyZQ=="}, "s.example": {"username": "u", "password": "canary-7d2e"}}}'}
---
apiVersion: v1
kind: Secret
metadata: {name: keys, namespace: infra}
stringData: {akId: canary-7d2e, akSecret: canary-7d2e}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: assets, namespace: shop}
spec: {accessModes: [ReadWriteMany], volumeName: assets, resources: {requests: {storage: 5Gi}}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: assets}
spec:
  accessModes: [ReadWriteMany]
  capacity: {storage: 5Gi}
  claimRef: {name: assets, namespace: shop}
  csi:
    driver: ossplugin.csi.alibabacloud.com
    volumeHandle: assets
    volumeAttributes: {bucket: b, url: oss.example}
    nodePublishSecretRef: {name: keys, namespace: infra}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, uid: u-1, labels: {alibabacloud.com/eci: "true"}}
spec:
  imagePullSecrets: [{name: pull}]
  initContainers:
  - name: migrate
    image: registry-vpc.cn-hangzhou.aliyuncs.com/shop/migrate:1
    command: [migrate, "--url=db://$(PASSWORD)@db"]
    env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]
  containers:
  - name: main
    image: registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1
    args: ["--password=$(DB_password)"]
    envFrom: [{prefix: DB_, secretRef: {name: db}}]
    resources: {limits: {cpu: 1500m, memory: 3Gi}}
    volumeMounts: [{name: s, mountPath: /s, subPathExpr: $(DB_password)}, {name: b, mountPath: /b}, {name: a, mountPath: /a}]
    livenessProbe: {grpc: {port: 80}}
  volumes:
  - name: s
    secret: {secretName: db}
  - name: a
    persistentVolumeClaim: {claimName: assets}
  - name: b
    flexVolume: {driver: alicloud/oss, options: {bucket: b, url: oss.example}, secretRef: {name: db}}
"#;

/// Secrets that are wrong themselves, so that findings stand on the lines of their values.
const WRONG: &str = r#"
apiVersion: v1
kind: Secret
metadata: {name: twice, namespace: shop}
stringData: {password: canary-7d2e, password: canary-7d2e}
---
apiVersion: v1
kind: Secret
metadata: {name: list, namespace: shop}
stringData: {password: [canary-7d2e]}
---
apiVersion: v1
kind: Secret
metadata: {name: bytes, namespace: shop}
data: {password: canary-7d2e!}
---
apiVersion: v1
kind: Secret
metadata: {name: misspelt, namespace: shop}
strngData: {password: canary-7d2e}
---
apiVersion: v1
kind: Secret
metadata:
  name: applied
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"stringData": {"password": "canary-7d2e"}}'
    k8s.aliyun.com/eci-use-spec: 2-4Gi
stringData: {password: canary-7d2e}
---
apiVersion: v1
kind: Secret
metadata: {name: broken, namespace: shop}
stringData: {password: canary-7d2e
"#;

/// Every verb that reads files, with what it needs beside them.
fn verbs(path: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["check", path],
        vec!["plan", path, "--why"],
        vec!["plan", path],
        vec!["simulate", path],
        vec!["simulate", path, "--seed", "7", "--fault", "spot-reclaim:report@+70m"],
        vec!["facts", path],
        vec!["facts", path, "--silent"],
        vec!["verify", path],
        vec!["verify", path, "--report"],
        vec!["cost", path],
        vec!["profile", "lint", path],
        vec!["profile", "test", path, "--pods", path],
        vec!["check", path, "--cluster", path],
    ]
}

/// What a command prints, whatever its exit code says.
fn printed(arguments: &[&str], input: Option<&str>) -> String {
    let command = Command::new(cargo_bin!("eci")).args(arguments);
    let command = match input {
        Some(input) => command.stdin(input.to_owned()),
        None => command,
    };
    let output = command.output().expect("it starts");
    [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat()
}

fn is_hidden(text: &str, arguments: &[&str]) {
    for secret in [CANARY].into_iter().chain(ENCODED) {
        assert!(!text.contains(secret), "{arguments:?}\n{text}");
    }
}

fn file(name: &str, text: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("secrets");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

#[test]
fn no_command_shows_what_secrets_hold() {
    let wrong = format!("{MANIFESTS}---{WRONG}");
    for (name, text) in [("right.yaml", MANIFESTS), ("wrong.yaml", &wrong)] {
        let path = file(name, text);
        let path = path.to_str().expect("a path");
        let mut shown = 0;
        for verb in verbs(path) {
            for form in ["human", "compact", "json"] {
                let arguments: Vec<&str> = verb.iter().copied().chain(["-o", form, "--info"]).collect();
                let text = printed(&arguments, None);
                shown += usize::from(text.contains("web"));
                is_hidden(&text, &arguments);
            }
        }
        assert!(shown > 20, "the commands must say something of the pod: {shown}");
    }
}

#[test]
fn a_stream_shows_nothing_either() {
    let facts = file("facts.yaml", MANIFESTS);
    let facts = facts.to_str().expect("a path");
    let wrong = format!("{MANIFESTS}---{WRONG}");
    for form in ["human", "compact", "json"] {
        for arguments in [
            vec!["check", "-", "-o", form, "--info"],
            vec!["check", "-", "--cluster", facts, "-o", form, "--info"],
        ] {
            let text = printed(&arguments, Some(&wrong));
            assert!(
                text.contains("twice") || text.contains("web"),
                "{arguments:?} says something"
            );
            is_hidden(&text, &arguments);
        }
    }
}
