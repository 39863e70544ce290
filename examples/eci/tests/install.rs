//! What is installed beside the program: manual pages, and the plugin of kubectl.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::cmd::cargo_bin;

#[test]
fn the_plugin_of_kubectl_is_the_program() {
    let run = |program: &Path, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().expect("it starts");
        (output.status.code(), output.stdout, output.stderr)
    };
    for arguments in [
        &["--version"][..],
        &["explain", "host-path"],
        &["check", "nowhere.yaml"],
    ] {
        let plugin = run(cargo_bin!("kubectl-eci"), arguments);
        assert_eq!(plugin, run(cargo_bin!("eci"), arguments), "{arguments:?}");
    }
}

#[test]
fn every_verb_has_a_manual_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    let _ = std::fs::remove_dir_all(&folder);
    let status = Command::new(cargo_bin!("eci"))
        .args(["man", "--folder"])
        .arg(&folder)
        .status()
        .expect("it starts");
    assert!(status.success());
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("it was written");
    let page = read("eci.1");
    assert!(page.contains(".TH eci 1") && page.contains("Exit codes:"), "{page}");
    let check = read("eci-check.1");
    assert!(
        check.contains("\\-\\-baseline") && check.contains("\\-\\-fix"),
        "{check}"
    );
    let printed = Command::new(cargo_bin!("eci")).arg("man").output().expect("it starts");
    assert_eq!(String::from_utf8_lossy(&printed.stdout).trim_end(), page.trim_end());
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn manifests(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // Reports name files from the root of the repository around them.
    std::fs::create_dir_all(folder.join(".git")).expect("it can be made");
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {alibabacloud.com/eci: \"true\"}}\n\
               spec: {hostPID: true, containers: []}\n";
    std::fs::write(folder.join("web.yaml"), pod).expect("it can be written");
    folder
}

#[cfg(unix)]
#[test]
fn the_action_reports_for_the_forge_and_reads_no_value_as_a_command() {
    let folder = manifests("action");
    let _ = std::fs::remove_file(folder.join("output"));
    let output = Command::new("bash")
        .arg(repository().join("examples/eci/action.sh"))
        .current_dir(&folder)
        .env("ECI_PROGRAM", cargo_bin!("eci"))
        .env("ECI_PATHS", "*.yaml $(touch made)")
        .env("ECI_ARGUMENTS", "--assume-eci --info")
        .env("ECI_SARIF", "eci.sarif")
        .env("GITHUB_OUTPUT", folder.join("output"))
        .output()
        .expect("it starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.starts_with("::error file=web.yaml,line=4,"), "{printed}");
    assert!(folder.join("eci.sarif").exists() && !folder.join("made").exists());
    // A path that is not there weighs more than what was found.
    assert_eq!(output.status.code(), Some(2));
    let told = std::fs::read_to_string(folder.join("output")).expect("it was written");
    assert_eq!(told, "code=2\n");
}

#[test]
fn hooks_are_command_lines_of_the_program() {
    let hooks = std::fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).expect("it is there");
    let entries: Vec<&str> = hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: eci "))
        .collect();
    assert_eq!(entries.len(), 2, "{hooks}");
    for entry in entries {
        let output = Command::new(cargo_bin!("eci"))
            .current_dir(manifests("hooks"))
            .args(entry.split_whitespace())
            .arg(".")
            .output()
            .expect("it starts");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.code() == Some(1) && printed.contains("ECI1030"),
            "{entry}: {printed}"
        );
    }
}
