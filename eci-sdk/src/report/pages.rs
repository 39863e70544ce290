//! Where the pages of rules are published.

use eci_model::Rule;

/// The address of the pages of rules, in which `{code}` or `{name}` stands for the rule.
///
/// # Example
/// ```
/// use eci_model::limits;
/// use eci_sdk::report::RulePages;
///
/// let pages = RulePages::new("https://docs.example.com/eci/{name}").expect("an address");
/// assert_eq!(pages.of(limits::HOST_PATH), "https://docs.example.com/eci/host-path");
/// assert!(RulePages::new("https://docs.example.com/eci").is_err(), "the same page for every rule");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePages(String);

/// Why a text is no address of pages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no address of rule pages: expected one that begins with https://, http:// or file:// and holds {{code}} or {{name}}"
)]
pub struct NoRulePages(String);

impl RulePages {
    /// Reads an address.
    ///
    /// # Errors
    /// [`NoRulePages`] when it is none, or the same for every rule.
    pub fn new(address: &str) -> Result<Self, NoRulePages> {
        let has_scheme = ["https://", "http://", "file://"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        // What an address may hold; blanks and control characters would break out of a link.
        let is_written = address.bytes().all(|byte| byte.is_ascii_graphic());
        let names_rules = address.contains("{code}") || address.contains("{name}");
        if has_scheme && is_written && names_rules {
            Ok(Self(address.to_owned()))
        } else {
            Err(NoRulePages(address.to_owned()))
        }
    }

    /// The page of a rule.
    pub fn of(&self, rule: &Rule) -> String {
        let code = rule.code().to_string();
        self.0.replace("{code}", &code).replace("{name}", rule.name())
    }
}

impl std::str::FromStr for RulePages {
    type Err = NoRulePages;

    fn from_str(text: &str) -> Result<Self, NoRulePages> {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_rules_are_taken() {
        for address in [
            "file:///usr/share/doc/eci/{name}.md",
            "http://a/{code}",
            "https://a/{name}#{code}",
        ] {
            assert!(RulePages::new(address).is_ok(), "{address}");
        }
        for wrong in [
            "",
            "docs/{name}.md",
            "javascript:{name}",
            "https://a/{name} b",
            "https://a/{name}\u{1b}\\",
            "https://a/",
        ] {
            assert!(RulePages::new(wrong).is_err(), "{wrong}");
        }
    }
}
