//! SARIF 2.1.0, the form that code scanning reads.

use std::collections::BTreeMap;

use eci_model::{Rule, Severity};
use serde::Serialize;

use super::{Fingerprint, RulePages, v1};

/// The name of our fingerprints, with the version of how they are made.
const FINGERPRINT: &str = "eciFinding/v1";

/// Findings as a SARIF 2.1.0 log with one run: the rules that fired, and a result a finding.
///
/// Columns count characters. Names of files become references relative to where the log is read; `-`, standard input, has none.
///
/// # Example
/// ```
/// use eci_sdk::report::{Sarif, v1};
/// use eci_sdk::{Cluster, Edition, Planner};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
///         "spec": {"hostNetwork": true, "containers": [{"name": "main", "image": "shop/web:1.4"}]}}"#,
/// )?;
/// let review = Planner::new(Cluster::new(Edition::Ack)).review(&pod);
/// let rows: Vec<v1::Finding> = review.findings.iter().map(v1::Finding::from).collect();
/// let log = serde_json::to_value(Sarif::of(&rows))?;
/// assert_eq!(log["version"], "2.1.0");
/// assert_eq!(log["runs"][0]["results"][0]["ruleId"], rows[0].code.as_str());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct Sarif {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

impl Sarif {
    /// The log of some findings.
    pub fn of(findings: &[v1::Finding]) -> Self {
        let mut fired: BTreeMap<&str, usize> = findings.iter().map(|finding| (finding.code.as_str(), 0)).collect();
        for (index, place) in fired.values_mut().enumerate() {
            *place = index;
        }
        let rules = fired.keys().map(|code| Descriptor::of(code, findings)).collect();
        let results = findings.iter().map(|finding| {
            let rule = fired.get(finding.code.as_str()).copied().unwrap_or_default();
            Outcome::of(finding, rule)
        });
        Self {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "eci",
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        rules,
                    },
                },
                column_kind: "unicodeCodePoints",
                results: results.collect(),
            }],
        }
    }

    /// The same with the address of the page of each rule.
    #[must_use]
    pub fn with_pages(mut self, pages: &RulePages) -> Self {
        for run in &mut self.runs {
            for descriptor in &mut run.tool.driver.rules {
                descriptor.help_uri = crate::rule(&descriptor.id).map(|rule| pages.of(rule));
            }
        }
        self
    }
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Clone, Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

#[derive(Clone, Debug, Serialize)]
struct Help {
    text: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    markdown: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

impl Descriptor {
    /// A rule of ours from the registry; one of the user's own is known by what its findings say only.
    fn of(code: &str, findings: &[v1::Finding]) -> Self {
        let name = findings.iter().find(|finding| finding.code == code);
        let name = name.map(|finding| finding.name).unwrap_or_default();
        let rule = crate::rule(code);
        let text = |text: fn(&Rule) -> &'static str| {
            let text = rule.map(text).filter(|text| !text.is_empty());
            text.map(|text| Message { text: text.to_owned() })
        };
        Self {
            id: code.to_owned(),
            name,
            short_description: text(Rule::summary_text),
            full_description: text(Rule::why_text),
            help: rule.map(|rule| Help {
                text: rule.remedy_text(),
                markdown: rule.page_text(),
            }),
            help_uri: None,
            default_configuration: rule.map(|rule| Configuration {
                level: level(rule.severity().name()),
            }),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Message {
    text: String,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Place; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
}

#[derive(Clone, Debug, Serialize)]
struct Suppression {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
}

/// A fix, as editors apply it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair {
    description: Message,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Message>,
}

impl Repair {
    /// Standard input has no fix, since nobody could write it.
    fn of(finding: &v1::Finding) -> Option<Self> {
        let fix = finding.fix.as_ref()?;
        let file = finding.place.file.as_deref().filter(|file| *file != "-")?;
        let replacements = fix.edits.iter().map(|edit| Replacement {
            deleted_region: Region {
                start_line: edit.line,
                start_column: Some(edit.column),
                end_line: Some(edit.end_line),
                end_column: Some(edit.end_column),
            },
            inserted_content: (!edit.text.is_empty()).then(|| Message {
                text: edit.text.clone(),
            }),
        });
        Some(Self {
            description: Message {
                text: fix.title.clone(),
            },
            artifact_changes: [ArtifactChange {
                artifact_location: Artifact { uri: reference(file) },
                replacements: replacements.collect(),
            }],
        })
    }
}

impl Suppression {
    fn of(suppressed: &v1::Suppressed) -> Self {
        let is_written_there = ["comment", "annotation"].contains(&suppressed.by);
        Self {
            kind: if is_written_there { "inSource" } else { "external" },
            justification: suppressed.reason.clone(),
        }
    }
}

impl Outcome {
    fn of(finding: &v1::Finding, rule_index: usize) -> Self {
        let related = finding.related.iter().map(|related| Place {
            message: Some(Message {
                text: related.message.clone(),
            }),
            ..Place::of(&related.place)
        });
        Self {
            rule_id: finding.code.clone(),
            rule_index,
            level: level(finding.severity),
            message: Message { text: message(finding) },
            locations: [Place::of(&finding.place)],
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, Fingerprint::of(finding).to_string())]),
            fixes: Repair::of(finding).into_iter().collect(),
            suppressions: finding.suppressed.iter().map(Suppression::of).collect(),
        }
    }
}

fn level(severity: &str) -> &'static str {
    match severity {
        _ if severity == Severity::Error.name() => "error",
        _ if severity == Severity::Warning.name() => "warning",
        _ => "note",
    }
}

fn message(finding: &v1::Finding) -> String {
    let mut text = finding.title.clone();
    if let Some(found) = &finding.found {
        text.push_str(&format!(": `{found}`"));
    }
    if finding.if_on_eci {
        text.push_str(" (only if the pod runs on ECI)");
    }
    for note in &finding.notes {
        text.push_str(&format!(". {note}"));
    }
    text.push_str(&format!(". Instead: {}", finding.remedy));
    text
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    logical_locations: [Logical; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Clone, Debug, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

impl Place {
    fn of(place: &v1::Place) -> Self {
        let file = place.file.as_deref().filter(|file| *file != "-");
        let name = match &place.namespace {
            Some(namespace) => format!("{} {namespace}/{}", place.kind, place.object),
            None => format!("{} {}", place.kind, place.object),
        };
        let field = if place.path.is_empty() { "" } else { ": " };
        Self {
            physical_location: file.map(|file| Physical {
                artifact_location: Artifact { uri: reference(file) },
                region: place.line.map(|start_line| Region {
                    start_line,
                    start_column: place.column,
                    end_line: place.end_line,
                    end_column: place.end_column,
                }),
            }),
            logical_locations: [Logical {
                fully_qualified_name: format!("{name}{field}{}", place.path),
                kind: "member",
            }],
            message: None,
        }
    }
}

/// A path as a reference (RFC 3986), with `%` for every byte that none has.
fn reference(path: &str) -> String {
    let mut reference = String::with_capacity(path.len());
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'\\' => reference.push('/'),
            byte if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) => {
                reference.push(char::from(byte));
            }
            byte => reference.push_str(&format!("%{byte:02X}")),
        }
    }
    reference
}

#[cfg(test)]
mod tests;
