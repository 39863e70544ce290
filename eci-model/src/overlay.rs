//! Labels and annotations of a pod as the platform sees them: its own, and what a profile adds.

use std::collections::BTreeMap;

use crate::decision::Origin;
use crate::finding::{Location, Text};

/// A map of the pod and, behind it, entries that were injected; nothing is copied.
///
/// The pod's own value always wins over an injected one, and an earlier injection over a later one (Configure an eci-profile, 2024-10-21).
/// Only a Selector of a self-managed cluster writes over what the pod has: [`Overlay::overwritten`].
///
/// # Example
/// ```
/// use std::collections::BTreeMap;
/// use eci_model::Overlay;
///
/// let own = BTreeMap::from([("app".to_owned(), "web".to_owned())]);
/// let labels = Overlay::of(Some(&own));
/// assert_eq!(labels.get("app"), Some("web"));
/// assert_eq!(labels.get("tier"), None);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay<'a> {
    own: Option<&'a BTreeMap<String, String>>,
    injected: &'a [Injected<'a>],
    /// Of many injected entries those that win, found by key.
    winners: Option<&'a Winners>,
    /// Whether injected entries beat the object's own.
    overwrites: bool,
}

impl<'a> Overlay<'a> {
    /// Only the object's own entries.
    pub const fn of(own: Option<&'a BTreeMap<String, String>>) -> Self {
        Self::with(own, &[])
    }

    /// The object's own entries and, where those are silent, injected ones, earlier before later.
    pub const fn with(own: Option<&'a BTreeMap<String, String>>, injected: &'a [Injected<'a>]) -> Self {
        Self {
            own,
            injected,
            winners: None,
            overwrites: false,
        }
    }

    /// Injected entries, earlier before later, and the object's own where those are silent.
    ///
    /// # Example
    /// ```
    /// use std::collections::BTreeMap;
    /// use eci_model::{Injected, Origin, Overlay};
    ///
    /// let own = BTreeMap::from([("app".to_owned(), "web".to_owned())]);
    /// let entries = [Injected { key: "app", value: "etl", origin: Origin::Caller, place: None }];
    /// assert_eq!(Overlay::overwritten(Some(&own), &entries).get("app"), Some("etl"));
    /// assert_eq!(Overlay::with(Some(&own), &entries).get("app"), Some("web"));
    /// ```
    pub const fn overwritten(own: Option<&'a BTreeMap<String, String>>, injected: &'a [Injected<'a>]) -> Self {
        Self {
            own,
            injected,
            winners: None,
            overwrites: true,
        }
    }

    /// The same, finding injected entries by `winners`, which must be of the same entries: for injections of many keys.
    #[must_use]
    pub const fn found_by(mut self, winners: &'a Winners) -> Self {
        self.winners = Some(winners);
        self
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&'a str> {
        let injected = self.injection(key).map(|entry| entry.value);
        injected.or_else(|| self.own(key))
    }

    /// Whether the key is present with a value that is not blank.
    pub fn is_set(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| !value.trim().is_empty())
    }

    /// The object's own value of a key.
    #[inline]
    pub fn own(&self, key: &str) -> Option<&'a str> {
        self.own.and_then(|own| own.get(key)).map(String::as_str)
    }

    /// The injected entry that gives the key its value; `None` when the object's own value counts.
    #[inline]
    pub fn injection(&self, key: &str) -> Option<&'a Injected<'a>> {
        if self.injected.is_empty() {
            return None;
        }
        self.injection_among(key)
    }

    fn injection_among(&self, key: &str) -> Option<&'a Injected<'a>> {
        if !self.overwrites && self.own(key).is_some() {
            return None;
        }
        match self.winners {
            Some(winners) => self.injected.get(winners.position(self.injected, key)?),
            None => self.injected.iter().find(|entry| entry.key == key),
        }
    }

    /// Every entry that counts: own ones by key, then injected ones that the object does not have, in order of injection.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let this = *self;
        let own = self.own.into_iter().flatten();
        let own = own.filter(move |(key, _)| this.injection(key).is_none());
        let own = own.map(|(key, value)| Entry {
            key,
            value,
            injected: None,
        });
        let injected = self.injected.iter().enumerate();
        let injected = injected.filter(move |(index, entry)| !this.loses(*index, entry));
        own.chain(injected.map(|(_, entry)| Entry {
            key: entry.key,
            value: entry.value,
            injected: Some(entry),
        }))
    }

    /// Injected entries that lost, with what beat them: the object's own value or an earlier injection.
    pub fn beaten(&self) -> impl Iterator<Item = &'a Injected<'a>> + use<'a> {
        let this = *self;
        let lost = self.injected.iter().enumerate();
        let lost = lost.filter(move |(index, entry)| this.loses(*index, entry));
        lost.map(|(_, entry)| entry)
    }

    fn loses(&self, index: usize, entry: &Injected<'_>) -> bool {
        let is_beaten = || match self.winners {
            Some(winners) => winners.position(self.injected, entry.key) != Some(index),
            None => self.injected.iter().take(index).any(|other| other.key == entry.key),
        };
        !self.overwrites && self.own(entry.key).is_some() || is_beaten()
    }

    /// Who gives a key its value; `own` makes the origin of the object's own entries.
    pub fn origin(&self, key: &str, own: impl FnOnce() -> Origin) -> Option<Origin> {
        if let Some(entry) = self.injection(key) {
            return Some(entry.origin.clone());
        }
        self.own(key).map(|_| own())
    }
}

/// Which of many injected entries win, so that an [`Overlay`] finds them without a walk over all.
///
/// # Example
/// ```
/// use eci_model::{Injected, Origin, Overlay, Winners};
///
/// let entry = |value| Injected { key: "tier", value, origin: Origin::Caller, place: None };
/// let entries = [entry("burst"), entry("batch")];
/// let winners = Winners::of(&entries);
/// let labels = Overlay::with(None, &entries).found_by(&winners);
/// assert_eq!(labels.get("tier"), Some("burst"));
/// assert_eq!(labels.beaten().count(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Winners(Vec<usize>);

impl Winners {
    /// The first entry of each key, sorted by key.
    pub fn of(injected: &[Injected<'_>]) -> Self {
        let mut order: Vec<usize> = (0..injected.len()).collect();
        // The order is stable, so the first of equal keys stays first.
        order.sort_by_key(|index| injected[*index].key);
        order.dedup_by_key(|index| injected[*index].key);
        Self(order)
    }

    fn position(&self, injected: &[Injected<'_>], key: &str) -> Option<usize> {
        let key_at = |index: &usize| injected.get(*index).map_or("", |entry| entry.key);
        let found = self.0.binary_search_by(|index| key_at(index).cmp(key));
        self.0.get(found.ok()?).copied()
    }
}

/// An entry of an [`Overlay`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The key.
    pub key: &'a str,
    /// The value.
    pub value: &'a str,
    /// Where it was injected from; `None` for the object's own.
    pub injected: Option<&'a Injected<'a>>,
}

/// An entry that something adds to a pod.
#[derive(Clone, Debug)]
pub struct Injected<'a> {
    /// The key.
    pub key: &'a str,
    /// The value.
    pub value: &'a str,
    /// Who adds it.
    pub origin: Origin,
    /// Where its value is written, so that a bad one is found there and not on each pod.
    pub place: Option<&'a Location>,
}

impl Injected<'_> {
    /// What to say about the injection in a finding on another object.
    pub fn because(&self) -> Text {
        format!("injected by {}", self.origin).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injected<'a>(key: &'a str, value: &'a str, selector: &str) -> Injected<'a> {
        Injected {
            key,
            value,
            origin: Origin::ProfileEffect {
                selector: selector.into(),
            },
            place: None,
        }
    }

    #[test]
    fn own_beats_injected_and_earlier_beats_later() {
        let own = BTreeMap::from([("a".to_owned(), "own".to_owned())]);
        let entries = [
            injected("a", "x", "one"),
            injected("b", "first", "one"),
            injected("b", "second", "two"),
        ];
        let overlay = Overlay::with(Some(&own), &entries);
        assert_eq!((overlay.get("a"), overlay.get("b")), (Some("own"), Some("first")));
        let all: Vec<_> = overlay.iter().map(|entry| (entry.key, entry.value)).collect();
        assert_eq!(all, [("a", "own"), ("b", "first")]);
        let lost: Vec<_> = overlay.beaten().map(|entry| entry.value).collect();
        assert_eq!(lost, ["x", "second"]);
    }

    #[test]
    fn an_overwriting_injection_beats_own() {
        let own = BTreeMap::from([("a".to_owned(), "own".to_owned()), ("z".to_owned(), "kept".to_owned())]);
        let entries = [injected("a", "x", "one"), injected("a", "y", "two")];
        let overlay = Overlay::overwritten(Some(&own), &entries);
        assert_eq!((overlay.get("a"), overlay.own("a")), (Some("x"), Some("own")));
        let all: Vec<_> = overlay.iter().map(|entry| (entry.key, entry.value)).collect();
        assert_eq!(all, [("z", "kept"), ("a", "x")]);
        assert_eq!(overlay.beaten().map(|entry| entry.value).collect::<Vec<_>>(), ["y"]);
    }

    #[test]
    fn an_index_changes_nothing_but_the_work() {
        let own = BTreeMap::from([("k3".to_owned(), "own".to_owned()), ("z".to_owned(), "kept".to_owned())]);
        let keys: Vec<String> = (0..40).map(|number| format!("k{}", number * 7 % 11)).collect();
        let values: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        let pairs = keys.iter().zip(&values);
        let entries: Vec<_> = pairs.map(|(key, value)| injected(key, value, "one")).collect();
        let winners = Winners::of(&entries);
        for plain in [
            Overlay::with(Some(&own), &entries),
            Overlay::overwritten(Some(&own), &entries),
            Overlay::with(None, &entries),
        ] {
            let indexed = plain.found_by(&winners);
            let all = |overlay: &Overlay<'_>| -> Vec<(String, String)> {
                let pair = |entry: Entry<'_>| (entry.key.to_owned(), entry.value.to_owned());
                overlay.iter().map(pair).collect()
            };
            assert_eq!(all(&plain), all(&indexed));
            let lost = |overlay: &Overlay<'_>| overlay.beaten().map(|entry| entry.value.to_owned()).collect::<Vec<_>>();
            assert_eq!(lost(&plain), lost(&indexed));
            for key in keys.iter().map(String::as_str).chain(["z", "none"]) {
                assert_eq!(plain.get(key), indexed.get(key), "{key}");
            }
        }
    }

    #[test]
    fn blank_values_are_not_set() {
        let own = BTreeMap::from([("a".to_owned(), " ".to_owned())]);
        let overlay = Overlay::of(Some(&own));
        assert!(!overlay.is_set("a") && !overlay.is_set("b"));
        assert_eq!(overlay.get("a"), Some(" "));
    }

    #[test]
    fn origins_tell_own_from_injected() {
        let own = BTreeMap::from([("a".to_owned(), "own".to_owned())]);
        let entries = [injected("b", "x", "one")];
        let overlay = Overlay::with(Some(&own), &entries);
        assert_eq!(overlay.origin("a", || Origin::Caller), Some(Origin::Caller));
        assert_eq!(
            overlay.origin("b", || Origin::Caller),
            Some(Origin::ProfileEffect { selector: "one".into() })
        );
        assert_eq!(overlay.origin("c", || Origin::Caller), None);
    }
}
