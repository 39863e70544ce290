//! What was known before is counted, and only what is new is told.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use snapbox::cmd::cargo_bin;

const OLD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {alibabacloud.com/eci: \"true\"}}
spec:
  hostNetwork: true
  containers: [{name: main, image: 'registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4'}]
";

/// The same on other lines, with another mistake.
fn worse() -> String {
    format!(
        "# moved\n\n{}",
        OLD.replace("  hostNetwork: true\n", "  hostPID: true\n  hostNetwork: true\n")
    )
}

fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(&root).expect("it can be made");
    std::fs::write(root.join("web.yaml"), OLD).expect("it can be written");
    std::fs::write(
        root.join("cluster.yaml"),
        "apiVersion: eci.sdk/v1\nkind: Facts\nedition: ack\n",
    )
    .expect("it can be written");
    root
}

fn eci(folder: &Path, arguments: &str, input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(cargo_bin!("eci"));
    let command = command.current_dir(folder).args(arguments.split(' '));
    let piped = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = piped.spawn().expect("it starts");
    // A program that ends before it has read leaves a broken pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_run_is_hidden_by_its_own_baseline_and_new_findings_are_told() {
    let root = folder("baseline");
    let (code, before, _) = eci(&root, "check web.yaml -o compact", "");
    assert!(code == Some(1) && before.contains("ECI1020"), "{before}");

    let (code, written, _) = eci(&root, "check web.yaml --baseline known.json --write-baseline", "");
    assert_eq!(code, Some(0));
    assert!(
        written.ends_with("written to known.json\n") && written.lines().count() == 1,
        "{written}"
    );

    let (code, hidden, _) = eci(&root, "check web.yaml -o compact --info --baseline known.json", "");
    assert_eq!(code, Some(0), "{hidden}");
    assert!(!hidden.lines().any(|line| line.starts_with("web.yaml:")), "{hidden}");
    assert!(
        hidden.contains("0 errors, 0 warnings, 0 infos") && hidden.contains("known, 0 fixed"),
        "{hidden}"
    );

    std::fs::write(root.join("web.yaml"), worse()).expect("it can be written");
    let (code, new, _) = eci(&root, "check web.yaml -o compact --info --baseline known.json", "");
    assert_eq!(code, Some(1), "{new}");
    let told: Vec<&str> = new.lines().filter(|line| line.starts_with("web.yaml:")).collect();
    assert!(told.len() == 1 && told[0].contains("error[ECI1030]"), "{new}");

    std::fs::write(
        root.join("web.yaml"),
        OLD.replace("hostNetwork: true", "hostNetwork: false"),
    )
    .expect("it can be written");
    let (code, fixed, _) = eci(&root, "check web.yaml --baseline known.json", "");
    assert_eq!(code, Some(0), "{fixed}");
    assert!(fixed.contains("known, 1 fixed"), "{fixed}");
}

#[test]
fn streams_have_baselines_too() {
    let root = folder("baseline-stream");
    let stream = "check - --cluster cluster.yaml --baseline known.json";
    let (code, written, _) = eci(&root, &format!("{stream} --write-baseline"), OLD);
    assert_eq!(code, Some(0), "{written}");
    let (code, hidden, _) = eci(&root, stream, OLD);
    assert!(code == Some(0) && hidden.contains("known, 0 fixed"), "{hidden}");
    let (code, new, _) = eci(&root, &format!("{stream} -o compact -o json=new.json"), &worse());
    assert_eq!(code, Some(1), "{new}");
    assert_eq!(new.lines().filter(|line| line.starts_with("-:")).count(), 1, "{new}");
    let report = std::fs::read_to_string(root.join("new.json")).expect("it was written");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    assert!(report["summary"]["known"].as_u64() > Some(0));
}

#[test]
fn a_file_that_is_no_baseline_ends_the_run() {
    let root = folder("baseline-none");
    for (arguments, expected) in [
        ("check web.yaml --baseline missing.json", "error: missing.json: "),
        ("check web.yaml --baseline web.yaml", "error: web.yaml: no baseline: "),
        (
            "check web.yaml --write-baseline",
            "--baseline FILE, or `baseline` in eci.yaml",
        ),
    ] {
        let (code, _, error) = eci(&root, arguments, "");
        assert!(code == Some(2) && error.contains(expected), "{arguments}: {error}");
    }
}
