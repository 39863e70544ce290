//! Label selectors, evaluated exactly as Kubernetes does.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use crate::overlay::Overlay;

/// Something that has labels.
pub trait Labelled {
    /// The value of a label.
    fn label(&self, key: &str) -> Option<&str>;
}

impl Labelled for BTreeMap<String, String> {
    fn label(&self, key: &str) -> Option<&str> {
        self.get(key).map(String::as_str)
    }
}

impl Labelled for Overlay<'_> {
    fn label(&self, key: &str) -> Option<&str> {
        self.get(key)
    }
}

impl<L: Labelled + ?Sized> Labelled for Option<&L> {
    fn label(&self, key: &str) -> Option<&str> {
        (*self)?.label(key)
    }
}

/// Whether a label selector selects something with these labels.
///
/// An absent selector selects nothing, an empty one everything; all requirements must hold. `NotIn` and `DoesNotExist` also hold where
/// the label is missing.
///
/// # Errors
/// [`InvalidSelector`] for an operator Kubernetes does not know, and for values where none or some are needed. Kubernetes refuses such
/// selectors, so nothing is selected.
///
/// # Example
/// ```
/// use std::collections::BTreeMap;
/// use eci_model::labels;
/// use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
///
/// let labels = BTreeMap::from([("app".to_owned(), "web".to_owned())]);
/// assert!(!labels::selects(None, &labels)?);
/// assert!(labels::selects(Some(&LabelSelector::default()), &labels)?);
/// # Ok::<(), eci_model::labels::InvalidSelector>(())
/// ```
pub fn selects(selector: Option<&LabelSelector>, labels: &impl Labelled) -> Result<bool, InvalidSelector> {
    let Some(selector) = selector else {
        return Ok(false);
    };
    let mut selected = selector
        .match_labels
        .as_ref()
        .is_none_or(|map| contains_all(map, labels));
    for requirement in selector.match_expressions.iter().flatten() {
        selected &= holds(requirement, labels)?;
    }
    Ok(selected)
}

/// Whether a plain map, such as the selector of a Service, selects something with these labels.
///
/// An absent or empty map selects nothing: a Service without a selector has no pods of its own.
pub fn map_selects(map: Option<&BTreeMap<String, String>>, labels: &impl Labelled) -> bool {
    map.is_some_and(|map| !map.is_empty() && contains_all(map, labels))
}

/// A requirement Kubernetes refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidSelector {
    /// Not one of the four operators.
    #[error("`{operator}` is no operator; operators are In, NotIn, Exists and DoesNotExist")]
    Operator {
        /// The operator.
        operator: Box<str>,
    },
    /// `In` or `NotIn` without values.
    #[error("`{operator}` on `{key}` needs at least one value")]
    NoValues {
        /// The operator.
        operator: &'static str,
        /// The label.
        key: Box<str>,
    },
    /// `Exists` or `DoesNotExist` with values.
    #[error("`{operator}` on `{key}` takes no values")]
    Values {
        /// The operator.
        operator: &'static str,
        /// The label.
        key: Box<str>,
    },
}

/// The first thing wrong with a selector, whatever labels it meets.
///
/// # Errors
/// [`InvalidSelector`], as [`selects`] gives it.
pub fn validate(selector: &LabelSelector) -> Result<(), InvalidSelector> {
    let nothing = BTreeMap::new();
    selects(Some(selector), &nothing).map(|_| ())
}

fn contains_all(map: &BTreeMap<String, String>, labels: &impl Labelled) -> bool {
    map.iter().all(|(key, value)| labels.label(key) == Some(value))
}

fn holds(requirement: &LabelSelectorRequirement, labels: &impl Labelled) -> Result<bool, InvalidSelector> {
    let LabelSelectorRequirement { key, operator, values } = requirement;
    let values = values.as_deref().unwrap_or_default();
    let found = labels.label(key);
    let is_one_of = |found: &str| values.iter().any(|value| value == found);
    let some_values = |operator, holds| {
        let key = key.as_str().into();
        if values.is_empty() {
            Err(InvalidSelector::NoValues { operator, key })
        } else {
            Ok(holds)
        }
    };
    let no_values = |operator, holds| {
        let key = key.as_str().into();
        if values.is_empty() {
            Ok(holds)
        } else {
            Err(InvalidSelector::Values { operator, key })
        }
    };
    match operator.as_str() {
        "In" => some_values("In", found.is_some_and(is_one_of)),
        "NotIn" => some_values("NotIn", !found.is_some_and(is_one_of)),
        "Exists" => no_values("Exists", found.is_some()),
        "DoesNotExist" => no_values("DoesNotExist", found.is_none()),
        other => Err(InvalidSelector::Operator {
            operator: other.chars().take(32).collect::<String>().into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn expression(key: &str, operator: &str, values: &[&str]) -> LabelSelector {
        LabelSelector {
            match_labels: None,
            match_expressions: Some(vec![LabelSelectorRequirement {
                key: key.into(),
                operator: operator.into(),
                values: (!values.is_empty()).then(|| values.iter().map(ToString::to_string).collect()),
            }]),
        }
    }

    macro_rules! expressions {
        ($($fact:ident: $key:literal $operator:literal $values:expr => $selected:literal;)*) => {$(
            #[test]
            fn $fact() {
                let values: &[&str] = &$values;
                let selector = expression($key, $operator, values);
                assert_eq!(selects(Some(&selector), &map(&[("app", "web"), ("empty", "")])), Ok($selected));
            }
        )*};
    }

    expressions! {
        in_holds_for_a_listed_value: "app" "In" ["api", "web"] => true;
        in_fails_for_another_value: "app" "In" ["api"] => false;
        in_fails_without_the_label: "tier" "In" ["web"] => false;
        in_knows_the_empty_value: "empty" "In" [""] => true;
        not_in_fails_for_a_listed_value: "app" "NotIn" ["web"] => false;
        not_in_holds_for_another_value: "app" "NotIn" ["api"] => true;
        not_in_holds_without_the_label: "tier" "NotIn" ["web"] => true;
        exists_holds_for_the_empty_value: "empty" "Exists" [] => true;
        exists_fails_without_the_label: "tier" "Exists" [] => false;
        does_not_exist_holds_without_the_label: "tier" "DoesNotExist" [] => true;
        does_not_exist_fails_with_the_label: "app" "DoesNotExist" [] => false;
    }

    #[test]
    fn absent_selects_nothing_and_empty_everything() {
        let labels = map(&[("app", "web")]);
        assert_eq!(selects(None, &labels), Ok(false));
        assert_eq!(selects(Some(&LabelSelector::default()), &labels), Ok(true));
        assert_eq!(selects(Some(&LabelSelector::default()), &map(&[])), Ok(true));
        assert!(!map_selects(None, &labels) && !map_selects(Some(&map(&[])), &labels));
    }

    #[test]
    fn labels_and_expressions_must_all_hold() {
        let mut selector = expression("tier", "Exists", &[]);
        selector.match_labels = Some(map(&[("app", "web")]));
        assert_eq!(selects(Some(&selector), &map(&[("app", "web")])), Ok(false));
        assert_eq!(selects(Some(&selector), &map(&[("tier", "x")])), Ok(false));
        assert_eq!(
            selects(Some(&selector), &map(&[("app", "web"), ("tier", "x")])),
            Ok(true)
        );
    }

    #[test]
    fn what_kubernetes_refuses_is_an_error() {
        for (operator, values, message) in [
            ("In", &[][..], "`In` on `app` needs at least one value"),
            ("NotIn", &[][..], "`NotIn` on `app` needs at least one value"),
            ("Exists", &["x"][..], "`Exists` on `app` takes no values"),
            ("DoesNotExist", &["x"][..], "`DoesNotExist` on `app` takes no values"),
            (
                "Gt",
                &["1"][..],
                "`Gt` is no operator; operators are In, NotIn, Exists and DoesNotExist",
            ),
            (
                "in",
                &["x"][..],
                "`in` is no operator; operators are In, NotIn, Exists and DoesNotExist",
            ),
        ] {
            let error = validate(&expression("app", operator, values)).expect_err(operator);
            assert_eq!(error.to_string(), message);
        }
    }

    proptest! {
        #[test]
        fn not_in_is_the_opposite_of_in(value in "[abc]", wanted in prop::collection::vec("[abc]", 1..4), has in any::<bool>()) {
            let labels = if has { map(&[("k", &value)]) } else { map(&[]) };
            let values: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let inside = selects(Some(&expression("k", "In", &values)), &labels);
            let outside = selects(Some(&expression("k", "NotIn", &values)), &labels);
            prop_assert_ne!(inside, outside);
        }

        #[test]
        fn more_labels_never_break_match_labels(pairs in prop::collection::btree_map("[a-c]", "[xy]", 0..4), key in "[d-f]") {
            let selector = LabelSelector { match_labels: Some(pairs.clone()), match_expressions: None };
            prop_assert_eq!(selects(Some(&selector), &pairs), Ok(true));
            let mut more = pairs;
            more.insert(key, "z".to_owned());
            prop_assert_eq!(selects(Some(&selector), &more), Ok(true));
        }
    }
}
