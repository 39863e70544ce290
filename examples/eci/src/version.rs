//! `eci --version`: how old the program is, and what it knows.

use std::fmt::Write as _;
use std::sync::LazyLock;

use eci_sdk::model::billing::{Currency, Prices};

/// The program, its rules with the newest page behind them, and its price lists.
pub(crate) static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut text = format!("{}\n", env!("CARGO_PKG_VERSION"));
    let newest = eci_sdk::rules()
        .filter_map(|rule| newest_date(rule.basis_of().source()))
        .max();
    let _ = write!(text, "rules: {}", eci_sdk::rules().count());
    if let Some(date) = newest {
        let _ = write!(text, ", the newest page of {date}");
    }
    for currency in [Currency::Cny, Currency::Usd] {
        let prices = Prices::list(currency);
        let _ = write!(text, "\nprices in {currency}: {}, {}", prices.source(), prices.date());
    }
    text
});

/// The latest day, such as `2025-01-14`, that a text names.
fn newest_date(text: &str) -> Option<&str> {
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '-');
    words.filter(|word| is_date(word)).max()
}

fn is_date(word: &str) -> bool {
    let mut parts = word.split('-');
    let mut has = |digits: usize| {
        let part = parts.next();
        part.is_some_and(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    has(4) && has(2) && has(2) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use eci_sdk::report::v1::Knowledge;

    use super::*;

    #[test]
    fn pages_were_read_up_to_the_month_that_summaries_name() {
        let months = eci_sdk::rules().filter_map(|rule| newest_date(rule.basis_of().source()));
        let newest = months.map(|date| &date[..7]).max();
        assert!(newest.is_some_and(|month| month <= Knowledge::PAGES_TO), "{newest:?}");
    }

    #[test]
    fn the_newest_day_counts() {
        for (text, expected) in [
            ("Overview, 2024-11-26; Quotas, 2025-03-01 (2025)", Some("2025-03-01")),
            ("a decision of this project", None),
            ("CreateContainerGroup, 2026-04", None),
            ("1-2-3, 2025-1-01, 12025-01-01, 2025-01-01-1", None),
        ] {
            assert_eq!(newest_date(text), expected, "{text}");
        }
    }
}
