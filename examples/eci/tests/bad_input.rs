//! Input that is wrong gets a clear word, and hides nothing of the rest.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use snapbox::cmd::cargo_bin;
use snapbox::{assert_data_eq, file};

const BOUND: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: good, labels: {alibabacloud.com/eci: \"true\"}}\nspec: {hostPID: true, containers: []}\n";

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("it can be made");
    folder
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).expect("it can be written");
}

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

/// Checks one file, one line a finding.
fn check(name: &str, text: impl AsRef<[u8]>) -> Run {
    let folder = folder(name);
    write(&folder, "input.yaml", text);
    run(&folder, &["check", "input.yaml", "-o", "compact", "--quiet"])
}

#[test]
fn a_named_file_that_cannot_be_read_is_told_and_the_others_are_judged() {
    let folder = folder("unreadable");
    write(&folder, "good.yaml", BOUND);
    let run = run(
        &folder,
        &["check", "missing.yaml", "good.yaml", "-o", "compact", "--quiet"],
    );
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.out.contains("error[ECI1030]"), "{}", run.out);
    assert!(
        run.out
            .contains("missing.yaml: error[ECI7008] file or folder that cannot be read"),
        "{}",
        run.out
    );
}

#[test]
fn facts_that_cannot_be_read_stop_the_run() {
    let folder = folder("facts");
    write(&folder, "good.yaml", BOUND);
    let run = run(&folder, &["check", "good.yaml", "--cluster", "missing.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.starts_with("error: missing.yaml: "), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_or_nowhere_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = folder("links");
    write(&folder, "good.yaml", BOUND);
    symlink(".", folder.join("again")).expect("a link");
    symlink("nowhere", folder.join("lost.yaml")).expect("a link");
    symlink("good.yaml", folder.join("linked.yaml")).expect("a link");
    let run = run(&folder, &["check", ".", "-o", "compact", "--quiet"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert_eq!(run.out.matches("error[ECI1030]").count(), 2, "{}", run.out);
    assert_eq!(run.out.matches("warning[ECI7008]").count(), 2, "{}", run.out);
    assert!(run.out.contains("again: warning[ECI7008]"), "{}", run.out);
}

#[test]
fn bytes_that_are_no_utf_8_cost_only_their_document() {
    let mut text = b"apiVersion: v1\nkind: Pod\nmetadata: {name: gr\xf6sser}\n---\n".to_vec();
    text.extend_from_slice(BOUND.as_bytes());
    let run = check("encoding", text);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("input.yaml:1:1: error[ECI7012]"), "{}", run.out);
    assert!(run.out.contains("input.yaml:8:17: error[ECI1030]"), "{}", run.out);
}

#[test]
fn utf_16_is_read() {
    let text: Vec<u8> = format!("\u{feff}{BOUND}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let run = check("utf-16", text);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("input.yaml:4:17: error[ECI1030]"), "{}", run.out);
}

#[test]
fn windows_files_are_read() {
    let run = check("windows", format!("\u{feff}{}", BOUND.replace('\n', "\r\n")));
    assert_eq!(
        run.out,
        "input.yaml:4:17: error[ECI1030] the pod asks for the processes of its node: `true`\n"
    );
}

#[test]
fn bombs_are_refused_and_the_rest_is_judged() {
    let mut aliases = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let below = format!("*a{},", level - 1).repeat(10);
        aliases.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    let run = check("aliases", format!("{aliases}---\n{BOUND}"));
    assert!(
        run.out.contains("error[ECI7022]") && run.out.contains("error[ECI1030]"),
        "{}",
        run.out
    );
    for (name, open) in [
        ("depth-flow", "[".repeat(100_000)),
        ("depth-block", "- ".repeat(100_000)),
    ] {
        let run = check(name, format!("{open}\n---\n{BOUND}"));
        assert!(
            run.out.contains("error[ECI7020]") && run.out.contains("error[ECI1030]"),
            "{name}: {}",
            run.out
        );
    }
}

#[test]
fn mistakes_are_told_where_they_stand() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostname: a\n  hostname: b\n  priority: high\n  containres: []\n  containers:\n  - name: web\n    env:\n    - {name: DEBUG, value: yes}\n";
    let run = check("mistakes", text);
    for expected in [
        "input.yaml:6:13: error[ECI7014] ",
        "input.yaml:7:13: error[ECI7016] expected an integer",
        "input.yaml:8:3: warning[ECI7018] field that the kind does not have: `containres`",
        "input.yaml:12:28: warning[ECI7030] ",
    ] {
        assert!(run.out.contains(expected), "{expected}\n{}", run.out);
    }
}

#[test]
fn wide_and_control_characters_stand_above_the_right_caret() {
    let folder = folder("caret");
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {alibabacloud.com/eci: \"true\", tag: \"日本語\"}\n  annotations:\n    {note: \"日本語 \\e[31m\", k8s.aliyun.com/eci-use-specs: \"2-4Gi,4x8\"}\nspec:\n  containers: []\n";
    write(&folder, "input.yaml", text);
    let run = run(&folder, &["check", "input.yaml", "--quiet", "--color", "never"]);
    assert!(!run.out.contains('\u{1b}'));
    assert_data_eq!(run.out, file!["golden/caret.txt"].raw());
}

#[test]
fn comments_in_the_json_of_a_profile_are_told_at_their_place() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: eci-profile, namespace: kube-system}\ndata:\n  selectors: |\n    [\n      {\"name\": \"a\"} // the first\n    ]\n";
    let run = check("profile", text);
    assert_eq!(run.code, Some(1));
    assert!(run.out.starts_with("input.yaml:7:21: error[ECI4"), "{}", run.out);
}

#[test]
fn what_a_profile_injects_wrongly_is_told_once_in_the_profile() {
    let profile = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: eci-profile, namespace: kube-system}\ndata:\n  selectors: |\n    [{\"name\": \"a\", \"objectSelector\": {\"matchLabels\": {\"app\": \"a\"}},\n      \"effect\": {\"annotations\": {\"k8s.aliyun.com/eci-use-specs\": \"2-4Gi,4x8\"}}}]\n";
    let pod = |name: &str| {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: shop, labels: {{app: a, alibabacloud.com/eci: \"true\"}}}}\nspec: {{containers: []}}\n"
        )
    };
    let run = check("injected", [profile.to_owned(), pod("a"), pod("b"), pod("c")].concat());
    let told: Vec<&str> = run.out.lines().filter(|line| line.contains("`4x8`")).collect();
    assert_eq!(told.len(), 1, "{}", run.out);
    assert!(told[0].starts_with("input.yaml:7:67: error"), "{}", run.out);
}

#[test]
fn templates_and_other_files_are_counted_and_not_judged() {
    let folder = folder("skipped");
    write(
        &folder,
        "chart.yaml",
        "kind: Pod\nmetadata: {name: {{ .Values.name }}}\n",
    );
    write(&folder, "values.yaml", "replicas: 2\n");
    write(&folder, "README.md", "# read me\n");
    write(&folder, "good.yaml", BOUND);
    let run = run(&folder, &["check", "."]);
    assert!(
        run.out
            .contains("skipped     1 not rendered, 1 no Kubernetes objects, 1 files of other types\n"),
        "{}",
        run.out
    );
}

#[cfg(unix)]
#[test]
fn patches_of_kustomizations_are_counted_and_not_judged() {
    let folder = folder("kustomize");
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n\
                 spec: {template: {spec: {containers: [{name: web, args: [\"-v\"]}]}}}\n";
    std::fs::create_dir_all(folder.join("overlay")).expect("it can be made");
    write(&folder, "base.yaml", BOUND);
    write(&folder, "args.yaml", patch);
    write(&folder, "overlay/strategic.yaml", patch);
    write(&folder, "overlay/ops.yaml", "- {op: remove, path: /spec/replicas}\n");
    write(
        &folder,
        "overlay/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base.yaml]\n\
         patchesStrategicMerge: [strategic.yaml]\npatches:\n- path: ../args.yaml\n- {path: ops.yaml, target: {kind: Deployment}}\n\
         - patch: |-\n    - {op: remove, path: /spec/replicas}\n",
    );
    let judged = run(&folder, &["check", "."]);
    assert!(judged.out.contains("3 patches of kustomizations"), "{}", judged.out);
    assert!(!judged.out.contains("image-reference"), "{}", judged.out);
    let named = run(&folder, &["check", "args.yaml", "--assume-eci"]);
    assert!(
        named.out.contains("image-reference"),
        "a named file is judged: {}",
        named.out
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = Command::new(cargo_bin!("eci"))
        .args(["annotations", "-o", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut first = [0; 1];
    child
        .stdout
        .take()
        .expect("a pipe")
        .read_exact(&mut first)
        .expect("output");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("it is there");
    let output = Command::new(cargo_bin!("eci"))
        .arg("rules")
        .stdout(full)
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: standard output: "));
}
