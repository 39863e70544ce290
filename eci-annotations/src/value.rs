//! What a value of a key is: how it is read, what is remarked on, and how it is printed.

mod choice;
mod dns;
mod id;
mod json;
mod list;
mod number;
mod record;
mod size;
mod text;
mod word;

use std::fmt;
use std::ops::Range;

use eci_model::Text;
use eci_model::policy::{BareBandwidth, CaseRule, ListLength, ListSpaces, Policies, RateUnits};

use crate::facts::{Allowed, Facts};

pub use dns::{ArrayDns, CommaDns};
pub use json::JsonText;
pub use list::OpenList;
pub use number::{Port, PriceLimit, Priority};
pub use record::{DiskVolume, Hosts, LogTag, Sysctls, Tags};
pub use text::{LogSource, Verbatim};
pub use word::{AccelerateMode, ClusterIpWait, ContainerType, OsType, ResourceIgnore};

/// A type that values of a [`Key`](crate::Key) have.
///
/// Its `Display` is the canonical text: what [`Value::parse`] reads back as the same value.
///
/// # Example: a value of your own
/// ```
/// use std::fmt;
/// use eci_annotations::{Reading, Value, ValueError};
///
/// #[derive(Debug, PartialEq)]
/// struct CostCentre(u16);
///
/// impl fmt::Display for CostCentre {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         write!(f, "cc-{:04}", self.0)
///     }
/// }
///
/// impl Value for CostCentre {
///     fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
///         let number = text.strip_prefix("cc-").and_then(|digits| digits.parse().ok());
///         number.map(CostCentre).ok_or_else(|| ValueError::new(text, "`cc-` and a number"))
///     }
/// }
///
/// assert_eq!(CostCentre::parse("cc-0042")?, CostCentre(42));
/// assert_eq!(CostCentre::parse("42").unwrap_err().to_string(), "`42` is not `cc-` and a number");
/// # Ok::<(), ValueError>(())
/// ```
pub trait Value: Sized + fmt::Display + 'static {
    /// Reads a value and remarks on what is accepted and yet worth telling.
    ///
    /// # Errors
    /// [`ValueError`] for a text that is no value of this type.
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError>;

    /// Reads a value; remarks are dropped.
    ///
    /// # Errors
    /// As [`Value::read`].
    fn parse(text: &str) -> Result<Self, ValueError> {
        Self::read(text, &mut Reading::default())
    }
}

/// A text that is no value of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not {expected}")]
#[non_exhaustive]
pub struct ValueError {
    /// The part that is wrong, at most 64 characters of it.
    pub found: Box<str>,
    /// What it should be.
    pub expected: Text,
    /// Where the part stands in the value, in bytes.
    pub within: Range<u32>,
    /// In which way it is wrong.
    pub fault: Fault,
}

/// In which way a value is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The grammar does not allow it.
    Form,
    /// It is the masked sample of a page, or a template that nobody filled in.
    Placeholder,
    /// It has the shape of another key.
    OtherShape,
    /// A number below or above the range of the key.
    OutOfRange,
    /// More items than the key takes.
    TooManyItems,
}

impl ValueError {
    /// The whole text is wrong.
    pub fn new(text: &str, expected: impl Into<Text>) -> Self {
        Self::within(text, 0..text.len(), expected)
    }

    /// A part of the text is wrong.
    pub fn within(text: &str, part: Range<usize>, expected: impl Into<Text>) -> Self {
        let found = text.get(part.clone()).unwrap_or_default();
        let fault = if text::is_placeholder(found) {
            Fault::Placeholder
        } else {
            Fault::Form
        };
        Self {
            found: found.chars().take(64).collect::<String>().into(),
            expected: expected.into(),
            within: offset(part.start)..offset(part.end),
            fault,
        }
    }

    /// The same error with another fault.
    #[must_use]
    pub const fn with_fault(mut self, fault: Fault) -> Self {
        self.fault = fault;
        self
    }

    /// The same error of a part that begins at a byte of the whole value.
    #[must_use]
    pub fn shifted(mut self, start: usize) -> Self {
        let start = offset(start);
        self.within = self.within.start.saturating_add(start)..self.within.end.saturating_add(start);
        self
    }
}

/// What a key demands of its values, and what is remarked while one is read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    min: Option<i64>,
    max: Option<i64>,
    max_items: Option<usize>,
    shown_items: Option<usize>,
    words: &'static [&'static str],
    case: CaseRule,
    spaces: ListSpaces,
    bandwidth: BareBandwidth,
    rate_units: RateUnits,
    lenient: bool,
    start: usize,
    remarks: Vec<Remark>,
}

impl Reading {
    /// A reading under the limits of a key; a lenient one tells numbers out of range and lets them count.
    pub(crate) fn of(facts: &Facts, policies: &Policies, lenient: bool) -> Self {
        let counts_items = policies.list_length == ListLength::AsShown;
        Self {
            min: facts.min,
            max: facts.max,
            max_items: facts.max_items,
            shown_items: if counts_items { facts.shown_items() } else { None },
            words: match facts.allowed {
                Allowed::Words(words) => words,
                _ => &[],
            },
            case: policies.case_rule,
            spaces: policies.list_spaces,
            bandwidth: policies.bare_bandwidth,
            rate_units: policies.rate_units,
            lenient,
            start: 0,
            remarks: Vec::new(),
        }
    }

    /// Notes something about a part of the text that is being read.
    pub fn remark(&mut self, kind: RemarkKind, part: Range<usize>, expected: impl Into<Text>) {
        self.remarks.push(Remark {
            kind,
            within: offset(self.start + part.start)..offset(self.start + part.end),
            expected: expected.into(),
        });
    }

    /// Compares a number that was read with the range of the key.
    pub fn number(&mut self, number: i64, part: Range<usize>) {
        let below = self.min.is_some_and(|min| number < min);
        let above = self.max.is_some_and(|max| number > max);
        if below || above {
            let range = match (self.min, self.max) {
                (Some(min), Some(max)) => format!("{min} to {max}"),
                (Some(min), None) => format!("{min} or more"),
                (None, max) => format!("at most {}", max.unwrap_or_default()),
            };
            self.remark(RemarkKind::OutOfRange, part, range);
        }
    }

    /// What was remarked, in order.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Whether words in another case are refused.
    pub(crate) fn is_strict(&self) -> bool {
        self.case == CaseRule::Strict
    }

    /// The words that the key takes, when it takes no others.
    pub(crate) const fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// What was remarked, in order, without the reading.
    pub(crate) fn into_remarks(self) -> Vec<Remark> {
        self.remarks
    }

    /// Whether spaces around items are refused.
    pub(crate) fn refuses_spaces(&self) -> bool {
        self.spaces == ListSpaces::Refused
    }

    /// What `K` stands for in a bandwidth that counts bytes.
    pub(crate) fn kilo(&self) -> u64 {
        match self.rate_units {
            RateUnits::Binary => 1024,
            _ => 1000,
        }
    }

    /// Whether a bandwidth without a unit is doubted.
    pub(crate) fn doubts_bare_bandwidth(&self) -> bool {
        self.bandwidth == BareBandwidth::Doubt
    }

    /// Reads a part of the value that begins at a byte of it.
    pub(crate) fn part<T>(
        &mut self,
        start: usize,
        read: impl FnOnce(&mut Self) -> Result<T, ValueError>,
    ) -> Result<T, ValueError> {
        self.start += start;
        let value = read(self);
        self.start -= start;
        value.map_err(|error| error.shifted(start))
    }

    /// Whether a remark keeps the value from counting.
    pub(crate) fn is_refused(&self) -> bool {
        self.remarks.iter().any(|remark| self.refuses(remark.kind))
    }

    fn refuses(&self, kind: RemarkKind) -> bool {
        kind == RemarkKind::TooManyItems || (kind == RemarkKind::OutOfRange && !self.lenient)
    }

    /// The first remark that keeps the value from counting, as an error.
    pub(crate) fn refusal(&self, text: &str) -> Option<ValueError> {
        let remark = self.remarks.iter().find(|remark| self.refuses(remark.kind))?;
        let part = remark.within.start as usize..remark.within.end as usize;
        let fault = match remark.kind {
            RemarkKind::TooManyItems => Fault::TooManyItems,
            _ => Fault::OutOfRange,
        };
        Some(ValueError::within(text, part, remark.expected.clone()).with_fault(fault))
    }
}

/// Something worth telling about a value that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// What it is.
    pub kind: RemarkKind,
    /// The part of the value, in bytes.
    pub within: Range<u32>,
    /// What would be expected instead.
    pub expected: Text,
}

/// What is remarked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RemarkKind {
    /// A word in another case than the canonical one.
    Case,
    /// Spaces around an item of a list.
    Spaces,
    /// An item that stands in the list already.
    Duplicate,
    /// A form that the pages leave open.
    OpenForm,
    /// An id of another length than those seen.
    UnusualLength,
    /// Items that the platform reads and drops.
    Ignored,
    /// A number outside the range of the key; the value does not count.
    OutOfRange,
    /// More items than the key takes; the value does not count.
    TooManyItems,
}

/// A position in a value; no value of a pod comes near the largest one.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(min: Option<i64>, max: Option<i64>) -> Reading {
        Reading {
            min,
            max,
            ..Reading::default()
        }
    }

    #[test]
    fn errors_show_the_wrong_part() {
        let error = ValueError::within("2-4Gi,4x8", 6..9, "a size");
        assert_eq!(
            (error.to_string().as_str(), error.within.clone()),
            ("`4x8` is not a size", 6..9)
        );
        assert_eq!(error.shifted(10).within, 16..19);
    }

    #[test]
    fn placeholders_are_told_apart() {
        assert_eq!(ValueError::new("vsw-bp1****", "an id").fault, Fault::Placeholder);
        assert_eq!(ValueError::new("vsw", "an id").fault, Fault::Form);
    }

    #[test]
    fn numbers_are_held_to_the_range_of_the_key() {
        let mut reading = reading(Some(10), Some(1440));
        reading.number(10, 0..2);
        reading.number(1440, 0..4);
        assert!(reading.remarks().is_empty());
        reading.number(9, 0..1);
        assert_eq!(
            reading.refusal("9").map(|error| error.to_string()).as_deref(),
            Some("`9` is not 10 to 1440")
        );
    }

    #[test]
    fn lenient_readings_tell_and_count() {
        let lenient = true;
        let mut reading = Reading {
            lenient,
            ..reading(Some(0), Some(10))
        };
        reading.number(11, 0..2);
        assert_eq!((reading.remarks().len(), reading.is_refused()), (1, false));
    }

    #[test]
    fn parts_remember_where_they_began() {
        let mut reading = Reading::default();
        let read = reading.part(5, |reading| {
            reading.remark(RemarkKind::Case, 0..2, "TT");
            Err::<(), _>(ValueError::new("tt", "TT"))
        });
        assert_eq!(read.expect_err("refused").within, 5..7);
        assert_eq!(reading.remarks()[0].within, 5..7);
    }
}
