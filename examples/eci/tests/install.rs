//! What is installed beside the program: manual pages, and the plugin of kubectl.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::Path;
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
