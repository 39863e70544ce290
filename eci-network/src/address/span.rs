//! Consecutive numbers that are given out once, lowest first.

use std::collections::BTreeSet;

/// Numbers from a first to a last one, each free or taken.
///
/// Memory grows with what was given back or taken out of order, never with the size of the span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// First and last number; `None` for a span of none.
    bounds: Option<(u128, u128)>,
    /// Every number below was given out in order once; `None` when that is all of them.
    mark: Option<u128>,
    /// Numbers below the mark that are free again.
    freed: BTreeSet<u128>,
    /// Numbers from the mark on that are taken.
    ahead: BTreeSet<u128>,
    taken: u128,
}

impl Span {
    /// No numbers.
    pub(super) const EMPTY: Self = Self {
        bounds: None,
        mark: None,
        freed: BTreeSet::new(),
        ahead: BTreeSet::new(),
        taken: 0,
    };

    /// All numbers are free.
    pub(super) fn new(first: u128, last: u128) -> Self {
        Self {
            bounds: (first <= last).then_some((first, last)),
            mark: (first <= last).then_some(first),
            ..Self::EMPTY
        }
    }

    pub(super) const fn taken(&self) -> u128 {
        self.taken
    }

    pub(super) fn contains(&self, number: u128) -> bool {
        self.bounds
            .is_some_and(|(first, last)| number >= first && number <= last)
    }

    pub(super) fn is_taken(&self, number: u128) -> bool {
        self.contains(number)
            && if self.is_behind(number) {
                !self.freed.contains(&number)
            } else {
                self.ahead.contains(&number)
            }
    }

    pub(super) fn take_lowest(&mut self) -> Option<u128> {
        let lowest = self.freed.pop_first().or_else(|| self.advance())?;
        self.taken += 1;
        Some(lowest)
    }

    /// Takes a number; gives whether it was free.
    pub(super) fn take(&mut self, number: u128) -> bool {
        let was_free = self.contains(number)
            && if self.is_behind(number) {
                self.freed.remove(&number)
            } else {
                self.ahead.insert(number)
            };
        self.taken += u128::from(was_free);
        was_free
    }

    /// Gives a number back; gives whether it was taken.
    pub(super) fn give_back(&mut self, number: u128) -> bool {
        let was_taken = self.is_taken(number);
        if was_taken {
            if self.is_behind(number) {
                self.freed.insert(number);
            } else {
                self.ahead.remove(&number);
            }
            self.taken -= 1;
        }
        was_taken
    }

    fn is_behind(&self, number: u128) -> bool {
        self.mark.is_none_or(|mark| number < mark)
    }

    /// Moves the mark past the first number that is free there.
    fn advance(&mut self) -> Option<u128> {
        let (_, last) = self.bounds?;
        loop {
            let number = self.mark?;
            self.mark = number.checked_add(1).filter(|next| *next <= last);
            if !self.ahead.remove(&number) {
                return Some(number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_may_end_at_the_highest_number() {
        let mut span = Span::new(u128::MAX - 1, u128::MAX);
        assert_eq!(
            (span.take_lowest(), span.take_lowest(), span.take_lowest()),
            (Some(u128::MAX - 1), Some(u128::MAX), None)
        );
        assert!(span.give_back(u128::MAX));
        assert_eq!(span.take_lowest(), Some(u128::MAX));
    }

    #[test]
    fn an_empty_span_has_nothing() {
        let mut span = Span::new(2, 1);
        assert_eq!(span, Span::EMPTY);
        assert!(!span.take(1) && !span.give_back(1) && span.take_lowest().is_none());
    }

    proptest! {
        #[test]
        fn it_behaves_as_a_set(steps in prop::collection::vec((0_u8..4, 0_u128..14), 0..200)) {
            let mut span = Span::new(2, 11);
            let mut taken = BTreeSet::new();
            for (what, number) in steps {
                match what {
                    0 => {
                        let lowest = (2..=11).find(|number| !taken.contains(number));
                        prop_assert_eq!(span.take_lowest(), lowest);
                        taken.extend(lowest);
                    }
                    1 => prop_assert_eq!(span.take(number), (2..=11).contains(&number) && taken.insert(number)),
                    _ => prop_assert_eq!(span.give_back(number), taken.remove(&number)),
                }
                prop_assert_eq!(span.taken(), taken.len() as u128);
                for number in 0..14 {
                    prop_assert_eq!(span.is_taken(number), taken.contains(&number));
                }
            }
        }
    }
}
