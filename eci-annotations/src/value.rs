//! The grammars of values: each type reads and prints itself.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use eci_model::spec::{SpecItem, SpecList, SpotStrategy};
use eci_model::{IdError, List, ScheduleStrategy, SecurityGroupId, Text, VSwitchId};

/// A value that an annotation can hold.
pub trait Value: Sized + fmt::Display + 'static {
    /// Reads the text of an annotation.
    ///
    /// # Errors
    /// [`ValueError`] with the part of the text that is wrong.
    fn parse(text: &str) -> Result<Self, ValueError>;
}

/// A text that is no value of its key, and which part of it is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not {expected}")]
#[non_exhaustive]
pub struct ValueError {
    /// The wrong part.
    pub found: Box<str>,
    /// What was expected there.
    pub expected: Text,
    /// Where the wrong part stands in the text, in bytes.
    pub within: Range<usize>,
    /// Whether it is a masked sample or a template that nobody filled in.
    pub placeholder: bool,
}

impl ValueError {
    /// An error about a part of the text.
    pub fn new(text: &str, within: Range<usize>, expected: impl Into<Text>) -> Self {
        let found = text
            .get(within.clone())
            .unwrap_or(text)
            .chars()
            .take(80)
            .collect::<String>();
        Self {
            found: found.into(),
            expected: expected.into(),
            within,
            placeholder: false,
        }
    }

    /// An error about the whole text.
    pub fn whole(text: &str, expected: impl Into<Text>) -> Self {
        Self::new(text, 0..text.len(), expected)
    }
}

impl Value for bool {
    fn parse(text: &str) -> Result<Self, ValueError> {
        match text.trim() {
            it if it.eq_ignore_ascii_case("true") => Ok(true),
            it if it.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(ValueError::whole(text, "`true` or `false`")),
        }
    }
}

impl Value for u32 {
    fn parse(text: &str) -> Result<Self, ValueError> {
        text.trim()
            .parse()
            .map_err(|_| ValueError::whole(text, "a whole number"))
    }
}

impl Value for String {
    fn parse(text: &str) -> Result<Self, ValueError> {
        Ok(text.to_owned())
    }
}

impl Value for SpecList {
    fn parse(text: &str) -> Result<Self, ValueError> {
        let expected = "`<vCPU>-<GiB>Gi` or `ecs.<family>.<size>`";
        items(text, |item| {
            item.parse::<SpecItem>().map_err(|_| (expected.into(), false))
        })
        .map(Self)
    }
}

impl Value for SpotStrategy {
    fn parse(text: &str) -> Result<Self, ValueError> {
        choice(
            text,
            &[Self::SpotAsPriceGo, Self::SpotWithPriceLimit, Self::NoSpot],
            Self::name,
        )
    }
}

impl Value for ScheduleStrategy {
    fn parse(text: &str) -> Result<Self, ValueError> {
        choice(text, &[Self::VSwitchOrdered, Self::VSwitchRandom], Self::name)
    }
}

impl Value for List<VSwitchId> {
    fn parse(text: &str) -> Result<Self, ValueError> {
        ids(text, "a vSwitch id such as `vsw-bp1xpiowfm5vo8o3c1h01`")
    }
}

impl Value for List<SecurityGroupId> {
    fn parse(text: &str) -> Result<Self, ValueError> {
        ids(text, "a security group id such as `sg-bp15ed6xe1yxeycg7o22`")
    }
}

fn ids<T: FromStr<Err = IdError>>(text: &str, expected: &'static str) -> Result<List<T>, ValueError> {
    let read = |item: &str| {
        let placeholder = |error: &IdError| matches!(error, IdError::Placeholder { .. });
        item.parse().map_err(|error| (expected.into(), placeholder(&error)))
    };
    items(text, read).map(List)
}

/// The items of a list with commas; blanks around them are passed over.
fn items<T>(text: &str, read: impl Fn(&str) -> Result<T, (Text, bool)>) -> Result<Vec<T>, ValueError> {
    let mut values = Vec::new();
    let mut start = 0;
    for part in text.split(',') {
        let blank = part.len() - part.trim_start().len();
        let item = part.trim();
        let within = start + blank..start + blank + item.len();
        values.push(read(item).map_err(|(expected, placeholder)| ValueError {
            placeholder,
            ..ValueError::new(text, within, expected)
        })?);
        start += part.len() + 1;
    }
    Ok(values)
}

/// One of several words, whatever their case: pages spell some of them in two ways.
fn choice<T: Copy>(text: &str, choices: &[T], name: fn(T) -> &'static str) -> Result<T, ValueError> {
    let found = choices
        .iter()
        .copied()
        .find(|choice| name(*choice).eq_ignore_ascii_case(text.trim()));
    found.ok_or_else(|| {
        let names: Vec<String> = choices.iter().map(|choice| format!("`{}`", name(*choice))).collect();
        ValueError::whole(text, format!("one of {}", names.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_wrong_item_of_a_list_is_marked() {
        let error = SpecList::parse("2-4Gi, 4x8").expect_err("4x8 is no size");
        assert_eq!((&*error.found, error.within.clone()), ("4x8", 7..10));
        assert_eq!(
            error.to_string(),
            "`4x8` is not `<vCPU>-<GiB>Gi` or `ecs.<family>.<size>`"
        );
    }

    #[test]
    fn masked_samples_are_told_apart() {
        let masked = List::<VSwitchId>::parse("vsw-1,vsw-bp1****").expect_err("a sample");
        assert!(masked.placeholder);
        let other = List::<VSwitchId>::parse("vsw-1,sg-1").expect_err("another kind");
        assert!(!other.placeholder);
    }

    #[test]
    fn both_published_spellings_are_read() {
        for text in ["VSwitchOrdered", "vSwitchOrdered"] {
            assert_eq!(ScheduleStrategy::parse(text), Ok(ScheduleStrategy::VSwitchOrdered));
        }
    }

    #[test]
    fn empty_items_are_wrong() {
        for text in ["", ",", "2-4Gi,", ",2-4Gi"] {
            assert!(SpecList::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn errors_point_into_the_text(text in "[-,a-z0-9Gi. é]{0,40}") {
            if let Err(error) = SpecList::parse(&text) {
                prop_assert!(text.get(error.within.clone()).is_some());
            }
            if let Err(error) = List::<VSwitchId>::parse(&text) {
                prop_assert!(text.get(error.within.clone()).is_some());
            }
        }

        #[test]
        fn printed_lists_read_back(items in prop::collection::vec("(0\\.25|[1-9][0-9]?)-[1-9][0-9]?Gi|ecs\\.[a-z][0-9][a-z]?\\.[0-9]?x?large", 1..6)) {
            let text = items.join(",");
            let read = SpecList::parse(&text).expect("made so");
            prop_assert_eq!(SpecList::parse(&read.to_string()), Ok(read));
        }
    }
}
