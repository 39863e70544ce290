//! Folders inside a repository: what git ignores is not judged.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::fs;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::dir::DirRoot;

#[test]
fn what_git_ignores_is_left_out_unless_it_is_named() {
    let root = DirRoot::mutable_temp().expect("a folder");
    let here = root.path().expect("a path");
    fs::create_dir_all(here.join(".git")).expect("a folder");
    fs::create_dir_all(here.join("deploy/out")).expect("a folder");
    fs::write(here.join(".gitignore"), "out/\n*.local.yaml\n").expect("written");
    let pod = |name: &str| format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n");
    for (file, name) in [
        ("web.yaml", "web"),
        ("a.local.yaml", "local"),
        ("out/made.yaml", "made"),
    ] {
        fs::write(here.join("deploy").join(file), pod(name)).expect("written");
    }
    let files = |path: &str| {
        let output = Command::new(cargo_bin!("eci"))
            .current_dir(here)
            .args(["check", path, "-o", "json"])
            .output()
            .expect("it starts");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["summary"]["files"].as_u64()
    };
    assert_eq!(files("deploy"), Some(1));
    assert_eq!(files("deploy/a.local.yaml"), Some(1));
}
