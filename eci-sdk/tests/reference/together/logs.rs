//! Switches and log settings in the environment of containers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::list;

const SWITCHES: [&str; 6] = [
    "__ECI_RESOURCE_IGNORE__",
    "ECI_CONTAINER_TYPE",
    "ECI_CONTAINER_IGNORE_EXIT_CODE",
    "ECI_CONTAINER_IGNORE_READY",
    "ECI_CONTAINER_LAUNCH_PRIORITY",
    "ECI_CONTAINER_EXIT_PRIORITY",
];

fn value<'a>(container: &'a Value, name: &str) -> Option<&'a str> {
    list(&container["env"]).find(|var| var["name"] == name)?["value"].as_str()
}

fn priority(container: &Value, name: &str) -> Option<i64> {
    let text = value(container, name)?;
    let number = text.parse().ok().filter(|number| (-1000..=1000).contains(number));
    number.filter(|_| !text.starts_with('+'))
}

pub(super) fn switches(pod: &Value, fired: &mut BTreeSet<&'static str>) {
    let all = ["containers", "initContainers"];
    for container in all.iter().flat_map(|kind| list(&pod["spec"][*kind])) {
        for variable in list(&container["env"]) {
            let (name, text) = (variable["name"].as_str().expect("a name"), variable["value"].as_str());
            if !SWITCHES.contains(&name) {
                let near = SWITCHES
                    .iter()
                    .any(|switch| distance(&switch.to_lowercase(), &name.to_lowercase()) <= 2);
                if near || name == "ECI_CONTAINER_IGNORE_RESOURCE" {
                    fired.insert("sidecar-switch-misspelt");
                }
                continue;
            }
            let good = match (name, text) {
                (_, None) => true,
                ("__ECI_RESOURCE_IGNORE__", Some(text)) => text == "TRUE",
                // Words in another case are told as such.
                ("ECI_CONTAINER_TYPE", Some(text)) => ["normal", "sidecar"].contains(&text.to_lowercase().as_str()),
                ("ECI_CONTAINER_LAUNCH_PRIORITY" | "ECI_CONTAINER_EXIT_PRIORITY", Some(_)) => {
                    priority(container, name).is_some()
                }
                (_, Some(text)) => ["true", "false"].contains(&text),
            };
            if !good {
                fired.insert("sidecar-switch-value");
            }
        }
    }
    let containers: Vec<&Value> = list(&pod["spec"]["containers"]).collect();
    if containers.iter().all(|container| {
        value(container, "ECI_CONTAINER_TYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("sidecar"))
    }) {
        fired.insert("sidecar-only");
    }
    // A value that is told as wrong says nothing about the order.
    let launch = |container: &&Value| match value(container, "ECI_CONTAINER_LAUNCH_PRIORITY") {
        None => Some(0),
        Some(text) => text
            .parse::<i64>()
            .ok()
            .filter(|number| (-1000..=1000).contains(number)),
    };
    let Some(priorities) = containers.iter().map(launch).collect::<Option<Vec<i64>>>() else {
        return;
    };
    let least = priorities.iter().min().copied().unwrap_or(0);
    let mut both = containers.iter().zip(&priorities);
    if both.any(|(container, priority)| *priority > least && !container["readinessProbe"].is_object()) {
        fired.insert("launch-order-without-probe");
    }
}

/// `aliyun_logs_<key>` and its family.
pub(super) fn logs(pod: &Value, fired: &mut BTreeSet<&'static str>) {
    const SUFFIXES: [&str; 6] = ["_project", "_logstore", "_machinegroup", "_shard", "_ttl", "_tags"];
    let all = ["containers", "initContainers"];
    for container in all.iter().flat_map(|kind| list(&pod["spec"][*kind])) {
        for variable in list(&container["env"]) {
            let name = variable["name"].as_str().expect("a name");
            let Some(rest) = name.strip_prefix("aliyun_logs_") else {
                continue;
            };
            let text = variable["value"].as_str().unwrap_or_default();
            let member = SUFFIXES
                .iter()
                .find_map(|suffix| Some((rest.strip_suffix(suffix)?, *suffix)));
            let (key, suffix) = member.unwrap_or((rest, ""));
            if !suffix.is_empty() && value(container, &format!("aliyun_logs_{key}")).is_none() {
                fired.insert("log-family-incomplete");
                continue;
            }
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            let number = text.parse::<u32>().ok();
            let out = match suffix {
                "_shard" => !number.is_some_and(|number| (1..=10).contains(&number)),
                "_ttl" => !number.is_some_and(|number| (1..=3650).contains(&number)),
                _ => false,
            };
            if out || key.is_empty() || !key.bytes().all(plain) {
                fired.insert("log-setting-range");
            }
            let above = |mount: &Value| {
                let path = mount["mountPath"].as_str().unwrap_or_default().trim_end_matches('/');
                let volume = list(&pod["spec"]["volumes"]).find(|volume| volume["name"] == mount["name"]);
                text.starts_with(&format!("{path}/")) && volume.is_some_and(|volume| volume["emptyDir"].is_object())
            };
            if suffix.is_empty() && text.starts_with('/') && !list(&container["volumeMounts"]).any(above) {
                fired.insert("log-path-without-volume");
            }
        }
    }
}

/// How many letters must be added, dropped, replaced, or swapped with their neighbour.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    // One change of a letter changes at most two counts of letters.
    let count = |all: &[char], letter: char| all.iter().filter(|other| **other == letter).count();
    let lacking = |all: &[char], of: &[char]| all.iter().filter(|letter| count(of, **letter) == 0).count();
    if one.len().abs_diff(other.len()) > 2 || lacking(&one, &other) > 2 || lacking(&other, &one) > 2 {
        return 3;
    }
    let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = table[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                let swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                if swapped {
                    least.min(table[i - 2][j - 2] + 1)
                } else {
                    least
                }
            };
        }
    }
    table[one.len()][other.len()]
}
