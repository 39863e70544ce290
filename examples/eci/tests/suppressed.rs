//! Each place of suppression, from end to end.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use snapbox::cmd::cargo_bin;

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {alibabacloud.com/eci: \"true\"}
spec:
  hostNetwork: true
  containers: [{name: main, image: 'registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4'}]
";

fn folder(name: &str, text: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(&root).expect("it can be made");
    std::fs::write(root.join("web.yaml"), text).expect("it can be written");
    let facts = "apiVersion: eci.sdk/v1\nkind: Facts\nedition: ack\n";
    std::fs::write(root.join("cluster.yaml"), facts).expect("it can be written");
    root
}

fn eci(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let mut command = Command::new(cargo_bin!("eci"));
    let command = command.current_dir(folder).args(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    // A program that ends before it has read leaves a broken pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8(output.stdout).expect("text"))
}

/// Checks a text as a file and as a stream; both must tell the same.
fn check(name: &str, text: &str, flags: &[&str]) -> (Option<i32>, String) {
    let root = folder(name, text);
    let all = [
        &["check", "web.yaml", "--cluster", "cluster.yaml", "-o", "compact"],
        flags,
    ]
    .concat();
    let file = eci(&root, &all, "");
    let all = [&["check", "-", "--cluster", "cluster.yaml", "-o", "compact"], flags].concat();
    let stream = eci(&root, &all, text);
    let plain = |text: &str| {
        text.replace("web.yaml:", "-:")
            .lines()
            .filter(|line| line.contains("[ECI"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (file.0, plain(&file.1)),
        (stream.0, plain(&stream.1)),
        "{}\n{}",
        file.1,
        stream.1
    );
    file
}

#[test]
fn nothing_is_hidden_without_a_suppression() {
    let (code, out) = check("suppressed-none", POD, &[]);
    assert!(
        code == Some(1) && out.contains("error[ECI1020]") && !out.contains("suppressed"),
        "{out}"
    );
}

#[test]
fn comments_annotations_and_flags_hide_and_are_counted() {
    let beside = POD.replace(
        "hostNetwork: true",
        "hostNetwork: true # eci: ignore ECI1020 -- moves in May",
    );
    let above = POD.replace(
        "  hostNetwork",
        "  # eci: ignore host-network -- moves in May\n  hostNetwork",
    );
    let top = format!("# eci: ignore ECI1020 -- moves in May\n{POD}");
    let annotated = POD.replace(
        "  labels",
        "  annotations: {eci.sdk/ignore: ECI1020 -- moves in May}\n  labels",
    );
    for (name, text, flags) in [
        ("suppressed-beside", beside.as_str(), &[][..]),
        ("suppressed-above", &above, &[]),
        ("suppressed-top", &top, &[]),
        ("suppressed-annotation", &annotated, &[]),
        ("suppressed-flag", POD, &["--ignore", "ECI1020=moves in May"]),
    ] {
        let (code, out) = check(name, text, flags);
        assert_eq!(code, Some(0), "{name}: {out}");
        assert!(
            !out.contains("[ECI1020]") && out.contains("suppressed: 1, 1 error of them"),
            "{name}: {out}"
        );
    }
}

#[test]
fn what_is_wrong_with_suppressions_is_told_where_it_stands() {
    let text = POD.replace(
        "  hostNetwork: true\n",
        "  # eci: ignore host-path -- logs\n  hostPID: false\n",
    );
    let (code, out) = check("suppressed-unused", &text, &[]);
    assert!(
        code == Some(0) && out.starts_with("web.yaml:7:17: warning[ECI7040]"),
        "{out}"
    );
    let (code, out) = check("suppressed-unknown", POD, &["--ignore", "ECI1=why"]);
    assert!(code == Some(1) && out.contains("error[ECI7044]"), "{out}");
    let (code, out) = check(
        "suppressed-unasked",
        POD,
        &["--ignore", "host-network", "--policy", "SuppressionReason=Required"],
    );
    assert!(code == Some(0) && out.contains("warning[ECI7042]"), "{out}");
}

#[test]
fn reports_keep_what_is_suppressed_with_its_reason() {
    let root = folder("suppressed-reports", POD);
    let forms = ["-o", "json=eci.json", "-o", "sarif=eci.sarif", "-o", "junit=eci.xml"];
    let arguments = [
        &["check", "web.yaml", "--ignore", "host-network=moves in May"],
        &forms[..],
    ]
    .concat();
    assert_eq!(eci(&root, &arguments, "").0, Some(0));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("it was written");
    let report: Value = serde_json::from_str(&read("eci.json")).expect("JSON");
    let rows = report["findings"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["code"] == "ECI1020").expect("it is there");
    assert_eq!(
        row["suppressed"],
        serde_json::json!({"by": "commandLine", "reason": "moves in May"})
    );
    assert_eq!(report["summary"]["suppressed"]["error"], 1);
    assert_eq!(report["summary"]["findings"]["error"], 0);
    let sarif: Value = serde_json::from_str(&read("eci.sarif")).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    let result = results
        .iter()
        .find(|result| result["ruleId"] == "ECI1020")
        .expect("it is there");
    assert_eq!(
        result["suppressions"],
        serde_json::json!([{"kind": "external", "justification": "moves in May"}])
    );
    assert!(!read("eci.xml").contains("ECI1020"));
}

/// A Service whose pods are refused, which only both objects together show.
fn service(annotations: &str) -> String {
    let pod = POD.replace("labels: {", "labels: {app: web, ");
    format!(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n{annotations}spec: {{selector: {{app: web}}, ports: [{{port: 80}}]}}\n---\n{pod}"
    )
}

#[test]
fn findings_about_several_objects_are_hidden_too() {
    let rule = "[ECI1235]";
    let annotations = "  annotations: {eci.sdk/ignore: service-of-refused-pods -- moves in May}\n";
    for (annotations, is_hidden) in [("", false), (annotations, true)] {
        let text = service(annotations);
        let root = folder("suppressed-several", &text);
        for (path, input) in [("web.yaml", ""), ("-", text.as_str())] {
            let arguments = ["check", path, "--cluster", "cluster.yaml", "-o", "compact", "--info"];
            let (_, out) = eci(&root, &arguments, input);
            let told = (
                out.contains(rule),
                out.contains("suppressed: 1"),
                out.contains("[ECI7040]"),
            );
            assert_eq!(told, (!is_hidden, is_hidden, false), "{path}: {out}");
        }
    }
}

#[test]
fn facts_of_the_cluster_are_reached_in_files_and_streams() {
    let root = folder("suppressed-facts", POD);
    let selectors = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: eci-profile, namespace: kube-system}\ndata:\n  enableClusterIp: \"yes\" # eci: ignore profile-bool -- tried out\n";
    std::fs::write(root.join("cluster.yaml"), selectors).expect("it can be written");
    for (path, input) in [("web.yaml", ""), ("-", POD)] {
        let (_, out) = eci(
            &root,
            &["check", path, "--cluster", "cluster.yaml", "-o", "compact", "--info"],
            input,
        );
        assert!(
            out.contains("suppressed: 1") && !out.contains("[ECI7040]"),
            "{path}: {out}"
        );
    }
}
