//! Files that the request itself carries: ConfigMaps, Secrets, tokens and fields of the pod.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use k8s_openapi::api::core::v1 as core;

use crate::api::{ConfigFile, ConfigFileVolume, Volume};
use crate::group::complete::Answers;
use crate::group::env::Visit;
use crate::group::missing::Lack;
use crate::group::reference::Reference;
use crate::group::resource::Amounts;
use crate::path::At;
use crate::policy::FileModes;
use crate::secret::Sensitive;

/// How long a token lives when nothing is said (Kubernetes, ServiceAccountTokenProjection).
const TOKEN_SECONDS: u64 = 3600;

/// The files of a volume.
#[derive(Clone, Debug)]
pub(in crate::group) struct Files {
    sources: Vec<Source>,
    default_mode: Option<i32>,
    /// Whether the sources are those of a projected volume, by their index.
    is_projected: bool,
}

#[derive(Clone, Debug)]
struct Source {
    index: usize,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Map {
        reference: Reference,
        items: Option<Vec<Item>>,
    },
    Fields(Vec<Field>),
    Token {
        path: String,
        audience: Option<String>,
        seconds: u64,
    },
    /// A source that the API has nothing for.
    Unsupported(&'static str),
}

/// A key under a path of its own.
#[derive(Clone, Debug)]
struct Item {
    key: String,
    path: String,
    mode: Option<i32>,
}

/// A field of the pod as a file.
#[derive(Clone, Debug)]
struct Field {
    path: String,
    value: FieldValue,
    mode: Option<i32>,
}

#[derive(Clone, Debug)]
enum FieldValue {
    Field(String),
    Amount(String),
}

impl Files {
    /// `None` when the volume is of another kind.
    pub(super) fn of(volume: &core::Volume, amounts: &Amounts<'_>) -> Option<Self> {
        let one = |kind, default_mode| {
            let sources = vec![Source { index: 0, kind }];
            Some(Self {
                sources,
                default_mode,
                is_projected: false,
            })
        };
        if let Some(it) = &volume.config_map {
            let reference = Reference::config_map(&it.name, it.optional);
            let items = items(it.items.as_deref());
            return one(Kind::Map { reference, items }, it.default_mode);
        }
        if let Some(it) = &volume.secret {
            let reference = Reference::secret(it.secret_name.as_deref().unwrap_or_default(), it.optional);
            let items = items(it.items.as_deref());
            return one(Kind::Map { reference, items }, it.default_mode);
        }
        if let Some(it) = &volume.downward_api {
            return one(Kind::Fields(fields(it.items.as_deref(), amounts)), it.default_mode);
        }
        let it = volume.projected.as_ref()?;
        let sources = it.sources.iter().flatten().enumerate();
        let sources = sources.map(|(index, source)| Source {
            index,
            kind: projection(source, amounts),
        });
        Some(Self {
            sources: sources.collect(),
            default_mode: it.default_mode,
            is_projected: true,
        })
    }

    pub(super) fn visit(&self, volume: &At<'_>, visit: &mut Visit<'_>) {
        let projected = volume.field("projected");
        let list = projected.field("sources");
        for source in &self.sources {
            let item = list.index(source.index);
            let at = if self.is_projected { &item } else { volume };
            match &source.kind {
                Kind::Map { reference, items } => {
                    let is_secret = matches!(reference, Reference::Secret { .. });
                    let at = at.field(if is_secret { "secret" } else { "configMap" });
                    match items {
                        None => visit(reference, None, &at),
                        Some(items) => {
                            let list = at.field("items");
                            for (index, item) in items.iter().enumerate() {
                                visit(reference, Some(&item.key), &list.index(index));
                            }
                        }
                    }
                }
                Kind::Token { audience, seconds, .. } => {
                    let reference = Reference::Token {
                        audience: audience.clone(),
                        seconds: *seconds,
                    };
                    visit(&reference, None, &at.field("serviceAccountToken"));
                }
                Kind::Fields(_) | Kind::Unsupported(_) => {}
            }
        }
    }

    /// A source that may be missing and is leaves the volume with fewer files, or none.
    pub(super) fn resolve(&self, answers: &mut Answers<'_>) -> Volume {
        let mut files = Vec::new();
        for source in &self.sources {
            source.kind.resolve(answers, &mut files);
        }
        Volume {
            type_: Some("ConfigFileVolume".to_owned()),
            config_file_volume: Some(ConfigFileVolume {
                config_file_to_path: files,
                default_mode: mode(self.default_mode, answers.file_modes),
            }),
            ..Volume::default()
        }
    }
}

impl Kind {
    fn resolve(&self, answers: &mut Answers<'_>, files: &mut Vec<ConfigFile>) {
        let modes = answers.file_modes;
        match self {
            Self::Map { reference, items: None } => {
                let content = answers.content(reference).into_iter().flatten();
                files.extend(content.map(|(key, entry)| file(key, &entry.value, None)));
            }
            Self::Map {
                reference,
                items: Some(items),
            } => {
                for item in items {
                    if let Some(entry) = answers.key(reference, &item.key) {
                        let mode = mode(item.mode, modes);
                        files.push(file(&item.path, &entry.value, mode));
                    }
                }
            }
            Self::Fields(fields) => {
                for field in fields {
                    let value = match &field.value {
                        FieldValue::Amount(amount) => Some(amount.clone()),
                        FieldValue::Field(path) => answers.who.field(path, answers.field_ref),
                    };
                    if let Some(value) = value {
                        files.push(file(&field.path, &Sensitive::from(value), mode(field.mode, modes)));
                    }
                }
            }
            Self::Token {
                path,
                audience,
                seconds,
            } => {
                let token = answers.token(audience.as_deref(), *seconds);
                files.extend(token.map(|token| file(path, token, None)));
            }
            Self::Unsupported(kind) => answers.lack_source(Lack::Unsupported((*kind).to_owned())),
        }
    }
}

/// A file of the request; the API takes its content as Base64.
fn file<T: AsRef<[u8]>>(path: &str, content: &Sensitive<T>, mode: Option<i32>) -> ConfigFile {
    ConfigFile {
        path: Some(path.to_owned()),
        content: Some(content.with_value(STANDARD.encode(content.expose_secret()))),
        mode,
    }
}

/// The mode as the API takes it: as the number it is, or with its octal digits read as decimal ones.
fn mode(mode: Option<i32>, modes: FileModes) -> Option<i32> {
    match modes {
        FileModes::Number => mode,
        FileModes::OctalDigits => format!("{:o}", mode?).parse().ok(),
    }
}

fn items(items: Option<&[core::KeyToPath]>) -> Option<Vec<Item>> {
    let item = |item: &core::KeyToPath| Item {
        key: item.key.clone(),
        path: item.path.clone(),
        mode: item.mode,
    };
    let items = items.filter(|items| !items.is_empty())?;
    Some(items.iter().map(item).collect())
}

fn fields(files: Option<&[core::DownwardAPIVolumeFile]>, amounts: &Amounts<'_>) -> Vec<Field> {
    let field = |file: &core::DownwardAPIVolumeFile| {
        let value = match (&file.field_ref, &file.resource_field_ref) {
            (Some(field), _) => FieldValue::Field(field.field_path.clone()),
            (None, Some(amount)) => FieldValue::Amount(amounts.of(amount, None)?),
            (None, None) => return None,
        };
        Some(Field {
            path: file.path.clone(),
            value,
            mode: file.mode,
        })
    };
    files.unwrap_or_default().iter().filter_map(field).collect()
}

fn projection(source: &core::VolumeProjection, amounts: &Amounts<'_>) -> Kind {
    if let Some(it) = &source.config_map {
        let reference = Reference::config_map(&it.name, it.optional);
        let items = items(it.items.as_deref());
        return Kind::Map { reference, items };
    }
    if let Some(it) = &source.secret {
        let reference = Reference::secret(&it.name, it.optional);
        let items = items(it.items.as_deref());
        return Kind::Map { reference, items };
    }
    if let Some(it) = &source.downward_api {
        return Kind::Fields(fields(it.items.as_deref(), amounts));
    }
    match &source.service_account_token {
        Some(it) => Kind::Token {
            path: it.path.clone(),
            audience: it.audience.clone(),
            seconds: it
                .expiration_seconds
                .and_then(|seconds| u64::try_from(seconds).ok())
                .unwrap_or(TOKEN_SECONDS),
        },
        None => Kind::Unsupported("projected source of this kind"),
    }
}
