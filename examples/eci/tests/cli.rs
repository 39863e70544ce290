//! Every verb as a user types it: what it prints, and its exit code.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};
use std::process::Output;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{assert_data_eq, file};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn eci(arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("eci"))
        .current_dir(root())
        .args(arguments)
        .output()
        .expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn with_input(arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(root())
        .args(arguments)
        .stdin(input)
        .output()
        .expect("it starts");
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn check_shows_findings_where_they_stand() {
    let output = eci(&["check", "examples/manifests"]);
    assert_eq!(output.status.code(), Some(1));
    assert_data_eq!(text(&output.stdout), file!["golden/check.txt"].raw());
}

#[test]
fn plan_shows_every_decision() {
    let output = eci(&[
        "plan",
        "examples/manifests/shop/orders-db.yaml",
        "--cluster",
        "examples/manifests/cluster",
        "--why",
        "--quiet",
    ]);
    assert_eq!(output.status.code(), Some(0));
    assert_data_eq!(text(&output.stdout), file!["golden/plan-why.txt"].raw());
}

#[test]
fn plans_for_programs_hold_the_request_and_references_in_place_of_secrets() {
    let output = eci(&["plan", "examples/manifests", "-o", "json"]);
    let report = json(&output);
    let plans = report["plans"].as_array().expect("plans");
    let plan = plans.iter().find(|plan| plan["subject"]["object"] == "orders-db");
    let plan = plan.expect("the plan of the database");
    assert_eq!(plan["subject"]["line"], 2);
    assert_eq!(plan["routing"]["to"], "eci");
    assert_eq!(plan["request"]["Container"][0]["Name"], "postgres");
    assert_eq!(plan["request"]["ContainerGroupName"], "");
    let variables = plan["request"]["Container"][0]["EnvironmentVar"].as_array();
    let variables = variables.expect("variables");
    let password = variables.iter().find(|it| it["Key"] == "POSTGRES_PASSWORD");
    assert_eq!(
        password.map(|it| &it["Value"]),
        Some(&"<Secret orders-db key password>".into())
    );
    let references = plan["references"].as_array().expect("references");
    let is_password = |reference: &&serde_json::Value| reference["key"] == "password";
    let reference = references.iter().find(is_password).expect("a reference to the Secret");
    assert_eq!(reference["asksFor"], "Secret orders-db");
    assert!(
        reference["field"]
            .as_str()
            .is_some_and(|field| field.starts_with("spec.containers[0].env[0]"))
    );
}

#[test]
fn colours_are_used_when_asked_for_only() {
    let with = |choice: &str| text(&eci(&["check", "examples/manifests/refused", "--quiet", "--color", choice]).stdout);
    assert!(with("always").contains("\u{1b}["));
    for choice in ["auto", "never"] {
        assert!(!with(choice).contains('\u{1b}'), "{choice}");
    }
}

#[test]
fn nothing_is_wider_than_a_hundred_columns() {
    let manifests = "examples/manifests";
    for arguments in [
        &["rules"][..],
        &["annotations"],
        &["support"],
        &["explain", "policies"],
        &["explain", "eci-use-specs"],
        &["explain", "host-path"],
        &["facts", manifests, "--silent"],
        &["cost", manifests],
        &["simulate", "examples/manifests/data", "--cluster", manifests],
        &["plan", "examples/manifests/shop", "--cluster", manifests, "--why"],
    ] {
        let printed = text(&eci(arguments).stdout);
        let wide: Vec<&str> = printed
            .lines()
            .filter(|line| line.chars().count() > 100 && line.split_whitespace().count() > 2)
            .collect();
        assert_eq!(wide, [""; 0], "{arguments:?}");
    }
}

#[test]
fn simulate_draws_what_happened() {
    let output = eci(&[
        "simulate",
        "examples/manifests",
        "--seed",
        "7",
        "--fault",
        "spot-reclaim:report@+70s",
        "--quiet",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    assert!(printed.starts_with("simulated on virtual time: no cloud was contacted, nothing is billed\n"));
    assert_data_eq!(printed, file!["golden/simulate.txt"].raw());
}

#[test]
fn simulate_writes_a_page_that_needs_nothing_else() {
    let file = std::env::temp_dir().join(format!("eci-page-{}.html", std::process::id()));
    let path = file.to_str().expect("a path of letters");
    let output = eci(&[
        "simulate",
        "examples/manifests",
        "--seed",
        "7",
        "--for",
        "10m",
        "--html",
        path,
    ]);
    assert_eq!(output.status.code(), Some(0));
    let page = std::fs::read_to_string(&file).expect("it was written");
    std::fs::remove_file(&file).expect("it is there");
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<th scope=\"row\">web-0</th>"), "{page}");
    for loads in ["<script", "<link", "<img", "src=", "href=", "url(", "@import"] {
        assert!(!page.contains(loads), "{loads}");
    }
    let again = eci(&["simulate", "examples/manifests", "--html", "/nowhere/page.html"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("/nowhere/page.html"));
}

#[test]
fn the_same_seed_gives_the_same_journal_byte_for_byte() {
    let run = |seed: &str| eci(&["up", "examples/manifests", "--seed", seed, "-o", "json"]).stdout;
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
}

#[test]
fn the_refused_folder_is_found_as_its_comments_promise() {
    let output = eci(&["check", "examples/manifests", "-o", "json"]);
    let report = json(&output);
    let findings = report["findings"].as_array().expect("a list");
    let found = |file: &str| -> Vec<String> {
        let of_file = findings
            .iter()
            .filter(|finding| finding["place"]["file"] == format!("examples/manifests/{file}"));
        of_file
            .filter(|finding| finding["severity"] != "info")
            .map(|finding| finding["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(found("refused/node-agent.yaml"), ["daemon-set"]);
    assert_eq!(found("refused/edge-proxy.yaml"), ["host-network", "host-path"]);
    assert_eq!(found("refused/status-page.yaml"), ["node-port-service"]);
    assert!(
        findings
            .iter()
            .filter(|finding| finding["severity"] != "info")
            .all(|finding| {
                finding["place"]["file"]
                    .as_str()
                    .is_some_and(|file| file.contains("/refused/"))
            })
    );
}

#[test]
fn exit_codes_tell_findings_from_failure() {
    assert_eq!(eci(&["check", "examples/manifests/shop"]).status.code(), Some(0));
    assert_eq!(
        eci(&[
            "check",
            "examples/manifests/refused/status-page.yaml",
            "--fail-on",
            "warning"
        ])
        .status
        .code(),
        Some(1)
    );
    assert_eq!(eci(&["check", "no-such-folder"]).status.code(), Some(2));
    assert_eq!(
        eci(&["check", "examples/manifests", "--policy", "Rounding=Up"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(eci(&["check", "--no-such-flag"]).status.code(), Some(2));
}

#[test]
fn a_wrong_path_in_ci_is_not_green() {
    let empty = eci(&["check", "fuzz/fuzz_targets"]);
    assert_eq!(empty.status.code(), Some(2));
    assert_eq!(text(&empty.stderr), "error: no Kubernetes objects in 0 files\n");
}

#[test]
fn standard_input_is_read() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {alibabacloud.com/eci: \"true\"}}\nspec: {hostPID: true, containers: []}\n";
    let (code, printed) = with_input(&["check", "-", "-o", "compact", "--quiet"], pod);
    assert_eq!(code, Some(1));
    assert_eq!(
        printed,
        "-:4:17: error[ECI1030] the pod asks for the processes of its node: `true`\n"
    );
}

#[test]
fn a_bad_document_does_not_hide_the_others() {
    let input = "apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {alibabacloud.com/eci: \"true\"}}\nspec: {hostIPC: true, containers: []}\n";
    let (code, printed) = with_input(&["check", "-", "-o", "compact", "--quiet"], input);
    assert_eq!(code, Some(1));
    assert!(
        printed.contains("error[ECI7010]") && printed.contains("error[ECI1035]"),
        "{printed}"
    );
}

#[test]
fn control_characters_of_the_input_do_not_reach_the_terminal() {
    let input = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {alibabacloud.com/eci: \"true\"}}\nspec: {containers: [], volumes: [{name: a, hostPath: {path: \"/\\e[31mred\"}}]}\n";
    for form in ["human", "compact"] {
        let (_, printed) = with_input(&["check", "-", "-o", form, "--color", "never"], input);
        assert!(printed.contains("ECI1010") && !printed.contains('\u{1b}'), "{printed}");
    }
}

#[test]
fn listings_are_arrays_for_programs() {
    for (verb, key) in [("rules", "code"), ("annotations", "key"), ("support", "path")] {
        let rows = json(&eci(&[verb, "-o", "json"]));
        let rows = rows.as_array().expect("an array");
        assert!(rows.len() > 30 && rows.iter().all(|row| row[key].is_string()), "{verb}");
        let table = text(&eci(&[verb]).stdout);
        assert!(table.contains(rows[0][key].as_str().expect("text")), "{verb}");
    }
}

#[test]
fn a_key_is_explained_with_all_its_facts() {
    let output = eci(&["explain", "eci-privatepool-matchcriteria"]);
    assert_data_eq!(text(&output.stdout), file!["golden/explain-key.txt"].raw());
}

#[test]
fn topics_are_explained() {
    for topic in [
        "ECI1010",
        "host-path",
        "k8s.aliyun.com/eci-use-specs",
        "eci-use-specs",
        "policies",
    ] {
        let output = eci(&["explain", topic]);
        assert_eq!(output.status.code(), Some(0), "{topic}");
        assert!(output.stdout.len() > 40, "{topic}");
    }
    assert_eq!(eci(&["explain", "nothing-of-the-kind"]).status.code(), Some(2));
    assert_eq!(
        json(&eci(&["explain", "ECI1010", "-o", "json"]))["rule"]["name"],
        "host-path"
    );
}

#[test]
fn facts_say_what_is_known_and_what_is_not() {
    let output = eci(&["facts", "examples/manifests/cluster"]);
    assert_data_eq!(text(&output.stdout), file!["golden/facts.txt"].raw());
}

#[test]
fn secrets_of_the_input_are_never_printed() {
    for arguments in [
        &["check", "examples/manifests", "--info"][..],
        &["check", "examples/manifests", "-o", "json"],
        &["plan", "examples/manifests", "--why"],
        &["plan", "examples/manifests", "-o", "json"],
        &["simulate", "examples/manifests"],
        &["simulate", "examples/manifests", "-o", "json"],
        &["facts", "examples/manifests"],
    ] {
        let output = eci(arguments);
        let printed = text(&output.stdout) + &text(&output.stderr);
        assert!(!printed.contains("not-a-real-password"), "{arguments:?}");
    }
}

#[test]
fn every_shell_gets_completions() {
    for (shell, expected) in [
        ("bash", "_eci()"),
        ("zsh", "#compdef eci"),
        ("fish", "complete -c eci"),
        ("elvish", "edit:completion"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let output = Command::new(cargo_bin!("eci"))
            .args(["completions", shell])
            .output()
            .expect("it starts");
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success() && text.contains(expected), "{shell}: {text}");
        assert!(text.contains("write-baseline"), "{shell} knows the flags");
    }
}
