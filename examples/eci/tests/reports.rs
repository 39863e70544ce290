//! The forms of `eci check`, one by one and together.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use snapbox::cmd::cargo_bin;

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {alibabacloud.com/eci: \"true\"}}
spec:
  hostNetwork: true
  containers: [{name: main, image: 'registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:latest'}]
";

/// A repository with a manifest in a folder of it.
fn repository(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(root.join("deploy")).expect("it can be made");
    std::fs::create_dir_all(root.join(".git")).expect("it can be made");
    std::fs::write(root.join("deploy/web.yaml"), POD).expect("it can be written");
    root
}

fn eci(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn several_forms_are_written_at_once() {
    let root = repository("several-forms");
    let forms = [
        "human",
        "sarif=../eci.sarif",
        "junit=../eci.xml",
        "json=../eci.json",
        "compact=../eci.txt",
    ];
    let mut arguments = vec!["check", "web.yaml"];
    arguments.extend(forms.iter().flat_map(|form| ["-o", form]));
    let (code, out, _) = eci(&root.join("deploy"), &arguments);
    assert_eq!(code, Some(1));
    assert!(
        out.contains("error[ECI1020]") && out.contains("1 object in 1 file"),
        "{out}"
    );
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("it was written");
    let sarif: Value = serde_json::from_str(&read("eci.sarif")).expect("JSON");
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "deploy/web.yaml");
    assert_eq!(
        (&place["region"]["startLine"], &place["region"]["startColumn"]),
        (&5.into(), &16.into())
    );
    let json: Value = serde_json::from_str(&read("eci.json")).expect("JSON");
    assert_eq!(
        json["findings"].as_array().map(Vec::len),
        sarif["runs"][0]["results"].as_array().map(Vec::len)
    );
    assert!(read("eci.xml").contains("<testsuite name=\"deploy/web.yaml\" tests=\"1\" failures=\"1\""));
    assert!(read("eci.txt").starts_with("web.yaml:5:16: error[ECI1020] "));
}

#[test]
fn a_form_in_a_file_alone_prints_nothing() {
    let root = repository("file-alone");
    let (code, out, err) = eci(&root, &["check", "deploy", "-o", "sarif=eci.sarif"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(1), "", ""));
}

#[test]
fn annotations_and_summaries_are_for_the_forges() {
    let root = repository("forges");
    let (_, github, _) = eci(&root.join("deploy"), &["check", ".", "-o", "github"]);
    assert!(
        github.starts_with("::error file=deploy/web.yaml,line=5,col=16,endLine=5,endColumn=20,title=ECI1020 "),
        "{github}"
    );
    assert_eq!(
        github.lines().count(),
        1,
        "infos are left out unless asked for: {github}"
    );
    let (_, with_infos, _) = eci(&root, &["check", "deploy", "-o", "github", "--info"]);
    assert!(with_infos.contains("::notice "), "{with_infos}");
    let (_, markdown, _) = eci(&root, &["check", "deploy", "-o", "markdown"]);
    assert!(
        markdown.contains("| error | ECI1020 host-network | `deploy/web.yaml:5` `Pod web` |"),
        "{markdown}"
    );
}

#[test]
fn forms_that_do_not_go_together_are_told_before_anything_is_read() {
    let root = repository("together");
    let (code, _, err) = eci(&root, &["check", "nowhere", "-o", "json", "-o", "sarif"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("several forms go to standard output"), "{err}");
    let (code, _, err) = eci(&root, &["check", "deploy", "-o", "json=missing/eci.json"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("missing/eci.json"), "{err}");
}

#[test]
fn a_stream_has_the_same_forms() {
    let root = repository("stream-forms");
    std::fs::write(
        root.join("facts.yaml"),
        "apiVersion: eci.sdk/v1\nkind: Facts\nedition: ack\n",
    )
    .expect("written");
    let stream = std::fs::File::open(root.join("deploy/web.yaml")).expect("it is there");
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(&root)
        .args(["check", "-", "--cluster", "facts.yaml", "-o", "sarif"])
        .stdin(stream)
        .output()
        .expect("it starts");
    let sarif: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "ECI1020");
}

#[test]
fn the_version_tells_how_old_rules_and_prices_are() {
    let root = repository("version");
    let (code, out, _) = eci(&root, &["--version"]);
    assert_eq!(code, Some(0));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], format!("eci {}", env!("CARGO_PKG_VERSION")));
    assert!(
        lines[1].starts_with("rules: ") && lines[1].contains(", the newest page of 20"),
        "{out}"
    );
    assert!(lines[2].starts_with("prices in CNY: list prices, 20"), "{out}");
    assert!(lines[3].starts_with("prices in USD: list prices, "), "{out}");
    let (_, short, _) = eci(&root, &["-V"]);
    assert_eq!(short.lines().collect::<Vec<_>>(), [lines[0]]);
}

#[test]
fn only_so_many_findings_are_printed_and_all_are_counted() {
    let root = repository("max-findings");
    let check = |most: &[&str]| {
        let arguments = ["check", "deploy/web.yaml", "--info", "-o", "compact"];
        eci(&root, &[&arguments, most].concat())
    };
    let findings = |out: &str| out.lines().filter(|line| line.starts_with("deploy/web.yaml:")).count();
    let (code, all, _) = check(&[]);
    let count = findings(&all);
    assert!(count > 2 && !all.contains("not printed"), "{all}");
    let (limited_code, limited, _) = check(&["--max-findings", "1"]);
    assert_eq!((findings(&limited), limited_code), (1, code), "{limited}");
    assert!(
        limited.contains(&format!("{} findings not printed (--max-findings)", count - 1)),
        "{limited}"
    );
    let summary = |out: &str| out.lines().last().map(ToOwned::to_owned);
    assert_eq!(summary(&limited), summary(&all));
}

#[test]
fn rendered_text_names_its_template() {
    let root = repository("rendered");
    let rendered = format!("---\n# Source: web/templates/pod.yaml\n{POD}");
    std::fs::write(root.join("rendered.yaml"), rendered).expect("it can be written");
    let (_, human, _) = eci(
        &root,
        &["check", "rendered.yaml", "-o", "human", "-o", "json=report.json"],
    );
    assert!(human.contains("rendered from web/templates/pod.yaml"), "{human}");
    let report = std::fs::read_to_string(root.join("report.json")).expect("it was written");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["findings"][0]["place"]["template"], "web/templates/pod.yaml");
    let (_, compact, _) = eci(&root, &["check", "rendered.yaml", "-o", "compact"]);
    assert!(
        compact
            .lines()
            .next()
            .is_some_and(|line| line.ends_with("(from web/templates/pod.yaml)")),
        "{compact}"
    );
}

#[test]
fn rules_are_explained_once_below_their_findings() {
    let root = repository("explained");
    std::fs::write(root.join("again.yaml"), POD.replace("name: web", "name: api")).expect("it can be written");
    let check = |more: &[&str]| eci(&root, &[&["check", "deploy/web.yaml", "again.yaml"], more].concat()).1;
    let explained = check(&["--explain"]);
    assert_eq!(explained.matches("error[ECI1020]").count(), 2, "{explained}");
    assert_eq!(
        explained.matches("= why: The pod is refused.").count(),
        1,
        "{explained}"
    );
    assert!(
        explained.contains("= source: Limits, 2024-10-18: documented."),
        "{explained}"
    );
    assert!(!check(&[]).contains("= why: "));
}

#[test]
fn pages_of_rules_are_written_and_named_but_never_as_links_in_pipes() {
    let root = repository("pages");
    let (code, _, _) = eci(&root, &["rules", "--pages", "pages"]);
    let page = std::fs::read_to_string(root.join("pages/host-network.md")).expect("it was written");
    assert_eq!((code, page.lines().next()), (Some(0), Some("# host-network (ECI1020)")));
    let pages = std::fs::read_dir(root.join("pages")).expect("it is there").count();
    assert_eq!(pages, eci_sdk::rules().count());
    let address = ["--rule-pages", "https://docs.example.com/{name}.html"];
    let forms = ["-o", "human", "-o", "sarif=eci.sarif", "--color", "always"];
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(&root)
        .args(["check", "deploy"])
        .args(address)
        .args(forms)
        .env("TERM", "xterm-kitty")
        .output()
        .expect("it starts");
    let human = String::from_utf8(output.stdout).expect("text");
    assert!(human.contains("\u{1b}[") && !human.contains("\u{1b}]8"), "{human}");
    let sarif = std::fs::read_to_string(root.join("eci.sarif")).expect("it was written");
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    let rule = &sarif["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["helpUri"], "https://docs.example.com/host-network.html");
    let (code, _, err) = eci(&root, &["check", "deploy", "--rule-pages", "https://docs.example.com"]);
    assert!(code == Some(2) && err.contains("{code} or {name}"), "{err}");
}

#[test]
fn findings_are_counted_by_namespace() {
    let root = repository("namespaces");
    let shop = POD.replace("name: web", "namespace: shop, name: web");
    std::fs::write(root.join("shop.yaml"), shop).expect("it can be written");
    let (_, human, _) = eci(
        &root,
        &[
            "check",
            "deploy",
            "shop.yaml",
            "shop.yaml",
            "-o",
            "human",
            "-o",
            "json=out.json",
        ],
    );
    let report = std::fs::read_to_string(root.join("out.json")).expect("it was written");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let counts = &report["summary"]["byNamespace"];
    let of = |namespace: &str| counts[namespace].as_u64().unwrap_or_default();
    assert!(of("shop") > of("default") && of("default") > 0, "{counts}");
    assert!(
        human.contains(&format!(
            "namespaces  shop {} · default {}\n",
            of("shop"),
            of("default")
        )),
        "{human}"
    );
}
