//! Every rule of the suite.

use eci_model::{Rule, Rules};

/// The lists of all crates, by ascending code within each.
static LISTS: &[&[&Rules]] = &[
    eci_model::limits::RULES,
    eci_model::group::RULES,
    eci_model::spec::RULES,
    eci_model::billing::RULES,
    eci_model::image::RULES,
    eci_model::storage::RULES,
    eci_network::RULES,
    &[
        &eci_annotations::RULES,
        &eci_profile::RULES,
        &crate::cluster::RULES,
        &crate::planner::RULES,
    ],
    #[cfg(feature = "manifest")]
    &[&crate::manifest::rules::RULES],
    #[cfg(feature = "report")]
    &[&crate::report::RULES],
];

/// Every rule, by ascending code.
///
/// # Example
/// ```
/// let codes: Vec<u16> = eci_sdk::rules().map(|rule| rule.code().number()).collect();
/// assert!(codes.is_sorted());
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let mut rules: Vec<&'static Rule> = LISTS
        .iter()
        .copied()
        .flatten()
        .flat_map(|list| list.as_slice())
        .copied()
        .collect();
    rules.sort_by_key(|rule| rule.code());
    rules.into_iter()
}

/// The rule of a code (`ECI1010`) or name (`host-path`).
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    eci_model::find(rules(), code_or_name)
}
