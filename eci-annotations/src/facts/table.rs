//! A row of the published table, as data for other tools.

use eci_model::{Edition, Editions};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Allowed, Facts, Source, Standing, Target};

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
        row.serialize_entry("disputed", &some(self.disputed))?;
        row.serialize_entry("policies", &some_of(self.policies))?;
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
