//! `eci.yaml`: where it is found, what beats it, and what is wrong with it.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::cmd::cargo_bin;

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {alibabacloud.com/eci: \"true\"}}
spec:
  hostNetwork: true
  containers: [{name: main, image: 'registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4'}]
";

/// A repository with files in it.
fn repository(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config").join(name);
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(root.join(".git")).expect("it can be made");
    for (file, text) in files {
        let file = root.join(file);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
        std::fs::write(file, text).expect("it can be written");
    }
    root
}

/// Exit code, standard output, standard error.
fn eci(folder: &Path, arguments: &str) -> (Option<i32>, String, String) {
    let output = Command::new(cargo_bin!("eci"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn it_is_found_upwards_and_ends_at_the_root_of_the_repository() {
    let config = "severities: {host-network: warning}\n";
    let root = repository("upwards", &[("eci.yaml", config), ("deploy/shop/web.yaml", POD)]);
    for (folder, path) in [
        (".", "deploy/shop/web.yaml"),
        ("deploy", "shop"),
        ("deploy/shop", "web.yaml"),
    ] {
        let (code, text, _) = eci(&root.join(folder), &format!("check {path}"));
        assert_eq!(code, Some(0), "{path}: {text}");
        assert!(
            text.contains("warning[ECI1020]") && text.contains("other severity: 1"),
            "{text}"
        );
    }
    let inner = repository("upwards/inner", &[("web.yaml", POD)]);
    assert_eq!(eci(&inner, "check web.yaml").0, Some(1), "another repository");
    assert_eq!(eci(&root, "check deploy --no-config").0, Some(1));
    assert_eq!(eci(&inner, "check web.yaml --config ../eci.yaml").0, Some(0));
}

#[test]
fn the_command_line_beats_the_file() {
    let config = "edition: self-managed\nregion: cn-beijing\npolicies: {Rounding: LeastPrice}\nfailOn: warning\nmaxFindings: 3\n";
    let root = repository("precedence", &[("eci.yaml", config), ("web.yaml", POD)]);
    let (_, text, _) = eci(&root, "config . --edition ack --policy Rounding=VcpuFirst");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in [
        ["edition", "ack", "--edition"],
        ["region", "cn-beijing", "eci.yaml:2"],
        ["policies.Rounding", "VcpuFirst", "--policy"],
        ["failOn", "warning", "eci.yaml:4"],
        ["maxFindings", "3", "eci.yaml:5"],
        ["baseline", "none", "default"],
    ] {
        assert!(rows.contains(&row.to_vec()), "{row:?} in {text}");
    }
    let (_, json, _) = eci(&root, "config . -o json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["file"], "eci.yaml");
    assert_eq!(json["settings"][0]["origin"], "eci.yaml:1");
    let (_, text, _) = eci(&root, "facts .");
    assert!(text.contains("self-managed") && text.contains("cn-beijing"), "{text}");
    let (_, text, _) = eci(&root, "facts . --edition ack --region cn-hangzhou");
    assert!(text.contains("cn-hangzhou") && !text.contains("self-managed"), "{text}");
}

#[test]
fn paths_are_taken_from_its_folder() {
    let config =
        "cluster: facts.yaml\nskip: ['vendor/**', old.yaml]\noutput: [human, 'json=out.json']\nbaseline: known.json\n";
    let files = [
        ("eci.yaml", config),
        (
            "facts.yaml",
            "apiVersion: eci.sdk/v1\nkind: Facts\nregion: cn-beijing\n",
        ),
        ("deploy/web.yaml", POD),
        ("vendor/chart/web.yaml", POD),
        ("old.yaml", POD),
    ];
    let root = repository("folder", &files);
    let (code, _, error) = eci(&root.join("deploy"), "check .. --write-baseline");
    assert_eq!(code, Some(0), "{error}");
    assert!(root.join("known.json").is_file());
    let (code, text, error) = eci(&root.join("deploy"), "check ..");
    assert_eq!(code, Some(0), "{text}{error}");
    let report = std::fs::read_to_string(root.join("out.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert!(
        report["summary"]["known"].as_u64() > Some(0) && report["findings"] == serde_json::json!([]),
        "{report}"
    );
    assert_eq!(report["summary"]["skipped"]["byConfiguration"], 2);
    let knowledge = eci(&root, "facts deploy").1;
    assert!(knowledge.contains("cn-beijing"), "{knowledge}");
}

#[test]
fn rules_are_switched_off_and_suppressed_and_counted() {
    let config = "severities: {host-network: off}\nignore: {host-pid: agents of May}\n";
    let pod = POD.replace("  hostNetwork: true\n", "  hostNetwork: true\n  hostPID: true\n");
    let root = repository("off", &[("eci.yaml", config), ("web.yaml", pod.as_str())]);
    let (code, text, _) = eci(&root, "check web.yaml");
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("switched off: 1, 1 error of them") && text.contains("suppressed: 1, 1 error of them"),
        "{text}"
    );
    let (_, json, _) = eci(&root, "check web.yaml -o json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let suppressed = json["findings"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["suppressed"].is_object());
    assert_eq!(suppressed.expect("one")["suppressed"]["by"], "configuration");
    assert_eq!(json["summary"]["switchedOff"]["error"], 1);
    let unused = repository(
        "unused",
        &[("eci.yaml", "ignore: {host-ipc: none}\n"), ("web.yaml", POD)],
    );
    assert!(eci(&unused, "check web.yaml --info").1.contains("ECI7040"));
}

#[test]
fn findings_about_suppressions_are_graded_in_files_and_streams() {
    let config = "ignore: {host-ipc: none}\nseverities: {suppression-unused: off}\ncluster: facts.yaml\n";
    let files = [
        ("eci.yaml", config),
        ("facts.yaml", "apiVersion: eci.sdk/v1\nkind: Facts\n"),
        ("web.yaml", POD),
    ];
    let root = repository("graded", &files);
    let stream = || {
        let pod = std::fs::File::open(root.join("web.yaml")).expect("it is there");
        let mut command = Command::new(cargo_bin!("eci"));
        let output = command
            .args(["check", "-", "--info"])
            .current_dir(&root)
            .stdin(pod)
            .output();
        String::from_utf8(output.expect("it starts").stdout).expect("text")
    };
    for text in [eci(&root, "check web.yaml --info").1, stream()] {
        assert!(!text.contains("ECI7040") && text.contains("switched off: 1"), "{text}");
    }
}

#[test]
fn what_is_wrong_with_it_is_told_and_nothing_runs() {
    let root = repository(
        "wrong",
        &[("eci.yaml", "editon: ack\nregion: [x]\n"), ("web.yaml", POD)],
    );
    let (code, text, error) = eci(&root, "check web.yaml");
    assert_eq!((code, text.as_str()), (Some(2), ""));
    let expected = "error: eci.yaml:1:1: there is no key `editon`; write `edition`\neci.yaml:2:9: expected a text\n";
    assert_eq!(error, expected);
    assert_eq!(eci(&root, "check web.yaml --config nowhere.yaml").0, Some(2));
    assert_eq!(eci(&root, "check web.yaml --config eci.yaml --no-config").0, Some(2));
    let root = repository("form", &[("eci.yaml", "output: xml\n"), ("web.yaml", POD)]);
    assert!(
        eci(&root, "check web.yaml").2.contains("eci.yaml:1: expected human"),
        "an unknown form"
    );
    let (code, _, error) = eci(&root, "check web.yaml --no-config --write-baseline");
    assert!(code == Some(2) && error.contains("needs a file"), "{error}");
}

#[test]
fn an_object_of_that_name_configures_nothing() {
    let root = repository("object", &[("eci.yaml", POD)]);
    assert_eq!(eci(&root, "check .").0, Some(1));
    assert_eq!(eci(&root, "check . --config eci.yaml").0, Some(2));
}

#[test]
fn paths_under_different_files_are_refused() {
    let files = [
        ("a/eci.yaml", "edition: ack\n"),
        ("a/web.yaml", POD),
        ("b/eci.yaml", ""),
        ("b/web.yaml", POD),
    ];
    let root = repository("several", &files);
    let (code, _, error) = eci(&root, "check a b");
    assert!(code == Some(2) && error.contains("--config"), "{error}");
    assert_eq!(eci(&root, "check a b --config a/eci.yaml").0, Some(1));
}
