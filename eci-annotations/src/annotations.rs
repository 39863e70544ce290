//! A typed, read-only view over the annotations of a pod, and a builder of typed annotations.

use std::collections::BTreeMap;

use eci_model::policy::Policies;
use eci_model::{Origin, Overlay};

use crate::facts::Facts;
use crate::key::Key;
use crate::value::{Reading, Value, ValueError};

/// The annotations of a pod, injected ones included, by typed keys; nothing is copied.
///
/// # Example
/// ```
/// use eci_annotations::{Annotations, keys};
///
/// let map = [
///     ("k8s.aliyun.com/eci-use-specs".to_owned(), "2-4Gi,ecs.c6.xlarge".to_owned()),
///     ("k8s.aliyun.com/eci-max-pending-minute".to_owned(), "5".to_owned()),
/// ]
/// .into();
/// let annotations = Annotations::of(&map);
/// let specs = annotations.get(keys::USE_SPECS)?.expect("set");
/// assert_eq!(specs.iter().count(), 2);
/// assert_eq!(annotations.get(keys::WITH_EIP)?, None);
/// let error = annotations.get(keys::MAX_PENDING_MINUTE).unwrap_err();
/// assert_eq!(error.to_string(), "`5` is not 10 to 1440");
/// # Ok::<(), eci_annotations::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Annotations<'a> {
    overlay: Overlay<'a>,
    policies: Option<&'a Policies>,
}

impl<'a> Annotations<'a> {
    /// The annotations with what a profile injects.
    pub const fn new(overlay: Overlay<'a>) -> Self {
        Self {
            overlay,
            policies: None,
        }
    }

    /// Annotations as they are written.
    pub const fn of(map: &'a BTreeMap<String, String>) -> Self {
        Self::new(Overlay::of(Some(map)))
    }

    /// The same, read as policies choose; without this, as their defaults do.
    ///
    /// # Example
    /// ```
    /// use eci_annotations::{Annotations, keys};
    /// use eci_model::policy::{CaseRule, Policies};
    ///
    /// let map = [("k8s.aliyun.com/eci-with-eip".to_owned(), "True".to_owned())].into();
    /// let mut strict = Policies::default();
    /// strict.case_rule = CaseRule::Strict;
    /// assert_eq!(Annotations::of(&map).get(keys::WITH_EIP)?, Some(true));
    /// assert!(Annotations::of(&map).under(&strict).get(keys::WITH_EIP).is_err());
    /// # Ok::<(), eci_annotations::ValueError>(())
    /// ```
    #[must_use]
    pub const fn under(mut self, policies: &'a Policies) -> Self {
        self.policies = Some(policies);
        self
    }

    /// The value of a key; `None` where it is missing or blank.
    ///
    /// # Errors
    /// [`ValueError`] for a value that the key does not allow: its grammar, its range and its number of items.
    pub fn get<T: Value>(&self, key: Key<T>) -> Result<Option<T>, ValueError> {
        let text = self.overlay.get(key.name()).filter(|text| !text.trim().is_empty());
        let read = |text| match self.policies {
            Some(policies) => read(text, key.facts(), policies),
            None => read(text, key.facts(), &Policies::default()),
        };
        text.map(read).transpose()
    }

    /// Who gives the key its value.
    pub fn origin<T>(&self, key: Key<T>) -> Option<Origin> {
        self.overlay
            .origin(key.name(), || Origin::PodAnnotation { key: key.name().into() })
    }

    /// Whether the key is there, whatever its value.
    pub fn contains<T>(&self, key: Key<T>) -> bool {
        self.overlay.get(key.name()).is_some()
    }

    /// The map behind the view.
    pub const fn overlay(&self) -> &Overlay<'a> {
        &self.overlay
    }

    /// Begins a map of annotations made from typed values.
    ///
    /// # Example
    /// ```
    /// use eci_annotations::{Annotations, keys};
    /// use eci_model::spec::SpecList;
    ///
    /// let map = Annotations::builder()
    ///     .set(keys::USE_SPECS, SpecList(vec!["2-4Gi".parse()?, "ecs.c6.xlarge".parse()?]))
    ///     .set(keys::WITH_EIP, true)
    ///     .set(keys::EIP_BANDWIDTH, 10)
    ///     .build()?;
    /// assert_eq!(map["k8s.aliyun.com/eip-bandwidth"], "10");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder() -> AnnotationsBuilder {
        AnnotationsBuilder::default()
    }
}

fn read<T: Value>(text: &str, facts: &Facts, policies: &Policies) -> Result<T, ValueError> {
    let mut reading = Reading::of(facts, policies, false);
    let value = T::read(text, &mut reading)?;
    match reading.refusal(text) {
        Some(error) => Err(error),
        None => Ok(value),
    }
}

/// Annotations made from typed values; made by [`Annotations::builder`].
#[derive(Clone, Debug, Default)]
#[must_use = "`build` gives the map"]
pub struct AnnotationsBuilder {
    map: BTreeMap<String, String>,
    error: Option<BuildError>,
}

impl AnnotationsBuilder {
    /// Sets a key; the text is canonical.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write the value in place and have no more use for it"
    )]
    pub fn set<T: Value>(mut self, key: Key<T>, value: T) -> Self {
        let text = value.to_string();
        match read::<T>(&text, key.facts(), &Policies::default()) {
            Ok(_) => self.map.insert(key.name().to_owned(), text),
            Err(error) => return self.refusing(key, error),
        };
        self
    }

    /// Sets a key to a text as users or the platform write it; what is stored is the canonical text.
    ///
    /// # Example
    /// ```
    /// use eci_annotations::{Annotations, keys};
    ///
    /// let map = Annotations::builder().set_text(keys::USE_SPECS, "2.0-4.0Gi, ecs.c6.xlarge").build()?;
    /// assert_eq!(map["k8s.aliyun.com/eci-use-specs"], "2-4Gi,ecs.c6.xlarge");
    /// # Ok::<(), eci_annotations::BuildError>(())
    /// ```
    pub fn set_text<T: Value>(self, key: Key<T>, text: &str) -> Self {
        match read::<T>(text, key.facts(), &Policies::default()) {
            Ok(value) => self.set(key, value),
            Err(error) => self.refusing(key, error),
        }
    }

    fn refusing<T>(mut self, key: Key<T>, error: ValueError) -> Self {
        let error = BuildError { key: key.name(), error };
        self.error.get_or_insert(error);
        self
    }

    /// The map.
    ///
    /// # Errors
    /// [`BuildError`] for the first value that its key does not allow, such as a number outside its range.
    pub fn build(self) -> Result<BTreeMap<String, String>, BuildError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.map),
        }
    }
}

/// A value that its key does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {error}")]
#[non_exhaustive]
pub struct BuildError {
    /// The key.
    pub key: &'static str,
    /// What is wrong with the value.
    #[source]
    pub error: ValueError,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;
    use crate::value::Fault;
    use eci_model::{Injected, List};

    #[test]
    fn own_values_beat_injected_ones() {
        let own = BTreeMap::from([("k8s.aliyun.com/eci-with-eip".to_owned(), "true".to_owned())]);
        let origin = Origin::ProfileEffect { selector: "all".into() };
        let entry = |key, value| Injected {
            key,
            value,
            origin: origin.clone(),
            place: None,
        };
        let injected = [
            entry("k8s.aliyun.com/eci-with-eip", "false"),
            entry("k8s.aliyun.com/eip-bandwidth", "7"),
        ];
        let annotations = Annotations::new(Overlay::with(Some(&own), &injected));
        assert_eq!(annotations.get(keys::WITH_EIP), Ok(Some(true)));
        assert_eq!(annotations.get(keys::EIP_BANDWIDTH), Ok(Some(7)));
        assert_eq!(annotations.origin(keys::EIP_BANDWIDTH), Some(origin));
        let key = "k8s.aliyun.com/eci-with-eip".into();
        assert_eq!(annotations.origin(keys::WITH_EIP), Some(Origin::PodAnnotation { key }));
        assert!(annotations.contains(keys::WITH_EIP) && !annotations.contains(keys::USE_SPECS));
    }

    #[test]
    fn blank_values_are_not_set() {
        let map = BTreeMap::from([("k8s.aliyun.com/eci-with-eip".to_owned(), " ".to_owned())]);
        assert_eq!(Annotations::of(&map).get(keys::WITH_EIP), Ok(None));
    }

    #[test]
    fn limits_of_the_key_are_errors_here() {
        let map = BTreeMap::from([("k8s.aliyun.com/eci-vswitch".to_owned(), ["vsw-a"; 11].join(","))]);
        let error = Annotations::of(&map).get(keys::VSWITCH).expect_err("eleven");
        assert_eq!((error.fault, error.within), (Fault::TooManyItems, 60..65));
    }

    #[test]
    fn builders_refuse_what_keys_do_not_allow() {
        let error = Annotations::builder()
            .set(keys::MAX_PENDING_MINUTE, 5)
            .build()
            .expect_err("too short");
        assert_eq!(
            error.to_string(),
            "k8s.aliyun.com/eci-max-pending-minute: `5` is not 10 to 1440"
        );
        let empty = Annotations::builder().set(keys::VSWITCH, List(Vec::new())).build();
        assert!(empty.is_err());
    }
}
