//! Standard input with `--cluster` is judged as it comes.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use snapbox::cmd::cargo_bin;

const CLUSTER: &str = "apiVersion: eci.sdk/v1\nkind: Facts\nedition: ack\n";

fn cluster() -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stream-cluster.yaml");
    std::fs::write(&file, CLUSTER).expect("it can be written");
    file.display().to_string()
}

fn start(mut command: Command) -> Child {
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("it starts")
}

fn eci(arguments: &[&str]) -> Child {
    let mut command = Command::new(cargo_bin!("eci"));
    command.args(arguments);
    start(command)
}

fn feed(mut child: Child, text: &str) -> Output {
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

const OBJECTS: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web, alibabacloud.com/eci: \"true\"}}
spec: {hostPID: true, containers: []}
---
kind: [
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web, alibabacloud.com/eci: \"true\"}}
spec: {containers: []}
";

#[test]
fn a_stream_is_judged_like_a_file() {
    let cluster = cluster();
    let streamed = feed(eci(&["check", "-", "--cluster", &cluster, "-o", "json"]), OBJECTS);
    let kept = feed(eci(&["check", "-", "-o", "json"]), OBJECTS);
    assert_eq!((streamed.status.code(), kept.status.code()), (Some(1), Some(1)));
    let found = |output: &Output| -> Vec<String> {
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let findings = report["findings"].as_array().expect("findings").iter();
        let mut found: Vec<String> = findings
            .map(|finding| format!("{} {}", finding["name"], finding["place"]["path"]))
            .collect();
        found.sort();
        found
    };
    assert_eq!(found(&streamed), found(&kept));
    assert!(found(&kept).contains(&"\"node-port-service\" \"spec.type\"".to_owned()));
}

#[test]
fn findings_about_objects_that_are_gone_name_their_line() {
    let output = feed(eci(&["check", "-", "--cluster", &cluster(), "--quiet"]), OBJECTS);
    let printed = text(&output.stdout);
    assert!(printed.contains("the object begins at -:1"), "{printed}");
    assert!(printed.contains("--> -:9:17"), "{printed}");
}

#[test]
fn facts_in_a_stream_are_passed_over_and_counted() {
    let namespace =
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {alibabacloud.com/eci: \"true\"}}\n";
    let output = feed(eci(&["check", "-", "--cluster", &cluster()]), namespace);
    let printed = text(&output.stdout);
    assert!(
        printed.starts_with("1 object of the stream would be facts"),
        "{printed}"
    );
}

#[test]
fn an_empty_stream_is_not_green() {
    let output = feed(eci(&["check", "-", "--cluster", &cluster()]), "# nothing\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: no Kubernetes objects in 1 files\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_megabytes_need_no_more_memory_than_a_few() {
    let mut command = Command::new("sh");
    let run = format!(
        "ulimit -v 160000 && exec \"$0\" check - --cluster {} -o compact",
        cluster()
    );
    command.arg("-c").arg(run).arg(cargo_bin!("eci"));
    let mut child = start(command);
    let mut input = child.stdin.take().expect("a pipe");
    let ballast = "x".repeat(1_000_000);
    for number in 0..100 {
        let object = format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"c{number}\"}}, \"data\": {{\"a\": \"{ballast}\"}}}}\n"
        );
        input.write_all(object.as_bytes()).expect("it reads");
    }
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}{printed}", text(&output.stderr));
    assert!(printed.contains("\n100 objects in 1 file"), "{printed}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_without_end_is_passed_over() {
    let mut command = Command::new("sh");
    let run = format!(
        "ulimit -v 160000 && exec \"$0\" check - --cluster {} -o compact --quiet",
        cluster()
    );
    command.arg("-c").arg(run).arg(cargo_bin!("eci"));
    let mut child = start(command);
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(b"a: |\n").expect("it reads");
    let line = format!("  {}\n", "x".repeat(999_997));
    for _ in 0..60 {
        input.write_all(line.as_bytes()).expect("it reads");
    }
    input.write_all(b"---\n").expect("it reads");
    input.write_all(OBJECTS.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let printed = text(&output.stdout);
    assert!(
        printed.contains("-:1:1: error[ECI7024]"),
        "{printed}{}",
        text(&output.stderr)
    );
    assert!(printed.contains("-:71:17: error[ECI1030]"), "{printed}");
}

#[test]
fn only_so_many_findings_of_a_stream_are_printed() {
    let cluster = cluster();
    let arguments = ["check", "-", "--cluster", cluster.as_str(), "-o", "compact"];
    let all = text(&feed(eci(&arguments), OBJECTS).stdout);
    let findings = |out: &str| out.lines().filter(|line| line.contains("[ECI")).count();
    let count = findings(&all);
    assert!(count > 1, "{all}");
    let limited = text(&feed(eci(&[&arguments[..], &["--max-findings", "0"]].concat()), OBJECTS).stdout);
    assert_eq!(findings(&limited), 0, "{limited}");
    assert!(
        limited.contains(&format!("{count} findings not printed (--max-findings)")),
        "{limited}"
    );
}
