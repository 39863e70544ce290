//! Environment variables: collected from the pod, resolved once everything they refer to is known.

use std::collections::BTreeMap;
use std::ops::Range;

use k8s_openapi::api::core::v1 as core;

use super::complete::Answers;
use super::expand::{Known, Value};
use super::reference::Reference;
use super::resource::Amounts;
use crate::api::{EnvironmentVar, FieldRef};
use crate::path::At;
use crate::policy;
use crate::secret::Sensitive;

/// The variables of one container, in the pod's order.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    from: Vec<Whole>,
    own: Vec<Own>,
    texts: Texts,
}

/// The names and literal values of a container in one text: a pod may have hundreds, and most plans are dropped without being run.
#[derive(Clone, Debug, Default)]
struct Texts(Sensitive<String>);

/// Where a text stands among the others.
#[derive(Clone, Debug)]
struct Span(Range<usize>);

impl Texts {
    fn for_container(container: &core::Container) -> Self {
        let length = |variable: &core::EnvVar| variable.name.len() + variable.value.as_ref().map_or(0, String::len);
        let length = container.env.iter().flatten().map(length).sum();
        Self(String::with_capacity(length).into())
    }

    fn add(&mut self, text: &str) -> Span {
        let texts = self.0.expose_secret_mut();
        let begin = texts.len();
        texts.push_str(text);
        Span(begin..texts.len())
    }

    fn get(&self, span: &Span) -> &str {
        self.0.expose_secret().get(span.0.clone()).unwrap_or_default()
    }
}

/// A whole ConfigMap or Secret.
#[derive(Clone, Debug)]
struct Whole {
    index: usize,
    prefix: String,
    reference: Reference,
}

#[derive(Clone, Debug)]
struct Own {
    index: usize,
    name: Span,
    source: Source,
}

/// Where the value of one variable comes from.
#[derive(Clone, Debug)]
enum Source {
    Literal(Span),
    Key { reference: Reference, key: String },
    Field(String),
    Resource(String),
}

/// What a walk over references is told: the reference, the key that is wanted, the place.
pub(super) type Visit<'v> = dyn FnMut(&Reference, Option<&str>, &At<'_>) + 'v;

impl Variables {
    pub(super) fn of(container: &core::Container, amounts: &Amounts<'_>) -> Self {
        let mut texts = Texts::for_container(container);
        let mut own = Vec::with_capacity(container.env.as_ref().map_or(0, Vec::len));
        for (index, variable) in container.env.iter().flatten().enumerate() {
            if let Some(source) = source(variable, container, amounts, &mut texts) {
                let name = texts.add(&variable.name);
                own.push(Own { index, name, source });
            }
        }
        let from = (container.env_from.iter().flatten().enumerate())
            .filter_map(|(index, source)| whole(index, source))
            .collect();
        Self { from, own, texts }
    }

    /// Sets a variable that the pod does not set itself.
    pub(super) fn set_default(&mut self, name: &str, value: &str) {
        if !self.own.iter().any(|own| self.texts.get(&own.name) == name) {
            let (name, value) = (self.texts.add(name), self.texts.add(value));
            self.own.push(Own {
                index: self.own.len(),
                name,
                source: Source::Literal(value),
            });
        }
    }

    pub(super) fn visit(&self, container: &At<'_>, visit: &mut Visit<'_>) {
        let list = container.field("envFrom");
        for whole in &self.from {
            let at = list.index(whole.index);
            let field = match whole.reference {
                Reference::Secret { .. } => "secretRef",
                _ => "configMapRef",
            };
            visit(&whole.reference, None, &at.field(field));
        }
        let list = container.field("env");
        for own in &self.own {
            let Source::Key { reference, key } = &own.source else {
                continue;
            };
            let at = list.index(own.index);
            let at = at.field("valueFrom");
            let field = match reference {
                Reference::Secret { .. } => "secretKeyRef",
                _ => "configMapKeyRef",
            };
            visit(reference, Some(key), &at.field(field));
        }
    }

    /// Every variable with its value: the container's own in their order, then those of whole ConfigMaps and Secrets by name, then those
    /// of Services by name. Gives the list and what `$(NAME)` can name afterwards.
    ///
    /// `$(NAME)` in own values is replaced by what was built before it; unknown names stay, `$$` is a dollar.
    pub(super) fn resolve<'s>(
        &self,
        services: &'s BTreeMap<String, String>,
        answers: &mut Answers<'_>,
    ) -> (Vec<EnvironmentVar>, Known<'s>) {
        let mut known = Known::with_services(services);
        for whole in &self.from {
            whole.read(answers, &mut known);
        }
        let inherited: Vec<String> = known.names().map(ToOwned::to_owned).collect();
        let mut variables: Vec<EnvironmentVar> = Vec::new();
        for own in &self.own {
            let name = self.texts.get(&own.name);
            let Some((variable, is_hidden)) = own.source.resolve(name, &self.texts, &known, answers) else {
                continue;
            };
            if let Some(text) = variable.value.clone() {
                known.insert(name.to_owned(), Value { text, is_hidden });
            }
            variables.retain(|earlier| earlier.key.as_deref() != Some(name));
            variables.push(variable);
        }
        let is_set = |variables: &[EnvironmentVar], name: &str| {
            variables.iter().any(|variable| variable.key.as_deref() == Some(name))
        };
        for name in inherited {
            if !is_set(&variables, &name)
                && let Some(value) = known.get(&name)
            {
                variables.push(plain(&name, value.text.clone()));
            }
        }
        for (name, value) in services {
            if !is_set(&variables, name) {
                variables.push(plain(name, value.as_str().into()));
            }
        }
        (variables, known)
    }
}

impl Whole {
    /// Keys that cannot name a variable, and values that are no text, are skipped as Kubernetes skips them.
    fn read(&self, answers: &mut Answers<'_>, known: &mut Known<'_>) {
        let mut skipped = Vec::new();
        let Some(content) = answers.content(&self.reference) else {
            return;
        };
        for (key, entry) in content {
            let name = format!("{}{key}", self.prefix);
            match text(&entry.value).filter(|_| is_name(&name) && !entry.is_binary) {
                Some(text) => known.insert(name, Value { text, is_hidden: true }),
                None => skipped.push(key.clone()),
            }
        }
        if !skipped.is_empty() {
            answers.skip(&self.reference, skipped);
        }
    }
}

impl Source {
    /// The variable of a name, and whether its value may be secret.
    fn resolve(
        &self,
        name: &str,
        texts: &Texts,
        known: &Known<'_>,
        answers: &mut Answers<'_>,
    ) -> Option<(EnvironmentVar, bool)> {
        Some(match self {
            Self::Literal(text) => (plain(name, known.expand(texts.get(text)).text), true),
            Self::Key { reference, key } => {
                let entry = answers.key(reference, key)?;
                (plain(name, text(&entry.value)?), true)
            }
            Self::Resource(value) => (plain(name, value.as_str().into()), false),
            Self::Field(path) => match api_field(path, answers.field_ref) {
                Some(path) => (reference(name, path), false),
                None => (plain(name, answers.who.field(path, answers.field_ref)?.into()), false),
            },
        })
    }
}

/// The field of the API that stands for one of Kubernetes: only the address of the pod.
fn api_field(path: &str, policy: policy::FieldRef) -> Option<&'static str> {
    match path {
        "status.podIP" => Some("status.podIP"),
        "status.podIPs" if policy == policy::FieldRef::OwnNode => Some("status.podIP"),
        _ => None,
    }
}

fn reference(name: &str, path: &str) -> EnvironmentVar {
    EnvironmentVar {
        key: Some(name.to_owned()),
        field_ref: Some(FieldRef {
            field_path: Some(path.to_owned()),
        }),
        ..EnvironmentVar::default()
    }
}

fn plain(name: &str, value: Sensitive<String>) -> EnvironmentVar {
    EnvironmentVar {
        key: Some(name.to_owned()),
        value: Some(value),
        ..EnvironmentVar::default()
    }
}

fn text(bytes: &Sensitive<Vec<u8>>) -> Option<Sensitive<String>> {
    let text = std::str::from_utf8(bytes.expose_secret()).ok()?;
    Some(bytes.with_value(text.to_owned()))
}

/// What the API takes as the name of a variable; the settings of logs carry a key of the user's, which may hold hyphens.
fn is_name(name: &str) -> bool {
    let is_log = name.starts_with("aliyun_logs_");
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || is_log && byte == b'-';
    let begins = name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    begins && name.len() <= 128 && name.bytes().all(letter)
}

fn whole(index: usize, source: &core::EnvFromSource) -> Option<Whole> {
    let config_map = source
        .config_map_ref
        .as_ref()
        .map(|it| Reference::config_map(&it.name, it.optional));
    let secret = source
        .secret_ref
        .as_ref()
        .map(|it| Reference::secret(&it.name, it.optional));
    Some(Whole {
        index,
        prefix: source.prefix.clone().unwrap_or_default(),
        reference: config_map.or(secret)?,
    })
}

/// `None` for sources that rules tell of: files, and amounts where the policy does not resolve them.
fn source(
    variable: &core::EnvVar,
    container: &core::Container,
    amounts: &Amounts<'_>,
    texts: &mut Texts,
) -> Option<Source> {
    let Some(from) = &variable.value_from else {
        return Some(Source::Literal(
            texts.add(variable.value.as_deref().unwrap_or_default()),
        ));
    };
    if let Some(it) = &from.config_map_key_ref {
        let reference = Reference::config_map(&it.name, it.optional);
        let key = it.key.clone();
        return Some(Source::Key { reference, key });
    }
    if let Some(it) = &from.secret_key_ref {
        let reference = Reference::secret(&it.name, it.optional);
        let key = it.key.clone();
        return Some(Source::Key { reference, key });
    }
    if let Some(it) = &from.resource_field_ref {
        return Some(Source::Resource(amounts.of(it, Some(container))?));
    }
    from.field_ref.as_ref().map(|it| Source::Field(it.field_path.clone()))
}
