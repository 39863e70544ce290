//! What can be wrong with eci-profile.

use eci_model::{Basis, Code, Rule};

/// `selectors` is no JSON.
pub const PROFILE_SELECTORS_SYNTAX: &Rule = &Rule::error(Code::eci(4010), "profile-selectors-syntax")
    .summary("`selectors` of eci-profile is no strict JSON, and the whole change is not applied")
    .why("the last good configuration stays in force, and nobody says so but an event")
    .remedy("remove comments and trailing commas")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-selectors-syntax.md"));

/// `selectors` has another shape than it should.
pub const PROFILE_SELECTORS_SHAPE: &Rule = &Rule::error(Code::eci(4012), "profile-selectors-shape")
    .summary("`selectors` of eci-profile has another shape than it should")
    .why("a format error means that the whole change is not applied")
    .remedy("write an array of selectors with name, namespaceSelector, objectSelector and effect")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-selectors-shape.md"));

/// A selector without a name.
pub const PROFILE_SELECTOR_NAME: &Rule = &Rule::error(Code::eci(4014), "profile-selector-name")
    .summary("selector without a name")
    .why("the name is required, and without one the change is not applied")
    .remedy("name it")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-selector-name.md"));

/// Two selectors of one name.
pub const PROFILE_SELECTOR_DUPLICATE_NAME: &Rule = &Rule::warning(Code::eci(4016), "profile-selector-duplicate-name")
    .summary("two selectors of one name")
    .why("events and the webhook tell selectors apart by name")
    .remedy("give them distinct names")
    .basis(Basis::Inferred(
        "selectors become webhook entries, which need distinct names",
    ))
    .page(include_str!("../../rules/profile-selector-duplicate-name.md"));

/// An annotation or label of an effect that is no text.
pub const PROFILE_EFFECT_NOT_STRING: &Rule = &Rule::error(Code::eci(4018), "profile-effect-not-string")
    .summary("a value of an effect is no text")
    .why("annotations and labels are texts in Kubernetes")
    .remedy("put the value in quotes")
    .basis(Basis::Inferred(
        "Kubernetes takes texts only for labels and annotations",
    ))
    .page(include_str!("../../rules/profile-effect-not-string.md"));

/// An annotation of an effect that no pod could use.
pub const PROFILE_EFFECT_ANNOTATION: &Rule = &Rule::error(Code::eci(4020), "profile-effect-annotation")
    .summary("an effect adds a key or a value that is wrong on every pod it reaches")
    .why("the profile is applied, and the pods fail or run differently")
    .remedy("as the inner rule says")
    .basis(Basis::Ours(
        "the rules of annotations, told once where the value is written",
    ))
    .page(include_str!("../../rules/profile-effect-annotation.md"));

/// A key of another resource inside a selector.
pub const PROFILE_SELECTOR_OTHER_KIND: &Rule = &Rule::warning(Code::eci(4022), "profile-selector-other-kind")
    .summary("a key of the `Selector` resource of self-managed clusters")
    .why("selectors of the ConfigMap know no policy and no priority: all that match act, the earlier first")
    .remedy("remove it, or write a Selector of `eci.aliyun.com/v1` in a self-managed cluster")
    .basis(Basis::Documented(
        "Configure an eci-profile, 2024-10-21; Use eci-profile to schedule pods to a VNode, 2024-09-20",
    ))
    .page(include_str!("../../rules/profile-selector-other-kind.md"));

/// A selector that matches no pod of the input.
pub const PROFILE_SELECTOR_DEAD: &Rule = &Rule::info(Code::eci(4024), "profile-selector-dead")
    .summary("the selector matches none of the pods in the input")
    .why("a selector that matches nothing is often a misspelt label")
    .remedy("check its labels")
    .basis(Basis::Ours("what the input shows"))
    .page(include_str!("../../rules/profile-selector-dead.md"));

/// A selector that does nothing.
pub const PROFILE_SELECTOR_NO_OP: &Rule = &Rule::info(Code::eci(4025), "profile-selector-no-op")
    .summary("the selector has no effect, and every pod runs on ECI anyway")
    .why("in ACK Serverless there are no real nodes, so that a selector without effect decides nothing")
    .remedy("drop it, or give it an effect")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-selector-no-op.md"));

/// A part of an effect that never acts.
pub const PROFILE_EFFECT_SHADOWED: &Rule = &Rule::info(Code::eci(4026), "profile-effect-shadowed")
    .summary("an earlier selector always sets the key first")
    .why("effects only add, and the earlier selector wins")
    .remedy("reorder the selectors, or drop the later value")
    .basis(Basis::Ours(
        "follows from the order of selectors: Configure an eci-profile, 2024-10-21",
    ))
    .page(include_str!("../../rules/profile-effect-shadowed.md"));

/// A selector without filters.
pub const PROFILE_SELECTOR_CATCH_ALL: &Rule = &Rule::info(Code::eci(4028), "profile-selector-catch-all")
    .summary("the selector routes nothing and reaches every pod on ECI")
    .why("without a filter its effect acts on every pod that runs on ECI for another reason")
    .remedy("leave it when that is meant, or add a filter")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-selector-catch-all.md"));

/// An old spelling of a key.
pub const PROFILE_KEY_RETIRED: &Rule = &Rule::warning(Code::eci(4030), "profile-key-retired")
    .summary("an old spelling of a key of eci-profile")
    .why("pages of today show other keys, and whether the old ones are still read is not stated")
    .remedy("write the new key")
    .basis(Basis::Documented("Configure an Elastic Container Instance profile, 2021; Recommended HA configuration of ACK clusters, 2025-12-24"))
    .page(include_str!("../../rules/profile-key-retired.md"));

/// A key that no page lists.
pub const PROFILE_KEY_UNKNOWN: &Rule = &Rule::info(Code::eci(4032), "profile-key-unknown")
    .summary("a key that eci-profile does not have")
    .why("it does nothing; it is kept as it is")
    .remedy("remove it, or correct its spelling")
    .basis(Basis::Ours("the keys of the pages"))
    .page(include_str!("../../rules/profile-key-unknown.md"));

/// A switch that is neither on nor off.
pub const PROFILE_BOOL: &Rule = &Rule::warning(Code::eci(4034), "profile-bool")
    .summary("a switch that is neither `true` nor `false`")
    .why("what another text means is not documented")
    .remedy("write `\"true\"` or `\"false\"`")
    .basis(Basis::Inferred("the pages show these two texts only"))
    .page(include_str!("../../rules/profile-bool.md"));

/// The log controller without a machine group.
pub const PROFILE_LOG_GROUP_MISSING: &Rule = &Rule::error(Code::eci(4036), "profile-log-group-missing")
    .summary("`enableLogController` without `slsMachineGroup`")
    .why("the controller needs the group")
    .remedy("give the machine group")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-log-group-missing.md"));

/// Not exactly one security group.
pub const PROFILE_SECURITY_GROUP: &Rule = &Rule::error(Code::eci(4037), "profile-security-group")
    .summary("`securityGroupId` of eci-profile is not exactly one id")
    .remedy("give one id; more are possible by annotation only")
    .basis(Basis::Documented("Assign security groups to a pod, undated"))
    .page(include_str!("../../rules/profile-security-group.md"));

/// vSwitches that are none, or too many.
pub const PROFILE_VSWITCHES: &Rule = &Rule::error(Code::eci(4038), "profile-vswitches")
    .summary("`vSwitchIds` of eci-profile is not a list of one to ten vSwitch ids")
    .why("pods that name no vSwitch get these, and virtual nodes are made from their zones")
    .remedy("give 1 to 10 vSwitches of one VPC")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-vswitches.md"));

/// A feature gate that may not be set.
pub const PROFILE_FEATURE_GATE: &Rule = &Rule::warning(Code::eci(4040), "profile-feature-gate")
    .summary("`featureGates` holds more than the one gate that may be set")
    .why("gates are unstable switches; the page allows WaitForFirstConsumer only")
    .remedy("write `WaitForFirstConsumer=true` or `WaitForFirstConsumer=false`")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-feature-gate.md"));

/// An Arm virtual node without a zone for it.
pub const PROFILE_ARM_ZONE: &Rule = &Rule::warning(Code::eci(4042), "profile-arm-zone")
    .summary("`enableLinuxArm64Node` and no vSwitch in a zone with Arm")
    .why("at least one of the vSwitches must lie in a zone that has Arm instances")
    .remedy("add a vSwitch of such a zone")
    .basis(Basis::Documented("Schedule pods to an ARM-based virtual node, undated"))
    .page(include_str!("../../rules/profile-arm-zone.md"));

/// eci-profile in another namespace.
pub const PROFILE_WRONG_PLACE: &Rule = &Rule::warning(Code::eci(4044), "profile-wrong-place")
    .summary("a ConfigMap `eci-profile` outside `kube-system` acts on nothing")
    .remedy("put it into the namespace `kube-system`")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-wrong-place.md"));

/// The object of another edition.
pub const PROFILE_WRONG_EDITION: &Rule = &Rule::warning(Code::eci(4045), "profile-wrong-edition")
    .summary("the object belongs to another edition of the cluster")
    .why("ACK clusters read the ConfigMap, self-managed ones the Selector resource")
    .remedy("write the object of this edition")
    .basis(Basis::Documented(
        "Configure an eci-profile, 2024-10-21; Use eci-profile to schedule pods to a VNode, 2024-09-20",
    ))
    .page(include_str!("../../rules/profile-wrong-edition.md"));

/// One certificate for all pods.
pub const PROFILE_SHARED_KEY: &Rule = &Rule::info(Code::eci(4046), "profile-shared-key")
    .summary("all pods share one TLS certificate")
    .why("pods are created faster in mass, and are isolated less from one another")
    .remedy("switch `enableReuseSSLKey` off where isolation matters more")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/profile-shared-key.md"));
