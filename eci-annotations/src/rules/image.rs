//! Image caches and registries, as pods use them.

use std::collections::BTreeSet;

use eci_model::policy::AutoImageCache;
use eci_model::{Basis, Code, Findings, Rule};

use crate::keys;
use crate::subject::Subject;
use crate::together::{Scene, value};

/// Conditions of automatic matching where nothing is matched.
pub const SETTING_INERT: &Rule = &Rule::warning(Code::eci(2280), "image-cache-setting-inert")
    .summary("conditions of automatic matching, and no image cache is matched automatically")
    .why("a named image cache, or matching that is switched off, leaves nothing to match")
    .remedy("drop the condition")
    .basis(Basis::Documented(
        "Use ImageCache to accelerate pod creation, 2024-09-24",
    ))
    .page(include_str!("../../rules/image-cache-setting-inert.md"));

/// Two conditions, of which one wins.
pub const MATCH_BOTH: &Rule = &Rule::info(Code::eci(2282), "image-cache-match-both")
    .summary("two conditions of automatic matching, of which one counts")
    .why("`imc-perfect-match` beats `imc-match-count-request`")
    .remedy("keep one of them")
    .basis(Basis::Documented(
        "Use ImageCache to accelerate pod creation, 2024-09-24",
    ))
    .page(include_str!("../../rules/image-cache-match-both.md"));

/// The role of the other account alone.
pub const USER_WITHOUT_SERVICE: &Rule = &Rule::error(Code::eci(2284), "acr-user-without-service")
    .summary("a role of the registry's account without one of the own account")
    .why("pulling across accounts takes both roles: the own one assumes the other")
    .remedy("set `k8s.aliyun.com/acr-service-arns` too")
    .basis(Basis::Documented("Pull ACR images without a secret, 2025-03-03"))
    .page(include_str!("../../rules/acr-user-without-service.md"));

/// A condition that no cache can meet.
pub const MATCH_COUNT_HIGH: &Rule = &Rule::warning(Code::eci(2286), "image-cache-match-count-high")
    .summary("more images must match than the pod has")
    .why("no image cache can meet the condition")
    .remedy("lower the number to that of different images")
    .basis(Basis::Inferred(
        "Use ImageCache to accelerate pod creation, 2024-09-24; that init images count is open",
    ))
    .page(include_str!("../../rules/image-cache-match-count-high.md"));

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    matching(scene, out);
    if scene.settings().acr_user_arns.is_some() {
        roles(&scene.subject, out);
    }
}

/// Roles across accounts, on pods and on image caches alike.
pub(crate) fn roles(subject: &Subject<'_>, out: &mut Findings) {
    let (user, service) = (keys::ACR_USER_ARNS.name(), keys::ACR_SERVICE_ARNS.name());
    if subject.entries.is_set(user) && !subject.entries.is_set(service) {
        out.push(
            subject
                .finding(USER_WITHOUT_SERVICE, user)
                .expected(format!("`{service}` beside it")),
        );
    }
}

fn matching(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let conditions = [
        settings
            .image_cache_perfect
            .as_ref()
            .map(|_| keys::IMC_PERFECT_MATCH.name()),
        settings
            .image_cache_match_count
            .as_ref()
            .map(|_| keys::IMC_MATCH_COUNT_REQUEST.name()),
    ];
    let names: Vec<&str> = conditions.into_iter().flatten().collect();
    let Some(first) = names.first() else { return };
    if let Some(why) = nothing_is_matched(scene) {
        let finding = scene.subject.finding(SETTING_INERT, first).found(names.join(", "));
        // Where nothing is said about matching, it may as well be switched on.
        let is_said = scene.settings().image_cache.is_some() || scene.settings().auto_image_cache.is_some();
        let finding = match is_said {
            true => scene.subject.without(finding, first),
            false => finding,
        };
        out.push(finding.note(why));
        return;
    }
    let perfect = value(settings.image_cache_perfect.as_ref()) == Some(true);
    let Some(count) = &settings.image_cache_match_count else {
        return;
    };
    let finding = |rule| {
        scene
            .finding(rule, &keys::IMC_MATCH_COUNT_REQUEST, &count.origin)
            .found(count.value.to_string())
    };
    if perfect {
        out.push(finding(MATCH_BOTH));
        return;
    }
    let images = images(scene);
    if usize::try_from(count.value).is_ok_and(|count| count > images) && images > 0 {
        out.push(finding(MATCH_COUNT_HIGH).expected(format!("at most {images}")));
    }
}

fn nothing_is_matched(scene: &Scene<'_>) -> Option<&'static str> {
    let settings = scene.settings();
    let automatic = value(settings.auto_image_cache.as_ref());
    if settings.image_cache.is_some() {
        return Some("an image cache is named");
    }
    match automatic {
        Some(false) => Some("automatic matching is switched off"),
        None if scene.site.policies.auto_image_cache == AutoImageCache::OffByDefault && !scene.has(&keys::AUTO_IMC) => {
            Some("automatic matching is not switched on (policy AutoImageCache)")
        }
        _ => None,
    }
}

/// How many different images the pod has, init containers included.
fn images(scene: &Scene<'_>) -> usize {
    let containers = scene.pod.containers().iter().chain(scene.pod.init_containers());
    containers
        .filter_map(|container| container.image.as_deref())
        .collect::<BTreeSet<_>>()
        .len()
}
