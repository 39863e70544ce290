//! `eci check --fix` and `--diff` on files as people have them.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, cargo_bin};
use snapbox::dir::DirRoot;

const WRONG: &str = "\
# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations:
    # read by pods only
    k8s.aliyun.com/eci-use-specs: \"2-4Gi\" # small
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels:
        app: web
        alibabacloud.com/eci: \"true\"
      annotations:
        k8s.aliyun.com/eci-image-cache: 'true' # an old key
        k8s.aliyun.com/eci-vswitchs: vsw-bp1xpiowfm5vo8o3c1h01
    spec:
      containers:
      - name: main
        image: nginx:1.27
        env:
        - {name: ECI_CONTAINER_TYP, value: sidecar}
";

const RIGHT: &str = "\
# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels:
        app: web
        alibabacloud.com/eci: \"true\"
      annotations:
        k8s.aliyun.com/eci-auto-imc: 'true' # an old key
        k8s.aliyun.com/eci-vswitch: vsw-bp1xpiowfm5vo8o3c1h01
        k8s.aliyun.com/eci-use-specs: \"2-4Gi\" # small
    spec:
      containers:
      - name: main
        image: nginx:1.27
        env:
        - {name: ECI_CONTAINER_TYPE, value: sidecar}
";

fn folder(text: &str) -> (DirRoot, PathBuf) {
    let folder = DirRoot::mutable_temp().expect("a folder");
    let file = folder.path().expect("a path").join("web.yaml");
    std::fs::write(&file, text).expect("it can be written");
    (folder, file)
}

fn check(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(folder)
        .arg("check")
        .args(arguments)
        .stdin(input.to_owned())
        .output()
        .expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn fixed_files_keep_comments_and_layout_and_a_second_run_changes_nothing() {
    let (folder, file) = folder(WRONG);
    let here = folder.path().expect("a path");
    let (_, _, told) = check(here, &["web.yaml", "--fix"], "");
    assert_eq!(std::fs::read_to_string(&file).expect("there"), RIGHT);
    assert_eq!(told, "4 fixes applied in 1 file\n");
    let (_, _, told) = check(here, &["web.yaml", "--fix"], "");
    assert_eq!(
        (told.as_str(), std::fs::read_to_string(&file).expect("there")),
        ("", RIGHT.to_owned())
    );
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let (folder, file) = folder(WRONG);
    let here = folder.path().expect("a path");
    let (code, diff, _) = check(here, &["web.yaml", "--diff"], "");
    assert_eq!(code, Some(1));
    assert!(
        diff.starts_with("--- a/web.yaml\n+++ b/web.yaml\n@@ -4,9 +4,6 @@\n"),
        "{diff}"
    );
    assert!(diff.contains("\n-        k8s.aliyun.com/eci-vswitchs: vsw"), "{diff}");
    assert_eq!(std::fs::read_to_string(&file).expect("there"), WRONG);
    let (code, diff, _) = check(here, &["-", "--diff"], RIGHT);
    assert_eq!((code, diff.as_str()), (Some(0), ""));
}

#[test]
fn standard_input_is_compared_and_never_written() {
    let (folder, _) = folder(WRONG);
    let here = folder.path().expect("a path");
    let (code, diff, _) = check(here, &["-", "--diff"], WRONG);
    assert!(code == Some(1) && diff.starts_with("--- a/-\n"), "{diff}");
    let (code, _, told) = check(here, &["-", "--fix"], WRONG);
    assert!(code == Some(2) && told.contains("--diff"), "{told}");
}

#[test]
fn files_with_a_byte_order_mark_are_left_as_they_are() {
    let text = format!("\u{feff}{WRONG}");
    let (folder, file) = folder(&text);
    check(folder.path().expect("a path"), &["web.yaml", "--fix"], "");
    assert_eq!(std::fs::read_to_string(&file).expect("there"), text);
}

#[test]
fn what_is_suppressed_is_not_fixed() {
    let kept = WRONG.replace(
        "# an old key",
        "# eci: ignore annotation-retired -- both clusters read it",
    );
    let (folder, file) = folder(&kept);
    let (_, _, told) = check(folder.path().expect("a path"), &["web.yaml", "--fix"], "");
    assert_eq!(told, "3 fixes applied in 1 file\n");
    let text = std::fs::read_to_string(&file).expect("there");
    assert!(text.contains("eci-image-cache: 'true' # eci: ignore"), "{text}");
}

#[test]
fn each_document_is_fixed_in_its_own_place() {
    let pod = |kind: &str, key: &str| {
        format!(
            "apiVersion: v1\nkind: {kind}\nmetadata:\n  name: web\n  labels: {{alibabacloud.com/eci: \"true\"}}\n  annotations:\n    \
             k8s.aliyun.com/{key}: vsw-bp1xpiowfm5vo8o3c1h01\nspec: {{containers: [{{name: main, image: nginx:1.27}}]}}\n"
        )
    };
    let indented = |text: String| text.replace('\n', "\n  ").trim_end().to_owned();
    let text = |key: &str| {
        let service =
            "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";
        let list = format!(
            "kind: List\napiVersion: v1\nitems:\n- {}\n- {}\n",
            indented(pod("Pod", key)),
            indented(pod("Pod", key))
        );
        format!(
            "# all\n{service}---\n{}---\n{list}---\n{}",
            pod("Pod", key),
            pod("Pod", key)
        )
    };
    let (folder, file) = folder(&text("eci-vswitchs"));
    let here = folder.path().expect("a path");
    let (_, _, told) = check(here, &["web.yaml", "--fix"], "");
    assert_eq!(std::fs::read_to_string(&file).expect("there"), text("eci-vswitch"));
    assert_eq!(told, "4 fixes applied in 1 file\n");
    let (code, diff, _) = check(here, &["web.yaml", "--diff"], "");
    assert_eq!((code, diff.as_str()), (Some(0), ""));
}
