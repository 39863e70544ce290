//! What is known of a key: the documentation row that every declaration is.

use std::fmt;

use eci_model::{Edition, Editions};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Everything a key says of itself, besides how its values are read.
///
/// Made by the `const` steps of [`Key`](crate::Key); serialises as a row of the published table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Facts {
    /// The key as it is written, prefix included; `{key}` stands for a name that users choose.
    pub name: &'static str,
    /// What the key is about.
    pub category: Category,
    /// Who writes it.
    pub set_by: SetBy,
    /// Where it is read.
    pub targets: &'static [Target],
    /// In which editions it is offered; `None` where no page tells the editions apart.
    pub editions: Option<Editions>,
    /// The shape of its values, in a word.
    pub shape: &'static str,
    /// Which values are allowed.
    pub allowed: Allowed,
    /// The smallest number.
    pub min: Option<i64>,
    /// The largest number.
    pub max: Option<i64>,
    /// How many items a list may have.
    pub max_items: Option<usize>,
    /// The unit of the number; empty when it has none.
    pub unit: &'static str,
    /// What holds when the key is not set; empty when that is not documented.
    pub default: &'static str,
    /// What else must be set.
    pub requires: &'static [&'static str],
    /// What must not be set beside it.
    pub conflicts: &'static [&'static str],
    /// What it beats, and what beats it.
    pub precedence: &'static str,
    /// The parameter of the API it becomes; empty when none is known.
    pub api: &'static str,
    /// Older and variant spellings.
    pub aliases: &'static [&'static str],
    /// Values that pages show; ids are made up where pages mask them.
    pub examples: &'static [&'static str],
    /// What it means, in sentences.
    pub summary: &'static str,
    /// Whether it is in use, retired, or doubtful.
    pub standing: Standing,
    /// The page that describes it.
    pub source: Source,
    /// How well it is documented.
    pub confidence: Confidence,
}

impl Facts {
    pub(crate) const fn new(name: &'static str, targets: &'static [Target]) -> Self {
        Self {
            name,
            category: Category::Own,
            set_by: SetBy::User,
            targets,
            editions: None,
            shape: "string",
            allowed: Allowed::Open,
            min: None,
            max: None,
            max_items: None,
            unit: "",
            default: "",
            requires: &[],
            conflicts: &[],
            precedence: "",
            api: "",
            aliases: &[],
            examples: &[],
            summary: "",
            standing: Standing::Current,
            source: Source { title: "", updated: "" },
            confidence: Confidence::Own,
        }
    }

    /// Whether the key is read on such an object.
    pub fn is_for(&self, target: Target) -> bool {
        self.targets.contains(&target)
    }

    /// Whether only the platform writes the key.
    pub const fn is_written_by_platform(&self) -> bool {
        matches!(self.set_by, SetBy::Platform)
    }

    /// Whether the key has an effect in an edition; yes where no page tells the editions apart.
    pub fn works_in(&self, edition: Edition) -> bool {
        self.editions.is_none_or(|editions| editions.contains(edition))
    }

    /// Whether a name is this key, or an instance of its pattern (`aliyun_logs_{key}_ttl`).
    pub fn matches(&self, name: &str) -> bool {
        match self.name.split_once("{key}") {
            None => self.name == name,
            Some((before, after)) => {
                let rest = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
                rest.is_some_and(|key| !key.is_empty() && (!after.is_empty() || !key.contains('_')))
            }
        }
    }
}

impl Facts {
    /// The first sentence of the meaning.
    pub fn headline(&self) -> &'static str {
        let summary = self.summary.trim();
        summary
            .split_once(". ")
            .map_or(summary, |(first, _)| first)
            .trim_end_matches('.')
    }
}

impl fmt::Display for Facts {
    /// Everything that is known, a fact a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})\n  {}", self.name, self.category, self.summary.trim())?;
        let targets: Vec<&str> = self.targets.iter().map(|target| target.name()).collect();
        let editions = self.editions.map_or_else(String::new, |editions| {
            editions.iter().map(Edition::name).collect::<Vec<_>>().join(", ")
        });
        let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        let items = self
            .max_items
            .map_or_else(String::new, |items| format!("at most {items}"));
        let standing = match self.standing {
            Standing::Current => String::new(),
            Standing::Retired(successor) => format!("replaced by {successor}"),
            Standing::Doubtful => "doubtful: gone from the main pages".to_owned(),
            Standing::ThirdParty => "known from code of others only".to_owned(),
        };
        let lines = [
            ("read on", targets.join(", ")),
            ("written by", self.set_by.name().to_owned()),
            ("editions", editions),
            ("shape", self.shape.to_owned()),
            ("allowed", self.allowed.to_string()),
            ("smallest", number(self.min)),
            ("largest", number(self.max)),
            ("items", items),
            ("unit", self.unit.to_owned()),
            ("default", self.default.to_owned()),
            ("requires", self.requires.join("; ")),
            ("conflicts", self.conflicts.join("; ")),
            ("precedence", self.precedence.to_owned()),
            ("API", self.api.to_owned()),
            ("also", self.aliases.join("; ")),
            ("examples", self.examples.join("  ")),
            ("standing", standing),
            ("source", format!("{} ({})", self.source, self.confidence)),
        ];
        for (name, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
            write!(f, "\n  {name:<11} {text}")?;
        }
        Ok(())
    }
}

macro_rules! named {
    ($(
        $(#[$doc:meta])*
        $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)+ }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $type {
            /// The name in the published table.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    )*};
}

named! {
    /// What a key is about.
    Category {
        /// Size, market and behaviour of the instance.
        Instance = "instance",
        /// Addresses, groups, bandwidth, names.
        Network = "network",
        /// Images and registries.
        Image = "image",
        /// Data caches.
        Cache = "cache",
        /// Temporary storage.
        Storage = "storage",
        /// Time and core files.
        Ops = "ops",
        /// Collection of logs.
        Log = "log",
        /// Whether and when ECI takes the pod.
        Scheduling = "scheduling",
        /// Settings of an ImageCache.
        ImageCache = "imagecache",
        /// Written back by the platform.
        System = "system",
        /// A label, not an annotation.
        Label = "label",
        /// A taint, not an annotation.
        Taint = "taint",
        /// A key of Services.
        Service = "service",
        /// A key of Auto Scaling.
        Ess = "ess",
        /// An environment variable of a container.
        Env = "env",
        /// Shares the prefix and acts on pods of ECS nodes only.
        NodePods = "terway-not-eci",
        /// Declared by the program that uses this crate.
        Own = "own",
    }

    /// Who writes a key.
    SetBy {
        /// Users.
        User = "user",
        /// Users, and the platform writes the effective value back.
        UserAndPlatform = "user+system",
        /// The platform only.
        Platform = "system",
        /// An effect of eci-profile.
        ProfileEffect = "eci-profile effect",
    }

    /// Where a key is read.
    Target {
        /// Annotations of a pod.
        Pod = "Pod",
        /// Annotations of an ImageCache.
        ImageCache = "ImageCache",
        /// Labels of a pod.
        PodLabel = "Pod label",
        /// Labels of a namespace.
        NamespaceLabel = "Namespace label",
        /// Labels of a node.
        NodeLabel = "Node label",
        /// Taints of a node.
        NodeTaint = "Node taint",
        /// The node selector of a pod.
        NodeSelector = "Pod nodeSelector",
        /// Annotations of a Service.
        Service = "Service",
        /// Environment variables of a container.
        ContainerEnv = "Container env",
        /// Annotations of a pod on an ECS node.
        NodePod = "Pod on ECS node",
        /// The manifest given to Auto Scaling.
        ScalingManifest = "Deployment YAML of Auto Scaling",
    }

    /// How well a key is documented.
    Confidence {
        /// English and Chinese pages.
        BothLanguages = "documented in EN+ZH",
        /// Chinese pages; the English ones were not compared.
        ChinesePages = "ZH pages (EN edition not checked)",
        /// A single page.
        OnePage = "one page only",
        /// An English page only.
        EnglishOnly = "EN only",
        /// Pages that are no longer published.
        OldPages = "legacy docs only",
        /// Seen on a running pod.
        LivePod = "observed in a live pod dump only",
        /// Seen in code of others.
        OthersCode = "third-party code only",
        /// Declared by the program that uses this crate.
        Own = "own",
    }
}

/// Which values are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Allowed {
    /// Nothing is documented beyond the shape.
    Open,
    /// One of these words.
    Words(&'static [&'static str]),
    /// What the text says: a grammar, a pattern, a shape of JSON, or a sentence.
    Text(&'static str),
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => Ok(()),
            Self::Words(words) => f.write_str(&words.join(" | ")),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Whether a key is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// In use.
    Current,
    /// Replaced by another key.
    Retired(&'static str),
    /// Gone from the main pages; nothing says whether it still acts.
    Doubtful,
    /// Known from code of others only.
    ThirdParty,
}

/// The page that describes a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// Its title.
    pub title: &'static str,
    /// The date of the edition that was read; empty where it has none.
    pub updated: &'static str,
}

impl Source {
    pub(crate) const fn new(title: &'static str, updated: &'static str) -> Self {
        Self { title, updated }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title)?;
        match self.updated {
            "" => Ok(()),
            date => write!(f, ", {date}"),
        }
    }
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(None)?;
        row.serialize_entry("key", self.name)?;
        row.serialize_entry("category", self.category.name())?;
        row.serialize_entry("set_by", self.set_by.name())?;
        row.serialize_entry("applies_to", &Names(self.targets))?;
        row.serialize_entry("editions", &self.editions.map(EditionTable))?;
        row.serialize_entry("type", self.shape)?;
        row.serialize_entry("allowed", &self.allowed)?;
        row.serialize_entry("min", &self.min)?;
        row.serialize_entry("max", &self.max)?;
        row.serialize_entry("max_items", &self.max_items)?;
        row.serialize_entry("unit", &some(self.unit))?;
        row.serialize_entry("default", &some(self.default))?;
        row.serialize_entry("requires", &some_of(self.requires))?;
        row.serialize_entry("conflicts", &some_of(self.conflicts))?;
        row.serialize_entry("precedence", &some(self.precedence))?;
        row.serialize_entry("api_parameter", &some(self.api))?;
        row.serialize_entry("aliases", &some_of(self.aliases))?;
        row.serialize_entry("examples", &some_of(self.examples))?;
        row.serialize_entry("summary", self.summary.trim())?;
        row.serialize_entry("standing", &self.standing)?;
        row.serialize_entry("source", &self.source)?;
        row.serialize_entry("confidence", self.confidence.name())?;
        row.end()
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn some_of<'a>(texts: &'a [&'a str]) -> Option<&'a [&'a str]> {
    (!texts.is_empty()).then_some(texts)
}

struct Names<'a>(&'a [Target]);

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut names = serializer.serialize_seq(Some(self.0.len()))?;
        for target in self.0 {
            names.serialize_element(target.name())?;
        }
        names.end()
    }
}

struct EditionTable(Editions);

impl Serialize for EditionTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = serializer.serialize_map(None)?;
        for edition in Edition::ALL {
            table.serialize_entry(edition.name(), &self.0.contains(edition))?;
        }
        table.end()
    }
}

impl Serialize for Allowed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Open => serializer.serialize_none(),
            Self::Words(words) => words.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl Serialize for Standing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Current => serializer.serialize_str("current"),
            Self::Doubtful => serializer.serialize_str("doubtful"),
            Self::ThirdParty => serializer.serialize_str("third-party"),
            Self::Retired(successor) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("retired", successor)?;
                map.end()
            }
        }
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut source = serializer.serialize_map(Some(2))?;
        source.serialize_entry("title", self.title)?;
        source.serialize_entry("updated", &some(self.updated))?;
        source.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_names_that_users_choose() {
        let base = Facts::new("aliyun_logs_{key}", &[Target::ContainerEnv]);
        let ttl = Facts::new("aliyun_logs_{key}_ttl", &[Target::ContainerEnv]);
        assert!(base.matches("aliyun_logs_web-1") && !base.matches("aliyun_logs_web_ttl"));
        assert!(ttl.matches("aliyun_logs_web_ttl") && !ttl.matches("aliyun_logs__ttl"));
        assert!(!base.matches("aliyun_logs_"));
    }

    #[test]
    fn keys_without_editions_work_everywhere() {
        let mut facts = Facts::new("k8s.aliyun.com/eci-x", &[Target::Pod]);
        assert!(facts.works_in(Edition::SelfManaged));
        facts.editions = Some(Editions::ACK_BOTH);
        assert!(!facts.works_in(Edition::SelfManaged) && facts.works_in(Edition::Ack));
    }

    #[test]
    fn sources_print_title_and_date() {
        assert_eq!(Source::new("A page", "2025-01-14").to_string(), "A page, 2025-01-14");
        assert_eq!(Source::new("A page", "").to_string(), "A page");
    }
}
