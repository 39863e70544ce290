//! Exit codes of every verb, as `eci --help` and the README have them.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::cmd::cargo_bin;

const CLEAN: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {alibabacloud.com/eci: \"true\"}}
spec:
  containers: [{name: main, image: 'registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4'}]
";

fn folder() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exit");
    std::fs::create_dir_all(root.join("nothing")).expect("it can be made");
    let write = |name: &str, text: &str| std::fs::write(root.join(name), text).expect("it can be written");
    write("clean.yaml", CLEAN);
    write("error.yaml", &CLEAN.replace("spec:\n", "spec:\n  hostNetwork: true\n"));
    write(
        "misspelt.yaml",
        &CLEAN.replace("}}\n", "}, annotations: {k8s.aliyun.com/eci-use-spec: 2-4Gi}}\n"),
    );
    write(
        "facts.yaml",
        "apiVersion: eci.sdk/v1\nkind: Facts\nedition: ack\nregion: cn-hangzhou\n",
    );
    let profile = |data: &str| {
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: eci-profile, namespace: kube-system}}\ndata: {data}\n"
        )
    };
    write("profile.yaml", &profile("{vSwitchIds: vsw-bp1xpiowfm5vo8o3c1111}"));
    write("wrong-profile.yaml", &profile("{selectors: '[{]'}"));
    root
}

fn code(arguments: &str) -> Option<i32> {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(folder())
        .args(arguments.split_whitespace())
        .output()
        .expect("it starts");
    output.status.code()
}

#[test]
fn each_verb_exits_as_it_is_documented() {
    for (arguments, expected) in [
        ("check clean.yaml", 0),
        ("check clean.yaml --fail-on info", 1),
        ("check error.yaml", 1),
        ("check error.yaml --ignore host-network=tested", 0),
        ("check misspelt.yaml --diff", 1),
        ("check clean.yaml --diff", 0),
        ("check error.yaml nowhere.yaml", 2),
        ("check nothing", 2),
        ("check clean.yaml --fail-on never", 2),
        ("check", 2),
        ("plan clean.yaml", 0),
        ("plan error.yaml", 1),
        ("plan clean.yaml nowhere.yaml", 2),
        ("simulate clean.yaml --for 1m", 0),
        ("simulate clean.yaml nowhere.yaml --for 1m", 2),
        ("cost clean.yaml", 0),
        ("cost clean.yaml nowhere.yaml", 2),
        ("facts facts.yaml", 0),
        ("facts facts.yaml nowhere.yaml", 2),
        ("profile lint profile.yaml", 0),
        ("profile lint wrong-profile.yaml", 1),
        ("profile lint nowhere.yaml", 2),
        ("profile test profile.yaml --pods clean.yaml", 0),
        ("explain host-path", 0),
        ("explain no-such-rule", 2),
        ("rules", 0),
        ("annotations", 0),
        ("support", 0),
        ("completions bash", 0),
        ("man", 0),
        ("man --folder facts.yaml", 2),
        ("--version", 0),
        ("--help", 0),
        ("no-such-verb", 2),
    ] {
        assert_eq!(code(arguments), Some(expected), "eci {arguments}");
    }
}

#[test]
fn help_and_readme_say_the_same() {
    let output = Command::new(cargo_bin!("eci"))
        .arg("--help")
        .env("COLUMNS", "70")
        .output()
        .expect("it starts");
    let help = String::from_utf8(output.stdout).expect("text");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).expect("it is there");
    // A row of help goes on in the next line where the terminal is narrow.
    let codes = |text: &str, from: &str| -> Vec<String> {
        let mut rows: Vec<String> = Vec::new();
        for line in text.lines().skip_while(|line| !line.contains(from)).skip(1) {
            let line = line.replace(['|', '`'], " ");
            let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
            match (words.chars().next(), rows.last_mut()) {
                (Some('0'..='2'), _) => rows.push(words),
                (Some('a'..='z' | '-' | '('), Some(row)) => {
                    row.push(' ');
                    row.push_str(&words);
                }
                (None, Some(_)) => break,
                _ => {}
            }
        }
        rows
    };
    let told = codes(&help, "Exit codes:");
    assert_eq!(told.len(), 3, "{help}");
    assert_eq!(codes(&readme, "| exit code |"), told);
}
