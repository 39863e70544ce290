//! Keys with the type of their values, and rows: keys whose type is erased.

use std::fmt;
use std::marker::PhantomData;

use eci_model::policy::Policies;
use eci_model::{Editions, Given, Origin, Settings};

use crate::facts::{Allowed, Category, Confidence, Facts, SetBy, Source, Standing, Target};
use crate::value::{Reading, Remark, Value, ValueError};

/// A key whose values are of a type; the declaration is its own documentation row.
///
/// # Example: a key of your own
/// ```
/// use eci_annotations::{Annotations, Key};
///
/// /// How many shards the job has.
/// pub const SHARDS: Key<u32> = Key::pod("acme.example/shards").summary("How many shards the job has.").min(1).max(64);
///
/// let annotations = [("acme.example/shards".to_owned(), "8".to_owned())].into();
/// assert_eq!(Annotations::of(&annotations).get(SHARDS)?, Some(8));
/// # Ok::<(), eci_annotations::ValueError>(())
/// ```
///
/// # Example: what a key says of itself
/// ```
/// use eci_annotations::keys;
///
/// let facts = keys::MAX_PENDING_MINUTE.facts();
/// assert_eq!((facts.min, facts.max, facts.unit, facts.default), (Some(10), Some(1440), "minute", "240"));
/// assert_eq!(facts.source.updated, "2024-07-01");
/// ```
pub struct Key<T> {
    facts: Facts,
    value: PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    /// An annotation of pods.
    pub const fn pod(name: &'static str) -> Self {
        Self::on(name, &[Target::Pod])
    }

    /// A key that is read on certain objects.
    pub const fn on(name: &'static str, targets: &'static [Target]) -> Self {
        Self {
            facts: Facts::new(name, targets),
            value: PhantomData,
        }
    }

    /// The key as it is written.
    pub const fn name(&self) -> &'static str {
        self.facts.name
    }

    /// What is known of the key.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }
}

macro_rules! facts {
    ($($(#[$doc:meta])* $step:ident($($argument:ident: $type:ty),*) $field:ident = $value:expr;)*) => {
        impl<T> Key<T> {
            $(
                $(#[$doc])*
                #[must_use]
                pub const fn $step(mut self, $($argument: $type),*) -> Self {
                    self.facts.$field = $value;
                    self
                }
            )*
        }
    };
}

facts! {
    /// What the key is about.
    category(category: Category) category = category;
    /// Who writes the key.
    set_by(who: SetBy) set_by = who;
    /// The editions that offer it.
    editions(editions: Editions) editions = Some(editions);
    /// The shape of its values, in a word.
    shape(word: &'static str) shape = word;
    /// The words that are allowed.
    words(words: &'static [&'static str]) allowed = Allowed::Words(words);
    /// Which values are allowed, as a grammar or in a sentence.
    allowed(text: &'static str) allowed = Allowed::Text(text);
    /// The smallest number.
    min(number: i64) min = Some(number);
    /// The largest number.
    max(number: i64) max = Some(number);
    /// How many items a list may have.
    max_items(number: usize) max_items = Some(number);
    /// The unit of the number.
    unit(unit: &'static str) unit = unit;
    /// What holds when the key is not set.
    default(text: &'static str) default = text;
    /// What else must be set.
    requires(texts: &'static [&'static str]) requires = texts;
    /// What must not be set beside it.
    conflicts(texts: &'static [&'static str]) conflicts = texts;
    /// What it beats, and what beats it.
    precedence(text: &'static str) precedence = text;
    /// The parameter of the API it becomes.
    api(parameter: &'static str) api = parameter;
    /// Older and variant spellings.
    aliases(names: &'static [&'static str]) aliases = names;
    /// Values as users write them.
    examples(values: &'static [&'static str]) examples = values;
    /// What it means.
    summary(text: &'static str) summary = text;
    /// Whether it is in use.
    standing(standing: Standing) standing = standing;
    /// The page that describes it, with the date of its edition.
    source(title: &'static str, updated: &'static str) source = Source::new(title, updated);
    /// How well it is documented.
    confidence(confidence: Confidence) confidence = confidence;
    /// What pages say differently.
    disputed(text: &'static str) disputed = text;
    /// The policies that choose what pages leave open.
    policies(names: &'static [&'static str]) policies = names;
}

impl<T: Value> Key<T> {
    /// The key without its type, for registries and checks.
    pub const fn row(self) -> Row {
        Row {
            facts: self.facts,
            judge: |text, reading| T::read(text, reading).map(|_| ()),
            canonical: |text| T::parse(text).map(|value| value.to_string()),
            fill: None,
        }
    }
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<T> {}

impl<T> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Key").field(&self.facts.name).finish()
    }
}

/// A key without its type: what registries and checks hold.
#[derive(Clone, Copy)]
pub struct Row {
    facts: Facts,
    judge: fn(&str, &mut Reading) -> Result<(), ValueError>,
    canonical: fn(&str) -> Result<String, ValueError>,
    fill: Option<Fill>,
}

/// Reads a value and, when nothing speaks against it, stores it.
pub(crate) type Fill = fn(&str, &mut Reading, &mut Settings, &mut dyn FnMut() -> Origin) -> Result<(), ValueError>;

impl Row {
    /// What is known of the key.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The key as it is written.
    pub const fn name(&self) -> &'static str {
        self.facts.name
    }

    /// The canonical text of a value.
    ///
    /// # Errors
    /// [`ValueError`] for a text that is no value of the key.
    ///
    /// # Example
    /// ```
    /// let row = eci_annotations::registry().find("k8s.aliyun.com/eci-use-specs").expect("it is listed");
    /// assert_eq!(row.canonical("2.0-4.0Gi, ecs.c6.large")?, "2-4Gi,ecs.c6.large");
    /// # Ok::<(), eci_annotations::ValueError>(())
    /// ```
    pub fn canonical(&self, text: &str) -> Result<String, ValueError> {
        (self.canonical)(text)
    }

    /// Reads a value under the limits of the key, its range and its number of items included, and gives what is worth telling of one that
    /// is accepted.
    ///
    /// # Errors
    /// [`ValueError`] for a text that the key does not allow.
    ///
    /// # Example
    /// ```
    /// use eci_annotations::{RemarkKind, registry};
    /// use eci_model::policy::Policies;
    ///
    /// let row = registry().find("k8s.aliyun.com/eci-max-pending-minute").expect("it is listed");
    /// assert_eq!(row.check("5", &Policies::default()).unwrap_err().to_string(), "`5` is not 10 to 1440");
    /// let row = registry().find("k8s.aliyun.com/eci-with-eip").expect("it is listed");
    /// assert_eq!(row.check("True", &Policies::default())?[0].kind, RemarkKind::Case);
    /// # Ok::<(), eci_annotations::ValueError>(())
    /// ```
    pub fn check(&self, text: &str, policies: &Policies) -> Result<Vec<Remark>, ValueError> {
        let mut reading = Reading::of(&self.facts, policies, false);
        self.judge(text, &mut reading)?;
        match reading.refusal(text) {
            Some(error) => Err(error),
            None => Ok(reading.into_remarks()),
        }
    }

    /// Reads a value for its remarks.
    ///
    /// # Errors
    /// [`ValueError`] for a text that is no value of the key.
    pub fn judge(&self, text: &str, reading: &mut Reading) -> Result<(), ValueError> {
        (self.judge)(text, reading)
    }

    /// The same row, whose values are stored in the settings.
    pub(crate) const fn filling(mut self, fill: Fill) -> Self {
        self.fill = Some(fill);
        self
    }

    pub(crate) const fn fill(&self) -> Option<Fill> {
        self.fill
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Row").field(&self.facts.name).finish()
    }
}

impl serde::Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.facts.serialize(serializer)
    }
}

/// Reads a value of a type and stores it in a field, unless a remark refuses it.
pub(crate) fn store<T: Value + Into<U>, U>(
    text: &str,
    reading: &mut Reading,
    field: &mut Option<Given<U>>,
    origin: &mut dyn FnMut() -> Origin,
) -> Result<(), ValueError> {
    let value = T::read(text, reading)?;
    if !reading.is_refused() {
        *field = Some(Given::new(value.into(), origin()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARDS: Key<u32> = Key::pod("acme.example/shards").min(1).max(64).unit("shard");

    #[test]
    fn steps_set_facts() {
        let facts = SHARDS.facts();
        assert_eq!(
            (facts.name, facts.min, facts.max, facts.unit),
            ("acme.example/shards", Some(1), Some(64), "shard")
        );
        assert_eq!(facts.targets, [Target::Pod]);
    }

    #[test]
    fn rows_read_as_their_key_does() {
        let row = SHARDS.row();
        assert_eq!(row.canonical("8").as_deref(), Ok("8"));
        assert!(row.judge("eight", &mut Reading::default()).is_err());
        assert_eq!(
            format!("{row:?} {SHARDS:?}"),
            r#"Row("acme.example/shards") Key("acme.example/shards")"#
        );
    }
}
