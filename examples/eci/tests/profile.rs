//! `eci profile` as a user types it.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{assert_data_eq, file};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn eci(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(root())
        .args(arguments)
        .stdin(input)
        .output()
        .expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const PROFILE: &str = "examples/manifests/cluster/eci-profile.yaml";
const GOLDEN: &str = "examples/eci/tests/golden/profile-expected.json";

#[test]
fn test_shows_what_matches_and_who_wins() {
    let (code, printed, _) = eci(&["profile", "test", PROFILE, "--pods", "examples/manifests"], "");
    assert_eq!(code, Some(0));
    assert_data_eq!(printed, file!["golden/profile-test.txt"].raw());
}

#[test]
fn a_kept_file_says_whether_anything_changed() {
    let test = ["profile", "test", PROFILE, "--pods", "examples/manifests"];
    let (_, json, _) = eci(&[&test[..], &["-o", "json"]].concat(), "");
    assert_data_eq!(json, file!["golden/profile-expected.json"].raw());
    let (code, printed, said) = eci(&[&test[..], &["--expect", GOLDEN]].concat(), "");
    assert_eq!((code, printed.as_str()), (Some(0), ""));
    assert!(said.ends_with(" 0 differences\n"), "{said}");
}

#[test]
fn differences_are_told_and_fail() {
    let profile = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: eci-profile, namespace: kube-system}\ndata: {}\n";
    let (code, _, said) = eci(
        &[
            "profile",
            "test",
            "-",
            "--pods",
            "examples/manifests",
            "--expect",
            GOLDEN,
        ],
        profile,
    );
    assert_eq!(code, Some(1));
    assert!(
        said.contains("label placed-by: expected `eci-profile` by batch, found nothing"),
        "{said}"
    );
}

#[test]
fn a_changed_profile_says_what_it_changes_for_which_pod() {
    let profile = std::fs::read_to_string(root().join(PROFILE)).expect("the profile of the examples");
    let changed = profile
        .replace("SpotAsPriceGo", "NoSpot")
        .replace(r#"{"tier": "burst"}"#, r#"{"tier": "surge"}"#);
    assert_ne!(changed, profile);
    let (code, printed, said) = eci(
        &[
            "profile",
            "test",
            "-",
            "--pods",
            "examples/manifests",
            "--expect",
            GOLDEN,
        ],
        &changed,
    );
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert_data_eq!(said, file!["golden/profile-differences.txt"].raw());
}

#[test]
fn lint_tells_of_the_comment_inside_the_json() {
    let profile = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: eci-profile, namespace: kube-system}\ndata:\n  selectors: '[{\"name\": \"burst\", /* spot */ \"objectSelector\": {}}]'\n";
    let (code, printed, _) = eci(&["profile", "lint", "-", "-o", "compact"], profile);
    assert_eq!(code, Some(1));
    assert!(printed.starts_with("-:5:34: error[ECI4010]"), "{printed}");
}

#[test]
fn what_holds_no_profile_could_not_run() {
    let (code, _, said) = eci(
        &["profile", "lint", "-"],
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n",
    );
    assert_eq!(code, Some(2));
    assert!(said.contains("no ConfigMap `eci-profile` and no Selector"), "{said}");
}
