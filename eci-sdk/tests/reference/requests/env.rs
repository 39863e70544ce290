//! Variables, and `$(NAME)` in commands and arguments.

use serde_json::Value;

use super::{Case, Missing, Parameters, list, text};

/// The variables of a container, in the order in which they are sent: those of `env`, then those of `envFrom` that stay, by name.
#[derive(Default)]
pub(super) struct Variables {
    pub(super) sent: Vec<(String, Kind)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value.
    Plain(String),
    /// The address of the pod, which the service fills in.
    PodIp,
}

impl Variables {
    pub(super) fn of(case: &Case, container: &Value) -> Result<Self, Missing> {
        let mut from: Vec<(String, String)> = Vec::new();
        for source in list(&container["envFrom"]) {
            let (kind, reference) = if source["configMapRef"].is_object() {
                ("ConfigMap", &source["configMapRef"])
            } else {
                ("Secret", &source["secretRef"])
            };
            let prefix = source["prefix"].as_str().unwrap_or_default();
            let Some(data) = case.object(kind, &text(&reference["name"])) else {
                if reference["optional"] == true {
                    continue;
                }
                return Err(Missing);
            };
            for (key, value) in data {
                let name = format!("{prefix}{key}");
                if is_name(&name) {
                    from.retain(|(other, _)| *other != name);
                    from.push((name, value));
                }
            }
        }
        let mut all = Self::default();
        for variable in list(&container["env"]) {
            let name = text(&variable["name"]);
            let Some(value) = value_of(case, variable, &all, &from)? else {
                continue;
            };
            all.sent.retain(|(other, _)| *other != name);
            all.sent.push((name, value));
        }
        from.sort();
        for (name, value) in from {
            if !all.sent.iter().any(|(other, _)| *other == name) {
                all.sent.push((name, Kind::Plain(value)));
            }
        }
        Ok(all)
    }

    pub(super) fn lookup(&self, name: &str) -> Option<&str> {
        let found = self.sent.iter().find(|(other, _)| other == name);
        found.and_then(|(_, kind)| match kind {
            Kind::Plain(value) => Some(value.as_str()),
            Kind::PodIp => None,
        })
    }

    pub(super) fn write(&self, prefix: &str, out: &mut Parameters) {
        for (index, (name, kind)) in self.sent.iter().enumerate() {
            let at = format!("{prefix}.EnvironmentVar.{}", index + 1);
            out.insert(format!("{at}.Key"), name.clone());
            match kind {
                Kind::Plain(value) => out.insert(format!("{at}.Value"), value.clone()),
                Kind::PodIp => out.insert(format!("{at}.FieldRef.FieldPath"), "status.podIP".into()),
            };
        }
    }
}

/// Names of variables: letters, digits, underscores, not beginning with a digit.
fn is_name(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !name.is_empty() && name.chars().all(letter) && !name.starts_with(|c: char| c.is_ascii_digit())
}

fn value_of(
    case: &Case,
    variable: &Value,
    before: &Variables,
    from: &[(String, String)],
) -> Result<Option<Kind>, Missing> {
    let source = &variable["valueFrom"];
    for (field, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
        let reference = &source[field];
        if reference.is_object() {
            let found = case.object(kind, &text(&reference["name"]));
            let value = found.and_then(|data| data.get(&text(&reference["key"])).cloned());
            return match value {
                Some(value) => Ok(Some(Kind::Plain(value))),
                None if reference["optional"] == true => Ok(None),
                None => Err(Missing),
            };
        }
    }
    if let Some(path) = source["fieldRef"]["fieldPath"].as_str() {
        return Ok(field(&case.pod, path));
    }
    if source.is_object() {
        return Ok(None);
    }
    let known = |name: &str| {
        let set = before.sent.iter().any(|(other, _)| other == name);
        let from = from
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str());
        before.lookup(name).or(if set { None } else { from }).map(str::to_owned)
    };
    let value = variable["value"].as_str().unwrap_or_default();
    Ok(Some(Kind::Plain(expanded(value, known))))
}

/// A field of the pod, where the page on metadata lists it.
pub(super) fn field(pod: &Value, path: &str) -> Option<Kind> {
    let plain = |text: String| Some(Kind::Plain(text));
    let meta = &pod["metadata"];
    match path {
        "metadata.name" => plain(text(&meta["name"])),
        "metadata.namespace" => plain(meta["namespace"].as_str().unwrap_or("default").to_owned()),
        "metadata.uid" => plain(text(&meta["uid"])),
        "spec.nodeName" => plain(pod["spec"]["nodeName"].as_str().unwrap_or_default().to_owned()),
        "spec.serviceAccountName" => plain(
            pod["spec"]["serviceAccountName"]
                .as_str()
                .unwrap_or("default")
                .to_owned(),
        ),
        "status.podIP" => Some(Kind::PodIp),
        _ => {
            let (map, key) = path.strip_prefix("metadata.")?.split_once("['")?;
            let value = &meta[map][key.strip_suffix("']")?];
            plain(value.as_str().unwrap_or_default().to_owned())
        }
    }
}

/// `$(NAME)` becomes the value, `$$` a dollar; what is unknown or open stays.
pub(super) fn expanded(value: &str, known: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("$$") {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) = rest.strip_prefix("$(").and_then(|rest| rest.split_once(')')) {
            match known(name) {
                Some(value) => out.push_str(&value),
                None => out.push_str(&format!("$({name})")),
            }
            rest = after;
        } else {
            out.push('$');
            rest = &rest[1..];
        }
    }
    out + rest
}
