//! What Secrets hold shows in no output of any command.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::PathBuf;

use snapbox::cmd::{Command, cargo_bin};

const CANARY: &str = "canary-7d2e";
const ENCODED: &str = "Y2FuYXJ5LTdkMmU=";

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
stringData: {.dockerconfigjson: '{"auths": {"r.example": {"username": "u", "password": "canary-7d2e"}}}'}
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
    volumeMounts: [{name: s, mountPath: /s, subPathExpr: $(DB_password)}, {name: b, mountPath: /b}]
    livenessProbe: {grpc: {port: 80}}
  volumes:
  - name: s
    secret: {secretName: db}
  - name: b
    flexVolume: {driver: alicloud/oss, options: {bucket: b, url: oss.example}, secretRef: {name: db}}
"#;

#[test]
fn no_command_shows_what_secrets_hold() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("secrets");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("all.yaml");
    std::fs::write(&path, MANIFESTS).expect("a file");
    let path = path.to_str().expect("a path");
    let mut shown = 0;
    for arguments in [
        vec!["check", path],
        vec!["check", path, "-o", "json"],
        vec!["check", path, "-o", "compact", "--info"],
        vec!["plan", path, "--why"],
        vec!["plan", path, "-o", "json"],
        vec!["simulate", path],
        vec!["simulate", path, "-o", "json"],
        vec!["facts", path],
        vec!["facts", path, "-o", "json"],
        vec!["verify", path],
        vec!["verify", path, "-o", "json"],
        vec!["cost", path],
        vec!["cost", path, "-o", "json"],
    ] {
        let output = Command::new(cargo_bin!("eci"))
            .args(&arguments)
            .output()
            .expect("it starts");
        let text = [output.stdout, output.stderr]
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .concat();
        shown += usize::from(text.contains("web"));
        for secret in [CANARY, ENCODED] {
            assert!(!text.contains(secret), "{arguments:?}\n{text}");
        }
    }
    assert!(shown > 6, "the commands must say something of the pod: {shown}");
}
