//! The templates of an object, where its kind is in the table, and whether one of another kind seems to have some.

use super::TemplateKind;
use crate::manifest::value::Value;

/// A template that was found, with its path and the pods that it asks for.
#[derive(Clone, Debug)]
pub(in crate::manifest) struct FoundTemplate<'d> {
    pub(in crate::manifest) path: String,
    pub(in crate::manifest) value: Value<'d>,
    pub(in crate::manifest) replicas: Option<u32>,
}

/// The templates of an object of a kind in the table.
pub(in crate::manifest) fn templates<'d>(root: Value<'d>, kind: &TemplateKind) -> Vec<FoundTemplate<'d>> {
    let mut found = Vec::new();
    for &(template, replicas) in kind.templates {
        for (path, value) in expand(root, template) {
            let asked = replicas.and_then(|pattern| one(root, pattern, template, &path));
            let replicas = asked
                .and_then(|value| value.scalar()?.as_integer())
                .and_then(|count| u32::try_from(count).ok());
            found.push(FoundTemplate { path, value, replicas });
        }
    }
    found
}

/// Every value that a pattern leads to, with its path.
fn expand<'d>(root: Value<'d>, pattern: &str) -> Vec<(String, Value<'d>)> {
    let mut found = vec![(String::new(), root)];
    for step in pattern.split('.') {
        let name = step.trim_end_matches("[]");
        let mut next = Vec::new();
        for (path, value) in found {
            let below = |key: &str| {
                if path.is_empty() {
                    key.to_owned()
                } else {
                    format!("{path}.{key}")
                }
            };
            if name == "*" {
                next.extend(value.entries().map(|(key, value)| (below(key), value)));
            } else if let Some(value) = value.get(name) {
                let path = below(name);
                if name == step {
                    next.push((path, value));
                } else {
                    let items = value.items().enumerate();
                    next.extend(items.map(|(index, item)| (format!("{path}[{index}]"), item)));
                }
            }
        }
        found = next;
    }
    found.retain(|(_, value)| value.is_mapping());
    found
}

/// The value beside a template: wildcards stand for what they stood for in the template's path.
fn one<'d>(root: Value<'d>, pattern: &str, template: &str, path: &str) -> Option<Value<'d>> {
    let taken = template.split('.').zip(path.split('.'));
    let mut value = root;
    let mut together = true;
    for (step, (of_template, taken)) in pattern.split('.').zip(taken) {
        together &= step == of_template;
        let step = if together { taken } else { step };
        value = match step.split_once('[') {
            Some((name, index)) => value.get(name)?.item(index.trim_end_matches(']').parse().ok()?)?,
            None => value.get(step)?,
        };
    }
    Some(value)
}

/// Where an object of any kind holds something that reads as a pod template.
pub(in crate::manifest) fn look_alike(root: Value<'_>) -> Option<String> {
    let mut found = None;
    search(root, &mut Vec::new(), &mut found);
    found
}

/// Recursion is bounded by the depth that the arena accepts.
fn search<'d>(value: Value<'d>, path: &mut Vec<&'d str>, found: &mut Option<String>) {
    if found.is_some() {
        return;
    }
    if path.last().is_some_and(|name| resembles(name, value)) {
        *found = Some(path.join("."));
        return;
    }
    for (key, below) in value.entries() {
        if path.is_empty() && key == "status" {
            // What a controller wrote there makes no pods.
            continue;
        }
        path.push(key);
        search(below, path, found);
        for item in below.items() {
            search(item, path, found);
        }
        path.pop();
    }
}

/// Pod templates and specifications by any name, and the steps of workflows, which become pods as well.
fn resembles(name: &str, value: Value<'_>) -> bool {
    let name = name.to_ascii_lowercase();
    let has_image = |value: Value<'_>| value.get("image").is_some();
    let is_step = || {
        let single = ["container", "script"].iter().filter_map(|key| value.get(key));
        single.into_iter().any(has_image) || value.get("containerSet").is_some_and(holds_containers)
    };
    name.ends_with("template") && value.get("spec").is_some_and(holds_containers)
        || name.ends_with("podspec") && holds_containers(value)
        || name == "templates" && is_step()
        || name == "steps" && has_image(value)
}

fn holds_containers(spec: Value<'_>) -> bool {
    let containers = spec.get("containers");
    containers
        .and_then(|containers| containers.item(0))
        .is_some_and(Value::is_mapping)
}
