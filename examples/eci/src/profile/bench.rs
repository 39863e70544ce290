//! Pods against a profile: what matches, what is injected, who wins.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use eci_sdk::manifest::Parsed;
use eci_sdk::profile::{EntryKind, Outcome, route};
use eci_sdk::report::v1::{ProfileReport, ProfiledPod, VERSION};
use eci_sdk::{Cluster, Routing, Severity};

use super::{Test, golden, lint};
use crate::args::{self, Form};
use crate::input::Input;
use crate::out::{self, say};
use crate::verbs;

/// Tests the pods; fails when something is wrong with the profile, or differs from what is expected.
pub(super) fn run(arguments: &Test) -> Result<ExitCode, Box<dyn Error>> {
    let mut profile = lint::read(&arguments.input)?;
    let pods = Input::read(&args::Input {
        paths: arguments.pods.clone(),
        ..args::Input::default()
    })?;
    let objects: Vec<&Parsed> = pods.items.iter().map(|item| &item.parsed).collect();
    // Namespaces among the pods are facts; a profile among them is not the one that is tested.
    for object in objects.iter().filter(|object| matches!(object, Parsed::Namespace(_))) {
        profile.cluster.observe(object.object());
    }
    let bench = Bench::of(&profile.cluster, &objects);
    if bench.rows.is_empty() {
        return Err("no pods and no workloads in what `--pods` names".into());
    }
    let form = arguments.output.output;
    let has_errors = lint::has_errors(&profile);
    if has_errors && form != Form::Json {
        lint::print(&profile, &arguments.output, Severity::Error);
    }
    let golden = bench.golden();
    let differences = match &arguments.expect {
        Some(file) if arguments.update => {
            std::fs::write(file, golden::text(&golden)?).map_err(|error| format!("{}: {error}", file.display()))?;
            Vec::new()
        }
        Some(file) => differences(file, &golden)?,
        None => Vec::new(),
    };
    match (form, arguments.expect.is_some()) {
        (Form::Json, _) => out::json(&golden)?,
        (_, true) => {}
        (_, false) => say!("{}", bench.text().trim_end()),
    }
    for difference in &differences {
        anstream::eprintln!("{difference}");
    }
    if arguments.expect.is_some() {
        anstream::eprintln!("{} pods, {} differences", bench.rows.len(), differences.len());
    }
    Ok(verbs::exit(
        !differences.is_empty() || has_errors,
        profile.is_incomplete || pods.is_incomplete,
    ))
}

fn differences(file: &Path, found: &ProfileReport) -> Result<Vec<String>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let expected = golden::read(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(golden::differences(&expected, found))
}

/// What comes out for every pod.
struct Bench {
    rows: Vec<Row>,
    unmatched: Vec<String>,
    selectors: usize,
}

struct Row {
    subject: String,
    routing: Routing,
    matched: Vec<String>,
    outcomes: Vec<Outcome>,
}

impl Bench {
    fn of(cluster: &Cluster, objects: &[&Parsed]) -> Self {
        let mut rows = Vec::new();
        for object in objects {
            let object = object.object();
            let Some(pod) = object.pod() else { continue };
            let facts = cluster.route_facts(pod.namespace());
            let route = route(&pod, &facts);
            let of_profile = route.matched().iter().map(|selector| selector.name.to_string());
            let of_vnodes = route.vnode_selector().into_iter().chain(route.tied().iter().copied());
            let of_vnodes = of_vnodes.map(|selector| selector.name.to_string());
            let may_run = route.routing().may_run_on_eci();
            rows.push(Row {
                subject: object.reference().to_string(),
                matched: of_profile.chain(of_vnodes).collect(),
                // Effects act on pods that run on ECI only.
                outcomes: if may_run {
                    route.outcomes(&pod, &facts)
                } else {
                    Vec::new()
                },
                routing: route.into_routing(),
            });
        }
        rows.sort_by(|a, b| a.subject.cmp(&b.subject));
        let matched: BTreeSet<&str> = rows
            .iter()
            .flat_map(|row| row.matched.iter().map(String::as_str))
            .collect();
        let of_profile = cluster
            .profile()
            .into_iter()
            .flat_map(eci_sdk::profile::Profile::selectors);
        let names = of_profile.map(|selector| &*selector.name);
        let names: Vec<&str> = names
            .chain(cluster.vnode_selectors().iter().map(|selector| &*selector.name))
            .collect();
        let unmatched = names
            .iter()
            .filter(|name| !matched.contains(**name))
            .map(ToString::to_string)
            .collect();
        Self {
            selectors: names.len(),
            unmatched,
            rows,
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{} -> {}", row.subject, row.routing);
            let _ = writeln!(text, "  {:<11} {}", "confidence", row.routing.confidence().words());
            if let Some(change) = row.routing.would_change() {
                let _ = writeln!(text, "  {:<11} {change}", "would change");
            }
            if !row.matched.is_empty() {
                let _ = writeln!(text, "  {:<11} {}", "matches", row.matched.join(", "));
            }
            for outcome in &row.outcomes {
                let kind = match outcome.kind {
                    EntryKind::Label => "label",
                    _ => "annotation",
                };
                let _ = writeln!(text, "  {kind:<11} {} = {}, {}", outcome.key, outcome.value, outcome.by);
                for (value, giver) in &outcome.beaten {
                    let _ = writeln!(text, "  {:<11}   beats {value} of {giver}", "");
                }
            }
        }
        if !self.unmatched.is_empty() {
            let _ = writeln!(text, "selectors that match nothing: {}", self.unmatched.join(", "));
        }
        let _ = writeln!(
            text,
            "{} pods, {} selectors, {} of them match nothing",
            self.rows.len(),
            self.selectors,
            self.unmatched.len()
        );
        text
    }

    fn golden(&self) -> ProfileReport {
        let pods = self.rows.iter().map(|row| {
            let of = |kind: EntryKind| {
                let outcomes = row.outcomes.iter().filter(move |outcome| outcome.kind == kind);
                outcomes
                    .map(|outcome| (outcome.key.clone(), golden::value(outcome)))
                    .collect()
            };
            let pod = ProfiledPod {
                runs: golden::runs(&row.routing).to_owned(),
                matched: row.matched.clone(),
                annotations: of(EntryKind::Annotation),
                labels: of(EntryKind::Label),
            };
            (row.subject.clone(), pod)
        });
        ProfileReport {
            version: VERSION,
            pods: pods.collect(),
            unmatched: self.unmatched.clone(),
        }
    }
}
