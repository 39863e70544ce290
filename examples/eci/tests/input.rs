//! Input as people have it: patterns, several paths, streams of living objects.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, cargo_bin};

/// What `kubectl get -o yaml` prints, with fields that only the API server writes.
const LIVE: &str = include_str!("live.yaml");

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {alibabacloud.com/eci: \"true\"}}\n\
                   spec: {hostPID: true, containers: []}\n";

fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("input-{name}"));
    let _ = std::fs::remove_dir_all(&root);
    for file in [
        "k8s/web.yaml",
        "k8s/deep/er/api.yaml",
        "k8s/deep/notes.txt",
        "other/db.yml",
    ] {
        let file = root.join(file);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
        std::fs::write(file, POD).expect("it can be written");
    }
    std::fs::write(
        root.join("facts.yaml"),
        "apiVersion: eci.sdk/v1\nkind: Facts\nedition: ack\n",
    )
    .expect("written");
    root
}

fn eci(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(folder)
        .args(arguments)
        .stdin(input.to_owned())
        .output()
        .expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn patterns_are_expanded_where_the_shell_does_not() {
    let root = folder("patterns");
    let files = |paths: &[&str]| -> Vec<String> {
        let (_, out, _) = eci(&root, &[&["check", "-o", "compact", "-q"], paths].concat(), "");
        let lines = out.lines().filter(|line| line.contains("ECI1030"));
        lines
            .map(|line| line.split(':').next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(files(&["k8s/**/*.yaml"]), ["k8s/deep/er/api.yaml", "k8s/web.yaml"]);
    assert_eq!(files(&["k8s/*.yaml"]), ["k8s/web.yaml"]);
    assert_eq!(files(&["{k8s,other}/*.y*ml"]), ["k8s/web.yaml", "other/db.yml"]);
    assert_eq!(files(&["./k8s/w?b.yaml", "other"]), ["k8s/web.yaml", "other/db.yml"]);
    assert_eq!(
        files(&["k8s/*.yaml", "k8s", "./k8s/**/web.yaml"]).len(),
        2,
        "no file is judged twice"
    );
}

#[test]
fn patterns_that_match_nothing_are_told() {
    let root = folder("nothing");
    let (code, _, err) = eci(&root, &["check", "k8s/*.json"], "");
    assert_eq!(
        (code, err.as_str()),
        (Some(2), "error: k8s/*.json: the pattern matches no YAML or JSON file\n")
    );
    let (code, _, err) = eci(&root, &["check", "k8s/[.yaml"], "");
    assert!(code == Some(2) && err.starts_with("error: k8s/[.yaml: "), "{err}");
    std::fs::write(root.join("k8s/a[1].yaml"), POD).expect("it can be written");
    let (code, out, _) = eci(&root, &["check", "k8s/a[1].yaml", "-o", "compact"], "");
    assert!(
        code == Some(1) && out.starts_with("k8s/a[1].yaml:4:"),
        "a file of that name comes first: {out}"
    );
}

#[test]
fn living_objects_are_judged_as_written_ones_are() {
    let root = folder("living");
    let (code, out, _) = eci(&root, &["check", "-", "-o", "compact", "--info"], LIVE);
    assert_eq!(code, Some(1));
    let found: Vec<&str> = out.lines().filter_map(|line| line.split(']').next()).take(4).collect();
    assert_eq!(
        found,
        [
            "-:22:11: warning[ECI1210",
            "-:23:5: info[ECI1235",
            "-:25:62: info[ECI1230",
            "-:48:14: error[ECI1030",
        ],
        "nothing about managed fields and status: {out}"
    );
    assert!(out.contains("2 objects in 1 file"), "{out}");
    let one = "apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: web, uid: u, labels: {alibabacloud.com/eci: \"true\"}}\n  \
               spec: {hostPID: true, containers: []}\n";
    let (_, out, _) = eci(&root, &["check", "-", "-o", "compact"], one);
    assert!(out.starts_with("-:5:19: error[ECI1030]"), "{out}");
}

#[test]
fn findings_across_objects_of_a_stream_name_the_line_of_theirs() {
    let root = folder("across");
    let (_, out, _) = eci(&root, &["check", "-", "--cluster", "facts.yaml", "-o", "compact"], LIVE);
    assert!(out.contains("\n-:6:3: warning[ECI1210]"), "{out}");
    let (_, human, _) = eci(&root, &["check", "-"], LIVE);
    assert!(human.contains("runs on ECI: Pod shop/web (-:28)"), "{human}");
}

#[test]
fn objects_without_a_namespace_are_found_for_related_places() {
    let root = folder("default");
    let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}\n---\n\
                apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web, alibabacloud.com/eci: \"true\"}}\nspec: {containers: []}\n";
    let (_, human, _) = eci(&root, &["check", "-"], text);
    assert!(human.contains("runs on ECI: Pod default/web (-:6)"), "{human}");
}
