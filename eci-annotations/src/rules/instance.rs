//! Tags and roles of the instance.

use eci_model::{Basis, Code, Findings, Rule};

use crate::keys;
use crate::together::Scene;

/// Roles that must exist and trust the service.
pub const ROLES: &Rule = &Rule::info(Code::eci(2324), "ram-role-and-password-free")
    .summary("the pod names RAM roles, which must exist and trust the service")
    .why("a missing role or a missing trust shows only when the pod starts or pulls")
    .remedy("check that the role exists and trusts ECS (instance role) or ECI (registry roles)")
    .basis(Basis::Documented(
        "Assign a RAM role to a pod, 2024-08-29; Pull ACR images without a secret, 2025-03-03",
    ))
    .page(include_str!("../../rules/ram-role-and-password-free.md"));

/// More tags than the annotation takes.
pub const TAGS_MANY: &Rule = &Rule::error(Code::eci(2330), "custom-tags-many")
    .summary("more than three tags")
    .why("the annotation takes three, although the API takes twenty")
    .remedy("keep the three that matter")
    .basis(Basis::Documented("Bind custom tags to a pod, 2024-01-30"))
    .page(include_str!("../../rules/custom-tags-many.md"));

/// A tag the API refuses.
pub const TAG_FORM: &Rule = &Rule::error(Code::eci(2332), "custom-tag-form")
    .summary("a tag that the API refuses")
    .why("keys have 1 to 64 characters and stand once, values at most 128; `aliyun`, `acs:` and links are reserved")
    .remedy("rename the tag")
    .basis(Basis::Documented("CreateContainerGroup, Tag.N"))
    .page(include_str!("../../rules/custom-tag-form.md"));

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let named = [
        settings.ram_role.as_ref().map(|_| keys::RAM_ROLE_NAME.name()),
        settings
            .acr_service_arns
            .as_ref()
            .map(|_| keys::ACR_SERVICE_ARNS.name()),
        settings.acr_user_arns.as_ref().map(|_| keys::ACR_USER_ARNS.name()),
    ];
    let names: Vec<&str> = named.into_iter().flatten().collect();
    if let Some(first) = names.first() {
        out.push(scene.subject.finding(ROLES, first).found(names.join(", ")));
    }
}
