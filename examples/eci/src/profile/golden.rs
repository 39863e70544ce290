//! Expected results of a profile, as a file that a team keeps beside it.
//!
//! JSON, sorted, and without words that a new version of the program may say differently.

use eci_sdk::profile::{Confidence, Giver, Outcome};
use eci_sdk::report::v1::{ProfileReport, ProfiledPod, ProfiledValue, VERSION};
use eci_sdk::{Origin, Routing};

/// Reads a file.
pub(super) fn read(text: &str) -> Result<ProfileReport, String> {
    let golden: ProfileReport = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if golden.version == VERSION {
        Ok(golden)
    } else {
        Err(format!(
            "version {} of the format, and {VERSION} is known",
            golden.version
        ))
    }
}

/// The text of the file.
pub(super) fn text(golden: &ProfileReport) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(golden)? + "\n")
}

/// The value of a key, and who gives it.
pub(super) fn value(outcome: &Outcome) -> ProfiledValue {
    let beats = outcome.beaten.iter().map(|(value, giver)| (value.clone(), name(giver)));
    ProfiledValue {
        value: outcome.value.clone(),
        by: name(&outcome.by),
        beats: beats.collect(),
    }
}

fn name(giver: &Giver) -> String {
    match giver {
        Giver::Injection(Origin::ProfileEffect { selector }) => selector.to_string(),
        Giver::Injection(Origin::VNodeSelector { name }) => name.to_string(),
        Giver::Injection(other) => other.to_string(),
        _ => "pod".to_owned(),
    }
}

/// Where a pod runs, as a word.
pub(super) const fn runs(routing: &Routing) -> &'static str {
    match (routing, routing.confidence()) {
        (Routing::NotEci { .. }, _) => "real-nodes",
        (_, Confidence::Certain) => "eci",
        (_, Confidence::RealNodesFirst) => "on-shortage",
        (_, Confidence::EciFirst) => "eci-first",
        (_, Confidence::Either) => "either",
        _ => "unknown",
    }
}

/// What differs, a line each.
pub(super) fn differences(expected: &ProfileReport, found: &ProfileReport) -> Vec<String> {
    let mut lines = Vec::new();
    let both = expected.pods.keys().chain(found.pods.keys());
    let mut names: Vec<&String> = both.collect();
    names.sort();
    names.dedup();
    for pod in names {
        match (expected.pods.get(pod), found.pods.get(pod)) {
            (Some(expected), Some(found)) => of_pod(pod, expected, found, &mut lines),
            (Some(_), None) => lines.push(format!("{pod}: expected, and not among the pods")),
            _ => lines.push(format!("{pod}: not expected")),
        }
    }
    if expected.unmatched != found.unmatched {
        let list = |names: &[String]| names.join(", ");
        lines.push(format!(
            "selectors that match nothing: expected `{}`, found `{}`",
            list(&expected.unmatched),
            list(&found.unmatched)
        ));
    }
    lines
}

fn of_pod(pod: &str, expected: &ProfiledPod, found: &ProfiledPod, lines: &mut Vec<String>) {
    if expected.runs != found.runs {
        lines.push(format!("{pod}: expected `{}`, runs `{}`", expected.runs, found.runs));
    }
    if expected.matched != found.matched {
        let (expected, found) = (expected.matched.join(", "), found.matched.join(", "));
        lines.push(format!("{pod}: expected selectors `{expected}`, matched by `{found}`"));
    }
    for (what, expected, found) in [
        ("annotation", &expected.annotations, &found.annotations),
        ("label", &expected.labels, &found.labels),
    ] {
        let mut keys: Vec<&String> = expected.keys().chain(found.keys()).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let (expected, found) = (expected.get(key), found.get(key));
            if expected != found {
                let words = |value: Option<&ProfiledValue>| {
                    value.map_or_else(
                        || "nothing".to_owned(),
                        |value| {
                            let beaten = value
                                .beats
                                .iter()
                                .map(|(value, by)| format!(", beating `{value}` by {by}"));
                            format!("`{}` by {}{}", value.value, value.by, beaten.collect::<String>())
                        },
                    )
                };
                lines.push(format!(
                    "{pod}: {what} {key}: expected {}, found {}",
                    words(expected),
                    words(found)
                ));
            }
        }
    }
}
