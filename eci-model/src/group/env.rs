//! Environment variables: collected from the pod, resolved once everything they refer to is known.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;

use super::complete::{Materials, Missing, Reference, Who};
use crate::api::{EnvironmentVar, FieldRef};
use crate::secret::Sensitive;

/// The variables of one container, in the pod's order.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    from: Vec<From>,
    own: Vec<(String, Source)>,
}

/// A whole ConfigMap or Secret.
#[derive(Clone, Debug)]
struct From {
    prefix: String,
    reference: Reference,
}

/// Where the value of one variable comes from.
#[derive(Clone, Debug)]
enum Source {
    Literal(Sensitive<String>),
    Key { reference: Reference, key: String },
    Field(String),
}

impl Variables {
    pub(super) fn of(container: &core::Container) -> Self {
        Self {
            from: container.env_from.iter().flatten().filter_map(from).collect(),
            own: container
                .env
                .iter()
                .flatten()
                .filter_map(|variable| Some((variable.name.clone(), source(variable)?)))
                .collect(),
        }
    }

    pub(super) fn references(&self) -> impl Iterator<Item = &Reference> {
        let keys = self.own.iter().filter_map(|(_, source)| match source {
            Source::Key { reference, .. } => Some(reference),
            _ => None,
        });
        self.from.iter().map(|from| &from.reference).chain(keys)
    }

    /// Every variable with its value: the container's own in their order, then those of whole ConfigMaps and Secrets by name.
    ///
    /// `$(NAME)` in own values is replaced by what was built before it; unknown names stay, `$$` is a dollar.
    pub(super) fn resolve(
        &self,
        materials: &Materials,
        who: &Who<'_>,
        missing: &mut Vec<Missing>,
    ) -> Vec<EnvironmentVar> {
        let mut known: BTreeMap<String, Sensitive<String>> = BTreeMap::new();
        for from in &self.from {
            for (key, value) in materials.entries(&from.reference, missing) {
                // A variable cannot hold what is no text; Kubernetes leaves such keys out too.
                if let Some(value) = text(&value) {
                    known.insert(format!("{}{key}", from.prefix), value);
                }
            }
        }
        let inherited: Vec<String> = known.keys().cloned().collect();
        let mut variables: Vec<EnvironmentVar> = Vec::new();
        for (name, source) in &self.own {
            let variable = match source {
                Source::Literal(text) => {
                    let value = text.clone();
                    let expanded = expand(value.expose_secret(), &known);
                    plain(name, Sensitive::new(expanded))
                }
                Source::Key { reference, key } => {
                    match materials.key(reference, key, missing).as_ref().and_then(text) {
                        Some(value) => plain(name, value),
                        None => continue,
                    }
                }
                Source::Field(path) if path == "status.podIP" => EnvironmentVar {
                    key: Some(name.clone()),
                    field_ref: Some(FieldRef {
                        field_path: Some(path.clone()),
                    }),
                    ..EnvironmentVar::default()
                },
                Source::Field(path) => match who.field(path) {
                    Some(value) => plain(name, value.into()),
                    None => continue,
                },
            };
            if let Some(value) = &variable.value {
                known.insert(name.clone(), value.clone());
            }
            variables.retain(|earlier| earlier.key.as_deref() != Some(name));
            variables.push(variable);
        }
        for name in inherited {
            if !variables.iter().any(|variable| variable.key.as_deref() == Some(&name))
                && let Some(value) = known.remove(&name)
            {
                variables.push(plain(&name, value));
            }
        }
        variables
    }
}

fn text(bytes: &Sensitive<Vec<u8>>) -> Option<Sensitive<String>> {
    let text = std::str::from_utf8(bytes.expose_secret()).ok()?;
    let value = Sensitive::from(text);
    Some(match bytes.origin() {
        Some(origin) => value.with_origin(origin.to_owned()),
        None => value,
    })
}

fn plain(name: &str, value: Sensitive<String>) -> EnvironmentVar {
    EnvironmentVar {
        key: Some(name.to_owned()),
        value: Some(value),
        ..EnvironmentVar::default()
    }
}

fn from(source: &core::EnvFromSource) -> Option<From> {
    let config_map = source
        .config_map_ref
        .as_ref()
        .map(|it| Reference::config_map(&it.name, it.optional));
    let secret = source
        .secret_ref
        .as_ref()
        .map(|it| Reference::secret(&it.name, it.optional));
    Some(From {
        prefix: source.prefix.clone().unwrap_or_default(),
        reference: config_map.or(secret)?,
    })
}

/// `None` for sources that are told by rules of their own: container resources and files.
fn source(variable: &core::EnvVar) -> Option<Source> {
    let Some(from) = &variable.value_from else {
        return Some(Source::Literal(variable.value.clone().unwrap_or_default().into()));
    };
    if let Some(it) = &from.config_map_key_ref {
        let reference = Reference::config_map(&it.name, it.optional);
        return Some(Source::Key {
            reference,
            key: it.key.clone(),
        });
    }
    if let Some(it) = &from.secret_key_ref {
        let reference = Reference::secret(&it.name, it.optional);
        return Some(Source::Key {
            reference,
            key: it.key.clone(),
        });
    }
    from.field_ref.as_ref().map(|it| Source::Field(it.field_path.clone()))
}

/// Replaces `$(NAME)` by known values, as Kubernetes does.
fn expand(text: &str, known: &BTreeMap<String, Sensitive<String>>) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(dollar) = rest.find('$') {
        let (before, from) = rest.split_at(dollar);
        expanded.push_str(before);
        let after = &from[1..];
        if let Some(literal) = after.strip_prefix('$') {
            expanded.push('$');
            rest = literal;
        } else if let Some((name, tail)) = after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            match known.get(name) {
                Some(value) => expanded.push_str(value.expose_secret()),
                None => {
                    expanded.push_str("$(");
                    expanded.push_str(name);
                    expanded.push(')');
                }
            }
            rest = tail;
        } else {
            expanded.push('$');
            rest = after;
        }
    }
    expanded.push_str(rest);
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known() -> BTreeMap<String, Sensitive<String>> {
        BTreeMap::from([("A".to_owned(), "1".into()), ("B".to_owned(), "$(A)".into())])
    }

    #[test]
    fn names_are_replaced_once() {
        for (text, expanded) in [
            ("x$(A)y", "x1y"),
            ("$(B)", "$(A)"),
            ("$(C)", "$(C)"),
            ("$$(A)", "$(A)"),
            ("$$$(A)", "$1"),
            ("$(A", "$(A"),
            ("$", "$"),
            ("a$b", "a$b"),
            ("", ""),
        ] {
            assert_eq!(expand(text, &known()), expanded, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_without_dollars_stays(text in "[^$]{0,40}") {
            prop_assert_eq!(expand(&text, &known()), text);
        }

        #[test]
        fn no_text_panics(text in "[$()A-Cé]{0,40}") {
            expand(&text, &known());
        }
    }
}
