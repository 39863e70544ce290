//! Lists with commas.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use eci_model::List;

use crate::value::{Reading, RemarkKind, Value, ValueError};

/// Reads items between commas: trims them, and remarks on spaces, items that stand twice, and items beyond the number a key takes.
pub(crate) fn read_list<'t, T: Ord>(
    text: &'t str,
    reading: &mut Reading,
    mut item: impl FnMut(&'t str, &mut Reading) -> Result<T, ValueError>,
) -> Result<Vec<T>, ValueError> {
    let mut items = Vec::with_capacity(1 + text.bytes().filter(|byte| *byte == b',').count());
    for (start, part) in parts(text) {
        let (lead, trimmed) = trimmed(start, part);
        if trimmed.is_empty() {
            return Err(ValueError::within(
                text,
                start..start + part.len(),
                "an item; one comma separates two items",
            ));
        }
        if trimmed.len() < part.len() && reading.refuses_spaces() {
            return Err(ValueError::within(
                text,
                start..start + part.len(),
                "an item without spaces around it",
            ));
        }
        if trimmed.len() < part.len() {
            reading.remark(RemarkKind::Spaces, start..start + part.len(), trimmed.to_owned());
        }
        if reading.max_items == Some(items.len()) {
            let most = format!("the end of the list: it takes {}", items_of(items.len()));
            reading.remark(RemarkKind::TooManyItems, lead..lead + trimmed.len(), most);
        }
        if reading.shown_items == Some(items.len()) {
            let most = format!("{}, as in the longest sample", items_of(items.len()));
            reading.remark(RemarkKind::OpenForm, lead..lead + trimmed.len(), most);
        }
        items.push(reading.part(lead, |reading| item(trimmed, reading))?);
    }
    let places = parts(text).map(|(start, part)| {
        let (lead, trimmed) = trimmed(start, part);
        lead..lead + trimmed.len()
    });
    remark_twice(&items, places, reading);
    Ok(items)
}

/// An item without the spaces around it, and where it begins; most have none, which the ends show at once.
fn trimmed(start: usize, part: &str) -> (usize, &str) {
    let ends = [part.as_bytes().first(), part.as_bytes().last()];
    if ends.iter().all(|end| end.is_some_and(u8::is_ascii_graphic)) {
        return (start, part);
    }
    (start + (part.len() - part.trim_start().len()), part.trim())
}

/// The items with the byte each begins at.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = text.get(start..)?;
        // Values are short, so that a plain walk is the quickest search.
        let end = rest.bytes().position(|byte| byte == b',');
        next = end.map(|end| start + end + 1);
        Some((start, end.map_or(rest, |end| rest.get(..end).unwrap_or(rest))))
    })
}

fn items_of(number: usize) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} item{plural}")
}

/// Remarks on items that stand in a list already; short lists are compared in place, so that the usual value costs no allocation.
pub(crate) fn remark_twice<T: Ord>(items: &[T], places: impl Iterator<Item = Range<usize>>, reading: &mut Reading) {
    const SHORT: usize = 12;
    let stands_before = |index: usize| items[..index].contains(&items[index]);
    if items.len() <= SHORT && !(1..items.len()).any(stands_before) {
        return;
    }
    let mut seen = BTreeSet::new();
    for (item, place) in items.iter().zip(places) {
        if !seen.insert(item) {
            reading.remark(RemarkKind::Duplicate, place, "each item once");
        }
    }
}

impl<T: Value + Ord> Value for List<T> {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        read_list(text, reading, T::read).map(List)
    }
}

/// A list that no page shows with more than one item; a comma between two is presumed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct OpenList<T>(pub List<T>);

impl<T: Value + Ord> Value for OpenList<T> {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let list = List::read(text, reading)?;
        if list.len() > 1 {
            reading.remark(
                RemarkKind::OpenForm,
                0..text.len(),
                "one item: no page shows several, nor what separates them",
            );
        }
        Ok(Self(list))
    }
}

impl<T> From<OpenList<T>> for List<T> {
    fn from(list: OpenList<T>) -> Self {
        list.0
    }
}

impl<T: fmt::Display> fmt::Display for OpenList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Fault;
    use eci_model::VSwitchId;

    fn kinds(text: &str, max_items: Option<usize>) -> Vec<RemarkKind> {
        let mut reading = Reading {
            max_items,
            ..Reading::default()
        };
        List::<u32>::read(text, &mut reading).expect(text);
        reading.remarks().iter().map(|remark| remark.kind).collect()
    }

    #[test]
    fn spaces_are_trimmed_and_told() {
        assert_eq!(kinds("1,2", None), []);
        assert_eq!(kinds("1, 2", None), [RemarkKind::Spaces]);
        assert_eq!(List::<u32>::parse(" 1 ,2").expect("a list").to_string(), "1,2");
    }

    #[test]
    fn items_that_stand_twice_are_told_in_short_and_long_lists() {
        assert_eq!(kinds("1,2,1", None), [RemarkKind::Duplicate]);
        let long: Vec<String> = (0..40).chain([7]).map(|n| n.to_string()).collect();
        assert_eq!(kinds(&long.join(","), None), [RemarkKind::Duplicate]);
    }

    #[test]
    fn items_beyond_the_limit_are_told() {
        assert_eq!(kinds("1,2", Some(2)), []);
        assert_eq!(kinds("1,2,3,4", Some(2)), [RemarkKind::TooManyItems]);
    }

    #[test]
    fn the_wrong_item_is_pointed_at() {
        let error = List::<VSwitchId>::parse("vsw-a, sg-b").expect_err("another kind");
        assert_eq!((error.within, error.fault), (7..11, Fault::Form));
        for text in ["", ",", "1,", ",1", "1,,2", " "] {
            assert!(List::<u32>::parse(text).is_err(), "{text}");
        }
    }
}
