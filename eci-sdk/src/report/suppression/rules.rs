//! What can be wrong with suppressions.

use eci_model::{Basis, Code, Finding, Location, Rule, Rules, Severity, Status};

/// A suppression that hid nothing in this run.
///
/// Silent for rules that lack the facts to speak.
pub const UNUSED: &Rule = &Rule::warning(Code::eci(7040), "suppression-unused")
    .summary("suppression that hides nothing")
    .why("what it was written for is gone, and the next finding of the rule would be hidden unseen")
    .remedy("remove it")
    .basis(Basis::Ours("suppressions are of this project"))
    .page(include_str!("../../../rules/suppression-unused.md"));

/// A suppression without a reason, where the policy asks for one.
pub const WITHOUT_REASON: &Rule = &Rule::warning(Code::eci(7042), "suppression-without-reason")
    .summary("suppression without a reason")
    .why("nobody can tell later whether it still holds")
    .remedy("say why, behind ` -- `")
    .basis(Basis::Ours("policy SuppressionReason"))
    .page(include_str!("../../../rules/suppression-without-reason.md"));

/// A suppression or a setting that names no rule.
///
/// A rule that gave way to another one is a warning that names its successor.
pub const UNKNOWN_RULE: &Rule = &Rule::error(Code::eci(7044), "suppression-unknown-rule")
    .summary("there is no such rule")
    .why("it does nothing, and what it was written for is told all the same")
    .remedy("write a code or a name that `eci rules` lists")
    .basis(Basis::Ours("suppressions are of this project"))
    .page(include_str!("../../../rules/suppression-unknown-rule.md"));

/// The rules of this room.
pub(crate) static RULES: Rules = Rules::new(&[UNUSED, WITHOUT_REASON, UNKNOWN_RULE]);

/// Names that are less alike are not what was meant.
const LIKENESS: f64 = 0.8;

/// The rule of a code or name, or what is to be said about the place that names it.
///
/// # Errors
/// The finding that there is no such rule, or that it gave way to another one.
///
/// # Example
/// ```
/// use eci_model::{FieldPath, Location, ObjectRef};
/// use eci_sdk::report::named_rule;
///
/// let place = || Location::new(ObjectRef::new("file", None, "eci.yaml"), FieldPath::of("severity"));
/// assert_eq!(named_rule("host-path", place()).map(|rule| rule.code().number()), Ok(1010));
/// let finding = named_rule("host-paths", place()).expect_err("there is none");
/// assert_eq!(finding.remedy(), "write `host-path` (ECI1010)");
/// ```
pub fn named_rule(code_or_name: &str, place: Location) -> Result<&'static Rule, Finding> {
    let Some(rule) = crate::rule(code_or_name) else {
        let finding = UNKNOWN_RULE.at(place).found(code_or_name.to_owned());
        return Err(match nearest(code_or_name) {
            Some(near) => finding
                .remedy(format!("write `{}` ({})", near.name(), near.code()))
                .build(),
            None => finding.build(),
        });
    };
    let Status::DeprecatedBy(successor) = rule.status_of() else {
        return Ok(rule);
    };
    let successor = successor.to_string();
    let name = crate::rule(&successor).map_or(String::new(), |rule| format!(" ({})", rule.name()));
    let finding = UNKNOWN_RULE.at(place).severity(Severity::Warning);
    Err(finding
        .title("rule that gave way to another one")
        .found(code_or_name.to_owned())
        .remedy(format!("write `{successor}`{name}"))
        .build())
}

/// The rule whose name or code is most alike.
fn nearest(code_or_name: &str) -> Option<&'static Rule> {
    // All codes are alike: of one that does not exist nobody knows which was meant.
    let near = crate::rules().map(|rule| (strsim::jaro_winkler(rule.name(), code_or_name), rule));
    let near = near.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (near.0 > LIKENESS).then_some(near.1)
}
