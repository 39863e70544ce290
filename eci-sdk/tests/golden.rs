//! Manifests in; findings, plans and requests out, as reviewed snapshots.
//!
//! `tests/golden/verdict` holds a folder a rule or subject, and a file a fact. Its first line gives the case: `# edition=ack
//! region=cn-hangzhou policy=Name::Choice`. A new file is a new case.
//! Infos are left out: what is worth knowing of every pod would hide what is said about this one.
#![cfg(feature = "manifest")]
#![allow(clippy::expect_used, clippy::panic, reason = "tests say what they expect")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eci_sdk::manifest::{Parsed, Reader, Source};
use eci_sdk::{Cluster, FactsDocument, Finding, Plan, Planner, Policies, Review, Routing, Severity};

#[test]
fn verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/verdict");
    let cases = files(&folder);
    assert!(cases.len() >= 14, "{cases:?}");
    for case in cases {
        let name = case
            .file_stem()
            .and_then(|name| name.to_str())
            .expect("a name")
            .to_owned();
        let beside = case.parent().expect("a folder").to_owned();
        let text = judged(&[case]);
        snapshots(&beside).bind(|| insta::assert_snapshot!(name, text));
    }
}

fn snapshots(folder: &Path) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// The manifests below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Everything that is to be said about the objects of some files: findings, routing, decisions, parameters.
fn judged(paths: &[PathBuf]) -> String {
    let mut out = String::new();
    let mut objects: Vec<Parsed> = Vec::new();
    let mut facts = Vec::new();
    let mut header = String::new();
    for path in paths {
        let text = fs::read_to_string(path).expect("a manifest");
        if let Some(line) = text.lines().next().filter(|line| line.starts_with("# edition=")) {
            line.clone_into(&mut header);
        }
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let source = Arc::new(Source::new(name, text.as_str()));
        for document in Reader::new().read(&source) {
            let (parsed, found) = document.objects();
            for finding in found {
                writeln!(out, "{finding}").expect("a text");
            }
            objects.extend(parsed);
            if FactsDocument::is_one(document.api_version(), document.kind()) {
                facts.push(document.read_as::<FactsDocument>().expect("facts"));
            }
        }
    }
    let mut cluster = of_header(&header);
    for document in &facts {
        cluster.learn(document).expect("facts");
    }
    for object in &objects {
        for finding in cluster.observe(object.object()).1 {
            writeln!(out, "{finding}").expect("a text");
        }
    }
    let planner = Planner::new(cluster);
    assert_eq!(
        all(&planner, &objects),
        all(&planner.without_plans(), &objects),
        "what is found does not depend on plans"
    );
    let mut auditor = planner.auditor();
    let mut plans = String::new();
    for object in &objects {
        let review = auditor.push(object.object());
        for finding in review
            .findings
            .iter()
            .filter(|finding| finding.severity() > Severity::Info)
        {
            writeln!(out, "{finding}").expect("a text");
        }
        tell(&review, &mut plans);
    }
    for finding in auditor
        .finish()
        .iter()
        .filter(|finding| finding.severity() > Severity::Info)
    {
        writeln!(out, "{finding}").expect("a text");
    }
    out + &plans
}

/// Every finding about the objects, one by one and together.
fn all(planner: &Planner, objects: &[Parsed]) -> Vec<Finding> {
    let mut auditor = planner.auditor();
    let mut found: Vec<Finding> = Vec::new();
    for object in objects {
        found.extend(auditor.push(object.object()).findings);
    }
    found.extend(auditor.finish());
    found
}

fn of_header(header: &str) -> Cluster {
    let settings = header
        .trim_start_matches('#')
        .split_whitespace()
        .filter_map(|word| word.split_once('='));
    let (mut edition, mut region, mut policies) = ("ack", None, Policies::default());
    for (name, value) in settings {
        match name {
            "edition" => edition = value,
            "region" => region = Some(value),
            "policy" => {
                let (name, choice) = value.split_once("::").expect("a policy and its choice");
                policies.set(name, choice).expect("a policy");
            }
            other => panic!("no setting {other}"),
        }
    }
    let cluster = Cluster::new(edition.parse().expect("an edition")).with_policies(policies);
    match region {
        Some(region) => cluster.in_region(region.parse().expect("a region")),
        None => cluster,
    }
}

fn tell(review: &Review, out: &mut String) {
    let Some(routing) = &review.routing else { return };
    writeln!(out, "\n{}: {routing}", review.subject).expect("a text");
    if let Routing::NotEci { would_change, .. } = routing {
        writeln!(out, "  would change it: {would_change}").expect("a text");
    }
    let Some(plan) = &review.plan else { return };
    decisions(plan, out);
    for (name, value) in plan.operation().to_parameters() {
        writeln!(out, "    {name}={}", value.escape_debug()).expect("a text");
    }
    for need in plan.needs() {
        writeln!(out, "    to look up: {need}").expect("a text");
    }
}

fn decisions(plan: &Plan, out: &mut String) {
    for decision in plan.decisions() {
        writeln!(out, "  {}: {}", decision.name, decision.value).expect("a text");
        for reason in decision.trail {
            writeln!(out, "    {reason}").expect("a text");
        }
        for beaten in decision.beaten {
            writeln!(out, "    beat {} of {}: {}", beaten.value, beaten.origin, beaten.why).expect("a text");
        }
    }
    match plan.price() {
        Some((rate, currency)) => writeln!(out, "  price: {rate} {} an hour", currency.name()),
        None => writeln!(out, "  price: not known"),
    }
    .expect("a text");
}
