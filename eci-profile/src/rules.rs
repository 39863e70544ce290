//! What can be wrong with eci-profile and with routing.

use eci_model::{Basis, Code, Rule, Rules};

/// `selectors` is no JSON.
pub const PROFILE_SELECTORS_SYNTAX: &Rule = &Rule::error(Code::eci(4010), "profile-selectors-syntax")
    .summary("`selectors` of eci-profile is no strict JSON, and the whole change is not applied")
    .why("the last good configuration stays in force, and nobody says so but an event")
    .remedy("remove comments and trailing commas")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"));

/// `selectors` has another shape than it should.
pub const PROFILE_SELECTORS_SHAPE: &Rule = &Rule::error(Code::eci(4012), "profile-selectors-shape")
    .summary("`selectors` of eci-profile has another shape than it should")
    .remedy("write an array of selectors with name, namespaceSelector, objectSelector and effect")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"));

/// A selector without a name.
pub const PROFILE_SELECTOR_NAME: &Rule = &Rule::error(Code::eci(4014), "profile-selector-name")
    .summary("selector without a name")
    .remedy("name it")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"));

/// Two selectors of one name.
pub const PROFILE_SELECTOR_DUPLICATE_NAME: &Rule = &Rule::warning(Code::eci(4016), "profile-selector-duplicate-name")
    .summary("two selectors of one name")
    .remedy("give them distinct names")
    .basis(Basis::Inferred(
        "selectors become webhook entries, which need distinct names",
    ));

/// The log controller without a machine group.
pub const PROFILE_LOG_GROUP_MISSING: &Rule = &Rule::error(Code::eci(4036), "profile-log-group-missing")
    .summary("`enableLogController` without `slsMachineGroup`")
    .remedy("give the machine group")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"));

/// Not exactly one security group.
pub const PROFILE_SECURITY_GROUP: &Rule = &Rule::error(Code::eci(4037), "profile-security-group")
    .summary("`securityGroupId` of eci-profile is not exactly one id")
    .remedy("give one id; more are possible by annotation only")
    .basis(Basis::Documented("Assign security groups to a pod, undated"));

/// vSwitches that are none, or too many.
pub const PROFILE_VSWITCHES: &Rule = &Rule::error(Code::eci(4038), "profile-vswitches")
    .summary("`vSwitchIds` of eci-profile is not a list of one to ten vSwitch ids")
    .remedy("give 1 to 10 vSwitches of one VPC")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"));

/// The rules of this crate.
pub static RULES: Rules = Rules::new(&[
    PROFILE_SELECTORS_SYNTAX,
    PROFILE_SELECTORS_SHAPE,
    PROFILE_SELECTOR_NAME,
    PROFILE_SELECTOR_DUPLICATE_NAME,
    PROFILE_LOG_GROUP_MISSING,
    PROFILE_SECURITY_GROUP,
    PROFILE_VSWITCHES,
]);
