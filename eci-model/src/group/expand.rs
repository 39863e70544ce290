//! `$(NAME)` in variables, commands, arguments and sub-paths.

use std::collections::BTreeMap;

use crate::secret::{MaybeSecret, Sensitive};

/// The variables that `$(NAME)` can name, as far as they are built.
#[derive(Debug, Default)]
pub(super) struct Known<'s> {
    built: BTreeMap<String, Value>,
    services: Option<&'s BTreeMap<String, String>>,
}

/// The value of a variable, and whether anything that may be secret went into it.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) text: Sensitive<String>,
    pub(super) is_hidden: bool,
}

impl<'s> Known<'s> {
    pub(super) const fn with_services(services: &'s BTreeMap<String, String>) -> Self {
        Self {
            built: BTreeMap::new(),
            services: Some(services),
        }
    }

    pub(super) fn insert(&mut self, name: String, value: Value) {
        self.built.insert(name, value);
    }

    /// What was built so far, by name.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.built.keys().map(String::as_str)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.built.get(name)
    }

    /// Replaces `$(NAME)` by what was built so far, else by the variables of Services; unknown names stay, `$$` is a dollar.
    pub(super) fn expand(&self, text: &str) -> Value {
        let mut expanded = String::with_capacity(text.len());
        let mut is_hidden = false;
        let mut rest = text;
        while let Some(dollar) = rest.find('$') {
            let (before, from) = rest.split_at(dollar);
            expanded.push_str(before);
            let after = &from[1..];
            if let Some(literal) = after.strip_prefix('$') {
                expanded.push('$');
                rest = literal;
            } else if let Some((name, tail)) = after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
                match self.value(name) {
                    Some((value, hidden)) => {
                        expanded.push_str(value);
                        is_hidden |= hidden;
                    }
                    None => {
                        expanded.push_str("$(");
                        expanded.push_str(name);
                        expanded.push(')');
                    }
                }
                rest = tail;
            } else {
                expanded.push('$');
                rest = after;
            }
        }
        expanded.push_str(rest);
        Value {
            text: expanded.into(),
            is_hidden,
        }
    }

    /// The same for a field of the request.
    pub(super) fn expand_in_place(&self, field: &mut MaybeSecret) {
        if field.expose_secret().contains('$') {
            let Value { text, is_hidden } = self.expand(field.expose_secret());
            *field = match is_hidden {
                true => MaybeSecret::hidden(text),
                false => text.into_exposed_secret().into(),
            };
        }
    }

    fn value(&self, name: &str) -> Option<(&str, bool)> {
        if let Some(value) = self.built.get(name) {
            return Some((value.text.expose_secret(), value.is_hidden));
        }
        Some((self.services?.get(name)?, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known() -> Known<'static> {
        let mut known = Known::default();
        for (name, text, is_hidden) in [("A", "1", false), ("B", "$(A)", false), ("S", "hush", true)] {
            let text = text.into();
            known.insert(name.to_owned(), Value { text, is_hidden });
        }
        known
    }

    #[test]
    fn names_are_replaced_once() {
        for (text, expanded) in [
            ("x$(A)y", "x1y"),
            ("$(B)", "$(A)"),
            ("$(C)", "$(C)"),
            ("$$(A)", "$(A)"),
            ("$$$(A)", "$1"),
            ("$(A", "$(A"),
            ("$", "$"),
            ("a$b", "a$b"),
            ("", ""),
        ] {
            assert_eq!(known().expand(text).text.expose_secret(), expanded, "{text}");
        }
    }

    #[test]
    fn a_text_is_hidden_when_a_secret_went_into_it() {
        for (text, hidden) in [("--p=$(S)", true), ("--p=$$(S)", false), ("--p=$(A)", false)] {
            let mut field = MaybeSecret::from(text);
            known().expand_in_place(&mut field);
            assert_eq!(field.as_plain().is_none(), hidden, "{text}");
        }
    }

    #[test]
    fn services_come_after_what_was_built() {
        let services = BTreeMap::from([("A".to_owned(), "service".to_owned()), ("D".to_owned(), "4".to_owned())]);
        let mut known = Known::with_services(&services);
        assert_eq!(known.expand("$(A)$(D)").text.expose_secret(), "service4");
        let text = "own".into();
        known.insert("A".to_owned(), Value { text, is_hidden: false });
        assert_eq!(known.expand("$(A)").text.expose_secret(), "own");
    }

    proptest! {
        #[test]
        fn text_without_dollars_stays(text in "[^$]{0,40}") {
            let expanded = known().expand(&text).text;
            prop_assert_eq!(expanded.expose_secret(), &text);
        }

        #[test]
        fn no_text_panics(text in "[$()A-Cé]{0,40}") {
            known().expand(&text);
        }
    }
}
