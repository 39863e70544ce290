//! The rows of the support matrix, read from the data that is compiled in.

use std::fmt;
use std::sync::LazyLock;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The data: a line a row, its parts between tabs.
static DATA: &str = include_str!("../../../data/support.tsv");

/// Where a field stands: the same type means different things in different places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Context {
    /// The pod itself, and its volumes.
    Pod,
    /// A container.
    App,
    /// An init container.
    Init,
    /// A probe of a container.
    Probe,
    /// A hook of a container.
    Hook,
    /// An ephemeral container.
    Ephemeral,
}

impl Context {
    /// Every context, in the order of the matrix.
    pub const ALL: [Self; 6] = [
        Self::Pod,
        Self::App,
        Self::Init,
        Self::Probe,
        Self::Hook,
        Self::Ephemeral,
    ];

    /// The name in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pod => "pod",
            Self::App => "app",
            Self::Init => "init",
            Self::Probe => "probe",
            Self::Hook => "hook",
            Self::Ephemeral => "ephemeral",
        }
    }

    /// What stands below a field of a type.
    pub fn below(self, kind: &str, field: &str) -> Self {
        match (self, kind, field) {
            (Self::Pod, "PodSpec", "containers") => Self::App,
            (Self::Pod, "PodSpec", "initContainers") => Self::Init,
            (Self::Pod, "PodSpec", "ephemeralContainers") => Self::Ephemeral,
            (Self::App | Self::Init, "Container", "livenessProbe" | "readinessProbe" | "startupProbe") => Self::Probe,
            (Self::App | Self::Init, "Container", "lifecycle") => Self::Hook,
            _ => self,
        }
    }
}

/// What happens to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Treatment {
    /// It is part of the request.
    Mapped,
    /// It is looked up, and what is found is part of the request.
    Resolved,
    /// It is part of the request in another form, and the named rule tells how.
    Told(&'static str),
    /// It has no effect, and the named rule tells it.
    Ignored(&'static str),
    /// The pod is refused, and the named rule tells why; policies may lower it.
    Refused(&'static str),
    /// It acts before or beside the instance: scheduling, admission, what the control plane does.
    Kubernetes,
    /// It has no counterpart and needs none.
    Harmless,
}

impl Treatment {
    /// The name in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Resolved => "resolved",
            Self::Told(_) => "told",
            Self::Ignored(_) => "ignored",
            Self::Refused(_) => "refused",
            Self::Kubernetes => "kubernetes",
            Self::Harmless => "harmless",
        }
    }

    /// The rule that tells it.
    pub const fn rule(self) -> Option<&'static str> {
        match self {
            Self::Told(rule) | Self::Ignored(rule) | Self::Refused(rule) => Some(rule),
            Self::Mapped | Self::Resolved | Self::Kubernetes | Self::Harmless => None,
        }
    }

    fn parse(text: &'static str) -> Option<Self> {
        let (name, rule) = text.split_once(':').unwrap_or((text, ""));
        Some(match name {
            "mapped" => Self::Mapped,
            "resolved" => Self::Resolved,
            "told" => Self::Told(rule),
            "ignored" => Self::Ignored(rule),
            "refused" => Self::Refused(rule),
            "kubernetes" => Self::Kubernetes,
            "harmless" => Self::Harmless,
            _ => return None,
        })
    }
}

/// The versions of Kubernetes that have a field: minor numbers, the first and the last; 0 and the largest number where it is not limited
/// among those that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Versions {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

impl Versions {
    /// Whether version 1.`minor` is among them.
    pub const fn contain(self, minor: u32) -> bool {
        self.first <= minor && minor <= self.last
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "-" {
            return Some(Self {
                first: 0,
                last: u32::MAX,
            });
        }
        let (first, last) = text.split_once('-')?;
        Some(Self {
            first: first.parse().ok()?,
            last: if last.is_empty() { u32::MAX } else { last.parse().ok()? },
        })
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (0, u32::MAX) => f.write_str("every version of Kubernetes"),
            (first, u32::MAX) => write!(f, "Kubernetes 1.{first} and later"),
            (first, last) if first == last => write!(f, "Kubernetes 1.{first}"),
            (first, last) => write!(f, "Kubernetes 1.{first} to 1.{last}"),
        }
    }
}

/// A row of the support matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// Where it stands.
    pub context: Context,
    /// The type of Kubernetes that has the field, `Probe`.
    pub kind: &'static str,
    /// The field, `periodSeconds`.
    pub field: &'static str,
    /// A place of the field, from the pod's specification on; `[]` stands for any item of a list.
    pub path: &'static str,
    /// The versions that have it.
    pub versions: Versions,
    /// What happens to it.
    pub treatment: Treatment,
    /// A value, as JSON, for which that can be seen.
    pub sample: &'static str,
    /// What must stand beside the sample, a JSON object, for it to mean something.
    pub beside: Option<&'static str>,
    /// The type below a field that is part of the request, when a field without counterpart may stand there in any version.
    pub mixed: Option<&'static str>,
}

impl Row {
    fn parse(line: &'static str) -> Option<Self> {
        let mut parts = line.split('\t');
        let mut part = || parts.next();
        let context = part()?;
        Some(Self {
            context: Context::ALL.into_iter().find(|known| known.name() == context)?,
            kind: part()?,
            field: part()?,
            path: part()?,
            versions: Versions::parse(part()?)?,
            treatment: Treatment::parse(part()?)?,
            sample: part()?,
            beside: part().filter(|beside| *beside != "-"),
            mixed: part().filter(|kind| *kind != "-"),
        })
    }
}

impl Serialize for Row {
    /// `context`, `type`, `field`, `path`, `treatment`, `rule` where there is one, and `sample` as JSON text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Row", 7)?;
        row.serialize_field("context", self.context.name())?;
        row.serialize_field("type", self.kind)?;
        row.serialize_field("field", self.field)?;
        row.serialize_field("path", self.path)?;
        row.serialize_field("treatment", self.treatment.name())?;
        row.serialize_field("rule", &self.treatment.rule())?;
        row.serialize_field("sample", self.sample)?;
        row.end()
    }
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = DATA.lines().filter(|line| !line.starts_with('#'));
    let mut rows: Vec<Row> = lines.filter_map(Row::parse).collect();
    rows.sort_by_key(|row| (row.context, row.kind, row.field));
    rows
});

pub(super) fn rows() -> &'static [Row] {
    &ROWS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_row_and_none_stands_twice() {
        let lines = DATA.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows().len(), lines);
        let key = |row: &Row| (row.context, row.kind, row.field);
        assert!(rows().windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
    }

    #[test]
    fn samples_are_json_and_rules_have_names() {
        for row in rows() {
            let value: Result<serde_json::Value, _> = serde_json::from_str(row.sample);
            assert!(value.is_ok(), "{} {}", row.path, row.sample);
            let beside: Option<serde_json::Value> = row.beside.map(|text| serde_json::from_str(text).expect("JSON"));
            assert!(beside.is_none_or(|beside| beside.is_object()), "{}", row.path);
            assert!(row.treatment.rule().is_none_or(|rule| !rule.is_empty()), "{}", row.path);
        }
    }

    #[test]
    fn versions_are_ranges() {
        let all = Versions::parse("-").expect("all");
        let some = Versions::parse("34-").expect("from on");
        let one = Versions::parse("35-35").expect("one");
        for (minor, expected) in [
            (33, [true, false, false]),
            (35, [true, true, true]),
            (37, [true, true, false]),
        ] {
            assert_eq!([all, some, one].map(|versions| versions.contain(minor)), expected);
        }
        let printed = [all, some, one].map(|versions| versions.to_string());
        let words = [
            "every version of Kubernetes",
            "Kubernetes 1.34 and later",
            "Kubernetes 1.35",
        ];
        assert_eq!(printed, words);
    }
}
