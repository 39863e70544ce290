//! The operations of the API by name, with what is published about each.

use std::fmt;
use std::str::FromStr;

mod table;

pub use table::Action;

/// What is published about an action.
#[derive(Debug)]
struct Facts {
    action: Action,
    name: &'static str,
    summary: &'static str,
    family: &'static str,
    get: bool,
    read: bool,
    token: bool,
    paging: Option<Paging>,
    rate: Option<Rate>,
}

/// What makes sending a request twice safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idempotency {
    /// It changes nothing.
    Read,
    /// A `ClientToken` makes a repetition answer what the first one answered.
    Token,
    /// Nothing: a repetition may have a second effect.
    None,
}

/// How a list is read page by page, with `NextToken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// The parameter that says how many items a page has.
    pub size: &'static str,
    /// The member of the answer that holds the items.
    pub items: &'static str,
    /// Items of a page if nothing is asked; `None` where no page says so.
    pub default: Option<u32>,
    /// Most items of a page.
    pub max: Option<u32>,
    /// Whether the answer names the next page. Where it does not, only the first page can be read.
    pub token_in_answer: bool,
}

/// How often an action may be called. Newer pages publish a bucket for two actions, older ones calls per minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rate {
    /// Calls per minute, of the older page.
    pub per_minute: Option<u32>,
    /// A bucket of calls that fills again, of the newer page. It wins.
    pub bucket: Option<Bucket>,
}

/// A bucket of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bucket {
    /// Calls at once.
    pub burst: u32,
    /// Calls a second on average.
    pub refill_per_second: u32,
}

impl Action {
    /// Every action.
    pub const ALL: &[Self] = &table::ALL;

    /// The name, as the protocol writes it.
    ///
    /// # Example
    /// ```
    /// use eci_model::api::{Action, Idempotency};
    ///
    /// let action: Action = "CreateContainerGroup".parse()?;
    /// assert_eq!(action.idempotency(), Idempotency::Token);
    /// assert_eq!(action.rate().and_then(|rate| rate.bucket).map(|bucket| bucket.burst), Some(100));
    /// assert_eq!(Action::ALL.len(), 36);
    /// # Ok::<(), eci_model::api::ActionError>(())
    /// ```
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// What it does, in a line.
    pub fn summary(self) -> &'static str {
        self.facts().summary
    }

    /// What it is about, such as `container group`.
    pub fn family(self) -> &'static str {
        self.facts().family
    }

    /// The HTTP methods it may be sent with; `POST` is always one.
    pub fn methods(self) -> &'static [&'static str] {
        match self.facts().get {
            true => &["POST", "GET"],
            false => &["POST"],
        }
    }

    /// What makes sending it twice safe.
    pub fn idempotency(self) -> Idempotency {
        match self.facts() {
            Facts { read: true, .. } => Idempotency::Read,
            Facts { token: true, .. } => Idempotency::Token,
            _ => Idempotency::None,
        }
    }

    /// Whether it has a `ClientToken`; one read has one as well.
    pub fn takes_client_token(self) -> bool {
        self.facts().token
    }

    /// How its list is paged, if it answers a list in pages.
    pub fn paging(self) -> Option<Paging> {
        self.facts().paging
    }

    /// The published rate, if there is one.
    pub fn rate(self) -> Option<Rate> {
        self.facts().rate
    }

    fn facts(self) -> &'static Facts {
        &table::FACTS[self as usize]
    }
}

const fn paging(
    size: &'static str,
    items: &'static str,
    default: Option<u32>,
    max: Option<u32>,
    token_in_answer: bool,
) -> Paging {
    Paging {
        size,
        items,
        default,
        max,
        token_in_answer,
    }
}

const fn bucket(burst: u32, refill_per_second: u32) -> Bucket {
    Bucket {
        burst,
        refill_per_second,
    }
}

const fn rate(per_minute: Option<u32>, bucket: Option<Bucket>) -> Rate {
    Rate { per_minute, bucket }
}

/// A text that names no action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no operation of the API")]
#[non_exhaustive]
pub struct ActionError {
    found: Box<str>,
}

impl FromStr for Action {
    type Err = ActionError;

    fn from_str(text: &str) -> Result<Self, ActionError> {
        let facts = table::FACTS.iter().find(|facts| facts.name == text);
        facts.map(|facts| facts.action).ok_or_else(|| ActionError {
            found: text.chars().take(64).collect::<String>().into(),
        })
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_names() {
        for (at, facts) in table::FACTS.iter().enumerate() {
            assert_eq!(facts.action as usize, at);
            assert_eq!(format!("{:?}", facts.action), facts.name);
            assert_eq!(facts.name.parse(), Ok(facts.action));
        }
    }

    #[test]
    fn names_are_exact() {
        let error = "createcontainergroup".parse::<Action>().expect_err("another case");
        assert_eq!(error.to_string(), "`createcontainergroup` is no operation of the API");
    }
}
