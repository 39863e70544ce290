//! What is known of a key: the documentation row that every declaration is.

mod named;
mod table;

use std::fmt;

use eci_model::{Edition, Editions};

pub use named::{Category, Confidence, SetBy, Target};

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
    /// What pages say differently; empty where they agree.
    pub disputed: &'static str,
    /// The policies that choose what pages leave open.
    pub policies: &'static [&'static str],
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
            disputed: "",
            policies: &[],
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

    /// Which facts no page gives; a unit and a range are missed of numbers only.
    ///
    /// # Example
    /// ```
    /// let facts = eci_annotations::keys::WITH_EIP.facts();
    /// assert_eq!(facts.undocumented(), ["editions", "default"]);
    /// ```
    pub fn undocumented(&self) -> Vec<&'static str> {
        const NUMBERS: [&str; 5] = ["integer", "decimal", "quantity", "byte-rate", "integer-with-suffix"];
        let is_number = NUMBERS.contains(&self.shape);
        let missing = [
            (self.editions.is_none(), "editions"),
            (is_number && self.unit.is_empty(), "unit"),
            (is_number && self.min.is_none() && self.max.is_none(), "range"),
            (self.default.is_empty(), "default"),
            (self.api.is_empty(), "API"),
            (self.examples.is_empty(), "examples"),
        ];
        missing
            .into_iter()
            .filter(|(missing, _)| *missing)
            .map(|(_, name)| name)
            .collect()
    }

    /// How many items the longest sample of a list has; nothing for other values, and for lists whose number of items is documented.
    pub(crate) fn shown_items(&self) -> Option<usize> {
        let is_open_list = self.shape.ends_with("list") && self.max_items.is_none();
        let items = |sample: &&str| sample.split(',').count();
        self.examples.iter().map(items).max().filter(|_| is_open_list)
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
            ("pages differ", self.disputed.to_owned()),
            ("policies", self.policies.join(", ")),
            ("source", format!("{} ({})", self.source, self.confidence)),
            ("on no page", self.undocumented().join(", ")),
        ];
        for (name, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
            write!(f, "\n  {name:<12} {text}")?;
        }
        Ok(())
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
